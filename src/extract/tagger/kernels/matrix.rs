//! The right factor of a product, and the product with what is added to it.

use super::{RIGHT_STEP, Rows, Sums, TILE_COLUMNS, TILE_ROWS, Tile};
use std::ops::Range;

/// Columns of 8-bit numbers, 32 to a panel.
#[derive(Debug, Default)]
pub struct Panels {
    data: Vec<i8>,
    steps: usize,
    /// The sum of each column.
    sums: Vec<i32>,
}

impl Panels {
    /// Makes room for `columns` columns of `depth` numbers, all 0.
    pub fn reset(&mut self, columns: usize, depth: usize) {
        let panels = columns.div_ceil(TILE_COLUMNS);
        self.steps = depth.div_ceil(4);
        self.data.clear();
        self.data.resize(panels * self.steps * RIGHT_STEP, 0);
        self.sums.clear();
        self.sums.resize(panels * TILE_COLUMNS, 0);
    }

    /// The columns given one after the other, each with `depth` numbers, a multiple of four.
    pub fn of_columns(columns: &[u8], depth: usize) -> Self {
        let mut panels = Self::default();
        panels.reset(columns.len() / depth, depth);
        for (index, column) in columns.chunks_exact(depth).enumerate() {
            panels.sums[index] = column.iter().map(|&b| i32::from(b.cast_signed())).sum();
            let (panel, within) = (index / TILE_COLUMNS, index % TILE_COLUMNS);
            let length = panels.steps * RIGHT_STEP;
            let panel = &mut panels.data[panel * length..(panel + 1) * length];
            let steps = panel.as_chunks_mut::<RIGHT_STEP>().0;
            for (step, four) in steps.iter_mut().zip(column.as_chunks::<4>().0) {
                step[4 * within..4 * within + 4].copy_from_slice(&four.map(u8::cast_signed));
            }
        }
        panels
    }

    /// How many panels there are.
    pub fn count(&self) -> usize {
        self.sums.len() / TILE_COLUMNS
    }

    /// The numbers of 32 columns, four of each in turn.
    pub fn panel(&self, index: usize) -> &[i8] {
        let length = self.steps * RIGHT_STEP;
        &self.data[index * length..(index + 1) * length]
    }

    /// The same, to be written; with the sums of the columns.
    pub fn panel_mut(&mut self, index: usize) -> (&mut [[i8; RIGHT_STEP]], &mut [i32]) {
        let length = self.steps * RIGHT_STEP;
        let data = &mut self.data[index * length..(index + 1) * length];
        let sums = &mut self.sums[index * TILE_COLUMNS..(index + 1) * TILE_COLUMNS];
        (data.as_chunks_mut().0, sums)
    }

    /// The sums of the columns of a panel.
    pub fn sums(&self, index: usize) -> &[i32] {
        &self.sums[index * TILE_COLUMNS..(index + 1) * TILE_COLUMNS]
    }
}

/// A linear layer: columns as 8-bit numbers with a scale for each, and what is added.
#[derive(Debug)]
pub struct Linear {
    /// The columns.
    pub panels: Panels,
    /// What one step of each column is worth.
    pub scale: Vec<f32>,
    /// What is added to each column.
    pub bias: Vec<f32>,
}

/// Writes the products of the `panels` of `rows` with `layer` into `out`, row by row, those of the
/// first panel first. `out` holds twelve rows for each panel.
#[inline(always)]
pub fn linear<T: Tile>(
    tile: T,
    rows: &Rows,
    panels: Range<usize>,
    layer: &Linear,
    out: &mut [f32],
) {
    let width = layer.bias.len();
    let mut sums: Sums = [[0; TILE_COLUMNS]; TILE_ROWS];
    for column in 0..layer.panels.count() {
        let right = layer.panels.panel(column);
        let at = column * TILE_COLUMNS..(column + 1) * TILE_COLUMNS;
        let (scale, bias) = (&layer.scale[at.clone()], &layer.bias[at.clone()]);
        let corrections = layer.panels.sums(column);
        for (panel, out) in panels.clone().zip(out.chunks_exact_mut(TILE_ROWS * width)) {
            tile.multiply(rows.panel(panel), right, &mut sums);
            for (index, (sums, out)) in sums.iter().zip(out.chunks_exact_mut(width)).enumerate() {
                let row = panel * TILE_ROWS + index;
                let (row_scale, zero) = (rows.scale[row], rows.zero[row]);
                let terms = sums.iter().zip(corrections).zip(scale.iter().zip(bias));
                for (out, ((&sum, &correction), (&scale, &bias))) in
                    out[at.clone()].iter_mut().zip(terms)
                {
                    #[allow(clippy::cast_precision_loss)] // Rounded alike everywhere.
                    let product = (sum - zero * correction) as f32;
                    *out = product * (row_scale * scale) + bias;
                }
            }
        }
    }
}
