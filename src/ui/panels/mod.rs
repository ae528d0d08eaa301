//! The panels around the canvas, one file each.
//!
//! In comes a [`super::turn::Turn`], out go commands. A panel keeps only what it draws with: scroll
//! places, half-typed text, caches keyed by revision.

mod area_filter;
mod contradictions;
mod documents;
mod drawer;
mod evidence;
mod fields;
mod filters;
mod inspector;
mod left;
mod line_filters;
mod line_inspector;
mod mentions;
mod node_inspector;
mod overview;
mod reader;
mod reader_blocks;
mod reader_selection;
mod relations;
mod review;
mod several_inspector;
mod table;
mod unit_editor;
mod why;

pub use drawer::Drawer;
pub use filters::sentence_case;
pub use inspector::Inspector;
pub use left::LeftPanel;
pub use mentions::sentence_of_mention;
pub use reader::Reader;
