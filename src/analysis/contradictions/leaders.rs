//! Two people in one post at one time.

use super::claims::{Claim, Contradiction, ContradictionKind, firm, may_be_one, name};
use super::dates::{days_between, distance, published};
use crate::model::{
    DateValue, EntityId, EntityKind, Evidence, PartialDate, Project, Relation, RelationKind,
};
use std::collections::BTreeMap;

/// Posts that one person holds at a time. Others, such as spokesmen, are many.
const SINGLE_POSTS: [&str; 22] = [
    "commander",
    "commander in chief",
    "chief",
    "chief of staff",
    "chief executive",
    "chief executive officer",
    "ceo",
    "head",
    "leader",
    "president",
    "prime minister",
    "minister",
    "defense minister",
    "defence minister",
    "foreign minister",
    "chairman",
    "chairwoman",
    "chairperson",
    "secretary general",
    "general secretary",
    "director general",
    "governor",
];

/// Between documents published farther apart, one may have followed the other.
const MOST_DAYS_APART: i64 = 31;

/// Pairs looked at for one post; who has more leaders than this is no single unit.
const MOST_PAIRS: usize = 200;

/// Finds them. Only units and organizations: a country has a president and a prime minister, and
/// what it calls "leader" may be either.
pub(super) fn find(project: &Project) -> Vec<Contradiction> {
    let mut by_post: BTreeMap<(EntityId, String), Vec<&Relation>> = BTreeMap::new();
    for relation in project.relations() {
        let kind = project.entity(relation.target).map(|entity| entity.kind);
        let led = matches!(kind, Some(EntityKind::Unit | EntityKind::Organization));
        if relation.kind == RelationKind::Leads
            && led
            && let Some(post) = post(&relation.label, kind == Some(EntityKind::Unit))
        {
            let key = (relation.target, post);
            by_post.entry(key).or_default().push(relation);
        }
    }
    let mut found = Vec::new();
    for ((target, post), leaders) in &by_post {
        let pairs = leaders
            .iter()
            .enumerate()
            .flat_map(|(at, a)| leaders[at + 1..].iter().map(move |b| (*a, *b)));
        for (a, b) in pairs.take(MOST_PAIRS) {
            let names = [name(project, a.source), name(project, b.source)];
            if a.source == b.source || may_be_one(names[0], names[1]) {
                continue;
            }
            if let Some(claims) = at_one_time(project, a, b) {
                found.push(Contradiction {
                    kind: ContradictionKind::TwoLeaders,
                    subject: *target,
                    claims,
                    explanation: format!(
                        "{} and {} are both said to be {post} of {} at one time.",
                        names[0],
                        names[1],
                        name(project, *target),
                    ),
                });
            }
        }
    }
    found
}

/// What a unit has one of, whatever a text calls it.
const OF_UNITS: [&str; 5] = ["commander", "commander in chief", "chief", "head", "leader"];

/// Verbs of who heads it now. "Led" and "commanded" may be long ago.
const HEADS_IT: [&str; 7] = [
    "leads",
    "heads",
    "commands",
    "runs",
    "led by",
    "headed by",
    "commanded by",
];

/// The post that a label names, if one person holds it at a time.
fn post(label: &str, is_unit: bool) -> Option<String> {
    let post = named_post(label, is_unit)?;
    let is_of_unit = is_unit && OF_UNITS.contains(&post.as_str());
    Some(if is_of_unit {
        "commander".to_owned()
    } else {
        post
    })
}

fn named_post(label: &str, is_unit: bool) -> Option<String> {
    const FILLING: [&str; 12] = [
        "the", "of", "for", "a", "an", "its", "their", "s", "current", "is", "as", "new",
    ];
    let label = label.to_lowercase();
    let words: Vec<&str> = label
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && !FILLING.contains(word))
        .collect();
    let fit = |post: &&&str| {
        post.split(' ')
            .filter(|w| *w != "of")
            .eq(words.iter().copied())
    };
    // In an organization many head something.
    let is_verb = HEADS_IT
        .iter()
        .any(|verb| verb.split(' ').eq(words.iter().copied()));
    if is_verb {
        return is_unit.then(|| "head".to_owned());
    }
    SINGLE_POSTS.iter().find(fit).map(|post| (*post).to_owned())
}

fn at_one_time(project: &Project, a: &Relation, b: &Relation) -> Option<[Claim; 2]> {
    firm(a).find_map(|(claim, evidence)| {
        firm(b).find_map(|(other_claim, other)| {
            let one = (a.date, evidence);
            let two = (b.date, other);
            is_one_time(project, one, two).then_some([claim, other_claim])
        })
    })
}

type Told<'a> = (Option<DateValue>, &'a Evidence);

fn is_one_time(project: &Project, one: Told<'_>, two: Told<'_>) -> bool {
    let published = |told: Told<'_>| published(project, told.1);
    match (one.0, two.0) {
        (Some(a), Some(b)) => a.ends()[0].is_some() && b.ends()[0].is_some() && overlap(a, b),
        (Some(period), None) => holds_at(period, published(one), published(two)),
        (None, Some(period)) => holds_at(period, published(two), published(one)),
        (None, None) => {
            one.1.document == two.1.document
                || published(one)
                    .zip(published(two))
                    .is_some_and(|(a, b)| near(a, b))
        }
    }
}

/// Both last beyond the day that one ends and the other begins.
fn overlap(a: DateValue, b: DateValue) -> bool {
    let [from, to] = a.ends();
    let [other_from, other_to] = b.ends();
    let beyond = |start: Option<PartialDate>, end: Option<PartialDate>| {
        start
            .zip(end)
            .is_none_or(|(start, end)| start.last_day() < end.first_day())
    };
    beyond(from, other_to) && beyond(other_from, to)
}

/// `period`, told of in a document of `told`, holds on `day`: within it, or not long after it was told
/// if it is open.
fn holds_at(period: DateValue, told: Option<PartialDate>, day: Option<PartialDate>) -> bool {
    let ([Some(from), to], Some(day)) = (period.ends(), day) else {
        return false;
    };
    if days_between(from, day) <= 0 {
        return false;
    }
    match to {
        Some(to) => days_between(day, to) > 0,
        None => told.is_some_and(|told| days_between(told, day) <= MOST_DAYS_APART),
    }
}

fn near(a: PartialDate, b: PartialDate) -> bool {
    a.day.is_some() && b.day.is_some() && distance(a, b) <= MOST_DAYS_APART
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_those_of_one_person() {
        let of_body = |label| post(label, false);
        let post = |label| post(label, true);
        assert_eq!(post("commander of the").as_deref(), Some("commander"));
        assert_eq!(post("'s chief of staff").as_deref(), Some("chief of staff"));
        assert_eq!(of_body("CEO").as_deref(), Some("ceo"));
        assert_eq!(post("is led by").as_deref(), Some("commander"));
        assert_eq!(post("commands").as_deref(), Some("commander"));
        assert_eq!(of_body("heads"), None);
        assert_eq!(of_body("president").as_deref(), Some("president"));
        for many in [
            "deputy commander of",
            "co-chairman",
            "founder",
            "acting head",
            "led",
            "",
        ] {
            assert_eq!(post(many), None, "{many}");
        }
    }
}
