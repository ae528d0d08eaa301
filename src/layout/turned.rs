//! The room of labels that stand beside their marks or outward from them, taken from boxes
//! ([`LayoutGraph::box_of`]) in which they lie below.

use super::graph::LayoutGraph;
use crate::geometry::{Point, Rect, Vector};

/// Height of a node's label with the gap to its mark, in world units; 0 without a label.
pub(super) fn label_height(graph: &LayoutGraph, node: u32) -> f32 {
    let node = node as usize;
    (graph.box_of(node).max.y - graph.radius(node)).max(0.0)
}

/// Width of a node's label, in world units; 0 without a label.
pub(super) fn label_width(graph: &LayoutGraph, node: u32) -> f32 {
    if label_height(graph, node) > 0.0 {
        graph.box_of(node as usize).width()
    } else {
        0.0
    }
}

/// What a node takes of a line on which nodes stand with their labels across it.
pub(super) fn thickness(graph: &LayoutGraph, node: u32) -> f32 {
    (2.0 * graph.radius(node as usize)).max(label_height(graph, node))
}

/// The same graph, each node with the room of its mark alone.
pub(super) fn marks_only(graph: &LayoutGraph) -> LayoutGraph {
    LayoutGraph {
        boxes: Vec::new(),
        ..graph.clone()
    }
}

/// The room of a node whose label begins at its mark and runs in `direction` (length 1).
pub(super) fn room_outward(graph: &LayoutGraph, node: u32, direction: Vector) -> Rect {
    let radius = graph.radius(node as usize);
    let half = 0.5 * thickness(graph, node);
    let end = Point::default() + direction * (radius + label_width(graph, node));
    let mut room = Rect::from_corners(Point::new(-half, -half), Point::new(half, half));
    for corner in [Vector::new(half, half), Vector::new(-half, -half)] {
        room.include(end + corner);
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_follows_the_direction() {
        let below = Rect::from_corners(Point::new(-40.0, -8.0), Point::new(40.0, 26.0));
        let graph = LayoutGraph {
            radii: vec![8.0],
            boxes: vec![below],
            ..LayoutGraph::default()
        };
        assert_eq!(
            (label_height(&graph, 0), label_width(&graph, 0)),
            (18.0, 80.0)
        );
        let left = room_outward(&graph, 0, Vector::new(-1.0, 0.0));
        assert!(left.min.x < -87.0 && left.max.x < 10.0 && left.height() < 20.0);
        assert_eq!(marks_only(&graph).box_of(0).width(), 16.0);
        assert_eq!(label_width(&marks_only(&graph), 0), 0.0);
    }
}
