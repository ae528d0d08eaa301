//! Dates of happenings as sentences tell them, resolved against the date of the document.

use crate::model::{DateValue, PartialDate};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The date nearest to byte `near` that `text[from..to]` tells, if it tells one.
pub(super) fn nearest(
    text: &str,
    [from, to]: [usize; 2],
    near: usize,
    document: Option<DateValue>,
) -> Option<DateValue> {
    found(text.get(from..to)?, document)
        .into_iter()
        .min_by_key(|&(start, _)| (from + start).abs_diff(near))
        .map(|(_, date)| DateValue::At(date))
}

/// The dates of a text with the byte at which each starts.
fn found(text: &str, document: Option<DateValue>) -> Vec<(usize, PartialDate)> {
    let today = match document {
        Some(DateValue::At(date)) => Some(date),
        _ => None,
    };
    let words: Vec<(usize, String)> = words(text);
    let word = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    let mut dates = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let previous = if at > 0 { word(at - 1) } else { "" };
        let (date, length) = if let Some(month) = month(word(at)) {
            of_month(month, previous, &word, at, today)
        } else if let Some(day) = weekday(word(at)) {
            (weekday_before(day, previous, today), 1)
        } else if let Some(year) = year(word(at)).filter(|_| introduces_year(previous)) {
            (PartialDate::year(year), 1)
        } else {
            (relative(previous, word(at), today), 1)
        };
        if let Some(date) = date {
            dates.push((words[at].0, date));
        }
        at += length.max(1);
    }
    dates
}

/// Letters and digits, in lower case, with where they start.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, text[from..at].to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn month(word: &str) -> Option<u8> {
    let index = MONTHS.iter().position(|month| {
        *month == word
            || (word.len() >= 3
                && word.len() <= 4
                && month.starts_with(word)
                && word != "mar"
                && word != "ma")
    })?;
    // "may" is more often a verb; capitals are gone here, so it needs a day or a year beside it.
    u8::try_from(index + 1).ok()
}

fn weekday(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|day| *day == word)
}

fn year(word: &str) -> Option<u16> {
    (word.len() == 4)
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1500..=2100).contains(year))
}

fn introduces_year(word: &str) -> bool {
    matches!(
        word,
        "in" | "since" | "during" | "of" | "early" | "late" | "mid"
    )
}

fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let is_day = matches!(ending, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2;
    digits
        .parse()
        .ok()
        .filter(|day| is_day && (1..=31).contains(day))
}

/// "October 10, 2024", "10 October 2024", "Oct. 2024", "last October", "in October".
fn of_month<'w>(
    month: u8,
    previous: &str,
    word: &impl Fn(usize) -> &'w str,
    at: usize,
    today: Option<PartialDate>,
) -> (Option<PartialDate>, usize) {
    let after = day(word(at + 1));
    let before = day(previous);
    let length = 1 + usize::from(after.is_some());
    let said_year = year(word(at + length));
    let is_bare = after.is_none() && before.is_none() && said_year.is_none();
    let is_introduced = matches!(
        previous,
        "in" | "last" | "since" | "of" | "early" | "late" | "mid" | "during" | "until" | "by"
    );
    if is_bare && (!is_introduced || (month == 5 && previous == "of")) {
        return (None, 1);
    }
    let year = said_year.or_else(|| {
        let today = today?;
        let this_month = today.month?;
        let is_ahead = month > this_month
            || (month == this_month && after.or(before) > today.day && today.day.is_some());
        Some(if is_ahead { today.year - 1 } else { today.year })
    });
    let date = year.and_then(|year| match after.or(before) {
        Some(day) => PartialDate::day(year, month, day),
        None => PartialDate::month(year, month),
    });
    (date, length + usize::from(said_year.is_some()))
}

fn civil(date: PartialDate) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month?).ok()?,
        i8::try_from(date.day?).ok()?,
    )
    .ok()
}

fn partial(date: jiff::civil::Date) -> Option<PartialDate> {
    PartialDate::day(
        u16::try_from(date.year()).ok()?,
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    )
}

/// The last such day up to the day of the document; a day to come is none.
fn weekday_before(
    weekday: usize,
    previous: &str,
    today: Option<PartialDate>,
) -> Option<PartialDate> {
    if matches!(previous, "next" | "every" | "each") {
        return None;
    }
    let today = civil(today?)?;
    let offset = usize::try_from(today.weekday().to_monday_zero_offset()).ok()?;
    let back = (offset + 7 - weekday) % 7;
    partial(
        today
            .checked_sub(jiff::Span::new().days(i64::try_from(back).ok()?))
            .ok()?,
    )
}

/// "yesterday", "last month", "last year", "this year".
fn relative(previous: &str, word: &str, today: Option<PartialDate>) -> Option<PartialDate> {
    let today = today?;
    match (previous, word) {
        (_, "yesterday") => {
            let yesterday = civil(today)?.yesterday().ok()?;
            partial(yesterday)
        }
        ("last", "year") => PartialDate::year(today.year.checked_sub(1)?),
        ("this", "year") => PartialDate::year(today.year),
        ("last", "month") => match today.month? {
            1 => PartialDate::month(today.year.checked_sub(1)?, 12),
            month => PartialDate::month(today.year, month - 1),
        },
        ("this", "month") => PartialDate::month(today.year, today.month?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let document = "2025-02-08".parse().ok();
        found(text, document)
            .into_iter()
            .map(|(_, date)| date.to_string())
            .collect()
    }

    #[test]
    fn dates_of_news() {
        for (text, date) in [
            ("died on November 7, 2015 at age 94", "2015-11-07"),
            ("in Ukraine on November 7th", "2024-11-07"),
            ("on 10 October 2024", "2024-10-10"),
            ("and last October it sent", "2024-10"),
            ("in 2015", "2015"),
            ("said Friday its forces", "2025-02-07"),
            ("said Saturday that", "2025-02-08"),
            ("said last month", "2025-01"),
            ("on Jan. 4", "2025-01-04"),
            ("in Sept. 2021", "2021-09"),
            ("last year", "2024"),
        ] {
            assert_eq!(read(text), [date], "{text}");
        }
        for text in [
            "it may be",
            "about 2000 men",
            "next Monday",
            "a 15-year-old",
            "March of the living",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn without_a_document_date_only_full_dates_count() {
        assert!(found("on Monday in October", None).is_empty());
        assert_eq!(found("on May 3, 2019", None).len(), 1);
    }
}
