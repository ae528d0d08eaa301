//! Carrying out an entry of the table of commands, wherever it was chosen: menu, palette or key.

use super::request::{Request, ask};
use super::turn::Turn;
use super::widgets;
use crate::model::EntityId;
use crate::session::{CommandEntry, command_entry};
use egui::{Button, Context, Key, KeyboardShortcut, Modifiers, Ui};

/// Does what the entry says, if it can be done now.
pub fn choose(ctx: &Context, turn: &mut Turn<'_>, entry: &CommandEntry) {
    if !turn.session.can_choose(entry) {
        return;
    }
    if let Some(command) = turn.session.command_of(entry.id) {
        turn.push(command);
        return;
    }
    let selection: Vec<EntityId> = turn.view().selection.iter().copied().collect();
    let first = selection.first().copied();
    let request = match entry.id {
        "open" => Request::Open,
        "save_as" => Request::SaveAs,
        "export" => Request::Export,
        "find" => Request::Find,
        "rename" => match first {
            Some(entity) => Request::Rename(entity),
            None => return,
        },
        "merge" => Request::Merge(selection),
        "add_entity" => Request::AddEntity(None),
        "add_relation" => Request::AddRelation(first, selection.get(1).copied()),
        "lists" => Request::Lists,
        "duplicates" => Request::Duplicates(0),
        "added" => Request::Added,
        "account" => Request::Account,
        "corrections" => Request::Corrections,
        "toggle_left" => Request::ToggleLeft,
        "toggle_right" => Request::ToggleRight,
        "toggle_table" => Request::ToggleTable,
        "palette" => Request::Palette,
        "shortcuts" => Request::Shortcuts,
        "about" => Request::About,
        _ => return,
    };
    ask(ctx, request);
}

/// An entry as a line of a menu.
pub fn menu_entry(ui: &mut Ui, turn: &mut Turn<'_>, id: &str) {
    let Some(entry) = command_entry(id) else {
        return;
    };
    let mut button = Button::new(entry.title);
    if let Some(keys) = entry.shortcuts.first() {
        button = button.shortcut_text(keys_on_screen(ui.ctx(), keys));
    }
    if ui
        .add_enabled(turn.session.can_choose(entry), button)
        .clicked()
    {
        choose(ui.ctx(), turn, entry);
        ui.close();
    }
}

/// The keys of `Ctrl+Shift+P` for egui; `None` for a text that names no key.
pub fn parse_keys(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut key = None;
    for part in text.split('+') {
        match part {
            "Ctrl" => modifiers |= Modifiers::COMMAND,
            "Shift" => modifiers |= Modifiers::SHIFT,
            "Alt" => modifiers |= Modifiers::ALT,
            name => key = Key::from_name(name),
        }
    }
    Some(KeyboardShortcut::new(modifiers, key?))
}

/// The keys as this system writes them.
pub fn keys_on_screen(ctx: &Context, text: &str) -> String {
    parse_keys(text).map_or_else(|| text.to_owned(), |keys| ctx.format_shortcut(&keys))
}

/// Carries out the shortcuts pressed in this frame. While a text field has the keyboard only those
/// of the groups "Project" and "Help" and the search are heard, and only with Ctrl or a function key.
/// While something is dragged on the canvas, Escape is left to it.
pub fn shortcuts(ui: &Ui, turn: &mut Turn<'_>, dragging: bool) {
    let ctx = ui.ctx();
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let popup = egui::Popup::is_any_open(ctx);
    let mut keys: Vec<(KeyboardShortcut, &'static CommandEntry)> = crate::session::COMMANDS
        .iter()
        .flat_map(|entry| entry.shortcuts.iter().map(move |keys| (keys, entry)))
        .filter_map(|(keys, entry)| Some((parse_keys(keys)?, entry)))
        .chain(delete_by_backspace(ctx))
        .filter(|(keys, entry)| {
            let plain = keys.modifiers.is_none() || keys.modifiers.shift_only();
            let function = matches!(keys.logical_key, Key::F1 | Key::F2);
            let moves = is_arrow(keys.logical_key) && plain;
            let allowed = matches!(entry.group, "Project" | "Help") || entry.id == "find";
            let while_typing = allowed && (!plain || function);
            let typed = typing && !while_typing;
            let ends_other = (popup || dragging) && keys.logical_key == Key::Escape;
            let moves_focus = moves && focused;
            !(typed || ends_other || moves_focus)
        })
        .collect();
    // Ctrl+Shift+Z also fits Ctrl+Z: the one with more keys goes first.
    keys.sort_by_key(|(keys, _)| std::cmp::Reverse(modifier_count(keys.modifiers)));
    for (keys, entry) in keys {
        if ui.input_mut(|input| input.consume_shortcut(&keys)) {
            choose(ctx, turn, entry);
        }
    }
    // The window system turns Ctrl+C into a copy event, with Shift too.
    let copy_picture = !typing
        && ui.input(|input| {
            input.modifiers.shift && input.events.iter().any(|e| matches!(e, egui::Event::Copy))
        });
    if let Some(entry) = command_entry("copy_picture").filter(|_| copy_picture) {
        choose(ctx, turn, entry);
    }
}

/// Keyboards of Macs have no Delete but the key that is Backspace elsewhere.
fn delete_by_backspace(ctx: &Context) -> Option<(KeyboardShortcut, &'static CommandEntry)> {
    let backspace = KeyboardShortcut::new(Modifiers::NONE, Key::Backspace);
    let is_mac = ctx.os() == egui::os::OperatingSystem::Mac;
    is_mac.then_some(backspace).zip(command_entry("delete"))
}

fn is_arrow(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown
    )
}

fn modifier_count(modifiers: Modifiers) -> usize {
    usize::from(modifiers.command) + usize::from(modifiers.shift) + usize::from(modifiers.alt)
}

/// An icon button for an entry, with its keys and `detail` in the tooltip; `on` draws it switched on.
pub fn entry_button(
    ui: &mut Ui,
    turn: &mut Turn<'_>,
    icon: super::icons::Icon,
    id: &str,
    detail: Option<&str>,
    on: bool,
) {
    let Some(entry) = command_entry(id) else {
        return;
    };
    let enabled = turn.session.can_choose(entry);
    let response = widgets::icon_button_enabled(ui, turn.look, icon, entry.title, enabled, on);
    let keys = entry
        .shortcuts
        .first()
        .map(|keys| keys_on_screen(ui.ctx(), keys));
    let name = detail.map_or_else(
        || entry.title.to_owned(),
        |detail| format!("{}: {detail}", entry.title),
    );
    let tip: Vec<String> = [name].into_iter().chain(keys).collect();
    let clicked = response.clicked();
    response.on_hover_text(tip.join("\n"));
    if clicked {
        choose(ui.ctx(), turn, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::COMMANDS;

    #[test]
    fn every_key_of_the_table_exists() {
        for keys in COMMANDS.iter().flat_map(|entry| entry.shortcuts) {
            assert!(parse_keys(keys).is_some(), "{keys}");
        }
        assert!(parse_keys("Ctrl+Nothing").is_none());
    }
}
