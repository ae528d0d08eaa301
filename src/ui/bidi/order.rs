//! The order in which letters are seen.

use std::borrow::Cow;
use std::ops::Range;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// `text`, one line, in the order in which egui has to get it. Its base direction is left to right,
/// as in SVG files. Borrowed where nothing is read from right to left.
pub fn visual_order(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_right_to_left) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len());
    let base = Some(Level::ltr());
    for piece in pieces(text, base, std::iter::once(0..text.len())).concat() {
        match piece.turned {
            Some(letter) => seen.push(letter),
            None => seen.push_str(&text[piece.range]),
        }
    }
    Cow::Owned(seen)
}

/// Bytes that stay together, and the letter that they are drawn as if it is another.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) turned: Option<char>,
    /// It is read from right to left.
    pub(super) is_reversed: bool,
}

impl Piece {
    /// As it stands.
    pub(super) const fn of(range: Range<usize>) -> Self {
        Self {
            range,
            turned: None,
            is_reversed: false,
        }
    }
}

/// The pieces of each row of a text, from left to right. Without a `base` direction each paragraph has
/// that of its first word.
pub(super) fn pieces(
    text: &str,
    base: Option<Level>,
    rows: impl Iterator<Item = Range<usize>>,
) -> Vec<Vec<Piece>> {
    let info = BidiInfo::new(text, base);
    rows.map(|row| {
        let mut seen = Vec::new();
        for paragraph in &info.paragraphs {
            let part = row.start.max(paragraph.range.start)..row.end.min(paragraph.range.end);
            if part.is_empty() {
                continue;
            }
            let (levels, runs) = info.visual_runs(paragraph, part);
            for run in runs {
                if levels.get(run.start).is_some_and(|level| level.is_rtl()) {
                    push_reversed(&mut seen, text, run);
                } else {
                    seen.push(Piece::of(run));
                }
            }
        }
        seen
    })
    .collect()
}

/// The words of a stretch that is read from right to left, the last first. Within a word letters stay:
/// the shaper turns them round itself.
fn push_reversed(seen: &mut Vec<Piece>, text: &str, run: Range<usize>) {
    let part = &text[run.clone()];
    let mut end = part.len();
    let mut letters = part.char_indices().rev().peekable();
    while let Some((start, letter)) = letters.next() {
        let before = letters.peek().map(|&(_, letter)| letter);
        let in_word = is_of_word(letter) && before.is_some_and(is_of_word);
        if in_word {
            continue;
        }
        let mut word = part[start..end].chars();
        let only = word.next().filter(|_| word.next().is_none());
        seen.push(Piece {
            range: run.start + start..run.start + end,
            turned: only.map(mirrored).filter(|&turned| Some(turned) != only),
            is_reversed: true,
        });
        end = start;
    }
}

pub(super) fn is_right_to_left(letter: char) -> bool {
    letter >= '\u{590}'
        && matches!(
            bidi_class(letter),
            BidiClass::R | BidiClass::AL | BidiClass::RLE | BidiClass::RLO | BidiClass::RLI
        )
}

/// Letters, their marks, and what joins or parts them.
fn is_of_word(letter: char) -> bool {
    matches!(
        bidi_class(letter),
        BidiClass::R | BidiClass::AL | BidiClass::NSM | BidiClass::BN
    )
}

/// Brackets look the other way.
const fn mirrored(letter: char) -> char {
    match letter {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_come_in_the_order_in_which_they_are_seen() {
        assert!(matches!(
            visual_order("Kursk, Курск, 서울"),
            Cow::Borrowed(_)
        ));
        assert_eq!(visual_order("حزب الله"), "الله حزب");
        assert_eq!(
            visual_order("Hezbollah حزب الله (LB)"),
            "Hezbollah الله حزب (LB)"
        );
        assert_eq!(visual_order("لواء 47 مشاة"), "مشاة 47 لواء");
        assert_eq!(visual_order("צבא (צה)"), "(צה) צבא");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a-z0-9 ().אבגدسلام\u{202e}\u{64b}]{0,40}") {
            let mut before: Vec<char> = text.chars().collect();
            let mut after: Vec<char> = visual_order(&text).chars().collect();
            for letters in [&mut before, &mut after] {
                letters.retain(|c| !"()".contains(*c));
                letters.sort_unstable();
            }
            prop_assert_eq!(before, after);
        }
    }
}
