//! Documents: what was read, what is being read, and what could not be.

use crate::model::{Document, DocumentId, FileOutcome};
use crate::session::{Command, FileState};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::look;
use crate::ui::request::{Request, ask};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, short_path};
use egui::{Align, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};
use std::collections::BTreeSet;

const ROW: f32 = 44.0;
const FILE_ROW: f32 = 40.0;

/// The tab.
#[derive(Default)]
pub struct DocumentsTab {
    /// Only the files that failed or were left out.
    pub only_troubles: bool,
    listed_at: Option<u64>,
    documents: Vec<DocumentId>,
    troubles: Vec<(String, bool, String)>,
    files: usize,
}

impl DocumentsTab {
    /// Draws the tab.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        self.refresh(turn);
        if turn.session.is_reading() {
            reading_ui(ui, turn);
            return;
        }
        self.troubles_ui(ui, turn);
        if self.only_troubles && !self.troubles.is_empty() {
            self.trouble_list_ui(ui, turn);
            return;
        }
        if self.documents.is_empty() {
            widgets::empty_state(
                ui,
                turn.look,
                "No documents yet",
                "Drop reports or a folder here, or open them. Text, Markdown, HTML, PDF, DOCX, ODT and EML are read.",
            );
            ui.vertical_centered(|ui| {
                ui.add_space(8.0);
                if widgets::button(ui, "Open…", true).clicked() {
                    ask(ui.ctx(), Request::Open);
                }
            });
            return;
        }
        self.list_ui(ui, turn);
    }

    fn refresh(&mut self, turn: &Turn<'_>) {
        let revision = turn.session.revision();
        if self.listed_at == Some(revision) {
            return;
        }
        self.listed_at = Some(revision);
        self.documents = turn.project().documents().map(|d| d.id).collect();
        self.files = turn.project().files().len();
        self.troubles = turn
            .project()
            .files()
            .iter()
            .filter_map(|file| match &file.outcome {
                FileOutcome::Failed { reason } => Some((file.path.clone(), true, reason.clone())),
                FileOutcome::Skipped { reason } => Some((file.path.clone(), false, reason.clone())),
                FileOutcome::Read { .. } => None,
            })
            .collect();
        // Failures first: they are what a user has to act on.
        self.troubles.sort_by_key(|(_, failed, _)| !failed);
    }

    /// "3 of 41 files could not be read · Show".
    fn troubles_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>) {
        if self.troubles.is_empty() {
            return;
        }
        ui.add_space(4.0);
        let failed = self
            .troubles
            .iter()
            .filter(|(_, failed, _)| *failed)
            .count();
        let skipped = self.troubles.len() - failed;
        let files = count(self.files, "file", "files");
        let mut parts = Vec::new();
        if failed > 0 {
            parts.push(format!("{failed} of {files} could not be read"));
        }
        match (failed, skipped) {
            (_, 0) => {}
            (0, _) => parts.push(format!("{skipped} of {files} left out")),
            (_, _) => parts.push(format!("{skipped} left out")),
        }
        let text = parts.join(", ");
        let label = if self.only_troubles {
            "Show documents"
        } else {
            "Show"
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let mut color = turn.look.weak;
            if failed > 0 {
                color = turn.look.warning;
                let (rect, _) = ui.allocate_exact_size(Vec2::splat(16.0), Sense::hover());
                paint_icon(ui.painter(), rect, Icon::Warning, 13.0, color);
            }
            ui.label(egui::RichText::new(text).font(look::caption()).color(color));
            if widgets::link(ui, turn.look, label).clicked() {
                self.only_troubles = !self.only_troubles;
            }
        });
    }

    fn trouble_list_ui(&self, ui: &mut Ui, turn: &Turn<'_>) {
        ScrollArea::vertical()
            .id_salt("troubles")
            .auto_shrink(false)
            .show(ui, |ui| {
                for (path, failed, reason) in self.troubles.iter().take(500) {
                    ui.horizontal_top(|ui| {
                        let (rect, _) = ui.allocate_exact_size(Vec2::splat(18.0), Sense::hover());
                        let (icon, color) = if *failed {
                            (Icon::Warning, turn.look.warning)
                        } else {
                            (Icon::Skipped, turn.look.weak)
                        };
                        paint_icon(ui.painter(), rect, icon, 14.0, color);
                        ui.vertical(|ui| {
                            ui.add(egui::Label::new(short_path(path)).truncate())
                                .on_hover_text(path);
                            widgets::caption(ui, turn.look, reason);
                        });
                    });
                    ui.add_space(4.0);
                }
                if self.troubles.len() > 500 {
                    let rest = count(self.troubles.len() - 500, "more file", "more files");
                    widgets::caption(ui, turn.look, rest);
                }
            });
    }

    fn list_ui(&self, ui: &mut Ui, turn: &mut Turn<'_>) {
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        let filter = turn.view().filters.shown_documents(turn.project());
        ScrollArea::vertical()
            .id_salt("documents")
            .auto_shrink(false)
            .show_rows(ui, ROW, self.documents.len(), |ui, range| {
                for index in range {
                    let project = turn.project();
                    if let Some(document) = project.document(self.documents[index]) {
                        document_ui(ui, turn, document, filter.as_ref());
                    }
                }
            });
    }
}

fn document_ui(
    ui: &mut Ui,
    turn: &mut Turn<'_>,
    document: &Document,
    filter: Option<&BTreeSet<DocumentId>>,
) {
    let open = turn
        .session
        .reader()
        .is_some_and(|r| r.document == document.id);
    let title = document.display_title();
    let (rect, response) = widgets::row(ui, turn.look, ROW, open, &title);
    let shown = filter.is_none_or(|documents| documents.contains(&document.id));
    let box_rect = Rect::from_center_size(
        pos2(rect.left() + 15.0, rect.top() + 14.0),
        Vec2::splat(22.0),
    );
    let toggle = ui.interact(box_rect, response.id.with("shown"), Sense::click());
    toggle.widget_info(|| {
        WidgetInfo::selected(
            Role::CheckBox,
            true,
            shown,
            format!("Show what is in {title}"),
        )
    });
    widgets::paint_check(ui, turn.look, box_rect.center(), shown);
    widgets::focus_ring(ui, turn.look, &toggle, box_rect);
    let toggle = toggle.on_hover_text("Show what this document mentions");
    let text = Rect::from_min_max(
        pos2(rect.left() + 30.0, rect.top() + 4.0),
        rect.max - vec2(8.0, 4.0),
    );
    let (upper, lower) = text.split_top_bottom_at_fraction(0.55);
    let color = if shown {
        turn.look.text
    } else {
        turn.look.weak
    };
    widgets::paint_line(ui, upper, &title, look::body(), color, Align::Min);
    widgets::paint_line(
        ui,
        lower,
        &details(document),
        look::caption(),
        turn.look.weak,
        Align::Min,
    );
    if toggle.clicked() {
        toggle_document(turn, document.id);
    } else if response.clicked() {
        turn.push(Command::OpenDocument(document.id, None));
    }
    egui::Popup::context_menu(&response).show(|ui| {
        ui.set_min_width(180.0);
        if ui.button("Open").clicked() {
            turn.push(Command::OpenDocument(document.id, None));
        }
        let remove = ui
            .add_enabled(
                turn.can_edit(),
                egui::Button::new("Remove from the project"),
            )
            .on_hover_text("What came only from it goes too. The file stays. You can undo that.");
        if remove.clicked() {
            turn.push(Command::RemoveDocuments(vec![document.id]));
        }
    });
    let note: String = document.notes().map(|note| format!("\n{note}")).collect();
    response.on_hover_text(format!("{title}\n{}{note}", document.path));
}

/// Date and source, or the file where neither is known; the language where it is another than English.
pub(super) fn details(document: &Document) -> String {
    let mut parts = Vec::new();
    if let Some(date) = &document.date {
        parts.push(date.to_string());
    }
    if let Some(source) = &document.source {
        parts.push(source.clone());
    }
    if parts.is_empty() {
        parts.push(document.file_name().to_owned());
    }
    if let Some(language) = document.language.as_deref().filter(|l| *l != "English") {
        parts.push(format!("{language}: names are found less well"));
    }
    parts.join(" · ")
}

fn toggle_document(turn: &mut Turn<'_>, id: DocumentId) {
    let mut filters = turn.view().filters.clone();
    let all: BTreeSet<DocumentId> = turn.project().documents().map(|d| d.id).collect();
    let shown = filters.shown_documents(turn.project());
    let mut shown = shown.unwrap_or_else(|| all.clone());
    if !shown.remove(&id) {
        shown.insert(id);
    }
    filters.documents = (shown != all).then_some(shown);
    turn.push(Command::SetFilters(filters));
}

fn reading_ui(ui: &mut Ui, turn: &Turn<'_>) {
    let states = turn.session.file_states();
    let done = states
        .iter()
        .filter(|(_, state)| !matches!(state, FileState::Waiting | FileState::Reading))
        .count();
    ui.add_space(8.0);
    widgets::caption(
        ui,
        turn.look,
        format!("{done} of {} read", count(states.len(), "file", "files")),
    );
    let share = (!states.is_empty()).then(|| done as f32 / states.len() as f32);
    widgets::progress(ui, turn.look, share, ui.available_width());
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .id_salt("reading")
        .auto_shrink(false)
        .show_rows(ui, FILE_ROW, states.len(), |ui, range| {
            for (path, state) in &states[range] {
                file_ui(ui, turn, path, state);
            }
        });
}

fn file_ui(ui: &mut Ui, turn: &Turn<'_>, path: &str, state: &FileState) {
    let (icon, color, text) = match state {
        FileState::Waiting => (Icon::Waiting, turn.look.line, "Waiting".to_owned()),
        FileState::Reading => (Icon::Waiting, turn.look.accent, "Reading".to_owned()),
        FileState::Read(documents) => (
            Icon::Check,
            turn.look.accent,
            count(*documents, "document", "documents"),
        ),
        FileState::Skipped(reason) => (Icon::Skipped, turn.look.weak, reason.clone()),
        FileState::Failed(reason) => (Icon::Warning, turn.look.warning, reason.clone()),
    };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), FILE_ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{path}: {text}")));
    let slot = Rect::from_min_size(rect.min + vec2(4.0, 4.0), Vec2::splat(16.0));
    paint_icon(ui.painter(), slot, icon, 14.0, color);
    let mut inner = rect;
    inner.min.x += 28.0;
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.5);
    widgets::paint_line(
        ui,
        upper,
        &short_path(path),
        look::body(),
        turn.look.text,
        Align::Min,
    );
    widgets::paint_line(
        ui,
        lower,
        &text,
        look::caption(),
        turn.look.weak,
        Align::Min,
    );
    response.on_hover_text(format!("{path}\n{text}"));
}
