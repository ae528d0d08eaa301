//! Letters as names are compared: without case, decomposed, apostrophes, hyphens and blanks each of
//! one form.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Adds a letter to a key. A blank after a blank adds nothing.
pub(super) fn fold_into(c: char, key: &mut String) {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => key.push('\''),
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' => key.push('-'),
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => {}
        c if c.is_ascii() => push(c.to_ascii_lowercase(), key),
        c => {
            for part in std::iter::once(c).nfd().flat_map(char::to_lowercase) {
                push(part, key);
            }
        }
    }
}

fn push(c: char, key: &mut String) {
    if !c.is_whitespace() {
        key.push(c);
    } else if !key.ends_with(' ') {
        key.push(' ');
    }
}

/// A whole name as it is looked up.
pub(super) fn folded(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.trim().chars() {
        fold_into(c, &mut key);
    }
    key
}

/// A word goes on at this letter.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// An abbreviation such as "NIS" or "U.S.": it is looked for in these letters alone.
pub(super) fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters)
        && !name.contains(char::is_whitespace)
        && name.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
}

/// The letter case of `found` fits the listed `name`: an abbreviation letter by letter; of any other
/// name each word that has a capital at its start must have one. "Rose" is not "rose", and "ROSE" is.
pub(super) fn case_fits(name: &str, found: &str) -> bool {
    if is_acronym(name) {
        return letters(name).eq(letters(found));
    }
    let capitals = |text: &str| -> Vec<bool> {
        text.split(|c: char| !is_word(c) && c != '\'' && c != '\u{2019}')
            .filter_map(|word| word.chars().next())
            .map(char::is_uppercase)
            .collect()
    };
    let (wanted, there) = (capitals(name), capitals(found));
    wanted.len() == there.len() && wanted.iter().zip(&there).all(|(w, t)| !w || *t)
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|&c| is_word(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case() {
        for (name, found, fits) in [
            ("NIS", "NIS", true),
            ("NIS", "nis", false),
            ("NIS", "Nis", false),
            ("U.S.", "U.S.", true),
            ("Rose", "rose", false),
            ("Rose", "ROSE", true),
            ("wagner", "Wagner", true),
            ("Ada van Byron", "Ada Van Byron", true),
            ("Ada Van Byron", "Ada van Byron", false),
            ("서울", "서울", true),
        ] {
            assert_eq!(case_fits(name, found), fits, "{name} {found}");
        }
    }

    #[test]
    fn one_form() {
        assert_eq!(folded(" Jong\u{2011}un  O\u{2019}Neil "), "jong-un o'neil");
        assert_eq!(folded("Mu\u{308}ller"), folded("Müller"));
        assert_ne!(folded("Muller"), folded("Müller"));
    }
}
