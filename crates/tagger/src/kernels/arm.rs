//! The products with the vector instructions of 64-bit ARM processors.
#![allow(unsafe_code)] // Loads into registers and stores from them.

use super::{BLOCK_STEPS, Block, Step, Sums, TILE_COLUMNS, TILE_ROWS, Tile};
use std::arch::aarch64::*;

/// NEON, which every such processor has: products of numbers widened to 16 bits.
#[derive(Clone, Copy, Debug)]
pub struct Neon(());

/// Rows whose sums of 16 columns fit the 32 registers, each column in two halves.
const SMALL_ROWS: usize = 3;

impl Neon {
    /// `None` where the processor lacks an instruction.
    pub fn detect() -> Option<Self> {
        std::arch::is_aarch64_feature_detected!("neon").then_some(Self(()))
    }
}

impl Tile for Neon {
    #[inline(always)]
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        // SAFETY: the value exists only where `detect` has found the instructions.
        unsafe { neon(left, right, sums) }
    }
}

#[target_feature(enable = "neon")]
fn neon(left: &[Block], right: &[Step], sums: &mut Sums) {
    for first in (0..TILE_ROWS).step_by(SMALL_ROWS) {
        for column in (0..TILE_COLUMNS).step_by(8) {
            // Each register holds one column's four products, to be added at the end.
            let mut totals = [[vdupq_n_s32(0); 8]; SMALL_ROWS];
            for (left, right) in left.iter().zip(right.chunks(BLOCK_STEPS)) {
                for (step, right) in (0..BLOCK_STEPS).zip(right) {
                    let mut columns = [vdupq_n_s16(0); 4];
                    for (pair, numbers) in columns.iter_mut().enumerate() {
                        // SAFETY: 8 bytes lie at that place of the 128.
                        let bytes = unsafe { vld1_s8(right.as_ptr().add(4 * column + 8 * pair)) };
                        *numbers = vmovl_s8(bytes);
                    }
                    for (row, total) in totals.iter_mut().enumerate() {
                        let four = u32::from_le_bytes(left[first + row][step]);
                        let bytes = vreinterpret_u8_u32(vdup_n_u32(four));
                        let numbers = vget_low_s16(vreinterpretq_s16_u16(vmovl_u8(bytes)));
                        for (pair, both) in columns.iter().enumerate() {
                            total[2 * pair] =
                                vmlal_s16(total[2 * pair], numbers, vget_low_s16(*both));
                            total[2 * pair + 1] =
                                vmlal_s16(total[2 * pair + 1], numbers, vget_high_s16(*both));
                        }
                    }
                }
            }
            for (line, total) in sums[first..].iter_mut().zip(&totals) {
                for (sum, four) in line[column..].iter_mut().zip(total) {
                    *sum = vaddvq_s32(*four);
                }
            }
        }
    }
}
