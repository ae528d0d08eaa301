//! What corrections do to things that they were not made on: to what is found later, to what bears the
//! same name, to what was merged, split or made elsewhere. In doubt they wait.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/findings.rs"]
mod findings;

use findings::*;
use redstring::model::{Document, DocumentId, Edit, EntityId, Project, RelationKind};
use std::sync::Arc;

fn four() -> Project {
    let text = document(0, "Ada met Bob and Cid and Dora.");
    let named = ["Ada", "Bob", "Cid", "Dora"];
    let entities = (0..4)
        .map(|id| entity(id, PERSON, &[named[id as usize]], &[&text]))
        .collect();
    added(&[&text], entities)
}

#[test]
fn no_relation_takes_the_number_of_another() {
    let mut project = four();
    for edit in [
        relate(0, 1, RelationKind::MetWith, "first"),
        relate(0, 1, RelationKind::MetWith, "second"),
        relate(2, 3, RelationKind::MetWith, "third"),
    ] {
        run(&mut project, &edit);
    }
    take_back(&mut project, 0);
    assert_eq!(lines(&project), [(0, 1, 1), (2, 3, 1)]);
}

#[test]
fn what_was_said_of_a_split_off_one_waits_when_the_split_is_taken_back() {
    let text = document(0, "Kim spoke. Kim left. Kim rested. Kim slept.");
    let mut project = added(&[&text], vec![entity(0, PERSON, &["Kim"], &[&text])]);
    let kim = project.entity(EntityId(0)).unwrap().clone();
    let off = kim.mentions[1..].iter().map(|m| (m.document, m.start));
    let split = Edit::Split {
        entity: EntityId(0),
        mentions: off.collect(),
        name: None,
    };
    run(&mut project, &split);
    run(&mut project, &rename(1, "Kim Il Sung"));
    run(
        &mut project,
        &Edit::Retype {
            entities: vec![EntityId(1)],
            kind: PLACE,
        },
    );
    take_back(&mut project, 0);
    assert_eq!(names(&project), [(0, "Kim", 4)]);
    assert_eq!(project.entity(EntityId(0)).unwrap().kind, PERSON);
    let waiting: Vec<u32> = project.idle_corrections().iter().map(|id| id.0).collect();
    assert_eq!(waiting, [1, 2]);
}

#[test]
fn a_name_that_several_bear_goes_to_none_of_them() {
    let (one, two) = (document(0, "Kim spoke."), document(1, "Kim left."));
    let kims = vec![
        entity(0, PERSON, &["Kim"], &[&one]),
        entity(1, PERSON, &["Kim"], &[&two]),
    ];
    let mut project = added(&[&one, &two], kims);
    run(&mut project, &rename(0, "Kim Jong Un"));
    run(&mut project, &rename(1, "Kim Il Sung"));
    let new = document(2, "Kim rested.");
    let batch = batch(&[&new], vec![entity(2, PERSON, &["Kim"], &[&new])]);
    run(&mut project, &Edit::AddDocuments(batch));
    let all = [(0, "Kim Jong Un", 1), (1, "Kim Il Sung", 1), (2, "Kim", 1)];
    assert_eq!(names(&project), all);
}

#[test]
fn a_name_that_one_bears_goes_to_it_unless_somebody_else_of_it_is_there() {
    let one = document(0, "Kim spoke.");
    let mut project = added(&[&one], vec![entity(0, PERSON, &["Kim"], &[&one])]);
    run(&mut project, &rename(0, "Kim Jong Un"));
    let new = document(1, "Kim rested.");
    let kim = entity(1, PERSON, &["Kim"], &[&new]);
    let mut beside = project.clone();
    run(&mut project, &Edit::AddDocuments(batch(&[&new], vec![kim])));
    assert_eq!(names(&project), [(0, "Kim Jong Un", 2)]);
    let new = document(1, "Kim rested. Nam Kim slept.");
    let nam = entity(2, PERSON, &["Nam Kim"], &[&new]);
    let mut kim = entity(1, PERSON, &["Kim"], &[&new]);
    kim.mentions.truncate(1);
    run(
        &mut beside,
        &Edit::AddDocuments(batch(&[&new], vec![kim, nam])),
    );
    assert_eq!(beside.entities().len(), 3);
}

#[test]
fn what_lies_elsewhere_joins_no_merge() {
    let text = document(0, "Newcastle and Newcastle Harbor.");
    let mut short = entity(0, PLACE, &["Newcastle"], &[&text]);
    short.mentions.truncate(1);
    let full = entity(1, PLACE, &["Newcastle Harbor"], &[&text]);
    let mut project = added(&[&text], vec![located(short, -32.0), full]);
    run(&mut project, &merge(1, 0));
    let new = document(1, "Newcastle is far.");
    let english = located(entity(2, PLACE, &["Newcastle"], &[&new]), 54.0);
    let same = located(entity(2, PLACE, &["Newcastle"], &[&new]), -32.0);
    let mut joined = project.clone();
    run(
        &mut project,
        &Edit::AddDocuments(batch(&[&new], vec![english])),
    );
    assert_eq!(project.entities().len(), 2);
    run(&mut joined, &Edit::AddDocuments(batch(&[&new], vec![same])));
    assert_eq!(joined.entities().len(), 1);
}

#[test]
fn common_words_are_marked_once_and_names_wherever_they_stand() {
    for (marked, mentions) in [("the president", 2), ("Volodya", 3)] {
        let text = document(0, &format!("Zelenskyy spoke. Then {marked} left."));
        let one = entity(0, PERSON, &["Zelenskyy"], &[&text]);
        let mut project = added(&[&text], vec![one]);
        let start = text.text.find(marked).unwrap();
        let mark = Edit::MarkMention {
            document: DocumentId(0),
            start,
            end: start + marked.len(),
            entity: EntityId(0),
        };
        run(&mut project, &mark);
        let new = document(1, &format!("Biden spoke. Then {marked} left."));
        let biden = entity(1, PERSON, &["Biden"], &[&new]);
        run(
            &mut project,
            &Edit::AddDocuments(batch(&[&new], vec![biden])),
        );
        let marks = project.entity(EntityId(0)).unwrap().mentions.len();
        assert_eq!(marks, mentions, "{marked}");
    }
}

#[test]
fn a_name_is_not_marked_where_another_bears_it() {
    let text = document(0, "Jong Un spoke. Then Kim left.");
    let one = entity(0, PERSON, &["Jong Un"], &[&text]);
    let mut project = added(&[&text], vec![one]);
    let start = text.text.find("Kim").unwrap();
    let mark = Edit::MarkMention {
        document: DocumentId(0),
        start,
        end: start + 3,
        entity: EntityId(0),
    };
    run(&mut project, &mark);
    let new = document(1, "Kim Il Sung spoke. Then Kim left.");
    let other = entity(1, PERSON, &["Kim Il Sung"], &[&new]);
    run(
        &mut project,
        &Edit::AddDocuments(batch(&[&new], vec![other])),
    );
    assert_eq!(project.entity(EntityId(0)).unwrap().mentions.len(), 2);
}

#[test]
fn a_removed_relation_takes_nothing_that_is_merged_into_it_later() {
    let mut project = four();
    run(&mut project, &relate(2, 1, RelationKind::Leads, "seen"));
    run(&mut project, &relate(0, 1, RelationKind::Leads, "guess"));
    let guess = project.relations().find(|r| r.source == EntityId(0));
    let guess = guess.unwrap().id;
    run(&mut project, &Edit::RemoveRelation { relation: guess });
    assert_eq!(lines(&project), [(2, 1, 1)]);
    run(&mut project, &merge(2, 0));
    assert_eq!(lines(&project), [(2, 1, 1)]);
    // What was one when it was removed goes as a whole.
    let seen = project.relations().next().unwrap().id;
    run(&mut project, &Edit::RemoveRelation { relation: seen });
    assert_eq!(lines(&project), []);
}

/// Two towns of one name, each in a document of its own, and somebody in a third.
fn two_towns() -> Project {
    let texts = [
        document(0, "Newcastle is far."),
        document(1, "Newcastle is near."),
        document(2, "Ada spoke."),
    ];
    let towns = vec![
        located(entity(0, PLACE, &["Newcastle"], &[&texts[0]]), 54.0),
        located(entity(1, PLACE, &["Newcastle"], &[&texts[1]]), -32.0),
        entity(2, PERSON, &["Ada"], &[&texts[2]]),
        entity(3, PLACE, &["Ada"], &[&texts[2]]),
    ];
    let mut towns = towns;
    towns[3].mentions.clear();
    towns[3].by_user = true;
    towns[3].name = "Toon".to_owned();
    added(&[&texts[0], &texts[1], &texts[2]], towns)
}

#[test]
fn what_was_said_of_one_that_is_gone_goes_to_no_other_of_its_name() {
    let mut project = two_towns();
    let documents = vec![DocumentId(0)];
    run(&mut project, &relate(2, 0, RelationKind::LocatedIn, "seen"));
    run(&mut project, &merge(0, 3));
    run(&mut project, &Edit::RemoveDocuments { documents });
    assert_eq!(lines(&project), []);
    let all = [(1, "Newcastle", 1), (2, "Ada", 1), (3, "Toon", 0)];
    assert_eq!(names(&project), all);
}

#[test]
fn an_added_relation_finds_its_ends_again_by_their_mentions() {
    let mut project = two_towns();
    run(&mut project, &relate(2, 0, RelationKind::LocatedIn, "seen"));
    let documents: Vec<Arc<Document>> = project.documents().cloned().collect();
    let documents: Vec<&Arc<Document>> = documents.iter().collect();
    // The towns, which share a name, change places; so do the two called Ada.
    let entities = project.found_entities().map(|found| {
        let mut found = (**found).clone();
        found.id = EntityId(13 - found.id.0);
        found
    });
    let again = batch(&documents, entities.collect());
    run(&mut project, &Edit::ReadAgain(again));
    assert_eq!(lines(&project), [(11, 13, 1)]);
    let north = project.entity(EntityId(13)).unwrap();
    assert_eq!(north.location.as_ref().unwrap().latitude, 54.0);
    assert_eq!(
        project.relations().next().unwrap().kind,
        RelationKind::LocatedIn
    );
    // Nobody is found there any more: it waits, although there is another Newcastle.
    let entities = project.found_entities().filter(|found| found.id.0 != 13);
    let others = entities.map(|found| {
        let mut found = (**found).clone();
        found.id = EntityId(found.id.0 + 20);
        found
    });
    let again = batch(&documents, others.collect());
    run(&mut project, &Edit::ReadAgain(again));
    assert_eq!(lines(&project), []);
    assert_eq!(project.idle_corrections().len(), 1);
}

#[test]
fn two_that_are_different_stay_so_under_whichever_number_they_are_read_again() {
    for number in [0, 1] {
        let (one, two) = (document(0, "Kim spoke. Kim left."), document(1, "Kim Il."));
        let found = vec![
            entity(0, PERSON, &["Kim"], &[&one]),
            entity(1, PERSON, &["Kim Il"], &[&two]),
        ];
        let mut project = added(&[&one, &two], found);
        let apart = Edit::Different {
            entity: EntityId(0),
            other: EntityId(1),
        };
        run(&mut project, &apart);
        let mut both = entity(number, PERSON, &["Kim"], &[&one]);
        let il = entity(1, PERSON, &["Kim Il"], &[&two]);
        both.mentions.extend(il.mentions);
        both.refresh_aliases(&[]);
        let again = batch(&[&one, &two], vec![both]);
        run(&mut project, &Edit::ReadAgain(again));
        let mentions: Vec<usize> = project.entities().map(|e| e.mentions.len()).collect();
        assert_eq!(mentions, [2, 1], "read as {number}");
    }
}

#[test]
fn one_that_is_different_stays_so_as_part_of_another() {
    let mut project = four();
    let apart = Edit::Different {
        entity: EntityId(0),
        other: EntityId(1),
    };
    run(&mut project, &apart);
    run(&mut project, &merge(2, 0));
    assert!(project.are_different(EntityId(1), EntityId(2)));
    assert!(!project.are_different(EntityId(1), EntityId(3)));
}
