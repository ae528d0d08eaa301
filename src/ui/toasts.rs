//! Notices at the bottom of the canvas: one sentence, at most one thing to click.

use super::icons::{Icon, paint_icon};
use super::look;
use super::turn::Turn;
use super::widgets;
use crate::session::{Command, Notice, Severity};
use egui::{Align2, Frame, Id, Label, Margin, Order, RichText, Sense, Ui, Vec2, vec2};
use std::collections::HashMap;

/// Seconds that a notice stays when nothing went wrong; warnings and errors stay until closed.
const SECONDS_SHOWN: f64 = 7.0;

/// When each notice was first shown.
#[derive(Default)]
pub struct Toasts {
    first_seen: HashMap<u64, f64>,
}

impl Toasts {
    /// Draws the newest notices, the newest lowest.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) {
        let now = ui.input(|input| input.time);
        let notices: Vec<Notice> = turn.session.notices().to_vec();
        self.first_seen
            .retain(|id, _| notices.iter().any(|notice| notice.id == *id));
        let mut next_end = f64::INFINITY;
        for notice in &notices {
            let since = *self.first_seen.entry(notice.id).or_insert(now);
            let end = since + SECONDS_SHOWN;
            if notice.severity == Severity::Info && now >= end {
                turn.push(Command::DismissNotice(notice.id));
            } else if notice.severity == Severity::Info {
                next_end = next_end.min(end);
            }
        }
        if next_end.is_finite() {
            ui.ctx()
                .request_repaint_after_secs((next_end - now).max(0.05) as f32);
        }
        let shown = &notices[notices.len().saturating_sub(4)..];
        if shown.is_empty() {
            return;
        }
        egui::Area::new(Id::unique("notices"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -40.0))
            .show(ui.ctx(), |ui| {
                ui.spacing_mut().item_spacing.y = 8.0;
                for notice in shown {
                    notice_ui(ui, turn, notice);
                }
            });
    }
}

fn notice_ui(ui: &mut Ui, turn: &mut Turn<'_>, notice: &Notice) {
    let frame = Frame::popup(ui.style()).inner_margin(Margin::symmetric(12, 6));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_max_width(520.0);
            let serious = notice.severity != Severity::Info;
            if serious {
                let (rect, _) = ui.allocate_exact_size(Vec2::splat(16.0), Sense::hover());
                paint_icon(ui.painter(), rect, Icon::Warning, 14.0, turn.look.warning);
            }
            let color = if serious {
                turn.look.warning
            } else {
                turn.look.text
            };
            let room = ui.available_width() - 110.0;
            ui.scope(|ui| {
                ui.set_max_width(room.max(120.0));
                ui.add(
                    Label::new(RichText::new(&notice.text).font(look::body()).color(color)).wrap(),
                );
            });
            if let Some((label, command)) = &notice.action
                && widgets::link(ui, turn.look, label).clicked()
            {
                turn.push(command.clone());
                turn.push(Command::DismissNotice(notice.id));
            }
            if widgets::icon_button(ui, turn.look, Icon::Close, "Close notice").clicked() {
                turn.push(Command::DismissNotice(notice.id));
            }
        });
    });
}
