//! Which labels are shown, and on which side of what they name: the most important first, none over
//! another.
//!
//! Places are worked out in the zoomed plane (world units times the zoom of the step), so panning and
//! small steps of zoom change nothing; only what lies in the region around the view is looked at. Work
//! can be cut into slices, for frames in which things move. The same code serves screen and files.

use super::build::{Link, Node, Scene};
use super::occupancy::{Occupancy, Occupant};
use super::overlay::Overlay;
use super::path::{curve_in_world, loop_label};
use super::region::Region;
use super::rings::{outward_boxes, outward_middle};
use super::style::DetailLevel;
use super::theme::Measures;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::LayoutChoice;
use std::collections::HashMap;

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Labeled {
    /// The node at this index.
    Node(u32),
    /// The line at this index.
    Link(u32),
}

/// Where a label lies beside its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Below the mark: where it is looked for first.
    Below,
    /// Above it.
    Above,
    /// To its right.
    Right,
    /// To its left.
    Left,
    /// Below and to the right.
    BelowRight,
    /// Below and to the left.
    BelowLeft,
    /// Above and to the right.
    AboveRight,
    /// Above and to the left.
    AboveLeft,
    /// Turned, away from the middle of the circle that its node stands on; below it without one.
    Outward,
}

impl Side {
    /// In the order of trying.
    pub(super) const ALL: [Self; 8] = [
        Self::Below,
        Self::Above,
        Self::Right,
        Self::Left,
        Self::BelowRight,
        Self::BelowLeft,
        Self::AboveRight,
        Self::AboveLeft,
    ];

    /// The sides to try in pictures by that layout: in rows and columns it has to be clear whose a name
    /// is.
    pub(super) const fn of(layout: LayoutChoice) -> &'static [Self] {
        match layout {
            LayoutChoice::Grid => &[Self::Right],
            _ => &Self::ALL,
        }
    }

    /// From the middle of a mark of `radius` to the middle of a label of `size`.
    pub(super) fn offset(self, node: &Node, radius: f32, size: Vector) -> Vector {
        let gap = Measures::get().label.gap;
        let across = radius * node.form.reach(Vector::new(1.0, 0.0)) + gap + size.x * 0.5;
        let down = radius * node.form.reach_down() + gap + size.y * 0.5;
        let up = radius * node.form.reach(Vector::new(0.0, -1.0)) + gap + size.y * 0.5;
        match self {
            Self::Below | Self::Outward => Vector::new(0.0, down),
            Self::Above => Vector::new(0.0, -up),
            Self::Right => Vector::new(across, 0.0),
            Self::Left => Vector::new(-across, 0.0),
            Self::BelowRight => Vector::new(size.x * 0.5, down),
            Self::BelowLeft => Vector::new(size.x * -0.5, down),
            Self::AboveRight => Vector::new(size.x * 0.5, -up),
            Self::AboveLeft => Vector::new(size.x * -0.5, -up),
        }
    }
}

/// A label that has found its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedLabel {
    /// What it names.
    pub labeled: Labeled,
    /// Where it lies, if it names a node.
    pub side: Side,
    /// Letters are semi-bold.
    pub heavy: bool,
}

/// Labels at their places, for one step of zoom and a region around the view.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabels {
    /// The labels, the most important first.
    pub labels: Vec<PlacedLabel>,
    region: Region,
}

impl PlacedLabels {
    /// They still hold for this camera, as long as the scene is the same.
    pub fn holds_for(&self, camera: &Camera, size: Vector) -> bool {
        self.region == Region::around(camera, size)
    }

    /// Those of nodes alone.
    pub fn without_links(&self) -> Self {
        let of_node = |label: &&PlacedLabel| matches!(label.labeled, Labeled::Node(_));
        Self {
            labels: self.labels.iter().filter(of_node).copied().collect(),
            region: self.region,
        }
    }
}

/// Places labels for a view of `size` screen points: those of nodes that are large enough at this zoom.
pub fn place(scene: &Scene, camera: &Camera, size: Vector) -> PlacedLabels {
    let mut placing = Placing::start(scene, camera, size, None);
    placing.advance(scene, usize::MAX);
    placing.finish()
}

/// Places the labels of all nodes for which there is room, however small: for a picture that cannot
/// be zoomed into.
pub fn place_all(scene: &Scene, camera: &Camera, size: Vector) -> PlacedLabels {
    let mut placing = Placing::start(scene, camera, size, None);
    placing.placer.all = true;
    placing.advance(scene, usize::MAX);
    placing.finish()
}

/// Places the labels of what `overlay` holds in front: followed nodes first, then their neighbors,
/// then the red lines.
pub fn place_overlay(
    scene: &Scene,
    overlay: &Overlay,
    camera: &Camera,
    size: Vector,
) -> PlacedLabels {
    let mut placer = Placer::new(scene, Region::around(camera, size));
    for &index in overlay.followed.iter().chain(&overlay.neighbors) {
        placer.enter_mark(scene, index, 0);
    }
    let mut by_rank: Vec<(bool, usize, u32)> = Vec::new();
    let followed = overlay.followed.iter().map(|&index| (false, index));
    let neighbors = overlay.neighbors.iter().map(|&index| (true, index));
    for (lesser, index) in followed.chain(neighbors) {
        let mentions = usize::MAX - scene.nodes[index as usize].mentions;
        by_rank.push((lesser, mentions, index));
    }
    by_rank.sort_unstable();
    for (lesser, _, index) in by_rank {
        placer.place_node(scene, index, 0, !lesser, None);
    }
    for &index in &overlay.red_links {
        placer.place_link(scene, index);
    }
    placer.finish()
}

/// Labels that are finding their places, a slice at a time.
#[derive(Clone, Debug)]
pub struct Placing {
    placer: Placer,
    /// Sides of the labels that were shown before: they keep their places if they can.
    before: HashMap<u32, Side>,
    /// They come before all others.
    keeps: bool,
    /// Nodes in the region that may get a label, with their rank.
    candidates: Vec<(u32, u32)>,
    phase: Phase,
    next: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Marks,
    Lines,
    Kept,
    Nodes,
    Links,
    Done,
}

impl Placing {
    /// Starts for a view of `size` screen points. Labels of `previous` stay where they are: panning
    /// makes none flicker, nor does zooming in, where there is only more room. Zooming out, where
    /// there is room for fewer, those that matter most stay, on the side on which they are.
    pub fn start(
        scene: &Scene,
        camera: &Camera,
        size: Vector,
        previous: Option<&PlacedLabels>,
    ) -> Self {
        let region = Region::around(camera, size);
        let keeps = previous.is_some_and(|before| before.region.step() <= region.step());
        let before = previous.into_iter().flat_map(|before| &before.labels);
        let before = before.filter_map(|label| match label.labeled {
            Labeled::Node(index) => Some((index, label.side)),
            Labeled::Link(_) => None,
        });
        Self {
            before: before.collect(),
            keeps,
            placer: Placer::new(scene, region),
            candidates: Vec::new(),
            phase: Phase::Marks,
            next: 0,
        }
    }

    /// They are for this camera.
    pub fn holds_for(&self, camera: &Camera, size: Vector) -> bool {
        self.placer.region == Region::around(camera, size)
    }

    /// Looks at up to `steps` more nodes or lines (long lines count for several); gives whether all is
    /// done.
    pub fn advance(&mut self, scene: &Scene, steps: usize) -> bool {
        let mut left = steps;
        while left > 0 {
            left -= 1;
            match self.phase {
                Phase::Marks => left = left.saturating_sub(self.enter_next(scene)),
                Phase::Lines => left = left.saturating_sub(self.enter_next_line(scene)),
                Phase::Kept => left = left.saturating_sub(self.place_next(scene, true)),
                Phase::Nodes => left = left.saturating_sub(self.place_next(scene, false)),
                Phase::Links => self.place_next_link(scene),
                Phase::Done => return true,
            }
        }
        self.phase == Phase::Done
    }

    /// The labels that have found a place.
    pub fn finish(self) -> PlacedLabels {
        self.placer.finish()
    }

    fn go_to(&mut self, phase: Phase) {
        self.phase = phase;
        self.next = 0;
    }

    /// Gives how many steps more that took.
    fn enter_next(&mut self, scene: &Scene) -> usize {
        /// To see that a node lies elsewhere is little work.
        const AT_ONCE: usize = 16;
        let region = &self.placer.region;
        let from = &scene.label_order[self.next.min(scene.label_order.len())..];
        let elsewhere = |index: &&u32| !region.contains(scene.centers[**index as usize]);
        self.next += from.iter().take(AT_ONCE).take_while(elsewhere).count();
        let Some(&index) = scene.label_order.get(self.next) else {
            self.go_to(Phase::Lines);
            return 0;
        };
        if elsewhere(&&index) {
            return 0;
        }
        let rank = self.next as u32;
        self.next += 1;
        let label = &Measures::get().label;
        let radius = self.placer.enter_mark(scene, index, rank);
        if self.placer.all || self.next <= label.free_ranks || radius >= label.radius_for_label {
            self.candidates.push((index, rank));
        }
        0
    }

    /// Gives how many steps more that took.
    fn enter_next_line(&mut self, scene: &Scene) -> usize {
        /// In a crowd there is no way around lines.
        const MOST_LINES: usize = 300;
        let next = scene.link_order.get(self.next);
        let stated = next.filter(|&&index| scene.links[index as usize].stated);
        match stated {
            Some(&index) if self.next < MOST_LINES => {
                self.next += 1;
                self.placer.enter_line(scene, index) / 4
            }
            _ => {
                self.go_to(Phase::Kept);
                0
            }
        }
    }

    /// Gives how many steps more that took.
    fn place_next(&mut self, scene: &Scene, kept: bool) -> usize {
        /// Looking for a place on all sides of a node, in steps.
        const SEARCH: usize = 2;
        let Some(&(index, rank)) = self.candidates.get(self.next) else {
            self.go_to(if kept { Phase::Nodes } else { Phase::Links });
            return 0;
        };
        self.next += 1;
        let before = self.before.get(&index).copied();
        if (self.keeps && before.is_some()) != kept {
            return 0;
        }
        self.placer.place_node(scene, index, rank, false, before);
        SEARCH
    }

    fn place_next_link(&mut self, scene: &Scene) {
        let next = scene.link_order.get(self.next);
        let stated = next.filter(|&&index| scene.links[index as usize].stated);
        match stated {
            Some(&index) if self.placer.level.line_labels => {
                self.next += 1;
                self.placer.place_link(scene, index);
            }
            _ => self.go_to(Phase::Done),
        }
    }
}

/// What a label keeps clear of, beside other labels and large marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// All marks, and lines that matter.
    MarksAndLines,
    /// All marks.
    Marks,
    /// Marks of what matters more.
    Least,
}

#[derive(Clone, Debug)]
struct Placer {
    level: DetailLevel,
    zoom: f32,
    region: Region,
    taken: Occupancy,
    labels: Vec<PlacedLabel>,
    /// For a picture that cannot be zoomed into, where a name over a mark is better than none.
    all: bool,
}

impl Placer {
    fn new(scene: &Scene, region: Region) -> Self {
        /// Room for labels beside the outermost marks, in screen points.
        const BESIDE: f32 = 400.0;
        let zoom = region.step().zoom();
        let scaled = |p: Point| Point::new(p.x * zoom, p.y * zoom);
        let (world, seen) = (scene.bounds_in_world(), region.rect_in_world());
        let low = Point::new(world.min.x.max(seen.min.x), world.min.y.max(seen.min.y));
        let high = Point::new(world.max.x.min(seen.max.x), world.max.y.min(seen.max.y));
        let mut used = Rect {
            min: scaled(low),
            max: scaled(high),
        };
        if used.is_empty() {
            used = Rect::from_center(scaled(seen.center()), Vector::new(1.0, 1.0));
        }
        Self {
            level: DetailLevel::at(zoom),
            zoom,
            region,
            taken: Occupancy::new(used.expanded(BESIDE)),
            labels: Vec::new(),
            all: false,
        }
    }

    fn finish(self) -> PlacedLabels {
        PlacedLabels {
            labels: self.labels,
            region: self.region,
        }
    }

    fn center(&self, scene: &Scene, index: u32) -> Point {
        let center = scene.centers[index as usize];
        Point::new(center.x * self.zoom, center.y * self.zoom)
    }

    /// Gives the radius of the mark.
    fn enter_mark(&mut self, scene: &Scene, index: u32, rank: u32) -> f32 {
        let radius = self.level.radius(scene.nodes[index as usize].radius);
        let size = Vector::new(1.7, 1.7) * radius;
        let rect = Rect::from_center(self.center(scene, index), size);
        let radius_in_points = radius as u32;
        self.taken.insert(
            rect,
            Occupant::Mark {
                rank,
                radius: radius_in_points,
            },
        );
        radius
    }

    /// Takes up the room of a line between the marks of its ends; gives in how many pieces.
    fn enter_line(&mut self, scene: &Scene, index: u32) -> usize {
        /// Squares so far apart cover it for anything of the height of a letter.
        const STEP: f32 = 12.0;
        const MOST_STEPS: usize = 100;
        let link = &scene.links[index as usize];
        if link.source == link.target {
            return 0;
        }
        let path = curve_in_world(scene, index);
        let length = path.from.distance(path.to) * self.zoom;
        let steps = ((length / STEP) as usize).min(MOST_STEPS);
        let side = link.width * self.level.width_share + 1.0;
        for step in 1..steps {
            let at = path.at(step as f32 / steps as f32);
            if self.region.contains(at) {
                let middle = Point::new(at.x * self.zoom, at.y * self.zoom);
                let rect = Rect::from_center(middle, Vector::new(side, side));
                self.taken.insert(rect, Occupant::Line);
            }
        }
        steps
    }

    fn place_node(
        &mut self,
        scene: &Scene,
        index: u32,
        rank: u32,
        heavy: bool,
        before: Option<Side>,
    ) {
        let node = &scene.nodes[index as usize];
        if !self.region.contains(scene.centers[index as usize]) || node.has_no_name() {
            return;
        }
        let center = self.center(scene, index);
        let radius = self.level.radius(node.radius) + ring(heavy);
        let size = node.label_box(heavy);
        if let Some(direction) = scene.outward(index) {
            let middle = outward_middle(node, center, radius, size.x, direction);
            let boxes = outward_boxes(middle, direction, size);
            let blocks = |occupant: Occupant| match occupant {
                Occupant::Label => true,
                Occupant::Line => false,
                Occupant::Mark {
                    rank: other,
                    radius,
                } => other < rank || radius >= 7,
            };
            if !boxes.clone().any(|rect| self.taken.is_taken(&rect, blocks)) {
                boxes.for_each(|part| self.taken.insert(part, Occupant::Label));
                self.labels.push(PlacedLabel {
                    labeled: Labeled::Node(index),
                    side: Side::Outward,
                    heavy,
                });
            }
            return;
        }
        let free = |rect: &Rect, care: Care| {
            !self.taken.is_taken(rect, |occupant| match occupant {
                Occupant::Label => true,
                Occupant::Line => care == Care::MarksAndLines,
                Occupant::Mark {
                    rank: other,
                    radius,
                } => care != Care::Least || (other < rank) || radius >= 7,
            })
        };
        let at = |side: Side| Rect::from_center(center + side.offset(node, radius, size), size);
        let stays = before.filter(|&side| free(&at(side), Care::Least));
        let chosen = stays.or_else(|| {
            // Only names that the picture is about may lie over marks of lesser ones.
            let last = (rank as usize) < Measures::get().label.free_ranks;
            [Care::MarksAndLines, Care::Marks, Care::Least]
                .into_iter()
                .filter(|&care| care != Care::Least || last || self.all)
                .find_map(|care| {
                    let mut sides = Side::of(scene.layout).iter().copied();
                    sides.find(|&side| free(&at(side), care))
                })
        });
        let Some(side) = chosen else { return };
        let halo = Measures::get().label.halo;
        self.taken.insert(at(side).expanded(halo), Occupant::Label);
        self.labels.push(PlacedLabel {
            labeled: Labeled::Node(index),
            side,
            heavy,
        });
    }

    fn place_link(&mut self, scene: &Scene, index: u32) {
        let link = &scene.links[index as usize];
        if link.label.is_empty() {
            return;
        }
        let [from, to] = [link.source, link.target].map(|end| self.center(scene, end));
        let along = to - from;
        if !has_room(scene, index, &self.level, along.length()) {
            return;
        }
        let size = link_label_size(link);
        let (middle, direction) = if link.source == link.target {
            let radius = self.level.radius(scene.nodes[link.source as usize].radius);
            let middle = loop_label(from, radius, link.bend * self.zoom, size);
            (middle, Vector::new(1.0, 0.0))
        } else {
            let middle = curve_in_world(scene, index).at(0.5);
            let scaled = Point::new(middle.x * self.zoom, middle.y * self.zoom);
            (scaled, along.normalized())
        };
        let in_world = Point::new(middle.x / self.zoom, middle.y / self.zoom);
        if !self.region.contains(in_world) {
            return;
        }
        let boxes = boxes_along(middle, direction, size);
        if boxes.clone().any(|rect| {
            self.taken
                .is_taken(&rect, |occupant| occupant != Occupant::Line)
        }) {
            return;
        }
        for part in boxes {
            self.taken.insert(part, Occupant::Label);
        }
        self.labels.push(PlacedLabel {
            labeled: Labeled::Link(index),
            side: Side::Below,
            heavy: false,
        });
    }
}

/// What is followed has a ring around its mark, and a heavy label beyond it: so much farther out, in
/// screen points.
pub(super) fn ring(heavy: bool) -> f32 {
    if heavy {
        Measures::get().node.ring
    } else {
        0.0
    }
}

/// The room of a line's label, turned with it, in screen points.
pub(super) fn link_label_size(link: &Link) -> Vector {
    Vector::new(link.label_width, Measures::get().fonts.line_label * 1.1)
}

/// A line whose ends are `length` screen points apart is long enough for its label between the
/// marks; a loop always is, since its label lies beside it.
pub(super) fn has_room(scene: &Scene, index: u32, level: &DetailLevel, length: f32) -> bool {
    let link = &scene.links[index as usize];
    if link.source == link.target {
        return true;
    }
    let marks = [link.source, link.target].map(|end| {
        let node = &scene.nodes[end as usize];
        level.radius(node.radius) * node.form.extent()
    });
    length >= marks[0] + marks[1] + link.label_width + 3.0 * Measures::get().fonts.line_label
}

/// Upright boxes that together cover a line of text of `size` along `direction`, of length 1: one
/// around each stretch of it about as long as high.
pub(super) fn boxes_along(
    middle: Point,
    direction: Vector,
    size: Vector,
) -> impl ExactSizeIterator<Item = Rect> + Clone {
    let count = (size.x / size.y).ceil().clamp(1.0, 64.0) as usize;
    let stretch = size.x / count as f32;
    let (x, y) = (direction.x.abs(), direction.y.abs());
    let around = Vector::new(stretch * x + size.y * y, stretch * y + size.y * x);
    let start = middle - direction * (size.x * 0.5);
    (0..count).map(move |i| {
        let at = start + direction * (stretch * (i as f32 + 0.5));
        Rect::from_center(at, around)
    })
}
