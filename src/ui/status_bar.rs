//! The line at the bottom: counts that add up, what runs, what went wrong.

use super::icons::Icon;
use super::look;
use super::turn::Turn;
use super::widgets;
use super::words::{count, time_left};
use crate::model::{FileOutcome, Project};
use crate::session::{Command, JobView};
use egui::{Align, Layout, RichText, Sense, Ui, Vec2};

/// Counts of a project, recounted only when it changed.
#[derive(Default)]
pub struct StatusBar {
    counted_at: Option<u64>,
    text: String,
    troubles: usize,
}

/// "5 files · 38 documents · 310 entities · 95 stated relations".
pub fn counts(project: &Project) -> String {
    let stated = project.relations().filter(|r| r.is_stated()).count();
    [
        count(project.files().len(), "file", "files"),
        count(project.documents().len(), "document", "documents"),
        count(project.entities().len(), "entity", "entities"),
        count(stated, "stated relation", "stated relations"),
    ]
    .join(" · ")
}

impl StatusBar {
    /// Draws the bar; gives whether the user asked to see the files that failed.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) -> bool {
        let revision = turn.session.revision();
        if self.counted_at != Some(revision) {
            self.counted_at = Some(revision);
            self.text = counts(turn.project());
            self.troubles = turn
                .project()
                .files()
                .iter()
                .filter(|f| matches!(f.outcome, FileOutcome::Failed { .. }))
                .count();
        }
        let mut show_failed = false;
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().interact_size.y = 16.0;
            ui.spacing_mut().button_padding.y = 0.0;
            ui.label(
                RichText::new(&self.text)
                    .font(look::caption())
                    .color(turn.look.weak),
            );
            if self.troubles > 0 {
                let text = format!(
                    "{} could not be read",
                    count(self.troubles, "file", "files")
                );
                let (rect, _) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
                super::icons::paint_icon(
                    ui.painter(),
                    rect,
                    Icon::Warning,
                    12.0,
                    turn.look.warning,
                );
                ui.label(
                    RichText::new(text)
                        .font(look::caption())
                        .color(turn.look.warning),
                );
                show_failed = widgets::link(ui, turn.look, "Show").clicked();
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                for job in turn.session.jobs().to_vec() {
                    job_ui(ui, turn, &job);
                }
            });
        });
        show_failed
    }
}

fn job_ui(ui: &mut Ui, turn: &mut Turn<'_>, job: &JobView) {
    if job.can_cancel {
        let cancel =
            widgets::link(ui, turn.look, "Cancel").on_hover_text(format!("Stop: {}", job.title));
        if cancel.clicked() {
            turn.push(Command::CancelJob(job.id));
        }
    }
    let share = job
        .progress
        .filter(|(_, total)| *total > 0)
        .map(|(done, total)| done as f32 / total as f32);
    if job.progress.is_some() {
        widgets::progress(ui, turn.look, share, 96.0);
    }
    ui.label(
        RichText::new(job_text(job))
            .font(look::caption())
            .color(turn.look.weak),
    );
}

/// "Reading documents 12 of 41 · 20 s left".
pub fn job_text(job: &JobView) -> String {
    let mut text = job.title.clone();
    if let Some((done, total)) = job.progress.filter(|(_, total)| *total > 0) {
        text.push_str(&format!(
            " {} of {}",
            super::number(done),
            super::number(total)
        ));
    }
    if let Some(seconds) = job.seconds_left {
        text.push_str(&format!(" · {}", time_left(seconds)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_says_how_far_it_is() {
        let job = JobView {
            id: 1,
            title: "Reading documents".to_owned(),
            progress: Some((12, 1041)),
            seconds_left: Some(130.0),
            can_cancel: true,
        };
        assert_eq!(job_text(&job), "Reading documents 12 of 1,041 · 2 min left");
    }
}
