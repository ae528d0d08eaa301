//! Coordination: in "A, B and C" what is said of one is said of all.

use super::classes::Class;
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
