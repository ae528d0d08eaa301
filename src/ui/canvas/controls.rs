//! What lies over the picture beside the legend: the zoom buttons, a hint when there is nothing to see.

use super::legend;
use super::picture::Picture;
use super::view::CanvasView;
use crate::geometry::{Camera, Point, Vector};
use crate::model::Filters;
use crate::scene::{Measures, Theme, grouped};
use crate::session::Command;
use crate::ui::paint::color32;
use egui::{Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};

/// Draws the controls over the canvas in `frame`.
pub(super) fn controls_ui(
    ui: &mut Ui,
    frame: Rect,
    picture: &Picture,
    view: &CanvasView,
    camera: Camera,
    commands: &mut Vec<Command>,
) {
    if picture.told.kind_counts.is_empty() {
        return;
    }
    if picture.scene.nodes.is_empty() {
        nothing_shown_ui(ui, frame, view, commands);
    }
    legend::legend_ui(ui, frame, picture, view, commands);
    left_out_ui(ui, frame, picture, view.theme);
    zoom_ui(ui, frame, view.theme, camera, commands);
}

pub(super) fn grid() -> f32 {
    Measures::get().grid
}

/// The paper that a control lies on.
pub(super) fn ground(ui: &Ui, rect: Rect, theme: &Theme) {
    let rounding = 1.5 * grid();
    ui.painter().rect_filled(
        rect,
        rounding,
        color32(theme.background).gamma_multiply(0.92),
    );
    let stroke = Stroke::new(1.0, color32(theme.hairline));
    ui.painter()
        .rect_stroke(rect, rounding, stroke, egui::StrokeKind::Inside);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Frame,
}

fn zoom_ui(ui: &Ui, frame: Rect, theme: &Theme, camera: Camera, commands: &mut Vec<Command>) {
    /// What a click on plus makes of the zoom.
    const STEP: f32 = 1.3;
    let canvas = Vector::new(frame.width(), frame.height());
    let middle = Point::default() + canvas * 0.5;
    let zoomed = |factor| Command::SetCamera(camera.zoomed_at(middle, canvas, factor));
    let grid = grid();
    let side = 8.0 * grid;
    let buttons = [
        (Sign::Plus, "Zoom in", zoomed(STEP)),
        (Sign::Minus, "Zoom out", zoomed(1.0 / STEP)),
        (Sign::Frame, "Fit all", Command::FitAll),
    ];
    let size = vec2(side, side * buttons.len() as f32);
    let corner = frame.max - Vec2::splat(3.0 * grid) - size;
    if size.y > frame.height() * 0.6 {
        return;
    }
    ground(ui, Rect::from_min_size(corner, size), theme);
    for (index, (sign, name, command)) in buttons.into_iter().enumerate() {
        let top = corner + vec2(0.0, side * index as f32);
        let rect = Rect::from_min_size(top, Vec2::splat(side));
        let response = ui.interact(rect, ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let response = response.on_hover_text(name);
        if response.hovered() || response.has_focus() {
            ui.painter()
                .rect_filled(rect.shrink(2.0), grid, color32(theme.hover));
        }
        if index > 0 {
            let stroke = Stroke::new(1.0, color32(theme.hairline));
            ui.painter()
                .hline(rect.x_range().shrink(2.0 * grid), rect.min.y, stroke);
        }
        paint_sign(ui, rect.center(), sign, theme);
        if response.clicked() {
            commands.push(command);
        }
    }
}

fn paint_sign(ui: &Ui, center: egui::Pos2, sign: Sign, theme: &Theme) {
    let stroke = Stroke::new(1.5, color32(theme.text));
    let arm = 5.0;
    let painter = ui.painter();
    match sign {
        Sign::Plus | Sign::Minus => {
            painter.hline(center.x - arm..=center.x + arm, center.y, stroke);
            if sign == Sign::Plus {
                painter.vline(center.x, center.y - arm..=center.y + arm, stroke);
            }
        }
        Sign::Frame => {
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                let corner = center + vec2(x * (arm + 1.0), y * (arm + 1.0));
                let leg = 4.0;
                let points = vec![
                    corner - vec2(x * leg, 0.0),
                    corner,
                    corner - vec2(0.0, y * leg),
                ];
                painter.add(egui::Shape::line(points, stroke));
            }
        }
    }
}

/// Says that there are more lines than can be seen from so far away.
fn left_out_ui(ui: &Ui, frame: Rect, picture: &Picture, theme: &Theme) {
    let left_out = picture.lines_left_out();
    if left_out == 0 {
        return;
    }
    let text = format!("{} more lines show when you zoom in", grouped(left_out));
    let font = egui::FontId::proportional(Measures::get().fonts.caption);
    let galley = ui
        .painter()
        .layout_no_wrap(text, font, color32(theme.text_muted));
    let size = galley.size() + vec2(4.0, 2.0) * grid();
    let center = egui::pos2(frame.center().x, frame.min.y + 3.0 * grid() + 0.5 * size.y);
    let rect = Rect::from_center_size(center, size);
    ground(ui, rect, theme);
    let corner = rect.center() - 0.5 * galley.size();
    ui.painter()
        .galley(corner, galley, color32(theme.text_muted));
}

/// There are entities, and none passes the filters.
fn nothing_shown_ui(ui: &mut Ui, frame: Rect, view: &CanvasView, commands: &mut Vec<Command>) {
    let size = vec2(320.0, 80.0);
    let rect = Rect::from_center_size(frame.center(), size);
    let builder = egui::UiBuilder::new()
        .max_rect(rect)
        .layout(egui::Layout::top_down(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.label("Nothing passes the filters, or all of it is hidden.");
        ui.add_space(2.0 * grid());
        if ui.button("Reset filters").clicked() {
            commands.push(Command::SetFilters(Filters::default()));
        }
        if view.saved.filters.around.is_some() && ui.button("Leave the focus").clicked() {
            commands.push(Command::LeaveFocus);
        }
        let hidden = view
            .project
            .placements()
            .any(|(_, placement)| placement.hidden);
        if hidden && ui.button("Show hidden nodes").clicked() {
            commands.push(Command::ShowAll);
        }
    });
}
