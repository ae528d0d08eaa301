//! Short names of persons: "Zelenskyy" after "Volodymyr Zelenskyy", "Kim" among several Kims.

use super::names::{is_family_first, is_generation};
use super::nodes::Nodes;
use super::titles::{RoleWords, Sex, sex_of_words, sexes_of_bearers};
use crate::extract::lexicon::{Lexicon, Tag};
use crate::model::{EntityKind, normalized_name};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Sentences back at which a bearer still counts as just named, and within which a second bearer
/// makes it unsure who is meant: the sentence itself and the one before.
const RECENT: usize = 1;

/// Joins short names to their bearers: within each document, then across all.
pub(super) fn join(nodes: &mut Nodes<'_>) {
    let mut unsure: BTreeSet<usize> = BTreeSet::new();
    for document in 0..nodes.items.len() {
        join_parts_of_names(nodes, document);
        join_in_document(nodes, document, &mut unsure);
    }
    join_parts_across(nodes);
    join_across(nodes, &unsure);
}

fn is_person(nodes: &Nodes<'_>, node: usize) -> bool {
    nodes.nodes[node].kind == EntityKind::Person
}

/// Names of two words and more that end or begin one longer name of the document: "Peña Nieto".
fn join_parts_of_names(nodes: &mut Nodes<'_>, document: usize) {
    let range = nodes.ranges[document].clone();
    let mut longer: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for node in range.clone() {
        if !is_person(nodes, node) {
            continue;
        }
        let words = nodes.nodes[node].words.clone();
        let root = nodes.clusters.find(node);
        let parts = parts_of(&words).into_iter().chain(inner_parts(&words));
        for part in parts.chain(turned(&words)) {
            longer.entry(part).or_default().insert(root);
        }
    }
    for node in range {
        if is_person(nodes, node)
            && nodes.nodes[node].words.len() > 1
            && let Some(found) = longer.get(&nodes.nodes[node].words.join(" "))
            && found.len() == 1
            && let Some(&bearer) = found.first()
        {
            nodes.clusters.union(bearer, node);
        }
    }
}

/// The longer part of a name by which its bearer is called: what follows its first words ("Peña
/// Nieto", but not what follows "son of"), and what stands before a second family name.
fn parts_of(words: &[String]) -> Vec<String> {
    let mut parts = Vec::new();
    for cut in 1..words.len().clamp(1, 8).saturating_sub(1) {
        if !matches!(
            words[cut - 1].as_str(),
            "bin" | "ibn" | "ben" | "bint" | "abu"
        ) {
            parts.push(words[cut..].join(" "));
        }
        let start = &words[..words.len() - cut];
        let is_older = super::names::is_generation(&words[start.len()]);
        if !is_older && start.last().is_some_and(|last| !is_given(last)) {
            parts.push(start.join(" "));
        }
    }
    parts
}

/// What stands inside a long name: "Teresa Flores" of "María Teresa Flores Jáquez".
fn inner_parts(words: &[String]) -> Vec<String> {
    const MOST_WORDS: usize = 6;
    let is_younger = words.last().is_some_and(|last| is_generation(last));
    let is_long = (3..=MOST_WORDS).contains(&words.len());
    if !is_long || is_younger || is_family_first(&words[0]) {
        return Vec::new();
    }
    let last = words.len() - 1;
    let mut parts = Vec::new();
    for start in 1..last {
        parts.extend((start + 2..=last).map(|end| words[start..end].join(" ")));
    }
    parts
}

/// The other order of a name of two words, unless both are given names: "Isamu Yokoyama",
/// "Yokoyama Isamu"; Paul Ryan and Ryan Paul are two.
fn turned(words: &[String]) -> Option<String> {
    match words {
        [one, other] if !(is_given(one) && is_given(other)) => Some(format!("{other} {one}")),
        _ => None,
    }
}

fn is_given(word: &str) -> bool {
    Lexicon::shared().tags(word).has(Tag::Given)
}

/// Over documents: a name that begins with no given name ("van Beethoven", "Peña Nieto") and ends one
/// longer name, or that one longer name only adds a second family name to.
fn join_parts_across(nodes: &mut Nodes<'_>) {
    let mut longer: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for node in 0..nodes.nodes.len() {
        if !is_person(nodes, node) || nodes.nodes[node].words.len() < 3 {
            continue;
        }
        let words = nodes.nodes[node].words.clone();
        let root = nodes.clusters.find(node);
        for part in parts_of(&words) {
            let is_start = words[0].len() < part.len() && part.starts_with(&words[0]);
            let one_more = part.split(' ').count() + 1 == words.len();
            let opens = part.split(' ').next().unwrap_or_default();
            let fits = if is_start { one_more } else { !is_given(opens) };
            let found = longer.entry(part).or_default();
            // Two are as unclear as two thousand.
            if fits && found.len() < 2 {
                found.insert(root);
            }
        }
    }
    for node in 0..nodes.nodes.len() {
        let words = &nodes.nodes[node].words;
        if is_person(nodes, node)
            && words.len() > 1
            && let Some(found) = longer.get(&words.join(" "))
            && found.len() == 1
            && let Some(&bearer) = found.first()
        {
            nodes.clusters.union(bearer, node);
        }
    }
}

/// The nodes of a document whose full names begin or end with a word, by that word.
fn bearers(nodes: &mut Nodes<'_>, document: usize) -> HashMap<String, BTreeMap<usize, usize>> {
    let mut found: HashMap<String, BTreeMap<usize, usize>> = HashMap::new();
    for node in nodes.ranges[document].clone() {
        if is_person(nodes, node) && nodes.nodes[node].words.len() > 1 {
            let root = nodes.clusters.find(node);
            for word in ends(&nodes.nodes[node].words) {
                found.entry(word).or_default().entry(root).or_insert(node);
            }
        }
    }
    found
}

/// The nodes of a document by the words inside their names, where nobody else has such a one: "Lula" of
/// "Luiz Inácio Lula da Silva".
fn inner_names(nodes: &mut Nodes<'_>, document: usize) -> HashMap<String, BTreeMap<usize, usize>> {
    const SHORTEST: usize = 4;
    let mut found: HashMap<String, BTreeMap<usize, usize>> = HashMap::new();
    for node in nodes.ranges[document].clone() {
        if !is_person(nodes, node) || nodes.nodes[node].words.len() < 3 {
            continue;
        }
        let root = nodes.clusters.find(node);
        let words = nodes.nodes[node].words.clone();
        let inner = words[1..words.len() - 1].iter();
        for word in inner.filter(|word| word.chars().count() >= SHORTEST) {
            found
                .entry(word.clone())
                .or_default()
                .entry(root)
                .or_insert(node);
        }
    }
    found.retain(|_, bearers| bearers.len() == 1);
    found
}

/// The first word and the family name; what follows the family name ("Jr.") is no name.
fn ends(words: &[String]) -> Vec<String> {
    let last = words
        .iter()
        .rev()
        .find(|word| !super::names::is_generation(word));
    let mut ends = vec![words[0].clone()];
    ends.extend(last.filter(|word| **word != words[0]).cloned());
    ends
}

/// Gives each one-word mention of a document to its bearer there; nodes whose bearer is unsure go
/// into `unsure`.
fn join_in_document(nodes: &mut Nodes<'_>, document: usize, unsure: &mut BTreeSet<usize>) {
    let bearers = bearers(nodes, document);
    let inner = inner_names(nodes, document);
    let mut roles = RoleWords::new(nodes, document);
    let recognition = nodes.items[document].1;
    let mut last_named: HashMap<String, [Option<(usize, usize)>; 2]> = HashMap::new();
    let mut use_so_far = Use::default();
    for mention in 0..recognition.mentions.len() {
        let node = nodes.of_mention[document][mention];
        if !is_person(nodes, node) {
            continue;
        }
        let start = recognition.mentions[mention].start;
        let sentence = recognition.sentences.partition_point(|s| s[1] <= start);
        let words = nodes.nodes[node].words.clone();
        let chosen = if let [word] = words.as_slice()
            && let Some(found) = bearers.get(word).or_else(|| inner.get(word))
        {
            let mut named = last_named.get(word).copied().unwrap_or_default();
            let spelled = spelled_alike(nodes, document, mention, found);
            let found = spelled.as_ref().unwrap_or(found);
            if spelled.is_some() {
                named = named.map(|named| named.filter(|(root, _)| found.contains_key(root)));
                named.sort_by_key(|named| named.is_none());
            }
            let role = roles.get(mention);
            let chosen = choose(found, named, sentence, role, &roles)
                .or_else(|| use_so_far.meant(word, found, sentence, role, &roles));
            if let Some(root) = chosen {
                use_so_far.called(word, root);
            }
            match chosen {
                Some(root) => {
                    roles.learn(mention, root);
                    let target = found.get(&root).copied().unwrap_or(root);
                    nodes.of_mention[document][mention] = target;
                    target
                }
                None => {
                    unsure.insert(node);
                    continue;
                }
            }
        } else {
            node
        };
        let root = nodes.clusters.find(chosen);
        if words.len() > 1 {
            use_so_far.introduced(root, sentence);
        }
        for word in ends(&nodes.nodes[chosen].words) {
            let named = last_named.entry(word).or_default();
            if named[0].is_some_and(|(last, _)| last != root) {
                named[1] = named[0];
            }
            named[0] = Some((root, sentence));
        }
    }
}

/// Of several bearers those who bear the word letter by letter, if not all do: "Louis" of Joe Louis and
/// Luis Firpo.
fn spelled_alike(
    nodes: &Nodes<'_>,
    document: usize,
    mention: usize,
    found: &BTreeMap<usize, usize>,
) -> Option<BTreeMap<usize, usize>> {
    if found.len() < 2 {
        return None;
    }
    let word = normalized_name(nodes.text(document, mention));
    let bears = |node: usize| {
        let node = &nodes.nodes[node];
        let name = normalized_name(nodes.text(node.document, node.first_mention));
        name.split(' ').any(|own| own == word)
    };
    let exact = found.iter().filter(|(_, node)| bears(**node));
    let exact: BTreeMap<usize, usize> = exact.map(|(root, node)| (*root, *node)).collect();
    (!exact.is_empty() && exact.len() < found.len()).then_some(exact)
}

/// How a text has named people so far.
#[derive(Default)]
struct Use {
    /// The sentence in which each was last named in full.
    in_full: HashMap<usize, usize>,
    /// Who was called by a word alone.
    alone: HashMap<String, BTreeSet<usize>>,
}

impl Use {
    /// Sentences after a full name within which its bearer may be meant by the surname.
    const NEAR: usize = 4;

    fn introduced(&mut self, root: usize, sentence: usize) {
        self.in_full.insert(root, sentence);
    }

    fn called(&mut self, word: &str, root: usize) {
        self.alone.entry(word.to_owned()).or_default().insert(root);
    }

    /// Of several bearers the one whom the text has named so far, or whom alone it has called so while
    /// no other was named for some sentences. Names that come first are shared by too many for that.
    fn meant(
        &self,
        word: &str,
        found: &BTreeMap<usize, usize>,
        sentence: usize,
        role: Option<&BTreeSet<String>>,
        roles: &RoleWords,
    ) -> Option<usize> {
        let fits = |root: usize| {
            let has_office = role.is_some_and(|role| sex_of_words(role).is_none());
            let is_office = role.is_some_and(|role| roles.shared(role, root) > 0);
            !roles.is_other_sex(role, root) && (!has_office || is_office)
        };
        let known: Vec<usize> = found
            .keys()
            .copied()
            .filter(|root| self.in_full.contains_key(root))
            .collect();
        if let [only] = known[..] {
            return Some(only).filter(|root| fits(*root));
        }
        let called = self.alone.get(word)?;
        let usual = called.first().copied().filter(|_| called.len() == 1)?;
        let is_near = |root: &usize| {
            let named = self.in_full.get(root);
            named.is_some_and(|named| sentence.saturating_sub(*named) < Self::NEAR)
        };
        let has_rival = known.iter().any(|root| *root != usual && is_near(root));
        let may_be = found.contains_key(&usual) && !has_rival && !is_family_first(word);
        Some(usual).filter(|root| may_be && fits(*root))
    }
}

/// The bearer that a short name means, if that is clear.
fn choose(
    found: &BTreeMap<usize, usize>,
    named: [Option<(usize, usize)>; 2],
    sentence: usize,
    role: Option<&BTreeSet<String>>,
    roles: &RoleWords,
) -> Option<usize> {
    if found.len() == 1 {
        let root = *found.keys().next()?;
        return (!roles.is_other_sex(role, root)).then_some(root);
    }
    let fits = |root: &usize| !roles.is_other_sex(role, *root);
    if let Some(role) = role {
        // "Interior Minister Berg" where another Berg is minister of finance.
        let most = found.keys().filter(|root| fits(root));
        let most = most.map(|root| roles.shared(role, *root)).max();
        let has_role = |root: &usize| {
            fits(root) && most.is_some_and(|most| most > 0 && roles.shared(role, *root) == most)
        };
        let is_of_sex = |root: &usize| roles.is_of_one_sex(role, *root);
        for root in [only(found, has_role), only(found, is_of_sex)] {
            if root.is_some() {
                return root;
            }
        }
        let alone = only(found, fits).filter(|_| sex_of_words(role).is_some());
        if alone.is_some() {
            return alone;
        }
    }
    let (root, when) = named[0]?;
    let is_recent = |when: usize| sentence.saturating_sub(when) <= RECENT;
    let has_rival = named[1].is_some_and(|(_, other)| is_recent(other));
    let may_be = fits(&root) && !roles.is_other_office(role, root);
    (is_recent(when) && !has_rival && may_be).then_some(root)
}

/// The only one of the bearers that fits.
fn only(found: &BTreeMap<usize, usize>, fits: impl Fn(&usize) -> bool) -> Option<usize> {
    let mut fitting = found.keys().filter(|root| fits(root));
    match (fitting.next(), fitting.next()) {
        (Some(&root), None) => Some(root),
        _ => None,
    }
}

/// Short names without a bearer in their document: to the only bearer elsewhere, or to each other.
fn join_across(nodes: &mut Nodes<'_>, unsure: &BTreeSet<usize>) {
    let mut bearers: HashMap<String, BTreeSet<usize>> = HashMap::new();
    let mut documents_of: HashMap<usize, (usize, bool)> = HashMap::new();
    for node in 0..nodes.nodes.len() {
        let words = &nodes.nodes[node].words;
        if is_person(nodes, node) && words.len() > 1 {
            let name = family_name(words).to_owned();
            let document = nodes.nodes[node].document;
            let root = nodes.clusters.find(node);
            let documents = documents_of.entry(root).or_insert((document, false));
            documents.1 |= documents.0 != document;
            let found = bearers.entry(name).or_default();
            // Two are as unclear as two thousand.
            if found.len() < 2 {
                found.insert(root);
            }
        }
    }
    let sexes = sexes_of_bearers(nodes);
    let mut alone: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for node in 0..nodes.nodes.len() {
        if !is_person(nodes, node) || nodes.nodes[node].words.len() != 1 || unsure.contains(&node) {
            continue;
        }
        let word = nodes.nodes[node].words[0].clone();
        let found = bearers.get(&word);
        match found.map_or(0, BTreeSet::len) {
            0 => alone.entry(word).or_default().push(node),
            1 => {
                let bearer = found.and_then(|f| f.first()).copied().unwrap_or(node);
                let (own, theirs) = (nodes.nodes[node].sex, sexes.get(&bearer).copied());
                // Millions are called Kim or Chan: only who is spoken of in several documents is meant.
                let is_spoken_of = documents_of
                    .get(&bearer)
                    .is_some_and(|(_, several)| *several);
                let may_be = is_spoken_of || !is_family_first(&word);
                if may_be && (own.is_none() || theirs.is_none() || own == theirs) {
                    nodes.clusters.union(bearer, node);
                }
            }
            _ => {}
        }
    }
    for of_word in alone.values() {
        join_alone(nodes, of_word);
    }
}

/// Joins bare names that nobody bears in full: all of them, or where some are a man's and some a
/// woman's those of each by themselves.
fn join_alone(nodes: &mut Nodes<'_>, of_word: &[usize]) {
    let told = of_word.iter().filter_map(|&node| nodes.nodes[node].sex);
    let told: BTreeSet<Sex> = told.collect();
    let mut first: BTreeMap<Option<Sex>, usize> = BTreeMap::new();
    for &node in of_word {
        let group = nodes.nodes[node].sex.filter(|_| told.len() > 1);
        let first = *first.entry(group).or_insert(node);
        nodes.clusters.union(first, node);
    }
}

/// The word of a full name by which strangers are called.
fn family_name(words: &[String]) -> &str {
    if is_family_first(&words[0]) {
        return &words[0];
    }
    words
        .iter()
        .rev()
        .find(|word| !super::names::is_generation(word))
        .unwrap_or(&words[0])
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::resolved;

    #[test]
    fn a_surname_is_that_of_whom_the_text_has_named_so_far() {
        let text = "[person Ada Solberg] spoke. [person Solberg] left with her sister, [person Cora Solberg]. Rain fell.";
        assert_eq!(
            resolved(&[text]),
            [
                "Ada Solberg: Ada Solberg, Solberg",
                "Cora Solberg: Cora Solberg"
            ]
        );
        let later = "It snowed. It froze. It thawed. Birds sang. [person Solberg] slept.";
        assert_eq!(resolved(&[&format!("{text} {later}")]).len(), 2);
        let both = "[person Ada Solberg] met [person Cora Solberg]. It snowed. It froze. It thawed. Birds sang. [person Solberg] slept.";
        assert_eq!(resolved(&[both]).len(), 3);
        let office = "[person Hugo Berg] sang. [role President] [person Berg] spoke. [role President] [person Joe Berg] left.";
        assert_eq!(
            resolved(&[office]),
            ["Hugo Berg: Hugo Berg", "Joe Berg: Berg, Joe Berg"]
        );
    }

    #[test]
    fn a_name_of_millions_is_nobody_s_from_another_document() {
        let chan = ["[person Chan Wing-kei] won.", "[person Chan] lost."];
        assert_eq!(resolved(&chan).len(), 2);
        let known = [
            "[person Chan Wing-kei] won.",
            "[person Chan Wing-kei] sang.",
            "[person Chan] lost.",
        ];
        assert_eq!(resolved(&known).len(), 1);
        assert_eq!(
            resolved(&["[person Pavel Klimenko] won.", "[person Klimenko] lost."]).len(),
            1
        );
    }

    #[test]
    fn other_orders_inner_parts_and_initials_in_one() {
        for text in [
            "[role General] [person Isamu Yokoyama] won. [person Yokoyama Isamu] died.",
            "[person María Teresa Flores Jáquez] spoke. [person Teresa Flores] left.",
            "[person KB Hedgewar], whose name was [person Keshav Baliram Hedgewar], died. [person Hedgewar] sang.",
            "[person Samuel T. Osei-Bonsu] left. [person Osei-Bonsu] slept. [person Sam Osei-Bonsu] ate.",
            "[person Wei Jianming] ([person James Wei]) spoke.",
        ] {
            assert_eq!(resolved(&[text]).len(), 1, "{text}");
        }
        for text in [
            "[person Paul Ryan] met [person Ryan Paul].",
            "[person LI Keqiang] met [person Lin Keqiang].",
        ] {
            assert_eq!(resolved(&[text]).len(), 2, "{text}");
        }
    }
}
