//! How wide a text is.

use super::bundled::{Cut, advance, is_joiner};
use super::shaping::shape;
use crate::scene::shape::Weight;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Width of one line of text set in `size` points. Of what the bundled fonts have, without kerning
/// (which makes it a little narrower), so that it is the same on every machine; else as it is drawn with
/// the fonts of this system.
pub fn text_width(text: &str, size: f32, weight: Weight, italic: bool) -> f32 {
    let cut = Cut::of(weight, italic);
    bundled_width(text, cut).unwrap_or_else(|| shaped_width(text, cut)) * size
}

/// In em; `None` where a letter is lacking.
fn bundled_width(text: &str, cut: Cut) -> Option<f32> {
    let mut width = 0.0;
    for letter in text.chars() {
        width += match advance(letter, cut) {
            Some(advance) => advance,
            None if is_joiner(letter) => 0.0,
            None if letter.is_control() || letter.is_whitespace() => 0.3,
            None => return None,
        };
    }
    Some(width)
}

/// Longer texts, in bytes, are never drawn whole; their width is guessed.
const LONGEST_SHAPED: usize = 600;

/// So many widths are kept.
const KEPT: usize = 50_000;

/// Texts and cuts, and how wide they are in em.
type Widths = HashMap<(Box<str>, Cut), f32>;

/// In em. The same names are measured again whenever a picture is made.
fn shaped_width(text: &str, cut: Cut) -> f32 {
    static KNOWN: LazyLock<Mutex<Widths>> = LazyLock::new(Mutex::default);
    if text.len() > LONGEST_SHAPED {
        return text.chars().map(|letter| guessed(letter, cut)).sum();
    }
    let key = (Box::from(text), cut);
    let known = |widths: &Widths| widths.get(&key).copied();
    if let Some(width) = known(&KNOWN.lock().unwrap_or_else(PoisonError::into_inner)) {
        return width;
    }
    let width = shape(text, cut).width;
    let mut widths = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if widths.len() >= KEPT {
        widths.clear();
    }
    widths.insert(key, width);
    width
}

/// A full em for the wide scripts, a generous guess for others.
fn guessed(letter: char, cut: Cut) -> f32 {
    match advance(letter, cut) {
        Some(advance) => advance,
        None if unicode_normalization::char::is_combining_mark(letter) || is_joiner(letter) => 0.0,
        None if is_wide(letter) => 1.0,
        None => 0.65,
    }
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let thin = text_width("iii", 12.0, Weight::Regular, false);
        let wide = text_width("WWW", 12.0, Weight::Regular, false);
        assert!(thin > 5.0 && thin < 12.0, "{thin}");
        assert!(wide > 30.0 && wide < 42.0, "{wide}");
        assert!(
            text_width("Kursk", 12.0, Weight::SemiBold, false)
                > text_width("Kursk", 12.0, Weight::Regular, false)
        );
        assert_eq!(text_width("", 12.0, Weight::Regular, true), 0.0);
    }

    #[test]
    fn other_scripts_get_room() {
        assert!(text_width("Курск", 10.0, Weight::Regular, false) > 25.0);
        for name in ["김정은", "習近平", "بغداد", "ירושלים", "กรุงเทพ", "हिन्दी"]
        {
            let width = text_width(name, 10.0, Weight::Regular, false);
            let letters = name.chars().count() as f32;
            assert!(
                (1.8 * letters..11.5 * letters).contains(&width),
                "{name} {width}"
            );
            let twice = text_width(&name.repeat(2), 10.0, Weight::Regular, false);
            assert!(
                twice > 1.5 * width && twice < 2.5 * width,
                "{name} {width} {twice}"
            );
        }
    }

    #[test]
    fn long_texts_are_not_shaped() {
        let long = "ही".repeat(1_000_000);
        let width = text_width(&long, 1.0, Weight::Regular, false);
        assert!(width > 500_000.0, "{width}");
    }
}
