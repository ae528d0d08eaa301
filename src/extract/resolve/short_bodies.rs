//! What organizations and units are called for short once a document has named them in full: "Wagner"
//! after "Wagner Group", "46th Brigade" after "46th Air Mobile Brigade", "Azov" after "Azov Brigade".

use super::names;
use super::nodes::Nodes;
use super::organizations::{STATUS, fits, is_body, is_number};
use crate::extract::lexicon::{Lexicon, Tag};
use crate::model::EntityKind;
use std::collections::{BTreeSet, HashMap};

/// Joins the short forms of a document to the only name there that they may be of. One that a recognizer
/// took for a person whom nobody bears as a surname is of the body's kind from then on.
pub(super) fn join_shortened(nodes: &mut Nodes<'_>, document: usize) {
    let mut long_forms: HashMap<String, BTreeSet<usize>> = HashMap::new();
    let mut stems: HashMap<String, BTreeSet<usize>> = HashMap::new();
    let range = nodes.ranges[document].clone();
    for node in range.clone().filter(|&n| is_body(&nodes.nodes[n])) {
        let words = nodes.nodes[node].words.clone();
        let root = nodes.clusters.find(node);
        for short in shortened(&words) {
            long_forms.entry(short).or_default().insert(root);
        }
        let text = nodes.text(document, nodes.nodes[node].first_mention);
        for stem in stems_of(&words, text) {
            stems.entry(stem).or_default().insert(root);
        }
    }
    let surnames = words_of_persons(nodes, document);
    // "President Brenn" is nobody's foundation.
    let roles = nodes.items[document].1.roles.iter();
    let titled: BTreeSet<usize> = roles
        .filter_map(|role| nodes.of_mention[document].get(role.mention).copied())
        .collect();
    let is_surname = |word: &str| Lexicon::shared().tags(word).has(Tag::Surname);
    for node in range {
        let found = &nodes.nodes[node];
        let is_named = |word: &String| {
            let bearers = surnames.get(word);
            bearers.is_some_and(|bearers| bearers.iter().any(|name| *name != found.key))
        };
        let is_bearer = matches!(&found.words[..], [word] if is_surname(word));
        let is_person = found.kind == EntityKind::Person
            && !is_bearer
            && !titled.contains(&node)
            && !found.words.iter().any(is_named);
        let longer = match is_body(found) {
            true => long_forms.get(&found.key).or_else(|| stems.get(&found.key)),
            false => stems.get(&found.key).filter(|_| is_person),
        };
        // What was joined since is one.
        let longer = longer.map(|longer| -> BTreeSet<usize> {
            longer
                .iter()
                .map(|&root| nodes.clusters.find(root))
                .collect()
        });
        let found = &nodes.nodes[node];
        if let Some(longer) = longer
            && longer.len() == 1
            && let Some(&root) = longer.first()
            && fits(
                nodes.nodes[root].country.as_deref(),
                found.country.as_deref(),
            )
            && !(HOUSES.contains(&found.key.as_str()) && are_beside(nodes, root, node))
        {
            if is_person {
                nodes.nodes[node].kind = nodes.nodes[root].kind;
            }
            nodes.clusters.union(root, node);
        }
    }
}

/// The words of the names of several words that persons of a document bear, with some of those names.
fn words_of_persons(nodes: &Nodes<'_>, document: usize) -> HashMap<String, BTreeSet<String>> {
    let all = &nodes.nodes[nodes.ranges[document].clone()];
    let persons = all.iter().filter(|node| node.kind == EntityKind::Person);
    let full = persons.filter(|node| node.words.len() > 2 || is_full(&node.words));
    let mut bearers: HashMap<String, BTreeSet<String>> = HashMap::new();
    for node in full {
        for word in &node.words {
            let of_word = bearers.entry(word.clone()).or_default();
            // Two names tell as much as two thousand.
            if of_word.len() < 2 {
                of_word.insert(node.key.clone());
            }
        }
    }
    bearers
}

/// A given name and another word: "Ping An" is none.
fn is_full(words: &[String]) -> bool {
    words.len() == 2
        && words
            .iter()
            .any(|word| Lexicon::shared().tags(word).has(Tag::Given))
}

/// What sort of body it is, said at the end of its name and left off by those who know it.
const SORTS: &[&str] = &[
    "academy",
    "bank",
    "battalion",
    "brewery",
    "brigade",
    "cafe",
    "capital",
    "center",
    "clinic",
    "detachment",
    "energy",
    "hospital",
    "hotel",
    "institute",
    "insurance",
    "legion",
    "line",
    "lines",
    "minerals",
    "mining",
    "partners",
    "pharmaceuticals",
    "regiment",
    "resources",
    "restaurant",
    "securities",
    "solutions",
    "steel",
    "systems",
    "technologies",
    "technology",
    "telecom",
    "university",
];

/// The names without the words that say what sort of body it is, as persons' are compared: "Shafallah
/// Center" and "Shafallah" of "Shafallah Center for Persons with Disabilities". None that is made of
/// plain words, is known as something else or is an acronym.
fn stems_of(words: &[String], text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    let all = names::words(text);
    let for_what = all
        .iter()
        .position(|word| word == "for")
        .filter(|at| *at > 1);
    let mut rest = match for_what {
        Some(at) => {
            let head = &all[..at];
            let head: Vec<String> = head
                .iter()
                .map(|w| super::organizations::one_spelling(w))
                .collect();
            stems.push(head.join(" "));
            head
        }
        None => words.to_vec(),
    };
    let is_sort =
        |word: &String| SORTS.contains(&word.as_str()) || LEFT_OFF.contains(&word.as_str());
    while rest.len() > 1 && rest.last().is_some_and(is_sort) {
        rest.pop();
        stems.push(rest.join(" "));
    }
    let is_plain = |stem: &str| {
        let plain = |word: &str| {
            let tags = Lexicon::shared().tags(word);
            tags.has(Tag::Common) || is_number(word) || word.len() < 3
        };
        stem.split(' ').all(plain) || Lexicon::shared().known(stem).is_some()
    };
    let is_acronym = |stem: &str| {
        let length = stem.len();
        text.get(..length)
            .is_some_and(|start| start.chars().all(char::is_uppercase))
            && length < 3
    };
    stems.retain(|stem| !is_plain(stem) && !is_acronym(stem));
    let folded: Vec<String> = stems
        .iter()
        .map(|stem| {
            stem.split(' ')
                .map(names::folded)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    stems.extend(folded);
    stems
}

/// What the only one that a text names is called for short: "Congress" after "Indian National Congress".
const HOUSES: &[&str] = &["congress", "parliament", "senate"];

/// Words that may be left off the end of a name: "Wagner Group", "Wagner".
const LEFT_OFF: &[&str] = &[
    "group",
    "inc",
    "corp",
    "corporation",
    "company",
    "co",
    "ltd",
    "plc",
    "llc",
    "ag",
    "party",
    "agency",
    "news",
    "pmc",
    "airlines",
    "airways",
    "entertainment",
    "foundation",
    "holding",
    "holdings",
    "industries",
    "international",
    "media",
    "motors",
    "pictures",
    "records",
    "studios",
    "technologies",
];

/// A sentence names both, as it does two bodies, or the short name stands first. Linear in the mentions
/// of the document.
fn are_beside(nodes: &Nodes<'_>, long: usize, short: usize) -> bool {
    let document = nodes.nodes[short].document;
    let recognition = nodes.items[document].1;
    let sentences = |node: usize| -> BTreeSet<usize> {
        let mentions = nodes.of_mention[document].iter().zip(&recognition.mentions);
        let mentions = mentions.filter(|(of, _)| **of == node);
        let sentences = &recognition.sentences;
        let at = |start: usize| sentences.partition_point(|range| range[1] <= start);
        mentions.map(|(_, raw)| at(raw.start)).collect()
    };
    let (long, short) = (sentences(long), sentences(short));
    !long.is_disjoint(&short) || long.first() > short.first()
}

/// Status words of one name of which each may be left out.
const MOST_STATUS: usize = 3;

/// The names of a numbered unit with fewer of its status words: "8th Rifle Regiment" of "8th
/// Separate Guards Rifle Regiment", and what stands before "named after".
fn without_status(words: &[String]) -> Vec<String> {
    let named = words.iter().position(|word| word == "named");
    let words = &words[..named.unwrap_or(words.len())];
    let status: Vec<usize> = (0..words.len())
        .filter(|&at| STATUS.contains(&words[at].as_str()))
        .take(MOST_STATUS)
        .collect();
    let lowest = usize::from(named.is_none());
    (lowest..1 << status.len())
        .map(|left_out| {
            let kept = (0..words.len()).filter(|at| {
                let place = status.iter().position(|s| s == at);
                place.is_none_or(|place| left_out & (1 << place) == 0)
            });
            kept.map(|at| words[at].as_str())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// What a name of these words is called for short.
fn shortened(words: &[String]) -> Vec<String> {
    let mut forms = Vec::new();
    let [first, .., last] = words else {
        return forms;
    };
    // "Acme Group Holding" is Acme Group, and Acme.
    let mut end = words.len();
    while end > 1 && LEFT_OFF.contains(&words[end - 1].as_str()) && !is_number(first) {
        end -= 1;
        forms.push(words[..end].join(" "));
    }
    if HOUSES.contains(&last.as_str()) {
        forms.push(last.clone());
    }
    if is_number(first) && words.len() > 2 {
        // An air or a tank army is an echelon of its own.
        if last != "army" {
            forms.push(format!("{first} {last}"));
        }
        forms.extend(without_status(words));
        // "The 10th Mountain".
        forms.push(words[..words.len() - 1].join(" "));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::resolved;

    #[test]
    fn what_a_body_is_called_once_it_was_named() {
        for text in [
            "[organization Goldwell Partners] grew. [organization Goldwell] paid.",
            "[organization Goldwell Group Holding] grew. [organization Goldwell] paid.",
            "[organization Shafallah Center for Persons with Disabilities] and [organization Shafallah Centre] and [organization Shafallah].",
            "The [unit Azov Brigade] held on. [person Azov] lost three men.",
            "[organization Ping An Insurance] paid. [person Ping An] declined.",
        ] {
            assert_eq!(resolved(&[text]).len(), 1, "{text}");
        }
        for text in [
            "The [organization World Bank] and the [organization World] grew.",
            "[person Ramzan Kadyrov] and [unit Kadyrov Regiment] and [person Kadyrov].",
            "The [organization Clinton Foundation] paid. [person Clinton] spoke.",
            "The [organization Security Council Office] and the [organization Security Council].",
        ] {
            assert_eq!(resolved(&[text]).len(), 2, "{text}");
        }
    }

    #[test]
    fn a_name_keeps_the_kind_of_its_full_form() {
        let (document, recognition) = super::super::super::fixture::marked(
            0,
            "The [unit Azov Brigade] held on. [person Azov] lost. [person Azov] won.",
        );
        let found = super::super::resolve(&[(&document, &recognition)], true).entities;
        assert_eq!(found[0].kind, super::EntityKind::Unit);
    }

    #[test]
    fn whose_ministry_sits_where() {
        let text = "[place Moscow]'s [organization Defence Ministry] spoke; the [organization Ministry of Defence] in [place Kyiv] did not. [group=Russia Russian] and [place=Ukraine Ukraine].";
        let found = resolved(&[text]);
        let ministries = found.iter().filter(|line| line.contains("Ministry"));
        assert_eq!(ministries.count(), 2, "{found:?}");
    }
}
