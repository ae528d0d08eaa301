//! The bodies nearest to one, by a walk through the cells of the sorted bodies, near ones first
//! (Friedman, Bentley and Finkel 1977).

use super::bodies::{Bodies, LEAF};

/// A search for the nodes nearest to one, best cells first.
#[derive(Default)]
pub(super) struct Search {
    /// Squared distance and node, ascending.
    pub nearest: Vec<(f32, u32)>,
    /// Least distance and number of cells to look into.
    waiting: Vec<(f32, u32)>,
}

impl Search {
    /// Finds the `most` bodies nearest to the sorted body `at`; fewer if only those lie within the
    /// root of `bound`.
    pub(super) fn find(&mut self, bodies: &Bodies, at: usize, most: usize, mut bound: f32) {
        let (x, y) = (bodies.x[at], bodies.y[at]);
        self.nearest.clear();
        self.waiting.clear();
        self.waiting.push((0.0, 0));
        while let Some((least, number)) = self.waiting.pop() {
            // Where thousands lie on one spot the bound is 0, and nothing more is looked at.
            if least.max(0.0).powi(2) >= bound {
                continue;
            }
            let cell = &bodies.cells[number as usize];
            if cell.is_leaf() {
                let leaf = cell.first as usize..cell.last as usize;
                self.search_leaf(bodies, leaf, (x, y), at, most, &mut bound);
                continue;
            }
            let way_to = |number: u32| {
                let cell = &bodies.cells[number as usize];
                let (dx, dy) = (cell.x - x, cell.y - y);
                ((dx * dx + dy * dy).sqrt() - cell.radius, number)
            };
            let (left, right) = (way_to(number + 1), way_to(cell.right));
            let left_first = left.0 <= right.0;
            self.waiting.extend(if left_first {
                [right, left]
            } else {
                [left, right]
            });
        }
    }

    fn search_leaf(
        &mut self,
        bodies: &Bodies,
        leaf: std::ops::Range<usize>,
        (x, y): (f32, f32),
        at: usize,
        most: usize,
        bound: &mut f32,
    ) {
        let mut squares = [0.0_f32; LEAF];
        for (lane, square) in squares.iter_mut().enumerate() {
            let dx = bodies.x[leaf.start + lane] - x;
            let dy = bodies.y[leaf.start + lane] - y;
            *square = dx * dx + dy * dy;
        }
        for (other, &square) in leaf.zip(&squares) {
            if square >= *bound || other == at {
                continue;
            }
            if self.nearest.len() == most {
                self.nearest.pop();
            }
            let rank = self.nearest.partition_point(|near| near.0 <= square);
            self.nearest.insert(rank, (square, bodies.order[other]));
            if self.nearest.len() == most {
                *bound = bound.min(self.nearest[most - 1].0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::hash;
    use super::*;

    #[test]
    fn it_finds_what_looking_at_all_finds() {
        const COUNT: usize = 900;
        let number = |salt: u64, at: usize| (hash(salt, at as u64) >> 40) as f32 / 1e6;
        let x: Vec<f32> = (0..COUNT).map(|at| number(1, at)).collect();
        let y: Vec<f32> = (0..COUNT).map(|at| number(2, at).powi(2)).collect();
        let mut bodies = Bodies::default();
        bodies.sort(&x, &y, &[1.0; COUNT]);
        let mut search = Search::default();
        for at in (0..COUNT).step_by(7) {
            let node = bodies.order[at] as usize;
            let squared =
                |other: usize| (x[other] - x[node]).powi(2) + (y[other] - y[node]).powi(2);
            let mut all: Vec<f32> = (0..COUNT).filter(|&o| o != node).map(squared).collect();
            all.sort_by(f32::total_cmp);
            search.find(&bodies, at, 8, f32::INFINITY);
            let found: Vec<f32> = search.nearest.iter().map(|near| near.0).collect();
            assert_eq!(found, all[..8]);
            // Within a bound only those below it are found.
            search.find(&bodies, at, 8, all[3]);
            let fewer: Vec<f32> = search.nearest.iter().map(|near| near.0).collect();
            assert_eq!(fewer, all[..3]);
        }
    }
}
