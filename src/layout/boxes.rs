//! Boxes of nodes that push each other, a round at a time: those that overlap move apart along the axis on
//! which they overlap less.

use super::graph::LayoutGraph;
use super::stop::Stop;
use crate::geometry::{Point, Rect, Vector};

/// At most so many boxes near a box are looked at in one round, so that a crowd on one spot costs
/// linear time.
const MOST_LOOKED_AT: usize = 96;

/// Boxes at places that change.
pub(super) struct Boxes {
    /// Relative to the middle, half of the gap included.
    pub(super) rooms: Vec<Rect>,
    pub(super) fixed: Vec<bool>,
    pub(super) points: Vec<Point>,
    pub(super) stop: Stop,
}

impl Boxes {
    /// The boxes of a graph at these places, with so much room between them; pins at theirs.
    pub(super) fn new(graph: &LayoutGraph, points: &[Point], gap: f32) -> Self {
        let count = graph.node_count().min(points.len());
        let pins: Vec<Option<Point>> = (0..count).map(|node| graph.pin_of(node)).collect();
        let places = points.iter().zip(&pins);
        Self {
            rooms: (0..count)
                .map(|node| graph.box_of(node).expanded(0.5 * gap))
                .collect(),
            fixed: pins.iter().map(Option::is_some).collect(),
            points: places
                .map(|(point, pin)| pin.unwrap_or(sound(*point)))
                .collect(),
            stop: graph.stop.clone(),
        }
    }

    pub(super) fn rect(&self, node: usize) -> Rect {
        let offset = self.points[node] - Point::default();
        let room = self.rooms[node];
        Rect {
            min: room.min + offset,
            max: room.max + offset,
        }
    }

    /// Every overlapping pair is moved apart; gives the largest overlap that was found. `order` is
    /// kept from round to round: it is nearly sorted then.
    pub(super) fn push_round(&mut self, order: &mut [u32]) -> f32 {
        let left = |boxes: &Self, node: u32| boxes.rect(node as usize).min.x;
        order.sort_by(|&a, &b| left(self, a).total_cmp(&left(self, b)).then(a.cmp(&b)));
        let rows = Rows::new(self, order);
        let mut worst = 0.0_f32;
        for &node in order.iter() {
            if self.stop.is_asked() {
                break;
            }
            let node = node as usize;
            for other in rows.right_of(self, node) {
                worst = worst.max(self.push_pair(node, other));
            }
        }
        worst
    }

    /// Moves two apart along the axis on which they overlap less; gives by how much they did.
    fn push_pair(&mut self, a: usize, b: usize) -> f32 {
        let (first, second) = (self.rect(a), self.rect(b));
        let right = first.max.x - second.min.x;
        let left = second.max.x - first.min.x;
        let down = first.max.y - second.min.y;
        let up = second.max.y - first.min.y;
        if right <= 0.0 || left <= 0.0 || down <= 0.0 || up <= 0.0 {
            return 0.0;
        }
        // Positive: the second goes right, or down.
        let x = if right < left || (right == left && a < b) {
            right
        } else {
            -left
        };
        let y = if down < up || (down == up && a < b) {
            down
        } else {
            -up
        };
        let way = if x.abs() < y.abs() {
            Vector::new(x, 0.0)
        } else {
            Vector::new(0.0, y)
        };
        match (self.fixed[a], self.fixed[b]) {
            (true, true) => return 0.0,
            (true, false) => self.points[b] = self.points[b] + way,
            (false, true) => self.points[a] = self.points[a] - way,
            (false, false) => {
                self.points[a] = self.points[a] - way * 0.5;
                self.points[b] = self.points[b] + way * 0.5;
            }
        }
        x.abs().min(y.abs())
    }
}

/// A place to start from, whatever was given.
fn sound(point: Point) -> Point {
    const FARTHEST: f32 = 1e7;
    if point.is_finite() {
        let within = |value: f32| value.clamp(-FARTHEST, FARTHEST);
        Point::new(within(point.x), within(point.y))
    } else {
        Point::default()
    }
}

/// Boxes by rows of the picture, and from left to right within a row.
struct Rows {
    height: f32,
    /// (row, place in the order from left to right, node), sorted.
    entries: Vec<(i32, u32, u32)>,
    /// For each node its place in the order from left to right.
    places: Vec<u32>,
    widest: f32,
}

impl Rows {
    fn new(boxes: &Boxes, order: &[u32]) -> Self {
        let rooms = &boxes.rooms;
        let most = |of: fn(&Rect) -> f32| rooms.iter().map(of).fold(1.0_f32, f32::max);
        let height = most(Rect::height);
        let mut places = vec![0; order.len()];
        let mut entries: Vec<(i32, u32, u32)> = order
            .iter()
            .enumerate()
            .map(|(place, &node)| {
                places[node as usize] = place as u32;
                let row = (boxes.rect(node as usize).min.y / height).floor() as i32;
                (row, place as u32, node)
            })
            .collect();
        entries.sort_unstable();
        Self {
            height,
            entries,
            places,
            widest: most(Rect::width),
        }
    }

    /// Those that may overlap a node and began to the right of its left edge when the round did.
    fn right_of(&self, boxes: &Boxes, node: usize) -> Vec<usize> {
        let rect = boxes.rect(node);
        let row = (rect.min.y / self.height).floor() as i32;
        let mut found = Vec::new();
        for near in row.saturating_sub(1)..=row.saturating_add(1) {
            let from = (near, self.places[node], u32::MAX);
            let start = self.entries.partition_point(|entry| *entry <= from);
            let mut looked_at = 0;
            for &(entry_row, _, other) in &self.entries[start..] {
                let other = other as usize;
                let left = boxes.points[other].x + boxes.rooms[other].min.x;
                looked_at += 1;
                // What moved during the round is at most about a box away from its place in the row.
                if entry_row != near
                    || left > rect.max.x + self.widest
                    || looked_at > 4 * MOST_LOOKED_AT
                {
                    break;
                }
                if left < rect.max.x {
                    found.push(other);
                    if found.len() >= MOST_LOOKED_AT {
                        return found;
                    }
                }
            }
        }
        found
    }
}
