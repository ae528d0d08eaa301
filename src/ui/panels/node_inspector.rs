//! One node: names, kind, roles, relations, mentions, and what can be done with it.

use super::fields::fields_ui;
use super::mentions::MentionList;
use super::relations::RelationList;
use super::unit_editor::UnitEditor;
use super::why::why_ui;
use crate::model::{Entity, EntityId, EntityKind};
use crate::session::Command;
use crate::ui::bidi::{visual_order, wrapped};
use crate::ui::icons::{Icon, paint_kind};
use crate::ui::look;
use crate::ui::request::{Request, ask};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, documents_and_sources};
use egui::{Button, Key, Label, RichText, Sense, TextEdit, Ui, Vec2};

/// What the inspector of a node keeps between frames.
#[derive(Default)]
pub struct NodeInspector {
    relations: RelationList,
    mentions: MentionList,
    editing: Option<(EntityId, String)>,
    unit: UnitEditor,
    all_aliases: bool,
    /// Each alias is shown with the reason why it is one.
    why: bool,
    shown: Option<EntityId>,
}

impl NodeInspector {
    /// Draws everything about `entity`.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        if self.shown != Some(entity.id) {
            self.shown = Some(entity.id);
            self.all_aliases = false;
            self.why = false;
            self.editing = None;
            self.unit.close();
        }
        ui.add_space(4.0);
        self.name_ui(ui, turn, entity);
        ui.horizontal_wrapped(|ui| {
            kind_menu(ui, turn, &[entity.id], Some(entity.kind));
            let text = format!(
                "{} in {}",
                count(entity.mentions.len(), "mention", "mentions"),
                documents_and_sources(
                    entity.document_count(),
                    turn.project().independent_sources(entity.documents())
                ),
            );
            ui.label(
                RichText::new(text)
                    .font(look::caption())
                    .color(turn.look.weak),
            );
        });
        self.aliases_ui(ui, turn, entity);
        if !self.unit.is_open(entity) {
            fields_ui(ui, turn.look, entity);
        }
        self.unit.show(ui, turn, entity);
        super::fields::places_ui(ui, turn, entity);
        ui.scope(|ui| roles_ui(ui, turn, entity));
        ui.add_space(8.0);
        actions_ui(ui, turn, entity);
        widgets::divider(ui, turn.look);
        self.relations.show(ui, turn, entity);
        widgets::divider(ui, turn.look);
        self.mentions.show(ui, turn, entity);
    }

    fn name_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        if let Some((id, text)) = &mut self.editing {
            let id = *id;
            let edit = TextEdit::singleline(text)
                .id(egui::Id::unique("inspector name"))
                .font(look::heading())
                .desired_width(f32::INFINITY);
            let response = ui.add(edit).accessible_name("Name");
            if !response.has_focus() && !response.lost_focus() {
                response.request_focus();
            }
            if response.lost_focus() {
                let keep = !ui.input(|input| input.key_pressed(Key::Escape));
                let name = text.trim().to_owned();
                self.editing = None;
                if keep && !name.is_empty() && name != entity.name {
                    turn.push(Command::Rename(id, name));
                }
            }
            return;
        }
        ui.horizontal_top(|ui| {
            let width = ui.available_width() - 36.0;
            ui.scope(|ui| {
                ui.set_max_width(width);
                let text = wrapped(ui, &entity.name, look::title(), turn.look.text);
                let label = ui
                    .add(
                        Label::new(text)
                            .wrap()
                            .selectable(true)
                            .sense(Sense::click()),
                    )
                    .on_hover_text("Double-click to rename");
                if label.double_clicked() && turn.can_edit() {
                    self.editing = Some((entity.id, entity.name.clone()));
                }
            });
            let edit = widgets::icon_button_enabled(
                ui,
                turn.look,
                Icon::Edit,
                "Rename",
                turn.can_edit(),
                false,
            );
            if edit.on_hover_text("Rename").clicked() {
                self.editing = Some((entity.id, entity.name.clone()));
            }
        });
    }

    fn aliases_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        let others: Vec<&str> = entity
            .aliases
            .iter()
            .map(String::as_str)
            .filter(|alias| *alias != entity.name)
            .collect();
        if others.is_empty() {
            return;
        }
        if self.why {
            why_ui(ui, turn, entity, &others);
            if widgets::link(ui, turn.look, "Names only").clicked() {
                self.why = false;
            }
            return;
        }
        let most = if self.all_aliases { others.len() } else { 6 };
        let shown = others[..others.len().min(most)].join(", ");
        ui.add_space(2.0);
        widgets::caption(ui, turn.look, format!("Also: {shown}"));
        if widgets::link(ui, turn.look, "Why these names?").clicked() {
            self.why = true;
        }
        if others.len() > 6 {
            let label = if self.all_aliases {
                "Fewer".to_owned()
            } else {
                format!("{} more", others.len() - 6)
            };
            if widgets::link(ui, turn.look, label).clicked() {
                self.all_aliases = !self.all_aliases;
            }
        }
    }
}

fn roles_ui(ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
    let mut seen: Vec<String> = Vec::new();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = 20.0;
    for role in &entity.roles {
        let words = super::filters::sentence_case(&role.text);
        if seen.contains(&words) || seen.len() >= 8 {
            continue;
        }
        let text = RichText::new(visual_order(&words)).color(turn.look.text);
        seen.push(words);
        let response = ui
            .add(Button::new(text).frame(false).truncate())
            .on_hover_text("Show where the text says so");
        if response.clicked() {
            let span = [role.start, role.start + role.text.len()];
            turn.push(Command::OpenDocument(role.document, Some(span)));
        }
    }
}

fn actions_ui(ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
    let placement = turn.project().placement(entity.id);
    let can_edit = turn.can_edit();
    let id = entity.id;
    ui.horizontal_wrapped(|ui| {
        let (label, command) = if placement.pinned {
            ("Unpin", Command::Unpin(vec![id]))
        } else {
            ("Pin", Command::Pin(vec![id]))
        };
        let tip = if placement.pinned {
            "It stays where you put it. Unpin to let layouts move it."
        } else {
            "Keep it where it is: no layout moves it"
        };
        if widgets::button(ui, label, can_edit)
            .on_hover_text(tip)
            .clicked()
        {
            turn.push(command);
        }
        if placement.hidden {
            widgets::caption(ui, turn.look, "Hidden");
        } else if widgets::button(ui, "Hide", can_edit).clicked() {
            turn.push(Command::Hide(vec![id]));
        }
        if widgets::button(ui, "Merge…", can_edit).clicked() {
            ask(ui.ctx(), Request::Merge(vec![id]));
        }
        let more = ui.add_enabled(
            can_edit,
            Button::new("More").min_size(egui::vec2(0.0, 28.0)),
        );
        egui::Popup::menu(&more).show(|ui| more_ui(ui, turn, id));
    });
}

fn more_ui(ui: &mut Ui, turn: &mut Turn<'_>, id: EntityId) {
    ui.set_min_width(180.0);
    if ui.button("Add relation…").clicked() {
        ask(ui.ctx(), Request::AddRelation(Some(id), None));
    }
    if ui.button("Show in the picture").clicked() {
        turn.push(Command::FlyTo(id));
    }
    ui.separator();
    let wrong = ui
        .button("Not an entity")
        .on_hover_text("Remove it, and do not find this name again");
    if wrong.clicked() {
        turn.push(Command::NotAnEntity(vec![id]));
    }
    if ui.button("Delete").clicked() {
        turn.push(Command::Delete(vec![id]));
    }
}

/// A chip with the kind, and a menu to change it for all of `entities`.
pub(super) fn kind_menu(
    ui: &mut Ui,
    turn: &mut Turn<'_>,
    entities: &[EntityId],
    kind: Option<EntityKind>,
) {
    let title = kind.map_or("Change kind", EntityKind::title);
    let text = match kind {
        Some(_) => format!("     {title}"),
        None => title.to_owned(),
    };
    let response = ui
        .add_enabled(
            turn.can_edit(),
            Button::new(text).min_size(egui::vec2(0.0, 24.0)),
        )
        .on_hover_text("Change what kind of thing this is")
        .accessible_name(format!("Kind: {title}"));
    if let Some(kind) = kind {
        let at = egui::pos2(response.rect.left() + 15.0, response.rect.center().y);
        paint_kind(ui.painter(), at, 5.0, kind, turn.look.kind(kind));
    }
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(160.0);
        for other in EntityKind::ALL {
            if kind_row(ui, turn, other, kind == Some(other)) {
                turn.push(Command::Retype(entities.to_vec(), other));
                ui.close();
            }
        }
    });
}

fn kind_row(ui: &mut Ui, turn: &Turn<'_>, kind: EntityKind, on: bool) -> bool {
    let response = ui.selectable_label(on, format!("      {}", kind.title()));
    let slot = crate::ui::icons::left_slot(response.rect, 8.0, Vec2::splat(12.0).x);
    paint_kind(ui.painter(), slot.center(), 5.0, kind, turn.look.kind(kind));
    response.clicked()
}
