//! Rings around a node: those linked to it on the first, those linked to them on the second.
//!
//! A breadth-first tree gives rings and wedges (Wills 1999; Yee, Fisher, Dhamija and Hearst 2001):
//! each subtree gets a wedge in proportion to the room that its nodes need. Children stand in the
//! order of the circular layout, so that lines within a ring are short. Rings are evenly apart; where
//! one would have to be very large, its nodes stand on several. On full rings labels are meant to run
//! outward, so that a node takes no more of its ring than its mark or the height of its label.

use super::adjacency::Adjacency;
use super::blocks::{Block, bounds_of, picture_in_rooms};
use super::chords::shortened;
use super::circular::order_of_component;
use super::graph::LayoutGraph;
use super::spread::spread;
use super::turned::{label_width, marks_only, room_outward, thickness};
use crate::geometry::{Point, Rect};
use std::f64::consts::TAU;

/// Room between boxes along a ring, and between the boxes of two rings, in world units.
const GAP: f64 = 18.0;
/// Room between turned labels along a ring.
const GAP_OF_TURNED: f64 = 5.0;
/// Distance of two rings, at least; and at most, however long labels are.
const RING: f64 = 90.0;
const WIDEST_RING: f64 = 190.0;
/// A ring that needs to lie farther out than so many times the usual distance has several rows.
const FARTHEST: f64 = 3.5;
/// Labels run outward in trees of at least so many nodes.
const TURNED_FROM: usize = 12;

/// All nodes on rings around `center`, or around the node of the most links if that is none;
/// components without it around their own node of the most links, packed beside it.
///
/// Pinned nodes stay; the rings of a component are moved as a whole to where its pins fit best.
/// Time is linear in the edges, but for sorting.
pub fn radial(graph: &LayoutGraph, center: Option<u32>) -> Vec<Point> {
    let count = graph.node_count();
    let adjacency = Adjacency::from_edges(count, &graph.edges);
    let mut local = vec![0; count];
    let (mut blocks, mut rooms, mut isolated) = (Vec::new(), Vec::new(), Vec::new());
    for nodes in adjacency.components() {
        if nodes.len() == 1 {
            isolated.extend(nodes);
            continue;
        }
        let chosen = center.and_then(|center| nodes.binary_search(&center).ok());
        let part = adjacency.part(&nodes, &mut local);
        let root = chosen.unwrap_or_else(|| most_linked(&part));
        let tree = Tree::new(graph, &nodes, part, root);
        let block = tree.block();
        rooms.push(tree.bounds_of(&block));
        blocks.push(block);
    }
    // Boxes with labels below are too wide for rings: nothing is to be moved off them for those.
    picture_in_rooms(&marks_only(graph), graph, blocks, &rooms, &isolated)
}

fn most_linked(part: &Adjacency) -> usize {
    let links = |node: usize| part.neighbours(node).len();
    let first = |best: usize, node: usize| {
        if links(node) > links(best) {
            node
        } else {
            best
        }
    };
    (0..part.node_count()).fold(0, first)
}

/// The breadth-first tree of a component. Nodes are numbered within the component.
struct Tree<'a> {
    graph: &'a LayoutGraph,
    nodes: &'a [u32],
    /// The nodes ring by ring, and within a ring in their order around it.
    rings: Vec<Vec<u32>>,
    parents: Vec<u32>,
    root: u32,
    /// Labels run outward.
    turned: bool,
}

impl<'a> Tree<'a> {
    fn new(graph: &'a LayoutGraph, nodes: &'a [u32], part: Adjacency, root: usize) -> Self {
        let count = nodes.len();
        let mut parents = vec![u32::MAX; count];
        parents[root] = root as u32;
        let mut order = vec![root as u32];
        let (mut next, mut ends) = (0, vec![1]);
        while next < order.len() {
            let ring_end = order.len();
            while next < ring_end {
                let node = order[next] as usize;
                next += 1;
                for &other in part.neighbours(node) {
                    if parents[other as usize] == u32::MAX {
                        parents[other as usize] = node as u32;
                        order.push(other);
                    }
                }
            }
            ends.push(order.len());
        }
        let mut rank = vec![0_u32; count];
        if count > 2 {
            let around = order_of_component(part.clone(), &graph.stop);
            let around = shortened(&part, around, &graph.stop);
            for (at, node) in around.into_iter().enumerate() {
                rank[node as usize] = at as u32;
            }
        }
        let mut tree = Self {
            graph,
            nodes,
            rings: Vec::new(),
            parents,
            root: root as u32,
            turned: count >= TURNED_FROM,
        };
        // Within a ring: in the order of the parents, then of the circle.
        let mut place = vec![0_u32; count];
        for ends in ends.windows(2) {
            let mut ring = order[ends[0]..ends[1]].to_vec();
            if ring.is_empty() {
                break;
            }
            ring.sort_by_key(|&node| {
                let parent = tree.parents[node as usize] as usize;
                (place[parent], rank[node as usize], node)
            });
            for (at, &node) in ring.iter().enumerate() {
                place[node as usize] = at as u32;
            }
            tree.rings.push(ring);
        }
        tree
    }

    /// What a node needs along its ring.
    fn room(&self, node: u32) -> f64 {
        let node = self.nodes[node as usize];
        if self.turned {
            return f64::from(thickness(self.graph, node)) + GAP_OF_TURNED;
        }
        let size = self.graph.box_of(node as usize).size();
        // On average over all directions of the ring.
        f64::from(0.35 * size.x + 0.65 * size.y) + GAP
    }

    /// How far the rings are apart: so far that nearly all of what stands on them has room.
    fn step(&self) -> f64 {
        let mut depths: Vec<f64> = (0..self.nodes.len() as u32)
            .filter(|&node| node != self.root)
            .map(|node| {
                let node = self.nodes[node as usize];
                let size = self.graph.box_of(node as usize).size();
                f64::from(if self.turned {
                    2.0 * self.graph.radius(node as usize) + label_width(self.graph, node)
                } else {
                    0.5 * size.x + 0.5 * size.y
                })
            })
            .collect();
        depths.sort_by(f64::total_cmp);
        let usual = depths.get(depths.len() * 9 / 10).copied().unwrap_or(0.0);
        (usual + GAP).clamp(RING, WIDEST_RING)
    }

    /// The rectangle around all nodes with their labels.
    fn bounds_of(&self, block: &Block) -> Rect {
        let mut bounds = bounds_of(&marks_only(self.graph), block);
        for &(node, point) in block {
            let offset = point - Point::default();
            let room = if self.turned && offset.length() > 0.0 {
                room_outward(self.graph, node, offset.normalized())
            } else {
                self.graph.box_of(node as usize)
            };
            bounds.include(room.min + offset);
            bounds.include(room.max + offset);
        }
        bounds
    }

    /// For each node the middle of its wedge, in radians clockwise from the top.
    fn angles(&self) -> Vec<f64> {
        let count = self.nodes.len();
        let mut wedges: Vec<f64> = vec![0.0; count];
        for ring in self.rings.iter().rev() {
            for &node in ring {
                // What lies farther out has more room for the same wedge.
                let own = self.room(node);
                let wedge = own.max(0.7 * wedges[node as usize]);
                wedges[node as usize] = wedge;
                let parent = self.parents[node as usize] as usize;
                wedges[parent] += wedge;
            }
        }
        let all: f64 = wedges[self.root as usize];
        let mut starts = vec![0.0; count];
        let mut spans = vec![TAU; count];
        let mut passed = vec![0.0; count];
        let mut inside = vec![0.0; count];
        for &node in self.rings.iter().flatten() {
            inside[self.parents[node as usize] as usize] += wedges[node as usize];
        }
        inside[self.root as usize] = all;
        for &node in self.rings.iter().flatten() {
            let (node, parent) = (node as usize, self.parents[node as usize] as usize);
            let share = wedges[node] / inside[parent].max(f64::MIN_POSITIVE);
            starts[node] = starts[parent] + spans[parent] * passed[parent];
            spans[node] = spans[parent] * share;
            passed[parent] += share;
        }
        (0..count)
            .map(|node| starts[node] + 0.5 * spans[node])
            .collect()
    }

    fn block(&self) -> Block {
        let angles = self.angles();
        let mut block = vec![(self.nodes[self.root as usize], Point::default())];
        let (mut inner, step) = (0.0, self.step());
        for ring in &self.rings {
            let rows = self.rows(ring, inner, step);
            let placed = self.on_rows(ring, &angles, &rows);
            block.extend(placed);
            inner = rows.last().copied().unwrap_or(inner);
        }
        block
    }

    /// Radii of the rows that a ring needs, the innermost first.
    fn rows(&self, ring: &[u32], inner: f64, step: f64) -> Vec<f64> {
        let needed: f64 = ring.iter().map(|&node| self.room(node)).sum::<f64>() / TAU;
        if needed <= inner + FARTHEST * step {
            return vec![needed.max(inner + step)];
        }
        let mut rows = vec![inner + step];
        let mut room = inner + step;
        while room < needed {
            let next = inner + step * (rows.len() + 1) as f64;
            rows.push(next);
            room += next;
        }
        rows
    }

    /// Spreads the nodes of a ring over its rows, each as near as can be to its angle.
    fn on_rows(&self, ring: &[u32], angles: &[f64], rows: &[f64]) -> Block {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); rows.len()];
        let mut used = vec![0.0; rows.len()];
        for &node in ring {
            // The row that has the most left for the share of the ring that is behind us.
            let share = |row: usize| used[row] / rows[row];
            let row = (1..rows.len()).fold(
                0,
                |best, row| {
                    if share(row) < share(best) { row } else { best }
                },
            );
            used[row] += self.room(node);
            members[row].push(node);
        }
        let mut block = Vec::with_capacity(ring.len());
        for (row, members) in rows.iter().zip(members) {
            let around = self.around(&members, angles, *row);
            for (&node, angle) in members.iter().zip(around) {
                let (sin, cos) = angle.sin_cos();
                let point = Point::new((row * sin) as f32, (-row * cos) as f32);
                block.push((self.nodes[node as usize], point));
            }
        }
        block
    }

    /// Angles of nodes on a circle, in their order, far enough apart for their boxes.
    fn around(&self, members: &[u32], angles: &[f64], radius: f64) -> Vec<f64> {
        let wanted: Vec<f64> = members.iter().map(|&node| angles[node as usize]).collect();
        let rooms: Vec<f64> = members.iter().map(|&node| self.room(node)).collect();
        let all: f64 = rooms.iter().sum();
        // Where the circle is too small for all, gaps shrink alike.
        let share = (0.999 * TAU * radius / all.max(f64::MIN_POSITIVE)).min(1.0) / radius;
        let gaps: Vec<f64> = rooms
            .windows(2)
            .map(|pair| 0.5 * (pair[0] + pair[1]) * share)
            .collect();
        let mut placed = spread(&wanted, &vec![1.0; wanted.len()], &gaps);
        // The first and the last are neighbours too: if they meet, all move together a little.
        if let (Some(&first), Some(&last), true) = (placed.first(), placed.last(), placed.len() > 1)
        {
            let closing = 0.5 * (rooms[0] + rooms[rooms.len() - 1]) * share;
            let over = last + closing - (first + TAU);
            if over > 0.0 {
                let shrink = (last - first - over) / (last - first);
                let middle = 0.5 * (first + last);
                for angle in &mut placed {
                    *angle = middle + (*angle - middle) * shrink;
                }
            }
        }
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(count: usize, edges: &[(u32, u32)]) -> LayoutGraph {
        LayoutGraph {
            radii: vec![6.0; count],
            edges: edges.iter().map(|&(a, b)| (a, b, 1.0)).collect(),
            ..LayoutGraph::default()
        }
    }

    #[test]
    fn rings_follow_the_distance_from_the_center() {
        let edges: Vec<(u32, u32)> = (1..40).map(|node| ((node - 1) / 3, node)).collect();
        let points = radial(&graph(40, &edges), Some(1));
        let away = |node: usize| points[node].distance(points[1]);
        for (near, far) in [(0, 2), (4, 13), (5, 16), (2, 7)] {
            assert!(away(near) + 40.0 < away(far), "{near} and {far}");
        }
        // 0, 4, 5 and 6 are its neighbours: all on one ring.
        assert!(
            [4, 5, 6]
                .iter()
                .all(|&node| (away(node) - away(0)).abs() < 1.0)
        );
    }

    #[test]
    fn without_a_center_it_is_the_most_linked() {
        let points = radial(&graph(5, &[(3, 0), (3, 1), (3, 2), (2, 4)]), None);
        let first = points[0].distance(points[3]);
        assert!((points[1].distance(points[3]) - first).abs() < 0.5);
        assert!(points[4].distance(points[3]) > first + 20.0);
    }

    #[test]
    fn a_large_star_has_rows_and_no_overlaps() {
        let edges: Vec<(u32, u32)> = (1..3000).map(|leaf| (0, leaf)).collect();
        let points = radial(&graph(3000, &edges), None);
        let farthest = points
            .iter()
            .fold(0.0_f32, |most, p| most.max(p.distance(points[0])));
        assert!(farthest < 4000.0, "{farthest}");
        let mut near = 0;
        for a in 1..400 {
            near += (0..a)
                .filter(|&b| points[a].distance(points[b]) < 12.0)
                .count();
        }
        assert_eq!(near, 0);
    }
}
