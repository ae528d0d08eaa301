//! Persons: full names over all documents, then short names to the one bearer that fits.
//!
//! A short name goes to its bearer within the document first, then across documents, and only when
//! one bearer fits. With several bearers in sight it goes to the one whose title it carries or that
//! was named just before; otherwise it stays an entity of its own document.

use super::given_names::usual;
use super::names::{folded, is_family_first, is_generation, is_slip};
use super::nodes::Nodes;
use super::person_key::{person_key, person_words};
use super::short_names;
use crate::extract::lexicon::{Lexicon, Tag};
use crate::model::EntityKind;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Joins persons over all documents.
pub(super) fn join(nodes: &mut Nodes<'_>) {
    let keys: Vec<Option<String>> = nodes
        .nodes
        .iter()
        .map(|node| {
            let is_person = node.kind == EntityKind::Person;
            is_person.then(|| person_key(nodes.text(node.document, node.first_mention)))?
        })
        .collect();
    nodes.join_by_key(|index, _| keys[index].clone());
    let full: Vec<usize> = (0..nodes.nodes.len())
        .filter(|&n| nodes.nodes[n].kind == EntityKind::Person && nodes.nodes[n].words.len() > 1)
        .collect();
    join_middle_names(nodes, &full);
    join_initials(nodes, &full);
    join_slips(nodes, &full);
    short_names::join(nodes);
}

/// First name, middle names, family name of a name whose parts stand in this order.
fn parts(words: &[String]) -> Option<(&str, &[String], &str)> {
    let end = words.len() - usize::from(words.last().is_some_and(|word| is_generation(word)));
    if !(2..=5).contains(&end) || is_family_first(&words[0]) {
        return None;
    }
    Some((&words[0], &words[1..end - 1], &words[end - 1]))
}

/// "Robert D. English" and "Robert English": one man unless two middle names are in sight, or one
/// sentence names both, with a middle name written out, as it does father and son.
fn join_middle_names(nodes: &mut Nodes<'_>, full: &[usize]) {
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for &node in full {
        let words = raw_words(nodes, node);
        let has_generation = words.last().is_some_and(|word| is_generation(word));
        if let Some((first, _, last)) = parts(&words).filter(|_| !has_generation)
            && first.chars().count() > 1
        {
            groups
                .entry((folded(usual(first).0), folded(last)))
                .or_default()
                .push(node);
        }
    }
    let two_men = named_together(nodes, groups.values());
    for (group, members) in groups.values().enumerate() {
        if two_men.contains(&group) {
            continue;
        }
        let middles: BTreeSet<String> = members
            .iter()
            .filter_map(|&n| parts(&nodes.nodes[n].words).map(|(_, middle, _)| middle.join(" ")))
            .filter(|middle| !middle.is_empty())
            .collect();
        let longest = middles.iter().max_by_key(|m| m.len());
        let agree = longest.is_none_or(|longest| {
            middles
                .iter()
                .all(|middle| middle == longest || is_part_of(middle, longest))
        });
        if agree {
            for pair in members.windows(2) {
                nodes.clusters.union(pair[0], pair[1]);
            }
        }
    }
}

/// An initial of the longer middle name's start, or some of its words in order, one of them written out.
fn is_part_of(middle: &str, longer: &str) -> bool {
    if middle.chars().count() == 1 && longer.starts_with(middle) {
        return true;
    }
    let mut rest = longer.split(' ');
    let is_written = middle.split(' ').any(|word| word.chars().count() > 1);
    is_written
        && middle.split(' ').all(|word| {
            let is_initial = word.chars().count() == 1;
            rest.any(|whole| whole == word || (is_initial && whole.starts_with(word)))
        })
}

/// Groups of which some sentence names two members. Linear in the mentions.
fn named_together<'a>(
    nodes: &Nodes<'_>,
    groups: impl Iterator<Item = &'a Vec<usize>>,
) -> BTreeSet<usize> {
    let mut group_of: HashMap<usize, usize> = HashMap::new();
    for (group, members) in groups.enumerate().filter(|(_, members)| members.len() > 1) {
        group_of.extend(members.iter().map(|&member| (member, group)));
    }
    // An initial is left out more easily than a name.
    let has_name = |node: usize| {
        let words = &nodes.nodes[node].words;
        parts(words).is_some_and(|(_, middle, _)| middle.iter().any(|m| m.chars().count() > 1))
    };
    let mut together = BTreeSet::new();
    for (document, mine) in nodes.of_mention.iter().enumerate() {
        let recognition = nodes.items[document].1;
        let mut last: HashMap<usize, (usize, usize)> = HashMap::new();
        for (mention, node) in recognition.mentions.iter().zip(mine) {
            let Some(&group) = group_of.get(node) else {
                continue;
            };
            let sentences = &recognition.sentences;
            let sentence = sentences.partition_point(|range| range[1] <= mention.start);
            let before = last.insert(group, (sentence, *node));
            let apart = |other: usize| other != *node && (has_name(other) || has_name(*node));
            if before.is_some_and(|(at, other)| at == sentence && apart(other)) {
                together.insert(group);
            }
        }
    }
    together
}

/// The normalized words of a node's name.
fn raw_words(nodes: &Nodes<'_>, node: usize) -> Vec<String> {
    let node = &nodes.nodes[node];
    person_words(nodes.text(node.document, node.first_mention))
}

/// "V. Putin" and "Vladimir Putin", when one full name fits.
fn join_initials(nodes: &mut Nodes<'_>, full: &[usize]) {
    let mut bearers: BTreeMap<(char, String), BTreeSet<usize>> = BTreeMap::new();
    let mut short = Vec::new();
    for &node in full {
        let words = &nodes.nodes[node].words;
        if let Some((first, _, last)) = parts(words)
            && let Some(initial) = first.chars().next()
        {
            let key = (initial, last.to_owned());
            if first.chars().count() == 1 {
                short.push((node, key));
            } else {
                let root = nodes.clusters.find(node);
                bearers.entry(key).or_default().insert(root);
            }
        }
    }
    for (node, key) in short {
        if let Some(found) = bearers.get(&key)
            && found.len() == 1
            && let Some(&bearer) = found.first()
        {
            nodes.clusters.union(bearer, node);
        }
    }
}

/// "Volodymr Zelensky" and "Volodymyr Zelensky": one letter off inside a long name, all else equal.
/// Names one letter apart share a name with one letter left out (Garbe's SymSpell), so that each
/// name is looked up by such keys instead of beside every other.
fn join_slips(nodes: &mut Nodes<'_>, full: &[usize]) {
    let mut by_key: BTreeMap<(String, String, bool), BTreeSet<usize>> = BTreeMap::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for &node in full {
        let words = &nodes.nodes[node].words;
        let Some((first, [], last)) = parts(words) else {
            continue;
        };
        if !seen.insert((first.to_owned(), last.to_owned())) {
            continue;
        }
        for (slip, kept, is_first) in [(first, last, true), (last, first, false)] {
            for key in one_left_out(slip) {
                by_key
                    .entry((key, kept.to_owned(), is_first))
                    .or_default()
                    .insert(node);
            }
        }
    }
    for ((_, _, is_first), members) in by_key {
        let members: Vec<usize> = members.into_iter().collect();
        for pair in members.windows(2) {
            let word = |n: usize| {
                let words = &nodes.nodes[n].words;
                if is_first {
                    words[0].clone()
                } else {
                    words[words.len() - 1].clone()
                }
            };
            let (one, other) = (word(pair[0]), word(pair[1]));
            if is_slip(&one, &other) && !(is_known(&one) && is_known(&other)) {
                nodes.clusters.union(pair[0], pair[1]);
            }
        }
    }
}

/// A listed name: "Hansen" and "Hanson" are two names and no slip.
fn is_known(word: &str) -> bool {
    let tags = Lexicon::shared().tags(word);
    tags.has_any(&[Tag::Given, Tag::Surname])
}

/// The word, and the word with each of its letters left out once; nothing for short or endless words.
pub(crate) fn one_left_out(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if !(6..=24).contains(&letters.len()) {
        return Vec::new();
    }
    let mut keys = vec![word.to_owned()];
    for skip in 0..letters.len() {
        keys.push(
            letters
                .iter()
                .enumerate()
                .filter(|&(i, _)| i != skip)
                .map(|(_, c)| c)
                .collect(),
        );
    }
    keys
}
