//! What a project knows of names: who bears them among its findings. Of corrections only places that
//! the user chose count here; all others are carried out over the findings afterwards.

use super::resolve::compare::{is_family_first, is_generation};
use super::resolve::{Sex, name_key, sex_of_name, sex_of_title};
use crate::model::{
    CorrectionKind, Entity, EntityId, EntityKind, Location, PlaceKind, Project, normalized_name,
};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A location surer than this is one that the words beside the name tell.
const SURE: f32 = 0.95;

/// What becomes of a freshly found entity.
pub(super) enum Fate {
    /// It is the same thing as that one.
    Join(EntityId),
    /// The project does not know it.
    New,
}

/// What the project knows of names.
pub(super) struct Known {
    /// What was found, by number.
    found: HashMap<EntityId, Arc<Entity>>,
    /// Entities by kind and name key, those of full names first; `None` where several bear it.
    by_name: HashMap<(Sort, String), Option<EntityId>>,
    /// The same for aliases.
    by_alias: HashMap<(Sort, String), Option<EntityId>>,
    /// Persons of a full name by the word that strangers call them by.
    by_family: HashMap<String, BTreeSet<EntityId>>,
    /// Places by where they lie.
    by_location: HashMap<LocationKey, EntityId>,
    /// Names whose place the user chose.
    placed: HashMap<String, EntityId>,
    /// Where places lie of which the user chose that.
    chosen: HashMap<EntityId, Option<Location>>,
}

/// Kinds that recognizers take for each other are one sort.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Body,
    Kind(EntityKind),
}

fn sort(kind: EntityKind) -> Sort {
    match kind {
        EntityKind::Unit | EntityKind::Organization => Sort::Body,
        kind => Sort::Kind(kind),
    }
}

impl Known {
    pub(super) fn new(project: &Project) -> Self {
        let mut known = Self {
            found: HashMap::with_capacity(project.found_entities().len()),
            by_name: HashMap::new(),
            by_alias: HashMap::new(),
            by_family: HashMap::new(),
            by_location: HashMap::new(),
            placed: HashMap::new(),
            chosen: HashMap::new(),
        };
        for correction in project.corrections() {
            if let CorrectionKind::Locate { location } = &correction.kind {
                let chosen = location.as_deref().cloned();
                known.chosen.insert(correction.entity, chosen);
                known
                    .placed
                    .insert(correction.name.clone(), correction.entity);
            }
        }
        for entity in project.found_entities() {
            known.found.insert(entity.id, entity.clone());
            let name = (sort(entity.kind), key_of(entity));
            if let Some(family) = family(entity) {
                known.by_family.entry(family).or_default().insert(entity.id);
            }
            note(&mut known.by_name, name, entity.id);
            if let Some(key) = known.location(entity.id).map(location_key) {
                known.by_location.entry(key).or_insert(entity.id);
            }
            // "Tuesday" is another day in each text.
            let aliases = entity.aliases.iter().filter(|_| entity.date.is_none());
            for alias in aliases {
                let alias = (sort(entity.kind), name_key(alias));
                note(&mut known.by_alias, alias, entity.id);
            }
        }
        let found = &known.found;
        known.placed.retain(|_, id| found.contains_key(id));
        known
    }

    /// What becomes of an entity of a fresh extraction.
    pub(super) fn fate(&self, entity: &Entity) -> Fate {
        let name = normalized_name(&entity.name);
        // What the user said of the name goes before a guess, not before what a text says outright.
        let told = entity.location.as_ref().is_some_and(|l| l.score > SURE);
        if let Some(&id) = self.placed.get(&name).filter(|_| !told) {
            return Fate::Join(id);
        }
        let same_place = entity.location.as_deref().map(location_key);
        if let Some(&id) = same_place.and_then(|key| self.by_location.get(&key)) {
            return Fate::Join(id);
        }
        match self.by_its_name(entity) {
            Fate::Join(id) if self.lies_elsewhere(id, entity) => Fate::New,
            fate => fate,
        }
    }

    fn by_its_name(&self, entity: &Entity) -> Fate {
        let key = (sort(entity.kind), key_of(entity));
        if entity.kind == EntityKind::Person && !key.1.contains(' ') {
            return self.by_bare_name(entity, &key);
        }
        match (self.by_name.get(&key), self.by_alias.get(&key)) {
            (Some(Some(id)), _) => Fate::Join(*id),
            (Some(None), _) => Fate::New,
            (None, Some(Some(id))) => Fate::Join(*id),
            _ => self.by_fuller_name(entity).map_or(Fate::New, Fate::Join),
        }
    }

    /// A person of one word: the only one of that family name, or where nobody bears it in full what is
    /// called so. With two bearers it is neither.
    fn by_bare_name(&self, entity: &Entity, key: &(Sort, String)) -> Fate {
        let bearers = self.by_family.get(&key.1);
        let only = match bearers.map_or(0, BTreeSet::len) {
            0 => {
                let called = self.by_name.get(key).copied();
                called.unwrap_or_else(|| self.by_second_name(key))
            }
            1 => bearers.and_then(|all| all.first()).copied(),
            _ => None,
        };
        match only.filter(|id| !self.is_other_sex(*id, entity)) {
            Some(id) => Fate::Join(id),
            None => Fate::New,
        }
    }

    /// The only one that texts call so beside its name, but not by its first name.
    fn by_second_name(&self, key: &(Sort, String)) -> Option<EntityId> {
        let id = self.by_alias.get(key).copied().flatten()?;
        let name = name_key(&self.found.get(&id)?.name);
        (name.split(' ').next() != Some(key.1.as_str())).then_some(id)
    }

    /// Titles or given names tell that they are a man and a woman.
    fn is_other_sex(&self, id: EntityId, entity: &Entity) -> bool {
        let known = self.found.get(&id).and_then(|found| sex_of(found));
        let new = sex_of(entity);
        known.is_some() && new.is_some() && known != new
    }

    /// The project has only a short form ("Klimenko") and the new documents the full one.
    fn by_fuller_name(&self, entity: &Entity) -> Option<EntityId> {
        let full = name_key(&entity.name);
        let mut found = entity
            .aliases
            .iter()
            .map(|alias| name_key(alias))
            .filter(|alias| *alias != full)
            .filter_map(|alias| {
                // A surname that somebody else there bears too may be theirs.
                let is_theirs =
                    entity.kind == EntityKind::Person && self.by_family.contains_key(&alias);
                let key = (sort(entity.kind), alias);
                let id = self.by_name.get(&key).copied().flatten();
                id.filter(|id| !is_theirs && !self.is_other_sex(*id, entity))
            });
        let first = found.next()?;
        found.all(|id| id == first).then_some(first)
    }

    /// Where an entity lies: as the user said, or else as it was found.
    fn location(&self, id: EntityId) -> Option<&Location> {
        match self.chosen.get(&id) {
            Some(chosen) => chosen.as_ref(),
            None => self.found.get(&id)?.location.as_deref(),
        }
    }

    /// The gazetteer knows both, as two places of one name.
    fn lies_elsewhere(&self, id: EntityId, entity: &Entity) -> bool {
        let known = self.location(id);
        let found = entity.location.as_deref();
        known.is_some() && found.is_some() && known.map(location_key) != found.map(location_key)
    }
}

/// The key of an entity's name; of a date the day or period that it is, however texts call it.
fn key_of(entity: &Entity) -> String {
    match (entity.kind, entity.date) {
        (EntityKind::Date, Some(date)) => format!("= {date}"),
        _ => name_key(&entity.name),
    }
}

/// The family name of a person who is known by more.
fn family(entity: &Entity) -> Option<String> {
    let name = name_key(&entity.name);
    let words: Vec<&str> = name.split(' ').collect();
    if entity.kind != EntityKind::Person || words.len() < 2 {
        return None;
    }
    let last = words.iter().rev().find(|word| !is_generation(word));
    let family = if is_family_first(words[0]) {
        words[0]
    } else {
        last.copied().unwrap_or(words[0])
    };
    Some(family.to_owned())
}

/// What the titles of a person, or else the given name, say.
fn sex_of(entity: &Entity) -> Option<Sex> {
    let titles: Vec<String> = entity
        .roles
        .iter()
        .flat_map(|role| {
            name_key(&role.text)
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let words: Vec<String> = name_key(&entity.name)
        .split(' ')
        .map(str::to_owned)
        .collect();
    sex_of_title(titles.iter().map(String::as_str)).or_else(|| sex_of_name(&words))
}

/// Sort, name and coordinates of a place of the gazetteer.
type LocationKey = (PlaceKind, String, u32, u32);

fn location_key(location: &Location) -> LocationKey {
    (
        location.kind,
        location.name.clone(),
        location.latitude.to_bits(),
        location.longitude.to_bits(),
    )
}

fn note(
    map: &mut HashMap<(Sort, String), Option<EntityId>>,
    key: (Sort, String),
    entity: EntityId,
) {
    map.entry(key)
        .and_modify(|known| {
            if *known != Some(entity) {
                *known = None;
            }
        })
        .or_insert(Some(entity));
}
