//! Anchors found again in the documents, read again or not.

use crate::model::{Anchor, Document, DocumentId, Project};
use std::collections::HashMap;
use std::sync::Arc;

/// A place in a document: its number, first byte, and the byte after the last.
pub(crate) type Place = (DocumentId, usize, usize);

/// How far a text may have moved in a file that was changed, in bytes.
const FARTHEST_MOVE: usize = 4096;

/// The documents of a project by path and by content.
pub(crate) struct Places<'a> {
    by_path: HashMap<&'a str, Vec<&'a Arc<Document>>>,
    by_hash: HashMap<&'a str, Vec<&'a Arc<Document>>>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(project: &'a Project) -> Self {
        let mut places = Self {
            by_path: HashMap::new(),
            by_hash: HashMap::new(),
        };
        for document in project.documents() {
            let (path, hash) = (document.path.as_str(), document.file_hash.as_str());
            places.by_path.entry(path).or_default().push(document);
            if !hash.is_empty() {
                places.by_hash.entry(hash).or_default().push(document);
            }
        }
        places
    }

    /// Where an anchor lies now: in its file, in a copy of it that lies elsewhere, or near where it
    /// was in a file that was changed.
    pub(crate) fn find(&self, anchor: &Anchor) -> Option<Place> {
        let none = Vec::new();
        let here = self.by_path.get(anchor.path.as_str()).unwrap_or(&none);
        let copies = self.by_hash.get(anchor.file_hash.as_str()).unwrap_or(&none);
        let same = |document: &&&Arc<Document>| document.file_hash == anchor.file_hash;
        here.iter()
            .filter(same)
            .chain(copies)
            .chain(here)
            .find_map(|document| exactly(document, anchor))
            .or_else(|| here.iter().find_map(|document| nearby(document, anchor)))
    }
}

fn exactly(document: &Document, anchor: &Anchor) -> Option<Place> {
    let offset = document.range.map_or(0, |range| range[0]);
    let start = anchor.start.checked_sub(offset)?;
    let end = anchor.end.checked_sub(offset)?;
    let is_there = document.text.get(start..end) == Some(&anchor.text) && start < end;
    is_there.then_some((document.id, start, end))
}

fn nearby(document: &Document, anchor: &Anchor) -> Option<Place> {
    let text = &document.text;
    let offset = document.range.map_or(0, |range| range[0]);
    let was = anchor.start.saturating_sub(offset).min(text.len());
    let from = text.floor_char_boundary(was.saturating_sub(FARTHEST_MOVE));
    let to = text.floor_char_boundary((was + FARTHEST_MOVE).min(text.len()));
    let window = text.get(from..to)?;
    if document.file_hash == anchor.file_hash || anchor.text.is_empty() {
        return None;
    }
    let is_word = |at: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back())
            && !letter(text[at + anchor.text.len()..].chars().next())
    };
    window
        .match_indices(&anchor.text)
        .map(|(at, _)| from + at)
        .filter(|&at| is_word(at))
        .min_by_key(|at| at.abs_diff(was))
        .map(|at| (document.id, at, at + anchor.text.len()))
}
