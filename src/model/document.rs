//! One report or article, and what became of each file that was found.

use super::sources::TextSignature;
use super::{DateValue, DocumentId, LeftOut};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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
    /// Who wrote it, where the text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The English name of the language that it is written in, where the text tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The text, markup included.
    pub text: String,
    /// Byte ranges of `text` that yield no mentions: bylines, navigation, credits. Sorted, disjoint.
    pub boilerplate: Vec<[usize; 2]>,
    /// How many sentences the extractor saw.
    pub sentences: usize,
    /// What the extractor looked at and left out.
    #[serde(default)]
    pub left_out: LeftOut,
    /// What of its file could not be read, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// What the extractor recognized in it, in the extractor's own words; the model only keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognized: Option<Arc<str>>,
    /// What its text is compared by, to tell copies; made when first asked for.
    #[serde(skip)]
    pub signature: TextSignature,
}

impl Document {
    /// A document of nothing but its text, as a file of its own.
    pub fn of_text(id: DocumentId, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            id,
            path: format!("{}.txt", id.0),
            file_hash: String::new(),
            range: Some([0, text.len()]),
            title: None,
            date: None,
            source: None,
            author: None,
            language: None,
            text,
            boilerplate: Vec::new(),
            sentences: 0,
            left_out: LeftOut::default(),
            notice: None,
            recognized: None,
            signature: Default::default(),
        }
    }

    /// A name for lists: the title, or else the first words of the prose, or else the file's name.
    pub fn display_title(&self) -> String {
        const WORDS: usize = 9;
        if let Some(title) = &self.title {
            return title.clone();
        }
        let mut words = self.prose_words();
        let start: Vec<&str> = words.by_ref().take(WORDS).collect();
        match (start.is_empty(), words.next()) {
            (true, _) => self.file_name().to_owned(),
            (false, None) => start.join(" "),
            (false, Some(_)) => format!("{}…", start.join(" ")),
        }
    }

    /// The words of the text without boilerplate, without lines at the start that only tell a date,
    /// and without the marks of Markdown before a line.
    fn prose_words(&self) -> impl Iterator<Item = &str> {
        let mut offset = 0;
        self.text
            .split_inclusive('\n')
            .map(move |line| {
                let start = offset;
                offset += line.len();
                (start, line)
            })
            .skip_while(|(_, line)| is_date_line(line))
            .flat_map(move |(line_start, line)| {
                let marked = |c: char| c.is_whitespace() || "#*->_|=".contains(c);
                let prose = line.trim_start_matches(marked);
                let prose_start = line_start + line.len() - prose.len();
                prose.split_whitespace().filter(move |word| {
                    let start = prose_start + (word.as_ptr() as usize - prose.as_ptr() as usize);
                    !self.is_boilerplate(start, start + word.len())
                })
            })
    }

    /// What to know of its reading: what of its file could not be read, and what its language means for
    /// the names found.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        self.notice.clone().into_iter().chain(self.language_note())
    }

    /// What to expect of a document that is not in English; `None` for one that is, or that is too
    /// short to tell.
    pub fn language_note(&self) -> Option<String> {
        let language = self.language.as_deref()?;
        (language != "English").then(|| {
            format!(
                "{language}: names are found less well than in English, and no relations are stated"
            )
        })
    }

    /// The last component of the path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }

    /// The byte range lies in a part that yields no mentions, at least in part.
    pub fn is_boilerplate(&self, start: usize, end: usize) -> bool {
        let after = self.boilerplate.partition_point(|&[_, to]| to <= start);
        let next = self.boilerplate.get(after);
        next.is_some_and(|&[from, _]| from < end)
    }
}

/// The line is empty, or holds nothing but figures and words such as "date", "Updated" or "Jan.".
fn is_date_line(line: &str) -> bool {
    const WORDS: [&str; 24] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun", "date", "publi", "updat", "poste", "modif",
    ];
    const SHORT: [&str; 8] = ["on", "at", "of", "am", "pm", "utc", "gmt", "last"];
    line.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| {
            let word = word.to_lowercase();
            word.chars().count() < 10
                && (WORDS.iter().any(|start| word.starts_with(start))
                    || SHORT.contains(&word.as_str())
                    || matches!(word.as_str(), "t" | "z" | "st" | "nd" | "rd" | "th"))
        })
        && line.chars().count() < 60
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

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str, boilerplate: &[&str]) -> Document {
        Document {
            path: "reports/front.txt".to_owned(),
            boilerplate: boilerplate
                .iter()
                .map(|part| {
                    let start = text.find(part).unwrap();
                    [start, start + part.len()]
                })
                .collect(),
            ..Document::of_text(DocumentId(0), text)
        }
    }

    #[test]
    fn without_a_headline_a_document_is_called_by_its_first_prose() {
        let appeal = "Please give what you can today.";
        let text =
            format!("date 2021-03-04\n\n{appeal}\n\n## The bridge at Arden fell on Monday.\n");
        let title = document(&text, &[appeal]).display_title();
        assert_eq!(title, "The bridge at Arden fell on Monday.");
    }

    #[test]
    fn long_prose_is_cut_and_no_prose_gives_the_file() {
        let long = document(
            "Updated Jan. 12, 2025\none two three four five six seven eight nine ten",
            &[],
        );
        assert_eq!(
            long.display_title(),
            "one two three four five six seven eight nine…"
        );
        assert_eq!(document("2021-03-04\n\n", &[]).display_title(), "front.txt");
        assert_eq!(
            document("Marching on, they sang.", &[]).display_title(),
            "Marching on, they sang."
        );
    }
}
