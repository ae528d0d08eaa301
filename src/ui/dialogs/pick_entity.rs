//! Choosing an entity by typing part of its name.

use crate::model::EntityId;
use crate::ui::look;
use crate::ui::search::find;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{RichText, TextEdit, Ui};

/// A field that becomes the name of the entity chosen.
#[derive(Default)]
pub struct PickEntity {
    /// What was chosen.
    pub chosen: Option<EntityId>,
    text: String,
}

impl PickEntity {
    /// With an entity chosen already, or none.
    pub fn new(chosen: Option<EntityId>) -> Self {
        Self {
            chosen,
            text: String::new(),
        }
    }

    /// Draws the field; `but` is not offered.
    pub fn show(&mut self, ui: &mut Ui, turn: &Turn<'_>, label: &str, but: &[EntityId]) {
        ui.add_space(4.0);
        let caption = widgets::caption(ui, turn.look, label);
        if let Some(entity) = self.chosen.and_then(|id| turn.project().entity(id)) {
            let row =
                widgets::entity_row(ui, turn.look, entity.kind, &entity.name, "Change", false);
            if row.clicked() {
                self.chosen = None;
            }
            return;
        }
        let edit = TextEdit::singleline(&mut self.text)
            .hint_text("Type a name")
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 5));
        ui.add(edit).labelled_by(caption.id);
        let found = find(turn.project(), &self.text, 6 + but.len());
        let offered: Vec<_> = found
            .iter()
            .filter(|hit| !but.contains(&hit.entity))
            .take(6)
            .collect();
        if offered.is_empty() && !self.text.trim().is_empty() {
            let text = RichText::new("No name or alias fits").font(look::caption());
            ui.label(text.color(turn.look.weak));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        for hit in offered {
            if let Some(entity) = turn.project().entity(hit.entity) {
                let figure = count(entity.mentions.len(), "mention", "mentions");
                let row =
                    widgets::entity_row(ui, turn.look, entity.kind, &entity.name, &figure, false);
                if row.clicked() {
                    self.chosen = Some(hit.entity);
                }
            }
        }
    }
}
