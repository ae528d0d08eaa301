//! The same engine without a running session: for the command line and for scripts.

use super::arrange::{layout_graph, map_for, placed};
use super::jobs::build_pool;
use super::layout_job::settle_rest;
use super::lists::apply_lists;
use super::name_room::with_room_for_names;
use super::one_by_one;
use super::reading::{
    FileState, Item, ReadSource, Reading, ReadingEvent, ReadingRun, canonical, engine, portions,
    warning,
};
use crate::error::{Error, ErrorKind, Result, Warnings};
use crate::export::DEFAULT_SIZE;
use crate::extract::lists::ListFinder;
use crate::extract::{Recognition, Wanted, integrate};
use crate::geometry::Vector;
use crate::layout::ForceLayout;
use crate::model::{
    Document, DocumentBatch, Edit, EntityId, FileOutcome, FileRecord, LayoutChoice, NameList,
    Patch, Project,
};
use crate::store;
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How to work without a window.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Threads to use; `None` is all cores. The result is the same for any number.
    pub threads: Option<usize>,
    /// Set it from anywhere to stop; the call then fails with [`ErrorKind::Cancelled`].
    pub cancel: Arc<AtomicBool>,
    /// What is looked for in documents; a project file has what it has.
    pub wanted: Wanted,
    /// The user's own lists: they take precedence, and stay with the project.
    pub lists: Vec<Arc<NameList>>,
}

impl ReadOptions {
    /// What to look for, with the lists made ready.
    fn wanted(&self) -> Wanted {
        let lists = ListFinder::new(self.lists.iter().map(|list| &**list));
        Wanted {
            lists: lists.map(Arc::new),
            ..self.wanted.clone()
        }
    }
}

/// How far a reading is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Files that are done, whatever became of them.
    pub done: usize,
    /// Files to read.
    pub total: usize,
    /// The file that was just done, and what became of it; `None` before the first.
    pub last: Option<(String, FileState)>,
}

/// The project file that `sources` name, and nothing else beside it, however often.
pub fn only_project(sources: &[ReadSource]) -> Option<&Path> {
    let ReadSource::Path(first) = sources.first()? else {
        return None;
    };
    let same = |source: &ReadSource| match source {
        ReadSource::Path(path) => path == first || canonical(path) == canonical(first),
        ReadSource::Bytes(..) => false,
    };
    (store::is_project(first) && sources.iter().all(same)).then_some(first)
}

/// Reads documents and folders, or one project file, into a project: with all its entities and
/// relations, without positions. [`Project::files`] tells what became of each file.
///
/// # Errors
/// When it was stopped, when the system gives no threads, or when the project file cannot be read.
/// A document that cannot be read is no error but a warning and a record.
pub fn read_all(
    sources: Vec<ReadSource>,
    options: &ReadOptions,
    progress: &mut dyn FnMut(&Progress),
) -> Result<(Project, Warnings)> {
    if let Some(path) = only_project(&sources) {
        return Ok((stored(path, options)?, Warnings::default()));
    }
    let pool = pool(options.threads)?;
    let run = reading_run(&pool, options);
    let mut meter = Meter::new(progress);
    let reading = run.read(sources, &mut |event| meter.hear(event), &mut |_| {});
    stop_if_asked(options)?;
    let warnings = reading.warnings.clone();
    let mut project = pool.install(|| project_of(reading, &options.wanted))?;
    project.apply(Patch {
        lists: Some(options.lists.clone()),
        ..Patch::default()
    });
    Ok((project, warnings))
}

/// A stored project, with further lists applied to it.
fn stored(path: &Path, options: &ReadOptions) -> Result<Project> {
    let mut project = store::load(path)?.project;
    if !options.lists.is_empty() {
        let pool = pool(options.threads)?;
        apply_lists(&mut project, &options.lists, &pool, &options.cancel)?;
    }
    Ok(project)
}

/// Reads as [`read_all`] does, but resolves each document by itself and hands it over at once, as a
/// project whose only document has the id 0; a file that failed comes as a project without
/// documents, with its warning. Memory does not grow with the number of documents. Of a project
/// file come its documents with what is stored of each.
/// Gives what became of each file.
///
/// # Errors
/// As [`read_all`], and what `hand_over` fails with.
pub fn read_streaming(
    sources: Vec<ReadSource>,
    options: &ReadOptions,
    progress: &mut dyn FnMut(&Progress),
    hand_over: &mut dyn FnMut(&Project, &Warnings) -> Result<()>,
) -> Result<Vec<FileRecord>> {
    if let Some(path) = only_project(&sources) {
        return hand_over_project(path, options, hand_over);
    }
    let pool = pool(options.threads)?;
    let run = reading_run(&pool, options);
    let mut meter = Meter::new(progress);
    let mut left_out = Reading::default();
    let items = run.find(sources, &mut left_out);
    let wanted = run.wanted.clone();
    let mut files = Vec::new();
    meter.total(items.len());
    for portion in portions(&items, pool.current_num_threads()) {
        let portion = &items[portion];
        let results = run.work_on(portion, |item| document_projects(item, &wanted));
        for (item, result) in portion.iter().zip(results) {
            stop_if_asked(options)?;
            let result = result.unwrap_or_else(|| Err(cancelled()));
            let state = hand_over_file(item, result, hand_over, &mut files)?;
            meter.done(item.name.clone(), state);
        }
    }
    for warning in left_out.warnings.0 {
        hand_over(&Project::default(), &Warnings(vec![warning]))?;
    }
    files.extend(left_out.files);
    Ok(files)
}

fn hand_over_project(
    path: &Path,
    options: &ReadOptions,
    hand_over: &mut dyn FnMut(&Project, &Warnings) -> Result<()>,
) -> Result<Vec<FileRecord>> {
    let project = stored(path, options)?;
    for document in project.documents() {
        stop_if_asked(options)?;
        hand_over(
            &one_by_one::alone(&project, document)?,
            &Warnings::default(),
        )?;
    }
    Ok(vec![FileRecord {
        path: path.display().to_string(),
        outcome: FileOutcome::Read {
            documents: project.documents().len(),
        },
    }])
}

/// Lays out the entities that the project's filters show, and settles the others next to their
/// neighbours. Pinned ones stay.
///
/// # Errors
/// When it was stopped, when the system gives no threads, or the project cannot take the positions.
pub fn arrange(
    project: &mut Project,
    choice: LayoutChoice,
    seed: u64,
    options: &ReadOptions,
) -> Result<()> {
    let [width, height] = DEFAULT_SIZE.map(|side| side as f32);
    let size = Vector::new(width, height);
    arrange_for(project, (choice, seed), size, options)
}

/// [`arrange`] for a picture of `size` points.
///
/// # Errors
/// As [`arrange`].
pub fn arrange_for(
    project: &mut Project,
    (choice, seed): (LayoutChoice, u64),
    size: Vector,
    options: &ReadOptions,
) -> Result<()> {
    let pool = pool(options.threads)?;
    let visible = project.view.filters.visible(project);
    let shown: Arc<Vec<EntityId>> = Arc::new(project.view.groups.drawn(&visible));
    let map = map_for(project, &shown, choice);
    let positions = pool.install(|| {
        let mut graph = layout_graph(project, &shown, &|_| None);
        graph.aspect = size.x / size.y;
        let positions = if choice == LayoutChoice::Force {
            let mut forces = ForceLayout::new(graph.clone(), seed);
            while stop_if_asked(options).is_ok() && forces.step() {}
            with_room_for_names(project, &shown, &graph, forces.positions(), size)
        } else {
            placed(project, &shown, graph, (choice, map), seed)
        };
        let mut all: Vec<_> = shown.iter().copied().zip(positions).collect();
        let others = settle_rest(project, &all);
        all.extend(others);
        all
    });
    stop_if_asked(options)?;
    let edit = match map {
        Some(map) => Edit::SettleMap { map, positions },
        None => Edit::SettleLayout {
            layout: choice,
            positions,
        },
    };
    let (_, patch) = edit.plan(project, "")?;
    project.apply(patch);
    Ok(())
}

fn pool(threads: Option<usize>) -> Result<Arc<ThreadPool>> {
    build_pool(threads, false)
        .ok_or_else(|| Error::new(ErrorKind::Io, "the system gives no threads to work with"))
}

fn reading_run<'a>(pool: &'a ThreadPool, options: &'a ReadOptions) -> ReadingRun<'a> {
    ReadingRun {
        pool,
        cancel: &options.cancel,
        wanted: options.wanted(),
        known: BTreeMap::new(),
        first_id: 0,
    }
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "stopped")
}

fn stop_if_asked(options: &ReadOptions) -> Result<()> {
    if options.cancel.load(Ordering::Relaxed) {
        return Err(cancelled());
    }
    Ok(())
}

/// The project that a reading makes.
fn project_of(reading: Reading, wanted: &Wanted) -> Result<Project> {
    let items: Vec<(&Document, &Recognition)> = reading
        .documents
        .iter()
        .map(|document| &**document)
        .zip(&reading.recognitions)
        .collect();
    let mut project = Project::default();
    let joined = integrate(&project, engine().resolve_wanted(&items, wanted));
    let batch = DocumentBatch {
        documents: reading.documents,
        entities: joined.entities.into_iter().map(Arc::new).collect(),
        relations: joined.relations.into_iter().map(Arc::new).collect(),
        files: reading.files,
        ..DocumentBatch::default()
    };
    let (_, patch) = Edit::AddDocuments(Box::new(batch)).plan(&project, "")?;
    project.apply(patch);
    Ok(project)
}

/// Each document of a file as a project of its own.
fn document_projects(item: &Item, wanted: &Wanted) -> Result<Vec<Project>> {
    item.read(wanted)?
        .into_iter()
        .map(|(mut document, recognition)| {
            document.sentences = recognition.sentences.len();
            document.left_out = recognition.left_out.clone();
            let reading = Reading {
                documents: vec![Arc::new(document)],
                recognitions: vec![recognition],
                ..Reading::default()
            };
            project_of(reading, wanted)
        })
        .collect()
}

fn hand_over_file(
    item: &Item,
    result: Result<Vec<Project>>,
    hand_over: &mut dyn FnMut(&Project, &Warnings) -> Result<()>,
    files: &mut Vec<FileRecord>,
) -> Result<FileState> {
    let outcome = item.outcome(result.as_ref().map(Vec::len));
    for project in &result.unwrap_or_default() {
        hand_over(project, &Warnings::default())?;
    }
    if let Some(message) = warning(&outcome) {
        let mut warnings = Warnings::default();
        warnings.push(item.name.clone(), message);
        hand_over(&Project::default(), &warnings)?;
    }
    let state = FileState::of(&outcome);
    files.push(FileRecord {
        path: item.name.clone(),
        outcome,
    });
    Ok(state)
}

/// Turns what happens to files into progress.
struct Meter<'a> {
    now: Progress,
    names: Vec<String>,
    tell: &'a mut dyn FnMut(&Progress),
}

impl<'a> Meter<'a> {
    fn new(tell: &'a mut dyn FnMut(&Progress)) -> Self {
        Self {
            now: Progress {
                done: 0,
                total: 0,
                last: None,
            },
            names: Vec::new(),
            tell,
        }
    }

    fn total(&mut self, total: usize) {
        self.now.total = total;
        (self.tell)(&self.now);
    }

    fn done(&mut self, name: String, state: FileState) {
        self.now.done += 1;
        self.now.last = Some((name, state));
        (self.tell)(&self.now);
    }

    fn hear(&mut self, event: ReadingEvent) {
        match event {
            ReadingEvent::Found(files) => {
                let total = files
                    .iter()
                    .filter(|(_, state)| *state == FileState::Waiting)
                    .count();
                self.names = files.into_iter().map(|(name, _)| name).collect();
                self.total(total);
            }
            ReadingEvent::File(index, state) if state.is_done() => {
                let name = self.names.get(index).cloned().unwrap_or_default();
                self.done(name, state);
            }
            ReadingEvent::File(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::sample;

    #[test]
    fn all_at_once_and_one_by_one_read_the_same_documents() {
        let mut told = Vec::new();
        let options = ReadOptions::default();
        let (project, warnings) =
            read_all(sample(), &options, &mut |p| told.push((p.done, p.total))).unwrap();
        assert_eq!(warnings, Warnings::default());
        assert_eq!(told.first(), Some(&(0, 5)));
        assert_eq!(told.last(), Some(&(5, 5)));
        assert_eq!(project.files().len(), 5);

        let mut texts = Vec::new();
        let files = read_streaming(sample(), &options, &mut |_| {}, &mut |one, _| {
            assert_eq!(one.documents().len(), 1);
            texts.extend(one.documents().map(|d| d.text.clone()));
            Ok(())
        })
        .unwrap();
        assert_eq!(files, project.files());
        let all: Vec<String> = project.documents().map(|d| d.text.clone()).collect();
        assert_eq!(texts, all);
    }

    #[test]
    fn entities_are_the_same_without_relations() {
        let with = ReadOptions::default();
        let mut without = ReadOptions::default();
        without.wanted.relations = false;
        let (with, _) = read_all(sample(), &with, &mut |_| {}).unwrap();
        let (without, _) = read_all(sample(), &without, &mut |_| {}).unwrap();
        // What the gazetteer knows of places needs no text.
        let told = |project: &Project| {
            let evidence = project.relations().flat_map(|relation| &relation.evidence);
            evidence.filter(|evidence| evidence.is_told()).count()
        };
        assert!(told(&with) > 0);
        assert_eq!(told(&without), 0);
        assert!(with.entities().eq(without.entities()));
    }

    #[test]
    fn threads_change_nothing() {
        let read = |threads| {
            let options = ReadOptions {
                threads: Some(threads),
                ..ReadOptions::default()
            };
            read_all(sample(), &options, &mut |_| {}).unwrap().0
        };
        assert_eq!(read(1), read(3));
    }

    #[test]
    fn what_was_stopped_is_no_result() {
        let options = ReadOptions::default();
        options.cancel.store(true, Ordering::Relaxed);
        let error = read_all(sample(), &options, &mut |_| {}).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Cancelled);
    }

    #[test]
    fn a_missing_path_is_a_record_and_a_warning() {
        let source = ReadSource::Path("there/is/no/such/file.txt".into());
        let options = ReadOptions::default();
        let (project, warnings) = read_all(vec![source], &options, &mut |_| {}).unwrap();
        assert_eq!(project.files().len(), 1);
        assert_eq!(warnings.0.len(), 1);
    }
}
