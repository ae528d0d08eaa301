//! What of a line most questions are about, kept small: whenever the view moves, thousands are gone
//! through.

use super::build::Link;
use super::shape::Pattern;

/// A [`Link`] without its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    /// The nodes at its two ends.
    pub(super) ends: [u32; 2],
    /// As [`Link::width`].
    pub(super) width: f32,
    /// It leaves the straight way from middle to middle: a fanned line, or a loop.
    pub(super) is_bent: bool,
    /// It is not broken up into dashes or dots, nor crossed out.
    pub(super) is_solid: bool,
    /// As [`Link::directed`].
    pub(super) is_directed: bool,
    /// As [`Link::stated`].
    pub(super) is_stated: bool,
}

impl Strand {
    pub(super) fn of(link: &Link) -> Self {
        Self {
            ends: [link.source, link.target],
            width: link.width,
            is_bent: link.bend != 0.0 || link.source == link.target,
            is_solid: link.pattern == Pattern::Solid,
            is_directed: link.directed,
            is_stated: link.stated,
        }
    }
}
