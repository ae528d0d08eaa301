//! What lies under the pointer, or inside a rectangle or a lasso.
//!
//! Two grids in world units hold what is drawn: marks by their middle, lines by the cells they pass.
//! Lines of different lengths lie in grids of different fineness, so that each takes a few cells only
//! and each cell holds few of them.

use super::build::Scene;
use super::detail::Detail;
use super::overlay::Overlay;
use super::path::{Projection, curve_in_world, distance_to, loop_reach};
use super::theme::Measures;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::{EntityId, RelationId};
use std::collections::BTreeMap;

/// What was hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A node.
    Entity(EntityId),
    /// A line.
    Relation(RelationId),
}

/// Where marks and lines of a [`Detail`] lie.
#[derive(Clone, Debug)]
pub(super) struct PickIndex {
    marks: Cells,
    /// Grids of lines by the power of two that is their cells' size.
    lines: BTreeMap<i32, Cells>,
    /// Loops by the middle of their node.
    loops: Cells,
    largest_radius: f32,
    largest_loop: f32,
}

/// Lists of indices for the cells of a grid that has no edge: cells are found by sorting.
#[derive(Clone, Debug, Default)]
struct Cells {
    size: f32,
    /// Cell and what lies in it, sorted.
    entries: Vec<((i32, i32), u32)>,
}

impl Cells {
    fn cell(&self, point: Point) -> (i32, i32) {
        // Rows first, so that a row of cells is one stretch of the list.
        (
            (point.y / self.size).floor() as i32,
            (point.x / self.size).floor() as i32,
        )
    }

    /// What lies in cells that the rectangle touches; an index may come several times.
    fn within(&self, rect: Rect) -> impl Iterator<Item = u32> + '_ {
        let (low, high) = (self.cell(rect.min), self.cell(rect.max));
        (low.0..=high.0).flat_map(move |row| {
            let from = self
                .entries
                .partition_point(|(cell, _)| *cell < (row, low.1));
            self.entries[from..]
                .iter()
                .take_while(move |(cell, _)| *cell <= (row, high.1))
                .map(|&(_, index)| index)
        })
    }
}

/// A line passes about so many cells of its grid.
const CELLS_OF_A_LINE: f32 = 6.0;

impl PickIndex {
    fn new(scene: &Scene, detail: &Detail) -> Self {
        let marks = &detail.marks;
        let mut around = Rect::EMPTY;
        for &index in marks {
            around.include(scene.centers[index as usize]);
        }
        let area = (around.width() * around.height()).max(1.0);
        let mut cells = Cells {
            size: (area / marks.len().max(1) as f32).sqrt().max(1e-3),
            entries: Vec::with_capacity(marks.len()),
        };
        for &index in marks {
            let cell = cells.cell(scene.centers[index as usize]);
            cells.entries.push((cell, index));
        }
        cells.entries.sort_unstable();
        let radius = |&index: &u32| scene.nodes[index as usize].radius;
        let mut index = Self {
            largest_radius: marks.iter().map(radius).fold(0.0, f32::max),
            loops: Cells {
                size: cells.size,
                entries: Vec::new(),
            },
            marks: cells,
            lines: BTreeMap::new(),
            largest_loop: 0.0,
        };
        for (place, &link) in detail.links.iter().enumerate() {
            index.enter_line(scene, link, place as u32);
        }
        for cells in index.lines.values_mut().chain([&mut index.loops]) {
            cells.entries.sort_unstable();
            cells.entries.dedup();
        }
        index
    }

    fn enter_line(&mut self, scene: &Scene, link_index: u32, place: u32) {
        let link = &scene.links[link_index as usize];
        if link.source == link.target {
            let cell = self.loops.cell(scene.centers[link.source as usize]);
            self.loops.entries.push((cell, place));
            self.largest_loop = self.largest_loop.max(link.bend);
            return;
        }
        let path = curve_in_world(scene, link_index);
        let length = (path.from.distance(path.to) + 2.0 * link.bend.abs()).clamp(1.0, 1e9);
        let power = (length / CELLS_OF_A_LINE).log2().ceil() as i32;
        let cells = self.lines.entry(power).or_insert_with(|| Cells {
            size: (power as f32).exp2(),
            entries: Vec::new(),
        });
        // Two steps a cell: a corner that is cut is made up for by asking a cell around.
        let steps = (2.0 * length / cells.size).ceil() as usize;
        let mut last = None;
        for step in 0..=steps {
            let cell = cells.cell(path.at(step as f32 / steps.max(1) as f32));
            if last != Some(cell) {
                cells.entries.push((cell, place));
                last = Some(cell);
            }
        }
    }
}

impl Scene {
    /// Does beforehand what the first [`Scene::pick`] with `detail` would do.
    pub fn prepare_to_pick(&self, detail: &Detail) {
        detail.index.get_or_init(|| PickIndex::new(self, detail));
    }

    /// What `detail` draws at `point_in_screen` of a view of `size`: the node that covers it, of
    /// several that do the one that is drawn last (what `overlay` follows, then the smallest, then the
    /// last by id); else the node whose edge is nearest within `tolerance` screen points; else the
    /// nearest line within it, stated ones first, of several as near the one of the highest id. Takes
    /// microseconds, but for the first time with a detail, when it is made ready.
    pub fn pick(
        &self,
        detail: &Detail,
        point_in_screen: Point,
        tolerance: f32,
        (camera, size): (&Camera, Vector),
        overlay: Option<&Overlay>,
    ) -> Option<Hit> {
        self.prepare_to_pick(detail);
        self.pick_now(detail, point_in_screen, tolerance, (camera, size), overlay)
    }

    /// [`Scene::pick`] without making ready for further ones: all that is drawn is gone through, unless
    /// it was made ready before. For a picture that moves, where the next is another one.
    pub fn pick_now(
        &self,
        detail: &Detail,
        point_in_screen: Point,
        tolerance: f32,
        (camera, size): (&Camera, Vector),
        overlay: Option<&Overlay>,
    ) -> Option<Hit> {
        let seeker = Seeker {
            index: detail.index.get(),
            detail,
            projection: Projection::new(self, camera, size),
            zoom: camera.zoom,
            point: point_in_screen,
            in_world: camera.world_from_screen(point_in_screen, size),
            tolerance,
            overlay,
        };
        seeker
            .mark()
            .map(|index| Hit::Entity(self.nodes[index as usize].id))
            .or_else(|| {
                let index = seeker.line()?;
                Some(Hit::Relation(self.links[index as usize].id))
            })
    }

    /// The entities whose middle lies in the rectangle, ascending.
    pub fn entities_in(&self, rect_in_world: Rect) -> Vec<EntityId> {
        self.entities_where(|center| rect_in_world.contains(center))
    }

    /// The entities whose middle lies inside the closed line through `corners` (even-odd rule),
    /// ascending.
    pub fn entities_within(&self, corners_in_world: &[Point]) -> Vec<EntityId> {
        let mut around = Rect::EMPTY;
        for &corner in corners_in_world {
            around.include(corner);
        }
        self.entities_where(|at| around.contains(at) && is_inside(corners_in_world, at))
    }

    fn entities_where(&self, holds: impl Fn(Point) -> bool) -> Vec<EntityId> {
        let nodes = self.nodes.iter().zip(&self.centers);
        nodes
            .filter(|(_, center)| holds(**center))
            .map(|(node, _)| node.id)
            .collect()
    }
}

fn is_inside(corners: &[Point], at: Point) -> bool {
    let next = corners.iter().cycle().skip(1);
    let crossed = corners.iter().zip(next).filter(|(a, b)| {
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    });
    crossed.count() % 2 == 1
}

struct Seeker<'a> {
    index: Option<&'a PickIndex>,
    detail: &'a Detail,
    projection: Projection<'a>,
    zoom: f32,
    point: Point,
    in_world: Point,
    tolerance: f32,
    overlay: Option<&'a Overlay>,
}

impl Seeker<'_> {
    fn around(&self, reach_in_screen: f32) -> Rect {
        Rect::from_corners(self.in_world, self.in_world).expanded(reach_in_screen / self.zoom)
    }

    fn mark(&self) -> Option<u32> {
        /// No form reaches farther beyond the radius of its mark.
        const EXTENT: f32 = 1.3;
        let scene = self.projection.scene;
        let mut covering: Option<((bool, f32, u32), u32)> = None;
        let mut nearest: Option<(f32, u32)> = None;
        let mut look = |index: u32| {
            let node = &scene.nodes[index as usize];
            let offset = self.point - self.projection.center(index);
            let radius = self.projection.radius(index);
            if node.form.covers(offset, radius, 0.0) {
                let front = self.overlay.is_some_and(|overlay| overlay.has_node(index));
                // Smaller marks are drawn over larger ones, later ones over earlier ones.
                let rank = (front, -node.radius, index);
                if covering.is_none_or(|(best, _)| rank > best) {
                    covering = Some((rank, index));
                }
            } else if node.form.covers(offset, radius, self.tolerance) {
                let beyond = offset.length() - radius;
                if nearest.is_none_or(|best| (beyond, index) < best) {
                    nearest = Some((beyond, index));
                }
            }
        };
        match self.index {
            Some(index) => {
                let widest = self.projection.level.radius(index.largest_radius) * EXTENT;
                let around = self.around(widest + self.tolerance);
                index.marks.within(around).for_each(&mut look);
            }
            None => self.detail.marks.iter().copied().for_each(&mut look),
        }
        // What is followed is drawn even where there is no room for all marks.
        if let Some(overlay) = self.overlay {
            let (followed, neighbors) = (overlay.followed.iter(), overlay.neighbors.iter());
            followed.chain(neighbors).copied().for_each(&mut look);
        }
        let over = covering.map(|(_, index)| index);
        over.or(nearest.map(|(_, index)| index))
    }

    /// Lines that may pass within `tolerance` screen points; one may come several times.
    fn lines_near<'i>(
        &self,
        index: &'i PickIndex,
        tolerance: f32,
    ) -> impl Iterator<Item = u32> + 'i {
        let widest = self.projection.level.radius(index.largest_radius);
        let reach = tolerance + loop_reach(widest, index.largest_loop * self.zoom);
        let loops = index.loops.within(self.around(reach));
        let (in_world, zoom) = (self.in_world, self.zoom);
        let lines = index.lines.values().flat_map(move |cells| {
            let reach = tolerance + cells.size * zoom;
            let around = Rect::from_corners(in_world, in_world).expanded(reach / zoom);
            cells.within(around)
        });
        lines.chain(loops)
    }

    fn line(&self) -> Option<u32> {
        let level = &self.projection.level;
        let tolerance = self.tolerance + Measures::get().line.width_max;
        let mut best: Option<(bool, f32, u32)> = None;
        let mut look = |index: u32| {
            let link = &self.projection.scene.links[index as usize];
            let reach = self.tolerance + 0.5 * link.width * level.width_share;
            let Some(path) = self.projection.path(index) else {
                return;
            };
            let distance = path
                .pieces()
                .iter()
                .map(|piece| distance_to(self.point, piece))
                .fold(f32::INFINITY, f32::min);
            let better = best.is_none_or(|(stated, nearest, other)| {
                (link.stated, -distance, index) > (stated, -nearest, other)
            });
            if distance <= reach && better {
                best = Some((link.stated, distance, index));
            }
        };
        match self.index {
            Some(index) => {
                let near = self.lines_near(index, tolerance);
                near.for_each(|place| look(self.detail.links[place as usize]));
            }
            None => self.detail.links.iter().copied().for_each(&mut look),
        }
        if let Some(overlay) = self.overlay {
            let (red, kept) = (overlay.red_links.iter(), overlay.kept_links.iter());
            red.chain(kept).copied().for_each(&mut look);
        }
        best.map(|(_, _, index)| index)
    }
}
