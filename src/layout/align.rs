//! Turning and moving an arrangement, so that it lies well or where it lay before.

use super::forces::Places;
use super::graph::LayoutGraph;
use crate::geometry::{Point, Rect, Vector};

/// A similarity: scale, turn or mirror, then move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transform {
    /// What (1, 0) becomes.
    pub axis_x: (f32, f32),
    /// What (0, 1) becomes.
    pub axis_y: (f32, f32),
    /// What (0, 0) becomes.
    pub origin: (f32, f32),
}

impl Transform {
    /// Where a place goes.
    pub(super) fn apply(&self, x: f32, y: f32) -> Point {
        Point::new(
            self.origin.0 + x * self.axis_x.0 + y * self.axis_y.0,
            self.origin.1 + x * self.axis_x.1 + y * self.axis_y.1,
        )
    }

    /// The place that goes to `point`.
    pub(super) fn invert(&self, point: Point) -> (f32, f32) {
        let squared = (self.axis_x.0.powi(2) + self.axis_x.1.powi(2)).max(f32::MIN_POSITIVE);
        let (dx, dy) = (point.x - self.origin.0, point.y - self.origin.1);
        (
            (dx * self.axis_x.0 + dy * self.axis_x.1) / squared,
            (dx * self.axis_y.0 + dy * self.axis_y.1) / squared,
        )
    }

    fn new(scale: f32, cos: f32, sin: f32, mirror: f32) -> Self {
        Self {
            axis_x: (scale * cos, scale * sin),
            axis_y: (-scale * sin * mirror, scale * cos * mirror),
            origin: (0.0, 0.0),
        }
    }

    /// The same turn and scale, so that `from` goes to `to`.
    fn moving(mut self, from: (f32, f32), to: (f32, f32)) -> Self {
        let turned = self.apply(from.0, from.1);
        self.origin = (to.0 - turned.x, to.1 - turned.y);
        self
    }
}

/// Mean of the coordinates.
fn mean(points: impl Iterator<Item = (f32, f32)>) -> (f32, f32) {
    let (mut x, mut y, mut count) = (0.0_f64, 0.0_f64, 0.0_f64);
    for point in points {
        x += f64::from(point.0);
        y += f64::from(point.1);
        count += 1.0;
    }
    let share = 1.0 / f64::max(count, 1.0);
    ((x * share) as f32, (y * share) as f32)
}

/// Scales, centers, and lays the longest extent along the longer side of a page of that aspect.
pub(super) fn lying(places: &Places, scale: f32, aspect: f32) -> Transform {
    let center = mean(places.x.iter().copied().zip(places.y.iter().copied()));
    let (mut xx, mut xy, mut yy) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (x, y) in places.x.iter().zip(&places.y) {
        let (dx, dy) = (f64::from(x - center.0), f64::from(y - center.1));
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    let lies = -0.5 * f64::atan2(2.0 * xy, xx - yy);
    let turn = if aspect < 1.0 {
        lies + std::f64::consts::FRAC_PI_2
    } else {
        lies
    };
    Transform::new(scale, turn.cos() as f32, turn.sin() as f32, 1.0).moving(center, (0.0, 0.0))
}

/// Scales, and turns, mirrors and moves so that the places lie as near as can be to where they lay
/// before (orthogonal Procrustes analysis). `before` holds (node, point).
pub(super) fn onto(places: &Places, scale: f32, before: &[(usize, Point)]) -> Transform {
    let from = mean(
        before
            .iter()
            .map(|&(node, _)| (places.x[node], places.y[node])),
    );
    let to = mean(before.iter().map(|&(_, point)| (point.x, point.y)));
    // Sums of products as complex numbers: without mirroring and with it.
    let (mut plain, mut mirrored) = ((0.0_f64, 0.0_f64), (0.0_f64, 0.0_f64));
    for &(node, point) in before {
        let x = f64::from(places.x[node] - from.0);
        let y = f64::from(places.y[node] - from.1);
        let (u, v) = (f64::from(point.x - to.0), f64::from(point.y - to.1));
        plain = (plain.0 + u * x + v * y, plain.1 + v * x - u * y);
        mirrored = (mirrored.0 + u * x - v * y, mirrored.1 + v * x + u * y);
    }
    let (length_plain, length_mirrored) = (plain.0.hypot(plain.1), mirrored.0.hypot(mirrored.1));
    let (sums, length, mirror) = if length_plain >= length_mirrored {
        (plain, length_plain, 1.0)
    } else {
        (mirrored, length_mirrored, -1.0)
    };
    let (cos, sin) = if length > 1e-9 {
        ((sums.0 / length) as f32, (sums.1 / length) as f32)
    } else {
        (1.0, 0.0)
    };
    Transform::new(scale, cos, sin, mirror).moving(from, to)
}

/// `points` moved as a whole, so that their middle is where the middle of the nodes was before;
/// pinned nodes, and all of them if some are pinned, stay where they are.
pub fn moved_onto(graph: &LayoutGraph, mut points: Vec<Point>) -> Vec<Point> {
    let (mut before, mut after) = (Rect::EMPTY, Rect::EMPTY);
    for (node, &point) in points.iter().enumerate() {
        if graph.pin_of(node).is_some() {
            return points;
        }
        after.include(point);
        if let Some(start) = graph.start_of(node) {
            before.include(start);
        }
    }
    if !before.is_empty() {
        let shift: Vector = before.center() - after.center();
        for point in &mut points {
            *point = *point + shift;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        Places {
            x: vec![0.0, 1.0, 5.0, 2.0],
            y: vec![0.0, 3.0, 1.0, 7.0],
        }
    }

    #[test]
    fn a_turned_and_mirrored_arrangement_is_found_again() {
        for mirror in [1.0, -1.0] {
            let moved = Transform::new(1.0, 0.6, 0.8, mirror).moving((1.0, 1.0), (30.0, -4.0));
            let places = places();
            let before: Vec<_> = (0..4)
                .map(|node| (node, moved.apply(places.x[node], places.y[node])))
                .collect();
            let found = onto(&places, 1.0, &before);
            for &(node, point) in &before {
                let again = found.apply(places.x[node], places.y[node]);
                assert!(again.distance(point) < 1e-4);
                let (x, y) = found.invert(point);
                assert!((x - places.x[node]).abs() < 1e-4 && (y - places.y[node]).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn the_longest_extent_lies_along_x() {
        let places = Places {
            x: vec![0.0, 1.0, 2.0],
            y: vec![0.0, 10.0, 20.0],
        };
        let transform = lying(&places, 2.0, 1.4);
        let ends = (transform.apply(0.0, 0.0), transform.apply(2.0, 20.0));
        assert!((ends.0.y - ends.1.y).abs() < 0.01);
        assert!(((ends.0.x - ends.1.x).abs() - 2.0 * 404.0_f32.sqrt()).abs() < 0.01);
    }
}
