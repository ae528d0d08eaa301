//! Reading documents into the project while the window goes on: the growing preview, and at the end
//! one step of undo.

use super::added::Added;
use super::jobs::{JobContext, JobPlan, JobSort};
use super::layout_job::settle_rest;
use super::lists::finder_of;
use super::notices::Severity;
use super::reading::{ReadSource, Reading, ReadingEvent, ReadingRun, canonical};
use super::reports::{Preview, ReadingDone, Report};
use super::{Command, FileState, Session};
use crate::extract::{Wanted, join_documents};
use crate::model::{
    Document, DocumentBatch, DocumentId, Edit, EntityId, FileOutcome, FileRecord, Placement,
    Project,
};
use rayon::ThreadPool;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

impl Session {
    /// Reads texts into the project, after what is being read now.
    pub(super) fn read(&mut self, sources: Vec<ReadSource>) {
        if sources.is_empty() {
            return;
        }
        if self.is_reading() {
            self.queue.push_back(sources);
            return;
        }
        let arranging = self.settle_running_layout();
        self.layout_after_reading |= arranging.is_some_and(|layout| layout.is_of_all());
        let Some(pool) = self.jobs.pool() else {
            self.notices.push(
                Severity::Error,
                "The system gives no threads to read documents with",
                None,
            );
            return;
        };
        let work = ReadingWork {
            base: self.project.clone(),
            pool,
        };
        let plan = JobPlan {
            title: "Reading documents".to_owned(),
            can_cancel: true,
            sort: JobSort::Shown,
        };
        self.file_states.clear();
        self.reading = self.jobs.start(plan, move |context| {
            let done = work.run(sources, context);
            context.report(Report::ReadingDone(Box::new(done)));
        });
    }

    /// Reads pasted text under a name of its own.
    pub(super) fn read_paste(&mut self, text: String) {
        if text.trim().is_empty() {
            self.notices
                .push(Severity::Warning, "There is no text to paste", None);
            return;
        }
        let taken =
            |name: &str, session: &Self| session.project.documents().any(|d| d.path == name);
        let mut name;
        loop {
            self.pastes += 1;
            name = format!("pasted text {}", self.pastes);
            if !taken(&name, self) {
                break;
            }
        }
        self.read(vec![ReadSource::Bytes(name, Cow::Owned(text.into_bytes()))]);
    }

    pub(super) fn show_preview(&mut self, job: u64, preview: Preview) {
        if self.reading != Some(job) {
            return;
        }
        let view = renumbered_view(self.project(), &preview.renumbered);
        let mut project = preview.project;
        Arc::make_mut(&mut project).view = view;
        self.preview = Some(project);
        self.project_changed();
    }

    /// What was read joins the project as one step.
    pub(super) fn finish_reading(&mut self, job: u64, done: ReadingDone) {
        if self.reading != Some(job) {
            return;
        }
        self.reading = None;
        let view = renumbered_view(self.project(), &done.renumbered);
        let was_empty = self.project.is_empty();
        let shown_preview = self.preview.take().is_some();
        self.tell_of_reading(&done);
        if let Some(batch) = done.batch {
            let edit = Edit::AddDocuments(Box::new(batch));
            match edit.plan(&self.project, "") {
                Ok((title, patch)) => {
                    let before = self.project.clone();
                    Arc::make_mut(&mut self.project).view = view;
                    self.perform(title.clone(), patch);
                    self.added = Some(Added::between(&before, &self.project));
                    self.notices
                        .push(Severity::Info, title, Some(("Undo", Command::Undo)));
                    self.layout_after_reading |= was_empty;
                }
                Err(error) => self.notice_error(&error),
            }
        } else if shown_preview {
            self.project_changed();
        }
        self.go_on_after_reading();
    }

    /// The reading job ended without a result.
    pub(super) fn abandon_reading(&mut self) {
        self.reading = None;
        if self.preview.take().is_some() {
            self.project_changed();
        }
        self.go_on_after_reading();
    }

    /// What waits is read next; once all is read, the nodes are laid out if they never were.
    pub(super) fn go_on_after_reading(&mut self) {
        if let Some(next) = self.queue.pop_front() {
            self.read(next);
        } else if std::mem::take(&mut self.layout_after_reading) {
            self.start_first_layout();
        }
    }

    fn tell_of_reading(&mut self, done: &ReadingDone) {
        let failed: Vec<&FileRecord> = done
            .reading
            .files
            .iter()
            .filter(|file| matches!(file.outcome, FileOutcome::Failed { .. }))
            .collect();
        let found = done.reading.files.len();
        match failed[..] {
            [] => {}
            [only] if found == 1 => {
                if let FileOutcome::Failed { reason } = &only.outcome {
                    self.notices
                        .push(Severity::Error, format!("{}: {reason}", only.path), None);
                }
            }
            [first, ..] => {
                let mut text = format!("{} of {found} files could not be read", failed.len());
                let action = if self.project.is_empty() && done.reading.documents.is_empty() {
                    // There is no list of files yet that could be shown.
                    if let FileOutcome::Failed { reason } = &first.outcome {
                        text.push_str(&format!(". {}: {reason}", first.path));
                    }
                    None
                } else {
                    Some(("Show", Command::ShowFailedFiles))
                };
                self.notices.push(Severity::Warning, text, action);
            }
        }
        if done.reading.known > 0 {
            let text = match done.reading.known {
                1 => "1 file is in the project already and was not read again".to_owned(),
                several => {
                    format!("{several} files are in the project already and were not read again")
                }
            };
            self.notices.push(Severity::Info, text, None);
        } else if done.reading.documents.is_empty() && failed.is_empty() && !done.stopped {
            let text = match found {
                0 => "No documents were found there".to_owned(),
                1 => "The file found there is not one that can be read".to_owned(),
                several => format!("None of the {several} files found there can be read"),
            };
            self.notices.push(Severity::Warning, text, None);
        }
        if done.stopped {
            let text = format!(
                "Reading was stopped; {} documents were kept",
                done.reading.documents.len()
            );
            self.notices.push(Severity::Info, text, None);
        }
    }
}

/// The view of the shown project, with entities called as they are called now.
fn renumbered_view(
    shown: &Project,
    renumbered: &BTreeMap<EntityId, EntityId>,
) -> crate::model::SavedView {
    let mut view = shown.view.clone();
    view.selection = view
        .selection
        .iter()
        .filter_map(|id| renumbered.get(id).copied())
        .collect();
    view.selected_relation = None;
    view
}

/// What the reading thread works on.
struct ReadingWork {
    base: Arc<Project>,
    pool: Arc<ThreadPool>,
}

impl ReadingWork {
    fn run(&self, sources: Vec<ReadSource>, context: &JobContext) -> ReadingDone {
        let run = ReadingRun {
            pool: &self.pool,
            cancel: context.cancel_flag(),
            wanted: Wanted {
                lists: finder_of(&self.base),
                ..Wanted::default()
            },
            known: self.known_files(),
            first_id: self.base.next_ids()[0],
        };
        let mut growth = Growth::new(self);
        let (mut done, mut total) = (0, 0);
        let mut observe = |event: ReadingEvent| {
            match &event {
                ReadingEvent::Found(files) => {
                    let waiting = |file: &&(String, FileState)| file.1 == FileState::Waiting;
                    total = files.iter().filter(waiting).count();
                }
                ReadingEvent::File(_, state) if state.is_done() => done += 1,
                ReadingEvent::File(..) => {}
            }
            context.progress(done, total);
            context.report(Report::Reading(event));
        };
        let reading = run.read(sources, &mut observe, &mut |reading| {
            if let Some(preview) = growth.grow(reading) {
                context.report(Report::Preview(preview));
            }
        });
        let stopped = context.is_cancelled();
        growth.finish(reading, stopped)
    }

    /// What the project has of the files that it has read; those that failed are tried again.
    fn known_files(&self) -> BTreeMap<PathBuf, Vec<Arc<Document>>> {
        let mut by_name: BTreeMap<&str, Vec<Arc<Document>>> = BTreeMap::new();
        for document in self.base.documents() {
            let of_file = by_name.entry(&document.path).or_default();
            of_file.push(document.clone());
        }
        let files = by_name.into_iter();
        files
            .map(|(path, documents)| (canonical(Path::new(path)), documents))
            .collect()
    }
}

/// The graph that grows while documents are read.
struct Growth<'a> {
    work: &'a ReadingWork,
    /// The last preview.
    shown: Arc<Project>,
    /// Which entity of the last preview a mention belongs to.
    owners: HashMap<(DocumentId, usize), EntityId>,
    next: Instant,
    documents: usize,
}

impl<'a> Growth<'a> {
    /// The first preview comes as soon as there is something to show, then one at most so often; when
    /// making one takes long, pauses of four times that.
    const PAUSE: Duration = Duration::from_millis(300);

    fn new(work: &'a ReadingWork) -> Self {
        let mut growth = Self {
            work,
            shown: work.base.clone(),
            owners: HashMap::new(),
            next: Instant::now(),
            documents: 0,
        };
        growth.remember(&work.base.clone());
        growth
    }

    /// The next preview, if it is time for one.
    fn grow(&mut self, reading: &Reading) -> Option<Preview> {
        if Instant::now() < self.next || reading.documents.len() == self.documents {
            return None;
        }
        let started = Instant::now();
        self.documents = reading.documents.len();
        let (batch, renumbered) = self.batch(reading);
        let mut project = (*self.work.base).clone();
        let edit = Edit::AddDocuments(Box::new(batch));
        let (_, patch) = edit.plan(&project, "").ok()?;
        project.apply(patch);
        self.remember(&project);
        self.shown = Arc::new(project);
        self.next = Instant::now() + Self::PAUSE.max(started.elapsed() * 4);
        Some(Preview {
            project: self.shown.clone(),
            renumbered,
        })
    }

    fn finish(mut self, reading: Reading, stopped: bool) -> ReadingDone {
        let (batch, renumbered) = if reading.documents.is_empty() {
            let same = self.shown.entities().map(|e| (e.id, e.id)).collect();
            (None, same)
        } else {
            let (batch, renumbered) = self.batch(&reading);
            (Some(batch), renumbered)
        };
        ReadingDone {
            reading,
            batch,
            renumbered,
            stopped,
        }
    }

    /// What the documents read so far add to the project, with places for what is new.
    fn batch(&mut self, reading: &Reading) -> (DocumentBatch, BTreeMap<EntityId, EntityId>) {
        let documents = reading.documents.iter().map(|document| &**document);
        let items: Vec<_> = documents.zip(&reading.recognitions).collect();
        let (mut batch, grown) = self.work.pool.install(|| {
            let joined = join_documents(&self.work.base, &items);
            let batch = DocumentBatch {
                documents: reading.documents.clone(),
                entities: joined.entities.into_iter().map(Arc::new).collect(),
                relations: joined.relations.into_iter().map(Arc::new).collect(),
                gone_entities: joined.gone_entities,
                gone_relations: joined.gone_relations,
                placements: Vec::new(),
                files: reading.files.clone(),
            };
            let mut grown = (*self.work.base).clone();
            if let Ok((_, patch)) = Edit::AddDocuments(Box::new(batch.clone())).plan(&grown, "") {
                grown.apply(patch);
            }
            (batch, grown)
        });
        let renumbered = self.renumber(&grown);
        let mut placed: Vec<(EntityId, crate::geometry::Point)> = Vec::new();
        for (&old, &new) in &renumbered {
            if grown.placement(new).position.is_none()
                && let Some(position) = self.shown.placement(old).position
            {
                placed.push((new, position));
            }
        }
        let settled = self.work.pool.install(|| settle_rest(&grown, &placed));
        placed.extend(settled);
        batch.placements = placed
            .into_iter()
            .map(|(id, position)| {
                let placement = Placement {
                    position: Some(position),
                    ..grown.placement(id)
                };
                (id, placement)
            })
            .collect();
        batch.placements.sort_by_key(|&(id, _)| id);
        (batch, renumbered)
    }

    /// Which entity of `grown` each entity of the last preview is now: the one that has most of its
    /// mentions. Entities of the base project keep their numbers.
    fn renumber(&self, grown: &Project) -> BTreeMap<EntityId, EntityId> {
        let mut votes: BTreeMap<EntityId, BTreeMap<EntityId, usize>> = BTreeMap::new();
        for entity in grown.entities() {
            for mention in &entity.mentions {
                if let Some(&old) = self.owners.get(&(mention.document, mention.start)) {
                    *votes.entry(old).or_default().entry(entity.id).or_default() += 1;
                }
            }
        }
        let mut taken: BTreeSet<EntityId> = BTreeSet::new();
        let mut renumbered = BTreeMap::new();
        // What became part of something else is that from now on.
        let stays = |id: &EntityId| grown.entity(*id).is_some();
        for id in self.work.base.entities().map(|e| e.id).filter(stays) {
            taken.insert(id);
            renumbered.insert(id, id);
        }
        for (old, candidates) in votes {
            let best = candidates
                .into_iter()
                .filter(|(new, _)| !taken.contains(new))
                .max_by_key(|&(new, count)| (count, std::cmp::Reverse(new)));
            if let (Some((new, _)), false) = (best, renumbered.contains_key(&old)) {
                taken.insert(new);
                renumbered.insert(old, new);
            }
        }
        renumbered
    }

    fn remember(&mut self, project: &Project) {
        self.owners.clear();
        for entity in project.entities() {
            for mention in &entity.mentions {
                self.owners
                    .insert((mention.document, mention.start), entity.id);
            }
        }
    }
}
