//! Files that are there as a whole or not at all: written beside, made durable, renamed.

use crate::error::{Error, ErrorKind, Result};
use std::fs::{File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes `path` with what `content` gives; a file that is there is replaced only when all is written.
///
/// Devices and pipes are written directly. A link keeps leading to the file that it leads to.
///
/// # Errors
/// When the folder is missing, the place or the file is write-protected, the disk is full, or
/// `content` fails; the error names `path`, and what was there before is still there.
pub fn replace_file(path: &Path, content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = match std::fs::metadata(&place) {
        Ok(data) if data.is_dir() => Err(Error::new(ErrorKind::Io, "this is a folder, not a file")),
        Ok(data) if data.is_file() && data.permissions().readonly() => {
            Err(Error::new(ErrorKind::Io, "the file is write-protected"))
        }
        Ok(data) if !data.is_file() => write_directly(&place, content),
        Ok(data) => write_beside(&place, Some(&data), content),
        Err(_) => write_beside(&place, None, content),
    };
    written.map_err(|error| {
        if error.path.is_some() {
            error
        } else {
            error.at(path)
        }
    })
}

/// The error of the system for a write that failed.
pub(super) fn saving_error(cause: io::Error) -> Error {
    Error::io("saving", cause)
}

fn write_directly(path: &Path, content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let file = File::options()
        .write(true)
        .open(path)
        .map_err(saving_error)?;
    let mut buffered = BufWriter::new(file);
    content(&mut buffered)?;
    buffered.flush().map_err(saving_error)
}

fn write_beside(
    path: &Path,
    before: Option<&Metadata>,
    content: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    if !folder.is_dir() {
        let message = format!("saving failed: there is no folder {}", folder.display());
        return Err(Error::new(ErrorKind::Missing, message));
    }
    let mut beside = builder().tempfile_in(&folder).map_err(saving_error)?;
    {
        let mut buffered = BufWriter::new(beside.as_file_mut());
        content(&mut buffered)?;
        buffered.flush().map_err(saving_error)?;
    }
    if let Some(before) = before {
        // Who may read the old file may read the new one; not every file system can say so.
        let _ = beside.as_file().set_permissions(before.permissions());
    }
    beside.as_file().sync_all().map_err(saving_error)?;
    beside
        .persist(path)
        .map_err(|failed| saving_error(failed.error))?;
    sync_folder(&folder);
    Ok(())
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".redstring-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the user's mask takes away what it should.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Makes the new name durable where folders can be opened; elsewhere the system does it.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(path: &Path, text: &str) -> Result<()> {
        replace_file(path, |out| {
            out.write_all(text.as_bytes()).map_err(saving_error)
        })
    }

    #[test]
    fn a_failure_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        put(&path, "old").unwrap();
        let failed = replace_file(&path, |out| {
            out.write_all(b"half").map_err(saving_error)?;
            Err(Error::new(ErrorKind::Cancelled, "stopped"))
        });
        assert_eq!(failed.unwrap_err().kind, ErrorKind::Cancelled);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        put(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn folders_and_missing_folders_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(put(folder.path(), "x").is_err());
        let error = put(&folder.path().join("no/a.json"), "x").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Missing);
        assert!(error.to_string().contains("a.json"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        put(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        put(&link, "new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
        put(Path::new("/dev/null"), "x").unwrap();
    }
}
