//! What each runtime is measured with: the encoder and head of the shipped network on windows of 128
//! subwords, 40 rounds; the best by the clock, and the least seconds of processors.

use std::time::Instant;

/// Subwords of a window.
pub const SUBWORDS: usize = 128;

/// Rows of a window after the input's normalization, in their range.
pub fn rows() -> Vec<f32> {
    (0..SUBWORDS * 384)
        .map(|i| ((i * 7919 % 1000) as f32 - 500.0) / 300.0)
        .collect()
}

/// Runs a window again and again.
pub fn measure<T>(name: &str, mut run: impl FnMut() -> T) {
    let (mut clock, mut used) = (f64::MAX, f64::MAX);
    for _ in 0..10 {
        let (start, before) = (Instant::now(), processor_seconds());
        for _ in 0..4 {
            std::hint::black_box(run());
        }
        clock = clock.min(start.elapsed().as_secs_f64() / 4.0);
        used = used.min((processor_seconds() - before) / 4.0);
    }
    let each = SUBWORDS as f64;
    println!(
        "{name}: {:.0} subwords/s by the clock, {:.0} for each second of a processor",
        each / clock,
        each / used
    );
}

/// Of all threads, in the system's hundredths.
fn processor_seconds() -> f64 {
    let line = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let cells = line.rsplit(')').next().unwrap_or_default();
    let ticks = cells.split_whitespace().skip(11).take(2);
    ticks
        .map(|cell| cell.parse::<f64>().unwrap_or(0.0))
        .sum::<f64>()
        / 100.0
}
