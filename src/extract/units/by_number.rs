//! Units called by their number alone, once their name was given: "the 46th" after "46th Separate
//! Airmobile Brigade".

use crate::extract::RawMention;
use crate::model::EntityKind;
use std::collections::BTreeMap;

/// Days of a month: "on the 20th" is a date.
const LAST_DAY: u32 = 31;
/// Words before "the" that make such a number a day.
const BEFORE_DAYS: &[&str] = &[
    "after", "before", "by", "from", "on", "since", "till", "until",
];
/// Small words that may follow a unit: the number qualifies none of them. Sorted.
const AFTER_UNITS: &[&str] = &[
    "advanced", "after", "again", "along", "also", "and", "around", "as", "at", "before", "began",
    "broke", "but", "by", "came", "can", "could", "did", "does", "drew", "drove", "during", "fell",
    "fights", "for", "fought", "from", "gave", "had", "has", "have", "held", "here", "hit",
    "holds", "if", "in", "into", "is", "kept", "lay", "led", "left", "lost", "made", "may", "met",
    "might", "must", "near", "never", "not", "now", "on", "or", "over", "ran", "said", "says",
    "sent", "set", "should", "since", "stands", "still", "stood", "than", "that", "then", "there",
    "to", "together", "took", "under", "until", "was", "went", "were", "when", "where", "which",
    "while", "who", "whose", "will", "with", "withdrew", "within", "without", "won", "would",
];
/// The rule's name.
const RULE: &str = "unit-number-alone";

/// What a number stands for in a document: the name and fields of the only unit of it.
struct Bearer {
    /// Byte after its first naming.
    since: usize,
    /// Echelon and fields must agree for two names to be one unit.
    echelon: Option<String>,
    mention: RawMention,
}

/// Adds the numbers of units that stand for them to the mentions, which are sorted by start and stay
/// so. `mentions` have their units' fields. Linear in the text.
pub fn add_numbers(text: &str, boilerplate: &[[usize; 2]], mentions: &mut Vec<RawMention>) {
    let bearers = bearers(text, mentions);
    if bearers.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for (at, _) in text.match_indices("he ") {
        let Some((start, end, number)) = ordinal(text, at) else {
            continue;
        };
        let Some(Some(bearer)) = bearers.get(&number.to_string()) else {
            continue;
        };
        let is_free = |range: (usize, usize)| {
            let after = mentions.partition_point(|m| m.end <= range.0);
            mentions.get(after).is_none_or(|m| m.start >= range.1)
                && boilerplate
                    .get(boilerplate.partition_point(|&[_, to]| to <= range.0))
                    .is_none_or(|&[from, _]| from >= range.1)
        };
        if start >= bearer.since && is_free((start, end)) && stands_alone(text, at, end, number) {
            let name = text.get(bearer.mention.start..bearer.mention.end);
            found.push(RawMention {
                start,
                end,
                rule: RULE,
                canonical: bearer.mention.canonical.clone().or(name.map(str::to_owned)),
                ..bearer.mention.clone()
            });
        }
    }
    if !found.is_empty() {
        mentions.append(&mut found);
        mentions.sort_by_key(|mention| mention.start);
    }
}

/// The units of a document by number; none for a number that two units bear.
fn bearers(text: &str, mentions: &[RawMention]) -> BTreeMap<String, Option<Bearer>> {
    let mut bearers: BTreeMap<String, Option<Bearer>> = BTreeMap::new();
    let units = mentions.iter().filter(|m| m.kind == EntityKind::Unit);
    for mention in units {
        let Some(unit) = mention.unit.as_deref() else {
            continue;
        };
        let Some(number) = &unit.number else { continue };
        let name = text.get(mention.start..mention.end).unwrap_or_default();
        let is_ordinal = name.contains(&ordinal_of(number));
        let own = || Bearer {
            since: mention.end,
            echelon: unit.echelon.clone(),
            mention: mention.clone(),
        };
        let known = bearers.entry(number.clone());
        let known = known.or_insert_with(|| is_ordinal.then(own));
        *known = known.take().filter(|known| known.echelon == unit.echelon);
    }
    bearers
}

/// "46th" of "46".
fn ordinal_of(number: &str) -> String {
    let value: u32 = number.parse().unwrap_or(0);
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The ordinal in figures behind the "the" whose "he " begins at byte `at`: first byte, byte after the
/// last, value.
fn ordinal(text: &str, at: usize) -> Option<(usize, usize, u32)> {
    let before = text.get(..at)?;
    let is_article = before.ends_with(['t', 'T'])
        && !before[..before.len() - 1].ends_with(char::is_alphanumeric);
    let start = at + "he ".len();
    let rest = text.get(start..)?;
    let digits = rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let number: u32 = rest.get(..digits)?.parse().ok()?;
    let written = ordinal_of(&number.to_string());
    let is_it = is_article && rest.starts_with(&written);
    is_it.then_some((start, start + written.len(), number))
}

/// No noun follows that the number would count, and it is no day of a month.
fn stands_alone(text: &str, article: usize, end: usize, number: u32) -> bool {
    let rest = &text[end..];
    let follows = match rest.strip_prefix(' ') {
        Some(words) => {
            let length = words
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(words.len());
            let word = &words[..length];
            AFTER_UNITS.binary_search(&word).is_ok() || (word.len() > 4 && word.ends_with("ed"))
        }
        None => !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'),
    };
    let before = text[..article.saturating_sub(1)].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next();
    let word = word.unwrap_or_default().to_lowercase();
    let is_day = number <= LAST_DAY && BEFORE_DAYS.binary_search(&word.as_str()).is_ok();
    follows && !is_day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::marked;
    use crate::extract::units::annotate;

    /// The texts of all mentions once numbers were added.
    fn mentions(notation: &str) -> Vec<String> {
        let (document, recognition) = marked(0, notation);
        let mut mentions = recognition.mentions;
        annotate(&document.text, &recognition.sentences, &mut mentions);
        add_numbers(&document.text, &[], &mut mentions);
        let text = |m: &RawMention| document.text[m.start..m.end].to_owned();
        mentions.iter().map(text).collect()
    }

    #[test]
    fn a_number_stands_for_the_unit_named_before() {
        let full = "The [unit 46th Separate Airmobile Brigade] came.";
        let of = |rest: &str| mentions(&format!("{full} {rest}")).len() - 1;
        assert_eq!(
            of("The 46th lost two men. Men of the 46th, he said, fought beside the 46th."),
            3
        );
        assert_eq!(
            of("Soldiers praised the 46th's fire. The 46th repelled them."),
            2
        );
        assert_eq!(
            of("The 46th day of it. The 46th parallel, the 46th-best, the 47th came."),
            0
        );
        assert_eq!(
            mentions("The 46th came. The [unit 46th Separate Airmobile Brigade] left.").len(),
            1
        );
    }

    #[test]
    fn days_and_numbers_that_two_bear_are_none() {
        let full = "The [unit 20th Motor Rifle Division] came.";
        assert_eq!(
            mentions(&format!("{full} It ends on the 20th. He left by the 20th.")).len(),
            1
        );
        let two = "[unit 20th Motor Rifle Division] and [unit 20th Tank Brigade]. The 20th left.";
        assert_eq!(mentions(two).len(), 2);
    }

    #[test]
    fn lists_are_sorted() {
        assert!(AFTER_UNITS.is_sorted() && BEFORE_DAYS.is_sorted());
    }
}
