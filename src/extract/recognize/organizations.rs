//! Organizations: names with a head noun ("Ministry of Defense", "Kyiv School of Economics"),
//! legal forms, and acronyms.

use super::candidate::{Candidate, NOT_A_MENTION};
use super::page::Page;
use crate::extract::lexicon::{Known, Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;

/// A name has no more tokens than this on either side of its head noun.
const LONGEST: usize = 8;

/// Candidates of the sentence of tokens `first..end`.
pub fn find(page: &Page, lexicon: &Lexicon, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    for index in first..end {
        let tags = page.tags(index);
        if page.is_capitalized(index) && tags.has_any(&[Tag::OrganizationHead, Tag::CompanySuffix])
        {
            by_head(page, lexicon, [first, end], index, out);
        }
        site(page, index, out);
        if page.tokens[index].class == Class::Upper {
            acronym(page, [first, end], index, out);
        }
    }
}

fn by_head(
    page: &Page,
    lexicon: &Lexicon,
    [first, end]: [usize; 2],
    head: usize,
    out: &mut Vec<Candidate>,
) {
    let start = left(page, first, head);
    let stop = right(page, head, end);
    if start == head && stop == head + 1 || is_bare_center(page, start, head, stop) {
        return;
    }
    let staff = page.key(head) == "staff";
    if staff && !(start < head && matches!(page.key(head - 1), "general" | "joint")) {
        return;
    }
    if start == head && page.is_weak(head) && !page.is_capitalized(stop - 1) {
        return;
    }
    let suffix = page.tags(head).has(Tag::CompanySuffix) && start < head;
    let score = if suffix { 0.9 } else { 0.86 };
    let mut found = Candidate::new(
        start,
        stop,
        EntityKind::Organization,
        score,
        "organization-head",
    );
    found.country = (start..stop).find_map(|index| match lexicon.known(page.key(index)) {
        Some(Known::Demonym(_, code)) => Some(*code),
        _ => None,
    });
    out.push(found);
}

/// First token of the name words before `head`; "and", "of", "for" and "&" between them allowed.
fn left(page: &Page, first: usize, head: usize) -> usize {
    let mut start = head;
    while start > first && head - start < LONGEST {
        let before = start - 1;
        let tags = page.tags(before);
        let hyphen = page.is_mark(before, "-")
            && page.tokens[start].is_glued
            && before > first
            && page.is_capitalized(before - 1);
        if page.is_capitalized(before)
            && !page.is_weak(before)
            && !tags.has(Tag::Weekday)
            && !is_article(page, before)
        {
            if tags.has(Tag::NonName) && !tags.has(Tag::OrganizationHead) && page.is_unclear(before)
            {
                break;
            }
            start = before;
        } else if hyphen
            || before > first
                && (is_common_possessor(page, before)
                    || is_slogan(page, before)
                    || is_joining(page, before, start, head))
        {
            start = before - 1;
        } else {
            break;
        }
    }
    start
}

/// "Security and Cooperation Council": the "and" at `index`, before the words from `start` on.
fn is_joining(page: &Page, index: usize, start: usize, head: usize) -> bool {
    (page.key(index) == "and" || page.is_mark(index, "&"))
        && page.is_name_word(index - 1)
        && start < head
        && !page.tags(head).has(Tag::CompanySuffix)
        && joins_qualities(page, index - 1, start)
}

/// "Stop the War Coalition": a small article within a name of everyday words.
fn is_slogan(page: &Page, article: usize) -> bool {
    let before = article - 1;
    page.is_word(article, "the")
        && page.is_name_word(before)
        && page.tags(before).has(Tag::Common)
        && !page
            .tags(before)
            .has_any(&[Tag::OrganizationHead, Tag::Title, Tag::Speech])
        && (!page.is_unclear(before) || page.word(before).inside > 0)
}

/// "Center" makes a name only with what it is for, or with everyday words before it that are no
/// place within a city.
fn is_bare_center(page: &Page, start: usize, head: usize, stop: usize) -> bool {
    let center = matches!(page.key(head), "center" | "centre");
    let named = start < head && (start..head).any(|i| page.is_capitalized(i));
    let city = start + 1 == head && matches!(page.key(start), "city" | "town" | "shopping");
    center && (stop == head + 1 && !named || city)
}

/// "Lenta.info": the name of a site, not part of a longer address.
fn site(page: &Page, index: usize, out: &mut Vec<Candidate>) {
    let token = page.tokens[index];
    let written = page.str(index);
    if !token.is_word() || !written.contains('.') || token.class == Class::Upper {
        return;
    }
    let mark_before = index > 0
        && token.is_glued
        && ["/", "@", ".", "-", ":", "_"]
            .iter()
            .any(|m| page.is_mark(index - 1, m));
    let mark_after = ["/", "@", "-", "_"]
        .iter()
        .any(|m| page.is_mark(index + 1, m))
        && page.tokens[index + 1].is_glued;
    let dotted_abbreviation = written.split('.').all(|part| part.len() <= 1);
    if !mark_before && !mark_after && !dotted_abbreviation && !written.starts_with("www.") {
        let kind = EntityKind::Organization;
        out.push(Candidate::new(index, index + 1, kind, 0.85, "site"));
    }
}

/// The ending "'s" after an everyday word that is part of a name: "People's", "Children's".
pub fn is_common_possessor(page: &Page, index: usize) -> bool {
    page.tokens[index].class == Class::Possessive
        && index > 0
        && page.is_name_word(index - 1)
        && page.tags(index - 1).has(Tag::Common)
}

fn is_article(page: &Page, index: usize) -> bool {
    matches!(page.key(index), "the" | "a" | "an")
}

/// "Security and Cooperation Council": both sides of the "and" are everyday words.
fn joins_qualities(page: &Page, one: usize, other: usize) -> bool {
    page.tags(one).has(Tag::Common) && page.tags(other).has(Tag::Common)
}

/// The token after the name: "of", "for", "on", "to" and name words after `head` belong to it.
fn right(page: &Page, head: usize, end: usize) -> usize {
    let mut stop = head + 1;
    while stop < end
        && stop - head < LONGEST
        && page.is_name_word(stop)
        && page
            .tags(stop)
            .has_any(&[Tag::OrganizationHead, Tag::CompanySuffix])
    {
        stop += 1;
    }
    let limit = end.min(head + 2 * LONGEST);
    loop {
        let links =
            stop < limit && matches!(page.key(stop), "of" | "for" | "to" | "on" | "against");
        if !links || page.is_capitalized(stop) {
            return stop;
        }
        let linking_of = page.key(stop) == "of" || page.key(stop) == "for";
        let linked = stop;
        let mut name = stop + 1;
        name += usize::from(name < limit && page.key(name) == "the" && linking_of);
        if name >= limit
            || !page.is_capitalized(name)
            || page.tags(name).has_any(&[Tag::Month, Tag::Weekday])
        {
            return stop;
        }
        if !linking_of && page.tags(name).has(Tag::Given) {
            return stop;
        }
        stop = name + 1;
        loop {
            let and = stop + 1 < limit
                && (page.key(stop) == "and" || page.is_mark(stop, "&") || page.is_mark(stop, ","))
                && page.is_capitalized(stop + 1)
                && joins_qualities(page, stop - 1, stop + 1);
            let possessor = stop + 1 < limit
                && is_common_possessor(page, stop)
                && page.is_capitalized(stop + 1);
            let word =
                stop < limit && page.is_capitalized(stop) && !page.tags(stop).has(Tag::NonName);
            if word || possessor || page.is_hyphen(stop) && stop + 1 < limit {
                stop += 1;
            } else if and {
                stop += 2;
            } else {
                break;
            }
        }
        let owned = stop < limit && page.tokens[stop].class == Class::Possessive;
        if owned && page.is_capitalized(stop + 1) || is_owner(page, head, linked, stop) {
            return linked;
        }
    }
}

/// "of the Norwegian Armed Forces" after "General Staff", "of the Labour Party" after "Central
/// Committee": the owner is an organization or a formation of its own.
fn is_owner(page: &Page, head: usize, linked: usize, stop: usize) -> bool {
    let part = matches!(
        page.key(head),
        "staff"
            | "command"
            | "headquarters"
            | "committee"
            | "directorate"
            | "department"
            | "bureau"
            | "secretariat"
            | "intelligence"
    );
    let last = page.tags(stop - 1);
    part && page.key(linked) == "of"
        && page.key(linked + 1) == "the"
        && (last.has(Tag::UnitEchelon)
            || matches!(
                page.key(stop - 1),
                "forces" | "army" | "navy" | "party" | "guard"
            ))
}

/// A word of capitals: an acronym, most likely of an organization.
fn acronym(page: &Page, [first, end]: [usize; 2], index: usize, out: &mut Vec<Candidate>) {
    let written = page.str(index);
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let tags = page.tags(index);
    let is_group = page.key(index).len() <= 3
        && page
            .key(index)
            .strip_prefix('g')
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if is_group {
        let kind = EntityKind::Organization;
        out.push(Candidate::new(
            index,
            index + 1,
            kind,
            0.85,
            "group-of-states",
        ));
        return;
    }
    if !(2..=7).contains(&letters)
        || tags.has_any(&[Tag::NonName, Tag::Month, Tag::Weekday])
        || tags.has(Tag::Title) && letters <= 3
    {
        return;
    }
    let everyday = page.word(index).lower > 0 || tags.has(Tag::Common) && letters >= 4;
    if everyday || !page.is_name_word(index) || page.is_unclear(index) && tags.has(Tag::Common) {
        return;
    }
    let before_name = index + 1 < end
        && page.is_name_word(index + 1)
        && page.tags(index + 1).has_any(&[Tag::Given, Tag::Surname]);
    if before_name {
        return;
    }
    let neighbor_capitals = (index > first && page.tokens[index - 1].class == Class::Upper)
        || (index + 1 < end && page.tokens[index + 1].class == Class::Upper);
    if neighbor_capitals && page.is_unclear(index) {
        return;
    }
    let numbered = index + 1 < end
        && (page.tokens[index + 1].class == Class::Number && page.tokens[index + 1].is_glued
            || page.is_mark(index + 1, "-")
                && index + 2 < end
                && page.tokens[index + 2].class == Class::Number);
    if numbered {
        return;
    }
    let bracketed = index > first && page.is_mark(index - 1, "(") && page.is_mark(index + 1, ")");
    let long = bracketed
        .then(|| long_form(page, first, index - 1, written))
        .flatten();
    if let Some(long) = long {
        spelled_out(page, long, index, out);
    } else if !written.chars().any(char::is_numeric) {
        let stop = compound_end(page, index, end);
        let kind = EntityKind::Organization;
        let named = stop > index + 1 && page.tokens[stop - 1].class == Class::Title;
        let score = if named { 0.88 } else { 0.6 };
        out.push(Candidate::new(index, stop, kind, score, "acronym"));
    }
}

/// The token after "CJTF-OIR" or "KTV-Norway": acronyms joined by hyphens, and a name at the end.
fn compound_end(page: &Page, index: usize, end: usize) -> usize {
    let mut stop = index + 1;
    while stop + 1 < end
        && stop < index + 6
        && page.is_mark(stop, "-")
        && page.tokens[stop].is_glued
        && page.tokens[stop + 1].is_glued
        && page.tokens[stop + 1].class == Class::Upper
        && page.key(stop + 1).len() > 1
    {
        stop += 2;
    }
    let alone = page.word(index).key.len() > 2 && stop == index + 1;
    if alone && page.is_hyphen(stop) && stop + 1 < end {
        let named = page.tokens[stop + 1].class == Class::Title
            && page.is_name_word(stop + 1)
            && !page.is_unclear(stop + 1)
            && !page.tags(stop + 1).has(Tag::Common);
        stop += 2 * usize::from(named);
    }
    stop
}

/// A long form from token `long` on, and its acronym in brackets at `index`: what the head noun of
/// the long form says they are.
fn spelled_out(page: &Page, long: usize, index: usize, out: &mut Vec<Candidate>) {
    let has = |tags: &[Tag]| {
        (long..index - 1).any(|i| page.is_capitalized(i) && page.tags(i).has_any(tags))
    };
    let last = page.tags(index - 2);
    let (kind, score, rule) = if last.has_any(&[Tag::ThingHead, Tag::EventHead])
        || last.has(Tag::Rank)
        || page.tags(long).has_any(&[Tag::ThingHead, Tag::EventHead])
    {
        (EntityKind::Event, 0.9, NOT_A_MENTION)
    } else if has(&[Tag::OrganizationHead, Tag::CompanySuffix]) {
        (EntityKind::Organization, 0.92, "acronym-bracket")
    } else if has(&[Tag::UnitEchelon]) {
        (EntityKind::Unit, 0.92, "acronym-bracket")
    } else if last.has(Tag::PlaceHead) {
        (EntityKind::Place, 0.85, "acronym-bracket")
    } else {
        (EntityKind::Organization, 0.7, "acronym-bracket")
    };
    out.push(Candidate::new(index, index + 1, kind, score, rule));
    out.push(Candidate::new(long, index - 1, kind, score - 0.1, rule));
}

/// First token of the words before `end` whose initials are the acronym; small linking words may
/// be passed over.
fn long_form(page: &Page, first: usize, end: usize, acronym: &str) -> Option<usize> {
    let mut letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    let mut index = end;
    let lowest = end.saturating_sub(3 * letters.len()).max(first);
    while index > lowest {
        index -= 1;
        let Some(initial) = page.str(index).chars().next().filter(|c| c.is_alphabetic()) else {
            continue;
        };
        match letters.last() {
            Some(&letter) if initial.to_uppercase().eq(letter.to_uppercase()) => {
                letters.pop();
                if letters.is_empty() {
                    return page.is_capitalized(index).then_some(index);
                }
            }
            _ if page.is_capitalized(index) => return None,
            _ => {}
        }
    }
    None
}
