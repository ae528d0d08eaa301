//! Which labels are shown where: the most important first, none over another.
//!
//! Places are worked out in the zoomed plane (world units times zoom), so panning changes nothing;
//! only what lies within a view's distance of the view is looked at. The same function serves the
//! screen and the files.

use super::build::{Link, Node, Scene};
use super::occupancy::{Occupancy, Occupant};
use super::overlay::Overlay;
use super::shape::Weight;
use super::style::DetailLevel;
use super::theme::Measures;
use crate::geometry::{Camera, Point, Rect, Vector};
use std::sync::Arc;

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labeled {
    /// The node at this index.
    Node(u32),
    /// The line at this index.
    Link(u32),
}

/// A line of a label at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLine {
    /// The words.
    pub text: Arc<str>,
    /// Its middle in the zoomed plane.
    pub center: Point,
    /// Its width in screen points.
    pub width: f32,
}

/// A label at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabel {
    /// What it names.
    pub labeled: Labeled,
    /// Its lines.
    pub lines: Vec<PlacedLine>,
    /// Size of the font.
    pub size: f32,
    /// Clockwise turn in radians.
    pub angle: f32,
    /// The room it takes in the zoomed plane.
    pub rect: Rect,
}

/// Labels at their places, for one zoom and a region around the view.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabels {
    /// The labels, the most important first.
    pub labels: Vec<PlacedLabel>,
    zoom: f32,
    region: Rect,
}

impl PlacedLabels {
    /// They still hold for this camera, as long as the scene is the same.
    pub fn holds_for(&self, camera: &Camera, size: Vector) -> bool {
        self.zoom == camera.zoom && self.region == region_around(camera, size)
    }
}

/// The view and a view's width around it, in the zoomed plane, in steps of half a view: so it stays
/// the same while one pans a little.
fn region_around(camera: &Camera, size: Vector) -> Rect {
    let snapped = |center: f32, length: f32| {
        let step = (length * 0.5).max(1.0);
        (center * camera.zoom / step).round() * step
    };
    let center = Point::new(
        snapped(camera.center_in_world.x, size.x),
        snapped(camera.center_in_world.y, size.y),
    );
    Rect::from_center(center, size * 3.0)
}

/// Places labels for a view of `size` screen points: those of nodes that are large enough at this zoom.
pub fn place(scene: &Scene, camera: &Camera, size: Vector) -> PlacedLabels {
    place_those(scene, camera, size, false)
}

/// Places the labels of all nodes for which there is room, however small: for a picture that cannot
/// be zoomed into.
pub fn place_all(scene: &Scene, camera: &Camera, size: Vector) -> PlacedLabels {
    place_those(scene, camera, size, true)
}

fn place_those(scene: &Scene, camera: &Camera, size: Vector, all: bool) -> PlacedLabels {
    let mut placer = Placer::new(scene, camera, size);
    placer.enter_marks(scene);
    let label = &Measures::get().label;
    for (rank, &index) in scene.label_order.iter().enumerate() {
        let node = &scene.nodes[index as usize];
        if all
            || rank < label.free_ranks
            || placer.level.radius(node.radius) >= label.radius_for_label
        {
            placer.place_node(index, node, rank as u32, Weight::Regular);
        }
    }
    if placer.level.line_labels {
        for index in links_by_importance(scene, |link| link.stated) {
            placer.place_link(scene, index);
        }
    }
    placer.finish()
}

/// Places the labels of what `overlay` holds in front: followed nodes first, then their neighbors,
/// then the red lines.
pub fn place_overlay(
    scene: &Scene,
    overlay: &Overlay,
    camera: &Camera,
    size: Vector,
) -> PlacedLabels {
    let mut placer = Placer::new(scene, camera, size);
    for &index in overlay.followed.iter().chain(&overlay.neighbors) {
        let node = &scene.nodes[index as usize];
        placer.enter_mark(node, 0);
    }
    let rank_of = |followed: bool| {
        scene.label_order.iter().copied().filter(move |index| {
            let list = if followed {
                &overlay.followed
            } else {
                &overlay.neighbors
            };
            list.binary_search(index).is_ok()
        })
    };
    for index in rank_of(true) {
        placer.place_node(index, &scene.nodes[index as usize], 0, Weight::SemiBold);
    }
    for index in rank_of(false) {
        placer.place_node(index, &scene.nodes[index as usize], 0, Weight::Regular);
    }
    for &index in &overlay.red_links {
        placer.place_link(scene, index);
    }
    placer.finish()
}

fn links_by_importance(scene: &Scene, wanted: impl Fn(&Link) -> bool) -> Vec<u32> {
    let mut order: Vec<u32> = (0..scene.links.len() as u32)
        .filter(|&i| wanted(&scene.links[i as usize]) && !scene.links[i as usize].label.is_empty())
        .collect();
    order.sort_by(|&a, &b| {
        let width = |i: u32| scene.links[i as usize].width;
        width(b).total_cmp(&width(a)).then(a.cmp(&b))
    });
    order
}

struct Placer {
    level: DetailLevel,
    zoom: f32,
    region: Rect,
    taken: Occupancy,
    labels: Vec<PlacedLabel>,
}

impl Placer {
    fn new(scene: &Scene, camera: &Camera, size: Vector) -> Self {
        let region = region_around(camera, size);
        let world = scene.bounds_in_world();
        let scaled = |p: Point| Point::new(p.x * camera.zoom, p.y * camera.zoom);
        let mut used = Rect {
            min: scaled(world.min),
            max: scaled(world.max),
        }
        .expanded(400.0);
        used.min = Point::new(used.min.x.max(region.min.x), used.min.y.max(region.min.y));
        used.max = Point::new(used.max.x.min(region.max.x), used.max.y.min(region.max.y));
        if used.is_empty() || scene.nodes.is_empty() {
            used = Rect::from_center(region.center(), Vector::new(1.0, 1.0));
        }
        Self {
            level: DetailLevel::at(camera.zoom),
            zoom: camera.zoom,
            region,
            taken: Occupancy::new(used),
            labels: Vec::new(),
        }
    }

    fn finish(self) -> PlacedLabels {
        PlacedLabels {
            labels: self.labels,
            zoom: self.zoom,
            region: self.region,
        }
    }

    fn zoomed(&self, point: Point) -> Point {
        Point::new(point.x * self.zoom, point.y * self.zoom)
    }

    fn enter_marks(&mut self, scene: &Scene) {
        for (rank, &index) in scene.label_order.iter().enumerate() {
            self.enter_mark(&scene.nodes[index as usize], rank as u32);
        }
    }

    fn enter_mark(&mut self, node: &Node, rank: u32) {
        let radius = self.level.radius(node.radius);
        let rect = Rect::from_center(self.zoomed(node.center), Vector::new(1.7, 1.7) * radius);
        self.taken.insert(
            rect,
            Occupant::Mark {
                rank,
                radius: radius as u32,
            },
        );
    }

    fn place_node(&mut self, index: u32, node: &Node, rank: u32, weight: Weight) {
        let center = self.zoomed(node.center);
        if !self.region.contains(center) || node.label.iter().all(|(text, _)| text.is_empty()) {
            return;
        }
        let measures = &Measures::get().label;
        let radius = self.level.radius(node.radius);
        let line_height = node.label_size * measures.line_height;
        // Semi-bold letters are at most a tenth wider than regular ones.
        let stretch = if weight == Weight::SemiBold { 1.1 } else { 1.0 };
        let width = node
            .label
            .iter()
            .map(|(_, w)| w * stretch)
            .fold(0.0, f32::max);
        let size = Vector::new(width, line_height * node.label.len() as f32);
        let sides = sides(node, radius, size, measures.gap);
        let free = |rect: &Rect, strict: bool| {
            !self.taken.is_taken(rect, |occupant| match occupant {
                Occupant::Label => true,
                Occupant::Mark {
                    rank: other,
                    radius,
                } => strict || (other < rank) || radius >= 7,
            })
        };
        let chosen = [true, false].into_iter().find_map(|strict| {
            sides
                .iter()
                .map(|&offset| Rect::from_center(center + offset, size))
                .find(|rect| free(rect, strict))
        });
        let Some(rect) = chosen else { return };
        let first = rect.min.y + line_height * 0.5;
        let lines = node
            .label
            .iter()
            .enumerate()
            .map(|(row, (text, width))| PlacedLine {
                text: text.clone(),
                center: Point::new(rect.center().x, first + line_height * row as f32),
                width: width * stretch,
            })
            .collect();
        self.taken
            .insert(rect.expanded(measures.halo), Occupant::Label);
        self.labels.push(PlacedLabel {
            labeled: Labeled::Node(index),
            lines,
            size: node.label_size,
            angle: 0.0,
            rect,
        });
    }

    fn place_link(&mut self, scene: &Scene, index: u32) {
        let link = &scene.links[index as usize];
        let [source, target] = [link.source, link.target].map(|end| &scene.nodes[end as usize]);
        let (from, to) = (self.zoomed(source.center), self.zoomed(target.center));
        let mut middle = from.lerp(to, 0.5);
        if let Some(control) = scene.curve_in_world(index as usize) {
            middle = middle.lerp(self.zoomed(control), 0.5);
        }
        if link.label.is_empty() || !self.region.contains(middle) {
            return;
        }
        let along = to - from;
        let room = along.length()
            - self.level.radius(source.radius) * source.form.extent()
            - self.level.radius(target.radius) * target.form.extent();
        let size = Measures::get().fonts.line_label;
        if room < link.label_width + 3.0 * size {
            return;
        }
        let direction = along.normalized();
        let angle = upright(direction.y.atan2(direction.x));
        let boxes = boxes_along(middle, direction, link.label_width, size * 1.1);
        if boxes.iter().any(|rect| self.taken.is_taken(rect, |_| true)) {
            return;
        }
        let mut rect = Rect::EMPTY;
        for part in boxes {
            rect.include(part.min);
            rect.include(part.max);
            self.taken.insert(part, Occupant::Label);
        }
        self.labels.push(PlacedLabel {
            labeled: Labeled::Link(index),
            lines: vec![PlacedLine {
                text: link.label.clone(),
                center: middle,
                width: link.label_width,
            }],
            size,
            angle,
            rect,
        });
    }
}

/// Offsets of a label's middle from its node's, in the order of trying: below, above, right, left.
fn sides(node: &Node, radius: f32, size: Vector, gap: f32) -> [Vector; 4] {
    let down = radius * node.form.reach_down() + gap + size.y * 0.5;
    let up = radius * node.form.reach(Vector::new(0.0, -1.0)) + gap + size.y * 0.5;
    let across = radius * node.form.reach(Vector::new(1.0, 0.0)) + gap + size.x * 0.5;
    [
        Vector::new(0.0, down),
        Vector::new(0.0, -up),
        Vector::new(across, 0.0),
        Vector::new(-across, 0.0),
    ]
}

/// The same line read from left to right.
fn upright(angle: f32) -> f32 {
    use std::f32::consts::{FRAC_PI_2, PI};
    if angle > FRAC_PI_2 {
        angle - PI
    } else if angle <= -FRAC_PI_2 {
        angle + PI
    } else {
        angle
    }
}

/// Squares that together cover a turned line of text.
fn boxes_along(middle: Point, direction: Vector, width: f32, height: f32) -> Vec<Rect> {
    let count = (width / height).ceil().clamp(1.0, 64.0) as usize;
    let start = middle - direction * (width * 0.5);
    (0..count)
        .map(|i| {
            let at = start + direction * (width * (i as f32 + 0.5) / count as f32);
            Rect::from_center(at, Vector::new(height, height))
        })
        .collect()
}
