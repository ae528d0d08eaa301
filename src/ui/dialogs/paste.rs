//! Pasted text becomes a document.

use super::frame::{Outcome, buttons, dialog};
use crate::session::Command;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{ScrollArea, TextEdit, Ui};

/// Longer texts are shown by their beginning only: laying them out in a field would stall.
const SHOWN: usize = 20_000;

/// The dialog while it is open.
pub struct PasteDialog {
    text: String,
    shown: bool,
}

impl PasteDialog {
    /// With the text pasted already, if any.
    pub fn new(text: String) -> Self {
        Self { text, shown: false }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(
            ui,
            turn,
            "Add pasted text as a document",
            560.0,
            |ui, turn| {
                let mut outcome = Outcome::Open;
                if self.text.len() > SHOWN {
                    let mut end = 600;
                    while !self.text.is_char_boundary(end) {
                        end -= 1;
                    }
                    ui.add(egui::Label::new(format!("{}…", &self.text[..end])).wrap());
                } else {
                    let first = !std::mem::replace(&mut self.shown, true);
                    ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                        let edit = TextEdit::multiline(&mut self.text)
                            .hint_text("Paste the text of a report here")
                            .desired_width(f32::INFINITY)
                            .desired_rows(10);
                        let response = ui.add(edit).accessible_name("Text");
                        if first {
                            response.request_focus();
                        }
                    });
                }
                let words = self.text.split_whitespace().count();
                widgets::caption(ui, turn.look, count(words, "word", "words"));
                if buttons(ui, turn, "Add document", words > 0, &mut outcome) {
                    turn.push(Command::PasteText(std::mem::take(&mut self.text)));
                }
                outcome
            },
        )
    }
}
