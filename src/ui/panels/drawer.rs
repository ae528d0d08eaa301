//! The drawer below the canvas: the table of what is shown.

use super::table::Table;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{RichText, Ui};

/// The drawer.
#[derive(Default)]
pub struct Drawer {
    table: Table,
}

impl Drawer {
    /// Draws the drawer; gives whether the user closed it.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) -> bool {
        let mut close = false;
        ui.horizontal(|ui| {
            ui.label(
                RichText::new("Table")
                    .font(look::name())
                    .color(turn.look.text),
            );
            let shown = turn.session.visible().entities.len();
            let all = turn.project().entities().len();
            let text = if shown == all {
                count(all, "entity", "entities")
            } else {
                format!(
                    "{} of {} shown",
                    number(shown),
                    count(all, "entity", "entities")
                )
            };
            ui.label(
                RichText::new(text)
                    .font(look::caption())
                    .color(turn.look.weak),
            );
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let icon = crate::ui::icons::Icon::Close;
                close = widgets::icon_button(ui, turn.look, icon, "Close table").clicked();
            });
        });
        self.table.show(ui, turn);
        close
    }
}
