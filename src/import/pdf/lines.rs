//! Letters put into lines, words told apart by the gaps between them.

use super::page::Letter;

/// One line of a page, as far as it runs without a wide gap.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
}

/// Shares of the size: a gap that divides words, one that divides columns, how far a letter may stand
/// above or below its line, and how far back it may begin.
const WORD_GAP: f32 = 0.18;
const COLUMN_GAP: f32 = 3.0;
const OFF_LINE: f32 = 0.45;
const BACK: f32 = 0.6;

/// The lines of a page, in the order in which it shows them, which is that of reading in files made
/// by writers and typesetters.
pub(super) fn lines(letters: Vec<Letter>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<Letter> = None;
    for letter in letters {
        if is_shadow(last.as_ref(), &letter) {
            continue;
        }
        match lines.last_mut() {
            Some(line) if goes_on(line, &letter) => extend(line, &letter),
            _ => lines.push(Line {
                text: letter.text.trim_start().to_owned(),
                left: letter.left,
                right: letter.right,
                baseline: letter.baseline,
                size: letter.size,
            }),
        }
        last = Some(letter);
    }
    for line in &mut lines {
        let text: String = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
        line.text = text;
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// The same letter again in nearly the same place, as bold type is sometimes made.
fn is_shadow(last: Option<&Letter>, letter: &Letter) -> bool {
    last.is_some_and(|last| {
        last.text == letter.text
            && !letter.text.trim().is_empty()
            && (last.left - letter.left).abs() < letter.size * 0.1
            && (last.baseline - letter.baseline).abs() < letter.size * 0.1
    })
}

fn goes_on(line: &Line, letter: &Letter) -> bool {
    let size = line.size.max(letter.size);
    let off = (letter.baseline - line.baseline).abs();
    let gap = letter.left - line.right;
    off < size * OFF_LINE && gap > -size * BACK && gap < size * COLUMN_GAP
}

fn extend(line: &mut Line, letter: &Letter) {
    let gap = letter.left - line.right;
    if gap > line.size.min(letter.size) * WORD_GAP && !line.text.ends_with(' ') {
        line.text.push(' ');
    }
    // A raised figure (a note's number) is no part of the word before it.
    line.text.push_str(&letter.text);
    line.right = line.right.max(letter.right);
    if letter.size > line.size * 1.05 {
        line.size = letter.size;
        line.baseline = letter.baseline;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str, mut left: f32, baseline: f32, gap: f32) -> Vec<Letter> {
        text.chars()
            .filter_map(|c| {
                if c == ' ' {
                    left += gap;
                    return None;
                }
                left += 5.0;
                Some(Letter {
                    text: c.to_string(),
                    left: left - 5.0,
                    right: left,
                    baseline,
                    size: 10.0,
                })
            })
            .collect()
    }

    #[test]
    fn gaps_make_words_and_steps_make_lines() {
        let mut all = letters("Ada met Bo", 0.0, 100.0, 2.5);
        all.extend(letters("in Paris", 0.0, 88.0, 2.5));
        let found: Vec<String> = lines(all).into_iter().map(|line| line.text).collect();
        assert_eq!(found, ["Ada met Bo", "in Paris"]);
    }

    #[test]
    fn columns_stay_apart_and_shadows_are_dropped() {
        let mut all = letters("left", 0.0, 100.0, 2.5);
        all.extend(letters("right", 300.0, 100.0, 2.5));
        let mut bold = Vec::new();
        for letter in letters("Bold", 0.0, 50.0, 2.5) {
            bold.extend([letter.clone(), letter]);
        }
        all.extend(bold);
        let found: Vec<String> = lines(all).into_iter().map(|line| line.text).collect();
        assert_eq!(found, ["left", "right", "Bold"]);
    }
}
