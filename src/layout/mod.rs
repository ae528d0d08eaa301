//! Indices, sizes, edges and pins in; positions out. Knows no entity. One algorithm per file.

use crate::geometry::Point;

/// A graph as layouts see it: nodes are `0..sizes.len()`.
#[derive(Clone, Debug, Default)]
pub struct LayoutGraph {
    /// Radius of each node in world units; its length is the number of nodes.
    pub radii: Vec<f32>,
    /// Edges as (node, node, weight); weight finite and positive; loops and repeats are allowed.
    pub edges: Vec<(u32, u32, f32)>,
    /// Where a node lies before; `None` for a node that is new.
    pub start: Vec<Option<Point>>,
    /// A pinned node keeps its `start` exactly.
    pub pinned: Vec<bool>,
}

/// A force layout that runs step by step, so that a window can show it live.
///
/// Same graph and seed give the same positions, on any number of threads.
pub struct ForceLayout {}

impl ForceLayout {
    /// Prepares a run. Nodes without a start are placed by the algorithm.
    pub fn new(_graph: LayoutGraph, _seed: u64) -> Self {
        todo!()
    }

    /// One step; gives whether there is more to do. Runs in the rayon pool of the caller.
    pub fn step(&mut self) -> bool {
        todo!()
    }

    /// Where the nodes are now: finite, and once settled no two on one spot.
    pub fn positions(&self) -> Vec<Point> {
        todo!()
    }
}

/// A force layout run to its end.
pub fn force(_graph: LayoutGraph, _seed: u64) -> Vec<Point> {
    todo!()
}

/// All nodes on a circle (pinned ones stay), neighbours near each other.
pub fn circular(_graph: &LayoutGraph) -> Vec<Point> {
    todo!()
}

/// Places the nodes without a `start` next to their neighbours without moving any other: how new
/// entities settle into an arrangement that exists.
pub fn settle_new(_graph: &LayoutGraph, _seed: u64) -> Vec<Point> {
    todo!()
}
