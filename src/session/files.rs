//! Opening, saving and recovering projects, and putting work aside while it goes on.

use super::jobs::{JobPlan, JobSort};
use super::notices::Severity;
use super::reading::ReadSource;
use super::reports::{Opened, Report, Saved};
use super::{Command, Session};
use crate::model::EntityId;
use crate::store;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

impl Session {
    /// What the project is called: its title, its file's name, or "Untitled".
    pub fn name(&self) -> String {
        let title = self.project.title();
        if !title.is_empty() {
            return title.to_owned();
        }
        self.path
            .as_deref()
            .and_then(Path::file_stem)
            .map_or("Untitled".to_owned(), |stem| {
                stem.to_string_lossy().into_owned()
            })
    }

    /// Reads the embedded sample reports into a new project.
    pub(super) fn open_sample(&mut self) {
        if self.start_project() {
            self.read(super::run::sample());
        }
    }

    /// Opens one project, or reads documents and folders into the present one.
    pub(super) fn open_paths(&mut self, paths: Vec<PathBuf>) {
        let projects = paths.iter().filter(|path| store::is_project(path)).count();
        match (projects, &paths[..]) {
            (0, _) => self.read(paths.into_iter().map(ReadSource::Path).collect()),
            (1, [only]) => self.open_project(only.clone()),
            _ => self.notices.push(
                Severity::Warning,
                "A project is opened by itself: open it first, then add documents to it",
                None,
            ),
        }
    }

    fn open_project(&mut self, path: PathBuf) {
        let file = path.clone();
        self.load_in_job(&path, move |stored| Opened {
            stamp: store::Stamp::of(&file),
            path: Some(file),
            stored,
            recovered: false,
        });
    }

    fn load_in_job(
        &mut self,
        path: &Path,
        opened: impl FnOnce(store::Stored) -> Opened + Send + 'static,
    ) -> Option<u64> {
        let path = path.to_owned();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let plan = JobPlan {
            title: format!("Opening {name}"),
            can_cancel: false,
            sort: JobSort::Shown,
        };
        self.jobs.start(plan, move |context| {
            context.report(match store::load(&path) {
                Ok(stored) => Report::Opened(Box::new(opened(stored))),
                Err(error) => Report::Failed(error),
            });
        })
    }

    /// A project file was read: it takes the place of the present project.
    pub(super) fn adopt(&mut self, opened: Opened) {
        if !self.start_project() {
            return;
        }
        let Opened {
            path,
            stored,
            stamp,
            recovered,
        } = opened;
        self.project = Arc::new(stored.project);
        self.history = Arc::new(stored.history);
        self.trusted_history = false;
        self.path = path.clone();
        self.stamp = stamp;
        self.changes += 1;
        if recovered {
            if let Some((_, leftover)) = self.recovering.take() {
                self.autosave.slot = Some(leftover.slot.take_up());
                self.autosave.saved_changes = Some(self.changes);
            }
        } else {
            self.saved_changes = self.changes;
        }
        if let Some(path) = path {
            self.settings.remember(&path);
        }
        self.drop_dead_selection();
        self.project_changed();
        let unplaced = |id: &EntityId| self.project.placement(*id).position.is_none();
        let shown = &self.visible().entities;
        if !shown.is_empty() && shown.iter().all(unplaced) {
            self.start_first_layout();
        }
    }

    /// Writes the project to its file.
    pub(super) fn save(&mut self) {
        let Some(path) = self.path.clone() else {
            self.notices.push(
                Severity::Warning,
                "This project has no file yet: choose one with Save as",
                None,
            );
            return;
        };
        let now = store::Stamp::of(&path);
        if now.is_some() && now != self.stamp {
            let text = format!(
                "{} was changed by another program since it was opened; \
                 save under another name, or choose the same one to replace it",
                path.display()
            );
            self.notices.push(Severity::Error, text, None);
            return;
        }
        self.write_project(path);
    }

    /// Writes the project to `path`, whatever is there, and keeps that as its file.
    pub(super) fn save_as(&mut self, mut path: PathBuf) {
        if path.extension().is_none() {
            path.set_extension("redstring");
            if path.exists() && Some(path.as_path()) != self.path() {
                let text = format!(
                    "{} exists already: choose that name itself to replace it",
                    path.display()
                );
                self.notices.push(Severity::Error, text, None);
                return;
            }
        }
        self.write_project(path);
    }

    fn write_project(&mut self, path: PathBuf) {
        if let Some(job) = self.saving
            && self.jobs.is_running(job)
        {
            self.save_next = Some(path);
            return;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let plan = JobPlan {
            title: format!("Saving {name}"),
            can_cancel: false,
            sort: JobSort::Shown,
        };
        let (project, history) = (self.project.clone(), self.history.clone());
        let changes = self.changes;
        self.saving = self.jobs.start(plan, move |context| {
            context.report(match store::save(&path, &project, &history, None) {
                Ok(stamp) => Report::Saved(Saved {
                    path,
                    changes,
                    stamp,
                }),
                Err(error) => Report::Failed(error),
            });
        });
    }

    pub(super) fn saved(&mut self, job: u64, saved: Saved) {
        self.settings.remember(&saved.path);
        let name = saved.path.file_name().unwrap_or_default().to_string_lossy();
        self.notices
            .push(Severity::Info, format!("Saved {name}"), None);
        if self.saving != Some(job) {
            // Another project is open by now: that file is not its file.
            return;
        }
        self.saved_changes = saved.changes;
        self.stamp = saved.stamp;
        self.path = Some(saved.path);
        if !self.is_dirty() {
            self.autosave.clear();
        }
        self.view_revision += 1;
    }

    /// A save has ended; the one asked for meanwhile begins.
    pub(super) fn save_ended(&mut self) {
        self.saving = None;
        if let Some(next) = self.save_next.take() {
            self.write_project(next);
        }
    }
}

/// Work in progress.
impl Session {
    /// Takes the newest work that was left behind.
    pub(super) fn recover(&mut self) {
        if self.recovering.is_some() {
            return;
        }
        let Some(leftover) = self.autosave.leftovers.pop() else {
            return;
        };
        let file = leftover.slot.writer.file.clone();
        let job = self.load_in_job(&file, |stored| {
            let path = stored.origin.clone();
            // A file that was written after this work was put aside holds something else: saving
            // over it is then refused like over any change by others.
            let put_aside = stored.saved_at.parse::<jiff::Timestamp>().ok();
            let stamp = path.as_deref().and_then(store::Stamp::of);
            Opened {
                stamp: stamp.filter(|stamp| !stamp.is_later_than(put_aside)),
                path,
                stored,
                recovered: true,
            }
        });
        match job {
            Some(job) => self.recovering = Some((job, leftover)),
            None => self.autosave.leftovers.push(leftover),
        }
        self.view_revision += 1;
    }

    pub(super) fn decline_recovery(&mut self) {
        if let Some(leftover) = self.autosave.leftovers.pop() {
            leftover.slot.decline();
            self.view_revision += 1;
        }
    }

    /// After a change: in a few seconds the work is put aside.
    pub(super) fn plan_autosave(&mut self) {
        let busy = self.autosave.job.is_some() || self.autosave.folder.is_none();
        if busy || !self.has_unkept_changes() {
            return;
        }
        let pause = self.autosave.pause();
        let plan = JobPlan {
            title: "Waiting to put work aside".to_owned(),
            can_cancel: true,
            sort: JobSort::Timer,
        };
        self.autosave.job = self.jobs.start(plan, move |context| {
            context.sleep(pause);
            context.report(Report::TimeToAutosave);
        });
    }

    /// There are changes that neither the project's file nor the slot has.
    fn has_unkept_changes(&self) -> bool {
        self.is_dirty() && self.autosave.saved_changes != Some(self.changes)
    }

    /// Puts the work aside in a job of its own.
    pub(super) fn start_autosave(&mut self) {
        self.autosave.job = None;
        if !self.has_unkept_changes() {
            return;
        }
        let writer = match self.autosave.slot() {
            Ok(slot) => slot.writer.clone(),
            Err(error) => return self.autosave_failed(&error),
        };
        let (project, history) = (self.project.clone(), self.history.clone());
        let (origin, changes) = (self.path.clone(), self.changes);
        let plan = JobPlan {
            title: "Putting work aside".to_owned(),
            can_cancel: false,
            sort: JobSort::Quiet,
        };
        self.autosave.job = self.jobs.start(plan, move |context| {
            let started = Instant::now();
            let result = writer.write(changes, &project, &history, origin.as_deref());
            context.report(Report::Autosaved {
                changes,
                duration_ms: started.elapsed().as_millis() as u64,
                result,
            });
        });
    }

    pub(super) fn autosaved(
        &mut self,
        changes: u64,
        duration_ms: u64,
        result: crate::error::Result<()>,
    ) {
        self.autosave.job = None;
        self.autosave.last_ms = duration_ms;
        match result {
            Ok(()) => {
                self.autosave.failed = false;
                if self.autosave.slot.is_some() {
                    self.autosave.saved_changes = Some(changes);
                }
            }
            Err(error) => self.autosave_failed(&error),
        }
        self.plan_autosave();
    }

    /// Told once, not every few seconds.
    fn autosave_failed(&mut self, error: &crate::error::Error) {
        if !self.autosave.failed {
            self.autosave.failed = true;
            let text = format!("Unsaved work is not backed up: {error}");
            self.notices.push(Severity::Warning, text, None);
        }
    }

    /// Before the project gives way to another: unsaved work is put aside and offered. Gives
    /// whether nothing would be lost.
    pub(super) fn set_work_aside(&mut self) -> bool {
        if self.project.is_empty() || !self.is_dirty() {
            self.autosave.clear();
            return true;
        }
        if !self.keep_work() {
            let text = "Unsaved work cannot be put aside, so it stays open: save it first";
            self.notices.push(Severity::Error, text, None);
            return false;
        }
        if self.autosave.set_aside().is_some() {
            self.notices.push(
                Severity::Info,
                "Unsaved work was put aside",
                Some(("Take it back", Command::Recover)),
            );
        }
        true
    }

    /// Writes unsaved work into the slot now; gives whether there is any, and it is there.
    pub(super) fn keep_work(&mut self) -> bool {
        if !self.is_dirty() || self.autosave.folder.is_none() {
            return false;
        }
        if !self.has_unkept_changes() {
            return true;
        }
        let changes = self.changes;
        let origin = self.path.as_deref();
        let written = self.autosave.slot().and_then(|slot| {
            slot.writer
                .write(changes, &self.project, &self.history, origin)
        });
        match written {
            Ok(()) => {
                self.autosave.saved_changes = Some(self.changes);
                true
            }
            Err(error) => {
                self.autosave_failed(&error);
                false
            }
        }
    }
}
