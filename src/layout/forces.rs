//! One step of the force model over arrays of coordinates.
//!
//! Neighbours attract each other as a spring does when near, and by a force that grows no further
//! when far (LinLog, Noack 2004; ForceAtlas2, Jacomy et al. 2014), so that clusters stand out; all
//! pairs push with mass × mass ÷ distance. Each node moves by its force divided by its stiffness,
//! the Jacobi iteration of its own small quadratic model, so that no global temperature is needed
//! and dense and sparse parts settle equally fast; part of its last move goes on (momentum, Polyak
//! 1964). A pull to the middle, linear in the distance, balances part of the repulsion (gravity of
//! ForceAtlas2, here with a strength that follows the size of the picture). Distances in the graph
//! can pull too ([`super::distances`]).

use super::bodies::Bodies;
use super::coarsen::Level;
use super::distances::{Distances, Pull};
use super::repulsion::Repulsion;
use rayon::prelude::*;

/// The tree of bodies is sorted anew every so many steps.
const STEPS_BETWEEN_SORTS: usize = 4;
/// Share of the Jacobi step that is taken: all of it would make bipartite graphs swing.
const DAMPING: f32 = 0.7;
/// Share of the last move that goes on.
const MOMENTUM: f32 = 0.5;

/// Coordinates of the nodes of a level, in units of the model.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// To the right.
    pub x: Vec<f32>,
    /// Downwards.
    pub y: Vec<f32>,
}

/// How the model is applied in one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Model {
    /// Attraction grows with the distance to the power 1 - `exponent`: 0 is a spring, 1 is LinLog.
    pub exponent: f32,
    /// Up to this many mean edges attraction is a spring all the same.
    pub softness: f32,
    /// Strength of repulsion against attraction.
    pub repulsion: f32,
    /// Share of the repulsion of the whole that a pull to the middle balances; below 1.
    pub gravity: f32,
    /// Width by height of the ellipse that gravity shapes.
    pub aspect: f32,
    /// Share of each move that the distances in the graph decide, from 0 to 1.
    pub distances: f32,
}

impl Model {
    /// Attraction by distance, for the squared distance; `spring` is the squared softness.
    fn slope(self, squared: f32, spring: f32) -> f32 {
        if self.exponent == 0.0 {
            1.0
        } else if self.exponent == 1.0 {
            1.0 / (spring + squared).max(f32::MIN_POSITIVE).sqrt()
        } else {
            (spring + squared)
                .max(f32::MIN_POSITIVE)
                .powf(-0.5 * self.exponent)
        }
    }

    /// The strength of repulsion that balances attraction and gravity in that picture, so that it
    /// would neither grow nor shrink (virial theorem).
    pub(super) fn balance(self, level: &Level, places: &Places) -> f32 {
        let length = self.softness * mean_edge_length(level, places);
        let adjacency = &level.adjacency;
        let mut pull = 0.0_f64;
        for node in 0..adjacency.node_count() {
            for (other, weight) in adjacency.edges(node) {
                let (dx, dy) = (
                    places.x[other] - places.x[node],
                    places.y[other] - places.y[node],
                );
                let squared = dx * dx + dy * dy;
                pull += f64::from(weight * self.slope(squared, length * length) * squared);
            }
        }
        let (mut total, mut squares) = (0.0_f64, 0.0_f64);
        for &mass in &level.masses {
            total += f64::from(mass);
            squares += f64::from(mass).powi(2);
        }
        let pairs = (total * total - squares).max(f64::MIN_POSITIVE);
        (pull / (pairs * f64::from(1.0 - self.gravity))) as f32
    }
}

/// The pull to the middle: linear in the distance, so that together with repulsion that falls with
/// the distance it spreads the nodes evenly over an ellipse.
#[derive(Clone, Copy, Debug, Default)]
struct Gravity {
    x: f32,
    y: f32,
    /// Strength for each unit of mass, across and down.
    strength: (f32, f32),
}

impl Gravity {
    /// As much as balances the share `model.gravity` of the repulsion of an even ellipse of the
    /// aspect that is aimed at, as large as the picture is now.
    fn of(level: &Level, model: Model, places: &Places) -> Self {
        if model.gravity <= 0.0 {
            return Self::default();
        }
        let (mut x, mut y, mut squares, mut total) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
        for (node, &mass) in level.masses.iter().enumerate() {
            let mass = f64::from(mass);
            let (at_x, at_y) = (f64::from(places.x[node]), f64::from(places.y[node]));
            x += mass * at_x;
            y += mass * at_y;
            squares += mass * (at_x * at_x + at_y * at_y);
            total += mass;
        }
        let share = 1.0 / total.max(f64::MIN_POSITIVE);
        let (x, y) = (x * share, y * share);
        // Mean squared distance from the middle: half of the squared radius of an even disc.
        let spread = (squares * share - x * x - y * y).max(1e-12);
        let strength = f64::from(model.gravity * model.repulsion) * total / (2.0 * spread);
        // The field in an even ellipse is linear, and stronger along its short axis.
        let aspect = f64::from(model.aspect);
        Self {
            x: x as f32,
            y: y as f32,
            strength: (
                (strength * 2.0 / (1.0 + aspect)) as f32,
                (strength * 2.0 * aspect / (1.0 + aspect)) as f32,
            ),
        }
    }
}

impl Places {
    /// So many nodes, all at the origin.
    pub(super) fn zero(count: usize) -> Self {
        Self {
            x: vec![0.0; count],
            y: vec![0.0; count],
        }
    }

    /// How many nodes.
    pub(super) fn len(&self) -> usize {
        self.x.len()
    }
}

/// Buffers of a step, to be used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Stepper {
    bodies: Bodies,
    repulsion: Repulsion,
    steps_since_sort: usize,
    moves: Vec<Move>,
    velocity: Vec<(f32, f32)>,
    /// Mean distance of neighbours before the last step.
    length: f32,
}

/// What a step does to one node.
#[derive(Clone, Copy, Debug, Default)]
struct Move {
    x: f32,
    y: f32,
    /// Sum of its distances from its neighbours.
    lengths: f32,
}

/// What all nodes share in one step.
struct Step<'a> {
    level: &'a Level,
    model: Model,
    gravity: Gravity,
    places: &'a Places,
    distances: Option<(&'a Distances, Pull)>,
    /// Squared distance up to which attraction is a spring.
    spring: f32,
}

impl Stepper {
    /// Moves all nodes but the `fixed` once. Gives the mean move as a share of the mean distance of
    /// neighbours.
    pub(super) fn step(
        &mut self,
        level: &Level,
        model: Model,
        distances: Option<&Distances>,
        fixed: &[bool],
        places: &mut Places,
    ) -> f32 {
        let count = places.len();
        if self.velocity.len() != count {
            self.velocity = vec![(0.0, 0.0); count];
            self.length = mean_edge_length(level, places);
            self.steps_since_sort = 0;
        }
        if self.steps_since_sort == 0 {
            self.bodies.sort(&places.x, &places.y, &level.masses);
        } else {
            self.bodies.follow(&places.x, &places.y, &level.masses);
        }
        self.steps_since_sort = (self.steps_since_sort + 1) % STEPS_BETWEEN_SORTS;
        self.repulsion.sum(&self.bodies);
        let distances = distances.filter(|_| model.distances > 0.0);
        let step = Step {
            level,
            model,
            gravity: Gravity::of(level, model, places),
            places,
            distances: distances.map(|distances| (distances, distances.pull(places))),
            spring: (model.softness * self.length).powi(2),
        };
        let (bodies, repulsion) = (&self.bodies, &self.repulsion);
        self.moves.resize(count, Move::default());
        self.moves
            .par_iter_mut()
            .enumerate()
            .with_min_len(256)
            .for_each(|(at, slot)| {
                let push = [repulsion.x[at], repulsion.y[at], repulsion.stiffness[at]];
                *slot = step.move_of(bodies.order[at] as usize, push);
            });
        self.carry_out(level, fixed, places)
    }

    fn carry_out(&mut self, level: &Level, fixed: &[bool], places: &mut Places) -> f32 {
        let (mut moved, mut lengths) = (0.0_f64, 0.0_f64);
        for (slot, &node) in self.moves.iter().zip(&self.bodies.order) {
            lengths += f64::from(slot.lengths);
            let node = node as usize;
            if fixed.get(node).copied().unwrap_or(false) {
                continue;
            }
            let velocity = &mut self.velocity[node];
            velocity.0 = MOMENTUM * velocity.0 + slot.x;
            velocity.1 = MOMENTUM * velocity.1 + slot.y;
            let (x, y) = (places.x[node] + velocity.0, places.y[node] + velocity.1);
            if x.is_finite() && y.is_finite() {
                (places.x[node], places.y[node]) = (x, y);
                moved += f64::from(velocity.0.hypot(velocity.1));
            } else {
                *velocity = (0.0, 0.0);
            }
        }
        self.length = (lengths / level.adjacency.end_count().max(1) as f64) as f32;
        (moved / places.len().max(1) as f64) as f32 / self.length.max(f32::MIN_POSITIVE)
    }
}

impl Step<'_> {
    /// Where the forces on a node send it; `push` holds the sums of repulsion and its stiffness.
    fn move_of(&self, node: usize, push: [f32; 3]) -> Move {
        let (x, y) = (self.places.x[node], self.places.y[node]);
        let mass = self.level.masses[node];
        let charge = mass * self.model.repulsion;
        let (mut force_x, mut force_y) = (push[0] * charge, push[1] * charge);
        let mut stiffness = push[2] * charge;
        let pull = (
            self.gravity.strength.0 * mass,
            self.gravity.strength.1 * mass,
        );
        force_x += (self.gravity.x - x) * pull.0;
        force_y += (self.gravity.y - y) * pull.1;
        stiffness += pull.0.max(pull.1);
        let mut lengths = 0.0;
        for (other, weight) in self.level.adjacency.edges(node) {
            let (dx, dy) = (self.places.x[other] - x, self.places.y[other] - y);
            let squared = dx * dx + dy * dy;
            let pull = weight * self.model.slope(squared, self.spring);
            force_x += dx * pull;
            force_y += dy * pull;
            stiffness += pull;
            lengths += squared.sqrt();
        }
        let share = 1.0 / stiffness.max(f32::MIN_POSITIVE);
        let (mut dx, mut dy) = (force_x * share, force_y * share);
        if let Some((distances, pull)) = &self.distances {
            let (far_x, far_y) = distances.move_of(pull, node, x, y);
            dx += self.model.distances * (far_x - dx);
            dy += self.model.distances * (far_y - dy);
        }
        Move {
            x: DAMPING * dx,
            y: DAMPING * dy,
            lengths,
        }
    }
}

/// Mean distance of neighbours; 0 without edges.
pub(super) fn mean_edge_length(level: &Level, places: &Places) -> f32 {
    let adjacency = &level.adjacency;
    let mut sum = 0.0_f64;
    for node in 0..adjacency.node_count() {
        for &other in adjacency.neighbours(node) {
            let other = other as usize;
            let (dx, dy) = (
                places.x[other] - places.x[node],
                places.y[other] - places.y[node],
            );
            sum += f64::from((dx * dx + dy * dy).sqrt());
        }
    }
    (sum / adjacency.end_count().max(1) as f64) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::adjacency::Adjacency;

    /// Width of a long chain after many steps.
    fn extent_of_chain(gravity: f32) -> f32 {
        let edges: Vec<_> = (0..79).map(|node| (node, node + 1, 1.0)).collect();
        let level = Level {
            adjacency: Adjacency::from_edges(80, &edges),
            masses: vec![1.0; 80],
            parents: Vec::new(),
        };
        let model = Model {
            exponent: 1.0,
            softness: 0.3,
            repulsion: 0.05,
            gravity,
            aspect: 1.0,
            distances: 0.0,
        };
        let mut places = Places::zero(80);
        for node in 0..80 {
            places.x[node] = node as f32;
            places.y[node] = (node as f32 * 0.7).sin();
        }
        let mut stepper = Stepper::default();
        for _ in 0..600 {
            stepper.step(&level, model, None, &[], &mut places);
        }
        let most = places.x.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        most - places.x.iter().fold(f32::INFINITY, |a, &b| a.min(b))
    }

    #[test]
    fn gravity_pulls_a_chain_together() {
        let (free, pulled) = (extent_of_chain(0.0), extent_of_chain(0.8));
        assert!(pulled > 1.0 && pulled < 0.8 * free, "{pulled} of {free}");
    }
}
