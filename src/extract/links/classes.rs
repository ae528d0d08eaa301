//! Classes of words and phrases, and the numbers that stand for words while sentences are matched.
//!
//! A word of a text is looked up once; from then on it is a number and two sets of bits, so that no
//! pattern that is tried has to hash or compare text.

use super::super::lexicon::WordMap;
use std::collections::BTreeMap;

/// A word of the rules; [`UNKNOWN`] stands for all that they do not name.
pub(super) type WordNumber = u32;

/// The number of every word that no rule and no class holds.
pub(super) const UNKNOWN: WordNumber = 0;

/// A class of words and phrases, by its place in a [`ClassSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class(u8);

/// Most classes that a [`ClassSet`] holds.
const MOST_CLASSES: usize = 128;

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ClassSet(u128);

impl ClassSet {
    /// The class is in the set.
    pub(super) fn has(self, class: Class) -> bool {
        self.0 >> class.0 & 1 == 1
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class.0;
    }
}

macro_rules! named_classes {
    ($($constant:ident $name:literal,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u8)]
        enum Place { $($constant,)* }

        impl Class {
            $(pub(super) const $constant: Self = Self(Place::$constant as u8);)*
        }

        /// The classes that the code asks for by name; they come first.
        const NAMED: &[&str] = &[$($name,)*];
    };
}

named_classes! {
    ATTACK "attack",
    AUXILIARY "auxiliary",
    BODY "body",
    CLAIMS "claims",
    CLAUSE "clause",
    CLOSER "closer",
    DENIES "denies",
    DEPUTY "deputy",
    DOUBT "doubt",
    FACILITY "facility",
    FORCES "forces",
    HYPOTHETICAL "hypothetical",
    KIN "kin",
    LEADER "leader",
    MEDIA "media",
    MODIFIER "modifier",
    OPENER "opener",
    RANK "rank",
    SAYS "says",
    SETTLEMENT "settlement",
    TITLE "title",
    VERDICT "verdict",
}

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Its number.
    pub(super) number: WordNumber,
    /// The classes that the word alone is in.
    pub(super) classes: ClassSet,
    /// The classes of which a phrase begins with it.
    pub(super) begins: ClassSet,
}

/// All words of the rules, and all classes.
pub(super) struct Classes {
    names: Vec<String>,
    numbers: WordMap<WordNumber>,
    words: Vec<Word>,
    /// By class and first word; the longest first.
    phrases: BTreeMap<(Class, WordNumber), Vec<Vec<WordNumber>>>,
}

impl Default for Classes {
    fn default() -> Self {
        Self {
            names: NAMED.iter().map(|&name| name.to_owned()).collect(),
            numbers: WordMap::default(),
            words: vec![Word::default()],
            phrases: BTreeMap::new(),
        }
    }
}

impl Classes {
    /// The number of a word, given to it if it has none yet.
    pub(super) fn intern(&mut self, word: &str) -> WordNumber {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = WordNumber::try_from(self.words.len()).unwrap_or(UNKNOWN);
        self.numbers.insert(word.to_owned(), number);
        self.words.push(Word {
            number,
            ..Word::default()
        });
        number
    }

    /// What is known of a word in lower case.
    pub(super) fn word(&self, lower: &str) -> Word {
        let number = self.numbers.get(lower).copied().unwrap_or(UNKNOWN);
        self.words[number as usize]
    }

    /// The class of that name, if it has phrases.
    pub(super) fn named(&self, name: &str) -> Option<Class> {
        let at = self.names.iter().position(|known| known == name)?;
        let class = Class(u8::try_from(at).ok()?);
        self.first_words(class).next().is_some().then_some(class)
    }

    /// The words that phrases of the class begin with.
    pub(super) fn first_words(&self, class: Class) -> impl Iterator<Item = WordNumber> + '_ {
        self.phrases
            .range((class, UNKNOWN)..=(class, WordNumber::MAX))
            .map(|((_, first), _)| *first)
    }

    /// Adds phrases, separated by commas, to the class `name`; `@other` stands for those of another.
    /// `None`, and nothing added, if there are more classes than a set holds.
    pub(super) fn add(&mut self, name: &str, phrases: &str) -> Option<()> {
        let mut all: Vec<Vec<WordNumber>> = Vec::new();
        for phrase in phrases.split(',').map(str::trim) {
            match phrase.strip_prefix('@').and_then(|other| self.named(other)) {
                Some(other) => all.extend(self.phrases_of(other).cloned()),
                None => all.push(phrase.split_whitespace().map(|w| self.intern(w)).collect()),
            }
        }
        all.sort();
        all.dedup();
        let class = self.place_of(name)?;
        for phrase in all {
            let [first, rest @ ..] = phrase.as_slice() else {
                continue;
            };
            let word = &mut self.words[*first as usize];
            word.begins.add(class);
            if rest.is_empty() {
                word.classes.add(class);
            }
            let known = self.phrases.entry((class, *first)).or_default();
            known.push(phrase);
            known.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        Some(())
    }

    fn place_of(&mut self, name: &str) -> Option<Class> {
        let known = self.names.iter().position(|known| known == name);
        let at = known.unwrap_or(self.names.len());
        if at >= MOST_CLASSES {
            return None;
        }
        if known.is_none() {
            self.names.push(name.to_owned());
        }
        u8::try_from(at).ok().map(Class)
    }

    fn phrases_of(&self, class: Class) -> impl Iterator<Item = &Vec<WordNumber>> {
        self.phrases
            .range((class, UNKNOWN)..=(class, WordNumber::MAX))
            .flat_map(|(_, phrases)| phrases)
    }

    /// The phrases of the class that begin with a word, the longest first.
    pub(super) fn phrases_from(&self, class: Class, first: WordNumber) -> &[Vec<WordNumber>] {
        self.phrases
            .get(&(class, first))
            .map_or(&[][..], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_comes_first_and_classes_hold_others() {
        let mut classes = Classes::default();
        classes.add("title", "chief, chief of staff").unwrap();
        classes.add("person", "@title, aide").unwrap();
        let class = classes.named("person").unwrap();
        let chief = classes.word("chief");
        let lengths: Vec<usize> = classes
            .phrases_from(class, chief.number)
            .iter()
            .map(Vec::len)
            .collect();
        assert_eq!(lengths, [3, 1]);
        assert!(chief.classes.has(class) && chief.classes.has(Class::TITLE));
        assert!(classes.word("staff").classes == ClassSet::default());
        assert!(!classes.word("aide").begins.has(Class::TITLE));
        assert_eq!(classes.word("never seen").number, UNKNOWN);
        assert_eq!(classes.named("forces"), None);
    }

    #[test]
    fn more_classes_than_a_set_holds_are_refused() {
        let mut classes = Classes::default();
        let added = (0..200)
            .filter(|n| classes.add(&format!("class {n}"), "word").is_some())
            .count();
        assert_eq!(added, MOST_CLASSES - NAMED.len());
    }
}
