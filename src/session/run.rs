//! Carrying out a command: which part of the session takes it.

use super::reading::ReadSource;
use super::reports::Report;
use super::{Command, Session};
use crate::session::jobs::{JobPlan, JobSort};
use std::borrow::Cow;
use std::sync::Arc;

/// The sample: five reports as they were found on the web.
const SAMPLE: [(&str, &[u8]); 5] = [
    (
        "seeds/000_6ff1fd1cf2aaba7c.txt",
        include_bytes!("../../seeds/000_6ff1fd1cf2aaba7c.txt"),
    ),
    (
        "seeds/001_f4d67d99a2b34ff0.txt",
        include_bytes!("../../seeds/001_f4d67d99a2b34ff0.txt"),
    ),
    (
        "seeds/002_d10898a278a58171.txt",
        include_bytes!("../../seeds/002_d10898a278a58171.txt"),
    ),
    (
        "seeds/003_74dbb452feec4bbe.txt",
        include_bytes!("../../seeds/003_74dbb452feec4bbe.txt"),
    ),
    (
        "seeds/004_8b4234a4033eca48.txt",
        include_bytes!("../../seeds/004_8b4234a4033eca48.txt"),
    ),
];

/// The sample reports as things to read.
pub fn sample() -> Vec<ReadSource> {
    SAMPLE
        .iter()
        .map(|&(name, bytes)| ReadSource::Bytes(name.to_owned(), Cow::Borrowed(bytes)))
        .collect()
}

impl Session {
    /// Carries out one command. What cannot be done becomes a notice.
    pub fn run(&mut self, command: Command) {
        let Some(command) = self.run_view(command) else {
            return;
        };
        if let Some(edit) = self.edit_of(&command) {
            self.run_edit(&edit);
            return;
        }
        match command {
            Command::NewProject => {
                self.start_project();
            }
            Command::OpenSample => self.open_sample(),
            Command::OpenPaths(paths) => self.open_paths(paths),
            Command::Save => self.save(),
            Command::SaveAs(path) => self.save_as(path),
            Command::Recover => self.recover(),
            Command::DeclineRecovery => self.decline_recovery(),
            Command::PasteText(text) => self.read_paste(text),
            Command::ReadBytes(name, bytes) => {
                self.read(vec![ReadSource::Bytes(name, Cow::Owned(bytes))]);
            }
            Command::AddListFile(_) | Command::AddPastedList(_) => {
                if let Some(source) = command.list_source() {
                    self.add_list(source);
                }
            }
            Command::ReadAgain => self.read_again(),
            Command::NeverAnEntity(entities) => self.never_list(&entities),
            Command::RemoveList(index) => self.remove_list(index),
            Command::CancelJob(job) => self.cancel_job(job),
            Command::DismissNotice(notice) => self.notices.dismiss(notice),
            // A matter of the window, which keeps it to itself.
            Command::ShowFailedFiles => {}
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::SetTheme(theme) => self.settings.theme = theme,
            Command::ReduceMotion(choice) => self.settings.reduce_motion = choice,
            Command::SystemReducesMotion(reduced) => self.system_reduces_motion = reduced,
            Command::StartLayout(layout) => self.start_layout(layout, false),
            Command::StartLayoutOf(entities, layout) => self.start_layout_of(&entities, layout),
            Command::RemoveOverlaps => self.start_separation(),
            Command::StopLayout => self.stop_layout(),
            Command::Export(path, options) => self.export(path, &options),
            Command::CopyPicture => self.copy_picture(),
            Command::ShowFolder(folder) => self.show_folder(folder),
            // Views and edits were carried out above.
            _ => {}
        }
    }

    /// The command can be carried out now (menus grey the others out).
    pub fn can_run(&self, command: &Command) -> bool {
        let project = self.project();
        match command {
            Command::Undo => !self.is_reading() && !self.history.done().is_empty(),
            Command::Redo => !self.is_reading() && !self.history.undone().is_empty(),
            Command::Save | Command::SaveAs(_) => !self.is_reading() && !project.is_empty(),
            Command::Export(..) | Command::CopyPicture => !project.is_empty(),
            Command::StartLayout(_) | Command::RemoveOverlaps => {
                !self.is_reading() && !self.visible().entities.is_empty()
            }
            Command::StartLayoutOf(entities, _) => {
                !self.is_reading() && entities.iter().any(|&id| self.visible().has_entity(id))
            }
            Command::StopLayout => self.layout.is_some(),
            Command::Recover | Command::DeclineRecovery => self.recovery().is_some(),
            Command::CloseReader => self.reader.is_some(),
            Command::LeaveFocus => project.view.filters.around.is_some(),
            Command::Expand(entities) => {
                project.view.filters.around.is_some() || !self.hidden_neighbors(entities).is_empty()
            }
            Command::Ungroup(entities) => entities
                .iter()
                .any(|&id| project.view.groups.inside(id).next().is_some()),
            Command::FitSelection | Command::GrowSelection => !project.view.selection.is_empty(),
            Command::SelectAll | Command::InvertSelection | Command::FitAll => {
                !self.visible().entities.is_empty()
            }
            Command::CancelJob(job) => self.jobs.is_running(*job),
            Command::PasteText(text) => !text.trim().is_empty(),
            Command::AddPastedList(text) => !self.is_reading() && !text.trim().is_empty(),
            Command::AddListFile(_) => !self.is_reading(),
            Command::ReadAgain => !self.is_reading() && project.documents().len() > 0,
            Command::RemoveList(index) => !self.is_reading() && *index < project.lists().len(),
            Command::NeverAnEntity(entities) => {
                !self.is_reading()
                    && !entities.is_empty()
                    && entities.iter().all(|&id| project.entity(id).is_some())
            }
            other => match self.edit_of(other) {
                Some(edit) => !self.is_reading() && self.is_possible(&edit),
                None => true,
            },
        }
    }

    /// Runs `work` on a thread of its own (a file dialog, say); the commands it gives are then run.
    pub fn spawn(&mut self, title: &str, work: Box<dyn FnOnce() -> Vec<Command> + Send>) {
        let plan = JobPlan {
            title: title.to_owned(),
            can_cancel: false,
            sort: JobSort::Timer,
        };
        self.jobs.start(plan, move |context| {
            context.report(Report::Commands(work()))
        });
    }

    /// Leaves the project for an empty one. Unsaved work is put aside; where that cannot be done
    /// the project stays, and `false` is given.
    pub(super) fn start_project(&mut self) -> bool {
        self.settle_running_layout();
        if !self.set_work_aside() {
            return false;
        }
        // What is still being written is no longer the project that is open.
        self.saving = None;
        self.save_next = None;
        for step in [Command::Undo, Command::Redo] {
            self.notices.retract(&step);
        }
        if let Some(job) = self.reading.take() {
            self.jobs.cancel(job);
        }
        self.queue.clear();
        self.layout_after_reading = false;
        self.preview = None;
        self.project = Arc::default();
        self.history = Arc::default();
        self.trusted_history = true;
        self.path = None;
        self.stamp = None;
        self.reader = None;
        self.added = None;
        self.file_states.clear();
        self.changes += 1;
        self.saved_changes = self.changes;
        self.project_changed();
        true
    }

    fn cancel_job(&mut self, job: u64) {
        if self.layout.as_ref().is_some_and(|run| run.job == job) {
            self.stop_layout();
        } else {
            self.jobs.cancel(job);
        }
    }
}
