//! The project file: a SQLite database that holds a project with its whole history.
//!
//! In comes a project to save, out comes the same project, or one clear sentence why not. A file is
//! always written whole beside its place and then renamed, so a crash leaves the old or the new
//! state. Knows nothing of windows, jobs or when to save.

mod earlier;
mod file;
mod numbers;
mod read;
mod read_graph;
mod schema;
mod write;

pub use file::{Stamp, is_project, load, save, summary};
pub use schema::FORMAT_VERSION;

use crate::model::{History, Project};
use std::path::PathBuf;

/// What a project file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// The project, its last view included.
    pub project: Project,
    /// What can be undone and redone.
    pub history: History,
    /// For work put aside by autosave: the project file that it belongs to, if it had one.
    pub origin: Option<PathBuf>,
    /// When it was written, as an ISO 8601 instant.
    pub saved_at: String,
}

/// What a project file is about, told without reading all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The project's title; may be empty.
    pub title: String,
    /// How many entities it has.
    pub entities: usize,
    /// When it was written, as an ISO 8601 instant.
    pub saved_at: String,
    /// As [`Stored::origin`].
    pub origin: Option<PathBuf>,
}
