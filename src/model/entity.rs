//! A person, unit, organization, place or lesser thing, and the places in the texts that name it.

use super::{DateValue, DocumentId, EntityId, EntityKind, Location, UnitDetails};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// One place in a text that names an entity: the bare name, without title, article or possessive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// In which document.
    pub document: DocumentId,
    /// First byte in the document's text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The words: `text[start..end]` of the document.
    pub text: String,
    /// How sure the recognizer is, 0 to 1; 1 for mentions that the user marked.
    pub score: f32,
}

/// What a text calls an entity beside its name: "General", "deputy chief of the General Staff".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Role {
    /// The words.
    pub text: String,
    /// In which document.
    pub document: DocumentId,
    /// First byte in the document's text.
    pub start: usize,
}

/// One real thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its number in the project.
    pub id: EntityId,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Its fullest or best name.
    pub name: String,
    /// The distinct texts of its mentions, and what the user added, in order of first appearance.
    pub aliases: Vec<String>,
    /// What texts call it beside its name.
    pub roles: Vec<Role>,
    /// Where texts name it, by document and start. Empty for entities that the user added by hand.
    pub mentions: Vec<Mention>,
    /// The user made or changed it; a later reading of the documents keeps that.
    pub by_user: bool,
    /// Of a unit: the fields that its names and their surroundings tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Box<UnitDetails>>,
    /// Of a date: the day, month, year or period that it is, resolved against its document's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateValue>,
    /// Of a place: where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Box<Location>>,
}

impl Entity {
    /// Recomputes `aliases` from the mentions, keeping those in `kept` that no mention has.
    pub fn refresh_aliases(&mut self, kept: &[String]) {
        let texts = self.mentions.iter().map(|mention| &mention.text);
        let mut seen: HashSet<&str> = HashSet::new();
        let distinct = texts.chain(kept).filter(|text| seen.insert(text));
        self.aliases = distinct.cloned().collect();
    }

    /// Sorts the mentions by document and start, as every list of them is kept.
    pub fn sort_mentions(&mut self) {
        self.mentions
            .sort_by_key(|mention| (mention.document, mention.start, mention.end));
    }

    /// The documents that name it, by number.
    pub fn documents(&self) -> Vec<DocumentId> {
        let mut documents: Vec<DocumentId> = self.mentions.iter().map(|m| m.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    /// How many documents name it.
    pub fn document_count(&self) -> usize {
        self.documents().len()
    }
}
