//! candle on the network that `onnx_graph.py` writes: `RAYON_NUM_THREADS=2 candle_run MODEL.onnx`.

#[path = "../../measure.rs"]
mod measure;

use candle_core::{Device, Tensor};
use measure::{SUBWORDS, measure, rows};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).expect("a model");
    let model = candle_onnx::read_file(&path)?;
    let input = Tensor::from_vec(rows(), (1, SUBWORDS, 384), &Device::Cpu)?;
    measure(&format!("candle, {path}"), || {
        let inputs = [("x".to_string(), input.clone())].into_iter().collect();
        candle_onnx::simple_eval(&model, inputs).expect("it runs")
    });
    Ok(())
}
