//! Relations within the sentences of one document, from the words between its mentions.
//!
//! In come a document, its sentences and its mentions; out go links with the words that say so, how
//! sure the wording is, who says it and when it happened. The wordings are data
//! (`assets/lexicons/relations.txt`); the code here only knows how to match them. It knows nothing
//! of other documents and nothing of entities: a link joins two mentions.

mod classes;
mod lists;
mod matcher;
mod periods;
mod phrases;
mod rules;
mod sentence;
mod stage;
mod wording;

pub use stage::find;
