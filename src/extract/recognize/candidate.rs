//! Candidate mentions, and which of those that overlap are kept.

use super::page::Page;
use crate::extract::RawMention;
use crate::model::EntityKind;

/// The rule of candidates that only keep others away from their words.
pub const NOT_A_MENTION: &str = "thing";

/// A span of tokens that a rule takes for a mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// First token.
    pub first: usize,
    /// Token after the last.
    pub end: usize,
    /// What sort of thing.
    pub kind: EntityKind,
    /// How sure the rule is, 0 to 1.
    pub score: f32,
    /// The rule.
    pub rule: &'static str,
    /// The name that a lexicon gives for it.
    pub canonical: Option<String>,
    /// Its country's code.
    pub country: Option<[u8; 2]>,
}

impl Candidate {
    /// A candidate without canonical name and country.
    pub fn new(first: usize, end: usize, kind: EntityKind, score: f32, rule: &'static str) -> Self {
        Self {
            first,
            end,
            kind,
            score,
            rule,
            canonical: None,
            country: None,
        }
    }

    /// How much it counts against one that overlaps: sure ones first, but longer ones before parts
    /// of them.
    fn weight(&self) -> f32 {
        let words = f32::from(u8::try_from((self.end - self.first).min(6)).unwrap_or(6));
        self.score + 0.12 * (words - 1.0)
    }

    /// The mention in bytes of the document's text.
    pub fn mention(&self, page: &Page) -> RawMention {
        let (start, mut end) = (page.tokens[self.first].start, page.tokens[self.end - 1].end);
        // "MiG-29s", "HIMARSs": several of a kind.
        let plural = page.text[start..end].strip_suffix('s').is_some_and(|one| {
            one.ends_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase())
        });
        if self.kind == EntityKind::Equipment && plural {
            end -= 1;
        }
        RawMention {
            start,
            end,
            kind: self.kind,
            score: self.score.clamp(0.0, 1.0),
            rule: self.rule,
            canonical: self.canonical.clone(),
            country: self.country,
            unit: None,
            date: None,
        }
    }
}

/// Keeps of overlapping candidates the weightiest, and of equal ones the earlier. Sorted by start.
pub fn arbitrate(mut candidates: Vec<Candidate>, tokens: usize) -> Vec<Candidate> {
    candidates.retain(|c| c.first < c.end && c.end <= tokens);
    candidates.sort_by(|a, b| {
        b.weight()
            .total_cmp(&a.weight())
            .then(a.first.cmp(&b.first))
            .then(b.end.cmp(&a.end))
            .then(a.kind.cmp(&b.kind))
    });
    let mut taken = vec![false; tokens];
    candidates.retain(|c| {
        let free = taken[c.first..c.end].iter().all(|&t| !t);
        if free {
            taken[c.first..c.end].fill(true);
        }
        free
    });
    candidates.sort_by_key(|c| c.first);
    candidates
}

/// A candidate for each place where a text has one of the names, in order; of two over each other the first
/// named.
#[cfg(test)]
pub fn marked(page: &Page, text: &str, names: &[(&str, EntityKind)]) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for &(name, kind) in names {
        for (start, _) in text.match_indices(name) {
            let [first, end] = page.touched(start, start + name.len());
            if kept.iter().all(|c| c.end <= first || c.first >= end) {
                kept.push(Candidate::new(first, end, kind, 0.8, "tagger"));
            }
        }
    }
    kept.sort_by_key(|candidate| candidate.first);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_wins_unless_unsure() {
        let place = Candidate::new(3, 4, EntityKind::Place, 0.9, "a");
        let unit = Candidate::new(2, 6, EntityKind::Unit, 0.9, "b");
        let guess = Candidate::new(3, 5, EntityKind::Person, 0.4, "c");
        let kept = arbitrate(vec![place.clone(), unit.clone(), guess.clone()], 10);
        assert_eq!(kept, [unit]);
        assert_eq!(arbitrate(vec![place.clone(), guess], 10), [place]);
    }
}
