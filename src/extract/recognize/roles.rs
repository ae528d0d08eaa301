//! Titles before a name and roles beside it.

use crate::extract::lexicon::{Lexicon, Tag};
use crate::extract::text::{Class, Token, tokens};
use crate::extract::{RawMention, RawRole};
use crate::model::{EntityKind, normalized_name};

/// Bytes before a name in which its title is looked for.
const REACH: usize = 80;
/// Bytes after a name in which its role is looked for.
const REACH_AFTER: usize = 160;

/// The titles and roles that `text` gives to the persons among `mentions`, by mention and start.
pub fn find(text: &str, sentences: &[[usize; 2]], mentions: &[RawMention]) -> Vec<RawRole> {
    let mut roles = Vec::new();
    let mut sentence = 0;
    for (index, mention) in mentions.iter().enumerate() {
        if mention.kind != EntityKind::Person {
            continue;
        }
        while sentence + 1 < sentences.len() && sentences[sentence][1] <= mention.start {
            sentence += 1;
        }
        let [from, to] = sentences.get(sentence).copied().unwrap_or([0, text.len()]);
        let floor = mentions[..index].last().map_or(from, |m| m.end).max(from);
        if let Some([start, end]) = title_before(text, floor, mention.start) {
            roles.push(RawRole {
                mention: index,
                start,
                end,
            });
        }
        if let Some([start, end]) = role_after(text, mention.end, to) {
            roles.push(RawRole {
                mention: index,
                start,
                end,
            });
        }
    }
    roles
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn key(text: &str, token: &Token) -> String {
    if token.end - token.start > 40 {
        return String::new();
    }
    normalized_name(&text[token.start..token.end])
}

/// "General", "Chief of Defence Staff Admiral Sir", "spokesman": the words right before the name.
fn title_before(text: &str, from: usize, name: usize) -> Option<[usize; 2]> {
    if from >= name {
        return None;
    }
    let start = floor_boundary(text, name.saturating_sub(REACH)).max(from);
    let words = tokens(text, start, name);
    let mut first = words.len();
    while first > 0 && belongs_to_title(text, &words, first - 1) {
        first -= 1;
    }
    while first < words.len() && !words[first].is_word() {
        first += 1;
    }
    let last = words.last()?;
    (first < words.len()).then(|| [words[first].start, last.end])
}

/// The token is a title, or a part of one such as "-elect" or the dot of "Gov.".
fn belongs_to_title(text: &str, words: &[Token], index: usize) -> bool {
    let token = &words[index];
    let written = &text[token.start..token.end];
    let is_suffix = |word: &str| matches!(word, "elect" | "in" | "chief" | "designate");
    let next = words.get(index + 1).map(|t| &text[t.start..t.end]);
    match written {
        "." => token.is_glued && index > 0 && is_title(text, &words[index - 1]),
        "-" | "‑" => token.is_glued && next.is_some_and(is_suffix),
        _ if token.class == Class::Lower && token.is_glued && index > 0 => is_suffix(written),
        _ => is_title(text, token),
    }
}

fn is_title(text: &str, token: &Token) -> bool {
    let tags = Lexicon::shared().tags(&key(text, token));
    if token.class == Class::Lower {
        tags.has(Tag::Role)
    } else {
        token.is_capitalized() && tags.has(Tag::Title)
    }
}

/// "commander of the 5th Brigade": from the comma to the next comma or verb.
fn role_after(text: &str, name: usize, to: usize) -> Option<[usize; 2]> {
    let limit = floor_boundary(text, to.min(name + REACH_AFTER));
    if name >= limit {
        return None;
    }
    let words = tokens(text, name, limit);
    let lexicon = Lexicon::shared();
    if words.first().map(|t| &text[t.start..t.end]) != Some(",") {
        return None;
    }
    let mut first = 1;
    while words
        .get(first)
        .is_some_and(|t| matches!(&text[t.start..t.end], "the" | "a" | "an"))
    {
        first += 1;
    }
    let near = words.iter().skip(first).take(6);
    let has_role = near
        .take_while(|t| t.is_word())
        .any(|t| t.class == Class::Lower && lexicon.tags(&key(text, t)).has(Tag::Role));
    if !has_role {
        return None;
    }
    let mut last = first;
    for (index, token) in words.iter().enumerate().skip(first) {
        let written = &text[token.start..token.end];
        let stops = matches!(
            written,
            "," | ";" | "." | "—" | "–" | "(" | "”" | "\"" | ":" | "!" | "?"
        ) || matches!(
            written,
            "who"
                | "which"
                | "said"
                | "says"
                | "told"
                | "was"
                | "is"
                | "has"
                | "had"
                | "died"
                | "were"
                | "would"
                | "will"
                | "could"
                | "should"
                | "may"
                | "might"
                | "can"
                | "must"
                | "did"
                | "have"
        );
        if stops {
            break;
        }
        last = index + 1;
    }
    // The role stands before the verb: "Cho, would speak to the president" tells none of Cho's.
    let has_role = words[first..last]
        .iter()
        .any(|t| t.class == Class::Lower && lexicon.tags(&key(text, t)).has(Tag::Role));
    has_role.then(|| [words[first].start, words[last - 1].end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles_of<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
        let start = text.find(name).unwrap();
        let mention = RawMention {
            start,
            end: start + name.len(),
            kind: EntityKind::Person,
            score: 1.0,
            rule: "test",
            canonical: None,
            country: None,
            unit: None,
            date: None,
        };
        find(text, &[[0, text.len()]], &[mention])
            .iter()
            .map(|role| &text[role.start..role.end])
            .collect()
    }

    #[test]
    fn titles_before_and_roles_after() {
        let text = "Russian General Pavel Orlov, commander of the 5th Brigade, died.";
        assert_eq!(
            roles_of(text, "Pavel Orlov"),
            ["General", "commander of the 5th Brigade"]
        );
        assert_eq!(
            roles_of("They met President-elect Ann Bell today.", "Ann Bell"),
            ["President-elect"]
        );
        assert_eq!(
            roles_of("as Gov. Yuri Petrenko said", "Yuri Petrenko"),
            ["Gov."]
        );
        assert!(roles_of("He saw Ann Bell, and left.", "Ann Bell").is_empty());
        let text = "The president, Ann Bell, would speak to the minister.";
        assert!(roles_of(text, "Ann Bell").is_empty());
    }
}
