//! One pattern against one sentence: a small backtracking matcher whose every step is bounded.

use super::classes::Class;
use super::phrases::{Phrase, SlotKind, phrases};
use super::rules::{Element, Rule, Rules};
use super::sentence::Sentence;
use crate::model::EntityKind;

/// Steps that one attempt may take; more means a sentence made to be slow.
const STEPS: usize = 2_000;

/// A pattern that fits.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// The source's phrase.
    pub(super) source: Phrase,
    /// The target's phrase.
    pub(super) target: Phrase,
    /// Ranges of the row that say so, without marks and articles.
    pub(super) trigger: Vec<[usize; 2]>,
    /// The first element of the pattern is the source.
    pub(super) source_is_first: bool,
    /// The pattern ends with an end of the relation.
    pub(super) ends_with_slot: bool,
    /// "not" or "never" stands before the verb.
    pub(super) is_negated: bool,
    /// Range of the row that the pattern took.
    pub(super) range: [usize; 2],
}

/// Words before a name over which the preposition that governs it is looked for.
const GOVERNOR_REACH: usize = 8;
/// Words of an apposition that no comma closes.
const LONGEST_APPOSITION: usize = 28;

#[derive(Clone, Default)]
struct State {
    source: Option<Phrase>,
    target: Option<Phrase>,
    trigger: Vec<[usize; 2]>,
    is_negated: bool,
}

/// The fit of `rule` that starts at `start`, if there is one.
pub(super) fn fit(
    sentence: &Sentence<'_>,
    rules: &Rules,
    rule: &Rule,
    start: usize,
) -> Option<Fit> {
    let mut matcher = Matcher {
        sentence,
        rules,
        elements: &rule.elements,
        steps: 0,
    };
    let (state, end) = matcher.step(0, start, State::default())?;
    let is_slot = |e: Option<&Element>, source_only: bool| match e {
        Some(Element::Subject { is_source, .. } | Element::Slot { is_source, .. }) => {
            *is_source || !source_only
        }
        _ => false,
    };
    Some(Fit {
        source: state.source?,
        target: state.target?,
        trigger: state.trigger,
        source_is_first: is_slot(rule.elements.first(), true),
        ends_with_slot: is_slot(rule.elements.last(), false)
            || matches!(rule.elements.last(), Some(Element::Close)),
        is_negated: state.is_negated,
        range: [start, end],
    })
}

struct Matcher<'a> {
    sentence: &'a Sentence<'a>,
    rules: &'a Rules,
    elements: &'a [Element],
    steps: usize,
}

impl Matcher<'_> {
    fn step(&mut self, element: usize, at: usize, state: State) -> Option<(State, usize)> {
        self.steps += 1;
        if self.steps > STEPS {
            return None;
        }
        let Some(current) = self.elements.get(element) else {
            return Some((state, at));
        };
        let next = element + 1;
        match current {
            Element::Words {
                any,
                optional,
                is_silent,
            } => {
                let is_there = any.contains(&self.sentence.known(at).number);
                let lengths = if is_there { vec![1] } else { Vec::new() };
                self.words(next, at, state, &lengths, *optional, *is_silent)
            }
            Element::Class {
                class,
                optional,
                is_silent,
            } => {
                // The deputy of a leader leads nothing.
                let is_deputy =
                    *class == Class::LEADER && at > 0 && self.sentence.is_in(at - 1, Class::DEPUTY);
                let lengths: Vec<usize> = if is_deputy {
                    Vec::new()
                } else {
                    self.rules
                        .class_lengths(self.sentence, at, *class)
                        .collect()
                };
                self.words(next, at, state, &lengths, *optional, *is_silent)
            }
            Element::Slot { is_bare, .. } if *is_bare && self.sentence.kind(at).is_none() => None,
            Element::Slot {
                is_source, kinds, ..
            } => self.slot(next, at, &state, *is_source, kinds),
            Element::Subject { is_source, kinds } => {
                if is_subject_position(self.sentence, at) {
                    self.slot(next, at, &state, *is_source, kinds)
                } else {
                    None
                }
            }
            Element::Verb => self.verb(next, at, state),
            Element::Aside => {
                let ends = aside(self.sentence, at).into_iter();
                for end in ends.chain(open_apposition(self.sentence, self.rules, at)) {
                    if let Some(found) = self.step(next, end, state.clone()) {
                        return Some(found);
                    }
                }
                self.step(next, at, state)
            }
            Element::Unlisted => {
                let comma = usize::from(self.sentence.word(at) == ",");
                let next_name = self.sentence.items.get(at + 1).is_some_and(|item| {
                    let starts = self.sentence.text[item.start..].chars().next();
                    starts.is_some_and(char::is_uppercase)
                        && self.sentence.kind(at + 1) != Some(EntityKind::Date)
                });
                let is_listed = matches!(self.sentence.word(at + comma), "and" | "or" | "&")
                    || (comma == 1 && next_name);
                if is_listed {
                    None
                } else {
                    self.step(next, at, state)
                }
            }
            Element::Gap { longest } => self.gap(next, at, state, *longest, false),
            Element::Wide { longest } => self.gap(next, at, state, *longest, true),
            Element::Close => {
                if closes(self.sentence, at) {
                    self.step(next, at, state)
                } else {
                    None
                }
            }
        }
    }

    /// Words of one of the `lengths`, or none where that is `optional`.
    fn words(
        &mut self,
        next: usize,
        at: usize,
        state: State,
        lengths: &[usize],
        optional: bool,
        is_silent: bool,
    ) -> Option<(State, usize)> {
        for &length in lengths {
            let mut taken = state.clone();
            if !is_silent {
                note(&mut taken, self.sentence, at, at + length);
            }
            if let Some(found) = self.step(next, at + length, taken) {
                return Some(found);
            }
        }
        if optional {
            self.step(next, at, state)
        } else {
            None
        }
    }

    fn slot(
        &mut self,
        next: usize,
        at: usize,
        state: &State,
        is_source: bool,
        kinds: &[SlotKind],
    ) -> Option<(State, usize)> {
        let is_last = next == self.elements.len();
        for phrase in phrases(self.sentence, self.rules, at, kinds, is_last) {
            let mut taken = state.clone();
            if is_source {
                taken.source = Some(phrase);
            } else {
                taken.target = Some(phrase);
            }
            if let Some(found) = self.step(next, phrase.end, taken) {
                return Some(found);
            }
        }
        None
    }

    fn verb(&mut self, next: usize, at: usize, state: State) -> Option<(State, usize)> {
        let mut ends = vec![(at, state.is_negated)];
        let (mut end, mut negated) = (at, state.is_negated);
        for _ in 0..5 {
            let word = self.sentence.word(end);
            let is_date = self.sentence.kind(end) == Some(EntityKind::Date);
            let is_adverb = word.len() > 4 && word.ends_with("ly");
            if !is_date && !is_adverb && !self.sentence.is_in(end, Class::AUXILIARY) {
                break;
            }
            negated |= matches!(
                word,
                "not" | "never" | "didn't" | "hasn't" | "wasn't" | "haven't"
            );
            end += 1;
            ends.push((end, negated));
        }
        for (end, is_negated) in ends.into_iter().rev() {
            let taken = State {
                is_negated,
                ..state.clone()
            };
            if let Some(found) = self.step(next, end, taken) {
                return Some(found);
            }
        }
        None
    }

    fn gap(
        &mut self,
        next: usize,
        at: usize,
        state: State,
        longest: usize,
        is_wide: bool,
    ) -> Option<(State, usize)> {
        let source_kind = state.source.and_then(|s| self.sentence.kind(s.head));
        for end in at..=at + longest {
            if let Some(found) = self.step(next, end, state.clone()) {
                return Some(found);
            }
            let passes = match self.sentence.kind(end) {
                Some(EntityKind::Date | EntityKind::Group | EntityKind::Equipment) => true,
                Some(kind) => is_wide && Some(kind) != source_kind,
                None => is_passable(self.sentence, end, is_wide),
            };
            if !passes {
                return None;
            }
        }
        None
    }
}

fn is_passable(sentence: &Sentence<'_>, at: usize, is_wide: bool) -> bool {
    let word = sentence.word(at);
    let is_mark = !word.is_empty() && !word.chars().any(char::is_alphanumeric);
    if word.is_empty() || matches!(word, "not" | "never") {
        return false;
    }
    if is_wide {
        return !is_mark || matches!(word, "," | "-" | "%" | "$" | "'s");
    }
    (!is_mark || matches!(word, "-" | "%" | "$" | "'s")) && !sentence.is_in(at, Class::CLAUSE)
}

/// Adds words to the trigger; marks, articles and possessive endings say nothing.
fn note(state: &mut State, sentence: &Sentence<'_>, from: usize, to: usize) {
    let says = (from..to).any(|at| {
        let word = sentence.word(at);
        word.chars().any(char::is_alphanumeric)
            && !matches!(
                word,
                "a" | "an" | "the" | "'s" | "his" | "her" | "its" | "their" | "and"
            )
    });
    if !says {
        return;
    }
    match state.trigger.last_mut() {
        Some(last) if last[1] == from => last[1] = to,
        _ => state.trigger.push([from, to]),
    }
}

/// The phrase that begins at `at` is the subject of what follows, not part of what stands before.
fn is_subject_position(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    let word = sentence.word(before);
    if word.is_empty() {
        return sentence.kind(before) == Some(EntityKind::Date);
    }
    // "aides of Ada and Bo": the second name is governed as the first is.
    if matches!(word, "and" | "or" | "&") && before > 0 && is_governed(sentence, before - 1) {
        return false;
    }
    matches!(
        word,
        "," | ";"
            | ":"
            | "\""
            | "\u{201c}"
            | "\u{2018}"
            | "("
            | "-"
            | "\u{2013}"
            | "\u{2014}"
            | "\u{2022}"
            | "*"
            | "'"
            | "`"
    ) || sentence.is_in(before, Class::OPENER)
        // A year or a date in figures.
        || (word.len() >= 4 && word.chars().all(|c| c.is_ascii_digit() || c == '-'))
        || (word.len() > 4 && word.ends_with("ly"))
}

/// `, … ,` or `(…)` right at `at`: the place after it.
fn aside(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let close = match sentence.word(at) {
        // The comma closes an apposition that the name itself stands in.
        "," if sentence.is_in(at + 1, Class::AUXILIARY) => return Some(at + 1),
        "," => ",",
        "(" => ")",
        "-" | "\u{2013}" | "\u{2014}" => sentence.word(at),
        _ => return None,
    };
    let first = sentence.word(at + 1);
    // ", said X," and ", but …," go on with the sentence instead of naming its subject again.
    if matches!(
        first,
        "said" | "but" | "while" | "whereas" | "although" | "after" | "as"
    ) {
        return None;
    }
    (at + 1..(at + 26).min(sentence.items.len()))
        .take_while(|&i| !matches!(sentence.word(i), ";" | ":" | "\u{201c}" | "\u{201d}" | "\""))
        .find(|&i| sentence.word(i) == close && i > at + 1)
        .map(|end| end + 1)
}

/// The mention at `at` hangs on a preposition before its phrase: "an aide to the leader Ada".
fn is_governed(sentence: &Sentence<'_>, at: usize) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "of", "to", "for", "at", "in", "with", "from", "by", "against", "under", "within",
        "between", "on", "about", "near", "into", "toward", "towards",
    ];
    if sentence.mention(at).is_none() {
        return false;
    }
    let mut start = at;
    while start > 0 && at - start < GOVERNOR_REACH {
        let belongs = sentence.kind(start - 1) == Some(EntityKind::Group)
            || sentence.is_modifier(start - 1)
            || sentence.is_in(start - 1, Class::TITLE);
        if !belongs {
            break;
        }
        start -= 1;
    }
    start > 0 && sentence.is_one_of(start - 1, PREPOSITIONS)
}

/// An apposition that no comma closes ("Ada, deputy chief of the Staff of the Army as well as an
/// aide to Bo arrived"): the places after each of its names, all of which are governed.
fn open_apposition(sentence: &Sentence<'_>, rules: &Rules, at: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    if sentence.word(at) != "," {
        return ends;
    }
    let mut from = at + 1;
    while from < at + 4 && sentence.is_modifier(from) {
        from += 1;
    }
    if rules.class_at(sentence, from, Class::TITLE).is_none() {
        return ends;
    }
    for i in from..(from + LONGEST_APPOSITION).min(sentence.items.len()) {
        match sentence.kind(i) {
            Some(EntityKind::Group | EntityKind::Date) => {}
            Some(_) if is_governed(sentence, i) => {
                if is_finite(sentence, i + 1) {
                    ends.push(i + 1);
                }
            }
            Some(_) => break,
            None => {
                let word = sentence.word(i);
                let is_mark = !word.chars().any(char::is_alphanumeric);
                let is_clause = sentence.is_in(i, Class::CLAUSE) && word != "as";
                if (is_mark && word != "-") || is_clause || word == "'s" {
                    break;
                }
            }
        }
    }
    ends
}

/// The word can only be the verb of a subject, as against "the army sent to Perth".
fn is_finite(sentence: &Sentence<'_>, at: usize) -> bool {
    const FINITE: &[&str] = &[
        "is", "was", "are", "were", "has", "had", "have", "arrived", "met", "died", "visited",
        "thanked", "phoned", "wrote", "spoke", "came", "went",
    ];
    sentence.is_one_of(at, FINITE)
}

/// The phrase before `at` is whole: what follows is no noun that it would only qualify.
pub(super) fn closes(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(item) = sentence.items.get(at) else {
        return true;
    };
    match sentence.kind(at) {
        Some(EntityKind::Date) => true,
        Some(_) => false,
        None => {
            let word = item.lower.as_str();
            let is_mark = !word.chars().any(char::is_alphanumeric);
            (is_mark && word != "'s" && word != "-")
                || sentence.is_in(at, Class::CLOSER)
                || sentence.is_in(at, Class::AUXILIARY)
                || sentence.is_in(at, Class::SAYS)
                || (word.len() > 4 && (word.ends_with("ly") || word.ends_with("ed")))
        }
    }
}
