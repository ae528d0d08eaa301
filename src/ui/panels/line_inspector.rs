//! One line: both ends, what it says, and the sentences behind it.

use super::evidence::evidence_ui;
use super::filters::sentence_case;
use crate::model::{EntityId, Relation, RelationId, Status};
use crate::session::Command;
use crate::ui::bidi::visual_order;
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, documents_and_sources};
use egui::{Label, RichText, Sense, Ui, vec2};

/// How many pieces of evidence are listed at first, and added when more are asked for.
const PAGE: usize = 20;

/// What the inspector of a line keeps between frames.
#[derive(Default)]
pub struct LineInspector {
    relation: Option<RelationId>,
    shown: usize,
    /// The evidence from the earliest to the latest, at a revision of the project.
    order: (u64, Vec<usize>),
}

impl LineInspector {
    /// Draws everything about `relation`.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, relation: &Relation) {
        if self.relation != Some(relation.id) {
            self.relation = Some(relation.id);
            self.shown = PAGE;
            self.order.1.clear();
        }
        self.put_in_order(turn, relation);
        ui.add_space(4.0);
        end_ui(ui, turn, relation.source);
        kind_ui(ui, turn, relation);
        end_ui(ui, turn, relation.target);
        ui.add_space(4.0);
        widgets::caption(ui, turn.look, status_in_words(turn, relation));
        ui.add_space(8.0);
        let wrong = widgets::button(ui, "Relation wrong", turn.can_edit())
            .on_hover_text("Remove this line. You can undo that.");
        if wrong.clicked() {
            turn.push(Command::RemoveRelation(relation.id));
        }
        widgets::divider(ui, turn.look);
        let figure = super::super::number(relation.evidence.len());
        widgets::section(ui, turn.look, "What says so", Some(&figure));
        let in_order = self.order.1.iter().take(self.shown);
        for evidence in in_order.filter_map(|&at| relation.evidence.get(at)) {
            evidence_ui(ui, turn, relation, evidence);
        }
        let rest = relation.evidence.len().saturating_sub(self.shown);
        if rest > 0 {
            let label = format!(
                "Show {}",
                count(rest.min(PAGE), "more sentence", "more sentences")
            );
            if widgets::link(ui, turn.look, label).clicked() {
                self.shown += PAGE;
            }
        }
    }

    fn put_in_order(&mut self, turn: &Turn<'_>, relation: &Relation) {
        let revision = turn.session.revision();
        if self.order.0 != revision || self.order.1.len() != relation.evidence.len() {
            self.order = (revision, relation.evidence_by_date(turn.project()));
        }
    }
}

fn end_ui(ui: &mut Ui, turn: &mut Turn<'_>, id: EntityId) {
    let project = turn.project();
    if let Some(entity) = project.entity(id)
        && widgets::entity_row(ui, turn.look, entity.kind, &entity.name, "", false).clicked()
    {
        turn.push(Command::FlyTo(id));
    }
}

fn kind_ui(ui: &mut Ui, turn: &Turn<'_>, relation: &Relation) {
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 22.0), Sense::hover());
        if relation.kind.is_mutual() {
            paint_icon(
                ui.painter(),
                rect.translate(vec2(0.0, -4.0)),
                Icon::Up,
                12.0,
                turn.look.weak,
            );
            paint_icon(
                ui.painter(),
                rect.translate(vec2(0.0, 4.0)),
                Icon::Down,
                12.0,
                turn.look.weak,
            );
        } else {
            paint_icon(ui.painter(), rect, Icon::Down, 14.0, turn.look.weak);
        }
        let says = if relation.is_stated() && !relation.label.is_empty() {
            relation.label.clone()
        } else {
            relation.kind.phrase().to_owned()
        };
        let text = RichText::new(visual_order(&says))
            .font(look::name())
            .color(turn.look.text);
        ui.add(Label::new(text).wrap());
    });
}

/// The status as a sentence.
fn status_in_words(turn: &Turn<'_>, relation: &Relation) -> String {
    let sources = turn.project().sources_of(relation);
    let documents = documents_and_sources(relation.document_count(), sources);
    if !relation.kind.is_stated() {
        return format!(
            "No relation stated between these two. They are mentioned together in {documents}."
        );
    }
    let kind = sentence_case(relation.kind.phrase());
    if relation.is_of_gazetteer() {
        return format!("{kind} · the gazetteer knows it; no document states it");
    }
    let how = match relation.status {
        Status::Asserted => "the text says so itself",
        Status::Reported => "reported: someone else says so",
        Status::Alleged => "alleged: not confirmed",
        Status::Denied => "denied: someone denies it, or the text refutes it",
    };
    let mut text = format!("{kind} · {how}");
    if relation.document_count() > 0 {
        text.push_str(&format!(" · {documents}"));
    }
    if relation.disputed {
        text.push_str(" · disputed: one source denies what another says");
    }
    if let Some(date) = &relation.date {
        text.push_str(&format!(" · {date}"));
    }
    text
}
