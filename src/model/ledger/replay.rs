//! All corrections in their order.

use super::containment::{WrongPlaces, contain};
use super::relations::relations;
use super::state::State;
use crate::model::{CorrectionId, Entity, EntityId, Project, Relation, RelationId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What corrections make of the findings.
pub(in crate::model) struct Replayed {
    pub(in crate::model) entities: BTreeMap<EntityId, Arc<Entity>>,
    pub(in crate::model) relations: BTreeMap<RelationId, Arc<Relation>>,
    /// Corrections that nothing is left of what they were made on.
    pub(in crate::model) idle: BTreeSet<CorrectionId>,
}

/// Carries out all corrections of `project` over its findings, and adds what the gazetteer knows of the
/// places that come of it. Near-linear in mentions, evidence and anchors; without corrections only
/// places are looked at.
pub(in crate::model) fn replay(project: &Project) -> Replayed {
    let (entities, mut relations, idle, wrong) = if project.corrections.is_empty() {
        let found = project.found_relations.clone();
        let none = (BTreeSet::new(), WrongPlaces::default());
        (project.found_entities.clone(), found, none.0, none.1)
    } else {
        corrected(project)
    };
    contain(project, &entities, &mut relations, &wrong);
    Replayed {
        entities,
        relations,
        idle,
    }
}

type Corrected = (
    BTreeMap<EntityId, Arc<Entity>>,
    BTreeMap<RelationId, Arc<Relation>>,
    BTreeSet<CorrectionId>,
    WrongPlaces,
);

fn corrected(project: &Project) -> Corrected {
    let mut state = State::new(project);
    let mut idle = BTreeSet::new();
    for correction in project.corrections.values() {
        if !state.apply(correction) {
            idle.insert(correction.id);
        }
    }
    state.order_names();
    state.drop_emptied();
    let relations = relations(&state);
    let wrong = state.wrong_places();
    (state.entities, relations, idle, wrong)
}

impl State<'_> {
    /// An entity that lost all its mentions, and that the user neither made nor changed, is gone.
    fn drop_emptied(&mut self) {
        let emptied = |id: &&EntityId| {
            let entity = self.entities.get(id);
            entity.is_some_and(|e| e.mentions.is_empty() && !e.by_user)
        };
        let gone: Vec<EntityId> = self.touched.iter().filter(emptied).copied().collect();
        for id in gone {
            self.entities.remove(&id);
        }
    }
}
