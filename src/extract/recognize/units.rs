//! Military formations and fighting groups, as [`crate::extract::units`] reads them, and whole armed
//! services, which are organizations.

use super::candidate::Candidate;
use super::organizations::is_common_possessor;
use super::page::Page;
use crate::extract::lexicon::Tag;
use crate::extract::units;
use crate::model::EntityKind;

/// A service's name has no more tokens than this before its head noun.
const LONGEST: usize = 10;

/// Candidates of the sentence of tokens `first..end`.
pub fn find(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    formations(page, [first, end], out);
    for index in first..end {
        let is_head = matches!(
            page.key(index),
            "force"
                | "forces"
                | "command"
                | "navy"
                | "guard"
                | "guards"
                | "army"
                | "militia"
                | "corps"
        );
        if is_head && page.is_capitalized(index) && !page.is_weak(index) {
            service(page, [first, end], index, out);
        }
    }
}

/// What the grammar of units finds.
fn formations(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    let tokens = &page.tokens[first..end];
    let mut at = first;
    for unit in units::find(page.text, tokens) {
        while at < end && page.tokens[at].start < unit.start {
            at += 1;
        }
        let mut stop = at;
        while stop < end && page.tokens[stop].end <= unit.end {
            stop += 1;
        }
        let fits = at < stop
            && page.tokens[at].start == unit.start
            && page.tokens[stop - 1].end == unit.end;
        if !fits {
            continue;
        }
        let rule = if unit.details.number.is_some() {
            "unit-number"
        } else {
            "unit-name"
        };
        // A name of one word loses to nothing that is as short.
        let score = unit.score + if stop == at + 1 { 0.1 } else { 0.0 };
        let mut candidate = Candidate::new(at, stop, EntityKind::Unit, score, rule);
        candidate.canonical = unit.full_name;
        out.push(candidate);
    }
}

/// "Armed Forces of Ukraine", "Air Force", "Royal Navy", "Liberation Army".
fn service(page: &Page, [first, end]: [usize; 2], head: usize, out: &mut Vec<Candidate>) {
    let start = run_start(page, first, head);
    if start == head {
        return;
    }
    let whole = page.key(head) == "navy"
        || (start..head).any(|i| matches!(page.key(i), "armed" | "air" | "defense" | "defence"));
    let mut stop = head + 1;
    if whole && stop + 1 < end && page.key(stop) == "of" {
        let name = stop + 1 + usize::from(page.key(stop + 1) == "the");
        if name < end && page.is_name_word(name) {
            stop = name + 1;
        }
    }
    let typed = (start..head).any(|i| page.tags(i).has(Tag::UnitType));
    let echelon = page.tags(head).has(Tag::UnitEchelon);
    let score = if echelon || typed { 0.85 } else { 0.7 };
    out.push(Candidate::new(
        start,
        stop,
        EntityKind::Organization,
        score,
        "service",
    ));
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
            && (page.is_name_word(before - 1) || opens_unit(page, before - 1))
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

/// Such a word is part of a name even where a sentence begins.
fn opens_unit(page: &Page, index: usize) -> bool {
    page.is_capitalized(index) && units::is_namesake(page.key(index))
}
