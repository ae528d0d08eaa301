//! A line of the graph, and the sentences that say so.

use super::{DateValue, DocumentId, EntityId, Project, RelationId, RelationKind, Status};
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

impl Evidence {
    /// Someone says so: a source, the user or a graph file, and not only the gazetteer.
    pub fn is_told(&self) -> bool {
        !matches!(self.origin, Origin::Gazetteer { .. })
    }

    /// The words of the document that say how the two are related, as a label has them; `None` where no
    /// words of their own do.
    fn words(&self, project: &Project) -> Option<String> {
        let text = &project.document(self.document?)?.text;
        let parts: Option<Vec<String>> = self
            .trigger
            .iter()
            .map(|&[start, end]| {
                let words = text.get(start..end)?.split_whitespace();
                Some(words.collect::<Vec<_>>().join(" "))
            })
            .collect();
        parts
            .filter(|parts| !parts.is_empty())
            .map(|parts| parts.join(" … "))
    }

    /// What found it, in words that follow "found by".
    pub fn found_by(&self) -> String {
        match self.method.split_once(':') {
            Some(("rule", rule)) => format!("the rule {}", rule.replace('_', " ")),
            Some(("model", _)) => "the trained network".to_owned(),
            _ => self.method.clone(),
        }
    }

    /// When it happened, or else when its document was published.
    pub fn told_on(&self, project: &Project) -> Option<DateValue> {
        self.date.or_else(|| project.document(self.document?)?.date)
    }
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

    /// Recomputes status, score and `disputed` from the evidence and sorts it. The gazetteer counts
    /// only where nobody else says anything.
    pub fn refresh(&mut self) {
        self.evidence
            .sort_by_key(|e| (e.document, e.start, e.source_span, e.target_span));
        let is_told = self.evidence.iter().any(Evidence::is_told);
        let told = || {
            let all = self.evidence.iter();
            all.filter(move |e| e.is_told() || !is_told)
        };
        let status = told().map(|e| e.status).max().unwrap_or_default();
        let score = told().map(|e| e.score).fold(0.0, f32::max);
        let denied = told().any(|e| e.status == Status::Denied);
        let disputed = denied && told().any(|e| e.status != Status::Denied);
        (self.status, self.score, self.disputed) = (status, score, disputed);
    }

    /// Takes other words for the label if the evidence that it came from is no longer there: those of the
    /// surest sentence that is left. `before` is the evidence that there was.
    pub(super) fn refresh_label(&mut self, before: &[Evidence], project: &Project) {
        let says = |e: &Evidence| e.words(project).is_some_and(|words| words == self.label);
        let is_left = if before.iter().any(says) {
            self.evidence.iter().any(says)
        } else {
            // Not all labels stand in a trigger: "Russia's", or those of a graph file.
            let of_text = |e: &&Evidence| e.document.is_some();
            let mut left = self.evidence.iter().filter(of_text);
            left.any(|e| e.trigger.is_empty())
        };
        if is_left {
            return;
        }
        let surer = |a: &&Evidence, b: &&Evidence| {
            let by_status = a.status.cmp(&b.status);
            by_status.then(a.score.total_cmp(&b.score))
        };
        let told = self.evidence.iter().rev().filter(|e| e.document.is_some());
        let words = told.max_by(surer).and_then(|e| e.words(project));
        self.label = words.unwrap_or_else(|| self.kind.phrase().to_owned());
    }

    /// Stated by a source or by the user: not merely two names in one sentence, nor only what the
    /// gazetteer knows.
    pub fn is_stated(&self) -> bool {
        self.kind.is_stated() && self.evidence.iter().any(Evidence::is_told)
    }

    /// Only the gazetteer knows it.
    pub fn is_of_gazetteer(&self) -> bool {
        !self.evidence.is_empty() && !self.evidence.iter().any(Evidence::is_told)
    }

    /// The user says so, perhaps beside others.
    pub fn is_of_user(&self) -> bool {
        let by_user = |e: &Evidence| matches!(e.origin, Origin::User { .. });
        self.evidence.iter().any(by_user)
    }

    /// The places in `evidence` from the earliest to the latest by [`Evidence::told_on`]; what has no
    /// date comes last.
    pub fn evidence_by_date(&self, project: &Project) -> Vec<usize> {
        let dates: Vec<Option<DateValue>> =
            self.evidence.iter().map(|e| e.told_on(project)).collect();
        let mut order: Vec<usize> = (0..dates.len()).collect();
        order.sort_by_key(|&at| (dates[at].is_none(), dates[at].map(DateValue::order)));
        order
    }

    /// The documents that say so, by number.
    pub fn documents(&self) -> Vec<DocumentId> {
        let mut documents: Vec<_> = self.evidence.iter().filter_map(|e| e.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    /// How many documents say so.
    pub fn document_count(&self) -> usize {
        self.documents().len()
    }
}
