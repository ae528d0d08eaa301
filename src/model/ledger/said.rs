//! What the user said of relations: noted in order, carried out once all entities are settled.

use super::relations::{RelationChange, user_evidence};
use super::state::State;
use crate::model::{Correction, CorrectionKind, EntityId, Evidence, RelationKind};

impl State<'_> {
    pub(super) fn note_relation(&mut self, correction: &Correction) -> bool {
        let CorrectionKind::Relation {
            kind,
            outgoing,
            removed,
            made,
            period,
            note,
            ..
        } = &correction.kind
        else {
            return false;
        };
        let Some(ends) = self.ends_of(correction) else {
            return false;
        };
        let (source, target) = if *outgoing { ends } else { (ends.1, ends.0) };
        let sentences = self.places.find(&correction.anchors, correction.new_from.0);
        let sentences = sentences.into_iter().flatten();
        let change = RelationChange {
            source,
            target,
            kind: *kind,
            made: *made,
            period: *period,
            removed: *removed,
            note: note.clone(),
            when: correction.when.clone(),
            sentences: sentences
                .map(|(document, start, _)| (document, start))
                .collect(),
            takes: if *removed {
                self.written_of((source, target), *kind)
            } else {
                Vec::new()
            },
            new_from: (!correction.only_here).then_some(correction.new_from.0),
        };
        self.relation_changes.push(change);
        true
    }

    /// The numbers of both ends, as they are when the correction is carried out: what becomes of them
    /// later is followed at the end. Where a number leads nowhere, the end is looked for by its mentions;
    /// by its name alone only where nothing is invented by that.
    fn ends_of(&self, correction: &Correction) -> Option<(EntityId, EntityId)> {
        let CorrectionKind::Relation {
            other,
            other_entity,
            other_anchors,
            removed,
            ..
        } = &correction.kind
        else {
            return None;
        };
        let since = correction.new_from;
        // Files of version 2 tell the other end by its name alone.
        let is_old = other_entity.is_none();
        let by_name = |name: &str, kind| {
            let may_be = |id: &EntityId| is_old || (*removed && *id >= since.1);
            self.only_called(name, kind).filter(may_be)
        };
        // Of a relation that was removed the anchors are sentences.
        let own = if *removed {
            &[]
        } else {
            &correction.anchors[..]
        };
        let one = self.heir(correction.entity);
        let one = one.or_else(|| self.known(correction.entity, &correction.name, own, since));
        let one = one.or_else(|| by_name(&correction.name, Some(correction.entity_kind)))?;
        let far = other_entity.and_then(|id| {
            let there = self.heir(id);
            there.or_else(|| self.known(id, other, other_anchors, since))
        });
        Some((one, far.or_else(|| by_name(other, None))?))
    }

    /// What is told of a relation without a document: what the user wrote before, and what came so with
    /// the findings. Of what is merged later into the same two it is not part.
    fn written_of(&self, ends: (EntityId, EntityId), kind: RelationKind) -> Vec<Evidence> {
        let now = |id: EntityId| self.heir(id).unwrap_or(id);
        let is_pair = |source: EntityId, target: EntityId| {
            let pair = (now(source), now(target));
            pair == ends || (kind.is_mutual() && (pair.1, pair.0) == ends)
        };
        let changes = self.relation_changes.iter();
        let added = changes
            .filter(|c| !c.removed && c.kind == kind && is_pair(c.source, c.target))
            .map(user_evidence);
        let found = self.project.found_relations.values();
        let told = found
            .filter(|r| r.kind == kind && is_pair(r.source, r.target))
            .flat_map(|r| r.evidence.iter().filter(|e| e.document.is_none()).cloned());
        added.chain(told).collect()
    }
}
