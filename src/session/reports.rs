//! What job threads send back.

use super::Command;
use super::reading::{Reading, ReadingEvent};
use crate::error::Error;
use crate::model::{EntityId, Patch, Project};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A project while its documents are still being read.
pub(super) struct Preview {
    pub(super) project: Arc<Project>,
    /// What an entity of the preview before is called in this one.
    pub(super) renumbered: BTreeMap<EntityId, EntityId>,
}

/// What a job sends.
pub(super) enum Report {
    /// Reading: something became of a file.
    Reading(ReadingEvent),
    /// Reading: the graph so far.
    Preview(Preview),
    /// Reading is done, or was stopped: what was read.
    ReadingDone(Box<ReadingDone>),
    /// Lists of names were looked for.
    ListsDone(Box<super::lists::ListsDone>),
    /// All documents were read again.
    ReadAgain(Box<crate::model::DocumentBatch>),
    /// A layout settled or was stopped: the title of the step, and the step.
    LayoutDone(Option<Box<(String, Patch)>>),
    /// These are to be run.
    Commands(Vec<Command>),
    /// A project file was opened.
    Opened(Box<Opened>),
    /// A project file was written.
    Saved(Saved),
    /// A picture or data file was written.
    Exported(PathBuf),
    /// A picture for the clipboard: width, height, red, green, blue and opacity of each pixel.
    Picture(usize, usize, Vec<u8>),
    /// The pause after a change is over.
    TimeToAutosave,
    /// The work in progress was put aside.
    Autosaved {
        /// How many changes it holds.
        changes: u64,
        duration_ms: u64,
        result: Result<(), Error>,
    },
    /// The job could not do what it was asked to.
    Failed(Error),
    /// The job's thread ends. Always the last.
    Ended { crashed: bool },
}

/// Result of a reading job.
pub(super) struct ReadingDone {
    pub(super) reading: Reading,
    /// Everything that joins the project; `None` when nothing was read.
    pub(super) batch: Option<crate::model::DocumentBatch>,
    pub(super) renumbered: BTreeMap<EntityId, EntityId>,
    pub(super) stopped: bool,
}

/// A project file that was read.
pub(super) struct Opened {
    /// The project's own file, if it has one.
    pub(super) path: Option<PathBuf>,
    pub(super) stored: crate::store::Stored,
    pub(super) stamp: Option<crate::store::Stamp>,
    /// It is work that a crash left behind.
    pub(super) recovered: bool,
}

/// A project file that was written.
pub(super) struct Saved {
    pub(super) path: PathBuf,
    pub(super) changes: u64,
    pub(super) stamp: Option<crate::store::Stamp>,
}
