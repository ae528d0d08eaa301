//! Another name for an entity.

use super::frame::{Outcome, buttons, dialog, field};
use crate::model::EntityId;
use crate::session::Command;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::Ui;

/// The dialog while it is open.
pub struct RenameDialog {
    entity: EntityId,
    before: String,
    name: String,
    shown: bool,
}

impl RenameDialog {
    /// With the name that it bears.
    pub fn new(turn: &Turn<'_>, entity: EntityId) -> Self {
        let name = turn
            .project()
            .entity(entity)
            .map(|e| e.name.clone())
            .unwrap_or_default();
        Self {
            entity,
            before: name.clone(),
            name,
            shown: false,
        }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Rename", 420.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            let first = !std::mem::replace(&mut self.shown, true);
            field(ui, turn, "Name", &mut self.name, first);
            widgets::caption(ui, turn.look, format!("Until now: {}", self.before));
            let name = self.name.trim().to_owned();
            let can = !name.is_empty() && name != self.before && turn.can_edit();
            if buttons(ui, turn, "Rename", can, &mut outcome) {
                turn.push(Command::Rename(self.entity, name));
            }
            outcome
        })
    }
}
