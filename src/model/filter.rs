//! What of a project is shown: filters, and the view that is kept with a project.

use super::area::Area;
use super::neighborhood::{Groups, Neighborhood};
use super::{
    DateValue, DocumentId, Entity, EntityId, EntityKind, PartialDate, Project, Relation,
    RelationId, RelationKind, Status,
};
use crate::geometry::Camera;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which entities and relations are shown. The default shows people, units, organizations and
/// places that are mentioned at all, stated relations but those that are denied, and co-mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Kinds of entities shown.
    pub kinds: BTreeSet<EntityKind>,
    /// Kinds of relations left out (`mentioned_with` has a switch of its own).
    pub hidden_relation_kinds: BTreeSet<RelationKind>,
    /// Statuses shown: a stated relation is shown if its own status is among them.
    pub statuses: BTreeSet<Status>,
    /// Show lines for mere co-mentions.
    pub co_mentions: bool,
    /// Show lines that only the gazetteer knows: which place lies in which.
    pub gazetteer: bool,
    /// A stated relation needs at least this score, 0 to 1.
    pub min_score: f32,
    /// A line needs at least so many independent sources. What the user added always passes.
    pub min_sources: usize,
    /// A line needs evidence, or a period, of this day or later. What has no date does not pass,
    /// unless the user added it.
    pub from: Option<PartialDate>,
    /// A line needs evidence, or a period, of this day or earlier.
    pub until: Option<PartialDate>,
    /// Only places in this area, and what a line joins to one of them; `None` is all.
    pub within: Option<Area>,
    /// An entity needs at least so many mentions. Entities that the user added always pass.
    pub min_mentions: usize,
    /// Only what these documents mention; `None` is all.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// Only what lies around these entities; `None` is all.
    pub around: Option<Neighborhood>,
}

impl Default for Filters {
    fn default() -> Self {
        Self {
            kinds: EntityKind::SHOWN_AT_FIRST.into(),
            hidden_relation_kinds: BTreeSet::new(),
            statuses: [Status::Asserted, Status::Reported, Status::Alleged].into(),
            co_mentions: true,
            gazetteer: false,
            min_score: 0.0,
            min_sources: 1,
            from: None,
            until: None,
            within: None,
            min_mentions: 1,
            documents: None,
            around: None,
        }
    }
}

/// Camera, selection and filters as kept in the project file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedView {
    /// `None` until the user or a fit has set one: then all is fitted.
    pub camera: Option<Camera>,
    /// Selected entities.
    pub selection: BTreeSet<EntityId>,
    /// The selected line.
    pub selected_relation: Option<RelationId>,
    /// What is shown.
    pub filters: Filters,
    /// What is drawn as one node.
    pub groups: Groups,
}

/// The entities and relations that pass the filters, by id, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visible {
    /// Entities shown.
    pub entities: Vec<EntityId>,
    /// Relations shown; both ends are shown.
    pub relations: Vec<RelationId>,
}

impl Visible {
    /// The entity is shown.
    pub fn has_entity(&self, id: EntityId) -> bool {
        self.entities.binary_search(&id).is_ok()
    }
}

impl Filters {
    /// What of `project` is shown, hidden nodes left out.
    pub fn visible(&self, project: &Project) -> Visible {
        if self.documents.is_some() && self.shown_documents(project).is_none() {
            let all = Self {
                documents: None,
                ..self.clone()
            };
            return all.visible(project);
        }
        let entities: Vec<EntityId> = project
            .entities()
            .filter(|entity| self.shows_entity(entity) && !project.placement(entity.id).hidden)
            .map(|entity| entity.id)
            .collect();
        let mut visible = Visible {
            entities,
            relations: Vec::new(),
        };
        visible.relations = project
            .relations()
            .filter(|r| {
                self.shows_relation(project, r)
                    && visible.has_entity(r.source)
                    && visible.has_entity(r.target)
            })
            .map(|relation| relation.id)
            .collect();
        if let Some(area) = &self.within {
            area.narrow(&mut visible, project);
        }
        if let Some(around) = &self.around {
            around.narrow(&mut visible, project);
        }
        visible
    }

    /// The documents that the picture is narrowed to; `None` if to none that are in the project: a filter
    /// of which nothing is left would leave an empty picture for no reason to be seen. What is gone stays
    /// in the filter, since it may come back.
    pub fn shown_documents(&self, project: &Project) -> Option<BTreeSet<DocumentId>> {
        let documents = self.documents.as_ref()?.iter().copied();
        let there: BTreeSet<DocumentId> = documents
            .filter(|&id| project.document(id).is_some())
            .collect();
        (!there.is_empty()).then_some(there)
    }

    /// The picture is that of a neighborhood of which a center is in the project.
    pub fn has_focus(&self, project: &Project) -> bool {
        let around = self.around.as_ref();
        around.is_some_and(|around| {
            around
                .centers
                .iter()
                .any(|&id| project.entity(id).is_some())
        })
    }

    fn shows_entity(&self, entity: &Entity) -> bool {
        if !self.kinds.contains(&entity.kind) {
            return false;
        }
        if entity.by_user && entity.mentions.is_empty() {
            return true;
        }
        let count = match &self.documents {
            None => entity.mentions.len(),
            Some(documents) => entity
                .mentions
                .iter()
                .filter(|m| documents.contains(&m.document))
                .count(),
        };
        count >= self.min_mentions.max(1)
    }

    fn shows_relation(&self, project: &Project, relation: &Relation) -> bool {
        if self.hidden_relation_kinds.contains(&relation.kind) || !self.in_documents(relation) {
            return false;
        }
        if relation.is_of_gazetteer() {
            return self.gazetteer;
        }
        if !relation.is_stated() {
            return self.co_mentions && self.is_borne_out(project, relation);
        }
        self.statuses.contains(&relation.status)
            && relation.score >= self.min_score
            && (relation.is_of_user() || self.is_borne_out(project, relation))
    }

    fn in_documents(&self, relation: &Relation) -> bool {
        self.documents.as_ref().is_none_or(|documents| {
            relation
                .evidence
                .iter()
                .any(|e| e.document.is_none_or(|d| documents.contains(&d)))
        })
    }

    /// Enough sources, of the right time.
    fn is_borne_out(&self, project: &Project, relation: &Relation) -> bool {
        let is_in_time = |date: DateValue| date.overlaps(self.from, self.until);
        let any_time = self.from.is_none() && self.until.is_none();
        let in_time = any_time
            || relation.date.is_some_and(is_in_time)
            || relation
                .evidence
                .iter()
                .any(|e| e.told_on(project).is_some_and(is_in_time));
        in_time && (self.min_sources < 2 || project.sources_of(relation) >= self.min_sources)
    }
}
