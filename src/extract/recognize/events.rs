//! Happenings ("Munich Security Conference"), numbered equipment ("Su-30"), and names of things that
//! are no entities ("Monroe Doctrine"), which only keep other rules away.

use super::candidate::{Candidate, NOT_A_MENTION};
use super::organizations::is_common_possessor;
use super::page::Page;
use crate::extract::lexicon::Tag;
use crate::extract::text::Class;
use crate::model::EntityKind;

/// A name has no more tokens than this before its head noun.
const LONGEST: usize = 8;

/// Candidates of the sentence of tokens `first..end`.
pub fn find(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    for index in first..end {
        let tags = page.tags(index);
        if page.is_capitalized(index) && tags.has_any(&[Tag::EventHead, Tag::ThingHead]) {
            named_by_head(page, [first, end], index, out);
        }
        equipment(page, index, end, out);
        ship(page, index, end, out);
    }
}

fn named_by_head(page: &Page, [first, end]: [usize; 2], head: usize, out: &mut Vec<Candidate>) {
    let tags = page.tags(head);
    let goes_on = head + 1 < end
        && page.is_name_word(head + 1)
        && !page.tags(head + 1).has_any(&[Tag::Given, Tag::Surname]);
    if page.is_weak(head) || goes_on || tags.has_any(&[Tag::OrganizationHead, Tag::PlaceHead]) {
        return;
    }
    let mut start = head;
    while start > first && head - start < LONGEST {
        let before = start - 1;
        if page.is_name_word(before) {
            start = before;
        } else if before > first && is_common_possessor(page, before) {
            start = before - 1;
        } else {
            break;
        }
    }
    if start == head {
        return;
    }
    let numeral = head + 1 < end
        && page.tokens[head + 1].class == Class::Upper
        && matches!(page.key(head + 1), "i" | "ii" | "iii");
    let stop = head + 1 + usize::from(numeral);
    let rule = if tags.has(Tag::EventHead) {
        "event"
    } else {
        NOT_A_MENTION
    };
    out.push(Candidate::new(start, stop, EntityKind::Event, 0.84, rule));
}

/// "Su-30", "F-16", "T-90": letters, a hyphen, a number of at most three digits.
fn equipment(page: &Page, index: usize, end: usize, out: &mut Vec<Candidate>) {
    let code = index + 2 < end
        && page.is_capitalized(index)
        && page.key(index).len() <= 4
        && (page.is_mark(index + 1, "-") || page.is_mark(index + 1, "‑"))
        && page.tokens[index + 1].is_glued
        && page.tokens[index + 2].is_glued
        && page.tokens[index + 2].class == Class::Number;
    if !code {
        return;
    }
    let number = page.key(index + 2);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let known = page.tags(index).has_any(&[Tag::NonName, Tag::Capitals]) || page.key(index) == "g";
    if digits > 3 && !known {
        let kind = EntityKind::Equipment;
        out.push(Candidate::new(index, index + 3, kind, 0.85, NOT_A_MENTION));
    }
    if digits <= 3 && number.len() <= digits + 2 && !known {
        out.push(Candidate::new(
            index,
            index + 3,
            EntityKind::Equipment,
            0.85,
            "equipment-code",
        ));
    }
}

/// Prefixes of ships of navies.
const NAVAL: [&str; 24] = [
    "hms", "js", "fs", "uss", "usns", "ins", "pns", "hmas", "hmcs", "hmnzs", "roks", "rfs", "jds",
    "kri", "tcg", "ara", "orp", "brp", "bap", "knm", "hnlms", "hdms", "sms", "rms",
];

/// Prefixes that are a person's initials as often: "MV Abhyankar".
const DOUBTFUL: [&str; 3] = ["mv", "ss", "sas"];

/// "HMS Prince of Wales": first words of names that a place belongs to.
const OF_A_PLACE: [&str; 14] = [
    "prince", "princess", "duke", "duchess", "king", "queen", "earl", "city", "isle", "pride",
    "spirit", "star", "empress", "maid",
];

/// Small words inside names: "FS Charles de Gaulle".
const PARTICLES: [&str; 8] = ["de", "du", "di", "da", "la", "van", "von", "zu"];

/// Words of which one stands near a ship.
const AT_SEA: [&str; 30] = [
    "ship",
    "ships",
    "vessel",
    "vessels",
    "boat",
    "ferry",
    "freighter",
    "tanker",
    "frigate",
    "destroyer",
    "corvette",
    "submarine",
    "carrier",
    "liner",
    "steamer",
    "cargo",
    "crew",
    "sailors",
    "sailed",
    "sank",
    "sunk",
    "sinking",
    "aground",
    "port",
    "harbor",
    "harbour",
    "sea",
    "navy",
    "naval",
    "coast",
];

/// "HMS Ocean", "USS Gerald R. Ford", "HMS Prince of Wales": a prefix and a name.
fn ship(page: &Page, index: usize, end: usize, out: &mut Vec<Candidate>) {
    /// Words, marks and prefix of the longest name.
    const LONGEST: usize = 5;
    /// Words on either side that tell of the sea.
    const NEAR: usize = 25;
    if page.tokens[index].class != Class::Upper {
        return;
    }
    let is_naval = NAVAL.contains(&page.key(index));
    if !is_naval && !DOUBTFUL.contains(&page.key(index)) {
        return;
    }
    let is_at_sea = || {
        let first = index.saturating_sub(NEAR);
        (first..end.min(index + NEAR)).any(|at| AT_SEA.contains(&page.key(at)))
    };
    if !is_naval && !is_at_sea() {
        return;
    }
    let last = end.min(index + LONGEST);
    let is_name = |at: usize| at < last && page.is_capitalized(at);
    let is_initial = |at: usize| page.key(at).chars().count() == 1 && page.is_capitalized(at);
    let joins = |at: usize| {
        let is_after_initial = page.is_mark(at, ".") && is_initial(at - 1);
        let is_of = page.key(at) == "of" && OF_A_PLACE.contains(&page.key(at - 1));
        (is_after_initial || is_of || PARTICLES.contains(&page.key(at))) && is_name(at + 1)
    };
    let mut stop = index + 1;
    while stop < last && (is_name(stop) || joins(stop)) {
        stop += 1 + usize::from(!is_name(stop));
    }
    if stop > index + 1 {
        out.push(Candidate::new(
            index,
            stop,
            EntityKind::Equipment,
            0.9,
            "ship",
        ));
    }
}
