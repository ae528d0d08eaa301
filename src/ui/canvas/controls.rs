//! What lies over the picture: the legend, the zoom buttons, a hint when there is nothing to see.

use super::picture::Picture;
use super::view::CanvasView;
use crate::geometry::{Camera, Point, Vector};
use crate::model::{EntityKind, Filters};
use crate::scene::font::text_width;
use crate::scene::{LegendEntry, Measures, Pattern, Theme, Weight, grouped};
use crate::session::Command;
use crate::ui::paint::{color32, paint_kind, paint_sample};
use egui::{Align2, FontId, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};

/// Draws the controls over the canvas in `frame`.
pub(super) fn controls_ui(
    ui: &mut Ui,
    frame: Rect,
    picture: &Picture,
    view: &CanvasView,
    camera: Camera,
    commands: &mut Vec<Command>,
) {
    if picture.kind_counts.is_empty() {
        return;
    }
    if picture.scene.nodes.is_empty() {
        nothing_shown_ui(ui, frame, view, commands);
    }
    legend_ui(ui, frame, picture, view, commands);
    zoom_ui(ui, frame, view.theme, camera, commands);
}

fn grid() -> f32 {
    Measures::get().grid
}

fn ground(ui: &Ui, rect: Rect, theme: &Theme) {
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

/// A row of the legend before it is laid out.
struct Row {
    entry: LegendEntry,
    shown: bool,
    act: Option<Command>,
    hint: &'static str,
}

fn rows(picture: &Picture, view: &CanvasView) -> Vec<Row> {
    let filters = &view.saved.filters;
    let mut rows: Vec<Row> = EntityKind::ALL
        .into_iter()
        .filter_map(|kind| Some((kind, *picture.kind_counts.get(&kind)?)))
        .filter(|(kind, _)| {
            EntityKind::SHOWN_AT_FIRST.contains(kind) || filters.kinds.contains(kind)
        })
        .map(|(kind, count)| Row {
            entry: LegendEntry::Kind(kind, count),
            shown: filters.kinds.contains(&kind),
            act: Some(Command::ToggleKind(kind)),
            hint: if filters.kinds.contains(&kind) {
                "Click to hide"
            } else {
                "Click to show"
            },
        })
        .collect();
    let lines = picture
        .line_entries
        .iter()
        .filter(|entry| matches!(entry, LegendEntry::Lines(..)))
        .map(|&entry| Row {
            entry,
            shown: true,
            act: None,
            hint: "",
        });
    rows.extend(lines);
    let together = picture
        .line_entries
        .iter()
        .filter(|entry| matches!(entry, LegendEntry::CoMentions(_)))
        .map(LegendEntry::count)
        .sum();
    if together > 0 || !filters.co_mentions {
        let toggled = Filters {
            co_mentions: !filters.co_mentions,
            ..filters.clone()
        };
        rows.push(Row {
            entry: LegendEntry::CoMentions(together),
            shown: filters.co_mentions,
            act: Some(Command::SetFilters(toggled)),
            hint: if filters.co_mentions {
                "Click to hide"
            } else {
                "Click to show"
            },
        });
    }
    rows
}

const MARGIN: f32 = 3.0;
const ROW: f32 = 5.5;

/// How much of the lower left corner the legend takes, margins included; nothing if the canvas is so
/// small that it keeps its room for the picture.
pub(super) fn legend_size(picture: &Picture, view: &CanvasView, frame: Rect) -> Vec2 {
    let size = size_of(&rows(picture, view)) + Vec2::splat(2.0 * MARGIN * grid());
    if size.x > frame.width() * 0.6 || size.y > frame.height() * 0.7 {
        Vec2::ZERO
    } else {
        size
    }
}

fn size_of(rows: &[Row]) -> Vec2 {
    let font = Measures::get().fonts.caption;
    let width = |text: &str| text_width(text, font, Weight::Regular, false);
    let widest = rows
        .iter()
        .map(|row| width(row.entry.title()) + width(&row.count()))
        .fold(0.0, f32::max);
    vec2(
        widest + 18.0 * grid(),
        (ROW * rows.len() as f32 + 3.0) * grid(),
    )
}

impl Row {
    fn count(&self) -> String {
        if self.shown {
            grouped(self.entry.count())
        } else {
            "hidden".to_owned()
        }
    }
}

fn legend_ui(
    ui: &mut Ui,
    frame: Rect,
    picture: &Picture,
    view: &CanvasView,
    commands: &mut Vec<Command>,
) {
    if legend_size(picture, view, frame) == Vec2::ZERO {
        return;
    }
    let rows = rows(picture, view);
    let grid = grid();
    let (row_height, margin) = (ROW * grid, MARGIN * grid);
    let font = FontId::proportional(Measures::get().fonts.caption);
    let size = size_of(&rows);
    let corner = egui::pos2(frame.min.x + margin, frame.max.y - margin - size.y);
    let rect = Rect::from_min_size(corner, size);
    ground(ui, rect, view.theme);
    ui.interact(rect, ui.scope_id().with("legend"), Sense::click_and_drag());
    for (index, row) in rows.into_iter().enumerate() {
        let top = rect.min.y + 1.5 * grid + row_height * index as f32;
        let at = Rect::from_min_size(
            egui::pos2(rect.min.x + grid, top),
            vec2(size.x - 2.0 * grid, row_height),
        );
        if row_ui(ui, at, &row, &font, view.theme).clicked() {
            commands.extend(row.act);
        }
    }
}

fn row_ui(ui: &Ui, rect: Rect, row: &Row, font: &FontId, theme: &Theme) -> Response {
    let grid = grid();
    let sense = if row.act.is_some() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let title = row.entry.title();
    let mut response = ui.interact(rect, ui.scope_id().with(("legend", title)), sense);
    if row.act.is_some() {
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, row.shown, title));
        response = response.on_hover_text(row.hint);
    }
    let painter = ui.painter();
    if row.act.is_some() && (response.hovered() || response.has_focus()) {
        painter.rect_filled(rect, grid, color32(theme.hover));
    }
    let strength = if row.shown { 1.0 } else { 0.35 };
    let center = egui::pos2(rect.min.x + 5.0 * grid, rect.center().y);
    match row.entry {
        LegendEntry::Kind(kind, _) if row.shown => {
            paint_kind(painter, center, 1.9 * grid, kind, theme);
        }
        LegendEntry::Kind(_, _) => {
            let stroke = Stroke::new(1.0, color32(theme.text_muted));
            painter.circle_stroke(center, 1.5 * grid, stroke);
        }
        LegendEntry::Lines(pattern, _) => {
            paint_sample(
                painter,
                center,
                6.0 * grid,
                pattern,
                color32(theme.line),
                1.5,
            );
        }
        LegendEntry::CoMentions(_) => {
            let color = color32(theme.line).gamma_multiply(0.35 * strength);
            paint_sample(painter, center, 6.0 * grid, Pattern::Solid, color, 2.0);
        }
    }
    let ink = color32(if row.shown {
        theme.text
    } else {
        theme.text_muted
    });
    let left = egui::pos2(rect.min.x + 10.0 * grid, rect.center().y);
    painter.text(left, Align2::LEFT_CENTER, title, font.clone(), ink);
    let right = egui::pos2(rect.max.x - 2.0 * grid, rect.center().y);
    let count = row.count();
    let muted = color32(theme.text_muted);
    painter.text(right, Align2::RIGHT_CENTER, count, font.clone(), muted);
    response
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
        let hidden = view
            .project
            .placements()
            .any(|(_, placement)| placement.hidden);
        if hidden && ui.button("Show hidden nodes").clicked() {
            commands.push(Command::ShowAll);
        }
    });
}
