//! Nothing selected: the project at a glance, with counts that add up.

use crate::model::{EntityId, EntityKind};
use crate::session::Command;
use crate::ui::look;
use crate::ui::request::{Request, ask};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number, project_name};
use egui::{RichText, Ui};

/// Figures of the project as it was at a revision.
#[derive(Default)]
pub struct Overview {
    made_at: Option<u64>,
    kinds: Vec<(EntityKind, usize)>,
    most_mentioned: Vec<EntityId>,
    account: Vec<(&'static str, usize)>,
}

impl Overview {
    /// Draws the overview.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        self.refresh(turn);
        ui.add_space(4.0);
        let name = project_name(turn.project().title(), turn.session.path());
        ui.label(
            RichText::new(name)
                .font(look::title())
                .color(turn.look.text),
        );
        if turn.project().entities().len() == 0 {
            widgets::empty_state(
                ui,
                turn.look,
                "Nothing selected",
                "Click a node to see its names, relations and every mention in its sentence. Click a line to see the sentences behind it.",
            );
            return;
        }
        widgets::caption(
            ui,
            turn.look,
            "Click a node or a line to see what is known of it, and the sentences that say so.",
        );
        let total = number(turn.project().entities().len());
        widgets::section(ui, turn.look, "Entities", Some(&total));
        ui.spacing_mut().item_spacing.y = 0.0;
        for &(kind, found) in &self.kinds {
            widgets::count_row(ui, turn.look, Some(kind), kind.plural(), &number(found));
        }
        widgets::section(ui, turn.look, "Most mentioned", None);
        for &id in &self.most_mentioned {
            let project = turn.project();
            if let Some(entity) = project.entity(id) {
                let figure = count(entity.mentions.len(), "mention", "mentions");
                let row =
                    widgets::entity_row(ui, turn.look, entity.kind, &entity.name, &figure, false);
                if row.clicked() {
                    turn.push(Command::FlyTo(id));
                }
            }
        }
        widgets::section(ui, turn.look, "Account", None);
        for &(what, figure) in &self.account {
            widgets::count_row(ui, turn.look, None, what, &number(figure));
        }
        if widgets::link(ui, turn.look, "What was left out, and why").clicked() {
            ask(ui.ctx(), Request::Account);
        }
    }

    fn refresh(&mut self, turn: &Turn<'_>) {
        let revision = turn.session.revision();
        if self.made_at == Some(revision) {
            return;
        }
        self.made_at = Some(revision);
        let project = turn.project();
        self.kinds = EntityKind::ALL
            .into_iter()
            .map(|kind| (kind, project.entities().filter(|e| e.kind == kind).count()))
            .filter(|(_, found)| *found > 0)
            .collect();
        let mut entities: Vec<(usize, EntityId)> = project
            .entities()
            .filter(|e| EntityKind::SHOWN_AT_FIRST.contains(&e.kind))
            .map(|e| (e.mentions.len(), e.id))
            .collect();
        entities.sort_by_key(|&(mentions, id)| (std::cmp::Reverse(mentions), id));
        self.most_mentioned = entities.iter().take(8).map(|&(_, id)| id).collect();
        let account = project.account();
        self.account = vec![
            ("Files found", account.files_found),
            ("Files read", account.files_read),
            ("Files left out", account.files_skipped),
            ("Files that failed", account.files_failed),
            ("Documents", account.documents),
            ("Independent sources", account.sources),
            ("Sentences", account.sentences),
            ("Mentions kept", account.mentions_kept),
            ("Mentions left out", account.left_out.mentions()),
            ("Relations stated", account.relations_stated),
            ("Pairs only mentioned together", account.relations_mentioned),
            ("Corrections made by you", project.corrections().len()),
        ];
    }
}
