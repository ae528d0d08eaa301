//! What the words beside a name say of its kind: "the newspaper Acme", "Hurricane Ada", "the governor of
//! Zembla, Ada Byron, said". What is said of a name once holds for all of the document.

use super::candidate::Candidate;
use super::fashions;
use super::page::Page;
use crate::extract::gazetteer::Gazetteer;
use crate::extract::lexicon::Tag;
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::{HashMap, HashSet};

/// The rule of names whose kind was put right.
const RULE: &str = "beside";

/// Nouns right before the name of what publishes.
const MEDIA: &[&str] = &[
    "broadcaster",
    "channel",
    "daily",
    "magazine",
    "newspaper",
    "newspapers",
    "newswire",
    "outlet",
    "podcast",
    "portal",
    "tabloid",
    "website",
    "weekly",
];
/// Nouns right behind the name of a body whose they are.
const STAFF: &[&str] = &[
    "customers",
    "employees",
    "executives",
    "investors",
    "officials",
    "shareholders",
    "shares",
    "staffers",
    "stores",
    "subsidiaries",
];
/// What people alone do.
const SAYS: &[&str] = &[
    "added",
    "asked",
    "explained",
    "recalled",
    "replied",
    "said",
    "says",
    "stated",
    "thanked",
    "told",
    "tweeted",
    "wrote",
];
/// Before the name of a place that is fought for or gone to.
const TAKES: &[&str] = &[
    "besieged",
    "bombed",
    "captured",
    "entered",
    "liberated",
    "occupied",
    "overran",
    "reached",
    "recaptured",
    "retook",
    "seized",
    "shelled",
    "stormed",
    "took",
];
/// Before the name of one of a family.
const KIN: &[&str] = &[
    "aunt",
    "baby",
    "brother",
    "daughter",
    "father",
    "granddaughter",
    "grandmother",
    "grandson",
    "husband",
    "mother",
    "niece",
    "sister",
    "son",
    "wife",
];
/// A kind that is wrong, and the one that the words beside it tell.
type Change = (EntityKind, EntityKind);

/// Puts kinds right and leaves out what names nothing. `kept` is sorted and free of overlaps, and so is
/// the result.
pub fn apply(page: &Page, gazetteer: &Gazetteer, mut kept: Vec<Candidate>) -> Vec<Candidate> {
    fashions::apply(page, gazetteer, &mut kept);
    let persons = names_of_persons(page, &kept);
    let mut told: HashMap<String, Change> = HashMap::new();
    for at in 0..kept.len() {
        let candidate = &kept[at];
        let change = match candidate.kind {
            EntityKind::Person if is_strange(page, &persons, candidate) => {
                of_person(page, gazetteer, &kept, at)
            }
            EntityKind::Place => of_place(page, gazetteer, &kept, at),
            EntityKind::Organization => of_organization(page, candidate),
            _ => None,
        };
        if let Some(kind) = change {
            let name = page.folded(candidate.first, candidate.end);
            told.insert(name, (candidate.kind, kind));
        }
    }
    if !told.is_empty() {
        for candidate in &mut kept {
            let is_small = matches!(page.key(candidate.first), "little" | "young");
            let bare =
                candidate.first + usize::from(is_small && candidate.end > candidate.first + 1);
            let name = page.folded(bare, candidate.end);
            if let Some(&(from, to)) = told.get(&name)
                && from == candidate.kind
            {
                candidate.first = bare;
                candidate.kind = to;
                candidate.rule = RULE;
                candidate.canonical = None;
                candidate.country = None;
            }
        }
    }
    kept
}

/// The names of several words that persons of the document bear, by their words; names of which the lists
/// know no word are left out.
fn names_of_persons(page: &Page, kept: &[Candidate]) -> HashMap<String, HashSet<String>> {
    let mut names: HashMap<String, HashSet<String>> = HashMap::new();
    let persons = kept.iter().filter(|c| c.kind == EntityKind::Person);
    for person in persons.filter(|c| c.end > c.first + 1) {
        if is_listed(page, person.first, person.end) {
            let name = page.folded(person.first, person.end);
            for word in name.split(' ') {
                names
                    .entry(word.to_owned())
                    .or_default()
                    .insert(name.clone());
            }
        }
    }
    names
}

/// No other person of the document has a word of the name.
fn is_strange(
    page: &Page,
    names: &HashMap<String, HashSet<String>>,
    candidate: &Candidate,
) -> bool {
    let own = page.folded(candidate.first, candidate.end);
    own.split(' ')
        .filter_map(|word| names.get(word))
        .all(|names| names.iter().all(|name| *name == own))
}

fn is_listed(page: &Page, first: usize, end: usize) -> bool {
    (first..end).any(|at| page.tags(at).has_any(&[Tag::Given, Tag::Surname]))
}

/// What a name taken for a person's is.
fn of_person(
    page: &Page,
    gazetteer: &Gazetteer,
    kept: &[Candidate],
    at: usize,
) -> Option<EntityKind> {
    let (first, end) = (kept[at].first, kept[at].end);
    // Marks and the first word of a text stand for no word before.
    let before = first.checked_sub(1).unwrap_or(page.tokens.len());
    let is_small = |index: usize| {
        page.tokens
            .get(index)
            .is_some_and(|token| token.class == Class::Lower)
    };
    let is_before = |words: &[&str]| is_small(before) && words.contains(&page.key(before));
    let is_after = |class: Class| {
        page.tokens
            .get(end)
            .is_none_or(|token| token.class == class)
    };
    let is_name = is_listed(page, first, end);
    // "The channel Smith founded" has a name that the lists know.
    let is_plain = !is_name || end == first + 1 && is_after(Class::Mark);
    if is_before(MEDIA) && is_plain {
        return Some(EntityKind::Organization);
    }
    if is_small(end) && STAFF.contains(&page.key(end)) && !has_title(page, first) {
        return Some(EntityKind::Organization);
    }
    let is_word = end == first + 1 && !is_name;
    let is_surname = page.tags(first).has(Tag::Surname);
    let is_beside = end == first + 1 && !is_surname && is_before(&["and"]);
    if is_beside && is_owned_body(page, kept, at) {
        return Some(EntityKind::Organization);
    }
    // "Took Zembla", but not "took Ada to Zembla": people are taken and captured too.
    let is_taken = matches!(page.key(before), "captured" | "seized" | "took");
    let goes_on = matches!(page.key(end), "by" | "from" | "into" | "to" | "with");
    let is_known = !gazetteer.find(page.key(first)).is_empty();
    let is_sure = !is_taken || is_known || page.key(before) == "took" && !goes_on;
    (is_word && is_before(TAKES) && is_sure).then_some(EntityKind::Place)
}

/// What a name taken for a body's is.
fn of_organization(page: &Page, candidate: &Candidate) -> Option<EntityKind> {
    let (first, end) = (candidate.first, candidate.end);
    if page.key(end - 1) == "empire" && end > first + 1 {
        return Some(EntityKind::Place);
    }
    // "The Smith-led government".
    let own = page.tags(first);
    let is_led = page.is_hyphen(end) && matches!(page.key(end + 1), "led" | "appointed");
    let is_surname = end == first + 1
        && page.tokens[first].class == Class::Title
        && own.has(Tag::Surname)
        && !own.has(Tag::Common);
    (is_led && is_surname).then_some(EntityKind::Person)
}

fn has_title(page: &Page, first: usize) -> bool {
    first > 0 && page.tags(first - 1).has_any(&[Tag::Title, Tag::Rank])
}

/// "France's Acme and Thalia": the name before "and" is a body, and a country's.
fn is_owned_body(page: &Page, kept: &[Candidate], at: usize) -> bool {
    let Some([owner, body]) = at.checked_sub(2).and_then(|from| kept.get(from..at)) else {
        return false;
    };
    body.kind == EntityKind::Organization
        && body.end + 1 == kept[at].first
        && matches!(owner.kind, EntityKind::Place | EntityKind::Group)
        && owner.end + 1 == body.first
        && page.tokens[owner.end].class == Class::Possessive
}

/// What a name taken for a place's is.
fn of_place(
    page: &Page,
    gazetteer: &Gazetteer,
    kept: &[Candidate],
    at: usize,
) -> Option<EntityKind> {
    let (first, end) = (kept[at].first, kept[at].end);
    let before = first.checked_sub(1)?;
    let is_capitalized = (first..end).all(|index| page.is_capitalized(index));
    let is_given = page.tags(first).has(Tag::Given);
    let says = page
        .tokens
        .get(end)
        .is_some_and(|token| token.class == Class::Lower)
        && SAYS.contains(&page.key(end));
    let is_open = end > first + 1
        && is_capitalized
        && !page
            .tags(end - 1)
            .has_any(&[Tag::PlaceHead, Tag::RegionWord])
        && gazetteer.find(&page.folded(first, end)).is_empty();
    let is_there = page.tags(before).has(Tag::PlacePreposition) || page.is_word(before, "of");
    if is_open && says && !is_there && end == first + 2 {
        return Some(EntityKind::Person);
    }
    // "The governor of Zembla, Ada Byron, said".
    if is_open && page.is_mark(before, ",") && (says || page.is_mark(end, ",")) {
        return is_led_by(page, kept, at).then_some(EntityKind::Person);
    }
    // "Her daughter, Georgia": nothing says where.
    let kin = before - usize::from(page.is_mark(before, ",") && before > 0);
    let is_kin = KIN.contains(&page.key(kin)) && page.tokens[kin].class == Class::Lower;
    let is_alone = end == first + 1 && is_given && !is_in_place(page, kept, at);
    (is_kin && is_alone).then_some(EntityKind::Person)
}

/// Somewhere the document says that something is there: "in Georgia".
fn is_in_place(page: &Page, kept: &[Candidate], at: usize) -> bool {
    let name = page.folded(kept[at].first, kept[at].end);
    kept.iter().any(|other| {
        other.first > 0
            && page.tags(other.first - 1).has(Tag::PlacePreposition)
            && page.folded(other.first, other.end) == name
    })
}

/// What stands before the comma is a post and the place where it is held.
fn is_led_by(page: &Page, kept: &[Candidate], at: usize) -> bool {
    let Some(place) = at.checked_sub(1).map(|before| &kept[before]) else {
        return false;
    };
    let of = place
        .first
        .saturating_sub(1 + usize::from(place.first > 0 && page.key(place.first - 1) == "the"));
    place.kind == EntityKind::Place
        && place.end + 1 == kept[at].first
        && page.is_word(of, "of")
        && of > 0
        && page.tags(of - 1).has_any(&[Tag::Role, Tag::Title])
}

#[cfg(test)]
mod tests {
    use super::super::candidate::marked;
    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::text::sentences;

    use EntityKind::{Organization, Person, Place};

    /// "kind name" of what the words marked with a kind become.
    fn kinds(text: &str, names: &[(&str, EntityKind)]) -> Vec<String> {
        let page = Page::new(text, &sentences(text), Lexicon::shared());
        let kept = marked(&page, text, names);
        let found = apply(&page, Gazetteer::shared(), kept);
        let name = |c: &Candidate| format!("{} {}", c.kind.key(), page.span(c.first, c.end));
        found.iter().map(name).collect()
    }

    #[test]
    fn what_publishes_and_what_has_officials_is_no_person() {
        let text = "According to the Telegram channel Zorbex it fell. Zorbex claims more.";
        assert_eq!(
            kinds(text, &[("Zorbex", Person)]),
            ["organization Zorbex", "organization Zorbex"]
        );
        let text = "The channel Smith founded grew.";
        assert_eq!(kinds(text, &[("Smith", Person)]), ["person Smith"]);
        let text = "The Smith-led party and the Unity-led party met.";
        let names = [("Smith", Organization), ("Unity", Organization)];
        assert_eq!(kinds(text, &names), ["person Smith", "organization Unity"]);
        let text = "Zor Bex officials declined to comment. Mr. Zar Bek's officials slept.";
        let names = [("Zor Bex", Person), ("Zar Bek", Person)];
        assert_eq!(
            kinds(text, &names),
            ["organization Zor Bex", "person Zar Bek"]
        );
    }

    #[test]
    fn a_country_s_firms_are_firms() {
        let names = [
            ("France", Place),
            ("Acmeon", Organization),
            ("Thalexis", Person),
        ];
        let text = "France's Acmeon and Thalexis deny it.";
        assert_eq!(kinds(text, &names)[2], "organization Thalexis");
        let text = "In France Acmeon and Thalexis deny it.";
        assert_eq!(kinds(text, &names)[2], "person Thalexis");
    }

    #[test]
    fn who_holds_a_post_is_no_place() {
        let text = "The governor of Zamfara, Dauda Kolo, thanked them.";
        let names = [("Zamfara", Place), ("Dauda Kolo", Place)];
        assert_eq!(kinds(text, &names)[1], "person Dauda Kolo");
        let text = "The town of Zamfara, North Kolo, slept.";
        assert_eq!(
            kinds(text, &[("Zamfara", Place), ("North Kolo", Place)])[1],
            "place North Kolo"
        );
    }

    #[test]
    fn a_daughter_is_no_state_unless_things_are_in_it() {
        let text = "She had a daughter, Virginia. Later Virginia sang.";
        assert_eq!(
            kinds(text, &[("Virginia", Place)]),
            ["person Virginia", "person Virginia"]
        );
        let text = "She had a son, Virginia papers say. It was in Virginia.";
        assert_eq!(kinds(text, &[("Virginia", Place)])[0], "place Virginia");
    }

    #[test]
    fn what_is_taken_is_a_place_if_there_is_one() {
        let text = "The rebels took Bunagana. Bunagana burned.";
        assert_eq!(
            kinds(text, &[("Bunagana", Person)]),
            ["place Bunagana", "place Bunagana"]
        );
        let text = "The rebels captured Zorbexan. The rebels took Jackson. They took Zorb to Rome.";
        let names = [("Zorbexan", Person), ("Jackson", Person), ("Zorb", Person)];
        assert!(
            kinds(text, &names)
                .iter()
                .all(|name| name.starts_with("person"))
        );
    }

    #[test]
    fn storms_and_fellows() {
        let text = "Tropical storm Bonnie grew. Bonnie hit land.";
        assert_eq!(
            kinds(text, &[("Bonnie", Person)]),
            ["event Bonnie", "event Bonnie"]
        );
        let text = "Tropical storm Bonnie hit Bonnie Tyler.";
        let names = [("Bonnie Tyler", Person), ("Bonnie", Person)];
        assert!(
            kinds(text, &names)
                .iter()
                .all(|name| name.starts_with("person"))
        );
        let text =
            "She founded the Mothers of the Green Square. The mothers of the Green Square sang.";
        assert_eq!(
            kinds(text, &[("Green Square", Place)]),
            [
                "organization Mothers of the Green Square",
                "place Green Square"
            ]
        );
    }

    #[test]
    fn an_empire_is_a_place_and_a_bare_group_is_nothing() {
        let names = [("Spanish Empire", Organization), ("Group", Organization)];
        let text = "The Spanish Empire fell. Acme Insurance (Group) rose.";
        assert_eq!(kinds(text, &names), ["place Spanish Empire"]);
    }
}
