//! A person, unit, organization, place or lesser thing, and the places in the texts that name it.

use super::{DateValue, DocumentId, EntityId, EntityKind, Location, Telling, Told, UnitDetails};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};

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
    /// As found: what single documents tell of it, beside the words of its mentions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Box<Told>>,
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

    /// Adds what another finding of the same thing tells by single documents; before its mentions join.
    pub fn absorb_told(&mut self, other: &mut Self) {
        if self.kind != other.kind || self.has_kinds() || other.has_kinds() {
            self.spell_out_kinds();
            other.spell_out_kinds();
        }
        if let Some(more) = other.told.take() {
            self.told.get_or_insert_default().absorb(*more);
        }
    }

    fn has_kinds(&self) -> bool {
        self.told
            .as_ref()
            .is_some_and(|told| !told.kinds.is_empty())
    }

    /// Where all documents say one kind nothing is told of it: now each says it.
    fn spell_out_kinds(&mut self) {
        if self.has_kinds() || self.mentions.is_empty() {
            return;
        }
        let mut by: BTreeMap<DocumentId, f32> = BTreeMap::new();
        for mention in &self.mentions {
            *by.entry(mention.document).or_default() += 1.0;
        }
        let told = self.told.get_or_insert_default();
        told.kinds.push(Telling::new(self.kind, by));
    }

    /// Leaves out what only these documents say: mentions, roles, aliases, name, kind, the fields of a
    /// unit, where a place lies. False if they say nothing of it.
    pub fn forget(&mut self, gone: &BTreeSet<DocumentId>) -> bool {
        let named = self.mentions.iter().any(|m| gone.contains(&m.document));
        if !named && !self.roles.iter().any(|r| gone.contains(&r.document)) {
            return false;
        }
        let had_name = self.aliases.contains(&self.name);
        self.mentions.retain(|m| !gone.contains(&m.document));
        self.roles.retain(|r| !gone.contains(&r.document));
        self.refresh_aliases(&[]);
        let Some(mut told) = self.told.take() else {
            // Of what was found by earlier versions nobody knows which document told it.
            if had_name && !self.aliases.contains(&self.name) {
                self.take_fullest_name();
            }
            return true;
        };
        let before = (*told).clone();
        told.forget(gone);
        if before.units != told.units {
            self.unit = self
                .unit
                .take()
                .and_then(|unit| left_of(*unit, &told))
                .map(Box::new);
        }
        if before.locations != told.locations {
            self.location = left_place(self.location.take(), &told);
        }
        if before.kinds != told.kinds {
            self.kind = told.kind().unwrap_or(self.kind);
        }
        let is_told = told.names.iter().any(|telling| telling.what == self.name);
        let was_told = before.names.iter().any(|telling| telling.what == self.name);
        self.told = (!told.is_empty()).then_some(told);
        if !is_told && !self.aliases.contains(&self.name) && (had_name || was_told) {
            self.take_fullest_name();
        }
        true
    }

    /// The longest of the names that are left, in small letters rather than in capitals.
    fn take_fullest_name(&mut self) {
        let told = self.told.iter().flat_map(|told| &told.names);
        let names = told.map(|telling| &telling.what).chain(&self.aliases);
        let fullest = names.max_by_key(|name| {
            let is_spoken = name.chars().any(char::is_lowercase);
            (is_spoken, name.chars().count(), std::cmp::Reverse(*name))
        });
        if let Some(name) = fullest.cloned() {
            self.name = name;
        }
    }
}

/// The fields that documents still tell: as they are, or else as those documents have them.
fn left_of(unit: UnitDetails, told: &Told) -> Option<UnitDetails> {
    let left = told.unit()?;
    let mut texts = unit.texts();
    for (at, text) in texts.iter_mut().enumerate() {
        if !told
            .units
            .iter()
            .any(|telling| telling.what.texts()[at] == *text)
        {
            text.clear();
        }
    }
    let mut unit = UnitDetails::from_texts(texts);
    unit.fill_from(&left);
    (!unit.is_empty()).then_some(unit)
}

/// The place that documents still take it for: the same one if one of them does.
fn left_place(location: Option<Box<Location>>, told: &Told) -> Option<Box<Location>> {
    let before = location?;
    let mut all = told.locations.iter();
    let same = all.find(|telling| telling.what.is_same_place(&before));
    let left = match same {
        Some(telling) => Some(Location {
            score: telling.most(),
            ..*before
        }),
        None => told.location(),
    };
    left.map(Box::new)
}
