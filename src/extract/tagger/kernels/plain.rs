//! The products for any processor: what all others must equal.

use super::{LEFT_STEP, RIGHT_STEP, Sums, TILE_COLUMNS, Tile};

/// Plain code.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Tile for Plain {
    #[inline(always)]
    fn multiply(self, left: &[u8], right: &[i8], sums: &mut Sums) {
        for (row, line) in sums.iter_mut().enumerate() {
            let mut totals = [0; TILE_COLUMNS];
            let steps = left
                .chunks_exact(LEFT_STEP)
                .zip(right.chunks_exact(RIGHT_STEP));
            for (left, right) in steps {
                let four = &left[4 * row..4 * row + 4];
                for (total, numbers) in totals.iter_mut().zip(right.chunks_exact(4)) {
                    for (&l, &r) in four.iter().zip(numbers) {
                        *total += i32::from(l) * i32::from(r);
                    }
                }
            }
            *line = totals;
        }
    }
}
