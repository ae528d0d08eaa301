//! Organizations and units: by the words that tell them apart and by the country they belong to.
//!
//! "Russia's Ministry of Defense", "Russian Defense Ministry" and "Russia's Defense Ministry" are
//! one, the Ukrainian one is another; a bare "Defense Ministry" goes to the one last named.

use super::super::Recognition;
use super::countries::Countries;
use super::nodes::{Node, Nodes};
use super::short_bodies::join_shortened;
use super::{generic_names, names};
use crate::model::{Document, EntityKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names that every country has one of: without a country they tell nothing.
const GENERIC: &[&str] = &[
    "air force",
    "air forces",
    "armed forces",
    "army",
    "attorney generals office",
    "border guard",
    "cabinet",
    "central bank",
    "central election commission",
    "coast guard",
    "communist party",
    "congress",
    "conservative party",
    "constitutional court",
    "democratic party",
    "election commission",
    "embassy",
    "foreign office",
    "general prosecutors office",
    "general staff",
    "government",
    "green party",
    "ground forces",
    "high court",
    "house of representatives",
    "joint chiefs of staff",
    "joint staff",
    "labor party",
    "legislative assembly",
    "liberal party",
    "lower house",
    "marine corps",
    "military",
    "military intelligence",
    "national assembly",
    "national congress",
    "national guard",
    "national police",
    "naval forces",
    "navy",
    "parliament",
    "police",
    "prosecutor generals office",
    "prosecutors office",
    "public prosecutors office",
    "security council",
    "security forces",
    "senate",
    "socialist party",
    "special forces",
    "special operation forces",
    "special operations forces",
    "state council",
    "state department",
    "supreme court",
    "treasury",
    "upper house",
];

/// Last words of names that several countries may share; a country beside them counts.
const NATIONAL: &[&str] = &[
    "agency",
    "army",
    "assembly",
    "authority",
    "bank",
    "battalion",
    "brigade",
    "bureau",
    "center",
    "commission",
    "committee",
    "corps",
    "council",
    "court",
    "division",
    "fleet",
    "force",
    "forces",
    "guard",
    "guards",
    "ministry",
    "office",
    "police",
    "regiment",
    "service",
    "services",
    "squadron",
    "staff",
];

/// Words that add nothing to the name of a unit or organization.
const EMPTY: &[&str] = &["of", "the", "for", "and"];

/// Legal forms of companies, which add nothing either.
const LEGAL_FORMS: &[&str] = &[
    "ag",
    "asa",
    "bv",
    "cjsc",
    "gmbh",
    "inc",
    "incorporated",
    "jsc",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "oao",
    "ojsc",
    "ooo",
    "oyj",
    "pao",
    "pjsc",
    "plc",
    "pty",
    "spa",
    "zao",
];

pub(super) fn is_generic(words: &[String]) -> bool {
    let name = words.join(" ");
    words.last().is_some_and(|word| word == "ministry") || GENERIC.contains(&name.as_str())
}

fn is_national(words: &[String]) -> bool {
    is_generic(words)
        || words
            .last()
            .is_some_and(|word| NATIONAL.contains(&word.as_str()))
        || words.first().is_some_and(|word| is_number(word))
}

pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The name says what it is and not whose: "Ministry of Defense".
pub(super) fn is_generic_name(name: &str) -> bool {
    let words: Vec<String> = names::words(name).iter().map(|w| one_spelling(w)).collect();
    is_generic(&ministry_last(&words))
}

/// The words that name an organization or unit, and the country it belongs to where the text says so.
pub(super) fn describe(
    document: &Document,
    recognition: &Recognition,
    mention: usize,
    name: &str,
    countries: &Countries,
) -> (Vec<String>, Option<String>) {
    let name = without_domain(name);
    let mut words: Vec<String> = names::words(name).iter().map(|w| one_spelling(w)).collect();
    let mut country = None;
    for length in (1..=3.min(words.len().saturating_sub(1))).rev() {
        if let Some(found) = countries.canonical(&words[..length])
            && is_national(&ministry_last(&words[length..]))
            && !is_shortened_to_nothing(&words[length..])
        {
            words.drain(..length);
            country = Some(found);
            break;
        }
    }
    if country.is_none()
        && let Some(of) = words.iter().rposition(|word| word == "of")
        && let Some(found) = countries.canonical(&without_article(&words[of + 1..]))
        && (is_generic(&ministry_last(&words[..of])) || (of > 1 && is_national(&words[..of])))
    {
        words.truncate(of);
        country = Some(found);
    }
    let mut words = ministry_last(&words);
    words.retain(|word| !EMPTY.contains(&word.as_str()));
    if words.len() > 1 {
        words.retain(|word| !LEGAL_FORMS.contains(&word.as_str()));
    }
    if words.is_empty() {
        words = names::words(name);
    }
    if country.is_none() && is_national(&words) {
        let sits = is_generic(&words) && !words.iter().any(|word| word == "embassy");
        country = countries.beside(document, recognition, mention, sits);
    }
    (words, country)
}

/// "Bihus.info" is Bihus: a name on the net without what tells its domain.
fn without_domain(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, end)) if is_domain(end) && stem.chars().count() > 2 => stem,
        _ => name,
    }
}

/// What ends a name on the net.
pub(crate) fn is_domain(end: &str) -> bool {
    matches!(
        end,
        "com" | "info" | "io" | "media" | "net" | "news" | "online" | "org" | "press"
    )
}

/// "Korean People's Army" must not become an army of Korea called "People's".
fn is_shortened_to_nothing(rest: &[String]) -> bool {
    !is_generic(&ministry_last(rest)) && rest.len() < 3 && !rest.iter().any(|w| is_number(w))
}

fn without_article(words: &[String]) -> Vec<String> {
    let skip = usize::from(words.first().is_some_and(|word| word == "the"));
    words[skip..].to_vec()
}

/// American spelling, numbers as figures, and one word for what has two.
pub(super) fn one_spelling(word: &str) -> String {
    let plain = match word {
        "defence" => "defense",
        "centre" => "center",
        "labour" => "labor",
        "programme" => "program",
        "organisation" => "organization",
        "first" => "1st",
        "second" => "2nd",
        "third" => "3rd",
        "fourth" => "4th",
        "fifth" => "5th",
        "sixth" => "6th",
        "seventh" => "7th",
        "eighth" => "8th",
        "ninth" => "9th",
        "tenth" => "10th",
        other => other,
    };
    plain.to_owned()
}

/// "Ministry of Foreign Affairs", "Foreign Affairs Ministry" and "Foreign Ministry" in one form.
fn ministry_last(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    let heads = ["ministry", "department"];
    if words.len() > 2
        && heads.contains(&words[0].as_str())
        && (words[1] == "of" || words[1] == "for")
    {
        let head = words.remove(0);
        words.remove(0);
        if words.first().is_some_and(|word| word == "the") {
            words.remove(0);
        }
        words.push(head);
    }
    if words.last().is_some_and(|word| word == "ministry") {
        words.retain(|word| word != "affairs");
        if let Some(first) = words.first_mut().filter(|word| *word == "internal") {
            "interior".clone_into(first);
        }
        // "Ministry of National Defense".
        if words.len() == 3 && words[0] == "national" && words[1] == "defense" {
            words.remove(0);
        }
    }
    words
}

pub(super) fn is_body(node: &Node) -> bool {
    matches!(node.kind, EntityKind::Organization | EntityKind::Unit)
}

/// Joins organizations and units over all documents.
pub(super) fn join(nodes: &mut Nodes<'_>) {
    for document in 0..nodes.items.len() {
        join_last_named(nodes, document);
        join_shortened(nodes, document);
    }
    nodes.join_by_key(|_, node| match &node.country {
        Some(country) if is_body(node) => Some(format!("{country}: {}", node.key)),
        _ => None,
    });
    join_without_country(nodes);
    generic_names::join(nodes);
    join_shortened_across(nodes);
}

/// Within a document: a name without a country goes to the last one of that name with a country.
fn join_last_named(nodes: &mut Nodes<'_>, document: usize) {
    let mut with_country: HashMap<String, Vec<usize>> = HashMap::new();
    for node in nodes.ranges[document].clone() {
        let found = &nodes.nodes[node];
        if is_body(found) && found.country.is_some() {
            with_country
                .entry(found.key.clone())
                .or_default()
                .push(node);
        }
    }
    let mut last: HashMap<String, usize> = HashMap::new();
    for mention in 0..nodes.of_mention[document].len() {
        let node = nodes.of_mention[document][mention];
        let found = &nodes.nodes[node];
        if !is_body(found) {
            continue;
        }
        if found.country.is_some() {
            last.insert(found.key.clone(), node);
        } else if let Some(&target) = last.get(&found.key) {
            nodes.of_mention[document][mention] = target;
        } else if let Some([only]) = with_country.get(&found.key).map(Vec::as_slice) {
            nodes.of_mention[document][mention] = *only;
        }
    }
}

/// Over documents: a name without a country is one thing unless it is generic, or bodies of two
/// countries bear it.
fn join_without_country(nodes: &mut Nodes<'_>) {
    let mut of_key: BTreeMap<String, (BTreeSet<String>, Option<usize>)> = BTreeMap::new();
    for (index, node) in nodes.nodes.iter().enumerate().filter(|(_, n)| is_body(n)) {
        if let Some(country) = &node.country {
            let (countries, first) = of_key.entry(node.key.clone()).or_default();
            countries.insert(country.clone());
            first.get_or_insert(index);
        }
    }
    let spoken_of = countries_of_documents(nodes);
    let mut first_alone: HashMap<String, usize> = HashMap::new();
    for index in 0..nodes.nodes.len() {
        let node = &nodes.nodes[index];
        let is_open = node.country.is_some() || node.is_ambiguous;
        if !is_body(node) || is_open || is_generic(&node.words) {
            continue;
        }
        // "The Security Service" of a text that never names Ukraine is another country's.
        let speaks_of = |country: &String| {
            !is_national(&node.words) || spoken_of[node.document].contains(country)
        };
        let target = match of_key.get(&node.key) {
            None => Some(*first_alone.entry(node.key.clone()).or_insert(index)),
            Some((countries, first)) if countries.len() == 1 && countries.iter().all(speaks_of) => {
                *first
            }
            Some(_) => None,
        };
        if let Some(target) = target {
            nodes.clusters.union(target, index);
        }
    }
}

/// The countries that each document names, by themselves, by their people or by what is theirs.
fn countries_of_documents(nodes: &Nodes<'_>) -> Vec<BTreeSet<String>> {
    let mut spoken_of = vec![BTreeSet::new(); nodes.items.len()];
    for node in &nodes.nodes {
        let (_, recognition) = nodes.items[node.document];
        let country = match node.kind {
            EntityKind::Place | EntityKind::Group => {
                let text = nodes.text(node.document, node.first_mention);
                let canonical = recognition.mentions[node.first_mention]
                    .canonical
                    .as_deref();
                Some(names::words(canonical.unwrap_or(text)).join(" "))
            }
            _ => node.country.clone(),
        };
        spoken_of[node.document].extend(country);
    }
    spoken_of
}

/// Words of a unit's name that tell its standing and not which unit it is.
pub(super) const STATUS: &[&str] = &["separate", "independent", "guards"];
/// The word tells a unit's standing, which documents give or leave out as they like.
pub(super) fn is_status(word: &str) -> bool {
    STATUS
        .iter()
        .any(|status| word.eq_ignore_ascii_case(status))
}

/// Words that are left off across documents too, where one name alone has them.
const LEFT_OFF_ANYWHERE: &[&str] = &["group", "pmc", "corp", "corporation"];

/// Over documents: "Wagner" and "Wagner Group", where one body alone is called so.
fn join_shortened_across(nodes: &mut Nodes<'_>) {
    let mut long_forms: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for node in 0..nodes.nodes.len() {
        if let [rest @ .., last] = nodes.nodes[node].words.as_slice()
            && is_body(&nodes.nodes[node])
            && !rest.is_empty()
            && LEFT_OFF_ANYWHERE.contains(&last.as_str())
        {
            let short = rest.join(" ");
            let root = nodes.clusters.find(node);
            long_forms.entry(short).or_default().insert(root);
        }
    }
    for node in 0..nodes.nodes.len() {
        let found = &nodes.nodes[node];
        if is_body(found)
            && let Some(longer) = long_forms.get(&found.key)
            && longer.len() == 1
            && let Some(&root) = longer.first()
            && fits(
                nodes.nodes[root].country.as_deref(),
                found.country.as_deref(),
            )
        {
            nodes.clusters.union(root, node);
        }
    }
}

pub(super) fn fits(a: Option<&str>, b: Option<&str>) -> bool {
    a.is_none() || b.is_none() || a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ministries_have_one_form() {
        let form = |name: &str| ministry_last(&names::words(name)).join(" ");
        assert_eq!(form("Ministry of Foreign Affairs"), "foreign ministry");
        assert_eq!(form("Foreign Ministry"), "foreign ministry");
        assert_eq!(form("the Ministry of Defense"), "defense ministry");
        assert_eq!(form("Ministry of Internal Affairs"), "interior ministry");
        assert_eq!(form("Ministry of the Interior"), "interior ministry");
        assert_eq!(form("Ministry of National Defense"), "defense ministry");
    }

    #[test]
    fn lists_are_sorted() {
        assert!(GENERIC.is_sorted());
    }
}
