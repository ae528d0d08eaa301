//! Anchors found again in the documents, read again or not.

use super::sentence::{sentence_number, sentences};
use crate::model::{Anchor, Document, DocumentId, Project};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A place in a document: its number, first byte, and the byte after the last.
pub(crate) type Place = (DocumentId, usize, usize);

/// How far a text may have moved in a file that was changed, in bytes.
const FARTHEST_MOVE: usize = 4096;

/// So many anchors tell how far a text has moved; all are held to it.
const MOST_VOTES: usize = 64;

/// The documents of a project by number, by path and by content.
pub(crate) struct Places<'a> {
    documents: &'a BTreeMap<DocumentId, Arc<Document>>,
    by_path: HashMap<&'a str, Vec<&'a Arc<Document>>>,
    by_hash: HashMap<&'a str, Vec<&'a Arc<Document>>>,
}

/// Where an anchor is to be looked for.
enum Where<'a> {
    Exactly(Place),
    /// In a text that was changed.
    Within(&'a Arc<Document>),
    Nowhere,
}

impl<'a> Places<'a> {
    pub(crate) fn new(project: &'a Project) -> Self {
        let mut places = Self {
            documents: &project.documents,
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

    /// Where the anchors of one correction lie now: in the document of their number, or else in one that
    /// came since the correction was made, whose first number `since` is: the same file, or a copy of it
    /// that lies elsewhere. In a text that was changed each is looked for in its sentence; where that
    /// leaves several places, all have moved equally far; those that have not, and all if that can be
    /// told in two ways, are found nowhere.
    pub(crate) fn find(&self, anchors: &[Anchor], since: DocumentId) -> Vec<Option<Place>> {
        let mut found = vec![None; anchors.len()];
        let mut moved: BTreeMap<DocumentId, (&Arc<Document>, Vec<usize>)> = BTreeMap::new();
        for (at, anchor) in anchors.iter().enumerate() {
            match self.document_of(anchor, since) {
                Where::Exactly(place) => found[at] = Some(place),
                Where::Within(document) => {
                    let (_, all) = moved.entry(document.id).or_insert((document, Vec::new()));
                    all.push(at);
                }
                Where::Nowhere => {}
            }
        }
        for (document, all) in moved.values() {
            let some = all.iter().take(MOST_VOTES).map(|&at| &anchors[at]);
            let shift = shift(document, some);
            let sentences = sentences(&document.text);
            for &at in all {
                let anchor = &anchors[at];
                let sentence = anchor.sentence.and_then(|number| *sentences.get(&number)?);
                let by_shift = || shifted(document, anchor, shift?);
                let in_it = sentence.and_then(|sentence| only_in(document, anchor, sentence));
                found[at] = in_it.or_else(by_shift);
            }
        }
        found
    }

    fn document_of(&self, anchor: &Anchor, since: DocumentId) -> Where<'a> {
        let is_same = |document: &Document| document.file_hash == anchor.file_hash;
        if let Some(document) = anchor.document.and_then(|id| self.documents.get(&id)) {
            // Anchors move along when a document is read again: one that did not has lost its sentence.
            let place = exactly(document, anchor).filter(|_| is_same(document));
            return place.map_or(Where::Nowhere, Where::Exactly);
        }
        // What was there beside it is another document, whatever its bytes are.
        let may_be = |document: &&&Arc<Document>| anchor.document.is_none() || document.id >= since;
        let none = Vec::new();
        let here = self.by_path.get(anchor.path.as_str()).unwrap_or(&none);
        let here: Vec<&Arc<Document>> = here.iter().filter(may_be).copied().collect();
        let copies = self.by_hash.get(anchor.file_hash.as_str()).unwrap_or(&none);
        let copies = copies.iter().filter(may_be).copied();
        let mut elsewhere: Vec<&Arc<Document>> = copies
            .filter(|document| document.path != anchor.path)
            .collect();
        if let Some(first) = elsewhere.first().copied() {
            elsewhere.retain(|document| document.path == first.path);
        }
        for documents in [&here, &elsewhere] {
            let same = documents.iter().filter(|document| is_same(document));
            let places: Vec<Place> = same.filter_map(|d| exactly(d, anchor)).collect();
            match places[..] {
                [] => {}
                [place] => return Where::Exactly(place),
                // Several articles of one page begin with the same words.
                _ => return Where::Nowhere,
            }
        }
        match here[..] {
            [document] if !is_same(document) => Where::Within(document),
            _ => Where::Nowhere,
        }
    }
}

fn offset(document: &Document) -> usize {
    document.range.map_or(0, |range| range[0])
}

fn exactly(document: &Document, anchor: &Anchor) -> Option<Place> {
    let start = anchor.start.checked_sub(offset(document))?;
    let end = anchor.end.checked_sub(offset(document))?;
    let is_there = document.text.get(start..end) == Some(&anchor.text) && start < end;
    is_there.then_some((document.id, start, end))
}

/// The anchor of a place in a document; `None` if it does not lie in its text.
pub(crate) fn anchor(document: &Document, start: usize, end: usize) -> Option<Anchor> {
    let text = document.text.get(start..end)?.to_owned();
    let offset = offset(document);
    Some(Anchor {
        path: document.path.clone(),
        file_hash: document.file_hash.clone(),
        start: offset + start,
        end: offset + end,
        text,
        document: Some(document.id),
        sentence: sentence_number(&document.text, start, end),
    })
}

/// Where the anchor's words stand in a sentence, if they stand there once.
fn only_in(document: &Document, anchor: &Anchor, (from, to): (usize, usize)) -> Option<Place> {
    let sentence = document.text.get(from..to)?;
    let mut found = sentence.match_indices(&anchor.text);
    let (at, words) = found.next().filter(|(_, words)| !words.is_empty())?;
    let place = (document.id, from + at, from + at + words.len());
    found.next().is_none().then_some(place)
}

/// How far most of the anchors have moved in a text, in bytes; `None` if that can be told in two ways.
fn shift<'a>(document: &Document, anchors: impl Iterator<Item = &'a Anchor>) -> Option<isize> {
    let mut votes: BTreeMap<isize, usize> = BTreeMap::new();
    for anchor in anchors {
        for shift in shifts(document, anchor) {
            *votes.entry(shift).or_default() += 1;
        }
    }
    let most = votes.values().max().copied()?;
    let best: BTreeSet<isize> = votes
        .into_iter()
        .filter(|&(_, count)| count == most)
        .map(|(shift, _)| shift)
        .collect();
    match best.len() {
        1 => best.first().copied(),
        _ => best.get(&0).copied(),
    }
}

/// How far an anchor would have moved if it were each of the places with its words.
fn shifts(document: &Document, anchor: &Anchor) -> Vec<isize> {
    let text = &document.text;
    let was = anchor.start.saturating_sub(offset(document));
    let near = was.min(text.len());
    let from = text.floor_char_boundary(near.saturating_sub(FARTHEST_MOVE));
    let to = near.saturating_add(FARTHEST_MOVE + anchor.text.len());
    let to = text.floor_char_boundary(to.min(text.len()));
    let Some(window) = text.get(from..to).filter(|_| !anchor.text.is_empty()) else {
        return Vec::new();
    };
    window
        .match_indices(&anchor.text)
        .filter_map(|(at, _)| (from + at).checked_signed_diff(was))
        .filter(|&shift| shifted(document, anchor, shift).is_some())
        .collect()
}

/// The place of an anchor that has moved so far, if its words are there, in its sentence.
fn shifted(document: &Document, anchor: &Anchor, shift: isize) -> Option<Place> {
    let was = anchor.start.saturating_sub(offset(document));
    let start = was.checked_add_signed(shift)?;
    let end = start.checked_add(anchor.text.len())?;
    let text = &document.text;
    let is_there = start < end && text.get(start..end) == Some(&anchor.text);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_word = is_there
        && !letter(text[..start].chars().next_back())
        && !letter(text[end..].chars().next());
    let is_it = is_word
        && anchor
            .sentence
            .is_none_or(|number| sentence_number(text, start, end) == Some(number));
    is_it.then_some((document.id, start, end))
}
