//! Pictures of nodes that a running layout moves, made aside on the threads that the layout has, so
//! that a frame only swaps in the newest one.
//!
//! An [`Order`] holds all that a picture is made from; the [`Made`] picture comes back through a slot
//! and wakes the window. One order is out at a time: pictures are as many as there is time for.

use super::choice::{Choice, Pace};
use super::minimap;
use super::picture::{PaintKey, Picture, Sight};
use super::view::CanvasView;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::scene::{Corners, DisplayList, LivePositions, Overlay, Scene, View, fitting_camera};
use crate::ui::paint::{AsidePainter, Painting};
use egui::epaint::Mesh;
use rayon::ThreadPool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// What tells one picture of a scene from another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wish {
    /// The layout's tick.
    pub(super) tick: u64,
    /// `None` shows all that there is.
    pub(super) camera: Option<Camera>,
    pub(super) corners: Corners,
    pub(super) frame: egui::Rect,
    /// Counts what was followed.
    pub(super) focus: u64,
    pub(super) stepped_back: f32,
    pub(super) pixels_per_point: f32,
    /// Where the map draws its dots, if there is one.
    pub(super) map: Option<egui::Rect>,
    /// The pointer is over the picture and may ask what lies under it.
    pub(super) is_pointed_at: bool,
}

/// All that a picture is made from.
pub(super) struct Order {
    pub(super) wish: Wish,
    pub(super) scene: Scene,
    pub(super) live: LivePositions,
    pub(super) overlay: Overlay,
    pub(super) choice: Choice,
    /// As [`Choice::update`] wants it.
    pub(super) moves: u64,
    pub(super) pace: Pace,
    pub(super) painter: AsidePainter,
    pub(super) list: DisplayList,
}

/// A picture, with what picking and the map need to know of it.
pub(super) struct Made {
    pub(super) wish: Wish,
    pub(super) scene: Scene,
    pub(super) choice: Choice,
    pub(super) moves: u64,
    /// The camera that shows all.
    pub(super) fitting: Camera,
    /// The camera of the painting.
    pub(super) camera: Camera,
    pub(super) painting: Painting,
    pub(super) bounds_in_world: Rect,
    pub(super) map: Option<(egui::Rect, Arc<Mesh>)>,
    pub(super) list: DisplayList,
}

type Slot = Arc<Mutex<Option<Option<Box<Made>>>>>;

/// The order that is out, if one is.
#[derive(Default)]
pub(super) struct Aside {
    slot: Option<Slot>,
    /// A picture could not be made aside: a defect, but frames can make their own.
    has_failed: bool,
}

impl Aside {
    /// An order can be given.
    pub(super) const fn is_free(&self) -> bool {
        self.slot.is_none() && !self.has_failed
    }

    /// Frames have to make their pictures themselves.
    pub(super) const fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// What is being made is no longer wanted.
    pub(super) fn forget(&mut self) {
        self.slot = None;
    }

    /// Starts to make a picture.
    pub(super) fn start(&mut self, pool: &ThreadPool, ctx: &egui::Context, order: Order) {
        let slot = Slot::default();
        self.slot = Some(slot.clone());
        let ctx = ctx.clone();
        pool.spawn(move || {
            let made = catch_unwind(AssertUnwindSafe(|| Box::new(order.make())));
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.ok());
            ctx.request_repaint();
        });
    }

    /// The picture that was ordered, once it is there.
    pub(super) fn take(&mut self) -> Option<Box<Made>> {
        let slot = self.slot.as_ref()?;
        let made = slot.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        self.slot = None;
        self.has_failed |= made.is_none();
        made
    }
}

impl Order {
    fn make(self) -> Made {
        let Self {
            wish,
            mut scene,
            live,
            overlay,
            mut choice,
            moves,
            pace,
            mut painter,
            mut list,
        } = self;
        scene.follow_layout(&live);
        let size = Vector::new(wish.frame.width(), wish.frame.height());
        let fitting = fitting_camera(&scene, size, wish.corners);
        let camera = wish.camera.unwrap_or(fitting);
        choice.update(&scene, &overlay, moves, (&camera, size), pace);
        let mut painting = Painting::default();
        if let (Some(detail), Some(labels)) = (choice.detail(), choice.labels()) {
            let view = View {
                camera,
                size,
                detail,
                labels,
                overlay: choice.overlay_labels().map(|placed| (&overlay, placed)),
                stepped_back: wish.stepped_back,
                reserved: &wish.corners.rects(size),
            };
            scene.display_into(&view, &mut list);
            painting = painter.prepare(wish.pixels_per_point, wish.frame, &list);
            if wish.is_pointed_at {
                scene.prepare_to_pick(detail);
            }
        }
        let bounds_in_world = scene.bounds_in_world();
        let map = wish.map.map(|inner| {
            let dots = minimap::dots(inner, &scene, &bounds_in_world);
            (inner, Arc::new(dots))
        });
        Made {
            wish,
            scene,
            choice,
            moves,
            fitting,
            camera,
            painting,
            bounds_in_world,
            map,
            list,
        }
    }
}

impl Picture {
    /// Swaps in the picture that was made aside, if one is there.
    pub(super) fn take_made_aside(&mut self) {
        let Some(made) = self.aside.take() else {
            return;
        };
        if !made.scene.shares_parts_with(&self.scene) {
            return;
        }
        let wish = made.wish;
        let size = Vector::new(wish.frame.width(), wish.frame.height());
        self.scene = made.scene;
        self.choice = made.choice;
        self.moves = self.moves.max(made.moves);
        self.live_tick = Some(wish.tick);
        self.glide = None;
        *self.fitted.get_mut() = Some((self.moves, size, wish.corners, made.fitting));
        self.bounds.set(Some((self.moves, made.bounds_in_world)));
        self.map = made.map;
        self.list = made.list;
        if let Some((_, painting)) = self.painting.take() {
            self.painter.reuse(painting);
        }
        let key = PaintKey {
            moves: self.moves,
            labels: self.choice.generation(),
            focus: wish.focus,
            camera: made.camera,
            frame: wish.frame,
            stepped_back: wish.stepped_back,
            pixels_per_point: wish.pixels_per_point,
            reserved: wish.corners.rects(size),
        };
        self.painting = Some((key, made.painting));
        self.made = Some(wish);
        if self.landing.as_ref().map(|(_, tick)| *tick) == self.live_tick {
            // This was the last: frames make their own pictures again, when something changes.
            self.landing = None;
            self.made = None;
            self.live_tick = None;
        }
    }

    /// Orders the picture of this frame, unless it is there or another is still being made.
    pub(super) fn order_aside(&mut self, ui: &egui::Ui, view: &CanvasView, sight: &Sight) {
        let landing = self.landing.as_ref().map(|(live, tick)| (live, *tick));
        let (Some((live, tick)), Some(pool)) = (landing.or(view.live), view.pool) else {
            return;
        };
        let pace = if landing.is_some() {
            Pace::LAST
        } else {
            Pace::ASIDE
        };
        let wish = Wish {
            tick,
            camera: (!sight.fits).then_some(sight.camera),
            corners: sight.corners,
            frame: sight.frame,
            focus: self.focus_changes,
            stepped_back: sight.stepped_back,
            pixels_per_point: ui.ctx().pixels_per_point(),
            map: sight.map,
            is_pointed_at: ui.rect_contains_pointer(sight.frame),
        };
        if !self.aside.is_free() || self.made.as_ref() == Some(&wish) {
            return;
        }
        let order = Order {
            wish,
            scene: self.scene.clone(),
            live: live.clone(),
            overlay: self.overlay.clone(),
            choice: self.choice.clone(),
            moves: self.moves + 1,
            pace,
            painter: self.painter.aside(ui.ctx()),
            list: std::mem::take(&mut self.list),
        };
        self.aside.start(pool, ui.ctx(), order);
    }

    /// Draws the last painting, moved to where the camera is now.
    pub(super) fn draw_made_aside(&self, ui: &egui::Ui, sight: &Sight) {
        let Some((key, painting)) = &self.painting else {
            return;
        };
        if (key.camera, key.frame) == (sight.camera, sight.frame) {
            painting.draw(ui.painter());
            return;
        }
        let size = |frame: egui::Rect| Vector::new(frame.width(), frame.height());
        let (from, to) = (size(key.frame), size(sight.frame));
        let moved = painting.moved(sight.frame, |at| {
            let at = at - key.frame.min;
            let world = key.camera.world_from_screen(Point::new(at.x, at.y), from);
            let at = sight.camera.screen_from_world(world, to);
            sight.frame.min + egui::vec2(at.x, at.y)
        });
        moved.draw(ui.painter());
    }
}
