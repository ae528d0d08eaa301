//! The file of a trained network: a magic word of eight bytes, a version and the length of a header,
//! both 32 bits with the low byte first; the header is JSON and tells shapes, names and where each
//! tensor lies. Tensors are checked for kind and shape when they are asked for.

use crate::broken::{Result, broken};
use crate::kernels::{Linear, Panels};
use crate::network::{Layer, Norm};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

const VERSION: usize = 1;

#[derive(Deserialize)]
struct Tensors {
    tensors: BTreeMap<String, Tensor>,
}

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
}

/// A file that was opened.
pub struct Container {
    bytes: &'static [u8],
    tensors: BTreeMap<String, Tensor>,
}

impl Container {
    /// Reads the header.
    ///
    /// # Errors
    /// If the file is cut off, or begins with something else than `magic` and our version.
    pub fn open<Header: DeserializeOwned>(
        bytes: &'static [u8],
        magic: &[u8; 8],
    ) -> Result<(Self, Header)> {
        let number = |at: usize| -> Result<usize> {
            let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
            let four = four.ok_or_else(|| broken("it is cut off"))?;
            Ok(u32::from_le_bytes(four) as usize)
        };
        if !bytes.starts_with(magic) || number(8)? != VERSION {
            return Err(broken("it has another form"));
        }
        let end = 16 + number(12)?;
        let json = bytes.get(16..end).ok_or_else(|| broken("it is cut off"))?;
        let no_header = |e| broken(&format!("its header: {e}"));
        let header = serde_json::from_slice(json).map_err(no_header)?;
        let Tensors { tensors } = serde_json::from_slice(json).map_err(no_header)?;
        Ok((Self { bytes, tensors }, header))
    }

    /// The bytes of a tensor, whose shape must be `shape`.
    pub fn tensor(&self, name: &str, dtype: &str, shape: &[usize]) -> Result<&'static [u8]> {
        let missing = || broken(name);
        let tensor = self.tensors.get(name).ok_or_else(missing)?;
        if tensor.dtype != dtype || tensor.shape != shape {
            return Err(missing());
        }
        let size = if dtype == "f32" { 4 } else { 1 };
        let length = shape.iter().product::<usize>() * size;
        let end = tensor.offset.checked_add(length).ok_or_else(missing)?;
        self.bytes.get(tensor.offset..end).ok_or_else(missing)
    }

    /// A tensor of floats, all of them numbers.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
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

    /// A matrix of `outputs` rows in floats; as it is stored, or bytes with a scale for each row.
    pub fn matrix(&self, name: &str, [outputs, inputs]: [usize; 2]) -> Result<Vec<f32>> {
        let tensor = self.tensors.get(name).ok_or_else(|| broken(name))?;
        if tensor.dtype == "f32" {
            return self.floats(name, &[outputs, inputs]);
        }
        let bytes = self.tensor(name, "i8", &[outputs, inputs])?;
        let place = name.strip_suffix(".weight").unwrap_or(name);
        let scales = self.floats(&format!("{place}.scale"), &[outputs])?;
        let rows = bytes.chunks_exact(inputs.max(1)).zip(scales);
        Ok(rows
            .flat_map(|(row, scale)| row.iter().map(move |&b| f32::from(b.cast_signed()) * scale))
            .collect())
    }

    /// Scale and shift of a normalization of `count` floats.
    pub fn norm(&self, name: &str, count: usize) -> Result<Norm> {
        Ok(Norm {
            weight: self.floats(&format!("{name}.weight"), &[count])?,
            bias: self.floats(&format!("{name}.bias"), &[count])?,
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

    /// The layers of an encoder, whose rows are `hidden` wide and `inner` inside.
    pub fn layers(&self, count: usize, [hidden, inner]: [usize; 2]) -> Result<Vec<Layer>> {
        let layer = |index: usize| {
            let name = |part: &str| format!("layer{index}.{part}");
            Ok(Layer {
                attend: self.linear(&name("qkv"), [3 * hidden, hidden])?,
                gather: self.linear(&name("out"), [hidden, hidden])?,
                attended: self.norm(&name("norm1"), hidden)?,
                widen: self.linear(&name("ffn1"), [inner, hidden])?,
                narrow: self.linear(&name("ffn2"), [hidden, inner])?,
                finished: self.norm(&name("norm2"), hidden)?,
            })
        };
        (0..count).map(layer).collect()
    }

    /// A tensor of text.
    pub fn text(&self, name: &str) -> Result<&'static str> {
        let tensor = self.tensors.get(name).ok_or_else(|| broken(name))?;
        let bytes = self.tensor(name, "u8", &tensor.shape)?;
        std::str::from_utf8(bytes).map_err(|e| broken(&format!("{name}: {e}")))
    }
}
