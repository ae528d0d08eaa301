//! One entity becomes two, and two are said to be different.

use super::draft::{Draft, checked_name, refused};
use crate::error::Result;
use crate::model::ledger::Places;
use crate::model::{
    CorrectionKind, DocumentId, Entity, EntityId, EntityKind, Mention, normalized_name,
};
use std::collections::BTreeSet;

impl Draft<'_> {
    /// Some mentions of an entity go to another: to one that was merged into it, if they are exactly
    /// what that one had, or else to a new one.
    pub(super) fn split(
        &mut self,
        id: EntityId,
        chosen: &[(DocumentId, usize)],
        name: Option<&str>,
    ) -> Result<String> {
        let entity = self.entity(id)?.clone();
        let chosen: BTreeSet<(DocumentId, usize)> = chosen.iter().copied().collect();
        let (moved, kept): (Vec<&Mention>, Vec<&Mention>) = entity
            .mentions
            .iter()
            .partition(|m| chosen.contains(&(m.document, m.start)));
        if moved.is_empty() || moved.len() < chosen.len() {
            return Err(refused("choose mentions of one entity to split off"));
        }
        if kept.is_empty() {
            return Err(refused(format!(
                "{} has no other mentions; rename it instead",
                entity.name
            )));
        }
        let merged = self.merged_with(&entity, &moved);
        let name = match (name, &merged) {
            (Some(name), _) => checked_name(name)?,
            (None, Some((_, name, _))) => name.clone(),
            (None, None) => checked_name(fullest(&moved))?,
        };
        let (made, kind) = match merged {
            Some((made, _, kind)) => (made, kind),
            None => (self.new_entity_id(), entity.kind),
        };
        let staying: BTreeSet<String> = kept.iter().map(|m| normalized_name(&m.text)).collect();
        let mut texts: Vec<String> = moved.iter().map(|m| normalized_name(&m.text)).collect();
        texts.retain(|text| !staying.contains(text));
        texts.sort_unstable();
        texts.dedup();
        let anchors = moved.iter().filter_map(|m| self.project.anchor(m));
        let anchors = anchors.collect();
        let correction = CorrectionKind::Split {
            made,
            name: name.clone(),
            kind,
            texts,
        };
        self.correct(&entity, anchors, correction);
        let many = if moved.len() == 1 {
            "mention"
        } else {
            "mentions"
        };
        let count = moved.len();
        Ok(format!("Split {name} off {} ({count} {many})", entity.name))
    }

    /// The entity that was merged into this one and had exactly these mentions.
    fn merged_with(
        &self,
        entity: &Entity,
        moved: &[&Mention],
    ) -> Option<(EntityId, String, EntityKind)> {
        let wanted: BTreeSet<_> = moved.iter().map(|m| (m.document, m.start, m.end)).collect();
        let places = Places::new(self.project);
        let corrections: Vec<_> = self.project.corrections().collect();
        corrections.into_iter().rev().find_map(|correction| {
            let CorrectionKind::Merge { into_entity, .. } = &correction.kind else {
                return None;
            };
            let is_of = *into_entity == Some(entity.id)
                && correction.anchors.len() == wanted.len()
                && self.project.entity(correction.entity).is_none();
            let found = || places.find(&correction.anchors, correction.new_from.0);
            (is_of && found().into_iter().flatten().collect::<BTreeSet<_>>() == wanted).then(|| {
                let found = self.project.found_entities.get(&correction.entity);
                let name = found.map_or_else(|| fullest(moved).to_owned(), |e| e.name.clone());
                (correction.entity, name, correction.entity_kind)
            })
        })
    }

    pub(super) fn keep_apart(&mut self, id: EntityId, other: EntityId) -> Result<String> {
        let one = self.entity(id)?.clone();
        let other = self.entity(other)?.clone();
        if one.id == other.id {
            return Err(refused("that is one entity; choose another one beside it"));
        }
        if !self.project.are_different(one.id, other.id) {
            let anchors = self.anchors(&one);
            let kind = CorrectionKind::Different {
                other: other.id,
                other_name: other.name.clone(),
                other_kind: other.kind,
                other_anchors: self.anchors(&other),
            };
            self.correct(&one, anchors, kind);
        }
        Ok(format!("Keeping {} and {} apart", one.name, other.name))
    }

    pub(super) fn leave_for_later(&mut self, id: EntityId, other: EntityId) -> Result<String> {
        let names = (
            self.entity(id)?.name.clone(),
            self.entity(other)?.name.clone(),
        );
        let mut later = self.project.later().clone();
        later.insert((id.min(other), id.max(other)));
        self.later = Some(later);
        Ok(format!("Left {} and {} for later", names.0, names.1))
    }
}

/// The longest text of the mentions, the first of those.
fn fullest<'a>(mentions: &[&'a Mention]) -> &'a str {
    let longest = mentions.iter().rev().max_by_key(|m| m.text.chars().count());
    longest.map_or("", |mention| &mention.text)
}
