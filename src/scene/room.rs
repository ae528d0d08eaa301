//! The room that a node takes with its label, for layouts that leave no two on top of each other.

use super::build::{Node, SceneInput, build};
use super::font::text_width;
use super::labels::Side;
use super::shape::{Form, Weight};
use super::style::{label_lines, radius_of_mentions};
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
