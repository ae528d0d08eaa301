//! Where the parts of a text lie in a later version of it.

use std::collections::HashMap;

/// A part that both versions have: its first byte in each, and its length.
type Part = (usize, usize, usize);

/// Which bytes of a text are where in a later version.
///
/// Sentences are matched: those at both ends, and between them those that each version has once and in
/// the same order (patience diff, as Bram Cohen describes it for bzr). Between two matches a word is
/// known again if each version has it there once.
pub(super) struct MovedText<'a> {
    old: &'a str,
    new: &'a str,
    /// In order in both.
    parts: Vec<Part>,
}

impl<'a> MovedText<'a> {
    /// Takes time near-linear in both texts.
    pub(super) fn new(old: &'a str, new: &'a str) -> Self {
        let (before, after) = (pieces(old), pieces(new));
        let same = |(a, b): &(&Piece<'_>, &Piece<'_>)| a.1 == b.1;
        let head = before.iter().zip(&after).take_while(same).count();
        let (old_rest, new_rest) = (&before[head..], &after[head..]);
        let backwards = old_rest.iter().rev().zip(new_rest.iter().rev());
        let tail = backwards.take_while(same).count();
        let mut parts: Vec<Part> = (0..head).map(|at| part(before[at], after[at])).collect();
        let middle = once_in_both(
            &old_rest[..old_rest.len() - tail],
            &new_rest[..new_rest.len() - tail],
        );
        parts.extend(in_order(&middle));
        let last = (0..tail).rev();
        parts.extend(last.map(|at| {
            let (old, new) = (before.len() - 1 - at, after.len() - 1 - at);
            part(before[old], after[new])
        }));
        Self { old, new, parts }
    }

    /// Where the bytes from `start` to `end` of the old text begin in the new one, if they are the same
    /// there.
    pub(super) fn start_of(&self, start: usize, end: usize) -> Option<usize> {
        let words = self.old.get(start..end).filter(|words| !words.is_empty())?;
        let after = self.parts.partition_point(|&(from, _, _)| from <= start);
        let before = after.checked_sub(1).map(|at| self.parts[at]);
        if let Some((from, to, length)) = before
            && start < from + length
        {
            let moved = to + (start - from);
            return (self.new.get(moved..moved + words.len()) == Some(words)).then_some(moved);
        }
        let (old_from, new_from) = before.map_or((0, 0), |(old, new, n)| (old + n, new + n));
        let next = self.parts.get(after);
        let (old_to, new_to) = next.map_or((self.old.len(), self.new.len()), |p| (p.0, p.1));
        only(self.old.get(old_from..old_to)?, words)?;
        let at = new_from + only(self.new.get(new_from..new_to)?, words)?;
        // "Kim" is not in "Kimberley".
        let is_apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let before = self.new[..at].chars().next_back();
        let after = self.new[at + words.len()..].chars().next();
        (is_apart(before) && is_apart(after)).then_some(at)
    }
}

/// Where the only place of some words in a text is.
fn only(text: &str, words: &str) -> Option<usize> {
    let mut found = text.match_indices(words);
    let (first, _) = found.next()?;
    found.next().is_none().then_some(first)
}

/// First byte and words of a sentence or line, without the blanks after it.
type Piece<'a> = (usize, &'a str);

fn part(old: Piece<'_>, new: Piece<'_>) -> Part {
    (old.0, new.0, old.1.len())
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_end = c == '\n' || (c == ' ' && matches!(before, '.' | '!' | '?' | ':' | '…'));
        before = c;
        if is_end {
            found.push((start, text[start..=at].trim_end()));
            start = at + 1;
        }
    }
    found.push((start, text[start..].trim_end()));
    found
}

/// The pieces that each of both has once, in the order of the first.
fn once_in_both(old: &[Piece<'_>], new: &[Piece<'_>]) -> Vec<Part> {
    let count = |pieces: &[Piece<'_>]| {
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for &(start, words) in pieces {
            let place = places.entry(words.to_owned()).or_insert(Some(start));
            *place = place.filter(|&known| known == start);
        }
        places
    };
    let (in_old, in_new) = (count(old), count(new));
    let once = old.iter().filter(|(_, words)| !words.is_empty());
    once.filter_map(|&(start, words)| {
        in_old.get(words).copied().flatten()?;
        let there = in_new.get(words).copied().flatten()?;
        Some((start, there, words.len()))
    })
    .collect()
}

/// The longest choice of parts that stand in the same order in both (Fredman 1975).
fn in_order(parts: &[Part]) -> Vec<Part> {
    // The part that ends the best choice of each length, and the one before each part in its choice.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let length = ends.partition_point(|&end| parts[end].1 < part.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut chosen = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chosen.push(parts[at]);
        next = before[at];
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::MovedText;
    use proptest::prelude::*;

    /// Where each "Kim" of the old text is in the new one.
    fn moved(old: &str, new: &str) -> Vec<Option<usize>> {
        let text = MovedText::new(old, new);
        let all = old.match_indices("Kim");
        all.map(|(at, word)| text.start_of(at, at + word.len()))
            .collect()
    }

    #[test]
    fn words_are_known_again_behind_what_came_in_front() {
        let old = "Kim left. Kim slept.";
        assert_eq!(moved(old, old), [Some(0), Some(10)]);
        let new = "Kim spoke. Kim left. Kim slept.";
        assert_eq!(moved(old, new), [Some(11), Some(21)]);
        assert_eq!(moved(old, "Kim slept. And so."), [None, Some(0)]);
    }

    #[test]
    fn in_a_changed_sentence_a_word_is_known_that_stands_there_once() {
        let old = "He came. Then Kim left in haste. They ate.";
        assert_eq!(moved(old, "He came. Kim left. They ate."), [Some(9)]);
        assert_eq!(moved(old, "He came. Kim saw Kim. They ate."), [None]);
        assert_eq!(moved(old, ""), [None]);
    }

    #[test]
    fn a_sentence_inserted_between_two_others_moves_only_what_follows() {
        let old = "One Kim ran.\nTwo Kim sat.\nThree Kim ate.\nEnd.";
        let new = "Zero.\nOne Kim ran.\nAnd Kim again.\nThree Kim ate.\nEnd of it.";
        assert_eq!(moved(old, new), [Some(10), Some(23), Some(40)]);
    }

    proptest! {
        #[test]
        fn what_is_found_has_the_same_words(
            old in "[Kima.\u{e9}\n ]{0,60}", new in "[Kima.\u{e9}\n ]{0,60}"
        ) {
            let text = MovedText::new(&old, &new);
            for start in 0..old.len() {
                for end in start..=old.len().min(start + 5) {
                    if let Some(moved) = text.start_of(start, end) {
                        prop_assert_eq!(&old[start..end], &new[moved..moved + end - start]);
                    }
                }
            }
        }
    }
}
