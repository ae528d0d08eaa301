//! Points and stretches of time.

use super::candidate::Candidate;
use super::page::Page;
use crate::extract::lexicon::Tag;
use crate::extract::text::Class;
use crate::model::EntityKind;

/// Candidates of the sentence of tokens `first..end`: "November 7th, 2015", "8 March", "Tuesday",
/// "October", "in 2014", "2024-10-23".
pub fn find(page: &Page, [first, end]: [usize; 2], out: &mut Vec<Candidate>) {
    let mut index = first;
    while index < end {
        let stop = date_end(page, first, index, end);
        if stop > index {
            out.push(Candidate::new(index, stop, EntityKind::Date, 0.9, "date"));
            index = stop;
        } else {
            index += 1;
        }
    }
}

fn date_end(page: &Page, first: usize, index: usize, end: usize) -> usize {
    if is_day(page, index) && index + 1 < end {
        let month = index + 1 + usize::from(page.key(index + 1) == "of");
        if month < end && is_month(page, month) {
            return year_after(page, after_dot(page, month + 1, end), end);
        }
    }
    if is_month(page, index) {
        let after = after_dot(page, index + 1, end);
        if after < end && is_day(page, after) {
            return year_after(page, after + 1, end);
        }
        let with_year = year_after(page, after, end);
        if with_year > after {
            return with_year;
        }
        let modal = matches!(
            page.key(index),
            "may" | "march" | "mar" | "sep" | "dec" | "jan" | "jun"
        );
        let in_time = index > first
            && matches!(
                page.key(index - 1),
                "in" | "since"
                    | "until"
                    | "last"
                    | "this"
                    | "next"
                    | "of"
                    | "by"
                    | "early"
                    | "late"
                    | "mid"
            );
        return if in_time || !modal && !page.is_unclear(index) {
            index + 1
        } else {
            index
        };
    }
    if page.tags(index).has(Tag::Weekday) && page.key(index).len() > 3 && page.is_capitalized(index)
    {
        return index + 1;
    }
    let is_clock = index + 1 < end
        && page.tokens[index + 1].class == Class::Mark
        && page.tokens[index + 1].is_glued
        && page.is_mark(index + 1, "-");
    if is_year(page, index) {
        if is_clock {
            return iso_end(page, index, end);
        }
        let before = index.checked_sub(1).filter(|&b| b >= first);
        let in_time = before.is_some_and(|b| {
            matches!(
                page.key(b),
                "in" | "since"
                    | "until"
                    | "by"
                    | "from"
                    | "of"
                    | "during"
                    | "early"
                    | "late"
                    | "before"
                    | "after"
                    | "between"
                    | "and"
                    | "the"
            ) || page.is_mark(b, "(")
        });
        return if in_time { index + 1 } else { index };
    }
    index
}

/// "2024-10-23".
fn iso_end(page: &Page, index: usize, end: usize) -> usize {
    let mut stop = index + 1;
    while stop + 1 < end
        && page.is_mark(stop, "-")
        && page.tokens[stop + 1].is_glued
        && is_day(page, stop + 1)
    {
        stop += 2;
    }
    stop
}

fn after_dot(page: &Page, index: usize, end: usize) -> usize {
    index + usize::from(index < end && page.is_mark(index, ".") && page.tokens[index].is_glued)
}

fn year_after(page: &Page, index: usize, end: usize) -> usize {
    let year = index + usize::from(index < end && page.is_mark(index, ","));
    if year < end && is_year(page, year) {
        year + 1
    } else {
        index
    }
}

fn is_month(page: &Page, index: usize) -> bool {
    page.is_capitalized(index) && page.tags(index).has(Tag::Month)
}

fn is_year(page: &Page, index: usize) -> bool {
    page.tokens[index].class == Class::Number
        && page.key(index).len() == 4
        && page
            .str(index)
            .parse::<u32>()
            .is_ok_and(|year| (1000..2100).contains(&year))
}

fn is_day(page: &Page, index: usize) -> bool {
    page.tokens[index].class == Class::Number && {
        let digits = page
            .key(index)
            .trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.len() <= 2
            && digits
                .parse::<u32>()
                .is_ok_and(|day| (1..=31).contains(&day))
    }
}
