//! The attention of one head in one window: weights are made of queries and keys in bytes, and sums of
//! values, in bytes too, of weights (Vaswani and others 2017).

use crate::kernels::{
    LANES, Linear, Rows, TILE_COLUMNS, TILE_ROWS, Tile, linear, magnitude, nearest, softmax_weights,
};
use crate::network::HEAD_SIZE;

/// The zero of queries, which are stored without a sign.
const SIGN: i32 = 128;
/// The score of a place that is none: its weight is nothing.
const NOWHERE: f32 = -1e4;

/// Queries, keys and values of all rows: for each row those of all heads in turn.
#[derive(Default)]
pub struct Heads {
    /// Signed bytes, [`HEAD_SIZE`] for each.
    pub numbers: Vec<[i8; HEAD_SIZE]>,
    /// What one step of each is worth.
    pub scales: Vec<f32>,
}

impl Heads {
    /// Makes room for so many.
    pub fn reset(&mut self, count: usize) {
        self.numbers.resize(count, [0; HEAD_SIZE]);
        self.scales.resize(count, 0.0);
    }

    /// Sets one.
    #[inline(always)]
    pub fn set(&mut self, at: usize, floats: &[f32; HEAD_SIZE]) {
        self.scales[at] = to_bytes(floats, &mut self.numbers[at]);
    }
}

/// Room for the attention of one head in one window.
#[derive(Default)]
pub struct Attention {
    queries: Rows,
    keys: Linear,
    weights: Rows,
    values: Linear,
    scores: Vec<f32>,
    value_scales: Vec<f32>,
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

impl Attention {
    /// The attention of one of so many heads in the window of rows `first..end`; what it finds goes to
    /// its place in the rows of `found`.
    #[inline(always)]
    pub fn attend<T: Tile>(
        &mut self,
        tile: T,
        [first, end]: [usize; 2],
        [head, heads]: [usize; 2],
        parts: &Heads,
        found: &mut [f32],
    ) {
        let (count, hidden) = (end - first, heads * HEAD_SIZE);
        self.read(count, |row, which| {
            let at = (first + row) * 3 * heads + which * heads + head;
            (&parts.numbers[at], parts.scales[at])
        });
        let Self {
            queries,
            keys,
            weights,
            values,
            scores,
            value_scales,
        } = self;
        let width = keys.bias.len();
        scores.resize(TILE_ROWS * width, 0.0);
        weights.reset(count, count);
        let found = &mut found[first * hidden..end * hidden];
        for panel in 0..queries.panels() {
            let (start, panels) = (panel * TILE_ROWS, panel..panel + 1);
            linear(
                tile,
                queries,
                panels.clone(),
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
            linear(tile, weights, panels, values, |row, _, floats| {
                let at = row * hidden + head * HEAD_SIZE;
                if let Some(found) = found.get_mut(at..at + HEAD_SIZE) {
                    found.copy_from_slice(floats);
                }
            });
        }
    }

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
