//! Labels as SVG elements.
//!
//! For others they are text. For PNG and PDF usvg sets the text, and it has two limits: a cluster of
//! letters is as wide as its widest glyph, so that vowel signs of Hindi, Bengali or Thai lie on the next
//! letter; and in a PDF each letter's halo covers the end of the letter before. So halos of pages are
//! drawn first as one shape, and words that usvg cannot set are drawn as the outlines of the glyphs that
//! [`shape`] places. Over those a PDF gets the same words unseen ([`super::unseen`]).

use super::fonts::baseline_below_middle;
use super::svg::Reader;
use super::svg_shapes::{Paint, Short};
use super::xml::Escaped;
use crate::geometry::Point;
use crate::scene::font::{Cut, Run, ShapedText, is_bundled, shape};
use crate::scene::{Label, Weight};
use std::fmt::{self, Display, Write};
use ttf_parser::OutlineBuilder;

/// Writes one label as `reader` needs it.
pub(super) fn write_label(out: &mut String, label: &Label, reader: Reader) -> fmt::Result {
    let is_plain = label.text.chars().all(is_bundled);
    let whole = |halo| Words {
        label,
        text: &label.text,
        left: None,
        halo,
    };
    match reader {
        Reader::Anyone => writeln!(out, "{}", whole(true)),
        Reader::Pixels if is_plain => writeln!(out, "{}", whole(true)),
        Reader::Pixels => Lettering::new(label).write(out, reader),
        Reader::Page if is_plain && label.halo.is_none() => writeln!(out, "{}", whole(false)),
        Reader::Page if is_plain => {
            let lettering = Lettering::new(label);
            lettering.write_halo(out)?;
            writeln!(out, "{}", whole(false))
        }
        Reader::Page => Lettering::new(label).write(out, reader),
    }
}

/// How far down the letters of a label stand.
pub(super) fn baseline(label: &Label) -> f32 {
    label.center.y + baseline_below_middle() * label.size
}

/// ` transform="…"` of a label that is turned.
struct Turn<'a>(&'a Label);

impl Display for Turn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(label) = self;
        if label.angle == 0.0 {
            return Ok(());
        }
        let angle = Short(label.angle.to_degrees());
        let (x, y) = (Short(label.center.x), Short(label.center.y));
        write!(f, r#" transform="rotate({angle} {x} {y})""#)
    }
}

/// A `text` element: all words of a label, or some of them from a place on.
struct Words<'a> {
    label: &'a Label,
    text: &'a str,
    /// The left end; in the middle of the label without it.
    left: Option<f32>,
    halo: bool,
}

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = self.label;
        let (x, y) = (
            Short(self.left.unwrap_or(label.center.x)),
            Short(baseline(label)),
        );
        let size = Short(label.size);
        write!(f, r#"<text x="{x}" y="{y}" font-size="{size}""#)?;
        if self.left.is_some() {
            f.write_str(r#" text-anchor="start" xml:space="preserve""#)?;
        }
        if label.weight == Weight::SemiBold {
            f.write_str(r#" font-weight="600""#)?;
        }
        if label.italic {
            f.write_str(r#" font-style="italic""#)?;
        }
        write!(f, "{} {}", Turn(label), Paint("fill", label.color))?;
        if let (Some((width, color)), true) = (label.halo, self.halo) {
            let (color, width) = (Paint("stroke", color), Short(2.0 * width));
            write!(f, r#" {color} stroke-width="{width}" paint-order="stroke""#)?;
        }
        write!(f, ">{}</text>", Escaped(self.text))
    }
}

/// The words are drawn as outlines where text must stay text if it can: usvg would set them wrong.
pub(super) fn is_outlined_on_pages(run: &Run) -> bool {
    !run.is_plain && !run.face.has_pictures
}

/// A label with its glyphs.
struct Lettering<'a> {
    label: &'a Label,
    shaped: ShapedText,
    /// The left end of the baseline.
    origin: Point,
}

impl<'a> Lettering<'a> {
    fn new(label: &'a Label) -> Self {
        let shaped = shape(&label.text, Cut::of(label.weight, label.italic));
        let left = label.center.x - shaped.width * label.size * 0.5;
        Self {
            label,
            origin: Point::new(left, baseline(label)),
            shaped,
        }
    }

    fn write(&self, out: &mut String, reader: Reader) -> fmt::Result {
        self.write_halo(out)?;
        let is_outlined = |run: &&Run| match reader {
            Reader::Page => is_outlined_on_pages(run),
            Reader::Pixels | Reader::Anyone => !run.face.has_pictures,
        };
        let outlines = self.outlines(self.shaped.runs.iter().filter(is_outlined));
        if !outlines.is_empty() {
            let (turn, fill) = (Turn(self.label), Paint("fill", self.label.color));
            writeln!(out, r#"<path d="{outlines}"{turn} {fill}/>"#)?;
        }
        for run in self.shaped.runs.iter().filter(|run| !is_outlined(run)) {
            let words = Words {
                label: self.label,
                text: &self.label.text[run.range.clone()],
                left: Some(self.origin.x + run.x * self.label.size),
                halo: false,
            };
            writeln!(out, "{words}")?;
        }
        Ok(())
    }

    /// The halo of the whole label, below all its letters.
    fn write_halo(&self, out: &mut String) -> fmt::Result {
        let Some((width, color)) = self.label.halo else {
            return Ok(());
        };
        let outlines = self.outlines(self.shaped.runs.iter());
        if outlines.is_empty() {
            return Ok(());
        }
        let (turn, width) = (Turn(self.label), Short(2.0 * width));
        let color = Paint("stroke", color);
        writeln!(
            out,
            r#"<path d="{outlines}"{turn} fill="none" {color} stroke-width="{width}"/>"#
        )
    }

    fn outlines<'r>(&self, runs: impl Iterator<Item = &'r Run>) -> String {
        let mut path = PathData {
            out: String::new(),
            origin: self.origin,
            size: self.label.size,
        };
        runs.for_each(|run| run.outline(&mut path));
        path.out
    }
}

/// What a font draws, as the `d` of a path.
struct PathData {
    out: String,
    origin: Point,
    size: f32,
}

impl PathData {
    /// A command and its points, given in em with y upwards. Three decimals, since letters are looked at
    /// enlarged.
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.out.push(command);
        for (index, (x, y)) in points.iter().enumerate() {
            let x = self.origin.x + x * self.size;
            let y = self.origin.y - y * self.size;
            let thousandths = |value: f32| {
                let rounded = (f64::from(value) * 1000.0).round() / 1000.0;
                if rounded.is_finite() {
                    rounded + 0.0
                } else {
                    0.0
                }
            };
            let space = if index == 0 { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = write!(self.out, "{space}{} {}", thousandths(x), thousandths(y));
        }
    }
}

impl OutlineBuilder for PathData {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.out.push('Z');
    }
}
