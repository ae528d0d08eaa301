//! The user's own lists, applied to documents that were read before.

use super::draft::Draft;
use crate::error::Result;
use crate::model::{
    Document, DocumentId, Entity, EntityId, EntityKind, Evidence, Mention, NameList, Relation,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An entry of a list and where documents name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedEntity {
    /// Its kind.
    pub kind: EntityKind,
    /// Its name as listed.
    pub name: String,
    /// Its mentions, by document and start.
    pub mentions: Vec<Mention>,
}

/// Bytes of a document that are never an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NeverSpan {
    /// Which document.
    pub document: DocumentId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// A relation between the entities that have mentions at two places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedRelation {
    /// Document and first byte of a mention of the source.
    pub source: (DocumentId, usize),
    /// Document and first byte of a mention of the target.
    pub target: (DocumentId, usize),
    /// The relation; its id and ends are given anew.
    pub relation: Relation,
}

/// What changed lists do to a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListBatch {
    /// What the undo menu calls it.
    pub title: String,
    /// All lists of the project from now on.
    pub lists: Vec<Arc<NameList>>,
    /// Documents with what is recognized in them now.
    #[serde(default)]
    pub documents: Vec<Arc<Document>>,
    /// What they name.
    pub entities: Vec<ListedEntity>,
    /// What is never an entity, by document and start, without overlap.
    pub never: Vec<NeverSpan>,
    /// Relations of listed entities that their sentences state or that they are mentioned in.
    pub relations: Vec<ListedRelation>,
}

/// Ranges of bytes by document, without overlap, each with what it is.
struct Ranges<T>(BTreeMap<DocumentId, BTreeMap<usize, (usize, T)>>);

impl<T: Copy> Ranges<T> {
    fn new(all: impl Iterator<Item = (DocumentId, usize, usize, T)>) -> Self {
        let mut ranges: BTreeMap<DocumentId, BTreeMap<usize, (usize, T)>> = BTreeMap::new();
        for (document, start, end, value) in all {
            ranges
                .entry(document)
                .or_default()
                .insert(start, (end, value));
        }
        Self(ranges)
    }

    /// The first range that overlaps these bytes, and whether it covers them.
    fn over(&self, document: DocumentId, start: usize, end: usize) -> Option<(bool, T)> {
        let ranges = self.0.get(&document)?;
        let before = ranges.range(..=start).next_back();
        let covering = before.filter(|(_, (to, _))| *to > start);
        let (from, (to, value)) = covering.or_else(|| ranges.range(start..end).next())?;
        Some((*from <= start && end <= *to, *value))
    }
}

impl Draft<'_> {
    /// Lists change what is found; corrections are carried out over that.
    pub(super) fn apply_lists(&mut self, batch: &ListBatch) -> Result<String> {
        let found = self.project.as_found();
        let mut draft = Draft::new(&found, self.when);
        let title = draft.find_listed(batch)?;
        let patch = draft.into_patch();
        self.lists = Some(batch.lists.clone());
        let documents = batch.documents.iter();
        let documents = documents.filter(|d| self.project.document(d.id).is_some());
        self.documents
            .extend(documents.map(|d| (d.id, Some(d.clone()))));
        self.found_entities.extend(patch.entities);
        self.found_relations.extend(patch.relations);
        Ok(title)
    }

    /// Listed names take their bytes from whichever entities had them. An entity that has all its
    /// mentions from one entry is that entry, and keeps its number, place and relations.
    fn find_listed(&mut self, batch: &ListBatch) -> Result<String> {
        let listed = Ranges::new(batch.entities.iter().enumerate().flat_map(|(entry, e)| {
            let place = move |m: &Mention| (m.document, m.start, m.end, entry);
            e.mentions.iter().map(place)
        }));
        let never = batch.never.iter();
        let never = Ranges::new(never.map(|span| (span.document, span.start, span.end, ())));
        let owners = self.owners_of(batch, &listed);
        let mut losers = BTreeSet::new();
        for entity in self.entities() {
            if self.give_up_mentions(&entity, &owners, &listed, &never)? {
                losers.insert(entity.id);
            }
        }
        for (entry, &owner) in batch.entities.iter().zip(&owners) {
            let entity = self.entity_mut(owner)?;
            entity.mentions.extend(entry.mentions.iter().cloned());
            entity.sort_mentions();
            entity
                .mentions
                .dedup_by_key(|m| (m.document, m.start, m.end));
            entity.name.clone_from(&entry.name);
            entity.kind = entry.kind;
            entity.refresh_aliases(&[]);
            losers.insert(owner);
        }
        self.move_listed_evidence(&losers, &owners, &listed, &never);
        self.remove_emptied(&losers)?;
        self.join_listed_relations(batch)?;
        Ok(batch.title.clone())
    }

    /// For each entry the entity that it is: the one with most mentions of those that have no other,
    /// the one of its name and kind, or a new one.
    fn owners_of(&mut self, batch: &ListBatch, listed: &Ranges<usize>) -> Vec<EntityId> {
        let mut best: Vec<Option<(usize, EntityId)>> = vec![None; batch.entities.len()];
        let mut named: BTreeMap<(EntityKind, String), EntityId> = BTreeMap::new();
        for entity in self.entities() {
            named
                .entry((entity.kind, entity.name.clone()))
                .or_insert(entity.id);
            let mut entries = entity.mentions.iter().map(|m| {
                let over = listed.over(m.document, m.start, m.end);
                over.map(|(_, entry)| entry)
            });
            let Some(Some(entry)) = entries.next() else {
                continue;
            };
            if entries.all(|other| other == Some(entry)) {
                let count = entity.mentions.len();
                if best[entry].is_none_or(|(most, _)| count > most) {
                    best[entry] = Some((count, entity.id));
                }
            }
        }
        let mut owners = Vec::with_capacity(batch.entities.len());
        for (entry, best) in batch.entities.iter().zip(best) {
            let known = named.get(&(entry.kind, entry.name.clone())).copied();
            let owner = known.or(best.map(|(_, id)| id)).unwrap_or_else(|| {
                let mut entity = self.new_entity(entry.kind, entry.name.clone());
                entity.by_user = false;
                let id = entity.id;
                self.put_entity(entity);
                id
            });
            owners.push(owner);
        }
        owners
    }

    /// Takes the mentions that are listed otherwise or never; gives whether there were any.
    fn give_up_mentions(
        &mut self,
        entity: &Entity,
        owners: &[EntityId],
        listed: &Ranges<usize>,
        never: &Ranges<()>,
    ) -> Result<bool> {
        let keeps = |m: &Mention| {
            let is_never = never
                .over(m.document, m.start, m.end)
                .is_some_and(|(covers, ())| covers);
            !is_never && listed.over(m.document, m.start, m.end).is_none()
        };
        if entity.mentions.iter().all(keeps) {
            return Ok(false);
        }
        let lost: Vec<String> = entity
            .mentions
            .iter()
            .filter(|m| !keeps(m))
            .map(|m| m.text.clone())
            .collect();
        let is_owner = owners.contains(&entity.id);
        let changed = self.entity_mut(entity.id)?;
        changed.mentions.retain(keeps);
        if !is_owner {
            let mut kept = std::mem::take(&mut changed.aliases);
            kept.retain(|alias| !lost.contains(alias));
            changed.refresh_aliases(&kept);
        }
        Ok(true)
    }

    /// Evidence whose words for an end are listed now speaks of that entry; evidence whose words are
    /// never an entity is gone.
    fn move_listed_evidence(
        &mut self,
        losers: &BTreeSet<EntityId>,
        owners: &[EntityId],
        listed: &Ranges<usize>,
        never: &Ranges<()>,
    ) {
        let moved = |evidence: &Evidence, end: EntityId, span: Option<[usize; 2]>| {
            let (Some(document), Some([start, to])) = (evidence.document, span) else {
                return Some(end);
            };
            if !losers.contains(&end) {
                return Some(end);
            }
            if never
                .over(document, start, to)
                .is_some_and(|(covers, ())| covers)
            {
                return None;
            }
            Some(match listed.over(document, start, to) {
                Some((_, entry)) => owners[entry],
                None => end,
            })
        };
        let mut index = self.relation_index();
        for relation in self.relations_touching(losers) {
            let mut groups: BTreeMap<(EntityId, EntityId), Vec<Evidence>> = BTreeMap::new();
            for evidence in &relation.evidence {
                let source = moved(evidence, relation.source, evidence.source_span);
                let target = moved(evidence, relation.target, evidence.target_span);
                if let (Some(source), Some(target)) = (source, target) {
                    groups
                        .entry((source, target))
                        .or_default()
                        .push(evidence.clone());
                }
            }
            let here = (relation.source, relation.target);
            if groups.len() == 1 && groups.get(&here).map(Vec::len) == Some(relation.evidence.len())
            {
                continue;
            }
            self.take_relation(&mut index, &relation);
            for ((source, target), evidence) in groups {
                let id = if (source, target) == here {
                    relation.id
                } else {
                    self.new_relation_id()
                };
                let ends = Relation {
                    id,
                    source,
                    target,
                    evidence,
                    ..(*relation).clone()
                };
                self.join_relation(&mut index, ends);
            }
        }
    }

    /// Entities that lost their last mention, and that the user did not make, are gone.
    fn remove_emptied(&mut self, losers: &BTreeSet<EntityId>) -> Result<()> {
        let mut gone = BTreeSet::new();
        for &id in losers {
            let entity = self.entity(id)?;
            if entity.mentions.is_empty() && !entity.by_user {
                gone.insert(id);
            }
        }
        if !gone.is_empty() {
            self.remove_entities(&gone);
        }
        Ok(())
    }

    fn join_listed_relations(&mut self, batch: &ListBatch) -> Result<()> {
        let mut bearer: BTreeMap<(DocumentId, usize), EntityId> = BTreeMap::new();
        for entity in self.entities() {
            for mention in &entity.mentions {
                bearer.insert((mention.document, mention.start), entity.id);
            }
        }
        let mut index = self.relation_index();
        let mut touched = BTreeSet::new();
        for listed in &batch.relations {
            let (Some(&source), Some(&target)) =
                (bearer.get(&listed.source), bearer.get(&listed.target))
            else {
                continue;
            };
            let relation = Relation {
                id: self.new_relation_id(),
                source,
                target,
                ..listed.relation.clone()
            };
            self.join_relation(&mut index, relation);
            touched.insert(source);
        }
        for entity in touched {
            self.drop_outdone_co_mentions(entity);
        }
        Ok(())
    }
}
