//! Units that are one though their names differ: "8th SOF Regiment", "8th Separate Special
//! Operations Regiment".

use super::nodes::Nodes;
use crate::model::{EntityKind, UnitDetails};
use std::collections::BTreeMap;

/// Words of a type that tell a unit's standing, or that names leave out as they like.
const STANDING: &[&str] = &[
    "separate",
    "independent",
    "guards",
    "red",
    "banner",
    "forces",
    "special",
];

/// What must agree: number, echelon, and what is left of the type without words of standing.
type Key = (String, String, Vec<String>);

/// Joins units of one number, echelon and kind of troops, if nation and designation do not speak
/// against it: of one nation; without a nation where no two nations have such a unit, in the document
/// or else in all.
pub(super) fn join(nodes: &mut Nodes<'_>) {
    let mut groups: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for node in 0..nodes.nodes.len() {
        if let Some(key) = details(nodes, node).and_then(key) {
            groups.entry(key).or_default().push(node);
        }
    }
    for members in groups.values() {
        join_nation(nodes, members);
        join_in_document(nodes, members);
        if nations(nodes, members) < 2 {
            join_all(nodes, members);
        }
    }
}

/// How many nations have such a unit.
fn nations(nodes: &Nodes<'_>, members: &[usize]) -> usize {
    let mut nations: Vec<&str> = members
        .iter()
        .filter_map(|&node| details(nodes, node)?.nationality.as_deref())
        .collect();
    nations.sort_unstable();
    nations.dedup();
    nations.len()
}

fn details<'a>(nodes: &Nodes<'a>, node: usize) -> Option<&'a UnitDetails> {
    let node = &nodes.nodes[node];
    let (_, recognition) = nodes.items[node.document];
    let mention = recognition.mentions.get(node.first_mention)?;
    mention
        .unit
        .as_deref()
        .filter(|_| mention.kind == EntityKind::Unit)
}

fn key(details: &UnitDetails) -> Option<Key> {
    let number = details.number.clone()?;
    let echelon = details.echelon.clone()?;
    let words: Vec<String> = details
        .unit_type
        .as_deref()?
        .split([' ', '-'])
        .filter(|word| !STANDING.contains(word))
        .map(|word| {
            word.replace("armour", "armor")
                .replace("defence", "defense")
                .replace("ised", "ized")
        })
        .collect();
    (!words.is_empty()).then_some((number, echelon, words))
}

fn may_join(a: &UnitDetails, b: &UnitDetails) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    agree(&a.designation, &b.designation) && agree(&a.parent, &b.parent)
}

/// Those of one known nation, each with the first that fits.
fn join_nation(nodes: &mut Nodes<'_>, members: &[usize]) {
    let mut of_nation: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &node in members {
        if let Some(nation) = details(nodes, node).and_then(|unit| unit.nationality.as_deref()) {
            of_nation.entry(nation).or_default().push(node);
        }
    }
    for same in of_nation.values() {
        join_all(nodes, same);
    }
}

/// Within a document, if no two nations have such a unit there.
fn join_in_document(nodes: &mut Nodes<'_>, members: &[usize]) {
    let mut of_document: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &node in members {
        of_document
            .entry(nodes.nodes[node].document)
            .or_default()
            .push(node);
    }
    for same in of_document.values() {
        if nations(nodes, same) < 2 {
            join_all(nodes, same);
        }
    }
}

/// Joins all to the first if all agree with one another in what they tell.
fn join_all(nodes: &mut Nodes<'_>, same: &[usize]) {
    let mut told = UnitDetails::default();
    for &node in same {
        let Some(unit) = details(nodes, node) else {
            return;
        };
        if !may_join(&told, unit) {
            return;
        }
        told.fill_from(unit);
    }
    for pair in same.windows(2) {
        nodes.clusters.union(pair[0], pair[1]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::super::super::units::annotate;
    use super::super::resolve;

    /// How many units the texts name.
    fn units(texts: &[&str]) -> usize {
        let items: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(id, text)| {
                let (document, mut recognition) = marked(id as u32, text);
                let sentences = recognition.sentences.clone();
                annotate(&document.text, &sentences, &mut recognition.mentions);
                (document, recognition)
            })
            .collect();
        let items: Vec<_> = items.iter().map(|(d, r)| (d, r)).collect();
        let found = resolve(&items, true);
        let units = found.entities.iter().filter(|e| e.kind.key() == "unit");
        units.count()
    }

    #[test]
    fn abbreviated_types_make_no_other_unit() {
        let sof = "[place Ukraine]'s [unit 8th SOF Regiment] came.";
        let long = "[place Ukraine]'s [unit 8th Separate Special Operations Regiment] left.";
        assert_eq!(units(&[sof, long]), 1);
        assert_eq!(units(&[&format!("{sof} {long}")]), 1);
        let ninth = "[place Ukraine]'s [unit 9th Separate Special Operations Regiment] left.";
        assert_eq!(units(&[sof, ninth]), 2);
        let russian = "[place Russia]'s [unit 8th Special Operations Regiment] left.";
        assert_eq!(units(&[sof, russian]), 2);
        let tank = "[place Ukraine]'s [unit 8th Tank Regiment] left.";
        assert_eq!(units(&[sof, tank]), 2);
    }
}
