//! What each kind of correction does.
//!
//! A correction holds for the mentions that it was made on, and for entities of that name that are
//! found later, unless it was made for its own mentions only.

use super::anchors::Place;
use super::state::State;
use crate::model::{
    Anchor, Correction, CorrectionKind, DocumentId, Entity, EntityId, EntityKind, Location,
    normalized_name,
};
use std::collections::BTreeSet;

impl State<'_> {
    /// Carries out a correction; gives whether there still is something that it is about.
    pub(super) fn apply(&mut self, correction: &Correction) -> bool {
        if correction.carried_out {
            self.apply_to_newcomers(correction);
            return true;
        }
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
            CorrectionKind::Delete => self.remove(correction, false),
            CorrectionKind::NotAnEntity => self.remove(correction, true),
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
                self.join_newcomer(correction, correction.entity, &given, *kind);
                true
            }
            CorrectionKind::MarkMention { kind, entity_name } => {
                self.mark(correction, *kind, entity_name)
            }
            CorrectionKind::Relation { .. } => self.note_relation(correction),
        }
    }

    /// What was found has the correction already: only what was found since is still to be corrected,
    /// and only where it is plain by its name and number.
    fn apply_to_newcomers(&mut self, correction: &Correction) {
        match correction.kind {
            CorrectionKind::Delete => self.drop_newcomer(correction),
            CorrectionKind::NotAnEntity => self.drop_all_newcomers(correction),
            CorrectionKind::Rename { .. }
            | CorrectionKind::Retype { .. }
            | CorrectionKind::Unit { .. } => {
                let (id, kind) = (correction.entity, correction.entity_kind);
                if self.entities.contains_key(&id) {
                    self.join_newcomer(correction, id, &correction.name, kind);
                }
            }
            CorrectionKind::Different { other, .. } => {
                self.apart.push((correction.entity, other));
            }
            _ => {}
        }
    }

    /// Changes the entity that a correction was made on, once one found later that is the same has
    /// joined it: by its old name, and by the name `given`.
    fn change(
        &mut self,
        correction: &Correction,
        kind_then: impl Fn(&Entity) -> EntityKind,
        change: impl Fn(&mut Entity),
        given: &str,
    ) -> bool {
        let (name, kind) = (&correction.name, correction.entity_kind);
        let only = || self.newcomer(correction, None, name, kind);
        let Some(id) = self.subject(correction).or_else(only) else {
            return false;
        };
        self.leave_newer(correction, id);
        self.join_newcomer(correction, id, name, kind);
        if let Some(entity) = self.entity_mut(id) {
            change(entity);
            entity.by_user = true;
            let kind = kind_then(entity);
            self.join_newcomer(correction, id, given, kind);
        }
        true
    }

    /// Merges what was found later under the name and is the same; gives whether there was something.
    pub(super) fn join_newcomer(
        &mut self,
        correction: &Correction,
        into: EntityId,
        name: &str,
        kind: EntityKind,
    ) -> bool {
        let other = self.newcomer(correction, Some(into), name, kind);
        let Some(other) = other.filter(|&other| !self.lie_apart(other, into)) else {
            return false;
        };
        self.merge(other, into);
        true
    }

    /// Both lie somewhere, and not in the same place.
    fn lie_apart(&self, a: EntityId, b: EntityId) -> bool {
        self.lies_apart_from(a, self.entities.get(&b).map(AsRef::as_ref))
    }

    fn lies_apart_from(&self, a: EntityId, b: Option<&Entity>) -> bool {
        let location = self.entities.get(&a).and_then(|e| e.location.as_deref());
        match (location, b.and_then(|e| e.location.as_deref())) {
            (Some(a), Some(b)) => !is_one_place(a, b),
            _ => false,
        }
    }

    /// What new documents say of an entity that was corrected for its own mentions alone stays as it is
    /// found, as an entity beside it.
    fn leave_newer(&mut self, correction: &Correction, id: EntityId) {
        let (Some(rest), Some(was)) = (correction.rest, self.entities.get(&id).cloned()) else {
            return;
        };
        let own = self.places.find(&correction.anchors, correction.new_from.0);
        let own: BTreeSet<Place> = own.into_iter().flatten().collect();
        // What it was made on, and what the user marked, is its own in a document that was added anew too.
        let is_newer = |place: &Place| {
            place.0 >= correction.new_from.0 && !own.contains(place) && !self.marked.contains(place)
        };
        let places = was.mentions.iter().map(super::moves::place_of);
        let newer: Vec<_> = places.filter(is_newer).map(|place| (place, id)).collect();
        if !correction.only_here || newer.is_empty() || newer.len() == was.mentions.len() {
            return;
        }
        self.apart.push((id, rest));
        self.make(rest, was.kind, &was.name);
        self.move_to(&newer, rest);
        if let Some(entity) = self.entity_mut(rest) {
            entity.unit.clone_from(&was.unit);
            entity.location.clone_from(&was.location);
            entity.date = was.date;
        }
    }

    fn locate(&mut self, correction: &Correction, location: Option<&Location>) -> bool {
        let Some(id) = self.subject(correction) else {
            return false;
        };
        self.leave_newer(correction, id);
        if let Some(entity) = self.entity_mut(id) {
            entity.location = location.cloned().map(Box::new);
            entity.by_user = true;
        }
        for other in self.all_newcomers(correction, &correction.name) {
            let place = self.entities.get(&other);
            let place = place.filter(|e| e.kind == EntityKind::Place);
            let there = place.and_then(|e| e.location.as_deref());
            if let (Some(there), Some(here)) = (there, location)
                && is_one_place(there, here)
            {
                self.merge(other, id);
            }
        }
        true
    }

    /// Takes out what a correction was made on. A name that is none is taken out wherever it is found
    /// later, an entity only where its name can mean nothing else.
    fn remove(&mut self, correction: &Correction, is_name: bool) -> bool {
        let id = correction.entity;
        let whole = self.entities.contains_key(&id) && !correction.only_here;
        let anchored = self.anchored(&correction.anchors, correction.new_from.0);
        let is_empty = self
            .entities
            .get(&id)
            .is_some_and(|e| e.mentions.is_empty());
        let before = self.entities.len();
        if is_name {
            self.drop_all_newcomers(correction);
        } else {
            self.drop_newcomer(correction);
        }
        let had_newcomers = self.entities.len() < before;
        if whole || is_empty {
            self.drop_entity(id);
        } else {
            self.take(&anchored);
        }
        whole || is_empty || !anchored.is_empty() || had_newcomers
    }

    fn drop_newcomer(&mut self, correction: &Correction) {
        let (name, kind) = (&correction.name, correction.entity_kind);
        if let Some(id) = self.newcomer(correction, None, name, kind) {
            self.drop_entity(id);
        }
    }

    fn drop_all_newcomers(&mut self, correction: &Correction) {
        for id in self.all_newcomers(correction, &correction.name) {
            self.drop_entity(id);
        }
    }

    fn apply_merge(
        &mut self,
        correction: &Correction,
        into: &str,
        into_anchors: &[Anchor],
        into_entity: Option<EntityId>,
    ) -> bool {
        let Some(target) = self.target(correction, into, into_anchors, into_entity) else {
            // What else was merged into the same, which is gone, still is one with this.
            let is_whole = !correction.only_here && self.entities.contains_key(&correction.entity);
            if let Some(gone) = into_entity.filter(|_| is_whole) {
                self.heirs.insert(gone, correction.entity);
            }
            return false;
        };
        let anchored = self.anchored(&correction.anchors, correction.new_from.0);
        let there = self.entities.get(&correction.entity).cloned();
        let is_empty = correction.anchors.is_empty();
        if there.is_some() && (!correction.only_here || is_empty) {
            self.merge(correction.entity, target);
        } else {
            self.move_to(&anchored, target);
        }
        let is_there = there.is_some();
        let (name, kind) = (&correction.name, correction.entity_kind);
        // Where the one that was merged lay counts as much as where the other one lies.
        let newcomer = self.newcomer(correction, Some(target), name, kind);
        let is_apart = newcomer.is_some_and(|new| self.lies_apart_from(new, there.as_deref()));
        let joined = !is_apart && self.join_newcomer(correction, target, name, kind);
        is_there || !anchored.is_empty() || joined
    }

    /// What was merged into: by its number, or else the one of its name that has most of its mentions.
    /// Files of version 2 tell no number: there the only one of its name will do.
    fn target(
        &self,
        correction: &Correction,
        into: &str,
        into_anchors: &[Anchor],
        into_entity: Option<EntityId>,
    ) -> Option<EntityId> {
        if let Some(id) = into_entity.and_then(|id| self.heir(id)) {
            return Some(id);
        }
        let is_old = into_entity.is_none();
        let by_mentions = self.owner_of_most(into_anchors, correction.new_from.0);
        let by_mentions = by_mentions.filter(|&(id, count)| {
            let is_new = is_old || id >= correction.new_from.1;
            is_new && count * 2 > into_anchors.len() && self.is_called(id, into)
        });
        let by_name = || self.only_called(into, Some(correction.entity_kind));
        by_mentions
            .map(|(id, _)| id)
            .or_else(|| is_old.then(by_name).flatten())
    }

    fn split(
        &mut self,
        correction: &Correction,
        made: EntityId,
        (kind, name): (EntityKind, &str),
        texts: &[String],
    ) -> bool {
        let anchored = self.anchored(&correction.anchors, correction.new_from.0);
        if anchored.is_empty() {
            return false;
        }
        let source = self.heir(correction.entity);
        let owners = anchored.iter().map(|&(_, owner)| owner);
        let of: BTreeSet<EntityId> = owners.chain(source).filter(|&of| of != made).collect();
        self.apart.extend(of.into_iter().map(|of| (of, made)));
        if self.unmerge(made, &anchored) {
            self.name_unmerged(made, name);
        } else {
            self.make(made, kind, name);
            self.move_to(&anchored, made);
        }
        if correction.only_here || texts.is_empty() {
            return true;
        }
        let given = normalized_name(name);
        if let Some(source) = source {
            let later = self.later_mentions(source, correction.new_from.0, &given, texts);
            self.move_to(&later, made);
        }
        if texts.contains(&given) {
            self.join_newcomer(correction, made, &given, kind);
        }
        true
    }

    /// One that was merged and is itself again bears the name that it was split off with, if that is
    /// not the one that was found.
    fn name_unmerged(&mut self, id: EntityId, name: &str) {
        let found = self.project.found_entities.get(&id);
        if found.is_some_and(|found| found.name != name)
            && let Some(entity) = self.entity_mut(id)
        {
            name.clone_into(&mut entity.name);
            entity.by_user = true;
        }
    }

    /// Mentions of an entity in documents from `first` on that are one of the normalized texts. In a
    /// document that gives the split-off name and no name of the entity's own, its parts are meant too:
    /// the "Kim" of a report on Kim Il Sung.
    fn later_mentions(
        &self,
        entity: EntityId,
        first: DocumentId,
        name: &str,
        texts: &[String],
    ) -> Vec<(Place, EntityId)> {
        let Some(entity) = self.entities.get(&entity) else {
            return Vec::new();
        };
        let from = entity.mentions.partition_point(|m| m.document < first);
        let words: BTreeSet<&str> = name.split(' ').collect();
        let of_document = entity.mentions[from..].chunk_by(|a, b| a.document == b.document);
        let mut moved = Vec::new();
        for mentions in of_document {
            let names: Vec<String> = mentions.iter().map(|m| normalized_name(&m.text)).collect();
            let is_part = |text: &String| text.split(' ').all(|word| words.contains(word));
            let is_named = texts.iter().any(|text| text == name) && names.iter().any(|n| n == name);
            let is_alone = is_named && names.iter().all(|n| texts.contains(n) || is_part(n));
            let goes = mentions.iter().zip(&names);
            let goes = goes.filter(|(_, text)| is_alone || texts.contains(text));
            moved.extend(goes.map(|(m, _)| (super::moves::place_of(m), entity.id)));
        }
        moved
    }

    /// If a new reading made one of two that are different, the one whose number is gone is made again.
    fn keep_apart(
        &mut self,
        correction: &Correction,
        other: EntityId,
        (kind, name): (EntityKind, &str),
        anchors: &[Anchor],
    ) -> bool {
        let one = self.subject(correction);
        let two = self.known(other, &normalized_name(name), anchors, correction.new_from);
        let (was, far) = (correction.entity, other);
        self.apart.push((one.unwrap_or(was), two.unwrap_or(far)));
        match (one, two) {
            (Some(one), Some(two)) if one != two => true,
            (Some(one), _) => {
                self.make_again((other, kind, name), anchors, correction.new_from.0, one)
            }
            (None, Some(two)) => {
                let anchors = &correction.anchors;
                let name = full_name(&correction.name, anchors);
                let known = (correction.entity, correction.entity_kind, name);
                self.make_again(known, anchors, correction.new_from.0, two)
            }
            (None, None) => false,
        }
    }

    /// Gives the anchored mentions that `from` has to an entity of that number, if there is none.
    fn make_again(
        &mut self,
        (id, kind, name): (EntityId, EntityKind, &str),
        anchors: &[Anchor],
        since: DocumentId,
        from: EntityId,
    ) -> bool {
        let mut anchored = self.anchored(anchors, since);
        anchored.retain(|&(_, owner)| owner == from);
        if !anchored.is_empty() && !self.entities.contains_key(&id) {
            self.make(id, kind, name);
            self.move_to(&anchored, id);
        }
        !anchored.is_empty()
    }
}

/// The words of an anchor that are the normalized name, or else the name itself.
fn full_name<'a>(name: &'a str, anchors: &'a [Anchor]) -> &'a str {
    let is_it = |anchor: &&Anchor| normalized_name(&anchor.text) == name;
    anchors.iter().find(is_it).map_or(name, |a| &a.text)
}

fn is_one_place(a: &Location, b: &Location) -> bool {
    let key = |l: &Location| {
        let degrees = (l.latitude.to_bits(), l.longitude.to_bits());
        (l.kind, l.name.clone(), degrees)
    };
    key(a) == key(b)
}
