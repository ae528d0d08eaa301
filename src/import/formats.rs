//! Which format a file has, and what each format's reader gives.

use super::writers::{title, writer};
use super::{html, mail, office, pdf};
use crate::error::Result;
use crate::model::DateValue;
use std::path::Path;

/// What a document of a format says, before it is split into articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Extracted {
    /// The main text, paragraphs divided by an empty line.
    pub(super) text: String,
    /// The headline.
    pub(super) title: Option<String>,
    /// Who wrote it.
    pub(super) author: Option<String>,
    /// When it was published or written.
    pub(super) date: Option<DateValue>,
    /// Who published it.
    pub(super) source: Option<String>,
    /// When the file was made, where nothing else tells a date.
    pub(super) made: Option<DateValue>,
    /// What could not be read of it, in a sentence.
    pub(super) notice: Option<String>,
}

/// A format whose text is no slice of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    Html,
    Docx,
    Odt,
    Mail,
    Pdf,
}

/// Endings of all files that are read, for messages and for file dialogs.
pub const READ_EXTENSIONS: [&str; 11] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "docx", "odt", "eml", "pdf",
];

impl Packed {
    /// The format that a file's name tells; `None` for text and Markdown.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_string_lossy().to_lowercase();
        Some(match extension.as_str() {
            "html" | "htm" | "xhtml" => Self::Html,
            "docx" => Self::Docx,
            "odt" => Self::Odt,
            "eml" => Self::Mail,
            "pdf" => Self::Pdf,
            _ => return None,
        })
    }

    /// The format is itself text: what a folder's walk takes for binary is not.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Html | Self::Mail)
    }

    /// Reads the bytes of a file of this format.
    ///
    /// # Errors
    /// When they are not of the format, are encrypted, or unpack to more than a text may have.
    pub(super) fn read(self, bytes: Vec<u8>) -> Result<Extracted> {
        let mut found = match self {
            Self::Html => html::read(bytes)?,
            Self::Docx => office::docx(&bytes)?,
            Self::Odt => office::odt(&bytes)?,
            Self::Pdf => pdf::read(bytes)?,
            // The address of a sender without a name tells who it was.
            Self::Mail => return mail::read(&bytes),
        };
        found.author = found.author.as_deref().and_then(writer);
        found.title = found.title.as_deref().and_then(title);
        Ok(found)
    }
}

/// The day of a date that begins as ISO 8601 writes it: "2024-05-01T10:00:00Z".
pub(super) fn iso_day(text: &str) -> Option<DateValue> {
    let text = text.trim();
    let day = text.get(..10).unwrap_or(text);
    day.parse().ok()
}

/// A text in one line, or nothing if it is empty.
pub(super) fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
