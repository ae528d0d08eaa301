//! How far some nodes, the pivots, are from all others in the graph, and how well a picture tells it.
//!
//! Stress (Kamada and Kawai 1989; Gansner, Koren and North 2004) compares distances in the picture
//! with those in the graph, near pairs counting most. Distances to a few pivots stand for all pairs,
//! as in the sparse stress model (Ortmann, Klimenta and Brandes 2017).

use super::adjacency::Adjacency;
use super::forces::Places;
use super::random::Random;
use rayon::prelude::*;

/// How many pivots, in large graphs and at most in small ones: so many that pivots times nodes stay
/// below a number.
const PIVOTS: (usize, usize) = (20, 150);
const PAIRS: usize = 100_000;
/// Nodes that are looked at to find scale and stress, about.
const SAMPLE: usize = 500;

/// Hops from each pivot to each node.
#[derive(Clone, Debug, Default)]
pub(super) struct Distances {
    pivots: Vec<u32>,
    /// For each node its distances to all pivots; those beyond 65,535 are taken as that.
    hops: Vec<u16>,
}

/// How a picture shows the distances.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// Units of the picture for one hop that make stress least.
    pub scale: f32,
    /// Normalized stress at that scale: 0 for a picture that tells all distances, below 1.
    pub stress: f32,
}

/// Places of the pivots, and the scale that the others are drawn to.
#[derive(Clone, Debug, Default)]
pub(super) struct Pull {
    scale: f32,
    x: Vec<f32>,
    y: Vec<f32>,
}

/// Hops from one node to all; nodes that are not reached are as far as the farthest, and one more.
pub(super) fn hops_from(adjacency: &Adjacency, from: usize) -> Vec<u16> {
    const UNSEEN: u16 = u16::MAX;
    let mut hops = vec![UNSEEN; adjacency.node_count()];
    hops[from] = 0;
    let mut queue = vec![from as u32];
    let mut next = 0;
    let mut farthest = 0;
    while next < queue.len() {
        let node = queue[next] as usize;
        next += 1;
        farthest = hops[node];
        let beyond = farthest.saturating_add(1).min(UNSEEN - 1);
        for &neighbour in adjacency.neighbours(node) {
            if hops[neighbour as usize] == UNSEEN {
                hops[neighbour as usize] = beyond;
                queue.push(neighbour);
            }
        }
    }
    for value in &mut hops {
        *value = (*value).min(farthest.saturating_add(1));
    }
    hops
}

impl Distances {
    /// Distances to pivots chosen at random.
    pub(super) fn new(adjacency: &Adjacency, seed: u64) -> Self {
        let count = adjacency.node_count();
        let mut pivots = Random::new(seed).permutation(count);
        pivots.truncate((PAIRS / count.max(1)).clamp(PIVOTS.0, PIVOTS.1));
        let columns: Vec<Vec<u16>> = pivots
            .par_iter()
            .map(|&pivot| hops_from(adjacency, pivot as usize))
            .collect();
        let mut hops = Vec::with_capacity(count * pivots.len());
        for node in 0..count {
            hops.extend(columns.iter().map(|column| column[node]));
        }
        Self { pivots, hops }
    }

    fn hops_of(&self, node: usize) -> &[u16] {
        &self.hops[node * self.pivots.len()..(node + 1) * self.pivots.len()]
    }

    /// How well `places` tell the distances, by a sample of the nodes.
    pub(super) fn fit(&self, places: &Places) -> Fit {
        let every = (places.len() / SAMPLE).max(1);
        let (mut cross, mut squares, mut pairs) = (0.0_f64, 0.0_f64, 0.0_f64);
        for node in (0..places.len()).step_by(every) {
            for (&hops, &pivot) in self.hops_of(node).iter().zip(&self.pivots) {
                if hops == 0 {
                    continue;
                }
                let dx = places.x[node] - places.x[pivot as usize];
                let dy = places.y[node] - places.y[pivot as usize];
                // Distance by hops; the weight of a pair is 1 ÷ hops².
                let share = f64::from((dx * dx + dy * dy).sqrt()) / f64::from(hops);
                cross += share;
                squares += share * share;
                pairs += 1.0;
            }
        }
        if cross > 0.0 && squares.is_finite() {
            Fit {
                scale: (squares / cross) as f32,
                stress: (1.0 - cross * cross / (squares * pairs)) as f32,
            }
        } else {
            Fit::default()
        }
    }

    /// Prepares the pull of the distances in that picture.
    pub(super) fn pull(&self, places: &Places) -> Pull {
        let at = |values: &[f32]| {
            self.pivots
                .iter()
                .map(|&pivot| values[pivot as usize])
                .collect()
        };
        Pull {
            scale: self.fit(places).scale,
            x: at(&places.x),
            y: at(&places.y),
        }
    }

    /// The move of a node at `x`, `y` that would make its stress least (stress majorization with
    /// the pivots held).
    pub(super) fn move_of(&self, pull: &Pull, node: usize, x: f32, y: f32) -> (f32, f32) {
        let (mut sum_x, mut sum_y, mut total) = (0.0_f32, 0.0_f32, 0.0_f32);
        for (&hops, (pivot_x, pivot_y)) in self.hops_of(node).iter().zip(pull.x.iter().zip(&pull.y))
        {
            let hops = f32::from(hops);
            let weight = if hops > 0.0 { 1.0 / (hops * hops) } else { 0.0 };
            let (dx, dy) = (x - pivot_x, y - pivot_y);
            let distance = (dx * dx + dy * dy + 1e-6).sqrt();
            let share = weight * (pull.scale * hops / distance - 1.0);
            sum_x += dx * share;
            sum_y += dy * share;
            total += weight;
        }
        let share = 1.0 / total.max(f32::MIN_POSITIVE);
        (sum_x * share, sum_y * share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(count: u32) -> Adjacency {
        let edges: Vec<_> = (1..count).map(|node| (node - 1, node, 1.0)).collect();
        Adjacency::from_edges(count as usize, &edges)
    }

    #[test]
    fn a_straight_chain_has_no_stress_and_a_folded_one_has() {
        let distances = Distances::new(&chain(60), 1);
        let mut places = Places::zero(60);
        places.x = (0..60).map(|node| 2.5 * node as f32).collect();
        let fit = distances.fit(&places);
        assert!(
            fit.stress < 1e-4 && (fit.scale - 2.5).abs() < 1e-3,
            "{fit:?}"
        );
        places.x = (0..60)
            .map(|node: i32| 2.5 * (node - 30).abs() as f32)
            .collect();
        assert!(distances.fit(&places).stress > 0.2);
    }

    #[test]
    fn the_pull_leads_to_where_distances_are_right() {
        let distances = Distances::new(&chain(60), 1);
        let mut places = Places::zero(60);
        places.x = (0..60).map(|node| node as f32).collect();
        places.x[50] = 40.0;
        let pull = distances.pull(&places);
        let (right, _) = distances.move_of(&pull, 50, places.x[50], 0.0);
        assert!(right > 2.0, "{right}");
    }
}
