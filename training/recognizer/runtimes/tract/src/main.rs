//! tract on the network that `onnx_graph.py` writes: `tract_run MODEL.onnx`. It uses one thread.

#[path = "../../measure.rs"]
mod measure;

use measure::{SUBWORDS, measure, rows};
use tract_onnx::prelude::*;

fn main() -> TractResult<()> {
    let path = std::env::args().nth(1).expect("a model");
    let model = tract_onnx::onnx()
        .model_for_path(&path)?
        .with_input_fact(0, f32::fact([1, SUBWORDS, 384]).into())?
        .into_optimized()?
        .into_runnable()?;
    let input: Tensor = tract_ndarray::Array3::from_shape_vec((1, SUBWORDS, 384), rows())?.into();
    measure(&format!("tract, {path}"), || {
        model.run(tvec!(input.clone().into())).expect("it runs")
    });
    Ok(())
}
