//! A sentence as the patterns see it: words, punctuation and mentions in a row.

use super::super::dates::{self, FoundDate};
use super::super::{RawMention, Recognition};
use super::classes::{Class, Classes, UNKNOWN, Word, WordNumber};
use super::nominals;
use crate::model::{DateValue, Document, EntityKind};
use std::cell::OnceCell;

/// Words after which a sentence's row is cut: enough for any sentence a person wrote.
const LONGEST: usize = 20_000;

/// One word, mark or mention.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// First byte in the document.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// In lower case; `'s` for a possessive ending of either apostrophe.
    pub(super) lower: String,
    /// Index into the recognition's mentions.
    pub(super) mention: Option<usize>,
    /// What the rules know of the word; nothing for a mention.
    known: Word,
    /// An article, possessive or adjective that may stand before a noun.
    is_modifier: bool,
}

/// One sentence of a document.
pub(super) struct Sentence<'a> {
    /// Index into the recognition's sentences.
    pub(super) index: usize,
    /// The whole document's text.
    pub(super) text: &'a str,
    /// All mentions of the document.
    pub(super) mentions: &'a [RawMention],
    /// The row.
    pub(super) items: Vec<Item>,
    /// For each place, the names that a phrase which begins there may have for its head; found once
    /// for all patterns.
    pub(super) heads: OnceCell<Vec<Vec<usize>>>,
    /// When the document was published.
    published: Option<DateValue>,
    dates: OnceCell<Vec<FoundDate>>,
}

impl Item {
    /// The mention at that index of the recognition's, by its name or by other words.
    pub(super) fn of_mention(start: usize, end: usize, mention: usize) -> Self {
        Self {
            start,
            end,
            lower: String::new(),
            mention: Some(mention),
            known: Word::default(),
            is_modifier: false,
        }
    }
}

impl<'a> Sentence<'a> {
    /// The row of sentence `index`; `range` are its mentions.
    pub(super) fn new(
        document: &'a Document,
        recognition: &'a Recognition,
        index: usize,
        range: std::ops::Range<usize>,
        classes: &Classes,
    ) -> Self {
        let text = document.text.as_str();
        let [start, end] = recognition.sentences[index];
        let mut items = Vec::new();
        let mut at = start;
        for mention in range {
            let raw = &recognition.mentions[mention];
            if raw.start < at || raw.end > end {
                continue;
            }
            words(text, at, raw.start, end, classes, &mut items);
            items.push(Item::of_mention(raw.start, raw.end, mention));
            at = raw.end;
            if items.len() > LONGEST {
                break;
            }
        }
        words(text, at, end, end, classes, &mut items);
        items.truncate(LONGEST);
        if nominals::may_be_in(&text[start..end]) {
            let near = nominals::first_near(&recognition.mentions, &recognition.sentences, index);
            nominals::resolve(&mut items, text, recognition, near);
        }
        Self {
            index,
            text,
            mentions: &recognition.mentions,
            items,
            heads: OnceCell::new(),
            published: document.date,
            dates: OnceCell::new(),
        }
    }

    /// The dates that the sentence tells, left to right; read once for all links.
    pub(super) fn dates(&self) -> &[FoundDate] {
        self.dates.get_or_init(|| {
            let range = match (self.items.first(), self.items.last()) {
                (Some(first), Some(last)) => [first.start, last.end],
                _ => [0, 0],
            };
            dates::find(self.text, range, self.published)
        })
    }

    /// The kind of the mention at a place of the row.
    pub(super) fn kind(&self, at: usize) -> Option<EntityKind> {
        Some(self.mentions[self.items.get(at)?.mention?].kind)
    }

    /// The mention at a place of the row.
    pub(super) fn mention(&self, at: usize) -> Option<&RawMention> {
        Some(&self.mentions[self.items.get(at)?.mention?])
    }

    /// The word or mark at a place of the row, in lower case; empty for mentions and beyond the ends.
    pub(super) fn word(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |item| item.lower.as_str())
    }

    /// What the rules know of the word at a place; nothing for mentions and beyond the ends.
    pub(super) fn known(&self, at: usize) -> Word {
        self.items
            .get(at)
            .map_or(Word::default(), |item| item.known)
    }

    /// The words that the rules know, each once, sorted.
    pub(super) fn known_words(&self) -> Vec<WordNumber> {
        let numbers = self.items.iter().map(|item| item.known.number);
        let mut words: Vec<WordNumber> = numbers.filter(|&n| n != UNKNOWN).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The word at a place is by itself in the class.
    pub(super) fn is_in(&self, at: usize, class: Class) -> bool {
        self.known(at).classes.has(class)
    }

    /// The word at a place is an article, possessive or adjective that may stand before a noun.
    pub(super) fn is_modifier(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| item.is_modifier)
    }

    /// The item is a word or mark, and one of these.
    pub(super) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        !word.is_empty() && words.contains(&word)
    }

    /// The document's words of a range of the row.
    pub(super) fn words_of(&self, range: std::ops::Range<usize>) -> &'a str {
        match (
            self.items.get(range.start),
            range.end.checked_sub(1).and_then(|e| self.items.get(e)),
        ) {
            (Some(first), Some(last)) => self.text.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }
}

/// Adds the words and marks of `text[from..to]` to the row of a sentence that ends at `end`.
fn words(text: &str, from: usize, to: usize, end: usize, classes: &Classes, items: &mut Vec<Item>) {
    let Some(part) = text.get(from..to) else {
        return;
    };
    let mut push = |start: usize, end: usize, lower: String| {
        // "then-president" and "ex-commander" are a title and what is said of it.
        for before in ["then", "ex"] {
            let title = lower
                .strip_prefix(before)
                .and_then(|rest| rest.strip_prefix('-'));
            let known = |word: &str| classes.word(word).number != UNKNOWN;
            if let Some(title) = title.filter(|title| known(title) && !known(&lower)) {
                let split = start + before.len();
                items.push(item(start, split, before.to_owned(), classes));
                items.push(item(split + 1, end, title.to_owned(), classes));
                return;
            }
        }
        items.push(item(start, end, lower, classes));
    };
    let mut chars = part.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let start = from + offset;
        let mut stop = start + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some(&(next, d)) = chars.peek() {
                let joins = d.is_alphanumeric()
                    || (matches!(d, '-' | '\'' | '\u{2019}' | '.' | ',')
                        && joins_words(part, next, d));
                if !joins || starts_possessive(&part[next..]) {
                    break;
                }
                stop = from + next + d.len_utf8();
                chars.next();
            }
            let lower = text[start..stop].to_lowercase().replace('\u{2019}', "'");
            push(start, stop, lower);
        } else if matches!(c, '\'' | '\u{2019}') && starts_possessive(&part[offset..]) {
            chars.next();
            stop += 1;
            push(start, stop, "'s".to_owned());
        } else if c == '\u{2019}' && offset == 0 && text[..from].ends_with('s') && from > 0 {
            // "the United States' …"
            push(start, stop, "'s".to_owned());
        } else if c == '.' && text[stop..end].trim_start().starts_with(is_lower_or_name) {
            // The dot of an abbreviation within a sentence says nothing.
        } else {
            push(start, stop, c.to_string());
        }
    }
}

fn is_lower_or_name(c: char) -> bool {
    c.is_alphanumeric() || c == ','
}

/// A mark inside a word: "Jong-un", "O'Neil", "U.S", "1,500".
fn joins_words(part: &str, at: usize, mark: char) -> bool {
    let before = part[..at].chars().next_back();
    let after = part[at + mark.len_utf8()..].chars().next();
    match (before, after) {
        (Some(b), Some(a)) if mark == ',' || mark == '.' => {
            (b.is_ascii_digit() && a.is_ascii_digit())
                || (mark == '.' && b.is_uppercase() && a.is_uppercase())
        }
        (Some(b), Some(a)) => b.is_alphanumeric() && a.is_alphanumeric(),
        _ => false,
    }
}

/// The text goes on with `'s` and no letter after it.
fn starts_possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('\'' | '\u{2019}'))
        && matches!(chars.next(), Some('s' | 'S'))
        && !chars.next().is_some_and(char::is_alphanumeric)
}

fn item(start: usize, end: usize, lower: String, classes: &Classes) -> Item {
    let known = classes.word(&lower);
    let is_modifier = known.classes.has(Class::MODIFIER)
        || (lower.len() > 4 && lower.contains('-') && !lower.starts_with('-'))
        || (lower.len() > 5 && lower.ends_with("ern"));
    Item {
        start,
        end,
        lower,
        mention: None,
        known,
        is_modifier,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::*;

    fn row(notation: &str) -> String {
        let (document, mut recognition) = marked(0, notation);
        recognition.sentences = vec![[0, document.text.len()]];
        let all = 0..recognition.mentions.len();
        let sentence = Sentence::new(&document, &recognition, 0, all, &Classes::default());
        let words: Vec<String> = (0..sentence.items.len())
            .map(|at| match sentence.kind(at) {
                Some(kind) => kind.key().to_owned(),
                None => sentence.word(at).to_owned(),
            })
            .collect();
        words.join(" ")
    }

    #[test]
    fn words_marks_and_mentions() {
        assert_eq!(
            row(
                "[place Russia]’s 36 drones, the brigade's men and Gov. [person Yuri Slyusar]'s 1,500 left."
            ),
            "place 's 36 drones , the brigade 's men and gov person 's 1,500 left ."
        );
        assert_eq!(
            row("[place Beirut]-based [organization Acme]"),
            "place - based organization"
        );
    }
}
