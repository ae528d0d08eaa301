//! Documents that were read join the project, with what was found in them.

use super::draft::{Draft, refused};
use crate::error::Result;
use crate::model::{Document, Entity, EntityId, FileRecord, Placement, Relation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a reading gave, under the ids that it will have in the project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentBatch {
    /// New documents.
    pub documents: Vec<Arc<Document>>,
    /// New entities, and those that gained mentions.
    pub entities: Vec<Arc<Entity>>,
    /// New relations, and those that gained evidence.
    pub relations: Vec<Arc<Relation>>,
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
        for entity in &batch.entities {
            self.put_entity(entity.clone());
        }
        for relation in &batch.relations {
            self.entity(relation.source)?;
            self.entity(relation.target)?;
            if !relation.evidence.is_empty() && relation.source != relation.target {
                self.put_relation(relation.clone());
            }
        }
        self.refresh_containment();
        for &(id, placement) in &batch.placements {
            if self.entity(id).is_ok() {
                self.put_placement(id, placement);
            }
        }
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
}
