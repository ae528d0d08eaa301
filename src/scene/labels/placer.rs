//! The plane in which labels look for their places, with what is taken of it.

use super::placed::{Labeled, PlacedLabel, PlacedLabels};
use super::room::{boxes_along, has_room, link_label_size, ring};
use super::side::Side;
use crate::geometry::{Point, Rect, Vector};
use crate::scene::Measures;
use crate::scene::build::Scene;
use crate::scene::occupancy::{Occupancy, Occupant};
use crate::scene::path::{curve_in_world, loop_label};
use crate::scene::region::Region;
use crate::scene::rings::{outward_boxes, outward_middle};
use crate::scene::style::DetailLevel;

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
pub(super) struct Placer {
    pub(super) level: DetailLevel,
    zoom: f32,
    pub(super) region: Region,
    taken: Occupancy,
    labels: Vec<PlacedLabel>,
    /// For a picture that cannot be zoomed into, where a name over a mark is better than none.
    pub(super) all: bool,
}

impl Placer {
    pub(super) fn new(scene: &Scene, region: Region) -> Self {
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

    pub(super) fn finish(self) -> PlacedLabels {
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
    pub(super) fn enter_mark(&mut self, scene: &Scene, index: u32, rank: u32) -> f32 {
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
    pub(super) fn enter_line(&mut self, scene: &Scene, index: u32) -> usize {
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

    pub(super) fn place_node(
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
        if let Some(outward) = scene.outward(index) {
            self.place_turned(
                scene,
                index,
                (rank, heavy),
                (center, radius, outward),
                before,
            );
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

    /// A name that runs away from the middle of the circle that its mark stands on; or towards it, where
    /// other circles lie without and one of their marks is in the way.
    fn place_turned(
        &mut self,
        scene: &Scene,
        index: u32,
        (rank, heavy): (u32, bool),
        (center, radius, outward): (Point, f32, Vector),
        before: Option<Side>,
    ) {
        const BOTH: [Side; 2] = [Side::Outward, Side::Inward];
        let node = &scene.nodes[index as usize];
        let size = node.label_box(heavy);
        let boxes = |side: Side| {
            let along = side.along(outward).unwrap_or(outward);
            outward_boxes(
                outward_middle(node, center, radius, size.x, along),
                along,
                size,
            )
        };
        let free = |side: Side, care: Care| {
            let blocks = |occupant: Occupant| match occupant {
                Occupant::Label => true,
                Occupant::Line => false,
                Occupant::Mark {
                    rank: other,
                    radius,
                } => other < rank || (other != rank && (care == Care::Marks || radius >= 7)),
            };
            !boxes(side).any(|rect| self.taken.is_taken(&rect, blocks))
        };
        let sides = if scene.has_rows() {
            &BOTH[..]
        } else {
            &BOTH[..1]
        };
        let stays = before.filter(|side| sides.contains(side) && free(*side, Care::Least));
        let well = || sides.iter().copied().find(|&side| free(side, Care::Marks));
        let may_cover = !scene.has_rows() || (rank as usize) < Measures::get().label.free_ranks;
        let Some(side) = stays
            .or_else(well)
            .or_else(|| (may_cover && free(Side::Outward, Care::Least)).then_some(Side::Outward))
        else {
            return;
        };
        boxes(side).for_each(|part| self.taken.insert(part, Occupant::Label));
        self.labels.push(PlacedLabel {
            labeled: Labeled::Node(index),
            side,
            heavy,
        });
    }

    pub(super) fn place_link(&mut self, scene: &Scene, index: u32) {
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
