//! Products of 8-bit integers, summed in 32 bits, and the operations on rows of floats between them.
//!
//! Every processor gives the same bits: the products are exact, and the float parts are written lane
//! by lane in one order, without fused operations, so that wider registers change nothing. Each
//! kind of processor has a [`Tile`]; all else is plain code that is compiled once for each.

#[cfg(target_arch = "aarch64")]
mod arm;
mod floats;
mod matrix;
mod plain;
mod rows;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(target_arch = "aarch64")]
pub use arm::Neon;
pub use floats::{LANES, exp, gelu, ln, magnitude, nearest, normalize, softmax_weights, sum};
pub use matrix::{Linear, Panels, linear};
pub use plain::Plain;
pub use rows::Rows;
#[cfg(target_arch = "x86_64")]
pub use x86::{Avx2, Avx512, AvxVnni};

/// Rows of the left factor that one tile multiplies.
pub const TILE_ROWS: usize = 12;
/// Columns of the right factor that one tile multiplies.
pub const TILE_COLUMNS: usize = 32;
/// Bytes of a panel of the left factor for four steps of depth: 4 of each row.
pub const LEFT_STEP: usize = 4 * TILE_ROWS;
/// Bytes of a panel of the right factor for four steps of depth: 4 of each column.
pub const RIGHT_STEP: usize = 4 * TILE_COLUMNS;

/// Sums of products of one panel with another, row by row.
pub type Sums = [[i32; TILE_COLUMNS]; TILE_ROWS];

/// One way to multiply two panels.
pub trait Tile: Copy {
    /// `sums[r][c]` becomes the sum over depth of `left * right`. Both panels have the same depth in
    /// steps of four: [`LEFT_STEP`] bytes of `left` with [`RIGHT_STEP`] numbers of `right`; what
    /// one has beyond the other is left out.
    fn multiply(self, left: &[u8], right: &[i8], sums: &mut Sums);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Runs `check` with every tile that this processor can.
    fn each_tile(left: &[u8], right: &[i8], mut check: impl FnMut(&str, &Sums)) {
        let mut run = |name: &str, multiply: &dyn Fn(&mut Sums)| {
            let mut sums = [[-1; TILE_COLUMNS]; TILE_ROWS];
            multiply(&mut sums);
            check(name, &sums);
        };
        run("plain", &|sums| Plain.multiply(left, right, sums));
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(tile) = Avx2::detect() {
                run("AVX2", &|sums| tile.multiply(left, right, sums));
            }
            if let Some(tile) = AvxVnni::detect() {
                run("AVX-VNNI", &|sums| tile.multiply(left, right, sums));
            }
            if let Some(tile) = Avx512::detect() {
                run("AVX-512", &|sums| tile.multiply(left, right, sums));
            }
        }
        #[cfg(target_arch = "aarch64")]
        if let Some(tile) = Neon::detect() {
            run("NEON", &|sums| tile.multiply(left, right, sums));
        }
    }

    fn expected(left: &[u8], right: &[i8]) -> Sums {
        let mut sums = [[0; TILE_COLUMNS]; TILE_ROWS];
        for (row, line) in sums.iter_mut().enumerate() {
            for (column, sum) in line.iter_mut().enumerate() {
                let steps = left
                    .chunks_exact(LEFT_STEP)
                    .zip(right.chunks_exact(RIGHT_STEP));
                for (left, right) in steps {
                    for k in 0..4 {
                        *sum += i32::from(left[4 * row + k]) * i32::from(right[4 * column + k]);
                    }
                }
            }
        }
        sums
    }

    #[test]
    fn the_largest_numbers_do_not_saturate() {
        for number in [-128, -127, 127] {
            let left = [255; 384 * LEFT_STEP];
            let right = [number; 384 * RIGHT_STEP];
            let expected = 384 * 4 * 255 * i32::from(number);
            each_tile(&left, &right, |name, sums| {
                assert!(sums.iter().flatten().all(|&sum| sum == expected), "{name}");
            });
        }
    }

    proptest! {
        #[test]
        fn every_processor_gives_the_same_sums(
            steps in 0usize..40,
            left in prop::collection::vec(any::<u8>(), 40 * LEFT_STEP),
            right in prop::collection::vec(any::<i8>(), 40 * RIGHT_STEP),
        ) {
            let (left, right) = (&left[..steps * LEFT_STEP], &right[..steps * RIGHT_STEP]);
            let expected = expected(left, right);
            each_tile(left, right, |name, sums| assert_eq!(sums, &expected, "{name}"));
        }
    }
}
