//! The keyboard shortcuts, from the table of commands.

use super::frame::{Outcome, dialog};
use crate::session::COMMANDS;
use crate::ui::choose::keys_on_screen;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Align, ScrollArea, Sense, Ui, vec2};

/// What hands know already and no table holds.
const BY_HAND: [(&str, &str); 9] = [
    (
        "Move the picture",
        "Drag the background, middle-drag, Space-drag",
    ),
    ("Zoom at the pointer", "Wheel, pinch"),
    ("Move and pin a node", "Drag it"),
    ("Select a node or a line", "Click"),
    ("Add to the selection", "Shift+click"),
    ("Switch in the selection", "Ctrl+click"),
    ("Select in a rectangle", "Shift+drag"),
    ("Open a node with its neighbors", "Double-click"),
    ("Menu of a node", "Right-click"),
];

/// The dialog.
pub struct ShortcutsDialog;

impl ShortcutsDialog {
    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Keyboard and mouse", 520.0, |ui, turn| {
            let room = ui.ctx().content_rect().height() - 200.0;
            ScrollArea::vertical()
                .max_height(room.max(200.0))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width() - 12.0);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    widgets::section(ui, turn.look, "In the picture", None);
                    for (what, how) in BY_HAND {
                        line_ui(ui, turn, what, how);
                    }
                    let mut group = "";
                    for entry in COMMANDS.iter().filter(|entry| !entry.shortcuts.is_empty()) {
                        if entry.group != group {
                            group = entry.group;
                            widgets::section(ui, turn.look, group, None);
                        }
                        let keys: Vec<String> = entry
                            .shortcuts
                            .iter()
                            .map(|keys| keys_on_screen(ui.ctx(), keys))
                            .collect();
                        line_ui(ui, turn, entry.title, &keys.join(", "));
                    }
                });
            ui.add_space(12.0);
            if widgets::button(ui, "Close", true).clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}

fn line_ui(ui: &mut Ui, turn: &Turn<'_>, what: &str, keys: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::accesskit::Role::Label,
            true,
            format!("{what}: {keys}"),
        )
    });
    widgets::paint_line(ui, rect, what, look::body(), turn.look.text, Align::Min);
    widgets::paint_line(ui, rect, keys, look::caption(), turn.look.weak, Align::Max);
}
