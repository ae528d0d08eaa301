//! Several entities become one.

use super::draft::{Draft, name_or_count, refused};
use crate::error::Result;
use crate::model::{Anchor, CorrectionKind, Entity, EntityId, normalized_name};
use std::collections::BTreeSet;

impl Draft<'_> {
    pub(super) fn merge(&mut self, into: EntityId, others: &[EntityId]) -> Result<String> {
        let stays = self.entity(into)?.clone();
        let others: Vec<EntityId> = others.iter().copied().filter(|&id| id != into).collect();
        if others.is_empty() {
            return Err(refused("merging needs two entities"));
        }
        let others = self.existing(&others)?;
        let into_anchors = self.some_anchors(&stays);
        let names = self.record_merge(&others, &stays, &into_anchors)?;
        self.join_placements(into, &others);
        let what = name_or_count(&names, "entities");
        Ok(format!("Merged {what} into {}", stays.name))
    }

    fn record_merge(
        &mut self,
        others: &BTreeSet<EntityId>,
        into: &Entity,
        into_anchors: &[Anchor],
    ) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for &id in others {
            let other = self.entity(id)?.clone();
            names.push(other.name.clone());
            let anchors = self.anchors(&other);
            self.correct(
                &other,
                anchors,
                CorrectionKind::Merge {
                    into: normalized_name(&into.name),
                    into_anchors: into_anchors.to_vec(),
                    into_entity: Some(into.id),
                },
            );
        }
        Ok(names)
    }

    /// The one that stays keeps its place; without one it takes the first that the others have.
    fn join_placements(&mut self, into: EntityId, others: &BTreeSet<EntityId>) {
        let mut placement = self.placement(into);
        if placement.position.is_none() {
            let from = others
                .iter()
                .map(|&id| self.placement(id))
                .find(|other| other.position.is_some());
            if let Some(from) = from {
                placement.position = from.position;
                placement.pinned = from.pinned;
                self.put_placement(into, placement);
            }
        }
    }
}
