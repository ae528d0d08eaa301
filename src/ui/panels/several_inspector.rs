//! Several nodes: how many of which kind, and what can be done with all of them.

use super::node_inspector::kind_menu;
use crate::model::{Entity, EntityId, EntityKind};
use crate::session::Command;
use crate::ui::look;
use crate::ui::request::{Request, ask};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{RichText, Ui};
use std::sync::Arc;

/// How many of the selected entities are listed.
const LISTED: usize = 60;

/// Draws the inspector of `entities`, two or more.
pub fn show(ui: &mut Ui, turn: &mut Turn<'_>, entities: &[&Arc<Entity>]) {
    ui.add_space(4.0);
    let title = format!("{} selected", count(entities.len(), "node", "nodes"));
    ui.label(
        RichText::new(title)
            .font(look::title())
            .color(turn.look.text),
    );
    let kinds: Vec<String> = EntityKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let found = entities.iter().filter(|e| e.kind == kind).count();
            let word = if found == 1 {
                kind.title()
            } else {
                kind.plural()
            };
            (found > 0).then(|| format!("{} {}", number(found), word.to_lowercase()))
        })
        .collect();
    widgets::caption(ui, turn.look, kinds.join(" · "));
    ui.add_space(8.0);
    actions_ui(ui, turn, entities);
    widgets::divider(ui, turn.look);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut listed: Vec<&Arc<Entity>> = entities.to_vec();
    listed.sort_by_key(|entity| (std::cmp::Reverse(entity.mentions.len()), entity.id));
    for entity in listed.into_iter().take(LISTED) {
        let figure = number(entity.mentions.len());
        if widgets::entity_row(ui, turn.look, entity.kind, &entity.name, &figure, false).clicked() {
            turn.push(Command::FlyTo(entity.id));
        }
    }
    if entities.len() > LISTED {
        let rest = count(entities.len() - LISTED, "more node", "more nodes");
        widgets::caption(ui, turn.look, format!("and {rest}"));
    }
}

fn actions_ui(ui: &mut Ui, turn: &mut Turn<'_>, entities: &[&Arc<Entity>]) {
    let ids: Vec<EntityId> = entities.iter().map(|e| e.id).collect();
    let can_edit = turn.can_edit();
    ui.horizontal_wrapped(|ui| {
        if widgets::button(ui, "Merge into…", can_edit).clicked() {
            ask(ui.ctx(), Request::Merge(ids.clone()));
        }
        if let [a, b] = ids.as_slice()
            && widgets::button(ui, "Add relation…", can_edit).clicked()
        {
            ask(ui.ctx(), Request::AddRelation(Some(*a), Some(*b)));
        }
        if let [a, b] = ids.as_slice()
            && !turn.project().are_different(*a, *b)
            && widgets::button(ui, "Keep apart", can_edit)
                .on_hover_text(
                    "They are not the same: they are not offered as duplicates, and stay two when \
                     documents are read again",
                )
                .clicked()
        {
            turn.push(Command::Different(*a, *b));
        }
        let pinned = ids.iter().all(|&id| turn.project().placement(id).pinned);
        let (label, command) = if pinned {
            ("Unpin", Command::Unpin(ids.clone()))
        } else {
            ("Pin", Command::Pin(ids.clone()))
        };
        if widgets::button(ui, label, can_edit).clicked() {
            turn.push(command);
        }
        if widgets::button(ui, "Hide", can_edit).clicked() {
            turn.push(Command::Hide(ids.clone()));
        }
        if widgets::button(ui, "Hide others", can_edit).clicked() {
            turn.push(Command::HideOthers(ids.clone()));
        }
        kind_menu(ui, turn, &ids, None);
        let wrong = widgets::button(ui, "Not an entity", can_edit)
            .on_hover_text("Remove them, and do not find these names again");
        if wrong.clicked() {
            turn.push(Command::NotAnEntity(ids.clone()));
        }
        if widgets::button(ui, "Delete", can_edit).clicked() {
            turn.push(Command::Delete(ids.clone()));
        }
    });
}
