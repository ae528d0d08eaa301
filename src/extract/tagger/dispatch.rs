//! The encoder, compiled once for each kind of processor, and the choice between them.
#![allow(unsafe_code)] // Code for instructions that not every processor has.

use super::encoder::{Batch, Scratch, encode};
#[cfg(target_arch = "aarch64")]
use super::kernels::Neon;
use super::kernels::Plain;
#[cfg(target_arch = "x86_64")]
use super::kernels::{Amx, Avx2, Avx512, AvxVnni};
use super::network::Network;

/// A kind of processor.
#[derive(Clone, Copy, Debug)]
pub enum Processor {
    /// Any.
    Plain(Plain),
    /// x86-64 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// x86-64 with AVX2 and VNNI.
    #[cfg(target_arch = "x86_64")]
    AvxVnni(AvxVnni),
    /// x86-64 with AVX-512 and VNNI.
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    /// x86-64 with AVX-512, VNNI and AMX.
    #[cfg(target_arch = "x86_64")]
    Amx(Amx),
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
            all.extend(Avx2::detect().map(Self::Avx2));
            all.extend(AvxVnni::detect().map(Self::AvxVnni));
            all.extend(Avx512::detect().map(Self::Avx512));
            all.extend(Amx::detect().map(Self::Amx));
        }
        #[cfg(target_arch = "aarch64")]
        all.extend(Neon::detect().map(Self::Neon));
        all
    }

    /// The fastest that this processor can.
    pub fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::Plain(Plain))
    }

    /// As [`encode`].
    pub fn encode(self, network: &Network, batch: &Batch, scratch: &mut Scratch) -> Vec<f32> {
        match self {
            Self::Plain(tile) => encode(tile, network, batch, scratch),
            // SAFETY: the values exist only where the instructions were found.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(tile) => unsafe { avx2(tile, network, batch, scratch) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::AvxVnni(tile) => unsafe { avx_vnni(tile, network, batch, scratch) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(tile) => unsafe { avx512(tile, network, batch, scratch) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Amx(tile) => unsafe { amx(tile, network, batch, scratch) },
            #[cfg(target_arch = "aarch64")]
            Self::Neon(tile) => encode(tile, network, batch, scratch),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2(tile: Avx2, network: &Network, batch: &Batch, scratch: &mut Scratch) -> Vec<f32> {
    encode(tile, network, batch, scratch)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avxvnni")]
fn avx_vnni(tile: AvxVnni, network: &Network, batch: &Batch, scratch: &mut Scratch) -> Vec<f32> {
    encode(tile, network, batch, scratch)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2")]
fn avx512(tile: Avx512, network: &Network, batch: &Batch, scratch: &mut Scratch) -> Vec<f32> {
    encode(tile, network, batch, scratch)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2")]
fn amx(tile: Amx, network: &Network, batch: &Batch, scratch: &mut Scratch) -> Vec<f32> {
    let _ready = tile.configure();
    encode(tile, network, batch, scratch)
}
