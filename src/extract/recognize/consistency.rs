//! One document agrees with itself: a family name once seen in full is that person again, and a
//! name has one kind unless its surroundings speak clearly.

use super::candidate::Candidate;
use super::fixed;
use super::page::Page;
use crate::extract::lexicon::{Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::{BTreeMap, HashMap};

/// Scores of the kinds that a folded name was given in one document.
#[derive(Clone, Debug, Default)]
struct Votes(BTreeMap<EntityKind, f32>);

impl Votes {
    fn winner(&self) -> Option<(EntityKind, f32)> {
        self.0
            .iter()
            .map(|(&kind, &score)| (kind, score))
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

/// What the document's sure mentions teach of names.
pub struct Memory {
    votes: HashMap<String, Votes>,
    parts: HashMap<String, f32>,
    heads: HashMap<String, (EntityKind, f32)>,
}

impl Memory {
    /// Learns from the candidates kept so far.
    pub fn learn(page: &Page, kept: &[Candidate]) -> Self {
        let mut memory = Self {
            votes: HashMap::new(),
            parts: HashMap::new(),
            heads: HashMap::new(),
        };
        for candidate in kept {
            let folded = page.folded(candidate.first, candidate.end);
            *memory
                .votes
                .entry(folded)
                .or_default()
                .0
                .entry(candidate.kind)
                .or_default() += candidate.score;
            let words: Vec<usize> = (candidate.first..candidate.end)
                .filter(|&i| page.is_capitalized(i) && page.str(i).chars().count() > 1)
                .collect();
            if candidate.kind == EntityKind::Person && words.len() > 1 && candidate.score >= 0.5 {
                for &index in &words {
                    let part = memory.parts.entry(page.key(index).to_owned()).or_default();
                    *part = part.max(candidate.score);
                }
            }
            if matches!(candidate.kind, EntityKind::Organization | EntityKind::Unit)
                && words.len() > 1
            {
                let key = page.key(words[0]);
                memory
                    .heads
                    .entry(key.to_owned())
                    .or_insert((candidate.kind, candidate.score));
            }
        }
        memory
    }

    /// The kind that the document gives to the name, and how sure that is.
    pub fn kind_of(&self, page: &Page, first: usize, end: usize) -> Option<(EntityKind, f32)> {
        let folded = page.folded(first, end);
        if let Some(winner) = self.votes.get(&folded).and_then(Votes::winner) {
            return Some(winner);
        }
        None
    }

    /// The word is part of a person's full name elsewhere in the document.
    pub fn person_part(&self, key: &str) -> Option<f32> {
        self.parts.get(key).copied()
    }
}

/// Gives every free token that is part of a known person, or bears a known name, its candidate,
/// and lets names of the same words have the same kind.
pub fn apply(page: &Page, lexicon: &Lexicon, kept: &mut Vec<Candidate>) {
    let memory = Memory::learn(page, kept);
    for candidate in kept.iter_mut() {
        agree(page, &memory, candidate);
    }
    listed(page, lexicon, kept);
    let mut taken = vec![false; page.tokens.len()];
    for candidate in kept.iter() {
        taken[candidate.first..candidate.end].fill(true);
    }
    for (index, &is_taken) in taken.iter().enumerate() {
        if is_taken || !page.is_capitalized(index) || fixed::is_fixed(page, lexicon, index) {
            continue;
        }
        let tags = page.tags(index);
        let head = tags.has_any(&[Tag::OrganizationHead, Tag::PlaceHead, Tag::UnitHead])
            || tags.has(Tag::Common);
        let weak = !page.is_name_word(index)
            || tags.has(Tag::Title)
            || head && !tags.has_any(&[Tag::Given, Tag::Surname]);
        if weak {
            continue;
        }
        if let Some(score) = memory.person_part(page.key(index)) {
            kept.push(Candidate::new(
                index,
                index + 1,
                EntityKind::Person,
                score * 0.9,
                "surname",
            ));
        } else if let Some((kind, score)) = memory.kind_of(page, index, index + 1)
            && score >= 0.6
        {
            kept.push(Candidate::new(index, index + 1, kind, 0.6, "repeated"));
        }
    }
    kept.sort_by_key(|c| c.first);
}

/// "Lindqvist, Moreau and the rest": a single unknown word beside a person in a list with commas is
/// a person too.
fn listed(page: &Page, lexicon: &Lexicon, kept: &mut Vec<Candidate>) {
    let mut at: Vec<Option<usize>> = vec![None; page.tokens.len()];
    for (number, candidate) in kept.iter().enumerate() {
        at[candidate.first..candidate.end].fill(Some(number));
    }
    let mut next = 0;
    while next < kept.len() {
        let known = &kept[next];
        next += 1;
        if known.kind != EntityKind::Person || known.score < 0.5 {
            continue;
        }
        let (first, end) = (known.first, known.end);
        let joined = page.is_mark(end, ",").then_some(end + 1);
        let before = (first >= 2 && page.is_mark(first - 1, ",")).then(|| first - 2);
        for index in joined.into_iter().chain(before) {
            let goes_on = |mark: usize| page.is_mark(mark, ",") || page.is_word(mark, "and");
            let in_list = if index >= end {
                goes_on(index + 1) && first > 0 || page.is_word(index + 1, "and")
            } else {
                goes_on(end) && (index == 0 || !page.is_capitalized(index - 1))
            };
            let fits = in_list
                && page.is_capitalized(index)
                && page.is_name_word(index)
                && !page.is_unclear(index)
                && page.tokens[index].class == Class::Title
                && !fixed::is_fixed(page, lexicon, index)
                && !page.tags(index).has_any(&[
                    Tag::Common,
                    Tag::Title,
                    Tag::OrganizationHead,
                    Tag::PlaceHead,
                ]);
            if !fits {
                continue;
            }
            match at[index] {
                None => {
                    at[index] = Some(kept.len());
                    kept.push(Candidate::new(
                        index,
                        index + 1,
                        EntityKind::Person,
                        0.6,
                        "list",
                    ));
                }
                Some(number) => {
                    let other = &mut kept[number];
                    if other.end == other.first + 1 && other.rule == "shape" {
                        other.kind = EntityKind::Person;
                        other.rule = "list";
                    }
                }
            }
        }
    }
    kept.sort_by_key(|c| c.first);
}

/// A single word that is part of a full name is that person; else unsure kinds follow the majority.
fn agree(page: &Page, memory: &Memory, candidate: &mut Candidate) {
    if matches!(
        candidate.kind,
        EntityKind::Date | EntityKind::Group | EntityKind::Unit
    ) {
        return;
    }
    let single = candidate.end == candidate.first + 1;
    if single
        && candidate.score < 0.8
        && candidate.kind != EntityKind::Person
        && let Some(score) = memory.person_part(page.key(candidate.first))
    {
        let plain_place = candidate.kind == EntityKind::Place && candidate.score >= 0.66;
        if !plain_place {
            candidate.kind = EntityKind::Person;
            candidate.rule = "surname";
            candidate.score = score * 0.9;
            candidate.canonical = None;
            candidate.country = None;
            return;
        }
    }
    if let Some((kind, total)) = memory.kind_of(page, candidate.first, candidate.end)
        && kind != candidate.kind
        && candidate.score < 0.9
        && total > candidate.score * 1.2
    {
        candidate.kind = kind;
        candidate.canonical = None;
        candidate.country = None;
    }
}
