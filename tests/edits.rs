//! Edits keep what must hold of a project, and undo is identity.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/random_project.rs"]
mod random_project;

use proptest::prelude::*;
use random_project::{any_edit, base_project, perform};
use redstring::model::{
    CorrectionKind, DocumentId, Edit, EntityId, EntityKind, Evidence, Project, RelationKind,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn undo_and_redo_are_identities_and_edits_keep_the_project_sound(
        edits in prop::collection::vec(any_edit(), 1..25)
    ) {
        let (mut project, mut history) = base_project();
        let mut states = vec![Project::default().to_patch(), project.to_patch()];
        for edit in &edits {
            if perform(edit, &mut project, &mut history) {
                prop_assert_eq!(project.check(), Ok(()), "after {:?}", edit);
                states.push(project.to_patch());
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(history.undo(&mut project).is_some());
            prop_assert_eq!(&project.to_patch(), state);
        }
        prop_assert!(history.undo(&mut project).is_none());
        for state in &states[1..] {
            prop_assert!(history.redo(&mut project).is_some());
            prop_assert_eq!(&project.to_patch(), state);
        }
        prop_assert!(history.redo(&mut project).is_none());
    }
}

fn plan(project: &Project, edit: &Edit) -> (String, Project) {
    let mut after = project.clone();
    let (title, patch) = edit.plan(project, "2025-01-01T00:00:00Z").unwrap();
    after.apply(patch);
    after.check().unwrap();
    (title, after)
}

#[test]
fn a_merge_joins_mentions_relations_and_names() {
    let (project, _) = base_project();
    let (into, other) = (EntityId(0), EntityId(1));
    let mentions = |project: &Project, id| project.entity(id).map_or(0, |e| e.mentions.len());
    let before = mentions(&project, into) + mentions(&project, other);
    let edit = Edit::Merge {
        into,
        others: vec![other],
    };
    let (title, after) = plan(&project, &edit);
    assert_eq!(title, "Merged Entity 1 into Entity 0");
    assert!(after.entity(other).is_none());
    assert_eq!(mentions(&after, into), before);
    assert!(
        after
            .entity(into)
            .unwrap()
            .aliases
            .contains(&"Entity 1".to_owned())
    );
    // The relation between the two is gone; the one from the other to a third has moved.
    assert_eq!(after.relations().len(), project.relations().len() - 1);
    assert!(
        after
            .relations_of(into)
            .any(|r| r.other_end(into) == EntityId(2))
    );
    let correction = after.corrections().last().unwrap();
    assert_eq!(correction.name, "entity 1");
    assert!(!correction.anchors.is_empty());
    assert!(matches!(&correction.kind, CorrectionKind::Merge { into, .. } if into == "entity 0"));
}

#[test]
fn relations_of_the_same_ends_and_kind_become_one_with_all_evidence() {
    let (mut project, mut history) = base_project();
    let add = |source, target, note: &str| Edit::AddRelation {
        source: EntityId(source),
        target: EntityId(target),
        kind: RelationKind::Supplies,
        note: note.into(),
    };
    assert!(perform(&add(3, 0, "one"), &mut project, &mut history));
    assert!(perform(&add(5, 0, "two"), &mut project, &mut history));
    let edit = Edit::Merge {
        into: EntityId(5),
        others: vec![EntityId(3)],
    };
    let (_, after) = plan(&project, &edit);
    let supplies: Vec<_> = after
        .relations()
        .filter(|r| r.kind == RelationKind::Supplies)
        .collect();
    assert_eq!(supplies.len(), 1);
    assert_eq!(supplies[0].evidence.len(), 2);
}

#[test]
fn marking_takes_the_bytes_and_the_evidence_that_rests_on_them() {
    let (project, _) = base_project();
    let relation = project
        .relations()
        .find(|r| r.source == EntityId(0) && r.target == EntityId(1))
        .unwrap();
    let [start, end] = relation.evidence[0].source_span.unwrap();
    let edit = Edit::MarkMention {
        document: DocumentId(0),
        start,
        end,
        entity: EntityId(4),
    };
    let (_, after) = plan(&project, &edit);
    let rests =
        |e: &Evidence| e.source_span == Some([start, end]) || e.target_span == Some([start, end]);
    let moved = after
        .relations()
        .find(|r| r.evidence.iter().any(rests) && r.kind == relation.kind)
        .unwrap();
    assert!(moved.source == EntityId(4) || moved.target == EntityId(4));
    let had = project.entity(EntityId(0)).unwrap().mentions.len();
    assert_eq!(after.entity(EntityId(0)).unwrap().mentions.len(), had - 1);
}

#[test]
fn what_is_not_there_is_refused() {
    let (project, _) = base_project();
    let gone = EntityId(77);
    let refused = [
        Edit::Rename {
            entity: gone,
            name: "A".into(),
        },
        Edit::Rename {
            entity: EntityId(0),
            name: " \n ".into(),
        },
        Edit::Delete { entities: vec![] },
        Edit::Merge {
            into: EntityId(0),
            others: vec![EntityId(0)],
        },
        Edit::AddRelation {
            source: EntityId(0),
            target: EntityId(0),
            kind: RelationKind::Leads,
            note: String::new(),
        },
        Edit::MarkEntity {
            document: DocumentId(0),
            start: 0,
            end: usize::MAX,
            kind: EntityKind::Person,
        },
        Edit::MarkEntity {
            document: DocumentId(0),
            start: 5,
            end: 2,
            kind: EntityKind::Person,
        },
    ];
    for edit in refused {
        assert!(edit.plan(&project, "").is_err(), "{edit:?}");
    }
}
