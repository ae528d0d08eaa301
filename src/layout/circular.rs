//! All nodes on a circle, neighbours near each other.
//!
//! The order comes from the coarsening hierarchy: clusters of the coarsest graph are sorted along
//! its longest direction (pivot MDS), and each finer level orders the nodes of a cluster by where
//! their neighbours lie; then nodes change places as long as that shortens lines ([`super::chords`]).
//! Communities stay together, and most lines are short chords.

use super::adjacency::Adjacency;
use super::align::onto;
use super::blocks::finished;
use super::chords::shortened;
use super::coarsen::{Level, hierarchy};
use super::forces::Places;
use super::graph::LayoutGraph;
use super::start::pivot_mds;
use super::stop::Stop;
use super::turned::{marks_only, thickness};
use crate::geometry::Point;

/// Room between two neighbours on the circle, their marks or turned labels, in world units.
const GAP: f32 = 5.0;
/// No circle has a smaller radius, in world units.
const SMALLEST: f32 = 60.0;
/// The coarsest graph that is ordered by its shape alone.
const COARSEST: usize = 40;
/// Nodes of many links are matched late: how strongly, as in [`super::coarsen`].
const MASS_BY_DEGREE: f32 = 0.75;
/// The order does not depend on a seed that a user could choose.
const SEED: u64 = 0xC1DC;

/// All nodes on a circle, neighbours near each other; labels are meant to run outward.
///
/// The circle is as large as marks and the heights of labels need, around the origin, or turned and
/// moved to where pinned nodes are nearest to their places on it; these stay exactly where they are,
/// and what would lie on them makes room. The largest component comes first, isolated nodes last.
/// Linear in the edges, but for sorting.
pub fn circular(graph: &LayoutGraph) -> Vec<Point> {
    let count = graph.node_count();
    let order = order(graph);
    let room = |node: u32| f64::from(thickness(graph, node) + GAP);
    let around: f64 = order.iter().map(|&node| room(node)).sum();
    let radius = if order.len() > 1 {
        (around / std::f64::consts::TAU).max(f64::from(SMALLEST))
    } else {
        0.0
    };
    let mut places = Places {
        x: vec![0.0; count],
        y: vec![0.0; count],
    };
    let mut passed = 0.0;
    for &node in &order {
        let middle = passed + 0.5 * room(node);
        passed += room(node);
        let turn = middle / around.max(f64::MIN_POSITIVE) * std::f64::consts::TAU;
        let (sin, cos) = turn.sin_cos();
        // The first node is at the top, and the order goes clockwise.
        places.x[node as usize] = (radius * sin) as f32;
        places.y[node as usize] = (-radius * cos) as f32;
    }
    let pins: Vec<(usize, Point)> = (0..count)
        .filter_map(|node| Some((node, graph.pin_of(node).and(graph.start_of(node))?)))
        .collect();
    let points = if pins.is_empty() {
        let at = |node: usize| Point::new(places.x[node], places.y[node]);
        (0..count).map(at).collect()
    } else {
        let moved = onto(&places, 1.0, &pins);
        let at = |node: usize| moved.apply(places.x[node], places.y[node]);
        (0..count).map(at).collect()
    };
    finished(&marks_only(graph), points, !pins.is_empty())
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
        let along = order_of_component(part.clone(), &graph.stop);
        let along = shortened(&part, along, &graph.stop);
        order.extend(along.into_iter().map(|at| nodes[at as usize]));
    }
    order
}

/// The nodes of one component (connected, at least three) in an order in which neighbours are near, or
/// in any order if asked to stop.
pub(super) fn order_of_component(adjacency: Adjacency, stop: &Stop) -> Vec<u32> {
    let count = adjacency.node_count() as u32;
    let levels = hierarchy(adjacency, COARSEST, MASS_BY_DEGREE, SEED, stop);
    if stop.is_asked() {
        return (0..count).collect();
    }
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
        if stop.is_asked() {
            return (0..count).collect();
        }
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
                assert!(point.distance(other) > 14.0);
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

    #[test]
    fn the_circle_comes_to_its_pins_and_makes_room_for_them() {
        let mut graph = ring(80);
        graph.start = vec![None; 80];
        graph.pinned = vec![false; 80];
        for (node, x) in [(3, 5000.0), (40, 5100.0)] {
            graph.start[node] = Some(Point::new(x, 700.0));
            graph.pinned[node] = true;
        }
        let points = circular(&graph);
        assert_eq!(points[3], Point::new(5000.0, 700.0));
        assert_eq!(points[40], Point::new(5100.0, 700.0));
        for node in 0..80 {
            assert!(
                points[node].distance(Point::new(5050.0, 700.0)) < 400.0,
                "{node}"
            );
            for other in 0..node {
                let apart = points[node] - points[other];
                assert!(
                    apart.x.abs() >= 10.0 || apart.y.abs() >= 10.0,
                    "{node} on {other}"
                );
            }
        }
    }
}
