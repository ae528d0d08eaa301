//! A hierarchy of ever smaller graphs with the same shape, for a good global arrangement.
//!
//! Neighbours are matched in pairs, heavy edges between light nodes first (Karypis and Kumar 1998;
//! Walshaw 2003); nodes left over that share a neighbour are paired too ("two-hop matching",
//! LaSalle et al. 2015), so that stars shrink as fast as grids.

use super::adjacency::Adjacency;
use super::random::{Random, hash};
use super::stop::Stop;

/// One graph of the hierarchy.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// The graph.
    pub adjacency: Adjacency,
    /// How much each node pushes: what the nodes of the finest graph that it stands for push together.
    pub masses: Vec<f32>,
    /// The node of the next coarser level that each node belongs to; empty on the coarsest.
    pub parents: Vec<u32>,
}

/// No parent yet.
const NONE: u32 = u32::MAX;
/// A level that keeps more than this share of the nodes is not worth its work.
const LEAST_SHRINK: f32 = 0.85;

/// Masses of the nodes: (1 + links) to the power `by_degree`, on average 1. Between equal masses (0)
/// and those of ForceAtlas2 (1): without it hubs swallow each other.
fn masses_by_degree(adjacency: &Adjacency, by_degree: f32) -> Vec<f32> {
    let mut masses: Vec<f32> = (0..adjacency.node_count())
        .map(|node| {
            let links: f32 = adjacency.edges(node).map(|(_, weight)| weight).sum();
            (1.0 + links).powf(by_degree)
        })
        .collect();
    let mean = masses.iter().sum::<f32>() / masses.len().max(1) as f32;
    masses.iter_mut().for_each(|mass| *mass /= mean);
    masses
}

/// Levels from the given graph (first) to one of at most about `target` nodes. Nodes push as their
/// links to the power `by_degree`. If asked to stop, the last level may be larger.
pub(super) fn hierarchy(
    adjacency: Adjacency,
    target: usize,
    by_degree: f32,
    seed: u64,
    stop: &Stop,
) -> Vec<Level> {
    let masses = masses_by_degree(&adjacency, by_degree);
    let mut levels = vec![Level {
        adjacency,
        masses,
        parents: Vec::new(),
    }];
    loop {
        let depth = levels.len();
        let level = &mut levels[depth - 1];
        let count = level.adjacency.node_count();
        if count <= target || stop.is_asked() {
            return levels;
        }
        let (parents, parent_count) = matching(level, hash(seed, depth as u64));
        if parent_count as f32 > LEAST_SHRINK * count as f32 {
            return levels;
        }
        let coarser = contract(level, &parents, parent_count);
        level.parents = parents;
        levels.push(coarser);
    }
}

/// Pairs of nodes: for each node the number of its pair, and how many there are.
fn matching(level: &Level, seed: u64) -> (Vec<u32>, usize) {
    let adjacency = &level.adjacency;
    let count = adjacency.node_count();
    let mut mate = vec![NONE; count];
    let order = Random::new(seed).permutation(count);
    for &node in &order {
        let node = node as usize;
        if mate[node] != NONE {
            continue;
        }
        let mut best: Option<(f32, usize)> = None;
        for (other, weight) in adjacency.edges(node) {
            let worth = weight / level.masses[other];
            if mate[other] == NONE && best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, other));
            }
        }
        if let Some((_, other)) = best {
            mate[node] = other as u32;
            mate[other] = node as u32;
        }
    }
    pair_leftovers(adjacency, &order, &mut mate);
    let mut parents = vec![NONE; count];
    let mut next = 0;
    for node in 0..count {
        if parents[node] == NONE {
            parents[node] = next;
            if mate[node] != NONE {
                parents[mate[node] as usize] = next;
            }
            next += 1;
        }
    }
    (parents, next as usize)
}

/// Pairs nodes without a mate whose strongest neighbour is the same.
fn pair_leftovers(adjacency: &Adjacency, order: &[u32], mate: &mut [u32]) {
    let mut waiting = vec![NONE; mate.len()];
    for &node in order {
        if mate[node as usize] != NONE {
            continue;
        }
        let strongest = adjacency
            .edges(node as usize)
            .reduce(|best, edge| if edge.1 > best.1 { edge } else { best });
        let Some((hub, _)) = strongest else {
            continue;
        };
        let other = std::mem::replace(&mut waiting[hub], NONE);
        if other == NONE {
            waiting[hub] = node;
        } else {
            mate[node as usize] = other;
            mate[other as usize] = node;
        }
    }
}

fn contract(level: &Level, parents: &[u32], parent_count: usize) -> Level {
    let adjacency = &level.adjacency;
    let mut masses = vec![0.0; parent_count];
    for (node, &parent) in parents.iter().enumerate() {
        masses[parent as usize] += level.masses[node];
    }
    let edges = (0..parents.len()).flat_map(|node| {
        adjacency
            .edges(node)
            .filter(move |&(other, _)| node < other)
            .map(move |(other, weight)| (parents[node], parents[other], weight))
            .filter(|&(a, b, _)| a != b)
    });
    Level {
        adjacency: Adjacency::from_sound_edges(parent_count, edges),
        masses,
        parents: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels_of(count: usize, edges: &[(u32, u32, f32)]) -> Vec<Level> {
        hierarchy(
            Adjacency::from_edges(count, edges),
            10,
            0.5,
            1,
            &Stop::default(),
        )
    }

    #[test]
    fn each_level_keeps_the_mass_and_shrinks() {
        let edges: Vec<_> = (0..999).map(|at| (at, at + 1, 1.0)).collect();
        let levels = levels_of(1000, &edges);
        assert!(levels.len() > 5);
        for pair in levels.windows(2) {
            assert!(pair[1].masses.len() < pair[0].masses.len());
            assert!((pair[1].masses.iter().sum::<f32>() - 1000.0).abs() < 0.1);
            assert_eq!(pair[1].adjacency.components().len(), 1);
        }
    }

    #[test]
    fn a_star_shrinks_as_fast() {
        let edges: Vec<_> = (1..5000).map(|leaf| (0, leaf, 1.0)).collect();
        let levels = levels_of(5000, &edges);
        assert!(levels.last().unwrap().masses.len() <= 10);
        assert!(levels.len() < 14);
    }
}
