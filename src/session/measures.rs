//! What the window tells of each shown entity's place in the graph.

use super::Session;
use crate::analysis::{self, Contradiction};
use crate::model::{EntityGraph, EntityId};
use std::collections::HashMap;

/// Measures of the shown graph, by entity.
#[derive(Clone, Debug, Default)]
pub struct GraphMeasures {
    /// Degree and component.
    of: HashMap<EntityId, (usize, usize)>,
}

impl GraphMeasures {
    pub(super) fn of(graph: &EntityGraph) -> Self {
        let degrees = analysis::degrees(graph);
        let components = analysis::components(graph);
        let entities = graph.graph.node_weights().copied();
        Self {
            of: entities.zip(degrees.into_iter().zip(components)).collect(),
        }
    }

    /// With how many others the entity shares a line; 0 for one that is not shown.
    pub fn degree(&self, entity: EntityId) -> usize {
        self.of.get(&entity).map_or(0, |measures| measures.0)
    }

    /// The number of the entity's component, 1 for the largest; `None` for one that is not shown.
    pub fn component(&self, entity: EntityId) -> Option<usize> {
        self.of.get(&entity).map(|measures| measures.1 + 1)
    }
}

impl Session {
    /// Claims of the project that do not go together, cached until it changes.
    pub fn contradictions(&self) -> &[Contradiction] {
        self.contradictions
            .get_or_init(|| analysis::contradictions(self.project()))
    }
}
