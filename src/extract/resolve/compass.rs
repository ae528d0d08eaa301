//! "The South" of a text that names South Korea is that country; "the South's intelligence service" is
//! its.

use super::super::Recognition;
use super::countries::Countries;
use super::names;
use super::nodes::Node;
use crate::model::{Document, EntityKind};
use std::collections::HashMap;

/// Words that stand for a country whose name begins with them.
const COMPASS: [&str; 2] = ["north", "south"];

/// The nodes of one document, which begin at number `first`, and the node of each mention: short names
/// of countries go to the full ones where the text gives one that fits, and no other.
pub(super) fn join_short_countries(
    (document, recognition): (&Document, &Recognition),
    countries: &Countries,
    nodes: &mut [Node],
    first: usize,
    of_mention: &mut [usize],
) {
    let full = full_names(document, recognition, countries);
    if full.is_empty() {
        return;
    }
    for node in nodes.iter_mut() {
        let country = node.country.as_ref().and_then(|name| full.get(name));
        if let Some(country) = country
            && matches!(node.kind, EntityKind::Organization | EntityKind::Unit)
        {
            node.country = Some(country.clone());
        }
    }
    let target = |country: &String| {
        let words: Vec<String> = country.split(' ').map(names::folded).collect();
        let is_it = |n: &Node| n.kind == EntityKind::Place && n.words == words;
        nodes.iter().position(is_it)
    };
    let targets = full.iter();
    let targets = targets.filter_map(|(short, country)| Some((short.as_str(), target(country)?)));
    let targets: HashMap<&str, usize> = targets.collect();
    for (raw, node) in recognition.mentions.iter().zip(of_mention) {
        let before = document.text.as_bytes()[..raw.start].last_chunk();
        let has_article = matches!(before, Some(b"the " | b"The "));
        if raw.kind != EntityKind::Place || !has_article {
            continue;
        }
        let short = names::words(&document.text[raw.start..raw.end]).join(" ");
        if let Some(&target) = targets.get(short.as_str()) {
            *node = first + target;
        }
    }
}

/// For each word the only country of the text whose name begins with it.
fn full_names(
    document: &Document,
    recognition: &Recognition,
    countries: &Countries,
) -> HashMap<String, String> {
    let mut full: HashMap<String, Option<String>> = HashMap::new();
    for raw in &recognition.mentions {
        if !matches!(raw.kind, EntityKind::Place | EntityKind::Group) {
            continue;
        }
        let text = &document.text[raw.start..raw.end];
        let words = names::words(raw.canonical.as_deref().unwrap_or(text));
        let [short, _] = &words[..] else {
            continue;
        };
        let name = words.join(" ");
        if COMPASS.contains(&short.as_str()) && countries.canonical(&words) == Some(name.clone()) {
            let known = full.entry(short.clone()).or_insert(Some(name.clone()));
            *known = known.take().filter(|known| *known == name);
        }
    }
    let only = full.into_iter();
    only.filter_map(|(short, name)| Some((short, name?)))
        .filter(|(_, name)| is_one_of_two(name, countries))
        .collect()
}

/// "The South" of a text on South Africa is no country: there is no North Africa beside it.
fn is_one_of_two(name: &str, countries: &Countries) -> bool {
    let words = names::words(name);
    let [short, last] = &words[..] else {
        return false;
    };
    let mut others = COMPASS.iter().filter(|other| *other != short);
    others.any(|other| {
        let words = [(*other).to_owned(), last.clone()];
        countries.canonical(&words).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::super::resolve;

    /// Names of the entities of a text, with the number of their mentions.
    fn resolved(notation: &str) -> Vec<(String, usize)> {
        let (document, recognition) = marked(0, notation);
        let found = resolve(&[(&document, &recognition)], false).entities;
        let entity = |e: &crate::model::Entity| (e.name.clone(), e.mentions.len());
        found.iter().map(entity).collect()
    }

    #[test]
    fn the_south_is_the_country_of_that_name() {
        let service = "[organization National Intelligence Service]";
        let text = format!(
            "[place South Korea]'s {service} spoke. The [place South]'s {service} left. \
             [place North Korea] slept; the [place North] ate."
        );
        let found = resolved(&text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found.iter().all(|(_, mentions)| *mentions == 2),
            "{found:?}"
        );
    }

    #[test]
    fn where_two_countries_fit_or_none_does_it_stays_a_place() {
        let two = "[place South Korea] and [place South Sudan]. The [place South] ate.";
        assert_eq!(resolved(two).len(), 3);
        let none = "[place Sudan] and [place Korea]. The [place South] ate.";
        assert_eq!(resolved(none).len(), 3);
        let alone = "[place South Africa] spoke for countries of the [place South].";
        assert_eq!(resolved(alone).len(), 2);
        let bare = "[place South Korea] and [place South] of it.";
        assert_eq!(resolved(bare).len(), 2);
    }
}
