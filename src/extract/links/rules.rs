//! The wordings of relations, read from `assets/lexicons/relations.txt`.
//!
//! A line `@name = phrase, phrase` is a class of words; a line `kind score name: pattern` is a rule.
//! The elements of a pattern are described at the head of that file and in [`Element`].

use super::classes::{Class, Classes, WordNumber};
use super::phrases::SlotKind;
use super::sentence::Sentence;
use crate::model::RelationKind;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One step of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Element {
    /// `word` or `one|two`: one of these words; silent ones (`^word`) are no part of the trigger.
    Words {
        any: Vec<WordNumber>,
        optional: bool,
        is_silent: bool,
    },
    /// `@name`: a phrase of a class.
    Class {
        class: Class,
        optional: bool,
        is_silent: bool,
    },
    /// `S:person`, `T:place|country`: an end of the relation; bare (`S=:person`) without words before
    /// its name.
    Slot {
        is_source: bool,
        is_bare: bool,
        kinds: Vec<SlotKind>,
    },
    /// `S!:…`, `T!:…`: an end as the subject of a verb: what stands before it may not make it part
    /// of something else.
    Subject {
        is_source: bool,
        kinds: Vec<SlotKind>,
    },
    /// `%`: auxiliaries and adverbs before a verb, or none; "not" among them denies.
    Verb,
    /// `&`: an apposition or bracket, or none.
    Aside,
    /// `~3`: up to three words, without names, commas or a new clause.
    Gap { longest: usize },
    /// `~~12`: up to twelve words, commas and names of other kinds allowed.
    Wide { longest: usize },
    /// `$`: the end of the phrase: no noun may follow.
    Close,
    /// `!`: the names before are no list that goes on.
    Unlisted,
}

/// One wording of one kind of relation.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// What it says.
    pub(super) kind: RelationKind,
    /// How often it is right, 0 to 1, as read in news text.
    pub(super) score: f32,
    /// Its name in evidence.
    pub(super) name: &'static str,
    /// It tells what is so, whatever the sentence claims, plans or supposes beside it.
    pub(super) is_presupposed: bool,
    /// What the sentence must hold, in order.
    pub(super) elements: Vec<Element>,
}

/// All classes and rules.
pub(super) struct Rules {
    /// Their words, and classes of words.
    pub(super) classes: Classes,
    /// In the order of the file.
    pub(super) rules: Vec<Rule>,
    /// By word: the places of the rules that need it or one of its like.
    anchored: BTreeMap<WordNumber, Vec<usize>>,
    /// The places of the rules that need no word.
    unanchored: Vec<usize>,
}

/// The built-in rules.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    // A line that cannot be read gives no rule; a test holds that there is none.
    Rules::read(include_str!("../../../assets/lexicons/relations.txt")).0
});

impl Rules {
    /// The rules of a text, and the lines that are none.
    pub(super) fn read(text: &'static str) -> (Self, Vec<&'static str>) {
        let mut rules = Self {
            classes: Classes::default(),
            rules: Vec::new(),
            anchored: BTreeMap::new(),
            unanchored: Vec::new(),
        };
        let mut wrong = Vec::new();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let is_read = match line.strip_prefix('@').and_then(|l| l.split_once('=')) {
                Some((name, phrases)) => rules.classes.add(name.trim(), phrases).is_some(),
                None => rules.add_rule(line).is_some(),
            };
            if !is_read {
                wrong.push(line);
            }
        }
        (rules, wrong)
    }

    fn add_rule(&mut self, line: &'static str) -> Option<()> {
        let (head, pattern) = line.split_once(": ")?;
        let mut head = head.split_whitespace();
        let kind = RelationKind::from_key(head.next()?)?;
        let score = head.next()?.parse().ok()?;
        let marked = head.next()?;
        let name = marked.trim_end_matches('*');
        let elements: Vec<Element> = pattern
            .split_whitespace()
            .map(|token| element(&mut self.classes, token))
            .collect::<Option<_>>()?;
        let ends = |source: bool| {
            elements
                .iter()
                .filter(|e| match e {
                    Element::Slot { is_source, .. } | Element::Subject { is_source, .. } => {
                        *is_source == source
                    }
                    _ => false,
                })
                .count()
        };
        if ends(true) != 1 || ends(false) != 1 {
            return None;
        }
        let anchors = self.anchors(&elements);
        let place = self.rules.len();
        if anchors.is_empty() {
            self.unanchored.push(place);
        }
        for word in anchors {
            self.anchored.entry(word).or_default().push(place);
        }
        self.rules.push(Rule {
            kind,
            score,
            name,
            is_presupposed: marked.ends_with('*'),
            elements,
        });
        Some(())
    }

    /// The words of the element that must be there and is the rarest.
    fn anchors(&self, elements: &[Element]) -> Vec<WordNumber> {
        let words = |element: &Element| match element {
            Element::Words {
                any,
                optional: false,
                ..
            } => Some(any.clone()),
            Element::Class {
                class,
                optional: false,
                ..
            } => Some(self.classes.first_words(*class).collect()),
            _ => None,
        };
        let common: Vec<WordNumber> = COMMON
            .iter()
            .map(|word| self.classes.word(word).number)
            .collect();
        let mut found: Vec<Vec<WordNumber>> = elements.iter().filter_map(words).collect();
        found.sort_by_key(|words| (words.iter().any(|w| common.contains(w)), words.len()));
        found.into_iter().next().unwrap_or_default()
    }

    /// The rules that a sentence of these words may fit, in the order of the file: it has one of
    /// the words that each needs.
    pub(super) fn candidates(&self, words: &[WordNumber]) -> Vec<&Rule> {
        let anchored = words.iter().filter_map(|word| self.anchored.get(word));
        let mut places: Vec<usize> = anchored
            .flatten()
            .chain(&self.unanchored)
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| &self.rules[place]).collect()
    }

    /// How many items from `at` are a phrase of the class, the longest first.
    pub(super) fn class_at(
        &self,
        sentence: &Sentence<'_>,
        at: usize,
        class: Class,
    ) -> Option<usize> {
        self.class_lengths(sentence, at, class).next()
    }

    /// The lengths of all phrases of the class at `at`, the longest first.
    pub(super) fn class_lengths<'b>(
        &'b self,
        sentence: &'b Sentence<'_>,
        at: usize,
        class: Class,
    ) -> impl Iterator<Item = usize> + 'b {
        let first = sentence.known(at);
        let phrases = if first.begins.has(class) {
            self.classes.phrases_from(class, first.number)
        } else {
            &[]
        };
        let fits = move |phrase: &&Vec<WordNumber>| {
            let mut places = phrase.iter().zip(at..);
            places.all(|(&word, place)| sentence.known(place).number == word)
        };
        phrases.iter().filter(fits).map(Vec::len)
    }

    /// One of the words of a name is in the class.
    pub(super) fn has_word_of(&self, class: Class, name: &str) -> bool {
        let lower = name.to_lowercase();
        lower
            .split_whitespace()
            .any(|word| self.classes.word(word).classes.has(class))
    }
}

/// Words that tell little about whether a rule fits.
const COMMON: &[&str] = &[
    ",", "'s", "of", "in", "and", "the", "a", "to", "by", "with", "for", "(",
];

fn element(classes: &mut Classes, token: &str) -> Option<Element> {
    for (prefix, is_source) in [("S!:", true), ("T!:", false)] {
        if let Some(kinds) = token.strip_prefix(prefix) {
            let kinds = slot_kinds(kinds)?;
            return Some(Element::Subject { is_source, kinds });
        }
    }
    for (prefix, is_source, is_bare) in [
        ("S:", true, false),
        ("T:", false, false),
        ("S=:", true, true),
        ("T=:", false, true),
    ] {
        if let Some(kinds) = token.strip_prefix(prefix) {
            return Some(Element::Slot {
                is_source,
                is_bare,
                kinds: slot_kinds(kinds)?,
            });
        }
    }
    if let Some(longest) = token.strip_prefix("~~") {
        let longest = longest.parse().ok()?;
        return Some(Element::Wide { longest });
    }
    if let Some(longest) = token.strip_prefix('~') {
        let longest = longest.parse().ok()?;
        return Some(Element::Gap { longest });
    }
    let (token, is_silent) = match token.strip_prefix('^') {
        Some(token) => (token, true),
        None => (token, false),
    };
    let (token, optional) = match token.strip_suffix('?') {
        Some(token) if !token.is_empty() => (token, true),
        _ => (token, false),
    };
    Some(match token {
        "%" => Element::Verb,
        "&" => Element::Aside,
        "$" => Element::Close,
        "!" => Element::Unlisted,
        _ => match token.strip_prefix('@') {
            Some(name) => Element::Class {
                class: classes.named(name)?,
                optional,
                is_silent,
            },
            None => Element::Words {
                any: token.split('|').map(|word| classes.intern(word)).collect(),
                optional,
                is_silent,
            },
        },
    })
}

fn slot_kinds(text: &str) -> Option<Vec<SlotKind>> {
    text.split('|')
        .map(|kind| {
            Some(match kind {
                "person" => SlotKind::Person,
                "unit" => SlotKind::Unit,
                "organization" => SlotKind::Organization,
                "body" => SlotKind::Body,
                "facility" => SlotKind::Facility,
                "place" => SlotKind::Place,
                "country" => SlotKind::Country,
                "town" => SlotKind::Town,
                "group" => SlotKind::Group,
                "forces" => SlotKind::Forces,
                "attack" => SlotKind::Attack,
                _ => return None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_asset_is_read() {
        let text = include_str!("../../../assets/lexicons/relations.txt");
        let (rules, wrong) = Rules::read(text);
        assert_eq!(wrong, Vec::<&str>::new());
        assert!(rules.rules.len() > 50);
    }

    #[test]
    fn a_rule_without_both_ends_is_refused() {
        let (rules, wrong) = Rules::read("leads 0.9 x: S:person of\nnonsense");
        assert!(rules.rules.is_empty());
        assert_eq!(wrong.len(), 2);
    }
}
