//! Persons: by title or role before the name, by given names, by family names.

use super::candidate::Candidate;
use super::fixed;
use super::page::Page;
use crate::extract::gazetteer::{Gazetteer, PlaceKind};
use crate::extract::lexicon::{Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;

/// No name has more words than this.
const LONGEST: usize = 6;

/// Candidates of the sentence of tokens `first..end`.
pub fn find(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    [first, end]: [usize; 2],
    out: &mut Vec<Candidate>,
) {
    let mut index = first;
    while index < end {
        if !begins_name(page, lexicon, index) {
            index += 1;
            continue;
        }
        let continued = index > first + 1
            && page.tokens[index].is_glued
            && page.is_mark(index - 1, "-")
            && page.is_capitalized(index - 2);
        let stop = name_end(page, lexicon, index, end);
        let words = word_count(page, index, stop);
        let titled = title_before(page, first, index);
        if let Some(score) = score(page, gazetteer, index, stop, words, titled)
            && !continued
        {
            let rule = if titled { "title" } else { "name" };
            out.push(Candidate::new(index, stop, EntityKind::Person, score, rule));
            index = stop;
        } else {
            index += 1;
        }
    }
}

/// A capitalized word that can begin a person's name.
fn begins_name(page: &Page, lexicon: &Lexicon, index: usize) -> bool {
    let tags = page.tags(index);
    page.is_name_word(index)
        && (page.tokens[index].class == Class::Title
            || tags.has_any(&[Tag::Given, Tag::Surname])
            || page.str(index).chars().count() == 1)
        && (!tags.has(Tag::Title)
            || matches!(
                page.key(index),
                "dean" | "earl" | "baron" | "sultan" | "king"
            ))
        && !tags.has_any(&[Tag::OrganizationHead, Tag::Weekday])
        && !fixed::is_fixed(page, lexicon, index)
}

/// The token after the name that begins at `first`.
pub fn name_end(page: &Page, lexicon: &Lexicon, first: usize, limit: usize) -> usize {
    let mut stop = first + 1;
    let mut words = 1;
    while stop < limit && words < LONGEST {
        if goes_on(page, lexicon, stop) {
            stop += 1;
            words += 1;
        } else if page.is_mark(stop, "-")
            && page.tokens[stop].is_glued
            && stop + 1 < limit
            && page.tokens[stop + 1].is_glued
            && (page.is_capitalized(stop + 1) || is_syllable(page, stop + 1))
        {
            stop += 2;
        } else if page.is_mark(stop, ".")
            && page.tokens[stop].is_glued
            && page.str(stop - 1).chars().count() == 1
            && stop + 1 < limit
            && goes_on(page, lexicon, stop + 1)
        {
            stop += 2;
            words += 1;
        } else if let Some(after) = particles_end(page, lexicon, stop, limit) {
            stop = after;
            words += 2;
        } else if page.is_mark(stop, ",")
            && stop + 1 < limit
            && matches!(page.key(stop + 1), "jr" | "sr")
        {
            stop += 2;
        } else {
            break;
        }
    }
    stop
}

/// Words of the name, those joined by a hyphen as one.
pub fn word_count(page: &Page, first: usize, stop: usize) -> usize {
    let words = (first..stop).filter(|&i| page.tokens[i].is_word()).count();
    let hyphens = (first..stop).filter(|&i| page.is_hyphen(i)).count();
    words.saturating_sub(hyphens)
}

/// An unknown word, then a given name and another word: "Tsering Maria Lundup".
fn is_before_given(page: &Page, first: usize, stop: usize) -> bool {
    let tags = page.tags(first + 1);
    stop >= first + 3
        && page.is_capitalized(first + 1)
        && page.is_capitalized(first + 2)
        && page.tokens[first].class == Class::Title
        && tags.has(Tag::Given)
        && !tags.has(Tag::Common)
        && !page.is_unclear(first)
}

/// The small half of a given name such as "Jong-un" or "Kyong-ho".
fn is_syllable(page: &Page, index: usize) -> bool {
    let tags = page.tags(index);
    let length = page.key(index).len();
    page.tokens[index].class == Class::Lower
        && (2..=6).contains(&length)
        && (!tags.has(Tag::Common) || tags.has(Tag::Given) && length <= 4)
        && !tags.has(Tag::Role)
}

/// A family name and a given name of two syllables with a hyphen, the second small.
fn is_east_asian(page: &Page, first: usize, stop: usize) -> bool {
    stop == first + 4
        && page.is_capitalized(first + 1)
        && page.key(first).len() <= 6
        && page.key(first + 1).len() <= 6
        && page.is_hyphen(first + 2)
        && is_syllable(page, first + 3)
}

fn goes_on(page: &Page, lexicon: &Lexicon, index: usize) -> bool {
    let tags = page.tags(index);
    page.is_capitalized(index)
        && !(tags.has(Tag::Weekday) && page.key(index).len() > 3)
        && !(tags.has(Tag::Capitals)
            && page.tokens[index].class == Class::Upper
            && page.key(index).len() > 1)
        && !tags.has_any(&[Tag::ThingHead, Tag::EventHead])
        && (!tags.has(Tag::NonName) || tags.has(Tag::Surname) && !page.is_unclear(index))
        && (!tags.has_any(&[Tag::OrganizationHead, Tag::UnitEchelon, Tag::CompanySuffix])
            || tags.has(Tag::Surname) && !tags.has(Tag::Common))
        && (!fixed::is_fixed(page, lexicon, index) || is_national_surname(page, index))
        && !(page.is_unclear(index) && page.is_weak(index))
}

/// "German" or "English" right after a given name, and before no further name: a family name.
fn is_national_surname(page: &Page, index: usize) -> bool {
    index > 0
        && page.tags(index).has(Tag::Surname)
        && page.tags(index - 1).has(Tag::Given)
        && !page.tags(index - 1).has_any(&[Tag::Common, Tag::Surname])
        && !page.is_capitalized(index + 1)
}

/// The token after "van der Berg", "bin Salman", "al-Assad".
fn particles_end(page: &Page, lexicon: &Lexicon, index: usize, limit: usize) -> Option<usize> {
    let mut at = index;
    while at < limit
        && at < index + 3
        && page.tokens[at].class == Class::Lower
        && page.tags(at).has(Tag::Particle)
    {
        at += 1;
        at += usize::from(at < limit && page.is_mark(at, "-"));
    }
    (at > index && at < limit && goes_on(page, lexicon, at)).then_some(at + 1)
}

/// A title, rank or role stands right before the token.
pub fn title_before(page: &Page, first: usize, index: usize) -> bool {
    let mut before = index;
    if before > first && page.is_mark(before - 1, ".") && page.tokens[before - 1].is_glued {
        before -= 1;
    }
    if before == first {
        return false;
    }
    let tags = page.tags(before - 1);
    match page.tokens[before - 1].class {
        Class::Title | Class::Upper => {
            let role = tags.has(Tag::Role) && !tags.has(Tag::Surname);
            (tags.has(Tag::Title) || role) && (!tags.has(Tag::Given) || tags.has(Tag::Rank))
        }
        Class::Lower => {
            before == index && tags.has_any(&[Tag::Role, Tag::Title]) && tags.has(Tag::Role)
        }
        _ => false,
    }
}

fn score(
    page: &Page,
    gazetteer: &Gazetteer,
    first: usize,
    stop: usize,
    words: usize,
    titled: bool,
) -> Option<f32> {
    let tags = page.tags(first);
    let last = (first..stop).rev().find(|&i| page.tokens[i].is_word())?;
    let last_tags = page.tags(last);
    let common = tags.has(Tag::Common);
    let place = gazetteer.find(&page.folded(first, stop));
    let is_wide = place
        .first()
        .is_some_and(|p| !matches!(p.kind, PlaceKind::City));
    if words == 1 {
        let fits = titled
            && !is_wide
            && page.str(first).chars().count() > 1
            && (!common || tags.has_any(&[Tag::Given, Tag::Surname]));
        return fits.then_some(if common { 0.6 } else { 0.88 });
    }
    if is_wide {
        return None;
    }
    if is_east_asian(page, first, stop) && (titled || tags.has(Tag::Surname)) {
        return Some(0.92);
    }
    let head = last_tags.has(Tag::PlaceHead) && !last_tags.has(Tag::Surname);
    if head {
        return None;
    }
    let given = tags.has(Tag::Given);
    let family = tags.has(Tag::Surname);
    let mut score: f32 = match (titled, given, family) {
        (true, _, _) => 0.93,
        (_, true, _) => 0.82,
        (_, _, true) => 0.66,
        _ if is_before_given(page, first, stop) => 0.66,
        _ => return None,
    };
    score += 0.05 * f32::from(u8::from(last_tags.has(Tag::Surname)));
    score -= 0.25 * f32::from(u8::from(common && !titled));
    score -= 0.2
        * f32::from(u8::from(
            last_tags.has(Tag::Common) && !last_tags.has(Tag::Surname),
        ));
    score -= 0.15 * f32::from(u8::from(!place.is_empty() && !titled));
    (score >= 0.5).then_some(score)
}
