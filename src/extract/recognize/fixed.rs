//! Names that the lexicons know as they stand: nationalities, groups, public institutions.

use super::candidate::Candidate;
use super::page::Page;
use crate::extract::lexicon::{Known, Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;

/// Candidates of the sentence of tokens `first..end`.
pub fn find(page: &Page, lexicon: &Lexicon, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    let mut index = first;
    while index < end {
        let token = page.tokens[index];
        if !token.is_capitalized() && token.class != Class::Mixed && !begins_small(page, index) {
            index += 1;
            continue;
        }
        let Some(stop) = page.known_end(index, end, lexicon) else {
            index += 1;
            continue;
        };
        let folded = page.folded(index, stop);
        if let Some(known) = lexicon.known(&folded)
            && let Some(candidate) = candidate(page, lexicon, known, &folded, index, stop)
        {
            out.push(candidate);
            index = stop;
        } else {
            index += 1;
        }
    }
}

/// "al-Qaeda": a small article glued to a name.
fn begins_small(page: &Page, index: usize) -> bool {
    page.tags(index).has(Tag::PhraseStart) && matches!(page.key(index), "al" | "ni" | "the")
}

/// The token alone is a fixed name, spelled as listed.
pub fn is_fixed(page: &Page, lexicon: &Lexicon, index: usize) -> bool {
    let key = page.key(index);
    lexicon.known(key).is_some() && is_spelled(page, lexicon, key, index, index + 1)
}

fn is_spelled(page: &Page, lexicon: &Lexicon, folded: &str, first: usize, end: usize) -> bool {
    lexicon.spelling(folded).is_none_or(|spelling| {
        page.span(first, end)
            .chars()
            .filter(|&c| c != '.')
            .eq(spelling.chars().filter(|&c| c != '.'))
    })
}

fn candidate(
    page: &Page,
    lexicon: &Lexicon,
    known: &Known,
    folded: &str,
    first: usize,
    end: usize,
) -> Option<Candidate> {
    if !is_spelled(page, lexicon, folded, first, end) {
        return None;
    }
    let first = first + usize::from(end > first + 1 && page.key(first) == "the");
    if page.tokens[first].class == Class::Lower && page.key(first) != "al" {
        return None;
    }
    match known {
        Known::Demonym(country, code) => {
            let mut found = Candidate::new(first, end, EntityKind::Group, 0.95, "demonym");
            found.canonical = Some((*country).to_owned());
            found.country = Some(*code);
            Some(found)
        }
        Known::Group => {
            let weak = page.is_unclear(first) && page.word(first).lower > 0;
            (!weak).then(|| Candidate::new(first, end, EntityKind::Group, 0.9, "group"))
        }
        Known::Institution(name) => {
            let word = page.word(first);
            let single = end == first + 1;
            if single && page.is_unclear(first) && word.tags.has(Tag::Common) && word.inside == 0 {
                return None;
            }
            let mut found =
                Candidate::new(first, end, EntityKind::Organization, 0.93, "institution");
            found.canonical = Some((*name).to_owned());
            Some(found)
        }
    }
}
