//! The page that a new user sees: open the sample, drop or open documents, go on with a project.

use super::look;
use super::request::{Request, ask};
use super::turn::Turn;
use super::widgets;
use super::words::short_path;
use crate::session::Command;
use egui::{Align, Label, RichText, Sense, Stroke, StrokeKind, Ui, vec2};

const WIDTH: f32 = 460.0;

/// Draws the page in the middle of the room that is left.
pub fn welcome_ui(ui: &mut Ui, turn: &mut Turn<'_>) {
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            let recent = turn.session.settings().recent.len().min(6) as f32;
            let height = 400.0 + recent * 44.0;
            ui.add_space(((ui.available_height() - height) * 0.4).max(24.0));
            let side = ((ui.available_width() - WIDTH) / 2.0).max(16.0);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(WIDTH.min(ui.available_width() - 16.0));
                    page_ui(ui, turn);
                });
            });
        });
}

fn page_ui(ui: &mut Ui, turn: &mut Turn<'_>) {
    recovery_ui(ui, turn);
    ui.label(
        RichText::new("Redstring")
            .font(look::title())
            .color(turn.look.text),
    );
    ui.add_space(2.0);
    let what = "Drop a folder of reports here. Redstring finds the people, units, organizations and places in them and how they are related, and shows the sentence behind every line. Everything stays on this computer.";
    ui.add(Label::new(RichText::new(what).color(turn.look.weak)).wrap());
    ui.add_space(20.0);
    if widgets::primary_button(ui, turn.look, "Open the sample", true)
        .on_hover_text("Five reports that come with Redstring")
        .clicked()
    {
        turn.push(Command::OpenSample);
    }
    ui.add_space(12.0);
    drop_zone_ui(ui, turn);
    recent_ui(ui, turn);
}

fn recovery_ui(ui: &mut Ui, turn: &mut Turn<'_>) {
    let Some(what) = turn.session.recovery().map(str::to_owned) else {
        return;
    };
    let frame = egui::Frame::new()
        .fill(turn.look.raised)
        .stroke(turn.look.hairline())
        .corner_radius(8)
        .inner_margin(12);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let (text, recover) = if turn.session.recovery_was_closed() {
            (
                format!("Not saved when you closed Redstring: {what}."),
                "Open again",
            )
        } else {
            (
                format!("Redstring did not close properly. Recover {what}?"),
                "Recover",
            )
        };
        ui.add(Label::new(RichText::new(text).color(turn.look.text)).wrap());
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if widgets::primary_button(ui, turn.look, recover, true).clicked() {
                turn.push(Command::Recover);
            }
            if widgets::button(ui, "Not now", true)
                .on_hover_text("It is kept aside, not deleted")
                .clicked()
            {
                turn.push(Command::DeclineRecovery);
            }
        });
    });
    ui.add_space(24.0);
}

fn drop_zone_ui(ui: &mut Ui, turn: &mut Turn<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 128.0), Sense::hover());
    let stroke = Stroke::new(1.0, turn.look.line);
    ui.painter()
        .rect_stroke(rect, 8.0, stroke, StrokeKind::Inside);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink(16.0)));
    inside.vertical_centered(|ui| {
        ui.add_space(10.0);
        ui.label(
            RichText::new("Drop files or folders here")
                .font(look::name())
                .color(turn.look.text),
        );
        widgets::caption(
            ui,
            turn.look,
            "Text, Markdown, HTML, PDF, DOCX, ODT, EML, or a Redstring project",
        );
        ui.add_space(6.0);
        let font = |text: &str| {
            widgets::one_line(ui, text, look::body(), turn.look.text, f32::INFINITY)
                .size()
                .x
        };
        let padding = 4.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x;
        let width = font("Open…") + font("Paste text…") + padding;
        ui.horizontal(|ui| {
            ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
            if widgets::button(ui, "Open…", true).clicked() {
                ask(ui.ctx(), Request::Open);
            }
            if widgets::button(ui, "Paste text…", true).clicked() {
                ask(ui.ctx(), Request::Paste(String::new()));
            }
        });
    });
}

fn recent_ui(ui: &mut Ui, turn: &mut Turn<'_>) {
    let recent = turn.session.settings().recent.clone();
    if recent.is_empty() {
        return;
    }
    ui.add_space(12.0);
    widgets::section(ui, turn.look, "Recent projects", None);
    ui.spacing_mut().item_spacing.y = 0.0;
    for path in recent.iter().take(6) {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let (rect, response) = widgets::row(ui, turn.look, 40.0, false, &name);
        let (upper, lower) = rect
            .shrink2(vec2(8.0, 3.0))
            .split_top_bottom_at_fraction(0.5);
        widgets::paint_line(ui, upper, &name, look::body(), turn.look.text, Align::Min);
        let place = short_path(&path.display().to_string());
        widgets::paint_line(
            ui,
            lower,
            &place,
            look::caption(),
            turn.look.weak,
            Align::Min,
        );
        if response.clicked() {
            turn.push(Command::OpenPaths(vec![path.clone()]));
        }
    }
}
