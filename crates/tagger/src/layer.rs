//! One layer of the encoder. Rows of all windows go through the linear parts together, row by row;
//! attention looks at one window alone. This is nearly all of the work, so that it is the only large
//! code that is compiled for each kind of processor, once.

use crate::attention::{Attention, Heads};
use crate::dispatch::{Processor, Work};
use crate::kernels::{Linear, Rows, TILE_COLUMNS, TILE_ROWS, Tile, gelu, linear, normalize};
use crate::network::{HEAD_SIZE, Layer, Norm};
use std::ops::Range;

/// Panels whose inner rows are floats at the same time: so many stay in the cache.
const PANELS_TOGETHER: usize = 8;
/// Room to work in, kept from batch to batch.
#[derive(Default)]
pub struct Scratch {
    /// The rows as they stand.
    rows: Vec<f32>,
    /// The rows as 8-bit numbers.
    numbers: Rows,
    heads: Heads,
    /// What the heads found.
    found: Vec<f32>,
    /// The inner rows of a few panels.
    inner: Vec<f32>,
    inner_numbers: Rows,
    attention: Attention,
}

impl Scratch {
    /// The rows after the last layer.
    pub fn rows(&self) -> &[f32] {
        &self.rows
    }

    /// Makes room for `count` rows.
    pub fn reset(&mut self, count: usize, hidden: usize) {
        let padded = count.div_ceil(TILE_ROWS) * TILE_ROWS;
        self.rows.clear();
        self.rows.resize(padded * hidden, 0.0);
        self.numbers.reset(count, hidden);
    }

    /// Sets a row to what `fill` makes of zeros, normalized.
    #[inline(always)]
    pub fn set_row(&mut self, row: usize, norm: &Norm, fill: impl FnOnce(&mut [f32])) {
        let hidden = norm.bias.len();
        let target = &mut self.rows[row * hidden..(row + 1) * hidden];
        fill(target);
        normalize(target, &norm.weight, &norm.bias);
        self.numbers.quantize(row, target);
    }
}

/// Rows on their way through one layer.
struct Pass<'a> {
    layer: &'a Layer,
    starts: &'a [usize],
    kept: Option<&'a [usize]>,
    scratch: &'a mut Scratch,
}

/// All rows through one layer. `starts` are the first rows of what looks at itself alone, and the one
/// after the last row. With `kept`, only those rows are there afterwards, which must be in ascending
/// order: what is not looked at later is not computed.
pub fn pass(
    processor: Processor,
    layer: &Layer,
    starts: &[usize],
    kept: Option<&[usize]>,
    scratch: &mut Scratch,
) {
    processor.run(Pass {
        layer,
        starts,
        kept,
        scratch,
    });
}

impl Work for Pass<'_> {
    type Out = ();

    #[inline(always)]
    fn run<T: Tile>(self, tile: T) {
        attend(tile, self.layer, self.starts, self.scratch);
        if let Some(kept) = self.kept {
            keep_rows(kept, self.layer.gather.bias.len(), self.scratch);
        }
        gather(tile, self.layer, self.scratch);
        transform(tile, self.layer, self.scratch);
    }
}

/// Leaves only the rows `kept`, in ascending order, and what the heads found for them.
fn keep_rows(kept: &[usize], hidden: usize, scratch: &mut Scratch) {
    for (target, &row) in kept.iter().enumerate() {
        let from = row * hidden..(row + 1) * hidden;
        scratch.rows.copy_within(from.clone(), target * hidden);
        scratch.found.copy_within(from, target * hidden);
    }
    let padded = kept.len().div_ceil(TILE_ROWS) * TILE_ROWS;
    scratch.rows.truncate(padded * hidden);
    scratch.found.truncate(padded * hidden);
}

/// Each row looks at the rows of its window.
#[inline(always)]
fn attend<T: Tile>(tile: T, layer: &Layer, starts: &[usize], scratch: &mut Scratch) {
    let heads = layer.gather.bias.len() / HEAD_SIZE;
    let parts = layer.attend.bias.len() / HEAD_SIZE;
    let panels = scratch.numbers.panels();
    scratch.heads.reset(panels * TILE_ROWS * parts);
    linear(
        tile,
        &scratch.numbers,
        0..panels,
        &layer.attend,
        |row, part, floats| scratch.heads.set(row * parts + part, floats),
    );
    scratch.found.resize(scratch.rows.len(), 0.0);
    for window in starts.windows(2) {
        for head in 0..heads {
            let window = [window[0], window[1]];
            let (parts, found) = (&scratch.heads, &mut scratch.found);
            scratch
                .attention
                .attend(tile, window, [head, heads], parts, found);
        }
    }
}

/// What the heads found is brought together, added to the rows and normalized.
#[inline(always)]
fn gather<T: Tile>(tile: T, layer: &Layer, scratch: &mut Scratch) {
    let hidden = layer.gather.bias.len();
    let count = scratch.rows.len() / hidden;
    scratch.numbers.reset(count, hidden);
    for (row, found) in scratch.found.chunks_exact(hidden).enumerate().take(count) {
        scratch.numbers.quantize(row, found);
    }
    let panels = 0..scratch.numbers.panels();
    add(
        tile,
        &scratch.numbers,
        panels,
        &layer.gather,
        &mut scratch.rows,
    );
    finish(&layer.attended, scratch);
}

/// Adds the products to the rows.
#[inline(always)]
fn add<T: Tile>(tile: T, numbers: &Rows, panels: Range<usize>, layer: &Linear, rows: &mut [f32]) {
    let width = layer.bias.len();
    linear(tile, numbers, panels, layer, |row, column, floats| {
        let at = row * width + column * TILE_COLUMNS;
        for (x, &y) in rows[at..at + TILE_COLUMNS].iter_mut().zip(floats) {
            *x += y;
        }
    });
}

/// Normalizes the rows and makes numbers of them.
#[inline(always)]
fn finish(norm: &Norm, scratch: &mut Scratch) {
    for (index, row) in scratch.rows.chunks_exact_mut(norm.bias.len()).enumerate() {
        normalize(row, &norm.weight, &norm.bias);
        scratch.numbers.quantize(index, row);
    }
}

/// Each row by itself through the wide inner layer; the result is added and normalized.
#[inline(always)]
fn transform<T: Tile>(tile: T, layer: &Layer, scratch: &mut Scratch) {
    let inner = layer.widen.bias.len();
    let panels = scratch.numbers.panels();
    scratch
        .inner
        .resize(PANELS_TOGETHER * TILE_ROWS * inner, 0.0);
    scratch.inner_numbers.reset(panels * TILE_ROWS, inner);
    for first in (0..panels).step_by(PANELS_TOGETHER) {
        let end = (first + PANELS_TOGETHER).min(panels);
        linear(
            tile,
            &scratch.numbers,
            first..end,
            &layer.widen,
            |row, column, floats| {
                let at = (row - first * TILE_ROWS) * inner + column * TILE_COLUMNS;
                scratch.inner[at..at + TILE_COLUMNS].copy_from_slice(&gelu(floats));
            },
        );
        let wide = scratch.inner.chunks_exact(inner);
        for (row, wide) in (first * TILE_ROWS..end * TILE_ROWS).zip(wide) {
            scratch.inner_numbers.quantize(row, wide);
        }
    }
    add(
        tile,
        &scratch.inner_numbers,
        0..panels,
        &layer.narrow,
        &mut scratch.rows,
    );
    finish(&layer.finished, scratch);
}
