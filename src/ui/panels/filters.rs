//! Filters: which kinds, lines, places, documents and how much mention the picture needs.

use super::area_filter::AreaFilter;
use super::line_filters::LineFilters;
use crate::model::{EntityKind, Filters};
use crate::session::Command;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{ScrollArea, Slider, Ui};
use std::collections::BTreeMap;

/// The tab, with counts of the project as it was at a revision.
#[derive(Default)]
pub struct FiltersTab {
    counted_at: Option<u64>,
    kinds: BTreeMap<EntityKind, usize>,
    lines: LineFilters,
    areas: AreaFilter,
    hidden: usize,
    most_mentions: usize,
}

impl FiltersTab {
    /// Draws the tab.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        self.refresh(turn);
        if turn.project().entities().len() == 0 {
            widgets::empty_state(
                ui,
                turn.look,
                "Nothing to filter yet",
                "Once documents are read, choose here which kinds of entities and lines are shown.",
            );
            return;
        }
        let before = &turn.view().filters;
        let mut filters = before.clone();
        ScrollArea::vertical()
            .id_salt("filters")
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.reset_ui(ui, turn, &mut filters);
                self.kinds_ui(ui, turn, &mut filters);
                self.mentions_ui(ui, turn, &mut filters);
                self.areas.show(ui, turn, &mut filters);
                self.lines.show(ui, turn, &mut filters);
                self.documents_ui(ui, turn, &mut filters);
                self.hidden_ui(ui, turn);
                ui.add_space(16.0);
            });
        if filters != *before {
            turn.push(Command::SetFilters(filters));
        }
    }

    fn refresh(&mut self, turn: &Turn<'_>) {
        let revision = turn.session.revision();
        if self.counted_at == Some(revision) {
            return;
        }
        self.counted_at = Some(revision);
        self.kinds.clear();
        self.most_mentions = 0;
        let project = turn.project();
        self.lines.refresh(project);
        self.areas.refresh(project);
        for entity in project.entities() {
            *self.kinds.entry(entity.kind).or_default() += 1;
            self.most_mentions = self.most_mentions.max(entity.mentions.len());
        }
        self.hidden = project.placements().filter(|(_, p)| p.hidden).count();
    }

    fn reset_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        if *filters != Filters::default() {
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let text = format!(
                    "{} of {} shown",
                    number(turn.session.visible().entities.len()),
                    count(turn.project().entities().len(), "entity", "entities"),
                );
                widgets::caption(ui, turn.look, text);
                if widgets::link(ui, turn.look, "Reset filters").clicked() {
                    *filters = Filters::default();
                }
            });
        }
    }

    fn kinds_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        widgets::section(ui, turn.look, "Kinds", None);
        for kind in EntityKind::ALL {
            let Some(&found) = self.kinds.get(&kind) else {
                continue;
            };
            let on = filters.kinds.contains(&kind);
            if widgets::check_row(ui, turn.look, on, Some(kind), kind.plural(), &number(found)) {
                toggle(&mut filters.kinds, kind);
            }
        }
    }

    fn mentions_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        let most = self.most_mentions.clamp(2, 50);
        widgets::section(ui, turn.look, "Mentioned at least", None);
        ui.spacing_mut().slider_width = ui.available_width() - 72.0;
        let slider = Slider::new(&mut filters.min_mentions, 1..=most).integer();
        ui.add(slider).accessible_name("Mentioned at least");
    }

    fn documents_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        let all = turn.project().documents().len();
        let shown = filters.shown_documents(turn.project());
        let Some(shown) = shown.map(|documents| documents.len()) else {
            return;
        };
        widgets::section(ui, turn.look, "Documents", None);
        ui.horizontal(|ui| {
            widgets::caption(
                ui,
                turn.look,
                format!("{} of {}", number(shown), number(all)),
            );
            if widgets::link(ui, turn.look, "Show all documents").clicked() {
                filters.documents = None;
            }
        });
    }

    fn hidden_ui(&self, ui: &mut Ui, turn: &mut Turn<'_>) {
        if self.hidden == 0 {
            return;
        }
        widgets::section(ui, turn.look, "Hidden by you", None);
        ui.horizontal(|ui| {
            widgets::caption(ui, turn.look, count(self.hidden, "node", "nodes"));
            if widgets::link(ui, turn.look, "Show all").clicked() {
                turn.push(Command::ShowAll);
            }
        });
    }
}

pub(super) fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, item: T) {
    if !set.remove(&item) {
        set.insert(item);
    }
}

/// "member of" as "Member of".
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
