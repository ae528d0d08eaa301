//! Who stands above whom: a layered drawing of each hierarchy (Sugiyama, Tagawa and Toda 1981), and
//! what belongs to none in rows of a block of its own, below all.

use super::adjacency::Adjacency;
use super::blocks::{Block, bounds_of, finished, place_free, shift_to_pins};
use super::graph::LayoutGraph;
use super::layered::layered;
use crate::geometry::{Point, Rect, Vector};
use std::collections::BTreeMap;

/// Room between the hierarchies and the block below them, in world units.
const BELOW: f32 = 110.0;
/// Room between two nodes of a row, and between two rows.
const GAP: Vector = Vector::new(22.0, 14.0);
/// No hierarchy.
const NONE: u32 = u32::MAX;

/// Nodes in layers: for each of `arcs` (above, below, weight) the first end above the second, as far
/// as they do not contradict each other; of two that do, the heavier holds.
///
/// What hangs together by arcs is one drawing; heads of a body stand in a layer of their own between
/// it and what the body belongs to. Drawings are packed, the largest first. Nodes without arcs stand
/// in a compact block below, those of many links first. Pinned nodes stay, their drawing moves as a
/// whole to where its pins fit best, and what would lie on a pin makes room.
///
/// Time is linear but for sorting, and bounded for dense graphs: there very long arcs do not take part
/// in the reduction of crossings, and it has fewer rounds.
pub fn hierarchical(graph: &LayoutGraph, arcs: &[(u32, u32, f32)]) -> Vec<Point> {
    let count = graph.node_count();
    let arcs = sound_arcs(count, arcs);
    let (hierarchy_of, hierarchies) = hierarchies(count, &arcs);
    let mut arcs_of: Vec<Vec<(u32, u32)>> = vec![Vec::new(); hierarchies.len()];
    for &(above, below) in &arcs {
        arcs_of[hierarchy_of[above as usize] as usize].push((above, below));
    }
    let mut picture = vec![Point::default(); count];
    let (mut anchored, mut held) = (Rect::EMPTY, false);
    let mut free: Vec<(Block, Rect)> = Vec::new();
    for (nodes, arcs) in hierarchies.iter().zip(&arcs_of) {
        if graph.stop.is_asked() {
            return picture;
        }
        let mut block = layered(graph, nodes, arcs);
        let mut room = bounds_of(graph, &block);
        if let Some(shift) = shift_to_pins(graph, &block) {
            held = true;
            room = Rect {
                min: room.min + shift,
                max: room.max + shift,
            };
            anchored.include(room.min);
            anchored.include(room.max);
            for (node, point) in &mut block {
                picture[*node as usize] = *point + shift;
            }
        } else {
            free.push((block, room));
        }
    }
    place_free(graph, &free, &[], anchored, &mut picture);
    let in_layers: Block = (0..count)
        .filter(|&node| hierarchy_of[node] != NONE)
        .map(|node| (node as u32, picture[node]))
        .collect();
    let rest: Vec<u32> = (0..count)
        .filter(|&node| hierarchy_of[node] == NONE)
        .map(|node| node as u32)
        .collect();
    held |= rest
        .iter()
        .any(|&node| graph.pin_of(node as usize).is_some());
    let above = bounds_of(graph, &in_layers);
    place_rest(graph, rest, above, &mut picture);
    finished(graph, picture, held)
}

/// Each pair once, in the direction that weighs more; ascending.
fn sound_arcs(count: usize, arcs: &[(u32, u32, f32)]) -> Vec<(u32, u32)> {
    let mut weights: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for &(above, below, weight) in arcs {
        if above == below || above as usize >= count || below as usize >= count {
            continue;
        }
        let weight = if weight.is_finite() && weight > 0.0 {
            f64::from(weight)
        } else {
            1.0
        };
        let signed = if above < below { weight } else { -weight };
        *weights
            .entry((above.min(below), above.max(below)))
            .or_default() += signed;
    }
    let directed = |(&(low, high), &weight): (&(u32, u32), &f64)| {
        if weight >= 0.0 {
            (low, high)
        } else {
            (high, low)
        }
    };
    weights.iter().map(directed).collect()
}

/// For each node its hierarchy, and the nodes of each, ascending.
fn hierarchies(count: usize, arcs: &[(u32, u32)]) -> (Vec<u32>, Vec<Vec<u32>>) {
    let edges = arcs.iter().map(|&(a, b)| (a, b, 1.0));
    let by_arcs = Adjacency::from_sound_edges(count, edges);
    let mut hierarchy_of = vec![NONE; count];
    let mut hierarchies = Vec::new();
    for nodes in by_arcs.components() {
        if nodes.len() > 1 {
            for &node in &nodes {
                hierarchy_of[node as usize] = hierarchies.len() as u32;
            }
            hierarchies.push(nodes);
        }
    }
    (hierarchy_of, hierarchies)
}

/// Rows of nodes below what stands in layers, as wide as that, or as a page of their own; each row as
/// high as its highest node needs, each node as wide as its label.
fn place_rest(graph: &LayoutGraph, mut rest: Vec<u32>, above: Rect, picture: &mut [Point]) {
    let mut links = vec![0_u32; picture.len()];
    let ends = graph.edges.iter().flat_map(|&(a, b, _)| [a, b]);
    for end in ends {
        if let Some(count) = links.get_mut(end as usize) {
            *count += 1;
        }
    }
    rest.retain(|&node| graph.pin_of(node as usize).is_none());
    let room = |node: u32| graph.box_of(node as usize);
    rest.sort_by_key(|&node| (std::cmp::Reverse(links[node as usize]), node));
    let area: f32 = rest
        .iter()
        .map(|&node| (room(node).width() + GAP.x) * (room(node).height() + GAP.y))
        .sum();
    let (center, top, wide) = if above.is_empty() {
        (0.0, 0.0, 0.0)
    } else {
        (above.center().x, above.max.y + BELOW, above.width())
    };
    // Where layers are narrow the block may be wider, as long as the whole is no wider than a page.
    let whole = (area + wide * above.height().max(0.0)).max(0.0) * graph.page_aspect();
    let width = wide.max(whole.sqrt());
    let mut rows: Vec<Vec<u32>> = Vec::new();
    let mut used = f32::INFINITY;
    for &node in &rest {
        let needed = room(node).width() + GAP.x;
        if used + needed > width {
            rows.push(Vec::new());
            used = 0.0;
        }
        used += needed;
        if let Some(row) = rows.last_mut() {
            row.push(node);
        }
    }
    let mut top = top;
    for row in rows {
        top += place_row(graph, &row, center, top, picture) + GAP.y;
    }
}

/// One row around `center`; gives its height.
fn place_row(
    graph: &LayoutGraph,
    row: &[u32],
    center: f32,
    top: f32,
    picture: &mut [Point],
) -> f32 {
    let rooms = || row.iter().map(|&node| graph.box_of(node as usize));
    let above = rooms().fold(0.0_f32, |most, room| most.max(-room.min.y));
    let below = rooms().fold(0.0_f32, |most, room| most.max(room.max.y));
    let width: f32 = rooms().map(|room| room.width() + GAP.x).sum();
    let mut at = center - 0.5 * (width - GAP.x);
    for (&node, room) in row.iter().zip(rooms()) {
        picture[node as usize] = Point::new(at - room.min.x, top + above);
        at += room.width() + GAP.x;
    }
    above + below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(count: usize, edges: &[(u32, u32)]) -> LayoutGraph {
        LayoutGraph {
            radii: vec![8.0; count],
            edges: edges.iter().map(|&(a, b)| (a, b, 1.0)).collect(),
            ..LayoutGraph::default()
        }
    }

    fn weighted(arcs: &[(u32, u32)]) -> Vec<(u32, u32, f32)> {
        arcs.iter().map(|&(a, b)| (a, b, 1.0)).collect()
    }

    #[test]
    fn above_is_above_and_the_rest_stands_below() {
        // A chain of command of five with two leaders, and four places linked to it.
        let arcs = [(0, 1), (1, 2), (1, 3), (5, 1), (3, 4)];
        let mut edges = arcs.to_vec();
        edges.extend([(2, 6), (3, 7), (4, 8), (8, 9)]);
        let points = hierarchical(&graph(10, &edges), &weighted(&arcs));
        for (above, below) in arcs {
            let down = points[below as usize].y - points[above as usize].y;
            assert!(down > 50.0, "{above} above {below}");
        }
        let lowest = (0..6).fold(f32::MIN, |low, node| low.max(points[node].y));
        assert!((6..10).all(|node| points[node].y > lowest + 50.0));
    }

    #[test]
    fn commanders_stand_between_their_unit_and_the_one_above() {
        // A corps of three brigades, all with commanders, one of them with two battalions.
        let arcs = [
            (1, 0),
            (0, 2),
            (0, 3),
            (0, 4),
            (5, 2),
            (6, 3),
            (7, 4),
            (2, 8),
            (2, 9),
        ];
        let points = hierarchical(&graph(10, &arcs), &weighted(&arcs));
        let height = |node: usize| points[node].y;
        assert!([2, 3, 4].iter().all(|&unit| height(unit) == height(2)));
        assert!([5, 6, 7].iter().all(|&head| height(head) == height(5)));
        assert!(height(1) + 40.0 < height(0) && height(0) + 40.0 < height(5));
        assert!(height(5) + 40.0 < height(2) && height(2) + 40.0 < height(8));
    }

    #[test]
    fn of_two_that_contradict_the_heavier_holds() {
        let arcs = [(0, 1, 1.0), (1, 0, 3.0)];
        let points = hierarchical(&graph(2, &[(0, 1)]), &arcs);
        assert!(points[1].y + 40.0 < points[0].y);
        // Three in a circle: two of the arcs still hold.
        let circle = weighted(&[(0, 1), (1, 2), (2, 0)]);
        let points = hierarchical(&graph(3, &[]), &circle);
        let held = circle
            .iter()
            .filter(|&&(a, b, _)| points[a as usize].y < points[b as usize].y);
        assert_eq!(held.count(), 2);
    }

    #[test]
    fn parts_without_arcs_are_laid_out_too() {
        let points = hierarchical(&graph(7, &[(0, 1), (1, 2), (3, 4)]), &[(3, 4, 1.0)]);
        for a in 0..7 {
            for b in 0..a {
                assert!(points[a].distance(points[b]) > 20.0, "{a} and {b}");
            }
        }
    }
}
