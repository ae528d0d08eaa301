//! Every mention of an entity in its sentence, by document.

use crate::model::{Document, DocumentId, Entity, EntityId, Mention};
use crate::session::Command;
use crate::ui::bidi;
use crate::ui::excerpt::sentence_around;
use crate::ui::look::{self, Look};
use crate::ui::marked::{self, Mark};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{Galley, Label, RichText, Sense, Ui};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How many mentions are listed at first, and added when more are asked for.
const PAGE: usize = 25;

/// The list.
#[derive(Default)]
pub struct MentionList {
    entity: Option<EntityId>,
    shown: usize,
    /// The mentions that are to be split off; `None` while nobody chooses.
    chosen: Option<BTreeSet<(DocumentId, usize)>>,
}

impl MentionList {
    /// Draws the list.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        if self.entity != Some(entity.id) {
            self.entity = Some(entity.id);
            self.shown = PAGE;
            self.chosen = None;
        }
        if let Some(chosen) = &mut self.chosen {
            // What is no longer a mention of it can be neither seen nor split off.
            let places = entity.mentions.iter().map(|m| (m.document, m.start));
            let places: BTreeSet<_> = places.collect();
            chosen.retain(|place| places.contains(place));
        }
        let figure = super::super::number(entity.mentions.len());
        widgets::section(ui, turn.look, "Mentions", Some(&figure));
        if entity.mentions.is_empty() {
            widgets::caption(
                ui,
                turn.look,
                "Added by you. Select words in a document to mark them as a mention of it.",
            );
            return;
        }
        self.split_ui(ui, turn, entity);
        let mut current: Option<DocumentId> = None;
        for mention in entity.mentions.iter().take(self.shown) {
            if current != Some(mention.document) {
                current = Some(mention.document);
                document_title_ui(ui, turn, mention.document);
            }
            match &mut self.chosen {
                Some(chosen) => {
                    let place = (mention.document, mention.start);
                    let mut on = chosen.contains(&place);
                    let name = format!("Split off {}", mention.text);
                    ui.horizontal_top(|ui| {
                        ui.checkbox(&mut on, "").accessible_name(name);
                        mention_ui(ui, turn, entity, mention);
                    });
                    if on {
                        chosen.insert(place);
                    } else {
                        chosen.remove(&place);
                    }
                }
                None => mention_ui(ui, turn, entity, mention),
            }
        }
        let rest = entity.mentions.len().saturating_sub(self.shown);
        if rest > 0 {
            let label = format!(
                "Show {}",
                count(rest.min(PAGE), "more mention", "more mentions")
            );
            if widgets::link(ui, turn.look, label).clicked() {
                self.shown += PAGE;
            }
        }
    }
}

impl MentionList {
    /// Choosing mentions that are of another entity.
    fn split_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        if entity.mentions.len() < 2 || !turn.can_edit() {
            self.chosen = None;
            return;
        }
        let Some(chosen) = &mut self.chosen else {
            if widgets::link(ui, turn.look, "Split mentions off…")
                .on_hover_text("Choose the mentions that are of somebody or something else")
                .clicked()
            {
                self.chosen = Some(BTreeSet::new());
            }
            return;
        };
        widgets::caption(
            ui,
            turn.look,
            "Choose the mentions that are of somebody or something else, by name or one by one.",
        );
        ui.horizontal_wrapped(|ui| {
            for (alias, places) in mentions_by_name(entity) {
                let on = places.iter().all(|place| chosen.contains(place));
                let many = count(places.len(), "mention", "mentions");
                // A box to tick says that it can be ticked; a bare name does not.
                let ticked = ui.checkbox(&mut { on }, alias).on_hover_text(many);
                if !ticked.changed() {
                    continue;
                }
                for place in places {
                    if on {
                        chosen.remove(&place);
                    } else {
                        chosen.insert(place);
                    }
                }
            }
        });
        let count_chosen = chosen.len();
        let can = count_chosen > 0 && count_chosen < entity.mentions.len();
        let mut done = false;
        ui.horizontal(|ui| {
            let label = format!("Split off {}", count(count_chosen, "mention", "mentions"));
            if widgets::button(ui, &label, can).clicked() {
                let mentions = chosen.iter().copied().collect();
                turn.push(Command::Split(entity.id, mentions, None));
                done = true;
            }
            done |= widgets::button(ui, "Cancel", true).clicked();
        });
        if done {
            self.chosen = None;
        }
    }
}

/// The names of an entity that stand in documents, each with its places. Looked up in each frame, so it
/// takes time linear in names and mentions.
fn mentions_by_name(entity: &Entity) -> Vec<(&str, Vec<(DocumentId, usize)>)> {
    let mut of_text: HashMap<&str, Vec<(DocumentId, usize)>> = HashMap::new();
    for mention in &entity.mentions {
        let places = of_text.entry(&mention.text).or_default();
        places.push((mention.document, mention.start));
    }
    let names = entity.aliases.iter();
    names
        .filter_map(|alias| Some((alias.as_str(), of_text.remove(alias.as_str())?)))
        .collect()
}

/// Title, date and source of a document as a line that opens it.
pub(super) fn document_title_ui(ui: &mut Ui, turn: &mut Turn<'_>, id: DocumentId) {
    let Some(document) = turn.project().document(id) else {
        return;
    };
    ui.add_space(6.0);
    let room = ui.available_width();
    let title = bidi::cut_to(ui, &document.display_title(), &look::caption(), room);
    let title = RichText::new(title)
        .font(look::caption())
        .color(turn.look.text);
    let response = ui
        .add(Label::new(title).truncate().sense(Sense::click()))
        .on_hover_text(super::documents::details(document));
    if response.clicked() {
        turn.push(Command::OpenDocument(id, None));
    }
}

fn mention_ui(ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity, mention: &Mention) {
    let Some(document) = turn.project().document(mention.document) else {
        return;
    };
    let width = ui.available_width() - 12.0;
    let (galley, sentence) = sentence_of_mention(ui, turn.look, document, entity, mention, width);
    if sentence_row(ui, turn, galley, sentence) {
        turn.push(Command::OpenDocument(
            mention.document,
            Some([mention.start, mention.end]),
        ));
    }
}

/// The sentence of a mention at most `width` points wide, the name marked in its kind's color, and its
/// words as the document has them.
pub fn sentence_of_mention<'a>(
    ui: &Ui,
    look: &Look,
    document: &'a Document,
    entity: &Entity,
    mention: &Mention,
    width: f32,
) -> (Arc<Galley>, &'a str) {
    let [start, end] = sentence_around(&document.text, [mention.start, mention.end]);
    let mark = Mark {
        range: [mention.start, mention.end],
        background: Some(look.tint(entity.kind)),
        underline: None,
        strong: false,
    };
    let sentence = &document.text[start..end];
    let job = marked::job(sentence, start, &[mark], &look::body(), look.text, width);
    (bidi::lay_out(ui, job).galley, sentence)
}

/// A sentence that can be clicked, a thin line at its left.
pub(super) fn sentence_row(
    ui: &mut Ui,
    turn: &Turn<'_>,
    galley: std::sync::Arc<egui::Galley>,
    name: &str,
) -> bool {
    let size = egui::vec2(ui.available_width(), galley.size().y + 8.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, 5.0, turn.look.hover);
    }
    let bar = egui::Rect::from_min_size(
        rect.min + egui::vec2(2.0, 4.0),
        egui::vec2(2.0, rect.height() - 8.0),
    );
    let color = if response.hovered() {
        turn.look.accent
    } else {
        turn.look.line
    };
    ui.painter().rect_filled(bar, 1.0, color);
    widgets::focus_ring(ui, turn.look, &response, rect);
    ui.painter()
        .galley(rect.min + egui::vec2(12.0, 4.0), galley, turn.look.text);
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityKind;

    /// As many names, `mentions` times each, one after the other in one document.
    fn entity(names: usize, mentions: usize) -> Entity {
        let aliases: Vec<String> = (0..names).map(|n| format!("Ada {n}")).collect();
        let places = (0..names * mentions).map(|at| Mention {
            document: DocumentId(0),
            start: at * 10,
            end: at * 10 + 5,
            text: aliases[at % names].clone(),
            score: 1.0,
        });
        Entity {
            id: EntityId(0),
            kind: EntityKind::Person,
            name: "Ada".to_owned(),
            mentions: places.collect(),
            aliases,
            roles: Vec::new(),
            by_user: false,
            told: None,
            unit: None,
            date: None,
            location: None,
        }
    }

    #[test]
    fn each_name_has_its_mentions_and_one_that_no_text_has_is_not_offered() {
        let mut entity = entity(2, 2);
        entity.aliases.push("Countess".to_owned());
        let place = |start| (DocumentId(0), start);
        assert_eq!(
            mentions_by_name(&entity),
            [
                ("Ada 0", vec![place(0), place(20)]),
                ("Ada 1", vec![place(10), place(30)])
            ]
        );
    }

    /// Comparing each name with each mention takes two thousand million steps, more than half a minute.
    #[test]
    fn very_many_names_and_mentions_are_grouped_at_once() {
        let entity = entity(20_000, 5);
        assert_eq!(mentions_by_name(&entity).len(), 20_000);
    }
}
