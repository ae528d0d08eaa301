//! All documents read again: what was found before goes, corrections follow the texts.

use super::documents::DocumentBatch;
use super::draft::Draft;
use super::moved_text::MovedText;
use crate::error::Result;
use crate::model::ledger::{Place, Places, anchor};
use crate::model::{Anchor, Document, DocumentId, Project};
use std::collections::HashMap;
use std::sync::Arc;

impl Draft<'_> {
    /// A new reading of all documents takes the place of what was found before.
    pub(super) fn read_again(&mut self, batch: &DocumentBatch) -> Result<String> {
        let all = self.project;
        self.documents
            .extend(all.documents.keys().map(|&id| (id, None)));
        self.found_entities
            .extend(all.found_entities.keys().map(|&id| (id, None)));
        self.found_relations
            .extend(all.found_relations.keys().map(|&id| (id, None)));
        for document in &batch.documents {
            self.documents.insert(document.id, Some(document.clone()));
        }
        self.renew_corrections(batch);
        self.take_findings(batch)?;
        self.files = Some(batch.files.clone());
        Ok(match batch.documents.len() {
            1 => "Read 1 document again".to_owned(),
            several => format!("Read {several} documents again"),
        })
    }

    /// Corrections are anchored to the texts as they are now, and hold for what is found in them.
    fn renew_corrections(&mut self, batch: &DocumentBatch) {
        let all = self.project;
        let places = Places::new(all);
        let texts = NewTexts::new(all, batch);
        for before in all.corrections() {
            let mut correction = (**before).clone();
            // What was found before had them in it; what is found now does not.
            correction.carried_out = false;
            let since = correction.new_from.0;
            for anchors in correction.anchors_mut() {
                let found = places.find(anchors, since);
                for (anchor, place) in anchors.iter_mut().zip(found) {
                    if let Some(moved) = place.and_then(|place| texts.anchor(place)) {
                        *anchor = moved;
                    }
                }
            }
            if correction != **before {
                self.put_correction(correction.id, Some(correction));
            }
        }
    }
}

/// The documents of a reading, and what has moved in them.
struct NewTexts<'a> {
    documents: HashMap<DocumentId, (&'a Arc<Document>, Option<MovedText<'a>>)>,
}

impl<'a> NewTexts<'a> {
    fn new(project: &'a Project, batch: &'a DocumentBatch) -> Self {
        let documents = batch.documents.iter().filter_map(|new| {
            let old = project.document(new.id)?;
            let moved = (old.text != new.text).then(|| MovedText::new(&old.text, &new.text));
            Some((new.id, (new, moved)))
        });
        Self {
            documents: documents.collect(),
        }
    }

    /// Where what lay at a place before lies now.
    fn anchor(&self, (id, start, end): Place) -> Option<Anchor> {
        let (document, moved) = self.documents.get(&id)?;
        let from = match moved {
            Some(moved) => moved.start_of(start, end)?,
            None => start,
        };
        let to = from + (end - start);
        anchor(document, from, to)
    }
}
