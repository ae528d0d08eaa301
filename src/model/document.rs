//! One report or article, and what became of each file that was found.

use super::{DateValue, DocumentId};
use serde::{Deserialize, Serialize};

/// One article: its text as read, and what its text says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its number in the project.
    pub id: DocumentId,
    /// The file as the user named it; `-` for standard input, `pasted text N` for a paste.
    /// Several documents of one file share it.
    pub path: String,
    /// SHA-256 of the file's bytes, in lower-case hex.
    pub file_hash: String,
    /// Where the text lies in the file once decoded to UTF-8, in bytes: `file[range[0]..range[1]] == text`.
    /// `None` for formats whose text is no slice of the file.
    pub range: Option<[usize; 2]>,
    /// The headline, where the text gives one.
    pub title: Option<String>,
    /// When it was published, where the text says so.
    pub date: Option<DateValue>,
    /// Who published it, where the text says so.
    pub source: Option<String>,
    /// The text, markup included.
    pub text: String,
    /// Byte ranges of `text` that yield no mentions: bylines, navigation, credits. Sorted, disjoint.
    pub boilerplate: Vec<[usize; 2]>,
    /// How many sentences the extractor saw.
    pub sentences: usize,
    /// How many candidate mentions the extractor looked at and left out.
    pub mentions_filtered: usize,
}

impl Document {
    /// A name for lists: the title, or else the start of the text, or else the file's name.
    pub fn display_title(&self) -> String {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let start: String = self
            .text
            .split_whitespace()
            .take(9)
            .collect::<Vec<_>>()
            .join(" ");
        if start.is_empty() {
            self.file_name().to_owned()
        } else {
            format!("{start}…")
        }
    }

    /// The last component of the path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }

    /// The byte range lies in a part that yields no mentions, at least in part.
    pub fn is_boilerplate(&self, start: usize, end: usize) -> bool {
        self.boilerplate
            .iter()
            .any(|&[from, to]| start < to && from < end)
    }
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum FileOutcome {
    /// It gave this many documents.
    Read {
        /// How many.
        documents: usize,
    },
    /// It was left out on purpose: hidden, binary, unsupported.
    Skipped {
        /// Why, in a few words.
        reason: String,
    },
    /// It should have been read and could not be.
    Failed {
        /// Why, in one sentence.
        reason: String,
    },
}

/// One file that was found; read + skipped + failed = found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// The file as the user named it, or as found below a folder that the user named.
    pub path: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: FileOutcome,
}
