//! How far a reading is, on standard error: a bar on a terminal, plain lines otherwise.

use super::console::Console;
use crate::session::{FileState, Progress};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};

/// Plain lines are at least so far apart.
const BETWEEN_LINES: Duration = Duration::from_secs(2);

/// Shows the progress of one reading.
pub(super) struct Meter {
    console: Console,
    bar: Option<ProgressBar>,
    last_line: Instant,
    failed: usize,
}

impl Meter {
    /// A meter that speaks to `console`.
    pub(super) fn new(console: Console) -> Self {
        let bar = console.has_bar().then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template(
                "Reading {bar:30} {pos} of {len}  {eta} left  {wide_msg}",
            ) {
                bar.set_style(style);
            }
            bar
        });
        Self {
            console,
            bar,
            last_line: Instant::now(),
            failed: 0,
        }
    }

    /// Takes in how far the reading is.
    pub(super) fn show(&mut self, progress: &Progress) {
        let failed = matches!(progress.last, Some((_, FileState::Failed(_))));
        self.failed += usize::from(failed);
        if let Some(bar) = &self.bar {
            bar.set_length(progress.total as u64);
            bar.set_position(progress.done as u64);
            if let Some((name, _)) = &progress.last {
                bar.set_message(name.clone());
            }
            return;
        }
        let is_first = progress.last.is_none();
        if is_first && progress.total > 0 {
            self.console
                .say(&format!("Reading {}", files(progress.total)));
        } else if !is_first && self.last_line.elapsed() >= BETWEEN_LINES {
            self.last_line = Instant::now();
            let line = format!("Read {} of {}", progress.done, files(progress.total));
            self.console.say(&line);
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// "1 file", "3 files".
pub(super) fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        _ => format!("{count} files"),
    }
}
