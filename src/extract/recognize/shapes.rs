//! Capitalized words that no other rule has taken: what they are, from the words around all their
//! occurrences in the document.

use super::candidate::Candidate;
use super::consistency::Memory;
use super::fixed;
use super::page::Page;
use super::persons::{name_end, title_before, word_count};
use crate::extract::gazetteer::{Gazetteer, PlaceKind};
use crate::extract::lexicon::{Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::HashMap;

/// What speaks for person, place and organization, and for being no mention.
type Evidence = [f32; 4];

/// A run of capitalized words.
struct Chunk {
    first: usize,
    stop: usize,
    key: String,
    context: Evidence,
}

/// Adds the candidates among the tokens that `taken` leaves free; how many runs were left out.
pub fn find(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    memory: &Memory,
    taken: &[bool],
    out: &mut Vec<Candidate>,
) -> usize {
    let mut chunks = Vec::new();
    for &sentence in &page.sentences {
        gather(page, lexicon, gazetteer, taken, sentence, &mut chunks);
    }
    let mut sums: HashMap<&str, (Evidence, f32)> = HashMap::new();
    for chunk in &chunks {
        let sum = sums.entry(&chunk.key).or_default();
        for (total, one) in sum.0.iter_mut().zip(chunk.context) {
            *total += one;
        }
        sum.1 += 1.0;
    }
    let mut dropped = 0;
    for chunk in &chunks {
        let (total, count) = sums.get(chunk.key.as_str()).copied().unwrap_or_default();
        match classify(page, gazetteer, memory, chunk, total, count) {
            Some(candidate) => out.push(candidate),
            None => dropped += 1,
        }
    }
    dropped
}

fn gather(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    taken: &[bool],
    [first, end]: [usize; 2],
    chunks: &mut Vec<Chunk>,
) {
    let mut index = first;
    while index < end {
        let title = page.tags(index).has_any(&[Tag::Title]);
        if taken[index]
            || title
            || !page.is_name_word(index)
            || fixed::is_fixed(page, lexicon, index)
        {
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
        chunks.push(Chunk {
            first: index,
            stop,
            key: page.folded(index, stop),
            context: context(page, gazetteer, index, stop, [first, end]),
        });
        index = stop;
    }
}

fn classify(
    page: &Page,
    gazetteer: &Gazetteer,
    memory: &Memory,
    chunk: &Chunk,
    total: Evidence,
    count: f32,
) -> Option<Candidate> {
    let (first, stop) = (chunk.first, chunk.stop);
    let words = word_count(page, first, stop);
    if is_headline_guess(page, gazetteer, first, stop) {
        return None;
    }
    let bare_head = words == 1
        && page.tags(first).has_any(&[
            Tag::PlaceHead,
            Tag::OrganizationHead,
            Tag::UnitHead,
            Tag::Direction,
        ])
        && !page.tags(first).has_any(&[Tag::Given, Tag::Surname]);
    if bare_head || words == 1 && page.str(first).chars().count() == 1 {
        return None;
    }
    let mut evidence = priors(page, gazetteer, first, stop, words);
    for (index, sum) in evidence.iter_mut().enumerate() {
        *sum += 0.5 * chunk.context[index] + 0.5 * total[index] / count.max(1.0).sqrt();
    }
    let last = (first..stop).rev().find(|&i| page.tokens[i].is_word())?;
    if memory.person_part(page.key(last)).is_some() {
        evidence[0] += 0.8;
    }
    let [person, place, organization, nothing] = evidence;
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
    let mut kind = best.1?;
    let weapon = page
        .tokens
        .get(stop)
        .is_some_and(|t| t.class == Class::Lower)
        && page.tags(stop).has(Tag::Equipment);
    if weapon {
        kind = EntityKind::Equipment;
    }
    let score = (0.4 + 0.2 * (best.0 - nothing)).clamp(0.4, 0.75);
    Some(Candidate::new(first, stop, kind, score, "shape"))
}

/// What the words before and after a run say.
fn context(
    page: &Page,
    gazetteer: &Gazetteer,
    first: usize,
    stop: usize,
    [from, to]: [usize; 2],
) -> Evidence {
    let mut evidence = [0.0; 4];
    let in_country = stop + 1 < to
        && page.is_mark(stop, ",")
        && page.is_capitalized(stop + 1)
        && gazetteer
            .find(page.key(stop + 1))
            .first()
            .is_some_and(|place| place.kind == PlaceKind::Country);
    if in_country {
        evidence[1] += 0.8;
    }
    if first > from {
        before(page, from, first, &mut evidence);
    }
    if stop < to {
        after(page, stop, to, &mut evidence);
    }
    evidence
}

fn before(page: &Page, from: usize, first: usize, evidence: &mut Evidence) {
    let [person, place, organization, nothing] = evidence;
    let previous = first - 1;
    let key = page.key(previous);
    let small = page.tokens[previous].class == Class::Lower;
    let role = small && page.tags(previous).has(Tag::Role);
    let of_settlement = small
        && key == "of"
        && previous > from
        && matches!(
            page.key(previous - 1),
            "city"
                | "town"
                | "village"
                | "settlement"
                | "hamlet"
                | "suburb"
                | "district"
                | "port"
                | "towns"
                | "villages"
                | "cities"
                | "settlements"
                | "outskirts"
        );
    let of_noble = small
        && key == "of"
        && previous > from
        && matches!(
            page.key(previous - 1),
            "duke"
                | "duchess"
                | "earl"
                | "count"
                | "countess"
                | "baron"
                | "baroness"
                | "marquess"
                | "viscount"
        );
    match key {
        _ if of_noble => *nothing += 2.5,
        _ if of_settlement => *place += 1.6,
        "taking" | "capturing" | "captured" | "seized" | "seizing" | "liberated" | "occupied"
        | "recaptured" | "stormed" | "shelled" | "bombed" | "besieged" | "reached"
            if small =>
        {
            *place += 0.7;
        }
        "village" | "town" | "city" | "settlement" | "villages" | "towns" if small => *place += 1.1,
        _ if role || title_before(page, from, first) => *person += 1.2,
        "in" | "near" | "from" | "outside" | "towards" | "toward" | "across" | "throughout"
            if small =>
        {
            *place += 1.0;
            *organization += 0.1;
        }
        "at" | "to" | "into" | "around" | "via" | "through" | "between" if small => {
            *place += 0.45;
            *organization += 0.2;
        }
        "by" | "with" | "and" if small => *person += 0.15,
        "the" => {
            *organization += 0.55;
            *person -= 0.7;
            *place -= 0.1;
        }
        "a" | "an" => {
            *person -= 0.6;
            *place -= 0.6;
        }
        "company" | "firm" | "giant" | "group" | "startup" | "platform" | "newspaper"
        | "outlet" | "club"
            if small =>
        {
            *organization += 1.0;
        }
        "named" | "called" | "surnamed" | "nicknamed" if small => *person += 0.6,
        _ if page.is_mark(previous, "(") => *organization += 0.2,
        _ => {}
    }
}

/// In a headline, where any word has a capital, only known names and those of the text count.
fn is_headline_guess(page: &Page, gazetteer: &Gazetteer, first: usize, stop: usize) -> bool {
    page.is_in_headline(first)
        && (first..stop).any(|i| page.is_capitalized(i) && page.word(i).inside == 0)
        && gazetteer.find(&page.folded(first, stop)).is_empty()
}

fn after(page: &Page, stop: usize, to: usize, evidence: &mut Evidence) {
    let [person, place, organization, nothing] = evidence;
    let tags = page.tags(stop);
    let comma = page.is_mark(stop, ",") && stop + 1 < to;
    let small = page.tokens[stop].class == Class::Lower;
    match page.key(stop) {
        _ if page.tokens[stop].class == Class::Number && key_is_ordinal(page.key(stop)) => {
            *nothing += 1.0;
        }
        "who" | "whose" | "family" | "brothers" | "himself" | "herself" => *person += 0.9,
        "administration" | "government" | "regime" | "campaign" | "cabinet" if small => {
            *person += 1.1;
            *place += 0.3;
            *organization -= 0.5;
        }
        "is" | "was" | "has" | "had" => *person += 0.15,
        "news" | "agency" | "newspaper" | "group" | "party" | "company" | "magazine"
        | "television" | "website" | "shares" | "executives" | "officials" => *organization += 0.8,
        "in" if small => *organization += 0.1,
        _ if tags.has(Tag::Speech) => {
            *person += 0.8;
            *organization += 0.2;
        }
        _ if comma && matches!(page.key(stop + 1), "who" | "a" | "an" | "whose") => *person += 0.7,
        _ if comma
            && page.tokens[stop + 1].class == Class::Number
            && page.key(stop + 1).len() == 2 =>
        {
            *person += 1.0;
        }
        _ if page.tokens[stop].class == Class::Possessive => *person += 0.1,
        _ if tags.has(Tag::RegionWord) && small => *place += 0.9,
        _ if small && is_noun_like(page.key(stop)) => {
            *person -= 0.25;
            *nothing += 0.1;
        }
        _ => {}
    }
}

/// "55th": what stands before it says whose it is.
fn key_is_ordinal(key: &str) -> bool {
    ["st", "nd", "rd", "th"]
        .iter()
        .any(|ending| key.ends_with(ending))
}

/// Neither a small word nor an adverb or a verb's form, as far as its ending tells.
fn is_noun_like(key: &str) -> bool {
    key.len() > 4
        && ![
            "ed", "ly", "ing", "ought", "after", "when", "while", "where", "about", "until",
            "since",
        ]
        .iter()
        .any(|ending| key.ends_with(ending))
}

/// What the words themselves say.
fn priors(page: &Page, gazetteer: &Gazetteer, first: usize, stop: usize, words: usize) -> Evidence {
    let tags = page.tags(first);
    let last = (first..stop)
        .rev()
        .find(|&i| page.tokens[i].is_word())
        .unwrap_or(first);
    let last_tags = page.tags(last);
    let [mut person, mut place, mut organization, mut nothing] = if words == 1 {
        [0.4, 0.15, 0.25, 0.45]
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
    let word = page.str(first);
    let inner_capital = word.chars().skip(3).any(char::is_uppercase);
    if page.tokens[first].class == Class::Upper || inner_capital {
        organization += 0.4;
        person -= 0.3;
    }
    if let Some(found) = gazetteer.find(&page.folded(first, stop)).first() {
        place += match found.kind {
            PlaceKind::City => 0.25 + 0.04 * f32::from(found.population_class),
            _ => 0.6,
        };
    }
    if is_demonym_like(gazetteer, page.key(last)) {
        nothing += 0.8;
    }
    [person, place, organization, nothing]
}

/// A region's name with an ending that makes an adjective: "Tasmanian", "Siberian".
fn is_demonym_like(gazetteer: &Gazetteer, key: &str) -> bool {
    ["n", "an", "ian", "ese", "i"].iter().any(|ending| {
        key.strip_suffix(ending).is_some_and(|stem| {
            stem.len() >= 4
                && gazetteer
                    .find(stem)
                    .first()
                    .is_some_and(|place| place.kind != PlaceKind::City)
        })
    })
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
