//! Which letters a font has.

/// The letters of a font as ranges of code points, sorted, both ends included.
#[derive(Debug, Default)]
pub(super) struct Coverage(Vec<(u32, u32)>);

impl Coverage {
    /// Of a font file's face; of none where it cannot be read.
    pub(super) fn of(data: &[u8], index: u32) -> Self {
        let Ok(face) = ttf_parser::Face::parse(data, index) else {
            return Self::default();
        };
        let Some(map) = face.tables().cmap else {
            return Self::default();
        };
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        let unicode = map.subtables.into_iter().filter(|table| table.is_unicode());
        for table in unicode {
            table.codepoints(|code| match ranges.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(code) => *last = code,
                _ => ranges.push((code, code)),
            });
        }
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Self(merged)
    }

    /// The font may have the letter.
    pub(super) fn contains(&self, letter: char) -> bool {
        let code = u32::from(letter);
        let after = self.0.partition_point(|&(first, _)| first <= code);
        after > 0 && self.0[after - 1].1 >= code
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::font::REGULAR;

    #[test]
    fn a_font_covers_what_it_has_glyphs_for() {
        let coverage = Coverage::of(REGULAR, 0);
        let face = ttf_parser::Face::parse(REGULAR, 0).unwrap();
        for letter in ('\0'..='\u{ffff}').step_by(7) {
            let has_glyph = face.glyph_index(letter).is_some();
            assert!(!has_glyph || coverage.contains(letter), "{letter:?}");
        }
        assert!(coverage.contains('Ж') && !coverage.contains('김'));
        assert!(!Coverage::of(b"no font", 0).contains('a'));
    }
}
