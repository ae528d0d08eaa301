//! The file as a whole: told by its content, replaced in one go, and clear words when it is broken.

use super::schema::{APPLICATION_ID, FORMAT_VERSION};
use super::write::{Content, write};
use super::{Stored, Summary, read};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{History, Project};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How every SQLite database begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What a file looked like when it was last read or written, to notice changes by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of the file at `path`; `None` if there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let about = std::fs::metadata(path).ok()?;
        Some(Self {
            length: about.len(),
            modified: about.modified().ok(),
        })
    }

    /// The file was written after `instant`, or nobody knows.
    pub fn is_later_than(&self, instant: Option<jiff::Timestamp>) -> bool {
        match (self.modified, instant) {
            (Some(modified), Some(instant)) => modified > SystemTime::from(instant),
            _ => true,
        }
    }
}

/// The file is a database, which among the files that Redstring opens only projects are.
pub fn is_project(path: &Path) -> bool {
    let mut start = [0; 16];
    path.is_file()
        && File::open(path)
            .and_then(|mut file| file.read_exact(&mut start))
            .is_ok()
        && start == *MAGIC
}

/// Writes a project with its history to `path`, replacing what is there.
///
/// It is written whole to a temporary file in the same folder, forced to the disk and then renamed:
/// whatever happens in between, `path` holds the old state or the new one. `origin` is kept with work
/// that is put aside by autosave. Gives the stamp of the new file.
///
/// # Errors
/// When the folder does not exist or cannot be written, the file is read-only, or the disk is full.
/// What was at `path` is then as before.
pub fn save(
    path: &Path,
    project: &Project,
    history: &History,
    origin: Option<&Path>,
) -> Result<Option<Stamp>> {
    const DOING: &str = "saving the project";
    // A link stays a link: what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let io = |error: std::io::Error| Error::io(DOING, error).at(path);
    let before = std::fs::metadata(&target).ok();
    if before.as_ref().is_some_and(|about| !about.is_file()) {
        let message = "saving the project failed: there is something of that name that is no file";
        return Err(Error::new(ErrorKind::Io, message).at(path));
    }
    if before
        .as_ref()
        .is_some_and(|about| about.permissions().readonly())
    {
        let message =
            "saving the project failed: the file is read-only; save it under another name";
        return Err(Error::new(ErrorKind::Io, message).at(path));
    }
    let folder = folder_of(&target);
    let temporary = temporary_in(&folder).map_err(io)?;
    // A project that nobody worked on, as the command line makes it, is the same bytes each time.
    let saved_at = if history.done().is_empty() && history.undone().is_empty() {
        String::new()
    } else {
        jiff::Timestamp::now().to_string()
    };
    let content = Content {
        project,
        history,
        origin,
        saved_at: &saved_at,
    };
    write(temporary.path(), &content).map_err(|cause| write_error(cause).at(path))?;
    if let Some(before) = before {
        // Without the right to pass permissions on the file is still saved.
        let _ = std::fs::set_permissions(temporary.path(), before.permissions());
    }
    temporary.as_file().sync_all().map_err(io)?;
    temporary
        .persist(&target)
        .map_err(|error| io(error.error))?;
    sync_folder(&folder);
    Ok(Stamp::of(path))
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn temporary_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".redstring-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the user's mask takes away what it should.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Makes the renaming itself last through a power cut, where the system offers that.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

fn write_error(cause: Box<dyn std::error::Error + Send + Sync>) -> Error {
    let full = cause
        .downcast_ref::<rusqlite::Error>()
        .and_then(rusqlite::Error::sqlite_error_code)
        == Some(rusqlite::ErrorCode::DiskFull);
    let reason = if full {
        "the disk is full".to_owned()
    } else {
        cause.to_string()
    };
    Error::new(
        ErrorKind::Io,
        format!("saving the project failed: {reason}"),
    )
}

/// Reads the project file at `path`.
///
/// # Errors
/// [`ErrorKind::Missing`] or [`ErrorKind::Io`] when it cannot be read, [`ErrorKind::Newer`] when a later
/// version of Redstring wrote it, [`ErrorKind::Format`] when it is no project file or is damaged.
pub fn load(path: &Path) -> Result<Stored> {
    check_header(path)?;
    read::read(path).map_err(|cause| damaged(&*cause).at(path))
}

/// What the project file at `path` is about. Quick: the file is not checked.
///
/// # Errors
/// As [`load`], as far as a glance can tell.
pub fn summary(path: &Path) -> Result<Summary> {
    check_header(path)?;
    read::summary(path).map_err(|cause| damaged(&*cause).at(path))
}

fn damaged(cause: &dyn std::fmt::Display) -> Error {
    let message = format!(
        "the project file is damaged and cannot be opened ({cause}); \
         open an earlier copy of it, or read the documents again"
    );
    Error::new(ErrorKind::Format, message)
}

/// What the first hundred bytes of a database tell, before SQLite looks at the rest.
fn check_header(path: &Path) -> Result<()> {
    let io = |error: std::io::Error| Error::io("opening the project", error).at(path);
    let mut file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    let mut header = Vec::new();
    file.by_ref()
        .take(100)
        .read_to_end(&mut header)
        .map_err(io)?;
    let format = |message: &str| Err(Error::new(ErrorKind::Format, message).at(path));
    if !header.starts_with(MAGIC) {
        return format("this is not a Redstring project");
    }
    let word = |at: usize| {
        header.get(at..at + 4).map(|bytes| {
            bytes
                .iter()
                .fold(0u32, |sum, &byte| sum << 8 | u32::from(byte))
        })
    };
    let (Some(version), Some(application), Some(pages)) = (word(60), word(68), word(28)) else {
        return format("the project file is cut off; open an earlier copy of it");
    };
    if application != APPLICATION_ID {
        return format("this is a database, but not a Redstring project");
    }
    if version > FORMAT_VERSION {
        let message = "a newer version of Redstring made this project; update Redstring to open it";
        return Err(Error::new(ErrorKind::Newer, message).at(path));
    }
    let page_size = match u64::from(header[16]) << 8 | u64::from(header[17]) {
        1 => 65_536,
        size => size,
    };
    if u64::from(pages) * page_size > length {
        return format("the project file is cut off; open an earlier copy of it");
    }
    Ok(())
}
