//! Who stands above whom: a layered drawing of each hierarchy (Sugiyama, Tagawa and Toda 1981), the
//! nodes that belong to none in rows below the hierarchy that they are linked to most.

use super::adjacency::Adjacency;
use super::blocks::{Block, bounds_of, picture_of};
use super::force::force;
use super::graph::LayoutGraph;
use super::layered::layered;
use super::pack::ASPECT;
use super::spread::spread;
use crate::geometry::{Point, Rect};
use std::collections::{BTreeMap, VecDeque};

/// Room between a hierarchy and the rows below it, and between two nodes of a row, in world units.
const BELOW: f32 = 90.0;
/// Room between two nodes of a row, and between two rows.
const GAP: (f32, f32) = (20.0, 26.0);
/// No hierarchy, and none yet.
pub(super) const NONE: u32 = u32::MAX;

/// Nodes in layers: for each of `arcs` (above, below, weight) the first end above the second, as far
/// as they do not contradict each other; of two that do, the heavier holds.
///
/// What hangs together by arcs is one drawing. Nodes without arcs stand in rows below the drawing
/// that their links lead to; parts of the graph without any arc are laid out by [`force`]. Drawings are
/// packed. Pinned nodes stay, their drawing moves as a whole to where its pins fit best.
///
/// Time is linear but for sorting, and bounded for dense graphs: there very long arcs do not take part
/// in the reduction of crossings, and it has fewer rounds.
pub fn hierarchical(graph: &LayoutGraph, arcs: &[(u32, u32, f32)], seed: u64) -> Vec<Point> {
    let arcs = sound_arcs(graph.node_count(), arcs);
    let links = Adjacency::from_edges(graph.node_count(), &graph.edges);
    let (hierarchy_of, hierarchies) = hierarchies(graph.node_count(), &arcs);
    let mut arcs_of: Vec<Vec<(u32, u32)>> = vec![Vec::new(); hierarchies.len()];
    for &(above, below) in &arcs {
        arcs_of[hierarchy_of[above as usize] as usize].push((above, below));
    }
    let home = homes(&links, &hierarchy_of);
    let mut others: Vec<Vec<u32>> = vec![Vec::new(); hierarchies.len()];
    for (node, &home) in home.iter().enumerate() {
        if home != NONE && hierarchy_of[node] == NONE {
            others[home as usize].push(node as u32);
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for ((nodes, arcs), others) in hierarchies.iter().zip(&arcs_of).zip(&others) {
        let mut block = layered(graph, nodes, arcs);
        add_rows(graph, &links, others, &mut block);
        blocks.push(block);
    }
    let (rest, isolated) = without_home(graph, &links, &home, seed);
    blocks.extend(rest);
    picture_of(graph, blocks, &isolated)
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

/// The hierarchy that each node belongs to or is linked to most; for those that are linked to none,
/// that of the neighbor that the search came from.
fn homes(links: &Adjacency, hierarchy_of: &[u32]) -> Vec<u32> {
    let mut home = hierarchy_of.to_vec();
    let mut queue = VecDeque::new();
    for (node, home) in home
        .iter_mut()
        .enumerate()
        .filter(|(_, home)| **home == NONE)
    {
        let mut sums: BTreeMap<u32, f32> = BTreeMap::new();
        for (other, weight) in links.edges(node) {
            if hierarchy_of[other] != NONE {
                *sums.entry(hierarchy_of[other]).or_default() += weight;
            }
        }
        let most = sums.iter().fold(
            (NONE, 0.0),
            |best, (&at, &sum)| {
                if sum > best.1 { (at, sum) } else { best }
            },
        );
        if most.0 != NONE {
            *home = most.0;
            queue.push_back(node);
        }
    }
    while let Some(node) = queue.pop_front() {
        for &other in links.neighbours(node) {
            if home[other as usize] == NONE {
                home[other as usize] = home[node];
                queue.push_back(other as usize);
            }
        }
    }
    home
}

/// Adds nodes in rows below a drawing, each below what it is linked to, as far as there is room.
fn add_rows(graph: &LayoutGraph, links: &Adjacency, others: &[u32], block: &mut Block) {
    if others.is_empty() {
        return;
    }
    let bounds = bounds_of(graph, block);
    let middle = f64::from(bounds.center().x);
    let drawn: BTreeMap<u32, f32> = block.iter().map(|&(node, at)| (node, at.x)).collect();
    let target = |node: u32| {
        let (mut sum, mut total) = (0.0, 0.0);
        for (other, weight) in links.edges(node as usize) {
            if let Some(&x) = drawn.get(&(other as u32)) {
                sum += f64::from(x * weight);
                total += f64::from(weight);
            }
        }
        if total > 0.0 { sum / total } else { middle }
    };
    let mut wanted: Vec<(f64, u32)> = others.iter().map(|&node| (target(node), node)).collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let room = |node: u32| graph.box_of(node as usize);
    let needed: f32 = others.iter().map(|&node| room(node).width() + GAP.0).sum();
    let tallest = others
        .iter()
        .fold(0.0_f32, |most, &node| most.max(room(node).height()));
    // As wide as the drawing, or as a page that holds drawing and rows.
    let area = needed * (tallest + GAP.1) + bounds.width() * bounds.height();
    let width = bounds.width().max((area * ASPECT).sqrt()).max(1.0);
    let row_count = ((needed / width).ceil() as usize).clamp(1, others.len());
    let mut top = bounds.max.y + BELOW;
    for row in 0..row_count {
        let members: Vec<(f64, u32)> = wanted
            .iter()
            .copied()
            .skip(row)
            .step_by(row_count)
            .collect();
        top += add_row(graph, &members, top, block) + GAP.1;
    }
}

/// One row; gives its height.
fn add_row(graph: &LayoutGraph, members: &[(f64, u32)], top: f32, block: &mut Block) -> f32 {
    let rooms: Vec<Rect> = members
        .iter()
        .map(|&(_, node)| graph.box_of(node as usize))
        .collect();
    let gaps: Vec<f64> = rooms
        .windows(2)
        .map(|pair| f64::from(pair[0].max.x - pair[1].min.x + GAP.0))
        .collect();
    let targets: Vec<f64> = members.iter().map(|&(x, _)| x).collect();
    let xs = spread(&targets, &vec![1.0; targets.len()], &gaps);
    let above = rooms
        .iter()
        .fold(0.0_f32, |most, room| most.max(-room.min.y));
    let below = rooms
        .iter()
        .fold(0.0_f32, |most, room| most.max(room.max.y));
    for (&(_, node), x) in members.iter().zip(xs) {
        block.push((node, Point::new(x as f32, top + above)));
    }
    above + below
}

/// What has no home: components laid out by force, and isolated nodes.
pub(super) fn without_home(
    graph: &LayoutGraph,
    links: &Adjacency,
    home: &[u32],
    seed: u64,
) -> (Vec<Block>, Vec<u32>) {
    let (mut blocks, mut isolated) = (Vec::new(), Vec::new());
    let mut local = vec![NONE; home.len()];
    for nodes in links.components() {
        if home[nodes[0] as usize] != NONE {
            continue;
        }
        if nodes.len() == 1 {
            isolated.extend(nodes);
            continue;
        }
        for (at, &node) in nodes.iter().enumerate() {
            local[node as usize] = at as u32;
        }
        let mut part = LayoutGraph {
            radii: nodes
                .iter()
                .map(|&node| graph.radius(node as usize))
                .collect(),
            ..LayoutGraph::default()
        };
        for (at, &node) in nodes.iter().enumerate() {
            for (other, weight) in links.edges(node as usize) {
                if at < local[other] as usize {
                    part.edges.push((at as u32, local[other], weight));
                }
            }
        }
        blocks.push(nodes.iter().copied().zip(force(part, seed)).collect());
    }
    (blocks, isolated)
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
        let points = hierarchical(&graph(10, &edges), &weighted(&arcs), 1);
        for (above, below) in arcs {
            let down = points[below as usize].y - points[above as usize].y;
            assert!(down > 50.0, "{above} above {below}");
        }
        let lowest = (0..6).fold(f32::MIN, |low, node| low.max(points[node].y));
        assert!((6..10).all(|node| points[node].y > lowest + 50.0));
        assert!(points[6].x < points[7].x || points[2].x > points[3].x);
    }

    #[test]
    fn of_two_that_contradict_the_heavier_holds() {
        let arcs = [(0, 1, 1.0), (1, 0, 3.0)];
        let points = hierarchical(&graph(2, &[(0, 1)]), &arcs, 1);
        assert!(points[1].y + 40.0 < points[0].y);
        // Three in a circle: two of the arcs still hold.
        let circle = weighted(&[(0, 1), (1, 2), (2, 0)]);
        let points = hierarchical(&graph(3, &[]), &circle, 1);
        let held = circle
            .iter()
            .filter(|&&(a, b, _)| points[a as usize].y < points[b as usize].y);
        assert_eq!(held.count(), 2);
    }

    #[test]
    fn parts_without_arcs_are_laid_out_too() {
        let points = hierarchical(&graph(7, &[(0, 1), (1, 2), (3, 4)]), &[(3, 4, 1.0)], 1);
        for a in 0..7 {
            for b in 0..a {
                assert!(points[a].distance(points[b]) > 20.0, "{a} and {b}");
            }
        }
    }
}
