//! The products for any processor: what all others must equal.

use super::{BLOCK_STEPS, Block, Step, Sums, TILE_COLUMNS, Tile};

/// Plain code.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Tile for Plain {
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        for (row, line) in sums.iter_mut().enumerate() {
            let mut totals = [0; TILE_COLUMNS];
            for (left, right) in left.iter().zip(right.chunks(BLOCK_STEPS)) {
                for (four, right) in left[row].iter().zip(right) {
                    for (total, numbers) in totals.iter_mut().zip(right.as_chunks::<4>().0) {
                        for (&l, &r) in four.iter().zip(numbers) {
                            *total += i32::from(l) * i32::from(r);
                        }
                    }
                }
            }
            *line = totals;
        }
    }
}
