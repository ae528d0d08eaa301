//! Under which name to keep the project.

use super::frame::{Outcome, buttons, dialog, path_field, start, typed_path, usual_folder};
use crate::session::Command;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::project_name;
use egui::Ui;

/// The dialog while it is open.
pub struct SaveDialog {
    path: String,
    shown: bool,
}

impl SaveDialog {
    /// Proposes the project's own file, or one named after it.
    pub fn new(turn: &Turn<'_>) -> Self {
        let proposed = turn.session.path().map_or_else(
            || {
                let name = project_name(turn.project().title(), None);
                usual_folder(turn).join(format!("{}.redstring", file_name(&name)))
            },
            ToOwned::to_owned,
        );
        Self {
            path: proposed.display().to_string(),
            shown: false,
        }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Save project", 480.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            let first = !std::mem::replace(&mut self.shown, true);
            if path_field(ui, turn, "Project file", &mut self.path, first, "Browse…") {
                let name = typed_path(&self.path)
                    .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
                start(turn, "Choosing a file", move || {
                    let file = rfd::FileDialog::new()
                        .set_title("Save project")
                        .set_file_name(name.unwrap_or_default())
                        .add_filter("Redstring project", &["redstring"])
                        .save_file();
                    file.map(Command::SaveAs).into_iter().collect()
                });
                outcome = Outcome::Close;
            }
            let path = typed_path(&self.path).map(|path| match path.extension() {
                None => path.with_extension("redstring"),
                Some(_) => path,
            });
            if path
                .as_ref()
                .is_some_and(|path| path.is_file() && Some(path.as_path()) != turn.session.path())
            {
                ui.add_space(4.0);
                widgets::warning(ui, turn.look, "This file exists and will be replaced.");
            }
            if buttons(ui, turn, "Save", path.is_some(), &mut outcome)
                && let Some(path) = path
            {
                turn.push(Command::SaveAs(path));
            }
            outcome
        })
    }
}

/// A name without what file systems refuse.
pub(super) fn file_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_control() || r#"\/:*?"<>|"#.contains(c) {
                '-'
            } else {
                c
            }
        })
        .take(80)
        .collect();
    name.trim().to_owned()
}
