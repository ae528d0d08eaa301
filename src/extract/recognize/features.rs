//! What lexicons, gazetteer, rules and the document itself say of each word, as numbers that the
//! trained recognizer has learned to weigh. It learns what a number means, so that names are added
//! at the end and never moved without training anew.

use super::candidate::{Candidate, NOT_A_MENTION};
use super::page::Page;
use super::places::longest_name;
use crate::extract::gazetteer::{Gazetteer, Place, PlaceKind};
use crate::extract::lexicon::{Known, Lexicon, Tag};
use crate::model::EntityKind;
use redstring_tagger::{Features, Word};
use std::collections::HashMap;

/// How a word is written.
const CASES: &[&str] = &[
    "case.lower",
    "case.initial",
    "case.upper",
    "case.mixed",
    "case.single",
    "case.alnum",
    "case.number",
    "case.other",
];
/// Kinds in the order of the features; apart from [`EntityKind::ALL`], which may grow.
const KINDS: &[EntityKind] = &[
    EntityKind::Person,
    EntityKind::Unit,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Equipment,
    EntityKind::Event,
    EntityKind::Group,
    EntityKind::Date,
];
const PLACES: &[&str] = &[
    "place.country",
    "place.region",
    "place.city.large",
    "place.city.middle",
    "place.city.small",
    "place.water",
    "place.wide",
    "place.historic",
];
const LISTS: &[&str] = &["list.demonym", "list.group", "list.institution"];
const TAGS: &[(Tag, &str)] = &[
    (Tag::Title, "word.title"),
    (Tag::Rank, "word.rank"),
    (Tag::Role, "word.role"),
    (Tag::OrganizationHead, "word.organization_head"),
    (Tag::CompanySuffix, "word.company_suffix"),
    (Tag::UnitHead, "word.unit_head"),
    (Tag::UnitEchelon, "word.unit_echelon"),
    (Tag::UnitType, "word.unit_type"),
    (Tag::PlaceHead, "word.place_head"),
    (Tag::RegionWord, "word.region_word"),
    (Tag::PlacePrefix, "word.place_prefix"),
    (Tag::Direction, "word.direction"),
    (Tag::Particle, "word.particle"),
    (Tag::Month, "word.month"),
    (Tag::Weekday, "word.weekday"),
    (Tag::Speech, "word.speech"),
    (Tag::PlacePreposition, "word.place_preposition"),
    (Tag::NonName, "word.non_name"),
    (Tag::Capitals, "word.capitals"),
    (Tag::ThingHead, "word.thing_head"),
    (Tag::EventHead, "word.event_head"),
    (Tag::Equipment, "word.equipment"),
    (Tag::Starter, "word.starter"),
    (Tag::Given, "word.given"),
    (Tag::Surname, "word.surname"),
    (Tag::Common, "word.common"),
];
const FLAGS: &[&str] = &[
    "rule.sure",
    "rule.unsure",
    "rule.shape",
    "rule.thing",
    "document.lower",
    "document.inside",
    "document.inside.often",
    "sentence.start",
    "sentence.unclear",
    "sentence.headline",
    "glued",
];

const RULES_AT: usize = CASES.len();
const MOSTLY_AT: usize = RULES_AT + 2 * KINDS.len();
const PLACES_AT: usize = MOSTLY_AT + KINDS.len();
const LISTS_AT: usize = PLACES_AT + 2 * PLACES.len();
const TAGS_AT: usize = LISTS_AT + 2 * LISTS.len();
const FLAGS_AT: usize = TAGS_AT + TAGS.len();
/// How many features there are.
#[cfg(test)]
const COUNT: usize = FLAGS_AT + FLAGS.len();

const SURE: usize = FLAGS_AT;
const UNSURE: usize = FLAGS_AT + 1;
const SHAPE: usize = FLAGS_AT + 2;
const THING: usize = FLAGS_AT + 3;
const LOWER: usize = FLAGS_AT + 4;
const INSIDE: usize = FLAGS_AT + 5;
const INSIDE_OFTEN: usize = FLAGS_AT + 6;
const START: usize = FLAGS_AT + 7;
const UNCLEAR: usize = FLAGS_AT + 8;
const HEADLINE: usize = FLAGS_AT + 9;
const GLUED: usize = FLAGS_AT + 10;

/// The features' names by number: `rule.begin.person`, `word.given`…
pub fn names() -> Vec<String> {
    let both = |name: &str| [format!("{name}.begin"), format!("{name}.inside")];
    let mut names: Vec<String> = CASES.iter().map(|&name| name.to_owned()).collect();
    names.extend(
        KINDS
            .iter()
            .flat_map(|kind| both(&format!("rule.{}", kind.key()))),
    );
    names.extend(KINDS.iter().map(|kind| format!("document.{}", kind.key())));
    names.extend(PLACES.iter().chain(LISTS).flat_map(|name| both(name)));
    names.extend(TAGS.iter().map(|&(_, name)| name.to_owned()));
    names.extend(FLAGS.iter().map(|&name| name.to_owned()));
    names
}

/// The features of `words`, which lie in the page's sentences. `kept` are the rules' mentions in
/// their order, those that only keep others away included.
pub fn features(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    kept: &[Candidate],
    words: &[Word],
) -> Features {
    let by_token = of_tokens(page, lexicon, gazetteer, kept);
    let mut out = Features::default();
    let mut token = 0;
    let mut row = Vec::new();
    for word in words {
        row.clear();
        row.push(case_of(&page.text[word.start..word.end]));
        while page.tokens.get(token).is_some_and(|t| t.end <= word.start) {
            token += 1;
        }
        if let Some(found) = page.tokens.get(token)
            && found.start < word.end
        {
            let is_first = word.start <= found.start;
            by_token.push_to(&mut row, token, is_first);
        }
        row.sort_unstable();
        row.dedup();
        out.push(&row);
    }
    out
}

/// Features of the page's tokens: spans as "begin" numbers, whose "inside" number is one higher.
struct OfTokens {
    /// For each token the spans that cover it: the begin number, and whether it is the first token.
    spans: Vec<Vec<(u16, bool)>>,
    /// For each token the rest.
    flags: Vec<Vec<u16>>,
}

impl OfTokens {
    fn push_to(&self, row: &mut Vec<u16>, token: usize, is_first_word: bool) {
        for &(begin, is_first) in &self.spans[token] {
            row.push(begin + u16::from(!(is_first && is_first_word)));
        }
        let glued = number(GLUED);
        let flags = self.flags[token].iter().copied();
        // What is inside a token is glued to what is before it; it starts no sentence.
        row.extend(flags.filter(|&f| is_first_word || f != number(START) && f != glued));
        if !is_first_word {
            row.push(glued);
        }
    }

    fn cover(&mut self, [first, end]: [usize; 2], begin: usize) {
        for index in first..end {
            self.spans[index].push((number(begin), index == first));
        }
    }
}

/// There are far fewer features than a `u16` counts.
#[allow(clippy::cast_possible_truncation)]
const fn number(feature: usize) -> u16 {
    feature as u16
}

fn kind_index(kind: EntityKind) -> Option<usize> {
    KINDS.iter().position(|&k| k == kind)
}

fn of_tokens(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    kept: &[Candidate],
) -> OfTokens {
    let count = page.tokens.len();
    let mut all = OfTokens {
        spans: vec![Vec::new(); count],
        flags: vec![Vec::new(); count],
    };
    let mostly = mostly(page, kept);
    for index in 0..count {
        flags_of(page, index, &mut all.flags[index]);
        if let Some(&kind) = mostly.get(page.key(index)) {
            all.flags[index].push(number(MOSTLY_AT + kind));
        }
    }
    for candidate in kept {
        let range = [candidate.first, candidate.end];
        let flag = if candidate.rule == NOT_A_MENTION {
            THING
        } else {
            if let Some(kind) = kind_index(candidate.kind) {
                all.cover(range, RULES_AT + 2 * kind);
            }
            match candidate.score {
                _ if candidate.rule == "shape" => SHAPE,
                score if score >= 0.85 => SURE,
                score if score < 0.65 => UNSURE,
                _ => continue,
            }
        };
        for index in candidate.first..candidate.end {
            all.flags[index].push(number(flag));
        }
    }
    for &[first, end] in &page.sentences {
        all.flags[first].push(number(START));
        listed(page, lexicon, gazetteer, [first, end], &mut all);
    }
    all
}

/// Names of gazetteer and lexicon, the longest first, whatever stands around them.
fn listed(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    [first, end]: [usize; 2],
    all: &mut OfTokens,
) {
    let mut next_place = first;
    let mut next_known = first;
    for index in first..end {
        if page.is_capitalized(index)
            && index >= next_place
            && let Some((stop, place)) = longest_name(page, gazetteer, index, end)
        {
            all.cover([index, stop], PLACES_AT + 2 * place_class(&place));
            next_place = stop;
        }
        let can_be_known = page.tokens[index].is_word() || page.tokens[index].is_capitalized();
        if can_be_known
            && index >= next_known
            && let Some(stop) = page.known_end(index, end, lexicon)
            && let Some(known) = lexicon.known(&page.folded(index, stop))
        {
            let list = match known {
                Known::Demonym(..) => 0,
                Known::Group => 1,
                Known::Institution(_) => 2,
            };
            all.cover([index, stop], LISTS_AT + 2 * list);
            next_known = stop;
        }
    }
}

fn place_class(place: &Place) -> usize {
    match place.kind {
        PlaceKind::Country => 0,
        PlaceKind::Region => 1,
        PlaceKind::City if place.population_class >= 10 => 2,
        PlaceKind::City if place.population_class >= 7 => 3,
        PlaceKind::City => 4,
        PlaceKind::Sea | PlaceKind::River => 5,
        PlaceKind::Continent => 6,
        PlaceKind::Historic => 7,
    }
}

fn flags_of(page: &Page, index: usize, flags: &mut Vec<u16>) {
    let word = page.word(index);
    let tags = word.tags;
    let found = TAGS
        .iter()
        .enumerate()
        .filter(|(_, (tag, _))| tags.has(*tag));
    flags.extend(found.map(|(at, _)| number(TAGS_AT + at)));
    let facts = [
        (LOWER, word.lower > 0),
        (INSIDE, word.inside > 0),
        (INSIDE_OFTEN, word.inside > 2),
        (UNCLEAR, page.is_unclear(index)),
        (HEADLINE, page.is_in_headline(index)),
        (GLUED, page.tokens[index].is_glued),
    ];
    flags.extend(
        facts
            .iter()
            .filter(|fact| fact.1)
            .map(|fact| number(fact.0)),
    );
}

/// For each folded word that is part of a name somewhere, the kind of most of these names.
fn mostly<'a>(page: &'a Page, kept: &[Candidate]) -> HashMap<&'a str, usize> {
    let mut sums: HashMap<&str, [f32; KINDS.len()]> = HashMap::new();
    for candidate in kept.iter().filter(|c| c.rule != NOT_A_MENTION) {
        let Some(kind) = kind_index(candidate.kind) else {
            continue;
        };
        for index in candidate.first..candidate.end {
            if page.is_capitalized(index) {
                sums.entry(page.key(index)).or_default()[kind] += candidate.score;
            }
        }
    }
    let best = |sums: [f32; KINDS.len()]| {
        (0..KINDS.len()).fold(
            0,
            |best, next| if sums[next] > sums[best] { next } else { best },
        )
    };
    sums.into_iter()
        .map(|(key, sums)| (key, best(sums)))
        .collect()
}

/// The number of the word's letter case.
fn case_of(word: &str) -> u16 {
    let (mut letters, mut upper, mut lower, mut digits) = (0, 0, 0, 0);
    for c in word.chars() {
        letters += usize::from(c.is_alphabetic());
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        digits += usize::from(c.is_numeric());
    }
    let initial = word.chars().next().is_some_and(char::is_uppercase);
    match (letters, digits) {
        (0, 0) => 7,
        (0, _) => 6,
        (_, 1..) => 5,
        (1, _) if upper == 1 => 4,
        _ if upper > 0 && lower == 0 => 2,
        _ if initial && upper == 1 => 1,
        _ if upper > 0 => 3,
        _ if lower > 0 => 0,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_has_a_name() {
        let names = names();
        assert_eq!(names.len(), COUNT);
        assert_eq!(names[RULES_AT + 1], "rule.person.inside");
        assert_eq!(names[MOSTLY_AT], "document.person");
        assert_eq!(names[PLACES_AT], "place.country.begin");
        assert_eq!(names[GLUED], "glued");
        let distinct: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), COUNT);
    }

    #[test]
    fn letter_case() {
        let of = |word: &str| CASES[usize::from(case_of(word))];
        assert_eq!(of("troops"), "case.lower");
        assert_eq!(of("Kursk"), "case.initial");
        assert_eq!(of("NATO"), "case.upper");
        assert_eq!(of("McDonald"), "case.mixed");
        assert_eq!(of("J"), "case.single");
        assert_eq!(of("T90M"), "case.alnum");
        assert_eq!(of("1945"), "case.number");
        assert_eq!(of("平"), "case.other");
        assert_eq!(of("—"), "case.other");
    }
}
