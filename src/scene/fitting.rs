//! The camera that shows all of a scene, clear of what lies in the lower corners of the view.

use super::build::Scene;
use super::style::DetailLevel;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::LayoutChoice;

/// Room that labels of the outermost nodes need beside and below the marks, in screen points.
const MARGIN: f32 = 56.0;
/// A few nodes would else be blown up beyond what their lines and labels bear.
const CLOSEST: f32 = 1.6;
/// Half of a label's usual width lies beside its mark, and its height below.
const LABEL: Vector = Vector::new(28.0, 18.0);

/// How much of the lower corners of a view is taken, width and height in screen points, margins
/// included; zero for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corners {
    /// Lower left: the legend.
    pub left: Vector,
    /// Lower right: the map and the zoom buttons.
    pub right: Vector,
}

impl Corners {
    /// Nothing but the lower left corner.
    pub fn left(left: Vector) -> Self {
        Self {
            left,
            right: Vector::default(),
        }
    }

    /// The rectangles in a view of `size`; empty ones for nothing.
    pub fn rects(&self, size: Vector) -> [Rect; 2] {
        let low = Point::default() + size;
        let rect = |taken: Vector, x: f32| {
            if taken.x <= 0.0 || taken.y <= 0.0 {
                return Rect::EMPTY;
            }
            Rect::from_corners(
                Point::new(x, low.y - taken.y),
                Point::new(x + taken.x, low.y),
            )
        };
        [
            rect(self.left, 0.0),
            rect(self.right, size.x - self.right.x),
        ]
    }
}

/// The camera that shows all of a scene in a picture of `size` screen points as large as can be
/// without a mark in one of the corners. A corner that would take more than half of the view is
/// passed over.
pub fn fitting_camera(scene: &Scene, size: Vector, corners: Corners) -> Camera {
    /// Each try is so much smaller than the one before.
    const SMALLER: f32 = 0.96;
    const TRIES: usize = 24;
    let mut bounds = scene.bounds_in_world();
    if scene.layout == LayoutChoice::Grid && !bounds.is_empty() {
        // Names stand to the right of their marks.
        let widths = scene.nodes.iter().map(|node| node.label_box(false).x);
        bounds.max.x += widths.fold(0.0, f32::max);
    }
    let reach = scene.reach_of_labels();
    let margin = MARGIN
        .min(size.x.min(size.y) * 0.12)
        .max(reach.min(size.x.min(size.y) * 0.22));
    let mut whole = Camera::fitting(bounds, size, margin);
    whole.zoom = whole.zoom.min(CLOSEST);
    let taken = corners.rects(size).map(|rect| {
        let large = rect.width() > size.x * 0.5 || rect.height() > size.y * 0.75;
        if large { Rect::EMPTY } else { rect }
    });
    if bounds.is_empty() || taken.iter().all(Rect::is_empty) {
        return whole;
    }
    let low_edge = LowEdge::new(scene, &bounds);
    let mut camera = whole;
    for _ in 0..TRIES {
        let room = |across: f32, length: f32| (across - 2.0 * margin - length * camera.zoom) * 0.5;
        let slack = Vector::new(
            room(size.x, bounds.width()).max(0.0),
            room(size.y, bounds.height()).max(0.0),
        );
        for (x, y) in [
            (0.0, 0.0),
            (0.0, -1.0),
            (1.0, 0.0),
            (-1.0, 0.0),
            (1.0, -1.0),
            (-1.0, -1.0),
        ] {
            let shift = Vector::new(x * slack.x, y * slack.y);
            let tried = Camera {
                center_in_world: whole.center_in_world - shift * (1.0 / camera.zoom),
                zoom: camera.zoom,
            };
            if !low_edge.touches(&taken, &tried, size) {
                return tried;
            }
        }
        camera.zoom *= SMALLER;
    }
    whole
}

/// The lowest mark in each of a number of columns: all that a lower corner can meet.
struct LowEdge {
    columns: Vec<Option<(Point, f32)>>,
}

impl LowEdge {
    fn new(scene: &Scene, bounds: &Rect) -> Self {
        const COLUMNS: usize = 96;
        let mut columns: Vec<Option<(Point, f32)>> = vec![None; COLUMNS];
        let scale = COLUMNS as f32 / bounds.width().max(1e-6);
        for (node, &center) in scene.nodes.iter().zip(&scene.centers) {
            let column = (((center.x - bounds.min.x) * scale) as usize).min(COLUMNS - 1);
            let lowest = &mut columns[column];
            if lowest.is_none_or(|(at, _)| center.y > at.y) {
                *lowest = Some((center, node.radius));
            }
        }
        Self { columns }
    }

    fn touches(&self, taken: &[Rect], camera: &Camera, size: Vector) -> bool {
        let level = DetailLevel::at(camera.zoom);
        self.columns.iter().flatten().any(|&(center, radius)| {
            let at = camera.screen_from_world(center, size);
            let radius = level.radius(radius);
            let reach = Vector::new(radius, radius) + LABEL;
            let around = Rect::from_corners(at - reach, at + reach);
            taken.iter().any(|rect| rect.intersects(&around))
        })
    }
}
