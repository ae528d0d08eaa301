//! Sentences for the user, with at most one thing to click each.

use super::Command;

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Info,
    /// Something went wrong in part.
    Warning,
    /// Something failed.
    Error,
}

/// One sentence for the user, with at most one thing to click.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// How serious.
    pub severity: Severity,
    /// One sentence in the user's words.
    pub text: String,
    /// "Undo", "Show": a label and what it does.
    pub action: Option<(String, Command)>,
}

/// Open notices, oldest first, and the number of the next.
#[derive(Debug, Default)]
pub(super) struct Notices {
    open: Vec<Notice>,
    next: u64,
}

impl Notices {
    /// More than these nobody reads; the oldest go.
    const MOST: usize = 40;

    pub(super) fn open(&self) -> &[Notice] {
        &self.open
    }

    pub(super) fn push(
        &mut self,
        severity: Severity,
        text: impl Into<String>,
        action: Option<(&str, Command)>,
    ) {
        let id = self.next;
        self.next += 1;
        self.open.push(Notice {
            id,
            severity,
            text: text.into(),
            action: action.map(|(label, command)| (label.to_owned(), command)),
        });
        if self.open.len() > Self::MOST {
            self.open.remove(0);
        }
    }

    pub(super) fn dismiss(&mut self, id: u64) {
        self.open.retain(|notice| notice.id != id);
    }

    /// Closes what offers `command`: what it speaks of is no longer so.
    pub(super) fn retract(&mut self, command: &Command) {
        self.open
            .retain(|notice| notice.action.as_ref().is_none_or(|(_, c)| c != command));
    }
}
