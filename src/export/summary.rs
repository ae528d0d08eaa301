//! Counts that add up, a `name: number` on each line.

use super::write::saving_error;
use crate::error::Result;
use crate::model::{FilterRule, Project};
use std::io::Write;

/// Writes the counts of a project in the order that scripts rely on: read, skipped and failed files
/// add up to those found, the mentions that each rule left out to those filtered.
///
/// # Errors
/// When `out` fails.
pub fn summary(out: &mut dyn Write, project: &Project) -> Result<()> {
    for (name, count) in counts(project) {
        writeln!(out, "{name}: {count}").map_err(saving_error)?;
    }
    Ok(())
}

fn counts(project: &Project) -> Vec<(String, usize)> {
    let account = project.account();
    let left_out = &account.left_out;
    let mut counts = Vec::new();
    let mut put = |name: &str, count: usize| counts.push((name.to_owned(), count));
    put("files_found", account.files_found);
    put("files_read", account.files_read);
    put("files_skipped", account.files_skipped);
    put("files_failed", account.files_failed);
    put("documents", account.documents);
    put("sentences", account.sentences);
    put("mentions_kept", account.mentions_kept);
    put("mentions_filtered", left_out.mentions());
    put("entities", account.entities);
    put("relations_stated", account.relations_stated);
    put("relations_mentioned", account.relations_mentioned);
    for rule in FilterRule::ALL {
        let count = left_out.rules.get(&rule).copied();
        // Only projects of earlier versions have any of this.
        if rule != FilterRule::Unknown || count.is_some() {
            let name = format!("mentions_filtered_{}", rule.key());
            put(&name, count.unwrap_or(0));
        }
    }
    put("pairs_not_examined", left_out.pairs_not_examined);
    put("independent_sources", account.sources);
    counts
}
