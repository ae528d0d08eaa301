//! What all dialogs share: the frame, the row of buttons, the path field.

use crate::session::Command;
use crate::ui::look;
use crate::ui::turn::{Turn, Work};
use crate::ui::widgets;
use egui::text_edit::TextEditState;
use egui::text_selection::CCursorRange;
use egui::{Align, Id, Key, Layout, Modal, Modifiers, RichText, TextEdit, Ui, vec2};
use std::path::PathBuf;

/// How a dialog's frame ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It is closed.
    Close,
}

/// What lies between a dialog and the window behind it.
pub fn backdrop(look: &look::Look) -> egui::Color32 {
    look.background.gamma_multiply(0.6)
}

/// Undo and redo by their keys in a dialog that changes the project while it stays open.
pub fn undo_keys(ui: &Ui, turn: &mut Turn<'_>) {
    let redo = Modifiers::COMMAND | Modifiers::SHIFT;
    for (modifiers, key, command) in [
        (redo, Key::Z, Command::Redo),
        (Modifiers::COMMAND, Key::Y, Command::Redo),
        (Modifiers::COMMAND, Key::Z, Command::Undo),
    ] {
        if ui.input_mut(|input| input.consume_key(modifiers, key)) {
            turn.push(command);
        }
    }
}

/// Draws a dialog of `width` points with its title. `content` says whether it is done.
pub fn dialog(
    ui: &Ui,
    turn: &mut Turn<'_>,
    title: &str,
    width: f32,
    content: impl FnOnce(&mut Ui, &mut Turn<'_>) -> Outcome,
) -> Outcome {
    let frame = egui::Frame::popup(ui.style())
        .inner_margin(20)
        .corner_radius(10);
    let backdrop = backdrop(turn.look);
    // Its own for each title: egui remembers sizes, and none shall be cut to that of another.
    let modal = Modal::new(Id::unique(("dialog", title)))
        .frame(frame)
        .backdrop_color(backdrop)
        .show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.label(
                RichText::new(title)
                    .font(look::heading())
                    .color(turn.look.text),
            );
            ui.add_space(8.0);
            content(ui, turn)
        });
    if modal.should_close() {
        return Outcome::Close;
    }
    modal.inner
}

/// The row of buttons at the foot: cancel, and the one that does it. Gives whether that was chosen;
/// sets `outcome` when the dialog is left.
pub fn buttons(
    ui: &mut Ui,
    turn: &Turn<'_>,
    label: &str,
    enabled: bool,
    outcome: &mut Outcome,
) -> bool {
    ui.add_space(16.0);
    let enter = enabled && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let mut done = enter;
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        done |= widgets::primary_button(ui, turn.look, label, enabled).clicked();
        if widgets::button(ui, "Cancel", true).clicked() {
            *outcome = Outcome::Close;
        }
    });
    if done {
        *outcome = Outcome::Close;
    }
    done
}

/// A labeled text field over the whole width.
pub fn field(ui: &mut Ui, turn: &Turn<'_>, label: &str, text: &mut String, take_focus: bool) {
    ui.add_space(4.0);
    let label = widgets::caption(ui, turn.look, label);
    let edit = TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(edit).labelled_by(label.id);
    if take_focus {
        response.request_focus();
        // Typing replaces what stands there.
        let mut state = TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
        let all = CCursorRange::select_all_str(text);
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), response.id);
    }
}

/// A field for a path with a button that opens the system's own dialog. That dialog may not exist
/// (no portal), so the field always works by itself.
pub fn path_field(
    ui: &mut Ui,
    turn: &Turn<'_>,
    label: &str,
    text: &mut String,
    take_focus: bool,
    browse: &str,
) -> bool {
    ui.add_space(4.0);
    let label = widgets::caption(ui, turn.look, label);
    let mut clicked = false;
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        clicked = widgets::button(ui, browse, true).clicked();
        let edit = TextEdit::singleline(text)
            .desired_width(ui.available_width())
            .margin(egui::Margin::symmetric(8, 5));
        let response = ui.add(edit).labelled_by(label.id);
        if take_focus {
            response.request_focus();
        }
    });
    clicked
}

/// Starts work on a thread of its own.
pub fn start(
    turn: &mut Turn<'_>,
    title: &str,
    run: impl FnOnce() -> Vec<crate::session::Command> + Send + 'static,
) {
    turn.work.push(Work {
        title: title.to_owned(),
        run: Box::new(run),
    });
}

/// The path that a user typed: `~` is the home folder, quotes around it are dropped.
pub fn typed_path(text: &str) -> Option<PathBuf> {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.is_empty() {
        return None;
    }
    let home = directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match (text.strip_prefix('~'), home) {
        (Some(""), Some(home)) => Some(home),
        (Some(rest), Some(home)) if rest.starts_with(['/', '\\']) => Some(home.join(&rest[1..])),
        _ => Some(PathBuf::from(text)),
    }
}

/// Where files go unless the user says otherwise: beside the project, else the home folder.
pub fn usual_folder(turn: &Turn<'_>) -> PathBuf {
    let beside = turn
        .session
        .path()
        .and_then(|path| path.parent())
        .map(ToOwned::to_owned);
    beside
        .or_else(|| directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_blanks_around_a_path_are_dropped() {
        assert_eq!(
            typed_path(" \"/tmp/a b.txt\" "),
            Some(PathBuf::from("/tmp/a b.txt"))
        );
        assert_eq!(typed_path("  "), None);
    }
}
