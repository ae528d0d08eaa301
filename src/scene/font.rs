//! The bundled fonts, and how wide a text is in them: known without any window.

use super::shape::Weight;
use std::sync::OnceLock;

/// Inter Regular, OpenType. Licence: `assets/fonts/OFL.txt`.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
/// Inter SemiBold, OpenType.
pub const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
/// Inter Italic, OpenType.
pub const ITALIC: &[u8] = include_bytes!("../../assets/fonts/Inter-Italic.otf");
/// The family name that the three files give themselves.
pub const FAMILY: &str = "Inter";

/// Letters up to here are looked up in a table: Latin, Greek, Cyrillic.
const TABLE: u32 = 0x530;

struct Advances {
    table: Vec<f32>,
}

impl Advances {
    fn new(data: &[u8]) -> Self {
        let face = ttf_parser::Face::parse(data, 0).ok();
        let advance = |c: char| -> Option<f32> {
            let face = face.as_ref()?;
            let glyph = face.glyph_index(c)?;
            Some(f32::from(face.glyph_hor_advance(glyph)?) / f32::from(face.units_per_em()))
        };
        let table = (0..TABLE)
            .map(|code| char::from_u32(code).and_then(advance).unwrap_or(0.6))
            .collect();
        Self { table }
    }

    fn of(&self, c: char) -> f32 {
        match self.table.get(c as usize) {
            Some(&advance) => advance,
            // Combining marks take no room, letters of other scripts are set in a system font whose
            // measures nobody knows here: a full em for the wide scripts, a generous guess else.
            None if is_combining(c) => 0.0,
            None if is_wide(c) => 1.0,
            None => 0.65,
        }
    }
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || ('\u{200b}'..='\u{200f}').contains(&c)
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

/// Width of one line of text set in `size` points, without kerning (which makes it a little
/// narrower).
pub fn text_width(text: &str, size: f32, weight: Weight, italic: bool) -> f32 {
    static FACES: OnceLock<[Advances; 3]> = OnceLock::new();
    let faces = FACES.get_or_init(|| [REGULAR, SEMI_BOLD, ITALIC].map(Advances::new));
    let face = match (weight, italic) {
        (Weight::SemiBold, _) => &faces[1],
        (Weight::Regular, true) => &faces[2],
        (Weight::Regular, false) => &faces[0],
    };
    text.chars().map(|c| face.of(c)).sum::<f32>() * size
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
        assert_eq!(text_width("김정은", 10.0, Weight::Regular, false), 30.0);
        assert_eq!(
            text_width("e\u{20d7}", 10.0, Weight::Regular, false),
            text_width("e", 10.0, Weight::Regular, false)
        );
    }
}
