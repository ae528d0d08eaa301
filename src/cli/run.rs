//! From arguments to an exit code.

use super::arguments::{Arguments, Task};
use clap::Parser;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `main` is to do after the arguments were read and carried out.
#[derive(Debug)]
pub enum Outcome {
    /// End with this code.
    Exit(ExitCode),
    /// Open the window on these paths; none means the last project or the welcome page.
    OpenWindow(Vec<PathBuf>),
}

/// Everything went well.
const DONE: u8 = 0;
/// Wrong usage.
const WRONG_USAGE: u8 = 2;

/// Reads the arguments (the program's name first) and carries out all but the window.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() {
                WRONG_USAGE
            } else {
                DONE
            };
            // A closed pipe is no failure.
            let _ = error.print();
            return Outcome::Exit(ExitCode::from(code));
        }
    };
    if let Some(sentence) = arguments.task.as_ref().and_then(Task::refusal) {
        let _ = writeln!(std::io::stderr(), "{sentence}");
        return Outcome::Exit(ExitCode::from(WRONG_USAGE));
    }
    match arguments.task {
        None => Outcome::OpenWindow(Vec::new()),
        Some(Task::Open { paths }) => Outcome::OpenWindow(paths),
        Some(_) => Outcome::Exit(ExitCode::from(DONE)),
    }
}
