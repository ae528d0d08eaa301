//! The bundled fonts.

use crate::scene::shape::Weight;
use std::sync::LazyLock;

/// Inter Regular, OpenType. Licence: `assets/fonts/OFL.txt`.
pub const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
/// Inter SemiBold, OpenType.
pub const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");
/// Inter Italic, OpenType.
pub const ITALIC: &[u8] = include_bytes!("../../../assets/fonts/Inter-Italic.otf");
/// The family name that the three files give themselves.
pub const FAMILY: &str = "Inter";

/// One of the three cuts in which text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cut {
    /// Upright, for names and captions.
    Regular,
    /// Upright and heavier, for what is followed.
    SemiBold,
    /// Slanted, for the words of lines.
    Italic,
}

impl Cut {
    /// All cuts.
    pub const ALL: [Self; 3] = [Self::Regular, Self::SemiBold, Self::Italic];

    /// The cut of a label.
    pub const fn of(weight: Weight, italic: bool) -> Self {
        match (weight, italic) {
            (Weight::SemiBold, _) => Self::SemiBold,
            (Weight::Regular, true) => Self::Italic,
            (Weight::Regular, false) => Self::Regular,
        }
    }

    /// The bundled font file.
    pub const fn data(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::SemiBold => SEMI_BOLD,
            Self::Italic => ITALIC,
        }
    }
}

/// Letters up to here are looked up in a table: those of all bundled scripts, and punctuation.
const TABLE: u32 = 0x2200;

/// Advances of the letters of a bundled font, in em.
struct Advances(Vec<Option<f32>>);

impl Advances {
    fn new(data: &'static [u8]) -> Self {
        let face = ttf_parser::Face::parse(data, 0).ok();
        let advance = |code: u32| -> Option<f32> {
            let face = face.as_ref()?;
            let glyph = face.glyph_index(char::from_u32(code)?)?;
            Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
        };
        Self((0..TABLE).map(advance).collect())
    }
}

/// The advance of a letter in em; `None` where the bundled fonts lack it.
pub(super) fn advance(letter: char, cut: Cut) -> Option<f32> {
    static CUTS: LazyLock<[Advances; 3]> =
        LazyLock::new(|| Cut::ALL.map(|cut| Advances::new(cut.data())));
    match CUTS[cut as usize].0.get(letter as usize) {
        Some(advance) => *advance,
        None => rare_advance(letter, cut),
    }
}

/// Of a letter beyond the table.
fn rare_advance(letter: char, cut: Cut) -> Option<f32> {
    static FACES: LazyLock<[Option<ttf_parser::Face<'static>>; 3]> =
        LazyLock::new(|| Cut::ALL.map(|cut| ttf_parser::Face::parse(cut.data(), 0).ok()));
    let face = FACES[cut as usize].as_ref()?;
    let glyph = face.glyph_index(letter)?;
    Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
}

/// The bundled fonts draw it, or there is nothing to draw.
pub fn is_bundled(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || is_joiner(letter)
        || advance(letter, Cut::Regular).is_some()
}

/// Says how its neighbors are drawn and is not drawn itself: zero-width joiners and spaces, marks of
/// direction, variation selectors.
pub(super) const fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_greek_and_cyrillic_are_bundled() {
        for letter in "Kursk Żółć Κυριάκος Курськ “–” №".chars() {
            assert!(is_bundled(letter), "{letter}");
            assert!(Cut::ALL.iter().all(|&cut| advance(letter, cut).is_some()));
        }
        for letter in "김हعกא习".chars() {
            assert!(!is_bundled(letter), "{letter}");
        }
    }
}
