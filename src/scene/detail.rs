//! Which marks and lines are drawn at a step of zoom: all of them, until so many share the screen
//! that more would only hide each other.

use super::build::Scene;
use super::pick_index::{Indexing, PickIndex};
use super::region::Region;
use super::strand::Strand;
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
    /// What of each of them most questions are about.
    pub(super) strands: Vec<Strand>,
    region: Region,
    lines_left_out: usize,
    pub(super) index: OnceLock<PickIndex>,
}

impl Detail {
    pub(super) const fn region(&self) -> &Region {
        &self.region
    }

    /// The smallest zoom that it is for.
    pub(super) fn zoom(&self) -> f32 {
        self.region.step().zoom()
    }

    /// What lies at a point of it is found in microseconds.
    pub fn is_ready_to_pick(&self) -> bool {
        self.index.get().is_some()
    }

    /// It still holds for this camera, as long as the scene is the same.
    pub fn holds_for(&self, camera: &Camera, size: Vector) -> bool {
        self.region == Region::around(camera, size)
    }

    /// It may be drawn for this camera until one is made for it: it holds all of the view, and was made
    /// for nearly the same zoom.
    pub fn serves(&self, camera: &Camera, size: Vector) -> bool {
        self.region.serves(camera, size)
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
        let mut choosing = Choosing::start(self, camera, size);
        choosing.advance(self, usize::MAX);
        choosing.finish()
    }
}

/// What [`Scene::prepare_to_pick`] does, a slice at a time. Everything has to stay where it is meanwhile.
#[derive(Clone, Debug)]
pub struct ReadyToPick(Indexing);

impl ReadyToPick {
    /// Starts for what `detail` draws.
    pub fn start(detail: &Detail) -> Self {
        Self(Indexing::start(detail))
    }

    /// Takes in about `steps` more marks or pieces of lines of the same scene and detail; gives whether
    /// all is done.
    pub fn advance(&mut self, scene: &Scene, detail: &Detail, steps: usize) -> bool {
        self.0.advance(scene, detail, steps)
    }

    /// Hands it to the detail.
    pub fn finish(self, detail: &Detail) {
        // One that is there already holds the same.
        let _ = detail.index.set(self.0.finish());
    }
}

/// A choice of marks and lines that is being made, a slice at a time: for frames of a movement.
#[derive(Clone, Debug)]
pub struct Choosing {
    region: Region,
    /// The region holds all that there is.
    whole: bool,
    /// For so many lines there is room.
    room: usize,
    links: Vec<u32>,
    strands: Vec<Strand>,
    lines_left_out: usize,
    marks: Vec<u32>,
    crowd: Option<Crowd>,
    phase: Phase,
    next: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Links,
    Marks,
    Crowd,
    Done,
}

impl Choosing {
    /// Starts for a view of `size` screen points.
    pub fn start(scene: &Scene, camera: &Camera, size: Vector) -> Self {
        let region = Region::around(camera, size);
        let zoom = region.step().zoom();
        let world = scene.bounds_in_world();
        // As densely as the view, also where the region shows more of the world than the view.
        let view = size.x * size.y;
        let shown = shared_area(&world, &region.rect_in_world()) * zoom * zoom;
        let share = (shown / view.max(1.0)).clamp(1.0, MOST_VIEWS);
        Self {
            region,
            whole: region.contains(world.min) && region.contains(world.max),
            room: (view * share / Measures::get().line.area_each) as usize,
            links: Vec::new(),
            strands: Vec::new(),
            lines_left_out: 0,
            marks: Vec::new(),
            crowd: None,
            phase: Phase::Links,
            next: 0,
        }
    }

    /// It may be drawn for this camera until one is made for it: see [`Detail::serves`].
    pub fn serves(&self, camera: &Camera, size: Vector) -> bool {
        self.region.serves(camera, size)
    }

    /// Looks at up to about `steps` more nodes or lines; gives whether all is done.
    pub fn advance(&mut self, scene: &Scene, steps: usize) -> bool {
        let mut left = steps;
        while left > 0 && self.phase != Phase::Done {
            let from = self.next;
            match self.phase {
                Phase::Links => self.choose_links(scene, left),
                Phase::Marks => self.choose_marks(scene, left),
                Phase::Crowd => self.thin_marks(scene, left),
                Phase::Done => {}
            }
            left = left.saturating_sub(self.next.abs_diff(from).max(1));
        }
        self.phase == Phase::Done
    }

    /// What was chosen.
    pub fn finish(self) -> Detail {
        Detail {
            marks: self.marks,
            links: self.links,
            strands: self.strands,
            region: self.region,
            lines_left_out: self.lines_left_out,
            index: OnceLock::new(),
        }
    }

    fn go_to(&mut self, phase: Phase) {
        self.phase = phase;
        self.next = 0;
    }

    /// The most important links that touch the region; the others that do are counted.
    fn choose_links(&mut self, scene: &Scene, steps: usize) {
        let order = &scene.link_order;
        if self.whole {
            let most = self.room.min(order.len());
            self.links = order[..most].iter().rev().copied().collect();
            self.strands = scene.strands[..most].iter().rev().copied().collect();
            self.lines_left_out = order.len() - self.links.len();
            return self.go_to(Phase::Marks);
        }
        let rect = self.region.rect_in_world();
        let reach = 2.0 * Measures::get().line.fan_limit_in_world;
        let until = self.next.saturating_add(steps).min(order.len());
        let strands = &scene.strands[self.next..until];
        for (&link, strand) in order[self.next..until].iter().zip(strands) {
            let [from, to] = strand.ends.map(|end| scene.centers[end as usize]);
            let mut around = Rect::from_corners(from, to);
            if strand.is_bent {
                around = around.expanded(reach);
            }
            if around.intersects(&rect) {
                if self.links.len() < self.room {
                    self.links.push(link);
                    self.strands.push(*strand);
                } else {
                    self.lines_left_out += 1;
                }
            }
        }
        self.next = until;
        if until == order.len() {
            self.links.reverse();
            self.strands.reverse();
            self.go_to(Phase::Marks);
        }
    }

    fn choose_marks(&mut self, scene: &Scene, steps: usize) {
        let order = &scene.draw_order;
        let until = self.next.saturating_add(steps).min(order.len());
        let near = |index: &u32| self.whole || self.region.contains(scene.centers[*index as usize]);
        let chosen = order[self.next..until].iter().copied().filter(near);
        self.marks.extend(chosen);
        self.next = until;
        if until == order.len() {
            let crowded = self.marks.len() > FEW_MARKS;
            self.go_to(if crowded { Phase::Crowd } else { Phase::Done });
        }
    }

    /// Where many marks lie on the same few points, not all are drawn.
    fn thin_marks(&mut self, scene: &Scene, steps: usize) {
        let mut crowd = match self.crowd.take() {
            Some(crowd) => crowd,
            None => Crowd::new(scene, &self.region, self.whole),
        };
        let order = &scene.label_order;
        let until = self.next.saturating_add(steps).min(order.len());
        for &index in &order[self.next..until] {
            crowd.look_at(scene, index);
        }
        self.next = until;
        if until == order.len() {
            self.marks.retain(|index| crowd.kept[*index as usize]);
            self.go_to(Phase::Done);
        } else {
            self.crowd = Some(crowd);
        }
    }
}

/// Which nodes get a mark in a crowd: in each cell of the size of the smallest dot the most important
/// one, and every node that is larger than that.
#[derive(Clone, Debug)]
struct Crowd {
    used: Rect,
    level: DetailLevel,
    columns: usize,
    rows: usize,
    taken: Vec<bool>,
    kept: Vec<bool>,
}

impl Crowd {
    fn new(scene: &Scene, region: &Region, whole: bool) -> Self {
        let level = DetailLevel::at(region.step().zoom());
        let mut used = region.rect_in_world();
        if whole {
            used = scene.bounds_in_world();
        }
        let count = |length: f32| {
            let cells = (length * level.zoom() / Self::cell(&level)).ceil();
            (cells as usize + 1).min(MOST_CELLS)
        };
        let (columns, rows) = (count(used.width()), count(used.height()));
        Self {
            used,
            level,
            columns,
            rows,
            taken: vec![false; columns * rows],
            kept: vec![false; scene.nodes.len()],
        }
    }

    fn cell(level: &DetailLevel) -> f32 {
        2.0 * level.radius(0.0)
    }

    fn look_at(&mut self, scene: &Scene, index: u32) {
        let at = scene.centers[index as usize];
        if !self.used.contains(at) {
            return;
        }
        let cell = Self::cell(&self.level);
        let place = |value: f32, from: f32, count: usize| {
            (((value - from) * self.level.zoom() / cell).max(0.0) as usize).min(count - 1)
        };
        let row = place(at.y, self.used.min.y, self.rows);
        let spot = row * self.columns + place(at.x, self.used.min.x, self.columns);
        let large = self.level.radius(scene.nodes[index as usize].radius) > 1.5 * cell;
        self.kept[index as usize] = large || !self.taken[spot];
        self.taken[spot] = true;
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
