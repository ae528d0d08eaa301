//! The force layout of a whole graph: components one after another, then all in one picture.
//!
//! What it is made of:
//! 1. Each connected component is coarsened by matching ([`super::coarsen`]); the coarsest graph is
//!    placed by pivot MDS (Brandes and Pich 2007), and each finer one starts from the coarser, as in
//!    the multilevel layouts of Walshaw (2003) and Hu (2005, sfdp).
//! 2. On each level nodes settle under repulsion mass × mass ÷ distance, summed by a fast multipole
//!    method (Greengard and Rokhlin 1987; Dehnen 2002), and an attraction by links: springs on coarse
//!    levels, with a part of stress majorization against a few pivots (Gansner, Koren and North 2004;
//!    Ortmann, Klimenta and Brandes 2017) for the shape of the whole; on the finest level between
//!    springs and LinLog (Noack 2004; ForceAtlas2, Jacomy et al. 2014) by how well two dimensions can
//!    hold the graph's distances ([`super::component`]).
//! 3. Short moves then put the neighbours of a node nearer to it than others, with a margin (large
//!    margin nearest neighbours, Weinberger and Saul 2009, applied to places); the best picture on
//!    the way counts ([`super::vicinity`]).
//! 4. Components are scaled to world units, turned to lie or to match where they lay before
//!    (Procrustes), packed by a skyline, with isolated nodes in a grid below.
//! 5. Discs that overlap are pushed apart. Nodes of radius 0 need no room and are left alone.

use super::adjacency::Adjacency;
use super::component::ComponentRun;
use super::compose::{Composer, Part};
use super::graph::LayoutGraph;
use super::random::hash;
use super::separate::{make_distinct, push_apart};
use crate::geometry::Point;

/// Rounds of pushing apart, at most.
const SEPARATION_ROUNDS: usize = 120;
/// Overlaps up to this many world units are left.
const OVERLAP_LEFT: f32 = 0.5;
/// One call of `step` settles small components until so many nodes were moved.
const NODES_PER_STEP: usize = 2000;

/// A force layout that runs step by step, so that a window can show it live.
///
/// Same graph and seed give the same positions, on any number of threads. Time for a step is linear
/// in the nodes and edges of the component that is being settled, but for sorting; the number of
/// steps grows with the logarithm of the nodes.
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
    /// For each node its component: until `is_packed`, only nodes of one component push each other
    /// apart, so that none grows into those packed beside it.
    groups: Vec<u32>,
    is_packed: bool,
    is_done: bool,
}

impl ForceLayout {
    /// Prepares a run. Nodes without a start are placed by the algorithm. If the graph's
    /// [`Stop`](super::Stop) asks meanwhile, the run is ready at once and of no use.
    pub fn new(graph: LayoutGraph, seed: u64) -> Self {
        let count = graph.node_count();
        if graph.stop.is_asked() {
            return Self::done(graph);
        }
        let adjacency = Adjacency::from_edges(count, &graph.edges);
        let (mut components, isolated): (Vec<_>, Vec<_>) = adjacency
            .components()
            .into_iter()
            .partition(|nodes| nodes.len() > 1);
        components.sort_by_key(Vec::len);
        let mut local = vec![0; count];
        let mut groups = vec![u32::MAX; count];
        for (index, nodes) in components.iter().enumerate() {
            for &node in nodes {
                groups[node as usize] = index as u32;
            }
        }
        let parts = components
            .into_iter()
            .enumerate()
            .map(|(index, nodes)| Part {
                run: ComponentRun::new(
                    adjacency.part(&nodes, &mut local),
                    hash(seed, index as u64),
                    graph.page_aspect(),
                    &graph.stop,
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
            groups,
            is_packed: false,
            is_done: count == 0,
        }
    }

    /// Nothing is done: all nodes are on one spot, or where they are pinned.
    fn done(graph: LayoutGraph) -> Self {
        let count = graph.node_count();
        Self {
            parts: Vec::new(),
            isolated: (0..count as u32).collect(),
            current: 0,
            picture: None,
            rounds: 0,
            groups: vec![u32::MAX; count],
            is_packed: true,
            is_done: true,
            graph,
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
        let reach = self.composer().reach();
        let stretch = self.composer().stretch();
        let mut picture = match self.picture.take() {
            Some(picture) => picture,
            None => self.composer().compose(&self.parts, &self.isolated),
        };
        self.rounds += 1;
        let groups = (!self.is_packed).then_some(&self.groups[..]);
        let overlap = push_apart(&mut picture, &reach, stretch, &fixed, groups);
        if overlap <= OVERLAP_LEFT || self.rounds >= SEPARATION_ROUNDS {
            if self.is_packed {
                make_distinct(&mut picture, &fixed);
                self.is_done = true;
            } else {
                picture = self
                    .composer()
                    .pack_again(&self.parts, &self.isolated, &picture);
                self.rounds = 0;
                self.is_packed = true;
            }
        }
        self.picture = Some(picture);
        !self.is_done
    }

    /// Where the nodes are now: finite, and once settled no two on one spot. World units.
    pub fn positions(&self) -> Vec<Point> {
        match &self.picture {
            Some(picture) => picture.clone(),
            None => self.composer().compose(&self.parts, &self.isolated),
        }
    }

    fn settle_parts(&mut self) {
        let mut moved = 0;
        while moved < NODES_PER_STEP && self.current < self.parts.len() {
            let part = &mut self.parts[self.current];
            moved += part.nodes.len();
            if !part.run.step() {
                let pins = self.composer().pins_of(&self.parts[self.current].nodes);
                if !pins.is_empty() {
                    self.settle_around(&pins);
                }
                self.current += 1;
            }
        }
    }

    /// Lets the current part settle again with its pinned nodes where they are pinned.
    fn settle_around(&mut self, pins: &[(usize, Point)]) {
        let transform = self.composer().transform_of(&self.parts[self.current]);
        let pins: Vec<(usize, (f32, f32))> = pins
            .iter()
            .map(|&(node, point)| (node, transform.invert(point)))
            .collect();
        self.parts[self.current]
            .run
            .settle_around(&pins, &self.graph.stop);
    }

    fn composer(&self) -> Composer<'_> {
        Composer { graph: &self.graph }
    }

    fn fixed(&self) -> Vec<bool> {
        (0..self.graph.node_count())
            .map(|node| self.graph.pin_of(node).is_some())
            .collect()
    }
}

/// A force layout run to its end.
pub fn force(graph: LayoutGraph, seed: u64) -> Vec<Point> {
    let stop = graph.stop.clone();
    let mut layout = ForceLayout::new(graph, seed);
    while !stop.is_asked() && layout.step() {}
    layout.positions()
}
