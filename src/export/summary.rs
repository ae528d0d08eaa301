//! Counts that add up, a `name: number` on each line.

use super::json::{RelationChoice, is_written};
use super::write::saving_error;
use crate::error::Result;
use crate::model::{FileOutcome, Project, RelationKind};
use std::io::Write;

/// Writes the counts of a project in the order that scripts rely on; read, skipped and failed files
/// add up to those found.
///
/// # Errors
/// When `out` fails.
pub fn summary(out: &mut dyn Write, project: &Project) -> Result<()> {
    for (name, count) in counts(project) {
        writeln!(out, "{name}: {count}").map_err(saving_error)?;
    }
    Ok(())
}

fn counts(project: &Project) -> [(&'static str, usize); 11] {
    let files = |wanted: fn(&FileOutcome) -> bool| {
        let files = project.files().iter();
        files.filter(|file| wanted(&file.outcome)).count()
    };
    let documents = || project.documents();
    let relations = || project.relations();
    [
        ("files_found", project.files().len()),
        (
            "files_read",
            files(|o| matches!(o, FileOutcome::Read { .. })),
        ),
        (
            "files_skipped",
            files(|o| matches!(o, FileOutcome::Skipped { .. })),
        ),
        (
            "files_failed",
            files(|o| matches!(o, FileOutcome::Failed { .. })),
        ),
        ("documents", documents().len()),
        ("sentences", documents().map(|d| d.sentences).sum()),
        (
            "mentions_kept",
            project.entities().map(|e| e.mentions.len()).sum(),
        ),
        (
            "mentions_filtered",
            documents().map(|d| d.mentions_filtered).sum(),
        ),
        ("entities", project.entities().len()),
        (
            "relations_stated",
            relations()
                .filter(|r| is_written(r, RelationChoice::Stated))
                .count(),
        ),
        (
            "relations_mentioned",
            relations()
                .filter(|r| r.kind == RelationKind::MentionedWith)
                .count(),
        ),
    ]
}
