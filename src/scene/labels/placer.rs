//! The plane in which labels look for their places, with what is taken of it.

use super::placed::{Labeled, PlacedLabel, PlacedLabels};
use super::room::{boxes_along, has_room, link_label_size, ring};
use super::side::Side;
use crate::geometry::{Point, Rect, Vector};
use crate::model::LayoutChoice;
use crate::scene::Measures;
use crate::scene::build::Scene;
use crate::scene::occupancy::{Occupancy, Occupant};
use crate::scene::path::{curve_in_world, loop_label};
use crate::scene::region::Region;
use crate::scene::rings::{outward_boxes, outward_middle};
use crate::scene::style::DetailLevel;
use std::collections::HashSet;

/// What a label keeps clear of, beside other labels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// Marks, lines that matter, where other names are to lie, and marks close by, to which it might seem to
    /// belong.
    Lines,
    /// Marks, and where other names are to lie.
    Wishes,
    /// Marks.
    Marks,
    /// Marks that are more than dots: where so much is shown, these are everywhere.
    Dots,
    /// Marks of those that matter too, and of those that have their label.
    Lesser,
    /// Marks of more important ones, and of those that have their label.
    Ranks,
}

/// A node that is to get a label.
#[derive(Clone, Copy)]
pub(super) struct Named {
    /// Its index.
    pub(super) index: u32,
    /// So many are named before it.
    pub(super) rank: u32,
    /// Letters are semi-bold.
    pub(super) heavy: bool,
    /// Where its label was before: it stays there if it can.
    pub(super) before: Option<Side>,
}

/// Those of the first ranks are what the picture is about.
fn matters(rank: u32) -> bool {
    (rank as usize) < Measures::get().label.free_ranks
}

impl Named {
    /// It is one of those that the picture is about.
    pub(super) fn matters(&self) -> bool {
        matters(self.rank)
    }

    /// What it keeps clear of on a side of an upright label, most of all first.
    fn cares(&self, layout: LayoutChoice) -> &'static [Care] {
        const ALL: &[Care; 5] = &[
            Care::Lines,
            Care::Wishes,
            Care::Marks,
            Care::Lesser,
            Care::Ranks,
        ];
        // Through rows and columns lines run everywhere.
        let from = usize::from(layout == LayoutChoice::Grid);
        let to = if self.matters() { 5 } else { 3 };
        &ALL[from..to]
    }
}

/// To lie over a line that matters counts so much of what it counts to lie over a mark of that size.
const LINE_COST: f32 = 0.1;

/// To lie over a mark at all counts as much as so many square points of it.
const COVERED: f32 = 60.0;

/// What lies so close to a label that the label might seem to be its own, in screen points.
const NEAR: f32 = 5.0;

/// No name is cut to less than this, in screen points.
const LEAST_CUT: f32 = 36.0;

/// Which parts of their width names may be cut to: in columns the next begins where it begins.
const fn shares_of(layout: LayoutChoice, heavy: bool) -> &'static [f32] {
    match (layout, heavy) {
        (LayoutChoice::Grid, false) => &[1.0, 0.85, 0.7, 0.55, 0.4, 0.3],
        _ => &[1.0],
    }
}

#[derive(Clone, Debug)]
pub(super) struct Placer {
    pub(super) level: DetailLevel,
    level_at_end: DetailLevel,
    zoom: f32,
    pub(super) region: Region,
    taken: Occupancy,
    /// The marks alone, as they lie at the end of the step of zoom: what keeps clear of them there and
    /// at its beginning does so all the way.
    marks_at_end: Occupancy,
    labels: Vec<PlacedLabel>,
    /// Nodes whose marks lie under the name of another.
    covered: HashSet<u32>,
    /// Nodes that have their label.
    named: HashSet<u32>,
}

/// An empty plane for what lies in a region, at a zoom.
fn plane(scene: &Scene, region: &Region, zoom: f32) -> Occupancy {
    /// Room for labels beside the outermost marks, in screen points.
    const BESIDE: f32 = 400.0;
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
    Occupancy::new(used.expanded(BESIDE))
}

impl Placer {
    pub(super) fn new(scene: &Scene, region: Region) -> Self {
        let step = region.step();
        Self {
            level: DetailLevel::at(step.zoom()),
            level_at_end: DetailLevel::at(step.next().zoom()),
            zoom: step.zoom(),
            region,
            taken: plane(scene, &region, step.zoom()),
            marks_at_end: plane(scene, &region, step.next().zoom()),
            labels: Vec::new(),
            covered: HashSet::new(),
            named: HashSet::new(),
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

    /// How far the middle of a node moves away from the origin, and how its radius grows, until the end
    /// of the step of zoom.
    fn at_end(&self, scene: &Scene, index: u32) -> (Point, f32) {
        let zoom = self.level_at_end.zoom();
        let center = scene.centers[index as usize];
        let radius = self.level_at_end.radius(scene.nodes[index as usize].radius);
        (Point::new(center.x * zoom, center.y * zoom), radius)
    }

    /// Gives the radius of the mark.
    pub(super) fn enter_mark(&mut self, scene: &Scene, index: u32, rank: u32) -> f32 {
        let node = &scene.nodes[index as usize];
        let radius = self.level.radius(node.radius);
        let center = self.center(scene, index);
        let mark = (index, node.form, rank);
        self.taken.insert_mark(mark, center, radius);
        let (center, end_radius) = self.at_end(scene, index);
        self.marks_at_end.insert_mark(mark, center, end_radius);
        radius
    }

    /// Says where the label of a node is to lie if nothing else matters: on the first side that is free of
    /// marks and of such wishes of more important ones.
    pub(super) fn enter_wish(&mut self, scene: &Scene, named: &Named) {
        let node = &scene.nodes[named.index as usize];
        if node.has_no_name() || scene.outward(named.index).is_some() {
            return;
        }
        let size = node.label_box(false);
        let center = self.center(scene, named.index);
        let radius = self.level.radius(node.radius);
        let mut rects = (Side::of(scene.layout).iter())
            .map(|side| Rect::from_center(center + side.offset(node, radius, size), size));
        if let Some(rect) = rects.find(|rect| self.cost(named, rect, Care::Wishes).is_some()) {
            let index = named.index;
            self.taken.insert(rect, Occupant::Wish { index });
        }
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

    /// Places the label of a node, if there is room on a side of it where it covers no other's mark; one of
    /// those that the picture is about covers lesser marks rather than be missing.
    pub(super) fn place_node(&mut self, scene: &Scene, named: &Named) {
        let node = &scene.nodes[named.index as usize];
        let within = self.region.contains(scene.centers[named.index as usize]);
        if !within || node.has_no_name() || self.covered.contains(&named.index) {
            return;
        }
        let spots = [
            (
                self.center(scene, named.index),
                self.level.radius(node.radius),
            ),
            self.at_end(scene, named.index),
        ];
        let spots = spots.map(|(center, radius)| (center, radius + ring(named.heavy)));
        if let Some(outward) = scene.outward(named.index) {
            self.place_turned(scene, named, spots, outward);
            return;
        }
        let whole = node.label_box(named.heavy);
        let at = |side: Side, share: f32| {
            let size = Vector::new(whole.x * share, whole.y);
            spots.map(|(center, radius)| {
                Rect::from_center(center + side.offset(node, radius, size), size)
            })
        };
        let cost = |&(side, share): &(Side, f32), care: Care| {
            let [now, at_end] = at(side, share);
            Some(self.cost(named, &now, care)? + self.cost_at_end(named, &at_end, care)?)
        };
        let tries = || {
            let shares = shares_of(scene.layout, named.heavy);
            let sides = Side::of(scene.layout);
            // Off its row a name has to be worth a second look at whose it is.
            let sides = match scene.layout {
                LayoutChoice::Grid if !named.matters() => &sides[..1],
                _ => sides,
            };
            let all = (sides.iter())
                .flat_map(move |&side| shares.iter().map(move |&share| (side, share)));
            all.filter(move |(_, share)| *share == 1.0 || whole.x * share >= LEAST_CUT)
        };
        let before = named.before.map(|side| (side, 1.0));
        // Over one that is to be named too nothing stays for its own sake.
        let stays =
            |care: Care| before.filter(|place| care != Care::Ranks && cost(place, care).is_some());
        let least = |care: Care| {
            let all = tries().filter_map(|place| Some((cost(&place, care)?, place)));
            // The first of those that cover least.
            all.min_by(|a, b| a.0.total_cmp(&b.0))
                .map(|(_, place)| place)
        };
        let chosen = stays(Care::Marks).or_else(|| {
            let cares = named.cares(scene.layout).iter();
            cares
                .copied()
                .find_map(|care| stays(care).or_else(|| least(care)))
        });
        let Some((side, share)) = chosen else { return };
        let halo = Measures::get().label.halo;
        let [now, at_end] = at(side, share);
        self.cover(named.index, [&now, &at_end]);
        self.taken.insert(now.expanded(halo), Occupant::Label);
        self.add(named, side, share);
    }

    /// Whose marks lie under those rectangles get no name of their own.
    fn cover(&mut self, own: u32, [now, at_end]: [&Rect; 2]) {
        for (plane, rect) in [(&self.taken, now), (&self.marks_at_end, at_end)] {
            let marks = plane
                .touched(rect)
                .filter_map(|(_, occupant)| match occupant {
                    Occupant::Mark { index, .. } if index != own => Some(index),
                    _ => None,
                });
            self.covered.extend(marks);
        }
    }

    fn add(&mut self, named: &Named, side: Side, share: f32) {
        self.named.insert(named.index);
        self.labels.push(PlacedLabel {
            labeled: Labeled::Node(named.index),
            side,
            share,
            heavy: named.heavy,
        });
    }

    /// What a label would cover there as things are at the beginning of the step of zoom, or lie close to,
    /// weighed, in square screen points; `None` if there is what it keeps clear of.
    fn cost(&self, named: &Named, rect: &Rect, care: Care) -> Option<f32> {
        self.cost_on(&self.taken, named, rect, care)
    }

    /// As [`Self::cost`], of marks alone, as things are at the end of the step.
    fn cost_at_end(&self, named: &Named, rect: &Rect, care: Care) -> Option<f32> {
        self.cost_on(&self.marks_at_end, named, rect, care)
    }

    fn cost_on(&self, plane: &Occupancy, named: &Named, rect: &Rect, care: Care) -> Option<f32> {
        let around = rect.expanded(NEAR);
        let costs = plane.touched(&around).map(|(taken, occupant)| {
            let is_under = taken.intersects(rect);
            let area = || taken.shared_area(&around);
            match occupant {
                Occupant::Label => (!is_under).then_some(0.0),
                Occupant::Line if is_under => (care != Care::Lines).then(|| LINE_COST * area()),
                Occupant::Wish { index } if is_under && index != named.index => {
                    let kept = matches!(care, Care::Lines | Care::Wishes);
                    (!kept).then(|| LINE_COST * area())
                }
                Occupant::Line | Occupant::Wish { .. } => Some(0.0),
                Occupant::Mark { index, .. } if index == named.index => Some(0.0),
                Occupant::Mark { .. } if !is_under => (care != Care::Lines).then(area),
                Occupant::Mark {
                    index,
                    rank,
                    is_dot,
                } => {
                    let bare = !self.named.contains(&index);
                    match care {
                        Care::Lines | Care::Wishes | Care::Marks => None,
                        Care::Dots => is_dot.then_some(0.0),
                        Care::Lesser if bare && !matters(rank) => Some(COVERED + area()),
                        Care::Ranks if bare && rank > named.rank => {
                            let most = Measures::get().label.free_ranks as u32;
                            let weight = 1 + most.saturating_sub(rank);
                            Some((COVERED + area()) * weight as f32)
                        }
                        Care::Lesser | Care::Ranks => None,
                    }
                }
            }
        });
        costs.sum()
    }

    /// A name that runs away from the middle of the circle that its mark stands on; or towards it, where
    /// other circles lie without and one of their marks is in the way.
    fn place_turned(
        &mut self,
        scene: &Scene,
        named: &Named,
        spots: [(Point, f32); 2],
        outward: Vector,
    ) {
        const BOTH: [Side; 2] = [Side::Outward, Side::Inward];
        let node = &scene.nodes[named.index as usize];
        let size = node.label_box(named.heavy);
        let boxes = |(center, radius): (Point, f32), side: Side| {
            let along = side.along(outward).unwrap_or(outward);
            let middle = outward_middle(node, center, radius, size.x, along);
            outward_boxes(middle, along, size)
        };
        // Lines run through circles everywhere.
        let free = |side: Side, care: Care| {
            boxes(spots[0], side).all(|rect| self.cost(named, &rect, care).is_some())
                && boxes(spots[1], side).all(|rect| self.cost_at_end(named, &rect, care).is_some())
        };
        let sides = if scene.has_rows() {
            &BOTH[..]
        } else {
            &BOTH[..1]
        };
        let least = if named.matters() {
            Care::Dots
        } else {
            Care::Marks
        };
        let before = named.before.filter(|side| sides.contains(side));
        let chosen = before.filter(|&side| free(side, least)).or_else(|| {
            let mut tries = sides
                .iter()
                .flat_map(|&side| [(side, Care::Marks), (side, least)]);
            tries.find_map(|(side, care)| free(side, care).then_some(side))
        });
        let Some(side) = chosen else { return };
        boxes(spots[0], side).for_each(|part| self.taken.insert(part, Occupant::Label));
        self.add(named, side, 1.0);
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
            self.taken.is_taken(&rect, |occupant| {
                matches!(occupant, Occupant::Label | Occupant::Mark { .. })
            })
        }) {
            return;
        }
        for part in boxes {
            self.taken.insert(part, Occupant::Label);
        }
        self.labels.push(PlacedLabel {
            labeled: Labeled::Link(index),
            side: Side::Below,
            share: 1.0,
            heavy: false,
        });
    }
}
