//! Claims that do not go together, with both sentences side by side.

use super::evidence::{marks, source_of};
use super::mentions::sentence_row;
use crate::model::{Evidence, Relation};
use crate::session::{Claim, Command, Contradiction};
use crate::ui::icons::paint_kind;
use crate::ui::look;
use crate::ui::marked;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Label, ScrollArea, Sense, Ui, vec2};

/// How many are listed at first, and added when more are asked for.
const PAGE: usize = 30;

/// The list.
#[derive(Default)]
pub struct ContradictionList {
    more: usize,
}

impl ContradictionList {
    /// Draws the list.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        let session = turn.session;
        let all = session.contradictions();
        if all.is_empty() {
            widgets::empty_state(
                ui,
                turn.look,
                "No contradictions found",
                "Two leaders of one unit at one time, two places or dates of one death, someone who \
                 acts after their death or belongs to both sides of a fight would be listed here.",
            );
            return;
        }
        ScrollArea::vertical()
            .id_salt("contradictions")
            .auto_shrink(false)
            .show(ui, |ui| {
                let shown = PAGE + self.more;
                for (index, contradiction) in all.iter().take(shown).enumerate() {
                    ui.push_id(index, |ui| contradiction_ui(ui, turn, contradiction));
                }
                if all.len() > shown && widgets::link(ui, turn.look, "Show more").clicked() {
                    self.more += PAGE;
                }
            });
    }
}

fn contradiction_ui(ui: &mut Ui, turn: &mut Turn<'_>, contradiction: &Contradiction) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        if let Some(entity) = turn.project().entity(contradiction.subject) {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 20.0), Sense::hover());
            let color = turn.look.kind(entity.kind);
            paint_kind(ui.painter(), rect.center(), 5.0, entity.kind, color);
            let name = crate::ui::bidi::visual_order(&entity.name);
            if widgets::link(ui, turn.look, name).clicked() {
                turn.push(Command::FlyTo(entity.id));
            }
        }
        widgets::caption(ui, turn.look, contradiction.kind.title());
    });
    let (why, color) = (&contradiction.explanation, turn.look.text);
    let why = crate::ui::bidi::wrapped(ui, why, look::body(), color);
    ui.add(Label::new(why).wrap());
    ui.columns(2, |columns| {
        for (column, claim) in columns.iter_mut().zip(contradiction.claims) {
            claim_ui(column, turn, claim);
        }
    });
    widgets::divider(ui, turn.look);
}

fn claim_ui(ui: &mut Ui, turn: &mut Turn<'_>, claim: Claim) {
    let project = turn.project();
    let found = project.relation(claim.relation);
    let Some((relation, evidence)) =
        found.and_then(|relation| Some((relation, relation.evidence.get(claim.evidence)?)))
    else {
        return;
    };
    if clicked(ui, turn, relation, evidence) {
        turn.push(Command::SelectRelation(Some(relation.id)));
        if let (Some(document), Some(start), Some(end)) =
            (evidence.document, evidence.start, evidence.end)
        {
            turn.push(Command::OpenDocument(document, Some([start, end])));
        }
    }
}

fn clicked(ui: &mut Ui, turn: &Turn<'_>, relation: &Relation, evidence: &Evidence) -> bool {
    let sentence = evidence.text.as_deref().unwrap_or_default();
    let marks = marks(turn, relation, evidence);
    let job = marked::job(
        sentence,
        evidence.start.unwrap_or(0),
        &marks,
        &look::body(),
        turn.look.text,
        ui.available_width() - 12.0,
    );
    let galley = crate::ui::bidi::lay_out(ui, job).galley;
    let clicked = sentence_row(ui, turn, galley, sentence);
    if let Some(place) = source_of(turn, evidence) {
        widgets::caption(ui, turn.look, place);
    }
    clicked
}
