//! What each kind of correction does.
//!
//! A correction holds for the mentions that it was made on, and for entities of that name that are
//! found later, unless it was made for its own mentions only.

use super::anchors::Place;
use super::relations::RelationChange;
use super::state::{State, may_be_one};
use crate::model::{
    Anchor, Correction, CorrectionKind, DocumentId, Entity, EntityId, EntityKind, Location,
    normalized_name,
};
use std::collections::BTreeSet;

impl State<'_> {
    /// Carries out a correction; gives whether there still is something that it is about.
    pub(super) fn apply(&mut self, correction: &Correction) -> bool {
        match &correction.kind {
            CorrectionKind::Rename { name } => {
                let given = normalized_name(name);
                self.change(correction, |e| e.kind, |e| e.name.clone_from(name), &given)
            }
            CorrectionKind::Retype { kind } => {
                self.change(correction, |_| *kind, |e| e.kind = *kind, &correction.name)
            }
            CorrectionKind::Locate { location } => self.locate(correction, location.as_deref()),
            CorrectionKind::Unit { unit } => {
                let set = |e: &mut Entity| e.unit = (!unit.is_empty()).then(|| unit.clone());
                self.change(correction, |e| e.kind, set, &correction.name)
            }
            CorrectionKind::Delete => self.remove(correction, Some(correction.entity_kind)),
            CorrectionKind::NotAnEntity => self.remove(correction, None),
            CorrectionKind::Merge {
                into,
                into_anchors,
                into_entity,
            } => self.apply_merge(correction, into, into_anchors, *into_entity),
            CorrectionKind::Split {
                made,
                name,
                kind,
                texts,
            } => self.split(correction, *made, (*kind, name), texts),
            CorrectionKind::Different {
                other,
                other_name,
                other_kind,
                other_anchors,
            } => self.keep_apart(correction, *other, (*other_kind, other_name), other_anchors),
            CorrectionKind::AddEntity { kind, name } => {
                self.make(correction.entity, *kind, name);
                let given = normalized_name(name);
                self.join_newcomers(correction, correction.entity, &given, *kind);
                true
            }
            CorrectionKind::MarkMention { kind, entity_name } => {
                self.mark(correction, *kind, entity_name)
            }
            CorrectionKind::Relation { .. } => self.note_relation(correction),
        }
    }

    /// Changes the entity that a correction was made on, once those found later that are the same
    /// have joined it: by its old name, and by the name `given`.
    fn change(
        &mut self,
        correction: &Correction,
        kind_then: impl Fn(&Entity) -> EntityKind,
        change: impl Fn(&mut Entity),
        given: &str,
    ) -> bool {
        let first = self
            .newcomers(correction, &correction.name, Some(correction.entity_kind))
            .first()
            .copied();
        let Some(id) = self.subject(correction).or(first) else {
            return false;
        };
        self.join_newcomers(correction, id, &correction.name, correction.entity_kind);
        if let Some(entity) = self.entity_mut(id) {
            change(entity);
            entity.by_user = true;
            let kind = kind_then(entity);
            self.join_newcomers(correction, id, given, kind);
        }
        true
    }

    fn join_newcomers(
        &mut self,
        correction: &Correction,
        into: EntityId,
        name: &str,
        kind: EntityKind,
    ) {
        for other in self.newcomers(correction, name, Some(kind)) {
            if !self.lie_apart(other, into) {
                self.merge(other, into);
            }
        }
    }

    /// Both lie somewhere, and not in the same place.
    fn lie_apart(&self, a: EntityId, b: EntityId) -> bool {
        let location = |id| self.entities.get(&id).and_then(|e| e.location.as_deref());
        match (location(a), location(b)) {
            (Some(a), Some(b)) => !is_one_place(a, b),
            _ => false,
        }
    }

    fn locate(&mut self, correction: &Correction, location: Option<&Location>) -> bool {
        let Some(id) = self.subject(correction) else {
            return false;
        };
        if let Some(entity) = self.entity_mut(id) {
            entity.location = location.cloned().map(Box::new);
            entity.by_user = true;
        }
        for other in self.newcomers(correction, &correction.name, Some(EntityKind::Place)) {
            let there = self
                .entities
                .get(&other)
                .and_then(|e| e.location.as_deref());
            if let (Some(there), Some(here)) = (there, location)
                && is_one_place(there, here)
            {
                self.merge(other, id);
            }
        }
        true
    }

    fn remove(&mut self, correction: &Correction, kind: Option<EntityKind>) -> bool {
        let newcomers = self.newcomers(correction, &correction.name, kind);
        let whole = self.entities.contains_key(&correction.entity) && !correction.only_here;
        let anchored = self.anchored(&correction.anchors);
        let is_empty = self
            .entities
            .get(&correction.entity)
            .is_some_and(|e| e.mentions.is_empty());
        if whole || is_empty {
            self.drop_entity(correction.entity);
        } else {
            self.take(&anchored);
        }
        for &id in &newcomers {
            self.drop_entity(id);
        }
        whole || is_empty || !anchored.is_empty() || !newcomers.is_empty()
    }

    fn apply_merge(
        &mut self,
        correction: &Correction,
        into: &str,
        into_anchors: &[Anchor],
        into_entity: Option<EntityId>,
    ) -> bool {
        let newcomers = self.newcomers(correction, &correction.name, Some(correction.entity_kind));
        let target = into_entity
            .and_then(|id| self.heir(id))
            .or_else(|| self.owner_of_most(into_anchors))
            .or_else(|| self.called(into, correction.entity_kind));
        let Some(target) = target else {
            return false;
        };
        let anchored = self.anchored(&correction.anchors);
        let is_there = self.entities.contains_key(&correction.entity);
        let is_empty = correction.anchors.is_empty();
        if is_there && (!correction.only_here || is_empty) {
            self.merge(correction.entity, target);
        } else {
            self.move_to(&anchored, target);
        }
        for &id in &newcomers {
            self.merge(id, target);
        }
        is_there || !anchored.is_empty() || !newcomers.is_empty()
    }

    /// The entity that has most of the anchored mentions.
    fn owner_of_most(&self, anchors: &[Anchor]) -> Option<EntityId> {
        let mut owners: Vec<EntityId> = self.anchored(anchors).iter().map(|(_, o)| *o).collect();
        owners.sort_unstable();
        let groups = owners.chunk_by(|a, b| a == b);
        let largest = groups.max_by_key(|group| (group.len(), std::cmp::Reverse(group[0])))?;
        largest.first().copied()
    }

    /// The first entity that bears a normalized name and may be of the kind.
    fn called(&self, name: &str, kind: EntityKind) -> Option<EntityId> {
        let bears = |e: &Entity| may_be_one(e.kind, kind) && normalized_name(&e.name) == name;
        let found = self.entities.values().find(|e| bears(e));
        found.map(|entity| entity.id)
    }

    fn split(
        &mut self,
        correction: &Correction,
        made: EntityId,
        (kind, name): (EntityKind, &str),
        texts: &[String],
    ) -> bool {
        let anchored = self.anchored(&correction.anchors);
        if anchored.is_empty() {
            return false;
        }
        let source = self.heir(correction.entity);
        if !self.unmerge(made, &anchored) {
            self.make(made, kind, name);
            self.move_to(&anchored, made);
        }
        if let Some(source) = source.filter(|_| !correction.only_here && !texts.is_empty()) {
            let later = self.later_mentions(source, correction.new_from.0, texts);
            self.move_to(&later, made);
        }
        true
    }

    /// Mentions of an entity in documents from `first` on that are one of the normalized texts.
    fn later_mentions(
        &self,
        entity: EntityId,
        first: DocumentId,
        texts: &[String],
    ) -> Vec<(Place, EntityId)> {
        let Some(entity) = self.entities.get(&entity) else {
            return Vec::new();
        };
        let later = entity.mentions.iter().filter(|m| m.document >= first);
        later
            .filter(|m| texts.contains(&normalized_name(&m.text)))
            .map(|m| (super::moves::place_of(m), entity.id))
            .collect()
    }

    /// If a new reading made one of two that are different, the other is made again.
    fn keep_apart(
        &mut self,
        correction: &Correction,
        other: EntityId,
        (kind, name): (EntityKind, &str),
        anchors: &[Anchor],
    ) -> bool {
        let Some(one) = self.subject(correction) else {
            return false;
        };
        if self.known(other, anchors).is_some_and(|id| id != one) {
            return true;
        }
        let anchored: Vec<_> = self
            .anchored(anchors)
            .into_iter()
            .filter(|&(_, owner)| owner == one)
            .collect();
        if !anchored.is_empty() && !self.entities.contains_key(&other) {
            self.make(other, kind, name);
            self.move_to(&anchored, other);
        }
        !anchored.is_empty()
    }

    fn mark(&mut self, correction: &Correction, kind: EntityKind, name: &str) -> bool {
        let [anchor] = &correction.anchors[..] else {
            return false;
        };
        let Some(place) = self.places.find(anchor) else {
            return false;
        };
        let name = if name.is_empty() { &anchor.text } else { name };
        let id = match self.heir(correction.entity) {
            Some(id) => id,
            None => {
                self.make(correction.entity, kind, name);
                correction.entity
            }
        };
        self.mark_place(place, id);
        for other in self.newcomers(correction, &normalized_name(&anchor.text), Some(kind)) {
            self.merge(other, id);
        }
        if !correction.only_here {
            for place in self.later_texts(&anchor.text, correction.new_from.0) {
                self.mark_place(place, id);
            }
        }
        true
    }

    /// Takes the bytes from whichever entities had them.
    fn mark_place(&mut self, place: Place, id: EntityId) {
        let over = self.owners.over(place);
        let losers: BTreeSet<EntityId> = over.iter().map(|(_, owner)| *owner).collect();
        self.take(&over);
        let mention = self.mention_at(place);
        self.give(id, mention.into_iter().collect(), Vec::new());
        for loser in losers.into_iter().filter(|&loser| loser != id) {
            let entity = self.entities.get(&loser);
            if entity.is_some_and(|e| e.mentions.is_empty() && !e.by_user) {
                self.drop_entity(loser);
            }
        }
    }

    /// Where documents that were added since have the same words, and nothing was found there.
    fn later_texts(&self, text: &str, first: DocumentId) -> Vec<Place> {
        /// Shorter words are too often something else.
        const LEAST_CHARACTERS: usize = 3;
        if text.chars().count() < LEAST_CHARACTERS {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (&id, document) in self.project.documents.range(first..) {
            let body = &document.text;
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            for (start, _) in body.match_indices(text) {
                let place = (id, start, start + text.len());
                if !is_letter(body[..start].chars().next_back())
                    && !is_letter(body[place.2..].chars().next())
                    && !document.is_boilerplate(start, place.2)
                    && self.owners.over(place).is_empty()
                {
                    found.push(place);
                }
            }
        }
        found
    }

    fn note_relation(&mut self, correction: &Correction) -> bool {
        let CorrectionKind::Relation {
            kind,
            other,
            outgoing,
            removed,
            other_entity,
            made,
            period,
            note,
        } = &correction.kind
        else {
            return false;
        };
        let one = self
            .heir(correction.entity)
            .or_else(|| self.called(&correction.name, correction.entity_kind));
        let far = other_entity.and_then(|id| self.heir(id)).or_else(|| {
            let named = |e: &&std::sync::Arc<Entity>| normalized_name(&e.name) == *other;
            self.entities.values().find(named).map(|e| e.id)
        });
        let (Some(one), Some(far)) = (one, far) else {
            return false;
        };
        // The numbers that the ends had then: what becomes of them later is followed at the end.
        let ends = (
            if self.entities.contains_key(&correction.entity) {
                correction.entity
            } else {
                one
            },
            other_entity
                .filter(|id| self.entities.contains_key(id))
                .unwrap_or(far),
        );
        let (source, target) = if *outgoing { ends } else { (ends.1, ends.0) };
        let sentences = correction.anchors.iter();
        let sentences = sentences.filter_map(|anchor| self.places.find(anchor));
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
            new_from: (!correction.only_here).then_some(correction.new_from.0),
        };
        self.relation_changes.push(change);
        true
    }
}

fn is_one_place(a: &Location, b: &Location) -> bool {
    let key = |l: &Location| {
        let degrees = (l.latitude.to_bits(), l.longitude.to_bits());
        (l.kind, l.name.clone(), degrees)
    };
    key(a) == key(b)
}
