//! Relations that the trained network reads: which pairs it is asked about, and what of its answers is
//! believed.

use super::super::{RawMention, Recognition};
use super::containment::{Containment, containment};
use crate::model::{Document, EntityKind, RelationKind, Status};
use redstring_tagger::{EncodedWords, MarkedSentence, MarkedSpan, PairReader, SentencePairs};
use std::collections::BTreeMap;
use std::ops::Range;

/// The network's own reading of the status counts from this probability on.
const SURE_STATUS: f32 = 0.8;
/// That a place lies in another is believed from this probability on if the gazetteer says so too.
const KNOWN_PLACE: f32 = 0.3;
/// Of the least probability for one place that lies in another where the gazetteer is silent: two places that
/// a sentence joins are seldom joined otherwise (on the development part of CoNLL04 and on news).
const TWO_PLACES: f32 = 0.8;

/// A relation that the network reads in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Index into the recognition's sentences.
    pub(super) sentence: usize,
    /// Indices into the recognition's mentions, source and target.
    pub(super) ends: [usize; 2],
    pub(super) kind: RelationKind,
    pub(super) score: f32,
    pub(super) status: Status,
    /// The bytes that say so.
    pub(super) trigger: Option<[usize; 2]>,
}

/// The class of a mention as the network knows it; nothing for what it is not shown.
fn class_of(kind: EntityKind) -> Option<usize> {
    match kind {
        EntityKind::Person => Some(0),
        EntityKind::Organization | EntityKind::Unit => Some(1),
        EntityKind::Place => Some(2),
        EntityKind::Group => Some(3),
        EntityKind::Equipment | EntityKind::Event => Some(4),
        EntityKind::Date => None,
    }
}

/// A mention of this kind can be an end of a stated relation.
fn can_be_end(kind: EntityKind) -> bool {
    class_of(kind).is_some_and(|class| class < 4)
}

/// Relations of the kind go from the one to the other. A group stands for its country.
fn fits(kind: RelationKind, source: EntityKind, target: EntityKind) -> bool {
    use EntityKind::{Group, Organization, Person, Place, Unit};
    let person = |end| end == Person;
    let body = |end| matches!(end, Unit | Organization);
    let place = |end| matches!(end, Place | Group);
    let [source_is_actor, target_is_actor] = [source, target].map(|end| body(end) || place(end));
    match kind {
        RelationKind::Leads => person(source) && target_is_actor,
        RelationKind::MemberOf => !matches!(source, Group) && body(target),
        RelationKind::PartOf => source_is_actor && target_is_actor && source != Group,
        RelationKind::LocatedIn => target == Place && source != Group,
        RelationKind::BornIn | RelationKind::DiedIn => person(source) && target == Place,
        RelationKind::DeployedTo => target == Place,
        RelationKind::FoughtIn => target == Place && !place(source),
        RelationKind::Fights | RelationKind::AlliedWith => source_is_actor && target_is_actor,
        RelationKind::Supports | RelationKind::Accuses => true,
        RelationKind::Supplies => source_is_actor,
        RelationKind::Killed | RelationKind::Sentenced => person(target),
        RelationKind::Captured => person(target) || target == Place,
        RelationKind::MetWith | RelationKind::Contacted => [source, target]
            .iter()
            .all(|&end| person(end) || end == Organization),
        RelationKind::FamilyOf | RelationKind::AssociateOf => person(source) && person(target),
        RelationKind::MentionedWith => false,
    }
}

/// What the network reads in the sentences of a document, and how many pairs it was not asked about.
/// `words` are those that the mentions were recognized with.
pub fn read(
    reader: &PairReader,
    document: &Document,
    words: &EncodedWords,
    recognition: &Recognition,
) -> (Vec<Said>, usize) {
    let mut sentences = Vec::new();
    let mut places = Vec::new();
    let mut next = 0;
    for (index, (&[_, end], range)) in recognition
        .sentences
        .iter()
        .zip(&words.words.sentences)
        .enumerate()
    {
        let first = next;
        while recognition
            .mentions
            .get(next)
            .is_some_and(|m| m.start < end)
        {
            next += 1;
        }
        if let Some((sentence, mentions)) = marked(words, recognition, range, first..next) {
            sentences.push(sentence);
            places.push((index, mentions));
        }
    }
    let labels: Vec<Option<RelationKind>> = reader
        .labels()
        .iter()
        .map(|label| RelationKind::from_key(label))
        .collect();
    let mut said = Vec::new();
    let mut unexamined = 0;
    let found = reader.read(&words.hidden, &sentences);
    for ((sentence, (index, mentions)), found) in sentences.iter().zip(places).zip(found) {
        unexamined += found.unexamined;
        for mut relation in believed(reader, &labels, &found, document, recognition, &mentions) {
            relation.sentence = index;
            relation.trigger = relation.trigger.map(|[start, end]| {
                let word = |at: usize| words.words.words[sentence.words.start + at];
                [word(start).start, word(end - 1).end]
            });
            said.push(relation);
        }
    }
    (said, unexamined)
}

/// The sentence with its mentions, and which mentions of the recognition they are; nothing where fewer
/// than two can be ends.
fn marked(
    words: &EncodedWords,
    recognition: &Recognition,
    &[first, end]: &[usize; 2],
    mentions: Range<usize>,
) -> Option<(MarkedSentence, Vec<usize>)> {
    let ends = recognition.mentions[mentions.clone()]
        .iter()
        .filter(|mention| can_be_end(mention.kind));
    if ends.count() < 2 {
        return None;
    }
    let own = &words.words.words[first..end];
    let mut spans: Vec<MarkedSpan> = Vec::new();
    let mut numbers = Vec::new();
    for number in mentions {
        let mention = &recognition.mentions[number];
        let from = own.partition_point(|word| word.end <= mention.start);
        let to = own.partition_point(|word| word.start < mention.end);
        let is_apart = spans.last().is_none_or(|last| last.last < from);
        if let Some(class) = class_of(mention.kind)
            && from < to
            && is_apart
        {
            spans.push(MarkedSpan {
                first: from,
                last: to - 1,
                class,
            });
            numbers.push(number);
        }
    }
    let sentence = MarkedSentence {
        words: first..end,
        mentions: spans,
    };
    Some((sentence, numbers))
}

/// The likeliest fitting kind of each pair, where it is likely enough; kinds without direction once,
/// by the mean of both orders. The trigger counts words of the sentence.
fn believed(
    reader: &PairReader,
    labels: &[Option<RelationKind>],
    found: &SentencePairs,
    document: &Document,
    recognition: &Recognition,
    mentions: &[usize],
) -> Vec<Said> {
    let by_ends: BTreeMap<(usize, usize), usize> = found
        .pairs
        .iter()
        .enumerate()
        .map(|(index, pair)| ((pair.head, pair.tail), index))
        .collect();
    let kind_of = |mention: usize| recognition.mentions[mentions[mention]].kind;
    let mut out = Vec::new();
    for pair in &found.pairs {
        let mut best: Option<(f32, RelationKind)> = None;
        let ends = [pair.head, pair.tail].map(|mention| mentions[mention]);
        for ((&kind, &score), &threshold) in
            labels.iter().zip(&pair.labels).zip(reader.thresholds())
        {
            let Some(kind) = kind else { continue };
            let Some(&back) = by_ends.get(&(pair.tail, pair.head)) else {
                continue;
            };
            let label = RelationKind::key(kind);
            let score = if kind.is_mutual() {
                let same = reader.labels().iter().position(|known| known == label);
                let other = same.map_or(score, |same| found.pairs[back].labels[same]);
                (score + other) / 2.0
            } else {
                score
            };
            let is_once = !kind.is_mutual() || pair.head < pair.tail;
            let is_best = best.is_none_or(|(known, _)| score > known);
            if is_once
                && score >= KNOWN_PLACE.min(threshold * TWO_PLACES)
                && is_best
                && fits(kind, kind_of(pair.head), kind_of(pair.tail))
                && score >= least(kind, threshold, || knowledge(document, recognition, ends))
            {
                best = Some((score, kind));
            }
        }
        if let Some((score, kind)) = best {
            out.push(Said {
                sentence: 0,
                ends: [pair.head, pair.tail].map(|mention| mentions[mention]),
                kind,
                score,
                status: status_of(reader, &pair.statuses),
                trigger: pair.trigger,
            });
        }
    }
    out
}

/// The least score of a relation that is believed, for places by what the gazetteer knows of them.
fn least(kind: RelationKind, threshold: f32, known: impl FnOnce() -> Option<Containment>) -> f32 {
    if !matches!(kind, RelationKind::LocatedIn | RelationKind::PartOf) {
        return threshold;
    }
    match known() {
        Some(Containment::Known) => threshold.min(KNOWN_PLACE),
        Some(Containment::Impossible) => f32::INFINITY,
        Some(Containment::Unknown) if kind == RelationKind::LocatedIn => threshold * TWO_PLACES,
        Some(Containment::Unknown) | None => threshold,
    }
}

/// What the gazetteer knows of the one mention's place lying in the other's, if both are places.
fn knowledge(
    document: &Document,
    recognition: &Recognition,
    ends: [usize; 2],
) -> Option<Containment> {
    let [inner, outer] = ends.map(|end| &recognition.mentions[end]);
    let are_places = inner.kind == EntityKind::Place && outer.kind == EntityKind::Place;
    let text = |mention: &RawMention| &document.text[mention.start..mention.end];
    are_places.then(|| containment(text(inner), text(outer)))
}

/// The status that the network is sure of; else that of a plain statement.
fn status_of(reader: &PairReader, statuses: &[f32]) -> Status {
    let sure = statuses.iter().position(|&score| score >= SURE_STATUS);
    let key = sure.and_then(|at| reader.statuses().get(at));
    let status = key.and_then(|key| Status::ALL.into_iter().find(|status| status.key() == key));
    status.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_fit_their_kind() {
        use EntityKind::{Date, Group, Organization, Person, Place, Unit};
        assert!(fits(RelationKind::Leads, Person, Group));
        assert!(!fits(RelationKind::Leads, Organization, Person));
        assert!(fits(RelationKind::Fights, Unit, Place));
        assert!(!fits(RelationKind::BornIn, Person, Group));
        assert!(!can_be_end(Date));
    }
}
