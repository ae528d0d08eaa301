//! One death in two places or on two dates, and deeds after it.

use super::claims::{Claim, Contradiction, ContradictionKind, firm, name};
use super::dates::{days_between, distance, published, told};
use crate::model::{
    Area, EntityId, EntityKind, Evidence, Location, PartialDate, PlaceKind, Project, Relation,
    RelationKind,
};
use std::collections::BTreeMap;

/// Days that two tellings of one day may differ by: what happens at night is told of either day.
const SLACK: i64 = 1;

/// What is said of one person's death and deeds.
#[derive(Default)]
struct Life<'a> {
    /// With the place, where one is told.
    deaths: Vec<(Claim, &'a Evidence, Option<EntityId>)>,
    deeds: Vec<(Claim, &'a Evidence, RelationKind)>,
}

/// Finds them.
pub(super) fn find(project: &Project) -> Vec<Contradiction> {
    let mut lives: BTreeMap<EntityId, Life<'_>> = BTreeMap::new();
    for relation in project.relations() {
        if let Some((person, place)) = death(project, relation) {
            let claims = firm(relation).map(|(claim, e)| (claim, e, place));
            lives.entry(person).or_default().deaths.extend(claims);
        }
    }
    lives.retain(|_, life| !life.deaths.is_empty());
    for relation in project.relations() {
        for person in doers(relation) {
            if let Some(life) = lives.get_mut(&person) {
                let claims = firm(relation).map(|(claim, e)| (claim, e, relation.kind));
                life.deeds.extend(claims);
            }
        }
    }
    let of_life = |(&person, life): (&EntityId, &Life<'_>)| {
        let mut found = two_places(project, person, life);
        found.extend(two_dates(project, person, life));
        found.extend(alive_later(project, person, life));
        found
    };
    lives.iter().flat_map(of_life).collect()
}

fn is_person(project: &Project, id: EntityId) -> bool {
    project
        .entity(id)
        .is_some_and(|e| e.kind == EntityKind::Person)
}

/// Who dies by the relation, and where.
fn death(project: &Project, relation: &Relation) -> Option<(EntityId, Option<EntityId>)> {
    let (person, place) = match relation.kind {
        RelationKind::DiedIn => (relation.source, Some(relation.target)),
        RelationKind::Killed => (relation.target, None),
        _ => return None,
    };
    is_person(project, person).then_some((person, place))
}

/// Who must be alive for the relation to come about on its date.
fn doers(relation: &Relation) -> Vec<EntityId> {
    match relation.kind {
        RelationKind::MetWith | RelationKind::Contacted => vec![relation.source, relation.target],
        RelationKind::FoughtIn | RelationKind::DeployedTo | RelationKind::Accuses => {
            vec![relation.source]
        }
        RelationKind::Captured => vec![relation.target],
        _ => Vec::new(),
    }
}

fn two_places(project: &Project, person: EntityId, life: &Life<'_>) -> Vec<Contradiction> {
    let location = |place: EntityId| project.entity(place)?.location.as_deref();
    let mut placed: BTreeMap<EntityId, (Claim, &Location)> = BTreeMap::new();
    for (claim, _, place) in &life.deaths {
        if let Some(place) = *place
            && let Some(location) = location(place)
        {
            placed.entry(place).or_insert((*claim, location));
        }
    }
    let mut found = Vec::new();
    for (&place, &(claim, location)) in &placed {
        for (&other, &(other_claim, other_location)) in placed.range(place..).skip(1) {
            if may_be_one_place(location, other_location) {
                continue;
            }
            found.push(Contradiction {
                kind: ContradictionKind::TwoPlacesOfDeath,
                subject: person,
                claims: [claim, other_claim],
                explanation: format!(
                    "{} is said to have died in {} and in {}.",
                    name(project, person),
                    name(project, place),
                    name(project, other),
                ),
            });
        }
    }
    found
}

/// One may lie in the other, or be another name for it.
fn may_be_one_place(a: &Location, b: &Location) -> bool {
    let holds = |outer: &Location, inner: &Location| {
        let is_area = matches!(outer.kind, PlaceKind::Country | PlaceKind::Region);
        let area = Area::around(outer).pop();
        is_area && area.is_some_and(|area| area.holds(inner))
    };
    let is_vague = |l: &Location| l.country.is_none();
    is_vague(a) || is_vague(b) || a.is_same_place(b) || holds(a, b) || holds(b, a)
}

fn two_dates(project: &Project, person: EntityId, life: &Life<'_>) -> Vec<Contradiction> {
    let dated: Vec<(Claim, PartialDate)> = life
        .deaths
        .iter()
        .filter_map(|(claim, evidence, _)| Some((*claim, told(evidence)?)))
        .collect();
    let earliest = dated.iter().min_by_key(|(_, date)| date.last_day());
    let latest = dated.iter().max_by_key(|(_, date)| date.first_day());
    let (Some((a, first)), Some((b, last))) = (earliest, latest) else {
        return Vec::new();
    };
    if distance(*first, *last) <= SLACK {
        return Vec::new();
    }
    vec![Contradiction {
        kind: ContradictionKind::TwoDatesOfDeath,
        subject: person,
        claims: [*a, *b],
        explanation: format!(
            "{} is said to have died on {first} and on {last}.",
            name(project, person)
        ),
    }]
}

/// The deed that comes latest after the earliest day by which they are said to be dead.
fn alive_later(project: &Project, person: EntityId, life: &Life<'_>) -> Option<Contradiction> {
    let dead_by = |evidence: &Evidence| told(evidence).or_else(|| published(project, evidence));
    let (death, dead) = life
        .deaths
        .iter()
        .filter_map(|(claim, evidence, _)| Some((*claim, dead_by(evidence)?)))
        .min_by_key(|(claim, date)| (date.last_day(), *claim))?;
    let (deed, kind, day) = life
        .deeds
        .iter()
        .filter_map(|(claim, evidence, kind)| Some((*claim, *kind, told(evidence)?)))
        .filter(|(_, _, day)| days_between(dead, *day) > SLACK)
        .max_by_key(|(claim, _, day)| (day.first_day(), *claim))?;
    let what = match kind {
        RelationKind::MetWith => "met someone",
        RelationKind::Contacted => "was in contact with someone",
        RelationKind::FoughtIn => "fought",
        RelationKind::DeployedTo => "was deployed",
        RelationKind::Captured => "was captured",
        _ => "accused someone",
    };
    Some(Contradiction {
        kind: ContradictionKind::AliveAfterDeath,
        subject: person,
        claims: [death, deed],
        explanation: format!(
            "{} is said to be dead by {dead}, and {what} on {day}.",
            name(project, person)
        ),
    })
}
