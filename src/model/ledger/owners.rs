//! Which entity has the bytes of which mention.

use super::anchors::Place;
use crate::model::{DocumentId, Entity, EntityId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The mentions of all entities, by place. They do not overlap.
pub(super) struct Owners(BTreeMap<(DocumentId, usize), (usize, EntityId)>);

impl Owners {
    pub(super) fn new<'a>(entities: impl Iterator<Item = &'a Arc<Entity>>) -> Self {
        let mut all: Vec<_> = entities
            .flat_map(|entity| {
                let place = |m: &crate::model::Mention| ((m.document, m.start), (m.end, entity.id));
                entity.mentions.iter().map(place).collect::<Vec<_>>()
            })
            .collect();
        all.sort_unstable();
        Self(all.into_iter().collect())
    }

    /// The entity that has exactly these bytes.
    pub(super) fn of(&self, (document, start, end): Place) -> Option<EntityId> {
        let &(to, owner) = self.0.get(&(document, start))?;
        (to == end).then_some(owner)
    }

    /// The mentions that share a byte with the place, each with its entity.
    pub(super) fn over(&self, (document, start, end): Place) -> Vec<(Place, EntityId)> {
        let before = self.0.range((document, 0)..(document, start)).next_back();
        before
            .into_iter()
            .chain(self.0.range((document, start)..(document, end.max(start))))
            .filter(|(_, (to, _))| *to > start)
            .map(|(&(document, from), &(to, owner))| ((document, from, to), owner))
            .collect()
    }

    pub(super) fn set(&mut self, (document, start, end): Place, owner: EntityId) {
        self.0.insert((document, start), (end, owner));
    }

    pub(super) fn remove(&mut self, (document, start, _): Place) {
        self.0.remove(&(document, start));
    }
}
