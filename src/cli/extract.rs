//! `redstring extract`: entities and relations as data.

use super::arguments::{Arguments, DataFormat, Extract, RelationOption};
use super::console::{Console, Guarded, Written, to_stdout};
use super::progress::Meter;
use super::run::Ending;
use super::sources::{read_options, report_files, sources, take_lists};
use crate::error::Result;
use crate::session::{
    FileRecord, ReadOptions, RelationChoice, json, json_line, only_project, read_all,
    read_streaming, replace_file, summary,
};
use std::io::Write;

impl RelationOption {
    fn choice(self) -> RelationChoice {
        match self {
            Self::None => RelationChoice::None,
            Self::Stated => RelationChoice::Stated,
            Self::All => RelationChoice::All,
        }
    }
}

/// Carries out `redstring extract`.
///
/// # Errors
/// When the result could not be written, or the user interrupted.
pub(super) fn extract(arguments: &Arguments, task: &Extract, console: Console) -> Result<Ending> {
    let choice = task.relations.choice();
    if task.format == DataFormat::Jsonl {
        return extract_lines(arguments, task, console);
    }
    let mut options = options(arguments, task);
    let told = take_lists(&task.lists, &mut options, console)?;
    let mut meter = Meter::new(console);
    let sources = sources(&task.paths)?;
    // What once failed to be read into a project is no failure of this command.
    let is_stored = only_project(&sources).is_some();
    let read = read_all(sources, &options, &mut |p| meter.show(p));
    meter.finish();
    let (project, mut warnings) = read?;
    warnings.extend(told);
    let sound = is_stored || report_files(project.files(), console);
    let written = deliver(task, &mut |out| match task.format {
        DataFormat::Summary => summary(out, &project),
        _ => json(out, &project, &warnings, choice),
    })?;
    Ok(Ending::of(sound, &written))
}

fn options(arguments: &Arguments, task: &Extract) -> ReadOptions {
    let mut options = read_options(arguments);
    options.wanted.relations = task.relations != RelationOption::None;
    options
}

/// One document after the other, each line written as soon as its document is read.
fn extract_lines(arguments: &Arguments, task: &Extract, console: Console) -> Result<Ending> {
    let choice = task.relations.choice();
    let mut options = options(arguments, task);
    take_lists(&task.lists, &mut options, console)?;
    let mut files: Vec<FileRecord> = Vec::new();
    let mut meter = Meter::new(console);
    let written = deliver(task, &mut |out| {
        files = read_streaming(
            sources(&task.paths)?,
            &options,
            &mut |progress| meter.show(progress),
            &mut |project, warnings| {
                json_line(out, project, warnings, choice)?;
                out.flush()
                    .map_err(|cause| crate::error::Error::io("writing", cause))
            },
        )?;
        Ok(())
    });
    meter.finish();
    let written = written?;
    if matches!(written, Written::PipeClosed) {
        return Ok(Ending::Done);
    }
    Ok(Ending::of(report_files(&files, console), &written))
}

/// Writes to the file that was asked for, or to standard output.
fn deliver(
    task: &Extract,
    content: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
) -> Result<Written> {
    match &task.output {
        None => to_stdout(content),
        Some(path) => {
            replace_file(path, |out| content(&mut Guarded::new(out)))?;
            Ok(Written::Fully)
        }
    }
}
