//! What the canvas needs to know, so that tests and benches can do without a whole session.

use crate::model::{EntityId, Project, SavedView, Visible};
use crate::scene::{LivePositions, Theme};
use crate::session::Session;
use rayon::ThreadPool;
use std::sync::Arc;

/// What the canvas shows in one frame.
#[derive(Clone, Copy)]
pub struct CanvasView<'a> {
    /// The project.
    pub project: &'a Project,
    /// The same, to be shared with other threads; without, each frame does all itself.
    pub shared: Option<&'a Arc<Project>>,
    /// What of it passes the filters.
    pub visible: &'a Visible,
    /// Positions of a layout that runs, and its tick.
    pub live: Option<(&'a LivePositions, u64)>,
    /// Grows whenever the project changes.
    pub revision: u64,
    /// Grows with it, unless all that has changed is where nodes lie and which are held there.
    pub content_revision: u64,
    /// Camera, selection and filters.
    pub saved: &'a SavedView,
    /// The look.
    pub theme: &'static Theme,
    /// Nodes may be moved now.
    pub can_edit: bool,
    /// The legend is unfolded or folded; `None` leaves it to the canvas's size.
    pub legend_open: Option<bool>,
    /// Threads that make pictures of a running layout aside; without, each frame makes its own.
    pub pool: Option<&'a Arc<ThreadPool>>,
}

impl<'a> CanvasView<'a> {
    /// The view of a running session.
    pub fn of(session: &'a Session, theme: &'static Theme) -> Self {
        let project = session.project();
        Self {
            project,
            shared: Some(project),
            visible: session.visible(),
            live: session.live_positions(),
            revision: session.revision(),
            content_revision: session.content_revision(),
            saved: &project.view,
            theme,
            can_edit: !session.is_reading(),
            legend_open: session.settings().legend_open,
            pool: session.pool(),
        }
    }

    /// The selected entities, then others: what a command on "the selection" means for a click on
    /// `entity`: all selected if it is one of them, otherwise it alone.
    pub fn targets_of(&self, entity: EntityId) -> Vec<EntityId> {
        if self.saved.selection.contains(&entity) {
            self.saved.selection.iter().copied().collect()
        } else {
            vec![entity]
        }
    }
}
