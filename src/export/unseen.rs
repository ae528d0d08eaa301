//! The words of a page that are drawn as outlines, so that they can be searched and copied: the same
//! glyphs once more as text, on the same spot and fully transparent.

use super::lettering::{baseline, is_outlined_on_pages};
use crate::geometry::Vector;
use crate::scene::Label;
use crate::scene::font::{Cut, Face, Run, shape};
use krilla::color::rgb;
use krilla::geom::{Point, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::collections::HashMap;

/// Words of one font.
pub(super) struct UnseenWords {
    text: String,
    face: &'static Face,
    glyphs: Vec<KrillaGlyph>,
    size: f32,
    /// The left end of the baseline before the label is turned.
    start: [f32; 2],
    /// In radians, around `center`.
    angle: f32,
    center: [f32; 2],
}

/// The words of `label` that a page draws as outlines, moved by `offset`.
pub(super) fn unseen_words(label: &Label, offset: Vector) -> Vec<UnseenWords> {
    let shaped = shape(&label.text, Cut::of(label.weight, label.italic));
    let left = label.center.x - shaped.width * label.size * 0.5;
    let words = |run: &Run| UnseenWords {
        text: label.text[run.range.clone()].to_owned(),
        face: run.face,
        glyphs: glyphs(run),
        size: label.size,
        start: [
            left + run.x * label.size + offset.x,
            baseline(label) + offset.y,
        ],
        angle: label.angle,
        center: [label.center.x + offset.x, label.center.y + offset.y],
    };
    let runs = shaped.runs.iter();
    runs.filter(|run| is_outlined_on_pages(run))
        .map(words)
        .collect()
}

/// With the letters that each stands for.
fn glyphs(run: &Run) -> Vec<KrillaGlyph> {
    let mut starts: Vec<usize> = run.glyphs.iter().map(|glyph| glyph.cluster).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut pen = run.x;
    run.glyphs
        .iter()
        .map(|glyph| {
            let next = starts.partition_point(|&start| start <= glyph.cluster);
            let end = starts.get(next).copied().unwrap_or(run.range.len());
            let offset = glyph.x - pen;
            pen += glyph.advance;
            KrillaGlyph::new(
                GlyphId::new(u32::from(glyph.id)),
                glyph.advance,
                offset,
                glyph.y,
                0.0,
                glyph.cluster..end,
                None,
            )
        })
        .collect()
}

/// Draws them over a page that is `scale` times as large as the drawing.
pub(super) fn draw_unseen(surface: &mut Surface, words: &[UnseenWords], scale: f32) {
    let mut fonts: HashMap<&str, Option<Font>> = HashMap::new();
    for words in words {
        let face = words.face;
        let open = || Font::new(face.data.into(), face.index);
        let Some(font) = fonts.entry(&face.name).or_insert_with(open).clone() else {
            continue;
        };
        let (sin, cos) = words.angle.sin_cos();
        let [x, y] = words.center;
        surface.push_transform(&Transform::from_row(
            scale * cos,
            scale * sin,
            -scale * sin,
            scale * cos,
            scale * (x - cos * x + sin * y),
            scale * (y - sin * x - cos * y),
        ));
        surface.set_stroke(None);
        surface.set_fill(Some(Fill {
            paint: rgb::Color::black().into(),
            opacity: NormalizedF32::ZERO,
            rule: krilla::paint::FillRule::default(),
        }));
        let start = Point::from_xy(words.start[0], words.start[1]);
        surface.draw_glyphs(start, &words.glyphs, font, &words.text, words.size, false);
        surface.pop();
    }
}
