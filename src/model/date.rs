//! Dates as reports give them: a year, a month, a day, or a stretch between two, with open ends.
//!
//! Written as in ISO 8601: `2024`, `2024-10`, `2024-10-23`, `2010/2014`, `2010/..`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year of the Gregorian calendar, 1 to 9999.
    pub year: u16,
    /// Month, 1 to 12, where it is known.
    pub month: Option<u8>,
    /// Day of the month, where it is known; only with a month.
    pub day: Option<u8>,
}

/// A [`PartialDate`] or a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateValue {
    /// At one date.
    At(PartialDate),
    /// From one date to another; `None` is an open end. Never open at both ends.
    Period(Option<PartialDate>, Option<PartialDate>),
}

impl PartialDate {
    /// A date of day precision, if the calendar has it.
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        Self {
            year,
            month: Some(month),
            day: Some(day),
        }
        .checked()
    }

    /// A date of month precision, if the calendar has it.
    pub fn month(year: u16, month: u8) -> Option<Self> {
        Self {
            year,
            month: Some(month),
            day: None,
        }
        .checked()
    }

    /// A date of year precision, if it lies in 1 to 9999.
    pub fn year(year: u16) -> Option<Self> {
        Self {
            year,
            month: None,
            day: None,
        }
        .checked()
    }

    /// The first day that it may mean: year, month, day.
    pub fn first_day(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that it may mean; the 31st stands for the end of any month.
    pub fn last_day(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31))
    }

    fn checked(self) -> Option<Self> {
        if !(1..=9999).contains(&self.year) {
            return None;
        }
        if let Some(month) = self.month {
            let day = i8::try_from(self.day.unwrap_or(1)).ok()?;
            jiff::civil::Date::new(
                i16::try_from(self.year).ok()?,
                i8::try_from(month).ok()?,
                day,
            )
            .ok()?;
        }
        Some(self)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |part: Option<&str>, digits: usize| match part {
            None => Ok(None),
            Some(p) if p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()) => {
                p.parse::<u16>().map(Some).map_err(|_| ())
            }
            Some(_) => Err(()),
        };
        let mut parts = text.split('-');
        let year = number(parts.next(), 4)?.ok_or(())?;
        let month = number(parts.next(), 2)?.map(|m| m as u8);
        let day = number(parts.next(), 2)?.map(|d| d as u8);
        if parts.next().is_some() {
            return Err(());
        }
        Self { year, month, day }.checked().ok_or(())
    }
}

impl DateValue {
    /// Both ends; `None` where it is open. A single date is both its own start and end.
    pub fn ends(self) -> [Option<PartialDate>; 2] {
        match self {
            Self::At(date) => [Some(date); 2],
            Self::Period(from, to) => [from, to],
        }
    }

    /// Some day of it may lie within `from` to `until`, both included; `None` is an open end.
    pub fn overlaps(self, from: Option<PartialDate>, until: Option<PartialDate>) -> bool {
        let [start, end] = self.ends();
        let after = |late: Option<PartialDate>, early: Option<PartialDate>| {
            late.zip(early)
                .is_none_or(|(late, early)| late.last_day() >= early.first_day())
        };
        after(end, from) && after(until, start)
    }

    /// By which dates are put in order: the first day, then the last; an open start comes first.
    pub fn order(self) -> impl Ord {
        let [start, end] = self.ends();
        let last = end.map_or((u16::MAX, 0, 0), PartialDate::last_day);
        (start.map(PartialDate::first_day), last)
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |f: &mut fmt::Formatter<'_>, date: &Option<PartialDate>| match date {
            Some(date) => date.fmt(f),
            None => f.write_str(".."),
        };
        match self {
            Self::At(date) => date.fmt(f),
            Self::Period(from, to) => {
                end(f, from)?;
                f.write_str("/")?;
                end(f, to)
            }
        }
    }
}

impl FromStr for DateValue {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let Some((from, to)) = text.split_once('/') else {
            return text.parse().map(Self::At);
        };
        let end = |part: &str| {
            if part == ".." {
                Ok(None)
            } else {
                part.parse().map(Some)
            }
        };
        match (end(from)?, end(to)?) {
            (None, None) => Err(()),
            (from, to) => Ok(Self::Period(from, to)),
        }
    }
}

macro_rules! as_text {
    ($($name:ident)*) => {$(
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|()| serde::de::Error::custom(format!("not a date: {text}")))
            }
        }
    )*};
}

as_text!(PartialDate DateValue);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms_are_read_back() {
        for text in [
            "2024",
            "2024-10",
            "2024-10-23",
            "2010/2014",
            "2010-05/..",
            "../1999",
        ] {
            assert_eq!(text.parse::<DateValue>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn dates_meet_where_some_day_may_be_common() {
        let date = |text: &str| text.parse::<DateValue>().unwrap();
        let end = |text: &str| text.parse::<PartialDate>().ok();
        for (told, from, until, expected) in [
            ("2024-10-23", "2024-10", "2024-10", true),
            ("2024", "2024-05-01", "2024-05-02", true),
            ("2024-11", "", "2024-10", false),
            ("2024-09-30", "2024-10", "", false),
            ("2010/..", "2024", "", true),
            ("../2010", "2011", "", false),
            ("2010/2014", "", "", true),
        ] {
            let found = date(told).overlaps(end(from), end(until));
            assert_eq!(found, expected, "{told} in {from} to {until}");
        }
        let mut sorted = ["2024-10", "2024-10-02", "../2020", "2024", "2023-12-31"].map(date);
        sorted.sort_by_key(|date| date.order());
        let sorted = sorted.map(|date| date.to_string());
        assert_eq!(
            sorted,
            ["../2020", "2023-12-31", "2024", "2024-10", "2024-10-02"]
        );
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for text in [
            "",
            "24",
            "2024-13",
            "2023-02-29",
            "2024-1",
            "2024-10-23-1",
            "../..",
            "0000",
        ] {
            assert!(text.parse::<DateValue>().is_err(), "{text}");
        }
    }
}
