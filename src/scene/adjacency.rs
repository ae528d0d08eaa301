//! Which links each node of a scene has, so that to follow a node takes no look at all links.

use super::build::Link;

/// The links of each node, in one list: those of node `i` lie from `starts[i]` to `starts[i + 1]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    starts: Vec<u32>,
    links: Vec<u32>,
}

impl Adjacency {
    /// Counts, then fills: time and memory grow with nodes and links.
    pub(super) fn of(nodes: usize, links: &[Link]) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        let ends = || links.iter().map(|link| [link.source, link.target]);
        for end in ends().flatten() {
            starts[end as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut free = starts.clone();
        let mut listed = vec![0_u32; 2 * links.len()];
        for (link, pair) in ends().enumerate() {
            for end in pair {
                let place = &mut free[end as usize];
                listed[*place as usize] = link as u32;
                *place += 1;
            }
        }
        Self {
            starts,
            links: listed,
        }
    }

    /// Indices of a node's links, ascending; loops come twice.
    pub(super) fn links_of(&self, node: u32) -> &[u32] {
        let at = |node: usize| self.starts.get(node).map_or(0, |&start| start as usize);
        let (from, to) = (at(node as usize), at(node as usize + 1));
        self.links.get(from..to).unwrap_or_default()
    }
}
