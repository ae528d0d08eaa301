//! Boxes of nodes and labels moved apart, as little as can be.
//!
//! In a few rounds pairs that overlap push each other along the axis on which they overlap less. What
//! still overlaps then is moved up and down, labels being wider than high, all at once and exactly: a
//! sweep finds who lies above whom, and [`super::projection`] keeps their distances (Dwyer, Marriott
//! and Stuckey 2006). What pins leave no room for goes to the nearest free place. So in the end nothing
//! overlaps, whatever was given.

use super::board::Board;
use super::graph::LayoutGraph;
use super::projection::{Constraint, project};
use super::stop::Stop;
use crate::geometry::{Point, Rect, Vector};
use std::collections::BTreeSet;

/// Room that is left between two boxes, in world units.
const GAP: f32 = 4.0;
/// Rounds of pushing.
const ROUNDS: usize = 6;
/// How far a crowded picture is stretched as a whole before boxes are moved, at most; tried one after
/// the other as long as boxes move less.
const STRETCHES: [f32; 8] = [1.0, 1.2, 1.4, 1.65, 1.95, 2.3, 2.8, 3.5];
/// How much heavier pinned boxes are than the others.
const PINNED_WEIGHT: f64 = 1e7;
/// Room beyond the gap, so that rounding leaves no overlap.
const SLACK: f64 = 0.02;
/// Overlaps up to this many units are left to the second part.
const OVERLAP_LEFT: f32 = 0.02;
/// At most so many boxes near a box are looked at in one round, so that a crowd on one spot costs
/// linear time.
const MOST_LOOKED_AT: usize = 96;
/// Positions at which no two boxes ([`LayoutGraph::box_of`]) overlap, near those given. Pinned nodes
/// keep theirs exactly; two that are pinned may overlap. If asked to stop, boxes overlap as far as they
/// still do.
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
        stop: graph.stop.clone(),
    };
    for node in 0..count {
        if let Some(pin) = graph.pin_of(node) {
            boxes.points[node] = pin;
            boxes.home[node] = pin;
        }
    }
    boxes.spread_out();
    boxes.settle_rest();
    boxes.points
}

fn mean(points: &[Point]) -> Point {
    let share = 1.0 / points.len().max(1) as f64;
    let sum = |of: fn(&Point) -> f32| points.iter().map(|p| f64::from(of(p))).sum::<f64>();
    Point::new((sum(|p| p.x) * share) as f32, (sum(|p| p.y) * share) as f32)
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
    stop: Stop,
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

    /// Moves boxes apart in the picture as it is, or in one that is stretched first, whichever moves
    /// them less.
    fn spread_out(&mut self) {
        let first = self.home.clone();
        let middle = mean(&first);
        let mut best: Option<(f64, Vec<Point>)> = None;
        for stretch in STRETCHES {
            for (node, home) in self.home.iter_mut().enumerate() {
                if !self.fixed[node] {
                    *home = middle + (first[node] - middle) * stretch;
                }
            }
            self.points.copy_from_slice(&self.home);
            if self.push_apart() {
                self.move_down();
            }
            if self.stop.is_asked() {
                return;
            }
            let ways = self.points.iter().zip(&first);
            let moved: f64 = ways.map(|(now, was)| f64::from(now.distance(*was))).sum();
            match &best {
                Some((least, _)) if moved >= *least => break,
                _ => best = Some((moved, self.points.clone())),
            }
            if moved == 0.0 {
                break;
            }
        }
        if let Some((_, points)) = best {
            self.points = points;
        }
        self.home = first;
    }

    /// Gives whether some boxes still overlap.
    fn push_apart(&mut self) -> bool {
        let mut order: Vec<u32> = (0..self.points.len() as u32).collect();
        (0..ROUNDS).all(|_| !self.stop.is_asked() && self.push_round(&mut order) > OVERLAP_LEFT)
    }

    /// Moves boxes up and down, as little as can be, until those that share a column keep apart.
    fn move_down(&mut self) {
        let rects: Vec<Rect> = (0..self.points.len()).map(|node| self.rect(node)).collect();
        let mut order: Vec<u32> = (0..rects.len() as u32).collect();
        order.sort_by(|&a, &b| {
            let middle = |node: u32| rects[node as usize].center().y;
            middle(a).total_cmp(&middle(b)).then(a.cmp(&b))
        });
        let constraints = constraints_down(&rects, &order);
        // The way from a node to the middle of its box, so that nodes are drawn to where they came from.
        let middles: Vec<f64> = (0..rects.len())
            .map(|node| f64::from(rects[node].center().y - self.points[node].y))
            .collect();
        let homes = self.home.iter().zip(&middles);
        let wanted: Vec<f64> = homes
            .map(|(home, middle)| f64::from(home.y) + middle)
            .collect();
        let weights: Vec<f64> = self
            .fixed
            .iter()
            .map(|&fixed| if fixed { PINNED_WEIGHT } else { 1.0 })
            .collect();
        let places = project(&wanted, &weights, &constraints, &order, &self.stop);
        for (node, place) in places.iter().enumerate() {
            if !self.fixed[node] {
                self.points[node].y = (place - middles[node]) as f32;
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
            if self.stop.is_asked() {
                return;
            }
            let rect = self.rect(node);
            if board.is_free(&rect) {
                board.put(rect);
            } else {
                waiting.push(node as u32);
            }
        }
        for node in waiting {
            if self.stop.is_asked() {
                return;
            }
            let node = node as usize;
            let offset = board.nearest_free(self.rect(node), self.home[node] - self.points[node]);
            self.points[node] = self.points[node] + offset;
            board.put(self.rect(node));
        }
    }
}

/// Who lies right above whom, by a sweep from left to right; `order` is that of the middles from the
/// top. Boxes that share a column are linked, directly or through others between them.
fn constraints_down(rects: &[Rect], order: &[u32]) -> Vec<Constraint> {
    let mut place = vec![0_u32; rects.len()];
    for (at, &node) in order.iter().enumerate() {
        place[node as usize] = at as u32;
    }
    let mut events: Vec<(f32, bool, u32)> = Vec::with_capacity(2 * rects.len());
    for (node, rect) in rects.iter().enumerate() {
        events.push((rect.min.x, true, node as u32));
        events.push((rect.max.x, false, node as u32));
    }
    // What ends makes room for what begins there.
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut open: BTreeSet<u32> = BTreeSet::new();
    let mut constraints = Vec::new();
    let mut link = |above: u32, below: u32| {
        let (above, below) = (order[above as usize], order[below as usize]);
        let height = rects[above as usize].height() + rects[below as usize].height();
        constraints.push(Constraint {
            before: above,
            after: below,
            gap: 0.5 * f64::from(height) + SLACK,
        });
    };
    for (_, opens, node) in events {
        let at = place[node as usize];
        if opens {
            open.insert(at);
        } else {
            open.remove(&at);
            if let Some(&above) = open.range(..at).next_back() {
                link(above, at);
            }
            if let Some(&below) = open.range(at + 1..).next() {
                link(at, below);
            }
        }
    }
    constraints
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
