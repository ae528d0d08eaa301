//! Which place of the gazetteer a name means in its document.
//!
//! Names are shared: there is a Donetsk in Ukraine and one in Russia, a Georgia in the Caucasus and
//! one in America. What stands beside the name decides ("Newcastle, Australia", "Russia's Donetsk"),
//! then which countries the document speaks of, then size.

use super::super::Recognition;
use super::super::gazetteer::{Gazetteer, Place, PlaceKind};
use super::containers::{Container, candidates, country_code, means_division};
use super::nodes::Nodes;
use crate::model::{Document, EntityKind, normalized_name};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The place that a node names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Located {
    /// The record.
    pub(super) place: Place,
    /// How sure, 0 to 1, against the other places of that name.
    pub(super) score: f32,
}

/// Below this a document does not decide by itself; other documents may.
const FIRM: f32 = 0.75;
/// Population class of a city of half a million.
const LARGE: u8 = 10;
/// The share that a country mentioned by its own name or people adds, and the most that it can.
const COUNTRY_WEIGHT: f32 = 0.5;
const MOST_BY_COUNTRY: f32 = 1.5;
/// What it adds that a country is named at all.
const NAMED: f32 = 0.5;
/// What each further name of a division adds to the places in it.
const REGION_WEIGHT: f32 = 0.8;

/// For each node the place that it means; `None` for what is no place or not in the gazetteer.
pub(super) fn locate(nodes: &Nodes<'_>) -> Vec<Option<Located>> {
    let gazetteer = Gazetteer::shared();
    let mut located: Vec<Option<Located>> = vec![None; nodes.nodes.len()];
    let mut doubts: Vec<(usize, Vec<Choice>)> = Vec::new();
    for (document, range) in nodes.ranges.iter().enumerate() {
        let (text, recognition) = nodes.items[document];
        let names: Vec<Name> = range
            .clone()
            .filter(|&node| nodes.nodes[node].kind == EntityKind::Place)
            .filter_map(|node| Name::new(gazetteer, nodes, node, text, recognition))
            .collect();
        let by_name = countries_by_name(gazetteer, text, recognition);
        let mut choices: Vec<Option<Located>> = vec![None; names.len()];
        let mut alternatives: Vec<Vec<Choice>> = vec![Vec::new(); names.len()];
        // What the first round finds likely tells the second one of the rest.
        for _ in 0..3 {
            let mut evidence = Evidence::default();
            for choice in choices.iter().flatten() {
                evidence.add(choice);
            }
            for (index, (name, choice)) in names.iter().zip(&mut choices).enumerate() {
                let all = name.choices(&evidence, choice.as_ref(), &by_name);
                *choice = best(&all);
                alternatives[index] = all;
            }
        }
        for ((name, choice), all) in names.iter().zip(choices).zip(alternatives) {
            located[name.node] = choice;
            if choice.is_some_and(|choice| choice.score < FIRM) {
                doubts.push((name.node, all));
            }
        }
    }
    settle_doubts(nodes, &doubts, &mut located);
    for range in &nodes.ranges {
        settle_short_names(nodes, range.clone(), &mut located);
    }
    located
}

/// "Rio" of a text that names Rio de Janeiro is that one: the part of a name before its small words.
fn settle_short_names(nodes: &Nodes<'_>, range: Range<usize>, located: &mut [Option<Located>]) {
    let mut longer: HashMap<String, BTreeMap<u32, Located>> = HashMap::new();
    for node in range.clone() {
        let text = nodes.text(nodes.nodes[node].document, nodes.nodes[node].first_mention);
        let mut words = text.split([' ', '-']);
        if let (Some(first), Some(second), Some(found)) =
            (words.next(), words.next(), located[node])
            && second.starts_with(char::is_lowercase)
            && found.place.kind == PlaceKind::City
        {
            let of_first = longer.entry(normalized_name(first)).or_default();
            of_first.insert(found.place.record, found);
        }
    }
    if longer.is_empty() {
        return;
    }
    for node in range {
        let this = &nodes.nodes[node];
        let name = normalized_name(nodes.text(this.document, this.first_mention));
        if this.kind == EntityKind::Place
            && this.country.is_none()
            && located[node].is_some_and(|found| found.place.kind == PlaceKind::City)
            && let Some(found) = longer.get(&name).filter(|found| found.len() == 1)
        {
            located[node] = found.values().next().copied();
        }
    }
}

/// A place that a name may mean, and how much of its score its document gives it.
#[derive(Clone, Copy)]
struct Choice {
    located: Located,
    by_context: f32,
}

/// The likeliest, the first of several as likely.
fn best(choices: &[Choice]) -> Option<Located> {
    choices
        .iter()
        .map(|choice| choice.located)
        .reduce(|best, next| if next.score > best.score { next } else { best })
}

/// Where one document leaves it open and those that are sure all mean one place, it is that place,
/// unless the document speaks for another.
fn settle_doubts(
    nodes: &Nodes<'_>,
    doubts: &[(usize, Vec<Choice>)],
    located: &mut [Option<Located>],
) {
    let mut sure: HashMap<&str, Option<u32>> = HashMap::new();
    for (node, found) in nodes.nodes.iter().zip(located.iter()) {
        if let Some(found) = found
            && found.score >= FIRM
        {
            sure.entry(&node.key)
                .and_modify(|known| {
                    if *known != Some(found.place.record) {
                        *known = None;
                    }
                })
                .or_insert(Some(found.place.record));
        }
    }
    for (node, choices) in doubts {
        let meant = sure.get(nodes.nodes[*node].key.as_str()).copied().flatten();
        let most = |value: fn(&Choice) -> f32| choices.iter().map(value).fold(0.0, f32::max);
        let (best, context) = (most(|c| c.located.score), most(|c| c.by_context));
        let found = choices.iter().find(|choice| {
            Some(choice.located.place.record) == meant
                && choice.located.score > 0.5 * best
                && choice.by_context >= context
        });
        if let Some(found) = found {
            located[*node] = Some(found.located);
        }
    }
}

/// How much a document speaks of places in each country and division.
#[derive(Default)]
struct Evidence {
    countries: BTreeMap<[u8; 2], f32>,
    regions: BTreeMap<&'static str, f32>,
}

impl Evidence {
    fn add(&mut self, found: &Located) {
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

    /// What other names than `own` say for the country and the division of `place`.
    fn around(&self, place: &Place, own: Option<&Located>) -> (f32, f32) {
        let own = own.filter(|own| own.place.kind != PlaceKind::Country);
        let country = place.country.map_or(0.0, |country| {
            let mine = own.filter(|own| own.place.country == Some(country));
            self.countries.get(&country).copied().unwrap_or(0.0) - mine.map_or(0.0, |o| o.score)
        });
        let region = region_of(place).map_or(0.0, |region| {
            let mine = own.filter(|own| region_of(&own.place) == Some(region));
            self.regions.get(region).copied().unwrap_or(0.0) - mine.map_or(0.0, |o| o.score)
        });
        (country.max(0.0), region.max(0.0))
    }
}

/// The first-level division that a place lies in or is.
fn region_of(place: &Place) -> Option<&'static str> {
    match place.kind {
        PlaceKind::Region => Some(place.name),
        _ => place.region,
    }
}

/// How often countries are named, by themselves or by their people.
fn countries_by_name(
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

/// What the same document tells of the same name elsewhere, if it tells one thing.
fn told_elsewhere(nodes: &Nodes<'_>, node: usize) -> Option<Container> {
    let this = &nodes.nodes[node];
    let mut told = nodes.nodes[nodes.ranges[this.document].clone()]
        .iter()
        .filter(|other| other.kind == EntityKind::Place && other.key == this.key)
        .filter_map(|other| other.country.as_deref());
    let first = told.next()?;
    told.all(|other| other == first)
        .then(|| Container::from_key(first))
        .flatten()
}

/// A name in one document, with the places that bear it.
struct Name {
    node: usize,
    candidates: Vec<Place>,
    /// What the words beside it say that it lies in.
    told: Option<Container>,
}

impl Name {
    fn new(
        gazetteer: &Gazetteer,
        nodes: &Nodes<'_>,
        node: usize,
        document: &Document,
        recognition: &Recognition,
    ) -> Option<Self> {
        let described = &nodes.nodes[node];
        let raw = &recognition.mentions[described.first_mention];
        let text = &document.text[raw.start..raw.end];
        let mut candidates = candidates(gazetteer, text);
        if means_division(document, recognition, described.first_mention) {
            candidates = self::candidates(gazetteer, &format!("{text} region"));
        }
        if candidates.is_empty() {
            candidates = raw
                .canonical
                .as_deref()
                .map(|name| self::candidates(gazetteer, name))
                .unwrap_or_default();
        }
        if candidates.is_empty() {
            return None;
        }
        let told = described
            .country
            .as_deref()
            .and_then(Container::from_key)
            .or_else(|| told_elsewhere(nodes, node));
        Some(Self {
            node,
            candidates,
            told,
        })
    }

    /// Each place that bears the name with how likely it is meant; they add up to one.
    fn choices(
        &self,
        evidence: &Evidence,
        own: Option<&Located>,
        by_name: &BTreeMap<[u8; 2], f32>,
    ) -> Vec<Choice> {
        let scores: Vec<(f32, f32)> = self
            .candidates
            .iter()
            .map(|place| self.score(place, evidence.around(place, own), by_name))
            .collect();
        let sums = scores.iter().map(|(own, by_context)| own + by_context);
        let most = sums.clone().fold(f32::MIN, f32::max);
        let sum: f32 = sums.map(|score| (score - most).exp()).sum();
        self.candidates
            .iter()
            .zip(&scores)
            .map(|(&place, &(own, by_context))| Choice {
                located: Located {
                    place,
                    score: (own + by_context - most).exp() / sum,
                },
                by_context,
            })
            .collect()
    }

    /// How much speaks for a place, in natural logarithms of odds: its sort and size, then the other
    /// places of its country and division in the document, then what stands beside the name; what it
    /// has by itself, and what the document gives it.
    fn score(
        &self,
        place: &Place,
        (country, region): (f32, f32),
        by_name: &BTreeMap<[u8; 2], f32>,
    ) -> (f32, f32) {
        let sort = match place.kind {
            PlaceKind::Country => 1.5,
            PlaceKind::Sea | PlaceKind::Continent => 2.0,
            PlaceKind::Region | PlaceKind::River | PlaceKind::Historic => 0.5,
            // A large city rather than the division of its name elsewhere: Washington.
            PlaceKind::City if place.population_class >= LARGE => 0.75,
            PlaceKind::City => 0.0,
        };
        let named = place
            .country
            .filter(|_| place.kind != PlaceKind::Country)
            .and_then(|country| by_name.get(&country))
            .copied()
            .unwrap_or(0.0);
        let told = self.told.as_ref().is_some_and(|told| told.holds(place));
        let by_context = 1.6 * (1.0 + country + named).ln()
            + REGION_WEIGHT * region.min(2.0)
            + if named > 0.0 { NAMED } else { 0.0 }
            + if told { 8.0 } else { 0.0 };
        (sort + 0.35 * f32::from(place.population_class), by_context)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::super::resolve;
    use super::*;

    /// "name: country/region" of each place entity of the texts.
    fn places(texts: &[&str]) -> Vec<String> {
        let items: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(id, text)| marked(id as u32, text))
            .collect();
        let items: Vec<_> = items.iter().map(|(d, r)| (d, r)).collect();
        resolve(&items, false)
            .entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Place)
            .map(|entity| match &entity.location {
                Some(location) => format!(
                    "{}: {:?} {}",
                    entity.name,
                    location.kind,
                    location.country_code.as_deref().unwrap_or("-")
                ),
                None => format!("{}: unknown", entity.name),
            })
            .collect()
    }

    #[test]
    fn what_stands_beside_decides() {
        assert_eq!(
            places(&[
                "He moved from [place Newcastle], [place England], to [place Newcastle], [place Australia]."
            ]),
            [
                "Newcastle: City GB",
                "England: Region GB",
                "Newcastle: City AU",
                "Australia: Country AU"
            ]
        );
        assert_eq!(
            places(&[
                "He lives in the [group=Russia Russian] town of [place Donetsk], not the [group=Ukraine Ukrainian] city of [place Donetsk]."
            ]),
            ["Donetsk: City RU", "Donetsk: City UA"]
        );
        assert_eq!(
            places(&["She left [place Bath], [place Maine], for [place Bath] in [place England]."])
                [0],
            "Bath: City US"
        );
    }

    #[test]
    fn what_a_document_speaks_of_decides() {
        assert_eq!(
            places(&["[place Georgia] votes. Crowds filled [place Tbilisi] and [place Batumi]."])
                [0],
            "Georgia: Country GE"
        );
        assert_eq!(
            places(&[
                "[place Georgia] votes. Polls in [place Atlanta], [place Savannah], [place Alabama] and [place Tennessee] closed."
            ])[0],
            "Georgia: Region US"
        );
        assert_eq!(
            places(&["Shells fell on [place Donetsk] and [place Makiivka], said [place Ukraine]."])
                [0],
            "Donetsk: City UA"
        );
        assert_eq!(
            places(&[
                "Miners struck in [place Newcastle]. [place Sydney], [place Canberra] and [place Wollongong] followed."
            ])[0],
            "Newcastle: City AU"
        );
    }

    #[test]
    fn what_is_told_behind_a_comma_decides() {
        for text in [
            "[place Donetsk], a [group=Russia Russian] town near the border, burned.",
            "[place Donetsk], a small mining town in [place Russia], burned.",
            "[place Donetsk], the old [group=Russia Russian] border city, burned.",
        ] {
            assert_eq!(places(&[text])[0], "Donetsk: City RU", "{text}");
        }
        let text = "[place Donetsk], a [group=Russia Russian] proxy said, burned.";
        assert_eq!(places(&[text])[0], "Donetsk: City UA");
    }

    #[test]
    fn another_document_does_not_overrule_what_one_speaks_of() {
        let found = places(&[
            "[place Tbilisi], [place Batumi] and [place Kutaisi] in [place Georgia].",
            "[place Georgia] votes. Crowds filled [place Atlanta] and [place Savannah].",
        ]);
        let georgias: Vec<_> = found.iter().filter(|p| p.starts_with("Georgia")).collect();
        assert_eq!(georgias, ["Georgia: Country GE", "Georgia: Region US"]);
    }

    #[test]
    fn a_short_name_is_the_place_named_in_full() {
        let found = places(&["[place Rio de Janeiro] slept. In [place Rio] thousands marched."]);
        assert_eq!(found, ["Rio de Janeiro: City BR"]);
        assert_eq!(
            places(&["[place Qamishli] and [place Damascus]."])[0],
            "Qamishli: City SY"
        );
    }

    #[test]
    fn a_county_tells_its_country() {
        assert_eq!(
            places(&["[place Paris], [place Texas], and [place Bath], [place Somerset]."])[2],
            "Bath: City GB"
        );
    }

    #[test]
    fn a_country_and_its_city_of_one_name_are_the_country() {
        let found = places(&[
            "[place Hong Kong] and [place Shanghai] in [place=China China].",
            "[place Hong Kong] spoke. [place Singapore] listened.",
        ]);
        let names = found.iter().map(|place| place.split(':').next().unwrap());
        assert_eq!(
            names.filter(|name| *name == "Hong Kong").count(),
            1,
            "{found:?}"
        );
    }

    #[test]
    fn a_governor_is_a_division_s_and_a_mayor_a_city_s() {
        let text = "[place New York] Governor Pell met [place New York]'s mayor. The governor of [place Kursk] left [place Kursk].";
        assert_eq!(
            places(&[text]),
            [
                "New York: Region US",
                "New York: City US",
                "Kursk: Region RU",
                "Kursk: City RU"
            ]
        );
        assert_eq!(
            places(&["[place Oklahoma City] is in [place Oklahoma]."]),
            ["Oklahoma City: City US", "Oklahoma: Region US"]
        );
    }

    #[test]
    fn a_city_and_the_region_named_after_it_stay_two() {
        let found = places(&[
            "They entered the [place Kursk region]. [place Kursk] was shelled. The [place Donetsk Oblast] and [place Donetsk] too.",
        ]);
        assert_eq!(
            found,
            [
                "Kursk region: Region RU",
                "Kursk: City RU",
                "Donetsk Oblast: Region UA",
                "Donetsk: City UA"
            ]
        );
    }

    #[test]
    fn names_of_one_place_are_one_and_places_of_one_name_are_two() {
        assert_eq!(
            places(&["[place Kyiv] slept.", "[place Kiev] woke."]),
            ["Kyiv: City UA"]
        );
        let found = places(&[
            "[place Newcastle] and [place Sydney], [place Australia].",
            "[place Newcastle], [place Sunderland] and [place Durham] in [place England].",
        ]);
        let newcastles: Vec<_> = found
            .iter()
            .filter(|place| place.starts_with("Newcastle"))
            .collect();
        assert_eq!(
            newcastles,
            ["Newcastle: City AU", "Newcastle: City GB"],
            "{found:?}"
        );
        assert_eq!(
            places(&["[place Nowhereville Heights]"]),
            ["Nowhereville Heights: unknown"]
        );
    }
}
