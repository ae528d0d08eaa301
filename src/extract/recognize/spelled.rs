//! Whether words spell a short form: "FARR" of "Fisher Army of the Republic of Ruritania".

use super::page::Page;
use crate::extract::text::Class;
use std::collections::BTreeSet;

/// Words that a short form may leave out.
const SMALL: &[&str] = &[
    "a", "against", "al", "and", "at", "between", "by", "da", "das", "de", "del", "des", "di",
    "do", "dos", "du", "e", "el", "et", "for", "fur", "from", "in", "la", "le", "les", "of", "on",
    "the", "to", "und", "with", "y",
];
/// Tokens before the short form that are looked at.
const REACH: usize = 24;

/// A letter of a short form, or a number in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// In upper case.
    Letter(char),
    /// Its digits.
    Number(String),
}

/// The parts of a short form in capitals: "NATO", "M23", "CJTF-OIR"; 2 to 12 of them, the first a letter.
pub fn parts(short: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut is_number = false;
    for c in short.chars() {
        if c.is_ascii_digit() {
            match parts.last_mut() {
                Some(Part::Number(digits)) if is_number => digits.push(c),
                _ => parts.push(Part::Number(c.to_string())),
            }
        } else if c.is_uppercase() {
            parts.push(Part::Letter(c));
        } else if !matches!(c, '.' | '-' | '&') {
            return None;
        }
        is_number = c.is_ascii_digit();
    }
    let begins = matches!(parts.first(), Some(Part::Letter(_)));
    (begins && (2..=12).contains(&parts.len())).then_some(parts)
}

/// First token of the words right before token `end` whose initials the parts are; small words may
/// be left out, large ones may not. No further back than token `lowest`.
pub fn spelled_from(page: &Page, lowest: usize, end: usize, parts: &[Part]) -> Option<usize> {
    let lowest = lowest.max(end.saturating_sub(REACH));
    spelled(page, lowest, end, parts, &mut BTreeSet::new())
}

/// `tried` are the ends and numbers of parts from which nothing was found: each is gone through once.
fn spelled(
    page: &Page,
    lowest: usize,
    end: usize,
    parts: &[Part],
    tried: &mut BTreeSet<(usize, usize)>,
) -> Option<usize> {
    if !tried.insert((end, parts.len())) {
        return None;
    }
    let (last, rest) = parts.split_last()?;
    let mut index = end;
    while index > lowest {
        index -= 1;
        let class = page.tokens[index].class;
        if class == Class::Possessive || is_inner_mark(page, index) {
            continue;
        }
        if is_part(page, index, last) {
            let start = match rest {
                [] => begins(page, index).then_some(index),
                _ => spelled(page, lowest, index, rest, tried),
            };
            if start.is_some() {
                return start;
            }
        }
        if class != Class::Lower || !SMALL.contains(&page.key(index)) {
            return None;
        }
    }
    None
}

/// A mark that stands inside names.
pub fn is_inner_mark(page: &Page, index: usize) -> bool {
    ["-", "–", "&", ",", "‑", "’", "'", "/"]
        .iter()
        .any(|mark| page.is_mark(index, mark))
}

/// A name may begin here: with a capital, or with the article of "al-Qaeda".
fn begins(page: &Page, index: usize) -> bool {
    let is_article = page.key(index) == "al" && page.is_hyphen(index + 1);
    is_article || page.is_capitalized(index)
}

fn is_part(page: &Page, index: usize, part: &Part) -> bool {
    match part {
        Part::Letter(letter) => initial(page, index) == Some(*letter),
        Part::Number(digits) => page.str(index) == digits,
    }
}

fn initial(page: &Page, index: usize) -> Option<char> {
    let first = page.str(index).chars().next()?;
    first.is_alphabetic().then_some(first)?;
    first.to_uppercase().next()
}

/// The letters are initials of the words from `first` to `end` in any order, as those of a name in
/// another language are; at least three.
pub fn spelled_in_any_order(page: &Page, first: usize, end: usize, parts: &[Part]) -> bool {
    let mut initials: Vec<char> = (first..end).filter_map(|at| initial(page, at)).collect();
    parts.len() > 2
        && parts.iter().all(|part| {
            let Part::Letter(letter) = part else {
                return false;
            };
            let at = initials.iter().position(|own| own == letter);
            at.map(|at| initials.swap_remove(at)).is_some()
        })
}

/// The token is small and joins the words of a name: "of", "the", "and".
pub fn joins(page: &Page, index: usize) -> bool {
    page.tokens[index].class == Class::Lower && SMALL.contains(&page.key(index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::text::sentences;

    /// The words before the bracket that spell what stands in it.
    fn long(text: &str) -> Option<String> {
        let page = Page::new(text, &sentences(text), Lexicon::shared());
        let open = (0..page.tokens.len()).find(|&at| page.is_mark(at, "("))?;
        let short = page.text[page.tokens[open].end..].split(')').next()?;
        let first = spelled_from(&page, 0, open, &parts(short)?)?;
        Some(page.span(first, open).to_owned())
    }

    #[test]
    fn initials_are_read_from_the_bracket_back() {
        let cases = [
            (
                "The League of Zembla and the Fens (LZF) met.",
                "League of Zembla and the Fens",
            ),
            ("He left al-Nadir in Zembla (ANZ).", "al-Nadir in Zembla"),
            ("The May 7 Movement (M7M) rose.", "May 7 Movement"),
            (
                "A Joint Fishing Team – Operation Blue Tuna (JFT-OBT) came.",
                "Joint Fishing Team – Operation Blue Tuna",
            ),
        ];
        for (text, name) in cases {
            assert_eq!(long(text).as_deref(), Some(name));
        }
        assert_eq!(long("The League of Zembla met Fens (LZF)."), None);
        assert_eq!(long("The League of Great Zembla (LZ) met."), None);
        assert_eq!(long("The League of Zembla (Reuters) met."), None);
    }

    #[test]
    fn many_small_words_cost_no_more_than_their_number() {
        // Each way through them would be one of millions.
        let text = format!("Met {}(OOOOOOOOOOOO) here. ", "of ".repeat(23)).repeat(200);
        assert_eq!(long(&text), None);
        let page = Page::new(&text, &sentences(&text), Lexicon::shared());
        let letters = parts("OOOOOOOOOOOO").unwrap();
        for open in (0..page.tokens.len()).filter(|&at| page.is_mark(at, "(")) {
            assert_eq!(spelled_from(&page, 0, open, &letters), None);
        }
    }

    #[test]
    fn letters_of_another_language_are_initials_in_another_order() {
        let text = "Armed Forces of the Republic of Zembla";
        let page = Page::new(text, &sentences(text), Lexicon::shared());
        let fits = |short: &str| {
            let parts = parts(short).unwrap();
            spelled_in_any_order(&page, 0, page.tokens.len(), &parts)
        };
        assert!(fits("FARZ"));
        assert!(!fits("FARC") && !fits("ZZF") && !fits("AF"));
    }
}
