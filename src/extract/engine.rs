//! The stages in their order, ready to run.

use super::recognize::{TrainedRecognizer, initials, money, roles, whole_names};
use super::text::sentences;
use super::{
    Extraction, Recognition, Recognizer, Wanted, dates, languages, links, lists, resolve, units,
};
use crate::model::{Document, FilterRule};
use redstring_tagger::PairReader;

/// The trained recognizer; see `assets/models/README.md`.
static MODEL: &[u8] = include_bytes!("../../assets/models/recognizer.bin");
/// The trained reader of relations; see the same.
static PAIRS: &[u8] = include_bytes!("../../assets/models/relations.bin");

/// All stages, ready to run. Building one loads the lexicons; share it between threads.
pub struct Engine {
    recognizer: Box<dyn Recognizer>,
    /// Reads relations beside the patterns.
    pairs: Option<PairReader>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// The engine with the built-in lexicons, gazetteer, rules and trained recognizer.
    pub fn new() -> Self {
        #[allow(clippy::expect_used)]
        let recognizer = TrainedRecognizer::open(MODEL)
            .expect("the model compiled in is whole and fits the features: a test opens it");
        #[allow(clippy::expect_used)]
        let pairs = PairReader::open(PAIRS).expect("compiled in whole: a test opens it");
        Self::with_recognizer(Box::new(recognizer)).with_pairs(pairs)
    }

    /// The same stages with another recognizer.
    pub fn with_recognizer(recognizer: Box<dyn Recognizer>) -> Self {
        Self {
            recognizer,
            pairs: None,
        }
    }

    /// The same engine with a network that reads relations on what the recognizer makes of words.
    #[must_use]
    pub fn with_pairs(mut self, pairs: PairReader) -> Self {
        self.pairs = Some(pairs);
        self
    }

    /// The stages that need one document alone, all of them. Linear in the length of the text.
    pub fn recognize(&self, document: &Document) -> Recognition {
        self.recognize_wanted(document, &Wanted::default())
    }

    /// The stages that need one document alone, as far as they are wanted.
    pub fn recognize_wanted(&self, document: &Document, wanted: &Wanted) -> Recognition {
        let sentences = sentences(&document.text);
        let listed = wanted
            .lists
            .as_ref()
            .map(|lists| lists.find(&document.text))
            .unwrap_or_default();
        let sentences = lists::join_sentences(sentences, &listed);
        let reader = self.pairs.as_ref().filter(|_| wanted.relations);
        let (mut mentions, mut left_out, words) = match reader {
            Some(reader) => {
                let tap = reader.tap();
                self.recognizer
                    .mentions_and_words(document, &sentences, tap)
            }
            None => {
                let (mentions, left_out) = self.recognizer.mentions(document, &sentences);
                (mentions, left_out, None)
            }
        };
        initials::join(&document.text, &mut mentions);
        initials::finish(&document.text, &mut mentions);
        let parts = whole_names::complete(document, &mut mentions);
        let (mentions, foreign) = languages::apply(document, mentions);
        let (mut mentions, never) = lists::apply(mentions, &listed, &document.boilerplate);
        let sums = money::leave_out(&document.text, &mut mentions);
        left_out.add(FilterRule::Overlap, parts);
        left_out.add(FilterRule::Language, foreign);
        left_out.add(FilterRule::List, never);
        left_out.add(FilterRule::Currency, sums);
        units::annotate(&document.text, &sentences, &mut mentions);
        units::add_numbers(&document.text, &document.boilerplate, &mut mentions);
        dates::annotate(document, &sentences, &mut mentions);
        let roles = roles::find(&document.text, &sentences, &mentions);
        let mut recognition = Recognition {
            sentences,
            mentions,
            roles,
            links: Vec::new(),
            left_out,
        };
        if wanted.relations {
            recognition.links = links::find(document, &recognition);
        }
        if let (Some(reader), Some(words)) = (reader, &words) {
            let (said, unexamined) = links::read(reader, document, words, &recognition);
            let links = std::mem::take(&mut recognition.links);
            recognition.links = links::add(document, &recognition, links, &said);
            recognition.left_out.pairs_not_examined = unexamined;
        }
        recognition
    }

    /// The stages that need all documents: entities and relations. `items` in reading order.
    pub fn resolve(&self, items: &[(&Document, &Recognition)]) -> Extraction {
        self.resolve_wanted(items, &Wanted::default())
    }

    /// The stages that need all documents, as far as they are wanted. `items` in reading order.
    pub fn resolve_wanted(
        &self,
        items: &[(&Document, &Recognition)],
        wanted: &Wanted,
    ) -> Extraction {
        resolve::resolve(items, wanted.relations)
    }
}
