//! Linear layers in 32-bit floats, for the little that is done for a pair rather than for a word.

use crate::broken::Result;
use crate::container::Container;

/// Outputs that are worked on together.
const BLOCK: usize = 32;

/// A linear layer. Sums are taken input by input, so that all processors give the same bits.
#[derive(Debug)]
pub struct Dense {
    /// For each block of outputs, for each input, the block's weights.
    weights: Vec<[f32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
    inputs: usize,
    outputs: usize,
}

impl Dense {
    /// Layer `name` of a file, with its bias.
    ///
    /// # Errors
    /// If the file does not have it in this shape.
    pub fn open(file: &Container, name: &str, [outputs, inputs]: [usize; 2]) -> Result<Self> {
        let weight = file.matrix(&format!("{name}.weight"), [outputs, inputs])?;
        let bias = file.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Self::new(&weight, [inputs, 0, inputs], &bias))
    }

    /// From rows of weights, one for each output, `inputs` long, of which those from `first` to `end`
    /// are taken.
    pub fn new(weight: &[f32], [inputs, first, end]: [usize; 3], bias: &[f32]) -> Self {
        let outputs = bias.len();
        let blocks = outputs.div_ceil(BLOCK);
        let mut dense = Self {
            weights: vec![[0.0; BLOCK]; blocks * (end - first)],
            bias: vec![[0.0; BLOCK]; blocks],
            inputs: end - first,
            outputs,
        };
        for (output, (row, &bias)) in weight.chunks_exact(inputs).zip(bias).enumerate() {
            let (block, within) = (output / BLOCK, output % BLOCK);
            dense.bias[block][within] = bias;
            for (input, &weight) in row[first..end].iter().enumerate() {
                dense.weights[block * dense.inputs + input][within] = weight;
            }
        }
        dense
    }

    /// How many outputs there are.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The outputs for `x`, which has as many numbers as there are inputs.
    #[inline(always)]
    pub fn apply(&self, x: &[f32], out: &mut [f32]) {
        let blocks = self.weights.chunks_exact(self.inputs).zip(&self.bias);
        for ((weights, bias), out) in blocks.zip(out.chunks_mut(BLOCK)) {
            let mut sums = *bias;
            for (&x, weights) in x.iter().zip(weights) {
                for (sum, &weight) in sums.iter_mut().zip(weights) {
                    *sum += x * weight;
                }
            }
            for (out, sum) in out.iter_mut().zip(sums) {
                *out = sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_sums_of_products() {
        let weight: Vec<f32> = (0..33 * 4).map(|n| n as f32).collect();
        let bias: Vec<f32> = (0..33).map(|n| n as f32 / 10.0).collect();
        let dense = Dense::new(&weight, [4, 1, 3], &bias);
        let mut out = vec![0.0; dense.outputs()];
        dense.apply(&[1.0, 2.0], &mut out);
        for (output, &found) in out.iter().enumerate() {
            let row = 4.0 * output as f32;
            let expected = (row + 1.0) + 2.0 * (row + 2.0) + output as f32 / 10.0;
            assert!((found - expected).abs() < 1e-3, "{output}");
        }
    }
}
