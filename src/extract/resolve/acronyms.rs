//! Acronyms: as given in brackets, or by initials when one name fits.

use super::meanings::Meanings;
use super::nodes::Nodes;
use crate::model::EntityKind;
use std::collections::{BTreeSet, HashMap};

/// Joins acronyms to the names they stand for: in each document by brackets and by initials, then
/// over documents where all agree; those that stand for two things as each document has them.
pub(super) fn join(nodes: &mut Nodes<'_>, ambiguous: &Meanings) {
    ambiguous.settle(nodes);
    let mut meanings: HashMap<String, BTreeSet<usize>> = HashMap::new();
    let mut names: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for document in 0..nodes.items.len() {
        for pair in bracketed(nodes, document) {
            if !ambiguous.is_ambiguous(&pair.acronym) {
                let node = nodes.of_mention[document][pair.short];
                nodes.clusters.union(pair.name, node);
                meanings.entry(pair.acronym).or_default().insert(pair.name);
            }
        }
    }
    for node in 0..nodes.nodes.len() {
        if !may_have_acronym(nodes.nodes[node].kind) {
            continue;
        }
        let text = nodes.text(nodes.nodes[node].document, nodes.nodes[node].first_mention);
        let root = nodes.clusters.find(node);
        for initials in initials(text) {
            names.entry(initials).or_default().insert(root);
        }
    }
    for node in 0..nodes.nodes.len() {
        if !may_be_bracketed(nodes.nodes[node].kind) {
            continue;
        }
        let text = nodes.text(nodes.nodes[node].document, nodes.nodes[node].first_mention);
        let Some(acronym) = acronym(text).filter(|a| !ambiguous.is_ambiguous(a)) else {
            continue;
        };
        // What brackets say goes before what initials suggest.
        let found = match (meanings.get(&acronym), names.get(&acronym)) {
            (Some(found), _) if fits(nodes, node, found) => found,
            (None, Some(found))
                if acronym.len() > 2 && may_have_acronym(nodes.nodes[node].kind) =>
            {
                found
            }
            _ => continue,
        };
        let mut roots: Vec<usize> = found.iter().map(|&n| nodes.clusters.find(n)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [root] = roots[..] {
            nodes.clusters.union(root, node);
        }
    }
}

/// What stands between a name and another one that the same thing is called by.
const CALLED: &[&str] = &[
    ", aka ",
    ", alias ",
    ", also called ",
    ", also known as ",
    ", better known as ",
    ", commonly known as ",
    ", formerly known as ",
    ", known as ",
    ", nicknamed ",
    ", widely known as ",
    " aka ",
    " (aka ",
    " (also known as ",
    " (better known as ",
    " (known as ",
];

/// "Mohamed Hamdan Dagalo, known as Hemedti": two names of one thing, in each document.
pub(super) fn join_called(nodes: &mut Nodes<'_>) {
    for document in 0..nodes.items.len() {
        let (text, recognition) = nodes.items[document];
        for pair in 1..recognition.mentions.len() {
            let (a, b) = (&recognition.mentions[pair - 1], &recognition.mentions[pair]);
            let gap = text.text.get(a.end..b.start).unwrap_or_default();
            let gap = gap.trim_end_matches(['"', '“', '‘', '\'']);
            let gap = gap.strip_suffix("the ").unwrap_or(gap);
            let is_one = a.kind == b.kind || kinds_of(a.kind, b.kind);
            let is_name = matches!(a.kind, EntityKind::Person | EntityKind::Place)
                || may_have_acronym(a.kind);
            if is_one && is_name && CALLED.contains(&gap) {
                let (one, other) = (
                    nodes.of_mention[document][pair - 1],
                    nodes.of_mention[document][pair],
                );
                nodes.clusters.union(one, other);
            }
        }
    }
}

/// Places have theirs too, where brackets tell: "Demilitarized Zone (DMZ)".
fn may_be_bracketed(kind: EntityKind) -> bool {
    may_have_acronym(kind) || kind == EntityKind::Place
}

pub(super) fn may_have_acronym(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organization | EntityKind::Unit)
}

/// What the brackets of documents name by an acronym is of the node's kind, or is in its own document.
fn fits(nodes: &Nodes<'_>, node: usize, found: &BTreeSet<usize>) -> bool {
    let this = &nodes.nodes[node];
    found.iter().all(|&long| {
        let long = &nodes.nodes[long];
        long.kind == this.kind || kinds_of(long.kind, this.kind) || long.document == this.document
    })
}

/// A name and the acronym that stands with it in brackets.
pub(super) struct Bracketed {
    /// The acronym's letters.
    pub(super) acronym: String,
    /// The node of the name.
    pub(super) name: usize,
    /// The mention of the acronym.
    pub(super) short: usize,
}

/// "National Intelligence Service (NIS)" and "NIS (National Intelligence Service)" in a document.
pub(super) fn bracketed(nodes: &Nodes<'_>, document: usize) -> Vec<Bracketed> {
    let mut found = Vec::new();
    let (text, recognition) = nodes.items[document];
    for pair in 1..recognition.mentions.len() {
        let (a, b) = (&recognition.mentions[pair - 1], &recognition.mentions[pair]);
        let gap = text.text.get(a.end..b.start).unwrap_or_default();
        let closes = text.text[b.end..].starts_with(')');
        let kinds = may_be_bracketed(a.kind) && may_be_bracketed(b.kind)
            || may_have_acronym(a.kind)
            || may_have_acronym(b.kind);
        if !kinds || !closes || !matches!(gap, " (" | " (the " | "(" | " (also ") {
            continue;
        }
        let (first, second) = (nodes.text(document, pair - 1), nodes.text(document, pair));
        let (name, short, nodes_of) = match (acronym(first), acronym(second)) {
            (None, Some(short)) => (first, short, (pair - 1, pair)),
            (Some(short), None) => (second, short, (pair, pair - 1)),
            _ => continue,
        };
        // Letters that the name has in order; a translated name has others, but then a shared
        // capital must show that the brackets explain and do not merely add.
        let kind = recognition.mentions[nodes_of.0].kind;
        let is_first = nodes_of.0 < nodes_of.1 && kinds_of(a.kind, b.kind);
        // "HELCOM (the Baltic Marine Environment Protection Commission)".
        let is_told =
            gap == " (the " && kinds_of(a.kind, b.kind) && name.split(' ').nth(2).is_some();
        let is_of_places = a.kind == EntityKind::Place && b.kind == EntityKind::Place;
        let explains = is_told
            || spells(name, &short)
            || spells_in_part(name, &short)
            || (is_first && (shares_an_end(name, &short) || occurs_alone(nodes, document, second)));
        let are_places = is_of_places && (spells(name, &short) || initials(name).contains(&short));
        if are_places || (explains && may_have_acronym(kind)) {
            found.push(Bracketed {
                acronym: short,
                name: nodes.of_mention[document][nodes_of.0],
                short: nodes_of.1,
            });
        }
    }
    found
}

fn kinds_of(a: EntityKind, b: EntityKind) -> bool {
    may_have_acronym(a) && may_have_acronym(b)
}

/// The first or last letter of a translated acronym is an initial of the name: "Security Service of
/// Ukraine (SBU)".
fn shares_an_end(name: &str, acronym: &str) -> bool {
    let ends = [acronym.chars().next(), acronym.chars().next_back()];
    (2..=6).contains(&acronym.chars().count())
        && initials(name)
            .iter()
            .any(|initials| initials.chars().any(|c| ends.contains(&Some(c))))
}

/// The acronym is named outside the brackets too, so it is no remark on the name.
fn occurs_alone(nodes: &Nodes<'_>, document: usize, acronym: &str) -> bool {
    let length = acronym.chars().filter(|c| c.is_alphabetic()).count();
    let mentions = nodes.items[document].1.mentions.len();
    (2..=6).contains(&length)
        && (0..mentions)
            .filter(|&m| nodes.text(document, m) == acronym)
            .nth(1)
            .is_some()
}

/// Upper-case letters of a name that is an acronym: 2 to 8 of them, and no lower-case ones.
pub(crate) fn acronym(text: &str) -> Option<String> {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    let count = letters.chars().count();
    let is_acronym = (2..=8).contains(&count)
        && letters.chars().all(char::is_uppercase)
        && text.chars().all(|c| c.is_alphabetic() || c == '.');
    is_acronym.then_some(letters)
}

/// The initials of a name of several words, without and with its small words. A name that ends in a number
/// ("Globe Sports Club 3") is one of several: letters alone stand for all of them.
pub(crate) fn initials(text: &str) -> Vec<String> {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    if last.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| word.starts_with(char::is_alphabetic))
        .take(9)
        .collect();
    let take = |with_small: bool| -> String {
        words
            .iter()
            .filter_map(|word| word.chars().next())
            .filter(|c| with_small || c.is_uppercase())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let (large, all) = (take(false), take(true));
    let mut found = vec![large];
    if all != found[0] {
        found.push(all);
    }
    found.retain(|initials| initials.chars().count() > 1 && words.len() > 1);
    found
}

/// The acronym begins as the name does and takes its letters from the name in order.
pub(super) fn spells(name: &str, acronym: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_uppercase);
    name.chars().count() > acronym.chars().count() + 2
        && name.chars().flat_map(char::to_uppercase).next() == acronym.chars().next()
        && acronym.chars().all(|c| letters.any(|letter| letter == c))
}

/// The words from some word of the name on spell the acronym: "U.S. Central Command (CENTCOM)".
fn spells_in_part(name: &str, acronym: &str) -> bool {
    let starts = name.match_indices(' ').map(|(at, _)| at + 1).take(8);
    acronym.chars().count() > 2 && starts.into_iter().any(|at| spells(&name[at..], acronym))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_letters() {
        assert_eq!(
            initials("Committee to Protect Journalists"),
            ["CPJ", "CTPJ"]
        );
        assert!(initials("Globe Sports Club 3").is_empty());
        assert!(spells("National Intelligence Service", "NIS"));
        assert!(!spells("Security Service of Ukraine", "NIS"));
        assert_eq!(acronym("U.N."), Some("UN".to_owned()));
        assert_eq!(acronym("Kim"), None);
    }
}
