//! The room that labels take, and that lines have for theirs.

use crate::geometry::{Point, Rect, Vector};
use crate::scene::Measures;
use crate::scene::build::{Link, Scene};
use crate::scene::style::DetailLevel;

/// What is followed has a ring around its mark, and a heavy label beyond it: so much farther out, in
/// screen points.
pub(in crate::scene) fn ring(heavy: bool) -> f32 {
    if heavy {
        Measures::get().node.ring
    } else {
        0.0
    }
}

/// The room of a line's label, turned with it, in screen points.
pub(in crate::scene) fn link_label_size(link: &Link) -> Vector {
    Vector::new(link.label_width, Measures::get().fonts.line_label * 1.1)
}

/// A line whose ends are `length` screen points apart is long enough for its label between the
/// marks; a loop always is, since its label lies beside it.
pub(in crate::scene) fn has_room(
    scene: &Scene,
    index: u32,
    level: &DetailLevel,
    length: f32,
) -> bool {
    let link = &scene.links[index as usize];
    if link.source == link.target {
        return true;
    }
    let marks = [link.source, link.target].map(|end| {
        let node = &scene.nodes[end as usize];
        level.radius(node.radius) * node.form.extent()
    });
    length >= marks[0] + marks[1] + link.label_width + 3.0 * Measures::get().fonts.line_label
}

/// Upright boxes that together cover a line of text of `size` along `direction`, of length 1: one
/// around each stretch of it about as long as high.
pub(in crate::scene) fn boxes_along(
    middle: Point,
    direction: Vector,
    size: Vector,
) -> impl ExactSizeIterator<Item = Rect> + Clone {
    let count = (size.x / size.y).ceil().clamp(1.0, 64.0) as usize;
    let stretch = size.x / count as f32;
    let (x, y) = (direction.x.abs(), direction.y.abs());
    let around = Vector::new(stretch * x + size.y * y, stretch * y + size.y * x);
    let start = middle - direction * (size.x * 0.5);
    (0..count).map(move |i| {
        let at = start + direction * (stretch * (i as f32 + 0.5));
        Rect::from_center(at, around)
    })
}
