//! What files of earlier versions do not tell, filled in from what they have.
//!
//! Up to version 2 a file held the corrected graph alone. That graph is taken for what was found, and
//! so is each state that its history leads back to: undoing a step of then takes back what it did to
//! both. Corrections of then change nothing of it until the documents are read again.

use super::read::Records;
use crate::model::{
    Correction, CorrectionId, CorrectionKind, DocumentId, EntityId, Evidence, Origin, Relation,
    RelationId, Step,
};
use std::sync::Arc;

/// Steps that knew nothing of findings. What joins the project from the numbers `new_from` on is newer
/// than any correction in them.
pub(super) fn steps(mut steps: Vec<Step>, new_from: (DocumentId, EntityId)) -> Vec<Step> {
    for step in &mut steps {
        let patch = &mut step.patch;
        patch.found_entities.clone_from(&patch.entities);
        patch.found_relations.clone_from(&patch.relations);
        for correction in patch.corrections.iter_mut().filter_map(|(_, c)| c.as_mut()) {
            let correction = Arc::make_mut(correction);
            correction.new_from = new_from;
            correction.carried_out = true;
        }
    }
    steps
}

/// Gives corrections by which relations were added what only the relation tells: its number, its other
/// end and the note. Takes the user's evidence out of the relations found, so that it comes from the
/// correction alone and goes with it. One whose end was merged away since is known by its instant.
pub(super) fn relations_of_corrections(
    corrections: &mut Records<CorrectionId, Correction>,
    relations: &mut Records<RelationId, Relation>,
) {
    for correction in corrections.iter_mut().filter_map(|(_, c)| c.as_mut()) {
        let correction = Arc::make_mut(correction);
        let (when, near) = (correction.when.clone(), correction.entity);
        if let CorrectionKind::Relation { removed: true, .. } = correction.kind {
            // It takes nothing out but what it took out already, and what new documents say of it.
            correction.carried_out = false;
        }
        let CorrectionKind::Relation {
            kind,
            removed: false,
            other_entity,
            made,
            period,
            note,
            outgoing,
            ..
        } = &mut correction.kind
        else {
            continue;
        };
        let of_kind = relations.iter_mut().filter_map(|(_, r)| r.as_mut());
        let of_kind = of_kind.filter(|r| r.kind == *kind);
        let mut added: Vec<(&mut Relation, usize)> = of_kind
            .filter_map(|relation| {
                let at = relation.evidence.iter().position(|e| is_of(e, &when))?;
                Some((Arc::make_mut(relation), at))
            })
            .collect();
        let is_near = |r: &Relation| r.source == near || r.target == near;
        let at = added.iter().position(|(relation, _)| is_near(relation));
        let (relation, at) = match (at, &mut added[..]) {
            (Some(at), all) => (&mut *all[at].0, all[at].1),
            // Its end was merged away since: the only one of that instant is it, where a direction
            // tells which end that was.
            (None, [(relation, at)]) if !kind.is_mutual() => {
                correction.entity = if *outgoing {
                    relation.source
                } else {
                    relation.target
                };
                (&mut **relation, *at)
            }
            _ => continue,
        };
        *other_entity = Some(relation.other_end(correction.entity));
        (*made, *period) = (Some(relation.id), relation.date);
        if let Origin::User { note: told, .. } = relation.evidence.remove(at).origin {
            *note = told;
        }
        relation.refresh();
        correction.carried_out = false;
    }
    relations.retain(|(_, r)| r.as_ref().is_some_and(|r| !r.evidence.is_empty()));
}

fn is_of(evidence: &Evidence, instant: &str) -> bool {
    matches!(&evidence.origin, Origin::User { when, .. } if when == instant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Correction, EntityId, EntityKind, RelationKind, Status};

    const WHEN: &str = "2025-02-08T12:00:00Z";

    fn relation(id: u32, (source, target): (u32, u32), note: &str) -> Relation {
        Relation {
            id: RelationId(id),
            source: EntityId(source),
            target: EntityId(target),
            kind: RelationKind::Leads,
            label: "leads".to_owned(),
            status: Status::Asserted,
            disputed: false,
            date: None,
            score: 1.0,
            evidence: vec![Evidence {
                origin: Origin::User {
                    note: note.to_owned(),
                    when: WHEN.to_owned(),
                },
                document: None,
                start: None,
                end: None,
                text: None,
                source_span: None,
                target_span: None,
                trigger: Vec::new(),
                status: Status::Asserted,
                attributed_to: None,
                date: None,
                score: 1.0,
                method: "user".to_owned(),
            }],
        }
    }

    #[test]
    fn a_note_is_kept_though_the_end_of_its_relation_was_merged_away() {
        let json = format!(
            r#"{{"id":0,"when":"{WHEN}","entity":9,"name":"ada","entity_kind":"person","anchors":[],
            "change":{{"correction":"relation","kind":"leads","other":"bob","outgoing":true,"removed":false}}}}"#
        );
        let correction: Correction = serde_json::from_str(&json).unwrap();
        assert_eq!(correction.entity_kind, EntityKind::Person);
        let mut corrections = vec![(correction.id, Some(Arc::new(correction)))];
        let found = relation(3, (1, 2), "seen at the dock");
        let mut relations = vec![(found.id, Some(Arc::new(found)))];
        relations_of_corrections(&mut corrections, &mut relations);
        let correction = corrections[0].1.as_ref().unwrap();
        assert_eq!(correction.entity, EntityId(1));
        assert!(relations.is_empty(), "it comes from the correction alone");
        let CorrectionKind::Relation {
            note, other_entity, ..
        } = &correction.kind
        else {
            panic!("another correction");
        };
        assert_eq!(
            (note.as_str(), *other_entity),
            ("seen at the dock", Some(EntityId(2)))
        );
    }
}
