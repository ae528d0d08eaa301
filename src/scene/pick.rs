//! What lies under the pointer, or inside a rectangle or a lasso.

use super::build::Scene;
use super::detail::Detail;
use super::overlay::Overlay;
use super::path::{Projection, distance_to, loop_reach};
use super::pick_index::PickIndex;
use super::strand::Strand;
use super::theme::Measures;
use crate::geometry::{Camera, Point, Rect, Vector};
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
    /// Does beforehand what the first [`Scene::pick`] with `detail` would do.
    pub fn prepare_to_pick(&self, detail: &Detail) {
        detail.index.get_or_init(|| PickIndex::new(self, detail));
    }

    /// What `detail` draws at `point_in_screen` of a view of `size`: the node that covers it, of
    /// several that do the one that is drawn last (what `overlay` follows, then the smallest, then the
    /// last by id); else the node whose edge is nearest within `tolerance` screen points; else the
    /// nearest line within it, stated ones first, of several as near the one of the highest id. Takes
    /// microseconds, but for the first time with a detail, when it is made ready.
    pub fn pick(
        &self,
        detail: &Detail,
        point_in_screen: Point,
        tolerance: f32,
        (camera, size): (&Camera, Vector),
        overlay: Option<&Overlay>,
    ) -> Option<Hit> {
        self.prepare_to_pick(detail);
        self.pick_now(detail, point_in_screen, tolerance, (camera, size), overlay)
    }

    /// [`Scene::pick`] without making ready for further ones: all that is drawn is gone through, unless
    /// it was made ready before (see [`ReadyToPick`](super::ReadyToPick) too). For a picture that moves,
    /// where the next is another one.
    pub fn pick_now(
        &self,
        detail: &Detail,
        point_in_screen: Point,
        tolerance: f32,
        (camera, size): (&Camera, Vector),
        overlay: Option<&Overlay>,
    ) -> Option<Hit> {
        let index = detail.index.get();
        let seeker = Seeker {
            index,
            detail,
            near: Nearness::new(self, point_in_screen, tolerance, (camera, size)),
            overlay,
        };
        seeker
            .mark()
            .map(|index| Hit::Entity(self.nodes[index as usize].id))
            .or_else(|| {
                let index = seeker.line()?;
                Some(Hit::Relation(self.links[index as usize].id))
            })
    }

    /// `hit`, found by [`Scene::pick`] before, still lies at the point; something else may lie over it.
    pub fn is_at(
        &self,
        hit: Hit,
        point_in_screen: Point,
        tolerance: f32,
        seen: (&Camera, Vector),
    ) -> bool {
        let near = Nearness::new(self, point_in_screen, tolerance, seen);
        match hit {
            Hit::Entity(id) => self
                .index_of(id)
                .is_some_and(|index| near.mark(index as u32).is_some()),
            Hit::Relation(id) => self
                .link_index_of(id)
                .is_some_and(|index| near.line(index as u32).is_some()),
        }
    }

    /// The entities whose middle lies in the rectangle, ascending.
    pub fn entities_in(&self, rect_in_world: Rect) -> Vec<EntityId> {
        self.entities_where(|center| rect_in_world.contains(center))
    }

    /// The entities whose middle lies inside the closed line through `corners` (even-odd rule),
    /// ascending.
    pub fn entities_within(&self, corners_in_world: &[Point]) -> Vec<EntityId> {
        let mut around = Rect::EMPTY;
        for &corner in corners_in_world {
            around.include(corner);
        }
        self.entities_where(|at| around.contains(at) && is_inside(corners_in_world, at))
    }

    fn entities_where(&self, holds: impl Fn(Point) -> bool) -> Vec<EntityId> {
        let nodes = self.nodes.iter().zip(&self.centers);
        nodes
            .filter(|(_, center)| holds(**center))
            .map(|(node, _)| node.id)
            .collect()
    }
}

fn is_inside(corners: &[Point], at: Point) -> bool {
    let next = corners.iter().cycle().skip(1);
    let crossed = corners.iter().zip(next).filter(|(a, b)| {
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    });
    crossed.count() % 2 == 1
}

/// What lies how near to a point of the screen.
struct Nearness<'a> {
    projection: Projection<'a>,
    zoom: f32,
    point: Point,
    in_world: Point,
    tolerance: f32,
}

/// No form reaches farther beyond the radius of its mark.
const EXTENT: f32 = 1.3;

impl<'a> Nearness<'a> {
    fn new(
        scene: &'a Scene,
        point_in_screen: Point,
        tolerance: f32,
        (camera, size): (&Camera, Vector),
    ) -> Self {
        Self {
            projection: Projection::new(scene, camera, size),
            zoom: camera.zoom,
            point: point_in_screen,
            in_world: camera.world_from_screen(point_in_screen, size),
            tolerance,
        }
    }

    fn around(&self, reach_in_screen: f32) -> Rect {
        Rect::from_corners(self.in_world, self.in_world).expanded(reach_in_screen / self.zoom)
    }

    /// The mark covers the point, or else how far beyond its edge the point is within the tolerance.
    fn mark(&self, index: u32) -> Option<Beneath> {
        let form = self.projection.scene.nodes[index as usize].form;
        let offset = self.point - self.projection.center(index);
        let radius = self.projection.radius(index);
        if form.covers(offset, radius, 0.0) {
            return Some(Beneath::Covering);
        }
        let near = form.covers(offset, radius, self.tolerance);
        near.then(|| Beneath::Beside(offset.length() - radius))
    }

    /// How far away the line is, if that is within the tolerance.
    fn line(&self, index: u32) -> Option<f32> {
        let link = &self.projection.scene.links[index as usize];
        let reach = self.tolerance + 0.5 * link.width * self.projection.level.width_share;
        let path = self.projection.path(index)?;
        let distances = path.pieces().iter();
        let distance = distances
            .map(|piece| distance_to(self.point, piece))
            .fold(f32::INFINITY, f32::min);
        (distance <= reach).then_some(distance)
    }

    /// A straight line between two points of the world passes too far away, whatever its width: seen
    /// without looking at the line itself.
    fn passes_by(&self, from: Point, to: Point) -> bool {
        let reach = (self.tolerance + Measures::get().line.width_max) / self.zoom;
        let (way, offset) = (to - from, self.in_world - from);
        let beside = way.x * offset.y - way.y * offset.x;
        let squared = way.dot(way);
        let along = way.dot(offset);
        let over = reach * squared.sqrt();
        beside * beside > reach * reach * squared || along < -over || along > squared + over
    }
}

/// A mark at the point that is asked for.
enum Beneath {
    Covering,
    /// So many screen points beyond its edge.
    Beside(f32),
}

struct Seeker<'a> {
    index: Option<&'a PickIndex>,
    detail: &'a Detail,
    near: Nearness<'a>,
    overlay: Option<&'a Overlay>,
}

impl Seeker<'_> {
    fn mark(&self) -> Option<u32> {
        let scene = self.near.projection.scene;
        let mut covering: Option<((bool, f32, u32), u32)> = None;
        let mut nearest: Option<(f32, u32)> = None;
        let mut look = |index: u32| match self.near.mark(index) {
            Some(Beneath::Covering) => {
                let front = self.overlay.is_some_and(|overlay| overlay.has_node(index));
                // Smaller marks are drawn over larger ones, later ones over earlier ones.
                let rank = (front, -scene.nodes[index as usize].radius, index);
                if covering.is_none_or(|(best, _)| rank > best) {
                    covering = Some((rank, index));
                }
            }
            Some(Beneath::Beside(beyond)) if nearest.is_none_or(|best| (beyond, index) < best) => {
                nearest = Some((beyond, index));
            }
            Some(Beneath::Beside(_)) | None => {}
        };
        let reach = |largest: f32| {
            let widest = self.near.projection.level.radius(largest) * EXTENT;
            self.near.around(widest + self.near.tolerance)
        };
        match self.index {
            Some(index) => index
                .marks_within(reach(index.largest_radius))
                .for_each(&mut look),
            None => {
                let around = reach(Measures::get().node.radius_max);
                let near = |index: &u32| around.contains(scene.centers[*index as usize]);
                let marks = self.detail.marks.iter().copied();
                marks.filter(near).for_each(&mut look);
            }
        }
        // What is followed is drawn even where there is no room for all marks.
        if let Some(overlay) = self.overlay {
            let (followed, neighbors) = (overlay.followed.iter(), overlay.neighbors.iter());
            followed.chain(neighbors).copied().for_each(&mut look);
        }
        let over = covering.map(|(_, index)| index);
        over.or(nearest.map(|(_, index)| index))
    }

    /// Not seen at once to pass too far away.
    fn may_pass(&self, strand: &Strand) -> bool {
        let [from, to] = strand
            .ends
            .map(|end| self.near.projection.scene.centers[end as usize]);
        strand.is_bent || !self.near.passes_by(from, to)
    }

    fn line(&self) -> Option<u32> {
        let scene = self.near.projection.scene;
        let mut best: Option<(bool, f32, u32)> = None;
        let mut look = |index: u32| {
            let Some(distance) = self.near.line(index) else {
                return;
            };
            let stated = scene.links[index as usize].stated;
            let better = best.is_none_or(|(best_stated, nearest, other)| {
                (stated, -distance, index) > (best_stated, -nearest, other)
            });
            if better {
                best = Some((stated, distance, index));
            }
        };
        match self.index {
            Some(index) => {
                let reach = self.near.tolerance + Measures::get().line.width_max;
                let lines = index.lines_within(self.near.around(reach));
                let near = |place: u32| {
                    let strand = &self.detail.strands[place as usize];
                    self.may_pass(strand)
                        .then(|| self.detail.links[place as usize])
                };
                let widest = self.near.projection.level.radius(index.largest_radius);
                let bend = index.largest_bend_of_loop * self.near.zoom;
                let around = self.near.around(reach + loop_reach(widest, bend));
                let lines = lines.chain(index.loops_within(around));
                lines.filter_map(near).for_each(&mut look);
            }
            None => {
                let lines = self.detail.links.iter().zip(&self.detail.strands);
                let near = lines.filter(|(_, strand)| self.may_pass(strand));
                near.for_each(|(&index, _)| look(index));
            }
        }
        if let Some(overlay) = self.overlay {
            let (red, kept) = (overlay.red_links.iter(), overlay.kept_links.iter());
            red.chain(kept).copied().for_each(&mut look);
        }
        best.map(|(_, _, index)| index)
    }
}
