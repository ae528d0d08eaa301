//! The small pieces that panels and dialogs are made of.

use super::bidi::{cut_to, visual_order, wrapped};
use super::icons::{Icon, paint_icon, paint_kind};
use super::look::{self, Look};
use crate::model::EntityKind;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Button, Color32, FontId, Galley, Label, Rect, Response, RichText, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2,
};
use std::sync::Arc;

/// Text of one line, cut with an ellipsis at `width` points.
pub fn one_line(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(
        cut_to(ui, text, &font, width)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect(),
        TextFormat::simple(font, color),
    );
    job.wrap = TextWrapping::truncate_at_width(width.max(1.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Paints one line of text, vertically centered in `rect`; gives the width used.
pub fn paint_line(
    ui: &Ui,
    rect: Rect,
    text: &str,
    font: FontId,
    color: Color32,
    align: Align,
) -> f32 {
    let galley = one_line(ui, text, font, color, rect.width());
    let size = galley.size();
    let x = match align {
        Align::Min => rect.left(),
        Align::Center => rect.center().x - size.x / 2.0,
        Align::Max => rect.right() - size.x,
    };
    ui.painter()
        .galley(pos2(x, rect.center().y - size.y / 2.0), galley, color);
    size.x
}

/// A square button that shows only an icon; `name` is its tooltip and its accessible name.
pub fn icon_button(ui: &mut Ui, look: &Look, icon: Icon, name: &str) -> Response {
    icon_button_enabled(ui, look, icon, name, true, false).on_hover_text(name)
}

/// [`icon_button`] that may be greyed out or drawn as switched on; its tooltip is the caller's.
pub fn icon_button_enabled(
    ui: &mut Ui,
    look: &Look,
    icon: Icon,
    name: &str,
    enabled: bool,
    on: bool,
) -> Response {
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(28.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if on || (enabled && response.hovered()) {
        let fill = if on && !response.hovered() {
            look.selected
        } else {
            look.hover
        };
        ui.painter().rect_filled(rect, 5.0, fill);
    }
    focus_ring(ui, look, &response, rect);
    let color = match (enabled, response.hovered() || on) {
        (false, _) => look.weak.gamma_multiply(0.5),
        (true, true) => look.text,
        (true, false) => look.weak,
    };
    paint_icon(ui.painter(), rect, icon, 16.0, color);
    response
}

/// Shows where the keyboard is.
pub fn focus_ring(ui: &Ui, look: &Look, response: &Response, rect: Rect) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5, look.accent);
        ui.painter()
            .rect_stroke(rect, 5.0, stroke, StrokeKind::Inside);
    }
}

/// The chief button of a page or dialog.
pub fn primary_button(ui: &mut Ui, look: &Look, text: &str, enabled: bool) -> Response {
    let button = Button::new(RichText::new(text).font(look::name()).color(look.on_accent))
        .fill(look.accent)
        .stroke(Stroke::NONE)
        .min_size(vec2(0.0, 28.0));
    ui.add_enabled(enabled, button)
}

/// A plain button.
pub fn button(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    ui.add_enabled(enabled, Button::new(text).min_size(vec2(0.0, 28.0)))
}

/// Text that can be clicked, in the accent color.
pub fn link(ui: &mut Ui, look: &Look, text: impl Into<String>) -> Response {
    let text = visual_order(&text.into()).into_owned();
    ui.add(
        Button::new(RichText::new(text).color(look.accent))
            .frame(false)
            .truncate(),
    )
    .on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A caption, weak, wrapped.
pub fn caption(ui: &mut Ui, look: &Look, text: impl Into<String>) -> Response {
    let text = wrapped(ui, &text.into(), look::caption(), look.weak);
    ui.add(Label::new(text).wrap())
}

/// The heading of a section, with an optional figure at the right.
pub fn section(ui: &mut Ui, look: &Look, title: &str, figure: Option<&str>) {
    ui.add_space(8.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    paint_line(ui, rect, title, look::name(), look.text, Align::Min);
    if let Some(figure) = figure {
        // In line with the figures of the rows below.
        let inner = rect.shrink2(vec2(8.0, 0.0));
        paint_line(ui, inner, figure, look::caption(), look.weak, Align::Max);
    }
}

/// A 1-point line across, with room above and below.
pub fn divider(ui: &mut Ui, look: &Look) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    ui.painter().hline(
        rect.x_range(),
        rect.center().y.round() + 0.5,
        look.hairline(),
    );
}

/// What belongs here and how to get it, when there is nothing yet.
pub fn empty_state(ui: &mut Ui, look: &Look, headline: &str, hint: &str) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(ui.available_width().min(260.0));
        ui.label(RichText::new(headline).font(look::name()).color(look.text));
        ui.add_space(4.0);
        ui.add(
            Label::new(RichText::new(hint).font(look::caption()).color(look.weak))
                .wrap()
                .halign(Align::Center),
        );
    });
}

/// A sentence with the warning icon before it.
pub fn warning(ui: &mut Ui, look: &Look, text: &str) -> Response {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(18.0), Sense::hover());
        paint_icon(ui.painter(), rect, Icon::Warning, 14.0, look.warning);
        ui.add(Label::new(RichText::new(text).color(look.warning)).wrap())
    })
    .inner
}

/// A row over the whole width that can be clicked and reached by the keyboard. `name` is what a
/// screen reader says.
pub fn row(ui: &mut Ui, look: &Look, height: f32, selected: bool, name: &str) -> (Rect, Response) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name));
    let fill = match (selected, response.hovered()) {
        (true, _) => Some(look.selected),
        (false, true) => Some(look.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 5.0, fill);
    }
    focus_ring(ui, look, &response, rect);
    (rect, response)
}

/// A row with the mark of a kind, a name, and a figure at the right.
pub fn entity_row(
    ui: &mut Ui,
    look: &Look,
    kind: EntityKind,
    name: &str,
    figure: &str,
    selected: bool,
) -> Response {
    let (rect, response) = row(ui, look, 26.0, selected, name);
    let inner = rect.shrink2(vec2(8.0, 0.0));
    paint_kind(
        ui.painter(),
        pos2(inner.left() + 6.0, inner.center().y),
        5.0,
        kind,
        look.kind(kind),
    );
    let used = paint_line(ui, inner, figure, look::caption(), look.weak, Align::Max);
    let mut text = inner;
    text.min.x += 20.0;
    text.max.x -= used + 8.0;
    paint_line(ui, text, name, look::body(), look.text, Align::Min);
    response
}

/// A checkbox over the whole width with a figure at the right; gives whether it was switched.
pub fn check_row(
    ui: &mut Ui,
    look: &Look,
    on: bool,
    kind: Option<EntityKind>,
    name: &str,
    figure: &str,
) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, 5.0, look.hover);
    }
    focus_ring(ui, look, &response, rect);
    let inner = rect.shrink2(vec2(8.0, 0.0));
    paint_check(ui, look, pos2(inner.left() + 7.0, inner.center().y), on);
    let mut text = inner;
    text.min.x += 22.0;
    if let Some(kind) = kind {
        paint_kind(
            ui.painter(),
            pos2(text.left() + 6.0, text.center().y),
            5.0,
            kind,
            look.kind(kind),
        );
        text.min.x += 18.0;
    }
    let used = paint_line(ui, inner, figure, look::caption(), look.weak, Align::Max);
    text.max.x -= used + 8.0;
    let color = if on { look.text } else { look.weak };
    paint_line(ui, text, name, look::body(), color, Align::Min);
    response.clicked()
}

/// A box with a tick.
pub fn paint_check(ui: &Ui, look: &Look, center: egui::Pos2, on: bool) {
    let rect = Rect::from_center_size(center, Vec2::splat(14.0));
    if on {
        ui.painter().rect_filled(rect, 3.0, look.accent);
        paint_icon(ui.painter(), rect, Icon::Check, 12.0, look.on_accent);
    } else {
        let stroke = Stroke::new(1.0, look.weak);
        ui.painter()
            .rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
    }
}

/// A bar that shows how far a job is: share 0 to 1, or `None` when that is not known.
pub fn progress(ui: &mut Ui, look: &Look, share: Option<f32>, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, 16.0), Sense::hover());
    let track = Rect::from_center_size(rect.center(), vec2(width, 4.0));
    ui.painter().rect_filled(track, 2.0, look.line);
    let mut done = track;
    done.set_width(track.width() * share.unwrap_or(0.25).clamp(0.02, 1.0));
    ui.painter().rect_filled(done, 2.0, look.accent);
}

/// A line of an account: what is counted, and the figure.
pub fn count_row(ui: &mut Ui, look: &Look, kind: Option<EntityKind>, what: &str, figure: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{what}: {figure}")));
    let mut text = rect.shrink2(vec2(8.0, 0.0));
    let used = paint_line(ui, text, figure, look::body(), look.text, Align::Max);
    if let Some(kind) = kind {
        paint_kind(
            ui.painter(),
            pos2(text.left() + 6.0, text.center().y),
            5.0,
            kind,
            look.kind(kind),
        );
        text.min.x += 20.0;
    }
    text.max.x -= used + 8.0;
    paint_line(ui, text, what, look::body(), look.text, Align::Min);
}
