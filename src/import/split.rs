//! Where on a page one article ends and the next begins.
//!
//! Each way of telling is a function that gives ranges of lines; none is sure alone, so each asks for
//! its mark at least twice and for prose between.

use super::articles::Page;
use super::marks::Mark;
use std::ops::Range;

impl Page<'_> {
    /// The articles of the page as ranges of its lines; none if it is one article.
    pub fn articles(&self) -> Vec<Range<usize>> {
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
}
