//! What a choice of marks, lines and labels holds for: a step of zoom, and the view's surroundings.

use crate::geometry::{Camera, Point, Rect, Vector};

/// Steps of zoom in a doubling.
const STEPS: f32 = 4.0;

/// A stretch of zooms that is drawn with the same choice: a quarter of a doubling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ZoomStep(i32);

impl ZoomStep {
    /// The step that `zoom` lies in.
    pub fn at(zoom: f32) -> Self {
        Self((zoom.max(f32::MIN_POSITIVE).log2() * STEPS + 1e-3).floor() as i32)
    }

    /// The smallest zoom of the step: what keeps clear of each other there does so in all of it.
    pub fn zoom(self) -> f32 {
        (self.0 as f32 / STEPS).exp2()
    }

    /// The step that follows when one zooms in.
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The view and a view's size around it, in steps of half a view: so it stays the same while one pans
/// a little.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    step: ZoomStep,
    rect_in_world: Rect,
}

impl Region {
    /// The region for a view of `size` screen points.
    pub fn around(camera: &Camera, size: Vector) -> Self {
        let step = ZoomStep::at(camera.zoom);
        let view = size * (1.0 / step.zoom());
        let snapped = |center: f32, length: f32| {
            let half = (length * 0.5).max(f32::MIN_POSITIVE);
            (center / half).round() * half
        };
        let center = Point::new(
            snapped(camera.center_in_world.x, view.x),
            snapped(camera.center_in_world.y, view.y),
        );
        Self {
            step,
            rect_in_world: Rect::from_center(center, view * 3.0),
        }
    }

    /// What was chosen for it can be drawn for another camera for a moment: it holds all of the view,
    /// at nearly the same zoom.
    pub fn serves(&self, camera: &Camera, size: Vector) -> bool {
        /// So many steps of zoom away lines and marks are not yet too many or too few.
        const STEPS_AWAY: u32 = 3;
        let seen = camera.visible_in_world(size);
        let is_near = ZoomStep::at(camera.zoom).0.abs_diff(self.step.0) <= STEPS_AWAY;
        is_near && self.contains(seen.min) && self.contains(seen.max)
    }

    /// The step of zoom.
    pub const fn step(&self) -> ZoomStep {
        self.step
    }

    /// The part of the world.
    pub const fn rect_in_world(&self) -> Rect {
        self.rect_in_world
    }

    /// A point of the world lies in it.
    pub fn contains(&self, point_in_world: Point) -> bool {
        self.rect_in_world.contains(point_in_world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_holds_for_small_moves_and_holds_the_view() {
        let size = Vector::new(800.0, 600.0);
        let mut camera = Camera::default();
        for zoom in [0.003, 0.2, 1.0, 1.1, 30.0] {
            camera.zoom = zoom;
            let region = Region::around(&camera, size);
            assert!(region.step().zoom() <= zoom * 1.001);
            let mut moved = camera;
            for share in [-0.2, 0.2] {
                moved.center_in_world.x = share * size.x / zoom;
                assert_eq!(Region::around(&moved, size), region);
                let view = moved.visible_in_world(size);
                assert!(region.contains(view.min) && region.contains(view.max));
            }
        }
    }
}
