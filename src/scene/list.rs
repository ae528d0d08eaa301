//! The display list: shapes in the order of drawing, and the two that come in thousands kept small.

use super::shape::{Form, Label, Line, Mark, Pattern, Shape};
use crate::geometry::{Color, Point};

/// A straight, unbroken line without an arrow head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// First end, in screen points.
    pub from: Point,
    /// Second end.
    pub to: Point,
    /// Width in screen points.
    pub width: f32,
    /// Its color.
    pub color: Color,
}

impl From<&Stroke> for Line {
    fn from(stroke: &Stroke) -> Self {
        Self {
            from: stroke.from,
            to: stroke.to,
            control: None,
            width: stroke.width,
            color: stroke.color,
            pattern: Pattern::Solid,
        }
    }
}

/// A small mark: nothing but its form and perhaps an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Its middle, in screen points.
    pub center: Point,
    /// Radius of the disc of about the same area.
    pub radius: f32,
    /// Its outline.
    pub form: Form,
    /// Color of the inside.
    pub fill: Color,
    /// Width and color of the stroke around it.
    pub outline: Option<(f32, Color)>,
}

impl From<&Dot> for Mark {
    fn from(dot: &Dot) -> Self {
        Self {
            center: dot.center,
            radius: dot.radius,
            form: dot.form,
            fill: dot.fill,
            outline: dot.outline,
            ring: None,
            icon: None,
            pinned: None,
        }
    }
}

/// What is drawn, from the bottom to the top.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisplayList {
    /// Coasts and borders, behind everything.
    pub ground: Vec<Shape>,
    /// Lines that are nothing but strokes: co-mentions, and stated ones seen from afar.
    pub strokes: Vec<Stroke>,
    /// Other lines.
    pub lines: Vec<Shape>,
    /// Nodes large enough for an icon.
    pub marks: Vec<Shape>,
    /// All smaller nodes.
    pub dots: Vec<Dot>,
    /// The heads of arrows, over the marks whose edges they touch.
    pub arrows: Vec<Shape>,
    /// Labels of nodes and lines.
    pub labels: Vec<Label>,
    /// What is followed, above everything else: lines, marks, arrow heads.
    pub followed: Vec<Shape>,
    /// Labels of what is followed.
    pub followed_labels: Vec<Label>,
}

impl DisplayList {
    /// All shapes in the order of drawing.
    pub fn shapes(&self) -> impl Iterator<Item = Shape> {
        let strokes = self.strokes.iter().map(|stroke| Shape::Line(stroke.into()));
        let dots = self.dots.iter().map(|dot| Shape::Mark(dot.into()));
        let labels =
            |labels: &'_ [Label]| labels.iter().cloned().map(Shape::Label).collect::<Vec<_>>();
        let ground = self.ground.iter().cloned();
        ground
            .chain(strokes)
            .chain(self.lines.iter().cloned())
            .chain(self.marks.iter().cloned())
            .chain(dots)
            .chain(self.arrows.iter().cloned())
            .chain(labels(&self.labels))
            .chain(self.followed.iter().cloned())
            .chain(labels(&self.followed_labels))
    }

    /// Nothing is left in it but the room it took.
    pub fn clear(&mut self) {
        self.ground.clear();
        self.strokes.clear();
        self.lines.clear();
        self.marks.clear();
        self.dots.clear();
        self.arrows.clear();
        self.labels.clear();
        self.followed.clear();
        self.followed_labels.clear();
    }
}
