//! A project with changes laid over it, from which a patch is read off.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{
    Anchor, Correction, CorrectionId, CorrectionKind, Document, DocumentId, Entity, EntityId,
    FileRecord, Groups, LayoutChoice, MapFrame, NameList, Patch, Placement, Project, Relation,
    RelationId, normalized_name,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Changes so far, over a project that stays as it is.
pub(super) struct Draft<'a> {
    pub(super) project: &'a Project,
    pub(super) when: &'a str,
    pub(super) documents: BTreeMap<DocumentId, Option<Arc<Document>>>,
    entities: BTreeMap<EntityId, Option<Arc<Entity>>>,
    relations: BTreeMap<RelationId, Option<Arc<Relation>>>,
    placements: BTreeMap<EntityId, Option<Placement>>,
    corrections: BTreeMap<CorrectionId, Option<Arc<Correction>>>,
    pub(super) files: Option<Vec<FileRecord>>,
    pub(super) title: Option<String>,
    pub(super) layout: Option<LayoutChoice>,
    pub(super) map: Option<MapFrame>,
    pub(super) lists: Option<Vec<Arc<NameList>>>,
    pub(super) groups: Option<Groups>,
    next_ids: [u32; 4],
}

/// An error of an edit.
pub(super) fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Edit, message)
}

impl<'a> Draft<'a> {
    pub(super) fn new(project: &'a Project, when: &'a str) -> Self {
        Self {
            project,
            when,
            documents: BTreeMap::new(),
            entities: BTreeMap::new(),
            relations: BTreeMap::new(),
            placements: BTreeMap::new(),
            corrections: BTreeMap::new(),
            files: None,
            title: None,
            layout: None,
            map: None,
            lists: None,
            groups: None,
            next_ids: project.next_ids(),
        }
    }

    /// The entity as it is now.
    pub(super) fn entity(&self, id: EntityId) -> Result<&Arc<Entity>> {
        let found = match self.entities.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.project.entity(id),
        };
        found.ok_or_else(|| refused("that entity is no longer in the project"))
    }

    /// The entity, to be changed.
    pub(super) fn entity_mut(&mut self, id: EntityId) -> Result<&mut Entity> {
        let current = self.entity(id)?.clone();
        let slot = self.entities.entry(id).or_insert(None);
        Ok(Arc::make_mut(slot.insert(current)))
    }

    pub(super) fn put_entity(&mut self, entity: impl Into<Arc<Entity>>) {
        let entity = entity.into();
        self.skip_id(1, entity.id.0);
        self.entities.insert(entity.id, Some(entity));
    }

    /// All entities as they are now, by id.
    pub(super) fn entities(&self) -> Vec<Arc<Entity>> {
        let unchanged = self
            .project
            .entities()
            .filter(|entity| !self.entities.contains_key(&entity.id));
        let mut all: Vec<Arc<Entity>> = unchanged
            .chain(self.entities.values().flatten())
            .cloned()
            .collect();
        all.sort_by_key(|entity| entity.id);
        all
    }

    /// All relations as they are now, by id.
    pub(super) fn relations(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.project
            .relations()
            .filter(|relation| !self.relations.contains_key(&relation.id))
            .chain(self.relations.values().flatten())
    }

    pub(super) fn relation(&self, id: RelationId) -> Result<&Arc<Relation>> {
        let found = match self.relations.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.project.relation(id),
        };
        found.ok_or_else(|| refused("that relation is no longer in the project"))
    }

    /// The relations with an end in `entities`, by id.
    pub(super) fn relations_touching(&self, entities: &BTreeSet<EntityId>) -> Vec<Arc<Relation>> {
        let mut found: Vec<Arc<Relation>> = self
            .relations()
            .filter(|r| entities.contains(&r.source) || entities.contains(&r.target))
            .cloned()
            .collect();
        found.sort_by_key(|relation| relation.id);
        found
    }

    pub(super) fn put_relation(&mut self, relation: impl Into<Arc<Relation>>) {
        let relation = relation.into();
        self.skip_id(2, relation.id.0);
        self.relations.insert(relation.id, Some(relation));
    }

    pub(super) fn remove_relation(&mut self, id: RelationId) {
        self.relations.insert(id, None);
    }

    pub(super) fn placement(&self, id: EntityId) -> Placement {
        match self.placements.get(&id) {
            Some(changed) => changed.unwrap_or_default(),
            None => self.project.placement(id),
        }
    }

    pub(super) fn put_placement(&mut self, id: EntityId, placement: Placement) {
        let stored = (placement != Placement::default()).then_some(placement);
        self.placements.insert(id, stored);
    }

    /// Removes entities with their placements and every relation that ends at one of them.
    pub(super) fn remove_entities(&mut self, entities: &BTreeSet<EntityId>) {
        for relation in self.relations_touching(entities) {
            self.remove_relation(relation.id);
        }
        for &id in entities {
            self.entities.insert(id, None);
            self.placements.insert(id, None);
        }
    }

    pub(super) fn new_entity_id(&mut self) -> EntityId {
        EntityId(self.take_id(1))
    }

    pub(super) fn new_relation_id(&mut self) -> RelationId {
        RelationId(self.take_id(2))
    }

    /// What comes with a number of its own must not be overwritten by what gets one later.
    fn skip_id(&mut self, which: usize, id: u32) {
        self.next_ids[which] = self.next_ids[which].max(id.saturating_add(1));
    }

    fn take_id(&mut self, which: usize) -> u32 {
        let id = self.next_ids[which];
        self.next_ids[which] = id.saturating_add(1);
        id
    }

    /// Records a correction made on `entity`, anchored to `anchors`.
    pub(super) fn correct(&mut self, entity: &Entity, anchors: Vec<Anchor>, kind: CorrectionKind) {
        let id = CorrectionId(self.take_id(3));
        let correction = Correction {
            id,
            when: self.when.to_owned(),
            entity: entity.id,
            name: normalized_name(&entity.name),
            entity_kind: entity.kind,
            anchors,
            kind,
        };
        self.corrections.insert(id, Some(Arc::new(correction)));
    }

    /// Anchors of all mentions of an entity.
    pub(super) fn anchors(&self, entity: &Entity) -> Vec<Anchor> {
        entity
            .mentions
            .iter()
            .filter_map(|mention| self.project.anchor(mention))
            .collect()
    }

    /// The patch, without entries that change nothing.
    pub(super) fn into_patch(self) -> Patch {
        let project = self.project;
        let mut patch = Patch {
            documents: self.documents.into_iter().collect(),
            entities: self.entities.into_iter().collect(),
            relations: self.relations.into_iter().collect(),
            placements: self.placements.into_iter().collect(),
            corrections: self.corrections.into_iter().collect(),
            files: self.files.filter(|files| files != project.files()),
            title: self.title.filter(|title| title != project.title()),
            layout: self.layout.filter(|layout| *layout != project.layout()),
            map: self.map.filter(|map| *map != project.map()),
            lists: self.lists.filter(|lists| lists != project.lists()),
            groups: self.groups.filter(|groups| *groups != project.view.groups),
        };
        patch
            .documents
            .retain(|(id, new)| new.as_ref() != project.document(*id));
        patch
            .entities
            .retain(|(id, new)| new.as_ref() != project.entity(*id));
        patch
            .relations
            .retain(|(id, new)| new.as_ref() != project.relation(*id));
        patch
            .placements
            .retain(|(id, new)| new.unwrap_or_default() != project.placement(*id));
        patch
    }
}

/// A name as it is kept: runs of blanks as one space, none around it.
pub(super) fn checked_name(name: &str) -> Result<String> {
    /// Longer "names" are passages that were marked by mistake.
    const MOST_CHARACTERS: usize = 300;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(refused("a name needs at least one letter"));
    }
    if name.chars().count() > MOST_CHARACTERS {
        return Err(refused(format!(
            "a name has at most {MOST_CHARACTERS} characters"
        )));
    }
    Ok(name)
}

/// "Ada" for one, "3 entities" for several.
pub(super) fn name_or_count(names: &[String], many: &str) -> String {
    match names {
        [one] => one.clone(),
        several => format!("{} {many}", several.len()),
    }
}
