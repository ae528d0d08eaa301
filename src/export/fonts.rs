//! The baseline of the fonts of pictures, and the used letters of the bundled ones as web fonts.

use super::web_font::web_font;
use crate::scene::font::{FAMILY, ITALIC, REGULAR, SEMI_BOLD};
use crate::scene::{Label, Weight};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

/// How far the baseline lies below the middle of a line of text, as a share of the font's size.
pub(super) fn baseline_below_middle() -> f32 {
    static SHARE: LazyLock<f32> = LazyLock::new(|| {
        ttf_parser::Face::parse(REGULAR, 0).map_or(0.36, |face| {
            let middle = f32::from(face.ascender()) + f32::from(face.descender());
            middle * 0.5 / f32::from(face.units_per_em())
        })
    });
    *SHARE
}

/// `@font-face` rules with the letters that the labels use, for each of the three faces.
pub(super) fn embedded_faces<'a, I: Iterator<Item = &'a Label>>(labels: impl Fn() -> I) -> String {
    let mut rules = String::new();
    for (data, weight, italic) in [
        (REGULAR, Weight::Regular, false),
        (SEMI_BOLD, Weight::SemiBold, false),
        (ITALIC, Weight::Regular, true),
    ] {
        let of_face = |label: &&Label| match label.weight {
            Weight::SemiBold => weight == Weight::SemiBold,
            Weight::Regular => weight == Weight::Regular && label.italic == italic,
        };
        let letters: BTreeSet<char> = labels()
            .filter(of_face)
            .flat_map(|label| label.text.chars())
            .collect();
        let Some(font) = web_font(data, &letters) else {
            continue;
        };
        let number = if weight == Weight::SemiBold { 600 } else { 400 };
        let style = if italic { "italic" } else { "normal" };
        // Writing to a string cannot fail.
        let _ = write!(
            rules,
            "@font-face{{font-family:{FAMILY};font-weight:{number};font-style:{style};src:url(data:font/otf;base64,{}) format('opentype')}}",
            STANDARD.encode(font)
        );
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baseline_is_where_the_font_says() {
        assert!((0.3..0.45).contains(&baseline_below_middle()));
    }
}
