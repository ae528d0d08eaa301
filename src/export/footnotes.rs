//! Small numbers on the lines of a picture, and what they stand for at its foot.

use super::evidence::Listing;
use crate::geometry::{Camera, Point, Vector};
use crate::model::{Project, RelationId, Visible};
use crate::scene::font::text_width;
use crate::scene::labels::{self, Labeled};
use crate::scene::{
    Corners, Label, Measures, Scene, Shape, Theme, Weight, fitting_camera_of_all_names,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The numbered sources of what a picture shows, under the numbers that tables and pages of evidence
/// give them, and the filters in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Footnotes {
    numbers: BTreeMap<RelationId, Vec<usize>>,
    sources: Vec<String>,
    filters: String,
}

/// A line names as many sources, and says that there are more.
const MOST_NUMBERS: usize = 4;
/// Share of the picture's height that the foot takes at most.
const MOST_HEIGHT: f32 = 0.25;
/// Points across that a source needs to be told by.
const COLUMN: f32 = 460.0;

impl Footnotes {
    /// Numbers the sources of what is `visible`.
    pub fn new(project: &Project, visible: &Visible) -> Self {
        let listing = Listing::new(project, visible);
        let told =
            |source: &super::Source<'_>| format!("[{}] {}", source.number, source.in_words());
        let filters = project.view.filters.in_words(project);
        Self {
            numbers: listing.numbers(),
            sources: listing.sources.iter().map(told).collect(),
            filters: match filters.is_empty() {
                true => String::new(),
                false => format!("Filters: {}", filters.join("; ")),
            },
        }
    }

    /// Height of the foot of a picture of `size` points.
    pub(super) fn height(&self, size: Vector) -> f32 {
        let rows = self.rows(size);
        match rows {
            0 => 0.0,
            _ => (rows as f32 + 1.0) * row_height(),
        }
    }

    fn rows(&self, size: Vector) -> usize {
        let room = (size.y * MOST_HEIGHT / row_height()) as usize;
        let sources = self.sources.len().div_ceil(columns(size));
        (sources + usize::from(!self.filters.is_empty())).min(room.saturating_sub(1))
    }

    /// The lines of the foot of a picture of `size` points.
    pub(super) fn shapes(&self, size: Vector, theme: &Theme) -> Vec<Shape> {
        let grid = Measures::get().grid;
        let (left, top) = (4.0 * grid, size.y - self.height(size) + row_height() * 0.5);
        let mut rows = self.rows(size);
        let mut shapes = Vec::new();
        if rows > 0 && !self.filters.is_empty() {
            rows -= 1;
            let y = top + rows as f32 * row_height();
            shapes.extend(line(&self.filters, left, y, size.x - 2.0 * left, theme));
        }
        let columns = columns(size);
        let width = (size.x - 2.0 * left) / columns as f32;
        let cells = self.cells(rows * columns);
        for (index, text) in cells.iter().enumerate() {
            // Down each column, as lists are read.
            let (column, row) = (index / rows.max(1), index % rows.max(1));
            let x = left + column as f32 * width;
            let y = top + row as f32 * row_height();
            shapes.extend(line(text, x, y, width - 4.0 * grid, theme));
        }
        shapes
    }

    /// As many sources as there is room for; if not all, the last says how many more there are.
    fn cells(&self, room: usize) -> Vec<String> {
        if self.sources.len() <= room {
            return self.sources.clone();
        }
        let mut cells = self.sources.clone();
        cells.truncate(room.saturating_sub(1));
        if room > 0 {
            let more = self.sources.len() - cells.len();
            cells.push(format!("and {more} more, listed in the page of evidence"));
        }
        cells
    }

    /// Puts the numbers on the lines: after the words where there is room for them, else alone.
    pub(super) fn number(&self, scene: &mut Scene, camera: Option<Camera>, size: Vector) {
        let size_of_words = Measures::get().fonts.line_label;
        let seen =
            camera.unwrap_or_else(|| fitting_camera_of_all_names(scene, size, Corners::default()));
        let notes = |id: &RelationId| self.numbers.get(id).map(|numbers| in_brackets(numbers));
        let width = |text: &str| text_width(text, size_of_words, Weight::Regular, true);
        let words: Vec<Arc<str>> = scene.links.iter().map(|link| link.label.clone()).collect();
        for link in scene.links_mut().iter_mut().filter(|link| link.stated) {
            if let Some(note) = notes(&link.id) {
                link.label = Arc::from(format!("{} {note}", link.label));
                link.label_width = width(&link.label);
            }
        }
        let placed = match camera {
            Some(_) => labels::place(scene, &seen, size),
            None => labels::place_all(scene, &seen, size),
        };
        let fitting: BTreeSet<u32> = placed
            .labels
            .iter()
            .filter_map(|label| match label.labeled {
                Labeled::Link(index) => Some(index),
                Labeled::Node(_) => None,
            })
            .collect();
        for (index, link) in scene.links_mut().iter_mut().enumerate() {
            if link.label != words[index]
                && !fitting.contains(&(index as u32))
                && let Some(note) = notes(&link.id)
            {
                link.label_width = width(&note);
                link.label = Arc::from(note);
            }
        }
    }
}

/// "[1, 3]", "[1, 3, 4, 7…]".
fn in_brackets(numbers: &[usize]) -> String {
    let few: Vec<String> = numbers
        .iter()
        .take(MOST_NUMBERS)
        .map(usize::to_string)
        .collect();
    let more = if numbers.len() > MOST_NUMBERS {
        "…"
    } else {
        ""
    };
    format!("[{}{more}]", few.join(", "))
}

fn row_height() -> f32 {
    Measures::get().fonts.caption * 1.5
}

fn columns(size: Vector) -> usize {
    ((size.x / COLUMN) as usize).max(1)
}

/// A line of text from `x` on, cut to `room` points.
fn line(text: &str, x: f32, y: f32, room: f32, theme: &Theme) -> Option<Shape> {
    let size = Measures::get().fonts.caption;
    let width_of = |text: &str| text_width(text, size, Weight::Regular, false);
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width_of(&text) > room {
        while !text.is_empty() && width_of(&text) + size > room {
            text.pop();
        }
        text.push('…');
    }
    let width = width_of(&text);
    (width <= room).then(|| {
        Shape::Label(Label {
            text: Arc::from(text),
            center: Point::new(x + width * 0.5, y),
            width,
            size,
            weight: Weight::Regular,
            italic: false,
            angle: 0.0,
            color: theme.text_muted,
            halo: None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_numbers_are_told_and_the_foot_stays_small() {
        assert_eq!(in_brackets(&[2]), "[2]");
        assert_eq!(in_brackets(&[1, 2, 3, 4, 5]), "[1, 2, 3, 4…]");
        let many = Footnotes {
            sources: (1..=500)
                .map(|n| format!("[{n}] A long title {}", "x".repeat(900)))
                .collect(),
            filters: "Filters: none".to_owned(),
            ..Footnotes::default()
        };
        for size in [
            Vector::new(1600.0, 1200.0),
            Vector::new(300.0, 200.0),
            Vector::new(10.0, 10.0),
        ] {
            assert!(many.height(size) <= size.y * 0.3, "{size:?}");
            for shape in many.shapes(size, Theme::print()) {
                let Shape::Label(label) = shape else { continue };
                assert!(label.center.x + label.width * 0.5 <= size.x && label.center.y <= size.y);
            }
        }
        let large = many.shapes(Vector::new(1600.0, 1200.0), Theme::print());
        let last = large
            .iter()
            .any(|shape| matches!(shape, Shape::Label(l) if l.text.contains(" more, listed")));
        assert!(last);
        assert_eq!(Footnotes::default().height(Vector::new(800.0, 600.0)), 0.0);
    }
}
