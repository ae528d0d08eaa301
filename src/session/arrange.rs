//! The bridge from a project to a layout graph and back.

use crate::geometry::Point;
use crate::layout::LayoutGraph;
use crate::model::{EntityId, Project};
use crate::scene::node_radius;
use std::collections::{BTreeMap, HashMap};

/// The same project and the same seed are laid out the same way every time.
pub(super) const SEED: u64 = 1;

/// Lines between two entities that are merely mentioned together pull this much less than a
/// stated one: otherwise a long list of names in one sentence would lump the picture together.
const CO_MENTION_PULL: f32 = 0.15;

/// The layout graph of `entities` (nodes in that order) with the relations among them.
/// `start` gives where an entity lies before; without one it is new.
pub(super) fn layout_graph(
    project: &Project,
    entities: &[EntityId],
    start: &dyn Fn(EntityId) -> Option<Point>,
) -> LayoutGraph {
    let node: HashMap<EntityId, u32> = entities
        .iter()
        .enumerate()
        .map(|(at, &id)| (id, at as u32))
        .collect();
    let mut graph = LayoutGraph::default();
    for &id in entities {
        let placement = project.placement(id);
        let pinned = placement.pinned && placement.position.is_some();
        graph
            .radii
            .push(project.entity(id).map_or(0.0, |entity| node_radius(entity)));
        graph.pinned.push(pinned);
        graph.start.push(if pinned {
            placement.position
        } else {
            start(id)
        });
    }
    // One edge for each pair, its weight what all relations of the pair say together.
    let mut weights: BTreeMap<(u32, u32), f32> = BTreeMap::new();
    for relation in project.relations() {
        let (Some(&a), Some(&b)) = (node.get(&relation.source), node.get(&relation.target)) else {
            continue;
        };
        let pull = if relation.is_stated() {
            1.0
        } else {
            CO_MENTION_PULL
        };
        let weight = pull * (1.0 + (relation.evidence.len() as f32).ln());
        *weights.entry((a.min(b), a.max(b))).or_default() += weight;
    }
    graph.edges = weights
        .into_iter()
        .map(|((a, b), weight)| (a, b, weight))
        .collect();
    graph
}
