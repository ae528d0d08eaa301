//! Bodies in a balanced tree of cells (Bentley 1975), each cell with what it looks like from afar.
//!
//! Each cell is split at the middle of its longer side's coordinates, by count, so that all leaves
//! but the last hold exactly [`LEAF`] bodies, and a leaf is one short stretch of the sorted arrays,
//! which the compiler turns into vector instructions. The order outlives small moves: a tree is
//! built anew only every few steps, and between its cells only take the new coordinates.

use rayon::prelude::*;

/// So many bodies are in a leaf.
pub(super) const LEAF: usize = 16;
/// Cells with more bodies than this are split on two threads.
const SPLIT_IN_PARALLEL: usize = 4096;

/// A stretch of the sorted bodies.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    /// Center of mass.
    pub x: f32,
    /// Center of mass.
    pub y: f32,
    /// No body of the cell is farther from its center of mass.
    pub radius: f32,
    /// Mass of all its bodies.
    pub mass: f32,
    /// Sum of mass × offset², offsets from the center of mass taken as complex numbers.
    pub second: (f32, f32),
    /// The cell of the second half; that of the first half follows this one. 0 for a leaf.
    pub right: u32,
    /// First body.
    pub first: u32,
    /// The body after the last.
    pub last: u32,
}

impl Cell {
    /// It has no cells in it.
    pub(super) fn is_leaf(&self) -> bool {
        self.right == 0
    }
}

/// The sorted bodies with their cells, a cell before those in it; the first holds all.
#[derive(Clone, Debug, Default)]
pub(super) struct Bodies {
    /// The given index of each sorted body.
    pub order: Vec<u32>,
    /// Coordinates of the sorted bodies, padded to whole leaves.
    pub x: Vec<f32>,
    /// Coordinates of the sorted bodies, padded to whole leaves.
    pub y: Vec<f32>,
    /// Masses of the sorted bodies, 0 for padding.
    pub mass: Vec<f32>,
    /// The cells.
    pub cells: Vec<Cell>,
    keys: Vec<Key>,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    x: f32,
    y: f32,
    index: u32,
}

fn cells_of(leaves: usize) -> usize {
    2 * leaves - 1
}

impl Bodies {
    /// Sorts the bodies into new cells; at least one body, coordinates finite.
    pub(super) fn sort(&mut self, x: &[f32], y: &[f32], mass: &[f32]) {
        if self.order.len() != x.len() {
            self.order = (0..x.len() as u32).collect();
        }
        self.keys.clear();
        self.keys.extend(self.order.iter().map(|&index| Key {
            x: x[index as usize],
            y: y[index as usize],
            index,
        }));
        self.cells.clear();
        let leaves = x.len().div_ceil(LEAF).max(1);
        self.cells.resize(cells_of(leaves), Cell::default());
        split(&mut self.keys, 0, &mut self.cells, 0);
        for (slot, key) in self.order.iter_mut().zip(&self.keys) {
            *slot = key.index;
        }
        self.follow(x, y, mass);
    }

    /// The same cells with the bodies where they are now.
    pub(super) fn follow(&mut self, x: &[f32], y: &[f32], mass: &[f32]) {
        let padded = self.order.len().div_ceil(LEAF) * LEAF;
        for (sorted, given) in [(&mut self.x, x), (&mut self.y, y), (&mut self.mass, mass)] {
            sorted.clear();
            sorted.extend(self.order.iter().map(|&index| given[index as usize]));
        }
        let (last_x, last_y) = (
            self.x.last().copied().unwrap_or(0.0),
            self.y.last().copied().unwrap_or(0.0),
        );
        self.x.resize(padded, last_x);
        self.y.resize(padded, last_y);
        self.mass.resize(padded, 0.0);
        for at in (0..self.cells.len()).rev() {
            self.cells[at] = if self.cells[at].is_leaf() {
                self.summed_leaf(self.cells[at])
            } else {
                self.summed(at)
            };
        }
    }

    fn summed_leaf(&self, mut cell: Cell) -> Cell {
        let bodies = cell.first as usize..cell.last as usize;
        let (mut x, mut y, mut mass) = (0.0_f32, 0.0_f32, 0.0_f32);
        for body in bodies.clone() {
            x += self.mass[body] * self.x[body];
            y += self.mass[body] * self.y[body];
            mass += self.mass[body];
        }
        let share = 1.0 / mass.max(f32::MIN_POSITIVE);
        (cell.x, cell.y, cell.mass) = (x * share, y * share, mass);
        let (mut squared, mut second) = (0.0_f32, (0.0_f32, 0.0_f32));
        for body in bodies {
            let (dx, dy) = (self.x[body] - cell.x, self.y[body] - cell.y);
            squared = squared.max(dx * dx + dy * dy);
            second.0 += self.mass[body] * (dx * dx - dy * dy);
            second.1 += self.mass[body] * 2.0 * dx * dy;
        }
        (cell.radius, cell.second) = (squared.sqrt(), second);
        cell
    }

    fn summed(&self, at: usize) -> Cell {
        let mut cell = self.cells[at];
        let halves = [self.cells[at + 1], self.cells[cell.right as usize]];
        cell.mass = halves[0].mass + halves[1].mass;
        let share = 1.0 / cell.mass.max(f32::MIN_POSITIVE);
        cell.x = (halves[0].x * halves[0].mass + halves[1].x * halves[1].mass) * share;
        cell.y = (halves[0].y * halves[0].mass + halves[1].y * halves[1].mass) * share;
        (cell.radius, cell.second) = (0.0, (0.0, 0.0));
        for half in halves {
            let (dx, dy) = (half.x - cell.x, half.y - cell.y);
            cell.second.0 += half.second.0 + half.mass * (dx * dx - dy * dy);
            cell.second.1 += half.second.1 + half.mass * 2.0 * dx * dy;
            let reach = half.radius + (dx * dx + dy * dy).sqrt();
            cell.radius = cell.radius.max(reach);
        }
        cell
    }

    /// Cells of at most `most` bodies (or leaves) that together hold all, in their order.
    pub(super) fn parts(&self, most: usize) -> Vec<u32> {
        let (mut parts, mut waiting) = (Vec::new(), vec![0_u32]);
        while let Some(at) = waiting.pop() {
            let cell = &self.cells[at as usize];
            if cell.is_leaf() || (cell.last - cell.first) as usize <= most {
                parts.push(at);
            } else {
                waiting.push(cell.right);
                waiting.push(at + 1);
            }
        }
        parts
    }
}

/// Sorts `keys`, which begin at body `first`, into `cells`, of which the first is number `number`.
fn split(keys: &mut [Key], first: usize, cells: &mut [Cell], number: u32) {
    let leaves = keys.len().div_ceil(LEAF).max(1);
    cells[0].first = first as u32;
    cells[0].last = (first + keys.len()) as u32;
    if leaves == 1 {
        return;
    }
    let left_leaves = leaves.div_ceil(2);
    let cut = left_leaves * LEAF;
    // Ties are broken by index, so that the halves do not depend on how they are found.
    if is_wide(keys) {
        keys.select_nth_unstable_by(cut, |a, b| a.x.total_cmp(&b.x).then(a.index.cmp(&b.index)));
    } else {
        keys.select_nth_unstable_by(cut, |a, b| a.y.total_cmp(&b.y).then(a.index.cmp(&b.index)));
    }
    let left_cells = cells_of(left_leaves);
    let right_number = number + 1 + left_cells as u32;
    cells[0].right = right_number;
    let many = keys.len() > SPLIT_IN_PARALLEL;
    let (left, right) = keys.split_at_mut(cut);
    let (left_part, right_part) = cells[1..].split_at_mut(left_cells);
    let mut split_left = || split(left, first, left_part, number + 1);
    let mut split_right = || split(right, first + cut, right_part, right_number);
    if many {
        rayon::join(split_left, split_right);
    } else {
        split_left();
        split_right();
    }
}

fn is_wide(keys: &[Key]) -> bool {
    let start = (
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::INFINITY,
        f32::NEG_INFINITY,
    );
    let (left, right, top, bottom) = keys.iter().fold(start, |bounds, key| {
        (
            bounds.0.min(key.x),
            bounds.1.max(key.x),
            bounds.2.min(key.y),
            bounds.3.max(key.y),
        )
    });
    right - left >= bottom - top
}

/// Fills the stretches of `parts` in three arrays side by side, each by `work` with its cell and its
/// part of the arrays.
pub(super) fn for_each_part<T: Default + Send>(
    bodies: &Bodies,
    parts: &[u32],
    arrays: [&mut [f32]; 3],
    work: impl Fn(&mut T, u32, [&mut [f32]; 3]) + Sync,
) {
    let [mut x, mut y, mut z] = arrays;
    let mut tasks = Vec::with_capacity(parts.len());
    for &part in parts {
        let cell = &bodies.cells[part as usize];
        let length = ((cell.last - cell.first) as usize).div_ceil(LEAF) * LEAF;
        let (first_x, rest_x) = x.split_at_mut(length);
        let (first_y, rest_y) = y.split_at_mut(length);
        let (first_z, rest_z) = z.split_at_mut(length);
        (x, y, z) = (rest_x, rest_y, rest_z);
        tasks.push((part, [first_x, first_y, first_z]));
    }
    tasks
        .into_par_iter()
        .for_each_init(T::default, |scratch, (part, arrays)| {
            work(scratch, part, arrays);
        });
}
