//! What the tagger found and what the rules found, made one: the tagger decides on persons,
//! organizations and places; the rules on units, dates, equipment and events; lexicon and gazetteer
//! tell what a name stands for, whoever found it.

use super::candidate::{Candidate, NOT_A_MENTION};
use super::page::Page;
use super::places;
use crate::extract::gazetteer::Gazetteer;
use crate::extract::lexicon::{Known, Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;
use redstring_tagger::{Tagged, Word, calibrated};

/// The rule of mentions that the tagger alone found.
const TAGGER: &str = "tagger";
/// A unit of the rules stands, whatever the tagger says, from this score on.
const SURE_UNIT: f32 = 0.85;
/// The tagger is unsure of what it gives less.
const UNSURE: f32 = 0.7;
/// Bytes around a mention in which an address is looked for.
const ADDRESS_REACH: usize = 120;

/// The tagger's mentions as candidates, bare names only. `kinds` tells for each number of a kind
/// what it is, `None` for kinds that are not kept.
pub fn candidates(
    page: &Page,
    words: &[Word],
    tagged: &[Tagged],
    kinds: &[Option<EntityKind>],
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::with_capacity(tagged.len());
    for mention in tagged {
        let Some(kind) = kinds.get(mention.kind).copied().flatten() else {
            continue;
        };
        let [start, end] = [words[mention.words[0]].start, words[mention.words[1]].end];
        let [first, stop] = page.touched(start, end);
        let first = first.max(out.last().map_or(0, |last| last.end));
        for part in parts(page, kind, [first, stop]) {
            let [first, stop] = bare(page, kind, part);
            if first < stop && !is_lower(page, first, stop) && !is_in_address(page, first, stop) {
                out.push(Candidate::new(first, stop, kind, mention.score, TAGGER));
            }
        }
    }
    out
}

/// The span in parts that each lie in one sentence; "Kursk, Ukraine" names two places.
fn parts(page: &Page, kind: EntityKind, [first, stop]: [usize; 2]) -> Vec<[usize; 2]> {
    let mut out = Vec::new();
    let mut start = first;
    let mut sentence = page.sentences.partition_point(|range| range[1] <= first);
    for index in first..stop {
        if page
            .sentences
            .get(sentence)
            .is_some_and(|range| range[1] <= index)
        {
            out.push([start, index]);
            start = index;
            sentence += 1;
        }
        if kind == EntityKind::Place && page.is_mark(index, ",") {
            out.push([start, index]);
            start = index + 1;
        }
    }
    out.push([start, stop]);
    // "Washington, D.C." is one place, and its first part says which.
    let is_district = |&[first, _]: &[usize; 2]| matches!(page.str(first), "D.C" | "D.C." | "DC");
    if out.len() > 1 && out.last().is_some_and(is_district) {
        out.pop();
    }
    out
}

/// Words that no name ends with.
const LOOSE: &[&str] = &[
    "and", "at", "by", "for", "from", "in", "of", "or", "the", "to", "with",
];

/// The name without article, title, possessive ending and outer marks.
fn bare(page: &Page, kind: EntityKind, [mut first, mut stop]: [usize; 2]) -> [usize; 2] {
    while first < stop {
        let tags = page.tags(first);
        let article = matches!(page.str(first), "the" | "The" | "THE" | "a" | "an");
        let title = kind == EntityKind::Person
            && first + 1 < stop
            && tags.has_any(&[Tag::Title, Tag::Rank])
            && !tags.has_any(&[Tag::Given, Tag::Surname]);
        // "eastern Ukraine" is about Ukraine.
        let direction = kind == EntityKind::Place && page.tokens[first].class == Class::Lower;
        if page.tokens[first].class == Class::Mark || article || title || direction {
            first += 1;
        } else {
            break;
        }
    }
    let is_outside = |index: usize| match page.tokens[index].class {
        Class::Mark | Class::Possessive => true,
        // "Moon Jae-in" ends with a part of the name.
        Class::Lower if LOOSE.contains(&page.str(index)) => !page.tokens[index].is_glued,
        Class::Lower => kind == EntityKind::Place && !places::is_region_noun(page, index),
        _ => false,
    };
    while stop > first && is_outside(stop - 1) {
        stop -= 1;
    }
    [first, stop]
}

/// Small letters alone, where the script has capitals: no name in English.
fn is_lower(page: &Page, first: usize, stop: usize) -> bool {
    let text = &page.text[page.tokens[first].start..page.tokens[stop - 1].end];
    text.contains(char::is_lowercase) && !text.contains(char::is_uppercase)
}

/// The mention is part of an e-mail address or of the address of a page.
fn is_in_address(page: &Page, first: usize, stop: usize) -> bool {
    let (start, end) = (page.tokens[first].start, page.tokens[stop - 1].end);
    let floor = page
        .text
        .floor_char_boundary(start.saturating_sub(ADDRESS_REACH));
    let limit = page
        .text
        .ceil_char_boundary((end + ADDRESS_REACH).min(page.text.len()));
    let before = &page.text[floor..start];
    let after = &page.text[end..limit];
    let before = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let after = after.split(char::is_whitespace).next().unwrap_or_default();
    let whole = [before, &page.text[start..end], after];
    before.starts_with("www.")
        || whole[1].starts_with("www.")
        || whole.iter().any(|part| part.contains("://"))
        || !whole[1].contains(char::is_whitespace) && whole.iter().any(|part| part.contains('@'))
}

/// One list of both, in order, without overlaps; what only keeps others away is left out.
pub fn join(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    rules: Vec<Candidate>,
    tagged: Vec<Candidate>,
) -> Vec<Candidate> {
    let mut by_tagger: Vec<Option<usize>> = vec![None; page.tokens.len()];
    for (index, candidate) in tagged.iter().enumerate() {
        by_tagger[candidate.first..candidate.end].fill(Some(index));
    }
    let mut tagged: Vec<Option<Candidate>> = tagged.into_iter().map(Some).collect();
    for rule in &rules {
        if let Some(rival) = by_tagger[rule.first].and_then(|index| tagged[index].as_mut()) {
            yield_to(page, lexicon, &by_tagger, rival, rule);
        }
    }
    let mut out = Vec::with_capacity(rules.len());
    // Units first: where one stands, the nationality before it is no part of a longer name.
    for units in [true, false] {
        for rule in &rules {
            if rule.rule == NOT_A_MENTION || (rule.kind == EntityKind::Unit) != units {
                continue;
            }
            let mut near: Vec<usize> = by_tagger[rule.first..rule.end]
                .iter()
                .flatten()
                .copied()
                .collect();
            near.dedup();
            near.retain(|&index| {
                tagged[index]
                    .as_ref()
                    .is_some_and(|rival| overlap(rival, rule))
            });
            let rivals = near.iter().filter_map(|&index| tagged[index].as_ref());
            if stands(page, rule, rivals) {
                let mut kept = rule.clone();
                for index in near {
                    if let Some(rival) = tagged[index].take() {
                        keep_nationality(page, lexicon, &mut kept, &rival);
                    }
                }
                out.push(kept);
            }
        }
    }
    // Candidates of the rules that lost still tell what their words stand for: looked up again.
    let others = tagged
        .into_iter()
        .flatten()
        .filter(|candidate| !is_everyday(page, candidate));
    out.extend(others.map(|candidate| described(page, lexicon, gazetteer, candidate)));
    out.sort_by_key(|candidate| candidate.first);
    out
}

fn overlap(one: &Candidate, other: &Candidate) -> bool {
    one.first < other.end && other.first < one.end
}

/// A title alone, or a single everyday word that the tagger is unsure of.
fn is_everyday(page: &Page, candidate: &Candidate) -> bool {
    let tags = page.tags(candidate.first);
    let title =
        tags.has_any(&[Tag::Title, Tag::Rank]) && !tags.has_any(&[Tag::Given, Tag::Surname]);
    let common = tags.has(Tag::Common) && candidate.score < UNSURE;
    candidate.end == candidate.first + 1
        && (common || title && candidate.kind == EntityKind::Person)
}

/// Lets the rules have their way where they know better than the tagger: whose ministry it is does
/// not belong to its name, "region" belongs to a region's, and an abbreviation of a country's name is that country.
fn yield_to(
    page: &Page,
    lexicon: &Lexicon,
    by_tagger: &[Option<usize>],
    rival: &mut Candidate,
    rule: &Candidate,
) {
    let is_whole = rival.first == rule.first && rival.end == rule.end;
    if rule.rule == "country" && is_whole && rival.kind != EntityKind::Person {
        rival.kind = EntityKind::Place;
    }
    let owned = rule.kind == EntityKind::Organization
        && rival.kind == EntityKind::Organization
        && rival.end == rule.end
        && rival.first < rule.first
        && (rival.first..rule.first).all(|index| {
            page.tokens[index].class == Class::Possessive
                || matches!(lexicon.known(page.key(index)), Some(Known::Demonym(..)))
        });
    if owned {
        rival.first = rule.first;
    }
    let region = rule.kind == EntityKind::Place
        && rival.kind == EntityKind::Place
        && rule.first == rival.first
        && rule.end == rival.end + 1
        && page.tokens[rival.end].class == Class::Lower
        && by_tagger[rival.end].is_none()
        && places::is_region_noun(page, rival.end);
    if region {
        rival.end = rule.end;
    }
}

/// "Syrian Free Forces": a unit's nationality belongs to its name where the tagger has both as one, and no
/// number or sort of troops follows it as in "Ukrainian 46th Brigade".
fn keep_nationality(page: &Page, lexicon: &Lexicon, unit: &mut Candidate, rival: &Candidate) {
    let is_nation =
        |index: usize| matches!(lexicon.known(page.key(index)), Some(Known::Demonym(..)));
    let own = page.tags(unit.first);
    let is_whole = unit.kind == EntityKind::Unit
        && rival.kind == EntityKind::Organization
        && rival.end == unit.end
        && rival.first + 1 == unit.first
        && unit.end > unit.first + 1
        && page.is_capitalized(rival.first)
        && is_nation(rival.first);
    let is_sort = own.has_any(&[Tag::UnitType, Tag::UnitHead, Tag::Direction])
        || (unit.first..unit.end).any(|index| page.tokens[index].class == Class::Number);
    let is_title = page.is_in_headline(unit.first);
    if is_whole && !is_sort && !is_title && !matches!(page.key(unit.first), "armed" | "security") {
        unit.first = rival.first;
    }
}

/// Offices that a head of state or an army has one of: "General Staff", "Office of the President".
fn is_office(page: &Page, rule: &Candidate) -> bool {
    let words: Vec<&str> = (rule.first..rule.end)
        .map(|index| page.key(index))
        .collect();
    matches!(words[..], ["general", "staff"])
        || words.starts_with(&["office", "of", "the", "president"])
        || words.starts_with(&["office", "of", "the", "prime", "minister"])
}

/// The name of a site, which somebody runs or reads from: "the website acme.info", "acme.info reported".
fn is_named_site(page: &Page, rule: &Candidate) -> bool {
    const SITES: &[&str] = &["outlet", "portal", "publication", "site", "website"];
    let (before, after) = (rule.first.checked_sub(1), rule.end);
    let has_noun = before.is_some_and(|index| SITES.contains(&page.key(index)));
    let says = page
        .tokens
        .get(after)
        .is_some_and(|token| token.class == Class::Lower)
        && (page.tags(after).has(Tag::Speech) || matches!(page.key(after), "reported" | "reports"));
    rule.rule == "site" && (has_noun || says)
}

/// The rules' mention is kept, and those of the tagger that overlap it are not.
fn stands<'a>(
    page: &Page,
    rule: &Candidate,
    mut rivals: impl Iterator<Item = &'a Candidate>,
) -> bool {
    let contains = |rival: &Candidate| {
        rival.first <= rule.first
            && rule.end <= rival.end
            && rival.end - rival.first > rule.end - rule.first
    };
    match rule.kind {
        EntityKind::Unit => {
            let sure = rule.score >= SURE_UNIT;
            let mut met = false;
            let all = rivals.all(|rival| {
                met = true;
                rival.kind == EntityKind::Organization || sure
            });
            all && (met || sure)
        }
        EntityKind::Group => rule.rule == "demonym" && !rivals.any(contains),
        EntityKind::Place | EntityKind::Organization => {
            let listed = rule.rule == "country" && rule.end > rule.first + 1;
            let within = |rival: &Candidate| rule.first <= rival.first && rival.end <= rule.end;
            let sure = rule.rule == "institution"
                || rule.kind == EntityKind::Organization
                    && (is_office(page, rule) || is_named_site(page, rule));
            let is_square = rule.rule == "place-head"
                && rule.end == rule.first + 2
                && page.key(rule.first + 1) == "square"
                && !page.is_in_headline(rule.first);
            if is_square {
                return rivals.next().is_none();
            }
            (listed || sure) && rivals.all(within)
        }
        EntityKind::Equipment if rule.rule == "ship" => true,
        EntityKind::Date | EntityKind::Equipment | EntityKind::Event => rivals.next().is_none(),
        EntityKind::Person => false,
    }
}

/// The candidate with what lexicon and gazetteer know of its words, and a score that can be believed.
fn described(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    mut candidate: Candidate,
) -> Candidate {
    let (first, end) = (candidate.first, candidate.end);
    candidate.score = calibrated(candidate.score);
    match candidate.kind {
        EntityKind::Place => {
            if let Some(known) = places::described(page, gazetteer, first, end) {
                candidate.rule = known.rule;
                candidate.canonical = known.canonical;
                candidate.country = known.country;
            }
        }
        EntityKind::Organization | EntityKind::Unit => {
            if let Some(Known::Institution(name)) = lexicon.known(&page.folded(first, end)) {
                candidate.canonical = Some((*name).to_owned());
                candidate.rule = "institution";
            }
            candidate.country =
                (first..end).find_map(|index| match lexicon.known(page.key(index)) {
                    Some(Known::Demonym(_, code)) => Some(*code),
                    _ => None,
                });
        }
        EntityKind::Group => {
            if let Some(Known::Demonym(country, code)) = lexicon.known(&page.folded(first, end)) {
                candidate.canonical = Some((*country).to_owned());
                candidate.country = Some(*code);
                candidate.rule = "demonym";
            }
        }
        _ => {}
    }
    candidate
}
