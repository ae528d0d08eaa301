//! Likely duplicates, one pair at a time with both contexts side by side: the same, different, or later.

use super::frame::{Outcome, dialog, undo_keys};
use crate::model::{DocumentId, Entity, EntityId, Mention};
use crate::session::{Command, Duplicate};
use crate::ui::excerpt::sentence_around;
use crate::ui::look;
use crate::ui::panels::sentence_of_mention;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{Align, Event, Key, Label, Layout, Modifiers, RichText, ScrollArea, Ui, vec2};

/// Sentences that are shown of each of the two.
const SENTENCES: usize = 6;

/// What was decided of a pair.
#[derive(Clone, Copy, PartialEq)]
enum Decision {
    Same,
    Different,
    Later,
    Next,
    Back,
}

/// The dialog while it is open.
pub struct DuplicatesDialog {
    at: usize,
}

impl DuplicatesDialog {
    /// Begins at the pair of that place in the list.
    pub fn new(at: usize) -> Self {
        Self { at }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        undo_keys(ui, turn);
        let found = turn.session.duplicates();
        let count_pairs = found.pairs.len();
        self.at = self.at.min(count_pairs.saturating_sub(1));
        let pair = found.pairs.get(self.at);
        dialog(ui, turn, "Possible duplicates", 820.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            match pair {
                Some(pair) => {
                    let later = if pair.is_later {
                        " · left for later"
                    } else {
                        ""
                    };
                    let why = pair.reason.words();
                    let text = format!("{} of {count_pairs}: {why}{later}", self.at + 1);
                    widgets::caption(ui, turn.look, text);
                    ui.add_space(4.0);
                    both_ui(ui, turn, pair);
                    self.decide(ui, turn, pair, count_pairs);
                }
                None => widgets::empty_state(
                    ui,
                    turn.look,
                    "Nothing to decide",
                    "Names that are likely, but not surely, of one person, unit, organization or place \
                     are listed here.",
                ),
            }
            if found.not_examined > 0 {
                let pairs = count(found.not_examined, "more pair was", "more pairs were");
                let text = format!("{pairs} not compared: too many share a name");
                widgets::caption(ui, turn.look, text);
            }
            let size = vec2(ui.available_width(), 28.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                if widgets::button(ui, "Close", true).clicked() {
                    outcome = Outcome::Close;
                }
            });
            outcome
        })
    }

    fn decide(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, pair: &Duplicate, pairs: usize) {
        let can = turn.can_edit();
        let mut decision = decided_by_key(ui);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            for (label, tip, what) in [
                ("Same (A)", "Merge the two", Decision::Same),
                (
                    "Different (R)",
                    "Keep the two apart; they are not offered again",
                    Decision::Different,
                ),
                ("Later (L)", "Put it behind all others", Decision::Later),
                ("Back", "The pair before (Left)", Decision::Back),
                ("Next", "The pair after (Right)", Decision::Next),
            ] {
                let enabled = can || matches!(what, Decision::Next | Decision::Back);
                if widgets::button(ui, label, enabled)
                    .on_hover_text(tip)
                    .clicked()
                {
                    decision = Some(what);
                }
            }
            widgets::caption(ui, turn.look, "Each can be undone (Ctrl+Z).");
        });
        match decision {
            Some(Decision::Same) if can => {
                turn.push(Command::Merge(pair.into, vec![pair.other]));
            }
            Some(Decision::Different) if can => {
                turn.push(Command::Different(pair.into, pair.other));
            }
            // The pair moves behind the others, so that the next one takes its place.
            Some(Decision::Later) if can && !pair.is_later => {
                turn.push(Command::Later(pair.into, pair.other));
            }
            Some(Decision::Later | Decision::Next) => self.at = (self.at + 1) % pairs.max(1),
            Some(Decision::Back) => self.at = (self.at + pairs.max(1) - 1) % pairs.max(1),
            _ => {}
        }
    }
}

/// A key that is held goes through the list, and decides nothing of pairs that nobody has seen.
fn decided_by_key(ui: &Ui) -> Option<Decision> {
    let is_held = |key: Key| {
        let repeats =
            |event: &Event| matches!(event, Event::Key { key: of, repeat: true, .. } if *of == key);
        ui.input(|input| input.events.iter().any(repeats))
    };
    let goes_on = |decision| matches!(decision, Decision::Next | Decision::Back);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    [
        (Key::A, Decision::Same),
        (Key::R, Decision::Different),
        (Key::L, Decision::Later),
        (Key::ArrowRight, Decision::Next),
        (Key::ArrowDown, Decision::Next),
        (Key::ArrowLeft, Decision::Back),
        (Key::ArrowUp, Decision::Back),
    ]
    .into_iter()
    .find_map(|(key, decision)| {
        let is_new = goes_on(decision) || !is_held(key);
        (pressed(key) && is_new).then_some(decision)
    })
}

fn both_ui(ui: &mut Ui, turn: &mut Turn<'_>, pair: &Duplicate) {
    ui.columns(2, |columns| {
        for (ui, id) in columns.iter_mut().zip([pair.into, pair.other]) {
            // Columns justify, and sentences would be stretched.
            ui.with_layout(Layout::top_down(Align::Min), |ui| one_ui(ui, turn, id));
        }
    });
}

fn one_ui(ui: &mut Ui, turn: &mut Turn<'_>, id: EntityId) {
    let project = turn.project();
    let Some(entity) = project.entity(id) else {
        return;
    };
    let name = RichText::new(&entity.name)
        .font(look::heading())
        .color(turn.look.text);
    ui.add(Label::new(name).wrap());
    let mentions = count(entity.mentions.len(), "mention", "mentions");
    let documents = count(entity.document_count(), "document", "documents");
    let mut about = format!("{} · {mentions} in {documents}", entity.kind.title());
    if let Some(location) = &entity.location {
        about.push_str(&format!(" · {}", location.within()));
    }
    widgets::caption(ui, turn.look, about);
    let others: Vec<&str> = entity
        .aliases
        .iter()
        .map(String::as_str)
        .filter(|alias| *alias != entity.name)
        .take(6)
        .collect();
    if !others.is_empty() {
        widgets::caption(ui, turn.look, format!("Also: {}", others.join(", ")));
    }
    if let Some(role) = entity.roles.first() {
        widgets::caption(
            ui,
            turn.look,
            super::super::panels::sentence_case(&role.text),
        );
    }
    ui.add_space(4.0);
    ScrollArea::vertical()
        .id_salt(("context", id))
        .max_height(260.0)
        .min_scrolled_height(260.0)
        .show(ui, |ui| {
            for mention in one_of_each_sentence(turn, entity) {
                sentence_ui(ui, turn, entity, mention);
            }
        });
}

/// The first mentions of an entity, one of each sentence: "National Crime Agency (NCA)" is read once.
fn one_of_each_sentence<'a>(turn: &Turn<'_>, entity: &'a Entity) -> Vec<&'a Mention> {
    let mut seen: Option<(DocumentId, usize)> = None;
    let mut chosen = Vec::new();
    for mention in &entity.mentions {
        let covered =
            seen.is_some_and(|(document, end)| document == mention.document && mention.start < end);
        if covered || chosen.len() >= SENTENCES {
            continue;
        }
        if let Some(document) = turn.project().document(mention.document) {
            let [_, end] = sentence_around(&document.text, [mention.start, mention.end]);
            seen = Some((mention.document, end));
        }
        chosen.push(mention);
    }
    chosen
}

fn sentence_ui(ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity, mention: &Mention) {
    let Some(document) = turn.project().document(mention.document) else {
        return;
    };
    let width = ui.available_width() - 8.0;
    let (galley, _) = sentence_of_mention(ui, turn.look, document, entity, mention, width);
    ui.add(Label::new(galley));
    let title = RichText::new(document.display_title()).font(look::caption());
    ui.add(Label::new(title.color(turn.look.weak)).truncate());
    ui.add_space(4.0);
}
