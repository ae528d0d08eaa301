//! What a user can change, as data, and how each change becomes a patch.
//!
//! In comes an [`Edit`] and the project as it is; out goes the step's title and the [`super::Patch`]
//! that carries it out. Pure: nothing here touches the project, a file or the clock. An edit of entities
//! or relations only records a correction; what follows from all of them is the ledger's business. After
//! every edit each relation has evidence and two different ends, and mentions are sorted and do not
//! overlap.

mod command;
mod documents;
mod draft;
mod entities;
mod lists;
mod mentions;
mod merge;
mod moved_text;
mod placements;
mod read_again;
mod relations;
mod split;
mod take_back;

pub use command::Edit;
pub use documents::DocumentBatch;
pub use lists::{ListBatch, ListedEntity, ListedRelation, NeverSpan};
