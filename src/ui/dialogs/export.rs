//! Which picture or data file to write, how large, and where.

use super::frame::{Outcome, buttons, dialog, path_field, start, typed_path, usual_folder};
use super::save::file_name;
use crate::session::{Command, ExportOptions, ThemeChoice};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::project_name;
use egui::{DragValue, Ui};
use std::path::PathBuf;

/// A format with what it is for.
const FORMATS: [(&str, &str, &str); 7] = [
    ("png", "PNG", "A picture for screens and documents"),
    ("svg", "SVG", "A picture that can be edited and enlarged"),
    ("pdf", "PDF", "A page for print, fonts embedded"),
    (
        "json",
        "JSON",
        "Documents, entities, relations and their evidence",
    ),
    (
        "gexf",
        "GEXF",
        "The graph with places and colors, for Gephi and others",
    ),
    (
        "csv",
        "CSV",
        "The evidence of every line as a table, one row for each sentence",
    ),
    (
        "html",
        "HTML",
        "The evidence of every line as a page to read, to send and to print",
    ),
];

/// The dialog while it is open.
pub struct ExportDialog {
    format: usize,
    path: String,
    width: u32,
    height: u32,
    theme: ThemeChoice,
    whole: bool,
    sources: bool,
    shown: bool,
}

impl ExportDialog {
    /// Proposes a PNG named after the project.
    pub fn new(turn: &Turn<'_>) -> Self {
        let name = project_name(turn.project().title(), turn.session.path());
        let path = usual_folder(turn).join(format!("{}.png", file_name(&name)));
        let [width, height] = turn.session.proposed_picture_size();
        Self {
            format: 0,
            path: path.display().to_string(),
            width,
            height,
            theme: ThemeChoice::Print,
            whole: true,
            sources: false,
            shown: false,
        }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "Export", 500.0, |ui, turn| {
            let mut outcome = Outcome::Open;
            self.format_ui(ui, turn);
            if self.is_picture() {
                self.picture_ui(ui, turn);
            }
            let first = !std::mem::replace(&mut self.shown, true);
            if path_field(ui, turn, "File", &mut self.path, first, "Browse…") {
                self.browse(turn);
                outcome = Outcome::Close;
            }
            let path = typed_path(&self.path).map(|path| self.with_extension(path));
            if path.as_ref().is_some_and(|path| path.is_file()) {
                ui.add_space(4.0);
                widgets::warning(ui, turn.look, "This file exists and will be replaced.");
            }
            if buttons(ui, turn, "Export", path.is_some(), &mut outcome)
                && let Some(path) = path
            {
                turn.push(Command::Export(path, self.options(turn)));
            }
            outcome
        })
    }

    fn extension(&self) -> &'static str {
        FORMATS[self.format].0
    }

    fn is_picture(&self) -> bool {
        matches!(self.extension(), "png" | "svg" | "pdf")
    }

    fn with_extension(&self, path: PathBuf) -> PathBuf {
        let has = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case(self.extension()));
        if has {
            path
        } else {
            path.with_extension(self.extension())
        }
    }

    fn format_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for (index, (_, title, _)) in FORMATS.iter().enumerate() {
                if ui.selectable_label(self.format == index, *title).clicked() {
                    self.format = index;
                    if let Some(path) = typed_path(&self.path) {
                        self.path = path.with_extension(self.extension()).display().to_string();
                    }
                }
            }
        });
        widgets::caption(ui, turn.look, FORMATS[self.format].2);
        ui.add_space(4.0);
    }

    fn picture_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>) {
        let unit = if self.extension() == "png" {
            " px"
        } else {
            " pt"
        };
        egui::Grid::new("picture options")
            .num_columns(2)
            .spacing([16.0, 8.0])
            .show(ui, |ui| {
                ui.label("Size");
                ui.horizontal(|ui| {
                    let width = DragValue::new(&mut self.width)
                        .range(64..=16_384)
                        .suffix(unit);
                    ui.add(width).accessible_name("Width");
                    ui.label("by");
                    let height = DragValue::new(&mut self.height)
                        .range(64..=16_384)
                        .suffix(unit);
                    ui.add(height).accessible_name("Height");
                });
                ui.end_row();
                ui.label("Theme");
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 16.0;
                    for (theme, name) in [
                        (ThemeChoice::Print, "Print"),
                        (ThemeChoice::Light, "Light"),
                        (ThemeChoice::Dark, "Dark"),
                    ] {
                        ui.radio_value(&mut self.theme, theme, name);
                    }
                });
                ui.end_row();
                ui.label("Part");
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 16.0;
                    ui.radio_value(&mut self.whole, true, "Everything shown");
                    ui.radio_value(&mut self.whole, false, "As on screen");
                });
                ui.end_row();
                ui.label("Sources");
                ui.checkbox(&mut self.sources, "Number the lines and list their sources");
                ui.end_row();
            });
        let shown =
            crate::ui::words::count(turn.session.visible().entities.len(), "entity", "entities");
        widgets::caption(
            ui,
            turn.look,
            format!("{shown}, filters in force as in the window"),
        );
    }

    fn options(&self, turn: &Turn<'_>) -> ExportOptions {
        let picture = self.is_picture();
        ExportOptions {
            width: picture.then_some(self.width),
            height: picture.then_some(self.height),
            theme: picture.then_some(self.theme),
            sources: picture && self.sources,
            camera: if picture && !self.whole {
                turn.view().camera
            } else {
                None
            },
        }
    }

    fn browse(&self, turn: &mut Turn<'_>) {
        let options = self.options(turn);
        let (extension, title, _) = FORMATS[self.format];
        let name = typed_path(&self.path)
            .map(|path| self.with_extension(path))
            .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        start(turn, "Choosing a file", move || {
            let file = rfd::FileDialog::new()
                .set_title("Export")
                .set_file_name(name.unwrap_or_default())
                .add_filter(title, &[extension])
                .save_file();
            file.map(|path| Command::Export(path, options))
                .into_iter()
                .collect()
        });
    }
}
