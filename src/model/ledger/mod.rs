//! Corrections carried out over what extraction found.
//!
//! In come a project's documents, findings and corrections; out come the entities and relations that
//! users see. Every change to findings or corrections is followed by a replay of all of them, so a
//! correction can be taken back at any time, and a new reading of the documents keeps the others.
//! It knows nothing of how findings are made, and changes no project.

mod anchors;
mod apply;
mod bearers;
mod containment;
mod marks;
mod moves;
mod outdone;
mod owners;
mod relations;
mod replay;
mod said;
mod sentence;
mod state;

pub(super) use anchors::{Place, Places, anchor};
pub(super) use replay::replay;
