//! Names that every country has one of ("Supreme Court", "Democratic Party"), over documents: those
//! of documents that speak of one country are that country's.

use super::names;
use super::nodes::Nodes;
use super::organizations::{is_body, is_generic};
use crate::model::EntityKind;
use std::collections::{BTreeMap, HashMap};

/// A document speaks of one country if it names it at least so often.
const LEAST: usize = 3;

/// Joins generic names without a country whose documents speak of one and the same country, and with
/// what bears that country's name. In any other document they stay its own.
pub(super) fn join(nodes: &mut Nodes<'_>) {
    let countries = countries_spoken_of(nodes);
    let mut first: HashMap<String, usize> = HashMap::new();
    for index in 0..nodes.nodes.len() {
        let node = &nodes.nodes[index];
        if !is_body(node) || !is_generic(&node.words) {
            continue;
        }
        let spoken_of = countries[node.document].as_ref();
        let Some(country) = node.country.as_ref().or(spoken_of) else {
            continue;
        };
        let key = format!("{country}: {}", node.key);
        let other = *first.entry(key).or_insert(index);
        nodes.clusters.union(other, index);
    }
}

/// For each document the country that three quarters of its mentions of countries and peoples mean.
fn countries_spoken_of(nodes: &Nodes<'_>) -> Vec<Option<String>> {
    let mut of_node: HashMap<usize, Option<String>> = HashMap::new();
    let mut all = Vec::with_capacity(nodes.items.len());
    for (document, mentions) in nodes.of_mention.iter().enumerate() {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for &node in mentions {
            let country = of_node.entry(node).or_insert_with(|| country(nodes, node));
            if let Some(country) = country {
                *count.entry(country.clone()).or_default() += 1;
            }
        }
        let total: usize = count.values().sum();
        let most = count.into_iter().max_by_key(|(_, count)| *count);
        let most = most.filter(|&(_, count)| count >= LEAST && count * 4 >= total * 3);
        all.push(most.map(|(country, _)| country));
        debug_assert_eq!(all.len(), document + 1);
    }
    all
}

/// The country that a node names, by itself or by its people.
fn country(nodes: &Nodes<'_>, node: usize) -> Option<String> {
    let node = &nodes.nodes[node];
    let raw = &nodes.items[node.document].1.mentions[node.first_mention];
    if !matches!(node.kind, EntityKind::Place | EntityKind::Group) {
        return None;
    }
    let text = nodes.text(node.document, node.first_mention);
    let name = raw.canonical.as_deref().unwrap_or(text);
    nodes.countries.canonical(&names::words(name))
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::super::resolve;

    /// How many bodies of that name the texts have.
    fn count(texts: &[&str], name: &str) -> usize {
        let all = texts.iter().enumerate();
        let items: Vec<_> = all.map(|(id, text)| marked(id as u32, text)).collect();
        let items: Vec<_> = items.iter().map(|(d, r)| (d, r)).collect();
        let found = resolve(&items, false).entities;
        found
            .iter()
            .filter(|e| e.aliases.iter().any(|a| a == name))
            .count()
    }

    #[test]
    fn a_generic_name_is_of_the_country_that_its_document_speaks_of() {
        let japan = "[place=Japan Japan] and [group=Japan Japanese] and [place=Japan Japan]: the [organization Democratic Party] lost.";
        let kenya = "[place=Kenya Kenya] and [group=Kenya Kenyan] and [place=Kenya Kenya]: the [organization Democratic Party] won.";
        let both =
            "[place=Kenya Kenya] met [place=Japan Japan]. The [organization Democratic Party] ate.";
        let name = "Democratic Party";
        assert_eq!(count(&[japan, japan], name), 1);
        assert_eq!(count(&[japan, kenya], name), 2);
        assert_eq!(count(&[japan, kenya, both], name), 3);
        let named = "[place=Japan Japan]'s [organization Democratic Party] spoke.";
        assert_eq!(count(&[named, japan, kenya], name), 2);
    }
}
