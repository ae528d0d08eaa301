//! What becomes of recognized mentions where a list names something.

use super::LISTED;
use super::finder::ListedSpan;
use crate::extract::RawMention;

/// Joins sentences over whose border a listed name goes: "Yahoo! News" is no two sentences.
pub fn join_sentences(sentences: Vec<[usize; 2]>, spans: &[ListedSpan<'_>]) -> Vec<[usize; 2]> {
    let mut joined: Vec<[usize; 2]> = Vec::with_capacity(sentences.len());
    let mut next = 0;
    for sentence in sentences {
        let crosses = joined.last().is_some_and(|last| {
            while spans.get(next).is_some_and(|span| span.end <= last[1]) {
                next += 1;
            }
            spans
                .get(next)
                .is_some_and(|span| span.start < last[1] && span.end > last[1])
        });
        match joined.last_mut() {
            Some(last) if crosses => last[1] = sentence[1],
            _ => joined.push(sentence),
        }
    }
    joined
}

/// Listed mentions take the place of those recognized that overlap them; what a list says is never an
/// entity takes away what lies within it. `boilerplate` yields no mentions. Gives the mentions, sorted
/// and without overlap, and how many recognized ones were left out for a "never".
pub fn apply(
    recognized: Vec<RawMention>,
    spans: &[ListedSpan<'_>],
    boilerplate: &[[usize; 2]],
) -> (Vec<RawMention>, usize) {
    if spans.is_empty() {
        return (recognized, 0);
    }
    let mut never = 0;
    let mut kept: Vec<RawMention> = Vec::with_capacity(recognized.len() + spans.len());
    let mut same: Vec<Option<RawMention>> = vec![None; spans.len()];
    let mut next = 0;
    for mention in recognized {
        while spans
            .get(next)
            .is_some_and(|span| span.end <= mention.start)
        {
            next += 1;
        }
        let mut overlapping = (next..spans.len()).take_while(|&at| spans[at].start < mention.end);
        let loses = overlapping.find(|&at| {
            let span = &spans[at];
            span.kind.is_some() || (span.start <= mention.start && mention.end <= span.end)
        });
        match loses {
            None => kept.push(mention),
            Some(at) if spans[at].kind.is_none() => never += 1,
            Some(at) => same[at] = Some(mention),
        }
    }
    let mut skipped = 0;
    for (span, recognized) in spans.iter().zip(same) {
        while boilerplate.get(skipped).is_some_and(|b| b[1] <= span.start) {
            skipped += 1;
        }
        let is_boilerplate = boilerplate.get(skipped).is_some_and(|b| b[0] < span.end);
        if let Some(kind) = span.kind.filter(|_| !is_boilerplate) {
            kept.push(RawMention {
                start: span.start,
                end: span.end,
                kind,
                score: 1.0,
                rule: LISTED,
                canonical: Some(span.name.to_owned()),
                country: recognized
                    .filter(|r| r.kind == kind)
                    .and_then(|r| r.country),
                unit: None,
                date: None,
            });
        }
    }
    kept.sort_by_key(|mention| mention.start);
    (kept, never)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::marked;
    use crate::extract::lists::ListFinder;
    use crate::model::{EntityKind, ListEntry, NameList};

    fn listed(notation: &str) -> Vec<String> {
        let entry = |name: &str, kind| ListEntry {
            name: name.to_owned(),
            kind,
            aliases: Vec::new(),
        };
        let lists = [NameList {
            title: String::new(),
            entries: vec![
                entry("Storm Corps", Some(EntityKind::Unit)),
                entry("Azov Sea", None),
                entry("Kursk", None),
            ],
        }];
        let finder = ListFinder::new(&lists).unwrap();
        let (document, recognition) = marked(0, notation);
        let spans = finder.find(&document.text);
        let (mentions, never) = apply(recognition.mentions, &spans, &[]);
        mentions
            .iter()
            .map(|m| format!("{} {}", m.kind.key(), &document.text[m.start..m.end]))
            .chain((never > 0).then(|| format!("{never} never")))
            .collect()
    }

    #[test]
    fn lists_take_precedence_and_never_takes_away_what_lies_within() {
        assert_eq!(listed("The Storm Corps left."), ["unit Storm Corps"]);
        assert_eq!(
            listed("[organization Storm Corps of Sylvania] left [place Kursk region]."),
            ["unit Storm Corps", "place Kursk region"]
        );
        assert_eq!(
            listed("[place Kursk], the [unit Azov] Sea and the [unit Azov Sea Fleet]."),
            ["unit Azov Sea Fleet", "2 never"]
        );
    }

    #[test]
    fn sentences_are_joined_where_a_name_goes_on() {
        let span = |start, end| ListedSpan {
            start,
            end,
            name: "",
            kind: None,
        };
        let joined = join_sentences(vec![[0, 5], [5, 9], [9, 12]], &[span(0, 2), span(3, 7)]);
        assert_eq!(joined, [[0, 9], [9, 12]]);
    }
}
