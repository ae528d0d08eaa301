//! Chooses between the command line and the window.

use redstring::cli::{self, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Outcome::Exit(code) => code,
        Outcome::OpenWindow(_) => ExitCode::FAILURE,
    }
}
