//! Repulsion between all pairs in n log n time: the method of Barnes and Hut (1986).
//!
//! Bodies are sorted along a Morton curve (Warren and Salmon 1993), so that each cell of the tree is
//! a stretch of the sorted arrays, and the tree is one array in the order of a walk, each cell with
//! the place to go on when it is not opened. Bodies that are near each other walk the tree once,
//! together, and then sum the same list of cells and bodies side by side, which the compiler turns
//! into vector instructions.

use rayon::prelude::*;

/// So many bodies walk the tree together.
const GROUP: usize = 16;
/// Cells with at most so many bodies are not split.
const LEAF: usize = 8;
/// Bits of a coordinate in the Morton code.
const BITS: u32 = 16;
/// A cell counts as one body if its side is below this share of its distance.
const OPENING: f32 = 1.0;
/// Squared distances below this are taken as this.
const SOFTENING: f32 = 1e-12;

/// A square of the tree with all bodies in it.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    x: f32,
    y: f32,
    mass: f32,
    side: f32,
    /// Cells after this one that lie in it end here.
    next: u32,
    first: u32,
    last: u32,
    is_leaf: bool,
}

/// What the others do to one body.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Push {
    /// Sum of mass × offset ÷ distance².
    pub x: f32,
    /// Sum of mass × offset ÷ distance².
    pub y: f32,
    /// Sum of mass ÷ distance²: how fast the force changes.
    pub stiffness: f32,
}

/// The tree with its buffers, to be used again in each step.
#[derive(Clone, Debug, Default)]
pub(super) struct Quadtree {
    /// Morton code and index of each body, sorted.
    keys: Vec<u64>,
    x: Vec<f32>,
    y: Vec<f32>,
    mass: Vec<f32>,
    cells: Vec<Cell>,
    pushes: Vec<[Push; GROUP]>,
}

/// What one group meets on its walk.
#[derive(Default)]
struct Met {
    x: Vec<f32>,
    y: Vec<f32>,
    mass: Vec<f32>,
}

impl Met {
    fn push(&mut self, x: f32, y: f32, mass: f32) {
        self.x.push(x);
        self.y.push(y);
        self.mass.push(mass);
    }

    fn clear(&mut self) {
        self.x.clear();
        self.y.clear();
        self.mass.clear();
    }
}

/// Spreads the lower 16 bits to the even places.
fn spread(value: u32) -> u64 {
    let mut bits = u64::from(value) & 0xFFFF;
    bits = (bits | (bits << 8)) & 0x00FF_00FF;
    bits = (bits | (bits << 4)) & 0x0F0F_0F0F;
    bits = (bits | (bits << 2)) & 0x3333_3333;
    (bits | (bits << 1)) & 0x5555_5555
}

impl Quadtree {
    /// Sorts the bodies and builds the tree. Coordinates must be finite.
    pub(super) fn build(&mut self, x: &[f32], y: &[f32], mass: &[f32]) {
        let (low_x, high_x) = bounds(x);
        let (low_y, high_y) = bounds(y);
        let side = (high_x - low_x).max(high_y - low_y).max(1e-9);
        let cells_across = (1_u32 << BITS) as f32;
        let scale = (cells_across - 1.0) / side;
        self.keys.clear();
        self.keys
            .par_extend(x.par_iter().zip(y).enumerate().with_min_len(4096).map(
                |(index, (&x, &y))| {
                    let column = ((x - low_x) * scale) as u32;
                    let row = ((y - low_y) * scale) as u32;
                    ((spread(column) | (spread(row) << 1)) << 32) | index as u64
                },
            ));
        // All keys differ, so the order does not depend on how the sort is shared out.
        self.keys.par_sort_unstable();
        self.x.clear();
        self.y.clear();
        self.mass.clear();
        for &key in &self.keys {
            let index = (key & 0xFFFF_FFFF) as usize;
            self.x.push(x[index]);
            self.y.push(y[index]);
            self.mass.push(mass[index]);
        }
        self.cells.clear();
        self.split(0, self.keys.len(), 0, side);
        self.sum_up();
    }

    /// Appends the cell of the sorted bodies `first..last` and all cells in it.
    fn split(&mut self, first: usize, last: usize, depth: u32, side: f32) {
        let is_leaf = last - first <= LEAF || depth == BITS;
        let here = self.cells.len();
        self.cells.push(Cell {
            side,
            first: first as u32,
            last: last as u32,
            is_leaf,
            ..Cell::default()
        });
        if !is_leaf {
            let shift = 32 + 2 * (BITS - 1 - depth);
            let mut from = first;
            for quadrant in 0..4 {
                let length =
                    self.keys[from..last].partition_point(|key| (key >> shift) & 3 <= quadrant);
                if length > 0 {
                    self.split(from, from + length, depth + 1, side * 0.5);
                }
                from += length;
            }
        }
        self.cells[here].next = self.cells.len() as u32;
    }

    /// Mass and center of mass of all cells, from the innermost out.
    fn sum_up(&mut self) {
        for here in (0..self.cells.len()).rev() {
            let cell = self.cells[here];
            let (mut x, mut y, mut mass) = (0.0, 0.0, 0.0);
            if cell.is_leaf {
                for body in cell.first as usize..cell.last as usize {
                    x += self.x[body] * self.mass[body];
                    y += self.y[body] * self.mass[body];
                    mass += self.mass[body];
                }
            } else {
                let mut child = here + 1;
                while child < cell.next as usize {
                    let part = self.cells[child];
                    x += part.x * part.mass;
                    y += part.y * part.mass;
                    mass += part.mass;
                    child = part.next as usize;
                }
            }
            let share = 1.0 / mass.max(f32::MIN_POSITIVE);
            let cell = &mut self.cells[here];
            (cell.x, cell.y, cell.mass) = (x * share, y * share, mass);
        }
    }

    /// What all bodies do to each, in the order in which they were given.
    pub(super) fn repulsion(&mut self, pushes: &mut [Push]) {
        let mut groups = std::mem::take(&mut self.pushes);
        groups.clear();
        groups.resize(self.keys.len().div_ceil(GROUP), [Push::default(); GROUP]);
        groups
            .par_iter_mut()
            .enumerate()
            .with_min_len(8)
            .for_each_init(Met::default, |met, (group, pushes)| {
                self.push_group(group * GROUP, met, pushes);
            });
        for (body, &key) in self.keys.iter().enumerate() {
            pushes[(key & 0xFFFF_FFFF) as usize] = groups[body / GROUP][body % GROUP];
        }
        self.pushes = groups;
    }

    fn push_group(&self, first: usize, met: &mut Met, pushes: &mut [Push; GROUP]) {
        let last = (first + GROUP).min(self.keys.len());
        let (mut x, mut y) = ([self.x[first]; GROUP], [self.y[first]; GROUP]);
        x[..last - first].copy_from_slice(&self.x[first..last]);
        y[..last - first].copy_from_slice(&self.y[first..last]);
        met.clear();
        self.walk(&x, &y, met);
        sum_pushes(met, &x, &y, pushes);
    }

    /// Gathers what the group at `x`, `y` meets: cells that are far, bodies that are near.
    fn walk(&self, x: &[f32; GROUP], y: &[f32; GROUP], met: &mut Met) {
        let (low_x, high_x) = bounds(x);
        let (low_y, high_y) = bounds(y);
        let mut here = 0;
        while here < self.cells.len() {
            let cell = &self.cells[here];
            let dx = (low_x - cell.x).max(cell.x - high_x).max(0.0);
            let dy = (low_y - cell.y).max(cell.y - high_y).max(0.0);
            let is_far = cell.side * cell.side < OPENING * OPENING * (dx * dx + dy * dy);
            // Many bodies in a cell that cannot be split lie on one spot, as good as one body.
            let is_spot = cell.is_leaf && (cell.last - cell.first) as usize > 8 * LEAF;
            if is_far || is_spot {
                met.push(cell.x, cell.y, cell.mass);
                here = cell.next as usize;
            } else if cell.is_leaf {
                let bodies = cell.first as usize..cell.last as usize;
                met.x.extend_from_slice(&self.x[bodies.clone()]);
                met.y.extend_from_slice(&self.y[bodies.clone()]);
                met.mass.extend_from_slice(&self.mass[bodies]);
                here = cell.next as usize;
            } else {
                here += 1;
            }
        }
    }
}

/// The sums over all that was met, for each body of the group. A body does nothing to itself: at
/// distance 0 there is no force and no stiffness.
fn sum_pushes(met: &Met, x: &[f32; GROUP], y: &[f32; GROUP], pushes: &mut [Push; GROUP]) {
    let mut sum_x = [0.0_f32; GROUP];
    let mut sum_y = [0.0_f32; GROUP];
    let mut sum_stiffness = [0.0_f32; GROUP];
    for ((&met_x, &met_y), &mass) in met.x.iter().zip(&met.y).zip(&met.mass) {
        for lane in 0..GROUP {
            let dx = x[lane] - met_x;
            let dy = y[lane] - met_y;
            let squared = dx * dx + dy * dy;
            let strength = mass / squared.max(SOFTENING);
            let strength = if squared > 0.0 { strength } else { 0.0 };
            sum_x[lane] += dx * strength;
            sum_y[lane] += dy * strength;
            sum_stiffness[lane] += strength;
        }
    }
    for lane in 0..GROUP {
        pushes[lane] = Push {
            x: sum_x[lane],
            y: sum_y[lane],
            stiffness: sum_stiffness[lane],
        };
    }
}

/// Smallest and largest; (0, 0) for none.
fn bounds(values: &[f32]) -> (f32, f32) {
    let first = values.first().copied().unwrap_or(0.0);
    values.iter().fold((first, first), |(low, high), &value| {
        (low.min(value), high.max(value))
    })
}

#[cfg(test)]
mod tests {
    use super::super::random::hash;
    use super::*;

    fn bodies(count: usize) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
        let number = |salt: u64, index: usize| (hash(salt, index as u64) >> 40) as f32 / 1e6;
        (
            (0..count).map(|index| number(1, index)).collect(),
            (0..count).map(|index| number(2, index)).collect(),
            (0..count)
                .map(|index| 1.0 + number(3, index) / 16.0)
                .collect(),
        )
    }

    #[test]
    fn it_is_near_the_sum_over_all_pairs() {
        let (x, y, mass) = bodies(700);
        let mut tree = Quadtree::default();
        tree.build(&x, &y, &mass);
        let mut pushes = vec![Push::default(); 700];
        tree.repulsion(&mut pushes);
        let (mut error, mut size) = (0.0, 0.0);
        for body in 0..700 {
            let (mut push_x, mut push_y) = (0.0, 0.0);
            for other in (0..700).filter(|&other| other != body) {
                let (dx, dy) = (x[body] - x[other], y[body] - y[other]);
                push_x += mass[other] * dx / (dx * dx + dy * dy);
                push_y += mass[other] * dy / (dx * dx + dy * dy);
            }
            error += (pushes[body].x - push_x).hypot(pushes[body].y - push_y);
            size += push_x.hypot(push_y);
        }
        assert!(error < 0.05 * size, "{error} of {size}");
    }

    #[test]
    fn thousands_of_bodies_on_one_spot_take_no_time() {
        let mut tree = Quadtree::default();
        let mut x = vec![1.0; 50_000];
        x[0] = 900.0;
        tree.build(&x, &vec![1.0; 50_000], &vec![1.0; 50_000]);
        let mut pushes = vec![Push::default(); 50_000];
        tree.repulsion(&mut pushes);
        assert!(
            pushes
                .iter()
                .all(|push| push.x.is_finite() && push.stiffness.is_finite())
        );
    }
}
