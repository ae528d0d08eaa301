//! Arguments in; exit codes, files and text on standard output out, with progress on standard error.
//!
//! Knows the words of the command line and nothing of how a graph is found or drawn: all work is
//! done by `session`.

mod arguments;
mod run;

pub use arguments::{Arguments, Task};
pub use run::{Outcome, run};
