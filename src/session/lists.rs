//! The user's own lists of names: added, removed, and looked for in documents that were read before.

use super::edits::sentence;
use super::jobs::JobContext;
use super::notices::Severity;
use super::reading::engine;
use super::reports::Report;
use super::{Command, Session};
use crate::error::{Error, ErrorKind, Result, Warnings};
use crate::extract::lists::ListFinder;
use crate::extract::{Recognition, Wanted, keep};
use crate::import::{parse_list, read_list};
use crate::model::{
    Document, DocumentId, Edit, EntityId, EntityKind, ListBatch, ListEntry, ListedEntity,
    ListedRelation, Mention, NameList, NeverSpan, Project, Relation,
};
use rayon::ThreadPool;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ListSource {
    File(PathBuf),
    Pasted(String),
    /// Names that are never an entity.
    Never(Vec<ListEntry>),
}

/// The list that grows by "never an entity".
const NEVER_TITLE: &str = "Never an entity";

/// Result of looking for lists.
pub(super) struct ListsDone {
    pub(super) batch: ListBatch,
    pub(super) warnings: Warnings,
}

impl Session {
    /// Reads a list and looks for its names in all documents, as one step of undo.
    pub(super) fn add_list(&mut self, source: ListSource) {
        if self.is_reading() {
            self.notices.push(
                Severity::Warning,
                "Documents are being read; lists can be changed once that is done",
                None,
            );
            return;
        }
        self.start_on_all_documents(
            "Looking for listed names",
            |project, pool, context| match look(project, source, pool, context) {
                Ok(Some(done)) => context.report(Report::ListsDone(Box::new(done))),
                Ok(None) => {}
                Err(error) => context.report(Report::Failed(error)),
            },
        );
    }

    /// The lists of names are in the project from now on, and what they name is found.
    pub(super) fn finish_lists(&mut self, job: u64, done: ListsDone) {
        if self.reading != Some(job) {
            return;
        }
        self.reading = None;
        let (warnings, batch) = (done.warnings, done.batch);
        self.run_edit(&Edit::ApplyLists(Box::new(batch)));
        match &warnings.0[..] {
            [] => {}
            [only] => self
                .notices
                .push(Severity::Warning, sentence(&only.message), None),
            [first, rest @ ..] => {
                let text = format!("{}, and {} more", sentence(&first.message), rest.len());
                self.notices.push(Severity::Warning, text, None);
            }
        }
        self.go_on_after_reading();
    }

    /// Takes a list out; what it named stays.
    pub(super) fn remove_list(&mut self, index: usize) {
        let mut lists = self.project.lists().to_vec();
        if index >= lists.len() {
            return;
        }
        let gone = lists.remove(index);
        self.run_edit(&Edit::ApplyLists(Box::new(ListBatch {
            title: format!("Removed the list {}", gone.title),
            lists,
            documents: Vec::new(),
            entities: Vec::new(),
            never: Vec::new(),
            relations: Vec::new(),
        })));
    }

    /// The names of these entities are never one: they join the list of such names.
    pub(super) fn never_list(&mut self, ids: &[EntityId]) {
        let entries: Vec<ListEntry> = ids
            .iter()
            .filter_map(|&id| self.project.entity(id))
            .map(|entity| ListEntry {
                name: entity.name.clone(),
                kind: None,
                aliases: entity
                    .aliases
                    .iter()
                    .filter(|alias| **alias != entity.name)
                    .cloned()
                    .collect(),
            })
            .collect();
        if !entries.is_empty() {
            self.add_list(ListSource::Never(entries));
        }
    }
}

/// The lists of a project, ready to be looked for.
pub(super) fn finder_of(project: &Project) -> Option<Arc<ListFinder>> {
    ListFinder::new(project.lists().iter().map(|list| &**list)).map(Arc::new)
}

/// Reads list files; the warnings name file and line.
///
/// # Errors
/// When one of them cannot be used.
pub fn read_lists(paths: &[PathBuf]) -> Result<(Vec<Arc<NameList>>, Warnings)> {
    let mut lists = Vec::with_capacity(paths.len());
    let mut warnings = Warnings::default();
    for path in paths {
        let (list, told) = read_list(path)?;
        lists.push(Arc::new(list));
        warnings.extend(told);
    }
    Ok((lists, warnings))
}

/// Looks for lists in a project that was read before, and adds them to it.
///
/// # Errors
/// When it was stopped.
pub(super) fn apply_lists(
    project: &mut Project,
    lists: &[Arc<NameList>],
    pool: &ThreadPool,
    cancel: &AtomicBool,
) -> Result<()> {
    let mut all = project.lists().to_vec();
    all.extend(lists.iter().cloned());
    let batch = pool.install(|| batch(project, all, cancel, &|_| {}));
    if cancel.load(Ordering::Relaxed) {
        return Err(Error::new(ErrorKind::Cancelled, "stopped"));
    }
    let (_, patch) = Edit::ApplyLists(Box::new(batch)).plan(project, "")?;
    project.apply(patch);
    Ok(())
}

/// What a list job does; nothing if it was stopped.
fn look(
    project: &Project,
    source: ListSource,
    pool: &ThreadPool,
    context: &JobContext,
) -> Result<Option<ListsDone>> {
    let mut lists = project.lists().to_vec();
    let mut warnings = Warnings::default();
    let title = match source {
        ListSource::Never(entries) => {
            let words = match &entries[..] {
                [one] => one.name.clone(),
                several => format!("{} names", several.len()),
            };
            never_more(&mut lists, entries);
            format!("Listed {words} as never an entity")
        }
        source => {
            let (list, told) = match source {
                ListSource::File(path) => read_list(&path)?,
                ListSource::Pasted(text) => {
                    let title = free_title(&lists);
                    parse_list(&title, text.into_bytes())?
                }
                ListSource::Never(_) => (NameList::default(), Warnings::default()),
            };
            warnings = told;
            let title = format!("Added the list {}", list.title);
            // A list read again takes the place of what it was.
            lists.retain(|known| known.title != list.title);
            lists.push(Arc::new(list));
            title
        }
    };
    let total = project.documents().len();
    let cancel = context.cancel_flag().clone();
    let mut batch = pool.install(|| {
        batch(project, lists, &cancel, &|done| {
            context.progress(done, total);
        })
    });
    if context.is_cancelled() {
        return Ok(None);
    }
    batch.title = title;
    Ok(Some(ListsDone { batch, warnings }))
}

fn free_title(lists: &[Arc<NameList>]) -> String {
    let mut number = 1;
    loop {
        let title = format!("Pasted list {number}");
        if !lists.iter().any(|list| list.title == title) {
            return title;
        }
        number += 1;
    }
}

/// Adds names to the list of those that are never an entity, which comes first.
fn never_more(lists: &mut Vec<Arc<NameList>>, entries: Vec<ListEntry>) {
    let known = lists.iter().position(|list| list.title == NEVER_TITLE);
    let mut never = match known {
        Some(at) => (*lists.remove(at)).clone(),
        None => NameList {
            title: NEVER_TITLE.to_owned(),
            entries: Vec::new(),
        },
    };
    for entry in entries {
        never.entries.retain(|known| known.name != entry.name);
        never.entries.push(entry);
    }
    lists.insert(0, Arc::new(never));
}

/// What lists name in one document.
struct Found {
    document: DocumentId,
    entities: Vec<(EntityKind, String, Mention)>,
    never: Vec<NeverSpan>,
}

/// What `lists` do to `project`. Documents in which they name something are recognized again, for the
/// relations of what they name. `done` hears how many documents were looked through.
fn batch(
    project: &Project,
    lists: Vec<Arc<NameList>>,
    cancel: &AtomicBool,
    done: &(dyn Fn(usize) + Sync),
) -> ListBatch {
    let mut batch = ListBatch {
        title: String::new(),
        documents: Vec::new(),
        entities: Vec::new(),
        never: Vec::new(),
        relations: Vec::new(),
        lists,
    };
    let Some(finder) = ListFinder::new(batch.lists.iter().map(|list| &**list)) else {
        return batch;
    };
    let wanted = Wanted {
        lists: Some(Arc::new(finder)),
        ..Wanted::default()
    };
    let counter = AtomicUsize::new(0);
    let documents: Vec<&Document> = project.documents().map(|d| &**d).collect();
    let looked: Vec<(Found, Option<Recognition>)> = documents
        .par_iter()
        .filter(|_| !cancel.load(Ordering::Relaxed))
        .map(|document| {
            let found = find(document, &wanted);
            let is_touched = !found.entities.is_empty() || !found.never.is_empty();
            let recognition = is_touched.then(|| engine().recognize_wanted(document, &wanted));
            done(counter.fetch_add(1, Ordering::Relaxed) + 1);
            (found, recognition)
        })
        .collect();
    let mut entities: BTreeMap<(EntityKind, String), Vec<Mention>> = BTreeMap::new();
    let mut places: BTreeSet<(DocumentId, usize)> = BTreeSet::new();
    for (found, _) in &looked {
        batch.never.extend(&found.never);
        for (kind, name, mention) in &found.entities {
            places.insert((found.document, mention.start));
            let mentions = entities.entry((*kind, name.clone())).or_default();
            mentions.push(mention.clone());
        }
    }
    batch.entities = entities
        .into_iter()
        .map(|((kind, name), mentions)| ListedEntity {
            kind,
            name,
            mentions,
        })
        .collect();
    batch.documents = read_with_lists(project, &looked);
    let items: Vec<(&Document, &Recognition)> = looked
        .iter()
        .filter(|(found, _)| !found.entities.is_empty())
        .filter_map(|(found, recognition)| {
            Some((&**project.document(found.document)?, recognition.as_ref()?))
        })
        .collect();
    let extraction = engine().resolve_wanted(&items, &wanted);
    let mention_in = |entity: EntityId, document: DocumentId, span: Option<[usize; 2]>| {
        let mentions = &extraction.entities.get(entity.index())?.mentions;
        let mut here = mentions.iter().filter(|m| m.document == document);
        let named = span.and_then(|[start, _]| here.clone().find(|m| m.start == start));
        named.or_else(|| here.next()).map(|m| (document, m.start))
    };
    let is_listed = |entity: EntityId| {
        extraction.entities.get(entity.index()).is_some_and(|e| {
            e.mentions
                .iter()
                .any(|m| places.contains(&(m.document, m.start)))
        })
    };
    let relation = |relation: &Relation| {
        let evidence = relation.evidence.first()?;
        let document = evidence.document?;
        let either = is_listed(relation.source) || is_listed(relation.target);
        either.then_some(())?;
        Some(ListedRelation {
            source: mention_in(relation.source, document, evidence.source_span)?,
            target: mention_in(relation.target, document, evidence.target_span)?,
            relation: relation.clone(),
        })
    };
    batch.relations = extraction.relations.iter().filter_map(relation).collect();
    batch
}

/// The documents in which lists name something, with what is recognized in them with those lists.
fn read_with_lists(
    project: &Project,
    looked: &[(Found, Option<Recognition>)],
) -> Vec<Arc<Document>> {
    let read = looked.iter().filter_map(|(found, recognition)| {
        let document = project.document(found.document)?;
        let recognized = keep(recognition.as_ref()?);
        Some(Arc::new(Document {
            recognized,
            ..(**document).clone()
        }))
    });
    read.collect()
}

fn find(document: &Document, wanted: &Wanted) -> Found {
    let mut found = Found {
        document: document.id,
        entities: Vec::new(),
        never: Vec::new(),
    };
    let spans = wanted
        .lists
        .as_ref()
        .map(|lists| lists.find(&document.text));
    let mut skipped = 0;
    for span in spans.unwrap_or_default() {
        let boilerplate = &document.boilerplate;
        while boilerplate.get(skipped).is_some_and(|b| b[1] <= span.start) {
            skipped += 1;
        }
        if boilerplate.get(skipped).is_some_and(|b| b[0] < span.end) {
            continue;
        }
        match span.kind {
            None => found.never.push(NeverSpan {
                document: document.id,
                start: span.start,
                end: span.end,
            }),
            Some(kind) => found.entities.push((
                kind,
                span.name.to_owned(),
                Mention {
                    document: document.id,
                    start: span.start,
                    end: span.end,
                    text: document.text[span.start..span.end].to_owned(),
                    score: 1.0,
                },
            )),
        }
    }
    found
}

impl Command {
    /// What a command on lists asks for.
    pub(super) fn list_source(self) -> Option<ListSource> {
        match self {
            Self::AddListFile(path) => Some(ListSource::File(path)),
            Self::AddPastedList(text) => Some(ListSource::Pasted(text)),
            _ => None,
        }
    }
}
