//! Who bears a name among the findings. A correction goes over to what is found later under its name
//! only where that name can mean nothing else: where several bear it, extraction made a new entity just
//! because it could not tell which of them is meant.

use super::state::{State, may_be_one};
use crate::model::{Correction, Entity, EntityId, EntityKind, Project, normalized_name};
use std::collections::{BTreeSet, HashMap};

/// What was found, by normalized name.
pub(super) struct Bearers {
    by_name: HashMap<String, Vec<EntityId>>,
    /// Persons of several words by each of them.
    by_word: HashMap<String, Vec<EntityId>>,
}

impl Bearers {
    pub(super) fn new(project: &Project) -> Self {
        let mut bearers = Self {
            by_name: HashMap::new(),
            by_word: HashMap::new(),
        };
        for (&id, entity) in &project.found_entities {
            let name = normalized_name(&entity.name);
            if entity.kind == EntityKind::Person && name.contains(' ') {
                for word in name.split(' ') {
                    let of_word = bearers.by_word.entry(word.to_owned()).or_default();
                    of_word.push(id);
                }
            }
            bearers.by_name.entry(name).or_default().push(id);
        }
        bearers
    }
}

impl State<'_> {
    /// Entities found since the correction was made that bear a name, whoever else does; none if it was
    /// made for its own mentions only.
    pub(super) fn all_newcomers(&self, correction: &Correction, name: &str) -> Vec<EntityId> {
        if correction.only_here || name.is_empty() {
            return Vec::new();
        }
        let of_name = self.bearers.by_name.get(name).into_iter().flatten();
        of_name
            .copied()
            .filter(|&id| id >= correction.new_from.1 && id != correction.entity)
            .filter(|id| self.entities.contains_key(id))
            .collect()
    }

    /// The entity found since the correction was made on `subject` that bears a name and may be of a
    /// kind, if nothing else does.
    pub(super) fn newcomer(
        &self,
        correction: &Correction,
        subject: Option<EntityId>,
        name: &str,
        kind: EntityKind,
    ) -> Option<EntityId> {
        let is_other = |id: &EntityId| {
            *id != correction.entity && (subject.is_none() || self.heir(*id) != subject)
        };
        let of_kind = |id: &EntityId| {
            let found = self.project.found_entities.get(id);
            found.is_some_and(|entity| may_be_one(entity.kind, kind))
        };
        let bearers = self.bearers.by_name.get(name)?.iter().copied();
        let others: Vec<EntityId> = bearers.filter(is_other).filter(of_kind).collect();
        let &[one] = &others[..] else {
            return None;
        };
        let is_new = self.all_newcomers(correction, name).contains(&one);
        let may_be = self.entities.get(&one);
        let may_be = may_be.is_some_and(|entity| may_be_one(entity.kind, kind));
        (is_new && may_be && !self.is_short_for_another(one, subject, name)).then_some(one)
    }

    /// The only one found of a name that may be of a kind, if it was found since the correction was made.
    pub(super) fn renumbered(
        &self,
        correction: &Correction,
        name: &str,
        kind: EntityKind,
    ) -> Option<EntityId> {
        let of_kind = |id: &EntityId| {
            let found = self.project.found_entities.get(id);
            found.is_some_and(|entity| may_be_one(entity.kind, kind))
        };
        let bearers = self.bearers.by_name.get(name)?.iter().copied();
        let bearers: Vec<EntityId> = bearers.filter(of_kind).collect();
        match bearers[..] {
            [one]
                if one >= correction.new_from.1 && !self.is_short_for_another(one, None, name) =>
            {
                self.heir(one)
            }
            _ => None,
        }
    }

    /// A single word for a person, where somebody else of that name is in the same document.
    fn is_short_for_another(&self, id: EntityId, subject: Option<EntityId>, name: &str) -> bool {
        let found = |id: &EntityId| self.project.found_entities.get(id);
        let Some(entity) = found(&id).filter(|entity| entity.kind == EntityKind::Person) else {
            return false;
        };
        let documents: BTreeSet<_> = entity.mentions.iter().map(|m| m.document).collect();
        let is_there = |other: &Entity| {
            let mut mentions = other.mentions.iter();
            mentions.any(|mention| documents.contains(&mention.document))
        };
        let others = self.bearers.by_word.get(name).into_iter().flatten();
        others
            .filter(|other| **other != id && self.heir(**other) != subject)
            .filter_map(found)
            .any(|other| is_there(other))
    }

    /// The only entity that bears a normalized name, and may be of the kind if one is wanted.
    pub(super) fn only_called(&self, name: &str, kind: Option<EntityKind>) -> Option<EntityId> {
        let bears = |e: &&std::sync::Arc<Entity>| {
            kind.is_none_or(|kind| may_be_one(e.kind, kind)) && normalized_name(&e.name) == name
        };
        // What bears another name than it was found under was changed by the user: only those few are
        // looked at, however many are found.
        let of_name = self.bearers.by_name.get(name).into_iter().flatten();
        let of_name = of_name.filter_map(|id| self.entities.get(id));
        let changed = self.entities.values().filter(|entity| entity.by_user);
        let found: BTreeSet<EntityId> =
            of_name.chain(changed).filter(bears).map(|e| e.id).collect();
        let mut found = found.into_iter();
        found.next().filter(|_| found.next().is_none())
    }
}
