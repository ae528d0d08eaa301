//! The evidence as a table (RFC 4180): one row for each sentence, for spreadsheets and scripts.
//!
//! It begins with a byte-order mark, without which spreadsheets take names in other alphabets for
//! Latin letters; readers of CSV know to skip it. Cells that a spreadsheet would take for a formula
//! get an apostrophe before them.

use super::excerpt;
use super::listing::{Line, Listing, Piece};
use crate::error::Result;
use crate::export::write::saving_error;
use crate::model::{Document, Origin, Project, Visible};
use std::io::{self, Write};

const COLUMNS: [&str; 28] = [
    "Line",
    "Source",
    "Source kind",
    "Relation",
    "Target",
    "Target kind",
    "Label",
    "Line status",
    "Disputed",
    "Period",
    "Line score",
    "Source number",
    "Document",
    "File",
    "Publisher",
    "Document date",
    "Sentence",
    "Words for source",
    "Deciding words",
    "Words for target",
    "Status",
    "According to",
    "Date",
    "Score",
    "Method",
    "Origin",
    "Note",
    "Independent sources",
];

/// Writes a row for each piece of evidence of the shown stated relations.
///
/// # Errors
/// When `out` fails.
pub(in crate::export) fn csv(
    out: &mut dyn Write,
    project: &Project,
    visible: &Visible,
) -> Result<()> {
    write_all(out, &Listing::new(project, visible)).map_err(saving_error)
}

fn write_all(out: &mut dyn Write, listing: &Listing<'_>) -> io::Result<()> {
    out.write_all("\u{FEFF}".as_bytes())?;
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    table.write_record(COLUMNS)?;
    for line in &listing.lines {
        for piece in &line.pieces {
            table.write_record(cells(listing.project, line, piece).map(cell))?;
        }
    }
    table.flush()
}

fn cells(project: &Project, line: &Line<'_>, piece: &Piece<'_>) -> [String; 28] {
    let (relation, evidence) = (line.relation, piece.evidence);
    let document = evidence.document.and_then(|id| project.document(id));
    let told = |get: &dyn Fn(&Document) -> Option<String>| {
        document
            .and_then(|document| get(document))
            .unwrap_or_default()
    };
    let date = |date: Option<crate::model::DateValue>| {
        date.map(|date| date.to_string()).unwrap_or_default()
    };
    let (origin, note) = match &evidence.origin {
        Origin::Text => ("text", String::new()),
        Origin::User { note, when } if note.is_empty() => ("user", when.clone()),
        Origin::User { note, when } => ("user", format!("{note} ({when})")),
        Origin::Gazetteer { record } => ("gazetteer", record.clone()),
        Origin::Import { file } => ("import", file.clone()),
    };
    [
        line.number.to_string(),
        line.source.name.clone(),
        line.source.kind.key().to_owned(),
        relation.kind.key().to_owned(),
        line.target.name.clone(),
        line.target.kind.key().to_owned(),
        relation.label.clone(),
        relation.status.key().to_owned(),
        if relation.disputed { "yes" } else { "no" }.to_owned(),
        date(relation.date),
        format!("{:.2}", relation.score),
        piece.source.to_string(),
        told(&|document| Some(document.display_title())),
        told(&|document| Some(document.path.clone())),
        told(&|document| document.source.clone()),
        told(&|document| document.date.map(|date| date.to_string())),
        excerpt::sentence(evidence),
        excerpt::words(evidence, evidence.source_span.as_slice()),
        excerpt::words(evidence, &evidence.trigger),
        excerpt::words(evidence, evidence.target_span.as_slice()),
        evidence.status.key().to_owned(),
        evidence.attributed_to.clone().unwrap_or_default(),
        date(evidence.date),
        format!("{:.2}", evidence.score),
        evidence.method.clone(),
        origin.to_owned(),
        note,
        project.sources_of(relation).to_string(),
    ]
}

/// Text that no spreadsheet takes for a formula.
fn cell(text: String) -> String {
    let first = text.trim_start().chars().next();
    let is_formula =
        first.is_some_and(|c| "=+-@＝＋－＠".contains(c)) || text.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let guarded = |text: &str| cell(text.to_owned());
        for harmless in ["Ana Ruiz", "", "a = b", "2024-10"] {
            assert_eq!(guarded(harmless), harmless);
        }
        for formula in ["=1+1", "  @SUM(A1)", "-2, +3", "＝cmd", "\tx", "+"] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
    }
}
