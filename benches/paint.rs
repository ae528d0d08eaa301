//! What a frame of the canvas costs on the processor, without a window: one frame of egui, built and cut
//! into triangles. N nodes and 3N lines, labels included, in a window of 1280 by 800 points.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

#[allow(dead_code)]
#[path = "../tests/support/graphs.rs"]
mod graphs;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use redstring::geometry::{Point, Vector};
use redstring::model::{
    Document, DocumentId, EntityId, Filters, History, LayoutChoice, LeftOut, Patch, Placement,
    Project, Visible,
};
use redstring::scene::Theme;
use redstring::session::{Command, SelectMode, Session};
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
    revision: u64,
    frames: u64,
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
            project,
            ctx,
            canvas: Canvas::default(),
            revision: 1,
            frames: 0,
            pointer: None,
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
            revision: self.revision,
            content_revision: 1,
            saved: &self.project.view,
            theme: Theme::light(),
            can_edit: true,
            legend_open: None,
            pool: None,
        };
        let canvas = &mut self.canvas;
        let shown = |ui: &mut egui::Ui| canvas.show_view(ui, &view, &mut Vec::new());
        triangles_of_frame(&self.ctx, self.frames, Vec::new(), shown)
    }

    /// One frame with the pointer over the picture: it moves a little in each, and perhaps turns its
    /// wheel or drags. What it makes of that is carried out.
    fn pointed(&mut self, mut events: Vec<egui::Event>) -> usize {
        self.frames += 1;
        if let Some((at, _)) = self.pointer {
            events.insert(0, egui::Event::PointerMoved(at));
        }
        let mut commands = Vec::new();
        let view = CanvasView {
            project: &self.project,
            visible: &self.visible,
            live: None,
            revision: self.revision,
            content_revision: 1,
            saved: &self.project.view,
            theme: Theme::light(),
            can_edit: true,
            legend_open: None,
            pool: None,
        };
        let canvas = &mut self.canvas;
        let shown = |ui: &mut egui::Ui| canvas.show_view(ui, &view, &mut commands);
        let triangles = triangles_of_frame(&self.ctx, self.frames, events, shown);
        for command in commands {
            match command {
                Command::SetCamera(camera) => self.project.view.camera = Some(camera),
                Command::Select(ids, SelectMode::Replace) => {
                    self.project.view.selection = ids.into_iter().collect();
                }
                Command::SelectNone => self.project.view.selection.clear(),
                Command::Move(moves) => self.put(&moves),
                _ => {}
            }
        }
        triangles
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
        self.project.apply(patch);
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
    fn hovered(&mut self) -> usize {
        self.wander();
        self.pointed(Vec::new())
    }

    /// The wheel turns under a pointer that wanders: three times closer in 60 frames, and back.
    fn wheeled(&mut self) -> usize {
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
    fn dragged(&mut self) -> usize {
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
fn triangles_of_frame(
    ctx: &egui::Context,
    frame: u64,
    events: Vec<egui::Event>,
    show: impl FnMut(&mut egui::Ui),
) -> usize {
    let size = egui::vec2(1280.0, 800.0);
    let input = egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
        time: Some(frame as f64 / 60.0),
        events,
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
        signature: Default::default(),
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
        // With motion, since without it a running layout shows nothing but its end.
        let ctx = egui::Context::default();
        fonts::install(&ctx);
        Self {
            ctx,
            canvas: Canvas::default(),
            session,
            frames: 0,
            _folder: folder,
        }
    }

    /// What the session takes in, a frame of the canvas, and its triangles.
    fn frame(&mut self) -> FrameCost {
        self.frames += 1;
        let start = Instant::now();
        self.session.poll();
        let taking_in = start.elapsed();
        let (canvas, session) = (&mut self.canvas, &self.session);
        let mut showing = Duration::ZERO;
        let cutting = timed(|| {
            triangles_of_frame(&self.ctx, self.frames, Vec::new(), |ui| {
                showing += timed(|| {
                    canvas.show(ui, session, Theme::light(), &mut Vec::new());
                    0
                });
            })
        });
        FrameCost {
            whole: start.elapsed(),
            taking_in,
            showing,
            cutting: cutting.saturating_sub(showing),
            is_arranging: session.is_arranging(),
            since_end: 0,
        }
    }

    /// Times of 300 frames, sixty a second, while nothing moves.
    fn still(&mut self) -> Vec<FrameCost> {
        for _ in 0..10 {
            self.frame();
        }
        (0..300).map(|_| paced(|| self.frame())).collect()
    }

    /// The same while a layout runs, begun again half a second after it has settled: what is drawn
    /// anew after the end counts too, and so does what the session takes in.
    fn settling(&mut self) -> (Vec<FrameCost>, usize) {
        const REST: usize = 30;
        let (mut costs, mut landings, mut since_end) = (Vec::new(), 0, REST);
        while costs.len() < 300 {
            if self.session.is_arranging() {
                since_end = 0;
            } else if since_end >= REST {
                self.session.run(Command::StartLayout(LayoutChoice::Force));
                landings += usize::from(!costs.is_empty());
            } else {
                since_end += 1;
            }
            let cost = paced(|| self.frame());
            costs.push(FrameCost { since_end, ..cost });
        }
        self.session.run(Command::StopLayout);
        (costs, landings)
    }
}

/// How long a frame took, and what for.
#[derive(Clone, Copy)]
struct FrameCost {
    whole: Duration,
    /// The session's part.
    taking_in: Duration,
    /// The canvas's part.
    showing: Duration,
    /// The toolkit's part: text and triangles.
    cutting: Duration,
    is_arranging: bool,
    /// Frames since the layout came to rest.
    since_end: usize,
}

impl FrameCost {
    fn print(&self) {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        println!(
            "    {:5.2}: session {:.2}, canvas {:.2}, triangles {:.2}, {} frames after the end{}",
            ms(self.whole),
            ms(self.taking_in),
            ms(self.showing),
            ms(self.cutting),
            self.since_end,
            if self.is_arranging {
                ", a layout runs"
            } else {
                ""
            },
        );
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
        let whole = |costs: &[FrameCost]| spread_of(costs.iter().map(|cost| cost.whole).collect());
        let still = whole(&bench.still());
        let (mut costs, landings) = bench.settling();
        let moving = whole(&costs);
        costs.sort_by_key(|cost| std::cmp::Reverse(cost.whole));
        println!("{nodes} nodes while a layout runs; ms: middle, 99th of 100");
        for (name, [middle, slow]) in [("still", still), ("settling", moving)] {
            println!("  {name:9} {middle:6.2} {slow:6.2}");
        }
        let [middle, slow] = [0, 1].map(|at| moving[at] / still[at]);
        println!(
            "  ratio     {middle:6.2} {slow:6.2}, of the 99th of 100 to the middle at rest {:.2}",
            moving[1] / still[0]
        );
        println!("  came to rest {landings} times; the slowest frames:");
        costs.iter().take(6).for_each(FrameCost::print);
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
        let hovering = spread(|| timed(|| bench.hovered()));
        let wheeling = spread(|| timed(|| bench.wheeled()));
        bench.pointer = None;
        let dragging = spread(|| timed(|| bench.dragged()));
        println!("{nodes} nodes, {triangles} triangles; ms: middle, 99th of 100");
        for (name, [middle, slow]) in [
            ("still", still),
            ("panning", panning),
            ("zooming", zooming),
            ("hovering", hovering),
            ("wheeling", wheeling),
            ("dragging", dragging),
        ] {
            println!("  {name:9} {middle:6.2} {slow:6.2}");
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

criterion_group!(benches, spreads, settling, paint);
criterion_main!(benches);
