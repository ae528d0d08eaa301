//! Which parts of an article are not the article: navigation, credits, bylines, lists of other
//! articles, captions given twice, appeals for money and subscriptions.

use super::articles::Page;
use super::dates::head;
use super::marks::{DATE_LEAD, Mark, TEASER_END};
use super::metadata::agency_of_dateline;
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Phrases of appeals, cookie notes and newsletters. One of the first list marks a short paragraph,
/// any three a stretch of a long one.
const STRONG_PHRASES: [&str; 34] = [
    "your donation",
    "please consider donating",
    "make a donation",
    "donate to ",
    "support our work",
    "support our journalism",
    "support independent journalism",
    "become a member of",
    "become a subscriber",
    "subscribe to our",
    "subscribe now",
    "sign up for our",
    "sign up to our",
    "sign up here",
    "our newsletter",
    "join our telegram",
    "join our whatsapp",
    "join us on telegram",
    "follow us on",
    "like us on facebook",
    "we use cookies",
    "this site uses cookies",
    "accept all cookies",
    "privacy policy",
    "terms of use",
    "terms of service",
    "all rights reserved",
    "download our app",
    "click here to subscribe",
    "share this article",
    "republish our articles",
    "under a creative commons",
    "your support makes",
    "enable javascript",
];
const WEAK_PHRASES: [&str; 20] = [
    "your support",
    "support now",
    "read more",
    "donate",
    "subscribe",
    "newsletter",
    "paywall",
    "quality journalism",
    "our journalis",
    "our reporting",
    "our reporters",
    "reporters on the ground",
    "our readers",
    "readers like you",
    "reader-funded",
    "reader-supported",
    "trusted by",
    "your contribution",
    "our content",
    "free to read",
];

static PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // The phrases are constants and far below every limit.
    #[allow(clippy::expect_used)]
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .build(STRONG_PHRASES.iter().chain(&WEAK_PHRASES))
        .expect("the phrases make an automaton")
});

/// The longest paragraph that one strong phrase marks as a whole, in bytes.
const SHORT_PARAGRAPH: usize = 600;
/// Phrases of one appeal are no further apart than this, in bytes.
const WIDEST_GAP: usize = 700;

/// Byte ranges of the page's text within `article` (its lines) that are boilerplate: sorted,
/// disjoint, neighbours joined.
pub(super) fn boilerplate(page: &Page<'_>, article: Range<usize>) -> Vec<[usize; 2]> {
    let mut ranges = Vec::new();
    let mut line = article.start;
    while line < article.end {
        let here = &page.lines[line];
        let end = match page.marks[line] {
            Mark::RelatedHeading => page.list_end(line).min(article.end),
            _ => line + 1,
        };
        match page.marks[line] {
            Mark::Prose
                if is_repeated(page, line, article.end) || is_of_frame(page.words(line)) =>
            {
                ranges.push([here.words_start(), here.end()]);
            }
            Mark::Prose => appeals(page.words(line), here.words_start(), &mut ranges),
            Mark::Teaser => {
                let words = page.words(line);
                let from = words.ceil_char_boundary(words.len().saturating_sub(40));
                if let Some(found) = TEASER_END.find(&words[from..]) {
                    ranges.push([here.words_start() + from + found.start(), here.end()]);
                }
            }
            Mark::DateLead => {
                let words = page.words(line);
                let lead = DATE_LEAD.find(head(words, 32)).map_or(0, |lead| lead.end());
                ranges.push([here.words_start(), here.words_start() + lead]);
                appeals(&words[lead..], here.words_start() + lead, &mut ranges);
            }
            _ => ranges.push([here.words_start(), page.lines[end - 1].end()]),
        }
        line = end;
    }
    // The place of a dateline is told; its agency says only who wrote.
    ranges.extend(agency_of_dateline(page, article));
    ranges.sort_unstable();
    joined(page.text, ranges)
}

/// A line that begins so, and is short, is the page's and not the article's.
const FRAME_STARTS: &[&str] = &[
    "Additional reporting by ",
    "Editing by ",
    "Follow us on ",
    "Photograph by ",
    "Photograph: ",
    "Picture: ",
    "Reporting by ",
    "Share on ",
    "Share via ",
];
/// A line that names its writer ends so: "Ada Byron, Arden correspondent".
const WRITERS: &[&str] = &[
    " correspondent",
    " correspondents",
    " reporter",
    " staff writer",
];

/// A line of credits, of buttons, or that names the writer.
fn is_of_frame(words: &str) -> bool {
    const LONGEST: usize = 120;
    const MOST_WORDS: usize = 8;
    let line = words.trim();
    let is_credit = FRAME_STARTS.iter().any(|start| line.starts_with(start));
    let is_writer = WRITERS.iter().any(|end| line.ends_with(end))
        && line.contains(", ")
        && line.split(' ').count() <= MOST_WORDS
        && line.starts_with(char::is_uppercase);
    line.len() <= LONGEST && (is_credit || is_writer)
}

/// The next line says the same: the description of a picture and its caption.
fn is_repeated(page: &Page<'_>, line: usize, end: usize) -> bool {
    const SHORTEST: usize = 40;
    let next = line + 1;
    if next >= end || page.lines[next].blanks_before > 0 {
        return false;
    }
    let letters = |words: &'_ str| -> Vec<char> {
        head(words, 1000)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let (first, second) = (letters(page.words(line)), letters(page.words(next)));
    first.len() >= SHORTEST && second.starts_with(&first)
}

/// Finds appeals in one paragraph that begins at byte `offset`.
fn appeals(paragraph: &str, offset: usize, ranges: &mut Vec<[usize; 2]>) {
    let hits: Vec<(usize, Range<usize>)> = PHRASES
        .find_iter(paragraph)
        .map(|hit| (hit.pattern().as_usize(), hit.range()))
        .collect();
    let has_strong = hits
        .iter()
        .any(|(phrase, _)| *phrase < STRONG_PHRASES.len());
    if has_strong && paragraph.len() <= SHORT_PARAGRAPH && !is_quoted(paragraph) {
        ranges.push([offset, offset + paragraph.len()]);
        return;
    }
    let mut first = 0;
    for hit in 0..hits.len() {
        let gap_follows = hits
            .get(hit + 1)
            .is_none_or(|(_, next)| next.start - hits[hit].1.end > WIDEST_GAP);
        if !gap_follows {
            continue;
        }
        let mut phrases: Vec<usize> = hits[first..=hit]
            .iter()
            .map(|(phrase, _)| *phrase)
            .collect();
        phrases.sort_unstable();
        phrases.dedup();
        if phrases.len() >= 3 {
            let from = sentence_start(paragraph, hits[first].1.start);
            let to = sentence_end(paragraph, hits[hit].1.end);
            ranges.push([offset + from, offset + to]);
        }
        first = hit + 1;
    }
}

/// Someone is quoted: then it is what the article tells of.
fn is_quoted(paragraph: &str) -> bool {
    paragraph.contains(['“', '”', '"', '«'])
}

/// A start or end of a sentence is looked for this far, in bytes.
const LONGEST_SENTENCE: usize = 500;

fn sentence_start(paragraph: &str, at: usize) -> usize {
    let from = paragraph.ceil_char_boundary(at.saturating_sub(LONGEST_SENTENCE));
    let before = &paragraph[from..at];
    match before.rfind(". ") {
        Some(stop) => from + stop + 2,
        None if from == 0 => 0,
        None => at,
    }
}

fn sentence_end(paragraph: &str, at: usize) -> usize {
    let to = paragraph.floor_char_boundary(at + LONGEST_SENTENCE);
    match paragraph[at..to].find(". ") {
        Some(stop) => at + stop + 1,
        None if to == paragraph.len() => to,
        None => at,
    }
}

/// Ranges with nothing but white space between them become one; empty ones go.
fn joined(text: &str, mut ranges: Vec<[usize; 2]>) -> Vec<[usize; 2]> {
    ranges.retain(|[from, to]| from < to);
    let mut joined: Vec<[usize; 2]> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range[0] <= last[1] => last[1] = last[1].max(range[1]),
            Some(last) if text[last[1]..range[0]].trim().is_empty() => last[1] = range[1],
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use crate::import::read_bytes;

    /// What of the first document of `text` is boilerplate.
    fn marked(text: &str) -> Vec<String> {
        let document = read_bytes("a", text.as_bytes()).unwrap().remove(0);
        document
            .boilerplate
            .iter()
            .map(|&[from, to]| document.text[from..to].to_owned())
            .collect()
    }

    const BODY: &str = "The council met on Monday to speak about the bridge. Nobody knew what it would cost the town.";

    #[test]
    fn lists_of_other_articles() {
        let page = format!(
            "{BODY}\n\nRELATED STORIES\n\nBridge falls\n\nMayor: ‘not me’\n\n{BODY}\n\nEdited by Ada Byron."
        );
        assert_eq!(
            marked(&page),
            [
                "RELATED STORIES\n\nBridge falls\n\nMayor: ‘not me’",
                "Edited by Ada Byron."
            ]
        );
    }

    #[test]
    fn buttons_credits_and_writers() {
        let text = format!(
            "Ada Byron, Arden correspondent\nShare on Facebook Share on X\n\n{BODY}\n\nPhotograph: Bo Carr/Globe\n\nShare on its own was not enough, said the correspondent.\n"
        );
        let lines = [
            "Ada Byron, Arden correspondent",
            "Share on Facebook Share on X",
            "Photograph: Bo Carr/Globe",
        ];
        let found = marked(&text).join("\n");
        assert!(lines.iter().all(|line| found.contains(line)), "{found}");
        assert!(!found.contains("council"), "{found}");
    }

    #[test]
    fn captions_given_twice() {
        let caption = "A man crosses the 'bridge' that was closed in May for repairs.";
        let typeset = caption.replace('\'', "’");
        let page = format!("{BODY}\n\n{caption}\n{typeset}\n(Reuters)\n\n{BODY}");
        assert_eq!(marked(&page), [caption, "(Reuters)"]);
    }

    #[test]
    fn agencies_of_datelines() {
        let page = |start: &str| marked(&format!("{start}{BODY}"));
        assert_eq!(page("ARDEN, Freedonia (Reuters) - "), ["Reuters"]);
        assert_eq!(page("ARDEN, March 3 (Agence Arden) — "), ["Agence Arden"]);
        assert_eq!(page("ARDEN, Freedonia - "), [""; 0]);
        assert_eq!(page("ARDEN - The alliance (NATO) - "), [""; 0]);
    }

    #[test]
    fn appeals_within_a_paragraph() {
        let appeal =
            "Your support helps us to tell the story. Your donation keeps our journalism free.";
        let page = format!("{BODY} {BODY} {BODY} {BODY} {BODY} {BODY} {appeal} {BODY}");
        assert_eq!(marked(&page), [appeal]);
        assert_eq!(
            marked(&format!("{BODY}\nFollow us on Telegram and X.\n{BODY}")),
            ["Follow us on Telegram and X."]
        );
        assert_eq!(
            marked("“Your donation saved the hospital,” she said."),
            [""; 0]
        );
    }
}
