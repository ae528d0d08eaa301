//! The shape of a page on which all of a picture is seen as large as can be.

use super::build::Scene;
use super::fitting::{Corners, fitting_camera_of_all_names, is_closest};
use super::legend::legend;
use crate::geometry::Vector;

/// The usual shape of a page, width by height; others have to show things larger.
const USUAL: f32 = 4.0 / 3.0;
/// How much of its size a page of another shape must gain, for each factor of e away from the usual.
const RELUCTANCE: f32 = 0.06;
/// Widths by heights that are tried.
const SHAPES: [f32; 15] = [
    0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, USUAL, 1.5, 1.65, 1.8, 2.0, 2.2, 2.4,
];
/// A page with a few nodes is so many times smaller than the one before, as long as they are no smaller.
const SMALLER: f32 = 0.85;
/// No page is smaller than this share of the area that was asked for.
const SMALLEST: f32 = 0.2;

/// Width and height, in screen points, of a page of at most `area` square points that takes the shape of
/// what is drawn, names and legend included.
pub fn page_of_all(scene: &Scene, area: f32, with_legend: bool) -> Vector {
    let zoom_on = |size: Vector| {
        let corners = corner_of_legend(scene, size, with_legend);
        fitting_camera_of_all_names(scene, size, Corners::left(corners)).zoom
    };
    let page = |area: f32, shape: f32| Vector::new((area * shape).sqrt(), (area / shape).sqrt());
    let score = |shape: f32| {
        let reluctance = RELUCTANCE * (shape / USUAL).ln().abs();
        zoom_on(page(area, shape)) * (1.0 - reluctance)
    };
    let scores = SHAPES.map(|shape| (shape, score(shape)));
    let best = scores
        .into_iter()
        .fold((USUAL, score(USUAL)), |best, tried| {
            if tried.1 > best.1 { tried } else { best }
        });
    let mut size = page(area, best.0);
    while is_closest(zoom_on(size)) {
        let smaller = page(size.x * size.y * SMALLER, best.0);
        if smaller.x * smaller.y < SMALLEST * area || !is_closest(zoom_on(smaller)) {
            break;
        }
        size = smaller;
    }
    Vector::new(size.x.round(), size.y.round())
}

/// Width and height of what the legend takes of the lower left corner.
pub(super) fn corner_of_legend(scene: &Scene, size: Vector, with_legend: bool) -> Vector {
    let frame = with_legend
        .then(|| legend(scene, size).1)
        .filter(|frame| !frame.is_empty());
    frame.map_or(Vector::default(), |frame| {
        Vector::new(frame.max.x, size.y - frame.min.y)
    })
}
