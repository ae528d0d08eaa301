//! What is known of a unit, a date or a place beside its name: number, type, echelon…, the day that it
//! is, where it lies.

use crate::model::{Entity, EntityKind, Location};
use crate::session::Command;
use crate::ui::bidi::visual_order;
use crate::ui::look::{self, Look};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Grid, Label, RichText, Ui};

/// Below this the place is said to be a guess.
const GUESS: f32 = 0.75;

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
    let place = entity
        .location
        .as_deref()
        .filter(|_| entity.kind == EntityKind::Place)
        .map(|place| (place, place.within(), place.degrees()));
    if let Some((place, within, degrees)) = &place {
        let sort = match place.score < GUESS {
            true => "Probably",
            false => "Sort",
        };
        rows.push((sort, place.kind.title()));
        if !within.is_empty() {
            rows.push(("In", within));
        }
        rows.push(("Lies at", degrees));
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
                ui.add(Label::new(RichText::new(visual_order(&value)).color(look.text)).wrap());
                ui.end_row();
            }
        });
}

/// Offers the other places that bear a name of `entity`, if it is a place.
pub(super) fn places_ui(ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
    if entity.kind != EntityKind::Place || !turn.can_edit() {
        return;
    }
    let label = match entity.location {
        Some(_) => "Another place of this name",
        None => "Find it on the map",
    };
    let link = widgets::link(ui, turn.look, label);
    egui::Popup::menu(&link).show(|ui| {
        ui.set_min_width(240.0);
        ui.set_max_width(360.0);
        let places = turn.session.places_called(entity.id);
        if places.is_empty() {
            widgets::caption(
                ui,
                turn.look,
                "The gazetteer knows no other place of this name.",
            );
        }
        let mut chosen = None;
        for place in places.iter().take(MOST_PLACES) {
            if ui
                .button(told(place))
                .on_hover_text(place.degrees())
                .clicked()
            {
                chosen = Some(Some(Box::new(place.clone())));
            }
        }
        if entity.location.is_some() {
            ui.separator();
            if ui.button("None of these").clicked() {
                chosen = Some(None);
            }
        }
        if let Some(location) = chosen {
            turn.push(Command::Locate(entity.id, location));
            ui.close();
        }
    });
}

/// As many places of one name as a menu shows.
const MOST_PLACES: usize = 12;

/// "Donetsk, Rostov Oblast, Russia (city or town)".
fn told(place: &Location) -> String {
    let within = place.within();
    let comma = if within.is_empty() { "" } else { ", " };
    let kind = place.kind.title().to_lowercase();
    format!("{}{comma}{within} ({kind})", place.name)
}
