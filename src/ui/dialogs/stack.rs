//! Which dialog is open, and passing the frame on to it.

use super::about::About;
use super::account::AccountDialog;
use super::add_entity::AddEntity;
use super::add_relation::AddRelation;
use super::added::AddedDialog;
use super::close::{CloseChoice, CloseDialog};
use super::corrections::CorrectionsDialog;
use super::duplicates::DuplicatesDialog;
use super::export::ExportDialog;
use super::frame::Outcome;
use super::lists::ListsDialog;
use super::merge::MergeDialog;
use super::open::OpenDialog;
use super::paste::PasteDialog;
use super::rename::RenameDialog;
use super::save::SaveDialog;
use super::shortcuts::ShortcutsDialog;
use crate::ui::palette::Palette;
use crate::ui::request::Request;
use crate::ui::turn::Turn;
use egui::Ui;

enum Dialog {
    Open(OpenDialog),
    Save(SaveDialog),
    Export(ExportDialog),
    AddEntity(AddEntity),
    AddRelation(AddRelation),
    Rename(RenameDialog),
    Merge(MergeDialog),
    Lists(ListsDialog),
    Account(AccountDialog),
    Added(AddedDialog),
    Corrections(CorrectionsDialog),
    Duplicates(DuplicatesDialog),
    Paste(PasteDialog),
    Palette(Palette),
    Shortcuts(ShortcutsDialog),
    About(About),
    Close(CloseDialog),
}

/// The open dialog, if any.
#[derive(Default)]
pub struct Dialogs {
    open: Option<Dialog>,
    close_choice: Option<CloseChoice>,
}

impl Dialogs {
    /// Opens the dialog that answers `request`; requests that are no dialog are left alone.
    pub fn open(&mut self, request: Request, turn: &Turn<'_>) {
        self.open = Some(match request {
            Request::Open => Dialog::Open(OpenDialog::default()),
            Request::SaveAs => Dialog::Save(SaveDialog::new(turn)),
            Request::Export => Dialog::Export(ExportDialog::new(turn)),
            Request::AddEntity(place) => Dialog::AddEntity(AddEntity::new(place)),
            Request::AddRelation(from, to) => Dialog::AddRelation(AddRelation::new(turn, from, to)),
            Request::Rename(entity) => Dialog::Rename(RenameDialog::new(turn, entity)),
            Request::Merge(entities) => Dialog::Merge(MergeDialog::new(turn, entities)),
            Request::Lists => Dialog::Lists(ListsDialog::default()),
            Request::Account => Dialog::Account(AccountDialog::default()),
            Request::Added => Dialog::Added(AddedDialog),
            Request::Corrections => Dialog::Corrections(CorrectionsDialog::default()),
            Request::Duplicates(at) => Dialog::Duplicates(DuplicatesDialog::new(at)),
            Request::Paste(text) => Dialog::Paste(PasteDialog::new(text)),
            Request::Palette => Dialog::Palette(Palette::default()),
            Request::Shortcuts => Dialog::Shortcuts(ShortcutsDialog),
            Request::About => Dialog::About(About),
            Request::Find
            | Request::ToggleLeft
            | Request::ToggleRight
            | Request::ToggleTable
            | Request::ShowRight
            | Request::ShowLegend(_) => return,
        });
    }

    /// Asks what becomes of changes that are not saved.
    pub fn ask_before_closing(&mut self) {
        self.open = Some(Dialog::Close(CloseDialog));
    }

    /// What the user chose in the dialog before closing.
    pub fn take_close_choice(&mut self) -> Option<CloseChoice> {
        self.close_choice.take()
    }

    /// A dialog is open: keys belong to it.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Draws the open dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) {
        let Some(dialog) = &mut self.open else {
            return;
        };
        let outcome = match dialog {
            Dialog::Open(dialog) => dialog.show(ui, turn),
            Dialog::Save(dialog) => dialog.show(ui, turn),
            Dialog::Export(dialog) => dialog.show(ui, turn),
            Dialog::AddEntity(dialog) => dialog.show(ui, turn),
            Dialog::AddRelation(dialog) => dialog.show(ui, turn),
            Dialog::Rename(dialog) => dialog.show(ui, turn),
            Dialog::Merge(dialog) => dialog.show(ui, turn),
            Dialog::Lists(dialog) => dialog.show(ui, turn),
            Dialog::Account(dialog) => dialog.show(ui, turn),
            Dialog::Added(dialog) => dialog.show(ui, turn),
            Dialog::Corrections(dialog) => dialog.show(ui, turn),
            Dialog::Duplicates(dialog) => dialog.show(ui, turn),
            Dialog::Paste(dialog) => dialog.show(ui, turn),
            Dialog::Shortcuts(dialog) => dialog.show(ui, turn),
            Dialog::About(dialog) => dialog.show(ui, turn),
            Dialog::Palette(palette) => {
                if palette.show(ui, turn) {
                    Outcome::Close
                } else {
                    Outcome::Open
                }
            }
            Dialog::Close(dialog) => dialog.show(ui, turn, &mut self.close_choice),
        };
        if outcome == Outcome::Close {
            self.open = None;
        }
    }
}
