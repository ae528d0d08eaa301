//! Which marks, lines and labels of a scene are drawn: kept from frame to frame, and made anew in slices
//! while things move, so that no frame of a movement is long.

use crate::geometry::{Camera, Vector};
use crate::scene::labels::{PlacedLabels, Placing, place_overlay};
use crate::scene::{Choosing, Detail, Overlay, ReadyToPick, Scene};
use std::cell::Cell;
use std::sync::Arc;

/// The choice for one scene. A scene that is built anew needs a new one.
#[derive(Clone, Default)]
pub(super) struct Choice {
    detail: Option<Arc<Detail>>,
    /// `moves` when the detail was chosen, and when places were last taken in.
    detail_at: (u64, u64),
    labels: Option<(u64, Arc<PlacedLabels>)>,
    placing: Option<(u64, Placing)>,
    overlay_labels: Option<(u64, Arc<PlacedLabels>)>,
    last: Option<(u64, Camera)>,
    is_moving: bool,
    /// The next detail, begun at these `moves`.
    choosing: Option<(u64, Choosing)>,
    generation: u64,
    /// Something was asked for that an index of the detail would find faster.
    is_asked: Cell<bool>,
    /// That index, begun for a detail and places that have not changed since.
    indexing: Option<ReadyToPick>,
}

/// How much is done for a picture of things that move.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// So many nodes and lines are looked at for new places of labels.
    slice: usize,
    /// So many of them for a new choice of what is drawn: to look at one is less work.
    sifted: usize,
    /// For so many pictures a choice of marks and lines is kept while nodes move.
    kept_pictures: u64,
    /// At rest so many times as much is done.
    at_rest: usize,
    /// So many nodes and lines are entered into the index for what lies under the pointer, at rest.
    indexed: usize,
}

impl Pace {
    /// A frame waits for it.
    pub(super) const FRAME: Self = Self {
        slice: 1_000,
        sifted: 25_000,
        kept_pictures: 120,
        at_rest: 4,
        indexed: 8_000,
    };
    /// No frame waits for it.
    pub(super) const ASIDE: Self = Self {
        slice: 12_000,
        sifted: usize::MAX,
        kept_pictures: 12,
        at_rest: 12,
        indexed: 0,
    };
    /// The last picture that is made aside: all of it is as it stays.
    pub(super) const LAST: Self = Self {
        slice: usize::MAX,
        sifted: usize::MAX,
        kept_pictures: 0,
        at_rest: 1,
        indexed: 0,
    };

    fn resting(self) -> Self {
        Self {
            slice: self.slice.saturating_mul(self.at_rest),
            sifted: self.sifted.saturating_mul(self.at_rest),
            kept_pictures: 0,
            ..self
        }
    }
}

impl Choice {
    /// Brings it up to date for a frame. `moves` grows whenever a node moves. Gives `false` if
    /// something is still being chosen: another frame is needed.
    pub(super) fn update(
        &mut self,
        scene: &Scene,
        overlay: &Overlay,
        moves: u64,
        (camera, size): (&Camera, Vector),
        pace: Pace,
    ) -> bool {
        self.is_moving = self.last.is_some_and(|last| last != (moves, *camera));
        self.last = Some((moves, *camera));
        let pace = if self.is_moving { pace } else { pace.resting() };
        let chosen = self.update_detail(scene, moves, pace, camera, size);
        let placed = self.update_labels(scene, moves, pace.slice, camera, size);
        self.update_overlay(scene, overlay, moves, camera, size);
        if chosen && placed && !self.is_moving {
            self.update_index(scene, pace.indexed);
        }
        chosen && placed
    }

    /// It can be drawn for another camera until it is made anew: nothing has moved since, and all of the
    /// view is in it.
    pub(super) fn serves(
        &self,
        overlay: &Overlay,
        moves: u64,
        (camera, size): (&Camera, Vector),
    ) -> bool {
        let detail = self.detail.as_ref();
        detail.is_some_and(|detail| detail.serves(camera, size))
            && self.detail_at.1 == moves
            && self.labels.is_some()
            && (overlay.is_empty() || self.overlay_labels.is_some())
    }

    /// It is as it would be if it were made anew.
    pub(super) fn holds(
        &self,
        overlay: &Overlay,
        moves: u64,
        (camera, size): (&Camera, Vector),
    ) -> bool {
        let detail = self.detail.as_ref();
        let placed = |labels: &Option<(u64, Arc<PlacedLabels>)>| {
            let labels = labels.as_ref();
            labels.is_some_and(|(at, labels)| *at == moves && labels.holds_for(camera, size))
        };
        detail.is_some_and(|detail| detail.holds_for(camera, size))
            && self.detail_at == (moves, moves)
            && placed(&self.labels)
            && (overlay.is_empty() || placed(&self.overlay_labels))
    }

    /// Goes on with the index of what is drawn, if it is worth while.
    fn update_index(&mut self, scene: &Scene, steps: usize) {
        let Some(detail) = self.detail.as_ref().filter(|_| self.is_asked.get()) else {
            return;
        };
        if detail.is_ready_to_pick() {
            self.indexing = None;
            return;
        }
        let begun = self.indexing.take();
        let mut indexing = begun.unwrap_or_else(|| ReadyToPick::start(detail));
        if indexing.advance(scene, detail, steps) {
            indexing.finish(detail);
            self.is_asked.set(false);
        } else {
            self.indexing = Some(indexing);
        }
    }

    /// What lies under the pointer is asked for: an index is worth while.
    pub(super) fn ask(&self) {
        self.is_asked.set(true);
    }

    /// What is drawn; as long as a new choice is being made, the one before serves.
    fn update_detail(
        &mut self,
        scene: &Scene,
        moves: u64,
        pace: Pace,
        camera: &Camera,
        size: Vector,
    ) -> bool {
        let (chosen_at, placed_at) = self.detail_at;
        let kept = moves <= chosen_at + pace.kept_pictures;
        let serves = match &mut self.detail {
            Some(detail) if kept && detail.holds_for(camera, size) => {
                if placed_at != moves {
                    Arc::make_mut(detail).forget_places();
                    self.detail_at.1 = moves;
                    self.indexing = None;
                }
                self.choosing = None;
                return true;
            }
            Some(detail) => detail.serves(camera, size),
            None => false,
        };
        let begun = self.choosing.take();
        let (begun_at, mut choosing) = begun
            .filter(|(_, choosing)| serves && choosing.serves(camera, size))
            .unwrap_or_else(|| (moves, Choosing::start(scene, camera, size)));
        let sifted = if serves { pace.sifted } else { usize::MAX };
        if choosing.advance(scene, sifted) {
            self.detail = Some(Arc::new(choosing.finish()));
            self.detail_at = (begun_at, moves);
            self.indexing = None;
            self.generation += 1;
        } else {
            self.choosing = Some((begun_at, choosing));
            if let (Some(detail), true) = (&mut self.detail, placed_at != moves) {
                Arc::make_mut(detail).forget_places();
                self.detail_at.1 = moves;
                self.indexing = None;
            }
        }
        let detail = self.detail.as_ref();
        self.detail_at.0 == moves && detail.is_some_and(|detail| detail.holds_for(camera, size))
    }

    fn update_labels(
        &mut self,
        scene: &Scene,
        moves: u64,
        slice: usize,
        camera: &Camera,
        size: Vector,
    ) -> bool {
        let current = |(at, labels): &(u64, Arc<PlacedLabels>)| {
            *at == moves && labels.holds_for(camera, size)
        };
        if self.labels.as_ref().is_some_and(current) {
            self.placing = None;
            return true;
        }
        // Labels that were begun a little earlier are better than none that are ever finished.
        let usable = |(at, placing): &(u64, Placing)| {
            (self.is_moving || *at == moves) && placing.holds_for(camera, size)
        };
        if !self.placing.as_ref().is_some_and(usable) {
            let previous = self.labels.as_ref().map(|(_, labels)| &**labels);
            self.placing = Some((moves, Placing::start(scene, camera, size, previous)));
        }
        let Some((at, mut placing)) = self.placing.take() else {
            return true;
        };
        let slice = if self.labels.is_some() {
            slice
        } else {
            usize::MAX
        };
        if placing.advance(scene, slice) {
            self.labels = Some((at, Arc::new(placing.finish())));
            self.generation += 1;
        } else {
            self.placing = Some((at, placing));
        }
        self.labels.as_ref().is_some_and(current)
    }

    fn update_overlay(
        &mut self,
        scene: &Scene,
        overlay: &Overlay,
        moves: u64,
        camera: &Camera,
        size: Vector,
    ) {
        let holds = |(at, labels): &(u64, Arc<PlacedLabels>)| {
            *at == moves && labels.holds_for(camera, size)
        };
        if overlay.is_empty() {
            self.overlay_labels = None;
        } else if !self.overlay_labels.as_ref().is_some_and(holds) {
            let labels = place_overlay(scene, overlay, camera, size);
            self.overlay_labels = Some((moves, Arc::new(labels)));
        }
    }

    /// The scene was built anew. Labels of the nodes (the same, if `same_nodes`) are the first to be
    /// placed again.
    pub(super) fn start_again(&mut self, same_nodes: bool) {
        self.forget_places();
        let labels = self.labels.take().filter(|_| same_nodes);
        self.labels = labels.map(|(at, labels)| (at, Arc::new(labels.without_links())));
    }

    /// Nodes have moved far: what is drawn is chosen anew. Labels stay until they have new places.
    pub(super) fn forget_places(&mut self) {
        self.detail = None;
        self.indexing = None;
        self.choosing = None;
        self.placing = None;
        self.overlay_labels = None;
    }

    /// Something else is followed.
    pub(super) fn forget_overlay(&mut self) {
        self.overlay_labels = None;
    }

    pub(super) fn detail(&self) -> Option<&Detail> {
        self.detail.as_deref()
    }

    pub(super) fn labels(&self) -> Option<&PlacedLabels> {
        self.labels.as_ref().map(|(_, labels)| &**labels)
    }

    pub(super) fn overlay_labels(&self) -> Option<&PlacedLabels> {
        self.overlay_labels.as_ref().map(|(_, labels)| &**labels)
    }

    /// Grows whenever something else is drawn although nothing has moved.
    pub(super) const fn generation(&self) -> u64 {
        self.generation
    }
}
