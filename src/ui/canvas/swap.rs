//! Swapping in what was made aside: pictures, and choices of what is drawn.

use super::aside::discard;
use super::choice::{Choice, Pace};
use super::order::{Content, Order, Source, Wish};
use super::picture::{PaintKey, Picture, Sight};
use super::view::CanvasView;
use crate::geometry::{Point, Vector};

/// A choice that was made aside, and the `moves` of the scene it was made for.
pub(super) struct Chosen {
    choice: Choice,
    moves: u64,
}

impl Picture {
    /// Swaps in the picture that was made aside, if one is there.
    pub(super) fn take_made_aside(&mut self, view: &CanvasView, now_s: f64) {
        let Some(made) = self.aside.take() else {
            return;
        };
        let wish = made.wish;
        let is_awaited = self.wanted.as_ref().map(|wanted| wanted.tick) == Some(wish.tick);
        if !is_awaited && !made.scene.shares_parts_with(&self.scene) {
            return;
        }
        let size = Vector::new(wish.frame.width(), wish.frame.height());
        let scene = std::mem::replace(&mut self.scene, made.scene);
        let choice = std::mem::replace(&mut self.choice, made.choice);
        if let Some(pool) = view.pool {
            discard(pool, (scene, choice));
        }
        self.chosen.forget();
        self.moves = self.moves.max(made.moves);
        self.live_tick = Some(wish.tick);
        self.glide = made.glide.map(|glide| glide.starting_at(now_s));
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
        if let Some((focus, overlay, told)) = made.content {
            self.adopt_content(&focus, overlay, told);
        }
        if let Some(wanted) = self.wanted.take_if(|_| is_awaited) {
            // Frames make their own pictures again, when something changes.
            self.key = Some(wanted.key);
            self.made = None;
            self.live_tick = None;
        }
    }

    /// Orders the picture of this frame, unless it is there or another is still being made.
    pub(super) fn order_aside(&mut self, ui: &egui::Ui, view: &CanvasView, sight: &Sight) {
        let Some(pool) = view.pool else { return };
        let (source, tick, pace, glides) = match (&self.wanted, view.live) {
            (Some(wanted), live) => {
                let Some(project) = view.shared else { return };
                let source = if wanted.is_of_places {
                    Source::Places(project.clone())
                } else {
                    Source::Content(Box::new(Content {
                        project: project.clone(),
                        visible: view.visible.clone(),
                        live: live.map(|(live, _)| live.clone()),
                        theme: view.theme,
                        saved: view.saved.clone(),
                        focus: self.focus().clone(),
                    }))
                };
                (source, wanted.tick, Pace::LAST, wanted.glides)
            }
            (None, Some((live, tick))) => (Source::Live(live.clone()), tick, Pace::ASIDE, false),
            (None, None) => return,
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
            source,
            scene: self.scene.clone(),
            overlay: self.overlay.clone(),
            choice: self.choice.clone(),
            moves: self.moves + 1,
            pace,
            painter: self.painter.aside(ui.ctx()),
            list: std::mem::take(&mut self.list),
            glides,
        };
        self.aside.start(pool, ui.ctx(), move || order.make());
    }

    /// Draws the last painting, moved to where the camera is now.
    pub(super) fn draw_made_aside(&mut self, ui: &egui::Ui, sight: &Sight) {
        let Some((key, painting)) = &self.painting else {
            return;
        };
        let is_complete = if (key.camera, key.frame) == (sight.camera, sight.frame) {
            painting.draw(ui.painter(), &mut self.wording)
        } else {
            let size = |frame: egui::Rect| Vector::new(frame.width(), frame.height());
            let (from, to) = (size(key.frame), size(sight.frame));
            let moved = painting.moved(sight.frame, |at| {
                let at = at - key.frame.min;
                let world = key.camera.world_from_screen(Point::new(at.x, at.y), from);
                let at = sight.camera.screen_from_world(world, to);
                sight.frame.min + egui::vec2(at.x, at.y)
            });
            moved.draw(ui.painter(), &mut self.wording)
        };
        if !is_complete {
            ui.ctx().request_repaint();
        }
    }

    /// Lets what is drawn be chosen aside for the camera of this frame, while the choice before serves.
    /// Gives `false` where a frame has to choose itself: nothing serves, or nobody can help.
    pub(super) fn choose_aside(&mut self, ui: &egui::Ui, view: &CanvasView, sight: &Sight) -> bool {
        if let Some(done) = self.chosen.take()
            && done.moves == self.moves
        {
            let before = std::mem::replace(&mut self.choice, done.choice);
            if let Some(pool) = view.pool {
                discard(pool, before);
            }
        }
        let Some(pool) = view.pool.filter(|_| !self.chosen.has_failed()) else {
            return false;
        };
        let size = Vector::new(sight.frame.width(), sight.frame.height());
        let seen = (&sight.camera, size);
        if !self.choice.serves(&self.overlay, self.moves, seen) || self.chosen.is_late() {
            self.chosen.forget();
            return false;
        }
        if self.choice.holds(&self.overlay, self.moves, seen) {
            // What is left to do is done by the frame itself: to get ready for the pointer.
            self.chosen.forget();
            return false;
        }
        if self.chosen.is_free() {
            let (scene, overlay) = (self.scene.clone(), self.overlay.clone());
            let (mut choice, moves, camera) = (self.choice.clone(), self.moves, sight.camera);
            self.chosen.start(pool, ui.ctx(), move || {
                choice.update(&scene, &overlay, moves, (&camera, size), Pace::LAST);
                Chosen { choice, moves }
            });
        }
        ui.ctx()
            .request_repaint_after(super::aside::Aside::<Chosen>::PATIENCE);
        true
    }
}
