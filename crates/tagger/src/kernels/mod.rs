//! Products of 8-bit integers, summed in 32 bits, and the operations on rows of floats between them.
//!
//! Every processor gives the same bits: the products are exact, and the float parts are written lane
//! by lane in one order, without fused operations, so that wider registers change nothing. Each
//! kind of processor has a [`Tile`]; all else is plain code that is compiled once for each.

#[cfg(target_arch = "x86_64")]
mod amx;
#[cfg(target_arch = "aarch64")]
mod arm;
mod floats;
mod matrix;
mod plain;
mod rows;
#[cfg(target_arch = "x86_64")]
mod x86;
#[cfg(target_arch = "x86_64")]
mod x86_families;

#[cfg(target_arch = "aarch64")]
pub use arm::Neon;
pub use floats::{LANES, exp, gelu, ln, magnitude, nearest, normalize, softmax_weights, sum};
pub use matrix::{Linear, Panels, linear};
pub use plain::Plain;
pub use rows::Rows;
#[cfg(target_arch = "x86_64")]
pub use x86_families::{OfAvx2, OfAvx512};

/// Rows of the left factor that one tile multiplies.
pub const TILE_ROWS: usize = 12;
/// Columns of the right factor that one tile multiplies.
pub const TILE_COLUMNS: usize = 32;
/// Steps of depth that lie together for each row of the left factor.
pub const BLOCK_STEPS: usize = 16;

/// One step of depth of a panel of the right factor: four numbers of each column in turn.
pub type Step = [i8; 4 * TILE_COLUMNS];
/// A block of a panel of the left factor: of each row so many steps of four numbers.
pub type Block = [[[u8; 4]; BLOCK_STEPS]; TILE_ROWS];

/// Sums of products of one panel with another, row by row.
pub type Sums = [[i32; TILE_COLUMNS]; TILE_ROWS];

/// One way to multiply two panels.
pub trait Tile: Copy {
    /// `sums[r][c]` becomes the sum over depth of `left * right`. Depth is that of `right`, in steps
    /// of four; what one has beyond the other is left out.
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums);

    /// The same for two panels of the left factor.
    #[inline(always)]
    fn multiply_two(self, left: [&[Block]; 2], right: &[Step], sums: &mut [Sums; 2]) {
        for (left, sums) in left.into_iter().zip(sums) {
            self.multiply(left, right, sums);
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "x86_64")]
    use super::amx::Amx;
    #[cfg(target_arch = "x86_64")]
    use super::x86::{Avx2, Avx512, AvxVnni};
    use super::*;
    use proptest::prelude::*;

    /// Runs `check` with every tile that this processor can.
    fn each_tile(left: &[Block], right: &[Step], mut check: impl FnMut(&str, &Sums)) {
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
            if let Some(tile) = Amx::detect() {
                let _ready = tile.configure();
                run("AMX", &|sums| tile.multiply(left, right, sums));
                for first in [0, 1] {
                    run("AMX in pairs", &|sums| {
                        let zeros = vec![[[[0; 4]; BLOCK_STEPS]; TILE_ROWS]; left.len()];
                        let mut pair = [[left, &zeros], [&zeros, left]];
                        let mut both = [*sums; 2];
                        tile.multiply_two(std::mem::take(&mut pair[first]), right, &mut both);
                        assert_eq!(both[1 - first], [[0; TILE_COLUMNS]; TILE_ROWS]);
                        *sums = both[first];
                    });
                }
            }
        }
        #[cfg(target_arch = "aarch64")]
        if let Some(tile) = Neon::detect() {
            run("NEON", &|sums| tile.multiply(left, right, sums));
        }
    }

    fn expected(left: &[Block], right: &[Step]) -> Sums {
        let mut sums = [[0; TILE_COLUMNS]; TILE_ROWS];
        for (step, numbers) in right.iter().enumerate() {
            for (row, line) in sums.iter_mut().enumerate() {
                for (column, sum) in line.iter_mut().enumerate() {
                    for k in 0..4 {
                        let left = left[step / BLOCK_STEPS][row][step % BLOCK_STEPS][k];
                        *sum += i32::from(left) * i32::from(numbers[4 * column + k]);
                    }
                }
            }
        }
        sums
    }

    #[test]
    fn the_largest_numbers_do_not_saturate() {
        for number in [-128, -127, 127] {
            let left = [[[[255; 4]; BLOCK_STEPS]; TILE_ROWS]; 24];
            let right = [[number; 4 * TILE_COLUMNS]; 384];
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
            left in prop::collection::vec(any::<u8>(), 3 * size_of::<Block>()),
            right in prop::collection::vec(any::<i8>(), 40 * size_of::<Step>()),
        ) {
            let numbers: Vec<[[u8; 4]; BLOCK_STEPS]> = left
                .as_chunks::<4>().0.as_chunks().0.to_vec();
            let left = numbers.as_chunks::<TILE_ROWS>().0;
            let right = &right.as_chunks().0[..steps];
            let expected = expected(left, right);
            each_tile(left, right, |name, sums| assert_eq!(sums, &expected, "{name}"));
        }
    }
}
