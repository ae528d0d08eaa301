//! What a frame of the canvas costs on the processor, without a window: one frame of egui, built and cut
//! into triangles. N nodes and 3N lines, labels included, in a window of 1280 by 800 points.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

#[allow(dead_code)]
#[path = "../tests/support/graphs.rs"]
mod graphs;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use redstring::geometry::{Point, Vector};
use redstring::model::{
    Document, DocumentId, Filters, History, LayoutChoice, LeftOut, Patch, Project, Visible,
};
use redstring::scene::Theme;
use redstring::session::{Command, Session};
use redstring::store;
use redstring::ui::{Canvas, CanvasView, fonts};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Bench {
    ctx: egui::Context,
    canvas: Canvas,
    project: Project,
    visible: Visible,
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
        let view = CanvasView {
            project: &self.project,
            visible: &self.visible,
            live: None,
            revision: 1,
            saved: &self.project.view,
            theme: Theme::light(),
            can_edit: true,
            legend_open: None,
            pool: None,
        };
        let canvas = &mut self.canvas;
        let shown = |ui: &mut egui::Ui| canvas.show_view(ui, &view, &mut Vec::new());
        triangles_of_frame(&self.ctx, self.frames, shown)
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
}

/// Builds a frame and cuts it into triangles; gives how many.
fn triangles_of_frame(ctx: &egui::Context, frame: u64, show: impl FnMut(&mut egui::Ui)) -> usize {
    let size = egui::vec2(1280.0, 800.0);
    let input = egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
        time: Some(frame as f64 / 60.0),
        ..Default::default()
    };
    let mut output = ctx.run_ui(input, show);
    output.textures_delta.clear();
    let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
    primitives
        .iter()
        .map(|clipped| match &clipped.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        })
        .sum()
}

/// The documents that made-up evidence names.
fn document(index: u32) -> (DocumentId, Option<Arc<Document>>) {
    let id = DocumentId(index);
    let document = Document {
        id,
        path: format!("{index}.txt"),
        file_hash: format!("{index:064x}"),
        range: None,
        title: None,
        date: None,
        source: None,
        author: None,
        language: None,
        text: "x".repeat(1_000),
        boilerplate: Vec::new(),
        sentences: 1,
        left_out: LeftOut::default(),
    };
    (id, Some(Arc::new(document)))
}

/// A running session with its layout on its own threads, and a canvas over it.
struct Settling {
    ctx: egui::Context,
    canvas: Canvas,
    session: Session,
    frames: u64,
    _folder: tempfile::TempDir,
}

impl Settling {
    fn new(nodes: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the project");
        let file = folder.path().join("settling.redstring");
        let mut project = graphs::scattered(nodes, 1);
        project.apply(Patch {
            documents: (0..5).map(document).collect(),
            ..Patch::default()
        });
        store::save(&file, &project, &History::default(), None).expect("is saved");
        let mut session = Session::new(Some(folder.path().join("settings")), Arc::new(|| {}));
        session.run(Command::OpenPaths(vec![file]));
        session.wait();
        session.poll();
        let ctx = egui::Context::default();
        fonts::install(&ctx);
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        Self {
            ctx,
            canvas: Canvas::default(),
            session,
            frames: 0,
            _folder: folder,
        }
    }

    fn frame(&mut self) -> usize {
        self.frames += 1;
        let (canvas, session) = (&mut self.canvas, &self.session);
        triangles_of_frame(&self.ctx, self.frames, |ui| {
            canvas.show(ui, session, Theme::light(), &mut Vec::new());
        })
    }

    /// Times of 300 frames, sixty a second, while nothing moves.
    fn still(&mut self) -> Vec<Duration> {
        self.frame();
        (0..300).map(|_| paced(|| timed(|| self.frame()))).collect()
    }

    /// The same while a layout runs; begun again whenever it has settled. The frames in which the
    /// window takes over where all has come to rest are told apart.
    fn settling(&mut self) -> (Vec<Duration>, Vec<Duration>) {
        let (mut moving, mut landing) = (Vec::new(), Vec::new());
        while moving.len() < 300 {
            if !self.session.is_arranging() {
                self.session.run(Command::StartLayout(LayoutChoice::Force));
            }
            let time = paced(|| {
                self.session.poll();
                timed(|| self.frame())
            });
            match (self.session.is_arranging(), self.session.live_positions()) {
                (true, Some(_)) => moving.push(time),
                (true, None) => {}
                (false, _) => landing.push(time),
            }
        }
        self.session.run(Command::StopLayout);
        (moving, landing)
    }
}

/// Does something, and waits for the next sixtieth of a second.
fn paced<T>(act: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = act();
    std::thread::sleep(Duration::from_micros(16_667).saturating_sub(start.elapsed()));
    done
}

/// The middle and the 99th percentile in milliseconds.
fn spread_of(mut times: Vec<Duration>) -> [f64; 2] {
    if times.is_empty() {
        return [0.0; 2];
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    [at(50), at(99)].map(|time| time.as_secs_f64() * 1000.0)
}

/// What a running layout costs the window: frames at sixty a second, with a layout of a real session
/// on all cores but one, beside the same frames of a picture at rest.
fn settling(_: &mut Criterion) {
    if !is_asked_for("settling") {
        return;
    }
    for nodes in [5_000, 20_000, 100_000] {
        let mut bench = Settling::new(nodes);
        let still = spread_of(bench.still());
        let (moving, landing) = bench.settling();
        let (moving, landing) = (spread_of(moving), spread_of(landing));
        println!("{nodes} nodes while a layout runs; ms: middle, 99th of 100");
        for (name, [middle, slow]) in [("still", still), ("settling", moving), ("landing", landing)]
        {
            println!("  {name:9} {middle:6.2} {slow:6.2}");
        }
        println!(
            "  ratio     {:6.2} {:6.2}",
            moving[0] / still[0],
            moving[1] / still[1]
        );
    }
}

/// The times of 300 frames: their middle and their 99th percentile.
fn spread(frame: impl FnMut() -> Duration) -> [f64; 2] {
    spread_of(std::iter::repeat_with(frame).take(300).collect())
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

/// Nothing in particular was asked for on the command line, or this.
fn is_asked_for(name: &str) -> bool {
    let mut asked = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'));
    let first = asked.next();
    first.is_none_or(|word| word == name) || asked.any(|word| word == name)
}

/// Every frame of a movement counts, so beside the middle the slowest of a hundred is told.
fn spreads(_: &mut Criterion) {
    if !is_asked_for("spreads") {
        return;
    }
    for nodes in [1_000, 5_000, 20_000, 100_000] {
        let mut bench = Bench::new(nodes);
        let triangles = bench.frame();
        let still = spread(|| timed(|| bench.frame()));
        let panning = spread(|| timed(|| bench.panned()));
        let zooming = spread(|| timed(|| bench.zoomed()));
        println!("{nodes} nodes, {triangles} triangles; ms: middle, 99th of 100");
        for (name, [middle, slow]) in [("still", still), ("panning", panning), ("zooming", zooming)]
        {
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

criterion_group!(benches, spreads, settling, paint);
criterion_main!(benches);
