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
    /// They come before all others.
    keeps: bool,
    /// Nodes in the region that may get a label, and whether they are among those that matter most.
    candidates: Vec<(u32, bool)>,
    /// All may, however small they are.
    all: bool,
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
        let matters = self.next < Measures::get().label.free_ranks;
        self.next += 1;
        let label = &Measures::get().label;
        let radius = self.placer.enter_mark(scene, index);
        if self.all || matters || radius >= label.radius_for_label {
            /// Labels of lesser nodes may be in each other's way.
            const MOST_WISHES: usize = 300;
            if self.candidates.len() < MOST_WISHES {
                self.placer.enter_wish(scene, index);
            }
            self.candidates.push((index, matters));
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
        let Some(&(index, matters)) = self.candidates.get(self.next) else {
            self.go_to(if kept { Phase::Nodes } else { Phase::Links });
            return 0;
        };
        self.next += 1;
        let before = self.before.get(&index).copied();
        if (self.keeps && before.is_some()) != kept {
            return 0;
        }
        let named = Named {
            index,
            matters,
            heavy: false,
            before,
        };
        self.placer.place_node(scene, &named);
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
