//! Arguments in; exit codes, files and text on standard output out, with progress on standard error.
//!
//! Knows the words of the command line and nothing of how a graph is found or drawn: all work is
//! done by `session`.

mod arguments;
mod arrange;
mod console;
mod export;
mod extract;
mod interrupt;
mod progress;
mod run;
mod sources;

pub use arguments::{
    Arguments, DataFormat, Export, Extract, Layout, Paper, PictureLayout, RelationOption, Task,
    Theme,
};
pub use run::{Outcome, run};
