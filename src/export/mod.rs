//! A project to files of other programs: data from the project, pictures from the scene.
//!
//! In come a project, what of it is shown, and options; out come bytes of one format, or a file that
//! was written beside and renamed. Knows nothing of windows, sessions and layouts: positions are those
//! of the project.

mod format;
mod gexf;
mod json;
mod summary;
mod write;
mod xml;

pub use format::Format;
pub use gexf::gexf;
pub use json::{RelationChoice, is_written, json, json_line};
pub use summary::summary;
pub use write::replace_file;
