//! What the last reading added; each line leads to its node or line.

use super::frame::{Outcome, dialog};
use crate::model::{EntityId, RelationId};
use crate::session::{Command, Duplicate};
use crate::ui::request::{Request, ask};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{Align, Layout, ScrollArea, Ui, vec2};
use std::collections::BTreeSet;

/// Lines that are drawn of each sort; of the rest only the number.
const SHOWN: usize = 200;

/// The dialog while it is open.
pub struct AddedDialog;

impl AddedDialog {
    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(
            ui,
            turn,
            "What the last documents added",
            560.0,
            |ui, turn| {
                let mut outcome = Outcome::Open;
                content_ui(ui, turn, &mut outcome);
                ui.add_space(12.0);
                let size = vec2(ui.available_width(), 28.0);
                ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                    if widgets::primary_button(ui, turn.look, "Close", true).clicked() {
                        outcome = Outcome::Close;
                    }
                });
                outcome
            },
        )
    }
}

fn content_ui(ui: &mut Ui, turn: &mut Turn<'_>, outcome: &mut Outcome) {
    let Some(added) = turn.session.last_added() else {
        widgets::empty_state(
            ui,
            turn.look,
            "Nothing was read yet",
            "After documents are added, what they brought is listed here.",
        );
        return;
    };
    let project = turn.project();
    let documents = count(added.documents.len(), "document", "documents");
    widgets::caption(ui, turn.look, documents);
    let (duplicates, figure) = among_new(&turn.session.duplicates().pairs, &added.entities);
    ScrollArea::vertical()
        .id_salt("added")
        .max_height(440.0)
        .min_scrolled_height(440.0)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            entities_ui(ui, turn, "New names", &added.entities, outcome);
            relations_ui(ui, turn, "New lines", &added.relations, outcome);
            entities_ui(ui, turn, "Named again", &added.named_again, outcome);
            relations_ui(ui, turn, "Strengthened lines", &added.strengthened, outcome);
            if !added.merged.is_empty() {
                section(ui, turn, "Now part of another", added.merged.len());
            }
            for (name, into) in added.merged.iter().take(SHOWN) {
                let Some(entity) = project.entity(*into) else {
                    continue;
                };
                let text = format!("{name} is {}", entity.name);
                if widgets::entity_row(ui, turn.look, entity.kind, &text, "", false).clicked() {
                    turn.push(Command::FlyTo(*into));
                    *outcome = Outcome::Close;
                }
            }
            if let Some(at) = duplicates {
                section(ui, turn, "Possible duplicates among the new names", figure);
                if widgets::link(ui, turn.look, "Review them").clicked() {
                    *outcome = Outcome::Close;
                    ask(ui.ctx(), Request::Duplicates(at));
                }
            }
        });
}

/// The first of the pairs that has a new entity, and how many have one. Asked in each frame: each pair
/// costs no more than a look into a set.
fn among_new(pairs: &[Duplicate], new: &[(EntityId, usize)]) -> (Option<usize>, usize) {
    let new: BTreeSet<EntityId> = new.iter().map(|(id, _)| *id).collect();
    let is_new = |pair: &Duplicate| new.contains(&pair.other) || new.contains(&pair.into);
    let first = pairs.iter().position(is_new);
    (first, pairs.iter().filter(|pair| is_new(pair)).count())
}

fn section(ui: &mut Ui, turn: &Turn<'_>, title: &str, figure: usize) {
    widgets::section(ui, turn.look, title, Some(&number(figure)));
}

fn entities_ui(
    ui: &mut Ui,
    turn: &mut Turn<'_>,
    title: &str,
    list: &[(EntityId, usize)],
    outcome: &mut Outcome,
) {
    if list.is_empty() {
        return;
    }
    section(ui, turn, title, list.len());
    for &(id, mentions) in list.iter().take(SHOWN) {
        let Some(entity) = turn.project().entity(id) else {
            continue;
        };
        let figure = count(mentions, "mention", "mentions");
        if widgets::entity_row(ui, turn.look, entity.kind, &entity.name, &figure, false).clicked() {
            turn.push(Command::FlyTo(id));
            *outcome = Outcome::Close;
        }
    }
    rest_ui(ui, turn, list.len());
}

fn relations_ui(
    ui: &mut Ui,
    turn: &mut Turn<'_>,
    title: &str,
    list: &[(RelationId, usize)],
    outcome: &mut Outcome,
) {
    if list.is_empty() {
        return;
    }
    section(ui, turn, title, list.len());
    for &(id, pieces) in list.iter().take(SHOWN) {
        let project = turn.project();
        let Some(relation) = project.relation(id) else {
            continue;
        };
        let (Some(source), Some(target)) = (
            project.entity(relation.source),
            project.entity(relation.target),
        ) else {
            continue;
        };
        let text = format!(
            "{} – {} – {}",
            source.name,
            relation.kind.phrase(),
            target.name
        );
        let figure = count(pieces, "sentence", "sentences");
        if widgets::entity_row(ui, turn.look, source.kind, &text, &figure, false).clicked() {
            turn.push(Command::FlyTo(source.id));
            turn.push(Command::SelectRelation(Some(id)));
            *outcome = Outcome::Close;
        }
    }
    rest_ui(ui, turn, list.len());
}

fn rest_ui(ui: &mut Ui, turn: &Turn<'_>, all: usize) {
    if all > SHOWN {
        widgets::caption(ui, turn.look, format!("and {} more", number(all - SHOWN)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::DuplicateReason;

    fn pair(into: u32, other: u32) -> Duplicate {
        Duplicate {
            into: EntityId(into),
            other: EntityId(other),
            reason: DuplicateReason::OneLetter,
            score: 0.5,
            is_later: false,
        }
    }

    #[test]
    fn pairs_with_a_new_name_are_counted_from_the_first() {
        let new = [(EntityId(7), 1), (EntityId(9), 1)];
        let pairs = [pair(1, 2), pair(7, 3), pair(4, 9), pair(5, 6)];
        assert_eq!(among_new(&pairs, &new), (Some(1), 2));
        assert_eq!(among_new(&pairs, &[]), (None, 0));
    }

    /// Comparing each pair with each new name takes five hundred million steps and more, many seconds.
    #[test]
    fn very_many_new_names_are_no_matter() {
        let new: Vec<(EntityId, usize)> = (0..500_000).map(|id| (EntityId(id), 1)).collect();
        let pairs = vec![pair(600_000, 700_000); 500];
        assert_eq!(among_new(&pairs, &new), (None, 0));
    }
}
