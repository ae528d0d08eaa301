//! The layout of one connected component, step by step, from its coarsest picture to the finest.

use super::adjacency::Adjacency;
use super::coarsen::{Level, hierarchy};
use super::forces::{Model, Places, Stepper, mean_edge_length};
use super::random::{direction, hash};
use super::start::pivot_mds;

/// Nodes of the coarsest level, about.
const COARSEST: usize = 200;
/// Steps on the coarsest level, at most.
const STEPS_COARSEST: usize = 300;
/// Steps on a level between, at most.
const STEPS_BETWEEN: usize = 50;
/// Steps on the component itself, at most.
const STEPS_FINEST: usize = 60;
/// Steps on a small component itself, at most.
const STEPS_SMALL: usize = 300;
/// A level has settled when the mean move is below this share of the mean edge.
const SETTLED: f32 = 0.001;
/// Share of the Jacobi step that is taken: all of it would make bipartite graphs swing.
const DAMPING: f32 = 0.7;
/// Strength of repulsion against attraction: as much as stays, beyond what gravity balances, is 0.05.
const REPULSION: f32 = 0.05 / (1.0 - GRAVITY);
/// Share of the repulsion that a pull to the middle balances, so that chains of outliers do not stick
/// far out and the picture is filled evenly.
const GRAVITY: f32 = 0.8;
/// Graphs up to so many nodes are small, those beyond the second number are not at all.
const SMALL: (usize, usize) = (500, 2000);
/// Units of the model for one hop at the start.
const HOP: f32 = 3.0;
/// How far a node starts from its cluster's place towards those of its neighbours.
const BLEND: f32 = 0.4;
/// Random offset at the start of a level, as a share of the mean edge.
const JITTER: f32 = 0.1;
/// Steps to settle again around pinned nodes.
const STEPS_PINNED: usize = 80;

/// One component under way.
#[derive(Clone, Debug, Default)]
pub(super) struct ComponentRun {
    levels: Vec<Level>,
    /// Which level is being settled; 0 is the component itself.
    level: usize,
    places: Places,
    /// Steps done on this level.
    steps: usize,
    stepper: Stepper,
    seed: u64,
    is_done: bool,
}

/// 1 for graphs that are read node by node, 0 for those that are seen as a whole, and between.
pub(super) fn smallness(count: usize) -> f32 {
    let beyond = count.saturating_sub(SMALL.0) as f32 / (SMALL.1 - SMALL.0) as f32;
    1.0 - beyond.min(1.0)
}

/// The force model with attraction as logarithmic as given.
fn model(logarithmic: f32) -> Model {
    Model {
        logarithmic,
        damping: DAMPING,
        repulsion: REPULSION,
        gravity: GRAVITY,
    }
}

impl ComponentRun {
    /// Prepares the hierarchy and the arrangement of its coarsest level.
    pub(super) fn new(adjacency: Adjacency, seed: u64) -> Self {
        let levels = hierarchy(adjacency, COARSEST, seed);
        let level = levels.len() - 1;
        let mut places = pivot_mds(&levels[level].adjacency, seed);
        // About as large as it will be, so that the first steps need not blow it up.
        let size = HOP;
        places.x.iter_mut().for_each(|x| *x *= size);
        places.y.iter_mut().for_each(|y| *y *= size);
        Self {
            levels,
            level,
            places,
            steps: 0,
            stepper: Stepper::default(),
            seed,
            is_done: false,
        }
    }

    /// One step; gives whether there is more to do.
    pub(super) fn step(&mut self) -> bool {
        if self.is_done {
            return false;
        }
        let level = &self.levels[self.level];
        let finest = self.level == 0;
        let coarsest = self.level + 1 == self.levels.len();
        let model = model(if finest { 1.0 } else { 0.0 });
        let moved = self.stepper.step(level, model, &[], &mut self.places);
        self.steps += 1;
        let cap = if finest && smallness(self.levels[0].masses.len()) > 0.0 {
            STEPS_SMALL
        } else if finest {
            STEPS_FINEST
        } else if coarsest {
            STEPS_COARSEST
        } else {
            STEPS_BETWEEN
        };
        if self.steps >= cap || moved < SETTLED {
            if finest {
                self.is_done = true;
                return false;
            }
            self.descend();
        }
        true
    }

    fn descend(&mut self) {
        let coarse = std::mem::take(&mut self.places);
        self.level -= 1;
        self.steps = 0;
        self.places = self.prolonged(self.level, &coarse);
    }

    /// Places on `fine` from those on the next coarser level: between the node's own cluster and
    /// the clusters of its neighbours.
    fn prolonged(&self, fine: usize, coarse: &Places) -> Places {
        let level = &self.levels[fine];
        let jitter = JITTER * mean_edge_length(&self.levels[fine + 1], coarse).max(0.01);
        let share = BLEND;
        let mut places = Places::zero(level.parents.len());
        for node in 0..level.parents.len() {
            let own = level.parents[node] as usize;
            let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
            for (other, weight) in level.adjacency.edges(node) {
                let parent = level.parents[other] as usize;
                x += weight * coarse.x[parent];
                y += weight * coarse.y[parent];
                total += weight;
            }
            let (turn_x, turn_y) = direction(hash(self.seed ^ fine as u64, node as u64));
            let total = if total > 0.0 { total } else { 1.0 };
            places.x[node] = (1.0 - share) * coarse.x[own] + share * x / total + jitter * turn_x;
            places.y[node] = (1.0 - share) * coarse.y[own] + share * y / total + jitter * turn_y;
        }
        places
    }

    /// Lets the settled component settle again around the given places (node, place), which stay.
    pub(super) fn settle_around(&mut self, held: &[(usize, (f32, f32))]) {
        let mut fixed = vec![false; self.places.len()];
        for &(node, (x, y)) in held {
            fixed[node] = true;
            self.places.x[node] = x;
            self.places.y[node] = y;
        }
        let model = model(1.0);
        for _ in 0..STEPS_PINNED {
            self.stepper
                .step(&self.levels[0], model, &fixed, &mut self.places);
        }
    }

    /// For each node the distance to its nearest neighbour in the graph, at `places`.
    pub(super) fn nearest_neighbour_distances(&self, places: &Places) -> Vec<f32> {
        let adjacency = &self.levels[0].adjacency;
        (0..places.len())
            .map(|node| {
                adjacency
                    .neighbours(node)
                    .iter()
                    .map(|&other| {
                        let other = other as usize;
                        let dx = places.x[other] - places.x[node];
                        let dy = places.y[other] - places.y[node];
                        (dx * dx + dy * dy).sqrt()
                    })
                    .fold(f32::INFINITY, f32::min)
                    .min(f32::MAX)
            })
            .collect()
    }

    /// Places of all nodes of the component now, in units of the model.
    pub(super) fn places(&self) -> Places {
        let mut places = self.places.clone();
        for level in (0..self.level).rev() {
            places = self.prolonged(level, &places);
        }
        places
    }
}
