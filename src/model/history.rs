//! Undo and redo: a stack of steps, each holding the patch that takes it back.

use super::{Patch, Project};
use serde::{Deserialize, Serialize};

/// One thing that the user did, as the undo menu names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// "Merged Zelensky into Volodymyr Zelenskyy".
    pub title: String,
    /// When, as an ISO 8601 instant.
    pub when: String,
    /// What takes it back (or, on the redo stack, does it again).
    pub patch: Patch,
}

/// What can be undone and redone. Its limit is memory: steps are never dropped.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
}

impl History {
    /// Carries out `patch` on `project` as a new step; what was undone before can no longer be redone.
    /// A patch that changes nothing makes no step.
    pub fn perform(&mut self, project: &mut Project, title: String, when: String, patch: Patch) {
        if patch.is_empty() {
            return;
        }
        let patch = project.apply(patch);
        self.undo.push(Step { title, when, patch });
        self.redo.clear();
    }

    /// Carries out `patch` as part of the last step, which keeps its title: what the program itself
    /// adds to a thing that the user did. Without a last step, or after an undo, nothing happens.
    pub fn amend(&mut self, project: &mut Project, patch: Patch) -> bool {
        match self.undo.last_mut() {
            Some(last) if self.redo.is_empty() => {
                let before = project.apply(patch);
                last.patch.keep_older(before);
                true
            }
            _ => false,
        }
    }

    /// Takes back the last step; gives its title.
    pub fn undo(&mut self, project: &mut Project) -> Option<String> {
        let step = self.undo.pop()?;
        let patch = project.apply(step.patch);
        let title = step.title.clone();
        self.redo.push(Step { patch, ..step });
        Some(title)
    }

    /// Does the last undone step again; gives its title.
    pub fn redo(&mut self, project: &mut Project) -> Option<String> {
        let step = self.redo.pop()?;
        let patch = project.apply(step.patch);
        let title = step.title.clone();
        self.undo.push(Step { patch, ..step });
        Some(title)
    }

    /// The steps that can be taken back, oldest first.
    pub fn done(&self) -> &[Step] {
        &self.undo
    }

    /// The steps that can be done again, the next one last.
    pub fn undone(&self) -> &[Step] {
        &self.redo
    }

    /// Puts a history together from stored steps.
    pub fn from_parts(undo: Vec<Step>, redo: Vec<Step>) -> Self {
        Self { undo, redo }
    }
}
