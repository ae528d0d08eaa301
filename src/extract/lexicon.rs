//! The built-in word lists of `assets/lexicons`, and what each says of a word or phrase.
//!
//! Words are looked up folded, as [`crate::model::normalized_name`] folds names.

use crate::model::normalized_name;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// What the lists say of one word: a set of [`Tag`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags(u32);

macro_rules! tags {
    ($($variant:ident $section:literal $doc:literal,)*) => {
        /// One thing that a word list says of a word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Tag {
            $(#[doc = $doc] $variant,)*
        }

        impl Tag {
            /// The tag of a section of `terms.txt`.
            fn of_section(section: &str) -> Option<Self> {
                match section { $($section => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

tags! {
    Title "title" "Stands before a person's name: \"President\", \"Gen\".",
    Rank "rank" "A military rank.",
    Role "role" "A common noun for what a person is: \"spokesman\".",
    OrganizationHead "org_head" "Ends or begins an organization's name: \"Ministry\".",
    CompanySuffix "company_suffix" "Legal form: \"Ltd\".",
    UnitHead "unit_head" "Ends a unit's name, among other things: \"Brigade\", \"Forces\".",
    UnitEchelon "unit_echelon" "A formation of known size: \"Brigade\".",
    UnitType "unit_type" "What a unit does: \"Motorized\", \"Rifle\".",
    PlaceHead "place_head" "Ends or begins a place's name: \"River\".",
    RegionWord "region_word" "Follows a name and makes a region or settlement of it: \"region\".",
    PlacePrefix "place_prefix" "Begins a place's name: \"Mount\", \"San\".",
    Direction "direction" "A point of the compass.",
    Particle "particle" "A small word inside a person's name: \"van\", \"bin\".",
    Month "month" "A month.",
    Weekday "weekday" "A day of the week.",
    Speech "speech" "A verb whose subject is mostly a person: \"said\".",
    PlacePreposition "place_preposition" "Stands before places: \"in\", \"near\".",
    NonName "non_name" "Hardly a name, however it is written.",
    Capitals "capitals" "An abbreviation that names nothing: \"GPS\".",
    ThingHead "thing_head" "Ends the name of a thing that is no entity: \"Agreement\".",
    EventHead "event_head" "Ends the name of a happening: \"Summit\".",
    Equipment "equipment" "A weapon, vehicle or ship: \"missile\".",
    Starter "starter" "A word that opens sentences.",
    Given "given" "A given name somewhere.",
    Surname "surname" "A family name somewhere.",
    Common "common" "A word that running text writes in lower case.",
    PhraseStart "phrase" "The first word of an entry of more than one word.",
    Man "man" "A given name of men, hardly of women.",
    Woman "woman" "A given name of women, hardly of men.",
}

impl Tags {
    /// The tag is in the set.
    pub fn has(self, tag: Tag) -> bool {
        self.0 & (1 << tag as u8) != 0
    }

    /// One of the tags is in the set.
    pub fn has_any(self, tags: &[Tag]) -> bool {
        tags.iter().any(|&tag| self.has(tag))
    }

    fn add(&mut self, tag: Tag) {
        self.0 |= 1 << tag as u8;
    }
}

/// What a fixed name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// A nationality; the country's name and code.
    Demonym(&'static str, [u8; 2]),
    /// An ethnic, religious, political or regional group.
    Group,
    /// A public institution; its full name.
    Institution(&'static str),
}

/// FNV-1a: quick for short words. The keys of the maps are our own lists, so that no text can make
/// them collide.
pub(super) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map from words of our own lists.
pub(super) type WordMap<T> = HashMap<String, T, BuildHasherDefault<WordHasher>>;

/// All lists together.
pub struct Lexicon {
    words: WordMap<Tags>,
    known: WordMap<Known>,
    exact: WordMap<String>,
}

/// No entry is longer, in words.
pub const LONGEST_ENTRY: usize = 9;

static SHARED: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    /// The built-in lists, read on first use and shared from then on.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    /// What the lists say of a folded word.
    pub fn tags(&self, folded: &str) -> Tags {
        self.words.get(folded).copied().unwrap_or_default()
    }

    /// What a folded name of one or more words stands for.
    pub fn known(&self, folded: &str) -> Option<&Known> {
        self.known.get(folded)
    }

    /// A short name that must be spelled as listed ("IS", "WHO"): as the list has it.
    pub fn spelling(&self, folded: &str) -> Option<&str> {
        self.exact.get(folded).map(String::as_str)
    }

    fn load() -> Self {
        let mut lexicon = Self {
            words: WordMap::with_capacity_and_hasher(60_000, BuildHasherDefault::default()),
            known: WordMap::with_capacity_and_hasher(2_000, BuildHasherDefault::default()),
            exact: WordMap::default(),
        };
        lexicon.load_terms(include_str!("../../assets/lexicons/terms.txt"));
        for (list, tag) in [
            (
                include_str!("../../assets/lexicons/given_names.txt"),
                Tag::Given,
            ),
            (
                include_str!("../../assets/lexicons/surnames.txt"),
                Tag::Surname,
            ),
            (
                include_str!("../../assets/lexicons/common_words.txt"),
                Tag::Common,
            ),
        ] {
            for word in list.lines() {
                lexicon.words.entry(word.to_owned()).or_default().add(tag);
            }
        }
        for line in include_str!("../../assets/lexicons/given_name_sexes.txt").lines() {
            let mut words = line.split(' ');
            let tag = match words.next() {
                Some("m") => Tag::Man,
                _ => Tag::Woman,
            };
            for word in words {
                lexicon.words.entry(word.to_owned()).or_default().add(tag);
            }
        }
        lexicon.load_countries(include_str!("../../assets/lexicons/countries.tsv"));
        for name in entries(include_str!("../../assets/lexicons/groups.txt")) {
            lexicon.add_known(name, Known::Group);
        }
        for line in entries(include_str!("../../assets/lexicons/institutions.tsv")) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            lexicon.add_known(name, Known::Institution(name));
            for other in cells.next().unwrap_or_default().split('|') {
                lexicon.add_known(other, Known::Institution(name));
            }
        }
        lexicon
    }

    fn load_terms(&mut self, terms: &'static str) {
        let mut tag = None;
        for line in entries(terms) {
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                tag = Tag::of_section(section);
            } else if let Some(tag) = tag {
                for word in line.split_whitespace() {
                    self.words.entry(word.to_owned()).or_default().add(tag);
                }
            }
        }
    }

    fn load_countries(&mut self, table: &'static str) {
        for line in entries(table) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [code, name, _, demonyms] = cells[..] else {
                continue;
            };
            if let &[first, second] = code.as_bytes() {
                for demonym in demonyms.split('|') {
                    self.add_known(demonym, Known::Demonym(name, [first, second]));
                }
            }
        }
    }

    fn add_known(&mut self, name: &str, known: Known) {
        let folded = normalized_name(name);
        let Some(first) = folded.split(' ').next().filter(|first| !first.is_empty()) else {
            return;
        };
        if folded.contains(' ') {
            self.words
                .entry(first.to_owned())
                .or_default()
                .add(Tag::PhraseStart);
        }
        let is_short = name.len() <= 5 && name.chars().all(char::is_uppercase);
        if is_short {
            self.exact.insert(folded.clone(), name.to_owned());
        }
        self.known.entry(folded).or_insert(known);
    }
}

fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_countries_has_four_cells() {
        for line in entries(include_str!("../../assets/lexicons/countries.tsv")) {
            assert_eq!(line.split('\t').count(), 4, "{line}");
        }
    }

    #[test]
    fn entries_are_found_folded() {
        let lexicon = Lexicon::shared();
        assert!(lexicon.tags("brigade").has(Tag::UnitEchelon));
        assert!(lexicon.tags("gov").has(Tag::Title));
        assert!(lexicon.tags("olena").has(Tag::Given));
        assert!(lexicon.tags("weapons").has(Tag::Common));
        assert_eq!(
            lexicon.known("south african"),
            Some(&Known::Demonym("South Africa", *b"ZA"))
        );
        assert_eq!(
            lexicon.known("un"),
            Some(&Known::Institution("United Nations"))
        );
        assert!(lexicon.tags("united").has(Tag::PhraseStart));
    }

    #[test]
    fn no_entry_is_longer_than_stated() {
        let longest = Lexicon::shared()
            .known
            .keys()
            .map(|k| k.split(' ').count())
            .max();
        assert!(longest.unwrap() <= LONGEST_ENTRY);
    }
}
