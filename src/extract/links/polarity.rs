//! Whether a sentence takes back what a pair of its names seems to be told: "It was not R who killed M",
//! "cleared of killing", "failed to reach", "the report that they met was false".

use super::matcher::Fit;
use super::sentence::Sentence;
use crate::model::{RelationKind, Status};

/// Words back from the first of the ends and the words that say so within which a negation bears on them.
const REACH: usize = 8;
/// Words between a negation and what it takes back, where it surely does.
const NEAR: usize = 4;

const NOT: &[&str] = &[
    "not", "never", "neither", "nor", "nobody", "none", "no", "without", "hardly", "cannot",
];
/// These begin a wording that denies nothing: "not only", "not least", "no doubt".
const NOT_ONLY: &[&str] = &[
    "only", "just", "least", "merely", "doubt", "wonder", "surprise", "long", "far", "to", "until",
];
const CLEARED: &[&str] = &["acquitted", "cleared", "exonerated", "absolved", "innocent"];
/// With "to" after them, what follows did not happen, or nobody says so.
const TRIED: &[&str] = &[
    "failed",
    "fails",
    "failing",
    "fail",
    "refused",
    "refuses",
    "declined",
    "declines",
    "offered",
    "offers",
    "tried",
    "tries",
    "trying",
    "attempted",
    "attempts",
    "attempting",
    "threatened",
    "threatens",
    "agreed",
    "agrees",
    "prepared",
    "ready",
    "about",
    "hopes",
    "hoping",
    "unable",
    "unwilling",
    "supposed",
    "due",
    "set",
    "expected",
    "forgot",
    "asked",
    "wanted",
    "wants",
];
const ALMOST: &[&str] = &["almost", "nearly"];
const FALSE: &[&str] = &[
    "untrue",
    "false",
    "fabricated",
    "baseless",
    "unfounded",
    "groundless",
];
const IS: &[&str] = &["is", "are", "was", "were", "been", "being", "as"];

/// What the words around say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Polarity {
    /// Nothing takes it back.
    Plain,
    /// It is taken back.
    Denied,
    /// It did not happen, or it cannot be told what a negation bears on.
    Unsaid,
}

/// How the sentence stands to what `fit` says.
pub(super) fn polarity(sentence: &Sentence<'_>, fit: &Fit, kind: RelationKind) -> Polarity {
    let is_trigger = |at: usize| fit.trigger.iter().any(|t| (t[0]..t[1]).contains(&at));
    let start = clause_start(sentence, fit.range[0]);
    let said = fit.trigger.first().map_or(fit.range[0], |t| t[0]);
    let end = fit.trigger.last().map_or(fit.range[1], |t| t[1]);
    let mut found = Polarity::Plain;
    for at in start..fit.range[1] {
        let word = sentence.word(at);
        if denies(sentence, at) && !is_of_who(sentence, at, said) {
            // Right before the words that say so, or before all of it, it is plain what is denied.
            let is_plain = at < said && said - at <= NEAR || at < fit.range[0];
            let is_clear = is_plain && !(at..said).any(|i| sentence.word(i) == ",");
            if is_clear {
                return Polarity::Denied;
            }
            found = Polarity::Unsaid;
        } else if CLEARED.contains(&word) {
            return Polarity::Denied;
        } else {
            let is_over = word == "no" && sentence.word(at + 1) == "longer" && !is_trigger(at);
            let is_missed = is_missed(sentence, at) && at < said;
            if is_over || is_missed || ALMOST.contains(&word) && at < end {
                found = Polarity::Unsaid;
            }
        }
    }
    if found == Polarity::Plain && kind != RelationKind::Accuses && is_called_false(sentence) {
        return Polarity::Denied;
    }
    found
}

/// The same for what a pattern found, which has seen to negations of its verb itself.
pub(super) fn around_pattern(sentence: &Sentence<'_>, fit: &Fit, kind: RelationKind) -> Polarity {
    let said = fit.trigger.first().map_or(fit.range[0], |t| t[0]);
    let end = fit.trigger.last().map_or(fit.range[1], |t| t[1]);
    let is_almost = (said.saturating_sub(2)..end).any(|at| ALMOST.contains(&sentence.word(at)));
    if is_almost {
        Polarity::Unsaid
    } else if kind != RelationKind::Accuses && is_called_false(sentence) {
        Polarity::Denied
    } else {
        Polarity::Plain
    }
}

/// The status that is left of one, or nothing.
pub(super) fn left(polarity: Polarity, status: Status) -> Option<Status> {
    match polarity {
        Polarity::Plain => Some(status),
        Polarity::Denied => Some(Status::Denied),
        Polarity::Unsaid => (status == Status::Denied).then_some(status),
    }
}

/// A negation that takes something back.
fn denies(sentence: &Sentence<'_>, at: usize) -> bool {
    let word = sentence.word(at);
    let next = sentence.word(at + 1);
    let is_not = NOT.contains(&word) && !(word == "no" && next == "longer");
    (is_not && !NOT_ONLY.contains(&next) && next != ".") || word.ends_with("n't")
}

/// "None of the members who are in it spoke": what "who" begins is so.
fn is_of_who(sentence: &Sentence<'_>, at: usize, said: usize) -> bool {
    sentence.word(at) == "none"
        && sentence.word(at + 1) == "of"
        && (at..said + 2).any(|i| sentence.is_one_of(i, &["who", "which", "that"]))
}

/// "failed to", "tried to", "about to".
fn is_missed(sentence: &Sentence<'_>, at: usize) -> bool {
    TRIED.contains(&sentence.word(at)) && sentence.word(at + 1) == "to"
}

/// "The report that … was untrue".
fn is_called_false(sentence: &Sentence<'_>) -> bool {
    (1..sentence.items.len()).any(|at| {
        FALSE.contains(&sentence.word(at))
            && (at.saturating_sub(2)..at).any(|before| IS.contains(&sentence.word(before)))
    })
}

/// The first place of the clause that bears on the words from `first` on.
fn clause_start(sentence: &Sentence<'_>, first: usize) -> usize {
    let lowest = first.saturating_sub(REACH);
    let ends_clause = |at: usize| {
        matches!(
            sentence.word(at),
            ";" | ":"
                | "\u{201c}"
                | "\u{201d}"
                | "\""
                | "but"
                | "while"
                | "after"
                | "because"
                | "although"
                | "though"
                | ","
                | "when"
        )
    };
    (lowest..first)
        .rev()
        .find(|&at| ends_clause(at))
        .map_or(lowest, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::super::matcher::Fit;
    use super::super::phrases::Phrase;
    use super::super::rules::RULES;
    use super::*;

    /// The polarity of what `words` say of the first two mentions.
    fn of(text: &str, words: &str, kind: RelationKind) -> Polarity {
        let (document, recognition) = marked(0, text);
        let count = recognition.mentions.len();
        let sentence = Sentence::new(&document, &recognition, 0, 0..count, &RULES.classes);
        let phrase = |mention: usize| {
            let head = sentence
                .items
                .iter()
                .position(|item| item.mention == Some(mention));
            let head = head.unwrap();
            let item = &sentence.items[head];
            Phrase {
                head,
                end: head + 1,
                span: [item.start, item.end],
            }
        };
        let start = document.text.find(words).unwrap();
        let first = sentence.items.partition_point(|item| item.end <= start);
        let end = sentence
            .items
            .partition_point(|item| item.start < start + words.len());
        let [source, target] = [phrase(0), phrase(1)];
        let fit = Fit {
            trigger: vec![[first, end]],
            source_is_first: true,
            ends_with_slot: false,
            is_negated: false,
            range: [source.head.min(first), target.end.max(end)],
            source,
            target,
        };
        polarity(&sentence, &fit, kind)
    }

    #[test]
    fn what_is_taken_back_is_not_stated() {
        use Polarity::{Denied, Plain, Unsaid};
        let killed = [
            (
                "It was not [person Ada Byron] who killed [person Bo Carr].",
                Denied,
            ),
            (
                "[person Ada Byron] did not kill [person Bo Carr], who was killed later.",
                Unsaid,
            ),
            (
                "[person Ada Byron] was acquitted of having killed [person Bo Carr].",
                Denied,
            ),
            ("[person Ada Byron] almost killed [person Bo Carr].", Unsaid),
            (
                "The report that [person Ada Byron] killed [person Bo Carr] was false.",
                Denied,
            ),
            (
                "[person Ada Byron] not only killed [person Bo Carr].",
                Plain,
            ),
            (
                "[person Ada Byron], who never spoke, killed [person Bo Carr].",
                Unsaid,
            ),
            (
                "She did not stay, but [person Ada Byron] killed [person Bo Carr].",
                Plain,
            ),
            ("[person Ada Byron] killed [person Bo Carr].", Plain),
        ];
        for (text, expected) in killed {
            assert_eq!(of(text, "killed", RelationKind::Killed), expected, "{text}");
        }
        let other = [
            (
                "[person Ada Byron] no longer works for [organization Acme].",
                "works",
                Unsaid,
            ),
            (
                "[person Ada Byron] offered to work for [organization Acme].",
                "work",
                Unsaid,
            ),
            (
                "[person Ada Byron] is not the brother of [person Bo Carr].",
                "brother",
                Denied,
            ),
            (
                "[place Serbia] has no alliance with [place Hungary].",
                "alliance",
                Denied,
            ),
            (
                "[person Ada Byron] works for [organization Acme].",
                "works",
                Plain,
            ),
            (
                "None of the states that like [place Serbia] are part of [organization Acme] spoke.",
                "part of",
                Plain,
            ),
        ];
        for (text, words, expected) in other {
            assert_eq!(of(text, words, RelationKind::MemberOf), expected, "{text}");
        }
    }
}
