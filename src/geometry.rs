//! Points, rectangles, the camera and colours: the words that layout, scene and painters share.
//!
//! Two spaces exist, and names say which one is meant: `_in_world` (the plane that layouts fill)
//! and `_in_screen` (logical points of a window or picture, y downwards in both).

use serde::{Deserialize, Serialize};

/// A place in the plane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// A distance in the plane, or a size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Vector {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    /// The point at `x`, `y`.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Euclidean distance to `other`.
    pub fn distance(self, other: Self) -> f32 {
        (self - other).length()
    }

    /// The point at share `t` of the way to `other` (0 here, 1 there).
    pub fn lerp(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }

    /// Neither coordinate is infinite or not a number.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

impl Vector {
    /// The vector `x`, `y`.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Euclidean length.
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// The same direction with length 1; `(1, 0)` for a vector without a direction.
    pub fn normalized(self) -> Self {
        let length = self.length();
        if length > f32::MIN_POSITIVE {
            self * (1.0 / length)
        } else {
            Self::new(1.0, 0.0)
        }
    }

    /// A quarter turn.
    pub const fn perpendicular(self) -> Self {
        Self::new(-self.y, self.x)
    }

    /// Scalar product.
    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }
}

impl std::ops::Sub for Point {
    type Output = Vector;
    fn sub(self, other: Self) -> Vector {
        Vector::new(self.x - other.x, self.y - other.y)
    }
}

impl std::ops::Add<Vector> for Point {
    type Output = Self;
    fn add(self, other: Vector) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub<Vector> for Point {
    type Output = Self;
    fn sub(self, other: Vector) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl std::ops::Add for Vector {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Mul<f32> for Vector {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// An axis-parallel rectangle; `min` is the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Upper left corner.
    pub min: Point,
    /// Lower right corner.
    pub max: Point,
}

impl Rect {
    /// The rectangle that holds nothing; [`Rect::include`] makes it grow.
    pub const EMPTY: Self = Self {
        min: Point::new(f32::INFINITY, f32::INFINITY),
        max: Point::new(f32::NEG_INFINITY, f32::NEG_INFINITY),
    };

    /// The rectangle between two opposite corners, in any order.
    pub fn from_corners(a: Point, b: Point) -> Self {
        Self {
            min: Point::new(a.x.min(b.x), a.y.min(b.y)),
            max: Point::new(a.x.max(b.x), a.y.max(b.y)),
        }
    }

    /// The rectangle of `size` around `center`.
    pub fn from_center(center: Point, size: Vector) -> Self {
        Self {
            min: center - size * 0.5,
            max: center + size * 0.5,
        }
    }

    /// Nothing was ever included.
    pub fn is_empty(&self) -> bool {
        self.min.x > self.max.x || self.min.y > self.max.y
    }

    /// Grow until `point` lies inside.
    pub fn include(&mut self, point: Point) {
        self.min = Point::new(self.min.x.min(point.x), self.min.y.min(point.y));
        self.max = Point::new(self.max.x.max(point.x), self.max.y.max(point.y));
    }

    /// Larger by `margin` on every side.
    pub fn expanded(self, margin: f32) -> Self {
        Self {
            min: Point::new(self.min.x - margin, self.min.y - margin),
            max: Point::new(self.max.x + margin, self.max.y + margin),
        }
    }

    /// The point lies inside or on the border.
    pub fn contains(&self, point: Point) -> bool {
        (self.min.x..=self.max.x).contains(&point.x) && (self.min.y..=self.max.y).contains(&point.y)
    }

    /// The two share at least a point.
    pub fn intersects(&self, other: &Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    /// The area that lies in both.
    pub fn shared_area(&self, other: &Self) -> f32 {
        let width = self.max.x.min(other.max.x) - self.min.x.max(other.min.x);
        let height = self.max.y.min(other.max.y) - self.min.y.max(other.min.y);
        width.max(0.0) * height.max(0.0)
    }

    /// The shares of the way between two points at which it enters and leaves the rectangle, 0 to 1;
    /// `None` if it passes by (Liang and Barsky 1984).
    pub fn part_inside(&self, from: Point, to: Point) -> Option<(f32, f32)> {
        let way = to - from;
        let mut part = (0.0_f32, 1.0_f32);
        let sides = [
            (-way.x, from.x - self.min.x),
            (way.x, self.max.x - from.x),
            (-way.y, from.y - self.min.y),
            (way.y, self.max.y - from.y),
        ];
        for (speed, room) in sides {
            if speed == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if speed < 0.0 {
                part.0 = part.0.max(room / speed);
            } else {
                part.1 = part.1.min(room / speed);
            }
        }
        (part.0 <= part.1).then_some(part)
    }

    /// Width of the rectangle; negative when empty.
    pub fn width(&self) -> f32 {
        self.max.x - self.min.x
    }

    /// Height of the rectangle; negative when empty.
    pub fn height(&self) -> f32 {
        self.max.y - self.min.y
    }

    /// The middle.
    pub fn center(&self) -> Point {
        self.min.lerp(self.max, 0.5)
    }

    /// Width and height.
    pub fn size(&self) -> Vector {
        self.max - self.min
    }
}

/// Which part of the world is seen, and how large.
///
/// ```
/// use redstring::geometry::{Camera, Point, Vector};
/// let camera = Camera { center_in_world: Point::new(10.0, 0.0), zoom: 2.0 };
/// let size = Vector::new(800.0, 600.0);
/// assert_eq!(camera.screen_from_world(Point::new(10.0, 0.0), size), Point::new(400.0, 300.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// The world point in the middle of the view.
    pub center_in_world: Point,
    /// Screen points for one world unit.
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            center_in_world: Point::default(),
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// Smallest zoom that a user can reach.
    pub const MIN_ZOOM: f32 = 0.002;
    /// Largest zoom that a user can reach.
    pub const MAX_ZOOM: f32 = 40.0;

    /// Where a world point appears in a view of `size` screen points whose upper left corner is (0, 0).
    pub fn screen_from_world(&self, point_in_world: Point, size: Vector) -> Point {
        Point::default() + size * 0.5 + (point_in_world - self.center_in_world) * self.zoom
    }

    /// The world point under a screen point: the inverse of [`Camera::screen_from_world`].
    pub fn world_from_screen(&self, point_in_screen: Point, size: Vector) -> Point {
        let offset = point_in_screen - (Point::default() + size * 0.5);
        self.center_in_world + offset * (1.0 / self.zoom)
    }

    /// The part of the world that a view of `size` screen points shows.
    pub fn visible_in_world(&self, size: Vector) -> Rect {
        Rect::from_center(self.center_in_world, size * (1.0 / self.zoom))
    }

    /// Zoom by `factor` so that the world point under `anchor_in_screen` stays there.
    pub fn zoomed_at(&self, anchor_in_screen: Point, size: Vector, factor: f32) -> Self {
        let before = self.world_from_screen(anchor_in_screen, size);
        let mut camera = *self;
        camera.zoom = (self.zoom * factor).clamp(Self::MIN_ZOOM, Self::MAX_ZOOM);
        let after = camera.world_from_screen(anchor_in_screen, size);
        camera.center_in_world = camera.center_in_world + (before - after);
        camera
    }

    /// The camera that shows all of `bounds_in_world` with a margin of `margin` screen points.
    /// An empty or single-point rectangle is shown at zoom 1.
    pub fn fitting(bounds_in_world: Rect, size: Vector, margin: f32) -> Self {
        if bounds_in_world.is_empty() {
            return Self::default();
        }
        let room = Vector::new(
            (size.x - 2.0 * margin).max(16.0),
            (size.y - 2.0 * margin).max(16.0),
        );
        let zoom_x = room.x / bounds_in_world.width().max(1e-6);
        let zoom_y = room.y / bounds_in_world.height().max(1e-6);
        let zoom = zoom_x.min(zoom_y);
        Self {
            center_in_world: bounds_in_world.center(),
            zoom: if zoom > 1e4 {
                1.0
            } else {
                zoom.clamp(Self::MIN_ZOOM, 4.0)
            },
        }
    }
}

/// Red, green, blue and opacity, 0 to 255, not premultiplied, sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity.
    pub a: u8,
}

impl Color {
    /// An opaque colour.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }

    /// The same colour with its opacity multiplied by `share` (0 to 1).
    pub fn faded(self, share: f32) -> Self {
        Self {
            a: (f32::from(self.a) * share.clamp(0.0, 1.0)).round() as u8,
            ..self
        }
    }

    /// The colour at share `t` of the way to `other`.
    pub fn mixed(self, other: Self, t: f32) -> Self {
        let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t).round() as u8;
        Self {
            r: mix(self.r, other.r),
            g: mix(self.g, other.g),
            b: mix(self.b, other.b),
            a: mix(self.a, other.a),
        }
    }

    /// `#RRGGBB`, opacity left out.
    pub fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.r, self.g, self.b)
    }

    /// Reads `#RRGGBB`; `None` for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self::rgb(channel(0)?, channel(2)?, channel(4)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zooming_keeps_the_anchor_in_place() {
        let camera = Camera {
            center_in_world: Point::new(3.0, -7.0),
            zoom: 0.5,
        };
        let size = Vector::new(640.0, 480.0);
        let anchor = Point::new(100.0, 50.0);
        let before = camera.world_from_screen(anchor, size);
        let after = camera
            .zoomed_at(anchor, size, 1.7)
            .world_from_screen(anchor, size);
        assert!(before.distance(after) < 1e-3);
    }

    #[test]
    fn fitting_shows_all_corners() {
        let bounds = Rect::from_corners(Point::new(-500.0, 20.0), Point::new(900.0, 300.0));
        let size = Vector::new(800.0, 600.0);
        let camera = Camera::fitting(bounds, size, 40.0);
        for corner in [bounds.min, bounds.max] {
            let at = camera.screen_from_world(corner, size);
            assert!(at.x >= 39.9 && at.x <= 760.1 && at.y >= 39.9 && at.y <= 560.1);
        }
    }

    #[test]
    fn colours_survive_hex() {
        let color = Color::rgb(0xC8, 0x10, 0x2E);
        assert_eq!(Color::from_hex(&color.hex()), Some(color));
        assert_eq!(Color::from_hex("#C8102"), None);
        assert_eq!(Color::from_hex("#Ω0000"), None);
    }

    proptest! {
        #[test]
        fn the_part_of_a_way_inside_holds_all_of_it_that_is(
            ends in [(-9.0_f32..9.0, -9.0_f32..9.0), (-9.0..9.0, -9.0..9.0)],
            share in 0.0_f32..1.0,
        ) {
            let [from, to] = ends.map(|(x, y)| Point::new(x, y));
            let rect = Rect::from_corners(Point::new(-3.0, -2.0), Point::new(4.0, 5.0));
            let part = rect.part_inside(from, to);
            if rect.contains(from.lerp(to, share)) {
                let (enter, leave) = part.expect("passes the rectangle");
                prop_assert!(enter - 1e-4 <= share && share <= leave + 1e-4);
            }
        }
    }
}
