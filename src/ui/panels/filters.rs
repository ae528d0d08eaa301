//! Filters: which kinds, lines, statuses, documents and how much mention the picture needs.

use crate::model::{EntityKind, Filters, RelationKind, Status};
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
    relations: BTreeMap<RelationKind, usize>,
    statuses: BTreeMap<Status, usize>,
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
                self.relations_ui(ui, turn, &mut filters);
                self.statuses_ui(ui, turn, &mut filters);
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
        *self = Self {
            counted_at: Some(revision),
            ..Self::default()
        };
        let project = turn.project();
        for entity in project.entities() {
            *self.kinds.entry(entity.kind).or_default() += 1;
            self.most_mentions = self.most_mentions.max(entity.mentions.len());
        }
        for relation in project.relations() {
            *self.relations.entry(relation.kind).or_default() += 1;
            if relation.is_stated() {
                *self.statuses.entry(relation.status).or_default() += 1;
            }
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

    fn relations_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        if self.relations.is_empty() {
            return;
        }
        widgets::section(ui, turn.look, "Relations", None);
        for (&kind, &found) in &self.relations {
            let figure = number(found);
            let title = sentence_case(kind.phrase());
            if kind == RelationKind::MentionedWith {
                if widgets::check_row(
                    ui,
                    turn.look,
                    filters.co_mentions,
                    None,
                    "Mentioned together",
                    &figure,
                ) {
                    filters.co_mentions = !filters.co_mentions;
                }
                continue;
            }
            let on = !filters.hidden_relation_kinds.contains(&kind);
            if widgets::check_row(ui, turn.look, on, None, &title, &figure) {
                toggle(&mut filters.hidden_relation_kinds, kind);
            }
        }
    }

    fn statuses_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        if self.statuses.is_empty() {
            return;
        }
        widgets::section(ui, turn.look, "Status", None);
        for status in Status::ALL {
            let found = self.statuses.get(&status).copied().unwrap_or(0);
            let on = filters.statuses.contains(&status);
            let title = sentence_case(status.key());
            if widgets::check_row(ui, turn.look, on, None, &title, &number(found)) {
                toggle(&mut filters.statuses, status);
            }
        }
    }

    fn documents_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        let all = turn.project().documents().len();
        let Some(shown) = filters
            .documents
            .as_ref()
            .map(std::collections::BTreeSet::len)
        else {
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

fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, item: T) {
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
