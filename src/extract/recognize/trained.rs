//! The trained recognizer: the rules read a document, the tagger weighs what they say with what it
//! has learned, and both are joined.

use super::features;
use super::joined;
use super::rules::RuleRecognizer;
use crate::error::{Error, ErrorKind, Result};
use crate::extract::{RawMention, Recognizer};
use crate::model::{Document, EntityKind, LeftOut};
use redstring_tagger::{EncodedWords, Tagger};

/// Finds mentions by the tagger and the rules together.
pub struct TrainedRecognizer {
    rules: RuleRecognizer,
    tagger: Tagger,
    kinds: Vec<Option<EntityKind>>,
}

/// What a kind of the training data is to us; `None` if nothing.
fn kind_of(label: &str) -> Option<EntityKind> {
    match label {
        "PER" => Some(EntityKind::Person),
        "ORG" => Some(EntityKind::Organization),
        "LOC" | "FAC" => Some(EntityKind::Place),
        "NORP" => Some(EntityKind::Group),
        _ => None,
    }
}

impl TrainedRecognizer {
    /// With the built-in lexicons and gazetteer, and the network in `bytes`.
    ///
    /// # Errors
    /// If `bytes` is not the file of a network, or of one that was trained on other features.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let tagger =
            Tagger::open(bytes).map_err(|e| Error::new(ErrorKind::Format, e.to_string()))?;
        if tagger.feature_names() != features::names() {
            let message = "the recognizer was trained on other features";
            return Err(Error::new(ErrorKind::Format, message));
        }
        let begins = tagger
            .labels()
            .iter()
            .filter_map(|label| label.strip_prefix("B-"));
        Ok(Self {
            rules: RuleRecognizer::new(),
            kinds: begins.map(kind_of).collect(),
            tagger,
        })
    }
}

impl TrainedRecognizer {
    fn read(
        &self,
        document: &Document,
        sentences: &[[usize; 2]],
        tap: Option<usize>,
    ) -> (Vec<RawMention>, LeftOut, Option<EncodedWords>) {
        let reading = self.rules.read(document, sentences);
        // The tagger has learned English alone; elsewhere it takes common nouns for names.
        let is_english = |language: &str| language == "English";
        if !document.language.as_deref().is_none_or(is_english) {
            let (mentions, left_out) = self.rules.finish(document, reading, None);
            return (mentions, left_out, None);
        }
        let input = self
            .rules
            .input(&reading, document, sentences, self.tagger.vocabulary());
        let (tagged, hidden) = self.tagger.tag(
            &document.text,
            &input.words,
            &input.features,
            &input.windows,
            tap,
        );
        let tagged = joined::candidates(&reading.page, &input.words.words, &tagged, &self.kinds);
        let (mentions, left_out) = self.rules.finish(document, reading, Some(tagged));
        let words = EncodedWords {
            words: input.words,
            hidden,
        };
        (mentions, left_out, tap.map(|_| words))
    }
}

impl Recognizer for TrainedRecognizer {
    fn mentions(
        &self,
        document: &Document,
        sentences: &[[usize; 2]],
    ) -> (Vec<RawMention>, LeftOut) {
        let (mentions, left_out, _) = self.read(document, sentences, None);
        (mentions, left_out)
    }

    fn mentions_and_words(
        &self,
        document: &Document,
        sentences: &[[usize; 2]],
        tap: usize,
    ) -> (Vec<RawMention>, LeftOut, Option<EncodedWords>) {
        self.read(document, sentences, Some(tap))
    }
}
