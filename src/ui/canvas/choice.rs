//! Which marks, lines and labels of a scene are drawn: kept from frame to frame, and made anew in slices
//! while things move, so that no frame of a movement is long.

use crate::geometry::{Camera, Vector};
use crate::scene::labels::{PlacedLabels, Placing, place_overlay};
use crate::scene::{Detail, Overlay, Scene};
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
    generation: u64,
}

/// How much is done for a picture of things that move.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// So many nodes and lines are looked at for new places of labels.
    slice: usize,
    /// For so many pictures a choice of marks and lines is kept while nodes move.
    kept_pictures: u64,
}

impl Pace {
    /// A frame waits for it.
    pub(super) const FRAME: Self = Self {
        slice: 1_500,
        kept_pictures: 120,
    };
    /// No frame waits for it.
    pub(super) const ASIDE: Self = Self {
        slice: 12_000,
        kept_pictures: 12,
    };
}

impl Choice {
    /// Brings it up to date for a frame. `moves` grows whenever a node moves. Gives `false` if labels
    /// are still looking for their places: another frame is needed.
    pub(super) fn update(
        &mut self,
        scene: &Scene,
        overlay: &Overlay,
        moves: u64,
        (camera, size): (&Camera, Vector),
        pace: Pace,
    ) -> bool {
        let moving = self.last.is_some_and(|last| last != (moves, *camera));
        self.last = Some((moves, *camera));
        let patience = if moving { pace.kept_pictures } else { 0 };
        self.update_detail(scene, moves, patience, camera, size);
        let slice = moving.then_some(pace.slice);
        let done = self.update_labels(scene, moves, slice, camera, size);
        self.update_overlay(scene, overlay, moves, camera, size);
        done
    }

    fn update_detail(
        &mut self,
        scene: &Scene,
        moves: u64,
        patience: u64,
        camera: &Camera,
        size: Vector,
    ) {
        let (chosen_at, placed_at) = self.detail_at;
        let kept = moves <= chosen_at + patience;
        match &mut self.detail {
            Some(detail) if kept && detail.holds_for(camera, size) => {
                if placed_at != moves {
                    Arc::make_mut(detail).forget_places();
                    self.detail_at.1 = moves;
                }
            }
            detail => {
                *detail = Some(Arc::new(scene.detail(camera, size)));
                self.detail_at = (moves, moves);
                self.generation += 1;
            }
        }
    }

    fn update_labels(
        &mut self,
        scene: &Scene,
        moves: u64,
        slice: Option<usize>,
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
            (slice.is_some() || *at == moves) && placing.holds_for(camera, size)
        };
        if !self.placing.as_ref().is_some_and(usable) {
            let previous = self.labels.as_ref().map(|(_, labels)| &**labels);
            self.placing = Some((moves, Placing::start(scene, camera, size, previous)));
        }
        let Some((at, mut placing)) = self.placing.take() else {
            return true;
        };
        let slice = slice.filter(|_| self.labels.is_some());
        if placing.advance(scene, slice.unwrap_or(usize::MAX)) {
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
        self.detail = None;
        self.placing = None;
        self.overlay_labels = None;
        let labels = self.labels.take().filter(|_| same_nodes);
        self.labels = labels.map(|(at, labels)| (at, Arc::new(labels.without_links())));
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
