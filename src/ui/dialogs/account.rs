//! What became of everything that was read: figures that add up, the rules that left mentions out, and
//! the files that gave nothing, each with its reason.

use super::frame::{Outcome, dialog};
use crate::model::{Account, FileOutcome, FilterRule};
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{number, short_path};
use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

/// Files that are listed of each sort; of the rest only the number.
const SHOWN: usize = 200;

/// The dialog while it is open.
#[derive(Default)]
pub struct AccountDialog {
    made_at: Option<u64>,
    account: Account,
}

impl AccountDialog {
    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        let revision = turn.session.revision();
        if self.made_at != Some(revision) {
            self.made_at = Some(revision);
            self.account = turn.project().account();
        }
        dialog(ui, turn, "Account of what was read", 560.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            ScrollArea::vertical()
                .id_salt("account")
                .max_height(460.0)
                .min_scrolled_height(460.0)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    self.figures_ui(ui, turn);
                    files_ui(ui, turn, "Files that failed", |outcome| match outcome {
                        FileOutcome::Failed { reason } => Some(reason),
                        _ => None,
                    });
                    files_ui(ui, turn, "Files left out", |outcome| match outcome {
                        FileOutcome::Skipped { reason } => Some(reason),
                        _ => None,
                    });
                });
            ui.add_space(12.0);
            let size = vec2(ui.available_width(), 28.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                if widgets::primary_button(ui, turn.look, "Close", true).clicked() {
                    outcome = Outcome::Close;
                }
            });
            outcome
        })
    }

    fn figures_ui(&self, ui: &mut Ui, turn: &Turn<'_>) {
        let account = &self.account;
        let rows = |ui: &mut Ui, title: &str, sum: usize, parts: &[(&str, usize)]| {
            widgets::section(ui, turn.look, title, Some(&number(sum)));
            for (what, figure) in parts {
                widgets::count_row(ui, turn.look, None, what, &number(*figure));
            }
        };
        rows(
            ui,
            "Files found",
            account.files_found,
            &[
                ("read", account.files_read),
                ("left out", account.files_skipped),
                ("failed", account.files_failed),
            ],
        );
        rows(
            ui,
            "Documents",
            account.documents,
            &[
                ("independent sources", account.sources),
                ("sentences", account.sentences),
            ],
        );
        rows(
            ui,
            "Mentions kept",
            account.mentions_kept,
            &[("entities that they name", account.entities)],
        );
        let rules: Vec<(&str, usize)> = FilterRule::ALL
            .into_iter()
            .filter_map(|rule| Some((rule.words(), *account.left_out.rules.get(&rule)?)))
            .collect();
        rows(ui, "Mentions left out", account.left_out.mentions(), &rules);
        rows(
            ui,
            "Relations",
            account.relations,
            &[
                ("stated", account.relations_stated),
                ("only mentioned together", account.relations_mentioned),
                ("only in the gazetteer", account.relations_of_gazetteer),
            ],
        );
        let pairs = account.left_out.pairs_not_examined;
        if pairs > 0 {
            let what = "Pairs in sentences too long for the model";
            rows(ui, what, pairs, &[]);
        }
    }
}

/// The files of one sort of outcome, each with its reason.
fn files_ui(
    ui: &mut Ui,
    turn: &Turn<'_>,
    title: &str,
    reason: impl Fn(&FileOutcome) -> Option<&String>,
) {
    let files = turn.project().files().iter();
    let files: Vec<(&str, &String)> = files
        .filter_map(|file| Some((file.path.as_str(), reason(&file.outcome)?)))
        .collect();
    if files.is_empty() {
        return;
    }
    widgets::section(ui, turn.look, title, Some(&number(files.len())));
    for (path, reason) in files.iter().take(SHOWN) {
        let text = RichText::new(short_path(path)).color(turn.look.text);
        ui.add(Label::new(text).truncate()).on_hover_text(*path);
        let text = RichText::new(reason.as_str())
            .font(look::caption())
            .color(turn.look.weak);
        ui.add(Label::new(text).wrap());
        ui.add_space(4.0);
    }
    if files.len() > SHOWN {
        let rest = number(files.len() - SHOWN);
        widgets::caption(ui, turn.look, format!("and {rest} more"));
    }
}
