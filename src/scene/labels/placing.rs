//! Labels that find their places a slice at a time, for frames in which things move.

use super::placed::{Labeled, PlacedLabels};
use super::placer::{Named, Placer};
use super::side::Side;
use crate::geometry::{Camera, Vector};
use crate::scene::Measures;
use crate::scene::build::Scene;
use crate::scene::region::Region;
use std::collections::HashMap;

/// Labels that are finding their places, a slice at a time.
#[derive(Clone, Debug)]
pub struct Placing {
    placer: Placer,
    /// Sides of the labels that were shown before: they keep their places if they can.
    before: HashMap<u32, Side>,
    /// They come before all but the most important.
    keeps: bool,
    /// Nodes in the region that may get a label, and how many are named before each.
    candidates: Vec<(u32, u32)>,
    /// All may, however small they are.
    all: bool,
    phase: Phase,
    next: usize,
}

/// Looking for a place on all sides of a node, in steps.
const SEARCH: usize = 2;
/// Weighing what a name of those that matter covers on each of them, for each care.
const WEIGHING: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Marks,
    Wishes,
    Lines,
    First,
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
            all: false,
            phase: Phase::Marks,
            next: 0,
        }
    }

    /// Nodes get labels however small they are.
    pub(super) fn label_all(&mut self) {
        self.all = true;
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
                Phase::Wishes => left = left.saturating_sub(self.enter_next_wish(scene)),
                Phase::Lines => left = left.saturating_sub(self.enter_next_line(scene)),
                Phase::First => left = left.saturating_sub(self.place_next(scene, Phase::Kept)),
                Phase::Kept => left = left.saturating_sub(self.place_next(scene, Phase::Nodes)),
                Phase::Nodes => left = left.saturating_sub(self.place_next(scene, Phase::Links)),
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
            self.go_to(Phase::Wishes);
            return 0;
        };
        if elsewhere(&&index) {
            return 0;
        }
        let rank = self.next as u32;
        self.next += 1;
        let label = &Measures::get().label;
        let radius = self.placer.enter_mark(scene, index, rank);
        if self.all || self.named(index, rank).matters() || radius >= label.radius_for_label {
            self.candidates.push((index, rank));
        }
        0
    }

    /// Gives how many steps more that took.
    fn enter_next_wish(&mut self, scene: &Scene) -> usize {
        /// Labels of lesser nodes may be in each other's way.
        const MOST_WISHES: usize = 300;
        match self.candidates.get(self.next) {
            Some(&(index, rank)) if self.next < MOST_WISHES => {
                self.next += 1;
                let named = self.named(index, rank);
                self.placer.enter_wish(scene, &named);
                SEARCH
            }
            _ => {
                self.go_to(Phase::Lines);
                0
            }
        }
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
                self.go_to(Phase::First);
                0
            }
        }
    }

    /// Whether the label of a candidate is looked for in this phase: first those of the most important, whatever
    /// else was shown before, then those that were shown, then the rest.
    fn is_due(&self, named: &Named) -> bool {
        let phase = if named.matters() {
            Phase::First
        } else if self.keeps && named.before.is_some() {
            Phase::Kept
        } else {
            Phase::Nodes
        };
        self.phase == phase
    }

    /// Gives how many steps more that took.
    fn place_next(&mut self, scene: &Scene, after: Phase) -> usize {
        let Some(&(index, rank)) = self.candidates.get(self.next) else {
            self.go_to(after);
            return 0;
        };
        self.next += 1;
        let named = self.named(index, rank);
        if !self.is_due(&named) {
            return 0;
        }
        self.placer.place_node(scene, &named);
        if named.matters() { WEIGHING } else { SEARCH }
    }

    fn named(&self, index: u32, rank: u32) -> Named {
        Named {
            index,
            rank,
            heavy: false,
            before: self.before.get(&index).copied(),
        }
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
