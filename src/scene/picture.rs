//! A whole picture for files: the scene as a camera sees it, its legend, nothing that the edge cuts.

use super::build::Scene;
use super::display::View;
use super::fitting::{Corners, fitting_camera_of_all_names};
use super::labels;
use super::legend::legend;
use super::overlay::Overlay;
use super::page::corner_of_legend;
use super::shape::Shape;
use crate::geometry::{Camera, Rect, Vector};

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
    let corner = corner_of_legend(scene, size, with_legend);
    let place = match camera {
        Some(_) => labels::place,
        None => labels::place_all,
    };
    let camera =
        camera.unwrap_or_else(|| fitting_camera_of_all_names(scene, size, Corners::left(corner)));
    let overlay = overlay.filter(|overlay| !overlay.is_empty());
    let front = overlay.map(|overlay| {
        let placed = labels::place_overlay(scene, overlay, &camera, size);
        (overlay, placed)
    });
    let list = scene.display(&View {
        camera,
        size,
        detail: &scene.detail(&camera, size),
        labels: &place(scene, &camera, size),
        overlay: front.as_ref().map(|(overlay, placed)| (*overlay, placed)),
        stepped_back: if front.is_some() { 1.0 } else { 0.0 },
        reserved: &[frame],
    });
    list.shapes().chain(legend).collect()
}
