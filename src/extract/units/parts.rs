//! What single words of a unit's name are: type, echelon, both in one, or the name itself.

use super::vocabulary::Vocabulary;
use super::words::{Shape, Word};
use crate::extract::lexicon::{Lexicon, Tag};

/// A part of a name that starts at some word, and how many words it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What the unit does.
    Type(String),
    /// Its size; in the plural; written with a capital.
    Echelon {
        name: &'static str,
        is_plural: bool,
        is_capital: bool,
    },
    /// Type and size in one word: "OMBr", "Panzerbrigade".
    Both(String, &'static str),
}

/// Echelons that small letters suffice for beside a number.
const STRONG: &[&str] = &[
    "brigade",
    "battalion",
    "regiment",
    "division",
    "corps",
    "army",
    "squadron",
    "fleet",
    "flotilla",
    "demi-brigade",
];

/// German endings of compounds, and what they mean.
const GERMAN: &[(&str, &str)] = &[
    ("geschwader", "wing"),
    ("bataillon", "battalion"),
    ("abteilung", "battalion"),
    ("kompanie", "company"),
    ("regiment", "regiment"),
    ("flottille", "flotilla"),
    ("flotte", "fleet"),
    ("division", "division"),
    ("brigade", "brigade"),
    ("staffel", "squadron"),
    ("gruppe", "group"),
    ("armee", "army"),
    ("korps", "corps"),
];

/// The words of a sentence with the lists.
pub(super) struct Reader<'w, 't> {
    pub(super) words: &'w [Word<'t>],
    pub(super) vocabulary: &'static Vocabulary,
}

impl<'w, 't> Reader<'w, 't> {
    pub(super) fn new(words: &'w [Word<'t>]) -> Self {
        Self {
            words,
            vocabulary: Vocabulary::shared(),
        }
    }

    /// The word may be part of a unit's name that tells it from other names. Most sentences have
    /// none such, and are not looked at further.
    pub(super) fn is_sign(&self, at: usize) -> bool {
        let word = &self.words[at];
        let lower = word.lower.as_str();
        match word.shape {
            Shape::Capital => {
                self.vocabulary.is_hint(lower)
                    || lower.contains('-')
                    || GERMAN.iter().any(|(ending, _)| lower.ends_with(ending))
            }
            Shape::Small => self.vocabulary.list("echelon").has(lower),
            _ => false,
        }
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.shape == Shape::Capital)
    }

    pub(super) fn is(&self, at: usize, list: &str) -> bool {
        let lower = self.lower(at);
        !lower.is_empty() && self.vocabulary.list(list).has(lower)
    }

    pub(super) fn is_possessive(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.shape == Shape::Possessive)
    }

    pub(super) fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.shape == Shape::Mark && marks.contains(&w.text))
    }

    /// The text of words `first..end`.
    pub(super) fn span(&self, text: &'t str, first: usize, end: usize) -> &'t str {
        match (self.words.get(first), self.words.get(end.wrapping_sub(1))) {
            (Some(a), Some(b)) if a.start <= b.end => &text[a.start..b.end],
            _ => "",
        }
    }

    fn longest(&self, list: &str, at: usize) -> Option<(usize, &'static str)> {
        if self.lower(at).is_empty() {
            return None;
        }
        self.vocabulary
            .list(list)
            .longest(|offset| self.lower(at + offset))
    }

    /// The country that the words at `at` name or call by its people, and how many words it takes.
    pub(super) fn nation(&self, at: usize) -> Option<(usize, &'static str)> {
        if !self.is_capital(at) {
            return None;
        }
        let found = self
            .vocabulary
            .nations()
            .longest(|offset| self.lower(at + offset))?;
        // "us" and "plan" in small letters are other words; "Us" and "Plan" too.
        let short = found.0 == 1 && self.lower(at).len() <= 4;
        let is_initials = self.words[at]
            .text
            .chars()
            .filter(|c| c.is_uppercase())
            .count()
            > 1;
        let listed = self.vocabulary.list("service").has(self.lower(at))
            || matches!(self.lower(at), "us" | "uk" | "usa");
        (!(short && listed) || is_initials).then_some(found)
    }

    /// As [`Self::nation`], adjectives alone.
    pub(super) fn demonym(&self, at: usize) -> Option<(usize, &'static str)> {
        let (length, country) = self.nation(at)?;
        let phrase: Vec<&str> = (at..at + length).map(|i| self.lower(i)).collect();
        self.vocabulary
            .demonyms()
            .has(&phrase.join(" "))
            .then_some((length, country))
    }

    /// The part that starts at word `at` of a name that has a number before it or not.
    pub(super) fn part(&self, at: usize, is_numbered: bool) -> Option<(usize, Part)> {
        let word = self.words.get(at)?;
        if !matches!(word.shape, Shape::Capital | Shape::Small) {
            return None;
        }
        if let Some(found) = self.abbreviated(at, is_numbered) {
            return Some(found);
        }
        if let Some((length, kind)) = self.longest("type", at)
            && self.is_type_here(at, length, is_numbered)
        {
            return Some((length, Part::Type(kind.to_owned())));
        }
        if let Some((length, name)) = self.echelon(at, is_numbered) {
            let is_plural = self.lower(at + length - 1).ends_with('s') && name != "corps";
            let is_capital = word.shape == Shape::Capital;
            return Some((
                length,
                Part::Echelon {
                    name,
                    is_plural,
                    is_capital,
                },
            ));
        }
        self.foreign(at, is_numbered)
    }

    /// A type word that is an echelon at the end of a name is the type only if more follows.
    fn is_type_here(&self, at: usize, length: usize, is_numbered: bool) -> bool {
        let word = &self.words[at];
        let after = at + length;
        if self.vocabulary.list("echelon").has(self.lower(at)) && length == 1 {
            return matches!(
                self.part(after, is_numbered),
                Some((_, Part::Echelon { .. }))
            );
        }
        if self
            .longest("echelon", at)
            .is_some_and(|(more, _)| more > length)
            && !matches!(self.part(after, is_numbered), Some((_, Part::Type(_))))
        {
            // "Air Force" with a number, "Battle Group".
            return !is_numbered;
        }
        if self.lower(at) == "royal" {
            return matches!(self.part(after, is_numbered), Some((_, Part::Type(_))));
        }
        word.shape == Shape::Capital || is_numbered
    }

    fn echelon(&self, at: usize, is_numbered: bool) -> Option<(usize, &'static str)> {
        let (length, name) = self.longest("echelon", at)?;
        if name == "air force" && !is_numbered {
            return None;
        }
        let is_foreign = self.lower(at) != name
            && !self.lower(at).starts_with(name)
            && length == 1
            && !name.contains(' ')
            && !self.lower(at).ends_with("ies");
        let small_is_enough = STRONG.contains(&name) || is_foreign;
        (self.is_capital(at) || small_is_enough).then_some((length, name))
    }

    fn abbreviated(&self, at: usize, is_numbered: bool) -> Option<(usize, Part)> {
        let word = &self.words[at];
        let capitals = word.text.chars().filter(|c| c.is_uppercase()).count();
        if let Some(name) = self
            .vocabulary
            .list("echelon_abbreviation")
            .get(&word.lower)
            && capitals > 0
            && (is_numbered || at > 0)
            && (word.lower.len() > 2
                || capitals > 1
                || is_numbered
                || matches!(word.lower.as_str(), "bn"))
        {
            let is_plural = word.lower.ends_with('s');
            return Some((
                1,
                Part::Echelon {
                    name,
                    is_plural,
                    is_capital: true,
                },
            ));
        }
        if is_numbered
            && capitals > 1
            && let Some(meaning) = self.vocabulary.list("combined").get(&word.lower)
            && let Some((kind, name)) = meaning.split_once(" + ")
            && !matches!(self.echelon(at + 1, true), Some((_, "brigade")))
        {
            return Some((1, Part::Both(kind.to_owned(), name)));
        }
        let meaning = self.vocabulary.list("abbreviation").get(&word.lower)?;
        let is_short = word.lower.len() == 2;
        (capitals > usize::from(is_short)).then(|| (1, Part::Type(meaning.to_owned())))
    }

    /// Words of other languages.
    fn foreign(&self, at: usize, is_numbered: bool) -> Option<(usize, Part)> {
        let lower = self.lower(at);
        if is_numbered && let Some(found) = self.stem(at) {
            return Some(found);
        }
        if !self.is_capital(at) || lower.len() < 8 {
            return None;
        }
        GERMAN.iter().find_map(|(ending, name)| {
            let prefix = lower.strip_suffix(ending)?.trim_end_matches('-');
            (prefix.len() > 2).then(|| (1, Part::Both(prefix.to_owned(), name)))
        })
    }

    /// A transliterated adjective, of one word or two.
    pub(super) fn stem(&self, at: usize) -> Option<(usize, Part)> {
        let lower = self.lower(at);
        let ascii_end = |stem: &str| lower.len() <= stem.len() + 5;
        self.vocabulary.stems.iter().find_map(|stem| {
            if !lower.starts_with(stem.start) || !ascii_end(stem.start) {
                return None;
            }
            match stem.second {
                None => Some((1, Part::Type(stem.meaning.to_owned()))),
                Some(second) => self
                    .lower(at + 1)
                    .starts_with(second)
                    .then(|| (2, Part::Type(stem.meaning.to_owned()))),
            }
        })
    }

    /// A French word after the echelon that tells the type, "de" and "la" before it included.
    pub(super) fn french(&self, at: usize) -> Option<(usize, &'static str)> {
        let mut next = at;
        while matches!(
            self.lower(next),
            "de" | "la" | "du" | "des" | "d'" | "légion"
        ) {
            next += 1;
        }
        let kind = self
            .vocabulary
            .list("french")
            .get(self.lower(next).trim_end_matches('s'))
            .or_else(|| self.vocabulary.list("french").get(self.lower(next)))?;
        Some((next + 1 - at, kind))
    }

    /// A capitalized word that can be the name's own part.
    pub(super) fn is_own_word(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else {
            return false;
        };
        let tags = Lexicon::shared().tags(&word.lower);
        let lower = word.lower.as_str();
        let is_old = matches!(lower, "old" | "new" | "young" | "great") && at > 0;
        let is_lord = matches!(
            lower,
            "sultan"
                | "king"
                | "queen"
                | "prince"
                | "princess"
                | "duke"
                | "lord"
                | "imam"
                | "saint"
                | "emperor"
        );
        let leads = (is_old || is_lord)
            && (self.is_capital(at + 1)
                || self.is_possessive(at + 1)
                || self.lower(at + 1) == "of");
        let is_plain = tags.has_any(&[Tag::NonName, Tag::Month, Tag::Weekday]);
        let is_title = tags.has(Tag::Title) && !tags.has_any(&[Tag::Given, Tag::Surname]);
        let is_kept_out = !leads && (is_plain || is_title);
        word.shape == Shape::Capital && !self.is(at, "not_inside") && !is_kept_out
    }

    /// The word is one of everyday, as far as the lists tell.
    pub(super) fn is_common(&self, at: usize) -> bool {
        Lexicon::shared().tags(self.lower(at)).has(Tag::Common)
    }

    /// A rank, title or role: what may follow a unit's name without being part of it.
    pub(super) fn is_title(&self, at: usize) -> bool {
        Lexicon::shared()
            .tags(self.lower(at))
            .has_any(&[Tag::Title, Tag::Rank, Tag::Role])
    }
}
