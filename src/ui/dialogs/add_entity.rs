//! Add an entity by hand.

use super::frame::{Outcome, buttons, dialog, field};
use crate::geometry::Point;
use crate::model::EntityKind;
use crate::session::Command;
use crate::ui::icons::{left_slot, paint_kind};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::Ui;

/// The dialog while it is open.
pub struct AddEntity {
    kind: EntityKind,
    name: String,
    place: Option<Point>,
    shown: bool,
}

impl AddEntity {
    /// For a node at `place`, or wherever there is room.
    pub fn new(place: Option<Point>) -> Self {
        Self {
            kind: EntityKind::Person,
            name: String::new(),
            place,
            shown: false,
        }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Add entity", 420.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            let first = !std::mem::replace(&mut self.shown, true);
            field(ui, turn, "Name", &mut self.name, first);
            ui.add_space(8.0);
            kinds_ui(ui, turn, &mut self.kind);
            ui.add_space(4.0);
            widgets::caption(
                ui,
                turn.look,
                "It has no mentions until you mark words in a document as a mention of it.",
            );
            let name = self.name.trim().to_owned();
            if buttons(
                ui,
                turn,
                "Add",
                !name.is_empty() && turn.can_edit(),
                &mut outcome,
            ) {
                turn.push(Command::AddEntity(self.kind, name, self.place));
            }
            outcome
        })
    }
}

fn kinds_ui(ui: &mut Ui, turn: &Turn<'_>, kind: &mut EntityKind) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for other in EntityKind::ALL {
            let response = ui
                .selectable_label(*kind == other, format!("      {}", other.title()))
                .accessible_name(other.title());
            let at = left_slot(response.rect, 10.0, 10.0).center();
            paint_kind(ui.painter(), at, 5.0, other, turn.look.kind(other));
            if response.clicked() {
                *kind = other;
            }
        }
    });
}
