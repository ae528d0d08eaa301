//! All documents read once more: with another version of the program, or when files have changed.
//! Numbers of documents and entities stay, as far as they can be found again; corrections stay.

use super::Session;
use super::jobs::{JobContext, JobPlan, JobSort};
use super::lists::finder_of;
use super::reading::engine;
use super::reports::Report;
use crate::extract::{Extraction, Recognition, Wanted};
use crate::import;
use crate::model::{
    DateValue, Document, DocumentBatch, DocumentId, Edit, EntityId, FileOutcome, FileRecord,
    Project, Relation, RelationId, RelationKind,
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

impl Session {
    /// Reads all documents again, as one step of undo. Where a file is no longer there, the text that
    /// the project has of it is looked through again.
    pub(super) fn read_again(&mut self) {
        if self.is_reading() || self.project.documents().len() == 0 {
            return;
        }
        let arranging = self.settle_running_layout();
        self.layout_after_reading |= arranging.is_some_and(|layout| layout.is_of_all());
        let Some(pool) = self.jobs.pool() else {
            return;
        };
        let project = self.project.clone();
        let plan = JobPlan {
            title: "Reading documents again".to_owned(),
            can_cancel: true,
            sort: JobSort::Shown,
        };
        self.reading = self.jobs.start(plan, move |context| {
            let batch = pool.install(|| read_all_again(&project, context));
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
    let documents = documents_again(project);
    let wanted = Wanted {
        lists: finder_of(project),
        ..Wanted::default()
    };
    let total = documents.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let read: Vec<Option<(Arc<Document>, Recognition)>> = documents
        .par_iter()
        .map(|document| {
            if context.is_cancelled() {
                return None;
            }
            let recognition = engine().recognize_wanted(document, &wanted);
            let document = Document {
                sentences: recognition.sentences.len(),
                left_out: recognition.left_out.clone(),
                ..document.clone()
            };
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            context.progress(done, total);
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
        placements: Vec::new(),
        files: files_again(project, &documents),
        documents,
    })
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

/// The documents as their files have them now, with the numbers that they had.
fn documents_again(project: &Project) -> Vec<Document> {
    let mut of_path: BTreeMap<&str, Vec<&Arc<Document>>> = BTreeMap::new();
    for document in project.documents() {
        of_path.entry(&document.path).or_default().push(document);
    }
    let mut next = project.next_ids()[0];
    let mut all = Vec::new();
    for (path, known) in of_path {
        let fresh = Path::new(path)
            .is_file()
            .then(|| import::read_file(Path::new(path)).ok())
            .flatten()
            .filter(|fresh| !fresh.is_empty());
        let Some(fresh) = fresh else {
            all.extend(known.iter().map(|document| (***document).clone()));
            continue;
        };
        let mut free: Vec<DocumentId> = known.iter().map(|document| document.id).collect();
        let ids: Vec<Option<DocumentId>> = fresh
            .iter()
            .map(|document| {
                let same = known.iter().find(|k| k.text == document.text);
                let id = same.map(|k| k.id).filter(|id| free.contains(id))?;
                free.retain(|other| *other != id);
                Some(id)
            })
            .collect();
        let mut free = free.into_iter();
        for (mut document, id) in fresh.into_iter().zip(ids) {
            document.id = id.or_else(|| free.next()).unwrap_or_else(|| {
                next += 1;
                DocumentId(next - 1)
            });
            all.push(document);
        }
    }
    all.sort_by_key(|document| document.id);
    all
}

type Key = (EntityId, EntityId, RelationKind, Option<DateValue>);

fn key(relation: &Relation) -> Key {
    let (source, target) = (relation.source, relation.target);
    (source, target, relation.kind, relation.date)
}

/// Gives what was found the numbers of what was found before: an entity that of the one with which it
/// shares most mentions, a relation that of the same ends, kind and period.
fn renumbered(project: &Project, mut fresh: Extraction) -> Extraction {
    let mut owners: HashMap<(DocumentId, usize), EntityId> = HashMap::new();
    for entity in project.found_entities() {
        for mention in &entity.mentions {
            owners.insert((mention.document, mention.start), entity.id);
        }
    }
    let mut votes: BTreeMap<(EntityId, usize), usize> = BTreeMap::new();
    for (index, entity) in fresh.entities.iter().enumerate() {
        for mention in &entity.mentions {
            if let Some(&old) = owners.get(&(mention.document, mention.start)) {
                *votes.entry((old, index)).or_default() += 1;
            }
        }
    }
    let mut votes: Vec<(usize, EntityId, usize)> = votes
        .into_iter()
        .map(|((old, index), count)| (count, old, index))
        .collect();
    votes.sort_by_key(|&(count, old, index)| (std::cmp::Reverse(count), old, index));
    let mut taken = BTreeSet::new();
    let mut ids: Vec<Option<EntityId>> = vec![None; fresh.entities.len()];
    for (_, old, index) in votes {
        if ids[index].is_none() && taken.insert(old) {
            ids[index] = Some(old);
        }
    }
    let mut next = project.next_ids()[1];
    let mut id_of = Vec::with_capacity(ids.len());
    for (entity, id) in fresh.entities.iter_mut().zip(ids) {
        entity.id = id.unwrap_or_else(|| {
            next += 1;
            EntityId(next - 1)
        });
        id_of.push(entity.id);
    }
    let before: HashMap<Key, RelationId> =
        project.found_relations().map(|r| (key(r), r.id)).collect();
    let mut next = project.next_ids()[2];
    for relation in &mut fresh.relations {
        relation.source = id_of[relation.source.index()];
        relation.target = id_of[relation.target.index()];
        relation.normalize_direction();
        relation.id = before.get(&key(relation)).copied().unwrap_or_else(|| {
            next += 1;
            RelationId(next - 1)
        });
    }
    fresh
}
