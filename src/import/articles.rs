//! One text to its articles: where each begins and ends.
//!
//! Pages that hold several articles show it in one of four ways, tried in this order: credits that
//! end each article ("This content originally appeared on …"), teasers that end in "Read more", a
//! line that begins with `date`, and blocks of details ("Published on: …") before or after each.
//! A text that shows none of these twice is one article.

use super::boilerplate::boilerplate;
use super::lines::{Line, lines};
use super::marks::{Mark, marks};
use super::metadata::metadata;
use crate::model::{Document, DocumentId};
use std::ops::Range;

/// The documents of a text that was decoded to UTF-8; path and hash are left empty.
pub(super) fn documents(text: &str) -> Vec<Document> {
    let lines = lines(text);
    let marks = marks(text, &lines);
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

    fn articles(&self) -> Vec<Range<usize>> {
        [
            Self::by_credits,
            Self::by_read_more,
            Self::by_date_leads,
            Self::by_details,
        ]
        .iter()
        .map(|split| split(self))
        .map(|mut articles| {
            articles.retain(|article| self.has_prose(article));
            articles
        })
        .find(|articles| articles.len() > 1)
        .unwrap_or_default()
    }

    /// There is at least a sentence in it.
    fn has_prose(&self, article: &Range<usize>) -> bool {
        article.clone().any(|line| {
            let words = self.words(line);
            self.marks[line].is_prose() && words.chars().take(40).count() == 40
        })
    }

    /// A credit ends an article, together with the credits of other forms right after it.
    fn by_credits(&self) -> Vec<Range<usize>> {
        let mut articles = Vec::new();
        let (mut start, mut forms) = (0, Vec::new());
        let item_indent = self.credited_item_indent();
        for line in 0..self.lines.len() {
            let bullet = self.lines[line].has_bullet();
            let opens_item = bullet && item_indent == Some(self.lines[line].indent);
            let again = match self.marks[line] {
                Mark::Credit(form) => forms.contains(&form),
                _ => !forms.is_empty(),
            };
            if (again || opens_item) && start < line {
                articles.push(start..line);
                start = line;
                forms.clear();
            }
            if let Mark::Credit(form) = self.marks[line] {
                forms.push(form);
            }
        }
        articles.push(start..self.lines.len());
        let is_credited = |article: &&Range<usize>| {
            let last = self.marks[article.end - 1];
            matches!(last, Mark::Credit(_)) && self.has_prose(article)
        };
        // One credit is that of an ordinary article, wherever it stands.
        if articles.iter().filter(is_credited).count() > 1 {
            articles
        } else {
            Vec::new()
        }
    }

    /// How far the bullets that open items are indented, if credited items are opened by bullets
    /// and the rest of each item is indented further.
    fn credited_item_indent(&self) -> Option<u8> {
        let mut indents = Vec::new();
        let mut after_credit = true;
        for (line, mark) in self.lines.iter().zip(self.marks) {
            let is_credit = matches!(mark, Mark::Credit(_));
            if after_credit && line.has_bullet() {
                indents.push(line.indent);
            }
            after_credit = is_credit;
        }
        let outer = *indents.iter().min()?;
        let others = self.lines.iter().filter(|line| !line.has_bullet());
        let deeper = others.clone().filter(|line| line.indent > outer).count();
        (indents.len() > 1 && deeper * 10 > others.count() * 9).then_some(outer)
    }

    /// "Read more" ends a teaser, if teasers of few paragraphs are all there is.
    fn by_read_more(&self) -> Vec<Range<usize>> {
        let ends = |mark: &&Mark| matches!(mark, Mark::ReadMore | Mark::Teaser);
        let count = self.marks.iter().filter(ends).count();
        let prose = self.marks.iter().filter(|mark| mark.is_prose()).count();
        if count < 2 || prose > count * 4 {
            return Vec::new();
        }
        let mut articles = Vec::new();
        let mut start = 0;
        for (line, mark) in self.marks.iter().enumerate() {
            let followed = self.marks.get(line + 1) == Some(&Mark::ReadMore);
            if ends(&mark) && !(*mark == Mark::Teaser && followed) {
                articles.push(start..line + 1);
                start = line + 1;
            }
        }
        articles.push(start..self.lines.len());
        articles
    }

    /// Each article begins with a line `date 2025-02-08`.
    fn by_date_leads(&self) -> Vec<Range<usize>> {
        let is_lead = |line: &usize| self.marks[*line] == Mark::DateLead;
        let starts: Vec<usize> = (0..self.lines.len()).filter(is_lead).collect();
        if starts.len() < 2 || starts[0] > 3 {
            return Vec::new();
        }
        let ends = starts.iter().skip(1).copied().chain([self.lines.len()]);
        starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(a, b)| a..b)
            .collect()
    }

    /// A block of details that tells a date stands before or after each article.
    fn by_details(&self) -> Vec<Range<usize>> {
        let blocks = self.dated_blocks();
        let Some(first) = blocks.first().filter(|_| blocks.len() > 1) else {
            return Vec::new();
        };
        let prose_before = (0..first.start)
            .filter(|&line| self.marks[line].is_prose())
            .count();
        let starts: Vec<usize> = if prose_before > 2 {
            let ends = blocks.iter().map(|block| block.end);
            std::iter::once(0).chain(ends).collect()
        } else {
            blocks
                .iter()
                .map(|block| self.headline_before(block))
                .collect()
        };
        let ends = starts.iter().skip(1).copied().chain([self.lines.len()]);
        starts
            .iter()
            .copied()
            .zip(ends)
            .filter(|(a, b)| a < b)
            .map(|(a, b)| a..b)
            .collect()
    }

    /// Runs of lines of details, headlines of related articles included, that tell a date.
    fn dated_blocks(&self) -> Vec<Range<usize>> {
        let mut blocks = Vec::new();
        let mut line = 0;
        while line < self.lines.len() {
            let start = line;
            let mut dated = false;
            while let Some(mark) = self.marks.get(line) {
                match mark {
                    Mark::Meta { dated: tells } => dated |= tells,
                    Mark::DateLine if line > start => dated = true,
                    Mark::Byline | Mark::Navigation if line > start => {}
                    Mark::RelatedHeading => line = self.list_end(line) - 1,
                    _ => break,
                }
                line += 1;
            }
            if dated {
                blocks.push(start..line);
            }
            line = line.max(start + 1);
        }
        blocks
    }

    /// Where the list of headlines ends that the heading in `line` begins: at the first gap, or, in
    /// lists whose items stand apart, at the first line that reads like a sentence.
    pub fn list_end(&self, heading: usize) -> usize {
        const MOST_ITEMS: usize = 12;
        let after = heading + 1;
        let is_tight = self
            .lines
            .get(after)
            .is_some_and(|line| line.blanks_before == 0);
        (after..self.lines.len())
            .find(|&line| {
                let words = self.words(line);
                let is_item = matches!(self.marks[line], Mark::Prose | Mark::Navigation)
                    && words.len() <= 200
                    && line < after + MOST_ITEMS
                    && !words.ends_with(['.', ',', ':', '–', '—', '…'])
                    && !words.ends_with(".”")
                    && !words.ends_with(".\"");
                !is_item || is_tight && self.lines[line].blanks_before > 0
            })
            .unwrap_or(self.lines.len())
    }

    /// Where an article begins whose details are `block`: at the headline before it, if it has one.
    fn headline_before(&self, block: &Range<usize>) -> usize {
        let Some(before) = block.start.checked_sub(1) else {
            return block.start;
        };
        let words = self.words(before);
        let is_headline = self.marks[before] == Mark::Prose
            && words.len() <= 200
            && !words.ends_with(['.', '”', '"', ':', ';', ',']);
        if is_headline { before } else { block.start }
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
            text: self.text[bytes.clone()].to_owned(),
            boilerplate: boilerplate(self, article)
                .into_iter()
                .map(|[from, to]| [from - bytes.start, to - bytes.start])
                .collect(),
            sentences: 0,
            mentions_filtered: 0,
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
