//! The ledger: every correction that was made, to be taken back at any time, whatever came after.

use super::frame::{Outcome, dialog, undo_keys};
use crate::model::{Correction, CorrectionId, CorrectionKind};
use crate::session::Command;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{Align, Checkbox, Label, Layout, RichText, ScrollArea, Ui, vec2};
use std::collections::BTreeSet;

/// Corrections that are drawn, the newest; of the rest only the number.
const SHOWN: usize = 500;

/// The dialog while it is open.
#[derive(Default)]
pub struct CorrectionsDialog {
    made_at: Option<u64>,
    /// Nothing is left of what these were made on.
    idle: BTreeSet<CorrectionId>,
}

impl CorrectionsDialog {
    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        undo_keys(ui, turn);
        let revision = turn.session.revision();
        if self.made_at != Some(revision) {
            self.made_at = Some(revision);
            self.idle = turn.project().idle_corrections();
        }
        dialog(ui, turn, "Corrections", 620.0, |ui, turn| {
            widgets::caption(
                ui,
                turn.look,
                "What you corrected holds when documents are read again or added. Taking one back \
                 leaves those made after it as they are.",
            );
            ui.add_space(4.0);
            self.list_ui(ui, turn);
            let mut outcome = Outcome::Open;
            ui.add_space(12.0);
            let size = vec2(ui.available_width(), 28.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                if widgets::primary_button(ui, turn.look, "Close", true).clicked() {
                    outcome = Outcome::Close;
                }
            });
            outcome
        })
    }

    fn list_ui(&self, ui: &mut Ui, turn: &mut Turn<'_>) {
        let project = turn.project();
        let corrections: Vec<_> = project.corrections().collect();
        if corrections.is_empty() {
            widgets::empty_state(
                ui,
                turn.look,
                "No corrections yet",
                "Merge, split, rename or retype an entity, or say that a name or a relation is wrong: \
                 it is listed here.",
            );
            return;
        }
        ScrollArea::vertical()
            .id_salt("corrections")
            .max_height(420.0)
            .min_scrolled_height(420.0)
            .show(ui, |ui| {
                for correction in corrections.iter().rev().take(SHOWN) {
                    self.correction_ui(ui, turn, correction);
                    widgets::divider(ui, turn.look);
                }
                if corrections.len() > SHOWN {
                    let rest = corrections.len() - SHOWN;
                    widgets::caption(ui, turn.look, format!("and {rest} earlier ones"));
                }
            });
    }

    fn correction_ui(&self, ui: &mut Ui, turn: &mut Turn<'_>, correction: &Correction) {
        let can_edit = turn.can_edit();
        let title = correction.words();
        let size = vec2(ui.available_width(), 40.0);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let back = widgets::button(ui, "Take back", can_edit)
                .accessible_name(format!("Take back: {title}"));
            if back.clicked() {
                turn.push(Command::TakeBack(vec![correction.id]));
            }
            if correction.kind.may_be_narrow() {
                let mut only_here = correction.only_here;
                let check = ui
                    .add_enabled(can_edit, Checkbox::new(&mut only_here, "Only here"))
                    .on_hover_text(
                        "It holds for these mentions alone, not for new ones of that name",
                    )
                    .accessible_name(format!("Only here: {title}"));
                if check.clicked() {
                    turn.push(Command::SetOnlyHere(correction.id, only_here));
                }
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let text = RichText::new(&title).color(turn.look.text);
                ui.add(Label::new(text).truncate()).on_hover_text(&title);
                let text = RichText::new(self.details(correction))
                    .font(look::caption())
                    .color(turn.look.weak);
                ui.add(Label::new(text).truncate());
            });
        });
    }

    /// "2025-02-08 12:00 · 4 mentions: Zelensky, Zelenskiy".
    fn details(&self, correction: &Correction) -> String {
        let when = correction.when.get(..16).unwrap_or(&correction.when);
        let mut parts = vec![when.replace('T', " ")];
        let anchors = &correction.anchors;
        if let CorrectionKind::Relation { removed, note, .. } = &correction.kind {
            if *removed && !anchors.is_empty() {
                parts.push(count(anchors.len(), "sentence", "sentences"));
            } else if !note.is_empty() {
                parts.push(note.clone());
            }
        } else if !anchors.is_empty() {
            let mut texts: Vec<&str> = Vec::new();
            for anchor in anchors {
                if texts.len() < 3 && !texts.contains(&anchor.text.as_str()) {
                    texts.push(&anchor.text);
                }
            }
            let mentions = count(anchors.len(), "mention", "mentions");
            parts.push(format!("{mentions}: {}", texts.join(", ")));
        }
        if self.idle.contains(&correction.id) {
            parts.push("has nothing to hold for now".to_owned());
        }
        parts.join(" · ")
    }
}
