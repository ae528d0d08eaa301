//! Kinds of x86-64 processors that differ in their products alone: which one it is is asked anew for each
//! product of two panels, which costs nothing beside it, so that all else is compiled once for both.

use super::amx::{Amx, Configured};
use super::x86::{Avx2, Avx512, AvxVnni};
use super::{Block, Step, Sums, Tile};

/// Processors with AVX2.
#[derive(Clone, Copy, Debug)]
pub enum OfAvx2 {
    /// With nothing more.
    Avx2(Avx2),
    /// With VNNI.
    AvxVnni(AvxVnni),
}

/// Processors with AVX-512 and VNNI.
#[derive(Clone, Copy, Debug)]
pub enum OfAvx512 {
    /// With nothing more.
    Avx512(Avx512),
    /// With AMX.
    Amx(Amx),
}

impl OfAvx2 {
    /// What this processor can, the slower first.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Avx2::detect().map(Self::Avx2).into_iter().collect();
        all.extend(AvxVnni::detect().map(Self::AvxVnni));
        all
    }
}

impl OfAvx512 {
    /// What this processor can, the slower first.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Avx512::detect().map(Self::Avx512).into_iter().collect();
        all.extend(Amx::detect().map(Self::Amx));
        all
    }

    /// Makes this thread ready to multiply while what this gives lives.
    pub fn configure(self) -> Option<Configured> {
        match self {
            Self::Avx512(_) => None,
            Self::Amx(tile) => Some(tile.configure()),
        }
    }
}

impl Tile for OfAvx2 {
    #[inline(always)]
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        match self {
            Self::Avx2(tile) => tile.multiply(left, right, sums),
            Self::AvxVnni(tile) => tile.multiply(left, right, sums),
        }
    }
}

impl Tile for OfAvx512 {
    #[inline(always)]
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        match self {
            Self::Avx512(tile) => tile.multiply(left, right, sums),
            Self::Amx(tile) => tile.multiply(left, right, sums),
        }
    }

    #[inline(always)]
    fn multiply_two(self, left: [&[Block]; 2], right: &[Step], sums: &mut [Sums; 2]) {
        match self {
            Self::Avx512(tile) => tile.multiply_two(left, right, sums),
            Self::Amx(tile) => tile.multiply_two(left, right, sums),
        }
    }
}
