//! Places: names of the gazetteer where the context allows, and names with a word such as
//! "region", "River" or "Street".

use super::candidate::Candidate;
use super::page::Page;
use crate::extract::gazetteer::{Gazetteer, Place, PlaceKind};
use crate::extract::lexicon::Tag;
use crate::extract::text::Class;
use crate::model::EntityKind;

/// Names of the gazetteer have no more tokens than this, hyphens included.
const LONGEST: usize = 9;
/// Lower-case words that become part of a place's name: "Kursk region".
const REGION_NOUNS: &[&str] = &[
    "region",
    "province",
    "oblast",
    "district",
    "governorate",
    "prefecture",
    "krai",
    "county",
    "raion",
    "peninsula",
];
/// Below this a name of the gazetteer is left to the shape of its surroundings.
const LEAST_SCORE: f32 = 0.5;

/// Candidates of the sentence of tokens `first..end`.
pub fn find(
    page: &Page,
    gazetteer: &Gazetteer,
    [first, end]: [usize; 2],
    out: &mut Vec<Candidate>,
) {
    let mut index = first;
    while index < end {
        if !page.is_capitalized(index) {
            index += 1;
            continue;
        }
        if let Some((stop, place)) = longest_name(page, gazetteer, index, end) {
            let score = score(page, gazetteer, &place, index, stop, [first, end]);
            if score >= LEAST_SCORE {
                out.push(candidate(page, &place, index, stop, [first, end], score));
                index = stop;
                continue;
            }
        }
        index += 1;
    }
    named_by_head(page, [first, end], out);
}

/// The longest name of the gazetteer that begins at `first`: the token after it and its first place.
pub(super) fn longest_name(
    page: &Page,
    gazetteer: &Gazetteer,
    first: usize,
    limit: usize,
) -> Option<(usize, Place)> {
    let mut walk = gazetteer.step(gazetteer.start(), page.key(first))?;
    let mut best = gazetteer.is_name(walk).then_some((first + 1, walk));
    for index in first + 1..limit.min(first + LONGEST) {
        let key = page.key(index);
        if page.tokens[index].class == Class::Possessive {
            let Some(next) = gazetteer.step(walk, "s") else {
                break;
            };
            walk = next;
            continue;
        }
        if key.is_empty() {
            let joins =
                page.is_mark(index, "-") || page.is_mark(index, ".") || page.is_mark(index, ",");
            if joins {
                continue;
            }
            break;
        }
        let next = gazetteer
            .step(walk, " ")
            .and_then(|walk| gazetteer.step(walk, key));
        let Some(next) = next else { break };
        walk = next;
        if gazetteer.is_name(walk)
            && (page.is_capitalized(index) || page.tokens[index].class == Class::Number)
        {
            best = Some((index + 1, walk));
        }
    }
    best.and_then(|(stop, walk)| gazetteer.places(walk).next().map(|place| (stop, place)))
}

/// How likely the words name that place here.
fn score(
    page: &Page,
    gazetteer: &Gazetteer,
    place: &Place,
    first: usize,
    stop: usize,
    [from, to]: [usize; 2],
) -> f32 {
    let single = stop == first + 1;
    let tags = page.tags(first);
    let key = page.key(first);
    if single && (key.len() < 3 && page.tokens[first].class != Class::Upper || page.is_weak(first))
    {
        return 0.0;
    }
    let is_abbreviation = single && key.len() <= 3 && page.tokens[first].class == Class::Upper;
    if is_abbreviation && place.kind != PlaceKind::Country && place.kind != PlaceKind::Historic {
        return 0.0;
    }
    let dollars = page.is_mark(stop, "$") && page.tokens[stop].is_glued;
    if dollars
        || single && tags.has(Tag::Direction)
        || is_half_of_compound(page, gazetteer, stop, to)
    {
        return 0.0;
    }
    let wide = !matches!(place.kind, PlaceKind::City | PlaceKind::Region);
    let mut score: f32 = match place.kind {
        PlaceKind::City => 0.38 + 0.035 * f32::from(place.population_class),
        PlaceKind::Region => 0.68,
        _ => 0.93,
    };
    if !single {
        score += 0.12;
    }
    if single && !wide {
        score -= 0.35 * f32::from(u8::from(tags.has(Tag::Common)));
        score -= 0.25 * f32::from(u8::from(tags.has(Tag::NonName)));
        let large = place.kind == PlaceKind::City && place.population_class >= 10;
        let region = place.kind == PlaceKind::Region;
        if region {
            score -= 0.1 * f32::from(u8::from(tags.has_any(&[Tag::Given, Tag::Surname])));
        } else if !large {
            score -= 0.15 * f32::from(u8::from(tags.has(Tag::Given)));
            score -= 0.08 * f32::from(u8::from(tags.has(Tag::Surname)));
        }
    }
    score + context(page, gazetteer, first, stop, [from, to], wide)
}

/// A hyphen joins the name to a word that names no large place: a compound such as "Tana-Bru".
fn is_half_of_compound(page: &Page, gazetteer: &Gazetteer, stop: usize, to: usize) -> bool {
    stop + 1 < to
        && page.is_mark(stop, "-")
        && page.tokens[stop].is_glued
        && page.tokens[stop + 1].is_glued
        && page.is_capitalized(stop + 1)
        && !page
            .tags(stop + 1)
            .has_any(&[Tag::PhraseStart, Tag::Direction])
        && !is_large(gazetteer, page.key(stop + 1))
        && !page.key(stop + 1).ends_with('n')
}

/// A place that reports name without saying where: wider than a city, or of a quarter of a million.
fn is_large(gazetteer: &Gazetteer, key: &str) -> bool {
    gazetteer
        .find(key)
        .first()
        .is_some_and(|place| place.kind != PlaceKind::City || place.population_class >= 9)
}

/// "Strait of Hormuz", "Sea of Azov".
fn named_by_water(page: &Page, index: usize, end: usize, out: &mut Vec<Candidate>) {
    let water = matches!(
        page.key(index),
        "strait" | "straits" | "gulf" | "sea" | "bay" | "cape" | "isle" | "lake" | "port" | "mount"
    );
    if !(water && page.is_capitalized(index) && page.is_word(index + 1, "of")) {
        return;
    }
    let name = index + 2 + usize::from(page.is_word(index + 2, "the"));
    let mut stop = name;
    while stop < end && stop < name + 2 && page.is_name_word(stop) {
        stop += 1;
    }
    if stop > name {
        out.push(Candidate::new(
            index,
            stop,
            EntityKind::Place,
            0.85,
            "place-of",
        ));
    }
}

/// What the words around add to the score, or take from it.
fn context(
    page: &Page,
    gazetteer: &Gazetteer,
    first: usize,
    stop: usize,
    [from, to]: [usize; 2],
    wide: bool,
) -> f32 {
    let mut sum = 0.0;
    let previous = first.checked_sub(1).filter(|&p| p >= from);
    if let Some(previous) = previous {
        let tags = page.tags(previous);
        if tags.has(Tag::PlacePreposition) && page.tokens[previous].class == Class::Lower {
            sum += 0.2;
        } else if page.is_capitalized(previous) && !page.is_weak(previous) {
            let person = tags.has_any(&[Tag::Given, Tag::Title]) && !tags.has(Tag::Direction);
            sum -= match (person, wide) {
                (true, false) => 0.6,
                (true, true) => 0.3,
                (false, false) => 0.2,
                (false, true) => 0.0,
            };
        } else if page.is_mark(previous, ".")
            && first >= from + 2
            && page.tags(first - 2).has(Tag::Title)
        {
            sum -= 0.6;
        }
    }
    if stop < to {
        let tags = page.tags(stop);
        let next = page.tokens[stop];
        if tags.has(Tag::RegionWord) && next.class == Class::Lower {
            sum += 0.3;
        } else if page.is_name_word(stop) && !tags.has_any(&[Tag::RegionWord, Tag::PlaceHead]) {
            let surname = tags.has(Tag::Surname) || !tags.has(Tag::Common);
            sum -= if wide {
                0.05
            } else if surname {
                0.35
            } else {
                0.15
            };
        } else if next.class == Class::Possessive {
            sum += 0.03;
        } else if tags.has(Tag::Speech) && !wide {
            sum -= 0.12;
        } else if page.is_mark(stop, ",")
            && stop + 1 < to
            && is_wide_name(page, gazetteer, stop + 1)
        {
            sum += 0.3;
        }
    }
    if first >= from + 2 && page.is_mark(first - 1, ",") && page.is_capitalized(first - 2) && wide {
        sum += 0.02;
    }
    sum
}

/// A country, region or the like is named by the token.
fn is_wide_name(page: &Page, gazetteer: &Gazetteer, index: usize) -> bool {
    page.is_capitalized(index)
        && gazetteer
            .find(page.key(index))
            .first()
            .is_some_and(|place| place.kind != PlaceKind::City)
}

/// The candidate, with a following "region" or "Oblast" taken in.
fn candidate(
    page: &Page,
    place: &Place,
    first: usize,
    stop: usize,
    [from, limit]: [usize; 2],
    score: f32,
) -> Candidate {
    let mut end = stop;
    let directed = first > from
        && page.is_capitalized(first - 1)
        && !page.is_weak(first - 1)
        && page.tags(first - 1).has(Tag::Direction);
    let country = place.kind == PlaceKind::Country;
    let mut after = stop;
    if !country && after < limit && page.key(after) == "border" {
        after += 1;
    }
    if !country && after < limit {
        let capital = page.is_capitalized(after)
            && page.tags(after).has_any(&[Tag::RegionWord, Tag::PlaceHead])
            && !page.tags(after).has(Tag::OrganizationHead);
        if capital || REGION_NOUNS.contains(&page.key(after)) && !page.is_capitalized(after) {
            end = after + 1;
        }
    }
    let start = first - usize::from(directed);
    let rule = if country && !directed {
        "country"
    } else {
        "gazetteer"
    };
    let mut found = Candidate::new(start, end, EntityKind::Place, score.min(0.98), rule);
    if end == stop && !directed {
        found.canonical = (place.kind != PlaceKind::City || place.population_class >= 5)
            .then(|| place.name.to_owned());
    }
    found.country = place.country;
    found
}

/// A small word that becomes part of a place's name: "Kursk region".
pub(super) fn is_region_noun(page: &Page, index: usize) -> bool {
    REGION_NOUNS.contains(&page.key(index))
}

/// What the gazetteer knows of the name of tokens `first..stop`, whatever stands around it.
pub(super) fn described(
    page: &Page,
    gazetteer: &Gazetteer,
    first: usize,
    stop: usize,
) -> Option<Candidate> {
    let (end, place) = longest_name(page, gazetteer, first, stop)?;
    (end == stop).then(|| candidate(page, &place, first, stop, [first, stop], 0.0))
}

/// Names with a word that says what they are: "Bankova Street", "Lake Victoria", "Ha Tinh province".
fn named_by_head(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    for index in first..end {
        let tags = page.tags(index);
        if page.is_capitalized(index) && tags.has(Tag::PlaceHead) {
            let start = run_start(page, first, index, 4);
            let everyday = (start..index).all(|i| page.tags(i).has(Tag::Common));
            let state = matches!(
                page.key(index),
                "state" | "sector" | "section" | "camp" | "base"
            );
            if start < index && !(everyday && state) {
                out.push(Candidate::new(
                    start,
                    index + 1,
                    EntityKind::Place,
                    0.8,
                    "place-head",
                ));
            }
        } else if page.tokens[index].class == Class::Lower
            && REGION_NOUNS.contains(&page.key(index))
        {
            let start = run_start(page, first, index, 3);
            let plain = start < index && !page.tags(start).has_any(&[Tag::Direction]);
            if plain {
                out.push(Candidate::new(
                    start,
                    index + 1,
                    EntityKind::Place,
                    0.72,
                    "region-noun",
                ));
            }
        }
        named_by_water(page, index, end, out);
        let prefix = matches!(
            page.key(index),
            "mount" | "mt" | "lake" | "fort" | "cape" | "port" | "river"
        );
        if prefix && page.is_capitalized(index) && index + 1 < end && page.is_name_word(index + 1) {
            out.push(Candidate::new(
                index,
                index + 2,
                EntityKind::Place,
                0.75,
                "place-prefix",
            ));
        }
    }
}

/// First token of the run of at most `most` name words that ends before `index`.
fn run_start(page: &Page, first: usize, index: usize, most: usize) -> usize {
    let mut start = index;
    while start > first && index - start < most {
        let before = start - 1;
        let tags = page.tags(before);
        if page.is_name_word(before) && !tags.has_any(&[Tag::Title]) {
            start = before;
        } else if page.is_mark(before, "-")
            && page.tokens[start].is_glued
            && before > first
            && page.is_name_word(before - 1)
        {
            start = before - 1;
        } else {
            break;
        }
    }
    start
}
