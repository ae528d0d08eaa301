//! The map in the lower right corner: all of the picture, and the part of it that is seen. A click or a
//! drag moves the camera there.

use super::controls::{grid, ground};
use super::picture::Picture;
use crate::geometry::{Camera, Point, Vector};
use crate::scene::{Scene, Theme};
use crate::ui::paint::color32;
use egui::epaint::Mesh;
use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};
use std::sync::Arc;
use std::time::Duration;

/// The map, with its dots kept while nothing moves.
#[derive(Default)]
pub(super) struct Minimap {
    drawn: Option<Drawn>,
    /// How often nodes had moved when the last frame was drawn.
    last_moves: u64,
}

struct Drawn {
    moves: u64,
    /// Of the graph that was drawn: another one counts its moves anew.
    nodes: usize,
    bounds: crate::geometry::Rect,
    rect: Rect,
    dark: bool,
    dots: Arc<Mesh>,
}

/// The whole map, in units of the grid.
const SIZE: Vec2 = vec2(40.0, 28.0);
/// From the edges of the canvas, and from the zoom buttons, which stand at its right.
const MARGIN: f32 = 3.0;
const BUTTONS: f32 = 8.0;
/// Side of a dot in points.
const DOT: f32 = 2.0;
/// So many frames of a movement share their dots.
const KEPT_FRAMES: u64 = 10;
/// So long after the last frame of a movement the dots are those of its end.
const AFTER_MOVEMENT: Duration = Duration::from_millis(100);
/// Fewer nodes are found without a map.
const LEAST_NODES: usize = 12;
/// On a smaller canvas the room belongs to the picture.
const LEAST_CANVAS: Vec2 = vec2(640.0, 440.0);

/// How much of the lower right corner is taken by map and buttons, margins included.
pub(super) fn room(picture: &Picture, frame: Rect) -> Vec2 {
    let buttons = vec2(BUTTONS, 3.0 * BUTTONS);
    let size = if is_shown(picture, frame) {
        vec2(SIZE.x + 1.0 + BUTTONS, SIZE.y.max(buttons.y))
    } else {
        buttons
    };
    (size + Vec2::splat(2.0 * MARGIN)) * grid()
}

fn is_shown(picture: &Picture, frame: Rect) -> bool {
    picture.scene.nodes.len() >= LEAST_NODES
        && frame.width() >= LEAST_CANVAS.x
        && frame.height() >= LEAST_CANVAS.y
}

impl Minimap {
    /// Draws the map; gives the camera if the user moved it.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        frame: Rect,
        picture: &Picture,
        theme: &Theme,
        camera: Camera,
    ) -> Option<Camera> {
        if !is_shown(picture, frame) {
            self.drawn = None;
            return None;
        }
        let size = SIZE * grid();
        let right = frame.max.x - (MARGIN + BUTTONS + 1.0) * grid();
        let low = frame.max.y - MARGIN * grid();
        let rect = Rect::from_min_max(egui::pos2(right, low) - size, egui::pos2(right, low));
        ground(ui, rect, theme);
        let response = ui.interact(rect, ui.scope_id().with("map"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Map"));

        let inner = rect.shrink(1.5 * grid());
        let inner_size = Vector::new(inner.width(), inner.height());
        let whole = Camera::fitting(picture.bounds_in_world(), inner_size, 0.0);
        self.dots(ui, inner, picture);
        let seen = camera.visible_in_world(Vector::new(frame.width(), frame.height()));
        let on_map = |point: Point| {
            let at = whole.screen_from_world(point, inner_size);
            inner.min + vec2(at.x, at.y)
        };
        let view = Rect::from_min_max(on_map(seen.min), on_map(seen.max));
        let painter = ui.painter().with_clip_rect(rect.shrink(1.0));
        veil(&painter, rect, view, theme);
        let stroke = Stroke::new(1.0, color32(theme.text));
        painter.rect_stroke(view, 1.0, stroke, StrokeKind::Middle);

        if !(response.clicked() || response.dragged()) {
            return None;
        }
        let at = response.interact_pointer_pos()? - inner.min;
        let center_in_world = whole.world_from_screen(Point::new(at.x, at.y), inner_size);
        (center_in_world != camera.center_in_world).then_some(Camera {
            center_in_world,
            ..camera
        })
    }

    /// Where the dots of the last frame lay.
    pub(super) fn inner(&self) -> Option<Rect> {
        self.drawn.as_ref().map(|drawn| drawn.rect)
    }

    fn dots(&mut self, ui: &Ui, inner: Rect, picture: &Picture) {
        let moves = picture.moves();
        let goes_on = std::mem::replace(&mut self.last_moves, moves) != moves;
        let dark = picture.scene.theme.dark;
        let (nodes, bounds) = (picture.scene.nodes.len(), picture.bounds_in_world());
        let holds = |drawn: &Drawn| {
            let at_rest = drawn.moves == moves && drawn.bounds == bounds;
            let newer = goes_on && drawn.moves < moves && moves < drawn.moves + KEPT_FRAMES;
            drawn.rect == inner && drawn.dark == dark && drawn.nodes == nodes && (at_rest || newer)
        };
        let made_aside = picture.map_dots().filter(|(rect, _)| *rect == inner);
        if let Some((_, dots)) = made_aside {
            self.drawn = Some(Drawn {
                moves,
                nodes,
                bounds,
                rect: inner,
                dark,
                dots: dots.clone(),
            });
        } else if !self.drawn.as_ref().is_some_and(holds) {
            self.drawn = Some(Drawn {
                moves,
                nodes,
                bounds,
                rect: inner,
                dark,
                dots: Arc::new(dots(inner, &picture.scene, &bounds)),
            });
        }
        if let Some(drawn) = &self.drawn {
            if drawn.moves != moves {
                ui.ctx().request_repaint_after(AFTER_MOVEMENT);
            }
            ui.painter().add(egui::Shape::Mesh(drawn.dots.clone()));
        }
    }
}

/// What is not seen lies under a veil.
fn veil(painter: &egui::Painter, rect: Rect, view: Rect, theme: &Theme) {
    let seen = view.intersect(rect);
    let ground = color32(theme.background).gamma_multiply(0.6);
    if !seen.is_positive() {
        painter.rect_filled(rect, 0.0, ground);
        return;
    }
    let corner = egui::pos2;
    for part in [
        Rect::from_min_max(rect.min, corner(rect.max.x, seen.min.y)),
        Rect::from_min_max(corner(rect.min.x, seen.max.y), rect.max),
        Rect::from_min_max(
            corner(rect.min.x, seen.min.y),
            corner(seen.min.x, seen.max.y),
        ),
        Rect::from_min_max(
            corner(seen.max.x, seen.min.y),
            corner(rect.max.x, seen.max.y),
        ),
    ] {
        painter.rect_filled(part, 0.0, ground);
    }
}

/// A dot for each spot of a map in `inner` where a node lies, in the color of the most important one.
pub(super) fn dots(inner: Rect, scene: &Scene, bounds_in_world: &crate::geometry::Rect) -> Mesh {
    let columns = (inner.width() / DOT).ceil().max(1.0) as usize;
    let rows = (inner.height() / DOT).ceil().max(1.0) as usize;
    let mut taken = vec![false; columns * rows];
    let mut mesh = Mesh::default();
    let size = Vector::new(inner.width(), inner.height());
    let whole = Camera::fitting(*bounds_in_world, size, 0.0);
    for &index in &scene.label_order {
        let at = whole.screen_from_world(scene.centers[index as usize], size);
        let column = ((at.x / DOT).max(0.0) as usize).min(columns - 1);
        let row = ((at.y / DOT).max(0.0) as usize).min(rows - 1);
        if std::mem::replace(&mut taken[row * columns + column], true) {
            continue;
        }
        let corner = inner.min + vec2(column as f32, row as f32) * DOT;
        let rect = Rect::from_min_size(corner, Vec2::splat(DOT));
        let color = color32(scene.theme.kind(scene.nodes[index as usize].kind));
        mesh.add_colored_rect(rect, color);
    }
    mesh
}
