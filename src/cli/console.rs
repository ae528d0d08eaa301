//! Standard output and standard error as the command line uses them.

use super::interrupt;
use crate::error::{Error, ErrorKind, Result, Warnings};
use std::io::{self, BufWriter, IsTerminal, Write};

/// What a task needs to speak to the user.
#[derive(Clone, Copy, Debug)]
pub(super) struct Console {
    /// Progress and warnings are left out; failures are not.
    pub quiet: bool,
}

impl Console {
    /// A line of progress.
    pub(super) fn say(self, line: &str) {
        if !self.quiet {
            self.fail(line);
        }
    }

    /// A failure: said always. A standard error that is closed is no reason to stop.
    pub(super) fn fail(self, line: &str) {
        let _ = writeln!(io::stderr(), "{line}");
    }

    /// What went wrong in part, one line each.
    pub(super) fn warn(self, warnings: &Warnings) {
        for warning in &warnings.0 {
            self.say(&format!("{}: {}", warning.path, warning.message));
        }
    }

    /// A bar can be drawn.
    pub(super) fn has_bar(self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

/// What became of writing to standard output.
pub(super) enum Written {
    /// All of it was.
    Fully,
    /// The reader went away, which is its right.
    PipeClosed,
}

/// Writes what `content` gives to standard output.
///
/// # Errors
/// What `content` fails with, but for a closed pipe.
pub(super) fn to_stdout(content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<Written> {
    let mut out = Guarded {
        inner: BufWriter::new(io::stdout().lock()),
        pipe_closed: false,
    };
    let result = content(&mut out).and_then(|()| {
        out.flush()
            .map_err(|cause| Error::io("writing to standard output", cause))
    });
    if out.pipe_closed {
        return Ok(Written::PipeClosed);
    }
    result.map(|()| Written::Fully)
}

/// Notes when the reader of a pipe has gone, and stops writing once the user interrupts.
pub(super) struct Guarded<W> {
    inner: W,
    pipe_closed: bool,
}

impl<W: Write> Guarded<W> {
    /// Guards `inner`.
    pub(super) fn new(inner: W) -> Self {
        Self {
            inner,
            pipe_closed: false,
        }
    }

    fn noted<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.pipe_closed |= error.kind() == io::ErrorKind::BrokenPipe;
        }
        result
    }
}

impl<W: Write> Write for Guarded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if interrupt::requested() {
            return Err(io::Error::other("interrupted"));
        }
        let result = self.inner.write(bytes);
        self.noted(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.inner.flush();
        self.noted(result)
    }
}

/// The error of a task that the user interrupted.
pub(super) fn interrupted() -> Error {
    Error::new(ErrorKind::Cancelled, "interrupted")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_noted() {
        let mut out = Guarded::new(Closed);
        assert!(out.write_all(b"x").is_err());
        assert!(out.pipe_closed);
    }
}
