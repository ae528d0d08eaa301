//! When something happened, as its sentence tells it.

use super::expressions::find;
use crate::model::DateValue;

/// Verbs and nouns of reporting: a date beside them is that of the report.
const REPORTING: &[&str] = &[
    "reported",
    "said",
    "says",
    "announced",
    "told",
    "wrote",
    "stated",
    "claimed",
    "tweeted",
    "posted",
    "noted",
    "added",
    "statement",
    "report",
    "briefing",
    "interview",
    "post",
    "article",
    "confirmed",
    "published",
    "released",
    "testified",
];

/// The date nearest to byte `near` that `text[from..to]` tells of a happening, if it tells one. The
/// date of a report ("reported in May that …") is none.
pub fn nearest(
    text: &str,
    [from, to]: [usize; 2],
    near: usize,
    document: Option<DateValue>,
) -> Option<DateValue> {
    find(text, [from, to], document)
        .into_iter()
        .filter(|date| date.is_moment && !is_of_report(text, from, date.start, date.end, near))
        .filter_map(|date| Some((date.start, date.value?)))
        .min_by_key(|&(start, _)| start.abs_diff(near))
        .map(|(_, date)| date)
}

/// The words before the date tell of a report, and what happened comes after it: "said on Friday
/// that …", "a report in May said …".
fn is_of_report(text: &str, from: usize, start: usize, end: usize, near: usize) -> bool {
    let before = text.get(from..start).unwrap_or_default();
    let mut words = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .skip_while(|word| {
            matches!(
                word.as_str(),
                "on" | "in"
                    | "last"
                    | "late"
                    | "early"
                    | "earlier"
                    | "this"
                    | "at"
                    | "the"
                    | "of"
                    | "during"
            )
        });
    let is_reporting = words
        .next()
        .is_some_and(|word| REPORTING.contains(&word.as_str()));
    let is_event = near < start && {
        let trigger = text.get(near..start).unwrap_or_default();
        trigger
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| REPORTING.contains(&word.to_lowercase().as_str()))
            && !trigger.contains([',', ';'])
            && trigger.split_whitespace().count() <= 2
    };
    // "…, officials said Friday": what happened stands before, mostly on that very day.
    let comes_after = near >= end;
    is_reporting && (comes_after || is_event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, trigger: &str) -> Option<String> {
        let near = text.find(trigger).expect("the trigger");
        nearest(text, [0, text.len()], near, "2025-02-08".parse().ok()).map(|d| d.to_string())
    }

    #[test]
    fn the_date_of_a_report_is_none_of_what_happened() {
        assert_eq!(
            date(
                "The paper reported in May that troops attacked Orvelno.",
                "attacked"
            ),
            None
        );
        assert_eq!(
            date(
                "It said on Friday that troops attacked Orvelno.",
                "attacked"
            ),
            None
        );
        assert_eq!(
            date(
                "It said on Friday that troops attacked Orvelno in October 2024.",
                "attacked"
            )
            .as_deref(),
            Some("2024-10")
        );
        assert_eq!(
            date("Troops attacked Orvelno in May 2024.", "attacked").as_deref(),
            Some("2024-05")
        );
        assert_eq!(
            date("Troops attacked Orvelno before 2014.", "attacked"),
            None
        );
    }
}
