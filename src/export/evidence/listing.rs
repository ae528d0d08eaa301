//! The shown stated relations with their evidence, and the numbered sources that they refer to.

use crate::model::{
    DateValue, Document, DocumentId, Entity, Evidence, Origin, Project, Relation, RelationId,
    Visible,
};
use std::collections::BTreeMap;

/// Who or what a piece of evidence comes from, in the order of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKey<'a> {
    /// A document.
    Document(DocumentId),
    /// The user.
    User,
    /// A graph file that was read in.
    File(&'a str),
    /// The gazetteer.
    Gazetteer,
}

/// A source with its number.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// From 1.
    pub number: usize,
    /// Which.
    pub key: SourceKey<'a>,
    /// The document, if it is one.
    pub document: Option<&'a Document>,
}

/// One piece of evidence with the number of its source.
pub(super) struct Piece<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) source: usize,
    /// When it happened, or else when its document was published.
    pub(super) date: Option<DateValue>,
}

/// One relation with its number, from 1.
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) relation: &'a Relation,
    pub(super) source: &'a Entity,
    pub(super) target: &'a Entity,
    /// From the earliest to the latest.
    pub(super) pieces: Vec<Piece<'a>>,
}

/// The shown stated relations, by source, target and kind, and their sources: documents in reading
/// order, then the user, files and the gazetteer. The same filters give the same numbers.
pub struct Listing<'a> {
    pub(super) project: &'a Project,
    pub(super) lines: Vec<Line<'a>>,
    /// The sources, by number.
    pub sources: Vec<Source<'a>>,
}

impl<'a> Listing<'a> {
    /// Lists what is `visible`. Takes time linear in its evidence, times its logarithm.
    pub fn new(project: &'a Project, visible: &Visible) -> Self {
        let shown = visible.relations.iter();
        let mut relations: Vec<&Relation> = shown
            .filter_map(|&id| project.relation(id).map(AsRef::as_ref))
            .filter(|relation| relation.is_stated())
            .collect();
        relations.sort_by_key(|r| (r.source, r.target, r.kind, r.date, r.id));
        let mut numbers: BTreeMap<SourceKey<'a>, usize> = BTreeMap::new();
        for evidence in relations.iter().flat_map(|relation| &relation.evidence) {
            numbers.insert(key(evidence), 0);
        }
        for (index, number) in numbers.values_mut().enumerate() {
            *number = index + 1;
        }
        let sources = numbers.iter().map(|(&key, &number)| {
            let document = match key {
                SourceKey::Document(id) => project.document(id).map(AsRef::as_ref),
                _ => None,
            };
            Source {
                number,
                key,
                document,
            }
        });
        let sources = sources.collect();
        let mut lines = Vec::with_capacity(relations.len());
        for relation in relations {
            let ends = [relation.source, relation.target].map(|id| project.entity(id));
            let [Some(source), Some(target)] = ends else {
                continue;
            };
            let pieces = relation.evidence_by_date(project).into_iter();
            let pieces = pieces.filter_map(|at| {
                let evidence = relation.evidence.get(at)?;
                Some(Piece {
                    evidence,
                    source: numbers.get(&key(evidence)).copied().unwrap_or(0),
                    date: evidence.told_on(project),
                })
            });
            lines.push(Line {
                number: lines.len() + 1,
                relation,
                source,
                target,
                pieces: pieces.collect(),
            });
        }
        Self {
            project,
            lines,
            sources,
        }
    }

    /// The numbers of the sources of each listed relation, ascending.
    pub fn numbers(&self) -> BTreeMap<RelationId, Vec<usize>> {
        let of_line = |line: &Line<'_>| {
            let mut numbers: Vec<usize> = line.pieces.iter().map(|piece| piece.source).collect();
            numbers.sort_unstable();
            numbers.dedup();
            (line.relation.id, numbers)
        };
        self.lines.iter().map(of_line).collect()
    }
}

fn key(evidence: &Evidence) -> SourceKey<'_> {
    match (&evidence.origin, evidence.document) {
        (Origin::User { .. }, _) => SourceKey::User,
        (Origin::Gazetteer { .. }, _) => SourceKey::Gazetteer,
        (Origin::Import { file }, _) => SourceKey::File(file),
        (Origin::Text, document) => SourceKey::Document(document.unwrap_or_default()),
    }
}

impl Source<'_> {
    /// The source in one line: "Title. Publisher, 2025-01-12 (file.txt)".
    pub fn in_words(&self) -> String {
        let Some(document) = self.document else {
            return match self.key {
                SourceKey::Document(_) => "A document that is gone".to_owned(),
                SourceKey::User => "Added by the user".to_owned(),
                SourceKey::File(file) => format!("From the file {file}"),
                SourceKey::Gazetteer => "The gazetteer".to_owned(),
            };
        };
        let date = document.date.map(|date| date.to_string());
        let published: Vec<&str> = [document.source.as_deref(), date.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let title = document.display_title();
        let title = title.trim_end_matches('.');
        match published.is_empty() {
            true => format!("{title} ({})", document.file_name()),
            false => format!(
                "{title}. {} ({})",
                published.join(", "),
                document.file_name()
            ),
        }
    }
}
