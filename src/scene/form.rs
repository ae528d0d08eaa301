//! The geometry of marks: outlines, where lines touch them, and what of the plane they cover.

use super::shape::Form;
use crate::geometry::{Point, Vector};
use crate::model::EntityKind;
use std::f32::consts::{FRAC_PI_2, TAU};

/// Sizes that give all forms about the area of the disc of radius 1.
const SQUARE_HALF: f32 = 0.9;
const SQUARE_CORNER: f32 = 0.34;
const HEXAGON_RADIUS: f32 = 1.1;
const DIAMOND_RADIUS: f32 = 1.24;
const TRIANGLE_RADIUS: f32 = 1.2;
const STAR_RADIUS: f32 = 1.28;
const STAR_INNER: f32 = 0.58;
const TICK_HALF_WIDTH: f32 = 0.34;

impl Form {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::Disc,
        Self::RoundedSquare,
        Self::Hexagon,
        Self::Diamond,
        Self::Triangle,
        Self::Star,
        Self::Ring,
        Self::Tick,
    ];

    /// The form of a kind of entity.
    pub const fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Disc,
            EntityKind::Unit => Self::RoundedSquare,
            EntityKind::Organization => Self::Hexagon,
            EntityKind::Place => Self::Diamond,
            EntityKind::Equipment => Self::Triangle,
            EntityKind::Event => Self::Star,
            EntityKind::Group => Self::Ring,
            EntityKind::Date => Self::Tick,
        }
    }

    /// Corners around the middle for radius 1, clockwise on screen; every corner is seen from the
    /// middle. `round` is how many corners a full circle gets.
    pub fn outline(self, round: usize) -> Vec<Point> {
        let round = round.max(6);
        match self {
            Self::Disc | Self::Ring => regular(round, 1.0, -FRAC_PI_2),
            Self::RoundedSquare => rounded_square(round),
            Self::Hexagon => regular(6, HEXAGON_RADIUS, -FRAC_PI_2),
            Self::Diamond => regular(4, DIAMOND_RADIUS, -FRAC_PI_2),
            Self::Triangle => regular(3, TRIANGLE_RADIUS, -FRAC_PI_2),
            Self::Star => (0..10)
                .map(|i| {
                    let radius = if i % 2 == 0 { STAR_RADIUS } else { STAR_INNER };
                    on_circle(radius, -FRAC_PI_2 + TAU * i as f32 / 10.0)
                })
                .collect(),
            Self::Tick => vec![
                Point::new(-TICK_HALF_WIDTH, -1.0),
                Point::new(TICK_HALF_WIDTH, -1.0),
                Point::new(TICK_HALF_WIDTH, 1.0),
                Point::new(-TICK_HALF_WIDTH, 1.0),
            ],
        }
    }

    /// How far the edge lies from the middle in a direction of length 1, for radius 1.
    pub fn reach(self, direction: Vector) -> f32 {
        let (x, y) = (direction.x.abs(), direction.y.abs());
        match self {
            Self::Disc | Self::Ring => 1.0,
            Self::RoundedSquare => {
                let straight = SQUARE_HALF / x.max(y).max(1e-6);
                // In the corner the edge is an arc around (half - corner, half - corner).
                let inner = SQUARE_HALF - SQUARE_CORNER;
                if straight * x.min(y) <= inner {
                    straight
                } else {
                    let along = inner * (x + y);
                    along
                        + (along * along - 2.0 * inner * inner + SQUARE_CORNER * SQUARE_CORNER)
                            .max(0.0)
                            .sqrt()
                }
            }
            Self::Hexagon => polygon_reach(6, HEXAGON_RADIUS, direction),
            Self::Diamond => DIAMOND_RADIUS / (x + y).max(1e-6),
            Self::Triangle => polygon_reach(3, TRIANGLE_RADIUS, direction),
            Self::Star => 1.0,
            Self::Tick => (TICK_HALF_WIDTH / x.max(1e-6)).min(1.0 / y.max(1e-6)),
        }
    }

    /// The largest reach in any direction, for radius 1.
    pub const fn extent(self) -> f32 {
        match self {
            Self::Disc | Self::Ring => 1.0,
            Self::RoundedSquare => 1.14,
            Self::Hexagon => HEXAGON_RADIUS,
            Self::Diamond => DIAMOND_RADIUS,
            Self::Triangle => TRIANGLE_RADIUS,
            Self::Star => STAR_RADIUS,
            Self::Tick => 1.06,
        }
    }

    /// The reach straight down, where the label goes.
    pub fn reach_down(self) -> f32 {
        self.reach(Vector::new(0.0, 1.0))
    }

    /// A point `offset` away from the middle lies inside the mark of `radius`, or not farther than
    /// `tolerance` outside it.
    pub fn covers(self, offset: Vector, radius: f32, tolerance: f32) -> bool {
        let distance = offset.length();
        distance <= tolerance || distance <= self.reach(offset.normalized()) * radius + tolerance
    }
}

fn on_circle(radius: f32, angle: f32) -> Point {
    Point::new(radius * angle.cos(), radius * angle.sin())
}

fn regular(corners: usize, radius: f32, first_angle: f32) -> Vec<Point> {
    (0..corners)
        .map(|i| on_circle(radius, first_angle + TAU * i as f32 / corners as f32))
        .collect()
}

fn rounded_square(round: usize) -> Vec<Point> {
    let steps = (round / 4).clamp(1, 8);
    let inner = SQUARE_HALF - SQUARE_CORNER;
    let mut points = Vec::with_capacity(4 * (steps + 1));
    for (corner, (x, y)) in [(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)]
        .into_iter()
        .enumerate()
    {
        for step in 0..=steps {
            let angle = FRAC_PI_2 * (corner as f32 - 1.0 + step as f32 / steps as f32);
            let arc = on_circle(SQUARE_CORNER, angle);
            points.push(Point::new(x * inner + arc.x, y * inner + arc.y));
        }
    }
    points
}

/// Reach of a regular polygon whose first corner points up.
fn polygon_reach(corners: usize, radius: f32, direction: Vector) -> f32 {
    let sector = TAU / corners as f32;
    let angle = (direction.y.atan2(direction.x) + FRAC_PI_2).rem_euclid(sector) - sector * 0.5;
    radius * (sector * 0.5).cos() / angle.cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_lie_at_the_reach_of_their_direction() {
        for form in Form::ALL.into_iter().filter(|&form| form != Form::Star) {
            for corner in form.outline(32) {
                let offset = corner - Point::default();
                let reach = form.reach(offset.normalized());
                assert!(
                    (offset.length() - reach).abs() < 0.02,
                    "{form:?}: corner at {}, reach {reach}",
                    offset.length()
                );
            }
        }
    }

    #[test]
    fn nothing_lies_beyond_the_extent() {
        for form in Form::ALL {
            for corner in form.outline(32) {
                assert!((corner - Point::default()).length() <= form.extent() + 1e-4);
            }
        }
    }

    #[test]
    fn outlines_run_clockwise_on_screen() {
        for form in Form::ALL {
            let points = form.outline(24);
            let area: f32 = points
                .iter()
                .zip(points.iter().cycle().skip(1))
                .map(|(a, b)| a.x * b.y - b.x * a.y)
                .sum();
            assert!(area > 0.0, "{form:?}");
        }
    }
}
