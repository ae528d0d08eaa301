//! Units: which words name a military formation, and the fields that its name and the words around
//! it tell: number, designation, type, echelon, nationality, parent.
//!
//! In come a text and the tokens of one of its sentences; out go spans with fields. A grammar reads
//! numbers of any writing, types and echelons in English and in the transliterated, German and French
//! forms that reports use (`assets/lexicons/units.txt`). It knows nothing of other recognizers, of
//! documents or of entities.

mod after;
mod annotate;
mod by_number;
mod context;
mod find;
mod name;
mod named;
mod numbered;
mod parts;
mod refused;
mod short;
mod vocabulary;
mod words;

pub use annotate::annotate;
pub use by_number::add_numbers;
pub use find::{FoundUnit, details_of, find};
pub use named::is_namesake;
