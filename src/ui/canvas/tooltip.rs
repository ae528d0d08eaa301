//! What the node or line under the pointer is, in full.

use super::view::CanvasView;
use crate::model::{Entity, Relation};
use crate::scene::Hit;
use crate::ui::bidi::visual_order;
use crate::ui::words::documents_and_sources;

/// Shows it beside the pointer, which rests on `hovered`. Not left to egui to decide: it hides
/// tooltips while something else in the window has been clicked last, or has a list open.
pub(super) fn hover_ui(response: &egui::Response, hovered: Option<Hit>, view: &CanvasView) {
    let tooltip = || {
        let layer = response.layer_id;
        let anchor = egui::PopupAnchor::Pointer;
        egui::Tooltip::always_open(response.ctx.clone(), layer, response.id, anchor).gap(12.0)
    };
    match hovered {
        Some(Hit::Entity(id)) => {
            if let Some(entity) = view.project.entity(id) {
                tooltip().show(|ui| entity_ui(ui, entity, view));
            }
        }
        Some(Hit::Relation(id)) => {
            if let Some(relation) = view.project.relation(id) {
                tooltip().show(|ui| relation_ui(ui, relation, view));
            }
        }
        None => {}
    }
}

fn entity_ui(ui: &mut egui::Ui, entity: &Entity, view: &CanvasView) {
    ui.strong(visual_order(&entity.name));
    let mut facts = vec![entity.kind.title().to_owned()];
    let sources = view.project.independent_sources(entity.documents());
    let documents = documents_and_sources(entity.document_count(), sources);
    match entity.mentions.len() {
        0 => facts.push("added by hand".to_owned()),
        mentions => facts.push(format!("{} in {documents}", counted(mentions, "mention"),)),
    }
    ui.weak(facts.join(" · "));
}

fn relation_ui(ui: &mut egui::Ui, relation: &Relation, view: &CanvasView) {
    let name = |id| {
        let entity = view.project.entity(id);
        visual_order(entity.map_or("", |entity| &entity.name))
    };
    let (source, target) = (name(relation.source), name(relation.target));
    let sources = view.project.sources_of(relation);
    let documents = documents_and_sources(relation.document_count(), sources);
    if !relation.kind.is_stated() {
        ui.strong(format!("{source} and {target}"));
        ui.weak(format!("Mentioned together in {documents}"));
        return;
    }
    let words = match relation.label.trim() {
        "" => relation.kind.phrase(),
        label => label,
    };
    ui.strong(format!("{source} – {words} – {target}"));
    let mut facts = vec![relation.kind.phrase().to_owned()];
    match relation.is_of_gazetteer() {
        true => facts.push("from the gazetteer, not stated".to_owned()),
        false => facts.push(relation.status.key().to_owned()),
    }
    facts.extend(relation.date.map(|period| period.to_string()));
    if relation.disputed {
        facts.push("disputed".to_owned());
    }
    if relation.document_count() > 0 {
        facts.push(documents);
    }
    ui.weak(facts.join(" · "));
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
