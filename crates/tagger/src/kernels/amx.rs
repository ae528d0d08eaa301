//! The products with the tiles of x86-64 server processors: AMX of 8-bit integers, sixteen times as
//! many products an instruction as AVX-512, which does what is left of whole blocks.
#![allow(unsafe_code)] // Instructions and registers that the compiler knows nothing of.

use super::x86::Avx512;
use super::{BLOCK_STEPS, Block, Step, Sums, TILE_COLUMNS, TILE_ROWS, Tile};
use std::arch::asm;
use std::arch::x86_64::{__cpuid_count, _xgetbv};
use std::marker::PhantomData;

/// AMX, on a processor that has AVX-512 as well. A thread multiplies between [`Self::configure`] and
/// the end of what that gives.
#[derive(Clone, Copy, Debug)]
pub struct Amx(Avx512);

/// While it lives, its thread's tiles have the shapes that products need.
#[derive(Debug)]
pub struct Configured(PhantomData<*const ()>);

/// Shapes of the eight tiles, as `ldtilecfg` reads them.
#[repr(C, align(64))]
struct Shapes {
    palette: u8,
    start: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

/// Tiles 0 to 3 are sums, 4 and 5 the left factors, of twelve rows; 6 and 7 are the right one.
static SHAPES: Shapes = {
    let mut shapes = Shapes {
        palette: 1,
        start: 0,
        reserved: [0; 14],
        row_bytes: [0; 16],
        rows: [0; 16],
    };
    let mut tile = 0;
    while tile < 8 {
        shapes.row_bytes[tile] = 64;
        shapes.rows[tile] = if tile < 6 { TILE_ROWS as u8 } else { 16 };
        tile += 1;
    }
    shapes
};

impl Amx {
    /// `None` where the processor lacks an instruction or the system does not lend its registers.
    pub fn detect() -> Option<Self> {
        const TILES_AND_BYTES: u32 = 1 << 24 | 1 << 25;
        let avx512 = Avx512::detect()?;
        let is_known = __cpuid_count(0, 0).eax >= 7
            && __cpuid_count(7, 0).edx & TILES_AND_BYTES == TILES_AND_BYTES;
        (is_known && has_state() && is_lent()).then_some(Self(avx512))
    }

    /// Makes this thread's tiles ready.
    pub fn configure(self) -> Configured {
        // SAFETY: the value exists only where `detect` has found the instructions; the shapes are 64
        // bytes as the instruction reads them.
        unsafe {
            asm!(
                "ldtilecfg [{shapes}]",
                shapes = in(reg) &raw const SHAPES,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack, preserves_flags, readonly)
            );
        }
        Configured(PhantomData)
    }
}

impl Drop for Configured {
    fn drop(&mut self) {
        // SAFETY: it exists only where the instructions do; what the tiles hold is no longer wanted.
        unsafe {
            asm!(
                "tilerelease",
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack, nomem, preserves_flags)
            );
        }
    }
}

/// The system saves tiles when it changes threads.
fn has_state() -> bool {
    const TILES: u64 = 1 << 17 | 1 << 18;
    if !is_x86_feature_detected!("xsave") {
        return false;
    }
    // SAFETY: the processor has XSAVE, and AVX-512 was found, so that the system has enabled it.
    unsafe { _xgetbv(0) & TILES == TILES }
}

/// Linux lends the tiles to those who ask (Documentation/arch/x86/xstate.rst).
#[cfg(target_os = "linux")]
fn is_lent() -> bool {
    const ARCH_PRCTL: usize = 158;
    const REQUEST_PERMISSION: usize = 0x1023;
    const TILE_DATA: usize = 18;
    let mut result = ARCH_PRCTL;
    // SAFETY: this call of the system touches no memory of ours.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") result,
            in("rdi") REQUEST_PERMISSION,
            in("rsi") TILE_DATA,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack)
        );
    }
    result == 0
}

#[cfg(not(target_os = "linux"))]
fn is_lent() -> bool {
    false
}

impl Tile for Amx {
    #[inline(always)]
    fn multiply(self, left: &[Block], right: &[Step], sums: &mut Sums) {
        self.0.multiply(left, right, sums);
    }

    #[inline(always)]
    fn multiply_two(self, left: [&[Block]; 2], right: &[Step], sums: &mut [Sums; 2]) {
        let whole = left[0]
            .len()
            .min(left[1].len())
            .min(right.len() / BLOCK_STEPS);
        if whole > 0 {
            // SAFETY: the value exists only where `detect` has found the instructions, and all have
            // so many blocks.
            unsafe { tiles(left, right, whole, sums) };
        }
        let right = &right[whole * BLOCK_STEPS..];
        if whole == 0 || !right.is_empty() {
            for (left, sums) in left.into_iter().zip(sums) {
                let mut rest = [[0; TILE_COLUMNS]; TILE_ROWS];
                self.0.multiply(&left[whole..], right, &mut rest);
                if whole == 0 {
                    *sums = rest;
                    continue;
                }
                for (sum, rest) in sums.as_flattened_mut().iter_mut().zip(rest.as_flattened()) {
                    *sum += rest;
                }
            }
        }
    }
}

/// The products of so many whole blocks.
///
/// # Safety
/// The processor must have the instructions and the thread's tiles their shapes; there are at least
/// `whole` blocks in both of `left`, 16 times as many steps in `right`, and `whole` is not 0.
#[inline(always)]
unsafe fn tiles(left: [&[Block]; 2], right: &[Step], whole: usize, sums: &mut [Sums; 2]) {
    // SAFETY: each turn reads a block of both, twelve rows of 64 bytes, and 16 steps of 128 bytes; the
    // sums are twice twelve rows of 128 bytes.
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "2:",
            "tileloadd tmm4, [{first} + {left_row}]",
            "tileloadd tmm6, [{right} + {right_row}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm5, [{second} + {left_row}]",
            "tdpbusd tmm1, tmm5, tmm6",
            "tileloadd tmm7, [{right} + {right_row} + 64]",
            "tdpbusd tmm2, tmm4, tmm7",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {first}, {block}",
            "add {second}, {block}",
            "add {right}, {steps}",
            "dec {count}",
            "jnz 2b",
            "tilestored [{sums} + {right_row}], tmm0",
            "tilestored [{sums} + {right_row} + 64], tmm2",
            "tilestored [{others} + {right_row}], tmm1",
            "tilestored [{others} + {right_row} + 64], tmm3",
            first = inout(reg) left[0].as_ptr() => _,
            second = inout(reg) left[1].as_ptr() => _,
            right = inout(reg) right.as_ptr() => _,
            count = inout(reg) whole => _,
            sums = in(reg) sums[0].as_mut_ptr(),
            others = in(reg) sums[1].as_mut_ptr(),
            left_row = in(reg) 4 * BLOCK_STEPS,
            right_row = in(reg) size_of::<Step>(),
            block = const size_of::<Block>(),
            steps = const BLOCK_STEPS * size_of::<Step>(),
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack)
        );
    }
}
