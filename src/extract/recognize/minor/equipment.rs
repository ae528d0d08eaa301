//! Weapons, vehicles and aircraft: listed names ("HIMARS"), names of several meanings beside a
//! weapon's noun ("Patriot battery"), codes of letters and numbers ("T-90M", "M777").

use super::words::{LONGEST_ENTRY, Sort, Words};
use crate::extract::recognize::candidate::Candidate;
use crate::extract::recognize::page::Page;
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::BTreeSet;

/// The rule of systems found by name or code.
pub(super) const RULE: &str = "equipment";
/// Words after a name among which its noun is looked for: "Neptune anti-ship cruise missile".
const NOUN_REACH: usize = 5;

/// Looks for equipment in one document.
pub(super) struct Finder<'p, 't> {
    page: &'p Page<'t>,
    words: &'static Words,
    /// Names of several meanings that stood beside a weapon's noun.
    confirmed: BTreeSet<String>,
}

impl<'p, 't> Finder<'p, 't> {
    pub(super) fn new(page: &'p Page<'t>) -> Self {
        Self {
            page,
            words: Words::shared(),
            confirmed: BTreeSet::new(),
        }
    }

    /// Candidates of the whole document. Linear in its length.
    pub(super) fn find(self, out: &mut Vec<Candidate>) {
        let mut unsure: Vec<(Candidate, String)> = Vec::new();
        for &[first, end] in &self.page.sentences {
            let speaks = self.speaks_of_weapons(first, end);
            let mut index = first;
            while index < end {
                index = self
                    .code(index, end, speaks, out)
                    .or_else(|| self.class_of_ships(index, end, out))
                    .or_else(|| self.named(index, first, end, out, &mut unsure))
                    .unwrap_or(index + 1);
            }
        }
        for (candidate, name) in unsure {
            if self.confirmed.contains(&name) {
                out.push(candidate);
            }
        }
    }

    fn is(&self, index: usize, sort: Sort) -> bool {
        self.words.is(self.page.key(index), sort)
    }

    fn speaks_of_weapons(&self, first: usize, end: usize) -> bool {
        (first..end).any(|index| {
            let sorts = self.words.sorts(self.page.key(index));
            sorts.has(Sort::Setting) || sorts.has(Sort::Noun) || sorts.has(Sort::Name)
        })
    }

    fn push(&self, first: usize, stop: usize, score: f32, out: &mut Vec<Candidate>) {
        out.push(Candidate::new(
            first,
            stop,
            EntityKind::Equipment,
            score,
            RULE,
        ));
    }

    /// "T-90M", "F/A-18", "M777": gives the token after it.
    fn code(
        &self,
        index: usize,
        end: usize,
        speaks: bool,
        out: &mut Vec<Candidate>,
    ) -> Option<usize> {
        let page = self.page;
        if !page.is_capitalized(index) {
            return None;
        }
        let sorts = self.words.sorts(page.key(index));
        let number = self.number_after_hyphen(index, end);
        let stop = match number {
            Some(stop) => stop,
            None if is_code_word(page.str(index)) => index + 1,
            None => return None,
        };
        if number.is_some() && !sorts.has(Sort::Prefix) && !sorts.has(Sort::Letter) {
            return None;
        }
        let stop = self.nickname(stop, end);
        let noun = self.noun_after(stop, end) || self.noun_before(index);
        let other = self.other_beside(index, stop, end);
        let fits = match number {
            Some(_) if sorts.has(Sort::Prefix) => !other || noun,
            Some(_) => (speaks || noun) && !other,
            None => noun && !other,
        };
        fits.then(|| {
            self.push(index, stop, 0.92, out);
            stop
        })
    }

    /// After "T", "-", "90M", or "F", "/", "A", "-", "18": the token after the code.
    fn number_after_hyphen(&self, index: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let glued = |at: usize| at < end && page.tokens[at].is_glued;
        let hyphen = |at: usize| glued(at) && (page.is_mark(at, "-") || page.is_mark(at, "‑"));
        let mut at = index + 1;
        if glued(at) && page.is_mark(at, "/") && glued(at + 1) && page.is_capitalized(at + 1) {
            at += 2;
        }
        if !hyphen(at) || !glued(at + 1) || page.tokens[at + 1].class != Class::Number {
            return None;
        }
        if !is_designation(page.str(at + 1)) {
            return None;
        }
        let mut stop = at + 2;
        // "S-300PMU-2", "Kh-47M2", "Su-34-M"
        if hyphen(stop) && glued(stop + 1) && page.str(stop + 1).len() <= 2 {
            stop += 2;
        }
        let goes_on = glued(stop) && !page.is_mark(stop, ",") && {
            let token = page.tokens[stop];
            token.is_word() || token.class == Class::Number || hyphen(stop)
        };
        (!goes_on).then_some(stop)
    }

    /// The listed name right after a code belongs to it: "MQ-9 Reaper", "K2 Black Panther tank".
    fn nickname(&self, at: usize, end: usize) -> usize {
        let mut stop = at;
        while stop < end && stop < at + 2 && self.page.is_capitalized(stop) {
            stop += 1;
        }
        for stop in (at + 1..=stop).rev() {
            let name = self.page.folded(at, stop);
            let sorts = self.words.sorts(&name);
            let noun = self.is(stop.min(end - 1), Sort::Noun) && stop < end;
            let is_noun = self.is(stop - 1, Sort::Noun);
            if (sorts.has(Sort::Name) || sorts.has(Sort::Word) || noun) && !is_noun {
                return stop;
            }
        }
        at
    }

    /// A weapon's noun in the phrase that goes on after a name.
    fn noun_after(&self, at: usize, end: usize) -> bool {
        let mut words = 0;
        for index in at..end.min(at + 2 * NOUN_REACH) {
            let token = self.page.tokens[index];
            match token.class {
                Class::Mark if !self.page.is_mark(index, "-") => return false,
                Class::Mark => continue,
                Class::Possessive => return false,
                _ => {}
            }
            if self.is(index, Sort::Noun) {
                return true;
            }
            words += 1;
            if words >= NOUN_REACH || self.ends_phrase(index) {
                return false;
            }
        }
        false
    }

    /// Small words and verbs end the phrase that a name opens.
    fn ends_phrase(&self, index: usize) -> bool {
        use crate::extract::lexicon::Tag;
        let word = self.page.key(index);
        let tags = self.page.tags(index);
        tags.has(Tag::NonName)
            || tags.has(Tag::Speech)
            || matches!(
                word,
                "is" | "was" | "were" | "are" | "had" | "has" | "have" | "be" | "been"
            )
    }

    /// The noun stands right before: "missile system Patriot", "the bomber, a Tu-95MS".
    fn noun_before(&self, index: usize) -> bool {
        let mut at = index;
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1) else {
                return false;
            };
            if self.is(before, Sort::Noun) {
                return true;
            }
            let passes = matches!(self.page.key(before), "a" | "an" | "system" | "systems")
                || self.page.is_mark(before, ",")
                || self.page.is_mark(before, "“")
                || self.page.is_mark(before, "\"");
            if !passes {
                return false;
            }
            at = before;
        }
        false
    }

    /// "flight A-320", "B-12 vitamin": right beside it, a comma's width apart at most.
    fn other_beside(&self, first: usize, stop: usize, end: usize) -> bool {
        let before = first.checked_sub(1).is_some_and(|at| {
            let at = at - usize::from(self.page.is_mark(at, ",") && at > 0);
            self.is(at, Sort::Other)
        });
        before || stop < end && self.is(stop, Sort::Other)
    }

    /// "Kilo-class submarine".
    fn class_of_ships(&self, index: usize, end: usize, out: &mut Vec<Candidate>) -> Option<usize> {
        let page = self.page;
        let fits = page.is_capitalized(index)
            && index + 2 < end
            && page.is_hyphen(index + 1)
            && page.key(index + 2) == "class"
            && self.noun_after(index + 3, end);
        fits.then(|| {
            self.push(index, index + 3, 0.9, out);
            index + 3
        })
    }

    /// A listed name with its mark or number.
    fn named(
        &self,
        index: usize,
        sentence: usize,
        end: usize,
        out: &mut Vec<Candidate>,
        unsure: &mut Vec<(Candidate, String)>,
    ) -> Option<usize> {
        let page = self.page;
        let token = page.tokens[index];
        if !token.is_capitalized() && token.class != Class::Mixed {
            return None;
        }
        let (stop, sorts, name) = self.longest(index, end)?;
        let with_mark = self.mark(stop, end, sorts);
        let has_mark = with_mark > stop;
        let noun = self.noun_after(with_mark, end) || self.noun_before(index);
        let in_headline = page.is_in_headline(index);
        let is_type = sorts.has(Sort::Type) && has_mark && noun;
        if sorts.has(Sort::Name) && !in_headline || (sorts.has(Sort::Family) && has_mark) || is_type
        {
            self.push(index, with_mark, 0.92, out);
            return Some(with_mark);
        }
        if !sorts.has(Sort::Word) {
            return None;
        }
        // "The Grad student", "Hunter missiles": a name goes on, or another began before.
        let goes_on =
            with_mark < end && page.is_name_word(with_mark) && !self.is(with_mark, Sort::Noun);
        let went_before =
            index > sentence && page.is_name_word(index - 1) && !self.is(index - 1, Sort::Noun);
        let hyphened = has_mark && page.is_mark(stop, "-");
        if (noun && !goes_on || hyphened) && !(went_before && page.tokens[index].is_glued) {
            self.push(index, with_mark, 0.9, out);
        } else if !goes_on && !went_before && !page.is_weak(index) {
            let candidate = Candidate::new(index, with_mark, EntityKind::Equipment, 0.6, RULE);
            unsure.push((candidate, name));
            return Some(with_mark);
        } else {
            return None;
        }
        Some(with_mark)
    }

    /// The longest listed name that begins at a token: the token after it, and its folded words.
    fn longest(&self, index: usize, end: usize) -> Option<(usize, super::words::Sorts, String)> {
        let page = self.page;
        let mut folded = page.key(index).to_owned();
        let known = |sorts: super::words::Sorts| {
            [Sort::Name, Sort::Word, Sort::Family, Sort::Type]
                .into_iter()
                .any(|sort| sorts.has(sort))
        };
        let single = self.words.sorts(&folded);
        let mut best = known(single).then(|| (index + 1, single, folded.clone()));
        if !single.has(Sort::Opens) {
            return best;
        }
        let mut words = 1;
        for at in index + 1..end.min(index + 2 * LONGEST_ENTRY) {
            let key = page.key(at);
            if key.is_empty() {
                let joins = page.tokens[at].is_glued
                    && ["-", "/", "."].iter().any(|mark| page.is_mark(at, mark));
                if joins || page.tokens[at].class == Class::Possessive {
                    continue;
                }
                break;
            }
            folded.push(' ');
            folded.push_str(key);
            words += 1;
            if words > LONGEST_ENTRY {
                break;
            }
            let sorts = self.words.sorts(&folded);
            // The noun of an entry such as "Mistral missile" only tells which Mistral is meant.
            if known(sorts) && page.tokens[at].class != Class::Lower {
                best = Some((at + 1, sorts, folded.clone()));
            } else if known(sorts) {
                best = Some((at, sorts, folded.clone()));
            }
        }
        best
    }

    /// The token after the mark or number that a name goes on with: "-M", "-136", "2A6", "TB2", "Mk 4".
    fn mark(&self, at: usize, end: usize, sorts: super::words::Sorts) -> usize {
        let page = self.page;
        let glued = |at: usize| at < end && page.tokens[at].is_glued;
        if glued(at) && page.is_mark(at, "-") && glued(at + 1) {
            let short = page.str(at + 1).len() <= 3 && page.tokens[at + 1].class == Class::Upper;
            let number =
                page.tokens[at + 1].class == Class::Number && is_designation(page.str(at + 1));
            if (short || number) && !(glued(at + 2) && page.is_mark(at + 2, "-")) {
                return at + 2;
            }
            return at;
        }
        let takes = sorts.has(Sort::Family) || sorts.has(Sort::Type);
        if !takes || at >= end {
            return at;
        }
        let mut number = at;
        if matches!(page.key(at), "mk" | "mark") && at + 1 < end {
            number += 1;
        }
        let is_number =
            page.tokens[number].class == Class::Number && is_designation(page.str(number));
        if is_number || is_code_word(page.str(number)) {
            return number + 1;
        }
        at
    }

    /// Names of several meanings that stand beside a weapon's noun somewhere.
    pub(super) fn confirm(mut self) -> Self {
        for &[first, end] in &self.page.sentences {
            for index in first..end {
                if self.page.is_capitalized(index)
                    && let Some((stop, sorts, name)) = self.longest(index, end)
                    && sorts.has(Sort::Word)
                    && stop < end
                    && self.is(stop, Sort::Noun)
                {
                    self.confirmed.insert(name);
                }
            }
        }
        self
    }
}

/// "M777", "K9", "TB2", "AN124", "M1A2": capitals and then digits, four letters at most.
fn is_code_word(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &word.as_bytes()[letters..];
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    (1..=4).contains(&letters)
        && (1..=4).contains(&digits)
        && rest.len() <= digits + 3
        && rest
            .iter()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// "90", "90M", "72B3", "2A6", "300PMU": a number of at most three digits with letters and more.
fn is_designation(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word.trim_end_matches('s');
    (1..=4).contains(&digits)
        && (digits < 4 || word.len() == digits)
        && rest.len() <= digits + 4
        && rest[digits.min(rest.len())..]
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_codes() {
        for word in ["M777", "K9", "TB2", "AN124", "M1A2"] {
            assert!(is_code_word(word), "{word}");
        }
        for word in ["MP", "H1N1X1", "ABCDE1", "M12345", "m777", "2A6"] {
            assert!(!is_code_word(word), "{word}");
        }
        for number in ["90", "90M", "72B3", "2A6", "300PMU", "29s", "2000"] {
            assert!(is_designation(number), "{number}");
        }
        for number in ["1990s", "20417", "5th", "3.5"] {
            assert!(!is_designation(number), "{number}");
        }
    }
}
