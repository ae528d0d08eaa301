//! Subwords per second of the trained recognizer's network alone, on windows of 128 subwords without
//! features, with one thread and with two: to set beside general runtimes on the same weights
//! (`training/recognizer/runtimes`).

#![allow(clippy::expect_used)] // A bench that cannot go on has failed.

use redstring_tagger::{Features, Tagger, Words};
use std::hint::black_box;
use std::time::Instant;

static MODEL: &[u8] = include_bytes!("../assets/models/recognizer.bin");
/// Subwords of a window, the opening and the closing one included.
const SUBWORDS: usize = 128;
const WINDOWS: usize = 40;
const ROUNDS: usize = 10;

fn main() {
    let tagger = Tagger::open(MODEL).expect("the shipped network");
    // Each of these words is one subword.
    let sentence =
        "the men of the city said that they would go to the river and the sea ".repeat(9);
    let sentence = &sentence[..sentence.len() - 1];
    let first: Vec<&str> = sentence.split(' ').take(SUBWORDS - 2).collect();
    let text = format!("{}\n", first.join(" ")).repeat(WINDOWS);
    let words = Words::read(&text, &[[0, text.len()]], tagger.vocabulary());
    assert_eq!(words.pieces.len(), WINDOWS * (SUBWORDS - 2));
    let windows: Vec<[usize; 2]> = (0..WINDOWS)
        .map(|window| [window, window + 1].map(|bound| bound * (SUBWORDS - 2)))
        .collect();
    let features = Features::default();
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("a pool");
        let mut best = f64::MAX;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            black_box(pool.install(|| tagger.scores(&words, &features, &windows)));
            best = best.min(start.elapsed().as_secs_f64());
        }
        let subwords = WINDOWS * SUBWORDS;
        println!(
            "{threads} threads: {:.0} subwords/s",
            subwords as f64 / best
        );
    }
}
