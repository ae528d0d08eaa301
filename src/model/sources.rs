//! Who stands behind a line: documents of one publisher are one source.

use super::{DocumentId, Project, Relation};
use std::collections::BTreeSet;

impl Project {
    /// How many sources independent of each other these documents are: those of one publisher
    /// count once, those that name none count each.
    pub fn independent_sources(&self, documents: impl IntoIterator<Item = DocumentId>) -> usize {
        let documents: BTreeSet<DocumentId> = documents.into_iter().collect();
        if documents.len() < 2 {
            return documents.len();
        }
        let mut publishers: BTreeSet<String> = BTreeSet::new();
        let mut unnamed = 0;
        for id in documents {
            let publisher = self
                .document(id)
                .and_then(|document| document.source.as_deref());
            match publisher.map(str::trim).filter(|name| !name.is_empty()) {
                Some(name) => {
                    publishers.insert(name.to_lowercase());
                }
                None => unnamed += 1,
            }
        }
        publishers.len() + unnamed
    }

    /// How many independent sources a relation rests on; 0 for one that only the user, a graph file
    /// or the gazetteer tells.
    pub fn sources_of(&self, relation: &Relation) -> usize {
        self.independent_sources(relation.evidence.iter().filter_map(|e| e.document))
    }
}
