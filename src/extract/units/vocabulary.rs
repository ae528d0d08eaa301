//! The words of unit names, from `assets/lexicons/units.txt` and the countries of `countries.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A list of forms, some of several words, and what each means.
#[derive(Default)]
pub(super) struct Forms {
    meaning: HashMap<&'static str, &'static str>,
    longest: usize,
}

impl Forms {
    fn add(&mut self, form: &'static str, meaning: &'static str) {
        self.longest = self.longest.max(form.split(' ').count());
        self.meaning.entry(form).or_insert(meaning);
    }

    /// What a form means, in lower case.
    pub(super) fn get(&self, form: &str) -> Option<&'static str> {
        self.meaning.get(form).copied()
    }

    /// The form is on the list.
    pub(super) fn has(&self, form: &str) -> bool {
        self.meaning.contains_key(form)
    }

    /// The longest form that `word` gives from 0 on, and how many words it takes.
    pub(super) fn longest<'w>(
        &self,
        word: impl Fn(usize) -> &'w str,
    ) -> Option<(usize, &'static str)> {
        let first = word(0);
        let mut best = self.get(first).map(|meaning| (1, meaning));
        let mut phrase = String::new();
        for length in 1..self.longest {
            let next = word(length);
            if next.is_empty() {
                break;
            }
            if phrase.is_empty() {
                phrase.push_str(first);
            }
            phrase.push(' ');
            phrase.push_str(next);
            if let Some(meaning) = self.get(&phrase) {
                best = Some((length + 1, meaning));
            }
        }
        best
    }

    /// Forms with their meanings, longest form first.
    fn entries(&self) -> Vec<(&'static str, &'static str)> {
        let mut all: Vec<_> = self.meaning.iter().map(|(&f, &m)| (f, m)).collect();
        all.sort_by_key(|(form, _)| (std::cmp::Reverse(form.len()), *form));
        all
    }
}

/// A transliterated word that means a type: its beginning, and that of the word after it if it
/// takes two.
pub(super) struct Stem {
    pub(super) start: &'static str,
    pub(super) second: Option<&'static str>,
    pub(super) meaning: &'static str,
}

/// All lists.
#[derive(Default)]
pub(super) struct Vocabulary {
    lists: HashMap<&'static str, Forms>,
    nations: Forms,
    demonyms: Forms,
    pub(super) stems: Vec<Stem>,
    none: Forms,
    hints: HashSet<&'static str>,
}

static SHARED: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::load);

impl Vocabulary {
    /// The built-in lists, read on first use.
    pub(super) fn shared() -> &'static Self {
        &SHARED
    }

    /// A section of `units.txt`.
    pub(super) fn list(&self, section: &str) -> &Forms {
        self.lists.get(section).unwrap_or(&self.none)
    }

    /// Names of countries and of their services, demonyms, to the country's name.
    pub(super) fn nations(&self) -> &Forms {
        &self.nations
    }

    /// The capitalized word, in lower case, may be the sign of a unit.
    pub(super) fn is_hint(&self, lower: &str) -> bool {
        self.hints.contains(lower)
    }

    /// Demonyms and adjectives alone.
    pub(super) fn demonyms(&self) -> &Forms {
        &self.demonyms
    }

    fn load() -> Self {
        let mut vocabulary = Self::default();
        let mut section = "";
        for line in include_str!("../../../assets/lexicons/units.txt").lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name;
                continue;
            }
            let (form, meaning) = line.split_once(" = ").unwrap_or((line, line));
            let list = vocabulary.lists.entry(section).or_default();
            list.add(form, meaning);
        }
        vocabulary.load_hints();
        vocabulary.load_stems();
        vocabulary.load_nations();
        vocabulary
    }

    fn load_hints(&mut self) {
        const SIGNS: [&str; 8] = [
            "type",
            "abbreviation",
            "echelon",
            "echelon_abbreviation",
            "combined",
            "short_form",
            "own_name",
            "state",
        ];
        for section in SIGNS {
            for (form, _) in self.list(section).entries() {
                self.hints.extend(form.split(' '));
            }
        }
    }

    fn load_stems(&mut self) {
        for (form, meaning) in self.list("stem_pair").entries() {
            let (start, second) = form.split_once(' ').unwrap_or((form, ""));
            self.stems.push(Stem {
                start,
                second: Some(second),
                meaning,
            });
        }
        for (start, meaning) in self.list("stem").entries() {
            self.stems.push(Stem {
                start,
                second: None,
                meaning,
            });
        }
    }

    fn load_nations(&mut self) {
        for section in ["nation", "service"] {
            for (form, country) in self.list(section).entries() {
                self.nations.add(form, country);
                if section == "nation" {
                    self.demonyms.add(form, country);
                }
            }
        }
        for line in include_str!("../../../assets/lexicons/countries.tsv").lines() {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [_, name, others, demonyms] = cells[..] else {
                continue;
            };
            let names = others.split('|').chain([name]);
            for (form, is_demonym) in names
                .map(|form| (form, false))
                .chain(demonyms.split('|').map(|form| (form, true)))
            {
                if form.is_empty() {
                    continue;
                }
                // Read once for the whole run of the program, so nothing is lost by keeping it.
                let form: &'static str = Box::leak(form.to_lowercase().replace('.', "").into());
                self.nations.add(form, name);
                if is_demonym {
                    self.demonyms.add(form, name);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_form_is_found() {
        let vocabulary = Vocabulary::shared();
        let words = ["special", "operations", "forces", "regiment"];
        let word = |at: usize| words.get(at).copied().unwrap_or_default();
        let found = vocabulary.list("type").longest(word);
        assert_eq!(found, Some((3, "special operations forces")));
        assert_eq!(
            vocabulary.nations().get("south african"),
            Some("South Africa")
        );
        assert_eq!(vocabulary.nations().get("soviet"), Some("Soviet Union"));
        assert!(!vocabulary.demonyms().has("raf"));
    }
}
