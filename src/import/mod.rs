//! Bytes in, documents out: files, folders, standard input and pasted text of any encoding; and graph
//! files (CSV, GEXF, GraphML) for layouts.
//!
//! Knows formats and the marks that reports give of themselves (dates, bylines, credits); knows
//! nothing of entities.

use crate::error::{Result, Warnings};
use crate::model::{Document, FileRecord};
use std::path::PathBuf;

/// One file to be read, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// The user named it, rather than a folder that holds it: then a failure is an error, not a warning.
    pub named: bool,
}

/// What a walk through the user's paths found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Files to read, folders read through and sorted by name; the same path once.
    pub files: Vec<FoundFile>,
    /// Files left out on purpose (hidden, binary, unsupported), and paths that are missing (failed).
    pub left_out: Vec<FileRecord>,
    /// Warnings to show for `left_out`.
    pub warnings: Warnings,
}

/// Finds the files that `paths` name.
pub fn find(_paths: &[PathBuf]) -> Found {
    todo!()
}

/// Reads one file into its documents (ids all 0, to be given by the caller).
///
/// # Errors
/// When the file cannot be read, or is not text in any encoding.
pub fn read_file(_path: &std::path::Path) -> Result<Vec<Document>> {
    todo!()
}

/// Reads bytes that came from elsewhere (standard input, a paste, an embedded sample, a dropped file
/// without a path) under the name `path`.
///
/// # Errors
/// When the bytes are not text in any encoding.
pub fn read_bytes(_path: &str, _bytes: &[u8]) -> Result<Vec<Document>> {
    todo!()
}
