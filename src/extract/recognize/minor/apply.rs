//! Lets equipment and events take their place among what was found.

use super::equipment::Finder;
use super::{events, ships};
use crate::extract::recognize::candidate::{Candidate, NOT_A_MENTION, arbitrate};
use crate::extract::recognize::page::Page;
use crate::model::EntityKind;

/// The rule of codes that the tagger is told of; here they are judged with their sentence.
const CODE: &str = "equipment-code";

/// Adds equipment and events to `kept`, which is sorted and disjoint and stays so.
pub(in crate::extract::recognize) fn apply(page: &Page, kept: Vec<Candidate>) -> Vec<Candidate> {
    let mut proposed = Vec::new();
    Finder::new(page).confirm().find(&mut proposed);
    for &sentence in &page.sentences {
        ships::find(page, sentence, &mut proposed);
        events::find(page, sentence, &mut proposed);
    }
    let proposed = arbitrate(proposed, page.tokens.len());
    let mut kept: Vec<Candidate> = kept
        .into_iter()
        .filter(|candidate| candidate.rule != CODE && candidate.rule != NOT_A_MENTION)
        .collect();
    let mut out = Vec::with_capacity(kept.len() + proposed.len());
    let mut rest = kept.drain(..).peekable();
    for new in proposed {
        while let Some(before) = rest.next_if(|candidate| candidate.end <= new.first) {
            out.push(before);
        }
        let mut rivals = Vec::new();
        while let Some(rival) = rest.next_if(|candidate| candidate.first < new.end) {
            rivals.push(rival);
        }
        let is_free = out
            .last()
            .is_none_or(|last: &Candidate| last.end <= new.first);
        if is_free && rivals.iter().all(|rival| gives_way(page, rival, &new)) {
            out.push(new);
        } else {
            out.append(&mut rivals);
        }
    }
    out.extend(rest);
    out
}

/// What lies inside a name of equipment or of a happening is part of it.
fn gives_way(page: &Page, rival: &Candidate, new: &Candidate) -> bool {
    let inside = new.first <= rival.first && rival.end <= new.end;
    if matches!(
        rival.kind,
        EntityKind::Date | EntityKind::Equipment | EntityKind::Event
    ) {
        return inside || rival.first > new.first;
    }
    let same = rival.first == new.first && rival.end == new.end;
    // A tagger's organization often takes the noun in: "Patriot Air Defense".
    let noun = rival.first == new.first
        && rival.end > new.end
        && new.kind == EntityKind::Equipment
        && rival.kind == EntityKind::Organization
        && (new.end..rival.end).all(|at| !page.is_capitalized(at));
    match rival.kind {
        EntityKind::Unit => inside && !same,
        EntityKind::Person => inside && (!same || new.score >= 0.9),
        _ => inside || noun,
    }
}
