//! A line of text as placed glyphs: the order in which it is seen (Unicode Standard Annex #9), the font
//! of each letter, and the glyphs that the font's own rules give (HarfBuzz's algorithm, by rustybuzz).

use super::bundled::{Cut, is_bundled, is_joiner};
use super::faces::{Face, bundled_face, face_for};
use rustybuzz::{Direction, UnicodeBuffer};
use std::ops::Range;
use ttf_parser::{GlyphId, OutlineBuilder};
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

/// A line of text, left to right as it is seen. All lengths are in em.
#[derive(Default)]
pub struct ShapedText {
    /// Stretches of one font and direction, from left to right.
    pub runs: Vec<Run>,
    /// How wide it is, without what glyphs reach out.
    pub width: f32,
}

/// A stretch of text in one font and direction.
pub struct Run {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// The font.
    pub face: &'static Face,
    /// Where it begins, from the left end of the text.
    pub x: f32,
    /// How wide it is.
    pub width: f32,
    /// What is drawn.
    pub glyphs: Vec<Glyph>,
    /// Each cluster of letters is one glyph on the line: what programs draw right that take a cluster to
    /// be as wide as its widest glyph.
    pub is_plain: bool,
}

/// A glyph of a font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// Where it is drawn, from the left end of the text.
    pub x: f32,
    /// How far above the baseline.
    pub y: f32,
    /// How much further to the right the next one begins.
    pub advance: f32,
    /// The first byte of the letters that it stands for, counted from the run's first.
    pub cluster: usize,
}

impl Run {
    /// Draws the outlines of all glyphs in em, y upwards from the baseline, the text's left end at 0.
    pub fn outline(&self, builder: &mut dyn OutlineBuilder) {
        let scale = 1.0 / units(self.face);
        for glyph in &self.glyphs {
            let mut placed = Placed {
                builder,
                scale,
                offset: (glyph.x, glyph.y),
            };
            self.face
                .shaper
                .outline_glyph(GlyphId(glyph.id), &mut placed);
        }
    }
}

fn units(face: &Face) -> f32 {
    (face.shaper.units_per_em() as f32).max(1.0)
}

/// Scales and moves what a font gives.
struct Placed<'a> {
    builder: &'a mut dyn OutlineBuilder,
    scale: f32,
    offset: (f32, f32),
}

impl Placed<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (
            x.mul_add(self.scale, self.offset.0),
            y.mul_add(self.scale, self.offset.1),
        )
    }
}

impl OutlineBuilder for Placed<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2)) = (self.at(x1, y1), self.at(x2, y2));
        let (x, y) = self.at(x, y);
        self.builder.curve_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

/// Shapes one line. Its base direction is left to right, as in SVG files. A letter that no font has is
/// drawn as the bundled font draws one that it lacks.
pub fn shape(text: &str, cut: Cut) -> ShapedText {
    let mut shaped = ShapedText::default();
    let info = BidiInfo::new(text, Some(Level::ltr()));
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_reversed = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut pieces = pieces(text, run, cut);
            if is_reversed {
                pieces.reverse();
            }
            for (range, face) in pieces {
                push_run(&mut shaped, text, range, face, is_reversed);
            }
        }
    }
    shaped
}

/// The stretches of one font, in the order of reading.
fn pieces(text: &str, run: Range<usize>, cut: Cut) -> Vec<(Range<usize>, &'static Face)> {
    let mut pieces: Vec<(Range<usize>, &'static Face)> = Vec::new();
    let Some(bundled) = bundled_face(cut) else {
        return pieces;
    };
    for (at, cluster) in text[run.clone()].grapheme_indices(true) {
        let range = run.start + at..run.start + at + cluster.len();
        let last = pieces.last().map(|(_, face)| *face);
        let face = face_of(cluster, cut, last, bundled);
        match pieces.last_mut() {
            Some((known, of)) if std::ptr::eq(*of, face) => known.end = range.end,
            _ => pieces.push((range, face)),
        }
    }
    pieces
}

/// The font of a cluster of letters: the bundled one if that has them all, else that of the letters
/// before, else the best one for the first letter that is lacking.
fn face_of(
    cluster: &str,
    cut: Cut,
    last: Option<&'static Face>,
    bundled: &'static Face,
) -> &'static Face {
    let lacking = cluster.chars().find(|&letter| !is_bundled(letter));
    let Some(letter) = lacking else {
        // A joiner alone belongs to what it joins.
        let is_joining = cluster.chars().all(is_joiner);
        return last.filter(|_| is_joining).unwrap_or(bundled);
    };
    let covers = |face: &&'static Face| {
        let has = |letter| is_joiner(letter) || face.covers(letter);
        !face.is_bundled() && cluster.chars().all(has)
    };
    last.filter(covers)
        .or_else(|| face_for(letter, cut))
        .unwrap_or(bundled)
}

fn push_run(
    shaped: &mut ShapedText,
    text: &str,
    range: Range<usize>,
    face: &'static Face,
    is_reversed: bool,
) {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text[range.clone()]);
    buffer.set_direction(if is_reversed {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    });
    let output = rustybuzz::shape(&face.shaper, &[], buffer);
    let scale = 1.0 / units(face);
    let start = shaped.width;
    let mut glyphs = Vec::with_capacity(output.len());
    let mut is_plain = true;
    let mut cluster_before = None;
    for (info, position) in output.glyph_infos().iter().zip(output.glyph_positions()) {
        let advance = position.x_advance as f32 * scale;
        glyphs.push(Glyph {
            // Fonts have no more than 65,535 glyphs.
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            x: (position.x_offset as f32).mul_add(scale, shaped.width),
            y: position.y_offset as f32 * scale,
            advance,
            cluster: info.cluster as usize,
        });
        let moved = position.x_offset != 0 || position.y_offset != 0;
        is_plain &= !moved && cluster_before != Some(info.cluster);
        cluster_before = Some(info.cluster);
        shaped.width += advance;
    }
    shaped.runs.push(Run {
        range,
        face,
        x: start,
        width: shaped.width - start,
        glyphs,
        is_plain,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let shaped = shape(text, Cut::Regular);
        let runs = shaped.runs.iter();
        runs.map(|run| &text[run.range.clone()]).collect()
    }

    #[test]
    fn latin_is_one_run_of_the_bundled_font() {
        let shaped = shape("Kursk (Курск)", Cut::SemiBold);
        assert_eq!(shaped.runs.len(), 1);
        assert!(shaped.runs[0].is_plain && shaped.runs[0].face.is_bundled());
        assert_eq!(shaped.runs[0].glyphs.len(), 13);
        assert!((4.0..9.0).contains(&shaped.width), "{}", shaped.width);
    }

    #[test]
    fn words_from_right_to_left_come_in_the_order_of_seeing() {
        if face_for('ح', Cut::Regular).is_none() {
            eprintln!("skipped: no font of this system has Arabic letters");
            return;
        }
        assert_eq!(
            words("Hezbollah حزب الله (LB)"),
            ["Hezbollah ", "الله", " ", "حزب", " (LB)"]
        );
    }

    #[test]
    fn vowel_signs_take_their_room() {
        let Some(face) = face_for('ह', Cut::Regular) else {
            eprintln!("skipped: no font of this system has Devanagari letters");
            return;
        };
        // The sign i stands before its letter, n and d are joined: fewer glyphs than letters, and the
        // first is not that of the first letter.
        let text = "हिन्दी";
        let shaped = shape(text, Cut::Regular);
        assert_eq!(shaped.runs.len(), 1);
        let run = &shaped.runs[0];
        assert!(!run.is_plain);
        assert!(run.glyphs.len() < text.chars().count());
        let of_letter = face.shaper.glyph_index('ह').unwrap();
        assert_ne!(run.glyphs[0].id, of_letter.0);
        let advance = |glyph: &Glyph| {
            let advance = face.shaper.glyph_hor_advance(GlyphId(glyph.id)).unwrap();
            f32::from(advance) / units(face)
        };
        let sum: f32 = run.glyphs.iter().map(advance).sum();
        assert!((shaped.width - sum).abs() < 0.1, "{} {sum}", shaped.width);
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_run(text in "[a-zא-תس-يक-ह\u{93f}\u{94d}\u{200d}\u{202e}김0-9 ().]{0,24}") {
            let shaped = shape(&text, Cut::Regular);
            let mut ranges: Vec<_> = shaped.runs.iter().map(|run| run.range.clone()).collect();
            ranges.sort_by_key(|range| range.start);
            let mut end = 0;
            for range in ranges {
                prop_assert_eq!(range.start, end);
                end = range.end;
            }
            prop_assert_eq!(end, text.len());
            prop_assert!(shaped.width.is_finite());
        }
    }
}
