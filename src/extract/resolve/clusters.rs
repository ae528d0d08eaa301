//! Disjoint sets of nodes; the smallest node of a set stands for it, whatever the order of joins.

/// A union–find forest with path halving (Tarjan and van Leeuwen 1984).
pub(super) struct Clusters {
    parent: Vec<usize>,
    /// Of the node that stands for a set: the entry of the user's lists that it is.
    listed: Vec<Option<usize>>,
}

impl Clusters {
    /// `count` sets of one node each.
    pub(super) fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
            listed: vec![None; count],
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

    /// The set of `node` is that entry of the user's lists: no other entry joins it.
    pub(super) fn set_listed(&mut self, node: usize, entry: usize) {
        let root = self.find(node);
        self.listed[root] = Some(entry);
    }

    /// Joins two sets, unless they are two entries of the user's lists.
    pub(super) fn union(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let listed = match (self.listed[a], self.listed[b]) {
            (Some(one), Some(other)) if one != other => return,
            (one, other) => one.or(other),
        };
        self.parent[a.max(b)] = a.min(b);
        self.listed[a.min(b)] = listed;
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

    #[test]
    fn two_entries_of_a_list_never_join() {
        let mut clusters = Clusters::new(4);
        clusters.set_listed(0, 7);
        clusters.set_listed(3, 8);
        clusters.union(1, 3);
        clusters.union(0, 1);
        clusters.union(2, 0);
        assert_eq!(clusters.find(2), 0);
        assert_eq!(clusters.find(3), 1);
    }
}
