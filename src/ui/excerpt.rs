//! The sentence around a mention, for lists of mentions.

use unicode_segmentation::UnicodeSegmentation;

/// No excerpt is longer than this many bytes on either side of its words.
const REACH: usize = 300;

/// The bytes of the sentence (within its line) that holds `range`, at most [`REACH`] bytes to
/// either side. Always on character boundaries, whatever `range` says.
pub fn sentence_around(text: &str, range: [usize; 2]) -> [usize; 2] {
    let start = floor(text, range[0].min(text.len()));
    let end = ceil(text, range[1].clamp(start, text.len()));
    let low = floor(text, start.saturating_sub(REACH));
    let high = ceil(text, (end + REACH).min(text.len()));
    let low = text[low..start].rfind('\n').map_or(low, |at| low + at + 1);
    let high = text[end..high]
        .find(['\n', '\r'])
        .map_or(high, |at| end + at);
    let mut from = low;
    let mut to = high;
    for (at, sentence) in text[low..high].split_sentence_bound_indices() {
        let (first, last) = (low + at, low + at + sentence.len());
        if first <= start && is_sentence_start(&text[low..high], at) {
            from = first;
        }
        if last >= end && is_sentence_start(&text[low..high], at + sentence.len()) {
            to = last;
            break;
        }
    }
    let trimmed = text[from..to].trim_start();
    let from = to - trimmed.len();
    [from.min(start), (from + trimmed.trim_end().len()).max(end)]
}

/// "Lt. Gen." and initials end no sentence: what stands before must have more than three letters.
fn is_sentence_start(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    if before.is_empty() || at >= text.len() {
        return true;
    }
    let word = before.rsplit([' ', '(', '"']).next().unwrap_or_default();
    !(word.ends_with('.') && word.chars().count() <= 4 && word.chars().any(char::is_uppercase))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sentence_and_no_more() {
        let text = "It rained. Lt. Gen. Ada Berg came to Oslo. She left.\nNext line";
        let at = text.find("Berg").unwrap();
        let [start, end] = sentence_around(text, [at, at + 4]);
        assert_eq!(&text[start..end], "Lt. Gen. Ada Berg came to Oslo.");
    }

    proptest! {
        #[test]
        fn any_range_of_any_text_is_held(text in "\\PC{0,80}\n?\\PC{0,80}", a in 0usize..200, b in 0usize..200) {
            let [start, end] = sentence_around(&text, [a.min(b), a.max(b)]);
            prop_assert!(start <= end && text.is_char_boundary(start) && text.is_char_boundary(end));
        }
    }
}
