//! The letters that glyphs are named after: `eacute`, `uni0416`, `f_i`, `afii10017`.

use unicode_normalization::UnicodeNormalization;

/// Names of marks and letters that are no letter with an accent.
const NAMED: &[(&str, &str)] = &[
    ("AE", "Æ"),
    ("Dcroat", "Đ"),
    ("Eth", "Ð"),
    ("Euro", "€"),
    ("Lslash", "Ł"),
    ("OE", "Œ"),
    ("Oslash", "Ø"),
    ("Thorn", "Þ"),
    ("ae", "æ"),
    ("ampersand", "&"),
    ("asciicircum", "^"),
    ("asciitilde", "~"),
    ("asterisk", "*"),
    ("at", "@"),
    ("backslash", "\\"),
    ("bar", "|"),
    ("braceleft", "{"),
    ("braceright", "}"),
    ("bracketleft", "["),
    ("bracketright", "]"),
    ("bullet", "•"),
    ("cent", "¢"),
    ("colon", ":"),
    ("comma", ","),
    ("copyright", "©"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("dcroat", "đ"),
    ("degree", "°"),
    ("dollar", "$"),
    ("dotlessi", "ı"),
    ("eight", "8"),
    ("ellipsis", "…"),
    ("emdash", "—"),
    ("endash", "–"),
    ("equal", "="),
    ("eth", "ð"),
    ("exclam", "!"),
    ("exclamdown", "¡"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("fi", "fi"),
    ("five", "5"),
    ("fl", "fl"),
    ("four", "4"),
    ("germandbls", "ß"),
    ("greater", ">"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("hyphen", "-"),
    ("less", "<"),
    ("lslash", "ł"),
    ("minus", "−"),
    ("multiply", "×"),
    ("nbspace", " "),
    ("nine", "9"),
    ("numbersign", "#"),
    ("oe", "œ"),
    ("one", "1"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("oslash", "ø"),
    ("paragraph", "¶"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("percent", "%"),
    ("period", "."),
    ("periodcentered", "·"),
    ("plus", "+"),
    ("question", "?"),
    ("questiondown", "¿"),
    ("quotedbl", "\""),
    ("quotedblbase", "„"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotesinglbase", "‚"),
    ("quotesingle", "'"),
    ("registered", "®"),
    ("section", "§"),
    ("semicolon", ";"),
    ("seven", "7"),
    ("sfthyphen", "-"),
    ("six", "6"),
    ("slash", "/"),
    ("space", " "),
    ("sterling", "£"),
    ("thorn", "þ"),
    ("three", "3"),
    ("trademark", "™"),
    ("two", "2"),
    ("underscore", "_"),
    ("yen", "¥"),
    ("zero", "0"),
];

const ACCENTS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("dieresis", '\u{308}'),
    ("tilde", '\u{303}'),
    ("caron", '\u{30C}'),
    ("cedilla", '\u{327}'),
    ("commaaccent", '\u{326}'),
    ("ring", '\u{30A}'),
    ("breve", '\u{306}'),
    ("macron", '\u{304}'),
    ("ogonek", '\u{328}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30B}'),
];

/// The text that a glyph of that name stands for.
pub(super) fn letters(name: &str) -> Option<String> {
    let name = name.split_once('.').map_or(name, |(name, _)| name);
    if name.contains('_') {
        return name.split('_').map(letters).collect();
    }
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Some(only.to_string());
    }
    if let Ok(at) = NAMED.binary_search_by_key(&name, |(name, _)| name) {
        return Some(NAMED[at].1.to_owned());
    }
    accented(name).or_else(|| numbered(name))
}

fn accented(name: &str) -> Option<String> {
    let base = name.chars().next()?;
    let accent = name.get(base.len_utf8()..)?;
    let (_, mark) = ACCENTS.iter().find(|(name, _)| *name == accent)?;
    let text: String = [base, *mark].into_iter().nfc().collect();
    (text.chars().count() == 1).then_some(text)
}

/// `uni0416`, `u1F600`, and the Cyrillic letters of Adobe's older names.
fn numbered(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix("afii100") {
        let number: u32 = number.parse().ok()?;
        let letter = match number {
            17..=22 => 0x410 + number - 17,
            23 => 0x401,
            24..=49 => 0x416 + number - 24,
            65..=70 => 0x430 + number - 65,
            71 => 0x451,
            72..=97 => 0x436 + number - 72,
            _ => return None,
        };
        return char::from_u32(letter).map(String::from);
    }
    let digits = name
        .strip_prefix("uni")
        .or_else(|| name.strip_prefix('u'))?;
    if name.starts_with("uni") && digits.len() > 4 {
        let parts = digits.as_bytes().chunks(4);
        let letter = |part: &[u8]| {
            let number = u32::from_str_radix(std::str::from_utf8(part).ok()?, 16).ok()?;
            char::from_u32(number)
        };
        return parts.map(letter).collect();
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    char::from_u32(number).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_their_letters() {
        assert!(NAMED.is_sorted_by_key(|(name, _)| *name));
        for (name, text) in [
            ("A", "A"),
            ("eacute", "é"),
            ("Scaron", "Š"),
            ("f_i", "fi"),
            ("fi", "fi"),
            ("uni0416", "Ж"),
            ("afii10017", "А"),
            ("quoteright", "’"),
            ("a.sc", "a"),
        ] {
            assert_eq!(letters(name).as_deref(), Some(text), "{name}");
        }
        assert_eq!(letters("g123"), None);
        assert_eq!(letters(""), None);
    }
}
