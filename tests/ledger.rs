//! Corrections are kept in a ledger: each can be taken back at any time, and all of them outlive a
//! new reading of the documents.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/random_project.rs"]
mod random_project;

use proptest::prelude::*;
use random_project::{any_edit, base_project, perform};
use redstring::model::{
    CorrectionId, DocumentBatch, DocumentId, Edit, Entity, EntityId, EntityKind, History, Patch,
    Project, Relation, RelationId, RelationKind,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entities and relations, and nothing else.
fn graph(project: &Project) -> (Vec<Arc<Entity>>, Vec<Arc<Relation>>) {
    (
        project.entities().cloned().collect(),
        project.relations().cloned().collect(),
    )
}

/// As [`graph`], but for who was changed by the user, in which order names were learned, and the
/// numbers of relations: one that was gone for a while comes back under a new number.
fn plain(project: &Project) -> (Vec<Entity>, Vec<Relation>) {
    let (entities, relations) = graph(project);
    let plain = |entity: &Arc<Entity>| {
        let mut entity = (**entity).clone();
        entity.by_user = false;
        entity.aliases.sort();
        entity
    };
    let mut relations: Vec<Relation> = relations.iter().map(|r| (**r).clone()).collect();
    relations.sort_by_key(|r| (r.source, r.target, r.kind, r.date));
    for relation in &mut relations {
        relation.id = RelationId(0);
    }
    (entities.iter().map(plain).collect(), relations)
}

fn corrected(edits: &[Edit]) -> (Project, History) {
    let (mut project, mut history) = base_project();
    for edit in edits {
        perform(edit, &mut project, &mut history);
    }
    (project, history)
}

fn all_mentions(project: &Project, id: u32) -> Vec<(DocumentId, usize)> {
    let entity = project.entity(EntityId(id)).unwrap();
    let place = |m: &redstring::model::Mention| (m.document, m.start);
    entity.mentions.iter().map(place).collect()
}

fn take_back(id: u32) -> Edit {
    Edit::TakeBack {
        corrections: vec![CorrectionId(id)],
    }
}

/// What a fresh reading of the same documents finds: the same, under other numbers.
fn read_again(project: &Project) -> Edit {
    const LATER: u32 = 100;
    let later = |id: EntityId| EntityId(id.0 + LATER);
    let entities = project.found_entities().map(|found| {
        Arc::new(Entity {
            id: later(found.id),
            ..(**found).clone()
        })
    });
    let relations = project.found_relations().map(|found| {
        let mut relation = (**found).clone();
        relation.id = RelationId(found.id.0 + LATER);
        relation.source = later(found.source);
        relation.target = later(found.target);
        Arc::new(relation)
    });
    Edit::ReadAgain(Box::new(DocumentBatch {
        documents: project.documents().cloned().collect(),
        entities: entities.collect(),
        relations: relations.collect(),
        files: project.files().to_vec(),
        ..DocumentBatch::default()
    }))
}

/// The same found once more under the same numbers, in texts that begin with other words.
fn moved(project: &Project, before: &str) -> Edit {
    let by = before.len();
    let documents = project.documents().map(|document| {
        let mut document = (**document).clone();
        document.text.insert_str(0, before);
        document.file_hash = "c".repeat(64);
        document.range = document.range.map(|[from, to]| [from, to + by]);
        for range in &mut document.boilerplate {
            *range = range.map(|at| at + by);
        }
        Arc::new(document)
    });
    let entities = project.found_entities().map(|found| {
        let mut found = (**found).clone();
        for mention in &mut found.mentions {
            mention.start += by;
            mention.end += by;
        }
        found.roles.iter_mut().for_each(|role| role.start += by);
        Arc::new(found)
    });
    Edit::ReadAgain(Box::new(DocumentBatch {
        documents: documents.collect(),
        entities: entities.collect(),
        relations: Vec::new(),
        files: project.files().to_vec(),
        ..DocumentBatch::default()
    }))
}

/// Which mentions lie together, under which name and kind.
type Groups = BTreeMap<Vec<(DocumentId, usize)>, (String, EntityKind)>;

fn groups(project: &Project) -> Groups {
    let group = |entity: &Arc<Entity>| {
        let places = entity.mentions.iter().map(|m| (m.document, m.start));
        (places.collect(), (entity.name.clone(), entity.kind))
    };
    project.entities().map(group).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_project_is_its_own_replay(edits in prop::collection::vec(any_edit(), 1..25)) {
        let (project, _) = corrected(&edits);
        prop_assert!(graph(&project.replayed()) == graph(&project));
    }

    #[test]
    fn without_its_corrections_a_project_is_what_was_found(
        edits in prop::collection::vec(any_edit(), 1..20)
    ) {
        let (mut project, mut history) = corrected(&edits);
        let all: Vec<CorrectionId> = project.corrections().map(|c| c.id).collect();
        for id in all {
            perform(&Edit::TakeBack { corrections: vec![id] }, &mut project, &mut history);
            prop_assert_eq!(project.check(), Ok(()));
        }
        prop_assert!(graph(&project) == graph(&project.as_found()));
    }

    #[test]
    fn merge_then_split_is_identity(
        before in prop::collection::vec(any_edit(), 0..6), into in 0u32..6, other in 0u32..6
    ) {
        prop_assume!(into != other);
        let (mut project, mut history) = corrected(&before);
        let (into, other) = (EntityId(into), EntityId(other));
        let mentions = |id| project.entity(id).map_or(0, |e| e.mentions.len());
        prop_assume!(mentions(into) > 0 && mentions(other) > 0);
        let was = plain(&project);
        let moved = all_mentions(&project, other.0);
        let merge = Edit::Merge { into, others: vec![other] };
        prop_assert!(perform(&merge, &mut project, &mut history));
        let split = Edit::Split { entity: into, mentions: moved, name: None };
        prop_assert!(perform(&split, &mut project, &mut history));
        prop_assert!(plain(&project) == was, "before {before:?}");
    }

    #[test]
    fn what_is_left_when_any_correction_is_taken_back_follows_from_the_others_alone(
        edits in prop::collection::vec(any_edit(), 2..16), which in 0usize..16
    ) {
        let (mut project, mut history) = corrected(&edits);
        prop_assume!(project.corrections().len() > 0);
        let all: Vec<_> = project.corrections().cloned().collect();
        let gone = all[which % all.len()].id;
        // As if the others had been made on what was found, one after the other.
        let others = all.iter().filter(|c| c.id != gone);
        let others = Patch {
            corrections: others.map(|c| (c.id, Some(c.clone()))).collect(),
            ..Patch::default()
        };
        let mut fresh = project.as_found();
        fresh.apply(others);
        let without = fresh.replayed();
        prop_assert!(perform(&take_back(gone.0), &mut project, &mut history));
        prop_assert_eq!(project.check(), Ok(()));
        prop_assert!(plain(&project) == plain(&without));
        prop_assert!(history.undo(&mut project).is_some());
        prop_assert_eq!(project.corrections().cloned().collect::<Vec<_>>(), all);
    }

    #[test]
    fn corrections_follow_texts_that_have_moved(
        edits in prop::collection::vec(any_edit(), 1..10), before in "[A-Z][a-z ]{0,40}"
    ) {
        let before = format!("{before}. ");
        let (mut project, mut history) = corrected(&edits);
        let was = groups(&project);
        prop_assert!(perform(&moved(&project, &before), &mut project, &mut history));
        prop_assert_eq!(project.check(), Ok(()));
        let back = |(place, group): (Vec<(DocumentId, usize)>, (String, EntityKind))| {
            let place = place.iter().map(|&(id, start)| (id, start - before.len()));
            (place.collect::<Vec<_>>(), group)
        };
        let now: Groups = groups(&project).into_iter().map(back).collect();
        prop_assert_eq!(now, was);
    }

    #[test]
    fn a_correction_taken_back_leaves_what_it_would_be_without(
        edits in prop::collection::vec(any_edit(), 1..12), which in 0usize..12
    ) {
        // Undone and taken back are the same for the last correction.
        let (mut project, mut history) = corrected(&edits[..which.min(edits.len() - 1)]);
        let was = plain(&project);
        let known = project.corrections().len();
        let edit = &edits[which.min(edits.len() - 1)];
        perform(edit, &mut project, &mut history);
        prop_assume!(project.corrections().len() > known);
        let new: Vec<CorrectionId> = project.corrections().skip(known).map(|c| c.id).collect();
        perform(&Edit::TakeBack { corrections: new }, &mut project, &mut history);
        prop_assert!(plain(&project) == was, "{edit:?}");
    }
}

#[test]
fn what_came_after_stays_when_a_merge_is_taken_back() {
    let (mut project, mut history) = base_project();
    let moved = all_mentions(&project, 1);
    let (ada, acme) = (EntityId(0), EntityId(1));
    let edits = [
        Edit::Merge {
            into: ada,
            others: vec![acme],
        },
        Edit::Rename {
            entity: ada,
            name: "Ada Byron".into(),
        },
        Edit::Retype {
            entities: vec![EntityId(2)],
            kind: EntityKind::Event,
        },
        Edit::AddRelation {
            source: ada,
            target: EntityId(4),
            kind: RelationKind::MetWith,
            note: "seen".into(),
        },
    ];
    for edit in &edits {
        assert!(perform(edit, &mut project, &mut history), "{edit:?}");
    }
    assert!(project.entity(acme).is_none());
    assert!(perform(&take_back(0), &mut project, &mut history));
    assert_eq!(
        history.done().last().unwrap().title,
        "Took back: Merged Entity 1 into Entity 0"
    );
    assert_eq!(project.entity(ada).unwrap().name, "Ada Byron");
    assert_eq!(project.entity(EntityId(2)).unwrap().kind, EntityKind::Event);
    assert_eq!(all_mentions(&project, 1), moved);
    let met = project
        .relations()
        .find(|r| r.kind == RelationKind::MetWith && r.source == ada);
    assert_eq!(met.unwrap().target, EntityId(4));
    assert_eq!(project.corrections().len(), 3);
}

#[test]
fn corrections_outlive_a_new_reading() {
    let edits = [
        Edit::Rename {
            entity: EntityId(3),
            name: "Newcastle upon Hunter".into(),
        },
        Edit::Merge {
            into: EntityId(0),
            others: vec![EntityId(1)],
        },
        Edit::Retype {
            entities: vec![EntityId(2)],
            kind: EntityKind::Event,
        },
        Edit::NotAnEntity {
            entities: vec![EntityId(5)],
        },
        Edit::AddEntity {
            kind: EntityKind::Person,
            name: "Nobody Yet".into(),
            position: None,
        },
    ];
    let (mut project, mut history) = corrected(&edits);
    let before = groups(&project);
    let relations = project.relations().len();
    let again = read_again(&project);
    assert!(perform(&again, &mut project, &mut history));
    assert_eq!(project.check(), Ok(()));
    assert_eq!(groups(&project), before);
    assert_eq!(project.relations().len(), relations);
}

#[test]
fn a_split_outlives_a_new_reading() {
    let (mut project, mut history) = base_project();
    let moved = all_mentions(&project, 2)[..3].to_vec();
    let split = Edit::Split {
        entity: EntityId(2),
        mentions: moved.clone(),
        name: Some("The other one".into()),
    };
    assert!(perform(&split, &mut project, &mut history));
    let before = groups(&project);
    assert_eq!(before[&moved].0, "The other one");
    let again = read_again(&project);
    assert!(perform(&again, &mut project, &mut history));
    assert_eq!(groups(&project), before);
}

#[test]
fn a_removed_document_takes_what_came_only_from_it() {
    let (mut project, mut history) = base_project();
    let alone = Edit::RemoveDocuments {
        documents: (1..5).map(DocumentId).collect(),
    };
    assert!(perform(&alone, &mut project, &mut history));
    assert_eq!(project.check(), Ok(()));
    assert!(
        project
            .entities()
            .all(|e| e.mentions.iter().all(|m| m.document == DocumentId(0)))
    );
    let last = Edit::RemoveDocuments {
        documents: vec![DocumentId(0)],
    };
    assert!(perform(&last, &mut project, &mut history));
    assert_eq!(project.entities().len(), 0);
    assert_eq!(project.relations().len(), 0);
    history.undo(&mut project);
    history.undo(&mut project);
    assert_eq!(project.entities().len(), 6);
}

#[test]
fn what_was_said_of_relations_outlives_a_new_reading() {
    let (mut project, mut history) = base_project();
    let wrong = project.relations().find(|r| r.is_stated()).unwrap().clone();
    let added = Edit::AddRelation {
        source: EntityId(5),
        target: EntityId(0),
        kind: RelationKind::Supplies,
        note: "seen there".into(),
    };
    let removed = Edit::RemoveRelation { relation: wrong.id };
    for edit in [&added, &removed] {
        assert!(perform(edit, &mut project, &mut history));
    }
    let same = |r: &&Arc<Relation>| {
        let ends = (wrong.source, wrong.target, wrong.kind, wrong.date);
        (r.source, r.target, r.kind, r.date) == ends
    };
    assert!(project.relations().find(same).is_none());
    let again = read_again(&project);
    assert!(perform(&again, &mut project, &mut history));
    let name = |id| project.entity(id).unwrap().name.clone();
    let (old, _) = base_project();
    let old_name = |id| old.entity(id).unwrap().name.clone();
    let is_wrong = |r: &&Arc<Relation>| {
        r.kind == wrong.kind
            && r.date == wrong.date
            && name(r.source) == old_name(wrong.source)
            && name(r.target) == old_name(wrong.target)
    };
    assert!(project.relations().find(is_wrong).is_none(), "still wrong");
    let by_user: Vec<_> = project.relations().filter(|r| r.is_of_user()).collect();
    assert_eq!(by_user.len(), 1);
    assert_eq!(by_user[0].kind, RelationKind::Supplies);
    assert_eq!(name(by_user[0].source), old_name(EntityId(5)));
    // Taken back, both are as the documents have them.
    for id in [0, 1] {
        assert!(perform(&take_back(id), &mut project, &mut history));
    }
    assert_eq!(project.relations().filter(|r| r.is_of_user()).count(), 0);
    assert!(graph(&project) == graph(&project.as_found()));
}

#[test]
fn a_pair_left_for_later_is_a_step_of_undo() {
    let (mut project, mut history) = base_project();
    let later = Edit::Later {
        entity: EntityId(4),
        other: EntityId(1),
    };
    assert!(perform(&later, &mut project, &mut history));
    assert!(project.later().contains(&(EntityId(1), EntityId(4))));
    assert_eq!(project.corrections().len(), 0);
    history.undo(&mut project);
    assert!(project.later().is_empty());
}
