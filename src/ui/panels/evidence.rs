//! One piece of evidence: the sentence with both ends and the deciding words marked, where it
//! stands, who says so, and the rule that found it.

use super::documents::details;
use super::mentions::sentence_row;
use crate::model::{Evidence, Origin, Relation};
use crate::session::Command;
use crate::ui::marked::{self, Mark};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::{bidi, look};
use egui::Ui;

/// Draws `evidence`; a click opens its document at the sentence.
pub fn evidence_ui(ui: &mut Ui, turn: &mut Turn<'_>, relation: &Relation, evidence: &Evidence) {
    ui.add_space(4.0);
    match &evidence.origin {
        Origin::Text => text_ui(ui, turn, relation, evidence),
        Origin::User { note, when } => {
            if !note.is_empty() {
                ui.add(egui::Label::new(note).wrap());
            }
            let day = when.get(..10).unwrap_or(when);
            widgets::caption(ui, turn.look, format!("Added by you · {day}"));
        }
        Origin::Gazetteer { record } => {
            widgets::caption(ui, turn.look, format!("From the gazetteer: {record}"));
        }
        Origin::Import { file } => {
            widgets::caption(ui, turn.look, format!("From the file {file}"));
        }
    }
}

fn text_ui(ui: &mut Ui, turn: &mut Turn<'_>, relation: &Relation, evidence: &Evidence) {
    let sentence = evidence.text.as_deref().unwrap_or_default();
    let start = evidence.start.unwrap_or(0);
    let marks = marks(turn, relation, evidence);
    let width = ui.available_width() - 12.0;
    let job = marked::job(
        sentence,
        start,
        &marks,
        &look::body(),
        turn.look.text,
        width,
    );
    let galley = bidi::lay_out(ui, job).galley;
    let clicked = sentence_row(ui, turn, galley, sentence);
    if let Some(place) = source_of(turn, evidence) {
        widgets::caption(ui, turn.look, place);
    }
    widgets::caption(ui, turn.look, how_found(relation, evidence));
    if let (true, Some(document)) = (clicked, evidence.document) {
        let end = evidence.end.unwrap_or(start + sentence.len());
        turn.push(Command::OpenDocument(document, Some([start, end])));
    }
}

/// Title, date and publisher of the document of a sentence.
pub(super) fn source_of(turn: &Turn<'_>, evidence: &Evidence) -> Option<String> {
    let document = turn.project().document(evidence.document?)?;
    Some(format!(
        "{} · {}",
        document.display_title(),
        details(document)
    ))
}

/// The ends in the colors of their kinds, the deciding words underlined.
pub(super) fn marks(turn: &Turn<'_>, relation: &Relation, evidence: &Evidence) -> Vec<Mark> {
    let project = turn.project();
    let end = |span: Option<[usize; 2]>, id| {
        let kind = project.entity(id)?.kind;
        Some(Mark {
            range: span?,
            background: Some(turn.look.tint(kind)),
            underline: None,
            strong: false,
        })
    };
    let trigger = evidence.trigger.iter().map(|&range| Mark {
        range,
        background: None,
        underline: Some(turn.look.followed),
        strong: true,
    });
    end(evidence.source_span, relation.source)
        .into_iter()
        .chain(end(evidence.target_span, relation.target))
        .chain(trigger)
        .collect()
}

/// "Reported, according to Kyodo News · 2024-10 · found by the rule apposition". Of a pair that is only
/// named together nothing is said, so that there is nothing to be sure of.
fn how_found(relation: &Relation, evidence: &Evidence) -> String {
    if !relation.kind.is_stated() {
        return "Mentioned together".to_owned();
    }
    let mut parts = vec![super::filters::sentence_case(evidence.status.key())];
    if let Some(who) = &evidence.attributed_to {
        parts[0].push_str(&format!(", according to {who}"));
    }
    if let Some(date) = &evidence.date {
        parts.push(date.to_string());
    }
    parts.push(format!("found by {}", evidence.found_by()));
    parts.join(" · ")
}
