//! What a project is: documents, mentions, entities, relations with their evidence, where the user
//! put things, and what the user corrected.
//!
//! In come extractions and edits; out go queries and the patches that undo. The model knows no
//! file format, no window and no algorithm of extraction or layout.
//!
//! Every change is a [`Patch`]: for each touched record the new value, or none. Applying a patch
//! gives the patch that takes it back, so undo is right by construction.

mod account;
mod area;
mod containment;
mod correction;
mod date;
mod document;
mod edit;
mod entity;
mod exchange;
mod filter;
mod filter_words;
mod graph;
mod history;
mod ids;
mod invariants;
mod kinds;
mod ledger;
mod left_out;
mod list;
mod location;
mod map;
mod neighborhood;
mod patch;
mod project;
mod relation;
mod sources;
mod told;
mod unit;

pub use account::Account;
pub use area::Area;
pub use correction::{Anchor, Correction, CorrectionKind, normalized_name};
pub use date::{DateValue, PartialDate};
pub use document::{Document, FileOutcome, FileRecord};
pub use edit::{DocumentBatch, Edit, ListBatch, ListedEntity, ListedRelation, NeverSpan};
pub use entity::{Entity, Mention, Role};
pub use filter::{Filters, SavedView, Visible};
pub use graph::EntityGraph;
pub use history::{History, Step};
pub use ids::{CorrectionId, DocumentId, EntityId, RelationId};
pub use kinds::{EntityKind, RelationKind, Status};
pub use left_out::{FilterRule, LeftOut};
pub use list::{LONGEST_LISTED_NAME, ListEntry, NameList};
pub use location::{Location, PlaceKind};
pub use map::MapFrame;
pub use neighborhood::{Groups, Neighborhood};
pub use patch::Patch;
pub use project::{LayoutChoice, Placement, Project, Rearranging};
pub use relation::{Evidence, Origin, Relation};
pub use sources::TextSignature;
pub use told::{Telling, Told};
pub use unit::UnitDetails;
