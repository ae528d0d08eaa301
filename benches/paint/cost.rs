//! What a frame takes: by the clock, and of the processor, which is the same on a machine that does
//! nothing else and tells the truth on one that does.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long a frame took, and what for.
#[derive(Clone, Copy, Default)]
pub struct FrameCost {
    /// Of the processor, for all of it.
    pub processor: Duration,
    /// By the clock.
    pub clock: Duration,
    /// The session's part of the processor's time.
    pub taking_in: Duration,
    /// The canvas's part.
    pub showing: Duration,
    /// The toolkit's part: text and triangles.
    pub cutting: Duration,
    pub triangles: usize,
    /// While a layout runs.
    pub is_arranging: bool,
    /// Frames since the layout came to rest.
    pub since_end: usize,
}

/// A moment, on the clock and in the processor's time of this thread.
struct Moment {
    clock: Instant,
    processor: Option<Duration>,
}

impl Moment {
    fn now() -> Self {
        Self {
            clock: Instant::now(),
            processor: processor_time(),
        }
    }
}

/// How long this thread has had a processor; `None` where the system does not tell.
fn processor_time() -> Option<Duration> {
    // The count is brought up to date when a thread gives way.
    std::thread::sleep(Duration::from_nanos(1));
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Does something; gives how long it took by the clock and of the processor.
pub fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration, Duration) {
    let before = Moment::now();
    let begin = Instant::now();
    let done = black_box(act());
    let clock = begin.elapsed();
    let processor = match (before.processor, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => before.clock.elapsed(),
    };
    (done, clock, processor)
}

/// One frame of the toolkit with `show` in it, built and cut into triangles.
pub fn frame_of(
    ctx: &egui::Context,
    frame: u64,
    events: Vec<egui::Event>,
    show: impl FnMut(&mut egui::Ui),
) -> FrameCost {
    let size = egui::vec2(1280.0, 800.0);
    let input = egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
        time: Some(frame as f64 / 60.0),
        events,
        ..Default::default()
    };
    let (mut output, built_clock, built) = timed(|| ctx.run_ui(input, show));
    output.textures_delta.clear();
    let (primitives, cut_clock, cut) =
        timed(|| ctx.tessellate(output.shapes, output.pixels_per_point));
    let triangles = primitives
        .iter()
        .map(|clipped| match &clipped.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        })
        .sum();
    FrameCost {
        processor: built + cut,
        clock: built_clock + cut_clock,
        showing: built,
        cutting: cut,
        triangles,
        ..FrameCost::default()
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The middle and the 99th percentile in milliseconds.
pub fn spread_of(times: impl Iterator<Item = Duration>) -> [f64; 2] {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().max(1) - 1));
    [at(50), at(99)].map(|time| time.copied().map_or(0.0, ms))
}

/// Middle and 99th percentile of frames, of the processor and by the clock.
pub fn print_spread(name: &str, costs: &[FrameCost]) {
    let [middle, slow] = spread_of(costs.iter().map(|cost| cost.processor));
    let [clock_middle, clock_slow] = spread_of(costs.iter().map(|cost| cost.clock));
    println!(
        "  {name:9} {middle:6.2} {slow:6.2}   by the clock {clock_middle:6.2} {clock_slow:6.2}"
    );
}

/// The slowest frames and what they did.
pub fn print_slowest(mut costs: Vec<FrameCost>, count: usize) {
    costs.sort_by_key(|cost| std::cmp::Reverse(cost.processor));
    for cost in costs.iter().take(count) {
        println!(
            "    {:5.2} (clock {:.2}): session {:.2}, canvas {:.2}, text and triangles {:.2}, \
             {} triangles, {} frames after the end{}",
            ms(cost.processor),
            ms(cost.clock),
            ms(cost.taking_in),
            ms(cost.showing),
            ms(cost.cutting),
            cost.triangles,
            cost.since_end,
            if cost.is_arranging {
                ", a layout runs"
            } else {
                ""
            },
        );
    }
}
