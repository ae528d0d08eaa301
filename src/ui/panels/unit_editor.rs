//! The fields of a unit, to be read and to be changed: one line each, all kept as one step of undo.

use crate::model::{Entity, EntityId, EntityKind, UnitDetails};
use crate::session::Command;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Grid, Key, RichText, TextEdit, Ui};

/// What is said in a field that is empty: an example of what belongs there.
const EXAMPLES: [&str; 6] = [
    "5",
    "Donetsk, Azov",
    "motorized rifle",
    "brigade",
    "Ukraine",
    "8th Army",
];

/// The fields that are being changed, if any are.
#[derive(Default)]
pub(super) struct UnitEditor {
    open: Option<(EntityId, [String; 6])>,
}

impl UnitEditor {
    /// The fields of this unit are being changed.
    pub(super) fn is_open(&self, entity: &Entity) -> bool {
        self.open.as_ref().is_some_and(|(id, _)| *id == entity.id)
    }

    /// Forgets what was typed.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// Draws the form, or the way to it below the fields.
    pub(super) fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        if entity.kind != EntityKind::Unit || !turn.can_edit() {
            self.open = None;
            return;
        }
        if !self.is_open(entity) {
            let label = match entity.unit {
                Some(_) => "Change these fields",
                None => "Add number, type and echelon",
            };
            if widgets::link(ui, turn.look, label).clicked() {
                let unit = entity.unit.as_deref().cloned().unwrap_or_default();
                self.open = Some((entity.id, unit.texts()));
            }
            return;
        }
        self.form_ui(ui, turn, entity);
    }

    fn form_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        let Some((_, texts)) = &mut self.open else {
            return;
        };
        ui.add_space(6.0);
        let mut is_done = false;
        Grid::new("unit form")
            .num_columns(2)
            .spacing([12.0, 4.0])
            .show(ui, |ui| {
                let fields = UnitDetails::NAMES.into_iter().zip(EXAMPLES);
                for ((name, example), text) in fields.zip(texts.iter_mut()) {
                    let caption = RichText::new(name)
                        .font(look::caption())
                        .color(turn.look.weak);
                    ui.label(caption);
                    let edit = TextEdit::singleline(text)
                        .hint_text(format!("Such as {example}"))
                        .desired_width(f32::INFINITY);
                    let response = ui.add(edit).accessible_name(name);
                    is_done |= response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
                    ui.end_row();
                }
            });
        ui.add_space(4.0);
        let unit = UnitDetails::from_texts(texts.clone());
        let is_changed = entity.unit.as_deref().cloned().unwrap_or_default() != unit;
        ui.horizontal(|ui| {
            let save = widgets::primary_button(ui, turn.look, "Save fields", is_changed);
            is_done |= save.clicked();
            if widgets::button(ui, "Cancel", true).clicked()
                || ui.input(|input| input.key_pressed(Key::Escape))
            {
                self.open = None;
            }
        });
        if is_done && self.open.take().is_some() && is_changed {
            turn.push(Command::SetUnit(entity.id, Box::new(unit)));
        }
    }
}
