//! What a frame of the canvas costs on the processor, without a window: one frame of egui, built and cut
//! into triangles. N nodes and 3N lines, labels included, in a window of 1280 by 800 points.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

#[allow(dead_code)]
#[path = "../tests/support/graphs.rs"]
mod graphs;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use redstring::geometry::{Point, Vector};
use redstring::model::{Filters, Project, Visible};
use redstring::scene::{LivePositions, Theme};
use redstring::ui::{Canvas, CanvasView, fonts};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Bench {
    ctx: egui::Context,
    canvas: Canvas,
    project: Project,
    visible: Visible,
    live: Option<(LivePositions, u64)>,
    frames: u64,
}

impl Bench {
    fn new(nodes: usize) -> Self {
        let ctx = egui::Context::default();
        fonts::install(&ctx);
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        let project = graphs::scattered(nodes, 1);
        let mut bench = Self {
            visible: Filters::default().visible(&project),
            project,
            ctx,
            canvas: Canvas::default(),
            live: None,
            frames: 0,
        };
        bench.frame();
        bench.project.view.camera = bench.canvas.camera();
        bench.frame();
        bench
    }

    /// One whole frame; gives how many triangles it has.
    fn frame(&mut self) -> usize {
        self.frames += 1;
        let size = egui::vec2(1280.0, 800.0);
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(self.frames as f64 / 60.0),
            ..Default::default()
        };
        let view = CanvasView {
            project: &self.project,
            visible: &self.visible,
            live: self.live.as_ref().map(|(live, tick)| (live, *tick)),
            revision: 1,
            saved: &self.project.view,
            theme: Theme::light(),
            can_edit: true,
            legend_open: None,
        };
        let canvas = &mut self.canvas;
        let mut output = self.ctx.run_ui(input, |ui| {
            canvas.show_view(ui, &view, &mut Vec::new());
        });
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        primitives
            .iter()
            .map(|clipped| match &clipped.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum()
    }

    /// Once around a circle of half a view in 120 frames.
    fn panned(&mut self) -> usize {
        let angle = self.frames as f32 / 120.0 * std::f32::consts::TAU;
        if let Some(camera) = &mut self.project.view.camera {
            let way = Vector::new(angle.cos(), angle.sin()) * (640.0 / 120.0 / camera.zoom);
            camera.center_in_world = camera.center_in_world + way;
        }
        self.frame()
    }

    /// Three times closer in 60 frames, and back.
    fn zoomed(&mut self) -> usize {
        let closer = (self.frames / 60).is_multiple_of(2);
        let factor = 3.0_f32.powf(if closer { 1.0 / 60.0 } else { -1.0 / 60.0 });
        let (middle, size) = (Point::new(500.0, 300.0), Vector::new(1280.0, 800.0));
        if let Some(camera) = &mut self.project.view.camera {
            *camera = camera.zoomed_at(middle, size, factor);
        }
        self.frame()
    }

    /// A layout that runs has moved every node a little.
    fn settled(&mut self) -> usize {
        let tick = self.frames;
        let points = self.visible.entities.iter().map(|&id| {
            let from = self.project.placement(id).position.unwrap_or_default();
            let angle = (tick as f32 * 0.05) + f32::from(id.0 as u16);
            from + Vector::new(angle.cos(), angle.sin()) * 40.0
        });
        let entities = Arc::new(self.visible.entities.clone());
        self.live = Some((LivePositions::new(entities, points.collect()), tick));
        self.frame()
    }
}

/// The times of 300 frames in milliseconds: their middle and their 99th percentile.
fn spread(mut frame: impl FnMut() -> Duration) -> [f64; 2] {
    let mut times: Vec<Duration> = (0..300).map(|_| frame()).collect();
    times.sort_unstable();
    [times[150], times[297]].map(|time| time.as_secs_f64() * 1000.0)
}

fn timed(act: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(act());
    start.elapsed()
}

/// The most memory that this process ever had, in MB.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: usize = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Every frame of a movement counts, so beside the middle the slowest of a hundred is told.
fn spreads(_: &mut Criterion) {
    for nodes in [1_000, 5_000, 20_000, 100_000] {
        let mut bench = Bench::new(nodes);
        let triangles = bench.frame();
        let still = spread(|| timed(|| bench.frame()));
        let panning = spread(|| timed(|| bench.panned()));
        let zooming = spread(|| timed(|| bench.zoomed()));
        // Handing over the positions is the layout's work and not the frame's.
        bench.project.view.camera = None;
        let settling = spread(|| {
            let start = Instant::now();
            black_box(bench.settled());
            start.elapsed()
        });
        println!("{nodes} nodes, {triangles} triangles; ms: middle, 99th of 100");
        for (name, [middle, slow]) in [
            ("still", still),
            ("panning", panning),
            ("zooming", zooming),
            ("settling", settling),
        ] {
            println!("  {name:9} {middle:6.2} {slow:6.2}");
        }
        if let Some(megabytes) = peak_memory() {
            println!("  memory    {megabytes} MB so far");
        }
    }
}

fn paint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    group.sample_size(20);
    for nodes in [1_000, 5_000, 20_000, 100_000] {
        let mut bench = Bench::new(nodes);
        group.bench_function(BenchmarkId::new("still", nodes), |bencher| {
            bencher.iter(|| black_box(bench.frame()));
        });
        group.bench_function(BenchmarkId::new("panning", nodes), |bencher| {
            bencher.iter(|| black_box(bench.panned()));
        });
        group.bench_function(BenchmarkId::new("zooming", nodes), |bencher| {
            bencher.iter(|| black_box(bench.zoomed()));
        });
    }
    group.finish();
}

criterion_group!(benches, spreads, paint);
criterion_main!(benches);
