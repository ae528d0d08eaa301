//! Pictures and data files of what is shown, written on a thread of their own.

use super::command::{Command, ExportOptions};
use super::deliver::date_of_making;
use super::jobs::{JobPlan, JobSort};
use super::notices::Severity;
use super::reports::Report;
use super::{Session, ThemeChoice};
use crate::error::{Result, Warnings};
use crate::export::{
    DEFAULT_SIZE, Export, Footnotes, Format, MAX_SIDE, PictureOptions, RelationChoice,
};
use crate::model::{Edit, Project, Visible};
use crate::scene::Theme;
use crate::store;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What an export job works on: a snapshot.
struct ExportWork {
    project: Arc<Project>,
    visible: Visible,
    picture: PictureOptions,
}

impl Session {
    /// Writes a picture or data file; the extension names the format.
    pub(super) fn export(&mut self, path: PathBuf, options: &ExportOptions) {
        if path.extension().is_some_and(|e| e == "redstring") {
            self.save_as(path);
            return;
        }
        let prepared = Format::from_path(&path)
            .and_then(|format| Ok((format, self.export_work(options, Some(format))?)));
        let (format, work) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return self.notice_error(&error),
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let plan = JobPlan {
            title: format!("Writing {name}"),
            can_cancel: false,
            sort: JobSort::Shown,
        };
        self.jobs.start(plan, move |context| {
            let written = work.with(|export| export.write_file(&path, format));
            context.report(match written {
                Ok(()) => Report::Exported(path),
                Err(error) => Report::Failed(error),
            });
        });
    }

    /// Width and height in pixels of a picture of all that is shown, in the shape of that.
    pub fn proposed_picture_size(&self) -> [u32; 2] {
        /// To look at more would keep a dialog from opening.
        const MOST_NODES: usize = 20_000;
        let [width, height] = DEFAULT_SIZE;
        let usual = PictureOptions::of_pixels(width, height, Theme::light());
        match usual {
            Ok(usual) if self.visible().entities.len() <= MOST_NODES => {
                usual.shaped_for(self.project(), self.visible()).pixels()
            }
            _ => DEFAULT_SIZE,
        }
    }

    /// Makes the picture on screen for the clipboard.
    pub(super) fn copy_picture(&mut self) {
        let options = ExportOptions {
            camera: Some(self.camera()),
            ..ExportOptions::default()
        };
        let work = match self.export_work(&options, None) {
            Ok(work) => work,
            Err(error) => return self.notice_error(&error),
        };
        let plan = JobPlan {
            title: "Copying the picture".to_owned(),
            can_cancel: false,
            sort: JobSort::Shown,
        };
        self.jobs.start(plan, move |context| {
            context.report(match work.with(|export| export.pixels()) {
                Ok((width, height, pixels)) => Report::Picture(width, height, pixels),
                Err(error) => Report::Failed(error),
            });
        });
    }

    fn export_work(&self, options: &ExportOptions, format: Option<Format>) -> Result<ExportWork> {
        let theme = options.theme.unwrap_or(self.settings.theme);
        let mut picture = match options.camera {
            // As on screen: the same part of the picture, as many times larger as was asked for.
            Some(camera) => {
                let wanted = options.width.map(|width| width as f32 / self.viewport.x);
                let clearest = match format {
                    Some(Format::Png) => 2.0,
                    _ => 1.0,
                };
                let longest = self.viewport.x.max(self.viewport.y);
                let scale = wanted.unwrap_or(clearest).min(MAX_SIDE as f32 / longest);
                PictureOptions::of_screen(self.viewport, camera, scale, theme_of(theme))?
            }
            None => {
                let size = options.width.zip(options.height);
                let (width, height) = size.unwrap_or(self.proposed_picture_size().into());
                PictureOptions::of_pixels(width, height, theme_of(theme))?
            }
        };
        if options.camera.is_some() {
            let view = &self.project().view;
            picture.followed = view.selection.clone();
            picture.followed_relation = view.selected_relation;
        }
        if theme == ThemeChoice::Print {
            picture.title = self.name();
            picture.note = date_of_making();
        }
        let project = self.project_as_seen();
        let visible = self.visible().clone();
        if options.sources {
            picture.footnotes = Some(Footnotes::new(&project, &visible));
        }
        Ok(ExportWork {
            project,
            visible,
            picture,
        })
    }

    /// The project with the positions of the layout that runs.
    fn project_as_seen(&self) -> Arc<Project> {
        let Some((live, _)) = self.live_positions() else {
            return self.project().clone();
        };
        let positions = live.iter().collect();
        let mut seen = (**self.project()).clone();
        let edit = Edit::SettleLayout {
            layout: seen.layout(),
            positions,
        };
        if let Ok((_, patch)) = edit.plan(&seen, "") {
            seen.apply(patch);
        }
        Arc::new(seen)
    }

    pub(super) fn exported(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        self.notices.push(
            Severity::Info,
            format!("Saved {name}"),
            Some(("Show", Command::ShowFolder(folder))),
        );
    }

    /// Opens a folder in the system's file manager.
    pub(super) fn show_folder(&mut self, folder: PathBuf) {
        let plan = JobPlan {
            title: "Showing the folder".to_owned(),
            can_cancel: false,
            sort: JobSort::Timer,
        };
        self.jobs.start(plan, move |context| {
            let folder = std::path::absolute(&folder).unwrap_or(folder);
            let program = if cfg!(target_os = "macos") {
                "open"
            } else if cfg!(windows) {
                "explorer"
            } else {
                "xdg-open"
            };
            let opened = std::process::Command::new(program).arg(&folder).status();
            if let Err(cause) = opened {
                let error = crate::error::Error::io("showing the folder", cause);
                context.report(Report::Failed(error.at(folder)));
            }
        });
    }
}

impl ExportWork {
    fn with<T>(&self, write: impl FnOnce(&Export<'_>) -> Result<T>) -> Result<T> {
        write(&Export {
            project: &self.project,
            visible: &self.visible,
            warnings: &Warnings::default(),
            relations: RelationChoice::Stated,
            picture: &self.picture,
            made_on: &date_of_making(),
        })
    }
}

fn theme_of(choice: ThemeChoice) -> &'static Theme {
    match choice {
        ThemeChoice::Dark => Theme::dark(),
        ThemeChoice::Print => Theme::print(),
        ThemeChoice::Light | ThemeChoice::System => Theme::light(),
    }
}

/// Writes a project as a file of its own, for the command line.
///
/// # Errors
/// As [`store::save`].
pub fn save_project(path: &Path, project: &Project) -> Result<()> {
    store::save(path, project, &crate::model::History::default(), None).map(|_| ())
}
