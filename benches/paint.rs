//! What a frame of the canvas costs on the processor, without a window: one frame of egui, built and cut
//! into triangles. N nodes and 3N lines, labels included, in a window of 1280 by 800 points.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

#[allow(dead_code)]
#[path = "../tests/support/graphs.rs"]
mod graphs;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use redstring::geometry::{Camera, Vector};
use redstring::model::{Filters, Project, Visible};
use redstring::scene::Theme;
use redstring::ui::{Canvas, CanvasView, fonts};
use std::hint::black_box;

struct Bench {
    ctx: egui::Context,
    canvas: Canvas,
    project: Project,
    visible: Visible,
    frames: f64,
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
            frames: 0.0,
        };
        bench.frame();
        bench.project.view.camera = bench.canvas.camera();
        bench.frame();
        bench
    }

    /// One whole frame; gives how many triangles it has.
    fn frame(&mut self) -> usize {
        self.frames += 1.0;
        let size = egui::vec2(1280.0, 800.0);
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            time: Some(self.frames / 60.0),
            ..Default::default()
        };
        let view = CanvasView {
            project: &self.project,
            visible: &self.visible,
            live: None,
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

    fn moved(&mut self, change: impl Fn(Camera, f32) -> Camera) -> usize {
        let camera = self.project.view.camera.unwrap_or_default();
        let there = if (self.frames as u64).is_multiple_of(2) {
            1.0
        } else {
            -1.0
        };
        self.project.view.camera = Some(change(camera, there));
        self.frame()
    }
}

fn paint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    group.sample_size(20);
    for nodes in [1_000, 5_000, 20_000] {
        let mut bench = Bench::new(nodes);
        println!("{nodes} nodes: {} triangles", bench.frame());
        group.bench_function(BenchmarkId::new("still", nodes), |bencher| {
            bencher.iter(|| black_box(bench.frame()));
        });
        group.bench_function(BenchmarkId::new("panning", nodes), |bencher| {
            bencher.iter(|| {
                bench.moved(|camera, way| Camera {
                    center_in_world: camera.center_in_world
                        + Vector::new(3.0 * way / camera.zoom, 0.0),
                    ..camera
                })
            });
        });
        group.bench_function(BenchmarkId::new("zooming", nodes), |bencher| {
            bencher.iter(|| {
                bench.moved(|camera, way| Camera {
                    zoom: camera.zoom * 1.02_f32.powf(way),
                    ..camera
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, paint);
criterion_main!(benches);
