//! rten on the network that `onnx_graph.py` writes: `RTEN_NUM_THREADS=2 rten_run MODEL.onnx`.

#[path = "../../measure.rs"]
mod measure;

use measure::{SUBWORDS, measure, rows};
use rten::Model;
use rten_tensor::{NdTensor, prelude::*};

fn main() {
    let path = std::env::args().nth(1).expect("a model");
    let model = Model::load_file(&path).expect("rten reads it");
    let input = NdTensor::from_data([1, SUBWORDS, 384], rows());
    measure(&format!("rten, {path}"), || {
        model.run_one(input.view().into(), None).expect("it runs")
    });
}
