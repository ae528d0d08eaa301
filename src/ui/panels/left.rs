//! The left panel: documents, filters, and what waits for review, behind three tabs.

use super::documents::DocumentsTab;
use super::filters::FiltersTab;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Align2, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, vec2};

/// What the left panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeftTab {
    /// The documents and what became of each file.
    #[default]
    Documents,
    /// What is shown in the picture.
    Filters,
    /// Likely duplicates, and the corrections made.
    Review,
}

/// The left panel.
#[derive(Default)]
pub struct LeftPanel {
    /// Which tab is up.
    pub tab: LeftTab,
    documents: DocumentsTab,
    filters: FiltersTab,
}

impl LeftPanel {
    /// Brings up the files that could not be read.
    pub fn show_failed(&mut self) {
        self.tab = LeftTab::Documents;
        self.documents.only_troubles = true;
    }

    /// Draws the panel.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            for (tab, name) in [
                (LeftTab::Documents, "Documents"),
                (LeftTab::Filters, "Filters"),
                (LeftTab::Review, "Review"),
            ] {
                if tab_ui(ui, turn, name, self.tab == tab) {
                    self.tab = tab;
                }
            }
        });
        match self.tab {
            LeftTab::Documents => self.documents.show(ui, turn),
            LeftTab::Filters => self.filters.show(ui, turn),
            LeftTab::Review => super::review::show(ui, turn),
        }
    }
}

/// The title of a tab, underlined if it is up; gives whether it was clicked.
pub(super) fn tab_ui(ui: &mut Ui, turn: &Turn<'_>, name: &str, on: bool) -> bool {
    let color = if on { turn.look.text } else { turn.look.weak };
    let galley = widgets::one_line(ui, name, look::name(), color, f32::INFINITY);
    let size: Vec2 = vec2(galley.size().x, 32.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
    let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter().galley(at.min, galley, color);
    if on {
        let line = egui::Stroke::new(2.0, turn.look.accent);
        ui.painter()
            .hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    widgets::focus_ring(ui, turn.look, &response, rect.expand2(vec2(4.0, 0.0)));
    response.clicked()
}
