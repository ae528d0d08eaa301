//! Korean has no capitals: persons are known by the title behind their name, bodies by the ends of
//! their names, places by a list. What else a recognizer for English sees is left out.

use super::words;
use crate::extract::RawMention;
use crate::model::{Document, EntityKind};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The words by which names are known; see the comments of the list.
struct Lists {
    family: HashSet<&'static str>,
    titles: HashSet<&'static str>,
    places: HashSet<&'static str>,
    bodies: Vec<&'static str>,
    units: Vec<&'static str>,
    particles: Vec<&'static str>,
    place_endings: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    family: section("family").collect(),
    titles: section("title").collect(),
    places: section("place").collect(),
    bodies: section("body").collect(),
    units: section("unit").collect(),
    particles: section("particle").collect(),
    place_endings: section("place_ending").collect(),
});

/// The words of one section of the list, in its order.
fn section(name: &str) -> impl Iterator<Item = &'static str> {
    let title = |line: &'static str| line.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
    include_str!("../../../assets/lexicons/korean.txt")
        .lines()
        .skip_while(move |line| title(line) != Some(name))
        .skip(1)
        .take_while(move |line| title(line).is_none())
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

pub(super) fn names(document: &Document, mentions: Vec<RawMention>) -> Vec<RawMention> {
    let text = document.text.as_str();
    let is_hangul = |m: &RawMention| text[m.start..m.end].chars().any(hangul);
    let mut found: Vec<RawMention> = mentions
        .into_iter()
        .filter(|m| {
            m.rule == super::super::lists::LISTED || m.kind == EntityKind::Date || !is_hangul(m)
        })
        .collect();
    let taken: Vec<[usize; 2]> = found.iter().map(|m| [m.start, m.end]).collect();
    let all: Vec<_> = words(text).collect();
    let mut persons: HashSet<&str> = HashSet::new();
    for pair in all.windows(2) {
        let gap = &text[pair[0].start + pair[0].text.len()..pair[1].start];
        if gap == " " && is_person(pair[0].text) && is_title(pair[1].text) {
            persons.insert(pair[0].text);
        }
    }
    for word in &all {
        let names = |length: usize, kind: EntityKind| RawMention {
            start: word.start,
            end: word.start + length,
            kind,
            score: 0.8,
            rule: "korean",
            canonical: None,
            country: None,
            unit: None,
            date: None,
        };
        let bare = without_particle(word.text, |stem| {
            persons.contains(stem) || place_length(stem).is_some() || body(stem).is_some()
        });
        let mention = if persons.contains(bare) {
            Some(names(bare.len(), EntityKind::Person))
        } else if let Some(length) = place_length(bare) {
            Some(names(length, EntityKind::Place))
        } else {
            body(bare).map(|kind| names(bare.len(), kind))
        };
        if let Some(mention) = mention
            && !overlaps(&taken, mention.start, mention.end)
            && !document.is_boilerplate(mention.start, mention.end)
        {
            found.push(mention);
        }
    }
    found.sort_by_key(|mention| mention.start);
    found
}

/// One of the sorted ranges overlaps these bytes.
fn overlaps(sorted: &[[usize; 2]], start: usize, end: usize) -> bool {
    let next = sorted.partition_point(|range| range[1] <= start);
    sorted.get(next).is_some_and(|range| range[0] < end)
}

fn hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

/// Family name and a given name of two syllables.
fn is_person(word: &str) -> bool {
    let family = word.chars().next().map_or(0, char::len_utf8);
    word.chars().count() == 3 && word.chars().all(hangul) && LISTS.family.contains(&word[..family])
}

fn is_title(word: &str) -> bool {
    let bare = without_particle(word, |stem| LISTS.titles.contains(stem));
    LISTS.titles.contains(bare)
}

/// The word, or what is left of it without a particle if that is `known`.
fn without_particle(word: &str, known: impl Fn(&str) -> bool) -> &str {
    if known(word) {
        return word;
    }
    LISTS
        .particles
        .iter()
        .filter_map(|particle| word.strip_suffix(particle))
        .find(|stem| known(stem))
        .unwrap_or(word)
}

/// The bytes of a place's name at the start of a word that is it.
fn place_length(word: &str) -> Option<usize> {
    let is_place = |name: &str| LISTS.places.contains(name);
    if is_place(word) {
        return Some(word.len());
    }
    LISTS
        .place_endings
        .iter()
        .any(|ending| word.strip_suffix(ending).is_some_and(is_place))
        .then_some(word.len())
}

/// The kind of a body that the word names.
fn body(word: &str) -> Option<EntityKind> {
    let syllables = word.chars().filter(|&c| hangul(c)).count();
    let ends = |list: &[&str]| {
        list.iter()
            .any(|e| word.ends_with(e) && word.len() > e.len())
    };
    if syllables >= 4 && ends(&LISTS.units) {
        Some(EntityKind::Unit)
    } else if syllables >= 4 && ends(&LISTS.bodies) {
        Some(EntityKind::Organization)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::document;

    #[test]
    fn titles_ends_and_places() {
        let document = document(
            0,
            "제7보병사단은 대구에서 떠났다. 한국은행의 이민수 총재가 아니라 이민호 의원이 말했다. 이민호는 부산시로 갔다. 사람들은 큰 집에 있다.".to_owned(),
        );
        let found: Vec<String> = names(&document, Vec::new())
            .iter()
            .map(|m| format!("{} {}", m.kind.key(), &document.text[m.start..m.end]))
            .collect();
        assert_eq!(
            found,
            [
                "unit 제7보병사단",
                "place 대구",
                "organization 한국은행",
                "person 이민호",
                "person 이민호",
                "place 부산시",
            ]
        );
    }
}
