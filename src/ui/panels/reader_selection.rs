//! Words selected in the reader, and the bar that makes a mention of them.

use crate::model::{Document, EntityKind};
use crate::session::Command;
use crate::ui::icons::{left_slot, paint_kind};
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Button, Label, RichText, Ui};
use unicode_segmentation::UnicodeSegmentation;

/// A longer selection cannot be a name.
const LONGEST_NAME: usize = 200;

/// Bytes between where a drag began and where it is.
#[derive(Default)]
pub struct Selection {
    ends: Option<[usize; 2]>,
}

impl Selection {
    /// Nothing is selected.
    pub fn clear(&mut self) {
        self.ends = None;
    }

    /// A drag begins.
    pub fn begin(&mut self, byte: usize) {
        self.ends = Some([byte, byte]);
    }

    /// A drag goes on.
    pub fn extend(&mut self, byte: usize) {
        if let Some(ends) = &mut self.ends {
            ends[1] = byte;
        }
    }

    /// Selects the word at `byte`.
    pub fn word(&mut self, text: &str, byte: usize) {
        let low = text[..byte].rfind(['\n', ' ']).map_or(0, |at| at + 1);
        let high = text[byte..]
            .find(['\n', ' '])
            .map_or(text.len(), |at| byte + at);
        self.ends = text[low..high]
            .unicode_word_indices()
            .map(|(at, word)| [low + at, low + at + word.len()])
            .find(|range| (range[0]..=range[1]).contains(&byte));
    }

    /// The selected bytes as drawn; `None` when empty.
    pub fn raw_range(&self) -> Option<[usize; 2]> {
        let [a, b] = self.ends?;
        (a != b).then_some([a.min(b), a.max(b)])
    }

    /// The selected bytes without blanks at the ends; `None` when nothing is left.
    pub fn range(&self, text: &str) -> Option<[usize; 2]> {
        let [start, end] = self.raw_range()?;
        let words = text.get(start..end)?;
        let trimmed = words.trim_start();
        let start = end - trimmed.len();
        let end = start + trimmed.trim_end().len();
        (start < end).then_some([start, end])
    }

    /// Copies the selected words when the user asks for that outside of fields.
    pub fn copy(&self, ui: &Ui, text: &str) {
        if let Some([start, end]) = self.raw_range()
            && !ui.ctx().text_edit_focused()
            && ui.input(|input| input.events.iter().any(|e| matches!(e, egui::Event::Copy)))
        {
            ui.ctx().copy_text(text[start..end].to_owned());
        }
    }
}

/// "Mark as person, unit, organization, place · Mention of …"; gives whether something was chosen.
pub fn mark_bar_ui(
    ui: &mut Ui,
    turn: &mut Turn<'_>,
    document: &Document,
    range: [usize; 2],
) -> bool {
    let [start, end] = range;
    let words = &document.text[start..end];
    if words.len() > LONGEST_NAME || words.contains('\n') {
        widgets::caption(ui, turn.look, "Select a name within one line to mark it.");
        return false;
    }
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        let text = RichText::new(format!("Mark “{words}” as"))
            .font(look::caption())
            .color(turn.look.weak);
        ui.add(Label::new(text).truncate());
        for kind in EntityKind::SHOWN_AT_FIRST {
            let button = Button::new(format!("     {}", kind.title()));
            let response = ui
                .add_enabled(turn.can_edit(), button)
                .accessible_name(format!("Mark as {}", kind.title().to_lowercase()));
            let at = left_slot(response.rect, 10.0, 10.0).center();
            paint_kind(ui.painter(), at, 5.0, kind, turn.look.kind(kind));
            if response.clicked() {
                chosen = Some(Command::MarkEntity(document.id, start, end, kind));
            }
        }
        let selection = &turn.view().selection;
        let only = selection.first().filter(|_| selection.len() == 1);
        if let Some(entity) = only.and_then(|&id| turn.project().entity(id)) {
            let name: String = entity.name.chars().take(32).collect();
            if widgets::button(ui, &format!("Mention of {name}"), turn.can_edit()).clicked() {
                chosen = Some(Command::MarkMention(document.id, start, end, entity.id));
            }
        }
    });
    let done = chosen.is_some();
    turn.commands.extend(chosen);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_at_the_ends_are_not_part_of_a_name() {
        let text = "met  Ada Berg  there";
        let mut selection = Selection::default();
        selection.begin(15);
        selection.extend(4);
        assert_eq!(selection.range(text), Some([5, 13]));
        selection.extend(15);
        assert_eq!(selection.range(text), None);
    }

    #[test]
    fn a_double_click_takes_the_word() {
        let text = "met “Ada” there";
        let mut selection = Selection::default();
        selection.word(text, text.find("da").unwrap());
        assert_eq!(selection.range(text).map(|[a, b]| &text[a..b]), Some("Ada"));
    }
}
