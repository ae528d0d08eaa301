//! The user's own lists of names: what is an entity, of which kind, and what never is one.

use super::EntityKind;
use serde::{Deserialize, Serialize};

/// The longest name that is looked for, in characters.
pub const LONGEST_LISTED_NAME: usize = 200;

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEntry {
    /// The name that the entity bears.
    pub name: String,
    /// What sort of thing it is; `None` for a name that is never an entity.
    pub kind: Option<EntityKind>,
    /// What else names it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl ListEntry {
    /// The name, then the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// A list of names that takes precedence over everything recognized. No name occurs in two entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameList {
    /// What it is called: its file's name, or "pasted list 2".
    pub title: String,
    /// Its entries, as the file has them.
    pub entries: Vec<ListEntry>,
}

impl NameList {
    /// How many entries name an entity, and how many are never one.
    pub fn counts(&self) -> (usize, usize) {
        let never = self.entries.iter().filter(|e| e.kind.is_none()).count();
        (self.entries.len() - never, never)
    }
}
