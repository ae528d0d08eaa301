//! From arguments to an exit code.

use super::arguments::{Arguments, Task};
use super::console::{Console, Written, to_stdout};
use super::{arrange, extract, interrupt};
use crate::error::{Error, ErrorKind, Result};
use clap::Parser;
use std::ffi::OsString;
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

/// How a task ended that could be carried out, at least in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// All of it.
    Done,
    /// Something failed; it was named on standard error.
    Partly,
}

impl Ending {
    /// All was `sound`, or the reader of the result went away.
    pub(super) fn of(sound: bool, written: &Written) -> Self {
        if sound || matches!(written, Written::PipeClosed) {
            Self::Done
        } else {
            Self::Partly
        }
    }
}

/// Everything went well.
const DONE: u8 = 0;
/// Something failed.
const FAILED: u8 = 1;
/// Wrong usage.
const WRONG_USAGE: u8 = 2;
/// Licenses of everything that the program is made of; made by `tools/licenses.py`.
const LICENSES: &str = include_str!("../../assets/licenses.txt");

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
    let console = Console {
        quiet: arguments.quiet,
    };
    if let Some(sentence) = arguments.task.as_ref().and_then(Task::refusal) {
        console.fail(&sentence);
        return Outcome::Exit(ExitCode::from(WRONG_USAGE));
    }
    if arguments.licenses {
        return Outcome::Exit(exit_code(print_licenses(), console));
    }
    let result = match &arguments.task {
        None => return Outcome::OpenWindow(Vec::new()),
        Some(Task::Open { paths }) => return Outcome::OpenWindow(paths.clone()),
        Some(Task::Extract(task)) => {
            interrupt::watch();
            extract::extract(&arguments, task, console)
        }
        Some(Task::Export(task)) => {
            interrupt::watch();
            super::export::export(&arguments, task, console)
        }
        Some(Task::Layout(task)) => {
            interrupt::watch();
            arrange::layout(&arguments, task, console)
        }
    };
    Outcome::Exit(exit_code(result, console))
}

fn print_licenses() -> Result<Ending> {
    to_stdout(|out| {
        out.write_all(LICENSES.as_bytes())
            .map_err(|cause| Error::io("writing to standard output", cause))
    })?;
    Ok(Ending::Done)
}

fn exit_code(result: Result<Ending>, console: Console) -> ExitCode {
    ExitCode::from(match result {
        _ if interrupt::requested() => {
            console.say("Interrupted");
            interrupt::INTERRUPTED
        }
        Ok(Ending::Done) => DONE,
        Ok(Ending::Partly) => FAILED,
        Err(error) => {
            console.fail(&error.to_string());
            match error.kind {
                ErrorKind::Usage => WRONG_USAGE,
                ErrorKind::Cancelled => interrupt::INTERRUPTED,
                _ => FAILED,
            }
        }
    })
}
