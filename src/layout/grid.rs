//! All nodes in rows and columns: easy to read through, and to find a name in.

use super::adjacency::Adjacency;
use super::blocks::finished;
use super::graph::LayoutGraph;
use super::turned::{label_height, label_width};
use crate::geometry::{Point, Rect, Vector};
use std::collections::BTreeMap;

/// Room between cells, across and down, in world units.
const GAP: Vector = Vector::new(26.0, 10.0);
/// Room between the rows of one class and those of the next.
const CLASS_GAP: f32 = 34.0;

/// All nodes in rows and columns around the origin, the same columns for all; labels are meant to
/// stand to the right of their marks. Pinned nodes stay, and what would lie on them makes room.
///
/// Nodes of one class (`classes`, 0 where missing) stand together, lower classes first, and within a
/// class those of many links first. A column has room for the longest label, a row for what is highest
/// in it; the whole is about as wide as a page. Sorting takes the most time.
pub fn grid(graph: &LayoutGraph, classes: &[u32]) -> Vec<Point> {
    let count = graph.node_count();
    let adjacency = Adjacency::from_edges(count, &graph.edges);
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for node in (0..count).filter(|&node| graph.pin_of(node).is_none()) {
        let class = classes.get(node).copied().unwrap_or(0);
        members.entry(class).or_default().push(node as u32);
    }
    for nodes in members.values_mut() {
        nodes.sort_by_key(|&node| {
            let links = adjacency.neighbours(node as usize).len();
            (std::cmp::Reverse(links), node)
        });
    }
    let classes: Vec<Vec<u32>> = members.into_values().collect();
    let boxes = boxes_beside(graph);
    let reach = |of: fn(&Rect) -> f32| boxes.iter().map(of).fold(0.0_f32, f32::max);
    let (left, right) = (reach(|room| -room.min.x), reach(|room| room.max.x));
    let column = left + right + GAP.x;
    let columns = columns(&classes, &boxes, column, graph.page_aspect());
    let mut picture = vec![Point::default(); count];
    let mut top = 0.0_f32;
    for nodes in &classes {
        for row in nodes.chunks(columns) {
            let height = height_of(row, &boxes);
            for (at, &node) in row.iter().enumerate() {
                let middle = Point::new(at as f32 * column + left, top + 0.5 * height);
                picture[node as usize] = middle;
            }
            top += height + GAP.y;
        }
        top += CLASS_GAP - GAP.y;
    }
    let widest = classes.iter().map(|nodes| nodes.len().min(columns)).max();
    let width = widest.unwrap_or(0) as f32 * column - GAP.x;
    let half = Vector::new(0.5 * width, 0.5 * (top - CLASS_GAP));
    for point in &mut picture {
        *point = *point - half;
    }
    let held = (0..count).any(|node| graph.pin_of(node).is_some());
    let beside = LayoutGraph {
        boxes,
        ..graph.clone()
    };
    finished(&beside, picture, held)
}

/// The room of each node with its label to the right.
fn boxes_beside(graph: &LayoutGraph) -> Vec<Rect> {
    (0..graph.node_count() as u32)
        .map(|node| {
            let radius = graph.radius(node as usize);
            let half = radius.max(0.5 * label_height(graph, node));
            Rect::from_corners(
                Point::new(-radius, -half),
                Point::new(radius + label_width(graph, node), half),
            )
        })
        .collect()
}

fn height_of(row: &[u32], boxes: &[Rect]) -> f32 {
    let heights = row.iter().map(|&node| boxes[node as usize].height());
    heights.fold(0.0, f32::max)
}

/// The number of columns at which the whole has the shape of a page.
fn columns(classes: &[Vec<u32>], boxes: &[Rect], column: f32, aspect: f32) -> usize {
    let count: usize = classes.iter().map(Vec::len).sum();
    let heights: f64 = boxes.iter().map(|room| f64::from(room.height())).sum();
    let row = (heights / boxes.len().max(1) as f64) as f32 + GAP.y;
    let area = count as f32 * column.max(1.0) * row;
    let between = CLASS_GAP * classes.len().saturating_sub(1) as f32;
    // The positive root of width × (width ÷ aspect − between) = area.
    let half = 0.5 * between * aspect;
    let width = half + (half * half + area * aspect).sqrt();
    let found = (width / column.max(1.0)).round() as usize;
    let longest = classes.iter().map(Vec::len).max().unwrap_or(0);
    found.clamp(1, longest.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_stand_below_each_other_and_hubs_come_first() {
        let graph = LayoutGraph {
            radii: vec![10.0; 40],
            edges: (0..20).map(|leaf| (33, leaf, 1.0)).collect(),
            ..LayoutGraph::default()
        };
        let classes: Vec<u32> = (0..40).map(|node| node / 20).collect();
        let points = grid(&graph, &classes);
        let lowest = (0..20).fold(f32::MIN, |low, node| low.max(points[node].y));
        let highest = (20..40).fold(f32::MAX, |high, node| high.min(points[node].y));
        assert!(lowest + 20.0 < highest);
        let hub = points[33];
        assert!((20..40).all(|node| points[node].y >= hub.y && points[node].x >= hub.x));
        let rows: std::collections::BTreeSet<u32> =
            (0..20).map(|node| points[node].y.to_bits()).collect();
        assert!((2..=5).contains(&rows.len()));
    }

    #[test]
    fn pins_stay_and_have_room() {
        let mut graph = LayoutGraph {
            radii: vec![10.0; 9],
            ..LayoutGraph::default()
        };
        graph.start = vec![None; 9];
        graph.start[4] = Some(Point::new(3.0, 1.0));
        graph.pinned = (0..9).map(|node| node == 4).collect();
        let points = grid(&graph, &[]);
        assert_eq!(points[4], Point::new(3.0, 1.0));
        for other in (0..9).filter(|&other| other != 4) {
            let apart = points[other] - points[4];
            assert!(apart.x.abs() >= 20.0 || apart.y.abs() >= 20.0);
        }
    }
}
