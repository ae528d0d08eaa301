//! The left factor of a product: rows of 8-bit numbers, twelve to a panel.

use super::floats::{LANES, highest, lowest, nearest};
use super::{BLOCK_STEPS, Block, TILE_ROWS};

/// Rows as numbers 0 to 255, each with the scale and the zero that give its floats back:
/// `scale * (number - zero)`.
#[derive(Debug, Default)]
pub struct Rows {
    data: Vec<Block>,
    /// Blocks of each panel.
    blocks: usize,
    /// For each row.
    pub scale: Vec<f32>,
    /// For each row.
    pub zero: Vec<i32>,
}

impl Rows {
    /// Makes room for `rows` rows of `depth` numbers. What was there stays: rows that are not written
    /// are not to be read.
    pub fn reset(&mut self, rows: usize, depth: usize) {
        let panels = rows.div_ceil(TILE_ROWS);
        self.blocks = depth.div_ceil(4 * BLOCK_STEPS);
        self.data
            .resize(panels * self.blocks, [[[0; 4]; BLOCK_STEPS]; TILE_ROWS]);
        self.scale.resize(panels * TILE_ROWS, 0.0);
        self.zero.resize(panels * TILE_ROWS, 0);
    }

    /// How many panels there are.
    pub fn panels(&self) -> usize {
        self.scale.len() / TILE_ROWS
    }

    /// The numbers of twelve rows.
    pub fn panel(&self, index: usize) -> &[Block] {
        &self.data[index * self.blocks..(index + 1) * self.blocks]
    }

    /// Sets four numbers of a row, those at four times `step`.
    #[inline(always)]
    pub fn set_four(&mut self, row: usize, step: usize, four: [u8; 4]) {
        let (panel, row) = (row / TILE_ROWS, row % TILE_ROWS);
        self.data[panel * self.blocks + step / BLOCK_STEPS][row][step % BLOCK_STEPS] = four;
    }

    /// Sets a row from floats: their range, widened to hold 0, is cut into 255 steps. `floats` is
    /// whole lanes; what lies beyond the depth is left out.
    #[inline(always)]
    pub fn quantize(&mut self, row: usize, floats: &[f32]) {
        let (least, most) = (lowest(floats), highest(floats, 0.0));
        let range = most - least;
        let inverse = if range > 0.0 { 255.0 / range } else { 0.0 };
        let zero = nearest(-least * inverse);
        self.scale[row] = range / 255.0;
        self.zero[row] = zero;
        #[allow(clippy::cast_precision_loss)] // 0 to 255.
        self.store(row, floats, inverse, zero as f32);
    }

    /// Sets a row from floats of at least 0, with the most of them becoming 255. The scale that
    /// gives the floats back is multiplied by `factor`.
    #[inline(always)]
    pub fn quantize_positive(&mut self, row: usize, floats: &[f32], factor: f32) {
        let most = highest(floats, 0.0);
        let inverse = if most > 0.0 { 255.0 / most } else { 0.0 };
        self.scale[row] = most / 255.0 * factor;
        self.zero[row] = 0;
        self.store(row, floats, inverse, 0.0);
    }

    #[inline(always)]
    fn store(&mut self, row: usize, floats: &[f32], inverse: f32, zero: f32) {
        let (panel, row) = (row / TILE_ROWS, row % TILE_ROWS);
        let blocks = &mut self.data[panel * self.blocks..(panel + 1) * self.blocks];
        let wide = floats.chunks(4 * BLOCK_STEPS);
        for (block, floats) in blocks.iter_mut().zip(wide) {
            let places = block[row].as_flattened_mut().as_chunks_mut().0.iter_mut();
            for (place, part) in places.zip(floats.as_chunks::<LANES>().0) {
                *place = levels(part, inverse, zero);
            }
        }
    }
}

/// The numbers 0 to 255 that are nearest to floats times `inverse`, moved by `zero`.
#[inline(always)]
fn levels(part: &[f32; LANES], inverse: f32, zero: f32) -> [u8; LANES] {
    let mut numbers = [0; LANES];
    for (number, &x) in numbers.iter_mut().zip(part) {
        let level = x * inverse + zero;
        let level = if level < 255.0 { level } else { 255.0 };
        let level = if level > 0.0 { level } else { 0.0 };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 255.
        {
            *number = nearest(level) as u8;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(rows: &Rows, row: usize, depth: usize) -> Vec<f32> {
        let panel = rows.panel(row / TILE_ROWS);
        (0..depth)
            .map(|k| {
                let number = panel[k / 64][row % TILE_ROWS].as_flattened()[k % 64];
                rows.scale[row] * (i32::from(number) - rows.zero[row]) as f32
            })
            .collect()
    }

    #[test]
    fn floats_come_back_within_half_a_step() {
        let floats: Vec<f32> = (0..64)
            .map(|i| ((i * 37) % 64) as f32 * 0.1 - 1.7)
            .collect();
        let mut rows = Rows::default();
        rows.reset(14, 64);
        assert_eq!(rows.panels(), 2);
        rows.quantize(13, &floats);
        for (near, exact) in restored(&rows, 13, 64).iter().zip(&floats) {
            assert!((near - exact).abs() <= rows.scale[13] * 0.51);
        }
        let weights: Vec<f32> = floats.iter().map(|x| x.abs()).collect();
        rows.quantize_positive(0, &weights, 2.0);
        for (near, exact) in restored(&rows, 0, 64).iter().zip(&weights) {
            assert!((near / 2.0 - exact).abs() <= rows.scale[0] * 0.26);
        }
    }

    #[test]
    fn a_row_of_nothing_stays_nothing() {
        let mut rows = Rows::default();
        rows.reset(1, 16);
        rows.quantize(0, &[0.0; 16]);
        assert_eq!(restored(&rows, 0, 16), [0.0; 16]);
    }
}
