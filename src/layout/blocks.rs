//! Drawings of parts of a graph side by side in one picture: those with pins where their pins hold
//! them, the others packed, isolated nodes in rows below.

use super::graph::LayoutGraph;
use super::overlaps::separate;
use super::pack::pack;
use super::separate::make_distinct;
use crate::geometry::{Point, Rect, Vector};

/// Nodes with their places, in coordinates of their own.
pub(super) type Block = Vec<(u32, Point)>;

/// Room between blocks, across and down, in world units.
const BETWEEN: Vector = Vector::new(48.0, 56.0);
/// Room between the cells of isolated nodes.
const BETWEEN_CELLS: Vector = Vector::new(24.0, 20.0);
/// A strip below that is at most so many times as wide as high.
const MOST_WIDE: f32 = 40.0;
/// Room below what pins hold in place.
const BELOW_PINS: f32 = 70.0;

/// The rectangle around the nodes of a block with their labels.
pub(super) fn bounds_of(graph: &LayoutGraph, block: &[(u32, Point)]) -> Rect {
    let mut bounds = Rect::EMPTY;
    for &(node, point) in block {
        let room = graph.box_of(node as usize);
        bounds.include(point + (room.min - Point::default()));
        bounds.include(point + (room.max - Point::default()));
    }
    bounds
}

/// One picture of all blocks, which need the rectangles `rooms` (in the coordinates of each), and the
/// isolated nodes: finite, pins exact, no two nodes on one spot.
///
/// A block in which nodes are pinned is moved as a whole to where its pins are nearest to their
/// places; what then lies on pinned nodes makes room for them. Boxes are those of `graph` for that, and
/// those of `labelled` for isolated nodes.
pub(super) fn picture_in_rooms(
    graph: &LayoutGraph,
    labelled: &LayoutGraph,
    blocks: Vec<Block>,
    rooms: &[Rect],
    isolated: &[u32],
) -> Vec<Point> {
    let mut picture = vec![Point::default(); graph.node_count()];
    let (mut anchored, mut held) = (Rect::EMPTY, false);
    let mut free: Vec<(Block, Rect)> = Vec::new();
    for (mut block, &room) in blocks.into_iter().zip(rooms) {
        if let Some(shift) = shift_to_pins(graph, &block) {
            held = true;
            for (node, point) in &mut block {
                *point = *point + shift;
                picture[*node as usize] = *point;
            }
            anchored.include(room.min + shift);
            anchored.include(room.max + shift);
        } else if !block.is_empty() {
            free.push((block, room));
        }
    }
    let mut cells: Vec<u32> = Vec::new();
    for &node in isolated {
        match graph
            .pin_of(node as usize)
            .and(graph.start_of(node as usize))
        {
            Some(pin) => {
                held = true;
                anchored.include(pin);
            }
            None => cells.push(node),
        }
    }
    place_free(labelled, &free, &cells, anchored, &mut picture);
    finished(graph, picture, held)
}

/// How a block moves so that its pinned nodes come nearest to their pins; `None` without any.
pub(super) fn shift_to_pins(graph: &LayoutGraph, block: &[(u32, Point)]) -> Option<Vector> {
    let (mut x, mut y, mut count) = (0.0_f64, 0.0_f64, 0_u32);
    for &(node, point) in block {
        let node = node as usize;
        if let Some(pin) = graph.pin_of(node).and(graph.start_of(node)) {
            x += f64::from(pin.x - point.x);
            y += f64::from(pin.y - point.y);
            count += 1;
        }
    }
    let share = 1.0 / f64::from(count.max(1));
    (count > 0).then(|| Vector::new((x * share) as f32, (y * share) as f32))
}

/// Packs blocks, each with the rectangle that it needs, and cells around the origin, or below what
/// pins hold in place.
pub(super) fn place_free(
    graph: &LayoutGraph,
    blocks: &[(Block, Rect)],
    cells: &[u32],
    anchored: Rect,
    picture: &mut [Point],
) {
    let sizes: Vec<(f32, f32)> = blocks
        .iter()
        .map(|(_, room)| (room.width() + BETWEEN.x, room.height() + BETWEEN.y))
        .collect();
    let cell = cell_of(graph, cells);
    let size = (
        cell.width() + BETWEEN_CELLS.x,
        cell.height() + BETWEEN_CELLS.y,
    );
    let aspect = if anchored.is_empty() {
        graph.page_aspect()
    } else {
        // A strip below, as wide as what lies above it.
        let area: f32 = sizes.iter().map(|(width, height)| width * height).sum();
        let area = area + cells.len() as f32 * size.0 * size.1;
        (anchored.width().powi(2) / area.max(1.0)).clamp(graph.page_aspect(), MOST_WIDE)
    };
    let packing = pack(&sizes, cells.len(), size, aspect);
    let origin = if anchored.is_empty() {
        Point::new(-0.5 * packing.size.0, -0.5 * packing.size.1)
    } else {
        Point::new(
            anchored.center().x - 0.5 * packing.size.0,
            anchored.max.y + BELOW_PINS,
        )
    };
    for ((block, room), corner) in blocks.iter().zip(&packing.corners) {
        let corner = origin + Vector::new(corner.0, corner.1) + BETWEEN * 0.5;
        for &(node, point) in block {
            picture[node as usize] = corner + (point - room.min);
        }
    }
    for (&node, corner) in cells.iter().zip(&packing.cells) {
        let corner = origin + Vector::new(corner.0, corner.1) + BETWEEN_CELLS * 0.5;
        picture[node as usize] = corner + (Point::default() - cell.min);
    }
}

/// The room that the largest of these nodes need.
pub(super) fn cell_of(graph: &LayoutGraph, nodes: &[u32]) -> Rect {
    let mut cell = Rect::from_corners(Point::default(), Point::default());
    for &node in nodes {
        let room = graph.box_of(node as usize);
        cell.include(room.min);
        cell.include(room.max);
    }
    cell
}

/// Pins exact, what lies on them moved aside, and no two nodes on one spot.
pub(super) fn finished(graph: &LayoutGraph, mut picture: Vec<Point>, held: bool) -> Vec<Point> {
    let pins: Vec<Option<Point>> = (0..picture.len()).map(|node| graph.pin_of(node)).collect();
    for (point, pin) in picture.iter_mut().zip(&pins) {
        *point = pin.unwrap_or(if point.is_finite() {
            *point
        } else {
            Point::default()
        });
    }
    let fixed: Vec<bool> = pins.iter().map(Option::is_some).collect();
    if held {
        picture = separate(graph, &picture);
    }
    make_distinct(&mut picture, &fixed);
    picture
}
