//! The force layout of a whole graph: components one after another, then all in one picture.
//!
//! What it is made of:
//! 1. Each connected component is coarsened by matching ([`super::coarsen`]); the coarsest graph is
//!    placed by pivot MDS (Brandes and Pich 2007), and each finer one starts from the coarser, as in
//!    the multilevel layouts of Walshaw (2003) and Hu (2005, sfdp).
//! 2. On each level nodes settle under repulsion mass × mass ÷ distance, summed by a Barnes–Hut
//!    tree, and an attraction that is linear on coarse levels, for the shape of the whole, and
//!    logarithmic on the finest (LinLog, Noack 2004; ForceAtlas2, Jacomy et al. 2014), which lets
//!    clusters stand out.
//! 3. Components are scaled to world units, turned to lie or to match where they lay before
//!    (Procrustes), packed by a skyline, with isolated nodes in a grid below.
//! 4. Discs that overlap are pushed apart. Nodes of radius 0 need no room and are left alone.

use super::adjacency::Adjacency;
use super::align::{Transform, lying, onto};
use super::component::ComponentRun;
use super::forces::Places;
use super::graph::LayoutGraph;
use super::pack::pack;
use super::random::hash;
use super::separate::{make_distinct, push_apart};
use crate::geometry::{Point, Rect};

/// Distance of a node from its nearest neighbour in the graph that is aimed at, between the rims,
/// in world units.
const NEIGHBOUR_GAP: f32 = 60.0;
/// Room around a disc, in world units: half of what two labels need.
const MARGIN: f32 = 15.0;
/// Room between components.
const COMPONENT_GAP: f32 = 70.0;
/// Rounds of pushing apart, at most.
const SEPARATION_ROUNDS: usize = 120;
/// Overlaps up to this many world units are left.
const OVERLAP_LEFT: f32 = 0.5;
/// One call of `step` settles small components until so many nodes were moved.
const NODES_PER_STEP: usize = 2000;

/// A component with its place in the whole.
#[derive(Clone, Debug)]
struct Part {
    /// Its nodes, ascending.
    nodes: Vec<u32>,
    run: ComponentRun,
}

/// A force layout that runs step by step, so that a window can show it live.
///
/// Same graph and seed give the same positions, on any number of threads. Time for a step is
/// n log n in the nodes of the component that is being settled; the number of steps grows with the
/// logarithm of the nodes.
///
/// ```
/// use redstring::layout::{ForceLayout, LayoutGraph};
/// let graph = LayoutGraph { radii: vec![5.0; 3], edges: vec![(0, 1, 1.0), (1, 2, 1.0)], ..LayoutGraph::default() };
/// let mut layout = ForceLayout::new(graph, 1);
/// while layout.step() {
///     assert_eq!(layout.positions().len(), 3);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct ForceLayout {
    graph: LayoutGraph,
    /// Components of at least two nodes, small ones first.
    parts: Vec<Part>,
    isolated: Vec<u32>,
    /// The part that is being settled.
    current: usize,
    /// The picture, once all parts have settled.
    picture: Option<Vec<Point>>,
    rounds: usize,
    is_done: bool,
}

impl ForceLayout {
    /// Prepares a run. Nodes without a start are placed by the algorithm.
    pub fn new(graph: LayoutGraph, seed: u64) -> Self {
        let count = graph.node_count();
        let adjacency = Adjacency::from_edges(count, &graph.edges);
        let (mut components, isolated): (Vec<_>, Vec<_>) = adjacency
            .components()
            .into_iter()
            .partition(|nodes| nodes.len() > 1);
        components.sort_by_key(Vec::len);
        let mut local = vec![0; count];
        let parts = components
            .into_iter()
            .enumerate()
            .map(|(index, nodes)| Part {
                run: ComponentRun::new(
                    adjacency.part(&nodes, &mut local),
                    hash(seed, index as u64),
                ),
                nodes,
            })
            .collect();
        Self {
            graph,
            parts,
            isolated: isolated.into_iter().flatten().collect(),
            current: 0,
            picture: None,
            rounds: 0,
            is_done: count == 0,
        }
    }

    /// One step; gives whether there is more to do. Runs in the rayon pool of the caller.
    pub fn step(&mut self) -> bool {
        if self.is_done {
            return false;
        }
        if self.current < self.parts.len() {
            self.settle_parts();
            return true;
        }
        let fixed = self.fixed();
        let reach = self.reach();
        let mut picture = match self.picture.take() {
            Some(picture) => picture,
            None => self.compose(),
        };
        self.rounds += 1;
        let overlap = push_apart(&mut picture, &reach, &fixed);
        if overlap <= OVERLAP_LEFT || self.rounds >= SEPARATION_ROUNDS {
            make_distinct(&mut picture, &fixed);
            self.is_done = true;
        }
        self.picture = Some(picture);
        !self.is_done
    }

    /// Where the nodes are now: finite, and once settled no two on one spot. World units.
    pub fn positions(&self) -> Vec<Point> {
        match &self.picture {
            Some(picture) => picture.clone(),
            None => self.compose(),
        }
    }

    fn settle_parts(&mut self) {
        let mut moved = 0;
        while moved < NODES_PER_STEP && self.current < self.parts.len() {
            let part = &mut self.parts[self.current];
            moved += part.nodes.len();
            if !part.run.step() {
                let pins: Vec<(usize, Point)> = self.pins_of(&self.parts[self.current].nodes);
                if !pins.is_empty() {
                    self.settle_around(&pins);
                }
                self.current += 1;
            }
        }
    }

    /// Lets the current part settle again with its pinned nodes where they are pinned.
    fn settle_around(&mut self, pins: &[(usize, Point)]) {
        let transform = self.transform_of(&self.parts[self.current]);
        let pins: Vec<(usize, (f32, f32))> = pins
            .iter()
            .map(|&(node, point)| (node, transform.invert(point)))
            .collect();
        self.parts[self.current].run.settle_around(&pins);
    }

    fn fixed(&self) -> Vec<bool> {
        (0..self.graph.node_count())
            .map(|node| self.graph.pin_of(node).is_some())
            .collect()
    }

    /// How far from its center each node needs room; 0 for points.
    fn reach(&self) -> Vec<f32> {
        (0..self.graph.node_count())
            .map(|node| match self.graph.radius(node) {
                0.0 => 0.0,
                radius => radius + MARGIN,
            })
            .collect()
    }

    /// The pinned nodes among `nodes` as (index in `nodes`, point).
    fn pins_of(&self, nodes: &[u32]) -> Vec<(usize, Point)> {
        let pin = |&node: &u32| {
            let node = node as usize;
            self.graph.pin_of(node).and(self.graph.start_of(node))
        };
        nodes
            .iter()
            .enumerate()
            .filter_map(|(at, node)| Some((at, pin(node)?)))
            .collect()
    }

    /// How a part is scaled, turned and moved into the world.
    fn transform_of(&self, part: &Part) -> Transform {
        let places = part.run.places();
        self.transform_of_places(part, &places)
    }

    fn transform_of_places(&self, part: &Part, places: &Places) -> Transform {
        let scale = self.scale_of(part, places);
        let pins = self.pins_of(&part.nodes);
        if !pins.is_empty() {
            return onto(places, scale, &pins);
        }
        let before: Vec<(usize, Point)> = part
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(at, &node)| Some((at, self.graph.start_of(node as usize)?)))
            .collect();
        if before.len() > 2 {
            onto(places, scale, &before)
        } else {
            lying(places, scale)
        }
    }

    /// World units for one unit of the model: nearest neighbours are apart as aimed at, and the
    /// whole is large enough for all discs.
    fn scale_of(&self, part: &Part, places: &Places) -> f32 {
        let mut nearest = part.run.nearest_neighbour_distances(places);
        let middle = nearest.len() / 2;
        let (_, &mut median, _) = nearest.select_nth_unstable_by(middle, f32::total_cmp);
        let radii: f32 = part
            .nodes
            .iter()
            .map(|&node| self.graph.radius(node as usize))
            .sum();
        let mean_radius = radii / part.nodes.len() as f32;
        let by_neighbours = (NEIGHBOUR_GAP + 2.0 * mean_radius) / median.max(1e-6);
        let (mut spread_x, mut spread_y) = (0.0_f64, 0.0_f64);
        let count = part.nodes.len() as f64;
        let mean = |values: &[f32]| values.iter().map(|&v| f64::from(v)).sum::<f64>() / count;
        let (mean_x, mean_y) = (mean(&places.x), mean(&places.y));
        for (&x, &y) in places.x.iter().zip(&places.y) {
            spread_x += (f64::from(x) - mean_x).powi(2);
            spread_y += (f64::from(y) - mean_y).powi(2);
        }
        // A disc of even density with this spread has the area π × 2 × spread.
        let area = std::f64::consts::TAU * (spread_x + spread_y) / count;
        let needed: f64 = part
            .nodes
            .iter()
            .map(|&node| f64::from(2.0 * (self.graph.radius(node as usize) + MARGIN)).powi(2))
            .sum();
        let by_area = (needed / area.max(1e-9)).sqrt() as f32;
        by_neighbours.clamp(by_area, 8.0 * by_area)
    }

    /// All parts in one picture, as they are now.
    fn compose(&self) -> Vec<Point> {
        let mut picture = vec![Point::default(); self.graph.node_count()];
        let mut blocks: Vec<Vec<(u32, Point)>> = Vec::new();
        let mut anchored = Rect::EMPTY;
        for part in &self.parts {
            let places = part.run.places();
            let transform = self.transform_of_places(part, &places);
            let block: Vec<(u32, Point)> = part
                .nodes
                .iter()
                .enumerate()
                .map(|(at, &node)| (node, transform.apply(places.x[at], places.y[at])))
                .collect();
            if self.pins_of(&part.nodes).is_empty() {
                blocks.push(block);
            } else {
                for (node, point) in block {
                    picture[node as usize] = point;
                    anchored.include(point);
                }
            }
        }
        self.add_isolated(&mut blocks, &mut anchored);
        self.place_blocks(&blocks, anchored, &mut picture);
        for (node, point) in picture.iter_mut().enumerate() {
            if let Some(pin) = self.graph.pin_of(node) {
                *point = pin;
            } else if !point.is_finite() {
                *point = Point::default();
            }
        }
        picture
    }

    /// Isolated nodes as one block, in rows, the largest first.
    fn add_isolated(&self, blocks: &mut Vec<Vec<(u32, Point)>>, anchored: &mut Rect) {
        let mut free: Vec<u32> = Vec::new();
        for &node in &self.isolated {
            match self
                .graph
                .pin_of(node as usize)
                .and(self.graph.start_of(node as usize))
            {
                Some(pin) => anchored.include(pin),
                None => free.push(node),
            }
        }
        let radius = |node: u32| self.graph.radius(node as usize);
        free.sort_by(|&a, &b| radius(b).total_cmp(&radius(a)).then(a.cmp(&b)));
        let Some(&largest) = free.first() else {
            return;
        };
        let height = 2.0 * (radius(largest) + MARGIN);
        let width = height + 30.0;
        let columns = ((free.len() as f32 * 2.0 * height / width).sqrt().ceil() as usize).max(1);
        let at = |index: usize| {
            Point::new(
                (index % columns) as f32 * width,
                (index / columns) as f32 * height,
            )
        };
        blocks.push(
            free.iter()
                .enumerate()
                .map(|(index, &node)| (node, at(index)))
                .collect(),
        );
    }

    /// Packs the blocks: around the origin, or below what pins hold in place.
    fn place_blocks(&self, blocks: &[Vec<(u32, Point)>], anchored: Rect, picture: &mut [Point]) {
        let bounds: Vec<Rect> = blocks
            .iter()
            .map(|block| {
                let mut bounds = Rect::EMPTY;
                for &(node, point) in block {
                    let room = self.graph.radius(node as usize) + 0.5 * COMPONENT_GAP;
                    let around =
                        Rect::from_center(point, Point::new(room, room) - Point::default());
                    bounds.include(around.min);
                    bounds.include(around.max);
                }
                bounds.expanded(0.25 * COMPONENT_GAP)
            })
            .collect();
        let sizes: Vec<(f32, f32)> = bounds.iter().map(|b| (b.width(), b.height())).collect();
        let corners = pack(&sizes);
        let mut whole = Rect::EMPTY;
        for (size, corner) in sizes.iter().zip(&corners) {
            whole.include(Point::new(corner.0, corner.1));
            whole.include(Point::new(corner.0 + size.0, corner.1 + size.1));
        }
        let origin = if anchored.is_empty() {
            Point::default() - (whole.center() - Point::default())
        } else {
            Point::new(
                anchored.center().x - 0.5 * whole.width(),
                anchored.max.y + COMPONENT_GAP,
            )
        };
        for ((block, bounds), corner) in blocks.iter().zip(&bounds).zip(&corners) {
            for &(node, point) in block {
                let inside = point - bounds.min;
                picture[node as usize] = Point::new(
                    origin.x + corner.0 + inside.x,
                    origin.y + corner.1 + inside.y,
                );
            }
        }
    }
}

/// A force layout run to its end.
pub fn force(graph: LayoutGraph, seed: u64) -> Vec<Point> {
    let mut layout = ForceLayout::new(graph, seed);
    while layout.step() {}
    layout.positions()
}
