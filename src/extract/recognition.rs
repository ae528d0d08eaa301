//! What is handed from the stages that read one document to those that see all of them.

use super::lists::ListFinder;
use crate::model::{
    DateValue, Document, Entity, EntityKind, LeftOut, Relation, RelationKind, Status, UnitDetails,
};
use redstring_tagger::EncodedWords;
use std::sync::Arc;

/// A mention as a recognizer found it, not yet resolved. Offsets are bytes of the document's text.
#[derive(Clone, Debug, PartialEq)]
pub struct RawMention {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What sort of thing.
    pub kind: EntityKind,
    /// How sure, 0 to 1.
    pub score: f32,
    /// The rule or model that found it: `gazetteer`, `unit`, `title`…
    pub rule: &'static str,
    /// The name that lexicon or gazetteer gives for it: "United States" for "U.S.", "Russia" for the
    /// group "Russian" (the country that it stands for as the end of a relation).
    pub canonical: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country that it is, lies in or stands for, where known.
    pub country: Option<[u8; 2]>,
    /// Of a unit: its fields, filled by [`super::Engine`] after all mentions are known.
    pub unit: Option<Box<UnitDetails>>,
    /// Of a date: its value, filled by [`super::Engine`] against the document's date.
    pub date: Option<DateValue>,
}

/// A title or role that a text gives to a mention: "General", "deputy chief of the General Staff".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRole {
    /// Index into [`Recognition::mentions`].
    pub mention: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// A relation between two mentions of one sentence, not yet lifted to entities.
#[derive(Clone, Debug, PartialEq)]
pub struct RawLink {
    /// Index into [`Recognition::mentions`]. A group mention stands for its country.
    pub source: usize,
    /// Index into [`Recognition::mentions`]. A group mention stands for its country.
    pub target: usize,
    /// How they are related.
    pub kind: RelationKind,
    /// The text's own words for it.
    pub label: String,
    /// Index into [`Recognition::sentences`].
    pub sentence: usize,
    /// The words that name the source, where they are not the mention itself.
    pub source_span: [usize; 2],
    /// The words that name the target, where they are not the mention itself.
    pub target_span: [usize; 2],
    /// The words that say so.
    pub trigger: Vec<[usize; 2]>,
    /// How the sentence puts it.
    pub status: Status,
    /// Who says so, where it is not the author.
    pub attributed_to: Option<String>,
    /// When it happened.
    pub date: Option<DateValue>,
    /// The period that the text tells for the relation itself.
    pub period: Option<DateValue>,
    /// How sure, 0 to 1.
    pub score: f32,
    /// The rule that found it.
    pub method: &'static str,
}

/// What one document alone gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recognition {
    /// Byte ranges of the sentences, in order, boilerplate included.
    pub sentences: Vec<[usize; 2]>,
    /// Mentions in order of their start; they do not overlap.
    pub mentions: Vec<RawMention>,
    /// Titles and roles.
    pub roles: Vec<RawRole>,
    /// Relations within sentences, `mentioned_with` left out (resolution adds those).
    pub links: Vec<RawLink>,
    /// What was looked at and left out.
    pub left_out: LeftOut,
}

/// What all documents together give. Ids count from 0 in the order of contract and file format:
/// entities by first mention, relations by source, target, kind, period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// Entities.
    pub entities: Vec<Entity>,
    /// Relations, each with evidence.
    pub relations: Vec<Relation>,
}

/// What a reading asks for beyond what the program recognizes by itself.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The user's own lists, which take precedence.
    pub lists: Option<Arc<ListFinder>>,
    /// Relations as well; without them the stages that find them are left out.
    pub relations: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            lists: None,
            relations: true,
        }
    }
}

/// Finds mentions in one document: the rules today, a trained model tomorrow.
pub trait Recognizer: Send + Sync {
    /// Mentions within `sentences`, sorted, not overlapping, and the candidates left out.
    fn mentions(&self, document: &Document, sentences: &[[usize; 2]])
    -> (Vec<RawMention>, LeftOut);

    /// The same, with what was made of the words after `tap` layers of a network, for those who read on;
    /// `None` where no network has read the document.
    fn mentions_and_words(
        &self,
        document: &Document,
        sentences: &[[usize; 2]],
        _tap: usize,
    ) -> (Vec<RawMention>, LeftOut, Option<EncodedWords>) {
        let (mentions, left_out) = self.mentions(document, sentences);
        (mentions, left_out, None)
    }
}
