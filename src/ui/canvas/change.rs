//! What a picture is made for, and what of it is told beside it.

use crate::model::{EntityKind, Filters, Project, SavedView};
use crate::scene::{LegendEntry, Scene, legend_entries};
use std::collections::BTreeMap;

/// What a scene is made for.
#[derive(Clone, PartialEq)]
pub(super) struct SceneKey {
    /// Grows whenever anything changes.
    pub(super) revision: u64,
    /// Grows whenever something changes that is not only a place.
    pub(super) content: u64,
    pub(super) filters: Filters,
    pub(super) dark: bool,
}

/// A change that is taken in aside.
pub(super) struct Wanted {
    pub(super) key: SceneKey,
    /// Tells it from others, and from ticks of layouts.
    pub(super) tick: u64,
    /// Nothing but places has changed.
    pub(super) is_of_places: bool,
    pub(super) glides: bool,
}

/// What of a picture is told beside it.
#[derive(Default)]
pub(super) struct Told {
    /// How many entities of each kind the legend tells: those shown, or all of a kind that is hidden.
    pub(super) kind_counts: BTreeMap<EntityKind, usize>,
    /// What of it the legend tells beside kinds.
    pub(super) line_entries: Vec<LegendEntry>,
}

impl Told {
    pub(super) fn of(project: &Project, saved: &SavedView, scene: &Scene) -> Self {
        let mut told = Self::default();
        for entity in project.entities() {
            if !saved.filters.kinds.contains(&entity.kind) {
                *told.kind_counts.entry(entity.kind).or_default() += 1;
            }
        }
        for node in &scene.nodes {
            *told.kind_counts.entry(node.kind).or_default() += 1;
        }
        told.line_entries = legend_entries(scene);
        told.line_entries
            .retain(|entry| !matches!(entry, LegendEntry::Kind(..)));
        told
    }
}
