//! Before the window closes on changes that the project's file does not have.

use super::frame::{Outcome, dialog};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::project_name;
use egui::{Align, Label, Layout, Ui, vec2};

/// What becomes of the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseChoice {
    /// They are saved, then the window closes.
    Save,
    /// The window closes without them.
    Discard,
}

/// The dialog.
pub struct CloseDialog;

impl CloseDialog {
    /// Draws the dialog; what was chosen goes to `choice`.
    pub fn show(
        &mut self,
        ui: &Ui,
        turn: &mut Turn<'_>,
        choice: &mut Option<CloseChoice>,
    ) -> Outcome {
        let name = project_name(turn.project().title(), turn.session.path());
        dialog(ui, turn, "Save before closing", 420.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            let text = if turn.session.path().is_some() {
                format!("{name} has changes that its file does not have yet.")
            } else {
                "This project has not been saved to a file yet.".to_owned()
            };
            ui.add(Label::new(text).wrap());
            widgets::caption(
                ui,
                turn.look,
                "Changes are kept automatically while Redstring runs. Closing without saving drops them.",
            );
            ui.add_space(16.0);
            let size = vec2(ui.available_width(), 28.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                let save = if turn.session.path().is_some() {
                    "Save"
                } else {
                    "Save as…"
                };
                if widgets::primary_button(ui, turn.look, save, true).clicked() {
                    *choice = Some(CloseChoice::Save);
                    outcome = Outcome::Close;
                }
                if widgets::button(ui, "Close without saving", true).clicked() {
                    *choice = Some(CloseChoice::Discard);
                    outcome = Outcome::Close;
                }
                if widgets::button(ui, "Cancel", true).clicked() {
                    outcome = Outcome::Close;
                }
            });
            outcome
        })
    }
}
