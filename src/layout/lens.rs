//! Lenses around boxes: whatever lies near one moves outward, the nearer the farther, so that the box comes
//! to lie free without a crowd at its rim.

use crate::geometry::{Point, Rect, Vector};
use std::collections::HashMap;

/// The lenses around boxes.
pub(super) struct Lenses {
    boxes: Vec<Rect>,
    /// How far a lens reaches, in multiples of its box; more than 1.
    reach: f32,
    /// Which lenses reach into a square, ascending.
    squares: HashMap<(i32, i32), Vec<u32>>,
    side: Vector,
}

impl Lenses {
    /// Lenses around these boxes, each of which reaches so many times as far as its box.
    pub(super) fn new(boxes: Vec<Rect>, reach: f32) -> Self {
        let most = |of: fn(&Rect) -> f32| boxes.iter().map(of).fold(1e-3_f32, f32::max);
        let mut lenses = Self {
            side: Vector::new(most(Rect::width) * reach, most(Rect::height) * reach),
            boxes,
            reach,
            squares: HashMap::new(),
        };
        for (index, rect) in lenses.boxes.iter().enumerate() {
            let half = Vector::new(rect.width(), rect.height()) * (0.5 * reach * CORNER);
            let (from, to) = (
                lenses.square_of(rect.center() - half),
                lenses.square_of(rect.center() + half),
            );
            for row in from.1..=to.1 {
                for column in from.0..=to.0 {
                    let inside = lenses.squares.entry((column, row)).or_default();
                    inside.push(index as u32);
                }
            }
        }
        lenses
    }

    fn square_of(&self, point: Point) -> (i32, i32) {
        let column = (point.x / self.side.x).floor() as i32;
        (column, (point.y / self.side.y).floor() as i32)
    }

    /// Where a point goes: outward from all lenses that it lies in at once, so that opposite ones cancel out.
    pub(super) fn outward(&self, point: Point) -> Point {
        let mut way = Vector::default();
        for (away, distance) in self.around(point) {
            if distance < self.reach {
                // What lay within the reach lies between the form and the reach, evenly dense as before.
                let squeezed = 1.0 - self.reach.powi(-2);
                let to = (1.0 + distance * distance * squeezed).sqrt();
                way = way + away * (to / distance - 1.0);
            }
        }
        point + way
    }

    /// Takes a point out of the form that it lies in, if it does: a little beyond the rim, the farther the
    /// nearer to the rim it was, so that no row arises.
    pub(super) fn out(&self, point: Point) -> Point {
        const BEYOND: f32 = 0.2;
        let inside = self.around(point).find(|&(_, distance)| distance < 1.0);
        inside.map_or(point, |(away, distance)| {
            point + away * ((1.0 + BEYOND * distance) / distance - 1.0)
        })
    }

    /// The ways from the middles of lenses near by, and their lengths in multiples of the rounded form
    /// around the box.
    fn around(&self, point: Point) -> impl Iterator<Item = (Vector, f32)> {
        let inside = self.squares.get(&self.square_of(point));
        inside.into_iter().flatten().map(move |&index| {
            let rect = &self.boxes[index as usize];
            let away = point - rect.center();
            let across = 2.0 * away.x / (rect.width() * CORNER).max(1e-6);
            let down = 2.0 * away.y / (rect.height() * CORNER).max(1e-6);
            let distance = (across.powi(4) + down.powi(4)).sqrt().sqrt();
            (away, distance.max(1e-6))
        })
    }
}

/// The rounded form around a box, a superellipse of fourth degree, is so many times as wide as the box: a
/// little less than one through its corners.
const CORNER: f32 = 1.12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lens_moves_what_is_near_and_leaves_what_is_far() {
        let name = Rect::from_center(Point::new(10.0, 0.0), Vector::new(80.0, 20.0));
        let lenses = Lenses::new(vec![name], 2.0);
        for at in [
            Point::new(12.0, 1.0),
            Point::new(40.0, -4.0),
            Point::new(-20.0, 9.0),
        ] {
            let moved = lenses.outward(at);
            assert!(!name.contains(moved), "{moved:?}");
            // Nobody changes sides.
            assert!((moved.x - 10.0) * (at.x - 10.0) > 0.0 && moved.y * at.y >= 0.0);
        }
        let far = Point::new(10.0, 40.0);
        assert_eq!(lenses.outward(far), far);
    }

    #[test]
    fn who_lay_apart_does_not_come_to_lie_on_one_rim() {
        let name = Rect::from_center(Point::default(), Vector::new(100.0, 30.0));
        let lenses = Lenses::new(vec![name], 2.4);
        let rows: Vec<f32> = (1..8)
            .map(|step| lenses.outward(Point::new(0.0, 2.0 * step as f32)).y)
            .collect();
        assert!(
            rows.windows(2).all(|pair| pair[1] > pair[0] + 0.05),
            "{rows:?}"
        );
    }
}
