//! Disjoint sets of nodes; the smallest node of a set stands for it, whatever the order of joins.

/// A union–find forest with path halving (Tarjan and van Leeuwen 1984).
pub(super) struct Clusters {
    parent: Vec<usize>,
}

impl Clusters {
    /// `count` sets of one node each.
    pub(super) fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
        }
    }

    /// The node that stands for the set of `node`.
    pub(super) fn find(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    /// Joins two sets.
    pub(super) fn union(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smallest_node_stands_for_its_set() {
        let mut clusters = Clusters::new(5);
        clusters.union(4, 2);
        clusters.union(2, 1);
        assert_eq!(clusters.find(4), 1);
        assert_eq!(clusters.find(0), 0);
    }
}
