//! Documents that were read join the project, with what was found in them.

use super::draft::{Draft, name_or_count, refused};
use crate::error::Result;
use crate::model::{
    Document, DocumentId, Entity, EntityId, Evidence, FileOutcome, FileRecord, Placement, Relation,
    RelationId,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a reading gave, under the ids that it will have in the project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentBatch {
    /// New documents.
    pub documents: Vec<Arc<Document>>,
    /// New entities, and those that gained mentions, as found: corrections are carried out over them.
    pub entities: Vec<Arc<Entity>>,
    /// New relations, and those that gained evidence, as found.
    pub relations: Vec<Arc<Relation>>,
    /// Entities that are found no more, for they are part of others now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone_entities: Vec<EntityId>,
    /// Relations that are found no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone_relations: Vec<RelationId>,
    /// Where new entities lie.
    pub placements: Vec<(EntityId, Placement)>,
    /// The files found, read or not; they are added to those of the project.
    pub files: Vec<FileRecord>,
}

impl Draft<'_> {
    pub(super) fn add_documents(&mut self, batch: &DocumentBatch) -> Result<String> {
        for document in &batch.documents {
            if self.project.document(document.id).is_some() {
                return Err(refused("a document of that number is in the project"));
            }
            self.documents.insert(document.id, Some(document.clone()));
        }
        self.take_findings(batch)?;
        let mut files = self.project.files().to_vec();
        // A file that could not be read last time is judged anew.
        let again: BTreeSet<&str> = batch.files.iter().map(|file| file.path.as_str()).collect();
        files.retain(|old| !again.contains(old.path.as_str()));
        files.extend(batch.files.iter().cloned());
        self.files = Some(files);
        Ok(match batch.documents.len() {
            1 => "Added 1 document".to_owned(),
            several => format!("Added {several} documents"),
        })
    }

    pub(super) fn take_findings(&mut self, batch: &DocumentBatch) -> Result<()> {
        let gone = batch.gone_entities.iter().map(|&id| (id, None));
        self.found_entities.extend(gone);
        let gone = batch.gone_relations.iter().map(|&id| (id, None));
        self.found_relations.extend(gone);
        for entity in &batch.entities {
            self.found_entities.insert(entity.id, Some(entity.clone()));
        }
        for relation in &batch.relations {
            let is_there = |id| match self.found_entities.get(&id) {
                Some(entity) => entity.is_some(),
                None => self.project.found_entities.contains_key(&id),
            };
            if !is_there(relation.source) || !is_there(relation.target) {
                return Err(refused("a relation of what was read has a loose end"));
            }
            if !relation.evidence.is_empty() && relation.source != relation.target {
                self.found_relations
                    .insert(relation.id, Some(relation.clone()));
            }
        }
        for &(id, placement) in &batch.placements {
            self.put_placement(id, placement);
        }
        Ok(())
    }

    /// Documents go, with the mentions, roles and evidence in them, and what had nothing else.
    pub(super) fn remove_documents(&mut self, ids: &[DocumentId]) -> Result<String> {
        let gone: BTreeSet<DocumentId> = ids.iter().copied().collect();
        let mut titles = Vec::new();
        for &id in &gone {
            let document = self.project.document(id);
            let document =
                document.ok_or_else(|| refused("that document is no longer in the project"))?;
            titles.push(document.display_title());
            self.documents.insert(id, None);
        }
        if titles.is_empty() {
            return Err(refused("no document is chosen"));
        }
        let mut emptied = BTreeSet::new();
        for (&id, entity) in &self.project.found_entities {
            let left = without_documents(entity, &gone);
            if left.as_ref().is_some_and(|left| left.mentions.is_empty()) {
                emptied.insert(id);
                self.found_entities.insert(id, None);
            } else if let Some(left) = left {
                self.found_entities.insert(id, Some(Arc::new(left)));
            }
        }
        for (&id, relation) in &self.project.found_relations {
            let is_loose = emptied.contains(&relation.source) || emptied.contains(&relation.target);
            let is_in = |e: &Evidence| e.document.is_some_and(|id| gone.contains(&id));
            if is_loose || relation.evidence.iter().all(is_in) {
                self.found_relations.insert(id, None);
            } else if relation.evidence.iter().any(is_in) {
                let mut left = (**relation).clone();
                left.evidence.retain(|e| !is_in(e));
                left.refresh_label(&relation.evidence, self.project);
                left.refresh();
                self.found_relations.insert(id, Some(Arc::new(left)));
            }
        }
        self.forget_files(&gone);
        Ok(format!("Removed {}", name_or_count(&titles, "documents")))
    }

    /// Files of which no document is left are no longer accounted for.
    fn forget_files(&mut self, gone: &BTreeSet<DocumentId>) {
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for document in self.project.documents() {
            let count = left.entry(document.path.as_str()).or_default();
            *count += usize::from(!gone.contains(&document.id));
        }
        let mut files = self.project.files().to_vec();
        files.retain_mut(
            |file| match (&mut file.outcome, left.get(file.path.as_str())) {
                (FileOutcome::Read { documents }, Some(&count)) => {
                    *documents = count;
                    count > 0
                }
                _ => true,
            },
        );
        self.files = Some(files);
    }
}

/// An entity without what these documents say of it; `None` if they say nothing.
fn without_documents(entity: &Entity, gone: &BTreeSet<DocumentId>) -> Option<Entity> {
    let is_in = |document: &DocumentId| gone.contains(document);
    let mut documents = entity.mentions.iter().map(|mention| &mention.document);
    let is_named = documents.any(is_in) || entity.roles.iter().any(|r| is_in(&r.document));
    let mut left = is_named.then(|| entity.clone())?;
    left.forget(gone).then_some(left)
}
