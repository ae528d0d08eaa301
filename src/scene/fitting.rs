//! The camera that shows all of a scene with its names, clear of what lies in the lower corners of the
//! view.

use super::build::Scene;
use super::style::DetailLevel;
use super::theme::Measures;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::LayoutChoice;

/// What is shown keeps so far from the edges of the view, in screen points.
const MARGIN: f32 = 24.0;
/// A few nodes would else be blown up beyond what their lines and labels bear.
const CLOSEST: f32 = 1.6;
/// Each try is so much smaller than the one before.
const SMALLER: f32 = 0.97;
const TRIES: usize = 40;

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

/// The camera that shows all of a scene in a picture of `size` screen points as large as can be, names
/// included that are drawn from afar, without a mark in one of the corners. A corner that would take more
/// than half of the view is passed over.
pub fn fitting_camera(scene: &Scene, size: Vector, corners: Corners) -> Camera {
    fitting(scene, size, corners, false)
}

/// [`fitting_camera`] for a picture in which all names are drawn that find a place.
pub fn fitting_camera_of_all_names(scene: &Scene, size: Vector, corners: Corners) -> Camera {
    fitting(scene, size, corners, true)
}

/// Nothing is shown larger than at that zoom.
pub(super) fn is_closest(zoom: f32) -> bool {
    zoom >= 0.999 * CLOSEST
}

fn fitting(scene: &Scene, size: Vector, corners: Corners, all_names: bool) -> Camera {
    let bounds = scene.bounds_in_world();
    if bounds.is_empty() {
        return Camera::default();
    }
    let guess = Camera::fitting(bounds, size, 2.0 * MARGIN.min(size.x.min(size.y) * 0.06));
    let level = DetailLevel::at(guess.zoom.min(CLOSEST));
    let columns = Columns::new(scene, &bounds, &level, all_names);
    let taken = corners.rects(size).map(|rect| {
        let large = rect.width() > size.x * 0.5 || rect.height() > size.y * 0.75;
        if large { Rect::EMPTY } else { rect }
    });
    let margin = MARGIN.min(size.x.min(size.y) * 0.05);
    let mut zoom = columns.largest_zoom(size, margin);
    let whole = columns.placed(zoom, size, margin, &[]);
    for _ in 0..TRIES {
        if let Some(camera) = columns.placed(zoom, size, margin, &taken) {
            return camera;
        }
        zoom = (zoom * SMALLER).max(Camera::MIN_ZOOM);
    }
    whole.unwrap_or(guess)
}

/// Marks and names in a number of upright strips: all that has to be known of where a picture ends.
struct Columns(Vec<Column>);

/// Marks of a strip, in world units, and how far they and their names reach beyond their middles, in
/// screen points.
#[derive(Clone, Copy)]
struct Column {
    middles: Rect,
    /// To the left and up.
    before: Vector,
    /// To the right and down.
    after: Vector,
}

impl Column {
    /// What it takes of a screen on which the origin of the world is that of the screen.
    fn at(&self, zoom: f32) -> Rect {
        let scaled = |point: Point| Point::new(point.x * zoom, point.y * zoom);
        Rect {
            min: scaled(self.middles.min) - self.before,
            max: scaled(self.middles.max) + self.after,
        }
    }
}

impl Columns {
    fn new(scene: &Scene, bounds: &Rect, level: &DetailLevel, all_names: bool) -> Self {
        const COLUMNS: usize = 96;
        let empty = Column {
            middles: Rect::EMPTY,
            before: Vector::default(),
            after: Vector::default(),
        };
        let mut columns = vec![empty; COLUMNS];
        let scale = COLUMNS as f32 / bounds.width().max(1e-6);
        let label = &Measures::get().label;
        let mut is_named: Vec<bool> = (scene.nodes.iter())
            .map(|node| all_names || level.radius(node.radius) >= label.radius_for_label)
            .collect();
        for &index in scene.label_order.iter().take(label.free_ranks) {
            is_named[index as usize] = true;
        }
        for (index, &center) in scene.centers.iter().enumerate() {
            let at = (((center.x - bounds.min.x) * scale) as usize).min(COLUMNS - 1);
            let (before, after) = reach(scene, index, level, is_named[index]);
            let column = &mut columns[at];
            column.middles.include(center);
            column.before.x = column.before.x.max(before.x);
            column.before.y = column.before.y.max(before.y);
            column.after.x = column.after.x.max(after.x);
            column.after.y = column.after.y.max(after.y);
        }
        for point in scene.outermost_points() {
            let at = (((point.x - bounds.min.x) * scale).max(0.0) as usize).min(COLUMNS - 1);
            columns[at].middles.include(point);
        }
        columns.retain(|column| !column.middles.is_empty());
        Self(columns)
    }

    fn bounds(&self, zoom: f32) -> Rect {
        let mut bounds = Rect::EMPTY;
        for column in &self.0 {
            let part = column.at(zoom);
            bounds.include(part.min);
            bounds.include(part.max);
        }
        bounds
    }

    /// The largest zoom at which all fits, by halving.
    fn largest_zoom(&self, size: Vector, margin: f32) -> f32 {
        const ROUNDS: usize = 24;
        let fits = |zoom: f32| {
            let bounds = self.bounds(zoom);
            bounds.width() <= size.x - 2.0 * margin && bounds.height() <= size.y - 2.0 * margin
        };
        let (mut low, mut high) = (Camera::MIN_ZOOM, CLOSEST);
        if fits(high) {
            return high;
        }
        for _ in 0..ROUNDS {
            let middle = (low * high).sqrt();
            if fits(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The camera at that zoom that is moved least from the middle so that nothing is touched of what is
    /// `taken`, if there is one.
    fn placed(&self, zoom: f32, size: Vector, margin: f32, taken: &[Rect]) -> Option<Camera> {
        const ACROSS: [f32; 9] = [0.0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0];
        let bounds = self.bounds(zoom);
        let slack = |room: f32, length: f32| (0.5 * (room - 2.0 * margin - length)).max(0.0);
        let slack = Vector::new(
            slack(size.x, bounds.width()),
            slack(size.y, bounds.height()),
        );
        let middle = Point::default() + size * 0.5 - bounds.center();
        let moved = |share: f32| {
            let x = middle.x + share * slack.x;
            let y = self.lowest(zoom, x, taken).min(middle.y);
            (y >= middle.y - slack.y).then(|| (Vector::new(x, y), (middle.y - y) + share.abs()))
        };
        let tries = ACROSS.into_iter().filter_map(moved);
        let (origin, _) = tries.min_by(|a, b| a.1.total_cmp(&b.1))?;
        let middle = Point::default() + size * 0.5 - origin;
        Some(Camera {
            center_in_world: Point::new(middle.x / zoom, middle.y / zoom),
            zoom,
        })
    }

    /// How low the origin can lie, with that place across, so that nothing of what is `taken` is touched.
    fn lowest(&self, zoom: f32, x: f32, taken: &[Rect]) -> f32 {
        let mut lowest = f32::INFINITY;
        for column in &self.0 {
            let part = column.at(zoom);
            let (left, right) = (part.min.x + x, part.max.x + x);
            for rect in taken.iter().filter(|rect| !rect.is_empty()) {
                if left <= rect.max.x && right >= rect.min.x {
                    lowest = lowest.min(rect.min.y - part.max.y);
                }
            }
        }
        lowest
    }
}

/// How far a mark and its name, if that is drawn, reach beyond its middle, to the left and up, to the
/// right and down, in screen points.
fn reach(scene: &Scene, index: usize, level: &DetailLevel, is_named: bool) -> (Vector, Vector) {
    let node = &scene.nodes[index];
    let label = &Measures::get().label;
    let radius = level.radius(node.radius);
    let mark = radius * node.form.extent();
    let (mut before, mut after) = (Vector::new(mark, mark), Vector::new(mark, mark));
    if node.has_no_name() || !is_named {
        return (before, after);
    }
    let name = node.label_box(false);
    if let Some(away) = scene.outward(index as u32) {
        let end = away * (mark + label.gap + name.x);
        let thick = Vector::new(away.y.abs(), away.x.abs()) * (0.5 * name.y);
        before.x = before.x.max(thick.x - end.x);
        before.y = before.y.max(thick.y - end.y);
        after.x = after.x.max(thick.x + end.x);
        after.y = after.y.max(thick.y + end.y);
    } else if scene.layout == LayoutChoice::Grid {
        after.x += label.gap + name.x;
    } else {
        before.x = before.x.max(0.5 * name.x);
        after.x = after.x.max(0.5 * name.x);
        after.y += label.gap + name.y;
    }
    (before, after)
}
