//! Mentions by rules: lexicons, gazetteer and the shapes of names. Sentences come in; mentions and
//! roles go out. It knows nothing of other documents, entities or relations.

pub mod roles;
mod rules;

pub use rules::RuleRecognizer;
