//! The products with the vector instructions of x86-64 processors.
#![allow(unsafe_code)] // Instructions that not every processor has, and loads into registers.

use super::{BLOCK_STEPS, Block, Step, Sums, TILE_COLUMNS, TILE_ROWS, Tile};
use std::arch::x86_64::*;

/// AVX-512 with VNNI: 64 products an instruction.
#[derive(Clone, Copy, Debug)]
pub struct Avx512(());

/// AVX2 with VNNI: 32 products an instruction.
#[derive(Clone, Copy, Debug)]
pub struct AvxVnni(());

/// AVX2: 16 products an instruction, of numbers widened to 16 bits so that nothing saturates.
#[derive(Clone, Copy, Debug)]
pub struct Avx2(());

impl Avx512 {
    /// `None` where the processor lacks an instruction.
    pub fn detect() -> Option<Self> {
        let fits = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni")
            && Avx2::detect().is_some();
        fits.then_some(Self(()))
    }
}

impl AvxVnni {
    /// `None` where the processor lacks an instruction.
    pub fn detect() -> Option<Self> {
        let fits = is_x86_feature_detected!("avxvnni") && Avx2::detect().is_some();
        fits.then_some(Self(()))
    }
}

impl Avx2 {
    /// `None` where the processor lacks an instruction.
    pub fn detect() -> Option<Self> {
        is_x86_feature_detected!("avx2").then_some(Self(()))
    }
}

impl Tile for Avx512 {
    #[inline(always)]
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        // SAFETY: the value exists only where `detect` has found the instructions.
        unsafe { avx512(left, right, sums) }
    }
}

impl Tile for AvxVnni {
    #[inline(always)]
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        // SAFETY: the value exists only where `detect` has found the instructions.
        unsafe { avx_vnni(left, right, sums) }
    }
}

impl Tile for Avx2 {
    #[inline(always)]
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        // SAFETY: the value exists only where `detect` has found the instructions.
        unsafe { avx2(left, right, sums) }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2")]
fn avx512(left: &[Block], right: &[Step], sums: &mut Sums) {
    let mut totals = [[_mm512_setzero_si512(); 2]; TILE_ROWS];
    for (left, right) in left.iter().zip(right.chunks(BLOCK_STEPS)) {
        for (step, right) in (0..BLOCK_STEPS).zip(right) {
            // SAFETY: `right` has 128 bytes; the loads need no alignment.
            let columns = unsafe {
                [
                    _mm512_loadu_si512(right.as_ptr().cast()),
                    _mm512_loadu_si512(right.as_ptr().add(64).cast()),
                ]
            };
            for (row, total) in totals.iter_mut().enumerate() {
                let numbers = _mm512_set1_epi32(i32::from_le_bytes(left[row][step]));
                total[0] = _mm512_dpbusd_epi32(total[0], numbers, columns[0]);
                total[1] = _mm512_dpbusd_epi32(total[1], numbers, columns[1]);
            }
        }
    }
    for (line, total) in sums.iter_mut().zip(&totals) {
        // SAFETY: `line` has 32 numbers, 128 bytes; the stores need no alignment.
        unsafe {
            _mm512_storeu_si512(line.as_mut_ptr().cast(), total[0]);
            _mm512_storeu_si512(line.as_mut_ptr().add(16).cast(), total[1]);
        }
    }
}

/// Rows and registers of columns that fit the 16 registers beside what is loaded.
const SMALL_ROWS: usize = 6;

#[target_feature(enable = "avx2,avxvnni")]
fn avx_vnni(left: &[Block], right: &[Step], sums: &mut Sums) {
    for first in (0..TILE_ROWS).step_by(SMALL_ROWS) {
        for column in (0..TILE_COLUMNS).step_by(16) {
            let mut totals = [[_mm256_setzero_si256(); 2]; SMALL_ROWS];
            for (left, right) in left.iter().zip(right.chunks(BLOCK_STEPS)) {
                for (step, right) in (0..BLOCK_STEPS).zip(right) {
                    // SAFETY: 64 bytes lie at four times `column` of the 128; no alignment is needed.
                    let columns = unsafe {
                        let at = right.as_ptr().add(4 * column);
                        [
                            _mm256_loadu_si256(at.cast()),
                            _mm256_loadu_si256(at.add(32).cast()),
                        ]
                    };
                    for (row, total) in totals.iter_mut().enumerate() {
                        let numbers =
                            _mm256_set1_epi32(i32::from_le_bytes(left[first + row][step]));
                        total[0] = _mm256_dpbusd_avx_epi32(total[0], numbers, columns[0]);
                        total[1] = _mm256_dpbusd_avx_epi32(total[1], numbers, columns[1]);
                    }
                }
            }
            for (line, total) in sums[first..].iter_mut().zip(&totals) {
                // SAFETY: 16 numbers, 64 bytes, lie at `column` of the 32; no alignment is needed.
                unsafe {
                    let at = line.as_mut_ptr().add(column);
                    _mm256_storeu_si256(at.cast(), total[0]);
                    _mm256_storeu_si256(at.add(8).cast(), total[1]);
                }
            }
        }
    }
}

#[target_feature(enable = "avx2")]
fn avx2(left: &[Block], right: &[Step], sums: &mut Sums) {
    for first in (0..TILE_ROWS).step_by(SMALL_ROWS) {
        for column in (0..TILE_COLUMNS).step_by(8) {
            // Each register holds the sums of four columns, in two halves each.
            let mut totals = [[_mm256_setzero_si256(); 2]; SMALL_ROWS];
            for (left, right) in left.iter().zip(right.chunks(BLOCK_STEPS)) {
                for (step, right) in (0..BLOCK_STEPS).zip(right) {
                    // SAFETY: 32 bytes lie at four times `column` of the 128; no alignment is needed.
                    let columns = unsafe {
                        let at = right.as_ptr().add(4 * column);
                        [
                            _mm256_cvtepi8_epi16(_mm_loadu_si128(at.cast())),
                            _mm256_cvtepi8_epi16(_mm_loadu_si128(at.add(16).cast())),
                        ]
                    };
                    for (row, total) in totals.iter_mut().enumerate() {
                        let numbers =
                            _mm_cvtsi32_si128(i32::from_le_bytes(left[first + row][step]));
                        let numbers = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(numbers));
                        let products = [
                            _mm256_madd_epi16(numbers, columns[0]),
                            _mm256_madd_epi16(numbers, columns[1]),
                        ];
                        total[0] = _mm256_add_epi32(total[0], products[0]);
                        total[1] = _mm256_add_epi32(total[1], products[1]);
                    }
                }
            }
            for (line, total) in sums[first..].iter_mut().zip(&totals) {
                let halves = _mm256_hadd_epi32(total[0], total[1]);
                // Two columns of the first, two of the second, then again: into their order.
                let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(halves);
                // SAFETY: 8 numbers, 32 bytes, lie at `column` of the 32; no alignment is needed.
                unsafe {
                    _mm256_storeu_si256(line.as_mut_ptr().add(column).cast(), ordered);
                }
            }
        }
    }
}
