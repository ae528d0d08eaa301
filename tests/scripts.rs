//! Names of all scripts look in files as their fonts say, and can be searched on pages.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use redstring::error::Warnings;
use redstring::export::{Export, Format, PictureOptions, RelationChoice};
use redstring::geometry::{Point, Vector};
use redstring::import::read_bytes;
use redstring::model::{
    Document, DocumentId, Entity, EntityId, EntityKind, Filters, Mention, Patch, Placement,
    Project, SavedView,
};
use redstring::scene::Theme;
use redstring::scene::font::{Cut, face_for};
use std::sync::Arc;

/// One word each, so that it is set in one font.
const NAMES: [(&str, &str); 14] = [
    ("Hindi", "हिन्दी"),
    ("Hindi, joined letters", "क्षेत्र"),
    ("Hindi, many signs", "राष्ट्रीय"),
    ("Bengali", "বিশ্ববিদ্যালয়"),
    ("Tamil", "தமிழ்நாடு"),
    ("Telugu", "హైదరాబాద్"),
    ("Malayalam", "കേരളം"),
    ("Sinhala", "ලංකා"),
    ("Thai", "กรุงเทพมหานคร"),
    ("Khmer", "កម្ពុជា"),
    ("Arabic", "فلسطين"),
    ("Hebrew", "ירושלים"),
    ("Korean", "조선인민군"),
    ("Chinese", "中国人民解放军"),
];

/// The names that fonts of this system have; which are left out is said.
fn names() -> Vec<&'static str> {
    let can_draw = |(script, name): &&(&str, &str)| {
        let letter = name.chars().next().unwrap();
        let has_font = face_for(letter, Cut::Regular).is_some();
        if !has_font {
            eprintln!("skipped {script}: no font of this system has its letters");
        }
        has_font
    };
    NAMES
        .iter()
        .filter(can_draw)
        .map(|(_, name)| *name)
        .collect()
}

fn project(names: &[&str]) -> Project {
    let document = Document::of_text(DocumentId(0), names.join(" "));
    let mut start = 0;
    let mut patch = Patch {
        documents: vec![(DocumentId(0), Some(Arc::new(document)))],
        ..Patch::default()
    };
    for (index, &name) in names.iter().enumerate() {
        let id = EntityId(index as u32);
        let entity = Entity {
            id,
            kind: EntityKind::Place,
            name: name.to_owned(),
            aliases: vec![name.to_owned()],
            roles: Vec::new(),
            mentions: vec![Mention {
                document: DocumentId(0),
                start,
                end: start + name.len(),
                text: name.to_owned(),
                score: 0.9,
            }],
            by_user: false,
            told: None,
            unit: None,
            date: None,
            location: None,
        };
        start += name.len() + 1;
        let placement = Placement {
            position: Some(Point::new(0.0, 60.0 * index as f32)),
            ..Placement::default()
        };
        patch.entities.push((id, Some(Arc::new(entity))));
        patch.placements.push((id, Some(placement)));
    }
    Project::from_parts(patch, [1, names.len() as u32, 0, 0], SavedView::default())
}

fn options(size: Vector, scale: f32) -> PictureOptions {
    PictureOptions {
        size,
        scale,
        legend: false,
        ..PictureOptions::of_pixels(100, 100, Theme::light()).unwrap()
    }
}

fn with_export<T>(names: &[&str], picture: &PictureOptions, use_it: impl Fn(&Export) -> T) -> T {
    let project = project(names);
    let visible = Filters::default().visible(&project);
    use_it(&Export {
        project: &project,
        visible: &visible,
        warnings: &Warnings::default(),
        relations: RelationChoice::All,
        picture,
        made_on: "",
    })
}

/// Width and height of what is drawn in about the color of text, in pixels.
fn ink(width: usize, pixels: &[u8]) -> [f32; 2] {
    let text = Theme::light().text;
    let is_ink = |pixel: &[u8]| {
        let near = |a: u8, b: u8| a.abs_diff(b) < 70;
        near(pixel[0], text.r) && near(pixel[1], text.g) && near(pixel[2], text.b)
    };
    let (mut low, mut high) = ([usize::MAX; 2], [0; 2]);
    for (index, pixel) in pixels.as_chunks::<4>().0.iter().enumerate() {
        if is_ink(pixel) {
            let at = [index % width, index / width];
            for axis in 0..2 {
                low[axis] = low[axis].min(at[axis]);
                high[axis] = high[axis].max(at[axis] + 1);
            }
        }
    }
    assert!(high[0] > low[0], "nothing was drawn");
    [0, 1].map(|axis| (high[axis] - low[axis]) as f32)
}

/// Width and height of the same word as a shaper places its glyphs, in units of the font.
fn ink_of_shaper(name: &str) -> [f32; 2] {
    let font = face_for(name.chars().next().unwrap(), Cut::Regular).unwrap();
    let face = rustybuzz::Face::from_slice(font.data, font.index).unwrap();
    let mut buffer = rustybuzz::UnicodeBuffer::new();
    buffer.push_str(name);
    let shaped = rustybuzz::shape(&face, &[], buffer);
    let (mut low, mut high, mut pen) = ([f32::MAX; 2], [f32::MIN; 2], 0);
    for (glyph, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let id = ttf_parser::GlyphId(u16::try_from(glyph.glyph_id).unwrap());
        assert_ne!(id.0, 0, "{name} needs more than one font");
        if let Some(bounds) = face.glyph_bounding_box(id) {
            let at = [pen + position.x_offset, position.y_offset];
            let corners = [[bounds.x_min, bounds.y_min], [bounds.x_max, bounds.y_max]];
            for axis in 0..2 {
                low[axis] = low[axis].min((at[axis] + i32::from(corners[0][axis])) as f32);
                high[axis] = high[axis].max((at[axis] + i32::from(corners[1][axis])) as f32);
            }
        }
        pen += position.x_advance;
    }
    [high[0] - low[0], high[1] - low[1]]
}

#[test]
fn words_are_as_wide_as_their_glyphs() {
    let picture = options(Vector::new(150.0, 70.0), 10.0);
    for name in names() {
        let (width, _, pixels) = with_export(&[name], &picture, |export| export.pixels()).unwrap();
        let [drawn_width, drawn_height] = ink(width, &pixels);
        let [width, height] = ink_of_shaper(name);
        let ratio = (drawn_width / drawn_height) / (width / height);
        assert!(
            (ratio - 1.0).abs() < 0.03,
            "{name} is drawn {drawn_width} by {drawn_height}, {ratio} times as wide as it should be"
        );
    }
}

#[test]
fn words_can_be_searched_on_a_page() {
    let names = names();
    let picture = options(Vector::new(400.0, 1400.0), 1.0);
    let page = with_export(&names, &picture, |export| {
        let mut page = Vec::new();
        export.write(&mut page, Format::Pdf).unwrap();
        page
    });
    let read = read_bytes("page.pdf", &page).unwrap();
    // A reader of pages guesses where words end and which way they run; the letters are what is told.
    let text = read.iter().flat_map(|document| document.text.chars());
    let text: String = text.filter(|letter| !letter.is_whitespace()).collect();
    for name in names {
        let backward: String = name.chars().rev().collect();
        assert!(
            text.contains(name) || text.contains(&backward),
            "{name} is not in {text:?}"
        );
    }
}
