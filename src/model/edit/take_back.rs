//! Corrections taken back, or narrowed to the mentions that they were made on.

use super::draft::{Draft, refused};
use crate::error::Result;
use crate::model::{Correction, CorrectionId};
use std::sync::Arc;

impl Draft<'_> {
    pub(super) fn take_back(&mut self, ids: &[CorrectionId]) -> Result<String> {
        let mut title = None;
        let mut waits = false;
        for &id in ids {
            let correction = self.correction(id)?;
            title.get_or_insert_with(|| correction.words());
            waits |= correction.carried_out;
            if let Some(placement) = correction.placement
                && placement.position.is_none_or(|point| point.is_finite())
                && self.project.entity(correction.entity).is_none()
            {
                self.put_placement(correction.entity, placement);
            }
            self.put_correction(id, None);
        }
        let said = match (title, ids.len()) {
            (None, _) => return Err(refused("no correction is chosen")),
            (Some(title), 1) => format!("Took back: {title}"),
            (Some(_), several) => format!("Took back {several} corrections"),
        };
        // What was found has corrections of earlier versions in it.
        let later = if waits {
            "; it shows once all documents are read again"
        } else {
            ""
        };
        Ok(format!("{said}{later}"))
    }

    pub(super) fn set_only_here(&mut self, id: CorrectionId, only_here: bool) -> Result<String> {
        let correction = self.correction(id)?;
        let mut changed = Correction {
            only_here,
            ..(*correction).clone()
        };
        if only_here && changed.rest.is_none() && changed.kind.changes_entity() {
            changed.rest = Some(self.new_entity_id());
        }
        let title = correction.words();
        changed.title.clone_from(&title);
        let title = if only_here {
            format!("Only here: {title}")
        } else {
            format!("Also for new mentions: {title}")
        };
        self.put_correction(id, Some(changed));
        Ok(title)
    }

    fn correction(&self, id: CorrectionId) -> Result<Arc<Correction>> {
        let found = self.project.correction(id).cloned();
        found.ok_or_else(|| refused("that correction is no longer in the ledger"))
    }
}
