//! Nodes: the mentions of one name in one document, the unit that resolution joins.

use super::super::Recognition;
use super::super::lists::LISTED;
use super::clusters::Clusters;
use super::compass::join_short_countries;
use super::countries::Countries;
use super::titles::{Sex, sexes_of_mentions};
use super::{containers, names, organizations, person_key, places};
use crate::model::{Document, EntityKind};
use std::collections::HashMap;
use std::ops::Range;

/// All mentions of one document that have one kind, name key and country.
pub(super) struct Node {
    /// Index of the document among those resolved.
    pub(super) document: usize,
    /// Kind of its mentions.
    pub(super) kind: EntityKind,
    /// Folded words of the name; for organizations and units those that tell it from others.
    pub(super) words: Vec<String>,
    /// `words` joined by blanks, or the canonical name's.
    pub(super) key: String,
    /// Normalized name of the country whose body or unit it is, where the text says so; for places
    /// what the text says that they lie in, see [`containers::Container`].
    pub(super) country: Option<String>,
    /// Of a bare name of a person: what the titles at it say. "Mr. Smith" is one, "Ms. Smith" another.
    pub(super) sex: Option<Sex>,
    /// An acronym that stands for several things: it is nobody's by its letters alone.
    pub(super) is_ambiguous: bool,
    /// The first of its mentions, as an index into the recognition's.
    pub(super) first_mention: usize,
}

/// The nodes of all documents, with the node of each mention and how nodes are joined.
pub(super) struct Nodes<'a> {
    /// What is resolved.
    pub(super) items: &'a [(&'a Document, &'a Recognition)],
    /// All nodes, document after document, by first mention.
    pub(super) nodes: Vec<Node>,
    /// Which of `nodes` belong to a document.
    pub(super) ranges: Vec<Range<usize>>,
    /// For each document, the node of each mention.
    pub(super) of_mention: Vec<Vec<usize>>,
    /// Which nodes are one thing.
    pub(super) clusters: Clusters,
    /// Names of countries and of what stands for them.
    pub(super) countries: Countries,
}

impl<'a> Nodes<'a> {
    /// One node for each document, kind, name and country.
    pub(super) fn new(items: &'a [(&'a Document, &'a Recognition)]) -> Self {
        let countries = Countries::new(items);
        let mut nodes: Vec<Node> = Vec::new();
        let mut ranges = Vec::with_capacity(items.len());
        let mut of_mention = Vec::with_capacity(items.len());
        let mut entries: HashMap<(EntityKind, &str), Vec<usize>> = HashMap::new();
        for (index, &(document, recognition)) in items.iter().enumerate() {
            let start = nodes.len();
            let mut seen = HashMap::new();
            let mut mine = Vec::with_capacity(recognition.mentions.len());
            let sexes = sexes_of_mentions(document, recognition);
            for mention in 0..recognition.mentions.len() {
                let mut node = describe(index, document, recognition, mention, &countries);
                let is_bare = node.kind == EntityKind::Person && node.words.len() == 1;
                node.sex = sexes.get(&mention).copied().filter(|_| is_bare);
                let raw = &recognition.mentions[mention];
                let entry = raw.canonical.as_deref().filter(|_| raw.rule == LISTED);
                let id = (
                    node.kind,
                    node.key.clone(),
                    (node.country.clone(), node.sex),
                    entry,
                );
                let place = *seen.entry(id).or_insert(nodes.len());
                if place == nodes.len() {
                    if let Some(name) = entry {
                        entries.entry((raw.kind, name)).or_default().push(place);
                    }
                    nodes.push(node);
                }
                mine.push(place);
            }
            let here = (document, recognition);
            join_short_countries(here, &countries, &mut nodes[start..], start, &mut mine);
            ranges.push(start..nodes.len());
            of_mention.push(mine);
        }
        let mut clusters = Clusters::new(nodes.len());
        // What one entry of the user's lists names is one thing, and no other entry's.
        let mut entries: Vec<Vec<usize>> = entries.into_values().collect();
        entries.sort();
        for (entry, members) in entries.into_iter().enumerate() {
            for &member in &members {
                clusters.union(members[0], member);
            }
            clusters.set_listed(members[0], entry);
        }
        Self {
            items,
            nodes,
            ranges,
            of_mention,
            clusters,
            countries,
        }
    }

    /// The words of a mention.
    pub(super) fn text(&self, document: usize, mention: usize) -> &'a str {
        let (text, recognition) = self.items[document];
        let raw = &recognition.mentions[mention];
        &text.text[raw.start..raw.end]
    }

    /// Joins nodes that have one key; the key is that of `key_of` of its index and itself, and nodes without one stay as they are.
    pub(super) fn join_by_key(&mut self, key_of: impl Fn(usize, &Node) -> Option<String>) {
        let mut first: HashMap<String, usize> = HashMap::new();
        for index in 0..self.nodes.len() {
            if let Some(key) = key_of(index, &self.nodes[index]) {
                let other = *first.entry(key).or_insert(index);
                self.clusters.union(other, index);
            }
        }
    }
}

fn describe(
    index: usize,
    document: &Document,
    recognition: &Recognition,
    mention: usize,
    countries: &Countries,
) -> Node {
    let raw = &recognition.mentions[mention];
    let text = &document.text[raw.start..raw.end];
    let fold = |name: &str| -> Vec<String> {
        person_key::person_words(name)
            .iter()
            .map(|word| names::folded(word))
            .collect()
    };
    let (words, country) = match raw.kind {
        EntityKind::Organization | EntityKind::Unit => {
            let name = raw.canonical.as_deref().unwrap_or(text);
            organizations::describe(document, recognition, mention, name, countries)
        }
        EntityKind::Place => {
            let short = places::is_short_form(text)
                .then(|| countries.canonical(&names::words(text)))
                .flatten();
            let canonical = raw.canonical.clone().or(short);
            (
                places::words(text, canonical.as_deref()),
                containers::told(document, recognition, mention).map(|container| container.key()),
            )
        }
        EntityKind::Person => (with_one_article(fold(text)), None),
        EntityKind::Group => (
            match &raw.canonical {
                Some(country) => names::words(country),
                None => names::words(text.strip_suffix('s').unwrap_or(text)),
            },
            None,
        ),
        // A day is one thing, however texts call it: "Tuesday" of two weeks are two.
        EntityKind::Date if raw.date.is_some() => {
            (raw.date.iter().map(ToString::to_string).collect(), None)
        }
        EntityKind::Date | EntityKind::Equipment | EntityKind::Event => {
            (names::words(raw.canonical.as_deref().unwrap_or(text)), None)
        }
    };
    let words = match raw.kind {
        EntityKind::Place if containers::means_division(document, recognition, mention) => {
            words.into_iter().chain(["region".to_owned()]).collect()
        }
        EntityKind::Place if containers::means_river(document, raw.end) => {
            words.into_iter().chain(["river".to_owned()]).collect()
        }
        _ => words,
    };
    let key = if words.is_empty() {
        text.to_owned()
    } else {
        words.join(" ")
    };
    Node {
        document: index,
        kind: raw.kind,
        words,
        key,
        country,
        sex: None,
        is_ambiguous: false,
        first_mention: mention,
    }
}

/// The Arabic article as one word, "el" like "al": "Abdul-Wahhab el-Saidi", "al-Saidi".
fn with_one_article(mut words: Vec<String>) -> Vec<String> {
    let last = words.len().saturating_sub(1);
    for word in words.iter_mut().take(last).filter(|word| *word == "el") {
        "al".clone_into(word);
    }
    words
}
