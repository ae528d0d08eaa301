//! Redstring: from a folder of reports to a graph of people, units, organizations and places,
//! every line of which leads to the sentence that says so.
//!
//! The path of the data is the order of the modules:
//!
//! ```text
//! bytes -import-> Document -extract-> mentions, entities, relations -model-> Project
//!       -layout-> positions -scene-> display list -paint-> window, PNG, SVG, PDF
//! ```
//!
//! A module may use only those above it that `docs/architecture.md` names for it;
//! `tests/architecture.rs` holds the arrows.

pub mod analysis;
pub mod cli;
pub mod error;
pub mod export;
pub mod extract;
pub mod geometry;
pub mod import;
pub mod layout;
pub mod model;
pub mod scene;
pub mod session;
pub mod store;
pub mod ui;
