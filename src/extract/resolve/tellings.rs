//! What each document tells of an entity, gathered mention by mention while entities are made.

use super::locate::Located;
use crate::model::{DocumentId, EntityKind, Telling, Told, UnitDetails};
use std::collections::BTreeMap;

/// How much each document tells a thing.
type By = BTreeMap<DocumentId, f32>;

/// What is told so far.
#[derive(Default)]
pub(super) struct Tellings {
    names: BTreeMap<String, By>,
    kinds: BTreeMap<EntityKind, By>,
    units: BTreeMap<UnitDetails, By>,
    /// By the record of the gazetteer.
    places: BTreeMap<u32, (Located, By)>,
}

impl Tellings {
    /// A mention by a name that is not its words.
    pub(super) fn name(&mut self, document: DocumentId, name: &str) {
        let by = self.names.entry(name.to_owned()).or_default();
        *by.entry(document).or_default() += 1.0;
    }

    /// A mention of a kind.
    pub(super) fn kind(&mut self, document: DocumentId, kind: EntityKind) {
        let by = self.kinds.entry(kind).or_default();
        *by.entry(document).or_default() += 1.0;
    }

    /// A mention that tells fields of a unit.
    pub(super) fn unit(&mut self, document: DocumentId, unit: &UnitDetails) {
        let by = self.units.entry(unit.clone()).or_default();
        *by.entry(document).or_default() += 1.0;
    }

    /// A place that the document takes it for.
    pub(super) fn place(&mut self, document: DocumentId, located: Located) {
        let entry = self.places.entry(located.place.record);
        let (_, by) = entry.or_insert_with(|| (located, By::new()));
        let most = by.entry(document).or_default();
        *most = most.max(located.score);
    }

    /// All of it, for an entity of that kind; kinds only where there are several.
    pub(super) fn finish(self, kind: EntityKind) -> Told {
        fn told<T>(of: BTreeMap<T, By>) -> Vec<Telling<T>> {
            let tellings = of.into_iter().map(|(what, by)| Telling::new(what, by));
            tellings.collect()
        }
        let is_one_kind = self.kinds.len() < 2;
        let places = self.places.into_values();
        let places = places.filter(|_| kind == EntityKind::Place);
        Told {
            names: told(self.names),
            kinds: told(if is_one_kind {
                BTreeMap::new()
            } else {
                self.kinds
            }),
            units: told(self.units),
            locations: places
                .map(|(located, by)| Telling::new(located.place.location(0.0), by))
                .collect(),
        }
    }

    /// The kind that most mentions have.
    pub(super) fn most_kind(&self) -> Option<EntityKind> {
        let count = |by: &By| by.values().sum::<f32>();
        let kinds = self.kinds.iter();
        let most = kinds.max_by(|a, b| count(a.1).total_cmp(&count(b.1)).then(b.0.cmp(a.0)));
        most.map(|(kind, _)| *kind)
    }
}
