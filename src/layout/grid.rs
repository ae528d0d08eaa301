//! All nodes in rows and columns: easy to read through, and to find a name in.

use super::adjacency::Adjacency;
use super::blocks::{cell_of, finished};
use super::graph::LayoutGraph;
use super::pack::ASPECT;
use crate::geometry::{Point, Vector};
use std::collections::BTreeMap;

/// Room between cells, across and down, in world units.
const GAP: Vector = Vector::new(28.0, 26.0);
/// Room between the rows of one class and those of the next.
const CLASS_GAP: f32 = 46.0;

/// All nodes in rows and columns around the origin; pinned ones stay, and what would lie on them
/// makes room.
///
/// Nodes of one class (`classes`, 0 where missing) stand together, lower classes first, and within a
/// class those of many links first. A cell has room for the largest box of its class; the whole is about as
/// wide as a page. Sorting takes the most time.
pub fn grid(graph: &LayoutGraph, classes: &[u32]) -> Vec<Point> {
    let count = graph.node_count();
    let adjacency = Adjacency::from_edges(count, &graph.edges);
    let mut rows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for node in (0..count).filter(|&node| graph.pin_of(node).is_none()) {
        let class = classes.get(node).copied().unwrap_or(0);
        rows.entry(class).or_default().push(node as u32);
    }
    for nodes in rows.values_mut() {
        nodes.sort_by_key(|&node| {
            let links = adjacency.neighbours(node as usize).len();
            (std::cmp::Reverse(links), node)
        });
    }
    let cells: Vec<(Vec<u32>, Vector, Vector)> = rows
        .into_values()
        .map(|nodes| {
            let cell = cell_of(graph, &nodes);
            (nodes, cell.size() + GAP, Point::default() - cell.min)
        })
        .collect();
    let width = width_of(&cells);
    let mut picture = vec![Point::default(); count];
    let (mut top, mut widest) = (0.0_f32, 0.0_f32);
    for (nodes, size, middle) in &cells {
        let columns = ((width / size.x) as usize).max(1);
        for (at, &node) in nodes.iter().enumerate() {
            let corner = Point::new(
                (at % columns) as f32 * size.x,
                top + (at / columns) as f32 * size.y,
            );
            picture[node as usize] = corner + *middle;
        }
        widest = widest.max(columns.min(nodes.len()) as f32 * size.x);
        top += nodes.len().div_ceil(columns) as f32 * size.y + CLASS_GAP;
    }
    let half = Vector::new(0.5 * widest, 0.5 * (top - CLASS_GAP));
    for point in &mut picture {
        *point = *point - half;
    }
    let held = (0..count).any(|node| graph.pin_of(node).is_some());
    finished(graph, picture, held)
}

/// The width at which the whole has the shape of a page.
fn width_of(cells: &[(Vec<u32>, Vector, Vector)]) -> f32 {
    let area: f32 = cells
        .iter()
        .map(|(nodes, size, _)| nodes.len() as f32 * size.x * size.y)
        .sum();
    let between = CLASS_GAP * cells.len().saturating_sub(1) as f32;
    // The positive root of width × (width ÷ aspect − between) = area.
    let half = 0.5 * between * ASPECT;
    half + (half * half + area * ASPECT).sqrt()
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
