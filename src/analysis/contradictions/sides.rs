//! Someone who belongs to two sides that fight each other.

use super::claims::{Claim, Contradiction, ContradictionKind, firm, name};
use crate::model::{DateValue, EntityId, EntityKind, Project, Relation, RelationKind};
use std::collections::{BTreeMap, BTreeSet};

/// Sides of one person or unit that are compared: who has more is a name for many.
const MOST_SIDES: usize = 24;

/// Finds them.
pub(super) fn find(project: &Project) -> Vec<Contradiction> {
    let pair = |a: EntityId, b: EntityId| (a.min(b), a.max(b));
    let mut fights: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
    let mut joined: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
    let mut sides: BTreeMap<EntityId, BTreeMap<EntityId, Claim>> = BTreeMap::new();
    for relation in project.relations() {
        let ends = pair(relation.source, relation.target);
        match relation.kind {
            RelationKind::Fights if firm(relation).next().is_some() => {
                fights.insert(ends);
            }
            RelationKind::PartOf | RelationKind::LocatedIn => {
                joined.insert(ends);
            }
            _ => {}
        }
        if let Some(claim) = belongs(project, relation) {
            let sides = sides.entry(relation.source).or_default();
            if sides.len() < MOST_SIDES {
                sides.entry(relation.target).or_insert(claim);
            }
        }
    }
    let mut found = Vec::new();
    for (&member, sides) in &sides {
        for (&side, &claim) in sides {
            for (&other, &other_claim) in sides.range(side..).skip(1) {
                let ends = pair(side, other);
                // A unit that shells a town of its own country's fights what it is joined to.
                if !fights.contains(&ends) || joined.contains(&ends) {
                    continue;
                }
                found.push(Contradiction {
                    kind: ContradictionKind::BothSides,
                    subject: member,
                    claims: [claim, other_claim],
                    explanation: format!(
                        "{} is said to belong to {} and to {}, which fight each other.",
                        name(project, member),
                        name(project, side),
                        name(project, other),
                    ),
                });
            }
        }
    }
    found
}

/// A person or unit belongs to something, and not only in former times.
fn belongs(project: &Project, relation: &Relation) -> Option<Claim> {
    let kind = project.entity(relation.source)?.kind;
    let is_member = match relation.kind {
        RelationKind::MemberOf | RelationKind::Leads => true,
        RelationKind::PartOf => kind == EntityKind::Unit,
        _ => false,
    };
    let is_over = matches!(relation.date, Some(DateValue::Period(_, Some(_))));
    let (claim, _) = firm(relation).next()?;
    (is_member && !is_over && matches!(kind, EntityKind::Person | EntityKind::Unit))
        .then_some(claim)
}
