//! The legend: which mark is which kind, which line is which status.

use super::build::Scene;
use super::font::text_width;
use super::icon::Icon;
use super::shape::{BoxShape, Form, Label, Line, Mark, Pattern, Shape, Weight};
use super::theme::{Measures, Theme};
use crate::geometry::{Color, Point, Rect, Vector};
use crate::model::EntityKind;
use std::sync::Arc;

/// A row of a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegendEntry {
    /// A kind of entity and how many are shown.
    Kind(EntityKind, usize),
    /// Stated relations of a status, by pattern, and how many are shown.
    Lines(Pattern, usize),
    /// Co-mentions and how many are shown.
    CoMentions(usize),
    /// Lines that only the gazetteer knows and how many are shown.
    Gazetteer(usize),
}

impl LegendEntry {
    /// The words of the row, without the count.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Kind(kind, _) => kind.plural(),
            Self::Lines(Pattern::Solid, _) => "Stated",
            Self::Lines(Pattern::Dashes, _) => "Reported",
            Self::Lines(Pattern::Dots, _) => "Alleged",
            Self::Lines(Pattern::Crossed, _) => "Denied",
            Self::CoMentions(_) => "Mentioned together",
            Self::Gazetteer(_) => "From the gazetteer",
        }
    }

    /// How many of it are shown.
    pub const fn count(&self) -> usize {
        match self {
            Self::Kind(_, count)
            | Self::Lines(_, count)
            | Self::CoMentions(count)
            | Self::Gazetteer(count) => *count,
        }
    }
}

/// The rows for what `scene` shows, kinds first; nothing that is not there.
pub fn legend_entries(scene: &Scene) -> Vec<LegendEntry> {
    let kinds = EntityKind::ALL.into_iter().map(|kind| {
        let count = scene.nodes.iter().filter(|node| node.kind == kind).count();
        LegendEntry::Kind(kind, count)
    });
    let patterns = [
        Pattern::Solid,
        Pattern::Dashes,
        Pattern::Dots,
        Pattern::Crossed,
    ];
    let lines = patterns.into_iter().map(|pattern| {
        let of_pattern = |link: &&super::build::Link| link.stated && link.pattern == pattern;
        LegendEntry::Lines(pattern, scene.links.iter().filter(of_pattern).count())
    });
    let faint = |directed: bool| {
        let links = scene.links.iter();
        links
            .filter(move |link| !link.stated && link.directed == directed)
            .count()
    };
    kinds
        .chain(lines)
        .chain([
            LegendEntry::CoMentions(faint(false)),
            LegendEntry::Gazetteer(faint(true)),
        ])
        .filter(|entry| entry.count() > 0)
        .collect()
}

/// A number as people read it: thousands apart.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The legend as shapes, its lower left corner a margin away from that of a picture of `size`
/// points; and the rectangle it covers. Empty for a scene without marks.
pub fn legend(scene: &Scene, size: Vector) -> (Vec<Shape>, Rect) {
    let entries = legend_entries(scene);
    if entries.is_empty() {
        return (Vec::new(), Rect::EMPTY);
    }
    let measures = Measures::get();
    let (grid, font) = (measures.grid, measures.fonts.caption);
    let row = 5.0 * grid;
    let sample = 7.0 * grid;
    let texts: Vec<(String, String)> = entries
        .iter()
        .map(|entry| (entry.title().to_owned(), grouped(entry.count())))
        .collect();
    let width_of = |text: &str| text_width(text, font, Weight::Regular, false);
    let titles = texts.iter().map(|(t, _)| width_of(t)).fold(0.0, f32::max);
    let counts = texts.iter().map(|(_, c)| width_of(c)).fold(0.0, f32::max);
    let inner = Vector::new(
        sample + titles + 3.0 * grid + counts,
        row * entries.len() as f32,
    );
    let origin = Point::new(4.0 * grid, size.y - 4.0 * grid - inner.y - 4.0 * grid);
    let frame = Rect::from_corners(origin, origin + inner + Vector::new(6.0 * grid, 4.0 * grid));
    let mut shapes = vec![Shape::Box(BoxShape {
        rect: frame,
        rounding: 1.5 * grid,
        fill: scene.theme.background,
        stroke: Some((1.0, scene.theme.hairline)),
    })];
    for (index, (entry, (title, count))) in entries.iter().zip(texts).enumerate() {
        let left = origin.x + 3.0 * grid;
        let y = origin.y + 2.0 * grid + row * (index as f32 + 0.5);
        let at = Point::new(left + 2.5 * grid, y);
        shapes.push(sample_of(*entry, at, scene.theme));
        let text_left = left + sample;
        let right = frame.max.x - 3.0 * grid;
        let (title_width, count_width) = (width_of(&title), width_of(&count));
        shapes.push(caption(
            title,
            text_left + title_width * 0.5,
            y,
            title_width,
            scene.theme.text,
        ));
        let muted = scene.theme.text_muted;
        shapes.push(caption(
            count,
            right - count_width * 0.5,
            y,
            count_width,
            muted,
        ));
    }
    (shapes, frame)
}

fn caption(text: String, x: f32, y: f32, width: f32, color: Color) -> Shape {
    Shape::Label(Label {
        text: Arc::from(text),
        center: Point::new(x, y),
        width,
        size: Measures::get().fonts.caption,
        weight: Weight::Regular,
        italic: false,
        angle: 0.0,
        color,
        halo: None,
    })
}

fn sample_of(entry: LegendEntry, center: Point, theme: &Theme) -> Shape {
    let measures = Measures::get();
    let grid = measures.grid;
    let line = |width: f32, color: Color, pattern: Pattern| {
        Shape::Line(Line {
            from: center - Vector::new(3.0 * grid, 0.0),
            to: center + Vector::new(3.0 * grid, 0.0),
            control: None,
            width,
            color,
            pattern,
        })
    };
    match entry {
        LegendEntry::Kind(kind, _) => Shape::Mark(Mark {
            center,
            radius: 1.9 * grid,
            form: Form::of(kind),
            fill: theme.kind(kind),
            outline: None,
            ring: None,
            icon: (!Icon(kind).pieces().is_empty()).then_some((Icon(kind), theme.mark_ink)),
            pinned: None,
        }),
        LegendEntry::Lines(pattern, _) => line(measures.line.width_min * 1.3, theme.line, pattern),
        LegendEntry::CoMentions(_) | LegendEntry::Gazetteer(_) => line(
            measures.line.co_mention_width * 2.0,
            theme.co_mention(),
            Pattern::Solid,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_kept_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(100), "100");
    }
}
