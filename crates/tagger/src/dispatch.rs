//! Work with products, compiled once for each kind of processor, and the choice between them.
#![allow(unsafe_code)] // Code for instructions that not every processor has.

#[cfg(target_arch = "aarch64")]
use crate::kernels::Neon;
#[cfg(target_arch = "x86_64")]
use crate::kernels::{OfAvx2, OfAvx512};
use crate::kernels::{Plain, Tile};

/// A kind of processor. What differs in products alone shares the code around them.
#[derive(Clone, Copy, Debug)]
pub enum Processor {
    /// Any.
    Plain(Plain),
    /// x86-64 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2(OfAvx2),
    /// x86-64 with AVX-512.
    #[cfg(target_arch = "x86_64")]
    Avx512(OfAvx512),
    /// 64-bit ARM.
    #[cfg(target_arch = "aarch64")]
    Neon(Neon),
}

impl Processor {
    /// What this processor can, the slowest first.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Plain(Plain)];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(OfAvx2::all().into_iter().map(Self::Avx2));
            all.extend(OfAvx512::all().into_iter().map(Self::Avx512));
        }
        #[cfg(target_arch = "aarch64")]
        all.extend(Neon::detect().map(Self::Neon));
        all
    }

    /// The fastest that this processor can.
    pub fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::Plain(Plain))
    }

    /// Does `work` with the fastest products.
    pub fn run<W: Work>(self, work: W) -> W::Out {
        match self {
            Self::Plain(tile) => work.run(tile),
            // SAFETY: the values exist only where the instructions were found.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(tile) => unsafe { avx2(tile, work) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(tile) => unsafe { avx512(tile, work) },
            #[cfg(target_arch = "aarch64")]
            Self::Neon(tile) => work.run(tile),
        }
    }
}

/// Something that is made of products and plain code between them.
pub trait Work {
    /// What comes out.
    type Out;

    /// Does it. Inlined, as is all that it calls, so that it is compiled for each processor.
    fn run<T: Tile>(self, tile: T) -> Self::Out;
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2<W: Work>(tile: OfAvx2, work: W) -> W::Out {
    work.run(tile)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2")]
fn avx512<W: Work>(tile: OfAvx512, work: W) -> W::Out {
    let _ready = tile.configure();
    work.run(tile)
}
