//! What only a dialog can answer: any part of the window asks for one, the window shows it.
//!
//! Requests travel through egui's memory, so that canvas and panels need no handle on the dialogs.

use crate::geometry::Point;
use crate::model::EntityId;

/// Something to ask the user, or a part of the window to bring up.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Which documents, folder or project to open.
    Open,
    /// Under which name to keep the project.
    SaveAs,
    /// Which picture or data file to write.
    Export,
    /// Kind and name of an entity to add, at a place of the world if one is given.
    AddEntity(Option<Point>),
    /// Kind and note of a relation to add between these two; missing ends are asked for.
    AddRelation(Option<EntityId>, Option<EntityId>),
    /// Another name for an entity.
    Rename(EntityId),
    /// Which of these is the one that the others are merged into.
    Merge(Vec<EntityId>),
    /// Whether the pasted text becomes a document.
    Paste(String),
    /// The user's own lists of names.
    Lists,
    /// The corrections that were made, each to be taken back.
    Corrections,
    /// What the last reading added.
    Added,
    /// What became of everything that was read, in figures.
    Account,
    /// Likely duplicates, beginning at that place of the list.
    Duplicates(usize),
    /// All commands by name.
    Palette,
    /// The keyboard shortcuts.
    Shortcuts,
    /// What Redstring is, and its licenses.
    About,
    /// Put the keyboard into the search field.
    Find,
    /// Show or hide documents and filters.
    ToggleLeft,
    /// Show or hide the inspector.
    ToggleRight,
    /// Show the inspector.
    ShowRight,
    /// Show or hide the table.
    ToggleTable,
    /// Unfold or fold the canvas's legend.
    ShowLegend(bool),
}

fn key() -> egui::Id {
    egui::Id::unique("redstring requests")
}

/// Asks the window for `request`; it is shown with this frame or the next.
pub fn ask(ctx: &egui::Context, request: Request) {
    ctx.data_mut(|data| {
        data.get_temp_mut_or_default::<Vec<Request>>(key())
            .push(request);
    });
    ctx.request_repaint();
}

/// Takes what was asked for since the last call.
pub fn take_requests(ctx: &egui::Context) -> Vec<Request> {
    ctx.data_mut(|data| std::mem::take(data.get_temp_mut_or_default::<Vec<Request>>(key())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_taken_once_and_in_order() {
        let ctx = egui::Context::default();
        ask(&ctx, Request::Open);
        ask(&ctx, Request::Palette);
        assert_eq!(take_requests(&ctx), [Request::Open, Request::Palette]);
        assert!(take_requests(&ctx).is_empty());
    }
}
