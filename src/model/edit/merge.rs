//! Several entities become one.

use super::draft::{Draft, name_or_count, refused};
use crate::error::Result;
use crate::model::{Anchor, CorrectionKind, EntityId, normalized_name};
use std::collections::BTreeSet;

/// So many mentions of the entity that stays are noted with each merge: enough to find it again,
/// and merging many into a much-mentioned one stays linear.
const ANCHORS_OF_THE_OTHER: usize = 64;

impl Draft<'_> {
    pub(super) fn merge(&mut self, into: EntityId, others: &[EntityId]) -> Result<String> {
        let stays = self.entity(into)?.clone();
        let others: Vec<EntityId> = others.iter().copied().filter(|&id| id != into).collect();
        if others.is_empty() {
            return Err(refused("merging needs two entities"));
        }
        let others = self.existing(&others)?;
        let into_anchors: Vec<Anchor> = stays
            .mentions
            .iter()
            .take(ANCHORS_OF_THE_OTHER)
            .filter_map(|mention| self.project.anchor(mention))
            .collect();
        let names = self.record_merge(&others, &normalized_name(&stays.name), &into_anchors)?;
        self.join_mentions(into, &others)?;
        self.join_placements(into, &others);
        self.redirect_relations(into, &others);
        self.remove_entities(&others);
        self.drop_outdone_co_mentions(into);
        let what = name_or_count(&names, "entities");
        Ok(format!("Merged {what} into {}", stays.name))
    }

    fn record_merge(
        &mut self,
        others: &BTreeSet<EntityId>,
        into: &str,
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
                    into: into.to_owned(),
                    into_anchors: into_anchors.to_vec(),
                },
            );
        }
        Ok(names)
    }

    fn join_mentions(&mut self, into: EntityId, others: &BTreeSet<EntityId>) -> Result<()> {
        let mut joined = (**self.entity(into)?).clone();
        let mut kept = std::mem::take(&mut joined.aliases);
        for &id in others {
            let other = self.entity(id)?;
            kept.extend(other.aliases.iter().cloned());
            kept.push(other.name.clone());
            joined.mentions.extend(other.mentions.iter().cloned());
            joined.roles.extend(other.roles.iter().cloned());
            if let Some(theirs) = &other.unit {
                joined.unit.get_or_insert_default().fill_from(theirs);
            }
        }
        joined.sort_mentions();
        joined
            .mentions
            .dedup_by_key(|m| (m.document, m.start, m.end));
        joined
            .roles
            .sort_by(|a, b| (a.document, a.start, &a.text).cmp(&(b.document, b.start, &b.text)));
        joined.roles.dedup();
        joined.refresh_aliases(&kept);
        joined.by_user = true;
        self.put_entity(joined);
        Ok(())
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

    fn redirect_relations(&mut self, into: EntityId, others: &BTreeSet<EntityId>) {
        let mut index = self.relation_index();
        for relation in self.relations_touching(others) {
            self.take_relation(&mut index, &relation);
            let mut redirected = (*relation).clone();
            for end in [&mut redirected.source, &mut redirected.target] {
                if others.contains(end) {
                    *end = into;
                }
            }
            self.join_relation(&mut index, redirected);
        }
    }
}
