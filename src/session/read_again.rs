//! All documents read once more: with another version of the program, or when files have changed.
//! Numbers of documents and entities stay, as far as they can be found again; corrections stay.

use super::Session;
use super::jobs::JobContext;
use super::lists::finder_of;
use super::reading::engine;
use super::reports::Report;
use crate::extract::{Extraction, Recognition, Wanted};
use crate::import;
use crate::model::{
    DateValue, Document, DocumentBatch, DocumentId, Edit, Entity, EntityId, FileOutcome,
    FileRecord, Project, Relation, RelationId, RelationKind, normalized_name,
};
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
        placements: Vec::new(),
        files: files_again(project, &documents),
        documents,
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

type Key = (EntityId, EntityId, RelationKind, Option<DateValue>);

fn key(relation: &Relation) -> Key {
    let (source, target) = (relation.source, relation.target);
    (source, target, relation.kind, relation.date)
}

/// The numbers that freshly found entities had before: of the one with which each shares most mentions,
/// words and all, if that is the same thing by its name or by more than half of both; or else of the
/// only one of its kind and name. Corrections go by number: in doubt it is a new one.
fn numbers_before(project: &Project, fresh: &Extraction) -> Vec<Option<EntityId>> {
    let mut owners: HashMap<(DocumentId, usize, &str), EntityId> = HashMap::new();
    for entity in project.found_entities() {
        for mention in &entity.mentions {
            let words = mention.text.as_str();
            owners.insert((mention.document, mention.start, words), entity.id);
        }
    }
    let mut votes: BTreeMap<(EntityId, usize), usize> = BTreeMap::new();
    for (index, entity) in fresh.entities.iter().enumerate() {
        for mention in &entity.mentions {
            let place = (mention.document, mention.start, mention.text.as_str());
            if let Some(&old) = owners.get(&place) {
                *votes.entry((old, index)).or_default() += 1;
            }
        }
    }
    let is_same = |old: EntityId, new: &Entity, count: usize| {
        project.found_entity(old).is_some_and(|old| {
            let is_half = count * 2 >= old.mentions.len() && count * 2 >= new.mentions.len();
            is_half || normalized_name(&old.name) == normalized_name(&new.name)
        })
    };
    let mut votes: Vec<(usize, EntityId, usize)> = votes
        .into_iter()
        .map(|((old, index), count)| (count, old, index))
        .filter(|&(count, old, index)| is_same(old, &fresh.entities[index], count))
        .collect();
    votes.sort_by_key(|&(count, old, index)| (std::cmp::Reverse(count), old, index));
    let mut taken = BTreeSet::new();
    let mut ids: Vec<Option<EntityId>> = vec![None; fresh.entities.len()];
    for (_, old, index) in votes {
        if ids[index].is_none() && taken.insert(old) {
            ids[index] = Some(old);
        }
    }
    by_name_alone(project, fresh, &taken, &mut ids);
    ids
}

/// Where a text has moved in its file no mention lies where it lay: there the name tells, if nothing
/// else of that kind bore it before or bears it now.
fn by_name_alone(
    project: &Project,
    fresh: &Extraction,
    taken: &BTreeSet<EntityId>,
    ids: &mut [Option<EntityId>],
) {
    let name = |entity: &Entity| (entity.kind, normalized_name(&entity.name));
    let mut before: BTreeMap<_, Vec<EntityId>> = BTreeMap::new();
    for entity in project.found_entities() {
        before.entry(name(entity)).or_default().push(entity.id);
    }
    let mut now: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, entity) in fresh.entities.iter().enumerate() {
        now.entry(name(entity)).or_default().push(index);
    }
    for (name, indices) in now {
        if let (&[index], Some(&[old])) = (&indices[..], before.get(&name).map(|all| &all[..]))
            && ids[index].is_none()
            && !taken.contains(&old)
        {
            ids[index] = Some(old);
        }
    }
}

/// Gives what was found the numbers of what was found before: a relation that of the same ends, kind and
/// period.
fn renumbered(project: &Project, mut fresh: Extraction) -> Extraction {
    let ids = numbers_before(project, &fresh);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityKind, Mention};

    fn document(id: u32, text: &str) -> Document {
        Document {
            path: "reports/page.html".to_owned(),
            file_hash: "0".repeat(64),
            range: None,
            ..Document::of_text(DocumentId(id), text)
        }
    }

    /// An entity with mentions in the first document: of which words, from which bytes.
    fn entity(id: u32, name: &str, starts: &[usize]) -> Entity {
        let mention = |&start: &usize| Mention {
            document: DocumentId(0),
            start,
            end: start + name.len(),
            text: name.to_owned(),
            score: 0.9,
        };
        let mut entity = Entity {
            id: EntityId(id),
            kind: EntityKind::Person,
            name: name.to_owned(),
            aliases: Vec::new(),
            roles: Vec::new(),
            mentions: starts.iter().map(mention).collect(),
            by_user: false,
            told: None,
            unit: None,
            date: None,
            location: None,
        };
        entity.refresh_aliases(&[]);
        entity
    }

    /// The numbers that fresh entities get in a project of the text and entities before.
    fn numbers(text: &str, before: Vec<Entity>, fresh: Vec<Entity>) -> Vec<u32> {
        let batch = DocumentBatch {
            documents: vec![Arc::new(document(0, text))],
            entities: before.into_iter().map(Arc::new).collect(),
            ..DocumentBatch::default()
        };
        let mut project = Project::default();
        let edit = Edit::AddDocuments(Box::new(batch));
        let (_, patch) = edit.plan(&project, "2025-02-08T12:00:00Z").unwrap();
        project.apply(patch);
        let fresh = Extraction {
            entities: fresh,
            ..Extraction::default()
        };
        let fresh = renumbered(&project, fresh);
        fresh.entities.iter().map(|entity| entity.id.0).collect()
    }

    #[test]
    fn a_number_goes_to_the_same_thing_and_to_no_other() {
        let text = "Page Top said. Biden left, and Biden slept.";
        let before = || vec![entity(0, "Page Top", &[0]), entity(1, "Biden", &[15, 31])];
        let fresh = |name, starts: &[usize]| vec![entity(0, name, starts)];
        assert_eq!(numbers(text, before(), fresh("Page Top", &[0])), [0]);
        // Something else stands there now.
        assert_eq!(numbers(text, before(), fresh("Joe Smith", &[0])), [2]);
        // All of it has moved.
        assert_eq!(numbers(text, before(), fresh("Biden", &[40, 50])), [1]);
        // Something larger has swallowed it.
        let mut large = entity(0, "Biden Hall", &[100, 120, 140]);
        large.mentions.extend(entity(0, "Page Top", &[0]).mentions);
        assert_eq!(numbers(text, before(), vec![large]), [2]);
    }

    #[test]
    fn a_name_that_two_bear_tells_no_number() {
        let before = vec![entity(0, "Kim", &[0]), entity(1, "Kim", &[10])];
        let text = "Kim left. Kim slept.";
        let fresh = vec![entity(0, "Kim", &[30])];
        assert_eq!(numbers(text, before, fresh), [2]);
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
