//! What a project knows of names: who bears them among its findings. Of corrections only places that
//! the user chose count here; all others are carried out over the findings afterwards.

use super::resolve::name_key;
use crate::model::{
    CorrectionKind, Entity, EntityId, EntityKind, Location, PlaceKind, Project, normalized_name,
};
use std::collections::HashMap;
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
            let name = (sort(entity.kind), name_key(&entity.name));
            note(&mut known.by_name, name, entity.id);
            if let Some(key) = known.location(entity.id).map(location_key) {
                known.by_location.entry(key).or_insert(entity.id);
            }
            for alias in &entity.aliases {
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
        let key = (sort(entity.kind), name_key(&entity.name));
        match (self.by_name.get(&key), self.by_alias.get(&key)) {
            (Some(Some(id)), _) => Fate::Join(*id),
            (Some(None), _) => Fate::New,
            (None, Some(Some(id))) => Fate::Join(*id),
            _ => self.by_fuller_name(entity).map_or(Fate::New, Fate::Join),
        }
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
                let key = (sort(entity.kind), alias);
                self.by_name.get(&key).copied().flatten()
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
