//! Sentence boundaries: Unicode's (UAX #29), mended for news text.

use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations that stand before a name: no sentence ends after them.
const BEFORE_NAMES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "gov", "sen", "rep", "lt", "col", "sgt", "capt", "maj",
    "cmdr", "adm", "brig", "st", "hon", "rev", "pres", "pvt", "cpl", "messrs", "amb", "supt",
    "insp", "vs", "no", "mt", "ft", "e.g", "i.e", "approx", "gens", "sens", "reps", "cf", "art",
    "fr", "inf", "cav", "armd", "mech", "arty", "regt", "bde", "bn", "sqn", "coy", "abn",
];
/// Abbreviations that may end a sentence: one does end where a common opening word follows.
const ANYWHERE: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "jr",
    "sr", "inc", "ltd", "co", "corp", "ave", "blvd", "rd", "a.m", "p.m", "etc", "al", "bros",
    "dept", "est",
];
const OPENINGS: &[&str] = &[
    "the", "a", "an", "he", "she", "it", "they", "we", "this", "that", "these", "those", "in",
    "on", "at", "but", "and", "for", "as", "when", "while", "if", "after", "before", "since",
    "although", "there", "his", "her", "its", "their", "our", "my", "i", "you", "so", "yet", "not",
    "no", "one",
];
/// A line at least this long, in bytes, is taken for a line of a wrapped paragraph.
const WRAPPED_LINE: usize = 50;
/// No writer makes longer sentences, in bytes. Every piece of evidence holds its whole sentence, so
/// that memory would grow with the square of a list without a full stop.
const LONGEST: usize = 2000;

/// Byte ranges of the sentences of `text`, in order, trimmed of blanks; they do not overlap and
/// leave out nothing but blanks. What goes on for longer than any sentence is cut, at a comma or a
/// blank. Linear in the length of the text.
pub fn sentences(text: &str) -> Vec<[usize; 2]> {
    let mut out: Vec<[usize; 2]> = Vec::new();
    for (start, piece) in text.split_sentence_bound_indices() {
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            continue;
        }
        let start = start + (piece.len() - piece.trim_start().len());
        let end = start + trimmed.len();
        match out.last_mut() {
            Some(last) if continues(text, *last, start, end) => last[1] = end,
            _ => out.push([start, end]),
        }
    }
    if out.iter().any(|[start, end]| end - start > LONGEST) {
        out = out.into_iter().flat_map(|range| cut(text, range)).collect();
    }
    out
}

/// The parts of a sentence, none longer than [`LONGEST`] unless a single word is.
fn cut(text: &str, [mut start, end]: [usize; 2]) -> Vec<[usize; 2]> {
    let mut parts = Vec::new();
    while end - start > LONGEST {
        let sentence = &text[start..end];
        let window = &sentence[..sentence.floor_char_boundary(LONGEST)];
        let after = |mark: fn(char) -> bool| {
            let (at, found) = window.char_indices().rev().find(|&(_, c)| mark(c))?;
            Some(at + found.len_utf8())
        };
        let at = after(|c| matches!(c, ',' | ';' | ':' | '\n'))
            .or_else(|| after(char::is_whitespace))
            .or_else(|| after(|c| !c.is_alphanumeric()))
            .or_else(|| sentence.find(|c: char| !c.is_alphanumeric()));
        let Some(at) = at else {
            break;
        };
        parts.push([start, start + sentence[..at].trim_end().len()]);
        start += sentence.len() - sentence[at..].trim_start().len();
    }
    if start < end {
        parts.push([start, end]);
    }
    parts
}

/// The piece from `start` to `end` belongs to the sentence before it.
fn continues(text: &str, [from, to]: [usize; 2], start: usize, end: usize) -> bool {
    let gap = &text[to..start];
    let before = &text[from..to];
    let after = &text[start..end];
    if gap.contains('\n') {
        return gap.matches('\n').count() == 1 && continues_after_line_break(before, after);
    }
    if !before.ends_with('.') {
        return false;
    }
    let word = last_word(before);
    let lower = word.to_lowercase();
    let opening = opens_sentence(after);
    if BEFORE_NAMES.contains(&lower.as_str()) {
        return true;
    }
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_dotted = word.contains('.') && word.chars().all(|c| c == '.' || c.is_uppercase());
    (ANYWHERE.contains(&lower.as_str()) || is_initial || is_dotted) && !opening
}

/// The last word of `sentence` without its final dot; a bounded look back.
fn last_word(sentence: &str) -> &str {
    let body = &sentence[..sentence.len() - 1];
    let start = body
        .char_indices()
        .rev()
        .take(12)
        .find(|(_, c)| !c.is_alphanumeric() && *c != '.')
        .map_or_else(
            || {
                body.char_indices()
                    .rev()
                    .take(12)
                    .last()
                    .map_or(0, |(i, _)| i)
            },
            |(i, c)| i + c.len_utf8(),
        );
    &body[start..]
}

fn opens_sentence(after: &str) -> bool {
    // "R. I. Safin": a letter with a dot is an initial and no word.
    if after.chars().nth(1) == Some('.') {
        return false;
    }
    let word: String = after
        .chars()
        .take(10)
        .take_while(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    OPENINGS.contains(&word.as_str())
}

fn continues_after_line_break(before: &str, after: &str) -> bool {
    let ends = before
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c, '.' | '!' | '?' | ':' | '…' | '”' | '"' | ')' | ']' | ';'));
    let line = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let first = after.chars().next();
    let lower = first.is_some_and(char::is_lowercase);
    let letter = first.is_some_and(char::is_alphabetic);
    !ends && letter && (lower || line >= WRAPPED_LINE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|&[a, b]| &text[a..b]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(split("Rostov Gov. Yuri Slusar spoke. He left.").len(), 2);
        assert_eq!(
            split("Robert D. English met the U.S. President on Jan. 4 there.").len(),
            1
        );
        assert_eq!(split("She lives in the U.S. The others do not.").len(), 2);
        assert_eq!(split("It was posted on X. The caption is wrong.").len(), 2);
    }

    #[test]
    fn blank_lines_and_bullets_end_sentences() {
        assert_eq!(split("A headline without a stop\n\nThe text.").len(), 2);
        assert_eq!(split("Items:\n• First thing\n• Second thing").len(), 3);
        assert_eq!(
            split("This line of a wrapped paragraph goes on with Allard\nBlom, who spoke.").len(),
            1
        );
    }

    #[test]
    fn quotes_stay_with_their_sentence() {
        assert_eq!(
            split("“It is false.” He left."),
            ["“It is false.”", "He left."]
        );
    }

    #[test]
    fn five_megabytes_without_a_blank() {
        let text = "a".repeat(5_000_000);
        assert_eq!(sentences(&text), [[0, 5_000_000]]);
    }

    #[test]
    fn lists_without_an_end_are_cut() {
        for (unit, blank) in [("Ada Byron, ", " "), ("Ada Byron ", " "), ("Paris,", "")] {
            let text = unit.repeat(5000);
            let parts = split(&text);
            assert!(parts.iter().all(|part| part.len() <= LONGEST));
            assert_eq!(parts.join(blank), text.trim());
        }
    }

    proptest! {
        #[test]
        fn ranges_are_sorted_disjoint_and_leave_out_blanks_only(text in "\\PC{0,80}|[A-Z.\\n' a]{0,80}") {
            let mut last = 0;
            for [start, end] in sentences(&text) {
                prop_assert!(start >= last && end > start);
                prop_assert!(text[last..start].trim().is_empty());
                last = end;
            }
            prop_assert!(text[last..].trim().is_empty());
        }
    }
}
