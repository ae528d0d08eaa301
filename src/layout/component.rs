//! The layout of one connected component, step by step, from its coarsest picture to the finest.
//!
//! On coarse levels springs and the distances in the graph shape the whole. How far the finest level
//! then goes from springs to LinLog depends on the graph: where two dimensions can hold its
//! distances (grids, trees; low stress), it only comes to rest evenly; where they cannot (who is
//! mentioned with whom), clusters stand out, and distances hold the whole together. At last the
//! vicinity of each node is put in order ([`super::vicinity`]).

use super::adjacency::Adjacency;
use super::coarsen::{Level, hierarchy};
use super::distances::Distances;
use super::forces::{Model, Places, Stepper, mean_edge_length};
use super::random::{direction, hash};
use super::start::pivot_mds;
use super::stop::Stop;
use super::vicinity::Vicinity;

/// Nodes of the coarsest level, about.
const COARSEST: usize = 100;
/// Steps on the coarsest level, at most.
const STEPS_COARSEST: usize = 100;
/// Steps on a level between, at most.
const STEPS_BETWEEN: usize = 25;
/// Steps on the component itself, at most.
const STEPS_FINEST: usize = 32;
/// The same where distances are what is read most.
const STEPS_MEASURED: usize = 60;
/// Steps on a small component itself, at most.
const STEPS_SMALL: usize = 100;
/// A level has settled when the mean move is below this share of the mean edge.
const SETTLED: f32 = 0.001;
/// Labels of graphs up to so many nodes are read, of graphs beyond the second number hardly any.
const LABELLED: (usize, usize) = (500, 2000);
/// Graphs up to so many nodes are seen node by node, those beyond the second number as a whole.
const SMALL: (usize, usize) = (200, 800);
/// The vicinity of fewer nodes is not put in order: they are read best evenly spread, as forces leave
/// them.
const FEWEST_IN_ORDER: usize = 25;
/// In graphs up to so many nodes distances are what is read most, and two dimensions are enough to
/// keep clusters apart all the same; in those beyond the second number clusters come first.
const MEASURED: (usize, usize) = (300, 3000);
/// How much more nodes of many links push, in large and in small graphs.
const MASS_BY_DEGREE: (f32, f32) = (0.25, 0.75);
/// Units of the model for one hop at the start.
const HOP: f32 = 3.0;
/// How far a node starts from its cluster's place towards those of its neighbours.
const BLEND: f32 = 0.4;
/// Random offset at the start of a level, as a share of the mean edge.
const JITTER: f32 = 0.1;
/// Steps to settle again around pinned nodes.
const STEPS_PINNED: usize = 80;

/// Springs with repulsion and some gravity: the model of all levels but the finest.
const COARSE: Model = Model {
    exponent: 0.0,
    softness: 0.0,
    repulsion: 0.2,
    gravity: 0.5,
    aspect: 1.0,
    distances: 0.6,
};
/// Levels with more than this share of the nodes are left to forces alone, which untangle better.
const SHAPED_SHARE: f32 = 0.4;
/// The distances' part of a move falls to nothing within this share of a level's steps.
const SHAPED_STEPS: f32 = 0.7;

/// Stress up to which a graph is flat, and from which it is not at all.
const FLAT: (f32, f32) = (0.08, 0.16);
/// Exponent of attraction, for flat graphs and others.
const EXPONENT: (f32, f32) = (1.2, 1.0);
/// How many times repulsion exceeds balance at the start of the finest level: in flat graphs this
/// divided by the mean number of links (trees have to unfold more than grids) and raised with the
/// number of nodes, in others as is.
const PRESSURE: (f32, f32) = (110.0, 5.0);
/// With how many nodes pressure is as above, its power of their number, and by what it grows at most
/// and at least: as many steps bring larger graphs less far.
const PRESSURE_BY_SIZE: (f32, f32, f32, f32) = (3000.0, 0.35, 0.4, 1.5);
/// Reach of springs in mean edges: in flat graphs this times the squared mean number of links.
const SOFTNESS: (f32, f32) = (0.175, 0.1);
/// The distances' part of a move at the start of the finest level, in graphs that are flat or have
/// as few links as trees, whose branches would stay crossed, and in others of a thousand nodes.
const DISTANCES: (f32, f32) = (0.1, 0.25);
/// Mean numbers of links between which a graph goes from one to the other.
const TREE_LIKE: (f32, f32) = (2.0, 6.0);
/// In graphs of more than a thousand nodes it falls with this power of their number: their clusters
/// are many, and need not lie so near to where distances want them.
const DISTANCES_BY_SIZE: f32 = -0.2;
/// The distances' part of a move in small graphs, flat ones and others: to the last step.
const DISTANCES_MEASURED: (f32, f32) = (0.3, 0.4);
/// Of graphs that are not flat it falls from so many nodes on with this power of their number: more
/// would keep clusters from standing out.
const DISTANCES_MEASURED_BY_SIZE: (f32, f32) = (480.0, -0.3);
/// Pressure in small graphs that are not flat: clusters lie closer.
const PRESSURE_MEASURED: f32 = 3.0;
/// Springs resist the shape that gravity gives: small graphs are pulled so many times wider than the
/// page. More would be paid for in distances.
const WIDE: f32 = 1.2;
/// Gravity of the finest level in large flat graphs, and in others and small ones.
const GRAVITY: (f32, f32) = (0.65, 0.8);

/// One component under way.
#[derive(Clone, Debug)]
pub(super) struct ComponentRun {
    levels: Vec<Level>,
    /// Which level is being settled; 0 is the component itself.
    level: usize,
    places: Places,
    /// Steps done on this level.
    steps: usize,
    stepper: Stepper,
    distances: Option<Distances>,
    model: Model,
    seed: u64,
    /// Width by height of the page.
    aspect: f32,
    /// The last phase, once forces have settled.
    vicinity: Option<Vicinity>,
    is_done: bool,
}

/// 1 for graphs whose labels are all read, 0 for those with labels for few, and between.
pub(super) fn labelled(count: usize) -> f32 {
    share_below(count, LABELLED)
}

/// 1 for graphs that are seen node by node, 0 for those that are seen as a whole, and between.
fn smallness(count: usize) -> f32 {
    share_below(count, SMALL)
}

/// 1 for graphs in which distances count most, 0 for those where clusters come first, and between.
fn measured(count: usize) -> f32 {
    share_below(count, MEASURED)
}

fn share_below(count: usize, range: (usize, usize)) -> f32 {
    let beyond = count.saturating_sub(range.0) as f32 / (range.1 - range.0) as f32;
    1.0 - beyond.min(1.0)
}

/// Between the two values, by a share from 0 to 1.
fn between(values: (f32, f32), share: f32) -> f32 {
    values.0 + (values.1 - values.0) * share
}

impl ComponentRun {
    /// Prepares the hierarchy and the arrangement of its coarsest level; at least two nodes. If asked
    /// to stop, all lie on one spot.
    pub(super) fn new(adjacency: Adjacency, seed: u64, aspect: f32, stop: &Stop) -> Self {
        let by_degree = between(MASS_BY_DEGREE, smallness(adjacency.node_count()));
        let levels = hierarchy(adjacency, COARSEST, by_degree, seed, stop);
        let level = levels.len() - 1;
        let mut places = if stop.is_asked() {
            Places::zero(levels[level].masses.len())
        } else {
            pivot_mds(&levels[level].adjacency, seed)
        };
        // About as large as it will be, so that the first steps need not blow it up.
        places.x.iter_mut().for_each(|x| *x *= HOP);
        places.y.iter_mut().for_each(|y| *y *= HOP);
        let mut run = Self {
            levels,
            level,
            places,
            steps: 0,
            stepper: Stepper::default(),
            distances: None,
            model: COARSE,
            seed,
            aspect,
            vicinity: None,
            is_done: stop.is_asked(),
        };
        if !run.is_done {
            run.start_level();
        }
        run
    }

    fn start_level(&mut self) {
        let level = &self.levels[self.level];
        let (count, all) = (level.masses.len(), self.levels[0].masses.len());
        let is_finest = self.level == 0;
        self.steps = 0;
        self.stepper = Stepper::default();
        self.distances = (is_finest || count as f32 <= SHAPED_SHARE * all as f32)
            .then(|| Distances::new(&level.adjacency, self.seed));
        self.model = if is_finest {
            self.finest_model()
        } else {
            COARSE
        };
    }

    /// The model of the component itself, by how well the picture so far tells its distances.
    fn finest_model(&self) -> Model {
        let level = &self.levels[0];
        let count = level.masses.len();
        let small = smallness(count);
        let fit = self.distances.as_ref().map(|d| d.fit(&self.places));
        let stress = fit.unwrap_or_default().stress;
        let crowded = ((stress - FLAT.0) / (FLAT.1 - FLAT.0)).clamp(0.0, 1.0);
        let links = level.adjacency.end_count() as f32 / count.max(1) as f32;
        let dense = ((links - TREE_LIKE.0) / (TREE_LIKE.1 - TREE_LIKE.0)).clamp(0.0, 1.0);
        let thousands = (count as f32 / 1000.0).max(1.0);
        let far = (DISTANCES.1 * thousands.powf(DISTANCES_BY_SIZE)).max(DISTANCES.0);
        let distances = between((DISTANCES.0, far), crowded * dense);
        let (from, power) = DISTANCES_MEASURED_BY_SIZE;
        let near = DISTANCES_MEASURED.1 * (count as f32 / from).max(1.0).powf(power);
        let mut model = Model {
            exponent: between(EXPONENT, crowded),
            softness: between((SOFTNESS.0 * links * links, SOFTNESS.1), crowded),
            repulsion: 0.0,
            gravity: between(GRAVITY, crowded.max(small)),
            aspect: between((1.0, WIDE * self.aspect), small),
            distances: between(
                (distances, between((DISTANCES_MEASURED.0, near), crowded)),
                measured(count),
            ),
        };
        let (usual, power, least, most) = PRESSURE_BY_SIZE;
        let grown = (count as f32 / usual).powf(power).clamp(least, most);
        let grown = between((grown, 1.0), small);
        let flat = PRESSURE.0 * grown / links.max(1.0);
        let close = between((PRESSURE.1, PRESSURE_MEASURED), measured(count));
        let pressure = flat.powf(1.0 - crowded) * close.powf(crowded);
        model.repulsion = pressure * model.balance(level, &self.places);
        model
    }

    fn most_steps(&self) -> usize {
        if self.level == 0 {
            let count = self.levels[0].masses.len();
            let range = (STEPS_FINEST as f32, STEPS_MEASURED as f32);
            let usual = between(range, measured(count));
            between((usual, STEPS_SMALL as f32), smallness(count)) as usize
        } else if self.level + 1 == self.levels.len() {
            STEPS_COARSEST
        } else {
            STEPS_BETWEEN
        }
    }

    /// One step; gives whether there is more to do.
    pub(super) fn step(&mut self) -> bool {
        if self.is_done {
            return false;
        }
        if let Some(vicinity) = &mut self.vicinity {
            self.is_done = !vicinity.round(&self.levels[0], &[], &mut self.places);
            if self.is_done {
                self.vicinity = None;
            }
            return !self.is_done;
        }
        let most = self.most_steps();
        let level = &self.levels[self.level];
        let kept = if self.level == 0 {
            measured(self.places.len())
        } else {
            0.0
        };
        let shaped = (1.0 - kept) * self.steps as f32 / (SHAPED_STEPS * most as f32);
        let mut model = self.model;
        model.distances *= (1.0 - shaped).max(kept);
        let distances = self.distances.as_ref();
        let moved = self
            .stepper
            .step(level, model, distances, &[], &mut self.places);
        self.steps += 1;
        if self.steps >= most || moved < SETTLED {
            if self.level == 0 {
                if self.places.len() < FEWEST_IN_ORDER {
                    self.is_done = true;
                    return false;
                }
                self.vicinity = Some(Vicinity::default());
            } else {
                self.descend();
            }
        }
        true
    }

    fn descend(&mut self) {
        let coarse = std::mem::take(&mut self.places);
        self.level -= 1;
        self.places = self.prolonged(self.level, &coarse);
        self.start_level();
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
    pub(super) fn settle_around(&mut self, held: &[(usize, (f32, f32))], stop: &Stop) {
        let mut fixed = vec![false; self.places.len()];
        for &(node, (x, y)) in held {
            fixed[node] = true;
            self.places.x[node] = x;
            self.places.y[node] = y;
        }
        self.stepper = Stepper::default();
        let mut model = self.model;
        model.distances = 0.0;
        for _ in 0..STEPS_PINNED {
            if stop.is_asked() {
                return;
            }
            self.stepper
                .step(&self.levels[0], model, None, &fixed, &mut self.places);
        }
        if self.places.len() < FEWEST_IN_ORDER {
            return;
        }
        let mut vicinity = Vicinity::default();
        while !stop.is_asked() && vicinity.round(&self.levels[0], &fixed, &mut self.places) {}
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
