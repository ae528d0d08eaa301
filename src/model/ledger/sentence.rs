//! The sentence that an anchor lies in, as a number: where a file has changed, the same words in another
//! sentence are something else.

use std::collections::HashMap;

/// So far from a mention a sentence is looked at, in bytes: texts without an end of a sentence are long.
const FARTHEST: usize = 400;

/// The bytes of the sentence or line around a place, without the blanks at its ends.
fn sentence_around(text: &str, start: usize, end: usize) -> Option<&str> {
    let head = text.get(text.floor_char_boundary(start.saturating_sub(FARTHEST))..start)?;
    let tail = text.get(end..text.floor_char_boundary((end + FARTHEST).min(text.len())))?;
    text.get(start..end)?;
    let is_stop = |c: char| matches!(c, '.' | '!' | '?' | ':' | '…');
    let ends = |before: &str, c: char| c == '\n' || (c == ' ' && before.ends_with(is_stop));
    let mut backward = head.char_indices().rev();
    let from = backward.find(|&(at, c)| ends(&head[..at], c));
    let from = from.map_or(start - head.len(), |(at, c)| {
        start - head.len() + at + c.len_utf8()
    });
    let mut forward = tail.char_indices();
    let to = forward.find(|&(at, c)| ends(&text[..end + at], c));
    let to = to.map_or(end + tail.len(), |(at, _)| end + at);
    text.get(from..to).map(str::trim)
}

/// Where the sentences of a text are, by their number: `None` for one that it has more than once. Those
/// that are too long to be looked at as a whole are left out.
pub(super) fn sentences(text: &str) -> HashMap<u32, Option<(usize, usize)>> {
    let mut found = HashMap::new();
    let mut start = 0;
    while let Some(first) = text
        .get(text.ceil_char_boundary(start)..)
        .and_then(|rest| rest.chars().next())
    {
        start = text.ceil_char_boundary(start);
        let end = start + first.len_utf8();
        if first.is_whitespace() {
            start = end;
            continue;
        }
        let Some(sentence) = sentence_around(text, start, end) else {
            break;
        };
        let place = (start, start + sentence.len());
        if sentence.len() < FARTHEST
            && let Some(number) = sentence_number(text, start, end)
        {
            let same = found.entry(number).or_insert(Some(place));
            *same = same.filter(|&known| known == place);
        }
        // A long sentence is seen from its part on, and is gone through in parts.
        start += sentence.len().clamp(first.len_utf8(), FARTHEST);
    }
    found
}

/// A number of the sentence around a place: FNV-1a of its bytes, folded to 32 bits. `None` for a place
/// that is not in the text.
pub(in crate::model) fn sentence_number(text: &str, start: usize, end: usize) -> Option<u32> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let sentence = sentence_around(text, start, end)?;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    let hash = sentence.bytes().fold(BASIS, step);
    Some(((hash >> 32) ^ (hash & u64::from(u32::MAX))) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_stop_or_with_its_line() {
        let text = "He came. Then Kim left! They ate.\nKim\nEnd";
        let around = |words: &str| {
            let start = text.find(words).unwrap();
            sentence_around(text, start, start + words.len()).unwrap()
        };
        assert_eq!(around("Kim left"), "Then Kim left!");
        assert_eq!(
            around("Kim\n"),
            "Kim\nEnd",
            "a place over two lines has both"
        );
        assert_eq!(around("ate"), "They ate.");
        assert_eq!(around("came"), "He came.");
        assert_eq!(sentence_number(text, 3, 999), None);
        let all = sentences(text);
        assert_eq!(all.len(), 5, "{all:?}");
        let number = sentence_number(text, 14, 17).unwrap();
        assert_eq!(all[&number], Some((9, 23)));
        assert_eq!(sentences("So. No. So.").values().flatten().count(), 1);
    }

    #[test]
    fn a_number_is_that_of_the_sentence_wherever_it_stands() {
        let number = |text: &str| {
            let start = text.find("Kim").unwrap();
            sentence_number(text, start, start + 3)
        };
        assert_eq!(
            number("Kim left."),
            number("So they say. Kim left. It is so.")
        );
        assert_ne!(number("Kim left."), number("Kim slept."));
        let long = "a ".repeat(40_000) + "Kim";
        assert!(number(&long).is_some());
    }
}
