//! Mentions of all documents become entities, links become relations with their evidence.
//!
//! In come documents with what was recognized in each; out go entities by first mention and
//! relations by source, target and kind. Every step works on keys of names, never on all pairs, so
//! the time is near-linear in the mentions. It knows nothing of how mentions were found, and
//! nothing of projects: `integrate` joins its result to one. When it is not sure, it does not merge.

mod acronyms;
mod clusters;
mod compass;
mod containers;
mod countries;
mod entities;
mod explain;
mod generic_names;
mod given_names;
mod locate;
mod meanings;
mod names;
mod nodes;
mod organizations;
mod other_names;
mod person_key;
mod persons;
mod place_context;
mod places;
mod relations;
mod short_bodies;
mod short_names;
mod stage;
mod tellings;
mod titles;
mod units;

pub use containers::places_called;
pub use explain::{AliasRule, alias_rule};
pub use stage::resolve;

pub(crate) use names::name_key;
pub(super) use titles::{Sex, sex_of_name, sex_of_title};

/// What tells names apart, for those who look for likely duplicates.
pub(crate) mod compare {
    pub(crate) use super::acronyms::{acronym, initials};
    pub(crate) use super::names::{is_family_first, is_generation, is_slip};
    pub(crate) use super::organizations::is_domain;
    pub(crate) use super::persons::one_left_out;
}
