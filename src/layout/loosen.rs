//! Room for names in a picture that keeps its shape: the boxes of those that matter most take their places,
//! and the marks of the others make way.
//!
//! Marks are not swept to the rims of the boxes, where they would line up as along a ruler: all around a
//! name moves outward, less the farther it is (as under a fisheye lens: Sarkar and Brown, "Graphical fisheye
//! views", 1994), around a rounded form rather than a rectangle. Only then marks push each other as discs.
//!
//! Unlike [`super::overlaps`] it promises nothing: where all is full, boxes still overlap in the end.

use super::board::Board;
use super::boxes::Boxes;
use super::graph::LayoutGraph;
use super::lens::Lenses;
use super::separate::make_distinct;
use crate::geometry::{Point, Rect, Vector};

/// Rounds of pushing, at most.
const ROUNDS: usize = 24;
/// In so many of the first rounds those go outward that still stand where a name is to be.
const OUT_ROUNDS: usize = 6;
/// So far around a name, in multiples of its box, others move.
const REACH: f32 = 2.2;
/// Places that are tried for a mark that still lies on something.
const MOST_TRIED: u32 = 160;
/// Pushing is over once no two boxes overlap by more than this, in world units.
const OVERLAP_LEFT: f32 = 0.5;

/// What is to have room.
#[derive(Clone, Copy, Debug)]
pub struct Loosening<'a> {
    /// Nodes whose boxes are to lie free, the most important first.
    pub named: &'a [u32],
    /// The room of each node without its name, relative to its middle.
    pub marks: &'a [Rect],
    /// Nodes that stay where they are, beside those that are pinned.
    pub held: &'a [bool],
    /// No node moves farther than this, in world units.
    pub farthest: f32,
}

/// Positions near those given at which the boxes ([`LayoutGraph::box_of`]) of named nodes lie free and those
/// of others overlap less.
///
/// First the named ones go to free places, one after another. Then all others move outward around them and
/// push each other out of the way for some rounds, and what still lies on something goes to a free place near
/// by. Time grows with the nodes, times the logarithm.
pub fn loosened(graph: &LayoutGraph, points: &[Point], what: Loosening<'_>) -> Vec<Point> {
    let mut boxes = Boxes::new(graph, points, 0.0);
    for (fixed, &held) in boxes.fixed.iter_mut().zip(what.held) {
        *fixed |= held;
    }
    let home = boxes.points.clone();
    let fixed = boxes.fixed.clone();
    let mut board = Board::new(&boxes.rooms);
    for node in (0..home.len()).filter(|&node| fixed[node]) {
        board.put(boxes.rect(node));
    }
    let count = home.len();
    let mut named = Vec::new();
    for node in (what.named.iter().map(|&node| node as usize)).filter(|&node| node < count) {
        if !fixed[node] {
            boxes.fixed[node] = settle(&mut boxes, &mut board, node, (home[node], what.farthest));
        }
        if boxes.fixed[node] {
            named.push(boxes.rect(node));
        } else {
            // Nobody need make way for a name that has no place.
            boxes.rooms[node] = what.marks[node];
        }
    }
    let lenses = Lenses::new(named, REACH);
    push(&mut boxes, &lenses, &home, what.farthest);
    for (node, &home) in home.iter().enumerate() {
        if boxes.stop.is_asked() {
            break;
        }
        if !boxes.fixed[node] {
            settle_mark(&mut boxes, &mut board, node, (home, what.farthest));
        }
    }
    make_distinct(&mut boxes.points, &fixed);
    boxes.points
}

/// Takes a box to the nearest free place, if there is one that is not too far from its home; gives whether
/// there was.
fn settle(
    boxes: &mut Boxes,
    board: &mut Board,
    node: usize,
    (home, farthest): (Point, f32),
) -> bool {
    let to_home = home - boxes.points[node];
    let way = board.nearest_free_within(boxes.rect(node), to_home, farthest);
    if let Some(way) = way {
        boxes.points[node] = boxes.points[node] + way;
        board.put(boxes.rect(node));
    }
    way.is_some()
}

/// Leaves a mark where it is if that is free, or takes it to a free place near by: one of a spiral of places
/// that are evenly apart (Vogel 1979), turned differently for each, so that they form no rows.
fn settle_mark(boxes: &mut Boxes, board: &mut Board, node: usize, (home, farthest): (Point, f32)) {
    const GOLDEN_ANGLE: f32 = 2.399_963;
    let start = boxes.points[node];
    let room = boxes.rooms[node];
    let step = 0.3 * room.width().min(room.height());
    let turned = node as f32 * GOLDEN_ANGLE;
    for tried in 0..MOST_TRIED {
        let angle = turned + tried as f32 * GOLDEN_ANGLE;
        let away = Vector::new(angle.cos(), angle.sin()) * (step * (tried as f32).sqrt());
        let there = start + away;
        boxes.points[node] = there;
        if there.distance(home) <= farthest && board.is_free(&boxes.rect(node)) {
            board.put(boxes.rect(node));
            return;
        }
    }
    boxes.points[node] = start;
    settle(boxes, board, node, (home, farthest));
}

/// Boxes that are not fixed make way for names and push each other, and are pushed by those that are fixed.
fn push(boxes: &mut Boxes, lenses: &Lenses, home: &[Point], farthest: f32) {
    let mut order: Vec<u32> = (0..home.len() as u32).collect();
    let move_all = |boxes: &mut Boxes, to: &dyn Fn(Point) -> Point| {
        for (point, _) in (boxes.points.iter_mut().zip(&boxes.fixed)).filter(|at| !at.1) {
            *point = to(*point);
        }
    };
    move_all(boxes, &|point| lenses.outward(point));
    for round in 0..ROUNDS {
        if boxes.stop.is_asked() {
            break;
        }
        if round < OUT_ROUNDS {
            move_all(boxes, &|point| lenses.out(point));
        }
        if boxes.push_discs_round(&mut order) <= OVERLAP_LEFT {
            break;
        }
        for (point, &home) in boxes.points.iter_mut().zip(home) {
            let way = *point - home;
            let length = way.length();
            if length > farthest {
                *point = home + way * (farthest / length);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn graph(sizes: &[(f32, f32)]) -> LayoutGraph {
        let room = |&(width, height): &(f32, f32)| {
            Rect::from_center(Point::default(), Vector::new(width, height))
        };
        LayoutGraph {
            radii: vec![0.0; sizes.len()],
            boxes: sizes.iter().map(room).collect(),
            ..LayoutGraph::default()
        }
    }

    #[test]
    fn dots_make_way_for_names() {
        let mut sizes = vec![(200.0, 40.0), (120.0, 30.0)];
        sizes.extend(vec![(6.0, 6.0); 40]);
        let mut points = vec![Point::default(), Point::new(30.0, 25.0)];
        points.extend((0..40).map(|at| {
            Point::new(
                (at % 10) as f32 * 12.0 - 66.0,
                (at / 10) as f32 * 14.0 - 14.0,
            )
        }));
        let what = Loosening {
            named: &[0, 1],
            marks: &[Rect::EMPTY; 42],
            held: &[],
            farthest: 150.0,
        };
        let moved = loosened(&graph(&sizes), &points, what);
        assert_eq!(moved[0], points[0]);
        for (at, dot) in moved.iter().enumerate().skip(1) {
            let (wide, high) = (100.0 + 0.5 * sizes[at].0, 20.0 + 0.5 * sizes[at].1);
            let away = *dot - moved[0];
            assert!(
                away.x.abs() >= wide || away.y.abs() >= high,
                "{at}: {away:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn nobody_goes_far_and_who_is_held_stays(
            nodes in prop::collection::vec((-50.0f32..50.0, -50.0f32..50.0, 1.0f32..90.0, any::<bool>()), 0..60),
        ) {
            let sizes: Vec<_> = nodes.iter().map(|node| (node.2, 10.0)).collect();
            let point = Rect::from_center(Point::default(), Vector::new(1.0, 1.0));
            let points: Vec<_> = nodes.iter().map(|node| Point::new(node.0, node.1)).collect();
            let held: Vec<_> = nodes.iter().map(|node| node.3).collect();
            let what = Loosening { named: &[3, 1, 2, 90], marks: &[point; 60], held: &held, farthest: 25.0 };
            let moved = loosened(&graph(&sizes), &points, what);
            for at in 0..points.len() {
                // A little more, where two would come to lie on one spot.
                prop_assert!(moved[at].distance(points[at]) <= 26.0);
                prop_assert!(!held[at] || moved[at] == points[at]);
            }
        }
    }
}
