//! Text in other languages than English: what is taken for a name there only because English writes
//! no other words so is left out, and Korean names are found by their titles and endings.
//!
//! In come a document whose language is known and the mentions that a recognizer made for English
//! found; out go those that are names. It knows no other documents.

mod capitals;
mod german;
mod korean;

use super::RawMention;
use crate::model::Document;

/// The mentions of `document` that are names in its language, and how many were left out. English,
/// and text whose language is not told, stays as it is. Linear in the text.
pub fn apply(document: &Document, mentions: Vec<RawMention>) -> (Vec<RawMention>, usize) {
    let before = mentions.len();
    let kept = match document.language.as_deref() {
        None | Some("English") => return (mentions, 0),
        Some("German") => german::names(document, mentions),
        Some("Korean") => korean::names(document, mentions),
        Some(_) => capitals::names(document, mentions),
    };
    let left_out = before.saturating_sub(kept.len());
    (kept, left_out)
}

/// A capitalized or other word of a text.
#[derive(Clone, Copy)]
struct Word<'a> {
    start: usize,
    text: &'a str,
}

/// The words of a text, hyphens within them included.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '\u{2019}'))
        .filter(|word| !word.is_empty())
        .map(move |word| Word {
            start: word.as_ptr() as usize - base,
            text: word,
        })
}

fn is_capitalized(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}
