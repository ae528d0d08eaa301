//! Graph files arranged without a project: what `redstring layout` does.

use super::headless::ReadOptions;
use super::jobs::build_pool;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::Point;
use crate::import::read_graph;
use crate::layout::{ForceLayout, LayoutGraph, circular, grid, hierarchical, radial, separate};
use crate::model::LayoutChoice;
use crate::scene::room_of_name;
use std::path::Path;
use std::sync::atomic::Ordering;

/// A graph file with a place for each node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArrangedGraph {
    /// The nodes' own names in order of first appearance.
    pub ids: Vec<String>,
    /// A place for each, finite, no two the same. World units.
    pub positions: Vec<Point>,
    /// What was mended in the file, one sentence each.
    pub warnings: Vec<String>,
}

/// What to do with a graph file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GraphTask {
    /// Which layout.
    pub layout: LayoutChoice,
    /// Its seed.
    pub seed: u64,
    /// Nodes that overlap are moved apart: discs of the smallest size with their names below.
    pub separate: bool,
}

/// Reads a graph file and arranges it. By force nodes count as points, so that no room is made for
/// discs. `progress` hears once how many nodes there are.
///
/// # Errors
/// When the file cannot be read, when it was stopped, or when the system gives no threads.
pub fn arrange_graph_file(
    path: &Path,
    task: GraphTask,
    options: &ReadOptions,
    progress: &mut dyn FnMut(usize),
) -> Result<ArrangedGraph> {
    let pool = build_pool(options.threads, false)
        .ok_or_else(|| Error::new(ErrorKind::Io, "the system gives no threads to work with"))?;
    let file = read_graph(path)?;
    progress(file.ids.len());
    let graph = LayoutGraph {
        radii: vec![0.0; file.ids.len()],
        edges: file.edges,
        boxes: file.ids.iter().map(|id| room_of_name(id)).collect(),
        ..LayoutGraph::default()
    };
    let stopped = || options.cancel.load(Ordering::Relaxed);
    let positions = pool.install(|| {
        let positions = match task.layout {
            LayoutChoice::Circular => circular(&graph),
            LayoutChoice::Radial => radial(&graph, None),
            LayoutChoice::Hierarchical => hierarchical(&graph, &file.arcs),
            LayoutChoice::Grid => grid(&graph, &[]),
            // A graph file tells no coordinates.
            LayoutChoice::Geographic | LayoutChoice::Force => {
                let mut layout = ForceLayout::new(graph.clone(), task.seed);
                while !stopped() && layout.step() {}
                layout.positions()
            }
        };
        if task.separate && !stopped() {
            separate(&graph, &positions)
        } else {
            positions
        }
    });
    if stopped() {
        return Err(Error::new(ErrorKind::Cancelled, "stopped"));
    }
    Ok(ArrangedGraph {
        ids: file.ids,
        positions,
        warnings: file.warnings,
    })
}
