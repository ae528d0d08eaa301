//! What a line between two names is labelled with: words of the text.

use super::matcher::Fit;
use super::phrases::Phrase;
use super::sentence::Sentence;
use crate::model::RelationKind;

/// Words before the later end that may serve as a label.
const LONGEST_LABEL: usize = 8;

/// The text's own words: those of the trigger, or where a possessive or adjective says it all, that
/// ("Russia's" of "Russia's Kursk region").
pub(super) fn of_pattern(
    sentence: &Sentence<'_>,
    fit: &Fit,
    kind: RelationKind,
    ends: [Phrase; 2],
) -> String {
    let parts: Vec<String> = fit
        .trigger
        .iter()
        .map(|range| {
            let words = sentence.words_of(range[0]..range[1]);
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect();
    if parts.is_empty() {
        let first = ends[0].head.min(ends[1].head);
        let last = ends[0].head.max(ends[1].head);
        let words: Vec<&str> = sentence.words_of(first..last).split_whitespace().collect();
        let words = words.join(" ");
        let own = words.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\u{2019}');
        if own.is_empty() || last - first > LONGEST_LABEL {
            kind.phrase().to_owned()
        } else {
            own.to_owned()
        }
    } else {
        parts.join(" … ")
    }
}

/// The words that say so on one line, if they are words and few.
pub(super) fn of_words(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let label = words.join(" ");
    let fits = words.len() <= LONGEST_LABEL && label.contains(char::is_alphabetic);
    fits.then_some(label)
}
