//! The running state without a screen: the project with its history, the view, jobs, settings.
//!
//! Panels get `&Session` and push [`Command`]s; [`Session::run`] carries them out. Long work runs on
//! job threads with snapshots and comes back as commands. Knows everything above it and no widget.

mod command;
mod settings;

pub use command::{Command, ExportOptions, SelectMode};
pub use settings::{Settings, ThemeChoice};

use crate::geometry::{Point, Vector};
use crate::model::{DocumentId, EntityGraph, EntityId, History, Project, Visible};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Info,
    /// Something went wrong in part.
    Warning,
    /// Something failed.
    Error,
}

/// One sentence for the user, with at most one thing to click.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// How serious.
    pub severity: Severity,
    /// One sentence in the user's words.
    pub text: String,
    /// "Undo", "Show": a label and what it does.
    pub action: Option<(String, Command)>,
}

/// What a job is doing, for the status line.
#[derive(Clone, Debug, PartialEq)]
pub struct JobView {
    /// Its number, for [`Command::CancelJob`].
    pub id: u64,
    /// "Reading documents", "Arranging", "Writing chart.pdf".
    pub title: String,
    /// Done and total, where they are known.
    pub progress: Option<(usize, usize)>,
    /// Seconds left, once there is a fair guess.
    pub seconds_left: Option<f32>,
    /// It can be stopped.
    pub can_cancel: bool,
}

/// What became of a file that is being read, for the documents panel.
#[derive(Clone, Debug, PartialEq)]
pub enum FileState {
    /// Not yet begun.
    Waiting,
    /// Being read.
    Reading,
    /// Read; so many documents.
    Read(usize),
    /// Left out on purpose; why.
    Skipped(String),
    /// Could not be read; why.
    Failed(String),
}

/// The document that the reader shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderView {
    /// Which document.
    pub document: DocumentId,
    /// The bytes to bring into view and mark.
    pub focus: Option<[usize; 2]>,
}

/// The running state.
pub struct Session {}

/// Questions of the window.
impl Session {
    /// A session with nothing open. `wake` is called from job threads when something arrived.
    pub fn new(_settings_dir: Option<PathBuf>, _wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        todo!()
    }
    /// The project as shown: while documents are read, the growing preview.
    pub fn project(&self) -> &Arc<Project> {
        todo!()
    }
    /// What was done and can be undone.
    pub fn history(&self) -> &History {
        todo!()
    }
    /// Grows whenever the project changes.
    pub fn revision(&self) -> u64 {
        todo!()
    }
    /// Grows whenever selection, filters or reader change (not the camera).
    pub fn view_revision(&self) -> u64 {
        todo!()
    }
    /// What is shown, cached.
    pub fn visible(&self) -> &Visible {
        todo!()
    }
    /// The shown graph, cached.
    pub fn graph(&self) -> &EntityGraph {
        todo!()
    }
    /// Positions of a layout that runs (they stand in for the placements), and its tick.
    pub fn live_positions(&self) -> Option<(&HashMap<EntityId, Point>, u64)> {
        todo!()
    }
    /// Running jobs, oldest first.
    pub fn jobs(&self) -> &[JobView] {
        todo!()
    }
    /// Documents are being read: edits wait until that is done.
    pub fn is_reading(&self) -> bool {
        todo!()
    }
    /// Files of the running or last reading, in order.
    pub fn file_states(&self) -> &[(String, FileState)] {
        todo!()
    }
    /// Notices that are still open, oldest first.
    pub fn notices(&self) -> &[Notice] {
        todo!()
    }
    /// The reader's document.
    pub fn reader(&self) -> Option<ReaderView> {
        todo!()
    }
    /// The project's file.
    pub fn path(&self) -> Option<&Path> {
        todo!()
    }
    /// There are changes that the project's file does not have.
    pub fn is_dirty(&self) -> bool {
        todo!()
    }
    /// Work that a crash left behind: a sentence such as "Untitled, 48 entities, 12:03".
    pub fn recovery(&self) -> Option<&str> {
        todo!()
    }
    /// Settings.
    pub fn settings(&self) -> &Settings {
        todo!()
    }
    /// Settings, to be changed by the window (saved at the next tick).
    pub fn settings_mut(&mut self) -> &mut Settings {
        todo!()
    }
    /// The canvas's size in screen points, told by the window each frame.
    pub fn set_viewport(&mut self, _size: Vector) {
        todo!()
    }
    /// An image for the clipboard, ready once a [`Command::CopyPicture`] is done: width, height, RGBA.
    pub fn take_clipboard_image(&mut self) -> Option<(usize, usize, Vec<u8>)> {
        todo!()
    }
    /// Takes in what jobs have sent; call once a frame. Gives whether anything changed.
    pub fn poll(&mut self) -> bool {
        todo!()
    }
    /// Carries out one command. What cannot be done becomes a notice.
    pub fn run(&mut self, _command: Command) {
        todo!()
    }
    /// The command can be carried out now (menus grey the others out).
    pub fn can_run(&self, _command: &Command) -> bool {
        todo!()
    }
    /// Runs `work` on a thread of its own (a file dialog, say); the commands it gives are then run.
    pub fn spawn(&mut self, _title: &str, _work: Box<dyn FnOnce() -> Vec<Command> + Send>) {
        todo!()
    }
    /// Waits until no job runs (command line and tests).
    pub fn wait(&mut self) {
        todo!()
    }
    /// Autosaves and ends all jobs; called when the window closes.
    pub fn close(&mut self) {
        todo!()
    }
}
