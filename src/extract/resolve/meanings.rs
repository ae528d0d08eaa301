//! Acronyms that stand for two things: MIT is an institute of technology here and an intelligence
//! service there. Each document's acronym goes to the name that it has there.

use super::acronyms::{Bracketed, acronym, bracketed, initials, may_have_acronym};
use super::nodes::{Node, Nodes};
use crate::extract::lexicon::{Lexicon, Tag};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// More names for one acronym are not compared: none is taken for another.
const MOST_NAMES: usize = 12;

/// What the ambiguous acronyms of all documents stand for.
#[derive(Default)]
pub(super) struct Meanings {
    /// Acronyms of which the names differ.
    ambiguous: HashSet<String>,
    /// By document: the nodes that an ambiguous acronym stands for there.
    own: Vec<BTreeMap<String, BTreeSet<usize>>>,
    /// By document: mentions of such acronyms with the name that stands with it in brackets.
    bracketed: Vec<HashMap<usize, usize>>,
    /// Nodes of one meaning, the first of them leading.
    same: Vec<(usize, usize)>,
}

impl Meanings {
    /// Reads all documents. Linear in the mentions.
    pub(super) fn new(nodes: &mut Nodes<'_>) -> Self {
        let documents = nodes.items.len();
        let mut own: Vec<BTreeMap<String, BTreeSet<usize>>> = Vec::with_capacity(documents);
        let mut in_brackets: Vec<Vec<Bracketed>> = Vec::with_capacity(documents);
        for document in 0..documents {
            let pairs = bracketed(nodes, document);
            own.push(names_of_document(nodes, document, &pairs));
            in_brackets.push(pairs);
        }
        let mut names: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (acronym, found) in own.iter().flatten() {
            names.entry(acronym).or_default().extend(found);
        }
        let mut meanings = Self::default();
        for (acronym, found) in names {
            let groups = groups(nodes, &found);
            if groups.len() > 1 {
                meanings.ambiguous.insert(acronym.to_owned());
                let same = groups.iter().flat_map(|group| group.windows(2));
                meanings.same.extend(same.map(|pair| (pair[0], pair[1])));
            }
        }
        for names in &mut own {
            names.retain(|acronym, _| meanings.ambiguous.contains(acronym));
        }
        meanings.own = own;
        for pairs in in_brackets {
            let ambiguous = pairs.into_iter();
            let ambiguous = ambiguous.filter(|pair| meanings.ambiguous.contains(&pair.acronym));
            let of_mention = ambiguous.map(|pair| (pair.short, pair.name));
            meanings.bracketed.push(of_mention.collect());
        }
        for node in &mut nodes.nodes {
            let text = node_text(nodes.items, node);
            node.is_ambiguous = may_have_acronym(node.kind)
                && acronym(text).is_some_and(|a| meanings.ambiguous.contains(&a));
        }
        meanings
    }

    /// The acronym stands for several things.
    pub(super) fn is_ambiguous(&self, acronym: &str) -> bool {
        self.ambiguous.contains(acronym)
    }

    /// Gives each mention of an ambiguous acronym to the name that its document has for it: that in the
    /// brackets with it, the only one, or of several the one named last. Others stay their document's.
    pub(super) fn settle(&self, nodes: &mut Nodes<'_>) {
        for &(one, other) in &self.same {
            let (one, other) = (now(nodes, one), now(nodes, other));
            nodes.clusters.union(one, other);
        }
        for (document, names) in self.own.iter().enumerate() {
            if !names.is_empty() {
                self.settle_document(nodes, document, names);
            }
        }
    }

    fn settle_document(
        &self,
        nodes: &mut Nodes<'_>,
        document: usize,
        names: &BTreeMap<String, BTreeSet<usize>>,
    ) {
        let mut of_root: HashMap<usize, Vec<&str>> = HashMap::new();
        let mut count: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for (acronym, found) in names {
            for &node in found {
                let node = now(nodes, node);
                let root = nodes.clusters.find(node);
                of_root.entry(root).or_default().push(acronym);
                count.entry(acronym).or_default().insert(root);
            }
        }
        let mut last: HashMap<&str, usize> = HashMap::new();
        for mention in 0..nodes.of_mention[document].len() {
            let node = nodes.of_mention[document][mention];
            if !nodes.nodes[node].is_ambiguous {
                let root = nodes.clusters.find(node);
                let of_this = of_root.get(&root).into_iter().flatten();
                last.extend(of_this.map(|&acronym| (acronym, node)));
                continue;
            }
            let Some(short) = acronym(nodes.text(document, mention)) else {
                continue;
            };
            let Some((short, found)) = names.get_key_value(&short) else {
                continue;
            };
            let in_brackets = self.bracketed[document].get(&mention).copied();
            let is_one = count
                .get(short.as_str())
                .is_some_and(|roots| roots.len() == 1);
            let only = found.first().copied().filter(|_| is_one);
            let named = last.get(short.as_str()).copied();
            let meant = in_brackets.or(only).map(|node| now(nodes, node));
            if let Some(name) = meant.or(named) {
                nodes.of_mention[document][mention] = name;
                last.insert(short, name);
            }
        }
    }
}

/// The node that has the first mention of a node since names went to those of their country.
fn now(nodes: &Nodes<'_>, node: usize) -> usize {
    let this = &nodes.nodes[node];
    nodes.of_mention[this.document][this.first_mention]
}

fn node_text<'a>(
    items: &[(&'a crate::model::Document, &super::super::Recognition)],
    node: &Node,
) -> &'a str {
    let (text, recognition) = items[node.document];
    let raw = &recognition.mentions[node.first_mention];
    &text.text[raw.start..raw.end]
}

/// The names for which acronyms of a document stand in it: those beside them in brackets, and those
/// whose initials they are, if no brackets tell or the acronym follows the name before they do.
fn names_of_document(
    nodes: &Nodes<'_>,
    document: usize,
    pairs: &[Bracketed],
) -> BTreeMap<String, BTreeSet<usize>> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut first_in_brackets: HashMap<&str, usize> = HashMap::new();
    for pair in pairs {
        let names = found.entry(pair.acronym.clone()).or_default();
        names.insert(pair.name);
        let first = first_in_brackets.entry(&pair.acronym).or_insert(pair.short);
        *first = (*first).min(pair.short);
    }
    let mut said: HashMap<String, Vec<usize>> = HashMap::new();
    for (mention, &node) in nodes.of_mention[document].iter().enumerate() {
        if may_have_acronym(nodes.nodes[node].kind)
            && let Some(acronym) = acronym(nodes.text(document, mention))
        {
            said.entry(acronym).or_default().push(mention);
        }
    }
    if said.is_empty() {
        return found;
    }
    for node in nodes.ranges[document].clone() {
        let this = &nodes.nodes[node];
        if !may_have_acronym(this.kind) {
            continue;
        }
        for letters in initials(nodes.text(document, this.first_mention)) {
            let Some(said) = said.get(&letters).filter(|_| letters.chars().count() > 2) else {
                continue;
            };
            let follows = said.partition_point(|&mention| mention < this.first_mention);
            let is_before = |first: &usize| said.get(follows).is_some_and(|m| m < first);
            if first_in_brackets
                .get(letters.as_str())
                .is_none_or(is_before)
            {
                found.entry(letters).or_default().insert(node);
            }
        }
    }
    found
}

/// Nodes of names by what they mean; each group in order, the groups by their first node.
fn groups(nodes: &Nodes<'_>, found: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    let mut by_name: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for &node in found {
        let this = &nodes.nodes[node];
        let name = (this.key.as_str(), this.country.as_deref());
        by_name.entry(name).or_default().push(node);
    }
    let mut groups: Vec<Vec<usize>> = by_name.into_values().collect();
    groups.sort();
    if groups.len() > MOST_NAMES {
        return groups;
    }
    let mut at = 0;
    while at < groups.len() {
        let same = (at + 1..groups.len()).find(|&other| {
            let pairs = groups[at]
                .iter()
                .flat_map(|&a| groups[other].iter().map(move |&b| (a, b)));
            let mut pairs = pairs.take(MOST_NAMES * MOST_NAMES);
            pairs.any(|(a, b)| may_be_one_body(&nodes.nodes[a], &nodes.nodes[b]))
        });
        match same {
            Some(other) => {
                let more = groups.remove(other);
                groups[at].extend(more);
                groups[at].sort_unstable();
            }
            None => at += 1,
        }
    }
    translated(nodes, groups)
}

/// A name without a word of English beside one English name whose initials are other letters: the one is
/// the translation of the other ("Millî İstihbarat Teşkilatı", "National Intelligence Organization").
fn translated(nodes: &Nodes<'_>, mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let is_foreign = |group: &Vec<usize>| {
        let mut words = group.iter().flat_map(|&node| &nodes.nodes[node].words);
        words.all(|word| !Lexicon::shared().tags(word).has(Tag::Common))
    };
    let is_translation = |group: &Vec<usize>, foreign: &Vec<usize>| {
        let letters = |node: usize| initials(node_text(nodes.items, &nodes.nodes[node]));
        let known: BTreeSet<String> = foreign.iter().flat_map(|&node| letters(node)).collect();
        let mut own = group.iter().flat_map(|&node| letters(node));
        !is_foreign(group) && !own.any(|letters| known.contains(&letters))
    };
    let foreign: Vec<usize> = (0..groups.len())
        .filter(|&at| is_foreign(&groups[at]))
        .collect();
    if let [foreign] = foreign[..] {
        let candidates =
            (0..groups.len()).filter(|&at| is_translation(&groups[at], &groups[foreign]));
        let candidates: Vec<usize> = candidates.collect();
        if let [english] = candidates[..] {
            let more = groups[foreign].clone();
            groups[english].extend(more);
            groups[english].sort_unstable();
            groups.remove(foreign);
        }
    }
    groups
}

/// Words that many bodies share and that tell none from another.
const SHARED: &[&str] = &[
    "agency",
    "association",
    "authority",
    "board",
    "bureau",
    "center",
    "central",
    "centers",
    "command",
    "commission",
    "committee",
    "council",
    "department",
    "federal",
    "federation",
    "force",
    "forces",
    "foundation",
    "front",
    "general",
    "group",
    "institute",
    "international",
    "ministry",
    "movement",
    "national",
    "office",
    "organization",
    "party",
    "service",
    "services",
    "society",
    "state",
    "union",
    "united",
    "university",
];

/// Two names of one acronym that differ as names of one body do: not of two countries, and more than
/// half of the telling words of one stand in the other.
fn may_be_one_body(a: &Node, b: &Node) -> bool {
    if a.country.is_some() && b.country.is_some() && a.country != b.country {
        return false;
    }
    if a.key == b.key {
        return true;
    }
    let telling = |node: &Node| -> Vec<String> {
        let own = node.words.iter().filter(|w| !SHARED.contains(&w.as_str()));
        let own: Vec<String> = own.cloned().collect();
        if own.is_empty() {
            node.words.clone()
        } else {
            own
        }
    };
    let (one, other) = (telling(a), telling(b));
    let (few, many) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let is_alike = |a: &str, b: &str| {
        let is_start = |short: &str, long: &str| short.len() > 3 && long.starts_with(short);
        a == b || is_start(a, b) || is_start(b, a)
    };
    let shared = few
        .iter()
        .filter(|word| many.iter().any(|other| is_alike(word, other)));
    shared.count() * 2 > few.len()
}
