//! Which documents are independent of each other: near-copies, and documents of one publisher, are one
//! source.
//!
//! Texts are compared by MinHash over shingles of five words (Broder 1997), and only within buckets of
//! locality-sensitive hashing, so that the time is near-linear in the documents.

use super::{Document, DocumentId, Project, Relation};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// Words of a shingle.
const SHINGLE: usize = 5;
/// Least hashes that are kept of each text; their agreement estimates the share of common shingles with
/// an error of 1/√64 = 0.13.
const HASHES: usize = 64;
/// Texts are compared if two neighboring hashes agree anywhere.
const BAND: usize = 2;
/// From this share on two texts are near-copies: wire copies that editors shortened or led in
/// otherwise are; two reports of one event in their own words share a few percent.
const NEAR: f32 = 0.5;
/// Shorter texts say too little to be called copies, in shingles.
const LEAST_SHINGLES: usize = 12;

type Signature = [u32; HASHES];

/// What a text is compared by, once it was asked for. It is part of no comparison of documents, and a
/// document that is made of another one, perhaps with another text, makes its own.
#[derive(Debug, Default)]
pub struct TextSignature(OnceLock<Option<Arc<Signature>>>);

impl Clone for TextSignature {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for TextSignature {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Document {
    /// Makes what the text is compared by, so that nobody waits for it later: for the threads that read.
    pub fn prepare_signature(&self) {
        self.known_signature();
    }

    /// `None` for a text that is too short.
    fn known_signature(&self) -> &Option<Arc<Signature>> {
        let made = || signature(self).map(Arc::new);
        self.signature.0.get_or_init(made)
    }
}

/// The documents of a project by source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sources {
    /// `None` for texts that are too short.
    signatures: BTreeMap<DocumentId, Option<Arc<Signature>>>,
    /// Normalized names of those who published documents, where that is told.
    publishers: BTreeMap<DocumentId, String>,
    /// The first document of its source, for each document.
    group: BTreeMap<DocumentId, DocumentId>,
}

impl Sources {
    /// Takes in documents that came, changed or went; `all` are those that there are now.
    pub(super) fn update(
        &mut self,
        changed: impl Iterator<Item = DocumentId>,
        all: &BTreeMap<DocumentId, Arc<Document>>,
    ) {
        for id in changed {
            match all.get(&id) {
                Some(document) => {
                    let signature = document.known_signature().clone();
                    self.signatures.insert(id, signature);
                    let publisher = document.source.as_deref().map(super::normalized_name);
                    match publisher.filter(|name| !name.is_empty()) {
                        Some(publisher) => self.publishers.insert(id, publisher),
                        None => self.publishers.remove(&id),
                    };
                }
                None => {
                    self.signatures.remove(&id);
                    self.publishers.remove(&id);
                }
            }
        }
        self.regroup(all);
    }

    /// The first document of the source that a document is of.
    pub(super) fn of(&self, id: DocumentId) -> DocumentId {
        self.group.get(&id).copied().unwrap_or(id)
    }

    fn regroup(&mut self, all: &BTreeMap<DocumentId, Arc<Document>>) {
        let ids: Vec<DocumentId> = all.keys().copied().collect();
        let mut parent: Vec<usize> = (0..ids.len()).collect();
        let mut first_of: HashMap<&str, usize> = HashMap::new();
        for (at, id) in ids.iter().enumerate() {
            if let Some(publisher) = self.publishers.get(id) {
                let first = *first_of.entry(publisher).or_insert(at);
                join(&mut parent, first, at);
            }
        }
        // Short texts say too little to be near-copies; equal ones are copies all the same.
        let mut first_of_text: HashMap<&str, usize> = HashMap::new();
        for (at, id) in ids.iter().enumerate() {
            let text = all.get(id).map_or("", |document| document.text.trim());
            if !text.is_empty() && matches!(self.signatures.get(id), Some(None)) {
                let first = *first_of_text.entry(text).or_insert(at);
                join(&mut parent, first, at);
            }
        }
        let of_document = |id| self.signatures.get(id).and_then(Option::as_deref);
        let signatures: Vec<Option<&Signature>> = ids.iter().map(of_document).collect();
        let mut buckets: HashMap<u64, usize> = HashMap::with_capacity(ids.len() * HASHES / BAND);
        for (at, signature) in signatures.iter().enumerate() {
            let Some(signature) = signature else {
                continue;
            };
            for (band, values) in (0u64..).zip(signature.chunks_exact(BAND)) {
                let fold = |key: u64, value: &u32| mixed(key.rotate_left(32) ^ u64::from(*value));
                let first = *buckets.entry(values.iter().fold(band, fold)).or_insert(at);
                if root(&mut parent, first) != root(&mut parent, at)
                    && signatures[first].is_some_and(|other| likeness(other, signature) >= NEAR)
                {
                    join(&mut parent, first, at);
                }
            }
        }
        self.group = (0..ids.len())
            .map(|at| (ids[at], ids[root(&mut parent, at)]))
            .collect();
    }
}

impl Project {
    /// How many sources independent of each other these documents are: near-copies, and documents of
    /// one publisher, count once.
    pub fn independent_sources(&self, documents: impl IntoIterator<Item = DocumentId>) -> usize {
        let sources: BTreeSet<DocumentId> = documents
            .into_iter()
            .map(|id| self.sources.of(id))
            .collect();
        sources.len()
    }

    /// How many independent sources a relation rests on; 0 for one that only the user, a graph file
    /// or the gazetteer tells.
    pub fn sources_of(&self, relation: &Relation) -> usize {
        self.independent_sources(relation.evidence.iter().filter_map(|e| e.document))
    }

    /// The other documents that are one source with this one, by number.
    pub fn same_source(&self, document: DocumentId) -> impl Iterator<Item = DocumentId> + '_ {
        let source = self.sources.of(document);
        let others = self.documents.keys().copied();
        others.filter(move |&id| id != document && self.sources.of(id) == source)
    }
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// The smaller number stands for both.
fn join(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}

fn likeness(a: &Signature, b: &Signature) -> f32 {
    let same = a.iter().zip(b).filter(|(a, b)| a == b).count();
    same as f32 / HASHES as f32
}

/// The least hash of all shingles under each of the hash functions; boilerplate does not count.
fn signature(document: &Document) -> Option<Signature> {
    let mut least = [u32::MAX; HASHES];
    let mut window: [u64; SHINGLE] = [0; SHINGLE];
    let mut words = 0;
    for word in prose(document) {
        window.rotate_left(1);
        window[SHINGLE - 1] = hash(word);
        words += 1;
        if words < SHINGLE {
            continue;
        }
        let shingle = window.iter().fold(0u64, |sum, word| mixed(sum ^ word));
        let mut state = shingle;
        for slot in &mut least {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            *slot = (*slot).min((mixed(state ^ shingle.rotate_left(32)) >> 32) as u32);
        }
    }
    (words >= LEAST_SHINGLES + SHINGLE - 1).then_some(least)
}

/// The words of the text without its boilerplate.
fn prose(document: &Document) -> impl Iterator<Item = &str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for &[start, end] in &document.boilerplate {
        parts.push(document.text.get(from..start).unwrap_or_default());
        from = end;
    }
    parts.push(document.text.get(from..).unwrap_or_default());
    parts.into_iter().flat_map(|part| {
        part.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    })
}

/// FNV-1a of the word in small letters.
fn hash(word: &str) -> u64 {
    let mut sum = 0xCBF2_9CE4_8422_2325_u64;
    for c in word.chars().flat_map(char::to_lowercase) {
        sum = (sum ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    sum
}

/// The finalizer of splitmix64 (Steele, Lea and Flood 2014).
fn mixed(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: u32, source: Option<&str>, text: &str) -> Arc<Document> {
        Arc::new(Document {
            range: None,
            source: source.map(str::to_owned),
            ..Document::of_text(DocumentId(id), text)
        })
    }

    fn groups(documents: &[Arc<Document>]) -> Vec<u32> {
        let all: BTreeMap<_, _> = documents.iter().map(|d| (d.id, d.clone())).collect();
        let mut sources = Sources::default();
        sources.update(all.keys().copied(), &all);
        documents.iter().map(|d| sources.of(d.id).0).collect()
    }

    const WIRE: &str = "The river bridge at Orlova was opened again on Thursday after eleven weeks of work, \
        the general in charge of it said, and thanked the crews of the ninth brigade for their patience \
        through two floods and a winter in which steel from the yards on the coast came late or not at all.";

    #[test]
    fn a_wire_copy_is_no_second_source() {
        let led_in = format!("From our correspondent. {WIRE} More on page four.");
        let own = "A bridge near Orlova carries traffic once more, said residents who had waited since \
            autumn; some had crossed by boat, others had moved away, and nobody had told them when the \
            army's engineers would be done with the repair that the flood had undone twice before.";
        let found = groups(&[
            document(0, None, WIRE),
            document(1, None, own),
            document(2, None, &led_in),
        ]);
        assert_eq!(found, [0, 1, 0]);
    }

    #[test]
    fn one_publisher_is_one_source() {
        let found = groups(&[
            document(3, Some("Radio Arden"), "One short text."),
            document(5, Some("Arden Post"), "Another short text."),
            document(8, Some("radio  ARDEN"), "A third."),
            document(9, None, "A fourth."),
        ]);
        assert_eq!(found, [3, 5, 3, 9]);
    }

    #[test]
    fn a_document_made_of_another_is_compared_by_its_own_text() {
        let one = document(0, None, WIRE);
        one.prepare_signature();
        let other = Arc::new(Document {
            id: DocumentId(1),
            text: WIRE
                .replace("river", "sea")
                .replace(" the ", " a ")
                .replace(" and ", " or "),
            ..(*one).clone()
        });
        assert_ne!(one.known_signature(), other.known_signature());
        assert_eq!(one.known_signature(), &signature(&one).map(Arc::new));
    }

    #[test]
    fn copies_are_one_source_however_short() {
        let found = groups(&[
            document(0, None, "The bridge fell."),
            document(1, None, "The bridge stands."),
            document(2, Some("Arden Post"), "The bridge fell."),
        ]);
        assert_eq!(found, [0, 1, 0]);
    }
}
