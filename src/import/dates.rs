//! Dates as reports write them at their head, to [`DateValue`].

use crate::model::{DateValue, PartialDate};
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

static FORMS: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    let month = "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|\
                 aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    let weekday = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\\s+)?";
    [
        r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z\b|[+-]\d{2}:?\d{2})?)?".to_owned(),
        format!(r"(?i)^{weekday}{month}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b"),
        format!(r"(?i)^{weekday}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{month}\.?,?\s+(?P<y>\d{{4}})\b"),
        format!(r"(?i)^{month}\.?,?\s+(?P<y>\d{{4}})\b"),
        r"^(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b".to_owned(),
    ]
    .map(|form| compiled(&form))
});

/// Compiles a pattern that is part of the program.
pub(super) fn compiled(pattern: &str) -> Regex {
    // Every pattern is a constant and compiled in tests.
    #[allow(clippy::expect_used)]
    Regex::new(pattern).expect("a pattern of the program is valid")
}

/// The date that `text` begins with, and how many bytes it takes, a time of day in ISO form included.
/// A date with a slash is read only as year, month, day: the other orders are ambiguous.
pub(super) fn leading_date(text: &str) -> Option<(DateValue, usize)> {
    let head = head(text, 64);
    FORMS.iter().find_map(|form| {
        let found = form.captures(head)?;
        let number = |name: &str| {
            found
                .name(name)
                .and_then(|part| part.as_str().parse::<u16>().ok())
        };
        let month = match found.name("name") {
            Some(name) => {
                let start = name.as_str().get(..3)?.to_lowercase();
                u8::try_from(MONTHS.iter().position(|month| *month == start)? + 1).ok()
            }
            None => number("m").and_then(|month| u8::try_from(month).ok()),
        }?;
        let year = number("y").filter(|year| (1500..=2200).contains(year))?;
        let date = match number("d").map(u8::try_from) {
            Some(day) => PartialDate::day(year, month, day.ok()?),
            None => PartialDate::month(year, month),
        }?;
        Some((DateValue::At(date), found.get(0)?.end()))
    })
}

/// At most the first `limit` bytes, cut at a character.
pub(super) fn head(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_reports() {
        for (text, date, rest) in [
            ("2025-02-08 Your support", "2025-02-08", " Your support"),
            ("2025-04-28 10:06:22", "2025-04-28", ""),
            (
                "Jan. 12, 2025, 11:08 p.m. ET.",
                "2025-01-12",
                ", 11:08 p.m. ET.",
            ),
            ("Sunday, 12 January 2025", "2025-01-12", ""),
            ("13 July 2022: Talaat", "2022-07-13", ": Talaat"),
            ("May 13 2022 (IPS)", "2022-05-13", " (IPS)"),
            ("October 2024", "2024-10", ""),
            ("24.02.2022", "2022-02-24", ""),
        ] {
            let (value, length) = leading_date(text).unwrap();
            assert_eq!((value.to_string().as_str(), &text[length..]), (date, rest));
        }
    }

    #[test]
    fn no_dates() {
        for text in [
            "",
            "12/01/2025",
            "May",
            "2025",
            "Marching 5, 2024",
            "2025-02-31",
            "é",
        ] {
            assert_eq!(leading_date(text), None, "{text}");
        }
    }
}
