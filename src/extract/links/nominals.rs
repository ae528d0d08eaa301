//! "The brigade" for a unit that the text has just named: so that "the brigade's commander, Ada
//! Byron" tells whom she leads. And "the general" for the only one near who was called so.
//!
//! Only where it cannot be another: one name with that noun, or one person of that role, stands in
//! this sentence and the two before it, and what follows shows that the phrase ends there.

use super::holders;
use super::sentence::Item;
use crate::extract::{RawMention, Recognition};
use crate::model::EntityKind;

/// Nouns that names of units and organizations hold. "The army" and "the company" may be any.
const NOUNS: [&str; 18] = [
    "brigade",
    "regiment",
    "battalion",
    "division",
    "corps",
    "legion",
    "squadron",
    "flotilla",
    "fleet",
    "ministry",
    "agency",
    "directorate",
    "committee",
    "commission",
    "institute",
    "university",
    "foundation",
    "party",
];

/// What may follow the phrase: after other words it may be "the brigade headquarters".
const ENDS: [&str; 6] = ["'s", ",", ".", ";", ":", ")"];

/// Sentences before this one in which the name may stand.
const REACH: usize = 2;

/// The words of a sentence may hold such a phrase.
pub(super) fn may_be_in(sentence: &str) -> bool {
    let phrase = |start: usize| {
        let rest = sentence.get(start + 3..).unwrap_or_default();
        let rest = rest.trim_start();
        NOUNS.iter().any(|noun| rest.starts_with(noun)) || holders::begins(rest)
    };
    let articles = sentence.match_indices("he ").map(|(at, _)| at);
    articles
        .filter_map(|at| at.checked_sub(1))
        .any(|at| sentence.is_char_boundary(at) && phrase(at))
}

/// Puts the mention that is meant in place of "the brigade" and "the general"; `from` is the first
/// mention of the document that is near enough.
pub(super) fn resolve(items: &mut Vec<Item>, text: &str, recognition: &Recognition, from: usize) {
    let mentions = &recognition.mentions;
    let meant = |at: usize| {
        let [article, noun, next] = items.get(at..at + 3)? else {
            return None;
        };
        if article.lower != "the" {
            return None;
        }
        let is_name = NOUNS.contains(&noun.lower.as_str()) && ENDS.contains(&next.lower.as_str());
        let mention = if is_name {
            antecedent(article.start, &noun.lower, text, mentions, from)
        } else {
            let is_over = ENDS.contains(&next.lower.as_str());
            let before = article.start;
            holders::may_be(&noun.lower, &next.lower, is_over)
                .then(|| holders::holder(before, &noun.lower, text, recognition, from))
                .flatten()
        };
        Some(Item::of_mention(article.start, noun.end, mention?))
    };
    let found: Vec<(usize, Item)> = (0..items.len())
        .filter_map(|at| Some((at, meant(at)?)))
        .collect();
    if found.is_empty() {
        return;
    }
    let mut found = found.into_iter().peekable();
    let mut row = Vec::with_capacity(items.len());
    for (at, item) in std::mem::take(items).into_iter().enumerate() {
        match found.peek() {
            Some((first, _)) if *first == at => {}
            Some((first, _)) if *first + 1 == at => row.extend(found.next().map(|(_, item)| item)),
            _ => row.push(item),
        }
    }
    *items = row;
}

/// More names than this in three sentences are a list, in which nothing is "the" one.
pub(super) const MOST: usize = 64;

/// Where resolution may look from: the first mention of the sentences that are near enough.
pub(super) fn first_near(mentions: &[RawMention], sentences: &[[usize; 2]], index: usize) -> usize {
    let start = sentences
        .get(index.saturating_sub(REACH))
        .map_or(0, |sentence| sentence[0]);
    mentions.partition_point(|mention| mention.start < start)
}

/// The last mention before byte `before` whose name holds the noun, if all such names are one.
fn antecedent(
    before: usize,
    noun: &str,
    text: &str,
    mentions: &[RawMention],
    from: usize,
) -> Option<usize> {
    let name = |mention: &RawMention| text.get(mention.start..mention.end);
    let holds = |mention: &RawMention| {
        matches!(mention.kind, EntityKind::Unit | EntityKind::Organization)
            && name(mention).is_some_and(|name| {
                name.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.eq_ignore_ascii_case(noun))
            })
    };
    let near = mentions.get(from..)?.iter().enumerate();
    let near = near
        .take_while(|(_, mention)| mention.end <= before)
        .take(MOST + 1);
    let near: Vec<_> = near.collect();
    if near.len() > MOST {
        return None;
    }
    let mut named = near.into_iter().filter(|(_, mention)| holds(mention));
    let (first, meant) = named.next()?;
    let is_same = |(_, other): &(usize, &RawMention)| {
        name(other)
            .zip(name(meant))
            .is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    let last = named.try_fold(first, |_, other| is_same(&other).then_some(other.0));
    last.map(|at| from + at)
}
