//! German writes every noun with a capital: what stands behind an article, a number or an inflected
//! adjective is a noun, whatever it looks like to rules made for English.

use super::{Word, is_acronym, is_capitalized, words};
use crate::extract::RawMention;
use crate::extract::lexicon::{Lexicon, Tag};
use crate::model::{Document, EntityKind, normalized_name};
use std::collections::HashSet;

/// Words right before a noun; names of persons and most places have none of them.
const DETERMINERS: &[&str] = &[
    "der",
    "die",
    "das",
    "den",
    "dem",
    "des",
    "ein",
    "eine",
    "einen",
    "einem",
    "einer",
    "eines",
    "im",
    "am",
    "zum",
    "zur",
    "vom",
    "beim",
    "ins",
    "ans",
    "aufs",
    "kein",
    "keine",
    "keinen",
    "keinem",
    "keiner",
    "sein",
    "seine",
    "seinen",
    "seinem",
    "seiner",
    "ihr",
    "ihre",
    "ihren",
    "ihrem",
    "ihrer",
    "unser",
    "unsere",
    "unseren",
    "diese",
    "dieser",
    "diesen",
    "diesem",
    "dieses",
    "jede",
    "jeder",
    "jeden",
    "jedem",
    "jedes",
    "mein",
    "meine",
    "mehrere",
    "mehreren",
    "viele",
    "vielen",
    "einige",
    "einigen",
    "wenige",
    "wenigen",
    "zahlreiche",
    "alle",
    "allen",
    "manche",
    "beide",
    "beiden",
    "zwei",
    "drei",
    "vier",
    "acht",
    "neun",
    "zehn",
    "elf",
    "hunderte",
    "tausende",
];

/// Ends of nouns that name no single thing.
const NOUN_ENDINGS: &[&str] = &[
    "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen",
    "ismus", "tät", "täten", "nis", "nisse", "chen", "lein",
];

/// What an organization's or unit's name holds.
const BODIES: &[&str] = &[
    "ministerium",
    "amt",
    "dienst",
    "dienstes",
    "hilfswerk",
    "rat",
    "partei",
    "bank",
    "bataillon",
    "brigade",
    "regiment",
    "division",
    "korps",
    "universität",
    "verband",
    "verein",
    "bund",
    "bahn",
    "bundeswehr",
    "wehrmacht",
    "armee",
    "marine",
    "luftwaffe",
    "agentur",
    "institut",
    "kunstsammlungen",
    "gesellschaft",
    "werk",
    "werke",
    "polizei",
    "kreuz",
    "union",
    "akademie",
    "konzern",
    "gruppe",
    "zeitung",
    "rundfunk",
    "radio",
    "gmbh",
    "ag",
    "landtag",
    "bundestag",
    "kommission",
    "gericht",
    "gerichtshof",
    "staffel",
    "geschwader",
    "kompanie",
    "verwaltung",
    "behörde",
    "stiftung",
];

pub(super) fn names(document: &Document, mentions: Vec<RawMention>) -> Vec<RawMention> {
    let text = document.text.as_str();
    let nouns = nouns(text);
    let mut kept: Vec<RawMention> = Vec::with_capacity(mentions.len());
    let mut single: Vec<RawMention> = Vec::new();
    let mut surnames: HashSet<String> = HashSet::new();
    for mut mention in mentions {
        if mention.rule == super::super::lists::LISTED {
            kept.push(mention);
            continue;
        }
        let parts: Vec<Word<'_>> = words(&text[mention.start..mention.end]).collect();
        match mention.kind {
            EntityKind::Date | EntityKind::Group | EntityKind::Equipment | EntityKind::Event => {
                kept.push(mention);
            }
            EntityKind::Person if parts.len() == 1 => single.push(mention),
            EntityKind::Person => {
                if let Some([from, to, last]) = full_name(&parts, &nouns) {
                    surnames.insert(normalized_name(
                        &text[mention.start + last..mention.start + to],
                    ));
                    mention.end = mention.start + to;
                    mention.start += from;
                    kept.push(mention);
                }
            }
            EntityKind::Place => {
                let is_country = mention.rule.contains("country");
                let is_noun = parts.iter().any(|part| is_noun(part.text, &nouns));
                if is_country || !is_noun {
                    kept.push(mention);
                }
            }
            EntityKind::Organization | EntityKind::Unit => {
                if is_body(&parts) {
                    kept.push(mention);
                }
            }
        }
    }
    for mention in single {
        let name = normalized_name(&text[mention.start..mention.end]);
        let bare = name.strip_suffix('s').unwrap_or(&name);
        if surnames.contains(&name) || surnames.contains(bare) {
            kept.push(mention);
        }
    }
    kept.sort_by_key(|mention| mention.start);
    kept
}

/// The words that the text uses as nouns.
fn nouns(text: &str) -> HashSet<String> {
    let mut nouns = HashSet::new();
    let mut before: Option<Word<'_>> = None;
    for word in words(text) {
        let previous = before.replace(word);
        let Some(previous) = previous.filter(|_| is_capitalized(word.text)) else {
            continue;
        };
        let gap = &text[previous.start + previous.text.len()..word.start];
        if gap.trim_matches(' ').is_empty() && is_before_noun(previous.text) {
            nouns.insert(word.text.to_lowercase());
        }
    }
    nouns
}

fn is_before_noun(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_number = word.chars().all(|c| c.is_ascii_digit()) && word.len() < 4;
    // "tagelangem Regen": no other words end so, "dem" and "wem" being short.
    let is_inflected = !is_capitalized(word) && lower.ends_with("em") && lower.len() > 5;
    is_number
        || is_inflected
        || DETERMINERS.contains(&lower.as_str())
        || lower.ends_with("hundert")
        || lower.ends_with("tausend")
        || lower.ends_with("zig")
}

fn is_noun(word: &str, nouns: &HashSet<String>) -> bool {
    let lower = word.to_lowercase();
    !is_acronym(word)
        && (nouns.contains(&lower) || NOUN_ENDINGS.iter().any(|ending| lower.ends_with(ending)))
}

/// The part of the words that begins with a given name and ends before an article: its first byte,
/// the byte after its last, and the first byte of its last word.
fn full_name(parts: &[Word<'_>], nouns: &HashSet<String>) -> Option<[usize; 3]> {
    let is_given = |word: &str| {
        Lexicon::shared()
            .tags(&normalized_name(word))
            .has(Tag::Given)
    };
    let first = parts
        .iter()
        .position(|part| is_given(part.text) && !is_noun(part.text, nouns))?;
    let rest = &parts[first..];
    let is_article = |word: &&Word<'_>| matches!(word.text, "der" | "die" | "das" | "den" | "dem");
    let mut end = rest
        .iter()
        .position(|w| is_article(&w))
        .unwrap_or(rest.len());
    while end > 0 && !is_capitalized(rest[end - 1].text) {
        end -= 1;
    }
    let last = rest.get(end.checked_sub(1)?)?;
    (end > 1).then_some([rest[0].start, last.start + last.text.len(), last.start])
}

fn is_body(parts: &[Word<'_>]) -> bool {
    parts.iter().any(|part| {
        let lower = part.text.to_lowercase();
        is_acronym(part.text)
            || BODIES
                .iter()
                .any(|body| lower.strip_suffix('s').unwrap_or(&lower).ends_with(body))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::marked;

    #[track_caller]
    fn keeps(notation: &str, expected: &[&str]) {
        let (document, recognition) = marked(0, notation);
        let found = names(&document, recognition.mentions);
        let names: Vec<&str> = found
            .iter()
            .map(|m| &document.text[m.start..m.end])
            .collect();
        assert_eq!(names, expected, "{notation}");
    }

    #[test]
    fn nouns_are_no_names() {
        keeps(
            "Nach tagelangem [place Regen] lief Wasser in den [person Keller].",
            &[],
        );
        keeps("Die [place Halle] steht. Er kam in [place Halle] an.", &[]);
        keeps(
            "Er reiste nach [place Halle] und [place Meißen].",
            &["Halle", "Meißen"],
        );
        keeps("Die [person Verhandlungen] endeten.", &[]);
    }

    #[test]
    fn persons_need_a_given_name() {
        keeps(
            "Die [person Meteorologin Anna Seidel] sprach. [person Seidel] ging. [person Schäden] blieben.",
            &["Anna Seidel", "Seidel"],
        );
        keeps(
            "[person Anna Seidel von den Grünen] sprach.",
            &["Anna Seidel"],
        );
    }

    #[test]
    fn bodies_are_known_by_what_they_are() {
        keeps(
            "Das [organization Innenministerium] und die [organization Lage der Dinge].",
            &["Innenministerium"],
        );
        keeps("Die [organization NATO] tagt.", &["NATO"]);
    }
}
