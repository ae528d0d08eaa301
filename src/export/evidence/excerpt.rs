//! A sentence in parts: the words that name the ends, those that tell the relation, and the rest.

use crate::model::Evidence;
use std::borrow::Cow;

/// What a part of a sentence is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) source: bool,
    pub(super) target: bool,
    pub(super) trigger: bool,
}

/// Parts longer than this many characters lose their middle: a page must not grow with each relation
/// of an endless sentence by the whole of it.
const LONGEST: usize = 1000;
/// What is left of them on either side.
const KEPT: usize = 450;

/// The sentence of `evidence` from left to right; all parts together are the sentence, but for the
/// middle of very long ones. Spans that do not lie in it mark nothing.
pub(super) fn parts(evidence: &Evidence) -> Vec<(Role, Cow<'_, str>)> {
    let text = evidence.text.as_deref().unwrap_or_default();
    let offset = evidence.start.unwrap_or(0);
    let within = |span: [usize; 2]| -> Option<[usize; 2]> {
        let [start, end] = [span[0].checked_sub(offset)?, span[1].checked_sub(offset)?];
        (start < end && text.get(start..end).is_some()).then_some([start, end])
    };
    let source = evidence.source_span.and_then(within);
    let target = evidence.target_span.and_then(within);
    let triggers: Vec<[usize; 2]> = evidence
        .trigger
        .iter()
        .copied()
        .filter_map(within)
        .collect();
    let spans = || {
        source
            .into_iter()
            .chain(target)
            .chain(triggers.iter().copied())
    };
    let mut cuts: Vec<usize> = spans().flatten().chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let covers = |span: [usize; 2], at: usize| span[0] <= at && at < span[1];
    cuts.windows(2)
        .filter_map(|cut| {
            let part = text.get(cut[0]..cut[1])?;
            let role = Role {
                source: source.is_some_and(|span| covers(span, cut[0])),
                target: target.is_some_and(|span| covers(span, cut[0])),
                trigger: triggers.iter().any(|&span| covers(span, cut[0])),
            };
            Some((role, shortened(part)))
        })
        .collect()
}

/// The whole sentence, shortened as its parts are, runs of blanks as one.
pub(super) fn sentence(evidence: &Evidence) -> String {
    let all: String = parts(evidence).into_iter().map(|(_, part)| part).collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words at spans of the document's text that lie in the sentence, joined by " … ".
pub(super) fn words(evidence: &Evidence, spans: &[[usize; 2]]) -> String {
    let text = evidence.text.as_deref().unwrap_or_default();
    let offset = evidence.start.unwrap_or(0);
    let found = spans.iter().filter_map(|span| {
        let words = text.get(span[0].checked_sub(offset)?..span[1].checked_sub(offset)?)?;
        Some(
            shortened(words)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        )
    });
    found.collect::<Vec<_>>().join(" … ")
}

fn shortened(part: &str) -> Cow<'_, str> {
    if part.len() <= LONGEST || part.chars().nth(LONGEST).is_none() {
        return Cow::Borrowed(part);
    }
    let head = part.char_indices().nth(KEPT).map_or(0, |(at, _)| at);
    let tail = part
        .char_indices()
        .nth_back(KEPT)
        .map_or(part.len(), |(at, _)| at);
    Cow::Owned(format!("{} […] {}", &part[..head], &part[tail..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentId, Origin, Status};
    use proptest::prelude::*;

    fn evidence(text: &str, source: [usize; 2], target: [usize; 2]) -> Evidence {
        Evidence {
            origin: Origin::Text,
            document: Some(DocumentId(0)),
            start: Some(10),
            end: Some(10 + text.len()),
            text: Some(text.to_owned()),
            source_span: Some(source),
            target_span: Some(target),
            trigger: vec![[14, 17], [0, 400]],
            status: Status::Asserted,
            attributed_to: None,
            date: None,
            score: 1.0,
            method: String::new(),
        }
    }

    #[test]
    fn ends_and_words_are_told_apart() {
        let told = evidence("Ada met Bo.", [10, 13], [18, 20]);
        let roles: Vec<(bool, bool, bool)> = parts(&told)
            .iter()
            .map(|(role, _)| (role.source, role.target, role.trigger))
            .collect();
        let plain = (false, false, false);
        let [ada, met, bo] = [
            (true, false, false),
            (false, false, true),
            (false, true, false),
        ];
        assert_eq!(roles, [ada, plain, met, plain, bo, plain]);
        assert_eq!(words(&told, &told.trigger), "met");
    }

    #[test]
    fn endless_sentences_are_cut_and_their_ends_are_kept() {
        let text = format!("Ada {} Bo", "й".repeat(90_000));
        let end = 10 + text.len();
        let told = evidence(&text, [10, 13], [end - 2, end]);
        let kept = sentence(&told);
        assert!(kept.len() < 3000 && kept.starts_with("Ada") && kept.ends_with("Bo"));
    }

    proptest! {
        #[test]
        fn parts_are_the_sentence(text in "\\PC{0,40}", a in 0usize..60, b in 0usize..60, c in 0usize..60) {
            let all: String = parts(&evidence(&text, [a, b], [b, c])).into_iter().map(|(_, p)| p).collect();
            prop_assert_eq!(all, text);
        }
    }
}
