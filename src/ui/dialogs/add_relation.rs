//! Add a relation by hand: two ends, a kind, and a note that says why.

use super::frame::{Outcome, buttons, dialog, field};
use super::pick_entity::PickEntity;
use crate::model::{EntityId, RelationKind};
use crate::session::Command;
use crate::ui::panels::sentence_case;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{ComboBox, Ui};

/// The dialog while it is open.
pub struct AddRelation {
    from: PickEntity,
    to: PickEntity,
    kind: RelationKind,
    note: String,
}

impl AddRelation {
    /// With the ends that are known already.
    pub fn new(_turn: &Turn<'_>, from: Option<EntityId>, to: Option<EntityId>) -> Self {
        Self {
            from: PickEntity::new(from),
            to: PickEntity::new(to),
            kind: RelationKind::AssociateOf,
            note: String::new(),
        }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Add relation", 440.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            ui.push_id("from", |ui| {
                self.from.show(ui, turn, "From", self.to.chosen.as_slice())
            });
            self.kind_ui(ui, turn);
            ui.push_id("to", |ui| {
                self.to.show(ui, turn, "To", self.from.chosen.as_slice())
            });
            field(ui, turn, "Note: how you know", &mut self.note, false);
            let ends = self.from.chosen.zip(self.to.chosen);
            let can = ends.is_some() && turn.can_edit();
            if buttons(ui, turn, "Add", can, &mut outcome)
                && let Some((from, to)) = ends
            {
                let note = self.note.trim().to_owned();
                turn.push(Command::AddRelation(from, to, self.kind, note));
            }
            outcome
        })
    }

    fn kind_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>) {
        ui.add_space(4.0);
        let label = widgets::caption(ui, turn.look, "Relation");
        let response = ComboBox::from_id_salt("relation kind")
            .width(ui.available_width())
            .selected_text(sentence_case(self.kind.phrase()))
            .show_ui(ui, |ui| {
                for &kind in RelationKind::ALL.iter().filter(|kind| kind.is_stated()) {
                    ui.selectable_value(&mut self.kind, kind, sentence_case(kind.phrase()));
                }
            })
            .response;
        response.labelled_by(label.id);
        if ui
            .add_enabled(!self.kind.is_mutual(), egui::Button::new("Swap ends"))
            .clicked()
        {
            std::mem::swap(&mut self.from, &mut self.to);
        }
    }
}
