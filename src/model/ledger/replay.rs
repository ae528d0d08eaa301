//! All corrections in their order.

use super::containment::{WrongPlaces, contain};
use super::outdone::without_outdone;
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
    /// Pairs that are different by what the user did, the smaller number first.
    pub(in crate::model) apart: BTreeSet<(EntityId, EntityId)>,
}

/// Carries out all corrections of `project` over its findings, and adds what the gazetteer knows of the
/// places that come of it. Near-linear in mentions, evidence and anchors; without corrections only
/// places are looked at.
pub(in crate::model) fn replay(project: &Project) -> Replayed {
    let (mut replayed, wrong) = if project.corrections.is_empty() {
        let found = Replayed {
            entities: project.found_entities.clone(),
            relations: without_outdone(&project.found_relations),
            idle: BTreeSet::new(),
            apart: BTreeSet::new(),
        };
        (found, WrongPlaces::default())
    } else {
        corrected(project)
    };
    contain(project, &replayed.entities, &mut replayed.relations, &wrong);
    replayed
}

fn corrected(project: &Project) -> (Replayed, WrongPlaces) {
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
    let apart = state.pairs_apart();
    let replayed = Replayed {
        entities: state.entities,
        relations,
        idle,
        apart,
    };
    (replayed, wrong)
}

impl State<'_> {
    /// The pairs that were told apart, as they are now: what was made one since is no pair.
    fn pairs_apart(&self) -> BTreeSet<(EntityId, EntityId)> {
        let now = |id| self.heir(id);
        let pairs = self.apart.iter();
        let pairs = pairs.filter_map(|&(a, b)| Some((now(a)?, now(b)?)));
        let pairs = pairs.filter(|(a, b)| a != b);
        pairs.map(|(a, b)| (a.min(b), a.max(b))).collect()
    }

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
