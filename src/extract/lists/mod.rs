//! The user's own lists against a document: exact mentions that take precedence over whatever is
//! recognized, and names that never are an entity.
//!
//! In come lists of names; out go the places of a text that they name, and what becomes of the
//! mentions that a recognizer found. It knows nothing of files, other documents or entities.

mod apply;
mod finder;
mod letters;

pub use apply::{apply, join_sentences};
pub use finder::{ListFinder, ListedSpan};

/// The rule of mentions that come from a list; their `canonical` is the listed name.
pub const LISTED: &str = "list";
