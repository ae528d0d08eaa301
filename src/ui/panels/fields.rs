//! What is known of a unit or a date beside its name: number, type, echelon…, or the day that it is.

use crate::model::{Entity, EntityKind};
use crate::ui::look::{self, Look};
use egui::{Grid, Label, RichText, Ui};

/// Draws the fields of `entity`, if its kind has any and a text tells them.
pub(super) fn fields_ui(ui: &mut Ui, look: &Look, entity: &Entity) {
    let date = entity
        .date
        .filter(|_| entity.kind == EntityKind::Date)
        .map(|date| date.to_string());
    let mut rows: Vec<(&str, &str)> = Vec::new();
    if let Some(date) = &date {
        rows.push(("Date", date));
    }
    if entity.kind == EntityKind::Unit
        && let Some(unit) = &entity.unit
    {
        rows.extend(unit.rows());
    }
    if rows.is_empty() {
        return;
    }
    ui.add_space(6.0);
    Grid::new("fields")
        .num_columns(2)
        .spacing([12.0, 2.0])
        .min_row_height(20.0)
        .show(ui, |ui| {
            for (name, value) in rows {
                let name = RichText::new(name).font(look::caption()).color(look.weak);
                ui.label(name);
                let value = super::filters::sentence_case(value);
                ui.add(Label::new(RichText::new(value).color(look.text)).wrap());
                ui.end_row();
            }
        });
}
