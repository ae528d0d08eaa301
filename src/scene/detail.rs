//! Which marks and lines are drawn at a step of zoom: all of them, until so many share the screen
//! that more would only hide each other.

use super::build::Scene;
use super::pick::PickIndex;
use super::region::Region;
use super::style::DetailLevel;
use super::theme::Measures;
use crate::geometry::{Camera, Point, Rect, Vector};
use std::sync::OnceLock;

/// The marks and lines that are drawn at a step of zoom, in a region around the view.
#[derive(Clone, Debug)]
pub struct Detail {
    /// Indices of nodes in the order of drawing.
    pub(super) marks: Vec<u32>,
    /// Indices of links in the order of drawing, the most important last.
    pub(super) links: Vec<u32>,
    region: Region,
    lines_left_out: usize,
    pub(super) index: OnceLock<PickIndex>,
}

impl Detail {
    /// It still holds for this camera, as long as the scene is the same.
    pub fn holds_for(&self, camera: &Camera, size: Vector) -> bool {
        self.region == Region::around(camera, size)
    }

    /// How many lines of the region are not drawn, because there is no room for them.
    pub const fn lines_left_out(&self) -> usize {
        self.lines_left_out
    }

    /// Nodes have moved: what was found out about where things lie no longer holds.
    pub fn forget_places(&mut self) {
        self.index = OnceLock::new();
    }
}

impl Scene {
    /// What is drawn in a view of `size` screen points and around it.
    pub fn detail(&self, camera: &Camera, size: Vector) -> Detail {
        let region = Region::around(camera, size);
        let zoom = region.step().zoom();
        let world = self.bounds_in_world();
        let whole = region.contains(world.min) && region.contains(world.max);
        // As densely as the view, also where the region shows more of the world than the view.
        let view = size.x * size.y;
        let shown = shared_area(&world, &region.rect_in_world()) * zoom * zoom;
        let share = (shown / view.max(1.0)).clamp(1.0, MOST_VIEWS);
        let room = (view * share / Measures::get().line.area_each) as usize;
        let (links, lines_left_out) = self.links_within(&region, whole, room);
        Detail {
            marks: self.marks_within(&region, whole),
            links,
            region,
            lines_left_out,
            index: OnceLock::new(),
        }
    }

    /// The most important links that touch the region, and how many others do.
    fn links_within(&self, region: &Region, whole: bool, room: usize) -> (Vec<u32>, usize) {
        let rect = region.rect_in_world();
        let reach = Measures::get().line.fan_limit_in_world;
        let touches = |index: &u32| {
            let link = &self.links[*index as usize];
            let [from, to] = [link.source, link.target].map(|end| self.centers[end as usize]);
            let mut around = Rect::from_corners(from, to);
            if link.bend != 0.0 || link.source == link.target {
                around = around.expanded(2.0 * reach);
            }
            around.intersects(&rect)
        };
        let mut chosen: Vec<u32> = Vec::with_capacity(room.min(self.links.len()));
        let mut left_out = 0;
        if whole {
            chosen.extend(self.link_order.iter().take(room));
            left_out = self.links.len() - chosen.len();
        } else {
            for index in self.link_order.iter().filter(|index| touches(index)) {
                if chosen.len() < room {
                    chosen.push(*index);
                } else {
                    left_out += 1;
                }
            }
        }
        chosen.reverse();
        (chosen, left_out)
    }

    fn marks_within(&self, region: &Region, whole: bool) -> Vec<u32> {
        let near = |index: &u32| whole || region.contains(self.centers[*index as usize]);
        let mut marks: Vec<u32> = self.draw_order.iter().copied().filter(near).collect();
        if marks.len() > FEW_MARKS {
            let kept = self.marks_with_room(region, whole);
            marks.retain(|index| kept[*index as usize]);
        }
        marks
    }

    /// Which nodes get a mark where many lie on the same few points: in each cell of the size of the
    /// smallest dot the most important one, and every node that is larger than that.
    fn marks_with_room(&self, region: &Region, whole: bool) -> Vec<bool> {
        let zoom = region.step().zoom();
        let level = DetailLevel::at(zoom);
        let cell = 2.0 * level.radius(0.0);
        let mut used = region.rect_in_world();
        if whole {
            used = self.bounds_in_world();
        }
        let columns = ((used.width() * zoom / cell).ceil() as usize + 1).min(MOST_CELLS);
        let rows = ((used.height() * zoom / cell).ceil() as usize + 1).min(MOST_CELLS);
        let mut taken = vec![false; columns * rows];
        let place = |value: f32, from: f32, count: usize| {
            (((value - from) * zoom / cell).max(0.0) as usize).min(count - 1)
        };
        let mut kept = vec![false; self.nodes.len()];
        for &index in &self.label_order {
            let at = self.centers[index as usize];
            if !used.contains(at) {
                continue;
            }
            let spot = place(at.y, used.min.y, rows) * columns + place(at.x, used.min.x, columns);
            let large = level.radius(self.nodes[index as usize].radius) > 1.5 * cell;
            kept[index as usize] = large || !taken[spot];
            taken[spot] = true;
        }
        kept
    }
}

/// So many marks are all drawn, wherever they lie.
const FEW_MARKS: usize = 6_000;
/// No finer raster than this is laid over a region in one direction.
const MOST_CELLS: usize = 4_096;
/// A region never gets more lines than so many views would.
const MOST_VIEWS: f32 = 3.0;

fn shared_area(a: &Rect, b: &Rect) -> f32 {
    let low = Point::new(a.min.x.max(b.min.x), a.min.y.max(b.min.y));
    let high = Point::new(a.max.x.min(b.max.x), a.max.y.min(b.max.y));
    (high.x - low.x).max(0.0) * (high.y - low.y).max(0.0)
}
