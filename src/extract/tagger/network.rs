//! The trained network: its file, and its parts ready for use.
//!
//! The file begins with `RSTAGGER`, a version and the length of a header, both 32 bits with the low
//! byte first; the header is JSON and tells shapes, names and where each tensor lies.
//! `training/recognizer` writes it.

use super::decode::Transitions;
use super::kernels::{Linear, Panels, TILE_COLUMNS};
use super::vocabulary::Vocabulary;
use super::windows::MOST_PIECES;
use crate::error::{Error, ErrorKind, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

const MAGIC: &[u8] = b"RSTAGGER";
const VERSION: usize = 1;
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
    tensors: BTreeMap<String, Tensor>,
}

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
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

fn broken(what: &str) -> Error {
    Error::new(
        ErrorKind::Format,
        format!("the recognizer's file is broken: {what}"),
    )
}

struct File {
    bytes: &'static [u8],
    header: Header,
}

impl File {
    fn open(bytes: &'static [u8]) -> Result<Self> {
        let number = |at: usize| -> Result<usize> {
            let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
            let four = four.ok_or_else(|| broken("it is cut off"))?;
            Ok(u32::from_le_bytes(four) as usize)
        };
        if !bytes.starts_with(MAGIC) || number(8)? != VERSION {
            return Err(broken("it has another form"));
        }
        let end = 16 + number(12)?;
        let json = bytes.get(16..end).ok_or_else(|| broken("it is cut off"))?;
        let header: Header =
            serde_json::from_slice(json).map_err(|e| broken("its header").caused_by(e))?;
        let fits = header.max_pieces == MOST_PIECES
            && header.hidden == header.heads * HEAD_SIZE
            && header.hidden.is_multiple_of(TILE_COLUMNS)
            && header.ffn.is_multiple_of(TILE_COLUMNS)
            && !header.labels.is_empty();
        fits.then_some(Self { bytes, header })
            .ok_or_else(|| broken("its sizes do not fit"))
    }

    /// The bytes of a tensor, whose shape must be `shape`.
    fn tensor(&self, name: &str, dtype: &str, shape: &[usize]) -> Result<&'static [u8]> {
        let missing = || broken(name);
        let tensor = self.header.tensors.get(name).ok_or_else(missing)?;
        if tensor.dtype != dtype || tensor.shape != shape {
            return Err(missing());
        }
        let size = if dtype == "f32" { 4 } else { 1 };
        let length = shape.iter().product::<usize>() * size;
        let end = tensor.offset.checked_add(length).ok_or_else(missing)?;
        self.bytes.get(tensor.offset..end).ok_or_else(missing)
    }

    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let bytes = self.tensor(name, "f32", shape)?;
        let floats: Vec<f32> = bytes
            .as_chunks()
            .0
            .iter()
            .map(|&b| f32::from_le_bytes(b))
            .collect();
        let finite = floats.iter().all(|x| x.is_finite());
        finite.then_some(floats).ok_or_else(|| broken(name))
    }

    fn norm(&self, name: &str) -> Result<Norm> {
        let shape = [self.header.hidden];
        Ok(Norm {
            weight: self.floats(&format!("{name}.weight"), &shape)?,
            bias: self.floats(&format!("{name}.bias"), &shape)?,
        })
    }

    fn linear(&self, name: &str, [outputs, inputs]: [usize; 2]) -> Result<Linear> {
        let columns = self.tensor(&format!("{name}.weight"), "i8", &[outputs, inputs])?;
        Ok(Linear {
            panels: Panels::of_columns(columns, inputs),
            scale: self.floats(&format!("{name}.scale"), &[outputs])?,
            bias: self.floats(&format!("{name}.bias"), &[outputs])?,
        })
    }

    fn layer(&self, index: usize) -> Result<Layer> {
        let (hidden, inner) = (self.header.hidden, self.header.ffn);
        let name = |part: &str| format!("layer{index}.{part}");
        Ok(Layer {
            attend: self.linear(&name("qkv"), [3 * hidden, hidden])?,
            gather: self.linear(&name("out"), [hidden, hidden])?,
            attended: self.norm(&name("norm1"))?,
            widen: self.linear(&name("ffn1"), [inner, hidden])?,
            narrow: self.linear(&name("ffn2"), [hidden, inner])?,
            finished: self.norm(&name("norm2"))?,
        })
    }

    fn vocabulary(&self) -> Result<&'static str> {
        let tensor = self.header.tensors.get("vocabulary");
        let shape = &tensor.ok_or_else(|| broken("vocabulary"))?.shape;
        let bytes = self.tensor("vocabulary", "u8", shape)?;
        std::str::from_utf8(bytes).map_err(|e| broken("vocabulary").caused_by(e))
    }
}

impl Network {
    /// Reads the file and packs its matrices.
    ///
    /// # Errors
    /// If the file is not whole, or its shapes do not fit together.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        let file = File::open(bytes)?;
        let (hidden, labels) = (file.header.hidden, file.header.labels.len());
        let list = file.vocabulary()?;
        let words = list.lines().count();
        let features = file.header.features.len();
        Ok(Self {
            vocabulary: Vocabulary::parse(list),
            pieces: file.tensor("word", "i8", &[words, hidden])?,
            piece_scale: file.floats("word.scale", &[words])?,
            positions: file.floats("position", &[MOST_PIECES, hidden])?,
            features: file.floats("features", &[features, hidden])?,
            embedded: file.norm("embed.norm")?,
            layers: (0..file.header.layers)
                .map(|index| file.layer(index))
                .collect::<Result<_>>()?,
            head: (
                file.floats("head.weight", &[labels, hidden])?,
                file.floats("head.bias", &[labels])?,
            ),
            transitions: Transitions {
                start: file.floats("start", &[labels])?,
                between: file.floats("transitions", &[labels, labels])?,
            },
            hidden,
            labels: file.header.labels,
            feature_names: file.header.features,
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
