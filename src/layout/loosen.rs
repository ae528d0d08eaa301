//! Room for names in a picture that keeps its shape: the boxes of those that matter most take the nearest
//! free places, and the few marks that would lie under them go where there is room near by.
//!
//! Unlike [`super::overlaps`] it promises nothing: nobody goes far for it, so where all is full, names lie
//! over lesser marks in the end.

use super::board::Board;
use super::boxes::Boxes;
use super::graph::LayoutGraph;
use super::separate::make_distinct;
use crate::geometry::{Point, Rect, Vector};

/// A point.
const NO_ROOM: Rect = Rect {
    min: Point::new(0.0, 0.0),
    max: Point::new(0.0, 0.0),
};
/// Places that are tried for a mark that lies under a name.
const MOST_TRIED: u32 = 160;

/// What is to have room.
#[derive(Clone, Copy, Debug)]
pub struct Loosening<'a> {
    /// Nodes that are to have room for more than their mark, the most important first, each with the boxes
    /// one of which is to lie free, relative to its middle.
    pub named: &'a [(u32, [Rect; 4])],
    /// The room of each node's mark, relative to its middle.
    pub marks: &'a [Rect],
    /// Nodes that stay where they are, beside those that are pinned.
    pub held: &'a [bool],
    /// No node moves farther than this, in world units: one that is named, and any other.
    pub farthest: [f32; 2],
}

/// Positions near those given at which the boxes of named nodes lie free of each other, and fewer others lie
/// in them.
///
/// First the named ones go to free places, one after another; then those that lie in their boxes go to free
/// places near by. All others stay. Time grows with the nodes.
pub fn loosened(graph: &LayoutGraph, points: &[Point], what: Loosening<'_>) -> Vec<Point> {
    if what.named.is_empty() {
        return points.to_vec();
    }
    let mut boxes = Boxes::new(graph, points, 0.0);
    for (node, fixed) in boxes.fixed.iter_mut().enumerate() {
        *fixed |= what.held.get(node) == Some(&true);
        boxes.rooms[node] = what.marks.get(node).copied().unwrap_or(NO_ROOM);
    }
    let fixed = boxes.fixed.clone();
    // Squares of the size of a name: marks are smaller, and few names may be much larger.
    let named = what.named.iter().map(|named| named.1[0]);
    let sizes: Vec<Rect> = named.chain(what.marks.iter().copied()).collect();
    let mut names = Board::new(&sizes);
    let [farthest, farthest_mark] = what.farthest;
    for (node, sides) in what.named.iter().map(|named| (named.0 as usize, &named.1)) {
        if boxes.stop.is_asked() {
            break;
        }
        let Some(&fixed) = fixed.get(node) else {
            continue;
        };
        let farthest = if fixed { 0.0 } else { farthest };
        let ways = sides.iter().filter_map(|&room| {
            boxes.rooms[node] = room;
            let way = names.nearest_free_within(boxes.rect(node), Vector::default(), farthest)?;
            Some((way, room))
        });
        // Nobody need make way for a name that has no place.
        let nearest = ways.min_by(|a, b| a.0.length().total_cmp(&b.0.length()));
        let mark = what.marks.get(node).copied().unwrap_or(NO_ROOM);
        let (way, room) = nearest.unwrap_or((Vector::default(), mark));
        boxes.rooms[node] = room;
        boxes.points[node] = boxes.points[node] + way;
        boxes.fixed[node] = true;
        names.put(boxes.rect(node));
    }
    let under_names: Vec<usize> = (0..boxes.fixed.len())
        .filter(|&node| !boxes.fixed[node] && !names.is_free(&boxes.rect(node)))
        .collect();
    // From here on the board holds all that stay where they are.
    for node in under_names.iter() {
        boxes.fixed[*node] = true;
    }
    for node in (0..boxes.fixed.len()).filter(|&node| !boxes.fixed[node]) {
        names.put(boxes.rect(node));
    }
    for node in under_names {
        if boxes.stop.is_asked() {
            break;
        }
        settle_mark(&mut boxes, &mut names, node, farthest_mark);
    }
    make_distinct(&mut boxes.points, &fixed);
    boxes.points
}

/// Takes a mark to a free place near by, if there is one: one of a spiral of places that are evenly apart
/// (Vogel 1979), turned differently for each, so that they form no rows.
fn settle_mark(boxes: &mut Boxes, board: &mut Board, node: usize, farthest: f32) {
    const GOLDEN_ANGLE: f32 = 2.399_963;
    let start = boxes.points[node];
    let step = farthest / (MOST_TRIED as f32).sqrt();
    let turned = node as f32 * GOLDEN_ANGLE;
    for tried in 1..=MOST_TRIED {
        let angle = turned + tried as f32 * GOLDEN_ANGLE;
        let away = Vector::new(angle.cos(), angle.sin()) * (step * (tried as f32).sqrt());
        boxes.points[node] = start + away;
        if board.is_free(&boxes.rect(node)) {
            board.put(boxes.rect(node));
            return;
        }
    }
    boxes.points[node] = start;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(side: f32) -> Rect {
        Rect::from_center(Point::default(), Vector::new(side, side))
    }

    fn graph(nodes: usize) -> LayoutGraph {
        LayoutGraph {
            radii: vec![0.0; nodes],
            ..LayoutGraph::default()
        }
    }

    #[test]
    fn names_part_and_dots_make_way_for_them() {
        let name = |width: f32| [Rect::from_center(Point::default(), Vector::new(width, 40.0)); 4];
        let named = [(0, name(200.0)), (1, name(120.0))];
        let mut points = vec![Point::default(), Point::new(30.0, 25.0)];
        points.extend((0..40).map(|at| {
            Point::new(
                (at % 10) as f32 * 12.0 - 66.0,
                (at / 10) as f32 * 14.0 - 14.0,
            )
        }));
        points.push(Point::new(0.0, 300.0));
        let marks = vec![square(6.0); points.len()];
        let what = Loosening {
            named: &named,
            marks: &marks,
            held: &[],
            farthest: [150.0, 150.0],
        };
        let moved = loosened(&graph(points.len()), &points, what);
        assert_eq!(moved[0], points[0]);
        assert_eq!(moved[42], points[42], "whoever lies in nobody's way stays");
        let boxes = [(moved[0], 100.0), (moved[1], 60.0)];
        assert!(
            (moved[1].y - moved[0].y).abs() >= 40.0 || (moved[1].x - moved[0].x).abs() >= 160.0
        );
        for (at, dot) in moved.iter().enumerate().skip(2) {
            for (middle, half) in boxes {
                let away = *dot - middle;
                assert!(
                    away.x.abs() >= half + 3.0 || away.y.abs() >= 23.0,
                    "{at}: {away:?}"
                );
            }
        }
    }

    #[test]
    fn the_side_that_is_free_is_taken() {
        let side = |x: f32, y: f32| Rect::from_center(Point::new(x, y), Vector::new(40.0, 20.0));
        let sides = [
            side(0.0, 15.0),
            side(0.0, -15.0),
            side(30.0, 0.0),
            side(-30.0, 0.0),
        ];
        let points = [Point::default(), Point::new(0.0, -25.0)];
        let marks = [square(6.0); 2];
        let what = Loosening {
            named: &[(0, sides), (1, sides)],
            marks: &marks,
            held: &[],
            farthest: [50.0, 0.0],
        };
        // One has its name below, so the other above.
        assert_eq!(loosened(&graph(2), &points, what), points);
    }

    proptest! {
        #[test]
        fn nobody_goes_far_and_who_is_held_stays(
            nodes in prop::collection::vec((-50.0f32..50.0, -50.0f32..50.0, 1.0f32..90.0, any::<bool>()), 0..60),
        ) {
            let room = |&(_, _, width, _): &(f32, f32, f32, bool)| {
                [Rect::from_center(Point::default(), Vector::new(width, 10.0)); 4]
            };
            let mut named: Vec<_> = (0..).zip(nodes.iter().map(room)).filter(|named| named.0 % 3 == 0).collect();
            named.push((90, [square(5.0); 4]));
            let points: Vec<_> = nodes.iter().map(|node| Point::new(node.0, node.1)).collect();
            let held: Vec<_> = nodes.iter().map(|node| node.3).collect();
            let what = Loosening { named: &named, marks: &[square(1.0); 60], held: &held, farthest: [25.0, 10.0] };
            let moved = loosened(&graph(points.len()), &points, what);
            for at in 0..points.len() {
                // A little more, where two would come to lie on one spot.
                let farthest = if at % 3 == 0 { 26.0 } else { 11.0 };
                prop_assert!(moved[at].distance(points[at]) <= farthest);
                prop_assert!(!held[at] || moved[at] == points[at]);
            }
        }
    }
}
