//! The six shapes that every painter draws.

use crate::geometry::{Color, Point, Rect, Vector};
use crate::scene::icon::Icon;
use std::sync::Arc;

/// One thing to draw. All positions and sizes are screen points of the picture, y downwards.
///
/// The list of shapes is closed on purpose: each painter matches it without a wildcard arm.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A straight or bent stroke.
    Line(Line),
    /// The head of an arrow.
    Arrow(Arrow),
    /// A node.
    Mark(Mark),
    /// A line of text.
    Label(Label),
    /// A rectangle, perhaps with rounded corners.
    Box(BoxShape),
    /// A line through many points.
    Outline(Outline),
}

/// How a line is broken up, so that its status can be read in black and white too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pattern {
    /// Unbroken: asserted.
    #[default]
    Solid,
    /// Long dashes: reported.
    Dashes,
    /// Dots: alleged.
    Dots,
    /// Unbroken with small crosses: denied.
    Crossed,
}

/// A stroke from `from` to `to`, bent like a quadratic Bézier curve if `control` is off its chord.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// First end.
    pub from: Point,
    /// Second end.
    pub to: Point,
    /// Control point of the curve; `None` for a straight line.
    pub control: Option<Point>,
    /// Width of the stroke.
    pub width: f32,
    /// Its color; opaque, unless it is part of a very dense picture.
    pub color: Color,
    /// How it is broken up.
    pub pattern: Pattern,
}

impl Line {
    /// The point at share `t` (0 to 1) of the way.
    pub fn at(&self, t: f32) -> Point {
        match self.control {
            None => self.from.lerp(self.to, t),
            Some(control) => self.from.lerp(control, t).lerp(control.lerp(self.to, t), t),
        }
    }

    /// The part of the line that ends `distance` before its end, as the crow flies: on the same curve
    /// (de Casteljau's division), so that what is painted is what is picked.
    pub fn cut_before(&self, distance: f32) -> Self {
        self.cut_where(|at| at.distance(self.to) <= distance)
    }

    /// The part of the line up to where it comes to be `inside` of something that its end is in.
    pub fn cut_where(&self, is_inside: impl Fn(Point) -> bool) -> Self {
        let (mut outside, mut inside) = (0.0_f32, 1.0_f32);
        for _ in 0..20 {
            let middle = (outside + inside) * 0.5;
            if is_inside(self.at(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        Self {
            to: self.at(outside),
            control: self.control.map(|control| self.from.lerp(control, outside)),
            ..*self
        }
    }

    /// The direction of travel at share `t`, of length 1.
    pub fn direction_at(&self, t: f32) -> Vector {
        match self.control {
            None => (self.to - self.from).normalized(),
            Some(control) => {
                ((control - self.from) * (1.0 - t) + (self.to - control) * t).normalized()
            }
        }
    }

    /// Into how many straight pieces a painter without curves should cut it.
    pub fn pieces(&self) -> usize {
        match self.control {
            None => 1,
            Some(control) => {
                let sag = control.distance(self.from.lerp(self.to, 0.5));
                (4.0 + sag.sqrt()).min(16.0) as usize
            }
        }
    }
}

/// A filled triangle whose tip lies on `tip` and which points along `direction`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// The tip.
    pub tip: Point,
    /// Where it points; length 1.
    pub direction: Vector,
    /// From tip to base; the base is [`Arrow::WIDTH_SHARE`] of it wide.
    pub length: f32,
    /// Its color.
    pub color: Color,
}

impl Arrow {
    /// Width of the base as a share of the length.
    pub const WIDTH_SHARE: f32 = 0.8;

    /// Tip and the two corners of the base.
    pub fn corners(&self) -> [Point; 3] {
        let base = self.tip - self.direction * self.length;
        let half = self.direction.perpendicular() * (self.length * Self::WIDTH_SHARE * 0.5);
        [self.tip, base + half, base - half]
    }
}

/// The outline of a mark; each kind of entity has its own, so that color is not needed to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Person.
    Disc,
    /// Unit.
    RoundedSquare,
    /// Organization.
    Hexagon,
    /// Place.
    Diamond,
    /// Equipment.
    Triangle,
    /// Event.
    Star,
    /// Group.
    Ring,
    /// Date.
    Tick,
}

/// A node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Its middle.
    pub center: Point,
    /// Radius of the disc of about the same area.
    pub radius: f32,
    /// Its outline.
    pub form: Form,
    /// Color of the inside (of the stroke for a ring).
    pub fill: Color,
    /// Width and color of the stroke around it, outside the fill.
    pub outline: Option<(f32, Color)>,
    /// A ring around the outline, with a gap of its own width: selected or followed.
    pub ring: Option<(f32, Color)>,
    /// The picture inside and its color.
    pub icon: Option<(Icon, Color)>,
    /// A small pin head at the upper right: the user put it there.
    pub pinned: Option<Color>,
}

/// Thickness of a letter's strokes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 600.
    SemiBold,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The words.
    pub text: Arc<str>,
    /// The middle of the line of text.
    pub center: Point,
    /// Width by the measures of the bundled font.
    pub width: f32,
    /// Size of the font.
    pub size: f32,
    /// Thickness.
    pub weight: Weight,
    /// Slanted.
    pub italic: bool,
    /// Clockwise turn around the middle, in radians.
    pub angle: f32,
    /// Color of the letters.
    pub color: Color,
    /// Width and color of the halo around the letters.
    pub halo: Option<(f32, Color)>,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxShape {
    /// Where.
    pub rect: Rect,
    /// Radius of the corners.
    pub rounding: f32,
    /// Color of the inside; may be transparent.
    pub fill: Color,
    /// Width and color of the border.
    pub stroke: Option<(f32, Color)>,
}

/// A thin line through many points: a coast or a border.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// At least two points.
    pub points: Vec<Point>,
    /// Width of the stroke.
    pub width: f32,
    /// Its color; opaque.
    pub color: Color,
}

impl Outline {
    /// Its straight pieces.
    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        self.points.windows(2).map(|ends| Line {
            from: ends[0],
            to: ends[1],
            control: None,
            width: self.width,
            color: self.color,
            pattern: Pattern::Solid,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bent_line_passes_its_ends_and_is_tangent_to_its_control() {
        let line = Line {
            from: Point::new(0.0, 0.0),
            to: Point::new(10.0, 0.0),
            control: Some(Point::new(5.0, 8.0)),
            width: 1.0,
            color: Color::rgb(0, 0, 0),
            pattern: Pattern::Solid,
        };
        assert_eq!(line.at(0.0), line.from);
        assert_eq!(line.at(1.0), line.to);
        assert!((line.at(0.5).y - 4.0).abs() < 1e-5);
        let start = line.direction_at(0.0);
        assert!((start.y / start.x - 8.0 / 5.0).abs() < 1e-4);
        assert!(line.direction_at(0.5).y.abs() < 1e-6);
    }

    #[test]
    fn an_arrow_touches_its_tip() {
        let arrow = Arrow {
            tip: Point::new(3.0, 4.0),
            direction: Vector::new(0.0, 1.0),
            length: 10.0,
            color: Color::rgb(0, 0, 0),
        };
        let [tip, a, b] = arrow.corners();
        assert_eq!(tip, arrow.tip);
        assert!((a.distance(b) - 8.0).abs() < 1e-5);
        assert!((a.y + 6.0).abs() < 1e-5);
    }
}
