//! What is followed: the selection, and on top what lies under the pointer.

use super::view::CanvasView;
use crate::model::{EntityId, RelationId};
use crate::scene::{Hit, Overlay, Scene};
use std::collections::BTreeSet;

/// What the overlay follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Focus {
    pub(super) entities: BTreeSet<EntityId>,
    pub(super) relation: Option<RelationId>,
    /// The node or line under the pointer, which comes on top of the rest.
    pub(super) hovered: Option<Hit>,
}

impl Focus {
    /// The selection, and with it the node or line under the pointer.
    pub(super) fn of(view: &CanvasView, hovered: Option<Hit>) -> Self {
        Self {
            entities: view.saved.selection.clone(),
            relation: view.saved.selected_relation,
            hovered,
        }
    }
}

/// What is followed, as it is drawn: the selection, and on top what lies under the pointer.
pub(super) fn overlay_for(scene: &Scene, focus: &Focus) -> Overlay {
    let selected = Overlay::following(scene, &focus.entities, focus.relation);
    match focus.hovered {
        Some(Hit::Entity(id)) if !focus.entities.contains(&id) => {
            selected.joined(&Overlay::following(scene, &[id].into(), None))
        }
        Some(Hit::Relation(id)) if focus.relation != Some(id) => {
            selected.joined(&Overlay::following(scene, &BTreeSet::new(), Some(id)))
        }
        _ => selected,
    }
}
