//! The tagger's network: its file, which `training/recognizer` writes, and its parts ready for use.

use crate::broken::Result;
use crate::broken::broken;
use crate::container::Container;
use crate::decode::Transitions;
use crate::kernels::{Linear, TILE_COLUMNS};
use crate::vocabulary::Vocabulary;
use crate::windows::MOST_PIECES;
use serde::Deserialize;

const MAGIC: &[u8; 8] = b"RSTAGGER";
/// Numbers of one head's query, key and value.
pub const HEAD_SIZE: usize = 32;

#[derive(Deserialize)]
struct Header {
    layers: usize,
    hidden: usize,
    heads: usize,
    ffn: usize,
    max_pieces: usize,
    labels: Vec<String>,
    features: Vec<String>,
}

/// Scale and shift after a normalization.
#[derive(Debug)]
pub struct Norm {
    /// One factor for each number of a row.
    pub weight: Vec<f32>,
    /// What is added to each.
    pub bias: Vec<f32>,
}

/// One layer of the encoder (Vaswani and others 2017; normalized after each half).
#[derive(Debug)]
pub struct Layer {
    /// Row to queries, keys and values of all heads.
    pub attend: Linear,
    /// What the heads found, back to a row.
    pub gather: Linear,
    /// After attention.
    pub attended: Norm,
    /// Row to the wide inner row.
    pub widen: Linear,
    /// And back.
    pub narrow: Linear,
    /// At the end.
    pub finished: Norm,
}

/// All parts, ready for use.
pub struct Network {
    /// Pieces of words.
    pub vocabulary: Vocabulary<'static>,
    /// For each piece a row of `hidden` signed bytes.
    pub pieces: &'static [u8],
    /// What one step of each piece's row is worth.
    pub piece_scale: Vec<f32>,
    /// For each place in a window a row.
    pub positions: Vec<f32>,
    /// For each feature a row.
    pub features: Vec<f32>,
    /// After the sum of these.
    pub embedded: Norm,
    /// The encoder's layers, first to last.
    pub layers: Vec<Layer>,
    /// For each label a row, then what is added to each.
    pub head: (Vec<f32>, Vec<f32>),
    /// Which label follows which.
    pub transitions: Transitions,
    /// Names of the labels: `O`, `B-PER`…
    pub labels: Vec<String>,
    /// Names of the features, by number.
    pub feature_names: Vec<String>,
    /// Numbers in a row.
    pub hidden: usize,
}

impl Network {
    /// Reads the file and packs its matrices.
    ///
    /// # Errors
    /// If the file is not whole, or its shapes do not fit together.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let (file, header): (_, Header) = Container::open(bytes, MAGIC)?;
        let fits = header.max_pieces == MOST_PIECES
            && header.hidden == header.heads * HEAD_SIZE
            && header.hidden.is_multiple_of(TILE_COLUMNS)
            && header.ffn.is_multiple_of(TILE_COLUMNS)
            && !header.labels.is_empty();
        if !fits {
            return Err(broken("its sizes do not fit"));
        }
        let (hidden, labels) = (header.hidden, header.labels.len());
        let list = file.text("vocabulary")?;
        let words = list.lines().count();
        let features = header.features.len();
        Ok(Self {
            vocabulary: Vocabulary::parse(list),
            pieces: file.tensor("word", "i8", &[words, hidden])?,
            piece_scale: file.floats("word.scale", &[words])?,
            positions: file.floats("position", &[MOST_PIECES, hidden])?,
            features: file.floats("features", &[features, hidden])?,
            embedded: file.norm("embed.norm", hidden)?,
            layers: file.layers(header.layers, [hidden, header.ffn])?,
            head: (
                file.floats("head.weight", &[labels, hidden])?,
                file.floats("head.bias", &[labels])?,
            ),
            transitions: Transitions {
                start: file.floats("start", &[labels])?,
                between: file.floats("transitions", &[labels, labels])?,
            },
            hidden,
            labels: header.labels,
            feature_names: header.features,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_files_are_errors() {
        let files: [&'static [u8]; 4] = [
            b"",
            b"RSTAGGER",
            b"RSTAGGER\x01\0\0\0\xff\xff\xff\xff",
            b"RSTAGGER\x01\0\0\0\x02\0\0\0{}",
        ];
        for file in files {
            assert!(Network::open(file).is_err());
        }
    }
}
