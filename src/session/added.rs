//! What a reading added to the project, to be looked through afterwards.

use crate::model::{DocumentId, EntityId, EntityKind, Project, RelationId};
use std::collections::BTreeMap;

/// What the last reading added. Entities and relations that are gone since are still named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Added {
    /// New documents.
    pub documents: Vec<DocumentId>,
    /// New entities of shown kinds, the most mentioned first, with their mentions.
    pub entities: Vec<(EntityId, usize)>,
    /// New stated relations, those with most evidence first, with the number of pieces.
    pub relations: Vec<(RelationId, usize)>,
    /// Entities of before that new documents name, with the number of new mentions.
    pub named_again: Vec<(EntityId, usize)>,
    /// Stated relations of before with new evidence, with the number of new pieces.
    pub strengthened: Vec<(RelationId, usize)>,
    /// Entities of before that became part of another one, by a fuller name or a correction.
    pub merged: Vec<(String, EntityId)>,
}

impl Added {
    /// Compares a project with what it was before a reading.
    pub(super) fn between(before: &Project, after: &Project) -> Self {
        let mut added = Self {
            documents: after
                .documents()
                .map(|document| document.id)
                .filter(|&id| before.document(id).is_none())
                .collect(),
            ..Self::default()
        };
        for entity in after.entities().filter(|e| is_shown(e.kind)) {
            let count = entity.mentions.len();
            match before.entity(entity.id).map(|e| e.mentions.len()) {
                None => added.entities.push((entity.id, count)),
                Some(had) if count > had => added.named_again.push((entity.id, count - had)),
                Some(_) => {}
            }
        }
        for relation in after.relations().filter(|r| r.is_stated()) {
            let count = relation.evidence.len();
            match before.relation(relation.id).map(|r| r.evidence.len()) {
                None => added.relations.push((relation.id, count)),
                Some(had) if count > had => added.strengthened.push((relation.id, count - had)),
                Some(_) => {}
            }
        }
        added.merged = merged(before, after);
        sort(&mut added.entities);
        sort(&mut added.named_again);
        sort(&mut added.relations);
        sort(&mut added.strengthened);
        added
    }

    /// There is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

fn is_shown(kind: EntityKind) -> bool {
    EntityKind::SHOWN_AT_FIRST.contains(&kind)
}

fn sort<Id: Ord + Copy>(list: &mut [(Id, usize)]) {
    list.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
}

/// Entities that are gone and whose first mention another one has now.
fn merged(before: &Project, after: &Project) -> Vec<(String, EntityId)> {
    let gone: Vec<_> = before
        .entities()
        .filter(|e| after.entity(e.id).is_none() && !e.mentions.is_empty())
        .collect();
    if gone.is_empty() {
        return Vec::new();
    }
    let mut owners: BTreeMap<(DocumentId, usize), EntityId> = BTreeMap::new();
    for entity in after.entities() {
        for mention in &entity.mentions {
            owners.insert((mention.document, mention.start), entity.id);
        }
    }
    gone.into_iter()
        .filter_map(|entity| {
            let first = entity.mentions.first()?;
            let owner = owners.get(&(first.document, first.start))?;
            Some((entity.name.clone(), *owner))
        })
        .collect()
}
