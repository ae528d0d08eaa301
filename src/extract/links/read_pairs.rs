//! Relations that the trained network reads: which pairs it is asked about, what of its answers is
//! believed, and how they join what the patterns found.

use super::super::dates;
use super::super::{RawLink, RawMention, Recognition};
use super::classes::Class;
use super::containment::{Containment, containment};
use super::matcher::Fit;
use super::periods;
use super::phrases::Phrase;
use super::polarity::{left, polarity};
use super::rules::{RULES, Rules};
use super::sentence::Sentence;
use super::stage::{LONGEST_LABEL, is_happening};
use super::wording::{Wording, is_statement};
use crate::model::{Document, EntityKind, RelationKind, Status};
use redstring_tagger::{EncodedWords, MarkedSentence, MarkedSpan, PairReader, SentencePairs};
use std::collections::BTreeMap;
use std::ops::Range;

/// What names the network in the evidence.
const METHOD: &str = "model:pairs";
/// The network's own reading of the status counts from this probability on.
const SURE_STATUS: f32 = 0.8;
/// That a place lies in another is believed from this probability on if the gazetteer says so too.
const KNOWN_PLACE: f32 = 0.3;

/// A relation that the network reads in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Index into the recognition's sentences.
    sentence: usize,
    /// Indices into the recognition's mentions, source and target.
    ends: [usize; 2],
    kind: RelationKind,
    score: f32,
    status: Status,
    /// The bytes that say so.
    trigger: Option<[usize; 2]>,
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
                && score >= threshold.min(KNOWN_PLACE)
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

/// Adds what the network reads to the links of the patterns, by sentence and place. Where both say the
/// same, the surer score stands; where the patterns join two mentions otherwise, theirs stands; what
/// the sentence only supposes is left out.
pub fn add(
    document: &Document,
    recognition: &Recognition,
    mut links: Vec<RawLink>,
    said: &[Said],
) -> Vec<RawLink> {
    let unordered = |ends: [usize; 2]| [ends[0].min(ends[1]), ends[0].max(ends[1])];
    let mut known: BTreeMap<[usize; 2], Vec<usize>> = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        let ends = unordered([link.source, link.target]);
        known.entry(ends).or_default().push(index);
    }
    for said in said.chunk_by(|a, b| a.sentence == b.sentence) {
        let mut row: Option<(Sentence<'_>, Wording)> = None;
        for said in said {
            if let Some(others) = known.get(&unordered(said.ends)) {
                for &index in others {
                    let link = &mut links[index];
                    let same = [link.source, link.target] == said.ends || link.kind.is_mutual();
                    if link.kind == said.kind && same {
                        link.score = link.score.max(said.score);
                    }
                }
                continue;
            }
            let (sentence, wording) = row.get_or_insert_with(|| {
                let sentence = row_of(document, recognition, said.sentence);
                let wording = Wording::new(&sentence, &RULES);
                (sentence, wording)
            });
            links.extend(link(document, recognition, sentence, wording, &RULES, said));
        }
    }
    links.sort_by_key(|link| (link.sentence, link.source, link.target, link.kind));
    links
}

fn row_of<'a>(
    document: &'a Document,
    recognition: &'a Recognition,
    sentence: usize,
) -> Sentence<'a> {
    let [start, end] = recognition.sentences[sentence];
    let mentions = &recognition.mentions;
    let first = mentions.partition_point(|mention| mention.start < start);
    let last = mentions.partition_point(|mention| mention.start < end);
    Sentence::new(document, recognition, sentence, first..last, &RULES.classes)
}

fn link(
    document: &Document,
    recognition: &Recognition,
    sentence: &Sentence<'_>,
    wording: &Wording,
    rules: &Rules,
    said: &Said,
) -> Option<RawLink> {
    let [source, target] = said.ends.map(|end| &recognition.mentions[end]);
    let later = [source, target].into_iter().max_by_key(|end| end.start)?;
    // Without words that say so, what stands between the ends bears on them.
    let [from, to] = said.trigger.unwrap_or([later.start, later.end]);
    let first = sentence.items.partition_point(|item| item.end <= from);
    let end = sentence.items.partition_point(|item| item.start < to);
    if first >= end {
        return None;
    }
    let fit = fit_of(sentence, said, [first, end])?;
    let is_event = is_happening(said.kind);
    let is_claim = is_event || is_statement(sentence, &fit);
    let parts = [[first, end]];
    let (status, attributed_to) = wording.of(sentence, rules, &parts, first..end, is_claim)?;
    let whole = [sentence.items.first()?.start, sentence.items.last()?.end];
    let label = said
        .trigger
        .and_then(|[from, to]| label(&document.text[from..to]));
    let leads_nothing = is_deputy(sentence, &fit) || is_founder(sentence, &fit);
    let kind = if said.kind == RelationKind::Leads && leads_nothing {
        // Deputies and founders belong to a body; of a town or a country that says no more.
        let is_body = matches!(target.kind, EntityKind::Organization | EntityKind::Unit);
        is_body.then_some(RelationKind::MemberOf)?
    } else {
        said.kind
    };
    Some(RawLink {
        source: said.ends[0],
        target: said.ends[1],
        kind,
        trigger: match &label {
            Some(_) => said.trigger.into_iter().collect(),
            None => Vec::new(),
        },
        label: label.unwrap_or_else(|| kind.phrase().to_owned()),
        sentence: sentence.index,
        source_span: [source.start, source.end],
        target_span: [target.start, target.end],
        status: left(polarity(sentence, &fit, kind), status.min(said.status))?,
        attributed_to,
        date: if is_event {
            dates::nearest(sentence.text, whole, from, document.date)
        } else {
            None
        },
        period: match kind {
            RelationKind::Leads => periods::told(document, sentence, &fit),
            _ => None,
        },
        score: said.score,
        method: METHOD,
    })
}

/// What the network read in the form of what a pattern finds; `words` is the range of the row that says so.
fn fit_of(sentence: &Sentence<'_>, said: &Said, words: [usize; 2]) -> Option<Fit> {
    let phrase = |mention: usize| {
        let head = sentence
            .items
            .iter()
            .position(|item| item.mention == Some(mention))?;
        Some(Phrase {
            head,
            end: head + 1,
            span: [sentence.items[head].start, sentence.items[head].end],
        })
    };
    let [source, target] = [phrase(said.ends[0])?, phrase(said.ends[1])?];
    let trigger = match said.trigger {
        Some(_) => vec![words],
        None => Vec::new(),
    };
    Some(Fit {
        trigger,
        source_is_first: source.head < target.head,
        ends_with_slot: words[1] <= source.head.max(target.head),
        is_negated: false,
        range: [
            source.head.min(target.head).min(words[0]),
            source.end.max(target.end).max(words[1]),
        ],
        source,
        target,
    })
}

/// All that is said is who founded it.
fn is_founder(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const FOUNDED: [&str; 7] = [
        "founder",
        "founders",
        "co-founder",
        "cofounder",
        "founded",
        "co-founded",
        "founding",
    ];
    const BESIDE: [&str; 5] = ["a", "an", "the", "of", "who"];
    let mut words = fit
        .trigger
        .iter()
        .flat_map(|&[first, end]| first..end)
        .map(|at| sentence.word(at))
        .filter(|word| !BESIDE.contains(word))
        .peekable();
    words.peek().is_some() && words.all(|word| FOUNDED.contains(&word))
}

/// "Deputy", "vice" and the like stand in or right before the words that say so.
fn is_deputy(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    fit.trigger.iter().any(|&[first, end]| {
        (first.saturating_sub(1)..end).any(|at| sentence.is_in(at, Class::DEPUTY))
    })
}

/// The words that say so on one line, if they are words and few.
fn label(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let label = words.join(" ");
    let fits = words.len() <= LONGEST_LABEL && label.contains(char::is_alphabetic);
    fits.then_some(label)
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked as text;
    use super::*;

    fn said(recognition: &Recognition, text: &str, kind: RelationKind, words: &str) -> Said {
        let start = text.find(words).unwrap();
        let at = recognition.sentences.iter().position(|s| s[1] > start);
        Said {
            sentence: at.unwrap(),
            ends: [0, 1],
            kind,
            score: 0.9,
            status: Status::Asserted,
            trigger: Some([start, start + words.len()]),
        }
    }

    #[test]
    fn what_the_network_reads_is_added_in_the_texts_words() {
        let (document, recognition) = text(
            0,
            "[person Ada Byron] heads up the [organization Acme] works.",
        );
        let said = [said(
            &recognition,
            &document.text,
            RelationKind::Leads,
            "heads up",
        )];
        let links = add(&document, &recognition, Vec::new(), &said);
        assert_eq!(links.len(), 1);
        assert_eq!(
            (links[0].label.as_str(), links[0].method),
            ("heads up", METHOD)
        );
        assert_eq!(links[0].trigger, [said[0].trigger.unwrap()]);
    }

    #[test]
    fn what_is_supposed_is_left_out_and_what_is_said_is_reported() {
        let supposed = "If [person Ada Byron] shot dead [person Bo Carr], she must go.";
        let (document, recognition) = text(0, supposed);
        let one = [said(
            &recognition,
            &document.text,
            RelationKind::Killed,
            "shot dead",
        )];
        assert!(add(&document, &recognition, Vec::new(), &one).is_empty());
        let told = "[person Ada Byron] shot dead [person Bo Carr], according to police.";
        let (document, recognition) = text(0, told);
        let one = [said(
            &recognition,
            &document.text,
            RelationKind::Killed,
            "shot dead",
        )];
        let links = add(&document, &recognition, Vec::new(), &one);
        assert_eq!(links[0].status, Status::Reported);
    }

    #[test]
    fn a_deputy_is_a_member_and_a_former_leader_led_until_then() {
        let deputy = "[person Ada Byron] now works as deputy head inside [organization Acme].";
        let (document, recognition) = text(0, deputy);
        let one = [said(
            &recognition,
            &document.text,
            RelationKind::Leads,
            "head",
        )];
        let links = add(&document, &recognition, Vec::new(), &one);
        assert_eq!((links.len(), links[0].kind), (1, RelationKind::MemberOf));
        let town = "[person Ada Byron] now works as deputy mayor inside [place Perth].";
        let (document, recognition) = text(0, town);
        let one = [said(
            &recognition,
            &document.text,
            RelationKind::Leads,
            "mayor",
        )];
        assert!(add(&document, &recognition, Vec::new(), &one).is_empty());
        let founder = "[person Ada Byron], the founder of [organization Acme] works, left.";
        let (document, recognition) = text(0, founder);
        let one = [said(
            &recognition,
            &document.text,
            RelationKind::Leads,
            "founder of",
        )];
        let links = add(&document, &recognition, Vec::new(), &one);
        assert!(links.iter().all(|link| link.kind == RelationKind::MemberOf));
        let former = "[organization Acme] once had a former chief, [person Ada Byron].";
        let (mut document, recognition) = text(0, former);
        document.date = "2025-02-08".parse().ok();
        let one = [Said {
            ends: [1, 0],
            ..said(&recognition, &document.text, RelationKind::Leads, "chief")
        }];
        let links = add(&document, &recognition, Vec::new(), &one);
        let period = links[0].period.map(|period| period.to_string());
        assert_eq!(period.as_deref(), Some("../2025-02-08"));
    }

    #[test]
    fn the_patterns_kind_stands() {
        let (document, recognition) = text(
            0,
            "[person Ada Byron], commander of the [unit 5th Brigade], left.",
        );
        let own = super::super::find(&document, &recognition);
        assert_eq!(own.len(), 1);
        let other = [said(
            &recognition,
            &document.text,
            RelationKind::MemberOf,
            "commander",
        )];
        assert_eq!(add(&document, &recognition, own.clone(), &other), own);
        let same = [Said {
            score: 0.999,
            ..said(
                &recognition,
                &document.text,
                RelationKind::Leads,
                "commander",
            )
        }];
        let links = add(&document, &recognition, own.clone(), &same);
        assert_eq!((links.len(), links[0].score), (1, 0.999));
        assert_eq!(links[0].method, own[0].method);
    }

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
