//! Relations within the sentences of one document, from the words between its mentions.
//!
//! In come a document, its sentences and its mentions; out go links with the words that say so, how
//! sure the wording is, who says it and when it happened. The wordings are data
//! (`assets/lexicons/relations.txt`); the code here only knows how to match them. Where a trained network
//! has read the sentences as well, what it is sure of is added. It knows nothing of other documents and
//! nothing of entities: a link joins two mentions.

mod classes;
mod containment;
mod crossed;
mod elsewhere;
mod holders;
mod joined;
mod kin;
mod known;
mod label;
mod lists;
mod matcher;
mod nominals;
mod periods;
mod phrases;
mod polarity;
mod posts;
mod read_pairs;
mod rules;
mod sentence;
mod stage;
mod unfit;
mod unmeant;
mod wording;

pub use joined::add;
pub use read_pairs::{Said, read};
pub use stage::find;
