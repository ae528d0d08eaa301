//! What every part of the window gets for one frame.

use super::look::Look;
use crate::model::{Project, SavedView};
use crate::session::{Command, Session};

/// Work for a thread of its own, with the words that the status bar shows meanwhile.
pub struct Work {
    /// What is being done.
    pub title: String,
    /// Gives the commands to run when it is done.
    pub run: Box<dyn FnOnce() -> Vec<Command> + Send>,
}

/// The session to read, the look to draw with, and where wishes go.
pub struct Turn<'a> {
    /// The running state.
    pub session: &'a Session,
    /// Colors.
    pub look: &'a Look,
    /// Carried out after drawing, first to last.
    pub commands: &'a mut Vec<Command>,
    /// Started after drawing.
    pub work: &'a mut Vec<Work>,
}

impl<'a> Turn<'a> {
    /// The project as shown.
    pub fn project(&self) -> &'a Project {
        self.session.project()
    }

    /// Camera, selection and filters.
    pub fn view(&self) -> &'a SavedView {
        &self.project().view
    }

    /// Has `command` carried out after drawing.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Edits wait while documents are read.
    pub fn can_edit(&self) -> bool {
        !self.session.is_reading()
    }
}
