//! A whole picture for files: the scene as a camera sees it, its legend, nothing that the edge cuts.

use super::build::Scene;
use super::display::View;
use super::labels;
use super::legend::legend;
use super::overlay::Overlay;
use super::shape::Shape;
use crate::geometry::{Camera, Rect, Vector};

/// Room that labels of the outermost nodes need beside and below the marks, in screen points.
const MARGIN: f32 = 64.0;

/// The camera that shows all of a scene in a picture of `size` screen points.
pub fn fitting_camera(scene: &Scene, size: Vector) -> Camera {
    let mut camera = Camera::fitting(scene.bounds_in_world(), size, MARGIN);
    // A few nodes would be blown up beyond what their lines and labels bear.
    camera.zoom = camera.zoom.min(1.6);
    camera
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
    let camera = camera.unwrap_or_else(|| fitting_camera(scene, size));
    let overlay = overlay.filter(|overlay| !overlay.is_empty());
    let front = overlay.map(|overlay| {
        let placed = labels::place_overlay(scene, overlay, &camera, size);
        (overlay, placed)
    });
    let placed = labels::place(scene, &camera, size);
    let list = scene.display(&View {
        camera,
        size,
        labels: &placed,
        overlay: front.as_ref().map(|(overlay, placed)| (*overlay, placed)),
        stepped_back: if front.is_some() { 1.0 } else { 0.0 },
        whole_labels_only: true,
    });
    let (legend, frame) = if with_legend {
        legend(scene, size)
    } else {
        (Vec::new(), Rect::EMPTY)
    };
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
