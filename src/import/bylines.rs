//! Who wrote an article, and the name of the paper at its head.

use super::dates::{compiled, leading_date};
use crate::model::DateValue;
use regex::Regex;
use std::sync::LazyLock;

/// More authors than this are a list of something else.
const MOST_AUTHORS: usize = 12;

/// What follows the names in a byline: "in Kyiv", "for The Daily", "| 3 May".
static AFTER_NAMES: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\s*(?:[|•·–—;]|\bin\b|\bfor\b|\bat\b|\bfrom\b|\bedited by\b|\bphotos? by\b|\bwith\b|\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d).*$",
    )
});
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)\s*(?:,\s*and\b|,|&|\band\b)\s+"));

/// The authors that "X and Y" or "X, Y and Z in Kyiv" of a byline names, with commas between them.
pub(super) fn authors(names: &str) -> Option<String> {
    let names = names.trim_matches(|c: char| c.is_whitespace() || "*_.()".contains(c));
    let names = AFTER_NAMES.replace(names, "");
    let names = names.trim_end_matches([',', ' ']);
    let all: Vec<String> = BETWEEN
        .split(names)
        .map(spoken)
        .filter(|n| !n.is_empty())
        .collect();
    let is_name = |name: &String| {
        let words = name.split(' ').count();
        (1..=5).contains(&words) && name.starts_with(|c: char| !c.is_lowercase())
    };
    let fits = (1..=MOST_AUTHORS).contains(&all.len()) && all.iter().all(is_name);
    fits.then(|| all.join(", "))
}

/// "ADA BYRON" as "Ada Byron"; blanks as one.
fn spoken(name: &str) -> String {
    let is_loud = !name.chars().any(char::is_lowercase);
    let word = |word: &str| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if is_loud && word.chars().count() > 2 => {
                let rest = letters.flat_map(char::to_lowercase);
                std::iter::once(first).chain(rest).collect()
            }
            _ => word.to_owned(),
        }
    };
    let words: Vec<String> = name.split_whitespace().map(word).collect();
    words.join(" ")
}

/// Words by which papers, agencies and stations are called, in small letters. Sorted.
const PAPERS: &[&str] = &[
    "bulletin",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "echo",
    "examiner",
    "express",
    "gazette",
    "guardian",
    "herald",
    "inquirer",
    "journal",
    "mail",
    "monitor",
    "news",
    "observer",
    "post",
    "press",
    "radio",
    "record",
    "reporter",
    "sentinel",
    "star",
    "telegraph",
    "times",
    "tribune",
    "weekly",
];
/// Words that make it the heading of a section. Sorted.
const SECTIONS: &[&str] = &[
    "breaking", "latest", "local", "more", "other", "related", "top", "world",
];

/// The line is the name of a paper, as it stands at the head of a page: "The Tyneside Gazette". With it
/// the date that may follow: "The Border Courier, 13 March 2024".
pub(super) fn masthead(line: &str) -> Option<(String, Option<DateValue>)> {
    const LONGEST: usize = 80;
    let line = line.trim_matches(|c: char| c.is_whitespace() || "*_".contains(c));
    if line.len() > LONGEST {
        return None;
    }
    let (name, date) = match line.split_once([',', '|']) {
        Some((name, rest)) => {
            let rest = rest.trim();
            let (date, length) = leading_date(rest)?;
            (length == rest.len()).then_some(())?;
            (name.trim(), Some(date))
        }
        None => (line, None),
    };
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let is_title = |word: &str| {
        word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and" | "&")
    };
    let is_of_letters = |c: char| c.is_alphabetic() || " .&'’-".contains(c);
    let is_paper = (2..=6).contains(&words.len())
        && name.split_whitespace().all(is_title)
        && name.chars().all(is_of_letters)
        && !name.ends_with('.')
        && words
            .iter()
            .any(|word| PAPERS.binary_search(&word.as_str()).is_ok())
        && SECTIONS.binary_search(&words[0].as_str()).is_err();
    is_paper.then(|| (name.to_owned(), date))
}

/// A line that only says where and when: "NEWCASTLE, New South Wales, 3 May 2024".
pub(super) fn place_and_date(line: &str) -> Option<DateValue> {
    const LONGEST: usize = 90;
    let line = line.trim_end_matches(['.', ':']);
    if line.len() > LONGEST || !line.starts_with(char::is_uppercase) {
        return None;
    }
    let mut commas = line.match_indices(", ");
    commas.find_map(|(at, comma)| {
        let rest = &line[at + comma.len()..];
        let (date, length) = leading_date(rest)?;
        let place = &line[..at];
        let is_place = place.split_whitespace().count() <= 6
            && place
                .split_whitespace()
                .all(|w| w.starts_with(|c: char| !c.is_lowercase()));
        (length == rest.len() && is_place).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_of_bylines() {
        for (names, expected) in [
            (
                "Ada Byron and Charles Babbage",
                Some("Ada Byron, Charles Babbage"),
            ),
            (
                "ADA BYRON, J. R. FOX and Cy de Wit in Kyiv",
                Some("Ada Byron, J. R. Fox, Cy de Wit"),
            ),
            ("Ada Byron for The Daily", Some("Ada Byron")),
            ("Ada Byron, May 7, 2024", Some("Ada Byron")),
            (
                "Ada Byron, and Bo Li | 3 May 2024",
                Some("Ada Byron, Bo Li"),
            ),
            ("noon the town was empty", None),
            ("", None),
        ] {
            assert_eq!(authors(names).as_deref(), expected, "{names}");
        }
    }

    #[test]
    fn names_of_papers() {
        let name = |line: &str| masthead(line).map(|(name, _)| name);
        assert_eq!(
            name("The Tyneside Gazette").as_deref(),
            Some("The Tyneside Gazette")
        );
        let (paper, date) = masthead("*The Border Courier, 13 March 2024*").unwrap();
        assert_eq!(
            (paper.as_str(), date.is_some()),
            ("The Border Courier", true)
        );
        for line in [
            "Latest News",
            "The press said so",
            "Fury at the Gazette, says mayor",
            "Gazette",
            "The Times 2024",
        ] {
            assert_eq!(name(line), None, "{line}");
        }
        assert!(PAPERS.is_sorted() && SECTIONS.is_sorted());
    }

    #[test]
    fn where_and_when() {
        let date = |line: &str| place_and_date(line).map(|date| date.to_string());
        assert_eq!(
            date("NEWCASTLE, New South Wales, 3 May 2024").as_deref(),
            Some("2024-05-03")
        );
        assert_eq!(date("Goma, July 1, 2024").as_deref(), Some("2024-07-01"));
        assert_eq!(date("He left Goma, 3 May 2024"), None);
        assert_eq!(date("Goma, 3 May 2024, it rained"), None);
    }
}
