//! What became of everything that was read, in figures that add up.

use super::{FileOutcome, LeftOut, Project, Relation, RelationKind};

/// The figures of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Files: those read, skipped and failed together.
    pub files_found: usize,
    /// Files that gave documents.
    pub files_read: usize,
    /// Files left out on purpose.
    pub files_skipped: usize,
    /// Files that could not be read.
    pub files_failed: usize,
    /// Documents.
    pub documents: usize,
    /// Sources independent of each other that the documents are.
    pub sources: usize,
    /// Sentences.
    pub sentences: usize,
    /// Mentions that entities have.
    pub mentions_kept: usize,
    /// Candidate mentions that were left out, by rule, and pairs that no network was asked about.
    pub left_out: LeftOut,
    /// Entities of all kinds.
    pub entities: usize,
    /// Relations: the three sorts below together.
    pub relations: usize,
    /// Relations that a source or the user states.
    pub relations_stated: usize,
    /// Pairs that are only mentioned together.
    pub relations_mentioned: usize,
    /// Relations that only the gazetteer knows.
    pub relations_of_gazetteer: usize,
}

impl Project {
    /// The project in figures. Linear in documents, entities and relations.
    pub fn account(&self) -> Account {
        let files = |wanted: fn(&FileOutcome) -> bool| {
            let files = self.files().iter();
            files.filter(|file| wanted(&file.outcome)).count()
        };
        let relations = |wanted: fn(&Relation) -> bool| {
            let relations = self.relations();
            relations.filter(|relation| wanted(relation)).count()
        };
        let mut left_out = LeftOut::default();
        for document in self.documents() {
            left_out.join(&document.left_out);
        }
        Account {
            files_found: self.files().len(),
            files_read: files(|o| matches!(o, FileOutcome::Read { .. })),
            files_skipped: files(|o| matches!(o, FileOutcome::Skipped { .. })),
            files_failed: files(|o| matches!(o, FileOutcome::Failed { .. })),
            documents: self.documents().len(),
            sources: self.independent_sources(self.documents().map(|d| d.id)),
            sentences: self.documents().map(|d| d.sentences).sum(),
            mentions_kept: self.entities().map(|e| e.mentions.len()).sum(),
            left_out,
            entities: self.entities().len(),
            relations: self.relations().len(),
            relations_stated: relations(Relation::is_stated),
            relations_mentioned: relations(|r| r.kind == RelationKind::MentionedWith),
            relations_of_gazetteer: relations(|r| {
                r.kind != RelationKind::MentionedWith && r.is_of_gazetteer()
            }),
        }
    }
}
