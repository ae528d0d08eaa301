//! What a document says of countries and divisions, for which places its names mean: the other places
//! that it names, and the countries and peoples.

use super::super::Recognition;
use super::super::gazetteer::{Gazetteer, Place, PlaceKind};
use super::containers::country_code;
use super::locate::Located;
use crate::model::{Document, EntityKind};
use std::collections::{BTreeMap, HashMap};

/// The share that a country mentioned by its own name or people adds, and the most that it can.
const COUNTRY_WEIGHT: f32 = 0.5;
const MOST_BY_COUNTRY: f32 = 1.5;

/// How much a document speaks of places in each country and division.
#[derive(Default)]
pub(super) struct Evidence {
    countries: BTreeMap<[u8; 2], f32>,
    regions: BTreeMap<&'static str, f32>,
}

impl Evidence {
    /// A place that the document names.
    pub(super) fn add(&mut self, found: &Located) {
        let place = &found.place;
        if place.kind == PlaceKind::Country {
            return;
        }
        if let Some(country) = place.country {
            *self.countries.entry(country).or_default() += found.score;
        }
        if let Some(region) = region_of(place) {
            *self.regions.entry(region).or_default() += found.score;
        }
    }

    /// What other names than `own` say for the country and the division of `place`. `own` are all
    /// readings of the name in the document: the Georgia of which it says that it is a state speaks for
    /// no other.
    pub(super) fn around(&self, place: &Place, own: &[Located]) -> (f32, f32) {
        let own = || {
            let all = own.iter();
            all.filter(|own| own.place.kind != PlaceKind::Country)
        };
        let country = place.country.map_or(0.0, |country| {
            let mine = own().filter(|own| own.place.country == Some(country));
            let mine: f32 = mine.map(|own| own.score).sum();
            self.countries.get(&country).copied().unwrap_or(0.0) - mine
        });
        let region = region_of(place).map_or(0.0, |region| {
            let mine = own().filter(|own| region_of(&own.place) == Some(region));
            let mine: f32 = mine.map(|own| own.score).sum();
            self.regions.get(region).copied().unwrap_or(0.0) - mine
        });
        (country.max(0.0), region.max(0.0))
    }
}

/// The first-level division that a place lies in or is.
pub(super) fn region_of(place: &Place) -> Option<&'static str> {
    match place.kind {
        PlaceKind::Region => Some(place.name),
        _ => place.region,
    }
}

/// How often countries are named, by themselves or by their people.
pub(super) fn countries_by_name(
    gazetteer: &Gazetteer,
    document: &Document,
    recognition: &Recognition,
) -> BTreeMap<[u8; 2], f32> {
    let mut countries: BTreeMap<[u8; 2], f32> = BTreeMap::new();
    let mut codes: HashMap<&str, Option<[u8; 2]>> = HashMap::new();
    for mention in &recognition.mentions {
        let name = match mention.kind {
            EntityKind::Group => mention.canonical.as_deref(),
            EntityKind::Place => Some(
                mention
                    .canonical
                    .as_deref()
                    .unwrap_or(&document.text[mention.start..mention.end]),
            ),
            _ => None,
        };
        let Some(name) = name else { continue };
        let code = *codes
            .entry(name)
            .or_insert_with(|| country_code(gazetteer, name));
        if let Some(code) = code {
            let sum = countries.entry(code).or_default();
            *sum = (*sum + COUNTRY_WEIGHT).min(MOST_BY_COUNTRY);
        }
    }
    countries
}
