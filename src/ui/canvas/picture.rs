//! The scene, its overlay, its labels and its triangles, each made anew only when something that it
//! depends on changed.

use super::aside::Aside;
use super::change::{SceneKey, Told, Wanted};
use super::choice::{Choice, Pace};
use super::focus::{Focus, overlay_for};
use super::glide::{Glide, Places};
use super::order::{Made, Wish};
use super::swap::Chosen;
use super::view::CanvasView;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::EntityId;
use crate::scene::{
    Corners, Detail, DisplayList, Hit, Overlay, Scene, SceneInput, Theme, View, build,
    fitting_camera,
};
use crate::ui::paint::{CanvasPainter, Painting, Wording};
use egui::epaint::Mesh;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// What a painting was made for.
#[derive(Clone, PartialEq)]
pub(super) struct PaintKey {
    pub(super) moves: u64,
    pub(super) labels: u64,
    pub(super) focus: u64,
    pub(super) camera: Camera,
    pub(super) frame: egui::Rect,
    pub(super) stepped_back: f32,
    pub(super) pixels_per_point: f32,
    pub(super) reserved: [Rect; 2],
}

/// How the picture is seen in a frame.
pub(super) struct Sight {
    /// Where it lies in the window.
    pub(super) frame: egui::Rect,
    /// What will lie over it.
    pub(super) corners: Corners,
    pub(super) camera: Camera,
    /// The camera is the one that shows all, whatever that is.
    pub(super) fits: bool,
    /// How far all has stepped back that is not followed.
    pub(super) stepped_back: f32,
    /// Where the map has its dots.
    pub(super) map: Option<egui::Rect>,
}

/// All that is drawn, with what it was made from.
pub(super) struct Picture {
    pub(super) scene: Scene,
    pub(super) overlay: Overlay,
    pub(super) told: Told,
    pub(super) key: Option<SceneKey>,
    pub(super) live_tick: Option<u64>,
    /// Grows whenever the scene or a position changes.
    pub(super) moves: u64,
    focus: Focus,
    pub(super) choice: Choice,
    pub(super) glide: Option<Glide>,
    pub(super) fitted: RefCell<Option<(u64, Vector, Corners, Camera)>>,
    pub(super) bounds: Cell<Option<(u64, Rect)>>,
    pub(super) list: DisplayList,
    pub(super) painting: Option<(PaintKey, Painting)>,
    pub(super) painter: CanvasPainter,
    pub(super) wording: Wording,
    /// Moves and camera of the frame before.
    drawn: Option<(u64, Camera)>,
    pub(super) aside: Aside<Made>,
    /// Pictures are made aside at the moment.
    is_made_aside: bool,
    /// Choices of what is drawn that are made aside for another camera.
    pub(super) chosen: Aside<Chosen>,
    /// Counts changes that were taken in aside.
    changes: u64,
    /// The change that is taken in aside; until then all is as before.
    pub(super) wanted: Option<Wanted>,
    /// What the last picture that was made aside shows.
    pub(super) made: Option<Wish>,
    pub(super) map: Option<(egui::Rect, Arc<Mesh>)>,
    /// Counts what was followed.
    pub(super) focus_changes: u64,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            scene: Scene::empty(Theme::light()),
            overlay: Overlay::default(),
            told: Told::default(),
            key: None,
            live_tick: None,
            moves: 0,
            focus: Focus::default(),
            choice: Choice::default(),
            glide: None,
            fitted: RefCell::default(),
            bounds: Cell::default(),
            list: DisplayList::default(),
            painting: None,
            painter: CanvasPainter::default(),
            wording: Wording::default(),
            drawn: None,
            aside: Aside::default(),
            is_made_aside: false,
            chosen: Aside::default(),
            changes: 0,
            wanted: None,
            made: None,
            map: None,
            focus_changes: 0,
        }
    }
}

impl Picture {
    /// Takes in what changed since the last frame. `dragged` stands in for positions. Nodes that have
    /// another place glide there, unless all is to be `still`; gives whether some do.
    pub(super) fn update(
        &mut self,
        view: &CanvasView,
        dragged: &[(EntityId, Point)],
        now_s: f64,
        still: bool,
    ) -> bool {
        let key = SceneKey {
            revision: view.revision,
            content: view.content_revision,
            filters: view.saved.filters.clone(),
            dark: view.theme.dark,
        };
        let awaited = self.wanted.as_ref().map(|wanted| &wanted.key);
        if awaited.or(self.key.as_ref()) != Some(&key) {
            self.take_in(view, key, dragged, (!still).then_some(now_s));
        }
        let has_help = view.pool.is_some() && !self.aside.has_failed() && dragged.is_empty();
        if self.wanted.is_some() && (!has_help || self.aside.is_late()) {
            self.catch_up(view);
        }
        self.is_made_aside = has_help && (view.live.is_some() || self.wanted.is_some());
        if self.is_made_aside {
            self.take_made_aside(view, now_s);
            self.is_made_aside = view.live.is_some() || self.wanted.is_some();
        } else if let Some((live, tick)) = view.live
            && self.live_tick != Some(tick)
        {
            self.scene.follow_layout(live);
            self.live_tick = Some(tick);
            self.has_moved();
            self.glide = None;
        }
        if let Some(glide) = self.glide.take() {
            self.has_moved();
            if !glide.carry_on(&mut self.scene, now_s) {
                self.glide = Some(glide);
            }
        }
        self.move_nodes(dragged);
        self.glide.is_some()
    }

    /// Takes in a change: aside where that takes longer than a frame has, or where a running layout has
    /// come to rest that it was seen coming to; else at once. Nodes glide from where they were if it is
    /// told since when.
    fn take_in(
        &mut self,
        view: &CanvasView,
        key: SceneKey,
        dragged: &[(EntityId, Point)],
        now_s: Option<f64>,
    ) {
        let now_s = now_s.filter(|_| view.live.is_none() && dragged.is_empty());
        let before = self.key.as_ref();
        let is_of_places = before.is_some_and(|before| {
            SceneKey {
                revision: key.revision,
                ..before.clone()
            } == key
        });
        let lands = self.is_made_aside && self.wanted.is_none() && is_of_places && now_s.is_some();
        let nodes = self.scene.nodes.len().max(view.visible.entities.len());
        let is_large = nodes >= LARGE || view.visible.relations.len() >= 3 * LARGE;
        let can_wait = view.pool.is_some()
            && view.shared.is_some()
            && self.painting.is_some()
            && dragged.is_empty()
            && !self.aside.has_failed();
        if can_wait && (lands || is_large) {
            self.aside.forget();
            self.changes += 1;
            self.wanted = Some(Wanted {
                key,
                // No tick of a layout is so high.
                tick: u64::MAX - self.changes,
                is_of_places,
                glides: now_s.is_some() && !lands,
            });
            return;
        }
        self.wanted = None;
        if is_of_places {
            self.take_places(view, now_s);
        } else {
            self.build(view, now_s);
        }
        self.key = Some(key);
    }

    /// Nothing but places has changed.
    fn take_places(&mut self, view: &CanvasView, glides_since_s: Option<f64>) {
        self.aside.forget();
        self.made = None;
        let before = Places::of(&self.scene);
        if view.live.is_none() && self.scene.take_places(view.project) {
            self.has_moved();
            if !before.are_at(&self.scene) {
                self.choice.forget_places();
            }
            self.glide = glides_since_s
                .and_then(|now_s| Some(Glide::new(&before, &self.scene)?.starting_at(now_s)));
        }
        self.live_tick = None;
    }

    /// What was to be taken in aside cannot be waited for.
    fn catch_up(&mut self, view: &CanvasView) {
        let Some(wanted) = self.wanted.take() else {
            return;
        };
        if wanted.is_of_places {
            self.take_places(view, None);
        } else {
            self.build(view, None);
        }
        self.key = Some(wanted.key);
    }

    /// What was made of a project aside is shown from now on.
    pub(super) fn adopt_content(&mut self, focus: &Focus, overlay: Overlay, told: Told) {
        self.told = told;
        self.overlay = overlay;
        if *focus != self.focus {
            self.overlay = overlay_for(&self.scene, &self.focus);
            self.focus_changes += 1;
            self.choice.forget_overlay();
        }
    }

    /// What is followed.
    pub(super) const fn focus(&self) -> &Focus {
        &self.focus
    }

    /// Makes the scene anew; nodes glide from where they were if it is told since when.
    fn build(&mut self, view: &CanvasView, glides_since_s: Option<f64>) {
        let before = self.key.is_some().then(|| Places::of(&self.scene));
        self.scene = build(&SceneInput {
            project: view.project,
            visible: view.visible,
            live: view.live.map(|(live, _)| live),
            theme: view.theme,
        });
        self.live_tick = view.live.map(|(_, tick)| tick);
        self.told = Told::of(view.project, view.saved, &self.scene);
        self.has_moved();
        let same_nodes = before
            .as_ref()
            .is_some_and(|before| before.are_of(&self.scene));
        self.choice.start_again(same_nodes);
        self.aside.forget();
        self.made = None;
        self.overlay = overlay_for(&self.scene, &self.focus);
        self.focus_changes += 1;
        self.glide = before
            .zip(glides_since_s)
            .and_then(|(before, now_s)| Some(Glide::new(&before, &self.scene)?.starting_at(now_s)));
    }

    fn has_moved(&mut self) {
        self.moves += 1;
        self.map = None;
    }

    /// The dots of the map, made aside, and where they lie.
    pub(super) const fn map_dots(&self) -> Option<&(egui::Rect, Arc<Mesh>)> {
        self.map.as_ref()
    }

    /// The rectangle around all marks.
    pub(super) fn bounds_in_world(&self) -> Rect {
        match self.bounds.get() {
            Some((moves, bounds)) if moves == self.moves => bounds,
            _ => {
                let bounds = self.scene.bounds_in_world();
                self.bounds.set(Some((self.moves, bounds)));
                bounds
            }
        }
    }

    /// Grows whenever the scene or a position changes.
    pub(super) const fn moves(&self) -> u64 {
        self.moves
    }

    /// Draws nodes elsewhere than the project has them.
    pub(super) fn move_nodes(&mut self, moves: &[(EntityId, Point)]) {
        if !moves.is_empty() {
            self.scene.move_nodes(moves.iter().copied());
            self.has_moved();
        }
    }

    /// A drag was broken off: positions are those of the project again with the next update.
    pub(super) fn forget_positions(&mut self) {
        self.key = None;
        self.wanted = None;
    }

    /// Follows something else from now on.
    pub(super) fn follow(&mut self, focus: Focus) {
        if self.focus != focus {
            self.overlay = overlay_for(&self.scene, &focus);
            self.focus = focus;
            self.focus_changes += 1;
            self.choice.forget_overlay();
        }
    }

    /// The camera that shows all, with nothing in the corners.
    pub(super) fn fitting(&self, size: Vector, corners: Corners) -> Camera {
        let mut fitted = self.fitted.borrow_mut();
        match &*fitted {
            Some((moves, for_size, for_corners, camera))
                if *moves == self.moves && *for_size == size && *for_corners == corners =>
            {
                *camera
            }
            _ => {
                let camera = fitting_camera(&self.scene, size, corners);
                *fitted = Some((self.moves, size, corners, camera));
                camera
            }
        }
    }

    /// What was drawn at a point of the window.
    pub(super) fn pick(
        &self,
        at: egui::Pos2,
        tolerance: f32,
        frame: egui::Rect,
        camera: Camera,
    ) -> Option<Hit> {
        let (point, size) = seen_at(at, frame);
        let (detail, overlay) = (self.choice.detail()?, Some(&self.overlay));
        self.choice.ask();
        self.scene
            .pick_now(detail, point, tolerance, (&camera, size), overlay)
    }

    /// `hit` still lies at a point of the window.
    pub(super) fn is_at(
        &self,
        hit: Hit,
        at: egui::Pos2,
        tolerance: f32,
        frame: egui::Rect,
        camera: Camera,
    ) -> bool {
        let (point, size) = seen_at(at, frame);
        self.scene.is_at(hit, point, tolerance, (&camera, size))
    }

    /// Makes ready for many questions.
    pub(super) fn prepare_to_pick(&self) {
        if let Some(detail) = self.choice.detail() {
            self.scene.prepare_to_pick(detail);
        }
    }

    /// How many lines around the view are not drawn, because there is no room for them.
    pub(super) fn lines_left_out(&self) -> usize {
        self.choice.detail().map_or(0, Detail::lines_left_out)
    }

    /// Draws all of it.
    pub(super) fn draw(&mut self, ui: &egui::Ui, view: &CanvasView, sight: &Sight) {
        let now = Some((self.moves, sight.camera));
        let has_moved = self.drawn.is_some() && self.drawn != now;
        self.drawn = now;
        self.wording.is_moving = has_moved || view.live.is_some();
        if has_moved {
            // Names have all of their halo again once all stays.
            ui.ctx().request_repaint();
        }
        if self.is_made_aside && self.painting.is_some() {
            self.order_aside(ui, view, sight);
            self.draw_made_aside(ui, sight);
            return;
        }
        let size = Vector::new(sight.frame.width(), sight.frame.height());
        if !self.choose_aside(ui, view, sight) {
            let done = self.choice.update(
                &self.scene,
                &self.overlay,
                self.moves,
                (&sight.camera, size),
                Pace::FRAME,
            );
            if !done {
                ui.ctx().request_repaint();
            }
        }
        let key = PaintKey {
            moves: self.moves,
            labels: self.choice.generation(),
            focus: self.focus_changes,
            camera: sight.camera,
            frame: sight.frame,
            stepped_back: sight.stepped_back,
            pixels_per_point: ui.ctx().pixels_per_point(),
            reserved: sight.corners.rects(size),
        };
        if self.painting.as_ref().map(|(key, _)| key) != Some(&key) {
            if let Some((_, painting)) = self.painting.take() {
                self.painter.reuse(painting);
            }
            let painting = self.prepare(ui.ctx(), &key);
            self.painting = Some((key, painting));
        }
        if let Some((_, painting)) = &self.painting
            && !painting.draw(ui.painter(), &mut self.wording)
        {
            ui.ctx().request_repaint();
        }
    }

    fn prepare(&mut self, ctx: &egui::Context, key: &PaintKey) -> Painting {
        let (Some(detail), Some(labels)) = (self.choice.detail(), self.choice.labels()) else {
            return Painting::default();
        };
        let overlay_labels = self.choice.overlay_labels();
        let view = View {
            camera: key.camera,
            size: Vector::new(key.frame.width(), key.frame.height()),
            detail,
            labels,
            overlay: overlay_labels.map(|placed| (&self.overlay, placed)),
            stepped_back: key.stepped_back,
            reserved: &key.reserved,
        };
        self.scene.display_into(&view, &mut self.list);
        self.painter.prepare(ctx, key.frame, &self.list)
    }
}

/// From so many nodes on a change is taken in aside: less is done within a frame.
const LARGE: usize = 1_500;

/// A point of the window as one of the picture, and the picture's size.
fn seen_at(at: egui::Pos2, frame: egui::Rect) -> (Point, Vector) {
    let point = Point::new(at.x - frame.min.x, at.y - frame.min.y);
    (point, Vector::new(frame.width(), frame.height()))
}
