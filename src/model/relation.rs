//! A line of the graph, and the sentences that say so.

use super::{DateValue, DocumentId, EntityId, RelationId, RelationKind, Status};
use serde::{Deserialize, Serialize};

/// Where a piece of evidence comes from. Only `Text` counts as stated by a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum Origin {
    /// A sentence of a document.
    Text,
    /// The user, who may say why.
    User {
        /// The user's own words.
        note: String,
        /// When, as an ISO 8601 instant.
        when: String,
    },
    /// A record of the gazetteer.
    Gazetteer {
        /// Which.
        record: String,
    },
    /// A graph file that was read in.
    Import {
        /// Which.
        file: String,
    },
}

/// One piece of evidence for a relation. The document fields are `None` unless the origin is a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
    /// The document of the sentence.
    pub document: Option<DocumentId>,
    /// First byte of the sentence in the document's text.
    pub start: Option<usize>,
    /// Byte after the sentence's last.
    pub end: Option<usize>,
    /// The whole sentence.
    pub text: Option<String>,
    /// Bytes of the document's text that name the source.
    pub source_span: Option<[usize; 2]>,
    /// Bytes of the document's text that name the target.
    pub target_span: Option<[usize; 2]>,
    /// Bytes of the document's text that say how they are related. May be empty.
    pub trigger: Vec<[usize; 2]>,
    /// How the sentence puts it.
    pub status: Status,
    /// Who says so, where it is not the author.
    pub attributed_to: Option<String>,
    /// When it happened, where sentence or context tell.
    pub date: Option<DateValue>,
    /// How sure the method is, 0 to 1.
    pub score: f32,
    /// The rule or model that found it: `rule:apposition`, `user`.
    pub method: String,
}

/// How two entities are related; one for each source, target, kind and period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Its number in the project.
    pub id: RelationId,
    /// From.
    pub source: EntityId,
    /// To. The larger id when the kind is mutual.
    pub target: EntityId,
    /// How they are related.
    pub kind: RelationKind,
    /// The text's own words for it.
    pub label: String,
    /// The strongest status of its evidence.
    pub status: Status,
    /// One source denies what another says.
    pub disputed: bool,
    /// The period that a text tells for it.
    pub date: Option<DateValue>,
    /// The best score of its evidence.
    pub score: f32,
    /// What says so, by document and start; never empty.
    pub evidence: Vec<Evidence>,
}

impl Relation {
    /// The end that is not `entity`.
    pub fn other_end(&self, entity: EntityId) -> EntityId {
        if self.source == entity {
            self.target
        } else {
            self.source
        }
    }

    /// Puts the smaller id first if the kind is mutual, evidence spans included.
    pub fn normalize_direction(&mut self) {
        if self.kind.is_mutual() && self.target < self.source {
            std::mem::swap(&mut self.source, &mut self.target);
            for evidence in &mut self.evidence {
                std::mem::swap(&mut evidence.source_span, &mut evidence.target_span);
            }
        }
    }

    /// Recomputes status, score and `disputed` from the evidence and sorts it.
    pub fn refresh(&mut self) {
        self.evidence
            .sort_by_key(|e| (e.document, e.start, e.source_span, e.target_span));
        self.status = self
            .evidence
            .iter()
            .map(|e| e.status)
            .max()
            .unwrap_or_default();
        self.score = self.evidence.iter().map(|e| e.score).fold(0.0, f32::max);
        let denied = self.evidence.iter().any(|e| e.status == Status::Denied);
        self.disputed = denied && self.evidence.iter().any(|e| e.status != Status::Denied);
    }

    /// Stated by a source or by the user, not merely two names in one sentence.
    pub fn is_stated(&self) -> bool {
        self.kind.is_stated()
    }

    /// How many documents say so.
    pub fn document_count(&self) -> usize {
        let mut documents: Vec<_> = self.evidence.iter().filter_map(|e| e.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents.len()
    }
}
