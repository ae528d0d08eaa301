//! The places that bear a name, and what the words beside it say that it lies in.

use super::super::gazetteer::{Gazetteer, Place, PlaceKind};
use super::super::{RawMention, Recognition};
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
    if COMPASS.contains(&name) {
        // "The West" is no division of Cameroon.
        return Vec::new();
    }
    let mut found = gazetteer.find(name);
    if found.is_empty()
        && let Some(country) = without_form_of_state(name)
    {
        let is_country = |place: &Place| place.kind == PlaceKind::Country;
        found = gazetteer.find(country);
        found.retain(is_country);
        return found;
    }
    if found.is_empty() {
        // "Qamishli" is in the gazetteer with its article, "al-Bab" without.
        let bare = name
            .strip_prefix("al ")
            .or_else(|| name.strip_prefix("el "));
        found = match bare {
            Some(bare) => gazetteer.find(bare),
            None => gazetteer.find(&format!("al {name}")),
        };
    }
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

/// Points of the compass, which name no place by themselves.
pub(super) const COMPASS: &[&str] = &[
    "central",
    "east",
    "eastern",
    "north",
    "northeast",
    "northern",
    "northwest",
    "south",
    "southeast",
    "southern",
    "southwest",
    "west",
    "western",
];

/// What is left of a country's formal name: "chile" of "republic of chile".
fn without_form_of_state(name: &str) -> Option<&str> {
    const FORMS: &[&str] = &[
        "commonwealth",
        "federation",
        "kingdom",
        "republic",
        "state",
        "union",
    ];
    const BEFORE: &[&str] = &[
        "arab",
        "bolivarian",
        "democratic",
        "federal",
        "islamic",
        "peoples",
        "socialist",
        "united",
    ];
    let (form, country) = name.split_once(" of ")?;
    let mut words = form.split(' ').rev();
    let is_form = words.next().is_some_and(|word| FORMS.contains(&word));
    let are_before = words.all(|word| BEFORE.contains(&word));
    (is_form && are_before).then(|| country.strip_prefix("the ").unwrap_or(country))
}

/// The word after a mention makes a river of it: "the Dnipro river".
pub(super) fn means_river(document: &Document, end: usize) -> bool {
    let after = document.text.get(end..).unwrap_or_default();
    let rest = after
        .strip_prefix(" river")
        .or_else(|| after.strip_prefix(" River"));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The places that are called so with the article that stands before a mention: "the Hague", "the Gulf".
pub(super) fn with_article(
    gazetteer: &Gazetteer,
    document: &Document,
    mention: &RawMention,
) -> Vec<Place> {
    let before = document.text.get(..mention.start).unwrap_or_default();
    let name = document
        .text
        .get(mention.start..mention.end)
        .unwrap_or_default();
    match before.ends_with("the ") || before.ends_with("The ") {
        true => gazetteer.find(&format!("the {}", normalized_name(name))),
        false => Vec::new(),
    }
}

/// A bare name that a city and the division around it share is the city's; so is one by which a
/// division of the same country is only called in short ("Moscow" for its Oblast).
fn without_regions_of_cities(name: &str, mut places: Vec<Place>) -> Vec<Place> {
    // "Hong Kong", "Singapore": the country's, of which the city is all or the head.
    let is_country =
        |place: &Place| place.kind == PlaceKind::Country && normalized_name(place.name) == name;
    if let Some(country) = places.iter().copied().find(is_country) {
        places.retain(|place| place.kind == PlaceKind::Country || place.country != country.country);
    }
    // "Oklahoma" is the division, of which "Oklahoma City" is the main city.
    let full = format!("{name} city");
    let is_division =
        |place: &Place| place.kind == PlaceKind::Region && normalized_name(place.name) == name;
    if places.iter().any(is_division) {
        places.retain(|place| place.kind != PlaceKind::City || normalized_name(place.name) != full);
    }
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

/// What follows the name of a division, and of no city.
const DIVISION_AFTER: &[&str] = &[
    " governor",
    "'s governor",
    "\u{2019}s governor",
    " gov. ",
    " lieutenant governor",
];
/// What stands before the name of a division, and of no city.
const DIVISION_BEFORE: &[&str] = &["governor of ", "state of ", "province of ", "region of "];

/// The words beside the name of a place that is called like its main city mean the division: "New York
/// Governor", "the governor of Rostov".
pub(super) fn means_division(
    document: &Document,
    recognition: &Recognition,
    mention: usize,
) -> bool {
    let raw = &recognition.mentions[mention];
    let text = &document.text;
    let after = &text[raw.end..text.floor_char_boundary((raw.end + 24).min(text.len()))];
    let before = &text[text.ceil_char_boundary(raw.start.saturating_sub(16))..raw.start];
    let (after, before) = (after.to_lowercase(), before.to_lowercase());
    let is_told = DIVISION_AFTER.iter().any(|words| after.starts_with(words))
        || DIVISION_BEFORE.iter().any(|words| before.ends_with(words));
    let apposed = mention.checked_sub(1).map(|at| &recognition.mentions[at]);
    let apposed = apposed.filter(|before| {
        before.kind == EntityKind::Place && text.get(before.end..raw.start) == Some(", ")
    });
    if raw.kind != EntityKind::Place || !(is_told || apposed.is_some()) {
        return false;
    }
    let name = normalized_name(&text[raw.start..raw.end]);
    let found = Gazetteer::shared().find(&name);
    let of = |kind| found.iter().filter(move |place| place.kind == kind);
    let mut divisions = of(PlaceKind::Region).filter(|division| {
        // "Guatemala City, Guatemala" is of the country.
        of(PlaceKind::Country).all(|country| country.country != division.country)
    });
    if is_told {
        let others =
            of(PlaceKind::City).next().is_some() || of(PlaceKind::Country).next().is_some();
        // The division of a metropolis is the metropolis: "Bangkok governor".
        let is_city = |division: &Place| {
            of(PlaceKind::City).any(|city| {
                let far = (city.latitude - division.latitude).abs()
                    + (city.longitude - division.longitude).abs();
                let as_large = city.population_class >= division.population_class;
                city.country == division.country && as_large && far < 0.5
            })
        };
        return others && divisions.any(|division| !is_city(division));
    }
    let is_its_city = |division: &Place| {
        apposed.is_some_and(|city| is_city_of(division, &text[city.start..city.end]))
    };
    divisions.any(is_its_city)
}

/// The main place of that name in the division's country is a city of the division, and is called
/// otherwise: "Atlanta, Georgia".
fn is_city_of(division: &Place, name: &str) -> bool {
    let found = Gazetteer::shared().find(&normalized_name(name));
    let mut cities = found
        .iter()
        .filter(|place| place.kind == PlaceKind::City && place.country == division.country);
    cities.next().is_some_and(|city| {
        city.region == Some(division.name)
            && normalized_name(name) != normalized_name(division.name)
    })
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
    if is_apposed(document, raw.end, next) {
        return container(document, recognition, mention + 1);
    }
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

/// Nouns for places that others lie in or belong to.
const SETTLEMENTS: &[&str] = &[
    "city",
    "town",
    "village",
    "port",
    "settlement",
    "suburb",
    "hamlet",
    "resort",
    "municipality",
    "borough",
    "region",
    "province",
    "county",
    "district",
    "state",
];

/// "Donetsk, a Russian town near", "Bath, a small town in England": the words behind the comma tell
/// where the place that ends at byte `end` lies.
fn is_apposed(document: &Document, end: usize, next: &RawMention) -> bool {
    const MOST_WORDS: usize = 6;
    let Some(gap) = document.text.get(end..next.start) else {
        return false;
    };
    let opens = [", a ", ", an ", ", the "]
        .iter()
        .find_map(|open| gap.strip_prefix(open));
    let Some(between) = opens else {
        return false;
    };
    let is_settlement = |word: &str| SETTLEMENTS.contains(&word);
    let is_plain = |words: &str| {
        let mut all = words.split(' ').filter(|word| !word.is_empty());
        words.split(' ').count() <= MOST_WORDS + 1
            && all.all(|word| word.chars().all(|c| c.is_lowercase() || c == '-'))
    };
    if !is_plain(between) {
        return false;
    }
    match next.kind {
        EntityKind::Group => {
            let rest = &document.text[next.end..];
            let mut words = rest.split([' ', ',', '.', ';']).skip(1).take(3);
            rest.starts_with(' ') && words.any(is_settlement)
        }
        // "Georgia, the U.S. state".
        EntityKind::Place if between.is_empty() => {
            let rest = document.text.get(next.end..).unwrap_or_default();
            let noun = rest.strip_prefix(' ').unwrap_or_default();
            let noun = noun.split(|c: char| !c.is_alphabetic()).next();
            next.rule.contains("country") && noun.is_some_and(is_settlement)
        }
        EntityKind::Place => {
            let joins = [" in ", " of ", " in the ", " of the "].iter();
            let told = joins.filter_map(|join| between.strip_suffix(&join[..]));
            let mut told = told.filter_map(|noun| noun.split(' ').next_back());
            told.any(is_settlement)
        }
        _ => false,
    }
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

/// Counties of England and Wales, which are no first-level divisions. Sorted.
const BRITISH_COUNTIES: &[&str] = &[
    "bedfordshire",
    "berkshire",
    "buckinghamshire",
    "cambridgeshire",
    "cheshire",
    "cornwall",
    "county durham",
    "cumbria",
    "derbyshire",
    "devon",
    "dorset",
    "east sussex",
    "essex",
    "gloucestershire",
    "greater manchester",
    "gwynedd",
    "hampshire",
    "herefordshire",
    "hertfordshire",
    "kent",
    "lancashire",
    "leicestershire",
    "lincolnshire",
    "merseyside",
    "norfolk",
    "north yorkshire",
    "northamptonshire",
    "northumberland",
    "nottinghamshire",
    "oxfordshire",
    "powys",
    "shropshire",
    "somerset",
    "south yorkshire",
    "staffordshire",
    "suffolk",
    "surrey",
    "sussex",
    "tyne and wear",
    "warwickshire",
    "west midlands",
    "west sussex",
    "west yorkshire",
    "wiltshire",
    "worcestershire",
    "yorkshire",
];

/// The country or division that a mention names.
fn container(document: &Document, recognition: &Recognition, mention: usize) -> Option<Container> {
    let raw = &recognition.mentions[mention];
    let gazetteer = Gazetteer::shared();
    let text = &document.text[raw.start..raw.end];
    if raw.kind == EntityKind::Group || raw.rule.contains("country") {
        return country_code(gazetteer, raw.canonical.as_deref().unwrap_or(text))
            .map(Container::Country);
    }
    if BRITISH_COUNTIES
        .binary_search(&normalized_name(text).as_str())
        .is_ok()
    {
        return Some(Container::Country(*b"GB"));
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
