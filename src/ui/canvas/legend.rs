//! The legend over the picture: which mark is which kind, which line is which status. A click hides
//! or shows a kind. Folds away, of itself where the canvas is small.

use super::controls::{grid, ground};
use super::picture::Picture;
use super::view::CanvasView;
use crate::model::{EntityKind, Filters};
use crate::scene::font::text_width;
use crate::scene::{LegendEntry, Measures, Pattern, Theme, Weight};
use crate::session::Command;
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::paint::{color32, paint_kind, paint_sample};
use crate::ui::request::{Request, ask};
use egui::{Align2, FontId, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};

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
        .filter_map(|kind| Some((kind, *picture.told.kind_counts.get(&kind)?)))
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
        .told
        .line_entries
        .iter()
        .filter(|entry| matches!(entry, LegendEntry::Lines(..) | LegendEntry::Gazetteer(_)))
        .map(|&entry| Row {
            entry,
            shown: true,
            act: None,
            hint: "",
        });
    rows.extend(lines);
    let together = picture
        .told
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

/// All in units of the grid: from the canvas's edge, a row's height, a row's sample and free space, the
/// button that folds and unfolds.
const MARGIN: f32 = 3.0;
const ROW: f32 = 5.0;
const BESIDE_TITLE: f32 = 16.0;
const FOLD: f32 = 6.0;
const FOLDED: &str = "Legend";

/// How much of the lower left corner the legend takes, margins included; nothing if the canvas is so
/// small that it keeps its room for the picture.
pub(super) fn legend_size(picture: &Picture, view: &CanvasView, frame: Rect) -> Vec2 {
    let size = if is_open(view, frame) {
        open_size(&rows(picture, view))
    } else {
        folded_size()
    };
    let size = size + Vec2::splat(2.0 * MARGIN * grid());
    if size.x > frame.width() * 0.6 || size.y > frame.height() * 0.7 {
        Vec2::ZERO
    } else {
        size
    }
}

/// As the user left it; at first open, but on a small canvas.
fn is_open(view: &CanvasView, frame: Rect) -> bool {
    const ROOMY: Vec2 = vec2(640.0, 480.0);
    view.legend_open
        .unwrap_or(frame.width() >= ROOMY.x && frame.height() >= ROOMY.y)
}

fn width_of(text: &str) -> f32 {
    text_width(text, Measures::get().fonts.caption, Weight::Regular, false)
}

fn open_size(rows: &[Row]) -> Vec2 {
    let titles = rows.iter().map(|row| width_of(row.entry.title()));
    let widest = titles.fold(0.0, f32::max);
    vec2(
        (widest / grid() + BESIDE_TITLE).ceil() * grid(),
        (ROW * rows.len() as f32 + 2.0) * grid(),
    )
}

fn folded_size() -> Vec2 {
    let width = (width_of(FOLDED) / grid() + 3.0 + FOLD).ceil() * grid();
    vec2(width, 7.0 * grid())
}

/// Draws it in the lower left corner of `frame`.
pub(super) fn legend_ui(
    ui: &mut Ui,
    frame: Rect,
    picture: &Picture,
    view: &CanvasView,
    commands: &mut Vec<Command>,
) {
    let margin = Vec2::splat(MARGIN * grid());
    let size = legend_size(picture, view, frame) - 2.0 * margin;
    if size.x <= 0.0 {
        return;
    }
    let corner = egui::pos2(frame.min.x + margin.x, frame.max.y - margin.y - size.y);
    let rect = Rect::from_min_size(corner, size);
    ground(ui, rect, view.theme);
    ui.interact(rect, ui.scope_id().with("legend"), Sense::click_and_drag());
    let font = FontId::proportional(Measures::get().fonts.caption);
    if is_open(view, frame) {
        for (index, row) in rows(picture, view).into_iter().enumerate() {
            let top = rect.min.y + grid() + ROW * grid() * index as f32;
            let at = Rect::from_min_size(
                egui::pos2(rect.min.x + grid(), top),
                vec2(size.x - 2.0 * grid(), ROW * grid()),
            );
            if row_ui(ui, at, &row, &font, view.theme).clicked() {
                commands.extend(row.act);
            }
        }
        let side = Vec2::splat(FOLD * grid());
        let at = Rect::from_min_size(egui::pos2(rect.max.x - side.x, rect.min.y), side);
        if fold_ui(ui, at, "Fold the legend", Icon::Down, view.theme).clicked() {
            ask(ui.ctx(), Request::ShowLegend(false));
        }
    } else {
        if fold_ui(ui, rect, "Show the legend", Icon::Up, view.theme).clicked() {
            ask(ui.ctx(), Request::ShowLegend(true));
        }
        let at = egui::pos2(rect.min.x + 3.0 * grid(), rect.center().y);
        let ink = color32(view.theme.text);
        ui.painter()
            .text(at, Align2::LEFT_CENTER, FOLDED, font, ink);
    }
}

/// A button with an arrow at its right.
fn fold_ui(ui: &Ui, rect: Rect, name: &'static str, icon: Icon, theme: &Theme) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(name), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let response = response.on_hover_text(name);
    if response.hovered() || response.has_focus() {
        let ground = rect.shrink(2.0);
        ui.painter()
            .rect_filled(ground, grid(), color32(theme.hover));
    }
    let center = egui::pos2(rect.max.x - 0.5 * FOLD * grid(), rect.center().y);
    let at = Rect::from_center_size(center, Vec2::splat(12.0));
    paint_icon(ui.painter(), at, icon, 12.0, color32(theme.text_muted));
    response
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
        LegendEntry::CoMentions(_) | LegendEntry::Gazetteer(_) => {
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
    if !row.shown {
        // Struck out as well as faint: what is hidden must not be told by color alone.
        let across = egui::Rangef::new(left.x, left.x + width_of(title));
        painter.hline(across, left.y, Stroke::new(1.0, ink));
    }
    response
}
