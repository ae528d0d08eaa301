//! The right factor of a product, and the product with what is added to it.

use super::{Rows, Step, Sums, TILE_COLUMNS, TILE_ROWS, Tile};
use std::ops::Range;

/// Columns of 8-bit numbers, 32 to a panel.
#[derive(Debug, Default)]
pub struct Panels {
    data: Vec<Step>,
    steps: usize,
    /// The sum of each column, panel by panel.
    sums: Vec<[i32; TILE_COLUMNS]>,
}

impl Panels {
    /// Makes room for `columns` columns of `depth` numbers. What was there stays: columns that are
    /// not written are not to be read.
    pub fn reset(&mut self, columns: usize, depth: usize) {
        let panels = columns.div_ceil(TILE_COLUMNS);
        self.steps = depth.div_ceil(4);
        self.data.resize(panels * self.steps, [0; 4 * TILE_COLUMNS]);
        self.sums.resize(panels, [0; TILE_COLUMNS]);
    }

    /// The columns given one after the other, each with `depth` numbers, a multiple of four.
    pub fn of_columns(columns: &[u8], depth: usize) -> Self {
        let mut panels = Self::default();
        panels.reset(columns.len() / depth, depth);
        for (index, column) in columns.chunks_exact(depth).enumerate() {
            panels.sums[index / TILE_COLUMNS][index % TILE_COLUMNS] =
                column.iter().map(|&b| i32::from(b.cast_signed())).sum();
            let (panel, within) = (index / TILE_COLUMNS, index % TILE_COLUMNS);
            let steps = &mut panels.data[panel * panels.steps..(panel + 1) * panels.steps];
            for (step, four) in steps.iter_mut().zip(column.as_chunks::<4>().0) {
                step[4 * within..4 * within + 4].copy_from_slice(&four.map(u8::cast_signed));
            }
        }
        panels
    }

    /// The numbers of 32 columns, four of each in turn.
    pub fn panel(&self, index: usize) -> &[Step] {
        &self.data[index * self.steps..(index + 1) * self.steps]
    }

    /// The same, to be written; with the sums of the columns.
    pub fn panel_mut(&mut self, index: usize) -> (&mut [Step], &mut [i32; TILE_COLUMNS]) {
        let data = &mut self.data[index * self.steps..(index + 1) * self.steps];
        (data, &mut self.sums[index])
    }

    /// The sums of the columns of a panel.
    pub fn sums(&self, index: usize) -> &[i32; TILE_COLUMNS] {
        &self.sums[index]
    }
}

/// A linear layer: columns as 8-bit numbers with a scale for each, and what is added.
#[derive(Debug, Default)]
pub struct Linear {
    /// The columns.
    pub panels: Panels,
    /// What one step of each column is worth.
    pub scale: Vec<f32>,
    /// What is added to each column.
    pub bias: Vec<f32>,
}

/// Multiplies the `panels` of `rows` with `layer`, and hands each row of each tile to `each`: the
/// row's number, the number of the 32 columns, and the result.
#[inline(always)]
pub fn linear<T: Tile>(
    tile: T,
    rows: &Rows,
    panels: Range<usize>,
    layer: &Linear,
    mut each: impl FnMut(usize, usize, &[f32; TILE_COLUMNS]),
) {
    let mut sums: [Sums; 2] = [[[0; TILE_COLUMNS]; TILE_ROWS]; 2];
    let (scales, biases) = (layer.scale.as_chunks().0, layer.bias.as_chunks().0);
    for (column, (scale, bias)) in scales.iter().zip(biases).enumerate() {
        let right = layer.panels.panel(column);
        let corrections = layer.panels.sums(column);
        for first in panels.clone().step_by(2) {
            let last = (first + 1).min(panels.end - 1);
            if first < last {
                let left = [rows.panel(first), rows.panel(last)];
                tile.multiply_two(left, right, &mut sums);
            } else {
                tile.multiply(rows.panel(first), right, &mut sums[0]);
            }
            for (panel, sums) in (first..=last).zip(&sums) {
                for (index, sums) in sums.iter().enumerate() {
                    let row = panel * TILE_ROWS + index;
                    let (row_scale, zero) = (rows.scale[row], rows.zero[row]);
                    let finished = finish([sums, corrections], zero, [scale, bias], row_scale);
                    each(row, column, &finished);
                }
            }
        }
    }
}

/// The floats that sums of products stand for.
#[inline(always)]
fn finish(
    [sums, corrections]: [&[i32; TILE_COLUMNS]; 2],
    zero: i32,
    [scale, bias]: [&[f32; TILE_COLUMNS]; 2],
    row_scale: f32,
) -> [f32; TILE_COLUMNS] {
    let mut out = [0.0; TILE_COLUMNS];
    for index in 0..TILE_COLUMNS {
        #[allow(clippy::cast_precision_loss)] // Rounded alike everywhere.
        let product = (sums[index] - zero * corrections[index]) as f32;
        out[index] = product * (row_scale * scale[index]) + bias[index];
    }
    out
}
