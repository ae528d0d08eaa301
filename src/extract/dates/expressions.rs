//! The expressions of dates in English reports, left to right.

use super::calendar::{
    civil, count, day, month, shifted, shifted_months, week, weekday, year, years,
};
use super::words::{Word, words};
use crate::model::{DateValue, PartialDate};

/// A date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it is, as precise as it is told; `None` where the document's date would be needed.
    pub value: Option<DateValue>,
    /// Something can have happened then: not "before 2014", nor "until Friday".
    pub is_moment: bool,
}

/// The dates that `text[from..to]` tells, with offsets into `text`; `document` is the date against
/// which "Friday" and "last month" are understood. Linear in the length of the part.
pub fn find(text: &str, [from, to]: [usize; 2], document: Option<DateValue>) -> Vec<FoundDate> {
    let words = words(text, from, to);
    let reader = Reader {
        looks_ahead: words.iter().any(|word| is_of_future(&word.lower)),
        words,
        today: match document {
            Some(DateValue::At(date)) => Some(date),
            _ => None,
        },
    };
    let mut found: Vec<FoundDate> = Vec::new();
    let mut at = 0;
    while at < reader.words.len() {
        let Some((first, end, value)) = reader.expression(at) else {
            at += 1;
            continue;
        };
        let start = reader.words[first].start;
        if found.last().is_none_or(|last| last.end <= start) {
            found.push(FoundDate {
                start,
                end: reader.words[end - 1].end,
                value,
                is_moment: reader.is_moment(first),
            });
        }
        at = end;
    }
    found
}

/// First word, word after the last, value.
type Expression = (usize, usize, Option<DateValue>);

/// A sentence with such a word tells of days to come.
fn is_of_future(word: &str) -> bool {
    matches!(
        word,
        "will" | "shall" | "due" | "scheduled" | "upcoming" | "expected" | "plans" | "planned"
    )
}

struct Reader<'t> {
    words: Vec<Word<'t>>,
    /// A day or month without a year may lie ahead.
    looks_ahead: bool,
    today: Option<PartialDate>,
}

impl Reader<'_> {
    fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    fn previous(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.lower(before))
    }

    /// What stands before the word.
    fn gap(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.gap)
    }

    /// A blank, or blank and comma, before the word.
    fn follows(&self, at: usize) -> bool {
        matches!(self.gap(at).trim(), "" | "," | "." | ".,") && self.gap(at).len() <= 4
    }

    fn dash(&self, at: usize) -> bool {
        matches!(self.gap(at).trim(), "-" | "–" | "‑" | "—")
    }

    fn is_moment(&self, first: usize) -> bool {
        !matches!(
            self.previous(first),
            "before" | "until" | "till" | "by" | "after" | "from" | "to" | "than"
        )
    }

    fn expression(&self, at: usize) -> Option<Expression> {
        self.iso(at)
            .or_else(|| self.named_weekday(at))
            .or_else(|| self.day_and_month(at))
            .or_else(|| self.month_first(at))
            .or_else(|| self.stretch_of_years(at))
            .or_else(|| self.single_year(at))
            .or_else(|| self.relative(at))
    }

    /// "2024-10-23", "2024-10".
    fn iso(&self, at: usize) -> Option<Expression> {
        let two = |at: usize| {
            (self.gap(at) == "-" && self.lower(at).len() == 2)
                .then(|| self.lower(at).parse::<u8>().ok())
                .flatten()
        };
        let year = year(self.lower(at))?;
        let month = two(at + 1)?;
        match two(at + 2) {
            Some(day) => Some((
                at,
                at + 3,
                Some(DateValue::At(PartialDate::day(year, month, day)?)),
            )),
            None => Some((
                at,
                at + 2,
                Some(DateValue::At(PartialDate::month(year, month)?)),
            )),
        }
    }

    /// "Tuesday", "last Tuesday", "Tuesday, October 10".
    fn named_weekday(&self, at: usize) -> Option<Expression> {
        let named = weekday(self.lower(at)).filter(|_| self.words[at].is_capital)?;
        if self.follows(at + 1)
            && let Some((_, end, value)) = self
                .day_and_month(at + 1)
                .or_else(|| self.month_first(at + 1))
                .filter(|(first, ..)| *first == at + 1)
            && value.is_none_or(|value| matches!(value, DateValue::At(d) if d.day.is_some()))
        {
            return Some((at, end, value));
        }
        let previous = self.previous(at);
        let is_led = matches!(previous, "last" | "next" | "this" | "past" | "coming");
        let value = self.today.and_then(|today| {
            let offset = civil(today)?.weekday().to_monday_zero_offset();
            let back = i64::from((offset + 7 - named) % 7);
            let days = match previous {
                "every" | "each" | "on" if self.previous(at.saturating_sub(1)) == "every" => {
                    return None;
                }
                "every" | "each" => return None,
                "last" | "past" if back == 0 => -7,
                "next" | "coming" | "this" if back > 0 => 7 - back,
                "next" | "coming" => 7,
                _ => -back,
            };
            shifted(today, days).map(DateValue::At)
        });
        Some((at - usize::from(is_led), at + 1, value))
    }

    /// "10 October 2024", "the 10th of May", "10–12 May".
    fn day_and_month(&self, at: usize) -> Option<Expression> {
        let first_day = day(self.lower(at))?;
        let mut next = at + 1;
        let mut last_day = None;
        if self.dash(next)
            && let Some(second) = day(self.lower(next))
        {
            last_day = Some(second);
            next += 1;
        }
        next += usize::from(self.lower(next) == "of");
        let month = self.month_at(next).filter(|_| self.follows(next))?;
        next += 1;
        let (year, end) = self.year_after(next);
        Some((at, end, self.days(month, first_day, last_day, year)))
    }

    /// A month that is written as a name: with a capital.
    fn month_at(&self, at: usize) -> Option<u8> {
        let word = self.words.get(at).filter(|word| word.is_capital)?;
        month(&word.lower)
    }

    /// "October 10, 2024", "Oct. 2024", "mid-October", "last October", "in October".
    fn month_first(&self, at: usize) -> Option<Expression> {
        let month = self.month_at(at)?;
        let previous = self.previous(at);
        let mut first = at;
        let part = matches!(previous, "mid" | "early" | "late");
        if part || matches!(previous, "last" | "next" | "this") {
            first = at - 1;
        }
        let mut next = at + 1;
        let said_day = day(self.lower(next)).filter(|_| {
            self.follows(next) && !self.gap(next).contains(',') && !self.is_count(next)
        });
        if let Some(first_day) = said_day {
            next += 1;
            let mut last_day = None;
            if self.dash(next)
                && let Some(second) = day(self.lower(next))
            {
                last_day = Some(second);
                next += 1;
            }
            let (year, end) = self.year_after(next);
            return Some((at, end, self.days(month, first_day, last_day, year)));
        }
        next += usize::from(self.lower(next) == "of" && year(self.lower(next + 1)).is_some());
        let (said_year, end) = self.year_after(next);
        if let Some(year) = said_year {
            let value = PartialDate::month(year, month).map(DateValue::At);
            return Some((first, end, value));
        }
        let is_introduced =
            part || matches!(
                previous,
                "in" | "last"
                    | "next"
                    | "this"
                    | "since"
                    | "during"
                    | "until"
                    | "by"
                    | "from"
                    | "between"
                    | "through"
            ) || previous == "of" && month != 5;
        let is_clear = !matches!(
            self.lower(at),
            "may" | "march" | "april" | "june" | "august" | "jan" | "sep" | "dec" | "jun"
        );
        if !is_introduced && (!is_clear || self.gap(at + 1) == "'" || self.gap(at + 1) == "’") {
            return None;
        }
        let value = self.today.and_then(|today| {
            let this = today.month?;
            let year = match previous {
                "next" if month <= this => today.year.checked_add(1)?,
                "next" => today.year,
                "last" if month >= this => today.year.checked_sub(1)?,
                _ if month > this && !self.looks_ahead => today.year.checked_sub(1)?,
                _ => today.year,
            };
            PartialDate::month(year, month).map(DateValue::At)
        });
        Some((first, at + 1, value))
    }

    /// "May 5 people": a count of something, not a day.
    fn is_count(&self, at: usize) -> bool {
        matches!(
            self.lower(at + 1),
            "people"
                | "soldiers"
                | "men"
                | "women"
                | "troops"
                | "percent"
                | "million"
                | "billion"
                | "thousand"
        )
    }

    fn year_after(&self, at: usize) -> (Option<u16>, usize) {
        match year(self.lower(at)).filter(|_| self.follows(at)) {
            Some(year) => (Some(year), at + 1),
            None => (None, at),
        }
    }

    /// A day, or days from one to another, of a month whose year may be that of the document.
    fn days(&self, month: u8, first: u8, last: Option<u8>, year: Option<u16>) -> Option<DateValue> {
        let year = year.or_else(|| {
            let today = self.today?;
            let this_month = today.month?;
            let is_ahead = month > this_month
                || month == this_month && today.day.is_some_and(|day| first > day);
            if is_ahead && !self.looks_ahead {
                today.year.checked_sub(1)
            } else {
                Some(today.year)
            }
        })?;
        let from = PartialDate::day(year, month, first)?;
        match last.filter(|last| *last > first) {
            Some(last) => Some(DateValue::Period(
                Some(from),
                Some(PartialDate::day(year, month, last)?),
            )),
            None => Some(DateValue::At(from)),
        }
    }

    /// "between 2010 and 2014", "from 2010 to 2014", "2010–2014", "the 1990s", "19th century".
    fn stretch_of_years(&self, at: usize) -> Option<Expression> {
        let word = self.lower(at);
        if let Some(decade) = word
            .strip_suffix('s')
            .and_then(year)
            .filter(|y| y % 10 == 0)
        {
            let span = if decade % 100 == 0 && decade < 2000 {
                99
            } else {
                9
            };
            return Some((at, at + 1, years(decade, decade + span)));
        }
        if self.lower(at + 1) == "century"
            && word.ends_with("th")
                | word.ends_with("st")
                | word.ends_with("nd")
                | word.ends_with("rd")
        {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let century: u16 = digits.parse().ok().filter(|c| (1..=21).contains(c))?;
            return Some((at, at + 2, years((century - 1) * 100 + 1, century * 100)));
        }
        let from = year(word)?;
        let next = self.lower(at + 1);
        let (to, end, first) = if self.dash(at + 1) {
            let short = (next.len() == 2)
                .then(|| next.parse::<u16>().ok())
                .flatten()
                .map(|short| from / 100 * 100 + short);
            (year(next).or(short)?, at + 2, at)
        } else {
            let joint = match (self.previous(at), next) {
                ("between", "and") | ("from", "to" | "until" | "through") => {
                    year(self.lower(at + 2))?
                }
                _ => return None,
            };
            (joint, at + 3, at - 1)
        };
        (to > from).then(|| (first, end, years(from, to)))
    }

    /// "in 2015", "spring 2022", "(2015)".
    fn single_year(&self, at: usize) -> Option<Expression> {
        let said = year(self.lower(at))?;
        let previous = self.previous(at);
        let plain = matches!(self.gap(at), " " | "\u{a0}");
        let season = match previous {
            "spring" => Some((3, 5)),
            "summer" => Some((6, 8)),
            "autumn" | "fall" => Some((9, 11)),
            _ => None,
        };
        if let Some((from, to)) = season.filter(|_| plain) {
            let period = DateValue::Period(
                Some(PartialDate::month(said, from)?),
                Some(PartialDate::month(said, to)?),
            );
            return Some((at - 1, at + 1, Some(period)));
        }
        let part = matches!(previous, "early" | "late" | "mid") && !self.gap(at).contains(',');
        let is_introduced = plain
            && matches!(
                previous,
                "in" | "since"
                    | "until"
                    | "by"
                    | "from"
                    | "during"
                    | "before"
                    | "after"
                    | "between"
                    | "year"
            )
            || plain && matches!(previous, "of" | "and" | "the") && self.is_year_like(at)
            || self.gap(at).ends_with('(');
        let is_unit = matches!(
            self.lower(at + 1),
            "people"
                | "soldiers"
                | "men"
                | "women"
                | "troops"
                | "percent"
                | "dollars"
                | "tons"
                | "meters"
                | "metres"
                | "kilometers"
        );
        let value = PartialDate::year(said).map(DateValue::At);
        ((part || is_introduced) && !is_unit).then(|| (at - usize::from(part), at + 1, value))
    }

    /// A year of our times: "of 2014", but not "of 1200 men".
    fn is_year_like(&self, at: usize) -> bool {
        year(self.lower(at)).is_some_and(|year| (1700..=2100).contains(&year))
            && !self.words.get(at + 1).is_some_and(|next| {
                next.gap == " "
                    && !next.is_capital
                    && next.lower.ends_with('s')
                    && next.lower.len() > 3
            })
    }

    /// "yesterday", "last week", "three days ago".
    fn relative(&self, at: usize) -> Option<Expression> {
        let word = self.lower(at);
        let previous = self.previous(at);
        let today = self.today;
        let at_day = |days| {
            today
                .and_then(|today| shifted(today, days))
                .map(DateValue::At)
        };
        match word {
            "yesterday" => return Some((at, at + 1, at_day(-1))),
            "today" | "tonight" => return Some((at, at + 1, at_day(0))),
            "tomorrow" => return Some((at, at + 1, at_day(1))),
            _ => {}
        }
        if let Some(number) = count(word).filter(|_| self.lower(at + 2) == "ago") {
            let value = today.and_then(|today| ago(today, self.lower(at + 1), number));
            return is_span(self.lower(at + 1)).then_some((at, at + 3, value));
        }
        let step = match previous {
            "last" | "past" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        if !matches!(word, "week" | "month" | "year") || previous == "past" {
            return None;
        }
        let value = today.and_then(|today| match word {
            "week" => week(today, step),
            "month" => shifted_months(today, step).map(DateValue::At),
            _ => {
                let year = u16::try_from(i64::from(today.year) + step).ok()?;
                PartialDate::year(year).map(DateValue::At)
            }
        });
        Some((at - 1, at + 1, value))
    }
}

fn is_span(word: &str) -> bool {
    matches!(
        word,
        "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years"
    )
}

/// So long before a day, as precise as the words: weeks give the week, months the month.
fn ago(today: PartialDate, span: &str, number: i64) -> Option<DateValue> {
    match span {
        "day" | "days" => shifted(today, -number).map(DateValue::At),
        "week" | "weeks" => week(today, -number),
        "month" | "months" => shifted_months(today, -number).map(DateValue::At),
        _ => {
            let year = u16::try_from(i64::from(today.year) - number).ok()?;
            PartialDate::year(year).map(DateValue::At)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        // A Saturday.
        find(text, [0, text.len()], "2025-02-08".parse().ok())
            .iter()
            .map(|date| {
                let value = date.value.map_or("?".to_owned(), |value| value.to_string());
                format!("{}: {value}", &text[date.start..date.end])
            })
            .collect()
    }

    #[test]
    fn expressions_and_their_values() {
        for (text, found) in [
            ("on November 7th", "November 7th: 2024-11-07"),
            (
                "died on November 7, 2015 at age 94",
                "November 7, 2015: 2015-11-07",
            ),
            ("on 10 October 2024", "10 October 2024: 2024-10-10"),
            ("the 10th of May, 2024", "10th of May, 2024: 2024-05-10"),
            ("last October it sent", "last October: 2024-10"),
            ("in mid-October 2024", "mid-October 2024: 2024-10"),
            ("in early January", "early January: 2025-01"),
            ("in 2015", "2015: 2015"),
            ("between 2010 and 2014", "between 2010 and 2014: 2010/2014"),
            ("from 2010 to 2014", "from 2010 to 2014: 2010/2014"),
            ("in 2010–14", "2010–14: 2010/2014"),
            ("the 1990s", "1990s: 1990/1999"),
            ("the 19th century", "19th century: 1801/1900"),
            ("said Friday its", "Friday: 2025-02-07"),
            ("said Saturday that", "Saturday: 2025-02-08"),
            ("last Saturday", "last Saturday: 2025-02-01"),
            ("next Tuesday", "next Tuesday: 2025-02-11"),
            (
                "Tuesday, October 10, 2023",
                "Tuesday, October 10, 2023: 2023-10-10",
            ),
            ("on Jan. 4", "Jan. 4: 2025-01-04"),
            ("in Sept. 2021", "Sept. 2021: 2021-09"),
            (
                "October 10–12, 2024",
                "October 10–12, 2024: 2024-10-10/2024-10-12",
            ),
            ("last year", "last year: 2024"),
            ("last month", "last month: 2025-01"),
            ("last week", "last week: 2025-01-27/2025-02-02"),
            ("three days ago", "three days ago: 2025-02-05"),
            ("yesterday", "yesterday: 2025-02-07"),
            ("at 2024-10-23", "2024-10-23: 2024-10-23"),
            ("in the spring 2022", "spring 2022: 2022-03/2022-05"),
        ] {
            assert_eq!(read(text), [found], "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "it may be",
            "May said so",
            "about 2000 men",
            "a 15-year-old",
            "March of the living",
            "the last 10 people",
            "1500 of 2000 soldiers",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn without_a_document_date_only_full_dates_have_a_value() {
        let value = |text: &str| find(text, [0, text.len()], None)[0].value;
        assert_eq!(value("on Monday"), None);
        assert_eq!(value("in October"), None);
        assert!(value("on May 3, 2019").is_some());
    }

    proptest! {
        #[test]
        fn spans_are_sorted_and_whole(words in prop::collection::vec(prop::sample::select(vec![
            "May", "10", "th", "2024", "-", "–", ",", "between", "and", "last", "Monday", "ago", "days", "3",
            "1990s", "é", "mid-", "century", "19th", "of", "the", "this", "week", "9999", "31", "02",
        ]), 0..30)) {
            let text = words.join(" ");
            let mut last = 0;
            for date in find(&text, [0, text.len()], "0001-01-01".parse().ok()) {
                prop_assert!(date.start >= last && date.end > date.start);
                prop_assert!(text.get(date.start..date.end).is_some());
                last = date.end;
            }
        }
    }
}
