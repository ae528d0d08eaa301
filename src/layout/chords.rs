//! An order around a circle made better: two nodes change places wherever that makes the lines of both
//! shorter in all, for partners near and far along the circle.

use super::adjacency::Adjacency;
use super::stop::Stop;

/// About so many links are looked at in all: large graphs keep more of the order that they came with.
const MOST_LOOKS: usize = 12_000_000;
/// Rounds for one distance of partners, at most.
const ROUNDS: usize = 4;
/// Partners are at most so far apart along the circle.
const FARTHEST: usize = 256;

/// The order with shorter chords in all, weighted by the links; as far as it has come if asked to stop.
/// `order` holds each node once.
pub(super) fn shortened(adjacency: &Adjacency, mut order: Vec<u32>, stop: &Stop) -> Vec<u32> {
    let count = order.len();
    if count < 4 {
        return order;
    }
    let chords = chords(count);
    let mut places = vec![0_u32; count];
    for (place, &node) in order.iter().enumerate() {
        places[node as usize] = place as u32;
    }
    let mut left = MOST_LOOKS;
    let each_round = 2 * adjacency.end_count() + count;
    let mut apart = (count / 2).min(FARTHEST);
    while apart > 0 {
        for _ in 0..ROUNDS {
            if left < each_round || stop.is_asked() {
                return order;
            }
            left -= each_round;
            let mut changed = false;
            for first in 0..count {
                let second = (first + apart) % count;
                if gain(adjacency, &order, &places, &chords, (first, second)) > 1e-6 {
                    order.swap(first, second);
                    places[order[first] as usize] = first as u32;
                    places[order[second] as usize] = second as u32;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        apart = if apart > 8 { apart * 2 / 3 } else { apart - 1 };
    }
    order
}

/// Lengths of chords by the number of steps between their ends, for a circle of diameter 1.
fn chords(count: usize) -> Vec<f32> {
    (0..count)
        .map(|steps| (steps as f64 / count as f64 * std::f64::consts::PI).sin() as f32)
        .collect()
}

/// By how much the lines of two places get shorter when their nodes change places.
fn gain(
    adjacency: &Adjacency,
    order: &[u32],
    places: &[u32],
    chords: &[f32],
    (first, second): (usize, usize),
) -> f32 {
    let one_way = |from: usize, to: usize| -> f32 {
        let partner = order[to] as usize;
        adjacency
            .edges(order[from] as usize)
            .filter(|&(other, _)| other != partner)
            .map(|(other, weight)| {
                let at = places[other] as usize;
                weight * (chords[at.abs_diff(from)] - chords[at.abs_diff(to)])
            })
            .sum()
    };
    one_way(first, second) + one_way(second, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(adjacency: &Adjacency, order: &[u32]) -> f32 {
        let chords = chords(order.len());
        let mut places = vec![0_usize; order.len()];
        for (place, &node) in order.iter().enumerate() {
            places[node as usize] = place;
        }
        (0..order.len())
            .flat_map(|node| {
                adjacency
                    .edges(node)
                    .map(move |(other, weight)| (node, other, weight))
            })
            .map(|(node, other, weight)| weight * chords[places[node].abs_diff(places[other])])
            .sum()
    }

    #[test]
    fn a_shuffled_ring_comes_nearer_to_a_ring() {
        let edges: Vec<(u32, u32, f32)> = (0..60).map(|at| (at, (at + 1) % 60, 1.0)).collect();
        let adjacency = Adjacency::from_edges(60, &edges);
        let shuffled: Vec<u32> = (0..60).map(|at| at * 23 % 60).collect();
        let better = shortened(&adjacency, shuffled.clone(), &Stop::default());
        assert!(length(&adjacency, &better) < 0.6 * length(&adjacency, &shuffled));
        let mut sorted = better.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..60).collect::<Vec<_>>());
        // What is best already stays.
        let best: Vec<u32> = (0..60).collect();
        assert_eq!(shortened(&adjacency, best.clone(), &Stop::default()), best);
    }
}
