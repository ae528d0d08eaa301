//! Titles before a name and roles beside it.

use crate::extract::{RawMention, RawRole};

/// The titles and roles that `text` gives to `mentions`, by mention and start.
pub fn find(_text: &str, _sentences: &[[usize; 2]], _mentions: &[RawMention]) -> Vec<RawRole> {
    Vec::new()
}
