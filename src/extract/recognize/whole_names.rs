//! Names that a recognizer has cut where a smaller name begins, made whole by what the text itself says:
//! the acronym in brackets behind them, the words of a title before them.

use crate::extract::RawMention;
use crate::extract::resolve::compare::{acronym, initials, is_domain};
use crate::model::{Document, EntityKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// Longer names are not looked for, in words.
const MOST_WORDS: usize = 14;
/// More names of a text are not looked for again elsewhere in it.
const MOST_NAMES: usize = 24;
/// The rule of mentions that were made whole here.
const WHOLE: &str = "whole";

/// Makes names whole; gives how many mentions went into larger ones or were none. `mentions` are sorted
/// by start, do not overlap, and stay so. Linear in the text, for a bounded number of names.
pub fn complete(document: &Document, mentions: &mut Vec<RawMention>) -> usize {
    let text = document.text.as_str();
    let before = mentions.len();
    cut_partners(text, mentions);
    mentions.retain(|mention| !is_of_a_peer(text, mention) && !is_vehicle(text, mention));
    let mut names: Vec<(String, EntityKind)> = Vec::new();
    let mut whole: Vec<(Range<usize>, EntityKind)> = Vec::new();
    for at in 0..mentions.len() {
        let named = named_by_acronym(text, mentions, at).or_else(|| movement(text, &mentions[at]));
        if let Some((range, kind)) = named {
            if names.len() < MOST_NAMES {
                let name = text[range.clone()].to_owned();
                let is_new = !names.iter().any(|(known, _)| *known == name);
                names.extend(is_new.then_some((name, kind)));
            }
            whole.push((range, kind));
        }
    }
    whole.extend(after_peoples(text, mentions));
    whole.extend(services(text, mentions));
    whole.extend(websites(text, mentions));
    for (name, kind) in &names {
        let found = text.match_indices(name.as_str());
        let ranges = found.map(|(start, found)| start..start + found.len());
        whole.extend(
            ranges
                .filter(|range| is_apart(text, range))
                .map(|r| (r, *kind)),
        );
    }
    whole.retain(|(range, _)| !document.is_boilerplate(range.start, range.end));
    replace(mentions, whole);
    before.saturating_sub(mentions.len())
}

/// Puts whole names in place of all that they overlap, the longest first.
fn replace(mentions: &mut Vec<RawMention>, mut whole: Vec<(Range<usize>, EntityKind)>) {
    if whole.is_empty() {
        return;
    }
    whole.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    whole.retain(|(range, _)| {
        let fits = range.start >= end;
        end = if fits { range.end } else { end };
        fits
    });
    // A name that a mention sticks out of is left as it was.
    let sticks_out = |range: &Range<usize>| {
        let from = mentions.partition_point(|m| m.end <= range.start);
        let inside = mentions[from..].iter().take_while(|m| m.start < range.end);
        let mut inside = inside.filter(|m| m.start < range.start || m.end > range.end);
        inside.next().is_some()
    };
    whole.retain(|(range, _)| !sticks_out(range));
    let made: Vec<RawMention> = whole
        .iter()
        .map(|(range, kind)| {
            let from = mentions.partition_point(|m| m.end <= range.start);
            let inside = mentions[from..].iter().take_while(|m| m.start < range.end);
            RawMention {
                start: range.start,
                end: range.end,
                kind: *kind,
                score: inside.map(|m| m.score).fold(0.5, f32::max),
                rule: WHOLE,
                canonical: None,
                country: None,
                unit: None,
                date: None,
            }
        })
        .collect();
    mentions.retain(|mention| {
        let at = whole.partition_point(|(range, _)| range.end <= mention.start);
        whole
            .get(at)
            .is_none_or(|(range, _)| range.start >= mention.end)
    });
    mentions.extend(made);
    mentions.sort_by_key(|mention| mention.start);
}

fn is_apart(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn is_body(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organization | EntityKind::Unit)
}

/// The name before the brackets around an acronym, if a mention of a body begins it and it is longer than
/// that: "al-Qaeda in Iraq (AQI)", "Armed Forces of the Democratic Republic of the Congo (FARDC)".
fn named_by_acronym(
    text: &str,
    mentions: &[RawMention],
    at: usize,
) -> Option<(Range<usize>, EntityKind)> {
    let short = &mentions[at];
    let letters = acronym(text.get(short.start..short.end)?)?;
    let is_closed = text[short.end..].starts_with(')');
    let before = text[..short.start].strip_suffix('(')?.trim_end_matches(' ');
    let last = mentions[..at]
        .last()
        .filter(|last| last.end == before.len())?;
    if !is_closed || letters.chars().count() < 3 {
        return None;
    }
    const FARTHEST: usize = 4;
    let (mut first, mut found) = (last, None);
    for mention in mentions[..at].iter().rev().skip(1).take(FARTHEST) {
        if !joins(text.get(mention.end..first.start)?) {
            break;
        }
        first = mention;
        let name = &text[first.start..before.len()];
        if is_body(first.kind) || first.kind == EntityKind::Group {
            let is_spelled = spelled(name, &letters);
            let is_foreign = is_body(first.kind)
                && letters.chars().count() > 3
                && last.kind == EntityKind::Place
                && !initials(&text[first.start..first.end]).contains(&letters)
                && !initials(&text[last.start..last.end]).contains(&letters);
            if is_spelled || is_foreign {
                let kind = if is_body(first.kind) {
                    first.kind
                } else {
                    short.kind
                };
                found = Some((first.start..before.len(), kind));
            }
        }
    }
    found.filter(|(_, kind)| is_body(*kind))
}

/// Small words, and words with a large letter, stand between the parts of one name.
fn joins(gap: &str) -> bool {
    let words: Vec<&str> = gap.split(' ').filter(|word| !word.is_empty()).collect();
    let is_small = |word: &str| matches!(word, "of" | "the" | "in" | "for" | "and");
    let is_large = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    gap.starts_with(' ')
        && gap.ends_with(' ')
        && words.len() <= 5
        && words.iter().all(|word| is_small(word) || is_large(word))
}

/// Each large word gives the next letter of an acronym, small ones may.
fn spelled(name: &str, letters: &str) -> bool {
    let words: Vec<&str> = name
        .split([' ', '-'])
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect();
    let letters: Vec<char> = letters.chars().collect();
    if words.len() > MOST_WORDS {
        return false;
    }
    // How many letters may have been given so far.
    let mut given: BTreeSet<usize> = BTreeSet::from([0]);
    for word in words {
        let first = word.chars().flat_map(char::to_uppercase).next();
        let is_small = word.starts_with(char::is_lowercase);
        let next = given
            .iter()
            .filter(|at| letters.get(**at).copied() == first);
        let mut next: BTreeSet<usize> = next.map(|at| at + 1).collect();
        if is_small {
            next.extend(&given);
        }
        given = next;
    }
    given.contains(&letters.len())
}

/// Names of bodies after a people's name of which the text has the acronym with the people's letter:
/// "Syrian Democratic Forces" where it says SDF.
fn after_peoples(text: &str, mentions: &[RawMention]) -> Vec<(Range<usize>, EntityKind)> {
    let known: BTreeSet<String> = mentions
        .iter()
        .filter(|mention| is_body(mention.kind))
        .filter_map(|mention| acronym(text.get(mention.start..mention.end)?))
        .filter(|letters| letters.chars().count() > 2)
        .collect();
    let pairs = mentions.windows(2).filter(|pair| {
        let is_pair = pair[0].kind == EntityKind::Group && is_body(pair[1].kind);
        let beside = text.get(pair[0].end..pair[1].start) == Some(" ");
        is_pair && beside && {
            let all = initials(&text[pair[0].start..pair[1].end]);
            let own = initials(&text[pair[1].start..pair[1].end]);
            all.iter().any(|letters| known.contains(letters))
                && !own.iter().any(|letters| known.contains(letters))
        }
    });
    pairs
        .map(|pair| (pair[0].start..pair[1].end, pair[1].kind))
        .collect()
}

/// The service of a broadcaster in a language: "RFA Korean", where no noun follows that a people's name
/// would go with.
fn services(text: &str, mentions: &[RawMention]) -> Vec<(Range<usize>, EntityKind)> {
    const FOLLOWS: &[&str] = &[
        "and", "at", "by", "from", "has", "in", "is", "on", "reported", "said", "spoke", "that",
        "was",
    ];
    let pairs = mentions.windows(2).filter(|pair| {
        let is_pair = pair[0].kind == EntityKind::Organization && pair[1].kind == EntityKind::Group;
        let beside = text.get(pair[0].end..pair[1].start) == Some(" ");
        let letters = text.get(pair[0].start..pair[0].end).and_then(acronym);
        let after = text.get(pair[1].end..).unwrap_or_default();
        let next = after.strip_prefix(' ').unwrap_or_default();
        let next = next
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let ends = after.is_empty() || after.starts_with(['.', ',', ';', ')', '\n']);
        is_pair && beside && letters.is_some() && (ends || FOLLOWS.contains(&next))
    });
    pairs
        .map(|pair| (pair[0].start..pair[1].end, EntityKind::Organization))
        .collect()
}

/// Names on the net that a text speaks of as of those who write: "the website arden.info", "the arden.io
/// reported".
fn websites(text: &str, mentions: &[RawMention]) -> Vec<(Range<usize>, EntityKind)> {
    const BEFORE: &[&str] = &[
        "channel",
        "outlet",
        "portal",
        "publication",
        "site",
        "website",
    ];
    const AFTER: &[&str] = &[
        "claimed", "reported", "reports", "said", "says", "wrote", "writes",
    ];
    let mut found = Vec::new();
    let mut at = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += token.len();
        let name = token.trim_end_matches(|c: char| !c.is_alphanumeric());
        let Some((stem, end)) = name.rsplit_once('.').filter(|(_, end)| is_domain(end)) else {
            continue;
        };
        let is_name = stem.len() > 2 && stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let before = text[..start].trim_end().rsplit(char::is_whitespace).next();
        let after = text[at..]
            .split(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let is_said = before.is_some_and(|word| BEFORE.contains(&word)) || AFTER.contains(&after);
        if is_name && is_said && !end.is_empty() {
            let range = start..start + name.len();
            let next = mentions.partition_point(|m| m.end <= range.start);
            let is_free = mentions.get(next).is_none_or(|m| m.start >= range.end);
            if is_free && found.len() < MOST_NAMES {
                found.push((range, EntityKind::Organization));
            }
        }
    }
    found
}

/// Letters between what says that it is a vehicle: "an armored HUMMV combat truck".
fn is_vehicle(text: &str, mention: &RawMention) -> bool {
    const BEFORE: &[&str] = &["armored", "armoured", "tracked", "wheeled"];
    const NOUNS: &[&str] = &["carrier", "car", "jeep", "tank", "truck", "vehicle", "van"];
    let name = text.get(mention.start..mention.end).unwrap_or_default();
    let before = text.get(..mention.start).unwrap_or_default().trim_end();
    let before = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let after = text.get(mention.end..).unwrap_or_default();
    let mut after = after
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .take(3);
    mention.kind == EntityKind::Organization
        && acronym(name).is_some()
        && BEFORE.contains(&before)
        && after.any(|word| NOUNS.contains(&word))
}

/// A movement that is called by a day: "March 23 Movement".
fn movement(text: &str, date: &RawMention) -> Option<(Range<usize>, EntityKind)> {
    const HEADS: &[&str] = &[
        "Alliance",
        "Brigade",
        "Brigades",
        "Coalition",
        "Front",
        "Movement",
    ];
    if date.kind != EntityKind::Date {
        return None;
    }
    let mut end = date.end;
    for word in text.get(date.end..)?.strip_prefix(' ')?.split(' ').take(3) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        end += 1 + bare.len();
        if HEADS.contains(&bare) {
            return Some((date.start..end, EntityKind::Organization));
        }
        if bare.len() < word.len() || !word.starts_with(char::is_uppercase) {
            return None;
        }
    }
    None
}

/// "Blinken & Co" of a text that names Antony Blinken is he with those around him.
fn cut_partners(text: &str, mentions: &mut [RawMention]) {
    let words = |mention: &RawMention| text.get(mention.start..mention.end).unwrap_or_default();
    let surnames: BTreeSet<&str> = mentions
        .iter()
        .filter(|mention| mention.kind == EntityKind::Person)
        .filter_map(|mention| words(mention).rsplit(' ').next())
        .collect();
    let is_person = |mention: &RawMention| {
        let name = words(mention).trim_end_matches('.');
        let name = name
            .strip_suffix(" & Co")
            .or_else(|| name.strip_suffix(" and Co"));
        name.filter(|name| surnames.contains(name)).map(str::len)
    };
    let cut: Vec<Option<usize>> = mentions.iter().map(is_person).collect();
    for (mention, length) in mentions.iter_mut().zip(cut) {
        if let Some(length) = length {
            mention.end = mention.start + length;
            mention.kind = EntityKind::Person;
            mention.canonical = None;
        }
    }
}

/// The place in the title of a peer is none: "the Duke of York".
fn is_of_a_peer(text: &str, mention: &RawMention) -> bool {
    const PEERS: &[&str] = &[
        "Baron", "Baroness", "Countess", "Duchess", "Duke", "Earl", "Marquess", "Viscount",
    ];
    let before = text.get(..mention.start).unwrap_or_default();
    let title = before.strip_suffix(" of ").unwrap_or_default();
    let mut words = title.rsplit([' ', '\n', '“', '"', '(']);
    let is_peer = words.next().is_some_and(|word| PEERS.contains(&word));
    let is_grand = words.next().is_some_and(|word| word == "Grand");
    is_peer && !is_grand && mention.kind == EntityKind::Place && !mention.rule.contains("country")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::marked;

    fn completed(notation: &str) -> Vec<String> {
        let (document, recognition) = marked(0, notation);
        let mut mentions = recognition.mentions;
        complete(&document, &mut mentions);
        let shown = |m: &RawMention| format!("{} {}", m.kind.key(), &document.text[m.start..m.end]);
        mentions.iter().map(shown).collect()
    }

    #[test]
    fn an_acronym_tells_where_its_name_begins() {
        assert_eq!(
            completed(
                "The [organization Society of] [place Ruritania] and the [place Sea] ([organization SRS]) met. [organization Society] of [place Ruritania] and the [place Sea] left."
            ),
            [
                "organization Society of Ruritania and the Sea",
                "organization SRS",
                "organization Society of Ruritania and the Sea"
            ]
        );
        assert_eq!(
            completed(
                "[unit Armed Forces] of the [place Republic of Ruritania] ([unit FARRU]) and [organization Fair Trade] in [place Ruritania] ([organization FT])."
            ),
            [
                "unit Armed Forces of the Republic of Ruritania",
                "unit FARRU",
                "organization Fair Trade",
                "place Ruritania",
                "organization FT"
            ]
        );
        // The acronym is the body's own, or the place's.
        let own = "[organization Rights Watch Group] in [place Ruritania] ([organization RWG]).";
        assert_eq!(completed(own).len(), 3);
        let place = "[organization Union] of [place United States Isles] ([place USI]).";
        assert_eq!(completed(place).len(), 3);
    }

    #[test]
    fn a_people_s_name_belongs_to_a_body_where_its_acronym_says_so() {
        let text = "The [group Sylvanian] [unit Democratic Forces] left. The [unit SDF] slept. The [group Sylvanian] [organization Bank] grew.";
        assert_eq!(
            completed(text),
            [
                "unit Sylvanian Democratic Forces",
                "unit SDF",
                "group Sylvanian",
                "organization Bank"
            ]
        );
    }

    #[test]
    fn services_websites_and_vehicles() {
        assert_eq!(
            completed(
                "[organization GBC] [group Sylvanian] on Monday spoke to [organization GBC] [group Sylvanian] readers."
            ),
            [
                "organization GBC Sylvanian",
                "organization GBC",
                "group Sylvanian"
            ]
        );
        assert_eq!(
            completed(
                "The website arden.info and the zenda.io reported it; see globe.com for more."
            ),
            ["organization arden.info", "organization zenda.io"]
        );
        assert_eq!(
            completed(
                "They hit an armored [organization QXZM] combat truck and a [organization QXZM] office."
            ),
            ["organization QXZM"]
        );
    }

    #[test]
    fn movements_by_a_day_partners_and_peers() {
        assert_eq!(
            completed("The [date March 23] Movement left on [date March 24]."),
            ["organization March 23 Movement", "date March 24"]
        );
        assert_eq!(
            completed(
                "[person Ada Byron] and [organization Byron & Co] and [organization Carr & Co]."
            ),
            ["person Ada Byron", "person Byron", "organization Carr & Co"]
        );
        assert_eq!(
            completed(
                "The Duke of [place York] left [place York]. The Grand Duke of [place Baden] ate."
            ),
            ["place York", "place Baden"]
        );
    }
}
