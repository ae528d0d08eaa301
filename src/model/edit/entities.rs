//! Rename, retype, delete, "not an entity", add.

use super::draft::{Draft, checked_name, name_or_count, refused};
use crate::error::Result;
use crate::geometry::Point;
use crate::model::{
    CorrectionKind, Entity, EntityId, EntityKind, Location, Placement, UnitDetails,
};
use std::collections::BTreeSet;

impl Draft<'_> {
    pub(super) fn rename(&mut self, id: EntityId, name: &str) -> Result<String> {
        let name = checked_name(name)?;
        let before = self.entity(id)?.clone();
        if before.name != name {
            let anchors = self.anchors(&before);
            self.correct(
                &before,
                anchors,
                CorrectionKind::Rename { name: name.clone() },
            );
        }
        Ok(format!("Renamed {} to {name}", before.name))
    }

    pub(super) fn retype(&mut self, ids: &[EntityId], kind: EntityKind) -> Result<String> {
        let ids = self.existing(ids)?;
        let mut names = Vec::new();
        for &id in &ids {
            let before = self.entity(id)?.clone();
            names.push(before.name.clone());
            if before.kind == kind {
                continue;
            }
            let anchors = self.anchors(&before);
            self.correct(&before, anchors, CorrectionKind::Retype { kind });
        }
        let what = name_or_count(&names, "entities");
        Ok(format!("Changed {what} to {}", kind.key()))
    }

    pub(super) fn locate(&mut self, id: EntityId, location: Option<&Location>) -> Result<String> {
        let before = self.entity(id)?.clone();
        let is_finite = |l: &Location| l.latitude.is_finite() && l.longitude.is_finite();
        if !location.is_none_or(is_finite) {
            return Err(refused("that place is nowhere on the map"));
        }
        let location = location.map(|location| {
            Box::new(Location {
                score: 1.0,
                ..location.clone()
            })
        });
        if before.location != location {
            let anchors = self.anchors(&before);
            let kind = CorrectionKind::Locate {
                location: location.clone(),
            };
            self.correct(&before, anchors, kind);
        }
        let name = &before.name;
        Ok(match location.as_deref().map(Location::within) {
            Some(within) if !within.is_empty() => format!("Placed {name} in {within}"),
            Some(_) => format!("Placed {name} on the map"),
            None => format!("Took {name} off the map"),
        })
    }

    pub(super) fn set_unit(&mut self, id: EntityId, unit: &UnitDetails) -> Result<String> {
        let before = self.entity(id)?.clone();
        if before.kind != EntityKind::Unit {
            return Err(refused("only a unit has these fields"));
        }
        let unit = unit.trimmed();
        if before.unit.as_deref().cloned().unwrap_or_default() != unit {
            let anchors = self.anchors(&before);
            let kind = CorrectionKind::Unit {
                unit: Box::new(unit),
            };
            self.correct(&before, anchors, kind);
        }
        Ok(format!("Changed the fields of {}", before.name))
    }

    /// Removes entities; with `never_again` their names are remembered as no entities at all.
    pub(super) fn delete(&mut self, ids: &[EntityId], never_again: bool) -> Result<String> {
        let ids = self.existing(ids)?;
        let mut names = Vec::new();
        for &id in &ids {
            let entity = self.entity(id)?.clone();
            names.push(entity.name.clone());
            let kind = if never_again {
                CorrectionKind::NotAnEntity
            } else {
                CorrectionKind::Delete
            };
            let anchors = self.anchors(&entity);
            self.correct(&entity, anchors, kind);
        }
        let what = name_or_count(&names, "entities");
        Ok(match (never_again, names.len()) {
            (false, _) => format!("Deleted {what}"),
            (true, 1) => format!("Marked {what} as not an entity"),
            (true, _) => format!("Marked {what} as no entities"),
        })
    }

    pub(super) fn add_entity(
        &mut self,
        kind: EntityKind,
        name: &str,
        position: Option<Point>,
    ) -> Result<String> {
        let name = checked_name(name)?;
        if position.is_some_and(|point| !point.is_finite()) {
            return Err(refused("that place is not in the picture"));
        }
        let entity = self.new_entity(kind, name.clone());
        let id = entity.id;
        self.correct(
            &entity,
            Vec::new(),
            CorrectionKind::AddEntity {
                kind,
                name: name.clone(),
            },
        );
        if position.is_some() {
            self.put_placement(
                id,
                Placement {
                    position,
                    pinned: true,
                    hidden: false,
                },
            );
        }
        Ok(format!("Added {name}"))
    }

    /// An entity made by the user, without mentions, not yet put into the draft.
    pub(super) fn new_entity(&mut self, kind: EntityKind, name: String) -> Entity {
        Entity {
            id: self.new_entity_id(),
            kind,
            name,
            aliases: Vec::new(),
            roles: Vec::new(),
            mentions: Vec::new(),
            by_user: true,
            told: None,
            unit: None,
            date: None,
            location: None,
        }
    }

    /// The ids as a set; an error if there are none, or one of them is gone.
    pub(super) fn existing(&self, ids: &[EntityId]) -> Result<BTreeSet<EntityId>> {
        if ids.is_empty() {
            return Err(refused("nothing is selected"));
        }
        for &id in ids {
            self.entity(id)?;
        }
        Ok(ids.iter().copied().collect())
    }
}
