//! The network that reads relations: its file, which `training/relations` writes, and its parts ready
//! for use.

use crate::broken::Result;
use crate::broken::broken;
use crate::container::Container;
use crate::dense::Dense;
use crate::kernels::{LANES, TILE_COLUMNS};
use crate::network::{HEAD_SIZE, Layer, Norm};
use serde::Deserialize;
use std::collections::BTreeMap;

const MAGIC: &[u8; 8] = b"RSPAIRS\0";

#[derive(Deserialize)]
struct Header {
    tap: usize,
    layers: usize,
    hidden: usize,
    heads: usize,
    ffn: usize,
    width: usize,
    labels: Vec<String>,
    statuses: Vec<String>,
    distances: Vec<usize>,
    between: usize,
    thresholds: BTreeMap<String, f32>,
    temperature: f32,
}

/// All parts, ready for use.
pub struct PairNetwork {
    /// After so many of the recognizer's layers its rows are taken.
    pub tap: usize,
    /// Numbers of a word's row.
    pub hidden: usize,
    /// Numbers of what stands for a mention in a pair.
    pub width: usize,
    /// What is added to a word outside mentions, then for each class to a mention's first word and
    /// to its others.
    pub marks: Vec<f32>,
    /// After that sum.
    pub marked: Norm,
    /// The encoder's further layers.
    pub layers: Vec<Layer>,
    /// First and last word of a mention to what stands for it as a head.
    pub head: Dense,
    /// And as a tail.
    pub tail: Dense,
    /// Word to what it is found by.
    pub key: Dense,
    /// Word to what it says.
    pub value: Dense,
    /// For each distance of two mentions a row.
    pub distance: Vec<f32>,
    /// Pair to what it looks for.
    pub ask: Dense,
    /// The parts of the inner layer that read head, tail, and what was seen.
    pub inner: [Dense; 3],
    /// The part that reads the distance, worked out for each; with the inner layer's bias.
    pub inner_distance: Vec<f32>,
    /// To scores of the labels.
    pub label: Dense,
    /// To scores of the statuses.
    pub status: Dense,
    /// Names of the labels, `none` first.
    pub labels: Vec<String>,
    /// Names of the statuses.
    pub statuses: Vec<String>,
    /// Least numbers of words between two mentions, for each distance.
    pub distances: Vec<usize>,
    /// Mentions between two are counted so far.
    pub between: usize,
    /// For each label the probability from which it is said.
    pub thresholds: Vec<f32>,
    /// What scores of labels are divided by.
    pub temperature: f32,
}

impl PairNetwork {
    /// Reads the file and packs its matrices.
    ///
    /// # Errors
    /// If the file is not whole, or its shapes do not fit together.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let (file, header): (_, Header) = Container::open(bytes, MAGIC)?;
        let (hidden, width) = (header.hidden, header.width);
        let fits = hidden == header.heads * HEAD_SIZE
            && hidden.is_multiple_of(TILE_COLUMNS)
            && header.ffn.is_multiple_of(TILE_COLUMNS)
            && width > 0
            && width.is_multiple_of(LANES)
            && header.labels.len() > 1
            && !header.statuses.is_empty()
            && header.distances.first() == Some(&0)
            && header.temperature > 0.0;
        if !fits {
            return Err(broken("its sizes do not fit"));
        }
        let rows = 2 * header.distances.len() * (header.between + 1);
        let distance = file.floats("distance", &[rows, width])?;
        let weight = file.matrix("inner.weight", [2 * width, 4 * width])?;
        let bias = file.floats("inner.bias", &[2 * width])?;
        let nothing = vec![0.0; 2 * width];
        let part = |index: usize, bias: &[f32]| {
            Dense::new(
                &weight,
                [4 * width, index * width, (index + 1) * width],
                bias,
            )
        };
        let far = part(3, &bias);
        let mut inner_distance = vec![0.0; rows * 2 * width];
        let places = inner_distance.chunks_exact_mut(2 * width);
        for (row, out) in distance.chunks_exact(width).zip(places) {
            far.apply(row, out);
        }
        let (labels, statuses) = (header.labels.len(), header.statuses.len());
        let threshold = |label: &String| header.thresholds.get(label).copied().unwrap_or(2.0);
        Ok(Self {
            tap: header.tap,
            hidden,
            width,
            marks: file.floats("mark", &[1 + 2 * CLASSES, hidden])?,
            marked: file.norm("norm", hidden)?,
            layers: file.layers(header.layers, [hidden, header.ffn])?,
            head: Dense::open(&file, "head", [width, 2 * hidden])?,
            tail: Dense::open(&file, "tail", [width, 2 * hidden])?,
            key: Dense::open(&file, "key", [width, hidden])?,
            value: Dense::open(&file, "value", [width, hidden])?,
            distance,
            ask: Dense::open(&file, "ask", [width, width])?,
            inner: [0, 1, 2].map(|index| part(index, &nothing)),
            inner_distance,
            label: Dense::open(&file, "label", [labels, 2 * width])?,
            status: Dense::open(&file, "status", [statuses, 2 * width])?,
            thresholds: header.labels.iter().map(threshold).collect(),
            labels: header.labels,
            statuses: header.statuses,
            distances: header.distances,
            between: header.between,
            temperature: header.temperature,
        })
    }
}

/// Classes of mentions.
pub const CLASSES: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_files_are_errors() {
        let files: [&'static [u8]; 3] = [
            b"",
            b"RSPAIRS\0\x01\0\0\0\xff\xff\xff\xff",
            b"RSPAIRS\0\x01\0\0\0\x02\0\0\0{}",
        ];
        for file in files {
            assert!(PairNetwork::open(file).is_err());
        }
    }
}
