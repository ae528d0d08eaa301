//! Where lines are broken, in the order of reading.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The lines of a text, none wider than `room` where it can be broken at blanks or beside letters of
/// Chinese, Japanese and Korean; else between letters. `width_of` measures a stretch.
pub(super) fn break_lines(
    text: &str,
    room: f32,
    width_of: impl Fn(Range<usize>) -> f32,
) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let (mut start, mut width) = (0, 0.0);
    for word in words_of(text) {
        let trimmed = word.start + text[word.clone()].trim_end().len();
        if width + width_of(word.start..trimmed) <= room {
            width += width_of(word);
            continue;
        }
        if start < word.start {
            lines.push(start..word.start);
        }
        (start, width) = (word.start, width_of(word.clone()));
        if width_of(word.start..trimmed) <= room {
            continue;
        }
        width = 0.0;
        for (at, letter) in text[word.clone()].grapheme_indices(true) {
            let at = word.start + at;
            let wide = width_of(at..at + letter.len());
            if width + wide > room && start < at {
                lines.push(start..at);
                (start, width) = (at, 0.0);
            }
            width += wide;
        }
    }
    lines.push(start..text.len());
    lines
}

/// Stretches that are not broken, with the blanks behind them.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let is_han = |part: &str| {
        let first = part.chars().next();
        first.is_some_and(|letter| {
            ('\u{2e80}'..='\u{d7ff}').contains(&letter) && letter.is_alphabetic()
        })
    };
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut before = "";
    for (at, part) in text.split_word_bound_indices() {
        let is_blank = part.chars().all(char::is_whitespace);
        let after_blank = before.chars().all(|c| c.is_whitespace() && c != '\u{a0}');
        let opens = !is_blank
            && (after_blank
                || is_han(part)
                || is_han(before) && part.chars().all(char::is_alphanumeric));
        match words.last_mut() {
            Some(word) if !opens => word.end = at + part.len(),
            _ => words.push(at..at + part.len()),
        }
        before = part;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks_and_hold_all() {
        let width_of =
            |text: &'static str| move |range: Range<usize>| text[range].chars().count() as f32;
        let lines = |text: &'static str, room| -> Vec<&str> {
            let lines = break_lines(text, room, width_of(text));
            lines.into_iter().map(|line| &text[line]).collect()
        };
        assert_eq!(
            lines("צבא ההגנה לישראל הודיע", 10.0),
            ["צבא ההגנה ", "לישראל ", "הודיע"]
        );
        assert_eq!(lines("אבגדהוזח ט", 3.0), ["אבג", "דהו", "זח ", "ט"]);
        assert_eq!(lines("א 中国人民", 4.0), ["א 中国", "人民"]);
        assert_eq!(lines("", 4.0), [""]);
    }
}
