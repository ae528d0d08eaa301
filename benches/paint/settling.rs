//! What a running layout costs the window: frames at sixty a second, with a layout of a real session
//! on all cores but one, beside the same frames of a picture at rest.

use super::cost::{FrameCost, frame_of, print_slowest, print_spread, spread_of, timed};
use super::{findings, graphs, is_asked_for, sizes};
use criterion::Criterion;
use redstring::model::{DocumentId, History, LayoutChoice, Patch};
use redstring::scene::Theme;
use redstring::session::{Command, Session};
use redstring::store;
use redstring::ui::{Canvas, fonts};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A running session with its layout on its own threads, and a canvas over it.
pub struct Settling {
    ctx: egui::Context,
    canvas: Canvas,
    pub session: Session,
    frames: u64,
    _folder: tempfile::TempDir,
}

impl Settling {
    pub fn new(nodes: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the project");
        let file = folder.path().join("settling.redstring");
        let mut project = graphs::scattered(nodes, 1);
        // What made-up evidence names.
        let document = |index: u32| {
            let document = findings::document(index, &"x".repeat(1_000));
            (DocumentId(index), Some(document))
        };
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
    pub fn frame(&mut self) -> FrameCost {
        self.frames += 1;
        let (_, clock, taking_in) = timed(|| self.session.poll());
        let (canvas, session) = (&mut self.canvas, &self.session);
        let cost = frame_of(&self.ctx, self.frames, Vec::new(), |ui| {
            canvas.show(ui, session, Theme::light(), &mut Vec::new());
        });
        FrameCost {
            processor: cost.processor + taking_in,
            clock: cost.clock + clock,
            taking_in,
            is_arranging: session.is_arranging(),
            ..cost
        }
    }

    /// 300 frames, sixty a second, while nothing moves.
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

/// Does something, and waits for the next sixtieth of a second.
pub fn paced<T>(act: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = act();
    std::thread::sleep(Duration::from_micros(16_667).saturating_sub(start.elapsed()));
    done
}

pub fn settling(_: &mut Criterion) {
    if !is_asked_for("settling") {
        return;
    }
    for nodes in sizes(&[5_000, 20_000, 100_000]) {
        let mut bench = Settling::new(nodes);
        let still = bench.still();
        let (moving, landings) = bench.settling();
        println!("{nodes} nodes while a layout runs; ms of the processor: middle, 99th of 100");
        print_spread("still", &still);
        print_spread("settling", &moving);
        let ratio = |of: fn(&FrameCost) -> Duration| {
            let [rest, moved] = [&still, &moving].map(|costs| spread_of(costs.iter().map(of)));
            [moved[0] / rest[0], moved[1] / rest[1]]
        };
        let [middle, slow] = ratio(|cost| cost.processor);
        let [clock_middle, clock_slow] = ratio(|cost| cost.clock);
        println!(
            "  ratio     {middle:6.2} {slow:6.2}   by the clock {clock_middle:6.2} {clock_slow:6.2}"
        );
        println!("  came to rest {landings} times; the slowest frames:");
        print_slowest(moving, 6);
        println!("  the slowest at rest:");
        print_slowest(still, 2);
    }
}
