//! Measures of the shown graph, and what its texts contradict each other in. In comes an
//! [`crate::model::EntityGraph`], out come numbers for each of its nodes, in the order of the nodes
//! (ascending entity id); or in comes a project, out come pairs of claims. Knows no window and no
//! layout.

mod components;
mod contradictions;
mod degree;

pub use components::components;
pub use contradictions::{Claim, Contradiction, ContradictionKind, contradictions};
pub use degree::degrees;
