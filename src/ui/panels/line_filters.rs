//! Filters of lines: kinds, status, score, independent sources, dates, co-mentions and what the
//! gazetteer knows.

use super::filters::{sentence_case, toggle};
use crate::model::{Filters, PartialDate, Project, RelationKind, Status};
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::number;
use egui::{Slider, TextEdit, Ui};
use std::collections::BTreeMap;

/// Counts of the project's lines, and dates that are being typed.
#[derive(Default)]
pub(super) struct LineFilters {
    kinds: BTreeMap<RelationKind, usize>,
    statuses: BTreeMap<Status, usize>,
    gazetteer: usize,
    most_sources: usize,
    dates: [TypedDate; 2],
}

/// A date as it stands in its field.
#[derive(Default)]
struct TypedDate {
    text: String,
    /// What the field was filled with last, so that a reset from elsewhere empties it.
    shown: Option<PartialDate>,
}

impl LineFilters {
    /// Counts anew.
    pub(super) fn refresh(&mut self, project: &Project) {
        self.kinds.clear();
        self.statuses.clear();
        self.gazetteer = 0;
        self.most_sources = 1;
        for relation in project.relations() {
            if relation.is_of_gazetteer() {
                self.gazetteer += 1;
                continue;
            }
            *self.kinds.entry(relation.kind).or_default() += 1;
            self.most_sources = self.most_sources.max(project.sources_of(relation));
            if relation.is_stated() {
                *self.statuses.entry(relation.status).or_default() += 1;
            }
        }
    }

    /// Draws them.
    pub(super) fn show(&mut self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        self.switches_ui(ui, turn, filters);
        self.kinds_ui(ui, turn, filters);
        if !self.statuses.is_empty() {
            self.statuses_ui(ui, turn, filters);
            Self::score_ui(ui, turn, filters);
        }
        self.sources_ui(ui, turn, filters);
        if !self.kinds.is_empty() {
            self.dates_ui(ui, turn, filters);
        }
    }

    /// Lines that nobody states have switches of their own.
    fn switches_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        let together = self.kinds.get(&RelationKind::MentionedWith).copied();
        if together.is_none() && self.gazetteer == 0 {
            return;
        }
        widgets::section(ui, turn.look, "Not stated", None);
        let mut row = |on: &mut bool, title, found| {
            if widgets::check_row(ui, turn.look, *on, None, title, &number(found)) {
                *on = !*on;
            }
        };
        if let Some(found) = together {
            row(&mut filters.co_mentions, "Mentioned together", found);
        }
        if self.gazetteer > 0 {
            row(
                &mut filters.gazetteer,
                "Lies in, by the gazetteer",
                self.gazetteer,
            );
        }
    }

    fn kinds_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        let stated = self.kinds.iter().filter(|(kind, _)| kind.is_stated());
        let stated: Vec<(RelationKind, usize)> = stated.map(|(&kind, &n)| (kind, n)).collect();
        if stated.is_empty() {
            return;
        }
        widgets::section(ui, turn.look, "Relations", None);
        for &(kind, found) in &stated {
            let on = !filters.hidden_relation_kinds.contains(&kind);
            let title = sentence_case(kind.phrase());
            if widgets::check_row(ui, turn.look, on, None, &title, &number(found)) {
                toggle(&mut filters.hidden_relation_kinds, kind);
            }
        }
        let hidden = |kind: &RelationKind| filters.hidden_relation_kinds.contains(kind);
        let all_hidden = stated.iter().all(|(kind, _)| hidden(kind));
        let label = if all_hidden {
            "Show all kinds"
        } else {
            "Hide all kinds"
        };
        ui.add_space(2.0);
        if stated.len() > 2 && widgets::link(ui, turn.look, label).clicked() {
            let kinds = stated.iter().map(|&(kind, _)| kind);
            match all_hidden {
                true => filters.hidden_relation_kinds.clear(),
                false => filters.hidden_relation_kinds.extend(kinds),
            }
        }
    }

    fn statuses_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
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

    fn score_ui(ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        widgets::section(ui, turn.look, "Score at least", None);
        ui.spacing_mut().slider_width = ui.available_width() - 72.0;
        let mut hundredths = (filters.min_score * 100.0).round() as u32;
        let slider = Slider::new(&mut hundredths, 0..=100).integer().suffix(" %");
        let changed = ui.add(slider).accessible_name("Score at least").changed();
        if changed {
            filters.min_score = hundredths as f32 / 100.0;
        }
    }

    fn sources_ui(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        if self.most_sources < 2 && filters.min_sources < 2 {
            return;
        }
        widgets::section(ui, turn.look, "Independent sources at least", None);
        ui.spacing_mut().slider_width = ui.available_width() - 72.0;
        let most = self.most_sources.max(filters.min_sources).clamp(2, 50);
        let slider = Slider::new(&mut filters.min_sources, 1..=most).integer();
        ui.add(slider)
            .accessible_name("Independent sources at least");
    }

    fn dates_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        widgets::section(ui, turn.look, "Dates", None);
        let mut wrong = false;
        ui.horizontal(|ui| {
            let bounds = [("From", &mut filters.from), ("Until", &mut filters.until)];
            for ((name, bound), typed) in bounds.into_iter().zip(&mut self.dates) {
                ui.label(name);
                wrong |= !typed.field_ui(ui, name, bound);
            }
        });
        ui.add_space(2.0);
        let in_force = filters.from.is_some() || filters.until.is_some();
        let hint = match (wrong, in_force) {
            (true, _) => "Write 2024, 2024-10 or 2024-10-23",
            (_, true) => {
                "By when it happened, or else when it was published. Lines without any date are left out."
            }
            _ => "By when it happened, or else when it was published",
        };
        widgets::caption(ui, turn.look, hint);
    }
}

impl TypedDate {
    /// Gives whether what is typed is a date or nothing.
    fn field_ui(&mut self, ui: &mut Ui, name: &str, bound: &mut Option<PartialDate>) -> bool {
        if self.shown != *bound {
            self.shown = *bound;
            self.text = bound.map(|date| date.to_string()).unwrap_or_default();
        }
        let field = TextEdit::singleline(&mut self.text)
            .desired_width(78.0)
            .font(look::body())
            .hint_text("any");
        ui.add(field).accessible_name(format!("{name} date"));
        let text = self.text.trim();
        let typed: Option<PartialDate> = text.parse().ok();
        if text.is_empty() || typed.is_some() {
            self.shown = typed;
            *bound = typed;
            return true;
        }
        false
    }
}
