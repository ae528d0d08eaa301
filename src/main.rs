//! Chooses between the command line and the window.

use redstring::cli::{self, Outcome};
use redstring::ui::{self, WindowOptions};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Outcome::Exit(code) => code,
        Outcome::OpenWindow(paths) => open_window(paths),
    }
}

fn open_window(paths: Vec<std::path::PathBuf>) -> ExitCode {
    let options = WindowOptions {
        paths,
        ..WindowOptions::default()
    };
    match ui::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
