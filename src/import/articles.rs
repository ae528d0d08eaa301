//! One text to its articles: where each begins and ends.
//!
//! Pages that hold several articles show it in one of four ways, tried in this order: credits that
//! end each article ("This content originally appeared on …"), teasers that end in "Read more", a
//! line that begins with `date`, and blocks of details ("Published on: …") before or after each.
//! A text that shows none of these twice is one article.

use super::boilerplate::boilerplate;
use super::bylines::masthead;
use super::language::language_of;
use super::lines::{Line, lines};
use super::marks::{Mark, marks};
use super::metadata::metadata;
use crate::model::{Document, DocumentId, LeftOut};
use std::ops::Range;

/// The documents of a text that was decoded to UTF-8; path and hash are left empty.
pub(super) fn documents(text: &str) -> Vec<Document> {
    let lines = lines(text);
    let mut marks = marks(text, &lines);
    mark_masthead(text, &lines, &mut marks);
    let page = Page {
        text,
        lines: &lines,
        marks: &marks,
    };
    if lines.is_empty() {
        return Vec::new();
    }
    let articles = page.articles();
    if articles.len() > 1 {
        articles
            .into_iter()
            .map(|article| page.document(article))
            .collect()
    } else {
        vec![page.whole()]
    }
}

/// The name of the paper above the headline, or below it with the date, is no part of the article.
fn mark_masthead(text: &str, lines: &[Line], marks: &mut [Mark]) {
    const LONGEST_HEADLINE: usize = 200;
    let found = lines.iter().take(3).enumerate().find_map(|(at, line)| {
        let (_, date) = masthead(line.words(text)).filter(|_| marks[at].is_prose())?;
        let next = lines.get(at + 1)?.words(text);
        let is_head = at == 0 && next.len() <= LONGEST_HEADLINE;
        (is_head || date.is_some()).then_some(at)
    });
    if let Some(at) = found {
        marks[at] = Mark::Masthead;
    }
}

/// A text, its lines and what each is.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// The text that offsets count in.
    pub text: &'a str,
    /// Its lines that are not empty.
    pub lines: &'a [Line],
    /// What each line is.
    pub marks: &'a [Mark],
}

impl<'a> Page<'a> {
    /// The words of a line.
    pub fn words(&self, line: usize) -> &'a str {
        self.lines[line].words(self.text)
    }

    fn document(&self, article: Range<usize>) -> Document {
        let start = self.lines[article.start].words_start();
        let end = self.lines[article.end - 1].end();
        self.made(article, start..end)
    }

    /// The text as one article, white space and all.
    fn whole(&self) -> Document {
        let start = if self.text.starts_with('\u{FEFF}') {
            3
        } else {
            0
        };
        self.made(0..self.lines.len(), start..self.text.len())
    }

    fn made(&self, article: Range<usize>, bytes: Range<usize>) -> Document {
        let metadata = metadata(self, article.clone());
        Document {
            id: DocumentId::default(),
            path: String::new(),
            file_hash: String::new(),
            range: Some([bytes.start, bytes.end]),
            title: metadata.title,
            date: metadata.date,
            source: metadata.source,
            author: metadata.author,
            language: language_of(&self.text[bytes.clone()]),
            text: self.text[bytes.clone()].to_owned(),
            boilerplate: boilerplate(self, article)
                .into_iter()
                .map(|[from, to]| [from - bytes.start, to - bytes.start])
                .collect(),
            sentences: 0,
            left_out: LeftOut::default(),
            recognized: None,
            notice: None,
            signature: Default::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::read_bytes;

    const BODY: &str = "The council met on Monday to speak about the bridge. Nobody knew what it would cost the town.";

    /// Title and first words of each document.
    fn articles(page: &str) -> Vec<String> {
        read_bytes("page", page.as_bytes())
            .unwrap()
            .iter()
            .map(|document| {
                let words: Vec<&str> = document.text.split_whitespace().take(4).collect();
                format!(
                    "{}: {}",
                    document.title.as_deref().unwrap_or("-"),
                    words.join(" ")
                )
            })
            .collect()
    }

    #[test]
    fn one_article_stays_one() {
        for page in [
            format!("{BODY}\n\n{BODY}\n\nThis article originally appeared on The Paper."),
            format!(
                "{BODY}\nRead more\n{BODY}\n\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}\n{BODY}\nRead more"
            ),
            format!("  • {BODY}\n  • {BODY}\n  • {BODY}"),
            format!("A bridge for the town\n\nPublished on: 2024-01-02\n\n{BODY}\n\nTags: bridge"),
        ] {
            assert_eq!(articles(&page).len(), 1, "{page}");
        }
    }

    #[test]
    fn details_before_or_after_each_article() {
        let before = format!(
            "Bridge one is closed\nPublished on: 2024-01-02\n\n{BODY}\n\nBridge two is open\nPublished on: 2024-01-03\n\n{BODY}\n"
        );
        assert_eq!(
            articles(&before),
            [
                "Bridge one is closed: Bridge one is closed",
                "Bridge two is open: Bridge two is open"
            ]
        );
        let after = format!(
            "Bridge one is closed\n\n{BODY}\n\n{BODY}\n\nPublished on: 2024-01-02\nTags: a\n\nBridge two is open\n\n{BODY}\n\n{BODY}\n\nPublished on: 2024-01-03\n"
        );
        assert_eq!(articles(&after), articles(&before));
    }

    #[test]
    fn dates_that_lead() {
        let page = format!("date 2024-01-02 {BODY}\n\n{BODY}\n date 2024-01-03 {BODY}");
        assert_eq!(
            articles(&page),
            [
                "-: date 2024-01-02 The council",
                "-: date 2024-01-03 The council"
            ]
        );
    }

    #[test]
    fn the_sample() {
        let mut listing = String::new();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        let found = crate::import::find(&[folder.into()]);
        for file in &found.files {
            for document in crate::import::read_file(&file.path).unwrap() {
                listing.push_str(&summary(&document));
            }
        }
        insta::assert_snapshot!(listing);
    }

    fn summary(document: &crate::model::Document) -> String {
        let [from, to] = document.range.unwrap();
        let mut summary = format!(
            "{} {from}..{to} {:?} {} {:?}\n",
            &document.file_name()[..3],
            document.title.as_deref().unwrap_or("-"),
            document
                .date
                .map_or("-".to_owned(), |date| date.to_string()),
            document.source.as_deref().unwrap_or("-"),
        );
        for &[start, end] in &document.boilerplate {
            let text: String = document.text[start..end]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let shown: String = if text.chars().count() > 160 {
                let chars: Vec<char> = text.chars().collect();
                let tail: String = chars[chars.len() - 60..].iter().collect();
                format!("{}…{tail}", chars[..60].iter().collect::<String>())
            } else {
                text
            };
            summary.push_str(&format!("    {shown}\n"));
        }
        summary
    }
}
