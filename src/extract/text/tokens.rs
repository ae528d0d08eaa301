//! Words, numbers, possessive endings and marks, with their place and letter case.

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A word without capitals: "troops".
    Lower,
    /// A word with a capital first and others small: "Kursk", "McDonald".
    Title,
    /// A word of capitals alone, dots between them allowed: "NATO", "U.S.", "J".
    Upper,
    /// A word with capitals that does not begin with one: "iPhone".
    Mixed,
    /// A word in a script without capitals.
    Uncased,
    /// It begins with a digit: "46th", "10,000".
    Number,
    /// The ending "'s".
    Possessive,
    /// One mark or symbol.
    Mark,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it is made of.
    pub class: Class,
    /// No blank lies between it and the token before.
    pub is_glued: bool,
}

impl Token {
    /// A word that begins with a capital.
    pub fn is_capitalized(&self) -> bool {
        matches!(self.class, Class::Title | Class::Upper)
    }

    /// A word of any kind.
    pub fn is_word(&self) -> bool {
        matches!(
            self.class,
            Class::Lower | Class::Title | Class::Upper | Class::Mixed | Class::Uncased
        )
    }
}

/// The tokens of `text[from..to]`, with offsets into `text`. Blanks and control characters separate
/// and are left out.
pub fn tokens(text: &str, from: usize, to: usize) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = from;
    let mut blank = true;
    while let Some(c) = text[at..to].chars().next() {
        if c.is_whitespace() || c.is_control() {
            at += c.len_utf8();
            blank = true;
            continue;
        }
        let (end, class) = next_token(text, at, to, c);
        out.push(Token {
            start: at,
            end,
            class,
            is_glued: !blank,
        });
        blank = false;
        at = end;
    }
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{2018}' | '`')
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn next_token(text: &str, at: usize, to: usize, first: char) -> (usize, Class) {
    if first.is_numeric() {
        return (number_end(&text[at..to]) + at, Class::Number);
    }
    if first.is_alphabetic() {
        if let Some(length) = dotted_length(&text[at..to]) {
            return (at + length, Class::Upper);
        }
        let word = word_length(&text[at..to]);
        let length = word + domain_ending(&text[at + word..to]);
        return (at + length, class_of(&text[at..at + length]));
    }
    if is_apostrophe(first) {
        let rest = &text[at + first.len_utf8()..to];
        let mut chars = rest.chars();
        let glued_before = text[..at].chars().next_back().is_some_and(is_word_char);
        if glued_before
            && chars.next().is_some_and(|c| matches!(c, 's' | 'S'))
            && !chars.next().is_some_and(is_word_char)
        {
            return (at + first.len_utf8() + 1, Class::Possessive);
        }
    }
    (at + first.len_utf8(), Class::Mark)
}

fn number_end(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner = matches!(c, '.' | ',') && chars.peek().is_some_and(|(_, n)| n.is_numeric());
        if !is_word_char(c) && !inner {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Length of an abbreviation such as "U.S." or "J.D.", at least two letters, each with its dot
/// (the last dot may be missing).
fn dotted_length(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().peekable();
    let (mut letters, mut end) = (0, 0);
    while let Some((at, c)) = chars.next() {
        if !c.is_uppercase() || chars.peek().is_none_or(|&(_, n)| n != '.') {
            let alone = c.is_uppercase() && !chars.peek().is_some_and(|&(_, n)| is_word_char(n));
            if letters > 0 && alone {
                letters += 1;
                end = at + c.len_utf8();
            } else if letters > 0 && c.is_alphanumeric() {
                return None;
            }
            break;
        }
        chars.next();
        letters += 1;
        end = at + c.len_utf8() + 1;
    }
    (letters >= 2).then_some(end)
}

fn word_length(rest: &str) -> usize {
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        if is_apostrophe(c) {
            let mut ahead = rest[at + c.len_utf8()..].chars();
            let next = ahead.next();
            let possessive = next.is_some_and(|n| matches!(n, 's' | 'S'))
                && !ahead.next().is_some_and(is_word_char);
            if possessive || !next.is_some_and(char::is_alphabetic) {
                break;
            }
        } else if !is_word_char(c) {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// Endings of internet addresses that names of sites are written with.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "info", "io", "gov", "edu", "int", "news", "media", "press", "online",
    "live", "tv", "fm", "eu", "uk", "ua", "ru", "by", "de", "fr", "es", "pl", "cz", "ro", "lt",
    "lv", "ee", "fi", "se", "dk", "nl", "be", "ch", "it", "gr", "tr", "ge", "am", "az", "kz", "cn",
    "hk", "tw", "jp", "kr", "kp", "vn", "th", "ph", "sg", "my", "id", "in", "pk", "ir", "il", "za",
    "ng", "ke", "br", "mx", "ar", "cl", "ca", "au", "nz", "us", "me", "co",
];

/// Length of the endings ".info" or ".co.uk" at the start of `rest`, which follows a word; 0 where
/// it is none. A small ending that is also a word ("is.in") must stand in small letters before no
/// letter, as all must.
fn domain_ending(rest: &str) -> usize {
    let mut length = 0;
    while let Some(after) = rest[length..].strip_prefix('.') {
        let letters = after
            .bytes()
            .position(|b| !b.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let ending = &after[..letters];
        let ends = !after[letters..].chars().next().is_some_and(is_word_char);
        let known = letters <= 6 && DOMAINS.iter().any(|d| ending.eq_ignore_ascii_case(d));
        let cased = letters > 2 || ending.bytes().all(|b| b.is_ascii_lowercase());
        if !(known && ends && cased) {
            break;
        }
        length += 1 + letters;
    }
    length
}

fn class_of(word: &str) -> Class {
    let starts_upper = word.chars().next().is_some_and(char::is_uppercase);
    let any_lower = word.chars().any(char::is_lowercase);
    let any_upper = word.chars().any(char::is_uppercase);
    match (starts_upper, any_upper, any_lower) {
        (true, _, false) => Class::Upper,
        (true, _, true) => Class::Title,
        (false, true, _) => Class::Mixed,
        (false, false, true) => Class::Lower,
        (false, false, false) => Class::Uncased,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, 0, text.len())
            .iter()
            .map(|t| &text[t.start..t.end])
            .collect()
    }

    #[test]
    fn names_abbreviations_and_endings() {
        assert_eq!(
            words("Russia’s 46th Brigade, O’Brien and the U.S. (NIS)."),
            [
                "Russia",
                "’s",
                "46th",
                "Brigade",
                ",",
                "O’Brien",
                "and",
                "the",
                "U.S.",
                "(",
                "NIS",
                ")",
                "."
            ]
        );
        assert_eq!(
            words("Kim Jong-un don't 1,500"),
            ["Kim", "Jong", "-", "un", "don't", "1,500"]
        );
        assert_eq!(
            words("J. K. in U.S troops"),
            ["J", ".", "K", ".", "in", "U.S", "troops"]
        );
    }

    #[test]
    fn names_of_sites_are_one_word() {
        assert_eq!(
            words("Lenta.info and FreePress.Org, by shop.co.uk. He left.The end.In"),
            [
                "Lenta.info",
                "and",
                "FreePress.Org",
                ",",
                "by",
                "shop.co.uk",
                ".",
                "He",
                "left",
                ".",
                "The",
                "end",
                ".",
                "In"
            ]
        );
    }

    #[test]
    fn letter_case() {
        let class = |word: &str| tokens(word, 0, word.len())[0].class;
        assert_eq!(class("Kursk"), Class::Title);
        assert_eq!(class("McDonald"), Class::Title);
        assert_eq!(class("NATO"), Class::Upper);
        assert_eq!(class("iPhone"), Class::Mixed);
        assert_eq!(class("平壤"), Class::Uncased);
        assert_eq!(class("8th"), Class::Number);
    }

    proptest! {
        #[test]
        fn ranges_are_sorted_disjoint_and_whole_characters(text in "\\PC{0,80}|[A-Z.' s\u{301}]{0,60}") {
            let mut last = 0;
            for token in tokens(&text, 0, text.len()) {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert!(text.get(token.start..token.end).is_some());
                last = token.end;
            }
        }
    }
}
