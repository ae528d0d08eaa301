//! What every shown line rests on, sentence by sentence: as a table and as a page to read.
//!
//! In come a project and what of it is shown; out go CSV and HTML that hold the same lines and refer
//! to the same numbered sources, as pictures may. Knows nothing of positions and drawing.

mod csv;
mod excerpt;
mod html;
mod html_parts;
mod listing;

pub(super) use csv::csv;
pub(super) use html::html;
pub use listing::{Listing, Source, SourceKey};
