//! Languages without rules of their own: where letters have case, a name has capitals, and a word at
//! the start of a sentence that is nowhere else written so is none; where they have none, what a
//! recognizer for English sees in them is a guess.

use super::{is_acronym, is_capitalized, words};
use crate::extract::RawMention;
use crate::model::{Document, EntityKind};
use std::collections::HashSet;

pub(super) fn names(document: &Document, mentions: Vec<RawMention>) -> Vec<RawMention> {
    let text = document.text.as_str();
    // Words that are capitals within a sentence somewhere, and words that are small somewhere.
    let mut inside: HashSet<String> = HashSet::new();
    let mut small: HashSet<&str> = HashSet::new();
    for word in words(text) {
        if is_capitalized(word.text) {
            if !begins_sentence(text, word.start) {
                inside.insert(word.text.to_lowercase());
            }
        } else {
            small.insert(word.text);
        }
    }
    let is_name = |mention: &RawMention| {
        if matches!(mention.kind, EntityKind::Date | EntityKind::Group) {
            return true;
        }
        let name = &text[mention.start..mention.end];
        let parts: Vec<&str> = words(name).map(|word| word.text).collect();
        let has_case = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        let Some(first) = parts.first() else {
            return false;
        };
        if !has_case {
            return mention.canonical.is_some();
        }
        let lower = first.to_lowercase();
        let is_word = small.contains(lower.as_str());
        is_capitalized(first)
            && (is_acronym(first)
                || mention.canonical.is_some()
                || !begins_sentence(text, mention.start)
                || inside.contains(&lower)
                || (parts.len() > 1 && !is_word))
    };
    mentions.into_iter().filter(is_name).collect()
}

/// Nothing but marks and blanks stands between the word and the end of the sentence before.
fn begins_sentence(text: &str, start: usize) -> bool {
    let before =
        text[..start].trim_end_matches([' ', '"', '\u{ab}', '\u{201c}', '\u{201e}', '(', '\t']);
    before.is_empty()
        || before.ends_with(['.', '!', '?', '\n', ':', '\u{2026}', '\u{2014}', '\u{2013}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::marked;

    #[test]
    fn a_capital_at_the_start_of_a_sentence_is_no_name_by_itself() {
        let (document, recognition) = marked(
            0,
            "[person Поки] триває ремонт. [person Ніна] спить. Слухає [person Ніна]. [organization НАТО] мовчить. Чує [person 국정원].",
        );
        let names: Vec<&str> = names(&document, recognition.mentions)
            .iter()
            .map(|m| &document.text[m.start..m.end])
            .collect::<Vec<_>>();
        assert_eq!(names, ["Ніна", "Ніна", "НАТО"]);
    }
}
