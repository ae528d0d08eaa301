//! The scene as SVG 1.1: text as text, shapes as paths, nothing that a viewer must fetch.
//!
//! The letters that are used are embedded as fonts, so that a browser without the bundled font shows
//! the same. PNG and PDF are made from the same drawing.

use super::fonts::embedded_faces;
use super::picture::{PictureOptions, shapes};
use super::svg_shapes::write_shape;
use super::unseen::{UnseenWords, unseen_words};
use super::xml::Escaped;
use crate::geometry::{Point, Vector};
use crate::model::{Project, Visible};
use crate::scene::font::{FAMILY, is_bundled};
use crate::scene::{Label, Measures, Shape, Weight};
use std::fmt::Write;
use std::sync::Arc;

/// Who needs the drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// A browser or drawing program, which has not got the fonts and sets any script right.
    Anyone,
    /// The maker of PNG, which has the fonts and may get letters as outlines.
    Pixels,
    /// The maker of PDF, which has the fonts; text must stay text that can be searched.
    Page,
}

/// The picture as an SVG file.
pub(super) fn svg(
    project: &Project,
    visible: &Visible,
    options: &PictureOptions,
    reader: Reader,
) -> Drawing {
    let mut header = header(options);
    if let Some(footnotes) = &options.footnotes {
        header.extend(footnotes.shapes(options.size, options.theme));
    }
    let shapes = shapes(project, visible, options);
    let text = document(project, options, &header, &shapes, reader);
    let letters = labels(&header).chain(labels(&shapes));
    let letters: String = letters.flat_map(|label| label.text.chars()).collect();
    let unseen = if reader == Reader::Page && !letters.chars().all(is_bundled) {
        let offset = options.scene_frame().min - Point::default();
        let of_header = labels(&header).flat_map(|label| unseen_words(label, Vector::default()));
        let of_scene = labels(&shapes).flat_map(|label| unseen_words(label, offset));
        of_header.chain(of_scene).collect()
    } else {
        Vec::new()
    };
    Drawing {
        text,
        letters,
        unseen,
    }
}

/// An SVG file and the letters in it.
pub(super) struct Drawing {
    /// The file.
    pub text: String,
    /// Every letter of every label.
    pub letters: String,
    /// Words that are outlines in the file, to be searched on a page.
    pub unseen: Vec<UnseenWords>,
}

fn labels(shapes: &[Shape]) -> impl Iterator<Item = &Label> {
    shapes.iter().filter_map(|shape| match shape {
        Shape::Label(label) => Some(label),
        Shape::Line(_) | Shape::Arrow(_) | Shape::Mark(_) | Shape::Box(_) | Shape::Outline(_) => {
            None
        }
    })
}

fn document(
    project: &Project,
    options: &PictureOptions,
    header: &[Shape],
    shapes: &[Shape],
    reader: Reader,
) -> String {
    let [width, height] = options.pixels();
    let Vector { x, y } = options.size;
    let frame = options.scene_frame();
    let mut out = String::with_capacity(64 * 1024 + shapes.len() * 160);
    // Writing to a string cannot fail, so what `write!` gives is left alone from here on.
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {x} {y}" role="img">"#
    );
    let title = if options.title.is_empty() {
        project.title()
    } else {
        &options.title
    };
    let title = if title.is_empty() {
        "Redstring graph"
    } else {
        title
    };
    let _ = writeln!(out, "<title>{}</title>", Escaped(title));
    if reader == Reader::Anyone {
        let used = || labels(header).chain(labels(shapes));
        let _ = writeln!(out, "<style>{}</style>", embedded_faces(used));
    }
    let background = options.theme.background.hex();
    let _ = writeln!(
        out,
        r#"<rect width="{x}" height="{y}" fill="{background}"/>"#
    );
    let _ = writeln!(
        out,
        r#"<g font-family="{FAMILY}, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif" text-anchor="middle" stroke-linejoin="round">"#
    );
    for shape in header {
        write_shape(&mut out, shape, reader);
    }
    let _ = writeln!(
        out,
        r#"<svg x="0" y="{}" width="{}" height="{}" overflow="hidden">"#,
        frame.min.y,
        frame.width(),
        frame.height()
    );
    for shape in shapes {
        write_shape(&mut out, shape, reader);
    }
    out.push_str("</svg>\n</g>\n</svg>\n");
    out
}

/// Title on the left and note on the right, above the scene, cut to the picture's width.
fn header(options: &PictureOptions) -> Vec<Shape> {
    let measures = Measures::get();
    let room = options.size.x - 8.0 * measures.grid;
    let middle = options.scene_frame().min.y * 0.5 + measures.grid;
    let line = |text: &str, size: f32, weight: Weight| -> (String, f32) {
        let width_of = |text: &str| crate::scene::font::text_width(text, size, weight, false);
        let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if width_of(&text) > room {
            while !text.is_empty() && width_of(&text) + size > room {
                text.pop();
            }
            text.push('…');
        }
        let width = width_of(&text);
        (text, width)
    };
    let label = |(text, width): (String, f32), x: f32, size, weight, color| {
        Shape::Label(Label {
            text: Arc::from(text),
            center: Point::new(x, middle),
            width,
            size,
            weight,
            italic: false,
            angle: 0.0,
            color,
            halo: None,
        })
    };
    let mut shapes = Vec::new();
    let margin = 4.0 * measures.grid;
    let (title_size, note_size) = (measures.fonts.title, measures.fonts.caption);
    let title = line(&options.title, title_size, Weight::SemiBold);
    let note = line(&options.note, note_size, Weight::Regular);
    let both_fit = title.1 + note.1 + 2.0 * margin <= room;
    if !note.0.is_empty() && (both_fit || title.0.is_empty()) {
        let x = options.size.x - margin - note.1 * 0.5;
        let muted = options.theme.text_muted;
        shapes.push(label(note, x, note_size, Weight::Regular, muted));
    }
    if !title.0.is_empty() {
        let x = margin + title.1 * 0.5;
        shapes.push(label(
            title,
            x,
            title_size,
            Weight::SemiBold,
            options.theme.text,
        ));
    }
    shapes
}
