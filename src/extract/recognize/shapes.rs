//! Capitalized words that no other rule has taken: what they are, from the words around them.

use super::candidate::Candidate;
use super::page::Page;
use super::persons::{name_end, title_before};
use crate::extract::gazetteer::{Gazetteer, PlaceKind};
use crate::extract::lexicon::{Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;

/// Candidates among the tokens of the sentence that `taken` leaves free.
pub fn find(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    taken: &[bool],
    [first, end]: [usize; 2],
    out: &mut Vec<Candidate>,
) -> usize {
    let mut dropped = 0;
    let mut index = first;
    while index < end {
        if taken[index] || !page.is_name_word(index) || lexicon.known(page.key(index)).is_some() {
            index += 1;
            continue;
        }
        let mut stop = name_end(page, lexicon, index, end);
        if let Some(busy) = (index..stop).find(|&i| taken[i]) {
            stop = busy;
        }
        while stop > index + 1 && !page.tokens[stop - 1].is_word() {
            stop -= 1;
        }
        match classify(page, gazetteer, index, stop, [first, end]) {
            Some(candidate) => out.push(candidate),
            None => dropped += 1,
        }
        index = stop;
    }
    dropped
}

fn classify(
    page: &Page,
    gazetteer: &Gazetteer,
    first: usize,
    stop: usize,
    [from, to]: [usize; 2],
) -> Option<Candidate> {
    let words = (first..stop).filter(|&i| page.tokens[i].is_word()).count();
    let [mut person, mut place, mut organization, nothing] =
        priors(page, gazetteer, first, stop, words);
    if let Some(previous) = first.checked_sub(1).filter(|&p| p >= from) {
        let tags = page.tags(previous);
        let key = page.key(previous);
        let small = page.tokens[previous].class == Class::Lower;
        if small
            && matches!(
                key,
                "in" | "near" | "from" | "outside" | "towards" | "toward" | "across" | "throughout"
            )
        {
            place += 1.0;
            organization += 0.1;
        } else if small
            && matches!(
                key,
                "at" | "to" | "into" | "around" | "via" | "through" | "between"
            )
        {
            place += 0.45;
            organization += 0.2;
        } else if small && tags.has(Tag::Role) || title_before(page, from, first) {
            person += 1.2;
        } else if small && matches!(key, "by" | "with" | "and") {
            person += 0.15;
        } else if key == "the" {
            organization += 0.55;
            person -= 0.7;
            place -= 0.1;
        } else if matches!(key, "a" | "an") {
            person -= 0.6;
            place -= 0.6;
        } else if page.is_mark(previous, "(") {
            organization += 0.2;
        }
    }
    if stop < to {
        let tags = page.tags(stop);
        let key = page.key(stop);
        if tags.has(Tag::Speech) {
            person += 0.8;
            organization += 0.2;
        } else if key == "who"
            || page.is_mark(stop, ",")
                && stop + 1 < to
                && matches!(page.key(stop + 1), "who" | "a" | "an" | "whose")
        {
            person += 0.8;
        } else if page.is_mark(stop, ",")
            && stop + 1 < to
            && page.tokens[stop + 1].class == Class::Number
            && page.key(stop + 1).len() == 2
        {
            person += 1.0;
        } else if page.tokens[stop].class == Class::Possessive {
            person += 0.1;
        } else if tags.has(Tag::RegionWord) && page.tokens[stop].class == Class::Lower {
            place += 0.9;
        } else if matches!(key, "is" | "was" | "has" | "had") {
            person += 0.15;
        } else if matches!(
            key,
            "news"
                | "agency"
                | "newspaper"
                | "group"
                | "party"
                | "company"
                | "magazine"
                | "television"
                | "website"
        ) {
            organization += 0.8;
        } else if key == "in" && page.tokens[stop].class == Class::Lower {
            organization += 0.1;
        }
    }
    let best = [
        (person, EntityKind::Person),
        (place, EntityKind::Place),
        (organization, EntityKind::Organization),
    ]
    .into_iter()
    .fold((nothing, None), |best, (score, kind)| {
        if score > best.0 {
            (score, Some(kind))
        } else {
            best
        }
    });
    let score = (0.4 + 0.2 * (best.0 - nothing)).clamp(0.4, 0.75);
    best.1
        .map(|kind| Candidate::new(first, stop, kind, score, "shape"))
}

/// Scores of person, place, organization and of being no mention, before the context is seen.
fn priors(page: &Page, gazetteer: &Gazetteer, first: usize, stop: usize, words: usize) -> [f32; 4] {
    let tags = page.tags(first);
    let last = (first..stop)
        .rev()
        .find(|&i| page.tokens[i].is_word())
        .unwrap_or(first);
    let last_tags = page.tags(last);
    let [mut person, mut place, mut organization, mut nothing] = if words == 1 {
        [0.3, 0.15, 0.15, 0.55]
    } else {
        [0.75, 0.05, 0.35, 0.5]
    };
    if tags.has(Tag::Given) {
        person += 0.35;
    }
    if last_tags.has(Tag::Surname) || surname_ending(page.key(last)) {
        person += 0.35;
    }
    let common = (first..stop)
        .filter(|&i| page.tags(i).has(Tag::Common))
        .count();
    if common > 0 {
        person -= 0.35;
        place -= 0.3;
        organization += if words > 1 { 0.15 } else { -0.1 };
        nothing += if words == 1 { 0.35 } else { 0.25 };
    }
    if page.word(last).lower > 0 {
        nothing += 0.3;
    }
    if page.is_unclear(first) && words == 1 {
        nothing += 0.1;
    }
    if page.tokens[first].class == Class::Upper {
        organization += 0.3;
        person -= 0.3;
    }
    if let Some(found) = gazetteer.find(&page.folded(first, stop)).first() {
        let wide = found.kind != PlaceKind::City;
        place += if wide {
            0.6
        } else {
            0.25 + 0.04 * f32::from(found.population_class)
        };
    }
    [person, place, organization, nothing]
}

/// Endings that family names have and few other words do.
fn surname_ending(key: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ov", "ova", "ev", "eva", "sky", "skyy", "skiy", "ski", "ska", "skaya", "enko", "chuk",
        "yuk", "ovich", "evich", "ian", "yan", "dze", "shvili", "oglu", "sson", "ssen", "berg",
        "stein", "escu", "opoulos", "idis", "akis", "ez", "wicz", "czyk", "nen", "zadeh", "pour",
        "wala", "murthy", "singhe", "mann", "man", "son", "ini", "elli",
    ];
    key.len() >= 5 && ENDINGS.iter().any(|ending| key.ends_with(ending))
}
