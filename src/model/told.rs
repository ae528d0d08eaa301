//! What each document tells of an entity beyond the words of its mentions, so that it goes with the
//! document: names that no text has letter by letter, kinds, a unit's fields, where a place lies.

use super::{DocumentId, EntityKind, Location, UnitDetails};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One thing told, and how much each document says so: mentions, or for a location how surely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Telling<T> {
    /// What is told.
    pub what: T,
    /// The documents that tell it, by number.
    pub by: Vec<(DocumentId, f32)>,
}

/// What documents tell of an entity as it was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// Names that are not the words of a mention: a country's usual one, a ministry's with its country.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Telling<String>>,
    /// Kinds; none where all documents say one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Telling<EntityKind>>,
    /// Fields of a unit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Telling<UnitDetails>>,
    /// Where a place lies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Telling<Location>>,
}

impl<T> Telling<T> {
    /// The documents that tell it with the weight of each.
    pub fn new(what: T, by: BTreeMap<DocumentId, f32>) -> Self {
        Self {
            what,
            by: by.into_iter().collect(),
        }
    }

    /// The sum of the weights.
    pub fn weight(&self) -> f32 {
        self.by.iter().map(|(_, weight)| weight).sum()
    }

    /// The weight of the document that tells it most surely.
    pub fn most(&self) -> f32 {
        self.by
            .iter()
            .map(|(_, weight)| *weight)
            .fold(0.0, f32::max)
    }
}

impl Told {
    /// Nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what further documents tell. What both know of one document stays as it is here.
    pub fn absorb(&mut self, other: Self) {
        join(&mut self.names, other.names, |a, b| a == b);
        join(&mut self.kinds, other.kinds, |a, b| a == b);
        join(&mut self.units, other.units, |a, b| a == b);
        join(
            &mut self.locations,
            other.locations,
            Location::is_same_place,
        );
    }

    /// Leaves out what only these documents tell.
    pub fn forget(&mut self, gone: &BTreeSet<DocumentId>) {
        forget(&mut self.names, gone);
        forget(&mut self.kinds, gone);
        forget(&mut self.units, gone);
        forget(&mut self.locations, gone);
    }

    /// The fields of one unit from what its mentions tell: the fullest telling leads, then the most
    /// frequent; the others add what it leaves open.
    pub fn unit(&self) -> Option<UnitDetails> {
        let mut told: Vec<&Telling<UnitDetails>> = self.units.iter().collect();
        told.sort_by(|a, b| {
            let rows = |telling: &Telling<UnitDetails>| telling.what.rows().count();
            let order = rows(b).cmp(&rows(a));
            order
                .then(b.weight().total_cmp(&a.weight()))
                .then_with(|| a.what.cmp(&b.what))
        });
        let fields = told.into_iter().map(|telling| telling.what.clone());
        fields
            .reduce(|mut fullest, other| {
                fullest.fill_from(&other);
                fullest
            })
            .filter(|unit| !unit.is_empty())
    }

    /// The place that some document takes it for most surely, the first of several.
    pub fn location(&self) -> Option<Location> {
        let surest = self.locations.iter().reduce(|best, next| {
            if next.most() > best.most() {
                next
            } else {
                best
            }
        })?;
        Some(Location {
            score: surest.most(),
            ..surest.what.clone()
        })
    }

    /// The kind that most mentions have, the first of several in the order of kinds.
    pub fn kind(&self) -> Option<EntityKind> {
        let most = self.kinds.iter().max_by(|a, b| {
            let order = a.weight().total_cmp(&b.weight());
            order.then_with(|| b.what.cmp(&a.what))
        });
        most.map(|telling| telling.what)
    }

    /// All weights are numbers and all places on the map, as a file may not have them.
    pub fn is_sound(&self) -> bool {
        fn finite<T>(tellings: &[Telling<T>]) -> bool {
            let mut weights = tellings.iter().flat_map(|telling| &telling.by);
            weights.all(|(_, weight)| weight.is_finite())
        }
        let on_map =
            |place: &Location| place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0;
        finite(&self.names)
            && finite(&self.kinds)
            && finite(&self.units)
            && finite(&self.locations)
            && self.locations.iter().all(|telling| on_map(&telling.what))
    }
}

fn join<T>(known: &mut Vec<Telling<T>>, more: Vec<Telling<T>>, same: impl Fn(&T, &T) -> bool) {
    for telling in more {
        match known.iter_mut().find(|old| same(&old.what, &telling.what)) {
            Some(old) => {
                let mut by: BTreeMap<DocumentId, f32> = telling.by.into_iter().collect();
                by.extend(old.by.iter().copied());
                old.by = by.into_iter().collect();
            }
            None => known.push(telling),
        }
    }
}

fn forget<T>(tellings: &mut Vec<Telling<T>>, gone: &BTreeSet<DocumentId>) {
    for telling in &mut *tellings {
        telling.by.retain(|(document, _)| !gone.contains(document));
    }
    tellings.retain(|telling| !telling.by.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brigade(number: Option<&str>, parent: Option<&str>) -> UnitDetails {
        UnitDetails {
            number: number.map(str::to_owned),
            parent: parent.map(str::to_owned),
            ..UnitDetails::default()
        }
    }

    fn by(documents: &[u32]) -> BTreeMap<DocumentId, f32> {
        documents.iter().map(|&id| (DocumentId(id), 1.0)).collect()
    }

    #[test]
    fn what_one_document_tells_goes_with_it() {
        let mut told = Told {
            units: vec![
                Telling::new(brigade(Some("5"), None), by(&[0, 1])),
                Telling::new(brigade(None, Some("3rd Army")), by(&[1])),
            ],
            ..Told::default()
        };
        assert_eq!(told.unit(), Some(brigade(Some("5"), Some("3rd Army"))));
        told.forget(&[DocumentId(1)].into());
        assert_eq!(told.unit(), Some(brigade(Some("5"), None)));
        told.forget(&[DocumentId(0)].into());
        assert!(told.is_empty());
    }

    #[test]
    fn further_documents_add_to_what_is_told() {
        let mut told = Told {
            kinds: vec![Telling::new(EntityKind::Unit, by(&[0]))],
            ..Told::default()
        };
        told.absorb(Told {
            kinds: vec![Telling::new(EntityKind::Organization, by(&[1, 2]))],
            ..Told::default()
        });
        assert_eq!(told.kind(), Some(EntityKind::Organization));
        told.forget(&[DocumentId(1)].into());
        assert_eq!(told.kind(), Some(EntityKind::Unit));
    }
}
