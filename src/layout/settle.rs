//! New nodes join an arrangement without moving anything in it.

use super::adjacency::Adjacency;
use super::force::force;
use super::graph::LayoutGraph;
use super::separate::make_distinct;
use crate::geometry::{Point, Rect, Vector};
use std::collections::HashMap;

/// Room between rims for the label below a node, in world units.
const GAP: f32 = 30.0;
/// Places tried around the neighbours before a node takes the next one that comes.
const MOST_TRIED: usize = 4000;
/// Between one place of a sunflower spiral and the next, in radians.
const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
/// Width by height that an arrangement grows towards.
const PAGE: f32 = 1.4;

/// The nodes that have a place, by square, to find free spots.
struct Board {
    squares: HashMap<(i32, i32), Vec<(Point, f32)>>,
    side: f32,
}

impl Board {
    fn square(&self, point: Point) -> (i32, i32) {
        (
            (point.x / self.side).floor() as i32,
            (point.y / self.side).floor() as i32,
        )
    }

    fn put(&mut self, point: Point, radius: f32) {
        let square = self.square(point);
        self.squares
            .entry(square)
            .or_default()
            .push((point, radius));
    }

    /// A disc of that radius fits at `point`.
    fn has_room(&self, point: Point, radius: f32) -> bool {
        let (column, row) = self.square(point);
        (-1..=1).all(|down: i32| {
            (-1..=1).all(|right: i32| {
                let square = (column.saturating_add(right), row.saturating_add(down));
                self.squares.get(&square).is_none_or(|discs| {
                    discs
                        .iter()
                        .all(|&(center, other)| center.distance(point) >= radius + other + GAP)
                })
            })
        })
    }
}

/// Places the nodes without a `start` next to their neighbours without moving any other: how new
/// entities settle into an arrangement that exists.
///
/// A new node comes to the free spot nearest to the middle of its neighbours. New nodes that are
/// not linked to the arrangement, directly or through others, are laid out by [`force`] around it.
/// If nothing has a start, that is the whole layout.
pub fn settle_new(graph: &LayoutGraph, seed: u64) -> Vec<Point> {
    let count = graph.node_count();
    let before: Vec<Option<Point>> = (0..count)
        .map(|node| graph.pin_of(node).or(graph.start_of(node)))
        .collect();
    if before.iter().all(Option::is_none) {
        return force(graph.clone(), seed);
    }
    let mut places = before.clone();
    let adjacency = Adjacency::from_edges(count, &graph.edges);
    place_linked(graph, &adjacency, &mut places);
    place_rest(graph, &mut places, seed);
    let mut points: Vec<Point> = places.into_iter().map(Option::unwrap_or_default).collect();
    let fixed: Vec<bool> = before.iter().map(Option::is_some).collect();
    make_distinct(&mut points, &fixed);
    points
}

/// Places what is linked to the arrangement, nearest first (breadth first).
fn place_linked(graph: &LayoutGraph, adjacency: &Adjacency, places: &mut [Option<Point>]) {
    let largest = (0..places.len()).fold(0.0_f32, |most, node| most.max(graph.radius(node)));
    let mut board = Board {
        squares: HashMap::new(),
        side: 2.0 * largest + GAP,
    };
    let mut queue: Vec<usize> = Vec::new();
    for (node, place) in places.iter().enumerate() {
        if let Some(place) = place {
            board.put(*place, graph.radius(node));
            queue.push(node);
        }
    }
    // Where the search around a neighbour stopped last: a hub with thousands of new leaves does not
    // start over for each.
    let mut tried: HashMap<usize, usize> = HashMap::new();
    let mut next = 0;
    while next < queue.len() && !graph.stop.is_asked() {
        let from = queue[next];
        next += 1;
        for &node in adjacency.neighbours(from) {
            let node = node as usize;
            if places[node].is_some() {
                continue;
            }
            let around = middle_of_neighbours(adjacency, places, node);
            let attempt = tried.entry(from).or_insert(0);
            let point = free_spot(&board, around, graph.radius(node), attempt);
            board.put(point, graph.radius(node));
            places[node] = Some(point);
            queue.push(node);
        }
    }
}

/// The weighted middle of the neighbours that have a place.
fn middle_of_neighbours(adjacency: &Adjacency, places: &[Option<Point>], node: usize) -> Point {
    let (mut x, mut y, mut total) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (other, weight) in adjacency.edges(node) {
        if let Some(place) = places[other] {
            x += f64::from(place.x) * f64::from(weight);
            y += f64::from(place.y) * f64::from(weight);
            total += f64::from(weight);
        }
    }
    let share = 1.0 / f64::max(total, f64::MIN_POSITIVE);
    Point::new((x * share) as f32, (y * share) as f32)
}

/// The first free spot on a sunflower spiral (Vogel 1979) around a point.
fn free_spot(board: &Board, around: Point, radius: f32, attempt: &mut usize) -> Point {
    let first = attempt.saturating_sub(16);
    let spot = |index: usize| {
        let distance = 0.45 * board.side * (index as f32).sqrt();
        let (sin, cos) = (index as f32 * GOLDEN_ANGLE as f32).sin_cos();
        Point::new(around.x + distance * cos, around.y + distance * sin)
    };
    let found = (first..first + MOST_TRIED)
        .find(|&index| board.has_room(spot(index), radius))
        .unwrap_or(first + MOST_TRIED);
    *attempt = found + 1;
    spot(found)
}

/// Lays out what is not linked to the arrangement, around it: each group of linked nodes where there is room
/// next.
fn place_rest(graph: &LayoutGraph, places: &mut [Option<Point>], seed: u64) {
    let rest: Vec<usize> = (0..places.len())
        .filter(|&node| places[node].is_none())
        .collect();
    if rest.is_empty() {
        return;
    }
    let mut local = vec![u32::MAX; places.len()];
    for (at, &node) in rest.iter().enumerate() {
        local[node] = at as u32;
    }
    let inside = |node: u32| {
        local
            .get(node as usize)
            .copied()
            .filter(|&at| at != u32::MAX)
    };
    let part = LayoutGraph {
        radii: rest.iter().map(|&node| graph.radius(node)).collect(),
        edges: graph
            .edges
            .iter()
            .filter_map(|&(a, b, weight)| Some((inside(a)?, inside(b)?, weight)))
            .collect(),
        stop: graph.stop.clone(),
        ..LayoutGraph::default()
    };
    let adjacency = Adjacency::from_edges(rest.len(), &part.edges);
    let points = force(part, seed);
    let mut groups: Vec<Group> = groups_of(&adjacency)
        .into_iter()
        .map(|nodes| Group::new(nodes, &points, |node| graph.radius(rest[node])))
        .collect();
    groups.sort_by(|a, b| b.radius.total_cmp(&a.radius).then(a.nodes.cmp(&b.nodes)));
    let mut around = Around::new(graph, places, groups[0].radius);
    for group in groups {
        let middle = around.next_spot(group.radius);
        for node in group.nodes {
            let point = middle + (points[node] - group.middle);
            around.board.put(point, graph.radius(rest[node]));
            places[rest[node]] = Some(point);
        }
    }
}

/// Linked nodes, drawn by themselves.
struct Group {
    nodes: Vec<usize>,
    middle: Point,
    /// Of the disc around all of them.
    radius: f32,
}

impl Group {
    fn new(nodes: Vec<usize>, points: &[Point], radius: impl Fn(usize) -> f32) -> Self {
        let mut bounds = Rect::EMPTY;
        nodes.iter().for_each(|&node| bounds.include(points[node]));
        let middle = bounds.center();
        let reach = |&node: &usize| points[node].distance(middle) + radius(node);
        let radius = nodes.iter().map(reach).fold(0.0, f32::max);
        Self {
            nodes,
            middle,
            radius,
        }
    }
}

/// The nodes that are linked to each other, directly or through others.
fn groups_of(adjacency: &Adjacency) -> Vec<Vec<usize>> {
    let mut seen = vec![false; adjacency.node_count()];
    let mut groups = Vec::new();
    for first in 0..seen.len() {
        if std::mem::replace(&mut seen[first], true) {
            continue;
        }
        let mut group = vec![first];
        let mut next = 0;
        while next < group.len() {
            for &node in adjacency.neighbours(group[next]) {
                if !std::mem::replace(&mut seen[node as usize], true) {
                    group.push(node as usize);
                }
            }
            next += 1;
        }
        groups.push(group);
    }
    groups
}

/// Free spots around an arrangement, outwards on a sunflower spiral of the shape of a page.
struct Around {
    board: Board,
    middle: Point,
    /// Where there is nothing to the right of.
    beyond: f32,
    /// Steps of the spiral that are behind.
    tried: usize,
    /// The last radius that was asked for: smaller ones may fit where that did not.
    radius: f32,
    first: usize,
}

impl Around {
    /// So many of the arrangement's nodes lie within where the search begins: nothing foreign comes among
    /// them.
    const WITHIN: f32 = 0.85;
    /// Places that are tried for a group.
    const MOST_TRIED: usize = 2_000_000;
    /// So far out the search begins at most, in steps.
    const FARTHEST: f32 = 1e5;
    /// For so much smaller a group the search begins anew.
    const SMALLER: f32 = 0.6;

    fn new(graph: &LayoutGraph, places: &[Option<Point>], largest: f32) -> Self {
        let mut bounds = Rect::EMPTY;
        let placed = || {
            places
                .iter()
                .enumerate()
                .filter_map(|(node, at)| Some((node, (*at)?)))
        };
        placed().for_each(|(_, point)| bounds.include(point));
        let largest = placed().fold(largest, |most, (node, _)| most.max(graph.radius(node)));
        let mut board = Board {
            squares: HashMap::new(),
            side: 2.0 * largest + GAP,
        };
        placed().for_each(|(node, point)| board.put(point, graph.radius(node)));
        let mut around = Self {
            board,
            middle: bounds.center(),
            beyond: bounds.max.x + GAP,
            tried: 0,
            radius: largest,
            first: 0,
        };
        let mut away: Vec<f32> = placed()
            .map(|(_, point)| {
                let way = point - around.middle;
                Vector::new(way.x / PAGE.sqrt(), way.y * PAGE.sqrt()).length()
            })
            .collect();
        away.sort_by(f32::total_cmp);
        let from = away[((away.len() - 1) as f32 * Self::WITHIN) as usize];
        let steps = (from / around.step()).min(Self::FARTHEST);
        around.first = f64::from(steps).powi(2) as usize;
        around.tried = around.first;
        around
    }

    fn step(&self) -> f32 {
        0.3 * self.board.side
    }

    /// The next middle of a disc of that radius.
    fn next_spot(&mut self, radius: f32) -> Point {
        if radius < Self::SMALLER * self.radius {
            self.radius = radius;
            self.tried = self.first;
        }
        for _ in 0..Self::MOST_TRIED {
            // In an arrangement that is spread far the steps are many.
            let distance = self.step() * (self.tried as f64).sqrt() as f32;
            let (sin, cos) = (self.tried as f64 * GOLDEN_ANGLE).sin_cos();
            let (sin, cos) = (sin as f32, cos as f32);
            self.tried += 1;
            let way = Vector::new(distance * cos * PAGE.sqrt(), distance * sin / PAGE.sqrt());
            let spot = self.middle + way;
            if self.board.has_room(spot, radius) {
                return spot;
            }
        }
        // In a row beside everything.
        let spot = Point::new(self.beyond + radius, self.middle.y);
        self.beyond += 2.0 * radius + GAP;
        spot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_nodes_come_near_their_neighbours_and_move_nothing() {
        let graph = LayoutGraph {
            radii: vec![10.0; 8],
            edges: vec![(0, 3, 1.0), (3, 4, 1.0), (1, 5, 1.0), (6, 7, 1.0)],
            start: vec![
                Some(Point::new(0.0, 0.0)),
                Some(Point::new(500.0, 0.0)),
                Some(Point::new(0.0, 500.0)),
                None,
                None,
                None,
                None,
                None,
            ],
            pinned: vec![false; 8],
            ..LayoutGraph::default()
        };
        let points = settle_new(&graph, 1);
        for (point, start) in points.iter().zip(&graph.start).take(3) {
            assert_eq!(Some(*point), *start);
        }
        assert!(points[3].distance(points[0]) < 120.0);
        assert!(points[4].distance(points[3]) < 120.0);
        assert!(points[5].distance(points[1]) < 120.0);
        assert!(points[6].distance(points[7]) < 120.0);
        for a in 0..8 {
            for b in 0..a {
                assert!(points[a].distance(points[b]) > 30.0, "{a} and {b}");
            }
        }
    }

    /// A batch of new nodes with lines among themselves, counted from the first of them.
    fn add(graph: &mut LayoutGraph, points: &[Point], nodes: usize, lines: &[[u32; 2]]) {
        let first = graph.radii.len() as u32;
        graph.radii.extend(vec![10.0; nodes]);
        let lines = lines.iter().map(|&[a, b]| (first + a, first + b, 1.0));
        graph.edges.extend(lines);
        graph.start = points.iter().copied().map(Some).collect();
        graph.start.resize(graph.radii.len(), None);
    }

    fn bounds_of(points: &[Point]) -> Rect {
        let mut bounds = Rect::EMPTY;
        points.iter().for_each(|&point| bounds.include(point));
        bounds
    }

    #[test]
    fn batch_after_batch_stays_a_page() {
        let mut graph = LayoutGraph::default();
        let mut points: Vec<Point> = Vec::new();
        for _ in 0..30 {
            add(&mut graph, &points, 4, &[[0, 1], [0, 2], [0, 3]]);
            points = settle_new(&graph, 1);
        }
        let bounds = bounds_of(&points);
        let shape = bounds.width() / bounds.height();
        assert!((0.5..4.0).contains(&shape), "{shape}");
    }

    #[test]
    fn what_has_no_link_to_the_rest_fills_the_room_around_it() {
        let mut graph = LayoutGraph {
            radii: vec![10.0; 40],
            edges: (1..40).map(|leaf| (0, leaf, 1.0)).collect(),
            ..LayoutGraph::default()
        };
        let mut points = settle_new(&graph, 1);
        let nodes_of_star = points.len();
        for _ in 0..12 {
            // Five pairs and ten alone.
            let pairs = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]];
            add(&mut graph, &points, 20, &pairs);
            points = settle_new(&graph, 1);
        }
        let bounds = bounds_of(&points);
        let shape = bounds.width() / bounds.height();
        assert!((1.0..2.0).contains(&shape), "{shape}");
        // Each has no more room than it would have in a grid with twice that distance.
        let room = bounds.width() * bounds.height() / (points.len() - nodes_of_star) as f32;
        assert!(room < (4.0 * (20.0 + GAP)).powi(2), "{}", room.sqrt());
        for (at, a) in points.iter().enumerate() {
            for b in &points[at + 1..] {
                assert!(a.distance(*b) > 20.0);
            }
        }
    }

    #[test]
    fn arrangements_that_are_spread_far_end_the_search() {
        for far in [1e5, 1e7, 1e12, 1e30] {
            let graph = LayoutGraph {
                radii: vec![10.0; 6],
                start: [0.0, far, -far]
                    .into_iter()
                    .map(|x| Some(Point::new(x, 0.0)))
                    .collect(),
                pinned: vec![true; 3],
                ..LayoutGraph::default()
            };
            let points = settle_new(&graph, 1);
            assert!(
                points.iter().all(|point| point.is_finite()),
                "{far}: {points:?}"
            );
        }
    }

    #[test]
    fn a_hub_takes_thousands_of_new_leaves() {
        let count = 20_000;
        let mut start = vec![None; count];
        start[0] = Some(Point::new(7.0, 7.0));
        let graph = LayoutGraph {
            radii: vec![5.0; count],
            edges: (1..count as u32).map(|leaf| (0, leaf, 1.0)).collect(),
            start,
            ..LayoutGraph::default()
        };
        let points = settle_new(&graph, 1);
        assert!(points.iter().all(|point| point.is_finite()));
        assert_eq!(points[0], Point::new(7.0, 7.0));
    }
}
