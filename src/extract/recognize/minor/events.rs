//! Happenings: listed ones ("World War II"), "Operation X", "Battle of X", "X War", "X massacre".

use super::words::{LONGEST_ENTRY, Sort, Words};
use crate::extract::lexicon::{Known, Lexicon, Tag};
use crate::extract::recognize::candidate::Candidate;
use crate::extract::recognize::page::Page;
use crate::extract::text::Class;
use crate::model::EntityKind;

/// The rule of happenings found here.
pub(super) const RULE: &str = "event";
/// A name has no more tokens before its head noun, or after "Battle of".
const LONGEST: usize = 6;

/// Candidates of the sentence of tokens `first..end`.
pub(super) fn find(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    let words = Words::shared();
    for index in first..end {
        if let Some(stop) = listed(page, words, index, end) {
            push(page, first, index, stop, 0.95, out);
        }
        if page.key(index) == "operation" && page.is_capitalized(index) {
            operation(page, first, index, end, out);
        }
        let sorts = words.sorts(page.key(index));
        if sorts.has(Sort::EventOf) && page.is_capitalized(index) {
            of(page, first, index, end, out);
        }
        let is_title = page.tokens[index].class == Class::Title;
        if sorts.has(Sort::EventHead) && is_title || sorts.has(Sort::EventSmall) && !is_title {
            by_head(page, first, index, end, out);
        }
        if matches!(
            page.key(index),
            "election" | "elections" | "referendum" | "summit"
        ) {
            election(page, first, index, out);
        }
    }
}

/// The year before a happening belongs to its name: "2024 NATO summit".
fn push(
    page: &Page,
    first: usize,
    start: usize,
    stop: usize,
    score: f32,
    out: &mut Vec<Candidate>,
) {
    let year = start > first && is_year(page, start - 1);
    let start = start - usize::from(year);
    out.push(Candidate::new(start, stop, EntityKind::Event, score, RULE));
}

fn is_year(page: &Page, index: usize) -> bool {
    let word = page.str(index);
    page.tokens[index].class == Class::Number
        && word.len() == 4
        && (word.starts_with("19") || word.starts_with("20") || word.starts_with("18"))
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// The token after the longest listed happening that begins here.
fn listed(page: &Page, words: &Words, index: usize, end: usize) -> Option<usize> {
    let token = page.tokens[index];
    if !token.is_capitalized() && token.class != Class::Number {
        return None;
    }
    let sorts = words.sorts(page.key(index));
    let mut best = sorts.has(Sort::Event).then_some(index + 1);
    if !sorts.has(Sort::Opens) {
        return best;
    }
    let mut folded = page.key(index).to_owned();
    let mut count = 1;
    for at in index + 1..end.min(index + 2 * LONGEST_ENTRY) {
        let key = page.key(at);
        if key.is_empty() {
            let joins = ["-", "/", "'", "’", "–"]
                .iter()
                .any(|mark| page.is_mark(at, mark));
            if joins && page.tokens[at].is_glued {
                continue;
            }
            break;
        }
        folded.push(' ');
        folded.push_str(key);
        count += 1;
        if count > LONGEST_ENTRY {
            break;
        }
        if words.is(&folded, Sort::Event) {
            best = Some(at + 1);
        }
    }
    best
}

/// "Operation Desert Storm".
fn operation(page: &Page, first: usize, index: usize, end: usize, out: &mut Vec<Candidate>) {
    let mut stop = index + 1;
    while stop < end && stop < index + 5 && page.is_capitalized(stop) && !page.tokens[stop].is_glued
    {
        stop += 1;
    }
    if stop > index + 1 && !page.is_in_headline(index) {
        push(page, first, index, stop, 0.93, out);
    }
}

/// "Battle of Kursk", "Treaty of Brest-Litovsk".
fn of(page: &Page, first: usize, index: usize, end: usize, out: &mut Vec<Candidate>) {
    if index + 2 >= end || page.key(index + 1) != "of" {
        return;
    }
    let start = index + 2 + usize::from(page.key(index + 2) == "the");
    let mut stop = start;
    while stop < end && stop < start + LONGEST {
        let joined = page.is_hyphen(stop) && stop > start;
        if !(joined || page.is_capitalized(stop) && !page.is_weak(stop)) {
            break;
        }
        stop += 1;
    }
    if stop > start && !page.is_in_headline(index) {
        push(page, first, index, stop, 0.93, out);
    }
}

/// "Tet Offensive", "Iran-Iraq War", "Bucha massacre".
fn by_head(page: &Page, first: usize, head: usize, end: usize, out: &mut Vec<Candidate>) {
    let goes_on = head + 1 < end && page.is_name_word(head + 1);
    let mut start = head;
    while start > first && head - start < LONGEST {
        let before = start - 1;
        let mark = page.is_mark(before, "-") || page.is_mark(before, "–");
        let joined = mark && page.tokens[before].is_glued && before > first;
        let name = page.is_name_word(before) && (!is_own(page, before) || start < head);
        if joined || name {
            start = before;
        } else {
            break;
        }
    }
    while start < head && page.tokens[start].class == Class::Mark {
        start += 1;
    }
    let small = page.tokens[head].class != Class::Title;
    if start == head
        || goes_on
        || page.is_in_headline(head)
        || small && is_people(page, start, head)
    {
        return;
    }
    push(page, first, start, head + 1, 0.9, out);
}

/// A title or role before the head: "President War" is none.
fn is_own(page: &Page, index: usize) -> bool {
    page.tags(index).has_any(&[Tag::Title, Tag::Rank])
}

/// "Ukrainian counteroffensive": whose it is, not what it is called.
fn is_people(page: &Page, start: usize, head: usize) -> bool {
    let known = Lexicon::shared().known(&page.folded(start, head));
    matches!(
        known,
        Some(Known::Demonym(..) | Known::Group | Known::Institution(_))
    )
}

/// "2021 German federal election": year, whose, which.
fn election(page: &Page, first: usize, head: usize, out: &mut Vec<Candidate>) {
    let mut start = head;
    while start > first && head - start < 5 && {
        let word = page.key(start - 1);
        page.is_capitalized(start - 1)
            || matches!(
                word,
                "federal"
                    | "general"
                    | "presidential"
                    | "parliamentary"
                    | "legislative"
                    | "local"
                    | "regional"
                    | "state"
                    | "snap"
                    | "midterm"
                    | "municipal"
                    | "mayoral"
                    | "independence"
            )
    } {
        start -= 1;
    }
    if start < head && start > first && is_year(page, start - 1) {
        push(page, first, start, head + 1, 0.92, out);
    }
}
