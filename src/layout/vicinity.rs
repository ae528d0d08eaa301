//! The last phase of the layout by force: short moves after which the nodes that lie nearest to a
//! node are more often its neighbours in the graph. The shape of the whole stays as it is.
//!
//! A node with d neighbours looks at the d + 1 nodes nearest to it. Neighbours that lie a little
//! beyond are targets and come nearer; others among the nearest are impostors and go away, beyond a
//! margin (the pull and push of large margin nearest neighbours, Weinberger and Saul 2009, here on
//! places and not on a metric). Pairs count by one over the node's links, as in the measure that is
//! raised, neighbourhood preservation (used for layouts by Kruiger et al. 2017, tsNET). Neighbours
//! that lie far beyond are left: bringing them would tear the picture. The best picture on the way
//! is kept, so that this phase never makes the measure worse.

use super::adjacency::Adjacency;
use super::bodies::Bodies;
use super::coarsen::Level;
use super::forces::Places;
use super::nearest::Search;
use rayon::prelude::*;

/// Rounds, at most; the last only looks.
const ROUNDS: usize = 17;
/// Graphs of more nodes than this get fewer rounds, and so many at least: most is gained early.
const MANY: (usize, usize) = (20_000, 9);
/// After so many rounds without a better picture it is done.
const PATIENCE: usize = 10;
/// The vicinity of nodes with more neighbours than this is not put in order: so many cannot all lie
/// nearest.
const MOST_LINKS: usize = 60;
/// Targets and impostors are to be apart by this share of the vicinity's radius to either side.
const MARGIN: f32 = 0.3;
/// The same where all targets are within, so that they stay.
const MARGIN_AT_REST: f32 = 0.2;
/// Targets beyond so many radii of the vicinity are left, in the first round and in the last.
const REACH: (f32, f32) = (1.8, 1.3);
/// Share of the way asked for that is gone: both ends of a pair go.
const STRENGTH: f32 = 0.4;
/// Share of the last move that goes on.
const MOMENTUM: f32 = 0.5;
/// No two nodes come nearer than this share of the distance to the nearest before the first round:
/// a circle of names known to each other would else shrink to a spot.
const LEAST_SPACING: f32 = 0.7;
/// The tree of bodies is sorted anew every so many rounds.
const ROUNDS_BETWEEN_SORTS: usize = 4;
/// Nodes of one part of the work: fixed, so that sums do not depend on the threads.
const PART: usize = 256;
/// Squared radius of a vicinity by that of the round before within which it is sought first.
const SOUGHT_WITHIN: f32 = 1.5;

/// This phase under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Vicinity {
    bodies: Bodies,
    rounds: usize,
    /// For each node the squared radius of its vicinity in the last round; empty before the first.
    radii: Vec<f32>,
    /// For each node the distance to the nearest other before the first round.
    spacing: Vec<f32>,
    moves: Vec<Move>,
    velocity: Vec<(f32, f32)>,
    best: Places,
    /// The round of the best picture, and what it reached.
    best_round: usize,
    most_kept: f64,
}

/// What a round asks of a node: sum of weighted offsets, and of weights.
#[derive(Clone, Copy, Debug, Default)]
struct Move {
    x: f32,
    y: f32,
    weight: f32,
}

/// `node` and `other` are to come nearer by this weighted offset.
#[derive(Clone, Copy, Debug)]
struct Pull {
    node: u32,
    other: u32,
    x: f32,
    y: f32,
    weight: f32,
}

/// What was found for a stretch of the sorted bodies.
#[derive(Default)]
struct Found {
    pulls: Vec<Pull>,
    /// Squared radius of the vicinity of each.
    radii: Vec<f32>,
    /// Distance to the nearest other of each.
    spacing: Vec<f32>,
    /// Sum of the shares of neighbours among the nearest.
    kept: f64,
}

/// Pairs of a node count so much, so that each node counts as one.
fn weight_of(links: usize) -> f32 {
    1.0 / links.max(1) as f32
}

/// How many rounds a graph of so many nodes gets.
fn rounds_for(count: usize) -> usize {
    (ROUNDS * MANY.0 / count.max(MANY.0)).max(MANY.1)
}

impl Vicinity {
    /// One round over all nodes; those `fixed` stay. Gives whether there is more to do; at the end
    /// `places` is the best picture. Linear in the links, but for sorting.
    pub(super) fn round(&mut self, level: &Level, fixed: &[bool], places: &mut Places) -> bool {
        let count = places.len();
        if self.rounds.is_multiple_of(ROUNDS_BETWEEN_SORTS) {
            self.bodies.sort(&places.x, &places.y, &level.masses);
        } else {
            self.bodies.follow(&places.x, &places.y, &level.masses);
        }
        self.radii.resize(count, f32::INFINITY);
        self.velocity.resize(count, (0.0, 0.0));
        let parts = self.look(&level.adjacency, places);
        let kept: f64 = parts.iter().map(|part| part.kept).sum();
        if self.rounds == 0 || kept > self.most_kept {
            (self.most_kept, self.best_round) = (kept, self.rounds);
            self.best.clone_from(places);
        }
        self.rounds += 1;
        let is_still = parts.iter().all(|part| part.pulls.is_empty());
        if is_still || self.rounds >= rounds_for(count) || self.rounds > self.best_round + PATIENCE
        {
            *places = std::mem::take(&mut self.best);
            return false;
        }
        self.sum_up(&parts, count);
        self.carry_out(&level.adjacency, fixed, places);
        true
    }

    fn look(&self, adjacency: &Adjacency, places: &Places) -> Vec<Found> {
        let count = places.len();
        let late = self.rounds as f32 / rounds_for(count) as f32;
        let view = View {
            adjacency,
            places,
            bodies: &self.bodies,
            reach: REACH.0 + (REACH.1 - REACH.0) * late,
        };
        (0..count.div_ceil(PART))
            .into_par_iter()
            .map(|part| {
                let (mut found, mut search) = (Found::default(), Search::default());
                for at in part * PART..((part + 1) * PART).min(count) {
                    let known = self.radii[self.bodies.order[at] as usize];
                    let spacing = self.spacing.get(self.bodies.order[at] as usize).copied();
                    let known = (SOUGHT_WITHIN * known, spacing.unwrap_or(0.0));
                    view.look_around(at, known, &mut search, &mut found);
                }
                found
            })
            .collect()
    }

    /// Adds up what all ask, in the order of the sorted bodies.
    fn sum_up(&mut self, parts: &[Found], count: usize) {
        self.moves.clear();
        self.moves.resize(count, Move::default());
        if self.spacing.is_empty() {
            self.spacing = vec![0.0; count];
            let spacing = parts.iter().flat_map(|part| &part.spacing);
            for (&node, &spacing) in self.bodies.order.iter().zip(spacing) {
                self.spacing[node as usize] = spacing;
            }
        }
        let mut order = self.bodies.order.iter();
        for part in parts {
            for (&radius, &node) in part.radii.iter().zip(&mut order) {
                self.radii[node as usize] = radius;
            }
            for pull in &part.pulls {
                for (node, sign) in [(pull.node, 1.0), (pull.other, -1.0)] {
                    let slot = &mut self.moves[node as usize];
                    slot.x += sign * pull.x;
                    slot.y += sign * pull.y;
                    slot.weight += pull.weight;
                }
            }
        }
    }

    fn carry_out(&mut self, adjacency: &Adjacency, fixed: &[bool], places: &mut Places) {
        for (node, slot) in self.moves.iter().enumerate() {
            if fixed.get(node).copied().unwrap_or(false) {
                continue;
            }
            // Its own weight once more: a node that few ask goes less far.
            let own = weight_of(adjacency.neighbours(node).len());
            let share = STRENGTH / (own + slot.weight);
            let velocity = &mut self.velocity[node];
            velocity.0 = MOMENTUM * velocity.0 + share * slot.x;
            velocity.1 = MOMENTUM * velocity.1 + share * slot.y;
            let (x, y) = (places.x[node] + velocity.0, places.y[node] + velocity.1);
            if x.is_finite() && y.is_finite() {
                (places.x[node], places.y[node]) = (x, y);
            } else {
                *velocity = (0.0, 0.0);
            }
        }
    }
}

/// What all nodes share in one round.
struct View<'a> {
    adjacency: &'a Adjacency,
    places: &'a Places,
    bodies: &'a Bodies,
    reach: f32,
}

impl View<'_> {
    /// Adds to `found` what the sorted body `at` asks for; its vicinity is sought within the root of
    /// `bound` first.
    fn look_around(
        &self,
        at: usize,
        (bound, spacing): (f32, f32),
        search: &mut Search,
        found: &mut Found,
    ) {
        let node = self.bodies.order[at];
        let neighbours = self.adjacency.neighbours(node as usize);
        let links = neighbours.len();
        if links == 0 || links > MOST_LINKS || links + 1 >= self.places.len() {
            found.radii.push(0.0);
            found.spacing.push(0.0);
            return;
        }
        search.find(self.bodies, at, links + 1, bound);
        if search.nearest.len() <= links {
            search.find(self.bodies, at, links + 1, f32::INFINITY);
        }
        let nearest = &search.nearest;
        if nearest.len() <= links {
            // Distances whose squares are no numbers any more.
            found.radii.push(0.0);
            found.spacing.push(0.0);
            return;
        }
        let is_target = |other: u32| neighbours.binary_search(&other).is_ok();
        let within = nearest[..links]
            .iter()
            .filter(|&&(_, other)| is_target(other));
        let within = within.count();
        found.kept += within as f64 / links as f64;
        found.radii.push(nearest[links].0);
        found.spacing.push(nearest[0].0.sqrt());
        let radius = 0.5 * (nearest[links - 1].0.sqrt() + nearest[links].0.sqrt());
        let margin = if within == links {
            MARGIN_AT_REST
        } else {
            MARGIN
        };
        let (inner, outer) = (radius * (1.0 - margin), radius * (1.0 + margin));
        let least = LEAST_SPACING * spacing;
        for &(_, other) in nearest {
            if let Some((distance, push)) = self.pull(node, other, least, links)
                && distance < least
            {
                found.pulls.push(push);
            }
        }
        let before = found.pulls.len();
        for &target in neighbours {
            let pull = self.pull(node, target, inner, links);
            found.pulls.extend(
                pull.filter(|(distance, _)| (inner..self.reach * radius).contains(distance))
                    .map(|pull| pull.1),
            );
        }
        if found.pulls.len() > before {
            let impostors = nearest.iter().filter(|&&(_, other)| !is_target(other));
            let pushes = impostors.filter_map(|&(_, other)| self.pull(node, other, outer, links));
            found.pulls.extend(
                pushes
                    .filter(|&(distance, _)| distance < outer)
                    .map(|push| push.1),
            );
        }
    }

    /// The distance of two nodes, and what brings it to `wanted`; nothing for nodes on one spot,
    /// which have no direction.
    fn pull(&self, node: u32, other: u32, wanted: f32, links: usize) -> Option<(f32, Pull)> {
        let (from, to) = (node as usize, other as usize);
        let dx = self.places.x[to] - self.places.x[from];
        let dy = self.places.y[to] - self.places.y[from];
        let distance = (dx * dx + dy * dy).sqrt();
        let weight = weight_of(links);
        let share = weight * (distance - wanted) / distance;
        let (x, y) = (share * dx, share * dy);
        let pull = Pull {
            node,
            other,
            x,
            y,
            weight,
        };
        (x.is_finite() && y.is_finite()).then_some((distance, pull))
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::hash;
    use super::*;

    /// A tree whose nodes hang on one of the eight before, with places that tell little of it.
    fn tree(count: u32) -> (Level, Places) {
        let edges: Vec<_> = (1..count)
            .map(|node| {
                let back = 1 + (hash(5, u64::from(node)) % 8) as u32;
                (node, node.saturating_sub(back), 1.0)
            })
            .collect();
        let at = |node: u32| f64::from(node).sqrt();
        let jitter = |salt: u64, node: u32| (hash(salt, u64::from(node)) >> 40) as f32 / 1e7;
        let places = Places {
            x: (0..count)
                .map(|node| (at(node) * (3.0 * at(node)).cos()) as f32 + jitter(1, node))
                .collect(),
            y: (0..count)
                .map(|node| (at(node) * (3.0 * at(node)).sin()) as f32 + jitter(2, node))
                .collect(),
        };
        let level = Level {
            adjacency: Adjacency::from_edges(count as usize, &edges),
            masses: vec![1.0; count as usize],
            parents: Vec::new(),
        };
        (level, places)
    }

    /// Mean share of neighbours among as many nearest, by looking at all pairs.
    fn kept(level: &Level, places: &Places) -> f64 {
        let count = places.len();
        let mut sum = 0.0;
        for node in 0..count {
            let squared = |&other: &usize| {
                (places.x[other] - places.x[node]).powi(2)
                    + (places.y[other] - places.y[node]).powi(2)
            };
            let mut others: Vec<usize> = (0..count).filter(|&other| other != node).collect();
            others.sort_by(|a, b| squared(a).total_cmp(&squared(b)));
            let neighbours = level.adjacency.neighbours(node);
            let near = &others[..neighbours.len()];
            let found = near
                .iter()
                .filter(|&&other| neighbours.contains(&(other as u32)));
            sum += found.count() as f64 / neighbours.len() as f64;
        }
        sum / count as f64
    }

    #[test]
    fn neighbours_become_the_nearest_and_the_share_is_what_all_pairs_tell() {
        let (level, mut places) = tree(400);
        let before = kept(&level, &places);
        let mut vicinity = Vicinity::default();
        while vicinity.round(&level, &[], &mut places) {}
        let after = kept(&level, &places);
        assert!(after > 2.0 * before, "{before} to {after}");
        assert!((vicinity.most_kept / 400.0 - after).abs() < 1e-6);
    }

    #[test]
    fn what_is_fixed_stays() {
        let (level, mut places) = tree(300);
        let before = places.clone();
        let fixed: Vec<bool> = (0..300).map(|node| node % 3 == 0).collect();
        let mut vicinity = Vicinity::default();
        while vicinity.round(&level, &fixed, &mut places) {}
        for node in (0..300).step_by(3) {
            assert_eq!(places.x[node].to_bits(), before.x[node].to_bits());
            assert_eq!(places.y[node].to_bits(), before.y[node].to_bits());
        }
        assert_ne!(places.x, before.x);
    }

    #[test]
    fn thousands_on_one_spot_and_places_beyond_all_squares_do_no_harm() {
        let (level, mut places) = tree(20_000);
        places.x.fill(1.0);
        places.y.fill(1.0);
        places.x[7] = 3.0;
        let mut vicinity = Vicinity::default();
        while vicinity.round(&level, &[], &mut places) {}
        assert!(places.x.iter().chain(&places.y).all(|v| v.is_finite()));
        let (level, mut places) = tree(50);
        for (node, x) in places.x.iter_mut().enumerate() {
            *x = 1e30 * node as f32;
        }
        let mut vicinity = Vicinity::default();
        while vicinity.round(&level, &[], &mut places) {}
        assert!(places.x.iter().chain(&places.y).all(|v| v.is_finite()));
    }
}
