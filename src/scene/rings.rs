//! Circles that nodes stand on, found again in their places: the circular layout has one, the radial
//! layout some around each middle. Labels on them run outward, and those of the radial layout are drawn.
//!
//! Nothing of this is kept in a project: a node that was dragged off its circle is a node like others,
//! and what is left on the circle still shows it.

use super::build::{Link, Node, Scene};
use super::shape::{Outline, Shape};
use super::theme::Measures;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::LayoutChoice;

/// Labels run outward where at least so many nodes stand around one middle.
const FEWEST: usize = 11;
/// Nodes that are so much off a circle, in world units and as a share of its radius, stand on it.
const SLACK: (f32, f32) = (0.25, 2e-4);
/// On no circle.
const NONE: u32 = u32::MAX;

/// The circles of a scene.
#[derive(Clone, Debug, Default)]
pub struct Rings {
    /// Their middles and radii, in world units.
    circles: Vec<(Point, f32)>,
    /// For each node its circle, [`NONE`] without one; empty if there are no circles at all.
    circle_of: Vec<u32>,
    /// Circles are drawn.
    drawn: bool,
}

impl Rings {
    /// The circles that a layout has left.
    pub(super) fn of(
        layout: LayoutChoice,
        nodes: &[Node],
        centers: &[Point],
        links: &[Link],
    ) -> Self {
        match layout {
            LayoutChoice::Circular => Self::one(centers),
            LayoutChoice::Radial => Self::around_middles(nodes.len(), centers, links),
            _ => Self::default(),
        }
    }

    /// The circle through most nodes: that of three of them, of some threes.
    fn one(centers: &[Point]) -> Self {
        const TRIES: usize = 24;
        let count = centers.len();
        if count < FEWEST {
            return Self::default();
        }
        let on = |circle: (Point, f32)| centers.iter().filter(|at| stands_on(**at, circle)).count();
        let best = (0..TRIES)
            .filter_map(|index| {
                let first = index * count / TRIES;
                let at = |share: usize| centers[(first + share * count / 3) % count];
                circle_through(at(0), at(1), at(2))
            })
            .map(|circle| (on(circle), circle))
            .fold(
                None,
                |best: Option<(usize, (Point, f32))>, tried| match best {
                    Some(before) if before.0 >= tried.0 => Some(before),
                    _ => Some(tried),
                },
            );
        match best {
            Some((found, circle)) if found >= FEWEST && 2 * found > count => Self {
                circles: vec![circle],
                circle_of: vec![0; count],
                drawn: false,
            },
            _ => Self::default(),
        }
    }

    /// Circles around each node whose neighbors stand on circles around it.
    fn around_middles(count: usize, centers: &[Point], links: &[Link]) -> Self {
        let neighbors = neighbors(count, links);
        let mut rings = Self {
            circles: Vec::new(),
            circle_of: vec![NONE; count],
            drawn: true,
        };
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_by_key(|&node| (std::cmp::Reverse(neighbors[node as usize].len()), node));
        let mut seen = vec![false; count];
        for middle in order {
            let near = &neighbors[middle as usize];
            if seen[middle as usize] || near.len() < 3 {
                continue;
            }
            let own = centers[middle as usize];
            let ways = near
                .iter()
                .map(|&other| centers[other as usize].distance(own));
            let shared = radii_shared(ways.collect());
            let on = |node: u32| circle_among(&shared, own, centers[node as usize]).is_some();
            if near.iter().filter(|&&other| on(other)).count() * 10 < near.len() * 7 {
                continue;
            }
            rings.take_up(middle, centers, &neighbors, &mut seen);
        }
        rings
    }

    /// The circles around `middle` on which what hangs together with it stands.
    fn take_up(
        &mut self,
        middle: u32,
        centers: &[Point],
        neighbors: &[Vec<u32>],
        seen: &mut [bool],
    ) {
        let own = centers[middle as usize];
        let mut reached = vec![middle];
        seen[middle as usize] = true;
        let mut next = 0;
        while next < reached.len() {
            for &other in &neighbors[reached[next] as usize] {
                if !std::mem::replace(&mut seen[other as usize], true) {
                    reached.push(other);
                }
            }
            next += 1;
        }
        let others = &reached[1..];
        let ways = others
            .iter()
            .map(|&other| centers[other as usize].distance(own));
        let shared = radii_shared(ways.collect());
        let on: Vec<(u32, usize)> = others
            .iter()
            .filter_map(|&other| {
                Some((other, circle_among(&shared, own, centers[other as usize])?))
            })
            .collect();
        if on.len() < FEWEST {
            return;
        }
        let first = self.circles.len();
        self.circles
            .extend(shared.iter().map(|&radius| (own, radius)));
        for (node, circle) in on {
            self.circle_of[node as usize] = (first + circle) as u32;
        }
    }
}

/// The neighbors of each node, in the order of the links, repeats included.
fn neighbors(count: usize, links: &[Link]) -> Vec<Vec<u32>> {
    let mut neighbors = vec![Vec::new(); count];
    for link in links.iter().filter(|link| link.source != link.target) {
        neighbors[link.source as usize].push(link.target);
        neighbors[link.target as usize].push(link.source);
    }
    for list in &mut neighbors {
        list.sort_unstable();
        list.dedup();
    }
    neighbors
}

fn slack(radius: f32) -> f32 {
    SLACK.0.max(SLACK.1 * radius)
}

fn stands_on(point: Point, (middle, radius): (Point, f32)) -> bool {
    (point.distance(middle) - radius).abs() <= slack(radius)
}

/// Distances that at least two have, ascending.
fn radii_shared(mut distances: Vec<f32>) -> Vec<f32> {
    distances.retain(|way| way.is_finite() && *way > 1.0);
    distances.sort_by(f32::total_cmp);
    let mut shared: Vec<f32> = Vec::new();
    for pair in distances.windows(2) {
        let known = shared
            .last()
            .is_some_and(|&last| pair[1] - last <= slack(last));
        if !known && pair[1] - pair[0] <= slack(pair[0]) {
            shared.push(pair[0]);
        }
    }
    shared
}

/// Which of the circles around `middle` a point stands on.
fn circle_among(radii: &[f32], middle: Point, point: Point) -> Option<usize> {
    let way = point.distance(middle);
    let above = radii.partition_point(|&radius| radius < way);
    (above.saturating_sub(1)..radii.len().min(above + 1))
        .find(|&at| (radii[at] - way).abs() <= slack(radii[at]))
}

/// The circle through three points, unless they lie on a line.
fn circle_through(a: Point, b: Point, c: Point) -> Option<(Point, f32)> {
    let (b, c) = (b - a, c - a);
    let [bx, by, cx, cy] = [b.x, b.y, c.x, c.y].map(f64::from);
    let twice_area = 2.0 * (bx * cy - by * cx);
    let (bb, cc) = (bx * bx + by * by, cx * cx + cy * cy);
    let x = (cy * bb - by * cc) / twice_area;
    let y = (bx * cc - cx * bb) / twice_area;
    let middle = Point::new(a.x + x as f32, a.y + y as f32);
    let radius = x.hypot(y) as f32;
    (middle.is_finite() && radius.is_finite() && radius < 1e7).then_some((middle, radius))
}

impl Scene {
    /// The direction in which the label of a node runs, away from the middle of the circle that it
    /// stands on; `None` for other nodes.
    pub(super) fn outward(&self, index: u32) -> Option<Vector> {
        let &at = self.rings.circle_of.get(index as usize)?;
        let &circle = self.rings.circles.get(at as usize)?;
        let center = *self.centers.get(index as usize)?;
        stands_on(center, circle).then(|| (center - circle.0).normalized())
    }

    /// Nodes stand on circles within circles: a name that runs outward may have to cross the next.
    pub(super) fn has_rows(&self) -> bool {
        self.rings.drawn
    }

    /// Points on the circles that are drawn, in world units: they are not to be cut.
    pub(super) fn outermost_points(&self) -> impl Iterator<Item = Point> + '_ {
        const PIECES: usize = 48;
        let drawn = self.rings.circles.iter().filter(|_| self.rings.drawn);
        drawn.flat_map(|&(middle, radius)| {
            (0..PIECES).map(move |at| {
                let (sin, cos) = (at as f32 / PIECES as f32 * std::f32::consts::TAU).sin_cos();
                middle + Vector::new(sin, -cos) * radius
            })
        })
    }

    /// The circles that are drawn, in screen points, below everything else.
    pub(super) fn circles(&self, camera: &Camera, size: Vector, back: f32, list: &mut Vec<Shape>) {
        const PIECES: usize = 180;
        if !self.rings.drawn {
            return;
        }
        let measures = &Measures::get().map;
        let theme = self.theme;
        let color = theme.background.mixed(theme.line, measures.coast_strength);
        let view = Rect::from_corners(Point::default(), Point::default() + size);
        for &(middle, radius) in &self.rings.circles {
            let middle = camera.screen_from_world(middle, size);
            let radius = radius * camera.zoom;
            let side = Vector::new(2.0 * radius, 2.0 * radius);
            if !Rect::from_center(middle, side).intersects(&view) {
                continue;
            }
            let point = |at: usize| {
                let (sin, cos) = (at as f32 / PIECES as f32 * std::f32::consts::TAU).sin_cos();
                middle + Vector::new(sin, -cos) * radius
            };
            list.push(Shape::Outline(Outline {
                points: (0..=PIECES).map(point).collect(),
                width: measures.coast_width,
                color: color.mixed(theme.stepped_back(color), back),
            }));
        }
    }
}

/// Where a label that runs outward lies: beyond a mark of `radius` around `center`, its middle.
pub(super) fn outward_middle(
    node: &Node,
    center: Point,
    radius: f32,
    width: f32,
    direction: Vector,
) -> Point {
    let away = radius * node.form.reach(direction) + Measures::get().label.gap + 0.5 * width;
    center + direction * away
}

/// Squares along a turned label, so large that those of a label right beside it touch none of them.
pub(super) fn outward_boxes(
    middle: Point,
    direction: Vector,
    size: Vector,
) -> impl ExactSizeIterator<Item = Rect> + Clone {
    let side = size.y / (direction.x.abs() + direction.y.abs()).max(1.0);
    let count = (size.x / side).ceil().clamp(1.0, 64.0) as usize;
    let start = middle - direction * (size.x * 0.5);
    (0..count).map(move |i| {
        let at = start + direction * (size.x * (i as f32 + 0.5) / count as f32);
        Rect::from_center(at, Vector::new(side, side))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(middle: Point, radius: f32, count: usize) -> Vec<Point> {
        let turn = |at: usize| at as f32 / count as f32 * std::f32::consts::TAU;
        let point = |at: usize| middle + Vector::new(turn(at).sin(), turn(at).cos()) * radius;
        (0..count).map(point).collect()
    }

    #[test]
    fn the_circle_is_found_again_though_some_were_dragged_off() {
        let mut centers = around(Point::new(300.0, -40.0), 500.0, 40);
        for at in [0, 7, 21] {
            centers[at] = centers[at] + Vector::new(35.0, 60.0);
        }
        let rings = Rings::one(&centers);
        let (middle, radius) = rings.circles[0];
        assert!(middle.distance(Point::new(300.0, -40.0)) < 0.5 && (radius - 500.0).abs() < 0.5);
        // No circle where there is none.
        let scattered: Vec<Point> = (0..40_u32)
            .map(|at| Point::new((at * 37 % 100) as f32, (at * 53 % 97) as f32))
            .collect();
        assert!(Rings::one(&scattered).circles.is_empty());
        assert!(Rings::one(&vec![Point::default(); 30]).circles.is_empty());
    }

    #[test]
    fn distances_count_as_circles_where_two_share_them() {
        let shared = radii_shared(vec![90.0, 180.1, 90.1, 55.0, 180.0, f32::NAN, 90.05]);
        assert_eq!(shared.len(), 2);
        let middle = Point::default();
        assert_eq!(
            circle_among(&shared, middle, Point::new(0.0, 90.1)),
            Some(0)
        );
        assert_eq!(
            circle_among(&shared, middle, Point::new(180.0, 0.0)),
            Some(1)
        );
        assert_eq!(circle_among(&shared, middle, Point::new(55.0, 0.0)), None);
    }
}
