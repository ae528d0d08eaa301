//! Text in the order in which it is seen. egui shapes each stretch of one font in the direction of its
//! script, and sets the stretches from left to right; what is read from right to left has to be put
//! in that order first (Unicode Standard Annex #9).

use std::borrow::Cow;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// `text`, one line, in the order in which egui has to get it. Its base direction is left to right,
/// as in SVG files. Borrowed where nothing is read from right to left.
pub fn visual_order(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_right_to_left) {
        return Cow::Borrowed(text);
    }
    let info = BidiInfo::new(text, Some(Level::ltr()));
    let mut seen = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let part = &text[run.clone()];
            if levels.get(run.start).is_some_and(|level| level.is_rtl()) {
                push_reversed(&mut seen, part);
            } else {
                seen.push_str(part);
            }
        }
    }
    Cow::Owned(seen)
}

/// The words of a stretch that is read from right to left, the last first. Within a word letters stay:
/// the shaper turns them round itself.
fn push_reversed(seen: &mut String, part: &str) {
    let mut end = part.len();
    let mut letters = part.char_indices().rev().peekable();
    while let Some((start, letter)) = letters.next() {
        let before = letters.peek().map(|&(_, letter)| letter);
        let in_word = is_of_word(letter) && before.is_some_and(is_of_word);
        if in_word {
            continue;
        }
        let word = &part[start..end];
        end = start;
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(only), None) => seen.push(mirrored(only)),
            _ => seen.push_str(word),
        }
    }
}

fn is_right_to_left(letter: char) -> bool {
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
