//! From pieces and features to a score for each label of each word. All windows of a batch go
//! through the linear layers together, row by row; attention looks at one window alone. No row
//! depends on which others are in its batch.

use super::dispatch::Work;
use super::features::Features;
use super::kernels::{
    LANES, Linear, Rows, TILE_COLUMNS, TILE_ROWS, Tile, gelu, linear, magnitude, nearest,
    normalize, softmax_weights, sum,
};
use super::network::{HEAD_SIZE, Layer, Network, Norm};
use super::words::Words;
use std::ops::Range;

/// Panels whose inner rows are floats at the same time: so many stay in the cache.
const PANELS_TOGETHER: usize = 8;
/// The zero of queries, which are stored without a sign.
const SIGN: i32 = 128;
/// The score of a place that is none: its weight is nothing.
const NOWHERE: f32 = -1e4;

/// Room to work in, kept from batch to batch.
#[derive(Default)]
pub struct Scratch {
    /// The rows as they stand.
    rows: Vec<f32>,
    /// The rows as 8-bit numbers.
    numbers: Rows,
    /// Queries, keys and values of all rows: signed bytes, [`HEAD_SIZE`] for each head.
    heads: Vec<[i8; HEAD_SIZE]>,
    /// What one step of each is worth.
    head_scales: Vec<f32>,
    /// What the heads found.
    found: Vec<f32>,
    /// The inner rows of a few panels.
    inner: Vec<f32>,
    inner_numbers: Rows,
    attention: Attention,
}

/// Room for the attention of one head in one window.
#[derive(Default)]
struct Attention {
    queries: Rows,
    keys: Linear,
    weights: Rows,
    values: Linear,
    scores: Vec<f32>,
    value_scales: Vec<f32>,
}

/// What a batch is made of.
pub struct Batch<'a> {
    /// Words of the document.
    pub words: &'a Words,
    /// Their features.
    pub features: &'a Features,
    /// Ranges of words, each with at most as many pieces as fit a window.
    pub windows: &'a [[usize; 2]],
}

impl Batch<'_> {
    /// First row of each window, and the one after the last row.
    fn starts(&self) -> Vec<usize> {
        let mut starts = vec![0];
        let mut next = 0;
        for &window in self.windows {
            next += self.words.piece_count(window) + 2;
            starts.push(next);
        }
        starts
    }
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

/// What the encoder makes of a batch's words, word by word.
#[derive(Default)]
pub struct Encoded {
    /// Scores of all labels.
    pub scores: Vec<f32>,
    /// The rows after the layer that was asked for.
    pub rows: Vec<f32>,
}

/// A batch to be encoded.
pub struct Encode<'a> {
    /// The network.
    pub network: &'a Network,
    /// What it reads.
    pub batch: &'a Batch<'a>,
    /// Room to work in.
    pub scratch: &'a mut Scratch,
    /// The rows after so many layers are wanted as well.
    pub tap: Option<usize>,
}

impl Work for Encode<'_> {
    type Out = Encoded;

    #[inline(always)]
    fn run<T: Tile>(self, tile: T) -> Encoded {
        encode(tile, self.network, self.batch, self.scratch, self.tap)
    }
}

#[inline(always)]
fn encode<T: Tile>(
    tile: T,
    network: &Network,
    batch: &Batch,
    scratch: &mut Scratch,
    tap: Option<usize>,
) -> Encoded {
    let starts = batch.starts();
    let count = starts.last().copied().unwrap_or(0);
    embed(network, batch, &starts, scratch, count);
    let firsts = firsts(batch, &starts);
    let hidden = network.hidden;
    let mut out = Encoded::default();
    for (index, layer) in network.layers.iter().enumerate() {
        attend(tile, layer, &starts, scratch);
        // Of the last layer only the rows of words' first pieces are looked at.
        let is_last = index + 1 == network.layers.len();
        if is_last {
            keep_rows(&firsts, hidden, scratch);
        }
        gather(tile, layer, scratch);
        transform(tile, layer, scratch);
        if tap == Some(index + 1) {
            out.rows.reserve_exact(firsts.len() * hidden);
            for (word, &row) in firsts.iter().enumerate() {
                let row = if is_last { word } else { row };
                let row = &scratch.rows[row * hidden..(row + 1) * hidden];
                out.rows.extend_from_slice(row);
            }
        }
    }
    out.scores
        .reserve_exact(firsts.len() * network.labels.len());
    for row in scratch.rows.chunks_exact(hidden).take(firsts.len()) {
        push_scores(network, row, &mut out.scores);
    }
    out
}

/// All rows through one layer. `starts` are the first rows of what looks at itself alone, and the one
/// after the last row.
#[inline(always)]
pub fn pass<T: Tile>(tile: T, layer: &Layer, starts: &[usize], scratch: &mut Scratch) {
    attend(tile, layer, starts, scratch);
    gather(tile, layer, scratch);
    transform(tile, layer, scratch);
}

/// The rows of the first piece of each word.
fn firsts(batch: &Batch, starts: &[usize]) -> Vec<usize> {
    let mut firsts = Vec::new();
    for (&[first, end], &start) in batch.windows.iter().zip(starts) {
        let mut row = start + 1;
        for word in &batch.words.words[first..end] {
            firsts.push(row);
            row += usize::from(word.pieces);
        }
    }
    firsts
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

/// Sets the rows to the sums of piece, place and features, normalized.
#[inline(always)]
fn embed(network: &Network, batch: &Batch, starts: &[usize], scratch: &mut Scratch, count: usize) {
    let hidden = network.hidden;
    scratch.reset(count, hidden);
    let mut put = |row: usize, place: usize, piece: u32, features: &[u16]| {
        let piece = piece as usize;
        let bytes = &network.pieces[piece * hidden..(piece + 1) * hidden];
        let position = &network.positions[place * hidden..(place + 1) * hidden];
        let scale = network.piece_scale[piece];
        scratch.set_row(row, &network.embedded, |target| {
            for ((x, &byte), &position) in target.iter_mut().zip(bytes).zip(position) {
                *x = f32::from(byte.cast_signed()) * scale + position;
            }
            for &feature in features {
                let feature = usize::from(feature) * hidden;
                let Some(feature) = network.features.get(feature..feature + hidden) else {
                    continue;
                };
                for (x, &y) in target.iter_mut().zip(feature) {
                    *x += y;
                }
            }
        });
    };
    for (&[first, end], &start) in batch.windows.iter().zip(starts) {
        let mut row = start;
        put(row, 0, network.vocabulary.opening(), &[]);
        for word in first..end {
            for &piece in batch.words.pieces_of(word) {
                row += 1;
                put(row, row - start, piece, batch.features.of(word));
            }
        }
        put(row + 1, row + 1 - start, network.vocabulary.closing(), &[]);
    }
}

/// Each row looks at the rows of its window.
#[inline(always)]
fn attend<T: Tile>(tile: T, layer: &Layer, starts: &[usize], scratch: &mut Scratch) {
    let hidden = layer.gather.bias.len();
    let parts = layer.attend.bias.len() / HEAD_SIZE;
    let panels = scratch.numbers.panels();
    scratch
        .heads
        .resize(panels * TILE_ROWS * parts, [0; HEAD_SIZE]);
    scratch.head_scales.resize(panels * TILE_ROWS * parts, 0.0);
    linear(
        tile,
        &scratch.numbers,
        0..panels,
        &layer.attend,
        |row, part, floats| {
            let at = row * parts + part;
            scratch.head_scales[at] = to_bytes(floats, &mut scratch.heads[at]);
        },
    );
    scratch.found.resize(scratch.rows.len(), 0.0);
    for window in starts.windows(2) {
        for head in 0..hidden / HEAD_SIZE {
            attend_in(tile, [window[0], window[1]], head, hidden, scratch);
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

/// The part's numbers as signed bytes; what one step is worth.
#[inline(always)]
fn to_bytes(part: &[f32; HEAD_SIZE], bytes: &mut [i8; HEAD_SIZE]) -> f32 {
    let most = magnitude(part);
    let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
    let parts = part.as_chunks::<LANES>().0;
    for (bytes, part) in bytes.as_chunks_mut::<LANES>().0.iter_mut().zip(parts) {
        let mut numbers = [0; LANES];
        for (number, &x) in numbers.iter_mut().zip(part) {
            *number = nearest(x * inverse);
        }
        #[allow(clippy::cast_possible_truncation)] // -127 to 127.
        for (byte, number) in bytes.iter_mut().zip(numbers) {
            *byte = number as i8;
        }
    }
    most / 127.0
}

/// The attention of one head in the window of rows `first..end`.
#[inline(always)]
fn attend_in<T: Tile>(
    tile: T,
    [first, end]: [usize; 2],
    head: usize,
    hidden: usize,
    scratch: &mut Scratch,
) {
    let count = end - first;
    let heads = hidden / HEAD_SIZE;
    scratch.attention.read(count, |row, which| {
        let at = (first + row) * 3 * heads + which * heads + head;
        (&scratch.heads[at], scratch.head_scales[at])
    });
    let Attention {
        queries,
        keys,
        weights,
        values,
        scores,
        value_scales,
    } = &mut scratch.attention;
    let width = keys.bias.len();
    scores.resize(TILE_ROWS * width, 0.0);
    weights.reset(count, count);
    let found = &mut scratch.found[first * hidden..end * hidden];
    for panel in 0..queries.panels() {
        let start = panel * TILE_ROWS;
        linear(
            tile,
            queries,
            panel..panel + 1,
            keys,
            |row, column, floats| {
                let at = (row - start) * width + column * TILE_COLUMNS;
                scores[at..at + TILE_COLUMNS].copy_from_slice(floats);
            },
        );
        for (row, scores) in (start..count).zip(scores.chunks_exact_mut(width)) {
            let total = softmax_weights(scores, value_scales);
            weights.quantize_positive(row, scores, 1.0 / total);
        }
        linear(tile, weights, panel..panel + 1, values, |row, _, floats| {
            let at = row * hidden + head * HEAD_SIZE;
            if let Some(found) = found.get_mut(at..at + HEAD_SIZE) {
                found.copy_from_slice(floats);
            }
        });
    }
}

impl Attention {
    /// Lays out queries, keys and values of `count` rows for the products.
    #[inline(always)]
    fn read<'a>(
        &mut self,
        count: usize,
        part: impl Fn(usize, usize) -> (&'a [i8; HEAD_SIZE], f32),
    ) {
        let width = count.div_ceil(TILE_COLUMNS) * TILE_COLUMNS;
        self.queries.reset(count, HEAD_SIZE);
        self.keys.panels.reset(count, HEAD_SIZE);
        self.keys.scale.clear();
        self.keys.scale.resize(width, 0.0);
        self.keys.bias.clear();
        self.keys.bias.resize(width, NOWHERE);
        self.value_scales.clear();
        self.value_scales.resize(width, 0.0);
        // Powers of two are cheaper than those of e.
        #[allow(clippy::cast_precision_loss)] // 32.
        let sharpness = std::f32::consts::LOG2_E / (HEAD_SIZE as f32).sqrt();
        for row in 0..count {
            let (query, scale) = part(row, 0);
            for (step, four) in query.as_chunks::<4>().0.iter().enumerate() {
                // Flipping the highest bit adds 128.
                self.queries
                    .set_four(row, step, four.map(|b| b.cast_unsigned() ^ 0x80));
            }
            self.queries.scale[row] = scale * sharpness;
            self.queries.zero[row] = SIGN;
            let (key, scale) = part(row, 1);
            let (steps, sums) = self.keys.panels.panel_mut(row / TILE_COLUMNS);
            let column = row % TILE_COLUMNS;
            for (step, four) in steps.iter_mut().zip(key.as_chunks::<4>().0) {
                step[4 * column..4 * column + 4].copy_from_slice(four);
            }
            sums[column] = key.iter().map(|&b| i32::from(b)).sum();
            self.keys.scale[row] = scale;
            self.keys.bias[row] = 0.0;
            self.value_scales[row] = part(row, 2).1;
        }
        self.read_values(count, |row| part(row, 2).0);
    }

    /// Lays out the values. Their weights have 0 for zero, so that no sums are wanted.
    #[inline(always)]
    fn read_values<'a>(&mut self, count: usize, value: impl Fn(usize) -> &'a [i8; HEAD_SIZE]) {
        self.values.panels.reset(HEAD_SIZE, count);
        self.values.scale.resize(HEAD_SIZE, 1.0);
        self.values.bias.resize(HEAD_SIZE, 0.0);
        let (steps, _) = self.values.panels.panel_mut(0);
        for (step, target) in steps.iter_mut().enumerate() {
            // What lies beyond the window has no weight.
            let [a, b, c, d] = [0, 1, 2, 3].map(|row| value((4 * step + row).min(count - 1)));
            for (column, four) in target.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                *four = [a[column], b[column], c[column], d[column]];
            }
        }
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

/// Appends the score of each label.
#[inline(always)]
fn push_scores(network: &Network, row: &[f32], out: &mut Vec<f32>) {
    let (weights, bias) = &network.head;
    for (weights, &bias) in weights.chunks_exact(network.hidden).zip(bias) {
        let mut lanes = [0.0; LANES];
        let parts = row.as_chunks::<LANES>().0.iter();
        for (row, weights) in parts.zip(weights.as_chunks::<LANES>().0) {
            for ((lane, &x), &weight) in lanes.iter_mut().zip(row).zip(weights) {
                *lane += x * weight;
            }
        }
        out.push(sum(&lanes) + bias);
    }
}
