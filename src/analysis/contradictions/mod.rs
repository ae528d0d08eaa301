//! Claims that cannot both be true, for a reader to compare.
//!
//! In comes a project; out come pairs of pieces of evidence with a sentence that says why they do not
//! go together. Precise rather than many: only what a text asserts or reports counts, and where names,
//! dates or places leave a way out nothing is listed. Knows no window.

mod claims;
mod dates;
mod deaths;
mod leaders;
mod sides;

pub use claims::{Claim, Contradiction, ContradictionKind, contradictions};
