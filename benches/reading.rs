//! How long a session needs from its opening to the first entities of the sample and to all of them,
//! and for a folder as the window reads it (all cores but one, with a growing preview).
//!
//!     cargo bench --bench reading [-- FOLDER]

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

use redstring::session::{Command, Session};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// The pause between two frames of a window.
const FRAME: Duration = Duration::from_millis(16);

/// Carries out `command` in a fresh session; the seconds to the first entities and to the end, and how
/// often the shown project changed.
fn measure(command: Command) -> (f64, f64, usize, Session) {
    let settings = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let mut session = Session::new(Some(settings.path().to_owned()), Arc::new(|| {}));
    session.run(command);
    let (mut first, mut changes, mut revision) = (None, 0, session.revision());
    loop {
        session.poll();
        if first.is_none() && session.project().entities().next().is_some() {
            first = Some(start.elapsed());
        }
        if session.revision() != revision {
            (changes, revision) = (changes + 1, session.revision());
        }
        if !session.is_reading() {
            break;
        }
        thread::sleep(FRAME);
    }
    let whole = start.elapsed().as_secs_f64();
    (
        first.map_or(whole, |first| first.as_secs_f64()),
        whole,
        changes,
        session,
    )
}

fn print(name: &str, command: Command) {
    let (first, whole, changes, session) = measure(command);
    let project = session.project();
    println!(
        "{name}: first entities after {first:.2} s, {} files with {} entities read after {whole:.2} s, \
         the picture changed {changes} times",
        project.documents().count(),
        project.entities().count(),
    );
}

fn main() {
    print("sample, recognizer started", Command::OpenSample);
    print("sample again", Command::OpenSample);
    let folder = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    if let Some(folder) = folder {
        print(
            &folder.clone(),
            Command::OpenPaths(vec![PathBuf::from(folder)]),
        );
    }
}
