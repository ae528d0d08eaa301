//! What the gazetteer has for the places of the project.

use super::Session;
use crate::extract::resolve;
use crate::model::{EntityId, Location};

impl Session {
    /// The places of the gazetteer that bear one of the names of an entity, the most important
    /// first; the one that it is taken for is left out.
    pub fn places_called(&self, entity: EntityId) -> Vec<Location> {
        let Some(entity) = self.project().entity(entity) else {
            return Vec::new();
        };
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        let mut places = resolve::places_called(names.map(String::as_str));
        if let Some(known) = &entity.location {
            places.retain(|place| !place.is_same_place(known));
        }
        places
    }
}
