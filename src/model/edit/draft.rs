//! A project with changes laid over it, from which a patch is read off.

use crate::error::{Error, ErrorKind, Result};
use crate::model::ledger::replay;
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
    pub(super) found_entities: BTreeMap<EntityId, Option<Arc<Entity>>>,
    pub(super) found_relations: BTreeMap<RelationId, Option<Arc<Relation>>>,
    placements: BTreeMap<EntityId, Option<Placement>>,
    corrections: BTreeMap<CorrectionId, Option<Arc<Correction>>>,
    pub(super) files: Option<Vec<FileRecord>>,
    pub(super) title: Option<String>,
    pub(super) layout: Option<LayoutChoice>,
    pub(super) map: Option<MapFrame>,
    pub(super) lists: Option<Vec<Arc<NameList>>>,
    pub(super) later: Option<BTreeSet<(EntityId, EntityId)>>,
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
            found_entities: BTreeMap::new(),
            found_relations: BTreeMap::new(),
            placements: BTreeMap::new(),
            corrections: BTreeMap::new(),
            files: None,
            title: None,
            layout: None,
            map: None,
            lists: None,
            later: None,
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
        let goes = matches!(
            kind,
            CorrectionKind::Merge { .. } | CorrectionKind::Delete | CorrectionKind::NotAnEntity
        );
        let goes = goes && self.placement(entity.id) != Placement::default();
        let correction = Correction {
            id,
            when: self.when.to_owned(),
            entity: entity.id,
            name: normalized_name(&entity.name),
            entity_kind: entity.kind,
            anchors,
            title: String::new(),
            only_here: false,
            carried_out: false,
            rest: None,
            placement: goes.then(|| self.placement(entity.id)),
            new_from: (
                DocumentId(self.project.next_ids()[0]),
                EntityId(self.project.next_ids()[1]),
            ),
            kind,
        };
        self.put_correction(id, Some(correction));
    }

    /// Puts a correction in, changes it, or takes it back.
    pub(super) fn put_correction(&mut self, id: CorrectionId, correction: Option<Correction>) {
        self.corrections.insert(id, correction.map(Arc::new));
    }

    /// Names the step that new corrections belong to.
    pub(super) fn name_corrections(&mut self, title: &str) {
        for correction in self.corrections.values_mut().flatten() {
            if correction.title.is_empty() {
                title.clone_into(&mut Arc::make_mut(correction).title);
            }
        }
    }

    /// Anchors of the first mentions of an entity: enough to find it again where a correction names it
    /// beside the one that it was made on, and merging many into a much-mentioned one stays linear.
    pub(super) fn some_anchors(&self, entity: &Entity) -> Vec<Anchor> {
        const MOST: usize = 64;
        let some = entity.mentions.iter().take(MOST);
        some.filter_map(|mention| self.project.anchor(mention))
            .collect()
    }

    /// Anchors of all mentions of an entity.
    pub(super) fn anchors(&self, entity: &Entity) -> Vec<Anchor> {
        entity
            .mentions
            .iter()
            .filter_map(|mention| self.project.anchor(mention))
            .collect()
    }

    /// The patch, without entries that change nothing. If findings or corrections change, all
    /// corrections are carried out anew.
    pub(super) fn into_patch(self) -> Patch {
        let project = self.project;
        let mut patch = Patch {
            documents: changed(self.documents, |id| project.document(id)),
            entities: changed(self.entities, |id| project.entity(id)),
            relations: changed(self.relations, |id| project.relation(id)),
            found_entities: changed(self.found_entities, |id| project.found_entities.get(&id)),
            found_relations: changed(self.found_relations, |id| project.found_relations.get(&id)),
            placements: Vec::new(),
            corrections: changed(self.corrections, |id| project.corrections.get(&id)),
            files: self.files.filter(|files| files != project.files()),
            title: self.title.filter(|title| title != project.title()),
            layout: self.layout.filter(|layout| *layout != project.layout()),
            map: self.map.filter(|map| *map != project.map()),
            lists: self.lists.filter(|lists| lists != project.lists()),
            later: self.later.filter(|later| later != project.later()),
            apart: None,
            groups: self.groups.filter(|groups| *groups != project.view.groups),
        };
        let mut placements = self.placements;
        let is_replayed = !(patch.found_entities.is_empty()
            && patch.found_relations.is_empty()
            && patch.corrections.is_empty());
        // A document in which nothing was found may have words that were marked.
        let are_texts = !patch.documents.is_empty() && project.corrections().len() > 0;
        if is_replayed || are_texts {
            let mut after = project.clone();
            after.apply_records(patch.clone());
            let replayed = replay(&after);
            placements.retain(|id, new| new.is_none() || replayed.entities.contains_key(id));
            patch.entities = difference(&project.entities, replayed.entities);
            patch.relations = difference(&project.relations, replayed.relations);
            patch.apart = Some(replayed.apart).filter(|apart| *apart != project.apart);
            let gone = patch.entities.iter().filter(|(_, new)| new.is_none());
            placements.extend(gone.map(|&(id, _)| (id, None)));
        }
        patch.groups = groups_after(project, &patch);
        let was = |id: EntityId| project.placement(id);
        patch.placements = placements
            .into_iter()
            .filter(|(id, new)| new.unwrap_or_default() != was(*id))
            .collect();
        patch
    }
}

/// The groups of nodes, if they change: what is gone leaves its group, as part of the step, so that it is
/// back in it when the step is undone.
fn groups_after(project: &Project, patch: &Patch) -> Option<Groups> {
    let gone = patch.entities.iter().filter(|(_, new)| new.is_none());
    let gone: BTreeSet<EntityId> = gone.map(|(id, _)| *id).collect();
    let before = &project.view.groups;
    let mut after = patch.groups.clone().unwrap_or_else(|| before.clone());
    if !gone.is_empty() && !after.is_empty() {
        after.retain(|id| !gone.contains(&id));
    }
    (after != *before).then_some(after)
}

/// The entries that differ from what there is.
fn changed<'a, K: Copy, V: PartialEq + 'a>(
    entries: BTreeMap<K, Option<V>>,
    present: impl Fn(K) -> Option<&'a V>,
) -> Vec<(K, Option<V>)> {
    let mut entries: Vec<(K, Option<V>)> = entries.into_iter().collect();
    entries.retain(|(id, new)| new.as_ref() != present(*id));
    entries
}

/// What leads from one map of records to another.
fn difference<K: Ord + Copy, V: PartialEq>(
    before: &BTreeMap<K, Arc<V>>,
    after: BTreeMap<K, Arc<V>>,
) -> Vec<(K, Option<Arc<V>>)> {
    let gone: Vec<K> = before
        .keys()
        .filter(|id| !after.contains_key(id))
        .copied()
        .collect();
    let is_same = |id: &K, new: &Arc<V>| {
        let old = before.get(id);
        old.is_some_and(|old| Arc::ptr_eq(old, new) || old == new)
    };
    let mut changes: Vec<(K, Option<Arc<V>>)> = after
        .into_iter()
        .filter(|(id, new)| !is_same(id, new))
        .map(|(id, new)| (id, Some(new)))
        .collect();
    changes.extend(gone.into_iter().map(|id| (id, None)));
    changes
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
