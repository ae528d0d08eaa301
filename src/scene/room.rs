//! The room that a node takes with its label, for layouts that leave no two on top of each other.

use super::build::{Node, Scene, SceneInput, build};
use super::fitting::{Corners, fitting_camera_of_all_names};
use super::font::text_width;
use super::labels::Side;
use super::occupancy::CLEAR;
use super::page::corner_of_legend;
use super::region::ZoomStep;
use super::shape::{Form, Weight};
use super::style::{DetailLevel, label_lines, radius_of_mentions};
use super::theme::{Measures, Theme};
use crate::geometry::{Point, Rect, Vector};
use crate::model::{EntityId, EntityKind, Project, Visible};

impl Node {
    /// Mark and label, which lies below, relative to the node's middle: as drawn at zoom 1, where a
    /// unit of the world is a point of the screen.
    pub fn room(&self) -> Rect {
        let reach = self.radius * self.form.extent();
        let mark = Vector::new(reach, reach);
        let mut room = Rect::from_corners(Point::default() - mark, Point::default() + mark);
        if !self.has_no_name() {
            let size = self.label_box(false);
            let middle = Point::default() + Side::Below.offset(self, self.radius, size);
            room.include(middle - size * 0.5);
            room.include(middle + size * 0.5);
        }
        room
    }
}

/// The room of each shown entity that has a node of its own, ascending.
pub fn rooms(project: &Project, visible: &Visible) -> Vec<(EntityId, Rect)> {
    let scene = build(&SceneInput {
        project,
        visible,
        live: None,
        theme: Theme::light(),
    });
    let nodes = scene.nodes.iter();
    nodes.map(|node| (node.id, node.room())).collect()
}

/// The room of a node that is nothing but a name: a disc of the smallest size with its label.
pub fn room_of_name(name: &str) -> Rect {
    let label_size = Measures::get().fonts.label;
    let lines = label_lines(name, EntityKind::Person);
    let label = lines.into_iter().map(|line| {
        let width = text_width(&line, label_size, Weight::Regular, false);
        (line.into(), width)
    });
    let node = Node {
        id: EntityId(0),
        kind: EntityKind::Person,
        form: Form::Disc,
        radius: radius_of_mentions(1),
        pinned: false,
        mentions: 1,
        label: label.collect(),
        label_size,
    };
    node.room()
}

/// What the nodes of a scene take at a zoom, relative to their middles, in world units.
#[derive(Clone, Debug)]
pub struct Rooms {
    /// Marks alone.
    pub marks: Vec<Rect>,
    /// Nodes that are to be named, the most important first, each with the room of mark and name, for four
    /// sides on which that can lie.
    pub named: Vec<(u32, [Rect; 4])>,
}

impl Scene {
    /// The least zoom at which labels are placed as they are when all is seen in a view of `size` points,
    /// legend included.
    pub fn zoom_of_all(&self, size: Vector) -> f32 {
        let corners = Corners::left(corner_of_legend(self, size, true));
        ZoomStep::at(fitting_camera_of_all_names(self, size, corners).zoom).zoom()
    }

    /// The room that the marks take at `zoom`, and that the names do of as many, the most important first, as
    /// a view of `size` points can hold beside all the marks.
    pub fn rooms_at(&self, zoom: f32, size: Vector) -> Rooms {
        let level = DetailLevel::at(zoom);
        let reach = |node: &Node| level.radius(node.radius) * node.form.extent() + 0.5 * CLEAR;
        let square = |half: f32| Rect::from_center(Point::default(), Vector::new(half, half) * 2.0);
        let area = |rect: &Rect| rect.width() * rect.height();
        let scaled = |point: Point| Point::new(point.x / zoom, point.y / zoom);
        let in_world = |room: Rect| Rect::from_corners(scaled(room.min), scaled(room.max));
        let marks: Vec<Rect> = (self.nodes.iter())
            .map(|node| square(reach(node)))
            .collect();
        let mut left = share_for_names(marks.iter().map(area).sum(), size);
        let mut named = Vec::new();
        for &index in &self.label_order {
            let node = &self.nodes[index as usize];
            let name = node.label_box(false);
            left -= name.x * name.y;
            if left < 0.0 {
                break;
            }
            let room = |side: Side| {
                let middle = Point::default() + side.offset(node, level.radius(node.radius), name);
                let mut room = square(reach(node));
                room.include(middle - name * 0.5);
                room.include(middle + name * 0.5);
                in_world(room.expanded(0.5 * CLEAR))
            };
            let sides = [Side::Below, Side::Above, Side::Right, Side::Left];
            named.push((index, sides.map(room)));
        }
        Rooms {
            marks: marks.into_iter().map(in_world).collect(),
            named,
        }
    }
}

/// How much of a view of `size` points names may take if marks take `marks`, in square points: the more
/// marks have to make way, the fewer can.
fn share_for_names(marks: f32, size: Vector) -> f32 {
    const WITHOUT_MARKS: f32 = 0.36;
    const LESS_FOR_MARKS: f32 = 3.0;
    const LIMITS: (f32, f32) = (0.035, 0.13);
    let view = size.x * size.y;
    (WITHOUT_MARKS * view - LESS_FOR_MARKS * marks).clamp(LIMITS.0 * view, LIMITS.1 * view)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_the_room_of_its_disc_and_label() {
        let (short, long) = (room_of_name("Kim"), room_of_name("Volodymyr Zelenskyy"));
        // The disc reaches up, the label down and to the sides.
        let reach = -short.min.y;
        assert!(reach > 5.9 && short.min.x <= -reach && short.max.y > reach);
        assert!(long.width() > 2.0 * short.width() && long.height() == short.height());
        assert!((20.0..40.0).contains(&short.height()));
        let nameless = room_of_name("");
        assert_eq!(nameless.height(), nameless.width());
    }
}
