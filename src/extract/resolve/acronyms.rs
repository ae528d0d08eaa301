//! Acronyms: as given in brackets, or by initials when one name fits.

use super::meanings::Meanings;
use super::names::{folded, words as names_words};
use super::nodes::Nodes;
use super::person_key::person_words;
use crate::extract::gazetteer::Gazetteer;
use crate::extract::lexicon::{Known, Lexicon, Tag};
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
        let short = acronym(text).or_else(|| {
            // What no brackets of these documents explain is a name like any other.
            let upper = text.to_uppercase();
            let is_body = may_have_acronym(nodes.nodes[node].kind);
            (is_body && meanings.contains_key(&upper)).then_some(upper)
        });
        let Some(acronym) = short.filter(|a| !ambiguous.is_ambiguous(a)) else {
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
    " née ",
    ", born ",
    ", née ",
    ", real name ",
    ", who is also known as ",
    ", who is known as ",
    ", who was called ",
    ", who was known as ",
    ", whose real name is ",
    ", whose real name was ",
    " (born ",
    " (née ",
    " (real name ",
    " (aka ",
    " (also known as ",
    " (better known as ",
    " (known as ",
];

/// What stands between a name and the same in another language.
const IN_LANGUAGE: &[&str] = &["in ", "known in "];

/// "CSTO, in Russian ODKB", "CSTO (in Russian: ODKB)": the words between name the language alone.
fn is_translation(gap: &str) -> bool {
    let words = gap.trim_start_matches([')', ',', ' ', '(']);
    let Some(language) = IN_LANGUAGE.iter().find_map(|open| words.strip_prefix(open)) else {
        return false;
    };
    let language = language.trim_end_matches([':', ',', ' ']);
    let known = Lexicon::shared().known(&language.to_lowercase());
    gap.starts_with([',', ' ', ')']) && matches!(known, Some(Known::Demonym(..)))
}

/// "Stepanakert, which Azerbaijan calls Khankendi": somebody's own name for it, the country of which is a
/// mention between.
fn is_called_by_others(
    text: &str,
    between: [usize; 2],
    caller: [usize; 2],
    is_language: bool,
) -> bool {
    let (before, after) = (
        text.get(between[0]..caller[0]),
        text.get(caller[1]..between[1]),
    );
    let is_called = before == Some(", which ") && matches!(after, Some(" calls " | " call "));
    // "Unlike Ada Byron, in 2016 Max Brenn won" calls nobody by another name: languages are peoples'.
    let opens = matches!(before, Some("), in " | ", in " | " (in " | " (known in "));
    is_called || (opens && is_language && matches!(after, Some(" " | ": ")))
}

/// "Mohamed Hamdan Dagalo, known as Hemedti": two names of one thing, in each document.
pub(super) fn join_called(nodes: &mut Nodes<'_>) {
    for document in 0..nodes.items.len() {
        join_own_names(nodes, document);
        join_initials_of_document(nodes, document);
        let (text, recognition) = nodes.items[document];
        for pair in 1..recognition.mentions.len() {
            let (a, b) = (&recognition.mentions[pair - 1], &recognition.mentions[pair]);
            let gap = text.text.get(a.end..b.start).unwrap_or_default();
            let gap = gap.trim_end_matches(['"', '“', '‘', '\'']);
            let gap = gap.strip_suffix("the ").unwrap_or(gap);
            let is_one = a.kind == b.kind || kinds_of(a.kind, b.kind);
            let is_name = matches!(a.kind, EntityKind::Person | EntityKind::Place)
                || may_have_acronym(a.kind);
            let is_second = gap == " ("
                && a.kind == EntityKind::Person
                && text.text[b.end..].starts_with(')')
                && are_of_two_orders(nodes.text(document, pair - 1), nodes.text(document, pair));
            let is_numbered = gap == " ("
                && kinds_of(a.kind, b.kind)
                && share_a_number(nodes.text(document, pair - 1), nodes.text(document, pair));
            let is_or = gap == ", or "
                && may_have_acronym(a.kind)
                && is_short_form(nodes.text(document, pair - 1), nodes.text(document, pair));
            // Others call people names.
            let is_by = text.text[b.end..]
                .trim_start_matches(['"', '”'])
                .starts_with(" by ");
            if is_one
                && is_name
                && ((CALLED.contains(&gap) && !is_by)
                    || is_or
                    || is_second
                    || is_numbered
                    || is_translation(gap))
            {
                let (one, other) = (
                    nodes.of_mention[document][pair - 1],
                    nodes.of_mention[document][pair],
                );
                nodes.clusters.union(one, other);
            }
            if let Some(first) = pair.checked_sub(2) {
                join_other_name(nodes, document, [first, pair - 1, pair]);
            }
        }
    }
}

/// "7th Guards Air Assault Division (7th VDV)".
fn share_a_number(one: &str, other: &str) -> bool {
    let first = one.split(' ').next().unwrap_or_default();
    first.starts_with(|c: char| c.is_ascii_digit()) && other.split(' ').next() == Some(first)
}

/// "North Koreans refer to their country as Choson": a people's own name for its country.
fn join_own_names(nodes: &mut Nodes<'_>, document: usize) {
    const CALL: &[&str] = &[
        " call their country ",
        " refer to their country as ",
        " call their homeland ",
    ];
    let (text, recognition) = nodes.items[document];
    for pair in recognition.mentions.windows(2).enumerate() {
        let (at, [people, name]) = (pair.0, pair.1) else {
            continue;
        };
        let gap = text.text.get(people.end..name.start).unwrap_or_default();
        let is_named = people.kind == EntityKind::Group && name.kind == EntityKind::Place;
        let Some(country) = people
            .canonical
            .as_deref()
            .filter(|_| is_named && CALL.contains(&gap))
        else {
            continue;
        };
        let key: Vec<String> = names_words(country)
            .iter()
            .map(|word| folded(word))
            .collect();
        let key = key.join(" ");
        let mut all = nodes.ranges[document].clone();
        let same = all.find(|&node| {
            nodes.nodes[node].kind == EntityKind::Place && nodes.nodes[node].key == key
        });
        if let Some(same) = same {
            let other = nodes.of_mention[document][at + 1];
            nodes.clusters.union(same, other);
        }
    }
}

/// Within a document two letters will do ("HC" of a text that names one High Court), and what was taken
/// for a place has initials too: both where nothing else there has them.
fn join_initials_of_document(nodes: &mut Nodes<'_>, document: usize) {
    let range = nodes.ranges[document].clone();
    let may_be = |kind| may_have_acronym(kind) || kind == EntityKind::Place;
    let mut names: HashMap<String, BTreeSet<usize>> = HashMap::new();
    for node in range.clone() {
        let this = &nodes.nodes[node];
        let text = nodes.text(document, this.first_mention);
        let is_long = this.kind != EntityKind::Place || text.split(' ').nth(2).is_some();
        if may_be(this.kind) && is_long && acronym(text).is_none() {
            for letters in initials(text) {
                names.entry(letters).or_default().insert(node);
            }
        }
    }
    for node in range {
        let this = &nodes.nodes[node];
        let text = nodes.text(document, this.first_mention);
        let Some(letters) = acronym(text) else {
            continue;
        };
        let is_known = Lexicon::shared().known(&letters.to_lowercase()).is_some();
        if !may_have_acronym(this.kind) || this.is_ambiguous || is_known {
            continue;
        }
        let found = names.get(&letters).into_iter().flatten();
        let roots: BTreeSet<usize> = found.map(|&name| nodes.clusters.find(name)).collect();
        if let Some(&root) = roots.first().filter(|_| roots.len() == 1) {
            let kind = nodes.nodes[root].kind;
            if kind == EntityKind::Place {
                nodes.nodes[node].kind = kind;
            }
            nodes.clusters.union(root, node);
        }
    }
}

/// "Wei Jianming (James Wei)": full names of one family, before the given name and after it. "Ada Byron (Mary
/// Byron)" are two.
fn are_of_two_orders(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        person_words(name).iter().map(|word| folded(word)).collect()
    };
    let (one, other) = (words(one), words(other));
    let is_turned = |one: &[String], other: &[String]| one.first() == other.last();
    one.len() > 1 && other.len() > 1 && (is_turned(&one, &other) || is_turned(&other, &one))
}

/// "Free Salvation Front, or FSF": the letters of the name, in any order, since it may be translated.
fn is_short_form(name: &str, short: &str) -> bool {
    let sorted = |letters: &str| {
        let mut letters: Vec<char> = letters.chars().collect();
        letters.sort_unstable();
        letters
    };
    let short = acronym(short).filter(|_| acronym(name).is_none());
    short.is_some_and(|short| {
        let mut all = initials(name).into_iter();
        all.any(|initials| sorted(&initials) == sorted(&short)) || spells(name, &short)
    })
}

/// Joins the first and the last of three mentions in a row, if that in the middle calls the one the other.
fn join_other_name(nodes: &mut Nodes<'_>, document: usize, [first, caller, other]: [usize; 3]) {
    let (text, recognition) = nodes.items[document];
    let [a, b, c] = [first, caller, other].map(|at| &recognition.mentions[at]);
    let is_language = b.kind == EntityKind::Group && b.canonical.is_some();
    let (between, caller) = ([a.end, c.start], [b.start, b.end]);
    if a.kind == c.kind && is_called_by_others(&text.text, between, caller, is_language) {
        let mine = &nodes.of_mention[document];
        let (one, other) = (mine[first], mine[other]);
        nodes.clusters.union(one, other);
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
        let gap = gap
            .strip_prefix("'s")
            .or_else(|| gap.strip_prefix("\u{2019}s"))
            .unwrap_or(gap);
        let kinds = may_be_bracketed(a.kind) && may_be_bracketed(b.kind)
            || may_have_acronym(a.kind)
            || may_have_acronym(b.kind);
        if !kinds || !closes || !matches!(gap, " (" | " (the " | "(" | " (also ") {
            continue;
        }
        let (first, second) = (nodes.text(document, pair - 1), nodes.text(document, pair));
        let short_of = |name| match kinds_of(a.kind, b.kind) {
            true => acronym(name).or_else(|| spoken_acronym(name)),
            false => acronym(name),
        };
        let (name, short, nodes_of) = match (acronym(first), short_of(second)) {
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
        // Letters of another language, where the name is long and nothing else can be meant.
        let is_long = is_first
            && name
                .split(' ')
                .filter(|word| word.len() > 3)
                .nth(2)
                .is_some();
        let explains = is_told
            || (is_long && !is_place_or_party(&short))
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

/// "Intur", "Sinapred": an acronym that is read as a word, in small letters, in upper case. No word or
/// name that is known otherwise.
fn spoken_acronym(text: &str) -> Option<String> {
    let is_word = (3..=10).contains(&text.chars().count())
        && text.chars().all(char::is_alphabetic)
        && text.starts_with(char::is_uppercase);
    let word = text.to_lowercase();
    let tags = Lexicon::shared().tags(&word);
    let is_known = tags.has_any(&[Tag::Common, Tag::Given, Tag::Surname])
        || Lexicon::shared().known(&word).is_some()
        || !Gazetteer::shared().find(&word).is_empty();
    (is_word && !is_known).then(|| text.to_uppercase())
}

/// Letters in brackets that tell where a body is, and not what it is called: "(UK)".
fn is_place_or_party(acronym: &str) -> bool {
    let word = acronym.to_lowercase();
    Lexicon::shared().known(&word).is_some() || !Gazetteer::shared().find(&word).is_empty()
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
        && text
            .chars()
            .all(|c| c.is_alphabetic() || c == '.' || c == '-');
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
    fn brackets_and_words_tell_other_names() {
        use super::super::super::fixture::resolved;
        for text in [
            "The [organization Ruritanian Board of Travel and Tourism] ([organization Zorvex]) met. [organization Zorvex] paid.",
            "The [unit Naval Forces Central Command]'s ([unit NAVCENT]) ships. [unit NAVCENT] sails.",
            "The [organization Free Salvation Front], or [organization FSF], lost.",
            "[organization CTR] ([organization Collective Treaty of Ruritania]), in Russian [organization ODKR], met.",
            "[person Ada Byron], who was called [person Zorka], sang.",
            "The [organization High Court] sat. The [organization HC] bench left.",
            "The [unit 7th Guards Assault Division] ([organization 7th VDV]) left. The [organization 7th VDV] lost.",
            "[organization CJTF-OIR] and [organization Combined Joint Task Force – Operation Inherent Resolve].",
        ] {
            assert_eq!(resolved(&[text]).len(), 1, "{text}");
        }
        let other = "[place Ruritania Bay], which [place=Ukraine Ukraine] calls [place Zenda Bay], is cold.";
        assert_eq!(resolved(&[other]).len(), 2);
        for text in [
            "The [organization Royal Society Press] ([organization Arden]) met.",
            "The [organization Free Salvation Front], or [organization Acme], lost.",
            "They went to the [organization FBR], or [organization CBR], at once.",
            "[organization Acme Bank], or [organization UBX], will pay.",
            "Unlike [person Ada Byron], in [date 2016] [person Max Brenn] won.",
            "Unlike [place Kherson], in [date 2016] [place Zenda] fell.",
            "[person Ada Byron] ([person Mary Byron]) came.",
            "[person Kim Jong Un] ([person Kim Jong Il]) came.",
            "[person Max Brenn], who was called [person Nero] by the crowd, left.",
        ] {
            let shown = resolved(&[text]);
            let shown = shown.iter().filter(|line| !line.contains("2016"));
            assert_eq!(shown.count(), 2, "{text}");
        }
        let text = "The [organization National Institute of Care Excellence] ([organization NICE]) met. In [place Nice] it rained.";
        assert_eq!(resolved(&[text]).len(), 2);
    }

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
