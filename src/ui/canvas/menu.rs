//! The context menus of a node, a line and the background.

use super::view::CanvasView;
use crate::geometry::Point;
use crate::model::{EntityId, EntityKind, LayoutChoice, RelationId};
use crate::scene::Hit;
use crate::session::{Command, SelectMode};
use crate::ui::bidi::visual_order;
use crate::ui::{Request, ask};

/// Shows the menu if the right button or a key asked for it.
pub(super) fn context_ui(
    response: &egui::Response,
    target: Option<(Option<Hit>, Point)>,
    opened_by_key_at: Option<egui::Pos2>,
    view: &CanvasView,
    commands: &mut Vec<Command>,
) {
    let Some((hit, at_in_world)) = target else {
        return;
    };
    let mut popup = egui::Popup::context_menu(response);
    if let Some(at) = opened_by_key_at {
        popup = popup.at_position(at);
    }
    popup.show(|ui| {
        ui.set_min_width(190.0);
        match hit {
            Some(Hit::Entity(id)) if view.project.entity(id).is_some() => {
                node_ui(ui, id, view, commands);
            }
            Some(Hit::Relation(id)) if view.project.relation(id).is_some() => {
                line_ui(ui, id, view, commands);
            }
            _ => background_ui(ui, at_in_world, view, commands),
        }
    });
}

fn item(ui: &mut egui::Ui, enabled: bool, words: &str, act: impl FnOnce(&egui::Context)) {
    if ui.add_enabled(enabled, egui::Button::new(words)).clicked() {
        act(ui.ctx());
        ui.close();
    }
}

fn node_ui(ui: &mut egui::Ui, id: EntityId, view: &CanvasView, commands: &mut Vec<Command>) {
    let targets = view.targets_of(id);
    let many = targets.len() > 1;
    let title = match view.project.entity(id) {
        Some(entity) if !many => entity.name.clone(),
        _ => format!("{} selected", targets.len()),
    };
    ui.add(egui::Label::new(egui::RichText::new(visual_order(&title)).strong()).truncate());
    ui.separator();
    let edit = view.can_edit;
    let pinned = |id: &EntityId| view.project.placement(*id).pinned;
    if targets.iter().all(pinned) {
        item(ui, edit, "Unpin", |_| {
            commands.push(Command::Unpin(targets.clone()))
        });
    } else {
        item(ui, edit, "Pin", |_| {
            commands.push(Command::Pin(targets.clone()))
        });
    }
    item(ui, edit, "Hide", |_| {
        commands.push(Command::Hide(targets.clone()))
    });
    item(ui, edit, "Hide others", |_| {
        commands.push(Command::HideOthers(targets.clone()))
    });
    ui.menu_button("Focus", |ui| {
        for (words, steps) in [("Neighbors", 1), ("2 steps", 2), ("3 steps", 3)] {
            item(ui, true, words, |_| {
                commands.push(Command::FocusOn(targets.clone(), steps));
            });
        }
    });
    if view.saved.filters.around.is_some() {
        item(ui, true, "Leave the focus", |_| {
            commands.push(Command::LeaveFocus)
        });
    }
    item(ui, edit, "Show hidden neighbors", |_| {
        commands.push(Command::Expand(targets.clone()))
    });
    item(ui, edit, "Hide what hangs on it alone", |_| {
        commands.push(Command::Collapse(targets.clone()))
    });
    if many {
        item(ui, true, "Draw as one node", |_| {
            commands.push(Command::Group(targets.clone()))
        });
    }
    if targets
        .iter()
        .any(|&id| view.saved.groups.inside(id).next().is_some())
    {
        item(ui, true, "Draw one by one again", |_| {
            commands.push(Command::Ungroup(targets.clone()))
        });
    }
    item(ui, true, "Select neighbors", |_| {
        if !view.saved.selection.contains(&id) {
            commands.push(Command::Select(vec![id], SelectMode::Replace));
        }
        commands.push(Command::GrowSelection);
    });
    ui.separator();
    if many {
        item(ui, edit, "Merge…", |ctx| {
            ask(ctx, Request::Merge(targets.clone()))
        });
    } else {
        item(ui, edit, "Rename…", |ctx| ask(ctx, Request::Rename(id)));
    }
    if let [source, target] = targets[..] {
        item(ui, edit, "Add relation…", |ctx| {
            ask(ctx, Request::AddRelation(Some(source), Some(target)));
        });
    } else if !many {
        item(ui, edit, "Add relation…", |ctx| {
            ask(ctx, Request::AddRelation(Some(id), None))
        });
    }
    ui.add_enabled_ui(edit, |ui| {
        ui.menu_button("Change kind", |ui| kinds_ui(ui, &targets, view, commands));
    });
    ui.separator();
    item(ui, edit, "Not an entity", |_| {
        commands.push(Command::NotAnEntity(targets.clone()))
    });
    item(ui, edit, "Never an entity: add to list", |_| {
        commands.push(Command::NeverAnEntity(targets.clone()))
    });
    item(ui, edit, "Delete", |_| {
        commands.push(Command::Delete(targets.clone()))
    });
}

fn kinds_ui(
    ui: &mut egui::Ui,
    targets: &[EntityId],
    view: &CanvasView,
    commands: &mut Vec<Command>,
) {
    let is_kind = |kind: EntityKind| {
        targets
            .iter()
            .filter_map(|&id| view.project.entity(id))
            .all(|entity| entity.kind == kind)
    };
    for kind in EntityKind::ALL {
        let button = egui::Button::selectable(is_kind(kind), kind.title());
        if ui.add(button).clicked() {
            commands.push(Command::Retype(targets.to_vec(), kind));
            ui.close();
        }
    }
}

fn line_ui(ui: &mut egui::Ui, id: RelationId, view: &CanvasView, commands: &mut Vec<Command>) {
    let Some(relation) = view.project.relation(id) else {
        return;
    };
    for end in [relation.source, relation.target] {
        if let Some(entity) = view.project.entity(end) {
            let words = format!("Go to {}", crate::scene::shortened(&entity.name, 32));
            item(ui, true, &words, |_| commands.push(Command::FlyTo(end)));
        }
    }
    ui.separator();
    item(ui, view.can_edit, "Relation wrong", |_| {
        commands.push(Command::RemoveRelation(id))
    });
}

fn background_ui(
    ui: &mut egui::Ui,
    at_in_world: Point,
    view: &CanvasView,
    commands: &mut Vec<Command>,
) {
    let any = !view.visible.entities.is_empty();
    item(ui, view.can_edit, "Add entity here…", |ctx| {
        ask(ctx, Request::AddEntity(Some(at_in_world)));
    });
    ui.separator();
    item(ui, any, "Fit all", |_| commands.push(Command::FitAll));
    if view.saved.filters.around.is_some() {
        item(ui, true, "Leave the focus", |_| {
            commands.push(Command::LeaveFocus)
        });
    }
    ui.add_enabled_ui(any && view.can_edit, |ui| {
        ui.menu_button("Arrange", |ui| {
            for choice in LayoutChoice::ALL {
                let title = format!("Arrange {}", choice.manner());
                item(ui, true, &title, |_| {
                    commands.push(Command::StartLayout(choice))
                });
            }
        });
    });
    item(ui, any && view.can_edit, "Remove overlaps", |_| {
        commands.push(Command::RemoveOverlaps);
    });
    let hidden = view
        .project
        .placements()
        .any(|(_, placement)| placement.hidden);
    item(ui, hidden && view.can_edit, "Show hidden nodes", |_| {
        commands.push(Command::ShowAll)
    });
}
