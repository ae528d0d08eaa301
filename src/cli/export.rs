//! `redstring export`: a picture, data or a project file.

use super::arguments::{Arguments, Export, PictureLayout};
use super::console::{Console, Guarded};
use super::progress::Meter;
use super::run::Ending;
use super::sources::{read_options, report_files, sources};
use crate::error::{Error, ErrorKind, Result, Warnings};
use crate::session::{
    Format, LayoutChoice, Project, RelationChoice, arrange, json, read_all, replace_file,
};

impl PictureLayout {
    fn choice(self) -> LayoutChoice {
        match self {
            Self::Force => LayoutChoice::Force,
            Self::Circular => LayoutChoice::Circular,
        }
    }
}

/// Carries out `redstring export`.
///
/// # Errors
/// When the file could not be written, or the user interrupted.
pub(super) fn export(arguments: &Arguments, task: &Export, console: Console) -> Result<Ending> {
    let format = match &task.format {
        Some(key) => Format::from_key(key)
            .ok_or_else(|| Error::new(ErrorKind::Usage, format!("there is no format {key}")))?,
        None => Format::from_path(&task.output)?,
    };
    let options = read_options(arguments);
    let mut meter = Meter::new(console);
    let read = read_all(sources(&task.paths)?, &options, &mut |p| meter.show(p));
    meter.finish();
    let (mut project, warnings) = read?;
    let sound = report_files(project.files(), console);
    if format != Format::Json {
        let choice = task.layout.map_or(project.layout(), PictureLayout::choice);
        console.say(&format!("Arranging {} entities", project.entities().len()));
        arrange(
            &mut project,
            choice,
            task.seed.unwrap_or(1),
            options.threads,
        )?;
    }
    write(task, format, &project, &warnings)?;
    Ok(if sound { Ending::Done } else { Ending::Partly })
}

fn write(task: &Export, format: Format, project: &Project, warnings: &Warnings) -> Result<()> {
    replace_file(&task.output, |out| {
        let mut out = Guarded::new(out);
        match format {
            Format::Json => json(&mut out, project, warnings, RelationChoice::Stated),
            _ => Err(Error::new(ErrorKind::Usage, "this format is not built yet")),
        }
    })
}
