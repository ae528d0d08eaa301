//! The canvas: one frame from view to drawing and commands.

use super::camera::CameraMotion;
use super::controls;
use super::focus::Focus;
use super::legend;
use super::menu;
use super::minimap::{self, Minimap};
use super::picture::{Picture, Sight};
use super::pointer::{Gesture, Pointer};
use super::tooltip;
use super::view::CanvasView;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::EntityId;
use crate::scene::{Corners, Hit, Measures, Theme};
use crate::session::{Command, Session};
use egui::{Id, Role, Sense, WidgetInfo};

/// The interactive picture. Keeps only what no command is needed for: what lies under the pointer, a
/// drag that is not yet done, the camera's flight, and caches.
#[derive(Default)]
pub struct Canvas {
    pub(super) picture: Picture,
    pub(super) pointer: Pointer,
    pub(super) camera: CameraMotion,
    minimap: Minimap,
    shown: Option<(egui::Rect, Camera)>,
}

impl Canvas {
    /// Nearest distance in screen points at which a thin line or small node is hit.
    pub(super) const TOLERANCE: f32 = 5.0;

    /// Something is dragged: nodes, the picture, a rectangle or a lasso.
    pub fn is_dragging(&self) -> bool {
        self.pointer.is_busy()
    }

    /// Draws the graph of `session` into all the room that `ui` has, and pushes what the user did.
    pub fn show(
        &mut self,
        ui: &mut egui::Ui,
        session: &Session,
        theme: &'static Theme,
        commands: &mut Vec<Command>,
    ) {
        self.show_view(ui, &CanvasView::of(session, theme), commands);
    }

    /// [`Canvas::show`] without a session.
    pub fn show_view(&mut self, ui: &mut egui::Ui, view: &CanvasView, commands: &mut Vec<Command>) {
        let frame = ui.available_rect_before_wrap();
        let id = Id::unique("graph canvas");
        let response = ui.interact(frame, id, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Graph"));
        ui.advance_cursor_after_rect(frame);
        let size = Vector::new(frame.width(), frame.height());
        let still = ui.style().animation_time <= 0.0;
        // Where nothing moves by itself, a layout shows nothing but its end.
        let live = view.live.filter(|_| !still);
        let view = &CanvasView { live, ..*view };

        let now_s = ui.input(|input| input.time);
        let gliding = self
            .picture
            .update(view, self.pointer.dragged(), now_s, still);
        let legend = legend::legend_size(&self.picture, view, frame);
        let map = minimap::room(&self.picture, frame);
        let corners = Corners {
            left: Vector::new(legend.x, legend.y),
            right: Vector::new(map.x, map.y),
        };
        let fitting = || self.picture.fitting(size, corners);
        let mut camera = self.camera.update(view.saved.camera, fitting, now_s, still);
        if let Some(moved) = self.pointer_ui(ui, &response, view, camera, commands) {
            camera = moved;
            self.camera.set(moved);
            commands.push(Command::SetCamera(moved));
        }
        if self.camera.is_flying() || gliding {
            ui.ctx().request_repaint();
        }
        self.shown = Some((frame, camera));

        let focus = self.focus(view);
        self.picture.follow(focus);
        let following = !self.picture.overlay.is_empty();
        let seconds = ui.style().animation_time.min(0.12);
        let back = ui
            .ctx()
            .animate_bool_with_time(id.with("back"), following, seconds);
        ui.painter()
            .rect_filled(frame, 0.0, crate::ui::paint::color32(view.theme.background));
        let sight = Sight {
            frame,
            corners,
            camera,
            fits: view.saved.camera.is_none() && !self.camera.is_flying(),
            stepped_back: back,
            map: self.minimap.inner(),
        };
        self.picture.draw(ui, view, &sight);
        self.rubber_band_ui(ui, frame, view.theme);

        let (target, at) = (self.pointer.menu_target(), self.pointer.menu_at());
        menu::context_ui(&response, target, at, view, commands);
        if !response.context_menu_opened() && !self.pointer.is_busy() {
            tooltip::hover_ui(&response, self.pointer.told(), view);
        }
        controls::controls_ui(ui, frame, &self.picture, view, camera, commands);
        let moved = self
            .minimap
            .show(ui, frame, &self.picture, view.theme, camera);
        if let Some(moved) = moved {
            self.camera.set(moved);
            commands.push(Command::SetCamera(moved));
            ui.ctx().request_repaint();
        }
    }

    fn focus(&self, view: &CanvasView) -> Focus {
        match self.pointer.gesture() {
            Gesture::Moving { moves, .. } => Focus {
                entities: moves.iter().map(|(id, _)| *id).collect(),
                ..Focus::default()
            },
            Gesture::None => Focus::of(view, self.pointer.followed()),
            Gesture::Panning | Gesture::Rectangle { .. } | Gesture::Lasso(_) => {
                Focus::of(view, None)
            }
        }
    }

    /// The selection rectangle or lasso while it is drawn.
    fn rubber_band_ui(&self, ui: &egui::Ui, frame: egui::Rect, theme: &Theme) {
        let accent = crate::ui::paint::color32(theme.accent);
        let stroke = egui::Stroke::new(1.0, accent);
        match self.pointer.gesture() {
            Gesture::Rectangle { from, to } => {
                let rect = egui::Rect::from_two_pos(*from, *to).intersect(frame);
                ui.painter()
                    .rect_filled(rect, 2.0, accent.gamma_multiply(0.12));
                ui.painter()
                    .rect_stroke(rect, 2.0, stroke, egui::StrokeKind::Inside);
            }
            Gesture::Lasso(way) => {
                let painter = ui.painter().with_clip_rect(frame);
                painter.add(egui::Shape::line(way.clone(), stroke));
                if let [first, .., last] = way[..] {
                    let closing = egui::Shape::dashed_line(&[last, first], stroke, 4.0, 4.0);
                    painter.extend(closing);
                }
            }
            Gesture::None | Gesture::Panning | Gesture::Moving { .. } => {}
        }
    }

    /// Where an entity's node was drawn in the last frame, in the window's points.
    pub fn position_of(&self, entity: EntityId) -> Option<egui::Pos2> {
        let (frame, camera) = self.shown?;
        let center = self.picture.scene.centers[self.picture.scene.index_of(entity)?];
        let size = Vector::new(frame.width(), frame.height());
        let point = camera.screen_from_world(center, size);
        Some(frame.min + egui::vec2(point.x, point.y))
    }

    /// What the pointer has rested on, as of the last frame.
    pub fn hovered(&self) -> Option<Hit> {
        self.pointer.followed()
    }

    /// The camera of the last frame.
    pub fn camera(&self) -> Option<Camera> {
        self.shown.map(|(_, camera)| camera)
    }

    /// What was drawn at a point of the window in the last frame. Takes microseconds, but for the first
    /// time after something has moved.
    pub fn pick(&self, at: egui::Pos2) -> Option<Hit> {
        let (frame, camera) = self.shown?;
        self.picture.prepare_to_pick();
        frame
            .contains(at)
            .then(|| self.hit(at, frame, camera))
            .flatten()
    }

    pub(super) fn hit(&self, at: egui::Pos2, frame: egui::Rect, camera: Camera) -> Option<Hit> {
        self.picture.pick(at, Self::TOLERANCE, frame, camera)
    }

    /// `hit` still lies there.
    pub(super) fn is_at(
        &self,
        hit: Hit,
        at: egui::Pos2,
        frame: egui::Rect,
        camera: Camera,
    ) -> bool {
        self.picture.is_at(hit, at, Self::TOLERANCE, frame, camera)
    }

    /// The camera that shows a node and all its neighbors.
    pub(super) fn camera_around(&self, entity: EntityId, size: Vector) -> Option<Camera> {
        let scene = &self.picture.scene;
        let index = scene.index_of(entity)?;
        let mut members = vec![index];
        for &link in scene.links_of(index) {
            let link = &scene.links[link as usize];
            members.extend([link.source as usize, link.target as usize]);
        }
        let bounds: Rect = scene.bounds_of(members);
        let margin = 4.0 * Measures::get().node.radius_max;
        let mut camera = Camera::fitting(bounds, size, margin.min(size.x.min(size.y) * 0.2));
        camera.zoom = camera.zoom.min(2.0);
        Some(camera)
    }
}

/// The world point under a point of the window.
pub(super) fn world_from_window(at: egui::Pos2, frame: egui::Rect, camera: Camera) -> Point {
    let size = Vector::new(frame.width(), frame.height());
    camera.world_from_screen(Point::new(at.x - frame.min.x, at.y - frame.min.y), size)
}
