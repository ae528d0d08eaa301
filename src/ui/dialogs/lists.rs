//! The user's own lists of names: what they hold, adding one from a file or by pasting, removing one.

use super::frame::{Outcome, buttons, dialog, path_field, start, typed_path};
use crate::model::{ListEntry, NameList};
use crate::session::Command;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{Align, Key, Layout, Modifiers, ScrollArea, TextEdit, Ui, vec2};

/// Entries of one list that are drawn; of the rest only the number.
const SHOWN: usize = 200;

/// The dialog while it is open.
#[derive(Default)]
pub struct ListsDialog {
    path: String,
    pasted: String,
    /// The list whose entries are shown.
    unfolded: Option<usize>,
    shown: bool,
}

impl ListsDialog {
    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Lists of names", 560.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            widgets::caption(
                ui,
                turn.look,
                "Names on a list take precedence over everything that is recognized, in the documents \
                 of this project and in those added later. What a list marks as never is no entity.",
            );
            self.lists_ui(ui, turn);
            self.add_ui(ui, turn, &mut outcome);
            let path = typed_path(&self.path);
            let pasted = !self.pasted.trim().is_empty();
            let ready = (path.is_some() || pasted) && turn.can_edit();
            if buttons(ui, turn, "Add list", ready, &mut outcome) {
                if pasted {
                    let text = std::mem::take(&mut self.pasted);
                    turn.push(Command::AddPastedList(text));
                } else if let Some(path) = path {
                    turn.push(Command::AddListFile(path));
                }
            }
            outcome
        })
    }

    fn lists_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        let project = turn.project();
        if project.lists().is_empty() {
            ui.add_space(8.0);
            widgets::caption(ui, turn.look, "There is no list yet.");
            return;
        }
        ScrollArea::vertical()
            .id_salt("lists")
            .max_height(220.0)
            .show(ui, |ui| {
                for (index, list) in project.lists().iter().enumerate() {
                    self.list_ui(ui, turn, index, list);
                }
            });
    }

    fn list_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, index: usize, list: &NameList) {
        let unfolded = self.unfolded == Some(index);
        let size = vec2(ui.available_width(), 30.0);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let remove = widgets::button(ui, "Remove", turn.can_edit())
                .on_hover_text("What the list named stays until you undo adding it")
                .accessible_name(format!("Remove {}", list.title));
            if remove.clicked() {
                turn.push(Command::RemoveList(index));
                self.unfolded = None;
            }
            let words = if unfolded { "Hide names" } else { "Show names" };
            let toggle = widgets::button(ui, words, true)
                .accessible_name(format!("{words} of {}", list.title));
            if toggle.clicked() {
                self.unfolded = (!unfolded).then_some(index);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(format!("{}: {}", list.title, size_of(list))).truncate());
            });
        });
        if unfolded {
            for entry in list.entries.iter().take(SHOWN) {
                widgets::caption(ui, turn.look, entry_words(entry));
            }
            if list.entries.len() > SHOWN {
                let rest = list.entries.len() - SHOWN;
                widgets::caption(ui, turn.look, format!("and {rest} more"));
            }
        }
    }

    fn add_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, outcome: &mut Outcome) {
        widgets::section(ui, turn.look, "Add a list", None);
        widgets::caption(
            ui,
            turn.look,
            "A CSV file with the columns name, kind, aliases. Kinds: person, unit, organization, \
             place, equipment, event, group, date, or never. Aliases are divided by ; or |.",
        );
        let first = !std::mem::replace(&mut self.shown, true);
        if path_field(
            ui,
            turn,
            "List file",
            &mut self.path,
            first,
            "Choose a file…",
        ) {
            start(turn, "Choosing a list", || {
                let file = rfd::FileDialog::new()
                    .set_title("Add a list of names")
                    .add_filter("Lists", &["csv", "tsv", "txt"])
                    .pick_file();
                file.map(Command::AddListFile).into_iter().collect()
            });
            *outcome = Outcome::Close;
        }
        ui.add_space(4.0);
        let label = widgets::caption(ui, turn.look, "Or paste it here");
        ScrollArea::vertical()
            .id_salt("pasted list")
            .max_height(110.0)
            .show(ui, |ui| {
                let edit = TextEdit::multiline(&mut self.pasted)
                    .hint_text("Storm Corps, unit, 11th Corps; Storm Corps of the KPA\nMonday Times, never")
                    .desired_width(f32::INFINITY)
                    .desired_rows(5);
                let response = ui.add(edit).labelled_by(label.id);
                if response.has_focus() {
                    // Here the key begins a new line and does not add the list.
                    ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
                }
            });
    }
}

/// "120 names, 3 never an entity".
fn size_of(list: &NameList) -> String {
    let (named, never) = list.counts();
    let names = count(named, "name", "names");
    match (named, never) {
        (_, 0) => names,
        (0, never) => format!("{} never an entity", count(never, "name", "names")),
        (_, never) => format!("{names}, {never} never an entity"),
    }
}

/// "Storm Corps · unit · 11th Corps".
fn entry_words(entry: &ListEntry) -> String {
    let kind = entry.kind.map_or("never an entity", |kind| kind.title());
    let aliases = entry.aliases.join(", ");
    if aliases.is_empty() {
        format!("{} · {kind}", entry.name)
    } else {
        format!("{} · {kind} · {aliases}", entry.name)
    }
}
