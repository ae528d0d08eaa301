//! A sentence as unit names are made of it: words with hyphens and slashes inside are one, and
//! numbers of any writing have their value.

use crate::extract::text::{Class, Token};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// It begins with a capital, or with a small article that is glued to one: "al-Qassam".
    Capital,
    /// Any other word.
    Small,
    /// It begins with a digit.
    Number,
    /// "'s", or the apostrophe after a plural.
    Possessive,
    /// A mark.
    Mark,
}

/// One word or mark.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// First byte in the text.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// As written.
    pub(super) text: &'t str,
    /// In lower case, dots left out.
    pub(super) lower: String,
    /// How it is written.
    pub(super) shape: Shape,
    /// No blank before it.
    pub(super) is_glued: bool,
}

/// The words of a sentence's tokens. Linear in their number.
pub(super) fn words<'t>(text: &'t str, tokens: &[Token]) -> Vec<Word<'t>> {
    let mut out: Vec<Word<'t>> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let first = tokens[at];
        let mut last = at;
        if first.is_word() || first.class == Class::Number {
            while joins(text, tokens, last) {
                last += 2;
            }
        }
        let end = tokens[last].end;
        let written = &text[first.start..end];
        out.push(Word {
            start: first.start,
            end,
            text: written,
            lower: lower(written),
            shape: shape(text, tokens, at, last),
            is_glued: first.is_glued,
        });
        at = last + 1;
    }
    out
}

fn lower(written: &str) -> String {
    written
        .chars()
        .filter(|&c| c != '.')
        .map(|c| match c {
            '‑' | '–' => '-',
            '’' | '‘' => '\'',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A hyphen or slash without blanks joins the word at `at` to the next. A slash joins numbers only.
fn joins(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(mark), Some(next)) = (tokens.get(at + 1), tokens.get(at + 2)) else {
        return false;
    };
    let glued = mark.is_glued && next.is_glued && mark.class == Class::Mark;
    let numbers = tokens[at].class == Class::Number && next.class == Class::Number;
    match &text[mark.start..mark.end] {
        "-" | "‑" => glued && (next.is_word() || next.class == Class::Number),
        "/" => glued && numbers,
        _ => false,
    }
}

fn shape(text: &str, tokens: &[Token], first: usize, last: usize) -> Shape {
    let token = tokens[first];
    match token.class {
        Class::Number => Shape::Number,
        Class::Possessive => Shape::Possessive,
        Class::Mark => {
            let written = &text[token.start..token.end];
            let ends_plural = matches!(written, "'" | "’")
                && token.is_glued
                && text[..token.start].ends_with(['s', 'S', 'x', 'z']);
            if ends_plural {
                Shape::Possessive
            } else {
                Shape::Mark
            }
        }
        Class::Title | Class::Upper => Shape::Capital,
        _ if last > first && tokens[last].is_capitalized() && token.end - token.start <= 3 => {
            Shape::Capital
        }
        Class::Mixed => Shape::Capital,
        _ => Shape::Small,
    }
}

const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
const CARDINALS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
/// Endings after a number and a hyphen that make an ordinal in transliterated Slavic languages.
const SLAVIC_ENDINGS: &[&str] = &[
    "ya", "ia", "aya", "a", "ha", "ga", "ta", "tia", "go", "ogo", "ho", "oho", "to", "mu", "omu",
    "y", "yi", "i", "iy", "oy", "oi", "oyi", "ii", "shi", "yy", "m", "im", "om", "e", "ye", "ja",
    "ju", "yu", "u", "tu", "hu", "j", "kh", "ykh",
];

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// "5th", "2e", "72-ha", "21.".
    Ordinal,
    /// "5".
    Cardinal,
    /// "Fifth".
    OrdinalWord,
    /// "V".
    Roman,
    /// "1/5": a battalion of a regiment, or "4th/7th": two regiments made one.
    Slash,
}

/// The value of a word that is a number, in figures, and how it is written.
pub(super) fn number(word: &Word<'_>) -> Option<(String, Writing)> {
    match word.shape {
        Shape::Number => figures(&word.lower),
        Shape::Capital => named(word),
        _ => None,
    }
}

/// "Six" after "Team".
pub(super) fn cardinal_word(word: &Word<'_>) -> Option<String> {
    let at = CARDINALS.iter().position(|c| *c == word.lower)?;
    (word.shape == Shape::Capital).then(|| (at + 1).to_string())
}

fn plain(digits: &str) -> Option<String> {
    let fits = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let value = digits.trim_start_matches('0');
    (fits && !value.is_empty()).then(|| value.to_owned())
}

fn figures(lower: &str) -> Option<(String, Writing)> {
    if let Some((first, second)) = lower.split_once('/') {
        let (first, writing) = figures(first)?;
        figures(second)?;
        let is_two_regiments = writing == Writing::Ordinal;
        let writing = if is_two_regiments {
            Writing::Ordinal
        } else {
            Writing::Slash
        };
        return Some((first, writing));
    }
    let length = lower.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, ending) = lower.split_at(length);
    let value = plain(digits)?;
    let writing = match ending {
        "" => Writing::Cardinal,
        "st" | "nd" | "rd" | "th" | "d" | "e" | "er" | "re" | "ère" | "ème" | "eme" | "º" | "ª" => {
            Writing::Ordinal
        }
        _ => {
            let ending = ending.strip_prefix('-')?;
            if SLAVIC_ENDINGS.contains(&ending) {
                Writing::Ordinal
            } else if plain(ending.trim_end_matches(char::is_alphabetic)).is_some()
                && digits.len() == 1
            {
                Writing::Slash
            } else {
                return None;
            }
        }
    };
    Some((value, writing))
}

fn named(word: &Word<'_>) -> Option<(String, Writing)> {
    let lower = word.lower.as_str();
    if let Some(at) = ORDINALS.iter().position(|o| *o == lower) {
        return Some(((at + 1).to_string(), Writing::OrdinalWord));
    }
    if let Some((tens, units)) = lower.split_once('-') {
        let tens = TENS.iter().position(|t| *t == tens)?;
        let units = ORDINALS.iter().take(9).position(|o| *o == units)?;
        return Some((
            ((tens + 2) * 10 + units + 1).to_string(),
            Writing::OrdinalWord,
        ));
    }
    if let Some(at) = TENS.iter().position(|t| {
        lower
            .strip_suffix("ieth")
            .is_some_and(|stem| t.strip_suffix('y') == Some(stem))
    }) {
        return Some((((at + 2) * 10).to_string(), Writing::OrdinalWord));
    }
    roman(word.text).map(|value| (value.to_string(), Writing::Roman))
}

/// Roman numerals of at most 89, in capitals; "C", "D", "L" and "M" alone are letters.
fn roman(text: &str) -> Option<u32> {
    const PARTS: [(&str, u32); 7] = [
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    if text.len() > 8 || text == "L" || !text.bytes().all(|b| b"IVXL".contains(&b)) {
        return None;
    }
    let (mut value, mut rest) = (0, text);
    for (part, worth) in PARTS {
        let most = if part == "X" || part == "I" { 3 } else { 1 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(part) else {
                break;
            };
            value += worth;
            rest = after;
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::text::tokens;

    fn read(text: &str) -> Vec<String> {
        let tokens = tokens(text, 0, text.len());
        words(text, &tokens)
            .iter()
            .map(|word| match number(word) {
                Some((value, writing)) => format!("{value} {writing:?}"),
                None => word.text.to_owned(),
            })
            .collect()
    }

    #[test]
    fn numbers_of_any_writing() {
        assert_eq!(
            read(
                "5th 72-ha 6-go 1er 3e 7 1/5 4th/7th Fifth Twenty-First Thirtieth XIV II second 300-strong 2d"
            ),
            [
                "5 Ordinal",
                "72 Ordinal",
                "6 Ordinal",
                "1 Ordinal",
                "3 Ordinal",
                "7 Cardinal",
                "1 Slash",
                "4 Ordinal",
                "5 OrdinalWord",
                "21 OrdinalWord",
                "30 OrdinalWord",
                "14 Roman",
                "2 Roman",
                "second",
                "300-strong",
                "2 Ordinal"
            ]
        );
        for no in ["IIII", "VX", "MC", "L", "IC"] {
            assert_eq!(roman(no), None, "{no}");
        }
    }

    #[test]
    fn hyphens_join_words() {
        assert_eq!(
            read("al-Qassam Dnipro-1 Anti-Tank men/women Boys' band"),
            [
                "al-Qassam",
                "Dnipro-1",
                "Anti-Tank",
                "men",
                "/",
                "women",
                "Boys",
                "'",
                "band"
            ]
        );
    }
}
