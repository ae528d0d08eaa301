//! Words of the calendar, and the arithmetic of days.

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
const COUNTS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// The month that a word in lower case names, in full or by its usual abbreviation.
pub(super) fn month(word: &str) -> Option<u8> {
    let index = MONTHS.iter().position(|month| {
        *month == word
            || (3..=4).contains(&word.len())
                && month.starts_with(word)
                && (word.len() == 3 || word == "sept")
                && word != "mar"
    })?;
    u8::try_from(index + 1).ok()
}

/// Monday is 0.
pub(super) fn weekday(word: &str) -> Option<i8> {
    let index = WEEKDAYS.iter().position(|day| *day == word)?;
    i8::try_from(index).ok()
}

/// A year of four digits that a report may speak of.
pub(super) fn year(word: &str) -> Option<u16> {
    (word.len() == 4)
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1000..=2150).contains(year))
}

/// A day of the month, with or without the ending of an ordinal.
pub(super) fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let is_day = matches!(ending, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2;
    digits
        .parse()
        .ok()
        .filter(|day| is_day && (1..=31).contains(day))
}

/// A small number in figures or as a word; "a" is one.
pub(super) fn count(word: &str) -> Option<i64> {
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let named = COUNTS.iter().position(|count| *count == word);
    named.and_then(|at| i64::try_from(at + 1).ok()).or_else(|| {
        word.parse()
            .ok()
            .filter(|n| (1..=999).contains(n) && word.len() <= 3)
    })
}

/// The day, where the date is that precise.
pub(super) fn civil(date: PartialDate) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month?).ok()?,
        i8::try_from(date.day?).ok()?,
    )
    .ok()
}

/// Of day precision.
pub(super) fn partial(date: jiff::civil::Date) -> Option<PartialDate> {
    PartialDate::day(
        u16::try_from(date.year()).ok()?,
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    )
}

/// So many days from a day.
pub(super) fn shifted(date: PartialDate, days: i64) -> Option<PartialDate> {
    partial(
        civil(date)?
            .checked_add(jiff::Span::new().try_days(days).ok()?)
            .ok()?,
    )
}

/// So many months from a month.
pub(super) fn shifted_months(date: PartialDate, months: i64) -> Option<PartialDate> {
    let total = i64::from(date.year) * 12 + i64::from(date.month?) - 1 + months;
    let year = u16::try_from(total.div_euclid(12)).ok()?;
    PartialDate::month(year, u8::try_from(total.rem_euclid(12) + 1).ok()?)
}

/// The week from Monday to Sunday that lies so many weeks from that of `date`.
pub(super) fn week(date: PartialDate, weeks: i64) -> Option<DateValue> {
    let back = i64::from(civil(date)?.weekday().to_monday_zero_offset());
    let monday = shifted(date, weeks * 7 - back)?;
    Some(DateValue::Period(Some(monday), Some(shifted(monday, 6)?)))
}

/// The years from one to another.
pub(super) fn years(from: u16, to: u16) -> Option<DateValue> {
    Some(DateValue::Period(
        Some(PartialDate::year(from)?),
        Some(PartialDate::year(to)?),
    ))
}
