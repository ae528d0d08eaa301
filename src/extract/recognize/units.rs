//! Military formations and fighting groups: number, designation, type words, head noun.

use super::candidate::Candidate;
use super::organizations::is_common_possessor;
use super::page::Page;
use crate::extract::lexicon::Tag;
use crate::extract::text::Class;
use crate::model::EntityKind;

/// A unit's name has no more tokens than this before its head noun.
const LONGEST: usize = 10;

/// Candidates of the sentence of tokens `first..end`.
pub fn find(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    for index in first..end {
        let tags = page.tags(index);
        if !tags.has_any(&[Tag::UnitHead, Tag::UnitEchelon]) {
            continue;
        }
        let capital = page.is_capitalized(index);
        if let Some(start) = numbered_start(page, first, index) {
            if tags.has(Tag::UnitEchelon) {
                out.push(Candidate::new(
                    start,
                    index + 1,
                    EntityKind::Unit,
                    0.95,
                    "unit-number",
                ));
            }
        } else if capital && !page.is_weak(index) {
            named(page, [first, end], index, out);
        }
    }
}

fn is_number(page: &Page, index: usize) -> bool {
    let key = page.key(index);
    match page.tokens[index].class {
        Class::Number => {
            let digits = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let ending = &key[digits.len()..];
            !digits.is_empty()
                && digits.len() <= 4
                && digits.bytes().all(|b| b.is_ascii_digit())
                && matches!(ending, "st" | "nd" | "rd" | "th")
        }
        Class::Title => matches!(
            key,
            "first"
                | "second"
                | "third"
                | "fourth"
                | "fifth"
                | "sixth"
                | "seventh"
                | "eighth"
                | "ninth"
                | "tenth"
        ),
        Class::Upper => matches!(
            key,
            "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix" | "xi" | "xii"
        ),
        _ => false,
    }
}

/// The ordinal number that begins the name whose head noun is `head`: all between are names or
/// type words.
fn numbered_start(page: &Page, first: usize, head: usize) -> Option<usize> {
    let lowest = head.saturating_sub(LONGEST).max(first);
    for index in (lowest..head).rev() {
        if is_number(page, index) {
            return Some(index);
        }
        let joins = page.is_mark(index, "-")
            || page.is_mark(index, "“")
            || page.is_mark(index, "”")
            || page.is_mark(index, "\"");
        let inside = page.is_capitalized(index) || page.tags(index).has(Tag::UnitType) || joins;
        if !inside {
            return None;
        }
    }
    None
}

/// A unit named without a number: "Azov Brigade", "Freedom of Russia Legion", "Air Force".
fn named(page: &Page, [first, end]: [usize; 2], head: usize, out: &mut Vec<Candidate>) {
    let start = run_start(page, first, head);
    if start == head {
        return;
    }
    let typed = (start..head).any(|i| page.tags(i).has(Tag::UnitType));
    let key = page.key(head);
    let echelon = page.tags(head).has(Tag::UnitEchelon);
    let kind = match key {
        "force" | "forces" | "command" | "navy" => {
            let whole = (start..head)
                .any(|i| matches!(page.key(i), "armed" | "air" | "defense" | "defence"))
                || key == "navy";
            if whole {
                EntityKind::Organization
            } else {
                EntityKind::Unit
            }
        }
        "group" | "wing" | "front" | "company" | "division" | "unit" if !typed => return,
        "guard" | "guards" | "army" | "rangers" | "militia" | "corps" => EntityKind::Unit,
        _ if echelon || typed => EntityKind::Unit,
        _ => return,
    };
    let mut stop = head + 1;
    if kind == EntityKind::Organization && stop + 1 < end && page.key(stop) == "of" {
        let name = stop + 1 + usize::from(page.key(stop + 1) == "the");
        if name < end && page.is_name_word(name) {
            stop = name + 1;
        }
    }
    let score = if echelon || typed { 0.9 } else { 0.75 };
    out.push(Candidate::new(start, stop, kind, score, "unit-name"));
}

/// First token of the run of names and type words before `head`, "of" between names allowed;
/// nationalities and possessors stay outside.
fn run_start(page: &Page, first: usize, head: usize) -> usize {
    let mut start = head;
    while start > first && head - start < LONGEST {
        let before = start - 1;
        let hyphen = page.is_mark(before, "-")
            && page.tokens[start].is_glued
            && before > first
            && page.is_capitalized(before - 1);
        if page.is_name_word(before) {
            start = before;
        } else if hyphen || before > first && is_common_possessor(page, before) {
            start = before - 1;
        } else if page.key(before) == "of"
            && before > first
            && (page.is_name_word(before - 1) || is_namesake(page, before - 1))
            && start < head
        {
            let title = page.tags(before - 1).has_any(&[Tag::Title, Tag::Role]);
            if title {
                break;
            }
            start = before - 1;
        } else {
            break;
        }
    }
    start
}

/// Words that open the names of volunteers' units, even where a sentence begins: "Sons of …".
fn is_namesake(page: &Page, index: usize) -> bool {
    page.is_capitalized(index)
        && matches!(
            page.key(index),
            "sons"
                | "daughters"
                | "children"
                | "brothers"
                | "sisters"
                | "lions"
                | "wolves"
                | "eagles"
                | "falcons"
                | "knights"
                | "heroes"
                | "defenders"
                | "guardians"
                | "spirit"
                | "freedom"
                | "will"
                | "glory"
        )
}
