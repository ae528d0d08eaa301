//! Relations follow the mentions that their evidence rests on.

use super::outdone::{drop_outdone_sentences, without_outdone};
use super::state::State;
use crate::model::{
    CorrectionKind, DateValue, DocumentId, Entity, EntityId, Evidence, Origin, Project, Relation,
    RelationId, RelationKind, Status,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the user said of a relation.
pub(super) struct RelationChange {
    pub(super) source: EntityId,
    pub(super) target: EntityId,
    pub(super) kind: RelationKind,
    pub(super) made: Option<RelationId>,
    pub(super) period: Option<DateValue>,
    pub(super) removed: bool,
    pub(super) note: String,
    pub(super) when: String,
    /// Document and first byte of the sentences that it was removed with.
    pub(super) sentences: BTreeSet<(DocumentId, usize)>,
    /// What the user wrote of the relation that is removed, as it was then.
    pub(super) takes: Vec<Evidence>,
    /// Sentences of documents from this one on are removed too.
    pub(super) new_from: Option<DocumentId>,
}

type Key = (EntityId, EntityId, RelationKind, Option<DateValue>);

fn key(relation: &Relation) -> Key {
    (
        relation.source,
        relation.target,
        relation.kind,
        relation.date,
    )
}

/// Relations in the making: one for each key.
struct Relations<'a> {
    all: BTreeMap<RelationId, Arc<Relation>>,
    by_key: BTreeMap<Key, RelationId>,
    /// The numbers that relations had before this replay.
    before: BTreeMap<Key, RelationId>,
    next: u32,
    /// Those whose evidence is still to be put in order.
    joined: BTreeSet<RelationId>,
    state: &'a State<'a>,
}

/// The relations of the entities as they are now. Those whose ends were not touched are shared with
/// the findings; a relation that was there before keeps its number.
pub(super) fn relations(state: &State<'_>) -> BTreeMap<RelationId, Arc<Relation>> {
    let project = state.project;
    let found = without_outdone(&project.found_relations);
    if state.touched.is_empty() && state.relation_changes.is_empty() {
        return found;
    }
    let is_touched =
        |r: &Relation| state.touched.contains(&r.source) || state.touched.contains(&r.target);
    let (touched, kept): (Vec<&Arc<Relation>>, Vec<_>) =
        found.values().partition(|relation| is_touched(relation));
    let mut relations = Relations {
        all: kept.iter().map(|r| (r.id, (*r).clone())).collect(),
        by_key: kept.iter().map(|r| (key(r), r.id)).collect(),
        before: project.relations.values().map(|r| (key(r), r.id)).collect(),
        next: first_free(project),
        joined: BTreeSet::new(),
        state,
    };
    for relation in touched {
        relations.derive(relation);
    }
    relations.put_in_order();
    for change in &state.relation_changes {
        relations.change(change);
    }
    relations.put_in_order();
    drop_outdone_sentences(&mut relations.all, &state.touched);
    relations.all
}

/// The first number that no relation has, nor one that a correction made.
pub(super) fn first_free(project: &Project) -> u32 {
    let made = project.corrections().filter_map(|c| match &c.kind {
        CorrectionKind::Relation { made, .. } => *made,
        _ => None,
    });
    let after = made.map(|id| id.0.saturating_add(1));
    after.fold(project.next_ids[2], u32::max)
}

impl Relations<'_> {
    /// Puts in what has become of a found relation.
    fn derive(&mut self, found: &Arc<Relation>) {
        let mut groups: BTreeMap<(EntityId, EntityId), Vec<Evidence>> = BTreeMap::new();
        for evidence in &found.evidence {
            let source = self.end(found.source, evidence, evidence.source_span);
            let target = self.end(found.target, evidence, evidence.target_span);
            if let (Some(source), Some(target)) = (source, target)
                && source != target
            {
                let group = groups.entry((source, target)).or_default();
                group.push(evidence.clone());
            }
        }
        for ((source, target), evidence) in groups {
            let mut relation = Relation {
                source,
                target,
                evidence,
                ..(**found).clone()
            };
            if relation.evidence.len() < found.evidence.len() {
                relation.refresh_label(&found.evidence, self.state.project);
            }
            relation.normalize_direction();
            let own = (key(&relation) == key(found)).then_some(found.id);
            self.join(relation, own);
        }
    }

    /// Which entity an end of a piece of evidence is now: the one that has the mention that names it;
    /// where other words name it, the one that has the nearest mention of the entity found.
    fn end(
        &self,
        found: EntityId,
        evidence: &Evidence,
        span: Option<[usize; 2]>,
    ) -> Option<EntityId> {
        if !self.state.touched.contains(&found) {
            return Some(found);
        }
        let (Some(document), Some([start, end])) = (evidence.document, span) else {
            return self.state.heir(found);
        };
        let entity = self.state.project.found_entities.get(&found)?;
        match nearest(entity, document, start, end) {
            Some((from, to)) => {
                let over = self.state.owners.over((document, from, to));
                over.first().map(|(_, owner)| *owner)
            }
            None => self.state.heir(found),
        }
    }

    /// Adds a relation to the one of its key, or puts it in under its `own` number, the number that its
    /// key had before, or a new one: never under a number that another one has.
    fn join(&mut self, mut relation: Relation, own: Option<RelationId>) {
        let wanted = key(&relation);
        let present = self.by_key.get(&wanted).copied();
        let is_free = |id: &RelationId| !self.all.contains_key(id);
        let known = || self.before.get(&wanted).copied().filter(is_free);
        let number = present.or(own.filter(is_free)).or_else(known);
        relation.id = number.unwrap_or_else(|| {
            self.next = self.next.saturating_add(1);
            RelationId(self.next - 1)
        });
        self.joined.insert(relation.id);
        if let Some(present) = present.and_then(|id| self.all.get_mut(&id)) {
            // Many may be joined to one: it is put in order once.
            Arc::make_mut(present).evidence.extend(relation.evidence);
        } else {
            self.by_key.insert(wanted, relation.id);
            self.all.insert(relation.id, Arc::new(relation));
        }
    }

    fn put_in_order(&mut self) {
        for id in std::mem::take(&mut self.joined) {
            if let Some(relation) = self.all.get_mut(&id).map(Arc::make_mut) {
                relation.evidence = distinct(std::mem::take(&mut relation.evidence));
                relation.refresh();
            }
        }
    }

    fn change(&mut self, change: &RelationChange) {
        let (Some(source), Some(target)) = (
            self.state.heir(change.source),
            self.state.heir(change.target),
        ) else {
            return;
        };
        if source == target {
            return;
        }
        let mut relation = Relation {
            id: RelationId::default(),
            source,
            target,
            kind: change.kind,
            label: change.kind.phrase().to_owned(),
            status: Status::Asserted,
            disputed: false,
            date: change.period,
            score: 1.0,
            evidence: vec![user_evidence(change)],
        };
        relation.normalize_direction();
        if change.removed {
            self.remove(&key(&relation), change);
        } else if !self.is_added_already(&key(&relation), change) {
            // One that came back under another number keeps that.
            let before = self.before.get(&key(&relation)).copied();
            let before = before.filter(|id| !self.all.contains_key(id));
            self.join(relation, before.or(change.made));
        }
    }

    /// Of files of version 2, whose findings have what the user added.
    fn is_added_already(&self, wanted: &Key, change: &RelationChange) -> bool {
        let relation = self.by_key.get(wanted).and_then(|id| self.all.get(id));
        let is_it =
            |e: &Evidence| matches!(&e.origin, Origin::User { when, .. } if *when == change.when);
        change.made.is_none() && relation.is_some_and(|r| r.evidence.iter().any(is_it))
    }

    fn remove(&mut self, wanted: &Key, change: &RelationChange) {
        let Some(relation) = self.by_key.get(wanted).and_then(|id| self.all.get(id)) else {
            return;
        };
        let mut left = (**relation).clone();
        left.evidence
            .retain(|evidence| match (evidence.document, evidence.start) {
                (Some(document), Some(start)) => {
                    let is_new = change.new_from.is_some_and(|first| document >= first);
                    !is_new && !change.sentences.contains(&(document, start))
                }
                _ => evidence.is_told() && !change.takes.contains(evidence),
            });
        if left.evidence.is_empty() {
            self.all.remove(&left.id);
            self.by_key.remove(wanted);
        } else {
            if let Some(before) = self.all.get(&left.id) {
                left.refresh_label(&before.evidence, self.state.project);
            }
            left.refresh();
            self.all.insert(left.id, Arc::new(left));
        }
    }
}

/// The mention of an entity that shares bytes with a span, or else the last one before it in its
/// document, or else the first after it.
fn nearest(
    entity: &Entity,
    document: DocumentId,
    start: usize,
    end: usize,
) -> Option<(usize, usize)> {
    let mentions = &entity.mentions;
    let after = mentions.partition_point(|m| (m.document, m.start) < (document, end));
    let before = after.checked_sub(1).and_then(|at| mentions.get(at));
    let before = before.filter(|m| m.document == document);
    let over = before.filter(|m| m.end > start);
    let next = mentions.get(after).filter(|m| m.document == document);
    over.or(before).or(next).map(|m| (m.start, m.end))
}

/// The evidence without repetition, in time linear in it but for sorting.
fn distinct(evidence: Vec<Evidence>) -> Vec<Evidence> {
    let mut seen: BTreeMap<(Option<DocumentId>, Option<usize>), Vec<Evidence>> = BTreeMap::new();
    for item in evidence {
        let same = seen.entry((item.document, item.start)).or_default();
        if !same.contains(&item) {
            same.push(item);
        }
    }
    seen.into_values().flatten().collect()
}

pub(super) fn user_evidence(change: &RelationChange) -> Evidence {
    Evidence {
        origin: Origin::User {
            note: change.note.clone(),
            when: change.when.clone(),
        },
        document: None,
        start: None,
        end: None,
        text: None,
        source_span: None,
        target_span: None,
        trigger: Vec::new(),
        status: Status::Asserted,
        attributed_to: None,
        date: None,
        score: 1.0,
        method: "user".to_owned(),
    }
}
