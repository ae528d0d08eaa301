//! Which place of a project lies in which other, as the gazetteer has it.

use super::{
    DateValue, Entity, EntityId, EntityKind, Evidence, Location, Origin, PlaceKind, Relation,
    RelationId, RelationKind, Status,
};
use std::collections::BTreeMap;

/// A place that is less surely the gazetteer's lies in nothing.
const FIRM: f32 = 0.75;

/// For each place that lies in another of `entities`: both, and the gazetteer's words for it. Only
/// the next wider one is told: Toretsk lies in Donetsk Oblast, and that in Ukraine.
pub fn containments<'a>(
    entities: impl IntoIterator<Item = &'a Entity>,
) -> BTreeMap<(EntityId, EntityId), String> {
    let mut places: Vec<(EntityId, &Location)> = Vec::new();
    let mut wider: BTreeMap<(&str, Option<&str>), EntityId> = BTreeMap::new();
    for entity in entities {
        let (EntityKind::Place, Some(location)) = (entity.kind, entity.location.as_deref()) else {
            continue;
        };
        let Some(country) = location
            .country
            .as_deref()
            .filter(|_| location.score >= FIRM)
        else {
            continue;
        };
        places.push((entity.id, location));
        match location.kind {
            PlaceKind::Country => wider.entry((country, None)).or_insert(entity.id),
            PlaceKind::Region => wider
                .entry((country, Some(location.name.as_str())))
                .or_insert(entity.id),
            _ => continue,
        };
    }
    let mut found = BTreeMap::new();
    for (id, location) in places {
        let country = location.country.as_deref().unwrap_or_default();
        let region = location.region.as_deref();
        let in_region = || wider.get(&(country, Some(region?)));
        let in_country = || wider.get(&(country, None));
        let outer = match location.kind {
            PlaceKind::Country => None,
            PlaceKind::Region => in_country(),
            _ => in_region().or_else(in_country),
        };
        if let Some(&outer) = outer.filter(|&&outer| outer != id) {
            let within = location.within();
            found.insert((id, outer), format!("{}, {within}", location.name));
        }
    }
    found
}

/// What the gazetteer says, as evidence.
pub fn gazetteer_evidence(record: String) -> Evidence {
    Evidence {
        origin: Origin::Gazetteer { record },
        document: None,
        start: None,
        end: None,
        text: None,
        source_span: None,
        target_span: None,
        trigger: Vec::new(),
        status: Status::Asserted,
        attributed_to: None,
        date: None::<DateValue>,
        score: 1.0,
        method: "gazetteer".to_owned(),
    }
}

/// A relation that only the gazetteer knows.
pub fn gazetteer_relation(id: RelationId, ends: (EntityId, EntityId), record: String) -> Relation {
    let kind = RelationKind::LocatedIn;
    let mut relation = Relation {
        id,
        source: ends.0,
        target: ends.1,
        kind,
        label: kind.phrase().to_owned(),
        status: Status::Asserted,
        disputed: false,
        date: None,
        score: 0.0,
        evidence: vec![gazetteer_evidence(record)],
    };
    relation.refresh();
    relation
}
