//! Which nodes can be reached from which.

use crate::model::EntityGraph;
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

/// For each node of the graph the number of its connected component. Components are numbered from
/// 0, the largest first, equally large ones by their first node.
pub fn components(graph: &EntityGraph) -> Vec<usize> {
    let graph = &graph.graph;
    let mut sets = UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_references() {
        sets.union(edge.source().index(), edge.target().index());
    }
    let labels = sets.into_labeling();
    let mut sizes = vec![0_usize; labels.len()];
    let mut first = vec![usize::MAX; labels.len()];
    for (node, &label) in labels.iter().enumerate() {
        sizes[label] += 1;
        first[label] = first[label].min(node);
    }
    let mut order: Vec<usize> = (0..labels.len())
        .filter(|&label| sizes[label] > 0)
        .collect();
    order.sort_by_key(|&label| (std::cmp::Reverse(sizes[label]), first[label]));
    let mut number = vec![0; labels.len()];
    for (rank, label) in order.into_iter().enumerate() {
        number[label] = rank;
    }
    labels.into_iter().map(|label| number[label]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, RelationId};

    #[test]
    fn the_largest_component_comes_first() {
        let mut graph = EntityGraph::default();
        let nodes: Vec<_> = (0..6)
            .map(|id| graph.graph.add_node(EntityId(id)))
            .collect();
        for (line, (a, b)) in [(0, 5), (1, 2), (2, 3)].into_iter().enumerate() {
            graph
                .graph
                .add_edge(nodes[a], nodes[b], RelationId(line as u32));
        }
        assert_eq!(components(&graph), [1, 0, 0, 0, 2, 1]);
        assert!(components(&EntityGraph::default()).is_empty());
    }
}
