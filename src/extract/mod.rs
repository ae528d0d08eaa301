//! Documents in; mentions, entities and relations out. One file per stage.
//!
//! For each document alone: sentences, tokens, mentions, roles, links. Then over all documents:
//! resolution of mentions into entities, and of links into relations with their evidence. The
//! first part runs in parallel over documents; the result does not depend on the number of threads.
//! It knows nothing of files, projects on disk, layouts or screens.

pub mod dates;
pub mod duplicates;
mod engine;
#[cfg(test)]
mod fixture;
pub mod gazetteer;
mod integrate;
mod kept;
mod known;
mod languages;
pub mod lexicon;
pub mod links;
pub mod lists;
mod recognition;
pub mod recognize;
mod renumber;
pub mod resolve;
pub mod text;
mod together;
pub mod units;

pub use engine::Engine;
pub use integrate::{Integration, integrate};
pub use kept::{keep, kept};
pub use recognition::{Extraction, RawLink, RawMention, RawRole, Recognition, Recognizer, Wanted};
pub use renumber::renumbered;
pub use together::join_documents;
