//! From paths to documents with their recognitions: found, read and looked through in parallel, kept
//! in order. The window's reading job and the command line share it.

use crate::error::{Error, Result, Warnings};
use crate::extract::{Engine, Recognition, Wanted, keep};
use crate::import;
use crate::model::{Document, DocumentId, FileOutcome, FileRecord};
use rayon::ThreadPool;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadSource {
    /// A document or folder.
    Path(PathBuf),
    /// Bytes under a name: standard input, a paste, the embedded sample, a dropped file without a path.
    Bytes(String, Cow<'static, [u8]>),
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

impl FileState {
    /// Nothing more will become of it.
    pub(super) fn is_done(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Reading)
    }

    /// The state of a file that is done.
    pub(super) fn of(outcome: &FileOutcome) -> Self {
        match outcome {
            FileOutcome::Read { documents } => Self::Read(*documents),
            FileOutcome::Skipped { reason } => Self::Skipped(reason.clone()),
            FileOutcome::Failed { reason } => Self::Failed(reason.clone()),
        }
    }
}

/// Something that happened while reading.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadingEvent {
    /// The files found, in order, with what is known of each so far.
    Found(Vec<(String, FileState)>),
    /// Something became of the file at that index.
    File(usize, FileState),
}

/// Everything that was read so far, in reading order.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) documents: Vec<Arc<Document>>,
    pub(super) recognitions: Vec<Recognition>,
    pub(super) files: Vec<FileRecord>,
    pub(super) warnings: Warnings,
    /// Files passed over because the project has them already.
    pub(super) known: usize,
    /// A path that the user named failed.
    pub(super) named_failed: bool,
}

/// One file or text to read.
pub(super) struct Item {
    /// The path as the user named it.
    pub(super) name: String,
    named: bool,
    source: ReadSource,
    /// The articles that the project has of it.
    present: Vec<Arc<Document>>,
}

/// The extractor, built once: its lexicons are the same for every reading.
pub(super) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(Engine::new)
}

/// How a reading goes on.
pub(super) struct ReadingRun<'a> {
    pub(super) pool: &'a ThreadPool,
    pub(super) cancel: &'a AtomicBool,
    /// What is looked for in the documents.
    pub(super) wanted: Wanted,
    /// What the project has of the files that it has read already.
    pub(super) known: BTreeMap<PathBuf, Vec<Arc<Document>>>,
    /// The number of the first new document.
    pub(super) first_id: u32,
}

impl ReadingRun<'_> {
    /// Reads all of `sources`. `observe` hears of every file, on the calling thread; `pause` is
    /// called between portions with what is there; not after the last. Stops between files when cancelled.
    pub(super) fn read(
        &self,
        sources: Vec<ReadSource>,
        observe: &mut dyn FnMut(ReadingEvent),
        pause: &mut dyn FnMut(&Reading),
    ) -> Reading {
        let mut reading = Reading::default();
        let items = self.find(sources, &mut reading);
        announce(&items, &reading, observe);
        let left_out = std::mem::take(&mut reading.files);
        for portion in portions(&items, self.pool.current_num_threads()) {
            let is_last = portion.end == items.len();
            for index in portion.clone() {
                observe(ReadingEvent::File(index, FileState::Reading));
            }
            let results = self.work_on(&items[portion.clone()], |item| item.read(&self.wanted));
            for (index, result) in portion.zip(results) {
                let state = match result {
                    Some(result) => self.take_in(&items[index], result, &mut reading),
                    None => FileState::Waiting,
                };
                observe(ReadingEvent::File(index, state));
            }
            if !is_last {
                pause(&reading);
            }
            if self.cancel.load(Ordering::Relaxed) {
                break;
            }
        }
        reading.files.extend(left_out);
        reading
    }

    /// Does `work` for each item in parallel, in order; `None` for those left when cancelled.
    pub(super) fn work_on<T: Send>(
        &self,
        items: &[Item],
        work: impl Fn(&Item) -> T + Sync,
    ) -> Vec<Option<T>> {
        self.pool.install(|| {
            items
                .par_iter()
                .with_max_len(1)
                .map(|item| (!self.cancel.load(Ordering::Relaxed)).then(|| work(item)))
                .collect()
        })
    }

    fn take_in(
        &self,
        item: &Item,
        result: Result<Vec<(Document, Recognition)>>,
        reading: &mut Reading,
    ) -> FileState {
        let all = |new: &Vec<_>| new.len() + item.present.len();
        let outcome = item.outcome(result.as_ref().map(all));
        for (mut document, recognition) in result.unwrap_or_default() {
            let number = self.first_id as usize + reading.documents.len();
            document.id = DocumentId(u32::try_from(number).unwrap_or(u32::MAX - 1));
            document.sentences = recognition.sentences.len();
            document.left_out = recognition.left_out.clone();
            for note in document.notes() {
                reading.warnings.push(document.path.clone(), note);
            }
            reading.documents.push(Arc::new(document));
            reading.recognitions.push(recognition);
        }
        if let Some(warning) = warning(&outcome) {
            reading.warnings.push(item.name.clone(), warning);
        }
        reading.named_failed |= item.named && matches!(outcome, FileOutcome::Failed { .. });
        let state = FileState::of(&outcome);
        reading.files.push(FileRecord {
            path: item.name.clone(),
            outcome,
        });
        state
    }

    /// The files to read, in order; what is left out goes to `reading.files`.
    pub(super) fn find(&self, sources: Vec<ReadSource>, reading: &mut Reading) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut seen: BTreeSet<PathBuf> = self.known.keys().cloned().collect();
        let mut sources = sources.into_iter().peekable();
        while let Some(source) = sources.next() {
            match source {
                ReadSource::Bytes(name, bytes) => items.push(Item {
                    name: name.clone(),
                    named: true,
                    source: ReadSource::Bytes(name, bytes),
                    present: Vec::new(),
                }),
                ReadSource::Path(first) => {
                    let mut paths = vec![first];
                    while let Some(ReadSource::Path(path)) =
                        sources.next_if(|next| matches!(next, ReadSource::Path(_)))
                    {
                        paths.push(path);
                    }
                    self.find_files(&paths, &mut seen, &mut items, reading);
                }
            }
        }
        items
    }

    fn find_files(
        &self,
        paths: &[PathBuf],
        seen: &mut BTreeSet<PathBuf>,
        items: &mut Vec<Item>,
        reading: &mut Reading,
    ) {
        let found = import::find(paths);
        for file in found.files {
            let path = canonical(&file.path);
            if let Some(present) = self.known.get(&path) {
                match file.named && lacks_articles(&file.path, present) {
                    true => items.push(Item {
                        name: present[0].path.clone(),
                        named: true,
                        source: ReadSource::Path(file.path),
                        present: present.clone(),
                    }),
                    false => reading.known += 1,
                }
            } else if seen.insert(path) {
                items.push(Item {
                    name: file.path.display().to_string(),
                    named: file.named,
                    source: ReadSource::Path(file.path),
                    present: Vec::new(),
                });
            }
        }
        // What is left out and yet a failure can only have been named: a missing path.
        reading.named_failed |= found
            .left_out
            .iter()
            .any(|record| matches!(record.outcome, FileOutcome::Failed { .. }));
        reading.files.extend(found.left_out);
        reading.warnings.extend(found.warnings);
    }
}

impl Item {
    /// Roughly how many bytes it has; 0 where that is not known.
    fn size(&self) -> u64 {
        match &self.source {
            ReadSource::Path(path) => path.metadata().map_or(0, |about| about.len()),
            ReadSource::Bytes(_, bytes) => bytes.len() as u64,
        }
    }

    /// What became of it, by the number of documents that it gave. A file without text fails if it
    /// was named, and is left out of a folder.
    pub(super) fn outcome(&self, result: std::result::Result<usize, &Error>) -> FileOutcome {
        match result {
            Ok(0) if self.named => FileOutcome::Failed {
                reason: "there is no text in it".to_owned(),
            },
            Ok(0) => FileOutcome::Skipped {
                reason: "there is no text in it".to_owned(),
            },
            Ok(documents) => FileOutcome::Read { documents },
            Err(error) => FileOutcome::Failed {
                reason: error.message.clone(),
            },
        }
    }

    /// The item's documents (ids all 0), each with what the extractor sees in it alone.
    pub(super) fn read(&self, wanted: &Wanted) -> Result<Vec<(Document, Recognition)>> {
        let documents = match &self.source {
            ReadSource::Path(path) => import::read_file(path)?,
            ReadSource::Bytes(name, bytes) => import::read_bytes(name, bytes)?,
        };
        let is_new = |document: &Document| self.present.iter().all(|p| p.text != document.text);
        Ok(documents
            .into_iter()
            .filter(is_new)
            .map(|mut document| {
                if let Some(present) = self.present.first() {
                    document.path.clone_from(&present.path);
                }
                let recognition = engine().recognize_wanted(&document, wanted);
                document.recognized = keep(&recognition);
                document.prepare_signature();
                (document, recognition)
            })
            .collect())
    }
}

/// Articles of a file that is as it was are no longer in the project: they were removed, and come back
/// when the file is named. What is in a file that was changed is for reading all again.
fn lacks_articles(path: &Path, present: &[Arc<Document>]) -> bool {
    let Ok(articles) = import::read_file(path) else {
        return false;
    };
    let is_same = |article: &Document| present.iter().any(|p| p.file_hash == article.file_hash);
    let is_there = |article: &Document| present.iter().any(|p| p.text == article.text);
    articles.iter().all(is_same) && !articles.iter().all(is_there)
}

/// What is said of a file that gave nothing.
pub(super) fn warning(outcome: &FileOutcome) -> Option<String> {
    match outcome {
        FileOutcome::Read { .. } => None,
        FileOutcome::Skipped { reason } => Some(format!("skipped: {reason}")),
        FileOutcome::Failed { reason } => Some(reason.clone()),
    }
}

/// Cuts the items into portions that are worked on together: enough of them to keep all threads
/// busy, and few enough bytes that memory does not grow with the number of files. The first is short,
/// so that something is there to be seen soon.
pub(super) fn portions(items: &[Item], threads: usize) -> Vec<Range<usize>> {
    const MOST_BYTES: u64 = 24 << 20;
    let mut portions = Vec::new();
    let (mut first, mut bytes) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        bytes += item.size();
        let most_items = if first == 0 { threads } else { threads * 4 };
        if at + 1 - first >= most_items || bytes >= MOST_BYTES {
            portions.push(first..at + 1);
            (first, bytes) = (at + 1, 0);
        }
    }
    if first < items.len() {
        portions.push(first..items.len());
    }
    portions
}

/// The path without links and relative parts, so that one file has one name.
pub(super) fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn announce(items: &[Item], reading: &Reading, observe: &mut dyn FnMut(ReadingEvent)) {
    let waiting = items
        .iter()
        .map(|item| (item.name.clone(), FileState::Waiting));
    let left_out = reading
        .files
        .iter()
        .map(|record| (record.path.clone(), FileState::of(&record.outcome)));
    observe(ReadingEvent::Found(waiting.chain(left_out).collect()));
}
