//! Which entity the others are the same as.

use super::frame::{Outcome, buttons, dialog};
use super::pick_entity::PickEntity;
use crate::model::EntityId;
use crate::session::Command;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{ScrollArea, Ui};

/// The dialog while it is open.
pub struct MergeDialog {
    entities: Vec<EntityId>,
    into: Option<EntityId>,
    other: PickEntity,
}

impl MergeDialog {
    /// Proposes the most mentioned of `entities` as the one that stays.
    pub fn new(turn: &Turn<'_>, entities: Vec<EntityId>) -> Self {
        let into = if entities.len() > 1 {
            entities
                .iter()
                .copied()
                .max_by_key(|&id| turn.project().entity(id).map(|e| e.mentions.len()))
        } else {
            None
        };
        Self {
            entities,
            into,
            other: PickEntity::default(),
        }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Merge", 440.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            if self.entities.len() > 1 {
                self.several_ui(ui, turn);
            } else {
                self.one_ui(ui, turn);
            }
            let others: Vec<EntityId> = self
                .entities
                .iter()
                .copied()
                .filter(|&id| Some(id) != self.into)
                .collect();
            ui.add_space(4.0);
            widgets::caption(
                ui,
                turn.look,
                "All mentions, aliases and relations go to the one that stays. You can undo that.",
            );
            let can = self.into.is_some() && !others.is_empty() && turn.can_edit();
            if buttons(ui, turn, "Merge", can, &mut outcome)
                && let Some(into) = self.into
            {
                turn.push(Command::Merge(into, others));
            }
            outcome
        })
    }

    fn several_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>) {
        let text = format!(
            "{} become one. Which name stays?",
            count(self.entities.len(), "node", "nodes")
        );
        widgets::caption(ui, turn.look, text);
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for &id in &self.entities {
                if let Some(entity) = turn.project().entity(id) {
                    let figure = number(entity.mentions.len());
                    let on = self.into == Some(id);
                    if widgets::entity_row(ui, turn.look, entity.kind, &entity.name, &figure, on)
                        .clicked()
                    {
                        self.into = Some(id);
                    }
                }
            }
        });
    }

    fn one_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>) {
        if let Some(entity) = self
            .entities
            .first()
            .and_then(|&id| turn.project().entity(id))
        {
            widgets::caption(ui, turn.look, format!("{} is the same as", entity.name));
        }
        self.other
            .show(ui, turn, "Entity that stays", &self.entities);
        self.into = self.other.chosen;
    }
}
