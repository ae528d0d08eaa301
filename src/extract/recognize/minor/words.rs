//! The word lists of equipment and events.

use crate::model::normalized_name;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a list says of a word or phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Sort {
    /// A system by itself.
    Name,
    /// A system where a weapon's noun stands beside it.
    Word,
    /// Begins a code with a hyphen: "MiG-29".
    Prefix,
    /// The same where the sentence speaks of weapons: "T-90".
    Letter,
    /// Goes on with a number or mark: "Leopard 2A6".
    Family,
    /// The same before a weapon's noun: "Type 99 tanks".
    Type,
    /// "missile", "tank".
    Noun,
    /// "frigate": a ship's name may follow.
    Ship,
    /// Shows that a sentence speaks of weapons.
    Setting,
    /// Shows that a code beside it is none of a weapon.
    Other,
    /// A happening by itself.
    Event,
    /// "Battle of".
    EventOf,
    /// "War" at the end of a name.
    EventHead,
    /// "massacre" after a name.
    EventSmall,
    /// Begins an entry of several words.
    Opens,
}

/// A set of [`Sort`]s.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sorts(u16);

impl Sorts {
    pub(super) fn has(self, sort: Sort) -> bool {
        self.0 & (1 << sort as u16) != 0
    }

    fn add(&mut self, sort: Sort) {
        self.0 |= 1 << sort as u16;
    }
}

/// The lists by folded words.
pub(super) struct Words(HashMap<String, Sorts>);

/// No entry has more words.
pub(super) const LONGEST_ENTRY: usize = 5;

static SHARED: LazyLock<Words> = LazyLock::new(Words::load);

impl Words {
    /// Read on first use and shared from then on.
    pub(super) fn shared() -> &'static Self {
        &SHARED
    }

    /// What the lists say of folded words.
    pub(super) fn sorts(&self, folded: &str) -> Sorts {
        self.0.get(folded).copied().unwrap_or_default()
    }

    /// The same for one word.
    pub(super) fn is(&self, folded: &str, sort: Sort) -> bool {
        self.sorts(folded).has(sort)
    }

    fn load() -> Self {
        let mut words = Self(HashMap::new());
        words.read(
            include_str!("../../../../assets/lexicons/equipment.txt"),
            equipment_sort,
        );
        words.read(
            include_str!("../../../../assets/lexicons/events.txt"),
            event_sort,
        );
        words
    }

    fn read(&mut self, list: &str, sort_of: impl Fn(&str) -> Option<Sort>) {
        let mut sort = None;
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                sort = sort_of(section);
                continue;
            }
            let Some(sort) = sort else {
                continue;
            };
            for entry in line.split(',').map(normalized_name) {
                let entry = entry.trim();
                if let Some((first, _)) = entry.split_once(' ') {
                    self.0.entry(first.to_owned()).or_default().add(Sort::Opens);
                }
                if !entry.is_empty() {
                    self.0.entry(entry.to_owned()).or_default().add(sort);
                }
            }
        }
    }
}

fn equipment_sort(section: &str) -> Option<Sort> {
    Some(match section {
        "name" => Sort::Name,
        "word" => Sort::Word,
        "prefix" => Sort::Prefix,
        "letter" => Sort::Letter,
        "family" => Sort::Family,
        "type" => Sort::Type,
        "noun" => Sort::Noun,
        "ship" => Sort::Ship,
        "setting" => Sort::Setting,
        "other" => Sort::Other,
        _ => return None,
    })
}

fn event_sort(section: &str) -> Option<Sort> {
    Some(match section {
        "name" => Sort::Event,
        "of" => Sort::EventOf,
        "head" => Sort::EventHead,
        "small" => Sort::EventSmall,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_folded() {
        let words = Words::shared();
        assert!(words.is("bayraktar tb2", Sort::Name));
        assert!(words.is("mig", Sort::Prefix) && words.is("t", Sort::Letter));
        assert!(words.is("six day war", Sort::Event) && words.is("six", Sort::Opens));
        assert!(!words.is("six", Sort::Event));
    }

    #[test]
    fn no_entry_is_longer_than_stated_and_every_section_is_known() {
        let longest = Words::shared().0.keys().map(|k| k.split(' ').count()).max();
        assert!(longest.unwrap() <= LONGEST_ENTRY);
        let lists = [
            (
                include_str!("../../../../assets/lexicons/equipment.txt"),
                equipment_sort as fn(&str) -> Option<Sort>,
            ),
            (
                include_str!("../../../../assets/lexicons/events.txt"),
                event_sort,
            ),
        ];
        for (list, sort_of) in lists {
            let sections = list.lines().filter_map(|l| l.strip_prefix('['));
            for section in sections {
                assert!(
                    sort_of(section.trim_end_matches(']')).is_some(),
                    "{section}"
                );
            }
        }
    }
}
