//! What titles and roles before a short name tell of its bearer, and men's from women's names.

use super::names::{is_family_first, words};
use super::nodes::Nodes;
use crate::extract::lexicon::{Lexicon, Tag};
use crate::model::EntityKind;
use std::collections::{BTreeSet, HashMap};

const MEN: &[&str] = &[
    "mr", "sir", "king", "prince", "lord", "sheikh", "brother", "father",
];
const WOMEN: &[&str] = &[
    "mrs", "ms", "miss", "lady", "queen", "princess", "madam", "dame", "sister",
];

/// What a title or a given name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::extract) enum Sex {
    Man,
    Woman,
}

/// What the words of titles say, if they say one thing.
pub(in crate::extract) fn sex_of_title<'a>(
    title: impl IntoIterator<Item = &'a str>,
) -> Option<Sex> {
    let (mut man, mut woman) = (false, false);
    for word in title {
        man |= MEN.contains(&word);
        woman |= WOMEN.contains(&word);
    }
    one(man, woman)
}

/// What the given name of a full name says; nothing where the family name stands first.
pub(in crate::extract) fn sex_of_name(name: &[String]) -> Option<Sex> {
    let first = name.first().filter(|first| !is_family_first(first))?;
    let tags = Lexicon::shared().tags(first);
    (name.len() > 1)
        .then(|| one(tags.has(Tag::Man), tags.has(Tag::Woman)))
        .flatten()
}

fn one(man: bool, woman: bool) -> Option<Sex> {
    match (man, woman) {
        (true, false) => Some(Sex::Man),
        (false, true) => Some(Sex::Woman),
        _ => None,
    }
}

/// For each mention of a document what the titles at it say.
pub(super) fn sexes_of_mentions(
    document: &crate::model::Document,
    recognition: &super::super::Recognition,
) -> HashMap<usize, Sex> {
    let mut told: HashMap<usize, (bool, bool)> = HashMap::new();
    for role in &recognition.roles {
        for word in words(&document.text[role.start..role.end]) {
            let (man, woman) = told.entry(role.mention).or_default();
            *man |= MEN.contains(&word.as_str());
            *woman |= WOMEN.contains(&word.as_str());
        }
    }
    told.into_iter()
        .filter_map(|(mention, (man, woman))| Some((mention, one(man, woman)?)))
        .collect()
}

/// What titles, or else given names, say of the bearers of full names over all documents, by cluster.
pub(super) fn sexes_of_bearers(nodes: &mut Nodes<'_>) -> HashMap<usize, Sex> {
    let mut by_title: HashMap<usize, (bool, bool)> = HashMap::new();
    let mut by_name: HashMap<usize, (bool, bool)> = HashMap::new();
    let note = |of: &mut HashMap<usize, (bool, bool)>, root, sex| {
        let (man, woman) = of.entry(root).or_default();
        *man |= sex == Sex::Man;
        *woman |= sex == Sex::Woman;
    };
    for document in 0..nodes.items.len() {
        let (text, recognition) = nodes.items[document];
        for (mention, sex) in sexes_of_mentions(text, recognition) {
            if let Some(&node) = nodes.of_mention[document].get(mention) {
                let root = nodes.clusters.find(node);
                note(&mut by_title, root, sex);
            }
        }
    }
    for node in 0..nodes.nodes.len() {
        let is_person = nodes.nodes[node].kind == EntityKind::Person;
        if let Some(sex) = sex_of_name(&nodes.nodes[node].words).filter(|_| is_person) {
            let root = nodes.clusters.find(node);
            note(&mut by_name, root, sex);
        }
    }
    by_name.extend(by_title);
    by_name
        .into_iter()
        .filter_map(|(root, (man, woman))| Some((root, one(man, woman)?)))
        .collect()
}

/// The words of titles and roles, by mention and by cluster, within one document.
pub(super) struct RoleWords {
    of_mention: HashMap<usize, BTreeSet<String>>,
    of_root: HashMap<usize, BTreeSet<String>>,
    /// What the given name of a cluster says.
    by_name: HashMap<usize, Sex>,
}

impl RoleWords {
    pub(super) fn new(nodes: &mut Nodes<'_>, document: usize) -> Self {
        let (text, recognition) = nodes.items[document];
        let mut all = Self {
            of_mention: HashMap::new(),
            of_root: HashMap::new(),
            by_name: HashMap::new(),
        };
        for role in &recognition.roles {
            let Some(&node) = nodes.of_mention[document].get(role.mention) else {
                continue;
            };
            let title = words(&text.text[role.start..role.end]);
            let found: BTreeSet<String> = title
                .into_iter()
                .chain(portfolio(&text.text, role.start))
                .filter(|word| word.len() > 3 || sex_of_title([word.as_str()]).is_some())
                .collect();
            let own = all.of_mention.entry(role.mention).or_default();
            own.extend(found.iter().cloned());
            if nodes.nodes[node].words.len() > 1 {
                let root = nodes.clusters.find(node);
                all.of_root.entry(root).or_default().extend(found);
            }
        }
        for node in nodes.ranges[document].clone() {
            let is_person = nodes.nodes[node].kind == EntityKind::Person;
            if let Some(sex) = sex_of_name(&nodes.nodes[node].words).filter(|_| is_person) {
                let root = nodes.clusters.find(node);
                all.by_name.entry(root).or_insert(sex);
            }
        }
        all
    }

    /// The titles and roles at a mention.
    pub(super) fn get(&self, mention: usize) -> Option<&BTreeSet<String>> {
        self.of_mention.get(&mention)
    }

    /// Those of the full names of a cluster.
    pub(super) fn of_root(&self, root: usize) -> Option<&BTreeSet<String>> {
        self.of_root.get(&root)
    }

    fn sex_of(&self, root: usize) -> Option<Sex> {
        let title = self.of_root(root).and_then(sex_of_words);
        title.or_else(|| self.by_name.get(&root).copied())
    }

    /// A "Mrs." is no "Mr." and no John.
    pub(super) fn is_other_sex(&self, role: Option<&BTreeSet<String>>, root: usize) -> bool {
        let (role, bearer) = (role.and_then(sex_of_words), self.sex_of(root));
        role.is_some() && bearer.is_some() && role != bearer
    }

    /// A "Lady" is one called "Dame" before, or Jane.
    pub(super) fn is_of_one_sex(&self, role: &BTreeSet<String>, root: usize) -> bool {
        let role = sex_of_words(role);
        role.is_some() && role == self.sex_of(root)
    }

    /// How many words of titles and roles both have.
    pub(super) fn shared(&self, role: &BTreeSet<String>, root: usize) -> usize {
        self.of_root(root)
            .map_or(0, |own| own.intersection(role).count())
    }

    /// Both have titles that tell their office, and none is the same: a senator is no mayor.
    pub(super) fn is_other_office(&self, role: Option<&BTreeSet<String>>, root: usize) -> bool {
        let offices = |words: &BTreeSet<String>| -> BTreeSet<String> {
            let words = words
                .iter()
                .filter(|word| sex_of_title([word.as_str()]).is_none());
            words.cloned().collect()
        };
        let role = role.map(offices).unwrap_or_default();
        let own = self.of_root(root).map(offices).unwrap_or_default();
        !role.is_empty() && !own.is_empty() && role.is_disjoint(&own)
    }

    /// A short name with a title was given to a bearer: what the title says holds for the bearer.
    pub(super) fn learn(&mut self, mention: usize, root: usize) {
        if let Some(sex) = self.get(mention).and_then(sex_of_words) {
            self.by_name.entry(root).or_insert(sex);
        }
    }
}

/// The words with a large letter right before a title: whose minister, of what.
fn portfolio(text: &str, title: usize) -> Vec<String> {
    const REACH: usize = 48;
    let start = text.ceil_char_boundary(title.saturating_sub(REACH));
    let before = text.get(start..title).unwrap_or_default();
    let Some(before) = before.strip_suffix(' ') else {
        return Vec::new();
    };
    let is_part =
        |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let last = before.rsplit(' ').take_while(is_part).take(2);
    last.flat_map(words).collect()
}

/// What titles in a set say.
pub(super) fn sex_of_words(words: &BTreeSet<String>) -> Option<Sex> {
    sex_of_title(words.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_given_names() {
        assert_eq!(sex_of_title(["gen", "sir"]), Some(Sex::Man));
        assert_eq!(sex_of_title(["mr", "mrs"]), None);
        let name = |name: &str| sex_of_name(&words(name));
        assert_eq!(name("Jane Smith"), Some(Sex::Woman));
        assert_eq!(name("John Smith"), Some(Sex::Man));
        assert_eq!(name("Andrea Agnelli"), None);
        assert_eq!(name("Kim Jong Un"), None);
        assert_eq!(name("Jane"), None);
    }
}
