//! How what the network reads joins what the patterns found: in the words of the text, with the status
//! that its wording gives, and without what another name stands in the way of.

use super::super::dates;
use super::super::{RawLink, Recognition};
use super::classes::Class;
use super::crossed;
use super::known::{is_known_death, is_taken_for_known, is_war, known};
use super::label;
use super::lists::Lists;
use super::matcher::Fit;
use super::periods;
use super::phrases::Phrase;
use super::polarity::{left, polarity};
use super::read_pairs::Said;
use super::rules::{RULES, Rules};
use super::sentence::Sentence;
use super::stage::is_happening;
use super::unfit;
use super::unmeant;
use super::wording::{Wording, is_statement};
use crate::model::{Document, EntityKind, RelationKind, Status};
use std::collections::BTreeMap;

/// What names the network in the evidence.
const METHOD: &str = "model:pairs";

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
    links.sort_by_key(|link| (link.sentence, link.source, link.target, link.kind));
    let mut added = Vec::new();
    let mut known: BTreeMap<[usize; 2], Vec<usize>> = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        let ends = unordered([link.source, link.target]);
        known.entry(ends).or_default().push(index);
    }
    for said in said.chunk_by(|a, b| a.sentence == b.sentence) {
        let mut row: Option<Row<'_>> = None;
        let mut new = Vec::new();
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
            let row = row.get_or_insert_with(|| Row::new(document, recognition, said.sentence));
            new.extend(link(document, recognition, row, &RULES, said));
        }
        if let Some(row) = row {
            let first = links.partition_point(|link| link.sentence < row.sentence.index);
            let old = links[first..]
                .iter()
                .take_while(|link| link.sentence == row.sentence.index);
            crossed::drop_taken(&row.sentence, &row.lists, old, &mut new);
            added.extend(new);
        }
    }
    links.extend(added);
    links.sort_by_key(|link| (link.sentence, link.source, link.target, link.kind));
    links
}

/// A sentence with what is worked out of it once.
struct Row<'a> {
    sentence: Sentence<'a>,
    wording: Wording,
    lists: Lists,
}

impl<'a> Row<'a> {
    fn new(document: &'a Document, recognition: &'a Recognition, sentence: usize) -> Self {
        let sentence = row_of(document, recognition, sentence);
        Self {
            wording: Wording::new(&sentence, &RULES),
            lists: Lists::new(&sentence, &RULES),
            sentence,
        }
    }
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
    row: &Row<'_>,
    rules: &Rules,
    said: &Said,
) -> Option<RawLink> {
    let (sentence, wording) = (&row.sentence, &row.wording);
    let [source, target] = said.ends.map(|end| &recognition.mentions[end]);
    let later = [source, target].into_iter().max_by_key(|end| end.start)?;
    // Without words that say so, what stands between the ends bears on them.
    let [from, to] = said.trigger.unwrap_or([later.start, later.end]);
    let mut first = sentence.items.partition_point(|item| item.end <= from);
    let end = sentence.items.partition_point(|item| item.start < to);
    if first >= end {
        return None;
    }
    // What takes it back bears on the words that say so, though the network counts it among them.
    let may_take_back = !matches!(said.kind, RelationKind::Accuses | RelationKind::Contacted);
    while may_take_back && first + 1 < end && takes_back(sentence, first) {
        first += 1;
    }
    let fit = fit_of(sentence, said, [first, end])?;
    if crossed::is_another_s(sentence, &row.lists, &fit, said.kind)
        || unfit::is_unfit(sentence, &row.lists, &fit, said.kind)
        || unmeant::is_not_meant(sentence, &row.lists, &fit, said.kind)
    {
        return None;
    }
    let is_known_war = said.kind == RelationKind::Fights && is_war(sentence, &fit);
    let is_known_death = said.kind == RelationKind::DiedIn && is_known_death(sentence, &fit);
    let is_event = is_happening(said.kind) && !is_known_war && !is_known_death;
    let is_known = is_taken_for_known(sentence, &fit, said.kind);
    let is_claim = is_event || is_statement(sentence, &fit) && !is_known;
    let parts = [[first, end]];
    let (mut status, mut attributed_to) =
        wording.of(sentence, rules, &parts, first..end, is_claim)?;
    if is_brought_there(sentence, &fit, said.kind)
        && let Some((told, speaker)) = wording.of(sentence, rules, &parts, first..end, true)
    {
        (status, attributed_to) = (status.min(told), attributed_to.or(speaker));
    }
    if is_known && !is_statement(sentence, &fit) {
        status = known(status);
    }
    let whole = [sentence.items.first()?.start, sentence.items.last()?.end];
    let label = said
        .trigger
        .and_then(|[from, to]| label::of_words(&document.text[from..to]));
    let kind = kind_that_holds(sentence, &fit, said.kind, target.kind)?;
    let status = if is_event || is_known || !is_to_come(sentence, &fit) {
        status
    } else {
        status.min(Status::Alleged)
    };
    // "Norden in Sylvania": where a place lies, nobody claims or plans, whatever the sentence is about.
    let are_places = [source, target]
        .iter()
        .all(|end| end.kind == EntityKind::Place);
    let is_geography = are_places
        && kind == RelationKind::LocatedIn
        && end - first == 1
        && status != Status::Denied
        && said.status != Status::Denied;
    let (status, attributed_to) = if is_geography {
        (
            left(polarity(sentence, &fit, kind), Status::Asserted)?,
            None,
        )
    } else {
        let hedged = if is_known {
            Status::Asserted
        } else {
            said.status
        };
        let status = left(polarity(sentence, &fit, kind), status.min(hedged))?;
        (status, attributed_to)
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
        status,
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

/// The kind that stands: deputies, founders and heads of a part lead nothing. They belong to a body; of a
/// town that says no more.
fn kind_that_holds(
    sentence: &Sentence<'_>,
    fit: &Fit,
    kind: RelationKind,
    target: EntityKind,
) -> Option<RelationKind> {
    let leads_nothing = is_deputy(sentence, fit)
        || is_founder(sentence, fit)
        || crossed::is_of_a_part(sentence, fit);
    if kind != RelationKind::Leads || !leads_nothing {
        return Some(kind);
    }
    matches!(target, EntityKind::Organization | EntityKind::Unit).then_some(RelationKind::MemberOf)
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

/// "Denies killing", "offered to work for": the word before what would be so.
fn takes_back(sentence: &Sentence<'_>, at: usize) -> bool {
    let classes = [
        Class::DENIES,
        Class::CLAIMS,
        Class::HYPOTHETICAL,
        Class::DOUBT,
    ];
    let is_one = |at: usize| classes.iter().any(|&class| sentence.is_in(at, class));
    let next = sentence.word(at + 1);
    let goes_on = matches!(next, "to" | "that" | "having" | "ever") || next.ends_with("ing");
    let is_behind = at > 0 && sentence.word(at) == "to" && is_one(at - 1);
    (is_one(at) && goes_on) || is_behind
}

/// "Ada Byron was taken from Perth": an event that somebody tells, not where she lives.
fn is_brought_there(sentence: &Sentence<'_>, fit: &Fit, kind: RelationKind) -> bool {
    const BROUGHT: [&str; 8] = [
        "abducted",
        "kidnapped",
        "taken",
        "held",
        "detained",
        "arrested",
        "seen",
        "found",
    ];
    const BEING: [&str; 6] = ["was", "were", "been", "being", "is", ","];
    let end = fit
        .trigger
        .last()
        .map_or(fit.target.head, |trigger| trigger[1]);
    kind == RelationKind::LocatedIn
        && sentence.kind(fit.source.head) == Some(EntityKind::Person)
        && (fit.source.end..end)
            .any(|at| sentence.is_one_of(at, &BROUGHT) && sentence.is_one_of(at - 1, &BEING))
}

/// "Will become a member of", "could lead": not so yet.
fn is_to_come(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const MODALS: [&str; 7] = ["will", "would", "shall", "may", "might", "could", "should"];
    const BEING: [&str; 12] = [
        "be", "become", "head", "lead", "join", "serve", "command", "run", "take", "chair",
        "succeed", "replace",
    ];
    let Some(first) = fit.trigger.first().map(|trigger| trigger[0]) else {
        return false;
    };
    let mut before = fit.source.end.min(fit.target.end).min(first)..first + 1;
    before.any(|at| {
        let next = at + 1 + usize::from(sentence.word(at + 1) == "soon");
        sentence.is_one_of(at, &MODALS) && sentence.is_one_of(next, &BEING)
    })
}

/// All that is said is who founded it.
fn is_founder(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const FOUNDED: [&str; 10] = [
        "founder",
        "founders",
        "co-founder",
        "co-founders",
        "cofounder",
        "cofounders",
        "launched",
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
        for told in [
            "[person Ada Byron] shot dead [person Bo Carr], according to police.",
            "As per police, [person Ada Byron] shot dead [person Bo Carr].",
            "[person Ada Byron] shot dead [person Bo Carr], as confirmed by police.",
        ] {
            let (document, recognition) = text(0, told);
            let one = [said(
                &recognition,
                &document.text,
                RelationKind::Killed,
                "shot dead",
            )];
            let links = add(&document, &recognition, Vec::new(), &one);
            assert_eq!(links[0].status, Status::Reported, "{told}");
        }
    }

    #[test]
    fn where_one_was_taken_is_as_sure_as_who_tells_it() {
        let text = "Police said [person Ada Byron] was held hostage in [place Perth].";
        let (document, recognition) = self::text(0, text);
        let one = [said(
            &recognition,
            &document.text,
            RelationKind::LocatedIn,
            "in",
        )];
        let links = add(&document, &recognition, Vec::new(), &one);
        assert_eq!(links[0].status, Status::Reported);
    }

    #[test]
    fn what_is_said_to_be_so_is_doubted_before_any_noun() {
        let text = "[person Ada Byron] is allegedly the long-lost sister of [person Bo Carr].";
        let (document, recognition) = self::text(0, text);
        let one = [said(
            &recognition,
            &document.text,
            RelationKind::FamilyOf,
            "sister of",
        )];
        let links = add(&document, &recognition, Vec::new(), &one);
        assert_eq!(links[0].status, Status::Alleged);
    }

    #[test]
    fn a_title_before_a_name_is_taken_for_known() {
        let status = |text: &str, kind, words: &str| {
            let (document, recognition) = self::text(0, text);
            let one = [Said {
                status: Status::Alleged,
                ..said(&recognition, &document.text, kind, words)
            }];
            let links = add(&document, &recognition, Vec::new(), &one);
            links.first().map(|link| link.status)
        };
        let son =
            "[person Ada Byron] struggles with a scandal around her son [person Bo Carr] again.";
        let known = status(son, RelationKind::FamilyOf, "son");
        assert_eq!(known, Some(Status::Asserted));
        let told = "[person Ada Byron] was told that the death of her son [person Bo Carr] would be tried.";
        let known = status(told, RelationKind::FamilyOf, "son");
        assert_eq!(known, Some(Status::Asserted));
        let doubted = "[person Ada Byron] struggles with a scandal around an alleged son [person Bo Carr] again.";
        let told = status(doubted, RelationKind::FamilyOf, "son");
        assert_eq!(told, Some(Status::Alleged));
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
}
