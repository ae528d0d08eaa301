//! The fonts of pictures: the bundled ones first, those of the system for letters that they lack, and
//! the used letters of the bundled ones as web fonts.

use super::web_font::web_font;
use crate::scene::font::{FAMILY, ITALIC, REGULAR, SEMI_BOLD};
use crate::scene::{Label, Weight};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};
use usvg::fontdb::{Database, FaceInfo, ID};

/// The bundled fonts.
static BUNDLED: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(bundled()));

/// The bundled fonts, then those of the system; finding these takes a moment.
static WITH_SYSTEM: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = bundled();
    fonts.load_system_fonts();
    name_families(&mut fonts);
    Arc::new(fonts)
});

fn bundled() -> Database {
    let mut fonts = Database::new();
    for font in [REGULAR, SEMI_BOLD, ITALIC] {
        fonts.load_font_data(font.to_vec());
    }
    name_families(&mut fonts);
    fonts
}

fn name_families(fonts: &mut Database) {
    fonts.set_sans_serif_family(FAMILY);
    fonts.set_serif_family(FAMILY);
}

/// The fonts that `letters` need: those of the system only where the bundled ones lack a letter, so
/// that pictures are the same on every machine where that is possible.
pub(super) fn fonts_for(letters: &str) -> Arc<Database> {
    let face = ttf_parser::Face::parse(REGULAR, 0).ok();
    let is_bundled = |c: char| {
        let glyph = face.as_ref().and_then(|face| face.glyph_index(c));
        glyph.is_some() || c.is_whitespace() || c.is_control()
    };
    let distinct: BTreeSet<char> = letters.chars().collect();
    if distinct.into_iter().all(is_bundled) {
        BUNDLED.clone()
    } else {
        WITH_SYSTEM.clone()
    }
}

/// The font for a letter that those in `tried` lack: of the same slant and about the same weight as
/// the first of them, without serifs if there is one. usvg itself takes any, a bold one for example.
pub(super) fn fallback(letter: char, tried: &[ID], fonts: &Database) -> Option<ID> {
    let base = fonts.face(*tried.first()?)?;
    let rank = |face: &FaceInfo| {
        let name = face.families.first().map_or("", |(name, _)| name.as_str());
        (
            face.style != base.style,
            face.weight.0.abs_diff(base.weight.0),
            face.stretch != base.stretch,
            !name.contains("Sans"),
            name.to_owned(),
        )
    };
    let untried = fonts.faces().filter(|face| !tried.contains(&face.id));
    let mut faces: Vec<&FaceInfo> = untried.collect();
    faces.sort_by_cached_key(|face| rank(face));
    let has_letter = |face: &&FaceInfo| {
        let glyph = fonts.with_face_data(face.id, |data, index| {
            let face = ttf_parser::Face::parse(data, index).ok()?;
            face.glyph_index(letter)
        });
        glyph.flatten().is_some()
    };
    faces.into_iter().find(has_letter).map(|face| face.id)
}

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
    fn system_fonts_only_where_needed() {
        assert!(Arc::ptr_eq(&fonts_for("Kursk Курск Żółć\n"), &BUNDLED));
        assert!(Arc::ptr_eq(&fonts_for("김정은"), &WITH_SYSTEM));
    }

    #[test]
    fn the_baseline_is_where_the_font_says() {
        assert!((0.3..0.45).contains(&baseline_below_middle()));
    }
}
