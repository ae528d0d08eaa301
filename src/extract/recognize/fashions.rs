//! Names that are made in a fashion of their own: storms, bodies of kin, republics, legal forms in
//! brackets.

use super::candidate::Candidate;
use super::page::Page;
use super::places;
use crate::extract::gazetteer::Gazetteer;
use crate::extract::lexicon::Tag;
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::HashSet;

/// The rule of what is found here.
const RULE: &str = "fashion";

/// Storms that are given names.
const STORMS: &[&str] = &["cyclone", "hurricane", "storm", "typhoon"];
/// Kin and fellows as a body calls itself: "Mothers of the Square".
const FELLOWS: &[&str] = &[
    "brothers",
    "children",
    "daughters",
    "fathers",
    "friends",
    "grandmothers",
    "guardians",
    "mothers",
    "sisters",
    "sons",
    "veterans",
    "widows",
    "women",
];

/// Puts such names right, and leaves out what names nothing. `kept` is sorted and free of overlaps, and
/// stays so.
pub fn apply(page: &Page, gazetteer: &Gazetteer, kept: &mut Vec<Candidate>) {
    kept.retain(|candidate| !is_legal_form(page, candidate));
    for candidate in kept.iter_mut() {
        republic(page, gazetteer, candidate);
    }
    fellows(page, kept);
    storms(page, kept);
}

/// "Acme Insurance (Group)": part of the name before it.
fn is_legal_form(page: &Page, candidate: &Candidate) -> bool {
    let (first, end) = (candidate.first, candidate.end);
    candidate.kind == EntityKind::Organization
        && first > 0
        && end == first + 1
        && page.is_mark(first - 1, "(")
        && page.is_mark(end, ")")
        && page.tokens[first].class == Class::Title
        && page
            .tags(first)
            .has_any(&[Tag::OrganizationHead, Tag::CompanySuffix])
}

/// "Republic of Zembla" is Zembla, unless the gazetteer knows another by the whole name.
fn republic(page: &Page, gazetteer: &Gazetteer, candidate: &mut Candidate) {
    let (first, end) = (candidate.first, candidate.end);
    let of = (first + 1..end.min(first + 4)).find(|&at| page.is_word(at, "of"));
    let Some(of) = of.filter(|_| candidate.kind == EntityKind::Place) else {
        return;
    };
    let is_state = matches!(page.key(of - 1), "republic" | "kingdom");
    let name = of + 1 + usize::from(page.is_word(of + 1, "the"));
    if !is_state || name >= end || places::described(page, gazetteer, first, end).is_some() {
        return;
    }
    let country = places::described(page, gazetteer, name, end);
    if let Some(country) = country.filter(|country| country.rule == "country") {
        candidate.rule = country.rule;
        candidate.canonical = country.canonical;
        candidate.country = country.country;
    }
}

/// "Mothers of the Square": a body that is called after a place.
fn fellows(page: &Page, kept: &mut [Candidate]) {
    for at in 0..kept.len() {
        let place = &kept[at];
        let floor = at.checked_sub(1).map_or(0, |before| kept[before].end);
        let has_article = place.first > 0 && page.key(place.first - 1) == "the";
        let Some(of) = place.first.checked_sub(1 + usize::from(has_article)) else {
            continue;
        };
        let is_name = place.kind == EntityKind::Place
            && of > floor
            && page.is_word(of, "of")
            && page.is_capitalized(of - 1)
            && !page.is_unclear(of - 1)
            && FELLOWS.contains(&page.key(of - 1));
        if is_name {
            let kind = EntityKind::Organization;
            kept[at] = Candidate::new(of - 1, place.end, kind, 0.8, RULE);
        }
    }
}

/// "Tropical Storm Ada … Ada": the storm, unless somebody bears the name.
fn storms(page: &Page, kept: &mut [Candidate]) {
    let is_one = |c: &Candidate| {
        c.end == c.first + 1 && matches!(c.kind, EntityKind::Person | EntityKind::Place)
    };
    let named: HashSet<&str> = kept
        .iter()
        .filter(|c| is_one(c) && c.first > 0 && STORMS.contains(&page.key(c.first - 1)))
        .map(|c| page.key(c.first))
        .collect();
    if named.is_empty() {
        return;
    }
    let borne = |c: &Candidate| c.kind == EntityKind::Person && c.end > c.first + 1;
    let persons: HashSet<&str> = kept
        .iter()
        .filter(|c| borne(c))
        .flat_map(|c| (c.first..c.end).map(|at| page.key(at)))
        .collect();
    for candidate in kept.iter_mut() {
        let key = page.key(candidate.first);
        if is_one(candidate) && named.contains(key) && !persons.contains(key) {
            candidate.kind = EntityKind::Event;
            candidate.rule = RULE;
            candidate.canonical = None;
            candidate.country = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::text::sentences;
    use EntityKind::Place;

    #[test]
    fn a_republic_is_its_country() {
        let canonical = |text: &str| {
            let page = Page::new(text, &sentences(text), Lexicon::shared());
            let mut name = Candidate::new(0, page.tokens.len(), Place, 0.8, "tagger");
            republic(&page, Gazetteer::shared(), &mut name);
            name.canonical
        };
        assert_eq!(
            canonical("Republic of Chile"),
            canonical("Kingdom of Chile")
        );
        assert_eq!(canonical("Republic of Chile").as_deref(), Some("Chile"));
        assert_eq!(canonical("Republic of Texas"), None);
        assert_eq!(canonical("Republic of China"), None);
    }
}
