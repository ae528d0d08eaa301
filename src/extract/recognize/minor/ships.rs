//! Ships by the noun before their names: "the cruiser Moskva".

use super::words::{Sort, Words};
use crate::extract::lexicon::Tag;
use crate::extract::recognize::candidate::Candidate;
use crate::extract::recognize::page::Page;
use crate::extract::text::Class;
use crate::model::EntityKind;

/// A ship's name has no more words.
const LONGEST: usize = 3;

/// Candidates of the sentence of tokens `first..end`.
pub(super) fn find(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    let words = Words::shared();
    for index in first..end {
        if page.tokens[index].class != Class::Lower || !words.is(page.key(index), Sort::Ship) {
            continue;
        }
        let quoted = usize::from(["“", "\"", "‘"].iter().any(|m| page.is_mark(index + 1, m)));
        let start = index + 1 + quoted;
        let mut stop = start;
        while stop < end && stop < start + LONGEST && is_part(page, start, stop) {
            stop += 1;
        }
        if stop == start || is_officer(page, start, stop) {
            continue;
        }
        out.push(Candidate::new(
            start,
            stop,
            EntityKind::Equipment,
            0.9,
            "ship",
        ));
    }
}

fn is_part(page: &Page, start: usize, index: usize) -> bool {
    let token = page.tokens[index];
    token.is_capitalized() && (index == start || !token.is_glued)
}

/// "cruiser Captain Ivanov": a person is named.
fn is_officer(page: &Page, start: usize, stop: usize) -> bool {
    stop > start + 1
        && page.tags(start).has(Tag::Title)
        && !matches!(
            page.key(start),
            "admiral" | "marshal" | "general" | "king" | "queen" | "prince" | "princess"
        )
}
