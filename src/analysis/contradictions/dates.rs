//! Days between dates of which some are only known to the month or year.

use crate::model::{DateValue, Evidence, PartialDate, Project};

type Day = (u16, u8, u8);

/// Days since the start of the calendar, the 31st of shorter months taken for the next month's first.
fn number((year, month, day): Day) -> i64 {
    // Days of a civil date (Howard Hinnant, "chrono-compatible low-level date algorithms").
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let of_era = y - era * 400;
    let of_year = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

/// From the last day that `earlier` may mean to the first that `later` may mean; negative where they
/// may overlap.
pub(super) fn days_between(earlier: PartialDate, later: PartialDate) -> i64 {
    number(later.first_day()) - number(earlier.last_day())
}

/// How far apart two dates are at least, whichever comes first; 0 where they may be the same.
pub(super) fn distance(a: PartialDate, b: PartialDate) -> i64 {
    days_between(a, b).max(days_between(b, a)).max(0)
}

/// The date that the text tells for what the evidence says.
pub(super) fn told(evidence: &Evidence) -> Option<PartialDate> {
    match evidence.date {
        Some(DateValue::At(date)) => Some(date),
        _ => None,
    }
}

/// When the evidence's document was published.
pub(super) fn published(project: &Project, evidence: &Evidence) -> Option<PartialDate> {
    match project.document(evidence.document?)?.date {
        Some(DateValue::At(date)) => Some(date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        assert_eq!(days_between(date("2024-02-28"), date("2024-03-01")), 2);
        assert_eq!(days_between(date("2023-12-31"), date("2024-01-01")), 1);
        assert_eq!(days_between(date("1999-01-01"), date("2000-01-01")), 365);
        assert!(days_between(date("2024"), date("2024-05")) < 0);
        assert_eq!(distance(date("2024-05"), date("2024-05-20")), 0);
        assert_eq!(distance(date("2024-05-03"), date("2024-05-01")), 2);
    }
}
