//! What lies under the pointer, or inside a rectangle.

use super::build::Scene;
use super::overlay::Overlay;
use super::style::DetailLevel;
use crate::geometry::{Camera, Point, Rect};
use crate::model::{EntityId, RelationId};

/// What was hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A node.
    Entity(EntityId),
    /// A line.
    Relation(RelationId),
}

impl Scene {
    /// What is drawn at `point_in_world`: the topmost node that covers it, else the nearest node whose
    /// edge is within `tolerance` screen points, else the nearest line within it, stated ones first.
    /// What `overlay` follows lies on top.
    pub fn pick(
        &self,
        point_in_world: Point,
        tolerance: f32,
        camera: &Camera,
        overlay: Option<&Overlay>,
    ) -> Option<Hit> {
        self.pick_node(point_in_world, tolerance, camera, overlay)
            .map(|index| Hit::Entity(self.nodes[index].id))
            .or_else(|| {
                self.pick_link(point_in_world, tolerance, camera)
                    .map(|index| Hit::Relation(self.links[index].id))
            })
    }

    fn pick_node(
        &self,
        point: Point,
        tolerance: f32,
        camera: &Camera,
        overlay: Option<&Overlay>,
    ) -> Option<usize> {
        let level = DetailLevel::at(camera.zoom);
        let front = |index: u32| overlay.is_some_and(|overlay| overlay.has_node(index));
        let mut covering: Option<(bool, usize)> = None;
        let mut nearest: Option<(f32, usize)> = None;
        for &index in &self.draw_order {
            let node = &self.nodes[index as usize];
            let offset = (point - node.center) * camera.zoom;
            let radius = level.radius(node.radius);
            let reach_at_most = radius * node.form.extent() + tolerance;
            if offset.x.abs() > reach_at_most || offset.y.abs() > reach_at_most {
                continue;
            }
            if node.form.covers(offset, radius, 0.0) {
                let rank = front(index);
                if covering.is_none_or(|(best, _)| rank >= best) {
                    covering = Some((rank, index as usize));
                }
            } else if node.form.covers(offset, radius, tolerance) {
                let beyond = offset.length() - radius;
                if nearest.is_none_or(|(best, _)| beyond < best) {
                    nearest = Some((beyond, index as usize));
                }
            }
        }
        covering
            .map(|(_, index)| index)
            .or(nearest.map(|(_, index)| index))
    }

    fn pick_link(&self, point: Point, tolerance: f32, camera: &Camera) -> Option<usize> {
        let level = DetailLevel::at(camera.zoom);
        let mut best: Option<(bool, f32, usize)> = None;
        for (index, link) in self.links.iter().enumerate() {
            let [from, to] = [link.source, link.target].map(|end| self.nodes[end as usize].center);
            let reach = (tolerance + 0.5 * link.width * level.width_share) / camera.zoom;
            let around = Rect::from_corners(from, to).expanded(reach + link.bend.abs());
            if !around.contains(point) {
                continue;
            }
            let curve = self.curve_in_world(index);
            let distance = distance_to_curve(point, from, to, curve);
            let better = best
                .is_none_or(|(stated, nearest, _)| (link.stated, -distance) > (stated, -nearest));
            if distance <= reach && better {
                best = Some((link.stated, distance, index));
            }
        }
        best.map(|(_, _, index)| index)
    }

    /// Control point of a bent line, in world units.
    pub(super) fn curve_in_world(&self, link_index: usize) -> Option<Point> {
        let link = &self.links[link_index];
        if link.bend == 0.0 {
            return None;
        }
        let low = self.nodes[link.source.min(link.target) as usize].center;
        let high = self.nodes[link.source.max(link.target) as usize].center;
        let across = (high - low).normalized().perpendicular();
        Some(low.lerp(high, 0.5) + across * (2.0 * link.bend))
    }

    /// The entities whose middle lies in the rectangle, ascending.
    pub fn entities_in(&self, rect_in_world: Rect) -> Vec<EntityId> {
        self.nodes
            .iter()
            .filter(|node| rect_in_world.contains(node.center))
            .map(|node| node.id)
            .collect()
    }
}

fn distance_to_curve(point: Point, from: Point, to: Point, control: Option<Point>) -> f32 {
    const PIECES: usize = 12;
    let Some(control) = control else {
        return distance_to_segment(point, from, to);
    };
    let at = |i: usize| {
        let t = i as f32 / PIECES as f32;
        from.lerp(control, t).lerp(control.lerp(to, t), t)
    };
    (0..PIECES)
        .map(|i| distance_to_segment(point, at(i), at(i + 1)))
        .fold(f32::INFINITY, f32::min)
}

fn distance_to_segment(point: Point, from: Point, to: Point) -> f32 {
    let along = to - from;
    let squared = along.dot(along);
    if squared <= f32::MIN_POSITIVE {
        return point.distance(from);
    }
    let t = ((point - from).dot(along) / squared).clamp(0.0, 1.0);
    point.distance(from.lerp(to, t))
}
