//! What a user can change, as data, and how each change becomes a patch.
//!
//! In comes an [`Edit`] and the project as it is; out goes the step's title and the [`super::Patch`]
//! that carries it out. Pure: nothing here touches the project, a file or the clock. After every
//! edit each relation has evidence and two different ends, mentions are sorted and do not overlap,
//! and what the user corrected is recorded with its anchors.

mod command;
mod containment;
mod documents;
mod draft;
mod entities;
mod lists;
mod mentions;
mod merge;
mod placements;
mod relations;

pub use command::Edit;
pub use documents::DocumentBatch;
pub use lists::{ListBatch, ListedEntity, ListedRelation, NeverSpan};
