//! How long a running layout goes on after it was told to stop.

use super::settling::{Settling, paced};
use super::{is_asked_for, sizes};
use criterion::Criterion;
use redstring::model::LayoutChoice;
use redstring::session::Command;
use std::time::{Duration, Instant};

pub fn stopping(_: &mut Criterion) {
    /// Moments at which it is stopped, in frames: among them the first, before anything is seen.
    const AFTER: [usize; 12] = [0, 1, 3, 6, 10, 16, 24, 40, 60, 80, 110, 150];
    if !is_asked_for("stopping") {
        return;
    }
    for nodes in sizes(&[20_000, 100_000]) {
        let mut bench = Settling::new(nodes);
        println!("{nodes} nodes; a layout stopped after so many frames: ms until it has ended");
        for choice in [LayoutChoice::Force, LayoutChoice::Circular] {
            let mut longest = Duration::ZERO;
            for frames in AFTER {
                bench.session.run(Command::StartLayout(choice));
                for _ in 0..frames {
                    paced(|| bench.frame());
                }
                let start = Instant::now();
                bench.session.run(Command::StopLayout);
                while bench.session.is_arranging() || !bench.session.jobs().is_empty() {
                    paced(|| bench.frame());
                }
                longest = longest.max(start.elapsed());
                print!(" {frames}: {}", start.elapsed().as_millis());
            }
            println!("; {choice:?} at most {}", longest.as_millis());
        }
    }
}
