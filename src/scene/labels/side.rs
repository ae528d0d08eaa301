//! On which side of its node a label lies.

use crate::geometry::Vector;
use crate::model::LayoutChoice;
use crate::scene::Measures;
use crate::scene::build::Node;

/// Where a label lies beside its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Below the mark: where it is looked for first.
    Below,
    /// Above it.
    Above,
    /// To its right.
    Right,
    /// To its left.
    Left,
    /// Below and to the right.
    BelowRight,
    /// Below and to the left.
    BelowLeft,
    /// Above and to the right.
    AboveRight,
    /// Above and to the left.
    AboveLeft,
    /// Turned, away from the middle of the circle that its node stands on; below it without one.
    Outward,
    /// Turned, towards that middle.
    Inward,
}

impl Side {
    /// In the order of trying.
    pub(in crate::scene) const ALL: [Self; 8] = [
        Self::Below,
        Self::Above,
        Self::Right,
        Self::Left,
        Self::BelowRight,
        Self::BelowLeft,
        Self::AboveRight,
        Self::AboveLeft,
    ];

    /// The sides to try in pictures by that layout: in rows and columns it has to be clear whose a name
    /// is, so that only few names go anywhere but to the right.
    pub(in crate::scene) const fn of(layout: LayoutChoice) -> &'static [Self] {
        match layout {
            LayoutChoice::Grid => &[Self::Right, Self::Above, Self::Below],
            _ => &Self::ALL,
        }
    }

    /// Which way a name runs on that side of a mark on a circle whose middle lies against `outward`.
    pub(in crate::scene) fn along(self, outward: Vector) -> Option<Vector> {
        match self {
            Self::Outward => Some(outward),
            Self::Inward => Some(outward * -1.0),
            _ => None,
        }
    }

    /// From the middle of a mark of `radius` to the middle of a label of `size`.
    pub(in crate::scene) fn offset(self, node: &Node, radius: f32, size: Vector) -> Vector {
        let gap = Measures::get().label.gap;
        let across = radius * node.form.reach(Vector::new(1.0, 0.0)) + gap + size.x * 0.5;
        let down = radius * node.form.reach_down() + gap + size.y * 0.5;
        let up = radius * node.form.reach(Vector::new(0.0, -1.0)) + gap + size.y * 0.5;
        match self {
            Self::Below | Self::Outward | Self::Inward => Vector::new(0.0, down),
            Self::Above => Vector::new(0.0, -up),
            Self::Right => Vector::new(across, 0.0),
            Self::Left => Vector::new(-across, 0.0),
            Self::BelowRight => Vector::new(size.x * 0.5, down),
            Self::BelowLeft => Vector::new(size.x * -0.5, down),
            Self::AboveRight => Vector::new(size.x * 0.5, -up),
            Self::AboveLeft => Vector::new(size.x * -0.5, -up),
        }
    }
}
