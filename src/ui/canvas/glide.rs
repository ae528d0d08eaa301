//! Nodes that glide to new places: a short motion that explains what has changed.

use crate::geometry::Point;
use crate::model::EntityId;
use crate::scene::{Measures, Scene};

/// Nodes on their way.
pub(super) struct Glide {
    from: Vec<Point>,
    to: Vec<Point>,
    start_s: f64,
}

/// Where the nodes of a picture were, to be compared with where they are in the next.
pub(super) struct Places(Vec<(EntityId, Point)>);

impl Places {
    pub(super) fn of(scene: &Scene) -> Self {
        let nodes = scene.nodes.iter().map(|node| node.id);
        Self(nodes.zip(scene.centers.iter().copied()).collect())
    }

    /// They are those of the nodes that `scene` has, none more and none less.
    pub(super) fn are_of(&self, scene: &Scene) -> bool {
        let ids = self.0.iter().map(|(id, _)| *id);
        ids.eq(scene.nodes.iter().map(|node| node.id))
    }

    /// They are the places of the nodes of `scene`, in the same order.
    pub(super) fn are_at(&self, scene: &Scene) -> bool {
        self.0
            .iter()
            .map(|(_, at)| *at)
            .eq(scene.centers.iter().copied())
    }

    fn of_entity(&self, entity: EntityId) -> Option<Point> {
        let at = self.0.binary_search_by_key(&entity, |&(id, _)| id).ok()?;
        Some(self.0[at].1)
    }
}

impl Glide {
    /// The way from where the nodes of `scene` were to where they are; `None` if none has moved.
    pub(super) fn new(before: &Places, scene: &Scene) -> Option<Self> {
        let to = scene.centers.clone();
        let from: Vec<Point> = scene
            .nodes
            .iter()
            .zip(&to)
            .map(|(node, &to)| before.of_entity(node.id).unwrap_or(to))
            .collect();
        (from != to).then_some(Self {
            from,
            to,
            start_s: 0.0,
        })
    }

    /// It begins at that time, in seconds of egui's clock.
    pub(super) fn starting_at(self, now_s: f64) -> Self {
        Self {
            start_s: now_s,
            ..self
        }
    }

    /// Puts the nodes where they are now; gives whether they have arrived.
    pub(super) fn carry_on(&self, scene: &mut Scene, now_s: f64) -> bool {
        let share = (now_s - self.start_s) * 1000.0 / Measures::get().glide_ms as f64;
        if share >= 1.0 || scene.centers.len() != self.to.len() {
            if scene.centers.len() == self.to.len() {
                scene.centers.copy_from_slice(&self.to);
            }
            return true;
        }
        // Ease-out: fast at first.
        let eased = 1.0 - (1.0 - share.max(0.0) as f32).powi(3);
        let ways = self.from.iter().zip(&self.to);
        for (center, (from, to)) in scene.centers.iter_mut().zip(ways) {
            *center = from.lerp(*to, eased);
        }
        false
    }
}
