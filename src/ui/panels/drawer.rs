//! The drawer below the canvas: the table of what is shown, and contradictions, behind two tabs.

use super::contradictions::ContradictionList;
use super::left::tab_ui;
use super::table::Table;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{RichText, Ui};

/// What the drawer shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum DrawerTab {
    #[default]
    Table,
    Contradictions,
}

/// The drawer.
#[derive(Default)]
pub struct Drawer {
    tab: DrawerTab,
    table: Table,
    contradictions: ContradictionList,
}

impl Drawer {
    /// Draws the drawer; gives whether the user closed it.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) -> bool {
        let mut close = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            for (tab, name) in [
                (DrawerTab::Table, "Table"),
                (DrawerTab::Contradictions, "Contradictions"),
            ] {
                if tab_ui(ui, turn, name, self.tab == tab) {
                    self.tab = tab;
                }
            }
            ui.label(
                RichText::new(self.told(turn))
                    .font(look::caption())
                    .color(turn.look.weak),
            );
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let icon = crate::ui::icons::Icon::Close;
                close = widgets::icon_button(ui, turn.look, icon, "Close table").clicked();
            });
        });
        match self.tab {
            DrawerTab::Table => self.table.show(ui, turn),
            DrawerTab::Contradictions => self.contradictions.show(ui, turn),
        }
        close
    }

    /// How much there is of what is up.
    fn told(&self, turn: &Turn<'_>) -> String {
        if self.tab == DrawerTab::Contradictions {
            let found = turn.session.contradictions().len();
            return match found {
                0 => String::new(),
                _ => count(found, "pair of sentences", "pairs of sentences"),
            };
        }
        let shown = turn.session.visible().entities.len();
        let all = turn.project().entities().len();
        match shown == all {
            true => count(all, "entity", "entities"),
            false => format!(
                "{} of {} shown",
                number(shown),
                count(all, "entity", "entities")
            ),
        }
    }
}
