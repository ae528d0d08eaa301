//! The places that bear a name, and what the words beside it say that it lies in.

use super::super::Recognition;
use super::super::gazetteer::{Gazetteer, Place, PlaceKind};
use crate::model::{Document, EntityKind, Location, normalized_name};
use std::collections::BTreeSet;

/// Words after a name that make it a region's.
const REGION_NOUNS: &[&str] = &[
    "region",
    "oblast",
    "province",
    "governorate",
    "krai",
    "prefecture",
    "county",
    "state",
    "district",
];
/// The places of a name as a text has it; only divisions if it ends in "region" or the like.
pub(super) fn candidates(gazetteer: &Gazetteer, text: &str) -> Vec<Place> {
    let name = normalized_name(text);
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let found = gazetteer.find(name);
    let Some((stem, _)) = name
        .rsplit_once(' ')
        .filter(|(_, last)| REGION_NOUNS.contains(last))
    else {
        return without_regions_of_cities(name, found);
    };
    let stem = stem.strip_suffix(" border").unwrap_or(stem);
    let mut places: Vec<Place> = found;
    for place in gazetteer.find(stem) {
        if !places.iter().any(|known| known.record == place.record) {
            places.push(place);
        }
    }
    places.retain(|place| matches!(place.kind, PlaceKind::Region | PlaceKind::Historic));
    places
}

/// A bare name that a city and the division around it share is the city's; so is one by which a
/// division of the same country is only called in short ("Moscow" for its Oblast).
fn without_regions_of_cities(name: &str, mut places: Vec<Place>) -> Vec<Place> {
    let cities: Vec<Place> = places
        .iter()
        .copied()
        .filter(|place| place.kind == PlaceKind::City)
        .collect();
    let is_city_of = |region: &Place| {
        let is_short = normalized_name(region.name) != name;
        cities
            .iter()
            .filter(|city| city.country == region.country)
            .any(|city| is_short || city.region == Some(region.name))
    };
    places.retain(|place| place.kind != PlaceKind::Region || !is_city_of(place));
    places
}

/// A country or a division in which the text says that a place lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// ISO 3166-1 alpha-2 code.
    Country([u8; 2]),
    /// Name of a first-level division.
    Region(&'static str),
}

impl Container {
    /// A place lies in it.
    pub(super) fn holds(&self, place: &Place) -> bool {
        match self {
            Self::Country(code) => place.country == Some(*code) && place.kind != PlaceKind::Country,
            Self::Region(name) => place.region == Some(*name),
        }
    }

    /// As kept in [`super::nodes::Node::country`].
    pub(super) fn key(&self) -> String {
        match self {
            Self::Country(code) => String::from_utf8_lossy(code).into_owned(),
            Self::Region(name) => format!("/{name}"),
        }
    }

    /// The container of a key.
    pub(super) fn from_key(key: &str) -> Option<Self> {
        match key.strip_prefix('/') {
            Some(name) => Gazetteer::shared()
                .find(&normalized_name(name))
                .into_iter()
                .find(|place| place.kind == PlaceKind::Region && place.name == name)
                .map(|place| Self::Region(place.name)),
            None => <[u8; 2]>::try_from(key.as_bytes()).ok().map(Self::Country),
        }
    }
}

/// Where the words right beside a place mention say that it lies: "X, Australia", "X in Russia",
/// "X (Texas)", "Russia's X", "the Russian city of X".
pub(super) fn told(
    document: &Document,
    recognition: &Recognition,
    mention: usize,
) -> Option<Container> {
    after(document, recognition, mention).or_else(|| before(document, recognition, mention))
}

fn after(document: &Document, recognition: &Recognition, mention: usize) -> Option<Container> {
    let raw = &recognition.mentions[mention];
    let next = recognition.mentions.get(mention + 1)?;
    if next.kind != EntityKind::Place {
        return None;
    }
    let gap = document.text.get(raw.end..next.start)?;
    let inside = matches!(
        gap,
        ", " | " ("
            | " in "
            | " in the "
            | ", in "
            | ", in the "
            | ", a city in "
            | ", a town in "
            | " of "
    );
    if !inside {
        return None;
    }
    let container = container(document, recognition, mention + 1)?;
    // In a list of places a comma tells nothing: "in Georgia, Texas and Ohio".
    let listed = gap == ", " && is_listed(document, recognition, mention + 1);
    (!listed).then_some(container)
}

/// The mention is followed by more of a list.
fn is_listed(document: &Document, recognition: &Recognition, mention: usize) -> bool {
    let raw = &recognition.mentions[mention];
    recognition.mentions.get(mention + 1).is_some_and(|next| {
        let gap = document.text.get(raw.end..next.start);
        next.kind == EntityKind::Place
            && gap.is_some_and(|gap| matches!(gap, ", " | " and " | ", and "))
    })
}

fn before(document: &Document, recognition: &Recognition, mention: usize) -> Option<Container> {
    let previous = mention.checked_sub(1)?;
    let raw = &recognition.mentions[previous];
    let gap = document
        .text
        .get(raw.end..recognition.mentions[mention].start)?;
    let qualifies = match raw.kind {
        EntityKind::Place => matches!(gap, "'s " | "\u{2019}s " | "' " | "\u{2019} "),
        EntityKind::Group => {
            gap == " "
                || [
                    " city of ",
                    " town of ",
                    " village of ",
                    " port of ",
                    " settlement of ",
                ]
                .contains(&gap)
        }
        _ => false,
    };
    qualifies
        .then(|| container(document, recognition, previous))
        .flatten()
}

/// The country or division that a mention names.
fn container(document: &Document, recognition: &Recognition, mention: usize) -> Option<Container> {
    let raw = &recognition.mentions[mention];
    let gazetteer = Gazetteer::shared();
    let text = &document.text[raw.start..raw.end];
    if raw.kind == EntityKind::Group || raw.rule.contains("country") {
        return country_code(gazetteer, raw.canonical.as_deref().unwrap_or(text))
            .map(Container::Country);
    }
    candidates(gazetteer, text)
        .into_iter()
        .find_map(|place| match place.kind {
            PlaceKind::Country => place.country.map(Container::Country),
            PlaceKind::Region => Some(Container::Region(place.name)),
            _ => None,
        })
}

/// ISO 3166-1 alpha-2 code of the country that bears a name.
pub(super) fn country_code(gazetteer: &Gazetteer, name: &str) -> Option<[u8; 2]> {
    gazetteer
        .find(&normalized_name(name))
        .first()
        .filter(|place| place.kind == PlaceKind::Country)
        .and_then(|place| place.country)
}

/// The places of the gazetteer that bear any of the names, the most important of each name first.
pub fn places_called<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Location> {
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    names
        .into_iter()
        .flat_map(|name| candidates(Gazetteer::shared(), name))
        .filter(|place| seen.insert(place.record))
        .map(|place| place.location(1.0))
        .collect()
}
