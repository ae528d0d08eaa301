//! What a document itself says a name is: "the organization 'Acme'", "Voting Machine (VM)". The kinds of
//! a network are put right by it, for all mentions of that name in the document.

use super::candidate::Candidate;
use super::page::Page;
use crate::extract::lexicon::Tag;
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::HashMap;

/// Nouns for bodies of people; before a name in quotation marks they tell what it is.
const BODIES: [&str; 24] = [
    "organization",
    "organisation",
    "ngo",
    "group",
    "company",
    "firm",
    "party",
    "newspaper",
    "magazine",
    "charity",
    "association",
    "foundation",
    "agency",
    "outlet",
    "website",
    "portal",
    "startup",
    "movement",
    "union",
    "band",
    "club",
    "coalition",
    "network",
    "daily",
];

/// Last words of names of things that act in nothing.
const THINGS: [&str; 4] = ["machine", "vaccine", "virus", "device"];

/// What the document says the name is.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Body,
    Thing,
}

/// Gives names the kind that the document says, and leaves out things and quarters of a compass in
/// addresses ("M Street, N.W.").
pub fn apply(page: &Page, mut kept: Vec<Candidate>) -> Vec<Candidate> {
    complete(page, &mut kept);
    let mut said: HashMap<String, Said> = HashMap::new();
    for (number, candidate) in kept.iter().enumerate() {
        if is_called_a_body(page, candidate) {
            said.insert(page.folded(candidate.first, candidate.end), Said::Body);
        }
        if is_thing(page, candidate) {
            said.insert(page.folded(candidate.first, candidate.end), Said::Thing);
            if let Some(short) = kept
                .get(number + 1)
                .filter(|short| is_short_of(page, candidate, short))
            {
                said.insert(page.folded(short.first, short.end), Said::Thing);
            }
        }
    }
    kept.into_iter()
        .filter_map(|mut candidate| {
            if is_quarter(page, &candidate) {
                return None;
            }
            let known = said.get(&page.folded(candidate.first, candidate.end));
            match (known, candidate.kind) {
                (Some(Said::Thing), EntityKind::Organization) => return None,
                (Some(Said::Body), EntityKind::Person) => {
                    candidate.kind = EntityKind::Organization;
                    candidate.rule = "called";
                }
                _ => {}
            }
            Some(candidate)
        })
        .collect()
}

/// "End the War Alliance chair Ada Byron" with "War Alliance" alone marked: where the document has the longer
/// name elsewhere, and its words stand here too, it is that name.
fn complete(page: &Page, kept: &mut [Candidate]) {
    /// Names that end in one word, beyond which it tells nothing.
    const MOST: usize = 20;
    let mut longer: HashMap<&str, Vec<(usize, String)>> = HashMap::new();
    for candidate in kept.iter().filter(|c| c.kind == EntityKind::Organization) {
        let length = candidate.end - candidate.first;
        let names = longer.entry(page.key(candidate.end - 1)).or_default();
        let name = page.folded(candidate.first, candidate.end);
        if length > 2 && names.len() < MOST && names.iter().all(|(_, known)| *known != name) {
            names.push((length, name));
        }
    }
    let mut free = 0;
    for candidate in kept.iter_mut() {
        let (first, end) = (candidate.first, candidate.end);
        let names = longer.get(page.key(end - 1)).map_or(&[][..], Vec::as_slice);
        let whole = names
            .iter()
            .filter(|(length, _)| *length > end - first && end >= free + length)
            .filter(|(length, name)| page.folded(end - length, end) == *name)
            .map(|(length, _)| end - length)
            .min();
        if let (Some(whole), EntityKind::Organization) = (whole, candidate.kind) {
            candidate.first = whole;
        }
        free = end;
    }
}

/// "The organization 'Acme'": the noun stands before the quotation marks that hold the name alone.
fn is_called_a_body(page: &Page, candidate: &Candidate) -> bool {
    const MARKS: [[&str; 2]; 2] = [["\"", "\""], ["“", "”"]];
    let (first, end) = (candidate.first, candidate.end);
    // A name that may be a person's, or a place's, may be so elsewhere in the document.
    let is_strange = candidate.kind == EntityKind::Person
        && end == first + 1
        && !page.tags(first).has_any(&[Tag::Given, Tag::Surname]);
    is_strange
        && first > 1
        && MARKS
            .iter()
            .any(|[open, close]| page.is_mark(first - 1, open) && page.is_mark(end, close))
        && page.tokens[first - 2].class == Class::Lower
        && BODIES.contains(&page.key(first - 2))
}

/// "Electronic Voting Machine".
fn is_thing(page: &Page, candidate: &Candidate) -> bool {
    let (first, end) = (candidate.first, candidate.end);
    let has_article = first > 0 && matches!(page.key(first - 1), "the" | "a" | "an");
    // "Rage Against the Machine" is a band.
    let is_plain = (first..end).all(|at| page.is_capitalized(at));
    candidate.kind == EntityKind::Organization
        && end > first + 1
        && has_article
        && is_plain
        && THINGS.contains(&page.key(end - 1))
}

/// The next mention stands in brackets right behind, in capitals.
fn is_short_of(page: &Page, long: &Candidate, short: &Candidate) -> bool {
    short.first == long.end + 1
        && short.end == short.first + 1
        && page.is_mark(long.end, "(")
        && page.is_mark(short.end, ")")
        && page.tokens[short.first].class == Class::Upper
}

/// "M Street, N.W.": a quarter of a town, which names nothing by itself. "Omaha, NE" is a state.
fn is_quarter(page: &Page, candidate: &Candidate) -> bool {
    const STREETS: [&str; 8] = [
        "street",
        "st",
        "avenue",
        "ave",
        "road",
        "rd",
        "boulevard",
        "lane",
    ];
    let (first, end) = (candidate.first, candidate.end);
    first > 1
        && candidate.kind == EntityKind::Place
        && page.is_mark(first - 1, ",")
        && STREETS.contains(&page.key(first - 2))
        && matches!(
            page.folded(first, end).replace(' ', "").as_str(),
            "nw" | "ne" | "sw" | "se"
        )
}

#[cfg(test)]
mod tests {
    use super::super::candidate::marked;
    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::text::sentences;

    /// The kinds of the named words after the document has had its say.
    fn kinds(text: &str, names: &[(&str, EntityKind)]) -> Vec<(String, EntityKind)> {
        let page = Page::new(text, &sentences(text), Lexicon::shared());
        let kept = marked(&page, text, names);
        let out = apply(&page, kept);
        let named = out
            .iter()
            .map(|c| (page.span(c.first, c.end).to_owned(), c.kind));
        named.collect()
    }

    #[test]
    fn a_noun_before_quotation_marks_says_what_a_name_is() {
        let text = "The human rights organisation \"Globar\" asked for it. Globar's lawyer left.";
        let found = kinds(text, &[("Globar", EntityKind::Person)]);
        assert_eq!(found.len(), 2);
        assert!(
            found
                .iter()
                .all(|(_, kind)| *kind == EntityKind::Organization),
            "{found:?}"
        );
        let chicago = "The band \"Chicago\" toured. He was born in Chicago.";
        let found = kinds(chicago, &[("Chicago", EntityKind::Place)]);
        assert!(
            found.iter().all(|(_, kind)| *kind == EntityKind::Place),
            "{found:?}"
        );
        let plan = "The news agency \"Sanders' plan is dead\" wrote. Sanders left.";
        let found = kinds(plan, &[("Sanders", EntityKind::Person)]);
        assert!(
            found.iter().all(|(_, kind)| *kind == EntityKind::Person),
            "{found:?}"
        );
        let person = "The group Ada Byron founded left. \"Ada Byron\" signed.";
        let found = kinds(person, &[("Ada Byron", EntityKind::Person)]);
        assert!(
            found.iter().all(|(_, kind)| *kind == EntityKind::Person),
            "{found:?}"
        );
    }

    #[test]
    fn a_machine_is_no_organization_under_any_of_its_names() {
        let text = "The Electronic Voting Machine (EVM) failed. They back the EVM. The EC met.";
        let names = [
            ("Electronic Voting Machine", EntityKind::Organization),
            ("EVM", EntityKind::Organization),
            ("EC", EntityKind::Organization),
        ];
        assert_eq!(
            kinds(text, &names),
            [("EC".to_owned(), EntityKind::Organization)]
        );
    }

    #[test]
    fn a_name_that_was_cut_off_is_completed_from_elsewhere() {
        let text = "The End the War Alliance met. End the War Alliance chair Ada Byron spoke. A Peace Alliance met.";
        let page = Page::new(text, &sentences(text), Lexicon::shared());
        let at = |name: &str, nth: usize| {
            let start = text.match_indices(name).nth(nth).unwrap().0;
            let [first, end] = page.touched(start, start + name.len());
            Candidate::new(first, end, EntityKind::Organization, 0.8, "tagger")
        };
        let kept = vec![
            at("End the War Alliance", 0),
            at("War Alliance", 1),
            at("Peace Alliance", 0),
        ];
        let out = apply(&page, kept);
        let names: Vec<&str> = out.iter().map(|c| page.span(c.first, c.end)).collect();
        let whole = "End the War Alliance";
        assert_eq!(names, [whole, whole, "Peace Alliance"]);
    }

    #[test]
    fn companies_and_bands_may_be_called_machines() {
        let text = "International Business Machines grew. Rage Against the Machine toured.";
        let names = [
            ("International Business Machines", EntityKind::Organization),
            ("Rage Against the Machine", EntityKind::Organization),
        ];
        assert_eq!(kinds(text, &names).len(), 2);
    }

    #[test]
    fn a_quarter_of_a_town_is_no_place_of_its_own() {
        let text = "It stands at 32 Elm Street, NW, Washington.";
        let names = [("NW", EntityKind::Place), ("Washington", EntityKind::Place)];
        assert_eq!(
            kinds(text, &names),
            [("Washington".to_owned(), EntityKind::Place)]
        );
    }
}
