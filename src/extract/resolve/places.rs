//! Places: by canonical name, or by the folded name; a region is another place than its city.

use super::locate::Located;
use super::names;
use super::nodes::Nodes;
use crate::model::EntityKind;

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
    nodes.join_by_key(|index, node| {
        (node.kind == EntityKind::Place).then(|| match &located[index] {
            Some(found) => format!("#{}", found.place.record),
            None => node.key.clone(),
        })
    });
}
