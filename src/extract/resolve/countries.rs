//! Which words of these documents name a country, and whose body or unit a name speaks of.

use super::super::Recognition;
use super::super::gazetteer::{Gazetteer, PlaceKind};
use super::super::lexicon::{Known, Lexicon};
use super::containers::country_code;
use super::names;
use crate::model::{Document, EntityKind};
use std::collections::HashMap;

/// Names, demonyms and abbreviations that the recognizer gave a canonical name, to that name
/// normalized.
pub(super) struct Countries {
    by_name: HashMap<String, String>,
}

impl Countries {
    /// Gathers them from the mentions themselves, so that there is one lexicon only.
    pub(super) fn new(items: &[(&Document, &Recognition)]) -> Self {
        let mut by_name = HashMap::new();
        for &(document, recognition) in items {
            for mention in &recognition.mentions {
                let Some(canonical) = &mention.canonical else {
                    continue;
                };
                if matches!(mention.kind, EntityKind::Group | EntityKind::Place) {
                    let name = names::words(&document.text[mention.start..mention.end]).join(" ");
                    let canonical = names::words(canonical).join(" ");
                    by_name
                        .entry(canonical.clone())
                        .or_insert(canonical.clone());
                    by_name.entry(name).or_insert(canonical);
                }
            }
        }
        Self { by_name }
    }

    /// The normalized canonical name behind normalized words: as these documents have it, or else as
    /// the lexicon and the gazetteer do ("Polish" inside "Polish Defense Ministry" is no mention).
    pub(super) fn canonical(&self, words: &[String]) -> Option<String> {
        let name = words.join(" ");
        if let Some(found) = self.by_name.get(&name) {
            return Some(found.clone());
        }
        let known = match Lexicon::shared().known(&name) {
            Some(Known::Demonym(country, _)) => Some(*country),
            _ => Gazetteer::shared()
                .find(&name)
                .into_iter()
                .find(|place| place.kind == PlaceKind::Country)
                .map(|place| place.name),
        };
        known.map(|country| names::words(country).join(" "))
    }

    /// The country that stands right before a mention ("Russia's", "Russian") or after it
    /// ("of Russia"); of what every country has one of also by the capital in which it sits ("in Kyiv").
    pub(super) fn beside(
        &self,
        document: &Document,
        recognition: &Recognition,
        mention: usize,
        is_generic: bool,
    ) -> Option<String> {
        let raw = &recognition.mentions[mention];
        if let Some(before) = before(document, recognition, mention) {
            let name = self.name_of(document, recognition, before);
            // "Moscow's Defense Ministry" is Russia's.
            return Some(country_of_capital(&name).unwrap_or(name));
        }
        let after = recognition.mentions.get(mention + 1)?;
        let gap = document.text.get(raw.end..after.start)?;
        let names_place = after.kind == EntityKind::Place;
        if names_place && gap == " in " && is_generic {
            return country_of_capital(&self.name_of(document, recognition, mention + 1));
        }
        let name = (names_place && matches!(gap, " of " | " of the "))
            .then(|| self.name_of(document, recognition, mention + 1))?;
        // "810th Brigade of Sevastopol" is no army of Sevastopol's.
        let is_country = || country_code(Gazetteer::shared(), &name).is_some();
        (raw.kind != EntityKind::Unit || is_country()).then_some(name)
    }

    fn name_of(&self, document: &Document, recognition: &Recognition, mention: usize) -> String {
        let raw = &recognition.mentions[mention];
        let text = &document.text[raw.start..raw.end];
        names::words(raw.canonical.as_deref().unwrap_or(text)).join(" ")
    }
}

/// The normalized name of the country of which the largest city of that name is the capital.
fn country_of_capital(city: &str) -> Option<String> {
    let gazetteer = Gazetteer::shared();
    let found = gazetteer.find(city);
    let largest = found
        .iter()
        .filter(|place| place.kind == PlaceKind::City)
        .max_by_key(|place| place.population_class)?;
    let name = gazetteer.country(largest.country?)?;
    let country = gazetteer.find(&names::words(name).join(" "));
    // Countries lie at their capitals.
    let is_there = |country: &&super::super::gazetteer::Place| {
        country.kind == PlaceKind::Country
            && (country.latitude - largest.latitude).abs() < 0.2
            && (country.longitude - largest.longitude).abs() < 0.2
    };
    country.iter().find(is_there)?;
    Some(names::words(name).join(" "))
}

/// The place or group mention that qualifies the next one: "Russia's …", "Russian …".
pub(super) fn before(
    document: &Document,
    recognition: &Recognition,
    mention: usize,
) -> Option<usize> {
    let before = mention.checked_sub(1)?;
    let raw = &recognition.mentions[before];
    let gap = document
        .text
        .get(raw.end..recognition.mentions[mention].start)?;
    let qualifies = match raw.kind {
        EntityKind::Place => matches!(gap, " " | "'s " | "\u{2019}s " | "' " | "\u{2019} "),
        EntityKind::Group => gap == " " || is_of_troops(gap),
        _ => false,
    };
    qualifies.then_some(before)
}

/// What stands between a people and the unit that its soldiers are of: "Russian troops of the 12th".
fn is_of_troops(gap: &str) -> bool {
    const TROOPS: &[&str] = &[
        "fighters",
        "forces",
        "marines",
        "members",
        "paratroopers",
        "servicemen",
        "soldiers",
        "troops",
    ];
    let mut words = gap.split(' ').filter(|word| !word.is_empty());
    let is_troops = words.next().is_some_and(|word| TROOPS.contains(&word));
    let joins = words
        .next()
        .is_some_and(|word| matches!(word, "of" | "from" | "in" | "with"));
    is_troops && joins && words.next().is_none_or(|word| word == "the") && words.next().is_none()
}
