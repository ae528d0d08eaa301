//! Text in the order in which it is seen. egui shapes each stretch of one font in the direction of its
//! script, and sets the stretches from left to right; what is read from right to left has to be put
//! in that order first (Unicode Standard Annex #9).
//!
//! In come texts in the order of reading; out come texts, lines and places on the screen. Knows nothing
//! of what is written.

mod lines;
mod order;
mod seen;

pub use order::visual_order;
pub use seen::{SeenText, cut_to, lay_out, wrapped};
