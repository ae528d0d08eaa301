//! What a frame of the canvas costs on the processor, without a window: one frame of egui, built and cut
//! into triangles. N nodes and 3N lines, labels included, in a window of 1280 by 800 points.
//!
//! `cargo bench --bench paint -- spreads` (what moves in the picture), `-- settling` (a layout runs),
//! `-- stopping` (it is stopped); `NODES=5000` in the environment asks for that size alone.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

#[path = "paint/cost.rs"]
mod cost;
#[path = "../tests/support/findings.rs"]
mod findings;
#[allow(dead_code)]
#[path = "../tests/support/graphs.rs"]
mod graphs;
#[path = "paint/settling.rs"]
mod settling;
#[path = "paint/stopping.rs"]
mod stopping;

use cost::{FrameCost, frame_of, print_slowest, print_spread};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use redstring::geometry::{Point, Vector};
use redstring::model::{EntityId, Filters, Patch, Placement, Project, SavedView, Visible};
use redstring::scene::Theme;
use redstring::session::{Command, SelectMode};
use redstring::ui::{Canvas, CanvasView, fonts};
use settling::settling;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;
use stopping::stopping;

struct Bench {
    ctx: egui::Context,
    canvas: Canvas,
    project: Arc<Project>,
    visible: Visible,
    revision: u64,
    frames: u64,
    /// Threads as a window has them: all but one.
    pool: Arc<rayon::ThreadPool>,
    /// Where the pointer is, and whether its button is down.
    pointer: Option<(egui::Pos2, bool)>,
}

impl Bench {
    fn new(nodes: usize) -> Self {
        let ctx = egui::Context::default();
        fonts::install(&ctx);
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        let project = graphs::scattered(nodes, 1);
        let mut bench = Self {
            visible: Filters::default().visible(&project),
            project: Arc::new(project),
            pool: Arc::new(pool()),
            ctx,
            canvas: Canvas::default(),
            revision: 1,
            frames: 0,
            pointer: None,
        };
        bench.frame();
        bench.view().camera = bench.canvas.camera();
        bench.frame();
        bench
    }

    fn view(&mut self) -> &mut SavedView {
        &mut Arc::make_mut(&mut self.project).view
    }

    /// One whole frame.
    fn frame(&mut self) -> FrameCost {
        self.frames += 1;
        let view = CanvasView {
            project: &self.project,
            shared: Some(&self.project),
            visible: &self.visible,
            live: None,
            revision: self.revision,
            content_revision: 1,
            saved: &self.project.view,
            theme: Theme::light(),
            can_edit: true,
            legend_open: None,
            pool: Some(&self.pool),
        };
        let canvas = &mut self.canvas;
        let shown = |ui: &mut egui::Ui| canvas.show_view(ui, &view, &mut Vec::new());
        frame_of(&self.ctx, self.frames, Vec::new(), shown)
    }

    /// One frame with the pointer over the picture: it moves a little in each, and perhaps turns its
    /// wheel or drags. What it makes of that is carried out.
    fn pointed(&mut self, mut events: Vec<egui::Event>) -> FrameCost {
        self.frames += 1;
        if let Some((at, _)) = self.pointer {
            events.insert(0, egui::Event::PointerMoved(at));
        }
        let mut commands = Vec::new();
        let view = CanvasView {
            project: &self.project,
            shared: Some(&self.project),
            visible: &self.visible,
            live: None,
            revision: self.revision,
            content_revision: 1,
            saved: &self.project.view,
            theme: Theme::light(),
            can_edit: true,
            legend_open: None,
            pool: Some(&self.pool),
        };
        let canvas = &mut self.canvas;
        let shown = |ui: &mut egui::Ui| canvas.show_view(ui, &view, &mut commands);
        let cost = frame_of(&self.ctx, self.frames, events, shown);
        for command in commands {
            match command {
                Command::SetCamera(camera) => self.view().camera = Some(camera),
                Command::Select(ids, SelectMode::Replace) => {
                    self.view().selection = ids.into_iter().collect();
                }
                Command::SelectNone => self.view().selection.clear(),
                Command::Move(moves) => self.put(&moves),
                _ => {}
            }
        }
        cost
    }

    fn put(&mut self, moves: &[(EntityId, Point)]) {
        let placed = |&(id, point): &(EntityId, Point)| {
            let placement = Placement {
                position: Some(point),
                pinned: true,
                ..self.project.placement(id)
            };
            (id, Some(placement))
        };
        let patch = Patch {
            placements: moves.iter().map(placed).collect(),
            ..Patch::default()
        };
        Arc::make_mut(&mut self.project).apply(patch);
        self.revision += 1;
    }

    /// What it takes to find what lies at a point of a picture at rest, in microseconds.
    fn picking(&mut self) -> f64 {
        const POINTS: usize = 2_000;
        self.frame();
        self.frame();
        let at = |index: usize| {
            let (x, y) = (index * 7_919 % 1_280, index * 104_729 % 800);
            egui::pos2(x as f32, y as f32)
        };
        black_box(self.canvas.pick(at(0)));
        let start = Instant::now();
        for index in 0..POINTS {
            black_box(self.canvas.pick(at(index)));
        }
        start.elapsed().as_secs_f64() * 1e6 / POINTS as f64
    }

    /// The pointer wanders over a picture at rest.
    fn hovered(&mut self) -> FrameCost {
        self.wander();
        self.pointed(Vec::new())
    }

    /// The wheel turns under a pointer that wanders: three times closer in 60 frames, and back.
    fn wheeled(&mut self) -> FrameCost {
        self.wander();
        let closer = (self.frames / 60).is_multiple_of(2);
        let turn = 4.03 * if closer { 1.0 } else { -1.0 };
        let wheel = egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, turn),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        };
        self.pointed(vec![wheel])
    }

    fn wander(&mut self) {
        let angle = self.frames as f32 / 90.0 * std::f32::consts::TAU;
        let at = egui::pos2(640.0 + 210.0 * angle.cos(), 380.0 + 160.0 * angle.sin());
        self.pointer = Some((at, false));
    }

    /// The node that matters most is dragged about, and let go every fifty frames.
    fn dragged(&mut self) -> FrameCost {
        let button = |pos: egui::Pos2, pressed: bool| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        let step = self.frames % 50;
        match self.pointer {
            Some((at, true)) if step == 0 => {
                self.pointer = Some((at, false));
                self.pointed(vec![button(at, false)])
            }
            Some((at, true)) => {
                let angle = step as f32 / 50.0 * std::f32::consts::TAU;
                let way = egui::vec2(angle.cos(), angle.sin()) * 14.0;
                self.pointer = Some((at + way, true));
                self.pointed(Vec::new())
            }
            _ => {
                let at = self.canvas.position_of(EntityId(0)).expect("is drawn");
                self.pointer = Some((at, true));
                self.pointed(vec![button(at, true)])
            }
        }
    }

    /// Once around a circle of half a view in 120 frames.
    fn panned(&mut self) -> FrameCost {
        let angle = self.frames as f32 / 120.0 * std::f32::consts::TAU;
        if let Some(camera) = &mut self.view().camera {
            let way = Vector::new(angle.cos(), angle.sin()) * (640.0 / 120.0 / camera.zoom);
            camera.center_in_world = camera.center_in_world + way;
        }
        self.frame()
    }

    /// Three times closer in 60 frames, and back.
    fn zoomed(&mut self) -> FrameCost {
        let closer = (self.frames / 60).is_multiple_of(2);
        let factor = 3.0_f32.powf(if closer { 1.0 / 60.0 } else { -1.0 / 60.0 });
        let (middle, size) = (Point::new(500.0, 300.0), Vector::new(1280.0, 800.0));
        if let Some(camera) = &mut self.view().camera {
            *camera = camera.zoomed_at(middle, size, factor);
        }
        self.frame()
    }
}

/// Threads that help a window: all but one.
fn pool() -> rayon::ThreadPool {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let threads = cores.saturating_sub(1).max(1);
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    builder.build().expect("the system gives threads")
}

/// The most memory that this process ever had, in MB.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: usize = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Nothing in particular was asked for on the command line, or this.
fn is_asked_for(name: &str) -> bool {
    let mut asked = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'));
    let first = asked.next();
    first.is_none_or(|word| word == name) || asked.any(|word| word == name)
}

/// All of the sizes, or the one that the variable `NODES` names.
fn sizes(all: &[usize]) -> Vec<usize> {
    let asked = std::env::var("NODES").ok();
    let asked = asked.and_then(|count| count.parse().ok());
    asked.map_or_else(|| all.to_vec(), |count| vec![count])
}

/// What moves, and how a frame of it is had.
type Movement = (&'static str, fn(&mut Bench) -> FrameCost);

/// Every frame of a movement counts, so beside the middle the slowest of a hundred is told.
fn spreads(_: &mut Criterion) {
    if !is_asked_for("spreads") {
        return;
    }
    for nodes in sizes(&[1_000, 5_000, 20_000, 100_000]) {
        let mut bench = Bench::new(nodes);
        let triangles = bench.frame().triangles;
        println!("{nodes} nodes, {triangles} triangles; ms of the processor, and by the clock:");
        let movements: [Movement; 6] = [
            ("still", Bench::frame),
            ("panning", Bench::panned),
            ("zooming", Bench::zoomed),
            ("hovering", Bench::hovered),
            ("wheeling", Bench::wheeled),
            ("dragging", Bench::dragged),
        ];
        for (name, frame) in movements {
            if name == "dragging" {
                bench.pointer = None;
            }
            let costs: Vec<FrameCost> = (0..300).map(|_| frame(&mut bench)).collect();
            print_spread(name, &costs);
            print_slowest(costs, 3);
        }
        println!("  picking   {:6.2} microseconds", bench.picking());
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

criterion_group!(benches, spreads, settling, stopping, paint);
criterion_main!(benches);
