//! The command palette: every command by name.

use super::choose::{choose, keys_on_screen};
use super::dialogs::backdrop;
use super::look;
use super::turn::Turn;
use super::widgets;
use crate::model::normalized_name;
use crate::session::{COMMANDS, CommandEntry};
use egui::{Align, Align2, Id, Key, Modal, Modifiers, ScrollArea, TextEdit, Ui, vec2};

const ROW: f32 = 28.0;

/// The palette while it is open.
#[derive(Default)]
pub struct Palette {
    text: String,
    chosen: usize,
}

/// The commands whose titles or groups hold every word of `query`, in the order of the table.
pub fn fitting(query: &str) -> Vec<&'static CommandEntry> {
    let query = normalized_name(query);
    let words: Vec<&str> = query.split_whitespace().collect();
    COMMANDS
        .iter()
        .filter(|entry| {
            let name = normalized_name(&format!("{} {}", entry.group, entry.title));
            words.iter().all(|word| name.contains(word))
        })
        .collect()
}

impl Palette {
    /// Draws the palette; gives whether it is to be closed.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> bool {
        let step = ui.input_mut(|input| {
            let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown) as isize;
            let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp) as isize;
            down - up
        });
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let before = self.text.clone();
        let id = Id::unique("palette");
        // Held at its upper edge, so that the field stays put while the list grows shorter.
        let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, 96.0));
        let modal = Modal::new(id)
            .area(area)
            .backdrop_color(backdrop(turn.look));
        let modal = modal.show(ui.ctx(), |ui| {
            ui.set_width(440.0);
            let edit = TextEdit::singleline(&mut self.text)
                .hint_text("Type the name of a command")
                .desired_width(f32::INFINITY);
            let response = ui.add(edit).accessible_name("Command name");
            if !response.has_focus() {
                response.request_focus();
            }
            if self.text != before {
                self.chosen = 0;
            }
            let found = fitting(&self.text);
            self.chosen = self
                .chosen
                .saturating_add_signed(step)
                .min(found.len().saturating_sub(1));
            ui.add_space(8.0);
            self.list_ui(ui, turn, &found, step != 0)
                .or_else(|| enter.then(|| found.get(self.chosen).copied()).flatten())
        });
        if let Some(entry) = modal.inner {
            choose(ui.ctx(), turn, entry);
            return true;
        }
        modal.should_close()
    }

    fn list_ui(
        &self,
        ui: &mut Ui,
        turn: &Turn<'_>,
        found: &[&'static CommandEntry],
        moved: bool,
    ) -> Option<&'static CommandEntry> {
        if found.is_empty() {
            widgets::caption(ui, turn.look, "No command of that name");
        }
        let mut clicked = None;
        ScrollArea::vertical()
            .max_height(ROW * 12.0)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, &entry) in found.iter().enumerate() {
                    let (rect, response) =
                        widgets::row(ui, turn.look, ROW, index == self.chosen, entry.title);
                    if moved && index == self.chosen {
                        response.scroll_to_me(None);
                    }
                    let inner = rect.shrink2(vec2(8.0, 0.0));
                    let can = turn.session.can_choose(entry);
                    let color = if can {
                        turn.look.text
                    } else {
                        turn.look.weak.gamma_multiply(0.7)
                    };
                    widgets::paint_line(ui, inner, entry.title, look::body(), color, Align::Min);
                    let keys = entry
                        .shortcuts
                        .first()
                        .map(|keys| keys_on_screen(ui.ctx(), keys));
                    let keys = keys.unwrap_or_else(|| entry.group.to_owned());
                    widgets::paint_line(
                        ui,
                        inner,
                        &keys,
                        look::caption(),
                        turn.look.weak,
                        Align::Max,
                    );
                    if response.clicked() {
                        clicked = Some(entry);
                    }
                }
            });
        clicked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_fit() {
        let ids: Vec<&str> = fitting("circ lay").iter().map(|entry| entry.id).collect();
        assert_eq!(ids, ["layout_circular", "part_circular"]);
        assert_eq!(fitting("").len(), COMMANDS.len());
        assert!(fitting("xyzzy").is_empty());
    }
}
