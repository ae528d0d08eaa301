//! Measures of the shown graph. In comes an [`crate::model::EntityGraph`], out come numbers for each
//! of its nodes, in the order of the nodes (ascending entity id). Knows no window and no layout.

mod components;
mod degree;

pub use components::components;
pub use degree::degrees;
