//! A change to a project as data: for each touched record its new value, or none.

use super::{
    Correction, CorrectionId, Document, DocumentId, Entity, EntityId, FileRecord, Groups,
    LayoutChoice, MapFrame, NameList, Placement, Relation, RelationId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The new values of the touched records. `None` removes a record.
///
/// [`super::Project::apply`] carries it out and gives the patch that takes it back. Within a list
/// no id occurs twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Patch {
    /// Documents.
    pub documents: Vec<(DocumentId, Option<Arc<Document>>)>,
    /// Entities.
    pub entities: Vec<(EntityId, Option<Arc<Entity>>)>,
    /// Relations.
    pub relations: Vec<(RelationId, Option<Arc<Relation>>)>,
    /// Entities as they were found, before corrections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found_entities: Vec<(EntityId, Option<Arc<Entity>>)>,
    /// Relations as they were found, before corrections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found_relations: Vec<(RelationId, Option<Arc<Relation>>)>,
    /// Where entities lie, whether pinned or hidden.
    pub placements: Vec<(EntityId, Option<Placement>)>,
    /// What the user corrected.
    pub corrections: Vec<(CorrectionId, Option<Arc<Correction>>)>,
    /// The whole list of files found, when it changes.
    pub files: Option<Vec<FileRecord>>,
    /// The project's title, when it changes.
    pub title: Option<String>,
    /// The chosen layout, when it changes.
    pub layout: Option<LayoutChoice>,
    /// The map of the geographic layout, when it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<MapFrame>,
    /// All of the user's own lists, when they change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lists: Option<Vec<Arc<NameList>>>,
    /// All pairs that the user left for later, when they change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub later: Option<BTreeSet<(EntityId, EntityId)>>,
    /// All pairs that are different by what the user did, when they change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apart: Option<BTreeSet<(EntityId, EntityId)>>,
    /// Which nodes are drawn as one, when that changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
}

impl Patch {
    /// It touches nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Joins the patch that takes back a later change to this one, which takes back an earlier change:
    /// where both know a record, the older value is the one to go back to.
    pub(super) fn keep_older(&mut self, later: Self) {
        fn join<K: Ord + Copy, V>(older: &mut Vec<(K, V)>, later: Vec<(K, V)>) {
            let known: BTreeSet<K> = older.iter().map(|(id, _)| *id).collect();
            older.extend(later.into_iter().filter(|(id, _)| !known.contains(id)));
        }
        join(&mut self.documents, later.documents);
        join(&mut self.entities, later.entities);
        join(&mut self.relations, later.relations);
        join(&mut self.found_entities, later.found_entities);
        join(&mut self.found_relations, later.found_relations);
        join(&mut self.placements, later.placements);
        join(&mut self.corrections, later.corrections);
        self.files = self.files.take().or(later.files);
        self.title = self.title.take().or(later.title);
        self.layout = self.layout.or(later.layout);
        self.map = self.map.or(later.map);
        self.lists = self.lists.take().or(later.lists);
        self.later = self.later.take().or(later.later);
        self.apart = self.apart.take().or(later.apart);
        self.groups = self.groups.take().or(later.groups);
    }

    /// It changes nothing but where entities lie, or whether they are pinned or hidden.
    pub fn is_placement_only(&self) -> bool {
        self.layout.is_none() && self.is_arrangement_only()
    }

    /// It changes nothing but placements and the chosen layout.
    pub fn is_arrangement_only(&self) -> bool {
        self.documents.is_empty()
            && self.entities.is_empty()
            && self.relations.is_empty()
            && self.found_entities.is_empty()
            && self.found_relations.is_empty()
            && self.corrections.is_empty()
            && self.files.is_none()
            && self.title.is_none()
            && self.map.is_none()
            && self.lists.is_none()
            && self.later.is_none()
            && self.apart.is_none()
            && self.groups.is_none()
    }
}
