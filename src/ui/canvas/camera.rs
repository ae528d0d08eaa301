//! The camera as shown: follows the user at once, and flies when something else moves it.

use crate::geometry::Camera;
use crate::scene::Measures;

/// Where the camera is, and where it flies.
#[derive(Default)]
pub(super) struct CameraMotion {
    shown: Option<Camera>,
    flight: Option<Flight>,
    /// The last camera that the session had or was sent.
    known: Option<Camera>,
}

struct Flight {
    from: Camera,
    to: Camera,
    start_s: f64,
}

impl CameraMotion {
    /// The camera of this frame. `wanted` is the session's; `None` is `fitting`, whatever that is from
    /// frame to frame. `still` stands for reduced motion.
    pub(super) fn update(
        &mut self,
        wanted: Option<Camera>,
        fitting: impl Fn() -> Camera,
        now_s: f64,
        still: bool,
    ) -> Camera {
        match wanted {
            None => {
                let target = fitting();
                match (self.shown, self.known.take()) {
                    (Some(from), Some(_)) if !still && from != target => {
                        self.flight = Some(Flight {
                            from,
                            to: target,
                            start_s: now_s,
                        });
                    }
                    _ => match &mut self.flight {
                        Some(flight) => flight.to = target,
                        None => self.shown = Some(target),
                    },
                }
            }
            Some(wanted) if self.known != Some(wanted) => {
                self.known = Some(wanted);
                match self.shown {
                    Some(from) if !still && from != wanted => {
                        self.flight = Some(Flight {
                            from,
                            to: wanted,
                            start_s: now_s,
                        });
                    }
                    _ => {
                        self.flight = None;
                        self.shown = Some(wanted);
                    }
                }
            }
            Some(_) => {}
        }
        if let Some(flight) = &self.flight {
            let share = (now_s - flight.start_s) * 1000.0 / Measures::get().fly_ms as f64;
            let (from, to) = (flight.from, flight.to);
            self.shown = Some(between(from, to, share as f32));
            if share >= 1.0 {
                self.flight = None;
            }
        }
        self.shown.unwrap_or_default()
    }

    /// The user moved the camera: no flight, and the session will hear of it.
    pub(super) fn set(&mut self, camera: Camera) {
        self.flight = None;
        self.shown = Some(camera);
        self.known = Some(camera);
    }

    /// Another frame is needed.
    pub(super) const fn is_flying(&self) -> bool {
        self.flight.is_some()
    }
}

/// Ease-out: fast at first. The center moves so that the target stays on a straight way on screen.
fn between(from: Camera, to: Camera, share: f32) -> Camera {
    let share = share.clamp(0.0, 1.0);
    let eased = 1.0 - (1.0 - share).powi(3);
    if share >= 1.0 {
        return to;
    }
    let zoom = from.zoom * (to.zoom / from.zoom).powf(eased);
    Camera {
        center_in_world: from.center_in_world.lerp(to.center_in_world, eased),
        zoom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    #[test]
    fn flights_start_where_the_camera_is_and_end_where_it_should_be() {
        let from = Camera::default();
        let to = Camera {
            center_in_world: Point::new(100.0, 20.0),
            zoom: 3.0,
        };
        assert_eq!(between(from, to, 0.0), from);
        assert_eq!(between(from, to, 1.0), to);
        let half = between(from, to, 0.5);
        assert!(half.zoom > 1.5 && half.zoom < 3.0);
    }
}
