//! The running state, the questions that the window asks of it, and the way job reports come in.

use super::added::Added;
use super::autosave::{Autosave, Leftover};
use super::jobs::{JobView, Jobs};
use super::layout_job::LayoutRun;
use super::measures::GraphMeasures;
use super::notices::{Notice, Notices, Severity};
use super::places::Places;
use super::reading::{FileState, ReadSource, ReadingEvent};
use super::reports::Report;
use super::settings::Settings;
use crate::analysis::Contradiction;
use crate::extract::duplicates::{Duplicates, duplicates};
use crate::geometry::{Camera, Vector};
use crate::model::{DocumentId, EntityGraph, History, Project, Visible};
use crate::scene::LivePositions;
use crate::store::Stamp;
use std::cell::OnceCell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The document that the reader shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderView {
    /// Which document.
    pub document: DocumentId,
    /// The bytes to bring into view and mark.
    pub focus: Option<[usize; 2]>,
}

/// The running state.
pub struct Session {
    pub(super) project: Arc<Project>,
    /// The growing graph while documents are read; it stands in for the project.
    pub(super) preview: Option<Arc<Project>>,
    pub(super) history: Arc<History>,
    pub(super) revision: u64,
    /// Grows with `revision`, unless all that has changed is where nodes lie and which are held there.
    pub(super) content_revision: u64,
    pub(super) view_revision: u64,
    /// Counts edits, undo and redo included.
    pub(super) changes: u64,
    /// `changes` when the project's file was last written or read.
    pub(super) saved_changes: u64,
    visible: OnceCell<Visible>,
    graph: OnceCell<EntityGraph>,
    measures: OnceCell<GraphMeasures>,
    /// Made when asked for; the same as long as the project is.
    pub(super) contradictions: OnceCell<Vec<Contradiction>>,
    duplicates: OnceCell<Duplicates>,
    pub(super) live: Option<(LivePositions, u64)>,
    pub(super) layout: Option<LayoutRun>,
    pub(super) jobs: Jobs,
    /// The job that reads documents.
    pub(super) reading: Option<u64>,
    /// What is to be read once the running reading is done.
    pub(super) queue: VecDeque<Vec<ReadSource>>,
    pub(super) pastes: usize,
    /// Nothing was laid out yet, or a layout gave way to the reading.
    pub(super) layout_after_reading: bool,
    /// The job that loads work that was left behind, and that work.
    pub(super) recovering: Option<(u64, Leftover)>,
    pub(super) file_states: Vec<(String, FileState)>,
    pub(super) notices: Notices,
    pub(super) reader: Option<ReaderView>,
    /// What the last reading added to this project.
    pub(super) added: Option<Added>,
    pub(super) path: Option<PathBuf>,
    pub(super) settings: Settings,
    pub(super) viewport: Vector,
    /// The camera that the window showed last.
    pub(super) shown_camera: Option<Camera>,
    pub(super) system_reduces_motion: bool,
    clipboard: Option<(usize, usize, Vec<u8>)>,
    pub(super) stamp: Option<Stamp>,
    /// The steps were made here; those of a file are checked when they are taken back.
    pub(super) trusted_history: bool,
    pub(super) saving: Option<u64>,
    /// Asked for while another save was being written.
    pub(super) save_next: Option<PathBuf>,
    pub(super) autosave: Autosave,
    settings_file: Option<PathBuf>,
    /// The settings as the file has them.
    settings_kept: Settings,
}

/// How a session works.
#[derive(Clone, Debug)]
pub struct SessionOptions {
    /// Where settings and unsaved work are kept; `None` is where the system keeps such things.
    pub directory: Option<PathBuf>,
    /// Threads for reading and layout; `None` is all cores, or all but one with a window.
    pub threads: Option<usize>,
    /// A window is open: one core is left to it.
    pub interactive: bool,
}

/// Questions of the window.
impl Session {
    /// A session with nothing open, for a window. Settings and unsaved work are kept in
    /// `settings_dir`, or where the system keeps such things. `wake` is called from job threads when
    /// something arrived.
    pub fn new(settings_dir: Option<PathBuf>, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let options = SessionOptions {
            directory: settings_dir,
            threads: None,
            interactive: true,
        };
        Self::with_options(options, wake)
    }

    /// A session with nothing open.
    pub fn with_options(options: SessionOptions, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let places = Places::new(options.directory);
        let settings = places.settings.as_deref().map(Settings::load);
        let settings = settings.unwrap_or_default();
        let mut autosave = Autosave {
            folder: places.autosave,
            ..Autosave::default()
        };
        autosave.find_leftovers();
        Self {
            project: Arc::default(),
            preview: None,
            history: Arc::default(),
            revision: 0,
            content_revision: 0,
            view_revision: 0,
            changes: 0,
            saved_changes: 0,
            visible: OnceCell::new(),
            graph: OnceCell::new(),
            measures: OnceCell::new(),
            contradictions: OnceCell::new(),
            duplicates: OnceCell::new(),
            live: None,
            layout: None,
            jobs: Jobs::new(wake, options.threads, options.interactive),
            reading: None,
            queue: VecDeque::new(),
            pastes: 0,
            layout_after_reading: false,
            recovering: None,
            file_states: Vec::new(),
            notices: Notices::default(),
            reader: None,
            added: None,
            path: None,
            settings_kept: settings.clone(),
            settings,
            settings_file: places.settings,
            viewport: Vector::new(800.0, 600.0),
            shown_camera: None,
            system_reduces_motion: false,
            clipboard: None,
            stamp: None,
            trusted_history: true,
            saving: None,
            save_next: None,
            autosave,
        }
    }

    /// The project as shown: while documents are read, the growing preview.
    pub fn project(&self) -> &Arc<Project> {
        self.preview.as_ref().unwrap_or(&self.project)
    }

    /// What was done and can be undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Grows whenever the project changes.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever something else of the project changes than where nodes lie and which are held
    /// there.
    pub fn content_revision(&self) -> u64 {
        self.content_revision
    }

    /// Grows whenever selection, filters or reader change (not the camera).
    pub fn view_revision(&self) -> u64 {
        self.view_revision
    }

    /// What is shown, cached.
    pub fn visible(&self) -> &Visible {
        self.visible.get_or_init(|| {
            let project = self.project();
            project.view.filters.visible(project)
        })
    }

    /// The shown graph, cached.
    pub fn graph(&self) -> &EntityGraph {
        self.graph
            .get_or_init(|| EntityGraph::new(self.project(), self.visible()))
    }

    /// Measures of the shown graph, cached.
    pub fn measures(&self) -> &GraphMeasures {
        self.measures
            .get_or_init(|| GraphMeasures::of(self.graph()))
    }

    /// What the last reading added to the project.
    pub fn last_added(&self) -> Option<&Added> {
        let added = self.added.as_ref()?;
        // Once the reading is undone there is nothing to look through.
        let is_there = |&id: &DocumentId| self.project.document(id).is_some();
        added.documents.iter().any(is_there).then_some(added)
    }

    /// Entities that may be one, cached.
    pub fn duplicates(&self) -> &Duplicates {
        self.duplicates.get_or_init(|| duplicates(self.project()))
    }

    /// Positions of a layout that runs (they stand in for the placements), and its tick.
    pub fn live_positions(&self) -> Option<(&LivePositions, u64)> {
        self.live.as_ref().map(|(live, tick)| (live, *tick))
    }

    /// The threads of reading and layouts, for what the window wants done aside; `None` as long as
    /// neither has needed them, nor the project is so large that frames do.
    pub fn pool(&self) -> Option<&Arc<rayon::ThreadPool>> {
        const LARGE: usize = 1_000;
        if self.project.entities().len() >= LARGE {
            self.jobs.pool();
        }
        self.jobs.started_pool()
    }

    /// Running jobs, oldest first.
    pub fn jobs(&self) -> &[JobView] {
        self.jobs.views()
    }

    /// Documents are being read: edits wait until that is done.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// The project is being written to its file.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// A dialog of the system waits for an answer.
    pub fn is_asking(&self) -> bool {
        self.jobs.has_open_dialogs()
    }

    /// A layout is running.
    pub fn is_arranging(&self) -> bool {
        self.layout.is_some()
    }

    /// Files of the running or last reading, in order.
    pub fn file_states(&self) -> &[(String, FileState)] {
        &self.file_states
    }

    /// Notices that are still open, oldest first.
    pub fn notices(&self) -> &[Notice] {
        self.notices.open()
    }

    /// The reader's document.
    pub fn reader(&self) -> Option<ReaderView> {
        self.reader
    }

    /// The project's file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// There are changes that the project's file does not have.
    pub fn is_dirty(&self) -> bool {
        self.changes != self.saved_changes
    }

    /// Work that a crash left behind: a sentence such as "Untitled, 48 entities, 12:03".
    pub fn recovery(&self) -> Option<&str> {
        self.autosave
            .leftovers
            .last()
            .map(|left| left.sentence.as_str())
    }

    /// The window that left the work of [`Session::recovery`] was closed by the user; otherwise it
    /// crashed or was killed.
    pub fn recovery_was_closed(&self) -> bool {
        let newest = self.autosave.leftovers.last();
        newest.is_some_and(|left| left.slot.was_closed())
    }

    /// Settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Nothing glides or flies: the user says so, or else the system.
    pub fn reduces_motion(&self) -> bool {
        self.settings
            .reduce_motion
            .unwrap_or(self.system_reduces_motion)
    }

    /// Settings, to be changed by the window (saved at the next tick).
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// An image for the clipboard, ready once a [`super::Command::CopyPicture`] is done: width, height, RGBA.
    pub fn take_clipboard_image(&mut self) -> Option<(usize, usize, Vec<u8>)> {
        self.clipboard.take()
    }
}

/// Taking in what jobs send.
impl Session {
    /// Takes in what jobs have sent; call once a frame. Gives whether anything changed.
    pub fn poll(&mut self) -> bool {
        /// A flood of reports leaves time to draw.
        const MOST_REPORTS: usize = 512;
        let before = (self.revision, self.view_revision);
        let mut changed = false;
        for _ in 0..MOST_REPORTS {
            let Some((job, report)) = self.jobs.take_report() else {
                break;
            };
            self.take_in(job, report);
            changed = true;
        }
        self.keep_settings();
        changed |= self.take_live_positions();
        changed |= self.jobs.refresh_views();
        changed || before != (self.revision, self.view_revision)
    }

    /// Waits until no job runs (command line and tests).
    pub fn wait(&mut self) {
        while !self.jobs.is_idle() {
            if let Some((job, report)) = self.jobs.wait_for_report(Duration::from_millis(50)) {
                self.take_in(job, report);
            }
            self.take_live_positions();
        }
        self.jobs.refresh_views();
    }

    /// Ends all jobs and puts unsaved work aside, to be offered at the next start; called when the
    /// window closes.
    pub fn close(&mut self) {
        self.end_jobs();
        self.settle_running_layout();
        self.keep_work();
        if self.is_dirty() {
            // Let go of, so that the next window can offer it. If the last changes could not be
            // written, what was put aside before is better than nothing.
            self.autosave.let_go();
        } else {
            self.autosave.clear();
        }
    }

    /// Ends all jobs and leaves unsaved work: the user said so.
    pub fn close_without_saving(&mut self) {
        self.end_jobs();
        self.autosave.clear();
    }

    /// Stops what can be stopped and waits for what must be finished; for what was stopped only a
    /// little while, since one very long document is read to its end. Dialogs are left open: they
    /// end with the process.
    fn end_jobs(&mut self) {
        const PATIENCE: Duration = Duration::from_secs(5);
        let started = Instant::now();
        self.queue.clear();
        self.keep_settings();
        self.jobs.cancel_all();
        while self.jobs.must_be_waited_for(started.elapsed() < PATIENCE) {
            if let Some((job, report)) = self.jobs.wait_for_report(Duration::from_millis(50)) {
                self.take_in(job, report);
            }
            self.jobs.cancel_all();
        }
        self.keep_settings();
    }

    fn keep_settings(&mut self) {
        if self.settings == self.settings_kept {
            return;
        }
        self.settings_kept = self.settings.clone();
        if let Some(Err(error)) = self
            .settings_file
            .as_deref()
            .map(|file| self.settings.save(file))
        {
            self.notice_error(&error);
        }
    }

    fn take_in(&mut self, job: u64, report: Report) {
        match report {
            Report::Reading(event) => self.note_file(event),
            Report::Preview(preview) => self.show_preview(job, preview),
            Report::ReadingDone(done) => self.finish_reading(job, *done),
            Report::ListsDone(done) => self.finish_lists(job, *done),
            Report::ReadAgain(batch) => self.finish_reading_again(job, batch),
            Report::LayoutDone(planned) => {
                self.finish_layout(job, planned.map(|planned| *planned));
            }
            Report::Commands(commands) => {
                for command in commands {
                    self.run(command);
                }
            }
            Report::Opened(opened) => self.adopt(*opened),
            Report::Saved(saved) => self.saved(job, saved),
            Report::Exported(path) => self.exported(&path),
            Report::Picture(width, height, pixels) => {
                self.clipboard = Some((width, height, pixels));
                self.notices
                    .push(Severity::Info, "Copied the picture", None);
            }
            Report::TimeToAutosave => self.start_autosave(),
            Report::Autosaved {
                changes,
                duration_ms,
                result,
            } => self.autosaved(changes, duration_ms, result),
            Report::Failed(error) => self.notice_error(&error),
            Report::Ended { crashed } => self.end_job(job, crashed),
        }
    }

    fn note_file(&mut self, event: ReadingEvent) {
        match event {
            ReadingEvent::Found(files) => self.file_states = files,
            ReadingEvent::File(index, state) => {
                if let Some(file) = self.file_states.get_mut(index) {
                    file.1 = state;
                }
            }
        }
    }

    fn end_job(&mut self, job: u64, crashed: bool) {
        let title = self.jobs.ended(job);
        if crashed {
            let title = title.unwrap_or_default();
            self.notices.push(
                Severity::Error,
                format!("{title} failed because of a defect in Redstring; your work is kept"),
                None,
            );
        }
        if self.reading == Some(job) {
            self.abandon_reading();
        }
        if self.saving == Some(job) {
            self.save_ended();
        }
        if let Some((_, leftover)) = self.recovering.take_if(|(loading, _)| *loading == job) {
            // It could not be read; the user may still decline it.
            self.autosave.leftovers.push(leftover);
        }
        if self.autosave.job == Some(job) {
            self.autosave.job = None;
        }
        if self.layout.as_ref().is_some_and(|run| run.job == job) {
            self.layout = None;
            self.live = None;
            self.revision += 1;
        }
    }

    /// The project or its filters changed: what was derived from them is made anew when asked for.
    pub(super) fn forget_caches(&mut self) {
        self.visible = OnceCell::new();
        self.graph = OnceCell::new();
        self.measures = OnceCell::new();
        self.duplicates = OnceCell::new();
    }

    /// The shown project is another one now.
    pub(super) fn project_changed(&mut self) {
        self.revision += 1;
        self.content_revision += 1;
        self.view_revision += 1;
        self.contradictions = OnceCell::new();
        self.forget_caches();
    }

    pub(super) fn notice_error(&mut self, error: &crate::error::Error) {
        self.notices.push(Severity::Error, error.to_string(), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;
    use crate::model::{EntityId, EntityKind};
    use crate::session::{Command, SelectMode};

    fn session() -> Session {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut session = Session::new(Some(folder.path().to_owned()), Arc::new(|| {}));
        for name in ["Ada", "Charles", "Mary"] {
            session.run(Command::AddEntity(
                EntityKind::Person,
                name.into(),
                Some(Point::new(name.len() as f32, 0.0)),
            ));
        }
        session
    }

    #[test]
    fn edits_are_taken_back_and_done_again() {
        let mut session = session();
        let (ada, charles) = (EntityId(0), EntityId(1));
        session.run(Command::Merge(ada, vec![charles]));
        assert_eq!(session.project().entities().len(), 2);
        assert!(session.is_dirty());
        let notice = session.notices().last().cloned().expect("a merge is told");
        assert_eq!(notice.text, "Merged Charles into Ada");
        session.run(notice.action.expect("with Undo").1);
        assert_eq!(session.project().entities().len(), 3);
        session.run(Command::Redo);
        assert_eq!(session.project().entities().len(), 2);
        assert!(!session.can_run(&Command::Redo));
    }

    #[test]
    fn selection_follows_what_exists_and_is_shown() {
        let mut session = session();
        session.run(Command::SelectAll);
        assert_eq!(session.project().view.selection.len(), 3);
        session.run(Command::Hide(vec![EntityId(1)]));
        session.run(Command::SelectAll);
        assert_eq!(session.project().view.selection.len(), 2);
        session.run(Command::Select(vec![EntityId(0)], SelectMode::Toggle));
        session.run(Command::Delete(vec![EntityId(2)]));
        assert!(session.project().view.selection.is_empty());
        session.run(Command::ToggleKind(EntityKind::Person));
        assert!(session.visible().entities.is_empty());
        assert!(!session.can_run(&Command::SelectAll));
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let mut session = session();
        let before = session.revision();
        session.run(Command::Rename(EntityId(0), "   ".into()));
        assert_eq!(session.revision(), before);
        assert_eq!(
            session.notices().last().map(|n| n.severity),
            Some(Severity::Warning)
        );
    }
}
