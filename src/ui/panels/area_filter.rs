//! The filter for places within a country or a division of one.

use crate::model::{Area, EntityKind, Filters, Project};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::number;
use egui::{ComboBox, Ui};
use std::collections::BTreeMap;

/// The areas that the project's places lie in, with how many do.
#[derive(Default)]
pub(super) struct AreaFilter {
    areas: BTreeMap<Area, usize>,
}

impl AreaFilter {
    /// Counts anew.
    pub(super) fn refresh(&mut self, project: &Project) {
        self.areas.clear();
        for entity in project.entities() {
            if let (EntityKind::Place, Some(location)) = (entity.kind, &entity.location) {
                for area in Area::around(location) {
                    *self.areas.entry(area).or_default() += 1;
                }
            }
        }
    }

    /// Draws it.
    pub(super) fn show(&self, ui: &mut Ui, turn: &Turn<'_>, filters: &mut Filters) {
        if self.areas.is_empty() && filters.within.is_none() {
            return;
        }
        widgets::section(ui, turn.look, "Places within", None);
        const ANYWHERE: &str = "Anywhere";
        let title = filters
            .within
            .as_ref()
            .map_or(ANYWHERE.to_owned(), Area::title);
        let width = ui.available_width() - 8.0;
        let combo = ComboBox::from_id_salt("places within")
            .selected_text(title)
            .width(width)
            .height(320.0);
        let shown = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut filters.within, None, ANYWHERE);
            for (area, found) in &self.areas {
                let name = match &area.region {
                    Some(region) => format!("    {region}"),
                    None => area.country.clone(),
                };
                let label = format!("{name}  ·  {}", number(*found));
                ui.selectable_value(&mut filters.within, Some(area.clone()), label);
            }
        });
        let _ = shown.response.accessible_name("Places within");
        if filters.within.is_some() {
            ui.add_space(2.0);
            widgets::caption(ui, turn.look, "And what a shown line joins to one of them");
        }
    }
}
