//! The entities and relations as a petgraph graph, for neighbours, components and measures.

use super::{EntityId, Project, RelationId, Visible};
use petgraph::graph::{NodeIndex, UnGraph};
use std::collections::HashMap;

/// A snapshot of the shown graph. Build it once for a revision and a set of filters.
#[derive(Clone, Debug, Default)]
pub struct EntityGraph {
    /// Nodes in ascending order of entity id; parallel relations are parallel edges.
    pub graph: UnGraph<EntityId, RelationId>,
    index: HashMap<EntityId, NodeIndex>,
}

impl EntityGraph {
    /// The graph of what is `visible`.
    pub fn new(project: &Project, visible: &Visible) -> Self {
        let mut graph = UnGraph::with_capacity(visible.entities.len(), visible.relations.len());
        let index: HashMap<EntityId, NodeIndex> = visible
            .entities
            .iter()
            .map(|&id| (id, graph.add_node(id)))
            .collect();
        for relation in visible
            .relations
            .iter()
            .filter_map(|&id| project.relation(id))
        {
            if let (Some(&a), Some(&b)) = (index.get(&relation.source), index.get(&relation.target))
            {
                graph.add_edge(a, b, relation.id);
            }
        }
        Self { graph, index }
    }

    /// The node of an entity, if it is shown.
    pub fn node(&self, entity: EntityId) -> Option<NodeIndex> {
        self.index.get(&entity).copied()
    }

    /// The entities that share a line with `entity`, ascending, each once, itself left out.
    pub fn neighbours(&self, entity: EntityId) -> Vec<EntityId> {
        let Some(node) = self.node(entity) else {
            return Vec::new();
        };
        let mut found: Vec<EntityId> = self
            .graph
            .neighbors(node)
            .map(|n| self.graph[n])
            .filter(|&id| id != entity)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The lines that end at `entity`, ascending.
    pub fn relations_of(&self, entity: EntityId) -> Vec<RelationId> {
        let Some(node) = self.node(entity) else {
            return Vec::new();
        };
        let mut found: Vec<RelationId> =
            self.graph.edges(node).map(|edge| *edge.weight()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
