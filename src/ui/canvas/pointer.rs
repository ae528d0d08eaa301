//! Mouse, wheel and pinch: gestures to camera moves and commands.

use super::frame::{Canvas, world_from_window};
use super::view::CanvasView;
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::EntityId;
use crate::scene::{Hit, Measures};
use crate::session::{Command, SelectMode};
use crate::ui::request::{Request, ask};
use egui::{CursorIcon, Key, Modifiers, Pos2};

/// What a pressed button does until it is released.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Gesture {
    /// No button is held.
    #[default]
    None,
    /// The camera follows the pointer.
    Panning,
    /// Nodes follow the pointer; where they are now, and where they were when `grabbed_at` was.
    Moving {
        grabbed_at: Point,
        starts: Vec<(EntityId, Point)>,
        moves: Vec<(EntityId, Point)>,
    },
    /// A rectangle is drawn, in the window's points.
    Rectangle { from: Pos2, to: Pos2 },
    /// A lasso is drawn: the way of the pointer so far, in the window's points.
    Lasso(Vec<Pos2>),
}

/// What the pointer is doing.
#[derive(Default)]
pub(super) struct Pointer {
    gesture: Gesture,
    /// What lies under the pointer; nothing as long as the picture, not the pointer, has moved.
    hovered: Option<Hit>,
    /// Where the pointer was when it last moved.
    last_at: Option<Pos2>,
    /// The camera when it was last looked at.
    seen_by: Option<Camera>,
    /// It has moved while the view did.
    moved_meanwhile: bool,
    /// Since when, in seconds of egui's clock.
    hovered_since_s: f64,
    /// The pointer has rested on it long enough.
    followed: Option<Hit>,
    pressed: Option<Hit>,
    /// A button was pressed on the canvas, and the pointer has not moved since.
    clicked_here: bool,
    menu_target: Option<(Option<Hit>, Point)>,
    /// Where the menu opens that a key has asked for.
    menu_at: Option<Pos2>,
}

impl Pointer {
    pub(super) const fn gesture(&self) -> &Gesture {
        &self.gesture
    }

    /// A button is held for a gesture.
    pub(super) fn is_busy(&self) -> bool {
        self.gesture != Gesture::None
    }

    pub(super) const fn followed(&self) -> Option<Hit> {
        self.followed
    }

    /// What the tooltip tells of: what is followed, until the pointer has clicked there.
    pub(super) fn told(&self) -> Option<Hit> {
        self.followed.filter(|_| !self.clicked_here)
    }

    /// What the context menu is about, and where in the world.
    pub(super) const fn menu_target(&self) -> Option<(Option<Hit>, Point)> {
        self.menu_target
    }

    /// Where the menu stays that a key has opened.
    pub(super) const fn menu_at(&self) -> Option<Pos2> {
        self.menu_at
    }

    /// Nodes that follow the pointer.
    pub(super) fn dragged(&self) -> &[(EntityId, Point)] {
        match &self.gesture {
            Gesture::Moving { moves, .. } => moves,
            Gesture::None | Gesture::Panning | Gesture::Rectangle { .. } | Gesture::Lasso(_) => &[],
        }
    }
}

impl Canvas {
    /// Takes in the pointer; gives the camera if the user moved it.
    pub(super) fn pointer_ui(
        &mut self,
        ui: &egui::Ui,
        response: &egui::Response,
        view: &CanvasView,
        camera: Camera,
        commands: &mut Vec<Command>,
    ) -> Option<Camera> {
        let frame = response.rect;
        self.hover(ui, response, camera);
        let mut moved = self.wheel(ui, response, camera);
        if ui.input(|input| input.pointer.any_pressed()) && response.contains_pointer() {
            // A tap can be pressed and let go within one frame; then only its place is left.
            let origin = ui.input(|input| {
                let pointer = &input.pointer;
                pointer.press_origin().or_else(|| pointer.interact_pos())
            });
            self.pointer.clicked_here = true;
            self.pointer.pressed = origin.and_then(|at| self.hit(at, frame, camera));
        }
        if response.drag_started() {
            self.start_gesture(ui, view, frame, camera);
        }
        if response.dragged() {
            let delta = response.drag_delta();
            moved = self.continue_gesture(ui, frame, camera, delta).or(moved);
        }
        // egui lets go of what is dragged at Escape too, so this comes first.
        if ui.input(|input| input.key_pressed(Key::Escape)) && self.pointer.is_busy() {
            self.pointer.gesture = Gesture::None;
            self.picture.forget_positions();
        }
        if response.drag_stopped() {
            self.end_gesture(view, frame, camera, commands);
        }
        let modifiers = ui.input(|input| input.modifiers);
        if response.double_clicked() {
            self.double_click(ui.ctx(), frame, commands);
        } else if response.clicked() {
            self.click(view, modifiers, commands);
        }
        if response.secondary_clicked() {
            self.pointer.menu_at = None;
            self.open_menu(response, view, frame, camera, commands);
        }
        if menu_key(ui) {
            self.open_menu_by_key(response, view, frame, camera);
        }
        self.cursor(ui, response);
        moved
    }

    /// Sees what lies under the pointer. While the view moves, only whether that still does which did
    /// before: what comes to lie there is seen once it stays.
    fn hover(&mut self, ui: &egui::Ui, response: &egui::Response, camera: Camera) {
        let now_s = ui.input(|input| input.time);
        let menu_open = response.context_menu_opened();
        let at = response
            .hover_pos()
            .filter(|_| !self.pointer.is_busy() && !menu_open && !self.camera.is_flying());
        let latest_at = ui.input(|input| input.pointer.latest_pos());
        let moved = std::mem::replace(&mut self.pointer.last_at, latest_at) != latest_at;
        self.pointer.clicked_here &= !moved;
        let seen_by = self.pointer.seen_by.replace(camera);
        let before = self.pointer.hovered;
        let hovered = if seen_by.is_some_and(|before| before != camera) {
            self.pointer.moved_meanwhile |= moved;
            ui.ctx().request_repaint();
            before.filter(|&hit| at.is_some_and(|at| self.is_at(hit, at, response.rect, camera)))
        } else {
            let moved = std::mem::take(&mut self.pointer.moved_meanwhile) || moved;
            let beneath = at.and_then(|at| self.hit(at, response.rect, camera));
            // What comes to lie under a still pointer was not pointed at.
            beneath.filter(|_| moved || beneath == before)
        };
        let delay_s = self.rest_s(hovered);
        if hovered != self.pointer.hovered {
            self.pointer.hovered = hovered;
            self.pointer.hovered_since_s = now_s;
        }
        let rested = now_s - self.pointer.hovered_since_s >= delay_s;
        if rested || hovered.is_none() {
            self.pointer.followed = hovered;
        } else if self.pointer.followed != hovered {
            let left_s = delay_s - (now_s - self.pointer.hovered_since_s);
            let left = std::time::Duration::from_secs_f64(left_s.max(0.001));
            ui.ctx().request_repaint_after(left);
        }
    }

    /// How long the pointer rests, in seconds, before `hit` is followed: on co-mentions, which are
    /// everywhere, longer.
    fn rest_s(&self, hit: Option<Hit>) -> f64 {
        const LONGER_ON_CO_MENTIONS: f64 = 4.0;
        let scene = &self.picture.scene;
        let faint = match hit {
            Some(Hit::Relation(id)) => scene
                .link_index_of(id)
                .is_some_and(|index| !scene.links[index].stated),
            Some(Hit::Entity(_)) | None => false,
        };
        let rest_s = Measures::get().hover_delay_ms as f64 / 1000.0;
        if faint {
            rest_s * LONGER_ON_CO_MENTIONS
        } else {
            rest_s
        }
    }

    fn wheel(&self, ui: &egui::Ui, response: &egui::Response, camera: Camera) -> Option<Camera> {
        /// A step of a wheel is about 50 points: a quarter closer.
        const POINTS_FOR_E: f32 = 220.0;
        let at = response.hover_pos()?;
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
        let factor = pinch * ((scroll.y + scroll.x) / POINTS_FOR_E).exp();
        if factor == 1.0 || !factor.is_finite() {
            return None;
        }
        let frame = response.rect;
        let anchor = Point::new(at.x - frame.min.x, at.y - frame.min.y);
        let size = Vector::new(frame.width(), frame.height());
        Some(camera.zoomed_at(anchor, size, factor))
    }

    fn start_gesture(
        &mut self,
        ui: &egui::Ui,
        view: &CanvasView,
        frame: egui::Rect,
        camera: Camera,
    ) {
        let (origin, primary, modifiers, space) = ui.input(|input| {
            (
                input.pointer.press_origin(),
                input.pointer.primary_down(),
                input.modifiers,
                input.key_down(Key::Space),
            )
        });
        let Some(origin) = origin else { return };
        self.pointer.followed = None;
        self.pointer.gesture = match self.pointer.pressed {
            _ if !primary || space => Gesture::Panning,
            _ if modifiers.alt => Gesture::Lasso(vec![origin]),
            _ if modifiers.shift => Gesture::Rectangle {
                from: origin,
                to: origin,
            },
            Some(Hit::Entity(entity)) if view.can_edit => {
                let scene = &self.picture.scene;
                let starts: Vec<(EntityId, Point)> = view
                    .targets_of(entity)
                    .into_iter()
                    .filter_map(|id| Some((id, scene.centers[scene.index_of(id)?])))
                    .collect();
                Gesture::Moving {
                    grabbed_at: world_from_window(origin, frame, camera),
                    moves: starts.clone(),
                    starts,
                }
            }
            _ => Gesture::Panning,
        };
    }

    fn continue_gesture(
        &mut self,
        ui: &egui::Ui,
        frame: egui::Rect,
        camera: Camera,
        delta: egui::Vec2,
    ) -> Option<Camera> {
        let at = ui.input(|input| input.pointer.latest_pos())?;
        match &mut self.pointer.gesture {
            Gesture::None => None,
            Gesture::Panning => {
                let shift = Vector::new(delta.x, delta.y) * (1.0 / camera.zoom);
                (shift != Vector::default()).then(|| Camera {
                    center_in_world: camera.center_in_world - shift,
                    ..camera
                })
            }
            Gesture::Moving {
                grabbed_at,
                starts,
                moves,
            } => {
                let way = world_from_window(at, frame, camera) - *grabbed_at;
                for (moved, (_, start)) in moves.iter_mut().zip(starts.iter()) {
                    moved.1 = *start + way;
                }
                let moves = moves.clone();
                self.picture.move_nodes(&moves);
                None
            }
            Gesture::Rectangle { to, .. } => {
                *to = at;
                None
            }
            Gesture::Lasso(way) => {
                /// Nearer corners are not told apart, in points.
                const STEP: f32 = 3.0;
                if way.last().is_none_or(|last| last.distance(at) >= STEP) {
                    way.push(at);
                }
                None
            }
        }
    }

    fn end_gesture(
        &mut self,
        view: &CanvasView,
        frame: egui::Rect,
        camera: Camera,
        commands: &mut Vec<Command>,
    ) {
        match std::mem::take(&mut self.pointer.gesture) {
            Gesture::None | Gesture::Panning => {}
            Gesture::Moving { moves, .. } => {
                if view.can_edit {
                    commands.push(Command::Move(moves));
                } else {
                    self.picture.forget_positions();
                }
            }
            Gesture::Rectangle { from, to } => {
                let [a, b] = [from, to].map(|at| world_from_window(at, frame, camera));
                let inside = self.picture.scene.entities_in(Rect::from_corners(a, b));
                commands.push(Command::Select(inside, SelectMode::Add));
            }
            Gesture::Lasso(way) => {
                let corners: Vec<Point> = way
                    .into_iter()
                    .map(|at| world_from_window(at, frame, camera))
                    .collect();
                let inside = self.picture.scene.entities_within(&corners);
                commands.push(Command::Select(inside, SelectMode::Add));
            }
        }
    }

    fn click(&self, view: &CanvasView, modifiers: Modifiers, commands: &mut Vec<Command>) {
        match self.pointer.pressed {
            Some(Hit::Entity(id)) => {
                let mode = if modifiers.command {
                    SelectMode::Toggle
                } else if modifiers.shift {
                    SelectMode::Add
                } else {
                    SelectMode::Replace
                };
                commands.push(Command::Select(vec![id], mode));
            }
            Some(Hit::Relation(id)) => commands.push(Command::SelectRelation(Some(id))),
            None if modifiers.shift || modifiers.command => {}
            None => {
                if !view.saved.selection.is_empty() || view.saved.selected_relation.is_some() {
                    commands.push(Command::SelectNone);
                }
            }
        }
    }

    /// A node: select it and show it with its neighbors, and what is known of it. The background:
    /// show everything.
    fn double_click(&self, ctx: &egui::Context, frame: egui::Rect, commands: &mut Vec<Command>) {
        if self.pointer.pressed.is_some() {
            ask(ctx, Request::ShowRight);
        }
        match self.pointer.pressed {
            Some(Hit::Entity(id)) => {
                commands.push(Command::Select(vec![id], SelectMode::Replace));
                let size = Vector::new(frame.width(), frame.height());
                // Not the user's own move: the session's camera changes, and this one flies there.
                commands.extend(self.camera_around(id, size).map(Command::SetCamera));
            }
            Some(Hit::Relation(id)) => commands.push(Command::SelectRelation(Some(id))),
            None => commands.push(Command::FitAll),
        }
    }

    fn open_menu(
        &mut self,
        response: &egui::Response,
        view: &CanvasView,
        frame: egui::Rect,
        camera: Camera,
        commands: &mut Vec<Command>,
    ) {
        let Some(at) = response.interact_pointer_pos() else {
            return;
        };
        let hit = self.hit(at, frame, camera);
        self.pointer.menu_target = Some((hit, world_from_window(at, frame, camera)));
        match hit {
            Some(Hit::Entity(id)) if !view.saved.selection.contains(&id) => {
                commands.push(Command::Select(vec![id], SelectMode::Replace));
            }
            Some(Hit::Relation(id)) => commands.push(Command::SelectRelation(Some(id))),
            Some(Hit::Entity(_)) | None => {}
        }
    }

    /// The menu of the selection, at the first of its nodes that is in view; else the background's.
    fn open_menu_by_key(
        &mut self,
        response: &egui::Response,
        view: &CanvasView,
        frame: egui::Rect,
        camera: Camera,
    ) {
        let scene = &self.picture.scene;
        let size = Vector::new(frame.width(), frame.height());
        let place = |&id: &EntityId| {
            let at = camera.screen_from_world(scene.centers[scene.index_of(id)?], size);
            let at = frame.min + egui::vec2(at.x, at.y);
            frame.contains(at).then_some((Hit::Entity(id), at))
        };
        let found = view.saved.selection.iter().find_map(place);
        let at = found.map_or(frame.center(), |(_, at)| at);
        let hit = found.map(|(hit, _)| hit);
        self.pointer.menu_target = Some((hit, world_from_window(at, frame, camera)));
        self.pointer.menu_at = Some(at);
        egui::Popup::open_id(&response.ctx, egui::Popup::default_response_id(response));
    }

    fn cursor(&self, ui: &egui::Ui, response: &egui::Response) {
        if !response.hovered() && !response.dragged() {
            return;
        }
        let icon = match (&self.pointer.gesture, self.pointer.hovered) {
            (Gesture::Panning | Gesture::Moving { .. }, _) => CursorIcon::Grabbing,
            (Gesture::Rectangle { .. } | Gesture::Lasso(_), _) => CursorIcon::Crosshair,
            (Gesture::None, Some(_)) => CursorIcon::PointingHand,
            (Gesture::None, None) => CursorIcon::Default,
        };
        if icon != CursorIcon::Default {
            ui.ctx().set_cursor_icon(icon);
        }
    }
}

/// The key that opens a context menu, or Shift+F10, which does so on keyboards without it.
fn menu_key(ui: &egui::Ui) -> bool {
    let shift_f10 = |input: &egui::InputState| input.modifiers.shift && input.key_pressed(Key::F10);
    !ui.ctx().text_edit_focused()
        && ui.input(|input| input.key_pressed(Key::Menu) || shift_f10(input))
}
