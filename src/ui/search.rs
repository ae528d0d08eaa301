//! Type-ahead over names and aliases, and the field in the top bar that shows it.

use super::icons::{Icon, left_slot, paint_icon};
use super::look;
use super::turn::Turn;
use super::widgets;
use super::words::count;
use crate::model::{Entity, EntityId, Project, normalized_name};
use crate::session::Command;
use egui::{Id, Key, Margin, Modifiers, Order, RichText, TextEdit, Ui, Vec2, pos2};

/// At most so many are offered.
const MOST_RESULTS: usize = 10;

/// One entity that fits what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub entity: EntityId,
    /// The alias that fits, where the name does not.
    pub alias: Option<String>,
}

/// The best entities for `query`: names that begin with it, then names with a word that does, then
/// aliases, then names that hold it anywhere; the most mentioned first among equals.
pub fn find(project: &Project, query: &str, most: usize) -> Vec<Hit> {
    let query = normalized_name(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, std::cmp::Reverse<usize>, EntityId, Option<String>)> = project
        .entities()
        .filter_map(|entity| {
            let (rank, alias) = fit(entity, &query)?;
            Some((
                rank,
                std::cmp::Reverse(entity.mentions.len()),
                entity.id,
                alias,
            ))
        })
        .collect();
    found.sort_by_key(|&(rank, mentions, entity, _)| (rank, mentions, entity));
    found.truncate(most);
    found
        .into_iter()
        .map(|(_, _, entity, alias)| Hit { entity, alias })
        .collect()
}

fn fit(entity: &Entity, query: &str) -> Option<(u8, Option<String>)> {
    let name = normalized_name(&entity.name);
    let word = format!(" {query}");
    if name.starts_with(query) {
        return Some((0, None));
    }
    if name.contains(&word) {
        return Some((1, None));
    }
    let alias = entity.aliases.iter().find(|alias| {
        let alias = normalized_name(alias);
        alias.starts_with(query) || alias.contains(&word)
    });
    if let Some(alias) = alias {
        return Some((2, Some(alias.clone())));
    }
    name.contains(query).then_some((3, None))
}

/// The search field.
#[derive(Default)]
pub struct Search {
    text: String,
    chosen: usize,
    take_focus: bool,
    results: Vec<Hit>,
    /// What `results` were found for.
    made_for: (String, u64),
}

impl Search {
    /// Puts the keyboard into the field.
    pub fn focus(&mut self) {
        self.take_focus = true;
    }

    /// Draws the field, `width` points wide, and what fits below it.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, width: f32) {
        let id = Id::unique("search field");
        let (step, enter, escape) = self.keys(ui, id);
        let edit = TextEdit::singleline(&mut self.text)
            .id(id)
            .hint_text("Search names   Ctrl+F")
            .margin(Margin {
                left: 28,
                right: 8,
                top: 5,
                bottom: 5,
            })
            .desired_width(width);
        let response = ui.add(edit).accessible_name("Search names");
        paint_icon(
            ui.painter(),
            left_slot(response.rect, 8.0, 14.0),
            Icon::Search,
            14.0,
            turn.look.weak,
        );
        if std::mem::take(&mut self.take_focus) {
            response.request_focus();
        }
        self.refresh(turn);
        if escape {
            self.text.clear();
            response.surrender_focus();
        }
        let last = self.results.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(step).min(last);
        let go = enter
            .then(|| self.results.get(self.chosen).map(|hit| hit.entity))
            .flatten();
        let clicked = if response.has_focus() || response.lost_focus() {
            self.list_ui(ui, turn, &response)
        } else {
            None
        };
        if let Some(entity) = go.or(clicked) {
            self.text.clear();
            response.surrender_focus();
            turn.push(Command::FlyTo(entity));
        }
    }

    /// Arrows, Enter and Escape belong to the list while the field has the keyboard.
    fn keys(&self, ui: &Ui, id: Id) -> (isize, bool, bool) {
        if !ui.memory(|memory| memory.has_focus(id)) {
            return (0, false, false);
        }
        ui.input_mut(|input| {
            let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown) as isize;
            let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp) as isize;
            let enter = input.consume_key(Modifiers::NONE, Key::Enter);
            let escape = input.consume_key(Modifiers::NONE, Key::Escape);
            (down - up, enter, escape)
        })
    }

    fn refresh(&mut self, turn: &Turn<'_>) {
        let key = (self.text.clone(), turn.session.revision());
        if self.made_for != key {
            self.results = find(turn.project(), &self.text, MOST_RESULTS);
            if self.made_for.0 != key.0 {
                self.chosen = 0;
            }
            self.made_for = key;
        }
    }

    fn list_ui(&self, ui: &Ui, turn: &Turn<'_>, field: &egui::Response) -> Option<EntityId> {
        if self.text.trim().is_empty() {
            return None;
        }
        let place = pos2(field.rect.left(), field.rect.bottom() + 4.0);
        let mut clicked = None;
        egui::Area::new(Id::unique("search results"))
            .order(Order::Foreground)
            .fixed_pos(place)
            .show(ui.ctx(), |ui| {
                egui::Frame::popup(ui.style())
                    .inner_margin(4)
                    .show(ui, |ui| {
                        ui.set_width(field.rect.width() - 10.0);
                        ui.spacing_mut().item_spacing = Vec2::ZERO;
                        if self.results.is_empty() {
                            let text = format!("No name or alias fits “{}”", self.text.trim());
                            ui.label(
                                RichText::new(text)
                                    .font(look::caption())
                                    .color(turn.look.weak),
                            );
                        }
                        for (index, hit) in self.results.iter().enumerate() {
                            if self.hit_ui(ui, turn, hit, index == self.chosen) {
                                clicked = Some(hit.entity);
                            }
                        }
                    });
            });
        clicked
    }

    fn hit_ui(&self, ui: &mut Ui, turn: &Turn<'_>, hit: &Hit, chosen: bool) -> bool {
        let Some(entity) = turn.project().entity(hit.entity) else {
            return false;
        };
        let mut figure = count(entity.mentions.len(), "mention", "mentions");
        if let Some(alias) = &hit.alias {
            figure = format!("“{alias}” · {figure}");
        }
        let response =
            widgets::entity_row(ui, turn.look, entity.kind, &entity.name, &figure, chosen);
        // The field has lost the keyboard by the time a click is complete, so the press decides.
        response.clicked() || (response.hovered() && ui.input(|i| i.pointer.primary_pressed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityKind, Mention, Patch, SavedView};
    use std::sync::Arc;

    fn project(entities: &[(&str, &[&str], usize)]) -> Project {
        let mut patch = Patch::default();
        for (index, (name, aliases, mentions)) in entities.iter().enumerate() {
            let id = EntityId(index as u32);
            let mention = Mention {
                document: crate::model::DocumentId(0),
                start: 0,
                end: 1,
                text: (*name).to_owned(),
                score: 1.0,
            };
            let entity = Entity {
                id,
                kind: EntityKind::Person,
                name: (*name).to_owned(),
                aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
                roles: Vec::new(),
                mentions: vec![mention; *mentions],
                by_user: false,
                told: None,
                unit: None,
                date: None,
                location: None,
            };
            patch.entities.push((id, Some(Arc::new(entity))));
        }
        Project::from_parts(patch, [0; 4], SavedView::default())
    }

    #[test]
    fn the_best_fit_comes_first() {
        let project = project(&[
            ("Anna Berg", &["Bergie"], 1),
            ("Bergen", &[], 2),
            ("Bergen Bank", &[], 9),
            ("Iceberg", &[], 30),
            ("Q", &["Berg"], 50),
        ]);
        let ids: Vec<u32> = find(&project, "bérg", 10)
            .iter()
            .map(|hit| hit.entity.0)
            .collect();
        assert_eq!(ids, [2, 1, 0, 4, 3]);
        assert_eq!(find(&project, "bérg", 10)[3].alias.as_deref(), Some("Berg"));
        assert!(find(&project, "  ", 10).is_empty());
        assert_eq!(find(&project, "berg", 2).len(), 2);
    }
}
