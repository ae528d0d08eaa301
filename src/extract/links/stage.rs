//! All rules over all sentences of a document.

use super::super::dates;
use super::super::{RawLink, Recognition};
use super::known::{is_taken_for_known, known};
use super::label;
use super::lists::{Lists, pairs};
use super::matcher::{Fit, fit};
use super::nominals;
use super::periods;
use super::phrases::Phrase;
use super::polarity::{around_pattern, left};
use super::rules::{RULES, Rule, Rules};
use super::sentence::Sentence;
use super::unfit;
use super::unmeant;
use super::wording::{Wording, is_statement};
use crate::model::{Document, RelationKind, Status};
use std::collections::{BTreeMap, HashSet};

/// The relations that the sentences of `document` state between the mentions of `recognition`, by
/// sentence and place. Linear in the text: each pattern is tried once at each word that may begin
/// it, with a bounded number of steps.
pub fn find(document: &Document, recognition: &Recognition) -> Vec<RawLink> {
    let rules = &*RULES;
    let mut links = Vec::new();
    let mut next = 0;
    for (index, &[start, end]) in recognition.sentences.iter().enumerate() {
        while recognition
            .mentions
            .get(next)
            .is_some_and(|m| m.start < start)
        {
            next += 1;
        }
        let first = next;
        while recognition
            .mentions
            .get(next)
            .is_some_and(|m| m.start < end)
        {
            next += 1;
        }
        let may_name_one_before = next > first && nominals::may_be_in(&document.text[start..end]);
        if next - first > 1 || may_name_one_before {
            let sentence = Sentence::new(document, recognition, index, first..next, &rules.classes);
            links.extend(in_sentence(document, &sentence, rules));
        }
    }
    links
}

type Place = (usize, usize, RelationKind);

fn in_sentence(document: &Document, sentence: &Sentence<'_>, rules: &Rules) -> Vec<RawLink> {
    let candidates = rules.candidates(&sentence.known_words());
    let lists = Lists::new(sentence, rules);
    let wording = Wording::new(sentence, rules);
    let mut best: BTreeMap<Place, RawLink> = BTreeMap::new();
    for start in 0..sentence.items.len() {
        for rule in &candidates {
            let Some(fit) = fit(sentence, rules, rule, start) else {
                continue;
            };
            for (source, target) in pairs(sentence, &lists, &fit) {
                let ends = (source, target);
                let Some(link) = link(document, sentence, rules, &wording, rule, &fit, ends) else {
                    continue;
                };
                let place = (link.source, link.target, link.kind);
                match best.get(&place) {
                    Some(known) if known.score >= link.score => {}
                    _ => {
                        best.insert(place, link);
                    }
                }
            }
        }
    }
    let said = |kind: RelationKind| -> HashSet<(usize, usize)> {
        best.values()
            .filter(|link| link.kind == kind)
            .map(|link| (link.source, link.target))
            .collect()
    };
    let (leaders, parts) = (said(RelationKind::Leads), said(RelationKind::PartOf));
    // Who leads is a member, and what is part of a country lies in it: the narrower says it.
    best.into_values()
        .filter(|link| {
            let ends = (link.source, link.target);
            match link.kind {
                RelationKind::MemberOf => !leaders.contains(&ends),
                RelationKind::LocatedIn => !parts.contains(&ends),
                _ => true,
            }
        })
        .collect()
}

/// The rule tells of something that happens, as against what is so.
fn is_event(rule: &Rule) -> bool {
    !rule.is_presupposed && is_happening(rule.kind)
}

/// The kind is something that happens, as against what is so.
pub(super) fn is_happening(kind: RelationKind) -> bool {
    !matches!(
        kind,
        RelationKind::Leads
            | RelationKind::MemberOf
            | RelationKind::PartOf
            | RelationKind::LocatedIn
            | RelationKind::FamilyOf
            | RelationKind::AssociateOf
    )
}

fn link(
    document: &Document,
    sentence: &Sentence<'_>,
    rules: &Rules,
    wording: &Wording,
    rule: &Rule,
    fit: &Fit,
    (source, target): (Phrase, Phrase),
) -> Option<RawLink> {
    let source_mention = sentence.items[source.head].mention?;
    let target_mention = sentence.items[target.head].mention?;
    let is_no_name = |head| unfit::is_no_name(sentence, head);
    let is_of_people = rule.kind == RelationKind::PartOf && unmeant::is_of_people(sentence, fit);
    if source_mention == target_mention
        || is_no_name(source.head)
        || is_no_name(target.head)
        || is_of_people
    {
        return None;
    }
    let trigger = match (fit.trigger.first(), fit.trigger.last()) {
        (Some(first), Some(last)) => first[0]..last[1],
        _ => fit.range[0]..fit.range[1],
    };
    let is_known = is_taken_for_known(sentence, fit, rule.kind);
    let is_claim = is_event(rule) || is_statement(sentence, fit) && !is_known;
    let words = trigger.clone();
    let (mut status, attributed_to) = wording.of(sentence, rules, &fit.trigger, words, is_claim)?;
    if is_known && !is_statement(sentence, fit) {
        status = known(status);
    }
    if fit.is_negated {
        status = Status::Denied;
    }
    // A war that is taken for known may still be denied.
    if is_event(rule) || rule.kind == RelationKind::Fights {
        status = left(around_pattern(sentence, fit, rule.kind), status)?;
    }
    let bytes = |range: &[usize; 2]| {
        [
            sentence.items[range[0]].start,
            sentence.items[range[1] - 1].end,
        ]
    };
    let near = sentence.items[trigger.start].start;
    let whole = [sentence.items.first()?.start, sentence.items.last()?.end];
    let label = label::of_pattern(sentence, fit, rule.kind, [source, target]);
    Some(RawLink {
        source: source_mention,
        target: target_mention,
        kind: rule.kind,
        label,
        sentence: sentence.index,
        source_span: source.span,
        target_span: target.span,
        trigger: fit.trigger.iter().map(bytes).collect(),
        status,
        attributed_to,
        date: if is_event(rule) {
            dates::nearest(sentence.text, whole, near, document.date)
        } else {
            None
        },
        period: if rule.kind == RelationKind::Leads {
            periods::told(document, sentence, fit)
        } else {
            None
        },
        score: rule.score,
        method: rule.name,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::*;

    /// The links of a text, each as "source -kind-> target", with status and date where told.
    fn links(notation: &str) -> Vec<String> {
        let (mut document, recognition) = marked(0, notation);
        document.date = "2025-02-08".parse().ok();
        find(&document, &recognition)
            .iter()
            .map(|link| {
                let text = |m: usize| {
                    let raw = &recognition.mentions[m];
                    &document.text[raw.start..raw.end]
                };
                let mut line = format!(
                    "{} -{}-> {}",
                    text(link.source),
                    link.kind.key(),
                    text(link.target)
                );
                if link.status != Status::Asserted {
                    line += &format!(" ({})", link.status.key());
                }
                if let Some(speaker) = &link.attributed_to {
                    line += &format!(" by {speaker}");
                }
                for date in [link.date, link.period].into_iter().flatten() {
                    line += &format!(" {date}");
                }
                line
            })
            .collect()
    }

    #[track_caller]
    fn says(notation: &str, expected: &[&str]) {
        assert_eq!(links(notation), expected, "{notation}");
    }

    #[test]
    fn leaders() {
        says(
            "[person Ada Byron], commander of the [unit 5th Brigade], left.",
            &["Ada Byron -leads-> 5th Brigade"],
        );
        says(
            "[group=Freedonia Freedonian] President [person Ada Byron] spoke.",
            &["Ada Byron -leads-> Freedonian"],
        );
        says(
            "Former [organization Acme] chief [person Ada Byron] spoke.",
            &["Ada Byron -leads-> Acme ../2025-02-08"],
        );
        says(
            "[person Ada Byron] was elected president of [place=Freedonia Freedonia] in 2015.",
            &["Ada Byron -leads-> Freedonia"],
        );
        says(
            "[person Ada Byron], deputy commander of the [unit 5th Brigade], left.",
            &["Ada Byron -member_of-> 5th Brigade"],
        );
    }

    #[test]
    fn a_title_in_the_singular_is_that_of_the_first() {
        let list = "[person Ada Byron], [person Bo Carr] and [person Cy Dunn].";
        let one = format!("[organization Acme] president {list}");
        says(&one, &["Ada Byron -leads-> Acme"]);
        let all = format!("[organization Acme] lawyers {list}");
        assert_eq!(links(&all).len(), 3);
    }

    #[test]
    fn the_brigade_is_the_one_named_before() {
        says(
            "The [unit 5th Brigade] left. The brigade's commander, [person Ada Byron], spoke.",
            &["Ada Byron -leads-> 5th Brigade"],
        );
        says(
            "The [unit 5th Brigade] left. [person Ada Byron], commander of the brigade, spoke.",
            &["Ada Byron -leads-> 5th Brigade"],
        );
        says(
            "The [unit 5th Brigade] and the [unit 6th Brigade] left. The brigade's commander, [person Ada Byron], spoke.",
            &[],
        );
        says(
            "The [unit 5th Brigade] left. It rained. It snowed. The brigade's commander, [person Ada Byron], spoke.",
            &[],
        );
        says(
            "The [unit 5th Brigade] left. [person Ada Byron], commander of the brigade headquarters, spoke.",
            &[],
        );
    }

    #[test]
    fn the_general_is_the_only_one_near() {
        says(
            "[role Gen.] [person Paul Crane] left. The general was born in [place Norden].",
            &["Paul Crane -born_in-> Norden"],
        );
        says(
            "[role Gen.] [person Paul Crane] met [role Gen.] [person Ada Byron]. The general was born in [place Norden].",
            &["Paul Crane -met_with-> Ada Byron"],
        );
    }

    #[test]
    fn a_list_that_an_apposition_interrupts_is_not_told_of() {
        says(
            "They are [organization Acme], a unit of [organization Globe], [organization Umbrella] and [organization Initech].",
            &["Acme -part_of-> Globe"],
        );
    }

    #[test]
    fn lists_share_what_is_said() {
        says(
            "[person Ada Byron], [person Bo Carr] and [person Cy Dunn], members of [organization Acme], left.",
            &[
                "Ada Byron -member_of-> Acme",
                "Bo Carr -member_of-> Acme",
                "Cy Dunn -member_of-> Acme",
            ],
        );
    }

    #[test]
    fn passives_and_possessives() {
        says(
            "[person Ada Byron] was killed by [person Bo Carr] on Friday.",
            &["Bo Carr -killed-> Ada Byron 2025-02-07"],
        );
        says(
            "[place=Freedonia Freedonia]'s [unit 5th Brigade] left.",
            &["5th Brigade -part_of-> Freedonia"],
        );
        says(
            "[place=Freedonia Freedonia]’s eastern [place Grand region] is cold.",
            &["Grand region -located_in-> Freedonia"],
        );
    }

    #[test]
    fn a_place_after_a_comma_holds_the_one_before_it_unless_both_are_listed() {
        says(
            "He slept in [place Newcastle], [place=England England], on Friday.",
            &["Newcastle -located_in-> England"],
        );
        says(
            "He slept in [place Ayr], [place Perth], and [place Bath].",
            &[],
        );
        says("He slept in [place Ayr], [place Perth], [place Bath].", &[]);
    }

    #[test]
    fn armies_stand_for_their_country() {
        says(
            "A [group=Freedonia Freedonian] drone strike on [place Klopstok] killed two.",
            &["Freedonian -fights-> Klopstok"],
        );
        says(
            "[group=Freedonia Freedonian] troops were fighting alongside [group=Sylvania Sylvanian] forces.",
            &["Freedonian -allied_with-> Sylvanian"],
        );
    }

    #[test]
    fn who_says_so_and_how() {
        says(
            "[place=Sylvania Sylvania] said on Friday that [group=Freedonia Freedonian] forces attacked [place Klopstok].",
            &["Freedonian -fights-> Klopstok (reported) by Sylvania"],
        );
        says(
            "[group=Freedonia Freedonian] forces allegedly attacked [place Klopstok].",
            &["Freedonian -fights-> Klopstok (alleged)"],
        );
        says(
            "[group=Freedonia Freedonian] forces did not attack anyone and have not attacked [place Klopstok].",
            &[],
        );
        says(
            "[group=Freedonia Freedonian] forces have never attacked [place Klopstok].",
            &["Freedonian -fights-> Klopstok (denied)"],
        );
        says(
            "[place=Freedonia Freedonia] denied that its forces attacked [place Klopstok].",
            &["Freedonia -fights-> Klopstok (denied) by Freedonia"],
        );
    }

    #[test]
    fn what_is_planned_or_supposed_is_no_relation() {
        for text in [
            "[group=Freedonia Freedonian] forces could have attacked [place Klopstok].",
            "If [person Ada Byron] killed [person Bo Carr], she must go.",
            "Has [person Ada Byron] met [person Bo Carr]?",
            "[person Ada Byron] will have met [person Bo Carr].",
        ] {
            says(text, &[]);
        }
    }

    #[test]
    fn the_friend_of_a_man_is_not_the_man() {
        says(
            "The sister of [person Ada Byron] met [person Bo Carr].",
            &[],
        );
        says(
            "[person Ada Byron] met [organization Acme] boss [person Bo Carr].",
            &["Ada Byron -met_with-> Bo Carr", "Bo Carr -leads-> Acme"],
        );
    }

    #[test]
    fn the_subject_is_the_head_of_an_apposition_and_no_name_inside_it() {
        says(
            "[organization Acme News] reported that [person Ada Byron], deputy chief of the [organization Staff] of the [organization Army] as well as a close aide to leader [person Bo Carr] arrived in [place Perth].",
            &[
                "Ada Byron -member_of-> Staff",
                "Ada Byron -associate_of-> Bo Carr",
                "Ada Byron -deployed_to-> Perth (reported) by Acme News",
                "Staff -part_of-> Army",
            ],
        );
        for text in [
            "A member of [person Bo Carr]'s entourage arrived in [place Perth].",
            "A son of [person Bo Carr] arrived in [place Perth].",
            "The aides of [person Ada Byron] and [person Bo Carr] arrived in [place Perth].",
            "He is close to leader [person Bo Carr] arrived in [place Perth].",
        ] {
            says(text, &[]);
        }
    }

    #[test]
    fn a_deputy_leads_nothing() {
        says(
            "The deputy mayor of [place Perth], [person Ada Byron], left.",
            &[],
        );
        says(
            "The deputy chief of [organization Acme], [person Ada Byron], left.",
            &["Ada Byron -member_of-> Acme"],
        );
    }

    #[test]
    fn what_may_happen_has_not_happened() {
        for text in [
            "[place=Sylvania Sylvania] risks dragging [place=Freedonia Freedonia] into an all-out war with [place=Ruritania Ruritania].",
            "[group=Freedonia Freedonian] forces threatened an attack on [place Klopstok].",
            "A plan to prevent [group=Freedonia Freedonian] strikes on [place Klopstok] failed.",
            "Fear of a [group=Freedonia Freedonian] attack on [place Klopstok] grows.",
            "The party called for [group=Freedonia Freedonian] strikes on [place Klopstok].",
        ] {
            says(text, &[]);
        }
        says(
            "[person Ada Byron] may have met [person Bo Carr].",
            &["Ada Byron -met_with-> Bo Carr (alleged)"],
        );
    }

    #[test]
    fn what_is_told_to_reporters_is_no_contact() {
        for text in [
            "[person Ada Byron] told [organization Acme].",
            "[person Ada Byron] told the [organization Klopstok News Agency].",
            "[person Ada Byron] spoke to [organization Acme Times].",
        ] {
            says(text, &[]);
        }
        says(
            "[person Ada Byron] told [person Bo Carr].",
            &["Ada Byron -contacted-> Bo Carr"],
        );
        says(
            "[person Ada Byron], in congratulating [person Bo Carr], spoke of peace.",
            &["Ada Byron -contacted-> Bo Carr"],
        );
        says(
            "In thanking [person Bo Carr], [person Ada Byron] spoke of peace.",
            &["Ada Byron -contacted-> Bo Carr"],
        );
    }

    #[test]
    fn a_body_of_a_country_is_part_of_it_in_the_texts_own_words() {
        let (document, recognition) = marked(
            0,
            "[place=Freedonia Freedonia]’s [organization Ministry of Trade] left. [group=Freedonia Freedonian] [organization Trade Ministry] came.",
        );
        let found: Vec<_> = find(&document, &recognition)
            .into_iter()
            .map(|link| (link.kind, link.label))
            .collect();
        assert_eq!(
            found,
            [
                (RelationKind::PartOf, "Freedonia’s".to_owned()),
                (RelationKind::PartOf, "Freedonian".to_owned()),
            ]
        );
    }

    #[test]
    fn spans_lie_in_the_sentence() {
        let (document, recognition) = marked(
            0,
            "[person Bo] slept. [person Ada Byron], commander of the [unit 5th Brigade], met [person Bo Carr].",
        );
        let found = find(&document, &recognition);
        assert_eq!(found.len(), 2);
        for link in found {
            let [start, end] = recognition.sentences[link.sentence];
            for span in [link.source_span, link.target_span]
                .iter()
                .chain(&link.trigger)
            {
                assert!(start <= span[0] && span[0] < span[1] && span[1] <= end);
                assert!(document.text.get(span[0]..span[1]).is_some());
            }
        }
    }

    #[test]
    fn a_sentence_of_thousands_of_names_takes_no_square() {
        let text = "[person Ada Byron], chief of [organization Acme], ".repeat(3000) + "left.";
        let (document, recognition) = marked(0, &text);
        assert!(find(&document, &recognition).len() <= 3 * 3000);
    }
}
