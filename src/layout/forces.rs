//! One step of the force model over arrays of coordinates.
//!
//! The model is LinLog (Noack 2004) in the form of ForceAtlas2 (Jacomy et al. 2014): neighbours
//! attract each other with log(1 + distance), all pairs push with mass × mass ÷ distance. Each node
//! moves by its force divided by its stiffness, the Jacobi iteration of its own small quadratic
//! model, so that no global temperature is needed and dense and sparse parts settle equally fast.

use super::coarsen::Level;
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
        let (pushes, still) = (&self.pushes, &*places);
        self.moves
            .par_iter_mut()
            .enumerate()
            .with_min_len(512)
            .for_each(|(node, step)| {
                *step = if fixed.get(node).copied().unwrap_or(false) {
                    (0.0, 0.0)
                } else {
                    move_of(level, model, still, pushes[node], node)
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
fn move_of(level: &Level, model: Model, places: &Places, push: Push, node: usize) -> (f32, f32) {
    let (x, y) = (places.x[node], places.y[node]);
    let mass = level.masses[node] * model.repulsion;
    let (mut force_x, mut force_y) = (push.x * mass, push.y * mass);
    let mut stiffness = push.stiffness * mass;
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
