//! One error type for the whole program, and the list of things that went wrong without stopping it.
//!
//! An error says what was being done, to which file, and why it failed; its `Display` is the one
//! clear sentence that a user reads.

use std::path::{Path, PathBuf};

/// What kind of failure it was; decides the exit code and the icon, never the wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A file or folder does not exist.
    Missing,
    /// It exists but cannot be read or written.
    Io,
    /// Its content is not what it should be.
    Format,
    /// It was made by a newer version of Redstring.
    Newer,
    /// The user asked for something that does not exist or is not built.
    Usage,
    /// The user stopped it.
    Cancelled,
    /// No display, no graphics driver.
    Display,
    /// An edit names something that is not there, or would break an invariant.
    Edit,
}

/// A failure, ready to be shown.
///
/// ```
/// use redstring::error::{Error, ErrorKind};
/// let error = Error::new(ErrorKind::Missing, "there is no file or folder of that name").at("a.txt");
/// assert_eq!(error.to_string(), "a.txt: there is no file or folder of that name");
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{}{message}", self.prefix())]
pub struct Error {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// What happened and what to do, in plain words, without the file's name.
    pub message: String,
    /// The file that it happened to.
    pub path: Option<PathBuf>,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// `Result` with [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error with its sentence.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            path: None,
            source: None,
        }
    }

    /// The error that the operating system gave while `doing` something.
    ///
    /// `doing` is a phrase such as "reading" or "saving the project".
    pub fn io(doing: &str, cause: std::io::Error) -> Self {
        let kind = match cause.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::Missing,
            _ => ErrorKind::Io,
        };
        let reason = match cause.kind() {
            std::io::ErrorKind::NotFound => "there is no file or folder of that name".to_owned(),
            std::io::ErrorKind::PermissionDenied => "no permission".to_owned(),
            std::io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
            std::io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            _ => cause.to_string(),
        };
        Self {
            kind,
            message: format!("{doing} failed: {reason}"),
            path: None,
            source: Some(Box::new(cause)),
        }
    }

    /// The same error, naming the file it happened to.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_owned());
        self
    }

    /// The same error with the lower-level error that caused it.
    #[must_use]
    pub fn caused_by(mut self, cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(cause));
        self
    }

    fn prefix(&self) -> String {
        self.path
            .as_ref()
            .map(|path| format!("{}: ", path.display()))
            .unwrap_or_default()
    }
}

/// One thing that went wrong without stopping the rest.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Warning {
    /// The file it happened to, as the user named it.
    pub path: String,
    /// One sentence.
    pub message: String,
}

/// Partial failures, gathered in order, shown with counts that add up.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Warnings(pub Vec<Warning>);

impl Warnings {
    /// Notes one partial failure.
    pub fn push(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(Warning {
            path: path.into(),
            message: message.into(),
        });
    }

    /// Appends all of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
