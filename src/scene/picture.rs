//! A whole picture for files: the scene as a camera sees it, its legend, nothing that the edge cuts.

use super::build::Scene;
use super::display::View;
use super::labels;
use super::legend::legend;
use super::overlay::Overlay;
use super::shape::Shape;
use super::style::DetailLevel;
use crate::geometry::{Camera, Point, Rect, Vector};

/// Room that labels of the outermost nodes need beside and below the marks, in screen points.
const MARGIN: f32 = 64.0;
/// A few nodes would else be blown up beyond what their lines and labels bear.
const CLOSEST: f32 = 1.6;

/// The camera that shows all of a scene in a picture of `size` screen points, with nothing in the
/// lower left `corner` (width and height, the legend's; zero for none).
pub fn fitting_camera(scene: &Scene, size: Vector, corner: Vector) -> Camera {
    let bounds = scene.bounds_in_world();
    // All of the picture, what is right of the corner, what is above it: how much of the size is
    // left, and how far its middle lies from the picture's.
    let fit = |room: Vector, shift: Vector| {
        let margin = MARGIN.min(room.x.min(room.y) * 0.15);
        let mut camera = Camera::fitting(bounds, room, margin);
        camera.zoom = camera.zoom.min(CLOSEST);
        camera.center_in_world = camera.center_in_world + shift * (-1.0 / camera.zoom);
        camera
    };
    let whole = fit(size, Vector::default());
    let beside = (corner.x < size.x * 0.5).then(|| {
        let room = Vector::new(size.x - corner.x, size.y);
        fit(room, Vector::new(corner.x * 0.5, 0.0))
    });
    let above = (corner.y < size.y * 0.5).then(|| {
        let room = Vector::new(size.x, size.y - corner.y);
        fit(room, Vector::new(0.0, corner.y * -0.5))
    });
    if !corner_is_used(scene, &whole, size, corner) {
        return whole;
    }
    match (beside, above) {
        (Some(beside), Some(above)) if beside.zoom >= above.zoom => beside,
        (_, Some(above)) => above,
        (Some(beside), None) => beside,
        (None, None) => whole,
    }
}

fn corner_is_used(scene: &Scene, camera: &Camera, size: Vector, corner: Vector) -> bool {
    let taken = Rect::from_corners(
        Point::new(0.0, size.y - corner.y),
        Point::new(corner.x, size.y),
    );
    let level = DetailLevel::at(camera.zoom);
    corner.x > 0.0
        && scene.nodes.iter().any(|node| {
            let at = camera.screen_from_world(node.center, size);
            // Half of a label's usual width lies beside the mark.
            let around = Rect::from_corners(at, at).expanded(level.radius(node.radius) + 24.0);
            around.intersects(&taken)
        })
}

/// The shapes of a picture of `size` screen points, from the bottom to the top. `camera` is `None` to
/// show all; what `overlay` follows is drawn in front, as on the screen.
pub fn picture(
    scene: &Scene,
    camera: Option<Camera>,
    size: Vector,
    overlay: Option<&Overlay>,
    with_legend: bool,
) -> Vec<Shape> {
    let (legend, frame) = if with_legend {
        legend(scene, size)
    } else {
        (Vec::new(), Rect::EMPTY)
    };
    let corner = if frame.is_empty() {
        Vector::default()
    } else {
        Vector::new(frame.max.x, size.y - frame.min.y)
    };
    let place = match camera {
        Some(_) => labels::place,
        None => labels::place_all,
    };
    let camera = camera.unwrap_or_else(|| fitting_camera(scene, size, corner));
    let overlay = overlay.filter(|overlay| !overlay.is_empty());
    let front = overlay.map(|overlay| {
        let placed = labels::place_overlay(scene, overlay, &camera, size);
        (overlay, placed)
    });
    let placed = place(scene, &camera, size);
    let list = scene.display(&View {
        camera,
        size,
        labels: &placed,
        overlay: front.as_ref().map(|(overlay, placed)| (*overlay, placed)),
        stepped_back: if front.is_some() { 1.0 } else { 0.0 },
        whole_labels_only: true,
    });
    // A label half under the legend would be cut too.
    let hidden = |shape: &Shape| match shape {
        Shape::Label(label) => {
            let half = label.width.max(label.size) * 0.5;
            let around = Rect::from_corners(label.center, label.center).expanded(half);
            frame.intersects(&around) && !frame.is_empty()
        }
        Shape::Line(_) | Shape::Arrow(_) | Shape::Mark(_) | Shape::Box(_) => false,
    };
    list.shapes()
        .filter(|shape| !hidden(shape))
        .cloned()
        .chain(legend)
        .collect()
}
