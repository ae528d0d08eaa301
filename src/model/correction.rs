//! What the user corrected, anchored to the mentions it was made on, so that it can outlive a new
//! reading of the documents.

use super::{
    CorrectionId, DateValue, DocumentId, EntityId, EntityKind, Location, Placement, RelationId,
    UnitDetails,
};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A mention as it can be found again when documents are read anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The document's path.
    pub path: String,
    /// SHA-256 of its file.
    pub file_hash: String,
    /// First byte in the file once decoded (document start plus mention start).
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// The document's number: articles of one page may have the same words at the same place. Earlier
    /// files do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// A number of the sentence around it, which tells it from the same words elsewhere in a file that
    /// was changed. Earlier files do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<u32>,
}

/// What was corrected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "correction", rename_all = "snake_case")]
pub enum CorrectionKind {
    /// The entity bears this name.
    Rename {
        /// The name given.
        name: String,
    },
    /// The entity is of this kind.
    Retype {
        /// The kind given.
        kind: EntityKind,
    },
    /// The place lies there, or is none that the gazetteer knows.
    Locate {
        /// Where.
        location: Option<Box<Location>>,
    },
    /// The unit has these fields and no others.
    Unit {
        /// All of its fields.
        unit: Box<UnitDetails>,
    },
    /// The entity was removed from this project.
    Delete,
    /// The name is no entity at all.
    NotAnEntity,
    /// The entity is the same as that other one.
    Merge {
        /// Normalized name of the entity it was merged into.
        into: String,
        /// Mentions of the entity it was merged into.
        into_anchors: Vec<Anchor>,
        /// The entity it was merged into; files of version 2 do not tell.
        #[serde(default)]
        into_entity: Option<EntityId>,
    },
    /// The mentions are of another entity.
    Split {
        /// The entity that has them from now on.
        made: EntityId,
        /// Its name.
        name: String,
        /// Its kind.
        kind: EntityKind,
        /// Normalized names of which the entity kept no mention: new mentions of them move too.
        texts: Vec<String>,
    },
    /// The entity is not the same as that other one.
    Different {
        /// The other entity.
        other: EntityId,
        /// Its name.
        other_name: String,
        /// Its kind.
        other_kind: EntityKind,
        /// Its mentions.
        other_anchors: Vec<Anchor>,
    },
    /// The user added the entity.
    AddEntity {
        /// Its kind.
        kind: EntityKind,
        /// Its name as given.
        name: String,
    },
    /// The marked text is a mention of the entity.
    MarkMention {
        /// Its kind, so that the entity can be made again.
        kind: EntityKind,
        /// Its name, for the same; empty in files of version 2.
        #[serde(default)]
        entity_name: String,
    },
    /// The user added or removed a relation of the entity.
    Relation {
        /// The relation's kind.
        kind: super::RelationKind,
        /// Normalized name of the other end.
        other: String,
        /// The entity is the source.
        outgoing: bool,
        /// Removed, not added.
        removed: bool,
        /// The other end; files of version 2 do not tell.
        #[serde(default)]
        other_entity: Option<EntityId>,
        /// The relation that was added, for its number.
        #[serde(default)]
        made: Option<RelationId>,
        /// The relation's period.
        #[serde(default)]
        period: Option<DateValue>,
        /// Why the user added it, in the user's own words.
        #[serde(default)]
        note: String,
        /// Mentions of the other end of one that was added.
        #[serde(default)]
        other_anchors: Vec<Anchor>,
    },
}

/// One correction: what, on which entity, anchored where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Its number in the project.
    pub id: CorrectionId,
    /// When, as an ISO 8601 instant.
    pub when: String,
    /// The entity that it was made on.
    pub entity: EntityId,
    /// [`normalized_name`] of the entity before the correction.
    pub name: String,
    /// Kind of the entity before the correction.
    pub entity_kind: EntityKind,
    /// The mentions that it was made on.
    pub anchors: Vec<Anchor>,
    /// The step that it belongs to, as the undo menu called it; files of version 2 do not tell.
    #[serde(default)]
    pub title: String,
    /// It holds for these mentions alone, not for new ones of that name.
    #[serde(default)]
    pub only_here: bool,
    /// The first document and the first entity that were not there yet: what has a number from these
    /// on is new. Files of version 2 do not tell, and nothing of theirs is new.
    #[serde(default = "nothing_is_new")]
    pub new_from: (DocumentId, EntityId),
    /// What was found has it already, as in files of version 2: it is not carried out over it once more,
    /// until the documents are read again.
    #[serde(default)]
    pub carried_out: bool,
    /// Of one that holds only here: what its entity is called by new documents, which it leaves alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<EntityId>,
    /// Where the entity lay that went with it, to lie there again if it is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    /// What was corrected. Nested when written: some corrections have a name and kind of their own.
    #[serde(rename = "change")]
    pub kind: CorrectionKind,
}

impl Correction {
    /// What was done, in words: the step that it belongs to. Files of version 2 tell less.
    pub fn words(&self) -> String {
        if self.title.is_empty() {
            format!("Corrected {}", self.name)
        } else {
            self.title.clone()
        }
    }

    /// All lists of anchors that it has.
    pub(super) fn anchors_mut(&mut self) -> impl Iterator<Item = &mut Vec<Anchor>> {
        let more = match &mut self.kind {
            CorrectionKind::Merge { into_anchors, .. } => Some(into_anchors),
            CorrectionKind::Different { other_anchors, .. }
            | CorrectionKind::Relation { other_anchors, .. } => Some(other_anchors),
            _ => None,
        };
        std::iter::once(&mut self.anchors).chain(more)
    }

    /// The last numbers of an entity and of a relation that it makes, or makes again.
    pub(super) fn made(&self) -> (Option<u32>, Option<u32>) {
        let (entity, relation) = self.made_by_kind();
        (entity.max(self.rest.map(|id| id.0)), relation)
    }

    fn made_by_kind(&self) -> (Option<u32>, Option<u32>) {
        match &self.kind {
            CorrectionKind::Split { made, .. } => (Some(made.0), None),
            CorrectionKind::Relation { made, .. } => (None, made.map(|id| id.0)),
            CorrectionKind::AddEntity { .. } | CorrectionKind::MarkMention { .. } => {
                (Some(self.entity.0), None)
            }
            CorrectionKind::Different { other, .. } => (Some(other.0.max(self.entity.0)), None),
            _ => (None, None),
        }
    }
}

impl CorrectionKind {
    /// It may hold for the mentions alone that it was made on, and not for new ones of their name.
    pub fn may_be_narrow(&self) -> bool {
        match self {
            Self::Different { .. } => false,
            Self::Relation { removed, .. } => *removed,
            _ => true,
        }
    }

    /// It changes an entity that stays.
    pub(super) fn changes_entity(&self) -> bool {
        matches!(
            self,
            Self::Rename { .. } | Self::Retype { .. } | Self::Locate { .. } | Self::Unit { .. }
        )
    }
}

fn nothing_is_new() -> (DocumentId, EntityId) {
    (DocumentId(u32::MAX), EntityId(u32::MAX))
}

/// A name as it is compared: compatibility-decomposed, without accents, lower case, hyphens and
/// runs of blanks as one space, apostrophes and dots of abbreviations dropped.
///
/// ```
/// use redstring::model::normalized_name;
/// assert_eq!(normalized_name("  Kim  Jong-un "), "kim jong un");
/// assert_eq!(normalized_name("U.S."), "us");
/// assert_eq!(normalized_name("Peña Nieto"), "pena nieto");
/// ```
pub fn normalized_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '.' | '`' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}
