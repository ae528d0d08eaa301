//! Commands that change the project: planned by the model, kept as steps of the history.

use super::command::Command;
use super::layout_job::settle_rest;
use super::{Session, notices::Severity};
use crate::model::{Edit, EntityId, Patch};
use std::sync::Arc;

impl Session {
    /// The edit that a command stands for, if it is one that changes the project.
    pub(super) fn edit_of(&self, command: &Command) -> Option<Edit> {
        Some(match command.clone() {
            Command::Rename(entity, name) => Edit::Rename { entity, name },
            Command::Retype(entities, kind) => Edit::Retype { entities, kind },
            Command::Locate(entity, location) => Edit::Locate { entity, location },
            Command::SetUnit(entity, unit) => Edit::SetUnit { entity, unit },
            Command::Delete(entities) => Edit::Delete {
                entities: self.with_members(entities),
            },
            Command::NotAnEntity(entities) => Edit::NotAnEntity {
                entities: self.with_members(entities),
            },
            Command::Merge(into, others) => Edit::Merge { into, others },
            Command::Split(entity, mentions, name) => Edit::Split {
                entity,
                mentions,
                name,
            },
            Command::Different(entity, other) => Edit::Different { entity, other },
            Command::Later(entity, other) => Edit::Later { entity, other },
            Command::TakeBack(corrections) => Edit::TakeBack { corrections },
            Command::SetOnlyHere(correction, only_here) => Edit::SetOnlyHere {
                correction,
                only_here,
            },
            Command::RemoveDocuments(documents) => Edit::RemoveDocuments { documents },
            Command::Move(positions) => Edit::Move {
                positions: self.with_what_lies_inside(positions),
            },
            Command::Align(entities, alignment) => Edit::Move {
                positions: self.with_what_lies_inside(self.aligned(&entities, alignment)),
            },
            Command::Pin(entities) => Edit::Pin {
                entities: self
                    .with_members(entities)
                    .into_iter()
                    .map(|id| (id, self.position(id)))
                    .collect(),
            },
            Command::Unpin(entities) => Edit::Unpin {
                entities: self.with_members(entities),
            },
            Command::Hide(entities) => Edit::Hide {
                entities: self.with_members(entities),
            },
            Command::HideOthers(entities) => Edit::HideOthers {
                entities: self.with_members(entities),
            },
            Command::Show(entities) => Edit::Show {
                entities: self.with_members(entities),
            },
            Command::ShowAll => Edit::ShowAll,
            Command::Collapse(entities) => Edit::Hide {
                entities: self.with_members(self.hanging_on(&entities)),
            },
            Command::AddEntity(kind, name, position) => Edit::AddEntity {
                kind,
                name,
                position,
            },
            Command::MarkEntity(document, start, end, kind) => Edit::MarkEntity {
                document,
                start,
                end,
                kind,
            },
            Command::MarkMention(document, start, end, entity) => Edit::MarkMention {
                document,
                start,
                end,
                entity,
            },
            Command::AddRelation(source, target, kind, note) => Edit::AddRelation {
                source,
                target,
                kind,
                note,
            },
            Command::RemoveRelation(relation) => Edit::RemoveRelation { relation },
            Command::SetTitle(title) => Edit::SetTitle { title },
            _ => return None,
        })
    }

    /// A quick look whether an edit can succeed, for menus; planning it gives the last word.
    pub(super) fn is_possible(&self, edit: &Edit) -> bool {
        let known = |ids: &[EntityId]| {
            !ids.is_empty() && ids.iter().all(|&id| self.project.entity(id).is_some())
        };
        match edit {
            Edit::Retype { entities, .. }
            | Edit::Delete { entities }
            | Edit::NotAnEntity { entities }
            | Edit::Hide { entities }
            | Edit::Show { entities }
            | Edit::HideOthers { entities } => known(entities),
            Edit::Unpin { entities } => {
                known(entities) && entities.iter().any(|&id| self.project.placement(id).pinned)
            }
            Edit::Pin { entities } => {
                let loose = |id: EntityId| {
                    self.project.entity(id).is_some() && !self.project.placement(id).pinned
                };
                entities.iter().any(|&(id, _)| loose(id))
            }
            Edit::Merge { into, others } => {
                known(&[*into]) && known(others) && others.iter().any(|id| id != into)
            }
            Edit::AddRelation { source, target, .. } => {
                source != target && known(&[*source, *target])
            }
            Edit::RemoveRelation { relation } => self.project.relation(*relation).is_some(),
            Edit::TakeBack { corrections } => corrections
                .iter()
                .all(|&id| self.project.correction(id).is_some()),
            Edit::RemoveDocuments { documents } => {
                let known = |&id| self.project.document(id).is_some();
                !documents.is_empty() && documents.iter().all(known)
            }
            Edit::ShowAll => self.project.placements().any(|(_, p)| p.hidden),
            other => other.plan(&self.project, "").is_ok(),
        }
    }

    /// Carries out an edit as one step of undo; what cannot be done becomes a notice.
    pub(super) fn run_edit(&mut self, edit: &Edit) {
        if self.is_reading() {
            self.notices.push(
                Severity::Warning,
                "Documents are being read; changes can be made once that is done",
                None,
            );
            return;
        }
        let arranging = self.settle_running_layout();
        match edit.plan(&self.project, &now()) {
            Err(error) => self
                .notices
                .push(Severity::Warning, sentence(&error.message), None),
            Ok((_, patch)) if patch.is_empty() => {}
            Ok((title, patch)) => {
                if moves_only(edit) {
                    self.perform_move(title.clone(), patch);
                } else {
                    self.perform(title.clone(), patch);
                    self.place_new_nodes();
                }
                if is_told(edit) {
                    self.notices.retract(&Command::Undo);
                    self.notices
                        .push(Severity::Info, title, Some(("Undo", Command::Undo)));
                }
            }
        }
        if let Some(layout) = arranging {
            self.resume_layout(&layout);
        }
    }

    /// Nodes that an edit made and put nowhere settle next to their neighbors, as part of its step.
    fn place_new_nodes(&mut self) {
        let shown = &self.visible().entities;
        if shown
            .iter()
            .all(|&id| self.project.placement(id).position.is_some())
        {
            return;
        }
        let Some(pool) = self.jobs.pool() else {
            return;
        };
        let edit = Edit::SettleLayout {
            layout: self.project.layout(),
            positions: pool.install(|| settle_rest(&self.project, &[])),
        };
        if let Ok((_, patch)) = edit.plan(&self.project, "") {
            let project = Arc::make_mut(&mut self.project);
            if Arc::make_mut(&mut self.history).amend(project, patch) {
                self.after_change();
            }
        }
    }

    /// Makes a patch a step of the history.
    pub(super) fn perform(&mut self, title: String, patch: Patch) {
        Arc::make_mut(&mut self.history).perform(
            Arc::make_mut(&mut self.project),
            title,
            now(),
            patch,
        );
        self.after_change();
    }

    /// Makes a patch a step of the history that, unless it chooses another layout, changes no more than
    /// where nodes lie and which are held there.
    pub(super) fn perform_move(&mut self, title: String, patch: Patch) {
        // Another layout is drawn in another way.
        let layout = self.project.layout();
        let only_moves =
            patch.is_arrangement_only() && patch.layout.is_none_or(|other| other == layout);
        if !only_moves {
            self.perform(title, patch);
            return;
        }
        let project = Arc::make_mut(&mut self.project);
        Arc::make_mut(&mut self.history).perform(project, title, now(), patch);
        self.changes += 1;
        self.plan_autosave();
        self.revision += 1;
        self.view_revision += 1;
    }

    pub(super) fn undo(&mut self) {
        if self.is_reading() {
            return;
        }
        self.settle_running_layout();
        self.notices.retract(&Command::Undo);
        let project = Arc::make_mut(&mut self.project);
        if let Some(title) = Arc::make_mut(&mut self.history).undo(project) {
            if !self.trusted_history && self.project.check_references().is_err() {
                let project = Arc::make_mut(&mut self.project);
                Arc::make_mut(&mut self.history).redo(project);
                self.refuse_step(&title);
                return;
            }
            self.after_change();
            self.notices.push(
                Severity::Info,
                format!("Undone: {title}"),
                Some(("Redo", Command::Redo)),
            );
        }
    }

    pub(super) fn redo(&mut self) {
        if self.is_reading() {
            return;
        }
        // Where it would come to rest is not where the step that is done again started from.
        if let Some(run) = self.layout.take() {
            self.jobs.cancel(run.job);
            self.live = None;
        }
        self.notices.retract(&Command::Redo);
        let project = Arc::make_mut(&mut self.project);
        if let Some(title) = Arc::make_mut(&mut self.history).redo(project) {
            if !self.trusted_history && self.project.check_references().is_err() {
                let project = Arc::make_mut(&mut self.project);
                Arc::make_mut(&mut self.history).undo(project);
                self.refuse_step(&title);
                return;
            }
            self.after_change();
            self.notices.push(
                Severity::Info,
                format!("Done again: {title}"),
                Some(("Undo", Command::Undo)),
            );
        }
    }

    /// A step of a file that leads to a project that cannot be is not taken.
    fn refuse_step(&mut self, title: &str) {
        let text = format!("\"{title}\" cannot be taken back: the project's file is damaged there");
        self.notices.push(Severity::Error, text, None);
    }

    /// The project has changed by a step.
    pub(super) fn after_change(&mut self) {
        self.changes += 1;
        self.plan_autosave();
        self.drop_dead_selection();
        self.project_changed();
    }
}

/// Edits that change nothing but where nodes lie and which are held there.
fn moves_only(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Move { .. } | Edit::Pin { .. } | Edit::Unpin { .. }
    )
}

/// Edits whose effect is plain to see at the pointer need no words.
fn is_told(edit: &Edit) -> bool {
    !matches!(
        edit,
        Edit::Move { .. }
            | Edit::Pin { .. }
            | Edit::Unpin { .. }
            | Edit::SettleLayout { .. }
            | Edit::SettleMap { .. }
            | Edit::Rearrange { .. }
            | Edit::SetTitle { .. }
    )
}

/// The instant, in ISO 8601 with seconds.
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// A message with a capital letter, to stand by itself.
pub(super) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
