//! Labels in a view: moved in from its edges, clear of what lies over the picture, none over another.

use super::build::{Node, Scene};
use super::font::text_width;
use super::labels::{Labeled, PlacedLabel, Side, boxes_along, has_room, link_label_size, ring};
use super::occupancy::{Occupancy, Occupant};
use super::path::Projection;
use super::rings::{outward_boxes, outward_middle};
use super::shape::{Label, Weight};
use super::theme::Measures;
use crate::geometry::{Color, Point, Rect, Vector};
use crate::model::LayoutChoice;
use std::sync::Arc;

/// The labels of one view, as they are taken in.
pub(super) struct LabelSight<'a> {
    projection: Projection<'a>,
    frame: Rect,
    taken: Occupancy,
    /// The marks that are drawn, in the order of drawing.
    drawn: &'a [u32],
    /// Where those lie that labels which have to move may meet.
    marks: Option<Occupancy>,
}

/// How a label is drawn.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    pub(super) node: Color,
    pub(super) link: Color,
    pub(super) halo: Color,
}

impl<'a> LabelSight<'a> {
    /// A view of `size` screen points in which the marks `drawn` are; no label covers any of the
    /// rectangles `reserved`.
    pub(super) fn new(
        projection: Projection<'a>,
        size: Vector,
        reserved: &[Rect],
        drawn: &'a [u32],
    ) -> Self {
        let frame = Rect::from_corners(Point::default(), Point::default() + size);
        let mut taken = Occupancy::new(frame);
        for rect in reserved.iter().filter(|rect| !rect.is_empty()) {
            taken.reserve(*rect);
        }
        Self {
            projection,
            frame,
            taken,
            drawn,
            marks: None,
        }
    }

    /// Adds the lines of all of `placed` to `list` for which there is a place. Labels that can stay
    /// where they were placed come before those that have to move, so that these displace none.
    pub(super) fn take_all<'l>(
        &mut self,
        placed: impl Iterator<Item = &'l PlacedLabel>,
        ink: Ink,
        list: &mut Vec<Label>,
    ) {
        let mut homeless: [Vec<(u32, &PlacedLabel)>; 2] = Default::default();
        for label in placed {
            match label.labeled {
                Labeled::Link(index) => self.take_link(index, ink, list),
                Labeled::Node(index) => {
                    let cut = self.is_cut(index, label);
                    if cut || !self.take_node(index, label, Reach::Home, ink, list) {
                        homeless[usize::from(cut)].push((index, label));
                    }
                }
            }
        }
        self.look_around(homeless.iter().flatten().map(|(index, _)| *index));
        for (labels, reach) in homeless.into_iter().zip([Reach::Sides, Reach::Anywhere]) {
            for (index, label) in labels {
                self.take_node(index, label, reach, ink, list);
            }
        }
    }

    /// The edge of the view cuts the label where it was placed.
    fn is_cut(&self, index: u32, placed: &PlacedLabel) -> bool {
        let node = &self.projection.scene.nodes[index as usize];
        let center = self.projection.center(index);
        let radius = self.projection.radius(index) + ring(placed.heavy);
        let size = placed.size(node);
        let rect = Rect::from_center(center + placed.side.offset(node, radius, size), size);
        self.moved_in(rect, placed.side, radius) != Some(rect)
    }

    fn is_free(&self, rect: &Rect) -> bool {
        !self.taken.is_taken(rect, |_| true)
    }

    /// Takes in the marks around some nodes, whose labels look for other places. Nearly all marks of a
    /// view lie elsewhere.
    fn look_around(&mut self, indices: impl Iterator<Item = u32>) {
        /// Beyond the label: its gap, and the largest mark that can lie under its end.
        const BEYOND: f32 = 48.0;
        let scene = self.projection.scene;
        let around = |index: u32| {
            let size = scene.nodes[index as usize].label_box(true) * 2.0;
            let room = size + Vector::new(BEYOND, BEYOND);
            Rect::from_center(self.projection.center(index), room * 2.0)
        };
        let seen = |room: &Rect| room.intersects(&self.frame);
        let rooms: Vec<Rect> = indices.map(around).filter(seen).collect();
        if rooms.is_empty() {
            return;
        }
        let mut marks = Occupancy::new(self.frame);
        for &index in self.drawn {
            let center = self.projection.center(index);
            if rooms.iter().any(|room| room.contains(center)) {
                let form = scene.nodes[index as usize].form;
                marks.insert_mark((index, form, 0), center, self.projection.radius(index));
            }
        }
        self.marks = Some(marks);
    }

    /// A mark other than that of the node at `own` lies under the rectangle.
    fn covers_mark(&self, rect: &Rect, own: u32) -> bool {
        let Some(marks) = &self.marks else {
            return false;
        };
        marks.is_taken(rect, |mark| match mark {
            Occupant::Mark { index, .. } => index != own,
            Occupant::Label | Occupant::Line | Occupant::Wish { .. } => false,
        })
    }

    /// Gives whether there was a place within `reach`.
    fn take_node(
        &mut self,
        index: u32,
        placed: &PlacedLabel,
        reach: Reach,
        ink: Ink,
        list: &mut Vec<Label>,
    ) -> bool {
        let scene: &Scene = self.projection.scene;
        let node = &scene.nodes[index as usize];
        let center = self.projection.center(index);
        let radius = self.projection.radius(index) + ring(placed.heavy);
        if !self.frame.expanded(radius).contains(center) {
            return false;
        }
        let size = placed.size(node);
        let outward = scene.outward(index);
        if let Some(direction) = outward.and_then(|outward| placed.side.along(outward)) {
            let middle = outward_middle(node, center, radius, size.x, direction);
            let boxes = outward_boxes(middle, direction, size);
            let whole =
                |rect: &Rect| self.frame.contains(rect.min) && self.frame.contains(rect.max);
            let fits = reach == Reach::Home && boxes.clone().all(|r| whole(&r) && self.is_free(&r));
            if fits {
                boxes.for_each(|part| self.taken.insert(part, Occupant::Label));
                let block = (middle, size.x, Some(direction));
                lines_of(node, block, placed, ink, list);
            }
            return fits;
        }
        let at = |side: Side| {
            let rect = Rect::from_center(center + side.offset(node, radius, size), size);
            let moved = self.moved_in(rect, side, radius)?;
            let allowed = match reach {
                Reach::Home => side == placed.side && moved == rect,
                Reach::Sides => moved == rect,
                Reach::Anywhere => true,
            };
            allowed.then_some(moved)
        };
        let others = match reach {
            Reach::Home => &[][..],
            Reach::Sides | Reach::Anywhere => Side::of(scene.layout),
        };
        let chosen = std::iter::once(&placed.side)
            .chain(others)
            .copied()
            .filter_map(at)
            .find(|rect| {
                // Where it was placed it lies well; anywhere else that has to be seen anew.
                let settled = reach == Reach::Home;
                self.is_free(rect) && (settled || !self.covers_mark(rect, index))
            });
        let Some(rect) = chosen else { return false };
        let halo = Measures::get().label.halo;
        self.taken.insert(rect.expanded(halo), Occupant::Label);
        // In columns both lines of a name begin at the same place.
        let beside = (scene.layout == LayoutChoice::Grid).then(|| Vector::new(1.0, 0.0));
        let block = (rect.center(), size.x, beside);
        lines_of(node, block, placed, ink, list);
        true
    }

    /// The rectangle, moved sideways so that the edge of the view does not cut it; `None` if it would
    /// have to leave its mark for that.
    fn moved_in(&self, rect: Rect, side: Side, radius: f32) -> Option<Rect> {
        let room = EDGE;
        let before = (self.frame.min.x + room - rect.min.x).max(0.0);
        let after = (rect.max.x - (self.frame.max.x - room)).max(0.0);
        let fits_across = before == 0.0 || after == 0.0;
        let most = match side {
            Side::Below | Side::Above | Side::Outward | Side::Inward => rect.width() * 0.5 + radius,
            Side::BelowRight | Side::BelowLeft | Side::AboveRight | Side::AboveLeft => {
                rect.width() * 0.5
            }
            Side::Right | Side::Left => 0.0,
        };
        let moved = before - after;
        let inside = self.frame.expanded(-0.5 * room);
        let fits_down = rect.min.y >= inside.min.y && rect.max.y <= inside.max.y;
        (fits_across && fits_down && moved.abs() <= most).then(|| Rect {
            min: rect.min + Vector::new(moved, 0.0),
            max: rect.max + Vector::new(moved, 0.0),
        })
    }

    fn take_link(&mut self, index: u32, ink: Ink, list: &mut Vec<Label>) {
        let scene = self.projection.scene;
        let link = &scene.links[index as usize];
        let [from, to] = [link.source, link.target].map(|end| self.projection.center(end));
        let room = link_label_size(link);
        if !has_room(scene, index, &self.projection.level, from.distance(to)) {
            return;
        }
        let Some((middle, direction)) = self
            .projection
            .path(index)
            .map(|path| path.label_place(room))
        else {
            return;
        };
        let size = Measures::get().fonts.line_label;
        let boxes = boxes_along(middle, direction, room);
        let frame = self.frame;
        let whole = |rect: Rect| frame.contains(rect.min) && frame.contains(rect.max);
        if !boxes.clone().all(|rect| whole(rect) && self.is_free(&rect)) {
            return;
        }
        for rect in boxes {
            self.taken.insert(rect, Occupant::Label);
        }
        list.push(Label {
            text: link.label.clone(),
            center: middle,
            width: link.label_width,
            size,
            weight: Weight::Regular,
            italic: true,
            angle: upright(direction.y.atan2(direction.x)),
            color: ink.link,
            halo: Some((Measures::get().label.halo, ink.halo)),
        });
    }
}

/// How far a label may go from where it was placed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Not at all.
    Home,
    /// To another side of its node.
    Sides,
    /// Along its node too.
    Anywhere,
}

/// Labels keep so far from the edges of the view, in screen points.
const EDGE: f32 = 3.0;

/// The lines of a label of a width around its middle. One that runs away from its mark along a direction
/// has its lines begin at the mark; all are read from left to right.
fn lines_of(
    node: &Node,
    (middle, widest, outward): (Point, f32, Option<Vector>),
    placed: &PlacedLabel,
    ink: Ink,
    list: &mut Vec<Label>,
) {
    let heavy = placed.heavy;
    let stretch = if heavy { Node::HEAVY_STRETCH } else { 1.0 };
    let line_height = node.label_size * Measures::get().label.line_height;
    let angle = outward.map_or(0.0, |away| upright(away.y.atan2(away.x)));
    let down = Vector::new(-angle.sin(), angle.cos());
    let above = 0.5 * (node.label.len() as f32 - 1.0);
    for (row, line) in node.label.iter().enumerate() {
        let (text, width) = match placed.share < 1.0 && line.1 * stretch > widest {
            true => &cut(&line.0, node.label_size, widest / stretch),
            false => line,
        };
        let back = 0.5 * (widest - width * stretch);
        let begin = outward.unwrap_or_default() * -back;
        let center = middle + begin + down * (line_height * (row as f32 - above));
        list.push(Label {
            text: text.clone(),
            center,
            width: width * stretch,
            size: node.label_size,
            weight: if heavy {
                Weight::SemiBold
            } else {
                Weight::Regular
            },
            italic: false,
            angle,
            color: ink.node,
            halo: Some((Measures::get().label.halo, ink.halo)),
        });
    }
}

/// As much of a line as fits into `room`, with an ellipsis, and its width.
fn cut(text: &str, size: f32, room: f32) -> (Arc<str>, f32) {
    let width_of = |text: &str| text_width(text, size, Weight::Regular, false);
    let mut kept: String = text.to_owned();
    let mut width = width_of(&kept);
    while width > room && kept.pop().is_some() {
        kept.truncate(kept.trim_end().len());
        width = width_of(&kept) + width_of("…");
    }
    kept.push('…');
    (Arc::from(kept), width)
}

/// The same line read from left to right.
fn upright(angle: f32) -> f32 {
    use std::f32::consts::{FRAC_PI_2, PI};
    if angle > FRAC_PI_2 {
        angle - PI
    } else if angle <= -FRAC_PI_2 {
        angle + PI
    } else {
        angle
    }
}
