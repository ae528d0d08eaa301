//! Corrections taken back, or narrowed to the mentions that they were made on.

use super::draft::{Draft, refused};
use crate::error::Result;
use crate::model::{Correction, CorrectionId};
use std::sync::Arc;

impl Draft<'_> {
    pub(super) fn take_back(&mut self, ids: &[CorrectionId]) -> Result<String> {
        let mut title = None;
        for &id in ids {
            let correction = self.correction(id)?;
            title.get_or_insert_with(|| correction.title.clone());
            self.put_correction(id, None);
        }
        match (title, ids.len()) {
            (None, _) => Err(refused("no correction is chosen")),
            (Some(title), 1) => Ok(format!("Took back: {title}")),
            (Some(_), several) => Ok(format!("Took back {several} corrections")),
        }
    }

    pub(super) fn set_only_here(&mut self, id: CorrectionId, only_here: bool) -> Result<String> {
        let correction = self.correction(id)?;
        let changed = Correction {
            only_here,
            ..(*correction).clone()
        };
        let title = &correction.title;
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
