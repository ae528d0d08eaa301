//! Boxes of nodes and labels moved apart, as little as can be.
//!
//! Pairs that overlap push each other along the axis on which they overlap less, round after round,
//! and are drawn back to where they came from in between: projections as in position-based dynamics
//! (Müller et al. 2007) with the shortest separating move of Dwyer, Marriott and Stuckey (2006).
//! What still overlaps then goes, one by one, to the nearest free place that touches what is in its
//! way. So in the end nothing overlaps, whatever was given.

use super::board::Board;
use super::graph::LayoutGraph;
use crate::geometry::{Point, Rect, Vector};

/// Room that is left between two boxes, in world units.
const GAP: f32 = 4.0;
/// Rounds of pushing, at most.
const ROUNDS: usize = 240;
/// In the first part of the rounds nodes are drawn back, by this share of their way at the start.
const DRAWN_BACK: f32 = 0.12;
/// The share of the rounds in which they are.
const DRAWN_ROUNDS: f32 = 0.75;
/// Overlaps up to this many units are left to the second part.
const OVERLAP_LEFT: f32 = 0.02;
/// At most so many boxes near a box are looked at in one round, so that a crowd on one spot costs
/// linear time.
const MOST_LOOKED_AT: usize = 96;
/// More nodes have fewer rounds: about so many looks at a node in all.
const MOST_LOOKS: usize = 4_000_000;

/// Positions at which no two boxes ([`LayoutGraph::box_of`]) overlap, near those given. Pinned nodes
/// keep theirs exactly; two that are pinned may overlap.
///
/// Time grows with the nodes, times the logarithm: 5,000 labelled nodes take well under a second.
pub fn separate(graph: &LayoutGraph, points: &[Point]) -> Vec<Point> {
    let count = graph.node_count().min(points.len());
    let mut boxes = Boxes {
        rooms: (0..count)
            .map(|node| graph.box_of(node).expanded(0.5 * GAP))
            .collect(),
        fixed: (0..count)
            .map(|node| graph.pin_of(node).is_some())
            .collect(),
        home: points.iter().map(|p| sound(*p)).collect(),
        points: points.iter().map(|p| sound(*p)).collect(),
    };
    for node in 0..count {
        if let Some(pin) = graph.pin_of(node) {
            boxes.points[node] = pin;
            boxes.home[node] = pin;
        }
    }
    boxes.push_apart();
    boxes.settle_rest();
    boxes.points
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

struct Boxes {
    /// Relative to the middle, half of the gap included.
    rooms: Vec<Rect>,
    fixed: Vec<bool>,
    home: Vec<Point>,
    points: Vec<Point>,
}

impl Boxes {
    fn rect(&self, node: usize) -> Rect {
        let offset = self.points[node] - Point::default();
        let room = self.rooms[node];
        Rect {
            min: room.min + offset,
            max: room.max + offset,
        }
    }

    fn push_apart(&mut self) {
        let rounds = ROUNDS.min(MOST_LOOKS / self.points.len().max(1)).max(12);
        let drawn = (rounds as f32 * DRAWN_ROUNDS) as usize;
        let mut order: Vec<u32> = (0..self.points.len() as u32).collect();
        for round in 0..rounds {
            let worst = self.push_round(&mut order);
            if round < drawn {
                if worst <= OVERLAP_LEFT && round == 0 {
                    return;
                }
                self.draw_back(DRAWN_BACK * (1.0 - round as f32 / drawn as f32));
            } else if worst <= OVERLAP_LEFT {
                return;
            }
        }
    }

    /// Every overlapping pair is moved apart; gives the largest overlap that was found. `order` is
    /// kept from round to round: it is nearly sorted then.
    fn push_round(&mut self, order: &mut [u32]) -> f32 {
        let left = |boxes: &Self, node: u32| boxes.rect(node as usize).min.x;
        order.sort_by(|&a, &b| left(self, a).total_cmp(&left(self, b)).then(a.cmp(&b)));
        let rows = Rows::new(self, order);
        let mut worst = 0.0_f32;
        for &node in order.iter() {
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

    fn draw_back(&mut self, share: f32) {
        for (node, home) in self.home.iter().enumerate() {
            if !self.fixed[node] {
                self.points[node] = self.points[node].lerp(*home, share);
            }
        }
    }

    /// Takes every box to the nearest free place: those that are free stay, the others in the order
    /// of how far they were moved already.
    fn settle_rest(&mut self) {
        let mut board = Board::new(&self.rooms);
        let mut waiting: Vec<u32> = Vec::new();
        let (pinned, free): (Vec<usize>, Vec<usize>) =
            (0..self.points.len()).partition(|&node| self.fixed[node]);
        for node in pinned {
            board.put(self.rect(node));
        }
        for node in free {
            let rect = self.rect(node);
            if board.is_free(&rect) {
                board.put(rect);
            } else {
                waiting.push(node as u32);
            }
        }
        for node in waiting {
            let node = node as usize;
            let offset = board.nearest_free(self.rect(node), self.home[node] - self.points[node]);
            self.points[node] = self.points[node] + offset;
            board.put(self.rect(node));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn overlaps(graph: &LayoutGraph, points: &[Point]) -> usize {
        let rect = |node: usize| {
            let (room, at) = (graph.box_of(node), points[node] - Point::default());
            Rect {
                min: room.min + at,
                max: room.max + at,
            }
        };
        let mut found = 0;
        for a in 0..points.len() {
            for b in 0..a {
                let both = graph.pin_of(a).is_some() && graph.pin_of(b).is_some();
                let (first, second) = (rect(a), rect(b));
                let apart = first.max.x <= second.min.x
                    || second.max.x <= first.min.x
                    || first.max.y <= second.min.y
                    || second.max.y <= first.min.y;
                found += usize::from(!both && !apart);
            }
        }
        found
    }

    fn labelled(count: usize, width: f32) -> LayoutGraph {
        let room = Rect::from_corners(
            Point::new(-0.5 * width, -8.0),
            Point::new(0.5 * width, 24.0),
        );
        LayoutGraph {
            radii: vec![8.0; count],
            boxes: vec![room; count],
            ..LayoutGraph::default()
        }
    }

    #[test]
    fn what_has_room_does_not_move() {
        let graph = labelled(2, 50.0);
        let points = [Point::new(0.0, 0.0), Point::new(0.0, 40.0)];
        assert_eq!(separate(&graph, &points), points);
    }

    #[test]
    fn two_labels_part_by_the_shorter_way() {
        let graph = labelled(2, 80.0);
        let moved = separate(&graph, &[Point::new(0.0, 0.0), Point::new(30.0, 28.0)]);
        assert!((moved[0].x, moved[1].x) == (0.0, 30.0));
        let apart = moved[1].y - moved[0].y;
        assert!((35.9..36.5).contains(&apart), "{apart}");
    }

    #[test]
    fn a_crowd_on_one_spot_comes_apart_in_time() {
        let graph = labelled(3000, 60.0);
        let moved = separate(&graph, &[Point::new(5.0, 5.0); 3000]);
        assert_eq!(overlaps(&graph, &moved), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_two_boxes_overlap_and_pins_stay(
            nodes in prop::collection::vec(
                (-300.0f32..300.0, -200.0f32..200.0, 0.0f32..120.0, 0.0f32..40.0, prop::bool::weighted(0.15)),
                0..120,
            ),
        ) {
            let graph = LayoutGraph {
                radii: vec![6.0; nodes.len()],
                boxes: nodes
                    .iter()
                    .map(|n| Rect::from_corners(Point::new(-n.2, -10.0), Point::new(n.2, n.3)))
                    .collect(),
                start: nodes.iter().map(|n| Some(Point::new(n.0, n.1))).collect(),
                pinned: nodes.iter().map(|n| n.4).collect(),
                ..LayoutGraph::default()
            };
            let points: Vec<Point> = nodes.iter().map(|n| Point::new(n.0, n.1)).collect();
            let moved = separate(&graph, &points);
            prop_assert_eq!(overlaps(&graph, &moved), 0);
            for (node, point) in points.iter().enumerate() {
                prop_assert!(!graph.pinned[node] || moved[node] == *point);
            }
        }
    }
}
