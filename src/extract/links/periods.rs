//! From when to when a relation held, where its sentence tells: "former", "since 2010".

use super::matcher::Fit;
use super::sentence::Sentence;
use crate::model::{DateValue, Document, EntityKind, PartialDate};

/// "former" and "then" end before the document, "newly appointed" begins shortly before it.
pub(super) fn told(document: &Document, sentence: &Sentence<'_>, fit: &Fit) -> Option<DateValue> {
    let today = match document.date {
        Some(DateValue::At(date)) => Some(date),
        _ => None,
    };
    let from = fit.range[0].saturating_sub(2);
    for at in from..fit.range[1] {
        if sentence
            .kind(at)
            .is_some_and(|kind| kind != EntityKind::Group)
        {
            continue;
        }
        let next = sentence.word(at + 1);
        match sentence.word(at) {
            "former" | "ex" | "then" | "ousted" | "deposed" | "onetime" => {
                return today.map(|date| DateValue::Period(None, Some(date)));
            }
            "newly" if matches!(next, "appointed" | "elected" | "named") => {
                return today.map(|date| DateValue::Period(Some(date), None));
            }
            _ => {}
        }
    }
    let end = fit.range[1].min(sentence.items.len());
    stretch(sentence, end)
}

/// "since 2010", "from 2010 to 2014", "until 2014" right after the words that say so.
fn stretch(sentence: &Sentence<'_>, at: usize) -> Option<DateValue> {
    let year = |at: usize| -> Option<PartialDate> {
        let item = sentence.items.get(at)?;
        let words = sentence.text.get(item.start..item.end)?;
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        (digits.len() == 4)
            .then(|| digits.parse().ok())
            .flatten()
            .and_then(PartialDate::year)
    };
    match sentence.word(at) {
        "since" => Some(DateValue::Period(Some(year(at + 1)?), None)),
        "until" => Some(DateValue::Period(None, Some(year(at + 1)?))),
        "from" => {
            let from = year(at + 1)?;
            let to = matches!(sentence.word(at + 2), "to" | "until").then(|| year(at + 3));
            Some(DateValue::Period(Some(from), to.flatten()))
        }
        _ => None,
    }
}
