//! What layouts are asked to arrange.

use super::stop::Stop;
use crate::geometry::{Point, Rect};

/// A graph as layouts see it: nodes are `0..radii.len()`.
///
/// Layouts take any content: an end that is no node, a loop, or a list shorter than `radii` is
/// ignored; a weight that is not finite and positive counts as 1; a start or radius that is not
/// finite counts as missing or 0.
#[derive(Clone, Debug, Default)]
pub struct LayoutGraph {
    /// Radius of each node in world units; its length is the number of nodes. 0 for points, which
    /// need no room.
    pub radii: Vec<f32>,
    /// Edges as (node, node, weight); weight finite and positive; loops and repeats are allowed.
    pub edges: Vec<(u32, u32, f32)>,
    /// Where a node lies before; `None` for a node that is new.
    pub start: Vec<Option<Point>>,
    /// A pinned node keeps its `start` exactly.
    pub pinned: Vec<bool>,
    /// The room that a node takes with its label, relative to its middle, in world units; where it
    /// is missing, the square around the disc.
    pub boxes: Vec<Rect>,
    /// Width by height of the page or window that the picture is for; 0 for a usual one, of 4 by 3.
    pub aspect: f32,
    /// Asks the layout to end early; its result is of no use then.
    pub stop: Stop,
}

impl LayoutGraph {
    /// Farthest from the origin that a start is believed, in world units.
    const FARTHEST_START: f32 = 1e7;

    /// Width by height of the picture that is aimed at: nothing narrower or wider than can be read.
    pub(super) fn page_aspect(&self) -> f32 {
        const USUAL: f32 = 4.0 / 3.0;
        const LIMITS: (f32, f32) = (0.7, 2.2);
        if self.aspect.is_finite() && self.aspect > 0.0 {
            self.aspect.clamp(LIMITS.0, LIMITS.1)
        } else {
            USUAL
        }
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.radii.len()
    }

    /// The radius of a node: finite, not negative, at most a thousand.
    pub fn radius(&self, node: usize) -> f32 {
        match self.radii.get(node) {
            Some(&radius) if radius.is_finite() => radius.clamp(0.0, 1000.0),
            _ => 0.0,
        }
    }

    /// The room that a node takes with its label, relative to its middle: finite, holding the
    /// middle, at most a few thousand units wide.
    pub fn box_of(&self, node: usize) -> Rect {
        const FARTHEST: f32 = 2000.0;
        let radius = self.radius(node);
        let mut room = Rect::from_corners(Point::new(-radius, -radius), Point::new(radius, radius));
        if let Some(given) = self.boxes.get(node) {
            for corner in [given.min, given.max] {
                if corner.is_finite() {
                    room.include(Point::new(
                        corner.x.clamp(-FARTHEST, FARTHEST),
                        corner.y.clamp(-FARTHEST, FARTHEST),
                    ));
                }
            }
        }
        room
    }

    /// Where a node lies before, if that is a sensible place.
    pub fn start_of(&self, node: usize) -> Option<Point> {
        let start = (*self.start.get(node)?)?;
        let far = start.x.abs().max(start.y.abs());
        (start.is_finite() && far <= Self::FARTHEST_START).then_some(start)
    }

    /// Where a node is pinned; a pin without a start is none.
    pub fn pin_of(&self, node: usize) -> Option<Point> {
        if self.pinned.get(node).copied().unwrap_or(false) {
            (*self.start.get(node)?).filter(|start| start.is_finite())
        } else {
            None
        }
    }
}
