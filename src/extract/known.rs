//! What a project knows of names: who bears them, and what the user said of them.

use super::resolve::name_key;
use crate::model::{
    CorrectionKind, Entity, EntityId, EntityKind, Location, Mention, PlaceKind, Project,
    normalized_name,
};
use std::collections::{BTreeSet, HashMap};

/// A location surer than this is one that the words beside the name tell.
const SURE: f32 = 0.95;

/// What becomes of a freshly found entity.
pub(super) enum Fate {
    /// The user said that it is none, or removed it.
    Nothing,
    /// It is the same thing as that one.
    Join(EntityId),
    /// The project does not know it.
    New,
}

/// What the project knows of names.
pub(super) struct Known {
    /// Names that the user said are no entity, and those deleted, with the anchors of the latter.
    no_entity: BTreeSet<String>,
    deleted: BTreeSet<(String, String, usize, usize)>,
    /// Names that a correction ties to an entity that still exists.
    corrected: HashMap<String, EntityId>,
    /// Entities by kind and name key, those of full names first; `None` where several bear it.
    by_name: HashMap<(Sort, String), Option<EntityId>>,
    /// The same for aliases.
    by_alias: HashMap<(Sort, String), Option<EntityId>>,
    /// Places by where they lie.
    by_location: HashMap<LocationKey, EntityId>,
    /// Names whose place the user chose.
    placed: HashMap<String, EntityId>,
    /// Units whose fields the user set.
    units: BTreeSet<EntityId>,
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
            no_entity: BTreeSet::new(),
            deleted: BTreeSet::new(),
            corrected: HashMap::new(),
            by_name: HashMap::new(),
            by_alias: HashMap::new(),
            by_location: HashMap::new(),
            placed: HashMap::new(),
            units: BTreeSet::new(),
        };
        for entity in project.entities() {
            let name = (sort(entity.kind), name_key(&entity.name));
            note(&mut known.by_name, name, entity.id);
            if let Some(location) = &entity.location {
                known
                    .by_location
                    .entry(location_key(location))
                    .or_insert(entity.id);
            }
            for alias in &entity.aliases {
                let alias = (sort(entity.kind), name_key(alias));
                note(&mut known.by_alias, alias, entity.id);
            }
        }
        known.take_corrections(project);
        known
    }

    fn take_corrections(&mut self, project: &Project) {
        for correction in project.corrections() {
            match &correction.kind {
                CorrectionKind::NotAnEntity => {
                    self.no_entity.insert(correction.name.clone());
                }
                CorrectionKind::Delete => {
                    self.deleted.extend(
                        correction
                            .anchors
                            .iter()
                            .map(|a| (a.path.clone(), a.file_hash.clone(), a.start, a.end)),
                    );
                }
                CorrectionKind::Merge { into, .. } => {
                    let target = self.entity_called(project, into);
                    if let Some(id) = target {
                        self.corrected.insert(correction.name.clone(), id);
                    }
                }
                CorrectionKind::Unit { .. } => {
                    if project.entity(correction.entity).is_some() {
                        self.units.insert(correction.entity);
                        self.corrected
                            .insert(correction.name.clone(), correction.entity);
                    }
                }
                CorrectionKind::Rename { .. }
                | CorrectionKind::Retype { .. }
                | CorrectionKind::AddEntity { .. }
                | CorrectionKind::MarkMention { .. } => {
                    if project.entity(correction.entity).is_some() {
                        self.corrected
                            .insert(correction.name.clone(), correction.entity);
                    }
                    if let CorrectionKind::AddEntity { name, .. } = &correction.kind
                        && project.entity(correction.entity).is_some()
                    {
                        self.corrected
                            .insert(normalized_name(name), correction.entity);
                    }
                }
                CorrectionKind::Locate { .. } => {
                    if project.entity(correction.entity).is_some() {
                        self.placed
                            .insert(correction.name.clone(), correction.entity);
                    }
                }
                CorrectionKind::Relation { .. } => {}
            }
        }
    }

    /// The entity that bears or bore a normalized name.
    fn entity_called(&self, project: &Project, name: &str) -> Option<EntityId> {
        self.corrected.get(name).copied().or_else(|| {
            project
                .entities()
                .find(|e| normalized_name(&e.name) == name)
                .or_else(|| {
                    project
                        .entities()
                        .find(|e| e.aliases.iter().any(|a| normalized_name(a) == name))
                })
                .map(|entity| entity.id)
        })
    }

    /// The user said what the unit's fields are.
    pub(super) fn has_fields_of_user(&self, id: EntityId) -> bool {
        self.units.contains(&id)
    }

    /// What becomes of an entity of a fresh extraction.
    pub(super) fn fate(&self, project: &Project, entity: &Entity) -> Fate {
        let name = normalized_name(&entity.name);
        if self.no_entity.contains(&name) || self.was_deleted(project, entity) {
            return Fate::Nothing;
        }
        if let Some(&id) = self.corrected.get(&name) {
            return Fate::Join(id);
        }
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
            Fate::Join(id) if lies_elsewhere(project, id, entity) => Fate::New,
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

    fn was_deleted(&self, project: &Project, entity: &Entity) -> bool {
        let is_deleted = |mention: &Mention| {
            project.anchor(mention).is_some_and(|a| {
                self.deleted
                    .contains(&(a.path, a.file_hash, a.start, a.end))
            })
        };
        !self.deleted.is_empty()
            && !entity.mentions.is_empty()
            && entity.mentions.iter().any(is_deleted)
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

/// The gazetteer knows both, as two places of one name.
fn lies_elsewhere(project: &Project, id: EntityId, entity: &Entity) -> bool {
    let known = project
        .entity(id)
        .and_then(|known| known.location.as_deref().map(location_key));
    let found = entity.location.as_deref().map(location_key);
    known.is_some() && found.is_some() && known != found
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
