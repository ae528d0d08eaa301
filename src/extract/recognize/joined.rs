//! What the tagger found and what the rules found, made one: the tagger decides on persons,
//! organizations and places; the rules on units, dates, equipment and events; lexicon and gazetteer
//! tell what a name stands for, whoever found it.

use super::candidate::{Candidate, NOT_A_MENTION};
use super::page::Page;
use super::places;
use crate::extract::gazetteer::Gazetteer;
use crate::extract::lexicon::{Known, Lexicon, Tag};
use crate::extract::tagger::{Tagged, Word};
use crate::extract::text::Class;
use crate::model::EntityKind;

/// The rule of mentions that the tagger alone found.
const TAGGER: &str = "tagger";
/// A unit of the rules stands, whatever the tagger says, from this score on.
const SURE_UNIT: f32 = 0.85;
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
        let first = page.tokens.partition_point(|token| token.end <= start);
        let stop = page.tokens.partition_point(|token| token.start < end);
        let first = first.max(out.last().map_or(0, |last| last.end));
        let [first, stop] = bare(page, kind, [first, stop]);
        if first < stop && !is_in_address(page, first, stop) {
            out.push(Candidate::new(first, stop, kind, mention.score, TAGGER));
        }
    }
    out
}

/// The name without article, title, possessive ending and outer marks.
fn bare(page: &Page, kind: EntityKind, [mut first, mut stop]: [usize; 2]) -> [usize; 2] {
    while first < stop {
        let tags = page.tags(first);
        let article = matches!(page.str(first), "the" | "The" | "THE" | "a" | "an");
        let title = kind == EntityKind::Person
            && first + 1 < stop
            && tags.has_any(&[Tag::Title, Tag::Rank])
            && !tags.has_any(&[Tag::Given, Tag::Surname]);
        let dot = page.is_mark(first, ".");
        if page.tokens[first].class == Class::Mark && !dot || article || title || dot {
            first += 1;
        } else {
            break;
        }
    }
    while stop > first && matches!(page.tokens[stop - 1].class, Class::Mark | Class::Possessive) {
        stop -= 1;
    }
    [first, stop]
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
    let mut beaten = vec![false; tagged.len()];
    let mut of_rules: Vec<Option<Candidate>> = Vec::with_capacity(rules.len());
    for rule in rules {
        let rivals = || by_tagger[rule.first..rule.end].iter().flatten().copied();
        let stands = rule.rule != NOT_A_MENTION && stands(&rule, rivals().map(|i| &tagged[i]));
        if stands {
            for rival in rivals() {
                beaten[rival] = true;
            }
        }
        of_rules.push(stands.then_some(rule));
    }
    // Candidates of the rules that lost still tell what their words stand for: looked up again.
    let mut out: Vec<Candidate> = of_rules.into_iter().flatten().collect();
    for (candidate, beaten) in tagged.into_iter().zip(beaten) {
        if !beaten {
            out.push(described(page, lexicon, gazetteer, candidate));
        }
    }
    out.sort_by_key(|candidate| candidate.first);
    out
}

/// The rules' mention is kept, and those of the tagger that overlap it are not.
fn stands<'a>(rule: &Candidate, mut rivals: impl Iterator<Item = &'a Candidate>) -> bool {
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
        EntityKind::Equipment if rule.rule == "ship" => true,
        EntityKind::Date | EntityKind::Equipment | EntityKind::Event => rivals.next().is_none(),
        EntityKind::Person | EntityKind::Organization | EntityKind::Place => false,
    }
}

/// The candidate with what lexicon and gazetteer know of its words.
fn described(
    page: &Page,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    mut candidate: Candidate,
) -> Candidate {
    let (first, end) = (candidate.first, candidate.end);
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
