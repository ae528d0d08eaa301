//! `redstring export`: a picture, data or a project file.

use super::arguments::{Arguments, Export, Paper, PictureLayout, Theme};
use super::console::{Console, interrupted};
use super::interrupt;
use super::progress::Meter;
use super::run::Ending;
use super::sources::{read_options, report_files, sources, take_lists};
use crate::error::{Error, ErrorKind, Result};
use crate::session::{
    self, Format, LayoutChoice, PROJECT_FORMAT, PictureRequest, PictureSize, ThemeChoice,
    arrange_for, export_file, is_arranged, only_project, read_all,
};

/// Seed of a layout unless another is asked for.
const SEED: u64 = 1;

impl PictureLayout {
    fn choice(self) -> LayoutChoice {
        match self {
            Self::Force => LayoutChoice::Force,
            Self::Circular => LayoutChoice::Circular,
            Self::Radial => LayoutChoice::Radial,
            Self::Hierarchical => LayoutChoice::Hierarchical,
            Self::Grid => LayoutChoice::Grid,
            Self::Geographic => LayoutChoice::Geographic,
        }
    }
}

/// Carries out `redstring export`.
///
/// # Errors
/// When the file could not be written, or the user interrupted.
pub(super) fn export(arguments: &Arguments, task: &Export, console: Console) -> Result<Ending> {
    let format = format_of(task)?;
    let mut options = read_options(arguments);
    let told = take_lists(&task.lists, &mut options, console)?;
    let mut meter = Meter::new(console);
    let sources = sources(&task.paths)?;
    // What once failed to be read into a project is no failure of this command.
    let is_stored = only_project(&sources).is_some();
    let read = read_all(sources, &options, &mut |p| meter.show(p));
    meter.finish();
    let (mut project, mut warnings) = read?;
    warnings.extend(told);
    let sound = is_stored || report_files(project.files(), console);
    let asked_for = task.layout.is_some() || task.seed.is_some();
    let needs_places = Format::from_key(&format).is_none_or(Format::needs_places);
    if needs_places && (asked_for || !is_arranged(&project)) {
        let choice = task.layout.map_or(project.layout(), PictureLayout::choice);
        console.say(&format!("Arranging {} entities", project.entities().len()));
        let seed = task.seed.unwrap_or(SEED);
        let size = request(task).size.to_fill();
        arrange_for(&mut project, (choice, seed), size, &options)?;
    }
    if interrupt::requested() {
        return Err(interrupted());
    }
    console.say(&format!("Writing {}", task.output.display()));
    export_file(&task.output, &format, &project, &warnings, &request(task))?;
    Ok(if sound { Ending::Done } else { Ending::Partly })
}

/// The name of the format: the one asked for, or the extension.
fn format_of(task: &Export) -> Result<String> {
    if let Some(name) = &task.format {
        return Ok(name.clone());
    }
    let extension = task.output.extension().unwrap_or_default();
    let extension = extension.to_string_lossy().to_lowercase();
    let known: Vec<&str> = Format::ALL
        .iter()
        .map(|format| format.key())
        .chain([PROJECT_FORMAT])
        .collect();
    if known.contains(&extension.as_str()) {
        return Ok(extension);
    }
    let message = format!("the name must end in one of .{}", known.join(", ."));
    Err(Error::new(ErrorKind::Usage, message).at(&task.output))
}

fn request(task: &Export) -> PictureRequest {
    let size = match (task.width, task.height, task.paper, task.dpi) {
        (Some(width), Some(height), ..) => PictureSize::Pixels(width, height),
        (.., Some(paper), Some(dpi)) => PictureSize::Sheet(sheet(paper), dpi),
        _ => PictureSize::Default,
    };
    let theme = match task.theme {
        None | Some(Theme::Light) => ThemeChoice::Light,
        Some(Theme::Dark) => ThemeChoice::Dark,
        Some(Theme::Print) => ThemeChoice::Print,
    };
    PictureRequest {
        size,
        theme,
        sources: task.sources,
    }
}

fn sheet(paper: Paper) -> session::Paper {
    match paper {
        Paper::A4 => session::Paper::A4,
        Paper::A3 => session::Paper::A3,
        Paper::Letter => session::Paper::Letter,
    }
}
