//! Settled components in one picture: each scaled to world units, turned, and packed; isolated nodes
//! in rows below.

use super::align::{Transform, lying, onto};
use super::component::{ComponentRun, labelled};
use super::forces::Places;
use super::graph::LayoutGraph;
use super::pack::pack;
use crate::geometry::{Point, Rect, Vector};

/// Distance of a node from its nearest neighbour in the graph that is aimed at, between the rims,
/// in world units.
const NEIGHBOUR_GAP: f32 = 60.0;
/// Room around a disc, in world units: half of what two labels need.
const MARGIN: f32 = 15.0;
/// Labels are wider than high: in small graphs, where all are read, discs need this many times as
/// much room across as down.
const LABEL_STRETCH: f32 = 2.0;
/// A picture is at most so many times as wide as its discs need: large ones would else be all gaps
/// between clusters of dots.
const MOST_BY_AREA: f32 = 1.8;
/// Room around the nodes of a component for their labels, across and down, and that between
/// components.
const ROOM: Vector = Vector::new(55.0, 28.0);
/// Room of an isolated node with its label, across and down, beyond its disc.
const CELL: Vector = Vector::new(100.0, 38.0);
/// Room below what pins hold in place.
const BELOW_PINS: f32 = 70.0;

/// A component with its place in the whole.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its nodes, ascending.
    pub nodes: Vec<u32>,
    /// Its layout under way.
    pub run: ComponentRun,
}

/// Makes one picture of the components of a graph.
#[derive(Clone, Copy)]
pub(super) struct Composer<'a> {
    /// The whole graph.
    pub graph: &'a LayoutGraph,
}

impl Composer<'_> {
    /// How many times as much room discs need across as down: fewer labels are read in large graphs.
    pub(super) fn stretch(&self) -> f32 {
        1.0 + (LABEL_STRETCH - 1.0) * labelled(self.graph.node_count())
    }

    /// How far from its center each node needs room; 0 for points.
    pub(super) fn reach(&self) -> Vec<f32> {
        (0..self.graph.node_count())
            .map(|node| match self.graph.radius(node) {
                0.0 => 0.0,
                radius => radius + MARGIN,
            })
            .collect()
    }

    /// The pinned nodes among `nodes` as (index in `nodes`, point).
    pub(super) fn pins_of(&self, nodes: &[u32]) -> Vec<(usize, Point)> {
        let pin = |&node: &u32| {
            let node = node as usize;
            self.graph.pin_of(node).and(self.graph.start_of(node))
        };
        nodes
            .iter()
            .enumerate()
            .filter_map(|(at, node)| Some((at, pin(node)?)))
            .collect()
    }

    /// How a part is scaled, turned and moved into the world.
    pub(super) fn transform_of(&self, part: &Part) -> Transform {
        let places = part.run.places();
        self.transform_of_places(part, &places)
    }

    fn transform_of_places(&self, part: &Part, places: &Places) -> Transform {
        let scale = self.scale_of(part, places);
        let pins = self.pins_of(&part.nodes);
        if !pins.is_empty() {
            return onto(places, scale, &pins);
        }
        let before: Vec<(usize, Point)> = part
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(at, &node)| Some((at, self.graph.start_of(node as usize)?)))
            .collect();
        if before.len() > 2 {
            onto(places, scale, &before)
        } else {
            lying(places, scale, self.graph.page_aspect())
        }
    }

    /// World units for one unit of the model: nearest neighbours are apart as aimed at, and the
    /// whole is large enough for all discs.
    fn scale_of(&self, part: &Part, places: &Places) -> f32 {
        let mut nearest = part.run.nearest_neighbour_distances(places);
        let middle = nearest.len() / 2;
        let (_, &mut median, _) = nearest.select_nth_unstable_by(middle, f32::total_cmp);
        let radii: f32 = part
            .nodes
            .iter()
            .map(|&node| self.graph.radius(node as usize))
            .sum();
        let mean_radius = radii / part.nodes.len() as f32;
        let by_neighbours = (NEIGHBOUR_GAP + 2.0 * mean_radius) / median.max(1e-6);
        let (mut spread_x, mut spread_y) = (0.0_f64, 0.0_f64);
        let count = part.nodes.len() as f64;
        let mean = |values: &[f32]| values.iter().map(|&v| f64::from(v)).sum::<f64>() / count;
        let (mean_x, mean_y) = (mean(&places.x), mean(&places.y));
        for (&x, &y) in places.x.iter().zip(&places.y) {
            spread_x += (f64::from(x) - mean_x).powi(2);
            spread_y += (f64::from(y) - mean_y).powi(2);
        }
        // A disc of even density with this spread has the area π × 2 × spread.
        let area = std::f64::consts::TAU * (spread_x + spread_y) / count;
        let needed: f64 = part
            .nodes
            .iter()
            .map(|&node| {
                f64::from(2.0 * (self.graph.radius(node as usize) + MARGIN)).powi(2)
                    * f64::from(self.stretch())
            })
            .sum();
        let by_area = (needed / area.max(1e-9)).sqrt() as f32;
        by_neighbours.clamp(by_area, MOST_BY_AREA * by_area)
    }

    /// All parts and isolated nodes in one picture, as they are now.
    pub(super) fn compose(&self, parts: &[Part], isolated: &[u32]) -> Vec<Point> {
        self.arrange(parts, isolated, |part| {
            let places = part.run.places();
            let transform = self.transform_of_places(part, &places);
            (0..part.nodes.len())
                .map(|at| transform.apply(places.x[at], places.y[at]))
                .collect()
        })
    }

    /// Packs parts anew that have changed in a picture.
    pub(super) fn pack_again(
        &self,
        parts: &[Part],
        isolated: &[u32],
        picture: &[Point],
    ) -> Vec<Point> {
        self.arrange(parts, isolated, |part| {
            let point = |&node: &u32| picture[node as usize];
            part.nodes.iter().map(point).collect()
        })
    }

    /// One picture of parts whose nodes lie among themselves as `points_of` says.
    fn arrange(
        &self,
        parts: &[Part],
        isolated: &[u32],
        points_of: impl Fn(&Part) -> Vec<Point>,
    ) -> Vec<Point> {
        let mut picture = vec![Point::default(); self.graph.node_count()];
        let mut blocks: Vec<Vec<(u32, Point)>> = Vec::new();
        let mut anchored = Rect::EMPTY;
        for part in parts {
            let points = points_of(part);
            let block: Vec<(u32, Point)> = part.nodes.iter().copied().zip(points).collect();
            if self.pins_of(&part.nodes).is_empty() {
                blocks.push(block);
            } else {
                for (node, point) in block {
                    picture[node as usize] = point;
                    anchored.include(point);
                }
            }
        }
        let free = self.free_of(isolated, &mut anchored);
        self.place_blocks(&blocks, &free, anchored, &mut picture);
        for (node, point) in picture.iter_mut().enumerate() {
            if let Some(pin) = self.graph.pin_of(node) {
                *point = pin;
            } else if !point.is_finite() {
                *point = Point::default();
            }
        }
        picture
    }

    /// The isolated nodes without a pin, the largest first; pins are added to what is anchored.
    fn free_of(&self, isolated: &[u32], anchored: &mut Rect) -> Vec<u32> {
        let mut free: Vec<u32> = Vec::new();
        for &node in isolated {
            let pin = self.graph.pin_of(node as usize);
            match pin.and(self.graph.start_of(node as usize)) {
                Some(pin) => anchored.include(pin),
                None => free.push(node),
            }
        }
        let radius = |node: u32| self.graph.radius(node as usize);
        free.sort_by(|&a, &b| radius(b).total_cmp(&radius(a)).then(a.cmp(&b)));
        free
    }

    /// Packs the blocks and the free nodes: around the origin, or below what pins hold in place.
    fn place_blocks(
        &self,
        blocks: &[Vec<(u32, Point)>],
        free: &[u32],
        anchored: Rect,
        picture: &mut [Point],
    ) {
        let bounds: Vec<Rect> = blocks.iter().map(|block| self.bounds_of(block)).collect();
        let sizes: Vec<(f32, f32)> = bounds.iter().map(|b| (b.width(), b.height())).collect();
        let largest = free
            .first()
            .map_or(0.0, |&node| self.graph.radius(node as usize));
        let cell = (CELL.x + 2.0 * largest, CELL.y + 2.0 * largest);
        let packing = pack(&sizes, free.len(), cell, self.graph.page_aspect());
        let origin = if anchored.is_empty() {
            Point::new(-0.5 * packing.size.0, -0.5 * packing.size.1)
        } else {
            Point::new(
                anchored.center().x - 0.5 * packing.size.0,
                anchored.max.y + BELOW_PINS,
            )
        };
        for ((block, bounds), corner) in blocks.iter().zip(&bounds).zip(&packing.corners) {
            for &(node, point) in block {
                let inside = point - bounds.min;
                picture[node as usize] = Point::new(
                    origin.x + corner.0 + inside.x,
                    origin.y + corner.1 + inside.y,
                );
            }
        }
        for (&node, corner) in free.iter().zip(&packing.cells) {
            picture[node as usize] = Point::new(
                origin.x + corner.0 + 0.5 * cell.0,
                origin.y + corner.1 + 0.5 * cell.1,
            );
        }
    }

    /// The rectangle around nodes with their labels.
    fn bounds_of(&self, block: &[(u32, Point)]) -> Rect {
        let mut bounds = Rect::EMPTY;
        for &(node, point) in block {
            let radius = self.graph.radius(node as usize);
            let room = ROOM + Vector::new(radius, radius);
            bounds.include(point + room * -1.0);
            bounds.include(point + room);
        }
        bounds
    }
}
