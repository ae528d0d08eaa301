//! Which files the user's paths mean: folders read through, sorted by name, each file once.

use super::decode::{SNIFFED_BYTES, binary_reason};
use super::formats::{Packed, READ_EXTENSIONS};
use super::read::{MAX_TEXT_BYTES, is_project_start};
use crate::error::{Error, Warnings};
use crate::model::{FileOutcome, FileRecord};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One file to be read, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// The user named it, rather than a folder that holds it.
    pub named: bool,
}

/// What a walk through the user's paths found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Files to read, folders read through and sorted by name; the same path once.
    pub files: Vec<FoundFile>,
    /// Files left out on purpose (hidden, binary, unsupported, empty), and paths that are missing or
    /// that cannot be read (failed).
    pub left_out: Vec<FileRecord>,
    /// Warnings to show for `left_out`, one for each, and for folders that hold nothing.
    pub warnings: Warnings,
}

/// Finds the files that `paths` name.
///
/// Within a folder, hidden files and folders, binary files and formats that Redstring does not read
/// are skipped. A file that the user names is skipped never: what is wrong with it is a failure.
/// Links are followed, but not in circles; a file that two paths reach is read once.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut walk = Walk::default();
    for path in paths {
        match std::fs::metadata(path) {
            Err(cause) => walk.fail(path, Error::io("opening", cause).message),
            Ok(data) if data.is_dir() => walk.folder(path),
            Ok(_) => walk.named_file(path),
        }
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Found,
    seen: HashSet<PathBuf>,
}

impl Walk {
    fn fail(&mut self, path: &Path, reason: String) {
        self.leave_out(path, reason.clone(), FileOutcome::Failed { reason });
    }

    fn skip(&mut self, path: &Path, reason: String) {
        let message = format!("skipped: {reason}");
        self.leave_out(path, message, FileOutcome::Skipped { reason });
    }

    fn leave_out(&mut self, path: &Path, message: String, outcome: FileOutcome) {
        let path = path.to_string_lossy().into_owned();
        self.found.warnings.push(path.clone(), message);
        self.found.left_out.push(FileRecord { path, outcome });
    }

    fn is_new(&mut self, path: &Path) -> bool {
        let identity = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.seen.insert(identity)
    }

    fn add(&mut self, path: &Path, named: bool) {
        self.found.files.push(FoundFile {
            path: path.to_owned(),
            named,
        });
    }

    fn named_file(&mut self, path: &Path) {
        if !self.is_new(path) {
            return;
        }
        if is_named_pipe(path) {
            let reason = "a named pipe, which may never end; give its text on standard input";
            self.fail(path, reason.to_owned());
        } else if starts_as_project(path) {
            let reason = "a Redstring project is read by itself, without documents beside it";
            self.fail(path, reason.to_owned());
        } else if path.extension().is_some_and(|e| e == "redstring") {
            let reason = "this is not a Redstring project, though it is called one";
            self.fail(path, reason.to_owned());
        } else if let Some(reason) = unsupported_reason(path) {
            self.fail(path, reason);
        } else {
            self.add(path, true);
        }
    }

    fn folder(&mut self, folder: &Path) {
        let before = self.found.files.len() + self.found.left_out.len();
        let mut entries = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Err(cause) => self.walk_error(folder, &cause),
                Ok(entry) if entry.depth() > 0 && is_hidden(entry.file_name()) => {
                    let is_folder = entry.file_type().is_dir();
                    let what = if is_folder {
                        "hidden folder"
                    } else {
                        "hidden file"
                    };
                    self.skip(entry.path(), what.to_owned());
                    if is_folder {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.file_in_folder(&entry),
            }
        }
        if self.found.files.len() + self.found.left_out.len() == before {
            let path = folder.to_string_lossy().into_owned();
            self.found.warnings.push(
                path,
                "this folder holds no documents that were not read already",
            );
        }
    }

    fn walk_error(&mut self, folder: &Path, cause: &walkdir::Error) {
        let path = cause.path().unwrap_or(folder).to_owned();
        if cause.loop_ancestor().is_some() {
            self.skip(&path, "a link to a folder that holds it".to_owned());
        } else {
            let reason = match cause.io_error().map(std::io::Error::kind) {
                Some(std::io::ErrorKind::PermissionDenied) => "no permission to read it".to_owned(),
                Some(std::io::ErrorKind::NotFound) => "a link that leads nowhere".to_owned(),
                _ => cause.to_string(),
            };
            self.fail(&path, reason);
        }
    }

    fn file_in_folder(&mut self, entry: &DirEntry) {
        let path = entry.path();
        if !entry.file_type().is_file() {
            self.skip(path, "neither a file nor a folder".to_owned());
            return;
        }
        if !self.is_new(path) {
            return;
        }
        if let Some(reason) = unsupported_reason(path) {
            self.skip(path, reason);
            return;
        }
        match start_of(path) {
            Err(cause) => self.fail(path, Error::io("reading", cause).message),
            Ok(start) if is_project_start(&start) => {
                self.skip(path, "a Redstring project; open it by itself".to_owned());
            }
            Ok(start) if start.is_empty() => self.skip(path, "an empty file".to_owned()),
            // An office file is no text, and read all the same.
            Ok(_) if Packed::of(path).is_some_and(|format| !format.is_text()) => {
                self.add(path, false);
            }
            Ok(start) => match binary_reason(&start) {
                Some(what) => self.skip(path, what.to_owned()),
                None => self.add(path, false),
            },
        }
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

/// Why a file of this name is not read, in a few words; `None` if it is.
fn unsupported_reason(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    (!READ_EXTENSIONS.contains(&extension.as_str())).then(|| {
        format!(
            "Redstring does not read .{extension} files; it reads .txt, .md, .html, .docx, .odt and .eml files"
        )
    })
}

/// The path is a pipe in a folder: opening it waits for somebody who may never come. Pipes that a
/// shell hands over are in no folder, and are read like files.
fn is_named_pipe(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let is_pipe = |about: std::fs::Metadata| about.file_type().is_fifo();
        std::fs::metadata(path).is_ok_and(is_pipe) && std::fs::canonicalize(path).is_ok()
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

fn starts_as_project(path: &Path) -> bool {
    // What is read from a pipe to look at it would be gone.
    path.is_file() && start_of(path).is_ok_and(|start| is_project_start(&start))
}

fn start_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    let limit = SNIFFED_BYTES.min(MAX_TEXT_BYTES) as u64;
    std::fs::File::open(path)?
        .take(limit)
        .read_to_end(&mut start)?;
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn names(found: &Found, folder: &Path) -> Vec<String> {
        found
            .files
            .iter()
            .map(|file| {
                let path = file.path.strip_prefix(folder).unwrap();
                path.to_string_lossy().replace('\\', "/")
            })
            .collect()
    }

    #[test]
    fn folders_are_sorted_and_everything_is_counted() {
        let folder = folder(&[
            ("b.txt", b"b"),
            ("a/c.md", b"c"),
            ("a.xls", b"\xD0\xCF"),
            (".git/config", b"x"),
            (".hidden.txt", b"x"),
            ("picture.txt", b"\x89PNG\0\0"),
            ("README", b"plain"),
            ("void.txt", b""),
        ]);
        let found = find(&[folder.path().to_owned()]);
        assert_eq!(names(&found, folder.path()), ["README", "a/c.md", "b.txt"]);
        assert_eq!(found.left_out.len(), 5);
        assert_eq!(found.warnings.0.len(), 5);
        let all_skipped = found
            .left_out
            .iter()
            .all(|record| matches!(record.outcome, FileOutcome::Skipped { .. }));
        assert!(all_skipped);
    }

    #[test]
    fn a_path_given_twice_is_read_once() {
        let folder = folder(&[("a.txt", b"a")]);
        let file = folder.path().join("a.txt");
        let dotted = folder.path().join(".").join("a.txt");
        let found = find(&[file.clone(), folder.path().to_owned(), dotted, file]);
        assert_eq!(names(&found, folder.path()), ["a.txt"]);
        assert!(found.files[0].named);
    }

    #[test]
    fn named_files_fail_where_found_ones_are_skipped() {
        let folder = folder(&[("a.xlsx", b"PK\x03\x04"), ("case", b"SQLite format 3\0")]);
        let missing = folder.path().join("missing.txt");
        let named = [
            folder.path().join("a.xlsx"),
            missing,
            folder.path().join("case"),
        ];
        let found = find(&named);
        assert_eq!(names(&found, folder.path()), [""; 0]);
        let all_failed = found
            .left_out
            .iter()
            .all(|record| matches!(record.outcome, FileOutcome::Failed { .. }));
        assert!(all_failed && found.left_out.len() == 3);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_circles_end() {
        let folder = folder(&[("deep/a.txt", b"a")]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("deep/up")).unwrap();
        let found = find(&[folder.path().to_owned()]);
        assert_eq!(names(&found, folder.path()), ["deep/a.txt"]);
        assert_eq!(found.left_out.len(), 1);
    }
}
