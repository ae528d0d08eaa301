//! The whole of what a user works on, and the questions that can be asked of it.

use super::exchange::swap;
use super::{
    Anchor, Correction, CorrectionId, Document, DocumentId, Entity, EntityId, FileRecord, MapFrame,
    Mention, NameList, Patch, Relation, RelationId, SavedView,
};
use crate::geometry::Point;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where an entity lies in the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Placement {
    /// Its place; `None` until a layout or the user gave it one.
    pub position: Option<Point>,
    /// The user put it there: no layout moves it.
    pub pinned: bool,
    /// The user hid it.
    pub hidden: bool,
}

/// Which layout a project is drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayoutChoice {
    /// Forces: linked entities attract, all repel.
    #[default]
    Force,
    /// All on a circle.
    Circular,
    /// On rings around one node.
    Radial,
    /// As an order of battle: leaders and parents above.
    Hierarchical,
    /// In rows and columns.
    Grid,
    /// Places at their coordinates on a map, the rest near them.
    Geographic,
}

impl LayoutChoice {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 6] = [
        Self::Force,
        Self::Circular,
        Self::Radial,
        Self::Hierarchical,
        Self::Grid,
        Self::Geographic,
    ];

    /// How nodes are arranged, as the rest of a sentence: "in a circle".
    pub fn manner(self) -> &'static str {
        match self {
            Self::Force => "by force",
            Self::Circular => "in a circle",
            Self::Radial => "in rings",
            Self::Hierarchical => "as an order of battle",
            Self::Grid => "in rows and columns",
            Self::Geographic => "on a map",
        }
    }

    /// Its name in commands and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Force => "force",
            Self::Circular => "circular",
            Self::Radial => "radial",
            Self::Hierarchical => "hierarchical",
            Self::Grid => "grid",
            Self::Geographic => "geographic",
        }
    }

    /// The layout of that name; ForceAtlas2 counts as force.
    pub fn from_key(key: &str) -> Option<Self> {
        if key == "forceatlas2" {
            return Some(Self::Force);
        }
        Self::ALL.into_iter().find(|choice| choice.key() == key)
    }
}

/// Why nodes have other places although the project's layout stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rearranging {
    /// Some nodes were arranged by themselves.
    Part(LayoutChoice),
    /// Nodes that overlapped were moved apart.
    Separated,
}

/// Documents, entities, relations, where things lie and what the user corrected.
///
/// Cheap to clone: records are shared until changed. Records are changed only by
/// [`Project::apply`], so that every change can be taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    pub(super) title: String,
    pub(super) documents: BTreeMap<DocumentId, Arc<Document>>,
    pub(super) entities: BTreeMap<EntityId, Arc<Entity>>,
    pub(super) relations: BTreeMap<RelationId, Arc<Relation>>,
    /// What extraction found; entities and relations are these with the corrections carried out.
    pub(super) found_entities: BTreeMap<EntityId, Arc<Entity>>,
    pub(super) found_relations: BTreeMap<RelationId, Arc<Relation>>,
    pub(super) placements: BTreeMap<EntityId, Placement>,
    pub(super) corrections: BTreeMap<CorrectionId, Arc<Correction>>,
    pub(super) files: Vec<FileRecord>,
    pub(super) layout: LayoutChoice,
    pub(super) map: MapFrame,
    pub(super) lists: Vec<Arc<NameList>>,
    /// Possible duplicates that the user wants to decide later, the smaller number first.
    pub(super) later: BTreeSet<(EntityId, EntityId)>,
    /// Pairs that are different by what the user did; follows from the corrections.
    pub(super) apart: BTreeSet<(EntityId, EntityId)>,
    /// Which documents are one source; follows from the documents.
    pub(super) sources: super::sources::Sources,
    /// First id never used: documents, entities, relations, corrections. Never goes back, undo included.
    pub(super) next_ids: [u32; 4],
    /// Camera, selection and filters as last seen. Not part of undo.
    pub view: SavedView,
}

impl Project {
    /// What the user calls it; empty until saved or named.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// All documents by id.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &Arc<Document>> {
        self.documents.values()
    }

    /// All entities by id.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &Arc<Entity>> {
        self.entities.values()
    }

    /// All relations by id.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = &Arc<Relation>> {
        self.relations.values()
    }

    /// All entities as extraction found them, before any correction, by id.
    pub fn found_entities(&self) -> impl ExactSizeIterator<Item = &Arc<Entity>> {
        self.found_entities.values()
    }

    /// All relations as extraction found them, before any correction, by id.
    pub fn found_relations(&self) -> impl ExactSizeIterator<Item = &Arc<Relation>> {
        self.found_relations.values()
    }

    /// One entity as extraction found it.
    pub fn found_entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        self.found_entities.get(&id)
    }

    /// One relation as extraction found it.
    pub fn found_relation(&self, id: RelationId) -> Option<&Arc<Relation>> {
        self.found_relations.get(&id)
    }

    /// The project as extraction found it, without any correction.
    pub fn as_found(&self) -> Self {
        Self {
            entities: self.found_entities.clone(),
            relations: self.found_relations.clone(),
            corrections: BTreeMap::new(),
            apart: BTreeSet::new(),
            ..self.clone()
        }
    }

    /// All corrections in the order they were made.
    pub fn corrections(&self) -> impl ExactSizeIterator<Item = &Arc<Correction>> {
        self.corrections.values()
    }

    /// One correction.
    pub fn correction(&self, id: CorrectionId) -> Option<&Arc<Correction>> {
        self.corrections.get(&id)
    }

    /// Corrections of which nothing is left that they were made on: they wait for it. Takes as long
    /// as carrying all of them out.
    pub fn idle_corrections(&self) -> BTreeSet<CorrectionId> {
        super::ledger::replay(self).idle
    }

    /// The project with all corrections carried out anew over what was found. Every project is its own
    /// replay: a property that tests hold it to.
    #[must_use]
    pub fn replayed(&self) -> Self {
        let replayed = super::ledger::replay(self);
        Self {
            entities: replayed.entities,
            relations: replayed.relations,
            apart: replayed.apart,
            ..self.clone()
        }
    }

    /// The user said that these two are different, or split one off the other.
    pub fn are_different(&self, a: EntityId, b: EntityId) -> bool {
        self.apart.contains(&(a.min(b), a.max(b)))
    }

    /// The pairs that are different by what the user did, the smaller number first: said to be so, split
    /// off, or left as they are found by a correction that holds only for its own mentions. Where one of
    /// them is found under another number, or was merged into a third since, that one is meant.
    pub fn kept_apart(&self) -> &BTreeSet<(EntityId, EntityId)> {
        &self.apart
    }

    /// Possible duplicates that the user wants to decide later, the smaller number first. Pairs of which
    /// one is gone stay, since it may come back.
    pub fn later(&self) -> &BTreeSet<(EntityId, EntityId)> {
        &self.later
    }

    /// All placements by entity.
    pub fn placements(&self) -> impl ExactSizeIterator<Item = (EntityId, Placement)> + '_ {
        self.placements
            .iter()
            .map(|(&id, &placement)| (id, placement))
    }

    /// Every file that was found, and what became of it.
    pub fn files(&self) -> &[FileRecord] {
        &self.files
    }

    /// The chosen layout.
    pub fn layout(&self) -> LayoutChoice {
        self.layout
    }

    /// The map that places lie on in the geographic layout.
    pub fn map(&self) -> MapFrame {
        self.map
    }

    /// The user's own lists of names, in the order they were added; the first that holds a name
    /// decides.
    pub fn lists(&self) -> &[Arc<NameList>] {
        &self.lists
    }

    /// One document.
    pub fn document(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.documents.get(&id)
    }

    /// One entity.
    pub fn entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        self.entities.get(&id)
    }

    /// One relation.
    pub fn relation(&self, id: RelationId) -> Option<&Arc<Relation>> {
        self.relations.get(&id)
    }

    /// Where an entity lies; the default for one that was never placed.
    pub fn placement(&self, id: EntityId) -> Placement {
        self.placements.get(&id).copied().unwrap_or_default()
    }

    /// There is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.entities.is_empty()
    }

    /// The relations that `entity` is an end of, by id. Takes time linear in all relations: for
    /// many questions build an [`super::EntityGraph`] once.
    pub fn relations_of(&self, entity: EntityId) -> impl Iterator<Item = &Arc<Relation>> {
        self.relations()
            .filter(move |r| r.source == entity || r.target == entity)
    }

    /// First unused ids: documents, entities, relations, corrections.
    pub fn next_ids(&self) -> [u32; 4] {
        self.next_ids
    }

    /// Where a mention can be found again when its document is read anew.
    pub fn anchor(&self, mention: &Mention) -> Option<Anchor> {
        let document = self.document(mention.document)?;
        super::ledger::anchor(document, mention.start, mention.end)
    }

    /// Puts a project together from stored parts; ids are taken as they are. Parts that do not tell
    /// what was found, and no correction, are taken for what was found.
    pub fn from_parts(patch: Patch, next_ids: [u32; 4], view: SavedView) -> Self {
        let mut project = Self {
            next_ids,
            view,
            ..Self::default()
        };
        project.apply(patch);
        if project.found_entities.is_empty() && project.corrections.is_empty() {
            project.found_entities.clone_from(&project.entities);
            project.found_relations.clone_from(&project.relations);
        }
        if !project.corrections.is_empty() {
            project.apart = super::ledger::replay(&project).apart;
        }
        project
    }

    /// Everything as one patch on an empty project: the opposite of [`Project::from_parts`].
    pub fn to_patch(&self) -> Patch {
        fn all<K: Copy, V: Clone>(map: &BTreeMap<K, V>) -> Vec<(K, Option<V>)> {
            map.iter()
                .map(|(&id, value)| (id, Some(value.clone())))
                .collect()
        }
        Patch {
            documents: all(&self.documents),
            entities: all(&self.entities),
            relations: all(&self.relations),
            found_entities: all(&self.found_entities),
            found_relations: all(&self.found_relations),
            placements: all(&self.placements),
            corrections: all(&self.corrections),
            files: Some(self.files.clone()),
            title: Some(self.title.clone()),
            layout: Some(self.layout),
            map: Some(self.map),
            lists: Some(self.lists.clone()),
            later: Some(self.later.clone()),
            // Follows from the corrections.
            apart: None,
            // Part of the view, which is kept beside the records.
            groups: None,
        }
    }

    /// Carries out `patch` and gives the patch that takes it back.
    ///
    /// Applying the result restores every record; only `next_ids` stay, so no id is used twice.
    pub fn apply(&mut self, patch: Patch) -> Patch {
        let changed: Vec<DocumentId> = patch.documents.iter().map(|(id, _)| *id).collect();
        let before = self.apply_records(patch);
        if !changed.is_empty() {
            self.sources.update(changed.into_iter(), &self.documents);
        }
        before
    }

    /// The same, but for what follows from the documents: for a project that is only looked at once.
    pub(super) fn apply_records(&mut self, patch: Patch) -> Patch {
        let last = [
            patch
                .documents
                .iter()
                .map(|(id, _)| id.0.saturating_add(1))
                .max(),
            patch
                .entities
                .iter()
                .chain(&patch.found_entities)
                .map(|(id, _)| id.0.saturating_add(1))
                .max(),
            patch
                .relations
                .iter()
                .chain(&patch.found_relations)
                .map(|(id, _)| id.0.saturating_add(1))
                .max(),
            patch
                .corrections
                .iter()
                .map(|(id, _)| id.0.saturating_add(1))
                .max(),
        ];
        for (next, last) in self.next_ids.iter_mut().zip(last) {
            *next = (*next).max(last.unwrap_or(0));
        }
        // A number that a correction keeps for what it makes is used, although no record may have it.
        for correction in patch.corrections.iter().filter_map(|(_, c)| c.as_ref()) {
            let (entity, relation) = correction.made();
            for (which, made) in [(1, entity), (2, relation)] {
                let after = made.map_or(0, |id| id.saturating_add(1));
                self.next_ids[which] = self.next_ids[which].max(after);
            }
        }
        Patch {
            documents: swap(&mut self.documents, patch.documents),
            entities: swap(&mut self.entities, patch.entities),
            relations: swap(&mut self.relations, patch.relations),
            found_entities: swap(&mut self.found_entities, patch.found_entities),
            found_relations: swap(&mut self.found_relations, patch.found_relations),
            placements: swap(&mut self.placements, patch.placements),
            corrections: swap(&mut self.corrections, patch.corrections),
            files: patch
                .files
                .map(|files| std::mem::replace(&mut self.files, files)),
            title: patch
                .title
                .map(|title| std::mem::replace(&mut self.title, title)),
            layout: patch
                .layout
                .map(|layout| std::mem::replace(&mut self.layout, layout)),
            map: patch.map.map(|map| std::mem::replace(&mut self.map, map)),
            lists: patch
                .lists
                .map(|lists| std::mem::replace(&mut self.lists, lists)),
            later: patch
                .later
                .map(|later| std::mem::replace(&mut self.later, later)),
            apart: patch
                .apart
                .map(|apart| std::mem::replace(&mut self.apart, apart)),
            groups: patch
                .groups
                .map(|groups| std::mem::replace(&mut self.view.groups, groups)),
        }
    }
}
