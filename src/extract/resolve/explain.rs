//! Why a name belongs to an entity: the rule of resolution that joins the two.

use super::acronyms::{acronym, initials, spells};
use super::names::{folded, is_slip, name_key, words};
use super::organizations::is_status;
use crate::model::{Entity, EntityKind};

/// The rule that joins a name to an entity, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AliasRule {
    /// The same words, but for capitals, accents, hyphens and articles.
    SameName,
    /// A usual transliteration of the same name.
    Spelling,
    /// The same words in another order.
    Order,
    /// One letter more, less or other within a long word.
    OneLetter,
    /// The initials of the name, or an acronym that brackets explain.
    Acronym,
    /// A part of the name, where one bearer fits.
    PartOfName,
    /// The name with more words: middle names, status words, the country.
    LongerForm,
    /// The gazetteer or lexicon knows both as one place.
    Gazetteer,
    /// The same fields: number, echelon, type of troops.
    SameUnit,
    /// What the documents around it say.
    Context,
}

impl AliasRule {
    /// In words, to stand after the name.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SameName => "the same name",
            Self::Spelling => "another spelling",
            Self::Order => "the same words in another order",
            Self::OneLetter => "one letter differs",
            Self::Acronym => "its initials",
            Self::PartOfName => "a part of the name; one bearer fits",
            Self::LongerForm => "a longer form of the name",
            Self::Gazetteer => "the same place in the gazetteer",
            Self::SameUnit => "the same number, echelon and troops",
            Self::Context => "what stands around it",
        }
    }

    /// How sure the rule is, 0 to 1.
    pub const fn confidence(self) -> f32 {
        match self {
            Self::SameName => 0.98,
            Self::Spelling | Self::Gazetteer => 0.95,
            Self::Order | Self::Acronym | Self::LongerForm | Self::SameUnit => 0.9,
            Self::PartOfName => 0.85,
            Self::OneLetter => 0.8,
            Self::Context => 0.7,
        }
    }
}

/// The rule that joins `alias` to the name of `entity`.
pub fn alias_rule(entity: &Entity, alias: &str) -> AliasRule {
    let (name, other) = (words(&entity.name), words(alias));
    if name == other {
        return AliasRule::SameName;
    }
    if name_key(&entity.name) == name_key(alias) {
        return AliasRule::Spelling;
    }
    if entity.kind == EntityKind::Place && entity.location.is_some() {
        return AliasRule::Gazetteer;
    }
    let fold = |words: &[String]| words.iter().map(|w| folded(w)).collect::<Vec<_>>();
    let (name, other) = (fold(&name), fold(&other));
    let (mut sorted, mut other_sorted) = (name.clone(), other.clone());
    sorted.sort_unstable();
    other_sorted.sort_unstable();
    if sorted == other_sorted {
        return AliasRule::Order;
    }
    if is_acronym_of(&entity.name, alias) || is_acronym_of(alias, &entity.name) {
        return AliasRule::Acronym;
    }
    let differing: Vec<_> = name.iter().zip(&other).filter(|(a, b)| a != b).collect();
    if name.len() == other.len() && differing.len() == 1 && is_slip(differing[0].0, differing[0].1)
    {
        return AliasRule::OneLetter;
    }
    let within = |part: &[String], whole: &[String]| {
        let telling = |word: &&String| !is_status(word) && word.as_str() != "of";
        !part.is_empty() && part.iter().filter(telling).all(|word| whole.contains(word))
    };
    if within(&other, &name) {
        return AliasRule::PartOfName;
    }
    if within(&name, &other) {
        return AliasRule::LongerForm;
    }
    if entity.kind == EntityKind::Unit && entity.unit.is_some() {
        return AliasRule::SameUnit;
    }
    AliasRule::Context
}

fn is_acronym_of(name: &str, short: &str) -> bool {
    acronym(short).is_some_and(|short| initials(name).contains(&short) || spells(name, &short))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityId;

    #[test]
    fn each_alias_has_its_rule() {
        let entity = |kind, name: &str| Entity {
            id: EntityId(0),
            kind,
            name: name.to_owned(),
            aliases: Vec::new(),
            roles: Vec::new(),
            mentions: Vec::new(),
            by_user: false,
            told: None,
            unit: None,
            date: None,
            location: None,
        };
        let person = entity(EntityKind::Person, "Volodymyr Zelenskyy");
        let nowhere = entity(EntityKind::Place, "Upper Klopstok");
        let body = entity(EntityKind::Organization, "National Intelligence Service");
        for (entity, alias, rule) in [
            (&person, "VOLODYMYR ZELENSKYY", AliasRule::SameName),
            (&person, "Volodymyr Zelensky", AliasRule::Spelling),
            (&person, "Zelensky", AliasRule::PartOfName),
            (&person, "Zelensky Volodymyr", AliasRule::Order),
            (&person, "Volodymr Zelensky", AliasRule::OneLetter),
            (&person, "Ze", AliasRule::Context),
            (&nowhere, "Klopstok", AliasRule::PartOfName),
            (&nowhere, "Toon", AliasRule::Context),
            (&body, "NIS", AliasRule::Acronym),
            (
                &body,
                "Korean National Intelligence Service",
                AliasRule::LongerForm,
            ),
        ] {
            assert_eq!(alias_rule(entity, alias), rule, "{alias}");
        }
    }
}
