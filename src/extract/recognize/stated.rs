//! Short forms and full names that a document states without a bracket that spells them: "the 70th MRD",
//! "Task Force (CTF) 50", the letters of a republic, the nationality of "Zemblan Free Forces … the ZFF".

use super::candidate::Candidate;
use super::page::Page;
use crate::extract::lexicon::{Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::{BTreeSet, HashMap};

/// A name of the document and its kind.
#[derive(Clone, Debug)]
pub struct Stated {
    /// First token.
    pub first: usize,
    /// Token after the last.
    pub end: usize,
    /// What sort of thing.
    pub kind: EntityKind,
    /// What it is short for.
    pub canonical: Option<String>,
}

/// It acts: an organization or a unit.
pub fn is_body(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organization | EntityKind::Unit)
}

/// Candidates that have tokens of `first..end`.
pub fn within(kept: &[Candidate], first: usize, end: usize) -> &[Candidate] {
    let from = kept.partition_point(|candidate| candidate.end <= first);
    let to = kept.partition_point(|candidate| candidate.first < end);
    &kept[from..to.max(from)]
}

/// "The 70th MRD" where the document has a "70th Motor Rifle Division".
pub fn numbered_units(page: &Page, kept: &[Candidate]) -> Vec<Stated> {
    let mut names: HashMap<String, Option<&Candidate>> = HashMap::new();
    for unit in kept
        .iter()
        .filter(|c| c.kind == EntityKind::Unit && c.end > c.first + 2)
    {
        if page.tokens[unit.first].class == Class::Number {
            let words = unit.first + 1..unit.end;
            let letters: String = words.filter_map(|at| page.str(at).chars().next()).collect();
            let key = format!("{} {letters}", page.key(unit.first));
            let same = |other: &&Candidate| {
                page.folded(other.first, other.end) == page.folded(unit.first, unit.end)
            };
            let known = names.entry(key).or_insert(Some(unit));
            *known = known.filter(same);
        }
    }
    let is_short = |at: usize| {
        page.tokens[at].class == Class::Number && page.tokens[at + 1].class == Class::Upper
    };
    let shorts =
        (0..page.tokens.len().saturating_sub(1)).filter(|&at| !names.is_empty() && is_short(at));
    shorts
        .filter_map(|first| {
            let key = format!("{} {}", page.key(first), page.str(first + 1));
            let unit = (*names.get(&key)?)?;
            Some(Stated {
                first,
                end: first + 2,
                kind: EntityKind::Unit,
                canonical: Some(page.span(unit.first, unit.end).to_owned()),
            })
        })
        .collect()
}

/// "7th Guards Rifle Division (7th GRD)": the same number in the bracket.
pub fn numbered_bracket(
    page: &Page,
    kept: &[Candidate],
    end: usize,
    [first, close]: [usize; 2],
) -> Option<Stated> {
    let long = within(kept, end - 1, end).first()?;
    let is_short = close == first + 2
        && page.tokens[first].class == Class::Number
        && page.tokens[first + 1].class == Class::Upper;
    let is_one = long.kind == EntityKind::Unit
        && long.end == end
        && page.key(long.first) == page.key(first)
        && long.end > long.first + 1;
    (is_short && is_one).then(|| Stated {
        first,
        end: close,
        kind: EntityKind::Unit,
        canonical: Some(page.span(long.first, long.end).to_owned()),
    })
}

/// "Forbin" of a text that names the FS Forbin: the ship, unless a list knows the word as a name.
pub fn ships(page: &Page, kept: &[Candidate]) -> Vec<Stated> {
    let mut names: HashMap<&str, &Candidate> = HashMap::new();
    let is_ship = |c: &&Candidate| {
        c.kind == EntityKind::Equipment
            && c.rule == "ship"
            && c.end == c.first + 2
            && page.tokens[c.first].class == Class::Upper
    };
    for ship in kept.iter().filter(is_ship) {
        names.entry(page.str(ship.first + 1)).or_insert(ship);
    }
    let bare = kept.iter().filter(|c| {
        c.end == c.first + 1
            && matches!(c.kind, EntityKind::Person | EntityKind::Organization)
            && !page
                .tags(c.first)
                .has_any(&[Tag::Given, Tag::Surname, Tag::Common])
    });
    bare.filter_map(|short| {
        let ship = names.get(page.str(short.first))?;
        Some(Stated {
            first: short.first,
            end: short.end,
            kind: EntityKind::Equipment,
            canonical: Some(page.span(ship.first, ship.end).to_owned()),
        })
    })
    .collect()
}

/// "USCENTCOM" of a text that names the U.S. Central Command: the first letters of each of its words. Of the
/// first word they may be left out where it tells the country.
pub fn by_first_letters(page: &Page, lexicon: &Lexicon, kept: &[Candidate]) -> Vec<Stated> {
    const SHORTEST: usize = 6;
    let shorts = kept.iter().filter(|c| {
        is_body(c.kind)
            && c.end == c.first + 1
            && page.tokens[c.first].class == Class::Upper
            && page.str(c.first).len() >= SHORTEST
            && lexicon.known(page.key(c.first)).is_none()
    });
    let longs: Vec<&Candidate> = kept
        .iter()
        .filter(|c| is_body(c.kind) && c.end > c.first + 1)
        .collect();
    let mut found: Vec<Stated> = Vec::new();
    for short in shorts {
        let letters = page.str(short.first);
        if found.iter().any(|known| page.str(known.first) == letters) {
            continue;
        }
        let spells = |c: &&&Candidate| gives(page, c.first, c.end, letters);
        let mut fitting = longs.iter().filter(spells);
        let Some(long) = fitting.next() else { continue };
        let name = page.folded(long.first, long.end);
        if fitting.all(|other| page.folded(other.first, other.end) == name) {
            found.push(Stated {
                first: short.first,
                end: short.end,
                kind: long.kind,
                canonical: Some(page.span(long.first, long.end).to_owned()),
            });
        }
    }
    found
}

/// The large words from `first` to `end` begin with parts of `letters`, one after the other, of which two
/// have three letters and more.
fn gives(page: &Page, first: usize, end: usize, letters: &str) -> bool {
    const MOST_WORDS: usize = 8;
    const MOST_LETTERS: usize = 16;
    let words: Vec<String> = (first..end)
        .filter(|&at| page.is_capitalized(at))
        .map(|at| page.str(at).replace('.', "").to_uppercase())
        .collect();
    if words.len() > MOST_WORDS || letters.chars().count() > MOST_LETTERS {
        return false;
    }
    let from_second = words.get(1..).unwrap_or_default();
    let is_country = page.tokens[first].class == Class::Upper;
    begin(&words, letters, 0) || is_country && begin(from_second, letters, 0)
}

fn begin(words: &[String], letters: &str, long: usize) -> bool {
    let Some((word, rest)) = words.split_first() else {
        return letters.is_empty() && long > 1;
    };
    let same = word.chars().zip(letters.chars());
    let shared = same.take_while(|(own, letter)| own == letter).count();
    (1..=shared).rev().any(|count| {
        let taken = letters
            .char_indices()
            .nth(count)
            .map_or(letters.len(), |(at, _)| at);
        begin(rest, &letters[taken..], long + usize::from(count > 2))
    })
}

/// "Task Force (CTF) 50" and "CTF 50": the number belongs to both.
pub fn numbered_behind(page: &Page, kept: &[Candidate], open: usize) -> Vec<Stated> {
    let number = open + 3;
    let is_one = page.is_mark(open + 2, ")")
        && page.tokens[open + 1].class == Class::Upper
        && page
            .tokens
            .get(number)
            .is_some_and(|token| token.class == Class::Number);
    let long = open
        .checked_sub(1)
        .and_then(|last| within(kept, last, open).first());
    let Some(long) = long.filter(|long| {
        is_one && is_body(long.kind) && long.end == open && page.tags(open - 1).has(Tag::UnitHead)
    }) else {
        return Vec::new();
    };
    let canonical = format!("{} {}", page.span(long.first, long.end), page.str(number));
    let name = |first, end| Stated {
        first,
        end,
        kind: EntityKind::Unit,
        canonical: Some(canonical.clone()),
    };
    let short = (number + 1..page.tokens.len().saturating_sub(1))
        .find(|&at| page.str(at) == page.str(open + 1) && page.str(at + 1) == page.str(number));
    let mut found = vec![name(long.first, number + 1)];
    found.extend(short.map(|at| name(at, at + 2)));
    found
}

/// "Zemblan Free Forces" of a text that calls them ZFF: the nationality is part of the name.
pub fn with_nationality(page: &Page, kept: &[Candidate]) -> Vec<Stated> {
    let capitals = (0..page.tokens.len()).filter(|&at| page.tokens[at].class == Class::Upper);
    let shorts: BTreeSet<&str> = capitals.map(|at| page.str(at)).collect();
    let pairs = kept.windows(2).filter_map(|pair| {
        let [nation, body] = pair else { return None };
        let is_pair = nation.kind == EntityKind::Group
            && is_body(body.kind)
            && nation.end == body.first
            && (nation.first..body.end).all(|at| page.is_capitalized(at));
        let letters = |first| -> String {
            (first..body.end)
                .filter_map(|at| page.str(at).chars().next())
                .collect()
        };
        let is_short = |first| letters(first).len() > 2 && shorts.contains(letters(first).as_str());
        let is_whole = is_pair && is_short(nation.first) && !is_short(body.first);
        is_whole.then_some(Stated {
            first: nation.first,
            end: body.end,
            kind: body.kind,
            canonical: None,
        })
    });
    pairs.collect()
}

/// "The ZPR" of a text that names the Zemblan People's Republic.
pub fn republics(page: &Page, lexicon: &Lexicon, kept: &[Candidate]) -> Vec<Stated> {
    let is_state = |c: &&Candidate| {
        c.kind == EntityKind::Place
            && c.end > c.first + 2
            && matches!(page.key(c.end - 1), "republic" | "emirates")
    };
    let mut names: HashMap<String, Option<&Candidate>> = HashMap::new();
    for place in kept.iter().filter(is_state) {
        let words = (place.first..place.end).filter(|&at| page.is_capitalized(at));
        let letters: String = words.filter_map(|at| page.str(at).chars().next()).collect();
        let known = names.entry(letters).or_insert(Some(place));
        *known = known.filter(|other| {
            page.folded(other.first, other.end) == page.folded(place.first, place.end)
        });
    }
    let shorts = kept
        .iter()
        .filter(|c| is_body(c.kind) && c.end == c.first + 1);
    shorts
        .filter_map(|short| {
            let letters = page.str(short.first);
            let place = (*names.get(letters)?)?;
            let is_known = lexicon.known(page.key(short.first)).is_some();
            (!is_known && letters.chars().count() > 2).then(|| Stated {
                first: short.first,
                end: short.end,
                kind: EntityKind::Place,
                canonical: Some(page.span(place.first, place.end).to_owned()),
            })
        })
        .collect()
}

/// "acme.info" and "acme.io" in one text: one site, which a slip or a move gave two endings.
pub fn sites(page: &Page, kept: &[Candidate]) -> Vec<Stated> {
    let mut first_of: HashMap<&str, &Candidate> = HashMap::new();
    let mut found = Vec::new();
    for site in kept
        .iter()
        .filter(|c| is_body(c.kind) && c.end == c.first + 1)
    {
        let name = page.str(site.first);
        if let Some((stem, _)) = name.rsplit_once('.').filter(|(stem, _)| stem.len() > 4) {
            let known = *first_of.entry(stem).or_insert(site);
            // Two that one sentence names are told apart by it.
            let sentence = |at: usize| page.sentences.partition_point(|range| range[0] <= at);
            let is_apart = sentence(known.first) != sentence(site.first);
            if page.str(known.first) != name && is_apart {
                found.push(Stated {
                    first: site.first,
                    end: site.end,
                    kind: site.kind,
                    canonical: Some(page.str(known.first).to_owned()),
                });
            }
        }
    }
    found
}
