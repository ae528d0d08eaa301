//! Nodes that have a place of their own stay near it, the others settle near what they are linked to.

use super::adjacency::Adjacency;
use super::blocks::{Block, bounds_of, place_free};
use super::board::Board;
use super::force::force;
use super::graph::LayoutGraph;
use super::overlaps::separate;
use super::separate::make_distinct;
use crate::geometry::{Point, Rect, Vector};
use std::collections::{BTreeMap, VecDeque};

/// Room around the discs of nodes that have places, in world units.
const MARGIN: f32 = 2.0;

/// The place that a node is to have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// Where.
    pub point: Point,
    /// It does not give way, as a town, unless to what comes before it in [`Anchor::rank`]. What is
    /// not firm, as a country, may lie a little aside.
    pub is_firm: bool,
    /// Of two firm ones on one spot the one of the smaller rank stays.
    pub rank: u32,
}

/// Farthest from the origin that an anchor is believed, in world units.
const FARTHEST: f32 = 1e7;
/// No place on the map.
const NONE: u32 = u32::MAX;

/// Nodes at their `anchors`, each at the place of its node, `None` for those that have no place of their
/// own: these come near the nodes that they are linked to most. What is linked to no place lies below
/// the map. Pinned nodes stay where they are; anchors that are not finite count as none.
///
/// Discs of anchored nodes do not overlap, nor do the boxes of the others with anything. Linear in the edges,
/// but for what [`separate`] takes.
pub fn geographic(graph: &LayoutGraph, anchors: &[Option<Anchor>], seed: u64) -> Vec<Point> {
    let count = graph.node_count();
    let links = Adjacency::from_edges(count, &graph.edges);
    let mut places: Vec<Option<Point>> = vec![None; count];
    let near = |anchor: &Anchor| anchor.point.x.abs().max(anchor.point.y.abs()) <= FARTHEST;
    let anchors: Vec<Option<Anchor>> = anchors
        .iter()
        .map(|anchor| anchor.filter(|anchor| anchor.point.is_finite() && near(anchor)))
        .collect();
    let fixed = place_anchored(graph, &anchors, &mut places);
    let firm: Vec<bool> = places.iter().map(Option::is_some).collect();
    settle_by_links(&links, &mut places);
    let home: Vec<u32> = places
        .iter()
        .map(|place| if place.is_some() { 0 } else { NONE })
        .collect();
    let mut picture = settled(graph, &places, &firm);
    let (blocks, isolated) = without_home(graph, &links, &home, seed);
    let map: Vec<(u32, Point)> = (0..count)
        .filter(|&node| places[node].is_some())
        .map(|node| (node as u32, picture[node]))
        .collect();
    let bounds = if map.is_empty() {
        Rect::EMPTY
    } else {
        bounds_of(graph, &map)
    };
    let blocks: Vec<_> = blocks
        .into_iter()
        .map(|block| {
            let room = bounds_of(graph, &block);
            (block, room)
        })
        .collect();
    place_free(graph, &blocks, &isolated, bounds, &mut picture);
    for (node, point) in picture.iter_mut().enumerate() {
        *point = graph.pin_of(node).unwrap_or(*point);
    }
    make_distinct(&mut picture, &fixed);
    picture
}

/// Puts pinned and anchored nodes where they are to be; gives which are pinned.
fn place_anchored(
    graph: &LayoutGraph,
    anchors: &[Option<Anchor>],
    places: &mut [Option<Point>],
) -> Vec<bool> {
    let count = places.len();
    let pinned: Vec<bool> = (0..count)
        .map(|node| graph.pin_of(node).is_some())
        .collect();
    let mut order: Vec<(bool, u32, usize)> = (0..count)
        .filter_map(|node| {
            let anchor = anchors.get(node).copied().flatten()?;
            Some((!anchor.is_firm, anchor.rank, node))
        })
        .filter(|&(.., node)| !pinned[node])
        .collect();
    order.sort_unstable();
    let mut part = LayoutGraph {
        stop: graph.stop.clone(),
        ..LayoutGraph::default()
    };
    let mut points = Vec::new();
    let mut nodes: Vec<usize> = (0..count).filter(|&node| pinned[node]).collect();
    nodes.extend(order.iter().map(|&(.., node)| node));
    let mut taken: Vec<(Point, f32)> = Vec::new();
    for &node in &nodes {
        let point = match graph.pin_of(node) {
            Some(pin) => pin,
            None => anchors[node].map_or(Point::default(), |anchor| anchor.point),
        };
        let radius = graph.radius(node) + MARGIN;
        let firm = pinned[node] || anchors[node].is_some_and(|anchor| anchor.is_firm);
        // A firm one gives way to one of a smaller rank all the same.
        let holds = firm
            && taken
                .iter()
                .all(|&(other, reach)| pinned[node] || other.distance(point) > reach + radius);
        if holds {
            taken.push((point, radius));
        }
        part.radii.push(radius);
        part.start.push(Some(point));
        part.pinned.push(holds);
        points.push(point);
    }
    for (&node, point) in nodes.iter().zip(separate(&part, &points)) {
        places[node] = Some(graph.pin_of(node).unwrap_or(point));
    }
    pinned
}

/// Gives what is linked to placed nodes, directly or through others, the middle of those that it is
/// linked to; strong links count for much more than weak ones.
fn settle_by_links(links: &Adjacency, places: &mut [Option<Point>]) {
    let anchored: Vec<usize> = (0..places.len())
        .filter(|&node| places[node].is_some())
        .collect();
    let mut wave: Vec<usize> = Vec::new();
    let mut reached: Vec<bool> = places.iter().map(Option::is_some).collect();
    let mut queue: VecDeque<usize> = anchored.into();
    loop {
        while let Some(node) = queue.pop_front() {
            for &other in links.neighbours(node) {
                if !std::mem::replace(&mut reached[other as usize], true) {
                    wave.push(other as usize);
                }
            }
        }
        if wave.is_empty() {
            return;
        }
        wave.sort_unstable();
        // A whole wave is placed by the one before, whatever the order within it.
        let middles: Vec<Option<Point>> = wave
            .iter()
            .map(|&node| middle(links, places, node))
            .collect();
        for (&node, middle) in wave.iter().zip(middles) {
            places[node] = middle;
        }
        queue.extend(wave.drain(..));
    }
}

fn middle(links: &Adjacency, places: &[Option<Point>], node: usize) -> Option<Point> {
    let (mut x, mut y, mut total) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (other, weight) in links.edges(node) {
        if let Some(place) = places[other] {
            let pull = f64::from(weight).powi(3);
            x += pull * f64::from(place.x);
            y += pull * f64::from(place.y);
            total += pull;
        }
    }
    (total > 0.0).then(|| Point::new((x / total) as f32, (y / total) as f32))
}

/// The placed nodes with room for the boxes of those that are not `firm`; the others at the origin.
fn settled(graph: &LayoutGraph, places: &[Option<Point>], firm: &[bool]) -> Vec<Point> {
    let nodes: Vec<usize> = (0..places.len())
        .filter(|&node| places[node].is_some())
        .collect();
    let around = gathered_around(graph, places, firm);
    let points: Vec<Point> = nodes.iter().map(|&node| around[node]).collect();
    let part = LayoutGraph {
        radii: nodes.iter().map(|&node| graph.radius(node)).collect(),
        boxes: nodes.iter().map(|&node| graph.box_of(node)).collect(),
        start: points.iter().copied().map(Some).collect(),
        pinned: nodes.iter().map(|&node| firm[node]).collect(),
        stop: graph.stop.clone(),
        ..LayoutGraph::default()
    };
    let mut picture = vec![Point::default(); places.len()];
    for (&node, point) in nodes.iter().zip(separate(&part, &points)) {
        picture[node] = point;
    }
    picture
}

/// Places that are free: what is not `firm` on a sunflower spiral (Vogel 1979) around where it belongs,
/// the largest first, so that a crowd around one place is a cloud and no tower.
fn gathered_around(graph: &LayoutGraph, places: &[Option<Point>], firm: &[bool]) -> Vec<Point> {
    /// Between two turns of the spiral, across and down, in world units.
    const STEP: Vector = Vector::new(19.0, 12.0);
    /// Nodes whose places lie in one square of this side share a spiral.
    const SQUARE: f32 = 40.0;
    const MOST_TRIED: usize = 3000;
    let mut points: Vec<Point> = places
        .iter()
        .map(|place| place.unwrap_or_default())
        .collect();
    let room = |node: usize, at: Point| {
        let room = graph.box_of(node).expanded(3.0);
        let offset = at - Point::default();
        Rect {
            min: room.min + offset,
            max: room.max + offset,
        }
    };
    let rooms: Vec<Rect> = (0..places.len())
        .map(|node| room(node, points[node]))
        .collect();
    let mut board = Board::new(&rooms);
    let placed = |&node: &usize| places[node].is_some();
    for node in (0..places.len()).filter(placed).filter(|&node| firm[node]) {
        board.put(rooms[node]);
    }
    let mut order: Vec<usize> = (0..places.len())
        .filter(placed)
        .filter(|&node| !firm[node])
        .collect();
    order.sort_by(|&a, &b| graph.radius(b).total_cmp(&graph.radius(a)).then(a.cmp(&b)));
    // Where the spiral of a square has come to: a crowd costs no more than its number.
    let mut come_to: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for node in order {
        if graph.stop.is_asked() {
            break;
        }
        let home = points[node];
        let square = ((home.x / SQUARE) as i32, (home.y / SQUARE) as i32);
        let next = come_to.entry(square).or_insert(0);
        let first = next.saturating_sub(24);
        let spot = |index: usize| {
            let (sin, cos) = (index as f32 * 2.399_963).sin_cos();
            let way = (index as f32).sqrt();
            Point::new(home.x + STEP.x * way * cos, home.y + STEP.y * way * sin)
        };
        let found = (first..first + MOST_TRIED)
            .find(|&index| board.is_free(&room(node, spot(index))))
            .unwrap_or(first + MOST_TRIED);
        *next = found;
        points[node] = spot(found);
        board.put(room(node, points[node]));
    }
    points
}

/// What has no home: components laid out by force, and isolated nodes.
fn without_home(
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
            stop: graph.stop.clone(),
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

    fn anchor(x: f32, y: f32, is_firm: bool) -> Option<Anchor> {
        Some(Anchor {
            point: Point::new(x, y),
            is_firm,
            rank: 0,
        })
    }

    #[test]
    fn places_stay_and_the_rest_comes_near_them() {
        let graph = LayoutGraph {
            radii: vec![8.0; 8],
            edges: vec![
                (0, 3, 1.0),
                (3, 4, 1.0),
                (1, 5, 9.0),
                (0, 5, 1.0),
                (6, 7, 1.0),
            ],
            ..LayoutGraph::default()
        };
        let mut anchors = vec![None; 8];
        anchors[0] = anchor(0.0, 0.0, true);
        anchors[1] = anchor(900.0, 0.0, true);
        // A country on the spot of its capital.
        anchors[2] = anchor(0.0, 0.0, false);
        let points = geographic(&graph, &anchors, 1);
        assert_eq!(points[0], Point::new(0.0, 0.0));
        assert_eq!(points[1], Point::new(900.0, 0.0));
        let aside = points[2].distance(points[0]);
        assert!((16.0..40.0).contains(&aside), "{aside}");
        assert!(points[3].distance(points[0]) < 80.0 && points[4].distance(points[0]) < 120.0);
        assert!(points[5].distance(points[1]) < 200.0);
        assert!(points[6].y > 40.0 && points[7].y > 40.0);
        for a in 0..8 {
            for b in 0..a {
                assert!(points[a].distance(points[b]) > 15.0, "{a} and {b}");
            }
        }
    }

    #[test]
    fn pins_come_before_places() {
        let graph = LayoutGraph {
            radii: vec![8.0; 2],
            start: vec![Some(Point::new(5.0, 5.0)), None],
            pinned: vec![true, false],
            ..LayoutGraph::default()
        };
        let points = geographic(
            &graph,
            &[anchor(300.0, 0.0, true), anchor(5.0, 5.0, true)],
            1,
        );
        assert_eq!(points[0], Point::new(5.0, 5.0));
        assert!(points[1].distance(points[0]) > 16.0);
    }
}
