//! The neighbours of each node in one array (compressed sparse rows), and connected components.

/// Weights are brought to between 1/`WEIGHT_SPAN` and `WEIGHT_SPAN` times their median, so that one
/// absurd weight cannot pull a picture into a point; the square root of that is what pulls.
const WEIGHT_SPAN: f32 = 16.0;

/// Neighbours with weights; loops left out, parallel edges summed, rows sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    offsets: Vec<u32>,
    targets: Vec<u32>,
    weights: Vec<f32>,
}

impl Adjacency {
    /// The adjacency of `count` nodes. Ends out of range and loops are ignored; weights that are
    /// not finite and positive count as 1; the median weight becomes 1.
    pub(super) fn from_edges(count: usize, edges: &[(u32, u32, f32)]) -> Self {
        let mut adjacency = Self::from_sound_edges(
            count,
            edges
                .iter()
                .filter(|&&(a, b, _)| a != b && (a as usize) < count && (b as usize) < count)
                .map(|&(a, b, weight)| {
                    let sound = weight.is_finite() && weight > 0.0;
                    (a, b, if sound { weight.min(1e30) } else { 1.0 })
                }),
        );
        adjacency.normalize_weights();
        adjacency
    }

    /// The adjacency of edges that are known to be in range, without loops, with finite weights.
    pub(super) fn from_sound_edges(
        count: usize,
        edges: impl Iterator<Item = (u32, u32, f32)> + Clone,
    ) -> Self {
        let mut offsets = vec![0_u32; count + 1];
        for (a, b, _) in edges.clone() {
            offsets[a as usize + 1] += 1;
            offsets[b as usize + 1] += 1;
        }
        for node in 0..count {
            offsets[node + 1] += offsets[node];
        }
        let mut entries = vec![(0_u32, 0.0_f32); offsets[count] as usize];
        let mut next: Vec<u32> = offsets[..count].to_vec();
        for (a, b, weight) in edges {
            for (from, to) in [(a, b), (b, a)] {
                entries[next[from as usize] as usize] = (to, weight);
                next[from as usize] += 1;
            }
        }
        Self::from_rows(&offsets, &mut entries)
    }

    fn from_rows(offsets: &[u32], entries: &mut [(u32, f32)]) -> Self {
        let mut adjacency = Self {
            offsets: Vec::with_capacity(offsets.len()),
            targets: Vec::with_capacity(entries.len()),
            weights: Vec::with_capacity(entries.len()),
        };
        adjacency.offsets.push(0);
        for row in offsets.windows(2) {
            let row = &mut entries[row[0] as usize..row[1] as usize];
            // Stable, so that equal targets are summed in the order of the edges.
            row.sort_by_key(|&(target, _)| target);
            let first = adjacency.targets.len();
            for &(target, weight) in row.iter() {
                let last = adjacency.targets.len();
                if last > first && adjacency.targets[last - 1] == target {
                    adjacency.weights[last - 1] += weight;
                } else {
                    adjacency.targets.push(target);
                    adjacency.weights.push(weight);
                }
            }
            adjacency.offsets.push(adjacency.targets.len() as u32);
        }
        adjacency
    }

    fn normalize_weights(&mut self) {
        if self.weights.is_empty() {
            return;
        }
        let mut sorted = self.weights.clone();
        let middle = sorted.len() / 2;
        let (_, &mut median, _) = sorted.select_nth_unstable_by(middle, f32::total_cmp);
        for weight in &mut self.weights {
            let share = *weight / median;
            *weight = share.clamp(1.0 / WEIGHT_SPAN, WEIGHT_SPAN).sqrt();
        }
    }

    /// How many nodes.
    pub(super) fn node_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// How many ends of edges: twice the number of distinct edges.
    pub(super) fn end_count(&self) -> usize {
        self.targets.len()
    }

    /// The neighbours of a node, ascending.
    pub(super) fn neighbours(&self, node: usize) -> &[u32] {
        &self.targets[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }

    /// The neighbours of a node with the weights of the edges.
    pub(super) fn edges(&self, node: usize) -> impl Iterator<Item = (usize, f32)> + Clone + '_ {
        let row = self.offsets[node] as usize..self.offsets[node + 1] as usize;
        self.targets[row.clone()]
            .iter()
            .map(|&target| target as usize)
            .zip(self.weights[row].iter().copied())
    }

    /// Connected components, each with its nodes ascending; ordered by their first node.
    pub(super) fn components(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.node_count()];
        let mut components = Vec::new();
        for first in 0..self.node_count() {
            if std::mem::replace(&mut seen[first], true) {
                continue;
            }
            let mut component = vec![first as u32];
            let mut next = 0;
            while next < component.len() {
                let node = component[next] as usize;
                next += 1;
                for &neighbour in self.neighbours(node) {
                    if !std::mem::replace(&mut seen[neighbour as usize], true) {
                        component.push(neighbour);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components
    }

    /// The part between `nodes` (ascending, a union of components), renumbered from 0. `local` is
    /// scratch of one entry for each node of the whole.
    pub(super) fn part(&self, nodes: &[u32], local: &mut [u32]) -> Self {
        for (at, &node) in nodes.iter().enumerate() {
            local[node as usize] = at as u32;
        }
        let mut part = Self {
            offsets: vec![0],
            ..Self::default()
        };
        for &node in nodes {
            for (target, weight) in self.edges(node as usize) {
                part.targets.push(local[target]);
                part.weights.push(weight);
            }
            part.offsets.push(part.targets.len() as u32);
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_vanish_and_parallel_edges_add_up() {
        let edges = [
            (0, 1, 1.0),
            (1, 0, 2.0),
            (2, 2, 5.0),
            (1, 2, 3.0),
            (0, 9, 1.0),
        ];
        let adjacency = Adjacency::from_edges(3, &edges);
        assert_eq!(adjacency.neighbours(1), [0, 2]);
        assert_eq!(adjacency.edges(2).collect::<Vec<_>>(), [(1, 1.0)]);
        assert_eq!(adjacency.end_count(), 4);
    }

    #[test]
    fn bad_weights_count_as_one_and_huge_ones_are_bounded() {
        let edges = [
            (0, 1, f32::NAN),
            (1, 2, -4.0),
            (2, 3, 1.0),
            (3, 4, f32::INFINITY),
            (4, 0, 1e38),
        ];
        let adjacency = Adjacency::from_edges(5, &edges);
        for node in 0..5 {
            assert!(
                adjacency
                    .edges(node)
                    .all(|(_, w)| (1.0..=16.0).contains(&w))
            );
        }
    }

    #[test]
    fn components_are_found_in_order() {
        let adjacency = Adjacency::from_edges(6, &[(4, 1, 1.0), (5, 0, 1.0), (1, 2, 1.0)]);
        assert_eq!(adjacency.components(), [vec![0, 5], vec![1, 2, 4], vec![3]]);
        let mut local = vec![0; 6];
        let part = adjacency.part(&[1, 2, 4], &mut local);
        assert_eq!(part.neighbours(0), [1, 2]);
    }
}
