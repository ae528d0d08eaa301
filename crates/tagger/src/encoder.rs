//! From pieces and features to a score for each label of each word. All windows of a batch go
//! through the layers together; no row depends on which others are in its batch.

use crate::dispatch::{Processor, Work};
use crate::features::Features;
use crate::kernels::{LANES, Tile, sum};
use crate::layer::{Scratch, pass};
use crate::network::Network;
use crate::words::Words;

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

/// What the encoder makes of a batch's words, word by word.
#[derive(Default)]
pub struct Encoded {
    /// Scores of all labels.
    pub scores: Vec<f32>,
    /// The rows after the layer that was asked for.
    pub rows: Vec<f32>,
}

/// Encodes a batch. If there is a `tap`, the rows after so many layers are given as well.
pub fn encode(
    processor: Processor,
    network: &Network,
    batch: &Batch,
    scratch: &mut Scratch,
    tap: Option<usize>,
) -> Encoded {
    let starts = batch.starts();
    processor.run(Embed {
        network,
        batch,
        starts: &starts,
        scratch,
    });
    let firsts = firsts(batch, &starts);
    let hidden = network.hidden;
    let mut rows = Vec::new();
    for (index, layer) in network.layers.iter().enumerate() {
        // Of the last layer only the rows of words' first pieces are looked at.
        let is_last = index + 1 == network.layers.len();
        pass(
            processor,
            layer,
            &starts,
            is_last.then_some(&firsts),
            scratch,
        );
        if tap == Some(index + 1) {
            rows.reserve_exact(firsts.len() * hidden);
            for (word, &row) in firsts.iter().enumerate() {
                let row = if is_last { word } else { row };
                let row = &scratch.rows()[row * hidden..(row + 1) * hidden];
                rows.extend_from_slice(row);
            }
        }
    }
    let rows_of_words = &scratch.rows()[..firsts.len() * hidden];
    let scores = processor.run(Score {
        network,
        rows: rows_of_words,
    });
    Encoded { scores, rows }
}

/// Words to the rows that the first layer reads.
struct Embed<'a> {
    network: &'a Network,
    batch: &'a Batch<'a>,
    starts: &'a [usize],
    scratch: &'a mut Scratch,
}

/// Rows to the scores of all labels.
struct Score<'a> {
    network: &'a Network,
    rows: &'a [f32],
}

impl Work for Embed<'_> {
    type Out = ();

    #[inline(always)]
    fn run<T: Tile>(self, _: T) {
        embed(self.network, self.batch, self.starts, self.scratch);
    }
}

impl Work for Score<'_> {
    type Out = Vec<f32>;

    #[inline(always)]
    fn run<T: Tile>(self, _: T) -> Vec<f32> {
        let words = self.rows.len() / self.network.hidden;
        let mut scores = Vec::with_capacity(words * self.network.labels.len());
        for row in self.rows.chunks_exact(self.network.hidden) {
            push_scores(self.network, row, &mut scores);
        }
        scores
    }
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

/// Sets the rows to the sums of piece, place and features, normalized.
#[inline(always)]
fn embed(network: &Network, batch: &Batch, starts: &[usize], scratch: &mut Scratch) {
    let hidden = network.hidden;
    scratch.reset(starts.last().copied().unwrap_or(0), hidden);
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
