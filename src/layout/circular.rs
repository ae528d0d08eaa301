//! All nodes on a circle, neighbours near each other.
//!
//! The order comes from the coarsening hierarchy: clusters of the coarsest graph are sorted along
//! its longest direction (pivot MDS), and each finer level orders the nodes of a cluster by where
//! their neighbours lie. Communities stay together, and most lines are short chords.

use super::adjacency::Adjacency;
use super::coarsen::{Level, hierarchy};
use super::graph::LayoutGraph;
use super::separate::make_distinct;
use super::start::pivot_mds;
use crate::geometry::Point;

/// Room between two neighbouring discs on the circle, in world units.
const GAP: f32 = 24.0;
/// The coarsest graph that is ordered by its shape alone.
const COARSEST: usize = 40;
/// Nodes of many links are matched late: how strongly, as in [`super::coarsen`].
const MASS_BY_DEGREE: f32 = 0.75;
/// The order does not depend on a seed that a user could choose.
const SEED: u64 = 0xC1DC;

/// All nodes on a circle around the origin (pinned ones stay), neighbours near each other.
///
/// The circle is as large as the discs need; each node has room in proportion to its size. The
/// largest component comes first, isolated nodes last. Linear in the edges, but for sorting.
pub fn circular(graph: &LayoutGraph) -> Vec<Point> {
    let count = graph.node_count();
    let room = |node: u32| 2.0 * graph.radius(node as usize) + GAP;
    let order = order(graph);
    let around: f32 = order.iter().map(|&node| room(node)).sum();
    let radius = if order.len() > 1 {
        (around / std::f32::consts::TAU).max(2.0 * GAP)
    } else {
        0.0
    };
    let mut points = vec![Point::default(); count];
    let mut passed = 0.0_f64;
    for &node in &order {
        let middle = passed + 0.5 * f64::from(room(node));
        passed += f64::from(room(node));
        let turn = middle / f64::from(around.max(f32::MIN_POSITIVE)) * std::f64::consts::TAU;
        let (sin, cos) = turn.sin_cos();
        // The first node is at the top, and the order goes clockwise.
        points[node as usize] = Point::new(
            (f64::from(radius) * sin) as f32,
            (f64::from(-radius) * cos) as f32,
        );
    }
    let fixed: Vec<bool> = (0..count)
        .map(|node| graph.pin_of(node).is_some())
        .collect();
    for (node, point) in points.iter_mut().enumerate() {
        *point = graph.pin_of(node).unwrap_or(*point);
    }
    make_distinct(&mut points, &fixed);
    points
}

/// All nodes in the order of the circle.
fn order(graph: &LayoutGraph) -> Vec<u32> {
    let adjacency = Adjacency::from_edges(graph.node_count(), &graph.edges);
    let mut components = adjacency.components();
    components.sort_by_key(|nodes| std::cmp::Reverse(nodes.len()));
    let mut local = vec![0; graph.node_count()];
    let mut order = Vec::with_capacity(graph.node_count());
    for nodes in components {
        if nodes.len() < 3 {
            order.extend(nodes);
            continue;
        }
        let part = adjacency.part(&nodes, &mut local);
        let along = order_of_component(part);
        order.extend(along.into_iter().map(|at| nodes[at as usize]));
    }
    order
}

/// The nodes of one component (connected, at least three) in an order in which neighbours are near.
pub(super) fn order_of_component(adjacency: Adjacency) -> Vec<u32> {
    let levels = hierarchy(adjacency, COARSEST, MASS_BY_DEGREE, SEED);
    let Some(coarsest) = levels.last() else {
        return Vec::new();
    };
    let along = pivot_mds(&coarsest.adjacency, SEED).x;
    let mut order: Vec<u32> = (0..coarsest.masses.len() as u32).collect();
    order.sort_by(|&a, &b| {
        along[a as usize]
            .total_cmp(&along[b as usize])
            .then(a.cmp(&b))
    });
    for level in levels.iter().rev().skip(1) {
        order = refined(level, &order);
    }
    order
}

/// The order of a level from the order of the next coarser one: within a cluster, nodes whose
/// neighbours lie earlier come earlier.
fn refined(level: &Level, coarse_order: &[u32]) -> Vec<u32> {
    let mut rank = vec![0_u32; coarse_order.len()];
    for (at, &cluster) in coarse_order.iter().enumerate() {
        rank[cluster as usize] = at as u32;
    }
    let count = level.parents.len();
    let pull: Vec<f32> = (0..count)
        .map(|node| {
            let (mut sum, mut total) = (0.0, 0.0);
            for (other, weight) in level.adjacency.edges(node) {
                sum += weight * rank[level.parents[other] as usize] as f32;
                total += weight;
            }
            sum / f32::max(total, f32::MIN_POSITIVE)
        })
        .collect();
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.sort_by(|&a, &b| {
        let (at_a, at_b) = (
            rank[level.parents[a as usize] as usize],
            rank[level.parents[b as usize] as usize],
        );
        at_a.cmp(&at_b)
            .then(pull[a as usize].total_cmp(&pull[b as usize]))
            .then(a.cmp(&b))
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Vector;

    fn ring(count: u32) -> LayoutGraph {
        LayoutGraph {
            radii: vec![5.0; count as usize],
            edges: (0..count).map(|at| (at, (at + 1) % count, 1.0)).collect(),
            ..LayoutGraph::default()
        }
    }

    #[test]
    fn all_lie_on_one_circle_far_enough_apart() {
        let points = circular(&ring(50));
        let radius = (points[0] - Point::default()).length();
        for (index, &point) in points.iter().enumerate() {
            let offset: Vector = point - Point::default();
            assert!((offset.length() - radius).abs() < 0.1);
            for &other in &points[..index] {
                assert!(point.distance(other) > 30.0);
            }
        }
    }

    #[test]
    fn neighbours_are_nearer_than_by_chance() {
        let points = circular(&ring(200));
        let mean = (0..200)
            .map(|at| points[at].distance(points[(at + 1) % 200]))
            .sum::<f32>()
            / 200.0;
        let by_chance = (points[0] - Point::default()).length() * 4.0 / std::f32::consts::PI;
        assert!(mean < 0.2 * by_chance, "{mean} of {by_chance}");
    }

    #[test]
    fn pins_stay() {
        let mut graph = ring(6);
        graph.start = vec![None; 6];
        graph.start[2] = Some(Point::new(1234.5, -6.0));
        graph.pinned = vec![false, false, true, false, false, false];
        assert_eq!(circular(&graph)[2], Point::new(1234.5, -6.0));
    }
}
