//! Coordination: in "A, B and C" what is said of one is said of all, but for a title in the singular.

use super::classes::Class;
use super::matcher::{Fit, closes};
use super::phrases::Phrase;
use super::rules::Rules;
use super::sentence::Sentence;
use std::collections::HashMap;

/// Members of one list of names beyond which it is no sentence but a register.
const LONGEST: usize = 40;

/// The lists of names of one kind in a sentence.
pub(super) struct Lists {
    members: Vec<Vec<usize>>,
    of: HashMap<usize, usize>,
}

impl Lists {
    /// Finds the lists: names of one kind with commas between them and "and" before the last.
    pub(super) fn new(sentence: &Sentence<'_>, rules: &Rules) -> Self {
        let mut lists = Self {
            members: Vec::new(),
            of: HashMap::new(),
        };
        let heads: Vec<usize> = (0..sentence.items.len())
            .filter(|&at| sentence.items[at].mention.is_some())
            .collect();
        let mut run: Vec<usize> = Vec::new();
        for &head in &heads {
            let Some(&last) = run.last() else {
                run.push(head);
                continue;
            };
            let link = between(sentence, rules, last, head);
            let is_full = run.len() >= LONGEST;
            match link {
                Some(is_final) if sentence.kind(last) == sentence.kind(head) && !is_full => {
                    run.push(head);
                    if is_final {
                        lists.add(std::mem::take(&mut run));
                    }
                }
                _ => run = vec![head],
            }
        }
        lists
    }

    fn add(&mut self, members: Vec<usize>) {
        for &member in &members {
            self.of.insert(member, self.members.len());
        }
        self.members.push(members);
    }

    /// Two names are one, or members of one list.
    pub(super) fn join(&self, one: usize, other: usize) -> bool {
        one == other || self.of(one).is_some_and(|list| list.contains(&other))
    }

    /// The list that the name at `head` is in.
    pub(super) fn of(&self, head: usize) -> Option<&[usize]> {
        Some(&self.members[*self.of.get(&head)?])
    }
}

/// What stands between two names joins them in a list: `Some(true)` for "and", `Some(false)` for a
/// comma.
fn between(sentence: &Sentence<'_>, rules: &Rules, last: usize, head: usize) -> Option<bool> {
    let gap = last + 1..head;
    if gap.is_empty() || gap.len() > 8 {
        return None;
    }
    let mut at = gap.start;
    let mut is_final = false;
    if sentence.word(at) == "," {
        at += 1;
    }
    if matches!(sentence.word(at), "and" | "or" | "&") {
        is_final = true;
        at += 1;
    }
    if at == gap.start {
        return None;
    }
    // Between the names of a list stand only titles and articles.
    while at < head {
        let word = sentence.word(at);
        let length = rules.class_at(sentence, at, Class::TITLE);
        let is_modifier = matches!(word, "the" | "former" | "then" | "a" | "an");
        at += match length {
            Some(length) => length,
            None if is_modifier => 1,
            None => return None,
        };
    }
    Some(is_final)
}

/// The ends that the fit joins: what is said of one name of a list is said of all.
pub(super) fn pairs(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> Vec<(Phrase, Phrase)> {
    let alone = |phrase: Phrase| vec![phrase];
    let is_one_list = lists.join(fit.source.head, fit.target.head);
    let last = if fit.source.end > fit.target.end {
        fit.source
    } else {
        fit.target
    };
    let first = if last == fit.source {
        fit.target
    } else {
        fit.source
    };
    let mut firsts = alone(first);
    let mut lasts = alone(last);
    let starts_with_end =
        first.head < fit.range[0] + 10 && fit.source_is_first == (first == fit.source);
    if !is_one_list
        && starts_with_end
        && !is_aside_of_one(sentence, fit, first)
        && let Some(list) = lists.of(first.head)
        && list.last() == Some(&first.head)
    {
        firsts.extend(
            list.iter()
                .filter(|&&h| h != first.head)
                .map(|&h| plain(sentence, h)),
        );
    }
    if !is_one_list
        && fit.ends_with_slot
        && !is_one_s_title(sentence, fit, last)
        && let Some(list) = lists.of(last.head)
        && !may_go_on_without(sentence, list, first.head, last.head)
        && list.first() == Some(&last.head)
        && list.last().is_some_and(|&end| closes(sentence, end + 1))
    {
        lasts.extend(
            list.iter()
                .filter(|&&h| h != last.head)
                .map(|&h| plain(sentence, h)),
        );
    }
    let mut found = Vec::new();
    for &a in &firsts {
        for &b in &lasts {
            found.push(if last == fit.source { (b, a) } else { (a, b) });
        }
    }
    found
}

/// "Ada Byron and Bo Carr, the president of Acme", "Ada Byron and Bo Carr (Acme)": of the last one, unless
/// the words are in the plural.
fn is_aside_of_one(sentence: &Sentence<'_>, fit: &Fit, first: Phrase) -> bool {
    let is_bracket = sentence.word(first.end) == "(";
    let names_one = fit
        .trigger
        .first()
        .is_some_and(|&[from, to]| (from..to).any(|at| is_title(sentence, at)));
    let is_aside = sentence.word(first.end) == "," && names_one || is_bracket;
    first == fit.source && is_aside
}

/// A title, a role or a kinship, in the singular.
fn is_title(sentence: &Sentence<'_>, at: usize) -> bool {
    let names = [Class::LEADER, Class::TITLE, Class::KIN];
    names.iter().any(|&class| sentence.is_in(at, class)) && !is_plural(sentence.word(at))
}

fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") || word.ends_with("men")
}

/// "Acme president Ada Byron, Bo Carr and Cy Dunn": a title in the singular is that of the first.
fn is_one_s_title(sentence: &Sentence<'_>, fit: &Fit, last: Phrase) -> bool {
    let noun = fit.trigger.last().and_then(|&[_, end]| end.checked_sub(1));
    noun.is_some_and(|noun| noun < last.head && is_title(sentence, noun))
}

/// "Acme, a unit of Globe, Umbrella and Initech": the list may be that which Acme began.
fn may_go_on_without(sentence: &Sentence<'_>, list: &[usize], first: usize, last: usize) -> bool {
    let has_comma = |mut places: std::ops::Range<usize>| places.any(|at| sentence.word(at) == ",");
    let end = list.last().copied().unwrap_or(last);
    // A closed apposition has two: "Ada Byron, the president, met Bo Carr, Cy Dunn and Di Ely".
    let commas = (first..last).filter(|&at| sentence.word(at) == ",").count();
    let is_of_one_kind = sentence.kind(first) == sentence.kind(last);
    is_of_one_kind && commas % 2 == 1 && has_comma(last..end)
}

fn plain(sentence: &Sentence<'_>, head: usize) -> Phrase {
    let item = &sentence.items[head];
    Phrase {
        head,
        end: head + 1,
        span: [item.start, item.end],
    }
}
