//! Documents join a project as if all had been read at once.
//!
//! In come a project and new documents with what was recognized in them; out go the findings to change.
//! What was recognized in the documents before is kept with them, so all are resolved together, and a
//! name that the new ones explain is explained in the old ones too. Where that would take long for what
//! is new, or older files do not tell what was recognized, the new ones are resolved by themselves and
//! join what bears their names ([`super::integrate`]).

use super::integrate::{Integration, integrate};
use super::kept::kept;
use super::renumber::renumbered;
use super::resolve::resolve;
use super::{Extraction, Recognition};
use crate::model::{Document, EntityId, Project, RelationId};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeSet;

/// So many mentions of documents before are always resolved again: about a tenth of a second.
const ALWAYS: usize = 12_000;
/// For each mention that is new, so many of documents before.
const FOR_EACH: usize = 8;

/// Joins documents (whose ids are final) to the findings of a project. `items` in reading order.
/// The same as when all are read at once, numbers apart, unless the project is large beside them.
pub fn join_documents(project: &Project, items: &[(&Document, &Recognition)]) -> Integration {
    let new: usize = items.iter().map(|(_, read)| read.mentions.len()).sum();
    let old: usize = project.found_entities().map(|e| e.mentions.len()).sum();
    if old > ALWAYS.max(new.saturating_mul(FOR_EACH)) {
        return integrate(project, resolve(items, true));
    }
    let Some(before) = kept_of(project) else {
        return integrate(project, resolve(items, true));
    };
    let mut all: Vec<(&Document, &Recognition)> = before
        .iter()
        .map(|(document, read)| (*document, read))
        .collect();
    all.extend(items);
    all.sort_by_key(|(document, _)| document.id);
    changes(project, renumbered(project, resolve(&all, true)))
}

/// What was recognized in the documents of a project; `None` if it does not tell of all.
fn kept_of(project: &Project) -> Option<Vec<(&Document, Recognition)>> {
    let documents: Vec<&Document> = project.documents().map(|document| &**document).collect();
    documents
        .into_par_iter()
        .map(|document| Some((document, kept(document)?)))
        .collect()
}

/// What is found now and was not so before, and what is found no more.
fn changes(project: &Project, found: Extraction) -> Integration {
    let entities: BTreeSet<EntityId> = found.entities.iter().map(|e| e.id).collect();
    let relations: BTreeSet<RelationId> = found.relations.iter().map(|r| r.id).collect();
    let gone_entities = project.found_entities().map(|e| e.id);
    let gone_relations = project.found_relations().map(|r| r.id);
    Integration {
        gone_entities: gone_entities.filter(|id| !entities.contains(id)).collect(),
        gone_relations: gone_relations
            .filter(|id| !relations.contains(id))
            .collect(),
        entities: (found.entities.into_iter())
            .filter(|entity| {
                project
                    .found_entity(entity.id)
                    .is_none_or(|old| **old != *entity)
            })
            .collect(),
        relations: (found.relations.into_iter())
            .filter(|new| {
                project
                    .found_relation(new.id)
                    .is_none_or(|old| **old != *new)
            })
            .collect(),
    }
}
