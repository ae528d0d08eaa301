//! Places: by canonical name, or by the folded name; a region is another place than its city.

use super::containers::COMPASS;
use super::locate::Located;
use super::names;
use super::nodes::{Node, Nodes};
use crate::model::EntityKind;
use std::collections::HashMap;

/// Words that make a name that of a region. They name one sort of thing in different countries.
const REGION_WORDS: &[&str] = &["region", "oblast", "province", "governorate", "krai"];

/// The words by which a place is compared; a region's end in "region".
pub(super) fn words(text: &str, canonical: Option<&str>) -> Vec<String> {
    let plain = names::words(text);
    let is_region = plain.len() > 1
        && plain
            .last()
            .is_some_and(|word| REGION_WORDS.contains(&word.as_str()));
    let source = match canonical {
        Some(canonical) if !is_region => names::words(canonical),
        _ => plain,
    };
    let mut words: Vec<String> = source.iter().map(|word| names::folded(word)).collect();
    // "River Lircay", "Lircay River".
    if words.len() > 1 && words[0] == "river" {
        words.rotate_left(1);
    }
    if is_region {
        words.pop();
        // "Kursk border region" is the Kursk region.
        if words.len() > 1 && words.last().is_some_and(|word| word == "border") {
            words.pop();
        }
        words.push("region".to_owned());
    }
    words
}

/// A country in capital letters, with or without dots: "US", "U.S.", "US.".
pub(super) fn is_short_form(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=4).contains(&letters) && text.chars().all(|c| c.is_uppercase() || c == '.')
}

/// Joins places of one record of the gazetteer over all documents; those that it does not have by
/// their name.
pub(super) fn join(nodes: &mut Nodes<'_>, located: &[Option<Located>]) {
    let keys: Vec<Option<String>> = (0..nodes.nodes.len())
        .map(|index| {
            let node = &nodes.nodes[index];
            (node.kind == EntityKind::Place).then(|| match &located[index] {
                Some(found) => {
                    let text = nodes.text(node.document, node.first_mention);
                    format!("#{}{}", found.place.record, direction(text, found))
                }
                None => node.key.clone(),
            })
        })
        .collect();
    nodes.join_by_key(|index, _| keys[index].clone());
    for document in 0..nodes.items.len() {
        join_rivers(nodes, document, located);
    }
}

/// North Kivu and South Kivu are two, though the gazetteer has one record for both.
fn direction(text: &str, found: &Located) -> String {
    let first = names::words(text).into_iter().next().unwrap_or_default();
    let has_it = names::words(found.place.name).contains(&first);
    match COMPASS.contains(&first.as_str()) && !has_it {
        true => first,
        false => String::new(),
    }
}

/// Within a document "the Silala" is the Silala River, unless there is a place of that name.
fn join_rivers(nodes: &mut Nodes<'_>, document: usize, located: &[Option<Located>]) {
    let mut rivers: HashMap<String, usize> = HashMap::new();
    let range = nodes.ranges[document].clone();
    let is_place = |node: &Node| node.kind == EntityKind::Place;
    for index in range.clone() {
        let node = &nodes.nodes[index];
        if let [stem @ .., last] = node.words.as_slice()
            && is_place(node)
            && last == "river"
        {
            rivers.entry(stem.join(" ")).or_insert(index);
        }
    }
    for index in range {
        let node = &nodes.nodes[index];
        if is_place(node)
            && located[index].is_none()
            && let Some(&river) = rivers.get(&node.key)
        {
            nodes.clusters.union(river, index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{marked, resolved};
    use super::super::resolve;

    #[test]
    fn formal_names_rivers_and_halves() {
        for text in [
            "[place Republic of Chile] and [place=Chile Chile].",
            "The [place Lircay River] and [place River Lircay] and the [place Lircay].",
        ] {
            assert_eq!(resolved(&[text]).len(), 1, "{text}");
        }
        for text in [
            "[place North Kivu] and [place South Kivu].",
            "In [place Dnipro] the [place Dnipro] river was high.",
            "Through [place Georgia] to [place Armenia]. In [place Georgia], the [place=United_States U.S.] state.",
        ] {
            assert!(resolved(&[text]).len() > 1, "{text}");
        }
        let georgias = resolved(&[
            "Arms went through [place Georgia]. In [place Georgia], a state of the [place=United_States United States], rain fell.",
        ]);
        assert_eq!(georgias.len(), 3);
    }

    /// The country code of the first place of a text, and where it lies.
    fn first(text: &str) -> Option<(String, String)> {
        let (document, recognition) = marked(0, text);
        let found = resolve(&[(&document, &recognition)], false).entities;
        let location = found[0].location.as_ref()?;
        let code = location.country_code.clone().unwrap_or_default();
        Some((code, location.name.clone()))
    }

    #[test]
    fn what_only_shares_a_name_is_not_taken_for_it() {
        let code = |text| first(text).map(|(code, _)| code);
        assert_eq!(
            code("[place Gaza] and [place=Israel Israel]."),
            Some("PS".to_owned())
        );
        assert_eq!(first("The [place West] and [place=France France]."), None);
        assert_eq!(
            first("Ships sailed in the [place Gulf] off [place=Oman Oman].").map(|(_, name)| name),
            Some("Persian Gulf".to_owned())
        );
        assert_eq!(
            code("In the [place Hague] and [place=Chile Chile]."),
            Some("NL".to_owned())
        );
        assert_eq!(
            code("[place Finlayson] herds of [place=Canada Canada]."),
            None
        );
        assert_eq!(
            code("[place Finlayson] of [place=Finland Finland]."),
            Some("FI".to_owned())
        );
        assert_eq!(
            code("[place Terny], in [place Donetsk region], fell."),
            None
        );
        assert_eq!(code("[place Terny] fell."), Some("UA".to_owned()));
    }
}
