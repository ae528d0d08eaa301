//! Which place of the gazetteer a name means in its document.
//!
//! Names are shared: there is a Donetsk in Ukraine and one in Russia, a Georgia in the Caucasus and
//! one in America. What stands beside the name decides ("Newcastle, Australia", "Russia's Donetsk"),
//! then which countries the document speaks of, then size.

use super::super::Recognition;
use super::super::gazetteer::{Gazetteer, Place, PlaceKind};
use super::containers::{Container, candidates, means_division, means_river, with_article};
use super::nodes::Nodes;
use super::place_context::{Evidence, countries_by_name};
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
/// Population class of a town of sixty thousand.
const SMALL_TOWN: u8 = 6;
/// What it takes from a division that a city elsewhere has its name: it is known by the city.
const SHARED_WITH_CITY: f32 = 1.0;
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
            let mut of_name: HashMap<&str, Vec<Located>> = HashMap::new();
            for (name, choice) in names.iter().zip(&choices) {
                if let Some(choice) = choice {
                    evidence.add(choice);
                    let key = nodes.nodes[name.node].key.as_str();
                    of_name.entry(key).or_default().push(*choice);
                }
            }
            for (index, (name, choice)) in names.iter().zip(&mut choices).enumerate() {
                let own = of_name.get(nodes.nodes[name.node].key.as_str());
                let own = own.map_or(&[][..], Vec::as_slice);
                let all = name.choices(&evidence, own, &by_name);
                *choice = best(&all);
                alternatives[index] = all;
            }
        }
        for ((name, choice), all) in names.iter().zip(choices).zip(alternatives) {
            let choice = choice.filter(|choice| name.may_be(choice, &all, &by_name));
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
        // A state called like a country does not take the country's name from other texts.
        if choices
            .iter()
            .any(|c| c.located.place.kind == PlaceKind::Country)
        {
            continue;
        }
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
        let mut candidates = with_article(gazetteer, document, raw);
        if candidates.is_empty() {
            candidates = self::candidates(gazetteer, text);
        }
        if means_river(document, raw.end) {
            candidates.retain(|place| place.kind == PlaceKind::River);
        }
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
            .or_else(|| {
                // A country is meant until the text says otherwise right there.
                let is_country = candidates.iter().any(|p| p.kind == PlaceKind::Country);
                (!is_country).then(|| told_elsewhere(nodes, node)).flatten()
            });
        Some(Self {
            node,
            candidates,
            told,
        })
    }

    /// A small town is meant where something speaks for it. One that lies in no country which the text
    /// speaks of, or not where the text says, only shares its name with one that the gazetteer lacks.
    fn may_be(&self, found: &Located, all: &[Choice], by_name: &BTreeMap<[u8; 2], f32>) -> bool {
        let place = &found.place;
        if place.kind != PlaceKind::City || place.population_class > SMALL_TOWN {
            return true;
        }
        let told_otherwise = self.told.as_ref().is_some_and(|told| !told.holds(place));
        let chosen = all.iter().find(|c| c.located.place.record == place.record);
        let has_context = chosen.is_some_and(|choice| choice.by_context > 0.0);
        !told_otherwise && (has_context || by_name.is_empty())
    }

    /// Each place that bears the name with how likely it is meant; they add up to one.
    fn choices(
        &self,
        evidence: &Evidence,
        own: &[Located],
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

    /// A city of some size is the seat of a division of that name in another country.
    fn is_city_elsewhere(&self, division: &Place) -> bool {
        let mut cities = self.candidates.iter().filter(|p| p.kind == PlaceKind::City);
        cities.any(|city| {
            let is_seat = city.region == Some(division.name);
            let is_large = city.population_class > SMALL_TOWN + 2;
            city.country != division.country && is_large && is_seat
        })
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
            PlaceKind::Region if self.is_city_elsewhere(place) => 0.5 - SHARED_WITH_CITY,
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
        // A metropolis is its own division.
        let text = "[place Bangkok] governor Wat Prem spoke. In [place Bangkok] it rained.";
        assert_eq!(places(&[text]), ["Bangkok: City TH"]);
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
