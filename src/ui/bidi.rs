//! Text in the order in which it is seen. egui shapes each stretch of one font in the direction of its
//! script, and sets the stretches from left to right; what is read from right to left has to be put
//! in that order first (Unicode Standard Annex #9).

use egui::text::LayoutJob;
use egui::{Galley, Ui};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
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

/// Text of one or more lines, laid out in the order in which it is seen.
pub struct SeenText {
    /// The text on screen.
    pub galley: Arc<Galley>,
    /// For each character of the galley the byte of the text; `None` where they are the same text.
    bytes: Option<Vec<usize>>,
}

impl SeenText {
    /// The byte of `text` for a cursor before character `index` of the galley.
    pub fn byte_of(&self, text: &str, index: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(text.len()),
            None => {
                let letter = text.char_indices().nth(index);
                letter.map_or(text.len(), |(byte, _)| byte)
            }
        }
    }

    /// The character of the galley that shows byte `byte` of `text`.
    pub fn index_of(&self, text: &str, byte: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.iter().position(|&b| b == byte).unwrap_or(bytes.len()),
            None => text.char_indices().take_while(|(at, _)| *at < byte).count(),
        }
    }
}

/// Lays out `job`, whose text is one paragraph. Lines are broken in the order of reading; then each is
/// put in the order of seeing.
pub fn lay_out(ui: &Ui, job: LayoutJob) -> SeenText {
    let is_plain = !job.text.chars().any(is_right_to_left);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    if is_plain {
        return SeenText {
            galley,
            bytes: None,
        };
    }
    let text = &galley.job.text;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let (mut at, mut start) = (0, 0);
    let rows: Vec<Range<usize>> = galley
        .rows
        .iter()
        .map(|row| {
            let count = row.char_count_including_newline().0;
            let from = start;
            start = starts.get(at + count).copied().unwrap_or(text.len());
            at += count;
            from..start
        })
        .collect();
    let (job, bytes) = in_visual_order(&galley.job, rows);
    SeenText {
        galley: ui.fonts_mut(|fonts| fonts.layout_job(job)),
        bytes: Some(bytes),
    }
}

/// The text of `job` with each of its rows in visual order and a new line after it, and the bytes that
/// its characters have in `job`.
fn in_visual_order(job: &LayoutJob, rows: Vec<Range<usize>>) -> (LayoutJob, Vec<usize>) {
    let mut seen = LayoutJob {
        break_on_newline: true,
        halign: job.halign,
        ..LayoutJob::default()
    };
    let mut bytes = Vec::new();
    let count = rows.len();
    // A paragraph runs the way of its first word.
    let rows = pieces(&job.text, None, rows.into_iter());
    for (number, row) in rows.into_iter().enumerate() {
        for piece in row {
            for section in &job.sections {
                let held = section.byte_range.start.0..section.byte_range.end.0;
                let part = piece.range.start.max(held.start)..piece.range.end.min(held.end);
                if part.is_empty() {
                    continue;
                }
                let words = &job.text[part.clone()];
                bytes.extend(words.char_indices().map(|(at, _)| part.start + at));
                match piece.turned {
                    Some(letter) => {
                        let mut room = [0; 4];
                        seen.append(letter.encode_utf8(&mut room), 0.0, section.format.clone());
                    }
                    None => seen.append(words, 0.0, section.format.clone()),
                }
            }
        }
        if let (true, Some(section)) = (number + 1 < count, job.sections.first()) {
            bytes.push(bytes.last().copied().unwrap_or(0));
            seen.append("\n", 0.0, section.format.clone());
        }
    }
    (seen, bytes)
}

/// Bytes that stay together, and the letter that they are drawn as if it is another.
#[derive(Clone, Debug)]
struct Piece {
    range: Range<usize>,
    turned: Option<char>,
}

/// The pieces of each row of a text, from left to right. Without a `base` direction each paragraph has
/// that of its first word.
fn pieces(
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
                    seen.push(Piece {
                        range: run,
                        turned: None,
                    });
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
        });
        end = start;
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

    fn job(parts: &[&str]) -> LayoutJob {
        let mut job = LayoutJob::default();
        for part in parts {
            job.append(part, 0.0, egui::TextFormat::default());
        }
        job
    }

    #[test]
    fn rows_are_broken_before_they_are_turned() {
        let text = ["حزب ", "الله", " قال (LB)"];
        let whole = text.concat();
        let cut = "حزب الله ".len();
        let (seen, bytes) = in_visual_order(&job(&text), vec![0..cut, cut..whole.len()]);
        assert_eq!(seen.text, " الله حزب\n(LB) قال");
        assert_eq!(seen.text.chars().count(), bytes.len());
        // A click on the second word of the first row finds the first word that is read.
        let at = seen.text.chars().position(|c| c == 'ح').unwrap();
        assert_eq!(bytes[at], 0);
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
