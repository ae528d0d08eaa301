//! All documents read once more: with another version of the program, or when files have changed.
//! Numbers of documents and entities stay, as far as they can be found again; corrections stay.

use super::Session;
use super::jobs::JobContext;
use super::lists::finder_of;
use super::reading::engine;
use super::reports::Report;
use crate::extract::{Recognition, Wanted, keep, renumbered};
use crate::import;
use crate::model::{Document, DocumentBatch, DocumentId, Edit, FileOutcome, FileRecord, Project};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Session {
    /// Reads all documents again, as one step of undo. Where a file is no longer there, the text that
    /// the project has of it is looked through again.
    pub(super) fn read_again(&mut self) {
        if self.is_reading() || self.project.documents().len() == 0 {
            return;
        }
        self.start_on_all_documents("Reading documents again", |project, pool, context| {
            let batch = pool.install(|| read_all_again(project, context));
            if let Some(batch) = batch {
                context.report(Report::ReadAgain(Box::new(batch)));
            }
        });
    }

    pub(super) fn finish_reading_again(&mut self, job: u64, batch: Box<DocumentBatch>) {
        if self.reading == Some(job) {
            self.reading = None;
            self.run_edit(&Edit::ReadAgain(batch));
            self.go_on_after_reading();
        }
    }
}

/// What a new reading gives, under the numbers that things have in the project; `None` if stopped.
fn read_all_again(project: &Project, context: &JobContext) -> Option<DocumentBatch> {
    let progress = Progress::new(project, context);
    let documents = documents_again(project, &progress)?;
    let wanted = Wanted {
        lists: finder_of(project),
        ..Wanted::default()
    };
    let read: Vec<Option<(Arc<Document>, Recognition)>> = documents
        .par_iter()
        .map(|document| {
            progress.go_on()?;
            let recognition = engine().recognize_wanted(document, &wanted);
            let document = Document {
                sentences: recognition.sentences.len(),
                left_out: recognition.left_out.clone(),
                recognized: keep(&recognition),
                ..document.clone()
            };
            document.prepare_signature();
            Some((Arc::new(document), recognition))
        })
        .collect();
    let read: Vec<(Arc<Document>, Recognition)> = read.into_iter().collect::<Option<_>>()?;
    let items: Vec<(&Document, &Recognition)> = read.iter().map(|(d, r)| (&**d, r)).collect();
    let extraction = renumbered(project, engine().resolve(&items));
    let documents: Vec<Arc<Document>> = read.iter().map(|(d, _)| d.clone()).collect();
    Some(DocumentBatch {
        entities: extraction.entities.into_iter().map(Arc::new).collect(),
        relations: extraction.relations.into_iter().map(Arc::new).collect(),
        files: files_again(project, &documents),
        documents,
        ..DocumentBatch::default()
    })
}

/// How far a new reading is: each file, and each document, is a step.
struct Progress<'a> {
    context: &'a JobContext,
    done: AtomicUsize,
    total: usize,
}

impl<'a> Progress<'a> {
    fn new(project: &Project, context: &'a JobContext) -> Self {
        let paths: BTreeSet<&str> = project.documents().map(|d| d.path.as_str()).collect();
        Self {
            context,
            done: AtomicUsize::new(0),
            total: paths.len() + project.documents().len(),
        }
    }

    /// Counts a step that begins; `None` once the job was stopped.
    fn go_on(&self) -> Option<()> {
        let done = self.done.fetch_add(1, Ordering::Relaxed);
        // A changed file may give more documents than it gave before.
        self.context.progress(done.min(self.total), self.total);
        (!self.context.is_cancelled()).then_some(())
    }
}

/// The files with the number of documents that they have now.
fn files_again(project: &Project, documents: &[Arc<Document>]) -> Vec<FileRecord> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for document in documents {
        *count.entry(document.path.as_str()).or_default() += 1;
    }
    let mut files = project.files().to_vec();
    for file in &mut files {
        if let FileOutcome::Read { documents } = &mut file.outcome {
            *documents = count.get(file.path.as_str()).copied().unwrap_or(0);
        }
    }
    files
}

/// The documents as their files have them now, with the numbers that they had; `None` if stopped.
fn documents_again(project: &Project, progress: &Progress<'_>) -> Option<Vec<Document>> {
    let mut of_path: BTreeMap<&str, Vec<&Arc<Document>>> = BTreeMap::new();
    for document in project.documents() {
        of_path.entry(&document.path).or_default().push(document);
    }
    let paths: Vec<&str> = of_path.keys().copied().collect();
    let read: Vec<Option<Option<Vec<Document>>>> = paths
        .par_iter()
        .map(|path| {
            progress.go_on()?;
            let path = Path::new(path);
            let fresh = path.is_file().then(|| import::read_file(path).ok());
            Some(fresh.flatten().filter(|fresh| !fresh.is_empty()))
        })
        .collect();
    let read: Vec<Option<Vec<Document>>> = read.into_iter().collect::<Option<_>>()?;
    let mut next = project.next_ids()[0];
    let mut all = Vec::new();
    for (known, fresh) in of_path.values().zip(read) {
        let Some(fresh) = fresh else {
            all.extend(known.iter().map(|document| (***document).clone()));
            continue;
        };
        all.extend(renewed(known, fresh, &mut next));
    }
    all.sort_by_key(|document| document.id);
    Some(all)
}

/// The documents of one file as it has them now, under the numbers that they had. In a file that is as
/// it was there is nothing new: what is there beside those known was removed from the project.
fn renewed(known: &[&Arc<Document>], fresh: Vec<Document>, next: &mut u32) -> Vec<Document> {
    let is_unchanged = fresh
        .iter()
        .all(|document| known.iter().any(|k| k.file_hash == document.file_hash));
    let mut free: Vec<&Arc<Document>> = known.to_vec();
    let mut all = Vec::new();
    let mut unknown = Vec::new();
    for mut document in fresh {
        match free.iter().position(|k| k.text == document.text) {
            Some(at) => {
                document.id = free.remove(at).id;
                all.push(document);
            }
            None => unknown.push(document),
        }
    }
    if is_unchanged && unknown.len() != free.len() {
        // The rest of what is known is kept as the project has it.
        all.extend(free.into_iter().map(|document| (**document).clone()));
        return all;
    }
    let same = most_alike(&free, &unknown);
    for (mut document, same) in unknown.into_iter().zip(same) {
        document.id = same.unwrap_or_else(|| {
            *next += 1;
            DocumentId(*next - 1)
        });
        all.push(document);
    }
    all
}

/// Which of the known documents each of the fresh ones is now: the one with which it has most words in
/// common, counted in whole lines and sentences. What shares none with any is another article.
fn most_alike(known: &[&Arc<Document>], fresh: &[Document]) -> Vec<Option<DocumentId>> {
    let mut holders: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for (at, document) in known.iter().enumerate() {
        for sentence in sentences(&document.text) {
            holders.entry(sentence).or_default().insert(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (index, document) in fresh.iter().enumerate() {
        let own: BTreeSet<&str> = sentences(&document.text).collect();
        for sentence in own {
            // What half of the articles of a page have is its frame, and tells none of them.
            let there = holders
                .get(sentence)
                .filter(|at| at.len() * 2 <= known.len().max(2));
            for &at in there.into_iter().flatten() {
                *shared.entry((at, index)).or_default() += sentence.len();
            }
        }
    }
    let mut pairs: Vec<(usize, usize, usize)> = shared
        .into_iter()
        .map(|((at, index), bytes)| (bytes, at, index))
        .collect();
    pairs.sort_by_key(|&(bytes, at, index)| (std::cmp::Reverse(bytes), at, index));
    let mut taken = BTreeSet::new();
    let mut same = vec![None; fresh.len()];
    for (_, at, index) in pairs {
        if same[index].is_none() && taken.insert(at) {
            same[index] = Some(known[at].id);
        }
    }
    same
}

/// The lines and sentences of a text that say enough to be known again.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    const LEAST_WORDS: usize = 4;
    let lines = text
        .lines()
        .flat_map(|line| line.split_inclusive(['.', '!', '?']));
    let sentences = lines.map(str::trim);
    sentences.filter(|sentence| sentence.split_whitespace().nth(LEAST_WORDS - 1).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: u32, text: &str) -> Document {
        Document {
            path: "reports/page.html".to_owned(),
            file_hash: "0".repeat(64),
            range: None,
            ..Document::of_text(DocumentId(id), text)
        }
    }

    #[test]
    fn a_document_that_was_removed_stays_so_while_its_file_is_as_it_was() {
        let fresh = || {
            ["one", "two", "three"]
                .map(|text| document(0, text))
                .to_vec()
        };
        let (one, three) = (Arc::new(document(4, "one")), Arc::new(document(6, "three")));
        let known = [&one, &three];
        let mut next = 7;
        let ids = |all: Vec<Document>| all.iter().map(|d| d.id.0).collect::<Vec<_>>();
        assert_eq!(ids(renewed(&known, fresh(), &mut next)), [4, 6]);
        let mut changed = fresh();
        for document in &mut changed {
            document.file_hash = "1".repeat(64);
        }
        assert_eq!(ids(renewed(&known, changed, &mut next)), [4, 6, 7]);
        assert_eq!(next, 8);
    }

    #[test]
    fn an_article_keeps_its_number_by_what_it_still_says_and_not_by_its_place() {
        let known = [
            Arc::new(document(0, "Kim left the town at noon. Nobody saw it.")),
            Arc::new(document(
                1,
                "A ship sank off the coast today. All were saved.",
            )),
        ];
        let known: Vec<&Arc<Document>> = known.iter().collect();
        let changed = |text: &str| Document {
            file_hash: "1".repeat(64),
            ..document(0, text)
        };
        let fresh = vec![
            changed("Kim has a cold and rests at home. More is not known yet."),
            changed("A ship sank off the coast today. Two are missing now."),
            changed("It is late. Kim left the town at noon."),
        ];
        let mut next = 2;
        let ids: Vec<u32> = renewed(&known, fresh, &mut next)
            .iter()
            .map(|d| d.id.0)
            .collect();
        assert_eq!(ids, [2, 1, 0]);
    }
}
