//! Why an entity has its names: the rule behind each of them, and the documents that give it.

use crate::model::{CorrectionKind, Entity, Mention};
use crate::session::{Command, alias_rule};
use crate::ui::bidi::cut_to;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{Button, RichText, Ui};
use std::collections::BTreeSet;

/// Each name with the rule that joins it, where it stands, and how sure that is.
pub(super) fn why_ui(ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity, others: &[&str]) {
    /// Beyond these nobody reads on.
    const MOST: usize = 60;
    let yours = yours(turn, entity);
    for alias in others.iter().take(MOST) {
        let mut documents: Vec<_> = entity
            .mentions
            .iter()
            .filter(|m| m.text == **alias)
            .collect();
        documents.dedup_by_key(|m| m.document);
        let rule = alias_rule(entity, alias);
        let (why, sure) = if yours.contains(*alias) {
            ("you said so", 1.0)
        } else {
            (rule.words(), rule.confidence())
        };
        let sure = (sure * 100.0).round();
        ui.add_space(4.0);
        widgets::caption(ui, turn.look, format!("{alias}: {why} · {sure} % sure"));
        ui.scope(|ui| {
            // They belong together, and to the name above.
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = 20.0;
            ui.spacing_mut().button_padding.y = 0.0;
            ui.indent(("documents", *alias), |ui| {
                documents_ui(ui, turn, alias, &documents)
            });
        });
    }
}

/// The documents that give a name; a click opens one at the first place that has it.
fn documents_ui(ui: &mut Ui, turn: &mut Turn<'_>, alias: &str, places: &[&Mention]) {
    /// Titles of more than these nobody reads.
    const MOST: usize = 4;
    for mention in places.iter().take(MOST) {
        let Some(document) = turn.project().document(mention.document) else {
            continue;
        };
        let title = document.display_title();
        let text = RichText::new(cut_to(ui, &title, &look::caption(), ui.available_width()))
            .font(look::caption())
            .color(turn.look.accent);
        let row = ui.add(Button::new(text).frame(false).truncate());
        let row = row.on_hover_text(format!("Show {alias} in it"));
        if row.clicked() {
            let span = [mention.start, mention.end];
            turn.push(Command::OpenDocument(mention.document, Some(span)));
        }
    }
    if places.len() > MOST {
        let rest = count(places.len() - MOST, "more document", "more documents");
        widgets::caption(ui, turn.look, format!("and {rest}"));
    }
}

/// The names that corrections brought to an entity.
fn yours(turn: &Turn<'_>, entity: &Entity) -> BTreeSet<String> {
    let project = turn.project();
    let brought = project.corrections().filter(|c| match &c.kind {
        CorrectionKind::Merge { into_entity, .. } => *into_entity == Some(entity.id),
        CorrectionKind::MarkMention { .. } => c.entity == entity.id,
        CorrectionKind::Split { made, .. } => *made == entity.id,
        _ => false,
    });
    brought
        .flat_map(|c| c.anchors.iter().map(|anchor| anchor.text.clone()))
        .collect()
}
