//! Relations: one for each source, target, kind and period, each with evidence.

use super::draft::{Draft, refused};
use crate::error::Result;
use crate::model::ledger::anchor;
use crate::model::{
    Anchor, CorrectionKind, DateValue, DocumentId, EntityId, Evidence, Relation, RelationId,
    RelationKind, normalized_name,
};
use std::collections::{BTreeMap, BTreeSet};

/// Which relation stands for a source, target, kind and period.
pub(super) type RelationIndex =
    BTreeMap<(EntityId, EntityId, RelationKind, Option<DateValue>), RelationId>;

impl Draft<'_> {
    pub(super) fn relation_index(&self) -> RelationIndex {
        self.relations()
            .map(|r| ((r.source, r.target, r.kind, r.date), r.id))
            .collect()
    }

    /// Takes a relation out, so that a changed form of it can be joined in.
    pub(super) fn take_relation(&mut self, index: &mut RelationIndex, relation: &Relation) {
        let key = (
            relation.source,
            relation.target,
            relation.kind,
            relation.date,
        );
        if index.get(&key) == Some(&relation.id) {
            index.remove(&key);
        }
        self.remove_relation(relation.id);
    }

    /// Puts a relation in: into the one of the same ends, kind and period, or as it is.
    /// One from an entity to itself, or without evidence, is left out.
    pub(super) fn join_relation(&mut self, index: &mut RelationIndex, mut relation: Relation) {
        if relation.source == relation.target || relation.evidence.is_empty() {
            return;
        }
        relation.normalize_direction();
        let key = (
            relation.source,
            relation.target,
            relation.kind,
            relation.date,
        );
        let present = index.get(&key).and_then(|&id| self.relation(id).ok());
        let mut joined = match present {
            None => relation,
            Some(present) => {
                let mut joined = (**present).clone();
                for evidence in relation.evidence {
                    if !joined.evidence.contains(&evidence) {
                        joined.evidence.push(evidence);
                    }
                }
                joined
            }
        };
        joined.refresh();
        index.insert(key, joined.id);
        self.put_relation(joined);
    }

    /// "Mentioned with" says that nothing stronger is said: evidence of it goes where a stated
    /// relation of the same two rests on the same sentence, as may happen after a merge.
    pub(super) fn drop_outdone_co_mentions(&mut self, entity: EntityId) {
        let relations = self.relations_touching(&BTreeSet::from([entity]));
        let mut stated: BTreeSet<(EntityId, DocumentId, usize)> = BTreeSet::new();
        for relation in relations.iter().filter(|r| r.is_stated()) {
            for evidence in &relation.evidence {
                if let (Some(document), Some(start)) = (evidence.document, evidence.start) {
                    stated.insert((relation.other_end(entity), document, start));
                }
            }
        }
        for relation in relations.iter().filter(|r| !r.is_stated()) {
            let other = relation.other_end(entity);
            let mut weaker = (**relation).clone();
            weaker
                .evidence
                .retain(|evidence| match (evidence.document, evidence.start) {
                    (Some(document), Some(start)) => !stated.contains(&(other, document, start)),
                    _ => true,
                });
            if weaker.evidence.is_empty() {
                self.remove_relation(relation.id);
            } else if weaker.evidence.len() < relation.evidence.len() {
                weaker.refresh();
                self.put_relation(weaker);
            }
        }
    }

    pub(super) fn add_relation(
        &mut self,
        source: EntityId,
        target: EntityId,
        kind: RelationKind,
        note: &str,
    ) -> Result<String> {
        let from = self.entity(source)?.clone();
        let to = self.entity(target)?.clone();
        if source == target {
            return Err(refused("a relation needs two different entities"));
        }
        let made = Some(self.new_relation_id());
        let (anchors, other_anchors) = (self.some_anchors(&from), self.some_anchors(&to));
        self.correct(
            &from,
            anchors,
            CorrectionKind::Relation {
                kind,
                other: normalized_name(&to.name),
                outgoing: true,
                removed: false,
                other_entity: Some(target),
                made,
                period: None,
                note: note.trim().to_owned(),
                other_anchors,
            },
        );
        Ok(format!(
            "Added relation: {} {} {}",
            from.name,
            kind.phrase(),
            to.name
        ))
    }

    pub(super) fn reject_relation(&mut self, id: RelationId) -> Result<String> {
        let relation = self.relation(id)?.clone();
        let from = self.entity(relation.source)?.clone();
        let to = self.entity(relation.target)?.clone();
        let anchors = self.anchors_of_evidence(&relation);
        self.correct(
            &from,
            anchors,
            CorrectionKind::Relation {
                kind: relation.kind,
                other: normalized_name(&to.name),
                outgoing: true,
                removed: true,
                other_entity: Some(to.id),
                made: None,
                period: relation.date,
                note: String::new(),
                other_anchors: Vec::new(),
            },
        );
        Ok(format!(
            "Removed relation: {} {} {}",
            from.name,
            relation.kind.phrase(),
            to.name
        ))
    }

    /// The sentences that a relation rests on, as they can be found again.
    fn anchors_of_evidence(&self, relation: &Relation) -> Vec<Anchor> {
        let of_sentence = |evidence: &Evidence| {
            let document = self.project.document(evidence.document?)?;
            anchor(document, evidence.start?, evidence.end?)
        };
        relation.evidence.iter().filter_map(of_sentence).collect()
    }
}
