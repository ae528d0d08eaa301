//! The way that a line takes on screen: what is painted and what is picked come from here.

use super::build::Scene;
use super::shape::{Line, Pattern};
use super::style::DetailLevel;
use crate::geometry::{Camera, Color, Point, Vector};

/// A scene seen by a camera, without regard to what is in view.
#[derive(Clone, Copy)]
pub(super) struct Projection<'a> {
    pub(super) scene: &'a Scene,
    pub(super) level: DetailLevel,
    zoom: f32,
    shift: Vector,
}

/// A line is one curve, a loop two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path {
    pub(super) pieces: [Line; 2],
    pub(super) count: usize,
}

impl Path {
    /// One straight line.
    pub(super) fn straight(from: Point, to: Point) -> Self {
        Self {
            pieces: [curve(from, None, to); 2],
            count: 1,
        }
    }

    pub(super) fn pieces(&self) -> &[Line] {
        &self.pieces[..self.count]
    }

    /// Where its label goes, of `size`, and in which direction the text runs: along a line; beside
    /// the outermost point of a loop, level.
    pub(super) fn label_place(&self, size: Vector) -> (Point, Vector) {
        match self.pieces() {
            [line] => (line.at(0.5), line.direction_at(0.5)),
            _ => (beside_loop(self.pieces[0].to, size), Vector::new(1.0, 0.0)),
        }
    }
}

/// Of a line that is shorter than this on screen there is nothing to see.
pub(super) const LEAST_LENGTH: f32 = 1.0;
/// A bend that is less than this on screen is not seen.
const LEAST_BEND: f32 = 0.75;

impl<'a> Projection<'a> {
    pub(super) fn new(scene: &'a Scene, camera: &Camera, size: Vector) -> Self {
        let center = camera.center_in_world;
        Self {
            scene,
            level: DetailLevel::at(camera.zoom),
            zoom: camera.zoom,
            shift: size * 0.5 + Vector::new(-center.x, -center.y) * camera.zoom,
        }
    }

    pub(super) fn on_screen(&self, point_in_world: Point) -> Point {
        Point::new(
            point_in_world.x * self.zoom + self.shift.x,
            point_in_world.y * self.zoom + self.shift.y,
        )
    }

    pub(super) fn center(&self, index: u32) -> Point {
        self.on_screen(self.scene.centers[index as usize])
    }

    pub(super) fn radius(&self, index: u32) -> f32 {
        self.level.radius(self.scene.nodes[index as usize].radius)
    }

    /// The way of a link from middle to middle, without width or color; `None` where its ends are so
    /// near to each other that there is nothing to see.
    pub(super) fn path(&self, link_index: u32) -> Option<Path> {
        let link = &self.scene.links[link_index as usize];
        if link.source == link.target {
            return Some(self.circuit(link.source, link.bend));
        }
        let (from, to) = (self.center(link.source), self.center(link.target));
        if (to - from).dot(to - from) < LEAST_LENGTH * LEAST_LENGTH {
            return None;
        }
        let bend = link.bend * self.zoom;
        let ascending = link.source < link.target;
        let control = (bend.abs() >= LEAST_BEND).then(|| control(from, to, bend, ascending));
        Some(Path {
            pieces: [curve(from, control, to); 2],
            count: 1,
        })
    }

    /// A loop over the upper right shoulder of a mark.
    fn circuit(&self, node: u32, bend: f32) -> Path {
        let center = self.center(node);
        let radius = self.radius(node);
        let height = loop_height(radius, bend * self.zoom);
        let out = outwards();
        let across = out.perpendicular();
        let apex = loop_apex(center, radius, bend * self.zoom);
        let wide = across * (0.55 * height + 0.3 * radius);
        // Both feet stand inside the mark, whatever its form.
        let form = self.scene.nodes[node as usize].form;
        let foot = |side: f32| {
            let way = (out * 0.5 + across * (0.45 * side)).normalized();
            center + way * (0.67 * radius * form.reach(way))
        };
        Path {
            pieces: [
                curve(foot(-1.0), Some(apex - wide), apex),
                curve(apex, Some(apex + wide), foot(1.0)),
            ],
            count: 2,
        }
    }
}

/// The control point of a line whose middle lies `bend` off its chord.
fn control(from: Point, to: Point, bend: f32, ascending: bool) -> Point {
    let way = if ascending { to - from } else { from - to };
    from.lerp(to, 0.5) + way.normalized().perpendicular() * (2.0 * bend)
}

/// The way of a link that is no loop, in world units.
pub(super) fn curve_in_world(scene: &Scene, link_index: u32) -> Line {
    let link = &scene.links[link_index as usize];
    let [from, to] = [link.source, link.target].map(|end| scene.centers[end as usize]);
    let ascending = link.source < link.target;
    let bent = (link.bend != 0.0).then(|| control(from, to, link.bend, ascending));
    curve(from, bent, to)
}

/// The way from a mark to the outermost point of its loops.
fn outwards() -> Vector {
    Vector::new(0.5_f32.sqrt(), -(0.5_f32.sqrt()))
}

/// The outermost point of a loop over a mark.
fn loop_apex(center: Point, radius: f32, bend: f32) -> Point {
    center + outwards() * (radius + loop_height(radius, bend))
}

fn beside_loop(apex: Point, label: Vector) -> Point {
    /// Between a loop and its label, in screen points.
    const GAP: f32 = 4.0;
    apex + Vector::new(label.x * 0.5 + GAP, label.y * -0.5)
}

/// The middle of a loop's label of `size`, for a mark of `radius` and a `bend` in screen points.
pub(super) fn loop_label(center: Point, radius: f32, bend: f32, size: Vector) -> Point {
    beside_loop(loop_apex(center, radius, bend), size)
}

fn loop_height(radius: f32, bend: f32) -> f32 {
    2.0 * radius + 6.0 + bend
}

/// No part of a loop lies farther from its mark's middle, in screen points.
pub(super) fn loop_reach(radius: f32, bend: f32) -> f32 {
    1.5 * (radius + loop_height(radius, bend))
}

fn curve(from: Point, control: Option<Point>, to: Point) -> Line {
    Line {
        from,
        to,
        control,
        width: 0.0,
        color: Color::rgb(0, 0, 0),
        pattern: Pattern::Solid,
    }
}

/// How far a point lies from a line.
pub(super) fn distance_to(point: Point, line: &Line) -> f32 {
    let pieces = match line.control {
        None => 1,
        Some(_) => 2 * line.pieces(),
    };
    let at = |piece: usize| line.at(piece as f32 / pieces as f32);
    (0..pieces)
        .map(|piece| distance_to_segment(point, at(piece), at(piece + 1)))
        .fold(f32::INFINITY, f32::min)
}

pub(super) fn distance_to_segment(point: Point, from: Point, to: Point) -> f32 {
    let along = to - from;
    let squared = along.dot(along);
    if squared <= f32::MIN_POSITIVE {
        return point.distance(from);
    }
    let t = ((point - from).dot(along) / squared).clamp(0.0, 1.0);
    point.distance(from.lerp(to, t))
}
