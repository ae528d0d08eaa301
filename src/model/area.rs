//! A country or a division of one, in which places lie.

use super::{Entity, EntityId, EntityKind, Location, PlaceKind, Project, Visible};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A country, or a first-level division of it, as the gazetteer names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area {
    /// The country.
    pub country: String,
    /// The division; `None` for the whole country.
    pub region: Option<String>,
}

impl Area {
    /// The areas that a place lies in or is, the widest first.
    pub fn around(location: &Location) -> Vec<Self> {
        let Some(country) = &location.country else {
            return Vec::new();
        };
        let region = match location.kind {
            PlaceKind::Region => Some(&location.name),
            PlaceKind::Country => None,
            _ => location.region.as_ref(),
        };
        let area = |region: Option<&String>| Self {
            country: country.clone(),
            region: region.cloned(),
        };
        let own = region.map(|region| area(Some(region)));
        std::iter::once(area(None)).chain(own).collect()
    }

    /// The place lies in the area or is the area itself.
    pub fn holds(&self, location: &Location) -> bool {
        Self::around(location).contains(self)
    }

    /// "Donetsk Oblast, Ukraine".
    pub fn title(&self) -> String {
        match &self.region {
            Some(region) => format!("{region}, {}", self.country),
            None => self.country.clone(),
        }
    }

    fn holds_entity(&self, entity: &Entity) -> bool {
        entity.kind == EntityKind::Place
            && entity.location.as_deref().is_some_and(|at| self.holds(at))
    }

    /// Leaves of `visible` the places of the area, and what a line joins to one of them.
    pub(super) fn narrow(&self, visible: &mut Visible, project: &Project) {
        let inside = |id: EntityId| project.entity(id).is_some_and(|e| self.holds_entity(e));
        let is_place = |id: EntityId| {
            project
                .entity(id)
                .is_some_and(|e| e.kind == EntityKind::Place)
        };
        let mut kept: BTreeSet<EntityId> = visible.entities.iter().copied().collect();
        kept.retain(|&id| inside(id));
        let mut joined = BTreeSet::new();
        for relation in visible
            .relations
            .iter()
            .filter_map(|&id| project.relation(id))
        {
            for (end, other) in [
                (relation.source, relation.target),
                (relation.target, relation.source),
            ] {
                if kept.contains(&end) && !is_place(other) {
                    joined.insert(other);
                }
            }
        }
        kept.extend(joined);
        visible.entities.retain(|id| kept.contains(id));
        visible.relations.retain(|&id| {
            project
                .relation(id)
                .is_some_and(|r| kept.contains(&r.source) && kept.contains(&r.target))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(name: &str, kind: PlaceKind, region: Option<&str>) -> Location {
        Location {
            name: name.into(),
            kind,
            country: Some("Ukraine".into()),
            country_code: Some("UA".into()),
            region: region.map(str::to_owned),
            latitude: 48.0,
            longitude: 37.0,
            score: 1.0,
        }
    }

    #[test]
    fn a_town_lies_in_its_division_and_its_country() {
        let town = location("Toretsk", PlaceKind::City, Some("Donetsk Oblast"));
        let division = location("Donetsk Oblast", PlaceKind::Region, None);
        let country = location("Ukraine", PlaceKind::Country, None);
        let areas = Area::around(&town);
        assert_eq!(areas.len(), 2);
        let (wide, narrow) = (&areas[0], &areas[1]);
        assert_eq!(narrow.title(), "Donetsk Oblast, Ukraine");
        assert!(wide.holds(&town) && wide.holds(&division) && wide.holds(&country));
        assert!(narrow.holds(&town) && narrow.holds(&division) && !narrow.holds(&country));
        let sea = Location {
            country: None,
            ..location("Black Sea", PlaceKind::Sea, None)
        };
        assert!(Area::around(&sea).is_empty());
    }
}
