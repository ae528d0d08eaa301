//! Open documents, folders or a project.

use super::frame::{Outcome, buttons, dialog, path_field, start, typed_path};
use crate::session::Command;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::Ui;

/// The dialog while it is open.
#[derive(Default)]
pub struct OpenDialog {
    path: String,
    shown: bool,
}

impl OpenDialog {
    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Open", 480.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            widgets::caption(
                ui,
                turn.look,
                "Documents are added to the project. A Redstring project takes the place of the one that is open.",
            );
            let first = !std::mem::replace(&mut self.shown, true);
            let label = "File or folder";
            if path_field(ui, turn, label, &mut self.path, first, "Choose files…") {
                start(turn, "Choosing files", || {
                    let files = rfd::FileDialog::new().set_title("Open").pick_files();
                    files.map(Command::OpenPaths).into_iter().collect()
                });
                outcome = Outcome::Close;
            }
            ui.add_space(8.0);
            if widgets::button(ui, "Choose a folder…", true).clicked() {
                start(turn, "Choosing a folder", || {
                    let folders = rfd::FileDialog::new()
                        .set_title("Open a folder")
                        .pick_folders();
                    folders.map(Command::OpenPaths).into_iter().collect()
                });
                outcome = Outcome::Close;
            }
            let path = typed_path(&self.path);
            if buttons(ui, turn, "Open", path.is_some(), &mut outcome)
                && let Some(path) = path
            {
                turn.push(Command::OpenPaths(vec![path]));
            }
            outcome
        })
    }
}
