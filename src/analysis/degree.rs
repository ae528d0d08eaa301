//! How many others each node is linked with.

use crate::model::EntityGraph;

/// For each node of the graph the number of distinct other nodes that it shares a line with:
/// parallel lines count once, loops not at all. Linear in the lines, but for sorting.
pub fn degrees(graph: &EntityGraph) -> Vec<usize> {
    let graph = &graph.graph;
    graph
        .node_indices()
        .map(|node| {
            let mut others: Vec<_> = graph
                .neighbors(node)
                .filter(|&other| other != node)
                .collect();
            others.sort_unstable();
            others.dedup();
            others.len()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, RelationId};

    #[test]
    fn parallel_lines_count_once_and_loops_not_at_all() {
        let mut graph = EntityGraph::default();
        let nodes: Vec<_> = (0..4)
            .map(|id| graph.graph.add_node(EntityId(id)))
            .collect();
        for (line, (a, b)) in [(0, 1), (1, 0), (1, 2), (2, 2)].into_iter().enumerate() {
            graph
                .graph
                .add_edge(nodes[a], nodes[b], RelationId(line as u32));
        }
        assert_eq!(degrees(&graph), [1, 2, 1, 0]);
    }
}
