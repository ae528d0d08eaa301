//! Indices, sizes, edges and pins in; positions out. Knows no entity. One algorithm per file.
//!
//! All layouts are deterministic: the same graph and seed give the same positions, bit for bit, on
//! any number of threads. Data-parallel work runs in the rayon pool of the caller.

mod adjacency;
mod align;
mod blocks;
mod board;
mod bodies;
mod boxes;
mod chords;
mod circular;
mod coarsen;
mod component;
mod compose;
mod crossings;
mod distances;
mod force;
mod forces;
mod geographic;
mod graph;
mod grid;
mod hierarchical;
mod layered;
mod loosen;
mod nearest;
mod overlaps;
mod pack;
mod projection;
mod radial;
mod random;
mod repulsion;
mod separate;
mod settle;
mod spread;
mod start;
mod stop;
mod turned;
mod vicinity;

pub use align::moved_onto;
pub use circular::circular;
pub use force::{ForceLayout, force};
pub use geographic::{Anchor, geographic};
pub use graph::LayoutGraph;
pub use grid::grid;
pub use hierarchical::hierarchical;
pub use loosen::{Loosening, loosened};
pub use overlaps::separate;
pub use radial::radial;
pub use settle::settle_new;
pub use stop::Stop;
