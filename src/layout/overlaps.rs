//! Boxes of nodes and labels moved apart, as little as can be.
//!
//! In a few rounds pairs that overlap push each other along the axis on which they overlap less. What
//! still overlaps then is moved up and down, labels being wider than high, all at once and exactly: a
//! sweep finds who lies above whom, and [`super::projection`] keeps their distances (Dwyer, Marriott
//! and Stuckey 2006). What pins leave no room for goes to the nearest free place. So in the end nothing
//! overlaps, whatever was given.

use super::board::Board;
use super::boxes::Boxes;
use super::graph::LayoutGraph;
use super::projection::{Constraint, project};
use crate::geometry::{Point, Rect};
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

/// Positions at which no two boxes ([`LayoutGraph::box_of`]) overlap, near those given. Pinned nodes
/// keep theirs exactly; two that are pinned may overlap. If asked to stop, boxes overlap as far as they
/// still do.
///
/// Time grows with the nodes, times the logarithm: 5,000 labelled nodes take well under a second.
pub fn separate(graph: &LayoutGraph, points: &[Point]) -> Vec<Point> {
    let boxes = Boxes::new(graph, points, GAP);
    let mut separation = Separation {
        home: boxes.points.clone(),
        boxes,
    };
    separation.spread_out();
    separation.settle_rest();
    separation.boxes.points
}

fn mean(points: &[Point]) -> Point {
    let share = 1.0 / points.len().max(1) as f64;
    let sum = |of: fn(&Point) -> f32| points.iter().map(|p| f64::from(of(p))).sum::<f64>();
    Point::new((sum(|p| p.x) * share) as f32, (sum(|p| p.y) * share) as f32)
}

/// Boxes that are moved apart, each drawn to where it came from.
struct Separation {
    boxes: Boxes,
    home: Vec<Point>,
}

impl Separation {
    /// Moves boxes apart in the picture as it is, or in one that is stretched first, whichever moves
    /// them less.
    fn spread_out(&mut self) {
        let first = self.home.clone();
        let middle = mean(&first);
        let mut best: Option<(f64, Vec<Point>)> = None;
        for stretch in STRETCHES {
            for (node, home) in self.home.iter_mut().enumerate() {
                if !self.boxes.fixed[node] {
                    *home = middle + (first[node] - middle) * stretch;
                }
            }
            self.boxes.points.copy_from_slice(&self.home);
            if self.push_apart() {
                self.move_down();
            }
            if self.boxes.stop.is_asked() {
                return;
            }
            let ways = self.boxes.points.iter().zip(&first);
            let moved: f64 = ways.map(|(now, was)| f64::from(now.distance(*was))).sum();
            match &best {
                Some((least, _)) if moved >= *least => break,
                _ => best = Some((moved, self.boxes.points.clone())),
            }
            if moved == 0.0 {
                break;
            }
        }
        if let Some((_, points)) = best {
            self.boxes.points = points;
        }
        self.home = first;
    }

    /// Gives whether some boxes still overlap.
    fn push_apart(&mut self) -> bool {
        let mut order: Vec<u32> = (0..self.boxes.points.len() as u32).collect();
        (0..ROUNDS).all(|_| {
            !self.boxes.stop.is_asked() && self.boxes.push_round(&mut order) > OVERLAP_LEFT
        })
    }

    /// Moves boxes up and down, as little as can be, until those that share a column keep apart.
    fn move_down(&mut self) {
        let rects: Vec<Rect> = (0..self.boxes.points.len())
            .map(|node| self.boxes.rect(node))
            .collect();
        let mut order: Vec<u32> = (0..rects.len() as u32).collect();
        order.sort_by(|&a, &b| {
            let middle = |node: u32| rects[node as usize].center().y;
            middle(a).total_cmp(&middle(b)).then(a.cmp(&b))
        });
        let constraints = constraints_down(&rects, &order);
        // The way from a node to the middle of its box, so that nodes are drawn to where they came from.
        let middles: Vec<f64> = (0..rects.len())
            .map(|node| f64::from(rects[node].center().y - self.boxes.points[node].y))
            .collect();
        let homes = self.home.iter().zip(&middles);
        let wanted: Vec<f64> = homes
            .map(|(home, middle)| f64::from(home.y) + middle)
            .collect();
        let weights: Vec<f64> = self
            .boxes
            .fixed
            .iter()
            .map(|&fixed| if fixed { PINNED_WEIGHT } else { 1.0 })
            .collect();
        let places = project(&wanted, &weights, &constraints, &order, &self.boxes.stop);
        for (node, place) in places.iter().enumerate() {
            if !self.boxes.fixed[node] {
                self.boxes.points[node].y = (place - middles[node]) as f32;
            }
        }
    }

    /// Takes every box to the nearest free place: those that are free stay, the others in the order
    /// of how far they were moved already.
    fn settle_rest(&mut self) {
        let mut board = Board::new(&self.boxes.rooms);
        let mut waiting: Vec<u32> = Vec::new();
        let (pinned, free): (Vec<usize>, Vec<usize>) =
            (0..self.boxes.points.len()).partition(|&node| self.boxes.fixed[node]);
        for node in pinned {
            board.put(self.boxes.rect(node));
        }
        for node in free {
            if self.boxes.stop.is_asked() {
                return;
            }
            let rect = self.boxes.rect(node);
            if board.is_free(&rect) {
                board.put(rect);
            } else {
                waiting.push(node as u32);
            }
        }
        for node in waiting {
            if self.boxes.stop.is_asked() {
                return;
            }
            let node = node as usize;
            let offset = board.nearest_free(
                self.boxes.rect(node),
                self.home[node] - self.boxes.points[node],
            );
            self.boxes.points[node] = self.boxes.points[node] + offset;
            board.put(self.boxes.rect(node));
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
