//! Labels that have found their places.

use super::side::Side;
use crate::geometry::{Camera, Vector};
use crate::scene::build::Node;
use crate::scene::region::Region;

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Labeled {
    /// The node at this index.
    Node(u32),
    /// The line at this index.
    Link(u32),
}

/// A label that has found its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedLabel {
    /// What it names.
    pub labeled: Labeled,
    /// Where it lies, if it names a node.
    pub side: Side,
    /// How much of its width it has room for: 1 for all, less if it is cut.
    pub share: f32,
    /// Letters are semi-bold.
    pub heavy: bool,
}

/// Labels at their places, for one step of zoom and a region around the view.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabels {
    /// The labels, the most important first.
    pub labels: Vec<PlacedLabel>,
    pub(super) region: Region,
}

impl PlacedLabel {
    /// Width and height of the label of `node`, as far as it has room.
    pub(in crate::scene) fn size(&self, node: &Node) -> Vector {
        let whole = node.label_box(self.heavy);
        Vector::new(whole.x * self.share, whole.y)
    }
}

impl PlacedLabels {
    /// They still hold for this camera, as long as the scene is the same.
    pub fn holds_for(&self, camera: &Camera, size: Vector) -> bool {
        self.region == Region::around(camera, size)
    }

    /// Those of nodes alone.
    pub fn without_links(&self) -> Self {
        let of_node = |label: &&PlacedLabel| matches!(label.labeled, Labeled::Node(_));
        Self {
            labels: self.labels.iter().filter(of_node).copied().collect(),
            region: self.region,
        }
    }
}
