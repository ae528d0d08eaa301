//! How a sentence puts what it says: by itself, from someone else's mouth, with doubt, or denied.

use super::classes::Class;
use super::matcher::Fit;
use super::rules::Rules;
use super::sentence::Sentence;
use crate::model::{EntityKind, Status};

/// Words before a reporting verb that can name who speaks.
const LONGEST_SPEAKER: usize = 9;
/// Words back from the trigger within which a doubt still bears on it.
const DOUBT_REACH: usize = 14;

/// Verbs that state how things are.
const STATE_VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "has",
    "had",
    "leads",
    "led",
    "heads",
    "headed",
    "commands",
    "commanded",
    "works",
    "worked",
    "serves",
    "served",
    "lives",
    "lived",
    "belongs",
    "belonged",
    "runs",
    "ran",
    "joined",
    "resides",
    "sits",
    "lies",
];

/// "As per usual": what nobody says.
const NOBODY: &[&str] = &[
    "usual",
    "tradition",
    "custom",
    "schedule",
    "plan",
    "norms",
    "rules",
    "agreement",
];

/// A part of a sentence that someone else says.
struct Report {
    /// Places of the row that are said.
    said: std::ops::Range<usize>,
    status: Status,
    speaker: Option<String>,
}

/// What a sentence tells of its own reliability.
pub(super) struct Wording {
    reports: Vec<Report>,
    /// Places of the row inside quotation marks.
    quoted: Vec<std::ops::Range<usize>>,
}

impl Wording {
    /// Reads the reporting verbs and quotation marks of a sentence.
    pub(super) fn new(sentence: &Sentence<'_>, rules: &Rules) -> Self {
        let mut reports = Vec::new();
        for at in 0..sentence.items.len() {
            let word = sentence.word(at);
            let status = if sentence.is_in(at, Class::SAYS) {
                Status::Reported
            } else if sentence.is_in(at, Class::CLAIMS) {
                Status::Alleged
            } else if sentence.is_in(at, Class::DENIES) {
                Status::Denied
            } else if word == "according" && sentence.word(at + 1) == "to"
                || word == "as"
                    && sentence.word(at + 1) == "per"
                    && !sentence
                        .is_one_of(at + 2 + usize::from(sentence.word(at + 2) == "the"), NOBODY)
            {
                reports.push(according_to(sentence, at + 2));
                continue;
            } else if word == "as"
                && sentence.is_in(at + 1, Class::SAYS)
                && sentence.word(at + 2) == "by"
            {
                reports.push(according_to(sentence, at + 3));
                continue;
            } else {
                continue;
            };
            reports.extend(
                report(sentence, rules, at, status).map(|report| weighed(sentence, at, report)),
            );
        }
        Self {
            reports,
            quoted: quoted(sentence),
        }
    }

    /// Status and speaker of what the words at `trigger` say, or nothing if the sentence only
    /// supposes, plans or asks it.
    pub(super) fn of(
        &self,
        sentence: &Sentence<'_>,
        rules: &Rules,
        parts: &[[usize; 2]],
        trigger: std::ops::Range<usize>,
        is_event: bool,
    ) -> Option<(Status, Option<String>)> {
        let is_quoted = self
            .quoted
            .iter()
            .any(|quote| quote.contains(&trigger.start));
        let covering: Vec<&Report> = self
            .reports
            .iter()
            .filter(|report| report.said.start <= trigger.start && trigger.end <= report.said.end)
            .collect();
        let mut status = Status::Asserted;
        let mut speaker = None;
        if is_quoted || is_event {
            for report in &covering {
                status = status.min(report.status);
                speaker = speaker.or_else(|| report.speaker.clone());
            }
            if is_quoted {
                status = status.min(Status::Reported);
            }
        }
        let mut from = clause_start(sentence, trigger.start);
        if !is_event {
            // What only names something is doubted by the words right before, in its own phrase.
            let ends = |at: &usize| sentence.word(*at) == "," || sentence.kind(*at).is_some();
            from = (from..trigger.start)
                .rev()
                .find(ends)
                .map_or(from, |at| at + 1);
        }
        // What stands between the words of the trigger bears on it as well.
        let is_trigger = |at: usize| parts.iter().any(|part| (part[0]..part[1]).contains(&at));
        for at in (from..trigger.end).filter(|&at| !is_trigger(at)) {
            if is_event && may_have(sentence, at) {
                status = status.min(Status::Alleged);
            } else if is_event && rules.class_at(sentence, at, Class::HYPOTHETICAL).is_some() {
                return None;
            }
            if sentence.is_in(at, Class::DOUBT) {
                status = status.min(Status::Alleged);
            } else if sentence.is_in(at, Class::VERDICT) {
                status = status.min(Status::Reported);
            }
        }
        if is_event && ends_as_question(sentence) {
            return None;
        }
        Some((status, speaker))
    }
}

/// What the fit says of how things are is itself a statement ("X is the commander of Y", "X lives in Y") and
/// no mere title or apposition, which stay true whoever is quoted around them.
pub(super) fn is_statement(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let Some(end) = fit.trigger.last().map(|trigger| trigger[1]) else {
        return false;
    };
    (fit.source.end..end).any(|at| STATE_VERBS.contains(&sentence.word(at)))
}

/// "may have attacked": someone holds that it happened, as against "could attack".
fn may_have(sentence: &Sentence<'_>, at: usize) -> bool {
    matches!(sentence.word(at), "may" | "might")
        && (at + 1..at + 3).any(|i| sentence.word(i) == "have")
}

fn ends_as_question(sentence: &Sentence<'_>) -> bool {
    let count = sentence.items.len();
    (count.saturating_sub(2)..count).any(|at| sentence.word(at) == "?")
}

/// The place where the clause of the trigger starts, at most some words back.
fn clause_start(sentence: &Sentence<'_>, trigger: usize) -> usize {
    let lowest = trigger.saturating_sub(DOUBT_REACH);
    let mut start = trigger;
    while start > lowest {
        let word = sentence.word(start - 1);
        if matches!(word, ";" | ":" | "\u{201d}" | "\u{201c}" | "\"")
            || sentence.is_in(start - 1, Class::SAYS)
            || (matches!(word, "but" | "while" | "after" | "because" | "although"))
        {
            break;
        }
        start -= 1;
    }
    start
}

/// "According to Acme", "as per Acme", "as confirmed by Acme": the whole sentence is what the one says who
/// is named from `start` on.
fn according_to(sentence: &Sentence<'_>, start: usize) -> Report {
    let end = (start..(start + LONGEST_SPEAKER).min(sentence.items.len()))
        .find(|&i| {
            matches!(
                sentence.word(i),
                "," | "." | ";" | "who" | "which" | "although" | "as" | "on"
            )
        })
        .unwrap_or_else(|| (start + 3).min(sentence.items.len()));
    Report {
        said: 0..sentence.items.len(),
        status: Status::Reported,
        speaker: speaker(sentence, start..end),
    }
}

/// The words of a range that name a speaker; pronouns name nobody.
fn speaker(sentence: &Sentence<'_>, range: std::ops::Range<usize>) -> Option<String> {
    let mut range = range;
    while range.start < range.end
        && (sentence.kind(range.start) == Some(EntityKind::Date)
            || matches!(
                sentence.word(range.start),
                "the" | "a" | "an" | "and" | "but" | "also" | "," | "on" | "that"
            ))
    {
        range.start += 1;
    }
    while range.end > range.start && sentence.kind(range.end - 1) == Some(EntityKind::Date) {
        range.end -= 1;
    }
    // A name at the end of the phrase says best who it is; "Moscow-installed officials" has none.
    let is_name = |at: usize| {
        sentence
            .kind(at)
            .is_some_and(|kind| !matches!(kind, EntityKind::Date | EntityKind::Group))
    };
    let named = range
        .end
        .checked_sub(1)
        .filter(|&at| range.contains(&at) && is_name(at));
    let only_pronoun = range.len() == 1
        && matches!(
            sentence.word(range.start),
            "he" | "she" | "it" | "they" | "who" | "i" | "we" | "which" | "that"
        );
    if range.is_empty() || only_pronoun || (named.is_none() && range.len() > 7) {
        return None;
    }
    let words = match named {
        Some(at) => sentence.words_of(at..at + 1),
        None => sentence.words_of(range),
    };
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The report that the verb at `at` makes: "X said …", "… , X said", "… , said X".
fn report(sentence: &Sentence<'_>, rules: &Rules, at: usize, status: Status) -> Option<Report> {
    let count = sentence.items.len();
    let before = sentence.word(at.checked_sub(1)?);
    let is_mark =
        |word: &str| matches!(word, "," | "\u{201d}" | "\"" | "\u{2019}" | "'" | "!" | "?");
    if is_ambiguous(sentence.word(at)) && !names_somebody(sentence, at - 1) {
        return None;
    }
    if before == "," && !may_begin_speaker(sentence, rules, at + 1) {
        // "Putin, in congratulating Trump, suggested …": the subject stands before the commas.
        let subject = (0..at).find(|&i| names_somebody(sentence, i));
        return Some(Report {
            said: at + 1..count,
            status,
            speaker: subject.and_then(|i| speaker(sentence, i..i + 1)),
        });
    }
    if is_mark(before) && at > 2 {
        let end = (at + 1..(at + 1 + LONGEST_SPEAKER).min(count))
            .find(|&i| {
                matches!(
                    sentence.word(i),
                    "," | "." | ";" | "who" | "in" | "on" | "during"
                )
            })
            .unwrap_or((at + 4).min(count));
        return Some(Report {
            said: 0..at,
            status,
            speaker: speaker(sentence, at + 1..end),
        });
    }
    let lowest = at.saturating_sub(LONGEST_SPEAKER);
    let mut verb = at;
    while verb > lowest && sentence.is_in(verb - 1, Class::AUXILIARY) {
        verb -= 1;
    }
    let mut start = verb;
    while start > lowest
        && !is_mark(sentence.word(start - 1))
        && !sentence.is_in(start - 1, Class::CLAUSE)
    {
        start -= 1;
    }
    let is_last = (at + 1..count).all(|i| {
        let word = sentence.word(i);
        sentence.kind(i) == Some(EntityKind::Date)
            || matches!(
                word,
                "." | "\u{201d}" | "\"" | "on" | "in" | "late" | "early" | ")" | ""
            )
            || i > at + 1 && matches!(word, "a" | "statement" | "an" | "interview" | "the" | "day")
    });
    let said = if is_last { 0..start } else { at + 1..count };
    Some(Report {
        said,
        status,
        speaker: speaker(sentence, start..verb),
    })
}

/// What the words right before the verb make of its report: who "has not confirmed" it leaves it open, what
/// "nobody believes" is denied, and who "was accused" does not speak.
fn weighed(sentence: &Sentence<'_>, verb: usize, report: Report) -> Report {
    let first = (0..verb)
        .rev()
        .find(|&at| !sentence.is_in(at, Class::AUXILIARY))
        .map_or(0, |at| at + 1);
    let is_negation = |at: usize| {
        let word = sentence.word(at);
        word == "not" || word == "never" || word.ends_with("n't")
    };
    let is_passive = verb > 0
        && matches!(
            sentence.word(verb - 1),
            "is" | "are" | "was" | "were" | "been" | "being"
        );
    let is_nobody = first > 0
        && (matches!(sentence.word(first - 1), "nobody" | "none")
            || sentence.word(first - 1) == "one" && first > 1 && sentence.word(first - 2) == "no");
    let said = report.said;
    if is_nobody {
        return Report {
            said,
            status: Status::Denied,
            speaker: None,
        };
    }
    let is_open = (first..verb).any(is_negation);
    Report {
        said,
        status: match report.status {
            Status::Reported if is_open => Status::Alleged,
            status => status,
        },
        speaker: report.speaker.filter(|_| !is_open && !is_passive),
    }
}

/// Verbs that are as often nouns.
fn is_ambiguous(word: &str) -> bool {
    matches!(
        word,
        "reports" | "claims" | "claim" | "estimates" | "states" | "alleged" | "suspected"
    )
}

fn names_somebody(sentence: &Sentence<'_>, at: usize) -> bool {
    matches!(sentence.word(at), "he" | "she" | "it" | "they" | "who")
        || sentence.kind(at).is_some_and(|kind| {
            !matches!(
                kind,
                EntityKind::Date | EntityKind::Group | EntityKind::Event
            )
        })
}

fn may_begin_speaker(sentence: &Sentence<'_>, rules: &Rules, at: usize) -> bool {
    sentence
        .items
        .get(at)
        .is_some_and(|item| item.mention.is_some())
        || matches!(
            sentence.word(at),
            "he" | "she" | "they" | "the" | "one" | "officials"
        )
        || rules.class_at(sentence, at, Class::TITLE).is_some()
}

/// The ranges of the row between quotation marks; a quote that is not closed runs to the end.
fn quoted(sentence: &Sentence<'_>) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for at in 0..sentence.items.len() {
        match (sentence.word(at), open) {
            ("\u{201c}", None) | ("\"", None) => open = Some(at),
            ("\u{201d}", Some(start)) | ("\"", Some(start)) => {
                found.push(start..at);
                open = None;
            }
            ("\u{201d}", None) => found.push(0..at),
            _ => {}
        }
    }
    if let Some(start) = open {
        found.push(start..sentence.items.len());
    }
    // A few words in quotation marks are a wording, not a statement.
    found.retain(|quote| quote.len() > 5);
    found
}
