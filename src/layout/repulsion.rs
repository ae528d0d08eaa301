//! Repulsion between all pairs in linear time: the fast multipole method in two dimensions
//! (Greengard and Rokhlin 1987), walked for pairs of cells as Dehnen (2002) does.
//!
//! With offsets as complex numbers the push mass ÷ distance is the conjugate of mass ÷ offset, which
//! far cells do as a whole: a cell's first and third moment (the second is nil about the center of
//! mass) become three terms of a series around the cell that is pushed. Cells that are too near for
//! that are split, leaves are summed body by body.

use super::bodies::{Bodies, Cell, LEAF, for_each_part};

/// Cells interact as wholes if the sum of their radii is below this share of their distance.
const OPENING: f32 = 0.9;
/// Bodies of one part of the work: fixed, so that the sums do not depend on the threads.
const PART: usize = 256;
/// Added to squared distances, in units of the model, so that no push is without bound.
const SOFTENING: f32 = 1e-4;
/// Cells together within this share of the picture lie on one spot and do nothing to each other.
const SPOT: f32 = 1e-6;

/// What all bodies do to each, in the order of the sorted bodies, padded to whole leaves.
#[derive(Clone, Debug, Default)]
pub(super) struct Repulsion {
    /// Sum of mass × offset ÷ distance².
    pub x: Vec<f32>,
    /// Sum of mass × offset ÷ distance².
    pub y: Vec<f32>,
    /// Sum of mass ÷ distance²: how fast the push changes.
    pub stiffness: Vec<f32>,
}

/// Buffers of a walk.
#[derive(Default)]
struct Walk {
    /// Cells that are not decided for a cell on the path to the present one, oldest first.
    undecided: Vec<u32>,
    waiting: Vec<u32>,
    near: Vec<u32>,
}

/// A series around the center of a cell: three complex terms, and the stiffness at the center.
#[derive(Clone, Copy, Default)]
struct Series {
    terms: [(f32, f32); 3],
    stiffness: f32,
}

fn times(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

impl Series {
    /// Adds what `source` does at the offset `dx`, `dy` from its center, `squared` away.
    fn add(&mut self, source: &Cell, dx: f32, dy: f32, squared: f32) {
        let near = 1.0 / squared;
        let inverse = (dx * near, -dy * near);
        let inverse_squared = times(inverse, inverse);
        let second = times(source.second, inverse_squared);
        let first = times((source.mass + second.0, second.1), inverse);
        let slope = times(
            (source.mass + 3.0 * second.0, 3.0 * second.1),
            inverse_squared,
        );
        let bend = times(
            (source.mass + 6.0 * second.0, 6.0 * second.1),
            times(inverse_squared, inverse),
        );
        self.terms[0] = (self.terms[0].0 + first.0, self.terms[0].1 + first.1);
        self.terms[1] = (self.terms[1].0 - slope.0, self.terms[1].1 - slope.1);
        self.terms[2] = (self.terms[2].0 + bend.0, self.terms[2].1 + bend.1);
        self.stiffness += source.mass * near;
    }

    /// The same series around a point `offset` from the center.
    fn shifted(&self, offset: (f32, f32)) -> Self {
        let [first, slope, bend] = self.terms;
        let turned = times(offset, bend);
        let rise = times(offset, (slope.0 + turned.0, slope.1 + turned.1));
        Self {
            terms: [
                (first.0 + rise.0, first.1 + rise.1),
                (slope.0 + 2.0 * turned.0, slope.1 + 2.0 * turned.1),
                bend,
            ],
            stiffness: self.stiffness,
        }
    }
}

impl Repulsion {
    /// Sums up what all bodies do to each.
    pub(super) fn sum(&mut self, bodies: &Bodies) {
        for array in [&mut self.x, &mut self.y, &mut self.stiffness] {
            array.resize(bodies.x.len(), 0.0);
        }
        let spot = bodies.cells[0].radius * SPOT;
        let parts = bodies.parts(PART);
        let arrays = [&mut self.x[..], &mut self.y[..], &mut self.stiffness[..]];
        for_each_part(bodies, &parts, arrays, |walk: &mut Walk, part, pushes| {
            walk.undecided.clear();
            walk.undecided.push(0);
            let mut target = Target {
                bodies,
                spot_squared: spot * spot,
                first: bodies.cells[part as usize].first as usize,
                pushes,
            };
            target.descend(part, 0, Series::default(), walk);
        });
    }
}

/// The part of the bodies that one task pushes.
struct Target<'a> {
    bodies: &'a Bodies,
    spot_squared: f32,
    first: usize,
    pushes: [&'a mut [f32]; 3],
}

impl Target<'_> {
    /// Decides about the cells in `walk.undecided[from..]` for the cell `at`, whose cells around
    /// are in `series` so far, and for all cells in it.
    fn descend(&mut self, at: u32, from: usize, mut series: Series, walk: &mut Walk) {
        let mark = walk.undecided.len();
        self.decide(at, from, &mut series, walk);
        let cell = self.bodies.cells[at as usize];
        if cell.is_leaf() {
            self.push_leaf(&cell, &series, &walk.near);
        } else {
            for half in [at + 1, cell.right] {
                let inner = &self.bodies.cells[half as usize];
                let offset = (inner.x - cell.x, inner.y - cell.y);
                self.descend(half, mark, series.shifted(offset), walk);
            }
        }
        walk.undecided.truncate(mark);
    }

    fn decide(&self, at: u32, from: usize, series: &mut Series, walk: &mut Walk) {
        let cells = &self.bodies.cells;
        let cell = &cells[at as usize];
        walk.near.clear();
        walk.waiting.clear();
        walk.waiting.extend(walk.undecided[from..].iter().rev());
        while let Some(number) = walk.waiting.pop() {
            let source = &cells[number as usize];
            let (dx, dy) = (cell.x - source.x, cell.y - source.y);
            let squared = dx * dx + dy * dy;
            let reach = cell.radius + source.radius;
            if reach * reach < OPENING * OPENING * squared {
                series.add(source, dx, dy, squared);
            } else if number != at && reach * reach + squared < self.spot_squared {
                // As good as one spot: no direction to push in.
            } else if source.is_leaf() && cell.is_leaf() {
                walk.near.push(number);
            } else if !source.is_leaf() && (cell.is_leaf() || source.radius >= cell.radius) {
                walk.waiting.push(source.right);
                walk.waiting.push(number + 1);
            } else {
                walk.undecided.push(number);
            }
        }
    }

    fn push_leaf(&mut self, cell: &Cell, series: &Series, near: &[u32]) {
        let bodies = self.bodies;
        let first = cell.first as usize;
        let (mut x, mut y) = ([0.0_f32; LEAF], [0.0_f32; LEAF]);
        x.copy_from_slice(&bodies.x[first..first + LEAF]);
        y.copy_from_slice(&bodies.y[first..first + LEAF]);
        let [sum_x, sum_y, sum_stiffness] = sum_near(bodies, near, &x, &y);
        let to = first - self.first;
        for lane in 0..LEAF {
            let offset = (x[lane] - cell.x, y[lane] - cell.y);
            let far = series.shifted(offset).terms[0];
            self.pushes[0][to + lane] = sum_x[lane] + far.0;
            self.pushes[1][to + lane] = sum_y[lane] - far.1;
            self.pushes[2][to + lane] = sum_stiffness[lane] + series.stiffness;
        }
    }
}

/// The sums over all bodies of the leaves `near` for the bodies at `x`, `y`. A body does nothing to
/// itself: at distance 0 there is no push and no stiffness.
fn sum_near(bodies: &Bodies, near: &[u32], x: &[f32; LEAF], y: &[f32; LEAF]) -> [[f32; LEAF]; 3] {
    let (mut sum_x, mut sum_y, mut sum_stiffness) = ([0.0; LEAF], [0.0; LEAF], [0.0; LEAF]);
    for &number in near {
        let first = bodies.cells[number as usize].first as usize;
        let leaf = first..first + LEAF;
        let others = bodies.x[leaf.clone()]
            .iter()
            .zip(&bodies.y[leaf.clone()])
            .zip(&bodies.mass[leaf]);
        for ((&other_x, &other_y), &mass) in others {
            for lane in 0..LEAF {
                let (dx, dy) = (x[lane] - other_x, y[lane] - other_y);
                let squared: f32 = dx * dx + dy * dy;
                let strength = mass / (squared + SOFTENING);
                let strength = if squared > 0.0 { strength } else { 0.0 };
                sum_x[lane] += dx * strength;
                sum_y[lane] += dy * strength;
                sum_stiffness[lane] += strength;
            }
        }
    }
    [sum_x, sum_y, sum_stiffness]
}

#[cfg(test)]
mod tests {
    use super::super::random::hash;
    use super::*;

    fn numbers(salt: u64, count: usize) -> Vec<f32> {
        (0..count)
            .map(|index| (hash(salt, index as u64) >> 40) as f32 / 1e6)
            .collect()
    }

    #[test]
    fn it_is_near_the_sum_over_all_pairs() {
        const COUNT: usize = 700;
        let (x, y) = (numbers(1, COUNT), numbers(2, COUNT));
        let mass: Vec<f32> = numbers(3, COUNT).iter().map(|m| 1.0 + m / 16.0).collect();
        let mut bodies = Bodies::default();
        bodies.sort(&x, &y, &mass);
        let mut pushes = Repulsion::default();
        pushes.sum(&bodies);
        let (mut error, mut size) = (0.0, 0.0);
        for (at, &body) in bodies.order.iter().enumerate() {
            let body = body as usize;
            let (mut push_x, mut push_y) = (0.0, 0.0);
            for other in (0..COUNT).filter(|&other| other != body) {
                let (dx, dy) = (x[body] - x[other], y[body] - y[other]);
                push_x += mass[other] * dx / (dx * dx + dy * dy);
                push_y += mass[other] * dy / (dx * dx + dy * dy);
            }
            error += (pushes.x[at] - push_x).hypot(pushes.y[at] - push_y);
            size += push_x.hypot(push_y);
        }
        assert!(error < 0.03 * size, "{error} of {size}");
    }

    #[test]
    fn thousands_of_bodies_on_one_spot_take_no_time() {
        let mut x = vec![1.0; 50_000];
        x[0] = 900.0;
        let mut bodies = Bodies::default();
        bodies.sort(&x, &vec![1.0; 50_000], &vec![1.0; 50_000]);
        let mut pushes = Repulsion::default();
        pushes.sum(&bodies);
        assert!(pushes.x.iter().all(|push| push.is_finite()));
        assert!(pushes.stiffness.iter().all(|value| value.is_finite()));
    }
}
