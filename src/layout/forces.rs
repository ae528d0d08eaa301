//! One step of the force model over arrays of coordinates.
//!
//! The model is LinLog (Noack 2004) in the form of ForceAtlas2 (Jacomy et al. 2014): neighbours
//! attract each other with log(1 + distance), all pairs push with mass × mass ÷ distance. Each node
//! moves by its force divided by its stiffness, the Jacobi iteration of its own small quadratic
//! model, so that no global temperature is needed and dense and sparse parts settle equally fast.
//! A pull to the middle, linear in the distance, balances part of the repulsion (gravity of
//! ForceAtlas2, here with a strength that follows the size of the picture).

use super::coarsen::Level;
use super::pack::ASPECT;
use super::quadtree::{Push, Quadtree};
use rayon::prelude::*;

/// Coordinates of the nodes of a level, in units of the model.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// To the right.
    pub x: Vec<f32>,
    /// Downwards.
    pub y: Vec<f32>,
}

/// Buffers of a step, to be used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Stepper {
    tree: Quadtree,
    pushes: Vec<Push>,
    moves: Vec<(f32, f32)>,
}

/// How the model is applied in one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Model {
    /// Attraction is log(1 + distance) for 1, distance for 0, and between them a mixture.
    pub logarithmic: f32,
    /// Share of the Jacobi step that is taken.
    pub damping: f32,
    /// Strength of repulsion against attraction.
    pub repulsion: f32,
    /// Share of the repulsion of the whole that a pull to the middle balances; below 1.
    pub gravity: f32,
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
        let aspect = f64::from(ASPECT);
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

impl Stepper {
    /// Moves all nodes but the `fixed` once. Gives the mean move as a share of the mean distance of
    /// neighbours.
    pub(super) fn step(
        &mut self,
        level: &Level,
        model: Model,
        fixed: &[bool],
        places: &mut Places,
    ) -> f32 {
        let count = places.len();
        self.tree.build(&places.x, &places.y, &level.masses);
        self.pushes.resize(count, Push::default());
        self.tree.repulsion(&mut self.pushes);
        self.moves.resize(count, (0.0, 0.0));
        let gravity = Gravity::of(level, model, places);
        let (pushes, still) = (&self.pushes, &*places);
        self.moves
            .par_iter_mut()
            .enumerate()
            .with_min_len(512)
            .for_each(|(node, step)| {
                *step = if fixed.get(node).copied().unwrap_or(false) {
                    (0.0, 0.0)
                } else {
                    move_of(level, model, gravity, still, pushes[node], node)
                };
            });
        let mut moved = 0.0_f64;
        for (node, &(dx, dy)) in self.moves.iter().enumerate() {
            places.x[node] += dx;
            places.y[node] += dy;
            moved += f64::from(dx.hypot(dy));
        }
        let length = mean_edge_length(level, places).max(f32::MIN_POSITIVE);
        (moved / count.max(1) as f64) as f32 / length
    }
}

/// Where the forces on a node send it.
fn move_of(
    level: &Level,
    model: Model,
    gravity: Gravity,
    places: &Places,
    push: Push,
    node: usize,
) -> (f32, f32) {
    let (x, y) = (places.x[node], places.y[node]);
    let mass = level.masses[node] * model.repulsion;
    let (mut force_x, mut force_y) = (push.x * mass, push.y * mass);
    let mut stiffness = push.stiffness * mass;
    let pull = (
        gravity.strength.0 * level.masses[node],
        gravity.strength.1 * level.masses[node],
    );
    force_x += (gravity.x - x) * pull.0;
    force_y += (gravity.y - y) * pull.1;
    stiffness += pull.1;
    for (other, weight) in level.adjacency.edges(node) {
        let (dx, dy) = (places.x[other] - x, places.y[other] - y);
        let distance = (dx * dx + dy * dy).sqrt();
        let slope = if distance > 1e-3 {
            distance.ln_1p() / distance
        } else {
            1.0
        };
        let pull = weight * (1.0 - model.logarithmic + model.logarithmic * slope);
        force_x += dx * pull;
        force_y += dy * pull;
        stiffness += pull;
    }
    let share = model.damping / stiffness.max(f32::MIN_POSITIVE);
    let (dx, dy) = (force_x * share, force_y * share);
    if dx.is_finite() && dy.is_finite() {
        (dx, dy)
    } else {
        (0.0, 0.0)
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
            logarithmic: 1.0,
            damping: 0.7,
            repulsion: 0.05,
            gravity,
        };
        let mut places = Places::zero(80);
        for node in 0..80 {
            places.x[node] = node as f32;
            places.y[node] = (node as f32 * 0.7).sin();
        }
        let mut stepper = Stepper::default();
        for _ in 0..600 {
            stepper.step(&level, model, &[], &mut places);
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
