//! Boxes that lie somewhere, and the nearest place that is free for one more.

use crate::geometry::{Point, Rect, Vector};
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap, HashSet};

/// Places that are tried for one box before it goes below everything.
const MOST_TRIED: usize = 300;
/// Places that are tried for one that must not go far.
const MOST_TRIED_WITHIN: usize = 600;

/// Boxes by square, so that those near a place are found at once.
pub(super) struct Board {
    squares: HashMap<(i32, i32), Vec<Rect>>,
    side: Vector,
    bounds: Rect,
    /// Where the next box goes that found no place, and the height of its row.
    rest: Option<(Point, f32)>,
}

/// A move that is to be tried, the shortest first.
#[derive(PartialEq)]
struct Try {
    cost: f32,
    way: Vector,
}

impl Eq for Try {}

impl Ord for Try {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |tried: &Self| (tried.way.x, tried.way.y);
        self.cost
            .total_cmp(&other.cost)
            .then(key(self).0.total_cmp(&key(other).0))
            .then(key(self).1.total_cmp(&key(other).1))
    }
}

impl PartialOrd for Try {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y
}

fn moved(rect: &Rect, way: Vector) -> Rect {
    Rect {
        min: rect.min + way,
        max: rect.max + way,
    }
}

impl Board {
    /// An empty board for boxes of about these sizes.
    pub(super) fn new(sizes: &[Rect]) -> Self {
        let share = 1.0 / sizes.len().max(1) as f32;
        let mean = |of: fn(&Rect) -> f32| sizes.iter().map(of).sum::<f32>() * share;
        let most = |of: fn(&Rect) -> f32| sizes.iter().map(of).fold(0.0_f32, f32::max);
        // No box covers more than a few hundred squares.
        let side = |of: fn(&Rect) -> f32| mean(of).max(most(of) / 16.0).max(1.0);
        Self {
            squares: HashMap::new(),
            side: Vector::new(side(Rect::width), side(Rect::height)),
            bounds: Rect::EMPTY,
            rest: None,
        }
    }

    fn squares_of(&self, rect: &Rect) -> impl Iterator<Item = (i32, i32)> + use<> {
        let column = |x: f32| (x / self.side.x).floor() as i32;
        let row = |y: f32| (y / self.side.y).floor() as i32;
        let (left, right) = (column(rect.min.x), column(rect.max.x));
        let (top, bottom) = (row(rect.min.y), row(rect.max.y));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| (column, row)))
    }

    /// Lays a box down.
    pub(super) fn put(&mut self, rect: Rect) {
        self.bounds.include(rect.min);
        self.bounds.include(rect.max);
        for square in self.squares_of(&rect) {
            self.squares.entry(square).or_default().push(rect);
        }
    }

    /// No box lies there.
    pub(super) fn is_free(&self, rect: &Rect) -> bool {
        self.squares_of(rect)
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .all(|other| !overlap(rect, other))
    }

    /// The boxes that lie there.
    fn in_the_way(&self, rect: &Rect) -> Vec<Rect> {
        let mut found: Vec<Rect> = Vec::new();
        for square in self.squares_of(rect) {
            for other in self.squares.get(&square).into_iter().flatten() {
                if overlap(rect, other) && !found.contains(other) {
                    found.push(*other);
                }
            }
        }
        found
    }

    /// The move that takes a box to a free place: one of the nearest to where `home` would take it, or one
    /// below everything.
    pub(super) fn nearest_free(&mut self, rect: Rect, home: Vector) -> Vector {
        self.search(rect, home, (f32::INFINITY, MOST_TRIED))
            .unwrap_or_else(|| self.below_everything(&rect))
    }

    /// The move that takes a box to a free place: one of the nearest to where `home` would take it, and no
    /// farther from there than `farthest`, if one is found.
    pub(super) fn nearest_free_within(
        &self,
        rect: Rect,
        home: Vector,
        farthest: f32,
    ) -> Option<Vector> {
        self.search(rect, home, (farthest, MOST_TRIED_WITHIN))
    }

    /// From each place that is taken, the search goes on to the four places beside what lies there.
    fn search(
        &self,
        rect: Rect,
        home: Vector,
        (farthest, most_tried): (f32, usize),
    ) -> Option<Vector> {
        let cost = |way: Vector| (way + home * -1.0).length();
        let mut queue = BinaryHeap::new();
        let mut seen: HashSet<(i32, i32)> = HashSet::new();
        for way in [Vector::default(), home] {
            queue.push(Reverse(Try {
                cost: cost(way),
                way,
            }));
        }
        let mut tried = 0;
        while let Some(Reverse(Try { cost: nearest, way })) = queue.pop() {
            // Sixteenths of a unit: nearer places are the same.
            let key = ((way.x * 16.0) as i32, (way.y * 16.0) as i32);
            if nearest > farthest || !seen.insert(key) {
                continue;
            }
            tried += 1;
            let there = moved(&rect, way);
            let blocking = self.in_the_way(&there);
            if blocking.is_empty() {
                return Some(way);
            }
            if tried > most_tried {
                break;
            }
            for other in blocking {
                for way in beside(&rect, way, &other) {
                    queue.push(Reverse(Try {
                        cost: cost(way),
                        way,
                    }));
                }
            }
        }
        None
    }

    /// The next place in rows below all boxes.
    fn below_everything(&mut self, rect: &Rect) -> Vector {
        let (width, height) = (rect.width(), rect.height());
        let (left, right) = (self.bounds.min.x, self.bounds.max.x);
        let mut at = match self.rest {
            Some((at, row)) if at.x + width <= right.max(left + width) && row >= height => at,
            _ => Point::new(left, self.bounds.max.y + 1.0),
        };
        while !self.is_free(&moved(rect, at - rect.min)) {
            at = Point::new(left, self.bounds.max.y + 1.0);
        }
        // Rows are as high as their first box, a little more for those that follow.
        let row = match self.rest {
            Some((before, row)) if before.y == at.y => row,
            _ => 1.5 * height,
        };
        self.rest = Some((Point::new(at.x + width + 1.0, at.y), row));
        at - rect.min
    }
}

/// Moves that take `rect`, moved by `way`, to each side of `other`, touching it.
fn beside(rect: &Rect, way: Vector, other: &Rect) -> [Vector; 4] {
    // A little beyond, so that rounding leaves no overlap.
    let margin = 1e-3 + 4e-7 * (other.max.x.abs() + other.max.y.abs() + other.min.x.abs());
    [
        Vector::new(other.max.x - rect.min.x + margin, way.y),
        Vector::new(other.min.x - rect.max.x - margin, way.y),
        Vector::new(way.x, other.max.y - rect.min.y + margin),
        Vector::new(way.x, other.min.y - rect.max.y - margin),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_free_place_touches_what_is_in_the_way() {
        let unit = Rect::from_corners(Point::new(0.0, 0.0), Point::new(10.0, 4.0));
        let mut board = Board::new(&[unit]);
        board.put(unit);
        let way = board.nearest_free(unit, Vector::default());
        assert!(way.x == 0.0 && (way.y.abs() - 4.0).abs() < 0.01, "{way:?}");
        assert!(board.is_free(&moved(&unit, way)) && !board.is_free(&unit));
    }

    #[test]
    fn rows_below_never_overlap() {
        let unit = Rect::from_corners(Point::new(0.0, 0.0), Point::new(10.0, 4.0));
        let mut board = Board::new(&[unit]);
        board.put(moved(&unit, Vector::new(30.0, 0.0)));
        board.put(unit);
        for _ in 0..20 {
            let way = board.below_everything(&unit);
            let rect = moved(&unit, way);
            assert!(board.is_free(&rect));
            board.put(rect);
        }
    }
}
