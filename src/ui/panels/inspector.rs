//! The inspector: what is known of the selection, and what can be done with it.

use super::line_inspector::LineInspector;
use super::node_inspector::NodeInspector;
use super::overview::Overview;
use super::several_inspector;
use crate::ui::turn::Turn;
use egui::{ScrollArea, Ui};

/// The right panel.
#[derive(Default)]
pub struct Inspector {
    node: NodeInspector,
    line: LineInspector,
    overview: Overview,
}

impl Inspector {
    /// Draws the panel for whatever is selected.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        let view = turn.view();
        let project = turn.project();
        let relation = view.selected_relation.and_then(|id| project.relation(id));
        let entities: Vec<_> = view
            .selection
            .iter()
            .filter_map(|&id| project.entity(id))
            .collect();
        let salt = (
            view.selected_relation,
            view.selection.len(),
            view.selection.first().copied(),
        );
        ScrollArea::vertical()
            .id_salt(("inspector", salt))
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.set_max_width(ui.available_width());
                match (relation, entities.as_slice()) {
                    (Some(relation), _) => self.line.show(ui, turn, relation),
                    (None, []) => self.overview.show(ui, turn),
                    (None, [entity]) => self.node.show(ui, turn, entity),
                    (None, several) => several_inspector::show(ui, turn, several),
                }
                ui.add_space(16.0);
            });
    }
}
