//! From pieces and features to a score for each label of each word. All windows of a batch go
//! through the linear layers together, row by row; attention looks at one window alone. No row
//! depends on which others are in its batch.

use super::features::Features;
use super::kernels::{
    LANES, Linear, Panels, Rows, TILE_COLUMNS, TILE_ROWS, Tile, gelu, linear, magnitude, nearest,
    normalize, softmax_weights, sum,
};
use super::network::{HEAD_SIZE, Layer, Network};
use super::words::Words;

/// Panels that go through a linear layer together: their inner rows stay in the cache.
const PANELS_TOGETHER: usize = 4;
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
    /// Queries, keys and values of all rows: signed bytes.
    heads: Vec<i8>,
    /// For each row and head the scales of query, key and value.
    head_scales: Vec<f32>,
    /// What the heads found.
    found: Vec<f32>,
    /// The inner rows of a few panels.
    inner: Vec<f32>,
    inner_numbers: Rows,
    /// What a linear layer gave for a few panels.
    out: Vec<f32>,
    attention: Attention,
}

/// Room for the attention of one head in one window.
#[derive(Default)]
struct Attention {
    queries: Rows,
    keys: Option<Linear>,
    weights: Rows,
    values: Option<Linear>,
    scores: Vec<f32>,
    found: Vec<f32>,
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

/// Scores of all labels for each word of the batch's windows, word by word.
#[inline(always)]
pub fn encode<T: Tile>(
    tile: T,
    network: &Network,
    batch: &Batch,
    scratch: &mut Scratch,
) -> Vec<f32> {
    let starts = batch.starts();
    let count = starts.last().copied().unwrap_or(0);
    embed(network, batch, &starts, scratch, count);
    for layer in &network.layers {
        attend(tile, layer, &starts, scratch);
        transform(tile, layer, scratch);
    }
    let mut out = Vec::new();
    for (&[first, end], &start) in batch.windows.iter().zip(&starts) {
        let mut row = start + 1;
        for word in &batch.words.words[first..end] {
            push_scores(
                network,
                &scratch.rows[row * network.hidden..][..network.hidden],
                &mut out,
            );
            row += usize::from(word.pieces);
        }
    }
    out
}

/// Sets the rows to the sums of piece, place and features, normalized.
#[inline(always)]
fn embed(network: &Network, batch: &Batch, starts: &[usize], scratch: &mut Scratch, count: usize) {
    let hidden = network.hidden;
    let padded = count.div_ceil(TILE_ROWS) * TILE_ROWS;
    scratch.rows.clear();
    scratch.rows.resize(padded * hidden, 0.0);
    scratch.numbers.reset(count, hidden);
    let mut put = |row: usize, place: usize, piece: u32, features: &[u16]| {
        let target = &mut scratch.rows[row * hidden..(row + 1) * hidden];
        let piece = piece as usize;
        let bytes = &network.pieces[piece * hidden..(piece + 1) * hidden];
        let position = &network.positions[place * hidden..(place + 1) * hidden];
        let scale = network.piece_scale[piece];
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
        normalize(target, &network.embedded.weight, &network.embedded.bias);
        scratch.numbers.quantize(row, target);
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

/// Each row looks at the rows of its window; the result is added and normalized.
#[inline(always)]
fn attend<T: Tile>(tile: T, layer: &Layer, starts: &[usize], scratch: &mut Scratch) {
    let hidden = layer.gather.bias.len();
    project(tile, layer, scratch);
    scratch.found.clear();
    scratch.found.resize(scratch.rows.len(), 0.0);
    for window in starts.windows(2) {
        for head in 0..hidden / HEAD_SIZE {
            attend_in(tile, [window[0], window[1]], head, hidden, scratch);
        }
    }
    let count = starts.last().copied().unwrap_or(0);
    for (row, found) in scratch.found.chunks_exact(hidden).enumerate().take(count) {
        scratch.numbers.quantize(row, found);
    }
    let length = TILE_ROWS * hidden;
    scratch.out.resize(PANELS_TOGETHER * length, 0.0);
    for (at, rows) in scratch
        .rows
        .chunks_mut(PANELS_TOGETHER * length)
        .enumerate()
    {
        let first = at * PANELS_TOGETHER;
        let panels = first..first + rows.len() / length;
        linear(
            tile,
            &scratch.numbers,
            panels,
            &layer.gather,
            &mut scratch.out,
        );
        let both = rows
            .chunks_exact_mut(hidden)
            .zip(scratch.out.chunks_exact(hidden));
        for (index, (row, out)) in both.enumerate() {
            for (x, &y) in row.iter_mut().zip(out) {
                *x += y;
            }
            normalize(row, &layer.attended.weight, &layer.attended.bias);
            scratch.numbers.quantize(first * TILE_ROWS + index, row);
        }
    }
}

/// Queries, keys and values of all rows, each head's scaled to signed bytes.
#[inline(always)]
fn project<T: Tile>(tile: T, layer: &Layer, scratch: &mut Scratch) {
    let width = layer.attend.bias.len();
    let count = scratch.numbers.panels() * TILE_ROWS;
    let length = TILE_ROWS * width;
    scratch.heads.resize(count * width, 0);
    scratch.head_scales.resize(count * width / HEAD_SIZE, 0.0);
    scratch.out.resize(PANELS_TOGETHER * length, 0.0);
    for first in (0..scratch.numbers.panels()).step_by(PANELS_TOGETHER) {
        let panels = first..(first + PANELS_TOGETHER).min(scratch.numbers.panels());
        let floats = panels.len() * length;
        linear(
            tile,
            &scratch.numbers,
            panels,
            &layer.attend,
            &mut scratch.out,
        );
        let parts = scratch.out[..floats].as_chunks::<HEAD_SIZE>().0;
        let bytes = &mut scratch.heads[first * length..][..floats];
        let scales = &mut scratch.head_scales[first * length / HEAD_SIZE..];
        for ((part, bytes), scale) in parts.iter().zip(bytes.as_chunks_mut().0).zip(scales) {
            *scale = to_bytes(part, bytes);
        }
    }
}

/// The part's numbers as signed bytes; what one step is worth.
#[inline(always)]
fn to_bytes(part: &[f32; HEAD_SIZE], bytes: &mut [i8; HEAD_SIZE]) -> f32 {
    let most = magnitude(part);
    let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
    for (byte, &x) in bytes.iter_mut().zip(part) {
        #[allow(clippy::cast_possible_truncation)] // -127 to 127.
        {
            *byte = nearest(x * inverse) as i8;
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
    let room = &mut scratch.attention;
    let heads = hidden / HEAD_SIZE;
    let part = |row: usize, which: usize| -> (&[i8; HEAD_SIZE], f32) {
        let at = (first + row) * 3 * heads + which * heads + head;
        (&scratch.heads.as_chunks().0[at], scratch.head_scales[at])
    };
    room.read(count, part);
    let Attention {
        queries,
        keys: Some(keys),
        weights,
        values: Some(values),
        scores,
        found,
        value_scales,
    } = room
    else {
        return;
    };
    let width = keys.bias.len();
    scores.resize(TILE_ROWS * width, 0.0);
    found.resize(TILE_ROWS * HEAD_SIZE, 0.0);
    weights.reset(count, count);
    for panel in 0..queries.panels() {
        linear(tile, queries, panel..panel + 1, keys, scores);
        let rows = panel * TILE_ROWS..((panel + 1) * TILE_ROWS).min(count);
        for (row, scores) in rows.clone().zip(scores.chunks_exact_mut(width)) {
            let total = softmax_weights(scores);
            for (score, &scale) in scores.iter_mut().zip(value_scales.iter()) {
                *score *= scale;
            }
            weights.quantize_positive(row, scores, 1.0 / total);
        }
        linear(tile, weights, panel..panel + 1, values, found);
        for (row, found) in rows.zip(found.chunks_exact(HEAD_SIZE)) {
            let at = (first + row) * hidden + head * HEAD_SIZE;
            scratch.found[at..at + HEAD_SIZE].copy_from_slice(found);
        }
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
        let empty = || Linear {
            panels: Panels::default(),
            scale: Vec::new(),
            bias: Vec::new(),
        };
        let keys = self.keys.get_or_insert_with(empty);
        keys.panels.reset(count, HEAD_SIZE);
        keys.scale.clear();
        keys.scale.resize(width, 0.0);
        keys.bias.clear();
        keys.bias.resize(width, NOWHERE);
        let values = self.values.get_or_insert_with(empty);
        values.panels.reset(HEAD_SIZE, count);
        values.scale.resize(HEAD_SIZE, 1.0);
        values.bias.resize(HEAD_SIZE, 0.0);
        self.value_scales.clear();
        self.value_scales.resize(width, 0.0);
        #[allow(clippy::cast_precision_loss)] // 32.
        let sharpness = 1.0 / (HEAD_SIZE as f32).sqrt();
        let (value_steps, value_sums) = values.panels.panel_mut(0);
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
            let (steps, sums) = keys.panels.panel_mut(row / TILE_COLUMNS);
            let column = row % TILE_COLUMNS;
            for (step, four) in steps.iter_mut().zip(key.as_chunks::<4>().0) {
                step[4 * column..4 * column + 4].copy_from_slice(four);
            }
            sums[column] = key.iter().map(|&b| i32::from(b)).sum();
            keys.scale[row] = scale;
            keys.bias[row] = 0.0;
            let (value, scale) = part(row, 2);
            let step = &mut value_steps[row / 4];
            for (column, &byte) in value.iter().enumerate() {
                step[4 * column + row % 4] = byte;
                value_sums[column] += i32::from(byte);
            }
            self.value_scales[row] = scale;
        }
    }
}

/// Each row by itself through the wide inner layer; the result is added and normalized.
#[inline(always)]
fn transform<T: Tile>(tile: T, layer: &Layer, scratch: &mut Scratch) {
    let (hidden, inner) = (layer.narrow.bias.len(), layer.widen.bias.len());
    let length = TILE_ROWS * hidden;
    scratch
        .inner
        .resize(PANELS_TOGETHER * TILE_ROWS * inner, 0.0);
    scratch.out.resize(PANELS_TOGETHER * length, 0.0);
    for (at, rows) in scratch
        .rows
        .chunks_mut(PANELS_TOGETHER * length)
        .enumerate()
    {
        let first = at * PANELS_TOGETHER;
        let panels = rows.len() / length;
        linear(
            tile,
            &scratch.numbers,
            first..first + panels,
            &layer.widen,
            &mut scratch.inner,
        );
        scratch.inner_numbers.reset(panels * TILE_ROWS, inner);
        let wide = scratch
            .inner
            .chunks_exact_mut(inner)
            .take(panels * TILE_ROWS);
        for (index, wide) in wide.enumerate() {
            gelu(wide);
            scratch.inner_numbers.quantize(index, wide);
        }
        linear(
            tile,
            &scratch.inner_numbers,
            0..panels,
            &layer.narrow,
            &mut scratch.out,
        );
        let both = rows
            .chunks_exact_mut(hidden)
            .zip(scratch.out.chunks_exact(hidden));
        for (index, (row, out)) in both.enumerate() {
            for (x, &y) in row.iter_mut().zip(out) {
                *x += y;
            }
            normalize(row, &layer.finished.weight, &layer.finished.bias);
            scratch.numbers.quantize(first * TILE_ROWS + index, row);
        }
    }
}

/// Appends the score of each label.
#[inline(always)]
fn push_scores(network: &Network, row: &[f32], out: &mut Vec<f32>) {
    let (weights, bias) = &network.head;
    for (weights, &bias) in weights.chunks_exact(network.hidden).zip(bias) {
        let mut lanes = [0.0; LANES];
        let parts = row
            .as_chunks::<LANES>()
            .0
            .iter()
            .zip(weights.as_chunks::<LANES>().0);
        for (row, weights) in parts {
            for ((lane, &x), &weight) in lanes.iter_mut().zip(row).zip(weights) {
                *lane += x * weight;
            }
        }
        out.push(sum(&lanes) + bias);
    }
}
