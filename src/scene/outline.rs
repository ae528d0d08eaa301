//! Coasts and borders behind the geographic layout.
//!
//! `assets/map/outline.bin` (its card is beside it) is read once; each picture takes what of it is in
//! view, with no more points than the screen can show.

use super::build::Scene;
use super::shape::{Outline, Shape};
use super::theme::{Measures, Theme};
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::MapFrame;
use std::sync::OnceLock;

/// Hundredths of a degree are the unit of the file.
const STEPS_PER_DEGREE: f32 = 100.0;
/// Points nearer to the one before than this, in screen points, are left out.
const LEAST_STEP: f32 = 0.8;
/// Islands smaller than this on screen are left out.
const LEAST_SIZE: f32 = 1.2;

/// A coast or a border, in degrees: x is the longitude, y the latitude.
#[derive(Clone, Debug, PartialEq)]
struct Course {
    is_border: bool,
    points: Vec<Point>,
    bounds: Rect,
}

/// All coasts and borders of the world.
fn courses() -> &'static [Course] {
    static COURSES: OnceLock<Vec<Course>> = OnceLock::new();
    COURSES.get_or_init(|| decoded(include_bytes!("../../assets/map/outline.bin")))
}

/// Reads the file's form, as `training/map/outline.py` writes it; ends where it is cut off.
fn decoded(bytes: &[u8]) -> Vec<Course> {
    let mut rest = bytes.iter();
    let mut number = || -> Option<u32> {
        let mut value = 0_u32;
        for shift in (0..32).step_by(7) {
            let byte = u32::from(*rest.next()?);
            value |= (byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    };
    let mut courses = Vec::new();
    while let (Some(kind), Some(count)) = (number(), number()) {
        let mut course = Course {
            is_border: kind == 1,
            points: Vec::new(),
            bounds: Rect::EMPTY,
        };
        let (mut x, mut y) = (0_i32, 0_i32);
        for _ in 0..count {
            let (Some(east), Some(north)) = (number(), number()) else {
                return courses;
            };
            let step = |coded: u32| (coded >> 1) as i32 ^ -((coded & 1) as i32);
            x = x.wrapping_add(step(east));
            y = y.wrapping_add(step(north));
            let point = Point::new(x as f32 / STEPS_PER_DEGREE, y as f32 / STEPS_PER_DEGREE);
            course.bounds.include(point);
            course.points.push(point);
        }
        courses.push(course);
    }
    courses
}

impl Scene {
    /// The coasts and borders in view, in screen points; none if the picture is no map. `back` is how
    /// far they have stepped back behind what is followed, 0 to 1.
    pub(super) fn ground(&self, camera: &Camera, size: Vector, back: f32, list: &mut Vec<Shape>) {
        let Some(frame) = &self.map else { return };
        let measures = &Measures::get().map;
        let view = Rect::from_corners(Point::default(), Point::default() + size).expanded(8.0);
        let pen = |is_border: bool| {
            let (width, strength) = if is_border {
                (measures.border_width, measures.border_strength)
            } else {
                (measures.coast_width, measures.coast_strength)
            };
            let theme: &Theme = self.theme;
            let color = theme.background.mixed(theme.line, strength);
            (width, color.mixed(theme.stepped_back(color), back))
        };
        for course in courses() {
            let corner = |p: Point| on_screen(frame, camera, size, p);
            let seen = Rect::from_corners(corner(course.bounds.min), corner(course.bounds.max));
            let large = seen.width().max(seen.height());
            if !seen.intersects(&view) || large < LEAST_SIZE {
                continue;
            }
            let (width, color) = pen(course.is_border);
            for points in pieces_in_view(course, &view, corner) {
                list.push(Shape::Outline(Outline {
                    points,
                    width,
                    color,
                }));
            }
        }
    }
}

fn on_screen(frame: &MapFrame, camera: &Camera, size: Vector, degrees: Point) -> Point {
    camera.screen_from_world(frame.point_of(degrees.y, degrees.x), size)
}

/// The pieces of a course that come through the view, with the points that can be told apart.
fn pieces_in_view(
    course: &Course,
    view: &Rect,
    corner: impl Fn(Point) -> Point,
) -> Vec<Vec<Point>> {
    let (mut pieces, mut piece): (Vec<Vec<Point>>, Vec<Point>) = (Vec::new(), Vec::new());
    let last = course.points.len().saturating_sub(1);
    let mut before: Option<Point> = None;
    for (at, &degrees) in course.points.iter().enumerate() {
        let point = corner(degrees);
        let Some(from) = before else {
            before = Some(point);
            continue;
        };
        if from.distance(point) < LEAST_STEP && at != last {
            continue;
        }
        before = Some(point);
        if Rect::from_corners(from, point).intersects(view) {
            if piece.is_empty() {
                piece.push(from);
            }
            piece.push(point);
        } else if !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::build::{SceneInput, build};
    use super::*;
    use crate::model::{LayoutChoice, Patch, Project, SavedView, Visible};

    #[test]
    fn the_world_is_there() {
        let courses = courses();
        assert!((1500..2500).contains(&courses.len()));
        let mut bounds = Rect::EMPTY;
        for point in courses.iter().flat_map(|course| &course.points) {
            bounds.include(*point);
        }
        assert!(
            (-180.0..-179.0).contains(&bounds.min.x) && (179.0..=180.0).contains(&bounds.max.x)
        );
        assert!(bounds.min.y > -90.0 && (83.0..84.0).contains(&bounds.max.y));
        let steps = courses.iter().flat_map(|course| course.points.windows(2));
        assert!(
            steps
                .into_iter()
                .all(|ends| (ends[0].x - ends[1].x).abs() < 30.0)
        );
        // A coast passes near Gibraltar, a border near Chop, where Ukraine, Slovakia and Hungary meet.
        let near = |border: bool, x: f32, y: f32| {
            let of_kind = courses.iter().filter(|course| course.is_border == border);
            let mut points = of_kind.flat_map(|course| &course.points);
            points.any(|point| point.distance(Point::new(x, y)) < 0.2)
        };
        assert!(near(false, -5.35, 36.1) && near(true, 22.15, 48.4));
    }

    #[test]
    fn a_cut_file_ends_where_it_is_cut() {
        let whole = include_bytes!("../../assets/map/outline.bin");
        let part = decoded(&whole[..5000]);
        assert!(!part.is_empty() && part[..] == courses()[..part.len()]);
        assert!(decoded(&[0xFF; 40]).is_empty());
    }

    #[test]
    fn the_view_holds_what_passes_through_it_and_no_more_points_than_show() {
        let scene = Scene::empty(Theme::light());
        let size = Vector::new(1000.0, 700.0);
        let mut shapes = Vec::new();
        scene.ground(&Camera::default(), size, 0.0, &mut shapes);
        assert!(shapes.is_empty());
        let patch = Patch {
            layout: Some(LayoutChoice::Geographic),
            ..Patch::default()
        };
        let scene = build(&SceneInput {
            project: &Project::from_parts(patch, [0; 4], SavedView::default()),
            visible: &Visible::default(),
            live: None,
            theme: Theme::light(),
        });
        let points = |zoom: f32| {
            let camera = Camera {
                zoom,
                ..Camera::default()
            };
            let mut shapes = Vec::new();
            scene.ground(&camera, size, 0.0, &mut shapes);
            let count = |shape: &Shape| match shape {
                Shape::Outline(outline) => outline.points.len(),
                _ => 0,
            };
            shapes.iter().map(count).sum::<usize>()
        };
        let (world, part) = (points(0.1), points(2.0));
        assert!((1000..20_000).contains(&world), "{world}");
        assert!((20..6000).contains(&part), "{part}");
    }
}
