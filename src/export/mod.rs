//! A project to files of other programs: data from the project, pictures from the scene.
//!
//! In come a project, what of it is shown, and options; out come bytes of one format, or a file that
//! was written beside and renamed. Knows nothing of windows, sessions and layouts: positions are those
//! of the project.

mod evidence;
mod exporting;
mod fonts;
mod footnotes;
mod format;
mod gexf;
mod json;
mod lettering;
mod pdf;
mod picture;
mod png;
mod summary;
mod svg;
mod svg_shapes;
mod unseen;
mod web_font;
mod write;
mod xml;

pub use evidence::{Listing, Source, SourceKey};
pub use exporting::Export;
pub use footnotes::Footnotes;
pub use format::Format;
pub use gexf::gexf;
pub use json::{RelationChoice, is_written, json, json_line};
pub use picture::{DEFAULT_SIZE, MAX_SIDE, Paper, PictureOptions};
pub use summary::summary;
pub use write::replace_file;
