//! What the paths of the command line name, and what became of it.

use super::arguments::{Arguments, Lists};
use super::console::Console;
use super::interrupt;
use crate::error::{Error, Result, Warnings};
use crate::session::{
    FileOutcome, FileRecord, MAX_TEXT_BYTES, ReadOptions, ReadSource, read_lists,
};
use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The name of standard input among paths, and of its documents.
const STDIN: &str = "-";

/// The sources that `paths` name; standard input is read here, once.
///
/// # Errors
/// When standard input cannot be read.
pub(super) fn sources(paths: &[PathBuf]) -> Result<Vec<ReadSource>> {
    let mut stdin_read = false;
    let mut sources = Vec::with_capacity(paths.len());
    for path in paths {
        if path != Path::new(STDIN) {
            sources.push(ReadSource::Path(path.clone()));
        } else if !std::mem::replace(&mut stdin_read, true) {
            sources.push(ReadSource::Bytes(STDIN.to_owned(), Cow::Owned(stdin()?)));
        }
    }
    Ok(sources)
}

/// Standard input, up to one byte more than a text may have: reading then refuses it by its size.
fn stdin() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_TEXT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| Error::io("reading", cause).at(STDIN))?;
    Ok(bytes)
}

/// How to read, by the options that all commands have.
pub(super) fn read_options(arguments: &Arguments) -> ReadOptions {
    ReadOptions {
        threads: arguments.threads.map(usize::from),
        cancel: interrupt::flag(),
        ..ReadOptions::default()
    }
}

/// Takes the user's own lists into the options, and tells what is wrong with their lines; gives that
/// once more as warnings.
///
/// # Errors
/// When a list cannot be used.
pub(super) fn take_lists(
    lists: &Lists,
    options: &mut ReadOptions,
    console: Console,
) -> Result<Warnings> {
    let (read, warnings) = read_lists(&lists.lexicon)?;
    for warning in &warnings.0 {
        console.say(&format!("{}: {}", warning.path, warning.message));
    }
    options.lists = read;
    Ok(warnings)
}

/// Names what failed and what was left out on standard error; gives whether all went well.
pub(super) fn report_files(files: &[FileRecord], console: Console) -> bool {
    let (mut read, mut failed) = (0, 0);
    for file in files {
        match &file.outcome {
            FileOutcome::Read { .. } => read += 1,
            FileOutcome::Skipped { reason } => {
                console.say(&format!("{}: skipped, {reason}", file.path));
            }
            FileOutcome::Failed { reason } => {
                failed += 1;
                console.fail(&format!("{}: {reason}", file.path));
            }
        }
    }
    if read == 0 && failed == 0 {
        console.fail("There was nothing to read: no file of a format that is read was found.");
    }
    if failed > 0 {
        console.say(&format!(
            "{failed} of {} could not be read",
            super::progress::files(files.len())
        ));
    }
    read > 0 && failed == 0
}
