//! What single corrections do: for new mentions, for their own alone, taken back, and where what they
//! were made on is gone.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/findings.rs"]
mod findings;

use findings::*;
use redstring::geometry::Point;
use redstring::model::{
    CorrectionId, DocumentId, Edit, Entity, EntityId, Evidence, Origin, Project, Relation,
    RelationId, RelationKind, Status,
};
use std::sync::Arc;

fn narrow(project: &mut Project, correction: u32) {
    let edit = Edit::SetOnlyHere {
        correction: CorrectionId(correction),
        only_here: true,
    };
    run(project, &edit);
}

fn split(project: &mut Project, entity: u32, places: &[(u32, usize)], name: Option<&str>) {
    let mentions = places.iter().map(|&(d, start)| (DocumentId(d), start));
    let edit = Edit::Split {
        entity: EntityId(entity),
        mentions: mentions.collect(),
        name: name.map(str::to_owned),
    };
    run(project, &edit);
}

/// What a reading found more: documents, and entities as they are with them.
fn add(project: &mut Project, texts: &[&Arc<redstring::model::Document>], found: Vec<Entity>) {
    run(project, &Edit::AddDocuments(batch(texts, found)));
}

#[test]
fn the_parts_of_a_split_off_name_go_where_the_document_names_nobody_else() {
    let old = document(0, "Kim Jong Un left. Kim Il Sung slept. Kim ate.");
    let all = ["Kim Jong Un", "Kim Il Sung", "Kim ate"];
    let mut un = entity(0, PERSON, &all, &[&old]);
    un.mentions[2].end -= 4;
    un.mentions[2].text = "Kim".to_owned();
    un.refresh_aliases(&[]);
    let mut project = added(&[&old], vec![un.clone()]);
    split(&mut project, 0, &[(0, 18)], None);
    assert_eq!(
        names(&project),
        [(0, "Kim Jong Un", 2), (1, "Kim Il Sung", 1)]
    );
    // One report on him alone, one on both, and one with the short name only.
    let texts = [
        document(1, "Kim Il Sung died. And Kim rests."),
        document(2, "Kim Il Sung begot Kim Jong Un. And Kim rests."),
        document(3, "So Kim rests."),
    ];
    for text in &texts {
        for (start, _) in text.text.match_indices("Kim") {
            let rest = &text.text[start..];
            let name = all.iter().find(|name| rest.starts_with(**name));
            let name = name.copied().unwrap_or("Kim");
            let mut mention = un.mentions[0].clone();
            (mention.document, mention.start) = (text.id, start);
            (mention.end, mention.text) = (start + name.len(), name.to_owned());
            un.mentions.push(mention);
        }
    }
    let texts: Vec<_> = texts.iter().collect();
    add(&mut project, &texts, vec![un]);
    let places = |id: u32| {
        let entity = project.entity(EntityId(id)).unwrap();
        let mentions = entity.mentions.iter().filter(|m| m.document.0 > 0);
        mentions
            .map(|m| (m.document.0, m.start))
            .collect::<Vec<_>>()
    };
    assert_eq!(places(1), [(1, 0), (1, 22), (2, 0)]);
    assert_eq!(places(0), [(2, 18), (2, 35), (3, 3)]);
}

#[test]
fn what_was_merged_into_one_that_is_gone_stays_one() {
    let texts = [document(0, "Ada left. Bob left."), document(1, "Cid left.")];
    let [one, two] = &texts;
    let found = vec![
        entity(0, PERSON, &["Ada"], &[one]),
        entity(1, PERSON, &["Bob"], &[one]),
        entity(2, PERSON, &["Cid"], &[two]),
    ];
    let mut project = added(&[one, two], found);
    run(&mut project, &merge(2, 0));
    run(&mut project, &merge(2, 1));
    assert_eq!(names(&project), [(2, "Cid", 3)]);
    let documents = vec![DocumentId(1)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    assert_eq!(names(&project), [(0, "Ada", 2)]);
}

#[test]
fn a_correction_for_its_own_mentions_leaves_new_ones_as_they_are_found() {
    let old = document(0, "Kim left.");
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Kim"], &[&old])]);
    run(&mut project, &rename(0, "Kim Jong Un"));
    narrow(&mut project, 0);
    assert_eq!(names(&project), [(0, "Kim Jong Un", 1)]);
    let new = document(1, "Kim slept. Kim ate.");
    add(
        &mut project,
        &[&new],
        vec![entity(0, PERSON, &["Kim"], &[&old, &new])],
    );
    assert_eq!(names(&project), [(0, "Kim Jong Un", 1), (1, "Kim", 2)]);
    let wide = Edit::SetOnlyHere {
        correction: CorrectionId(0),
        only_here: false,
    };
    run(&mut project, &wide);
    assert_eq!(names(&project), [(0, "Kim Jong Un", 3)]);
}

#[test]
fn a_mark_finds_its_entity_under_another_number() {
    let text = document(0, "Ada left. The countess slept.");
    let mut project = added(&[&text], vec![entity(0, PERSON, &["Ada"], &[&text])]);
    let mark = Edit::MarkMention {
        document: DocumentId(0),
        start: 14,
        end: 22,
        entity: EntityId(0),
    };
    run(&mut project, &mark);
    let again = batch(&[&text], vec![entity(7, PERSON, &["Ada"], &[&text])]);
    run(&mut project, &Edit::ReadAgain(again));
    assert_eq!(names(&project), [(7, "Ada", 2)]);
}

#[test]
fn what_comes_back_lies_where_it_lay() {
    let text = document(0, "Ada met Bob and Cid.");
    let found = ["Ada", "Bob", "Cid"].iter().enumerate();
    let found = found.map(|(id, name)| entity(id as u32, PERSON, &[name], &[&text]));
    let mut project = added(&[&text], found.collect());
    let place = Point::new(3.0, 4.0);
    let positions = vec![(EntityId(1), place), (EntityId(2), place)];
    run(&mut project, &Edit::Move { positions });
    let hide = Edit::Hide {
        entities: vec![EntityId(2)],
    };
    run(&mut project, &hide);
    run(&mut project, &merge(0, 1));
    let delete = Edit::Delete {
        entities: vec![EntityId(2)],
    };
    run(&mut project, &delete);
    take_back(&mut project, 0);
    take_back(&mut project, 1);
    let placement = project.placement(EntityId(1));
    assert_eq!((placement.position, placement.pinned), (Some(place), true));
    assert!(project.placement(EntityId(2)).hidden);
}

#[test]
fn a_name_given_to_what_was_merged_is_taken() {
    let text = document(0, "Ada met Bob.");
    let found = vec![
        entity(0, PERSON, &["Ada"], &[&text]),
        entity(1, PERSON, &["Bob"], &[&text]),
    ];
    let mut project = added(&[&text], found);
    run(&mut project, &merge(0, 1));
    split(&mut project, 0, &[(0, 8)], Some("Robert"));
    assert_eq!(names(&project), [(0, "Ada", 1), (1, "Robert", 1)]);
    // Without one it is as it was before the merge, renamed or not.
    take_back(&mut project, 1);
    take_back(&mut project, 0);
    run(&mut project, &rename(1, "Bobby"));
    run(&mut project, &merge(0, 1));
    split(&mut project, 0, &[(0, 8)], None);
    assert_eq!(names(&project), [(0, "Ada", 1), (1, "Bobby", 1)]);
}

/// A line of two sentences, the surer of which says "commands" and the other "heads".
fn line(texts: &[&Arc<redstring::model::Document>]) -> Arc<Relation> {
    let says = |text: &Arc<redstring::model::Document>, trigger: &str, score: f32| {
        let span = |words: &str| {
            let start = text.text.find(words).unwrap();
            [start, start + words.len()]
        };
        Evidence {
            origin: Origin::Text,
            document: Some(text.id),
            start: Some(0),
            end: Some(text.text.len()),
            text: Some(text.text.clone()),
            source_span: Some(span("Ada")),
            target_span: Some(span("Acme")),
            trigger: vec![span(trigger)],
            status: Status::Asserted,
            attributed_to: None,
            date: None,
            score,
            method: "rule:verb".to_owned(),
        }
    };
    Arc::new(Relation {
        id: RelationId(0),
        source: EntityId(0),
        target: EntityId(1),
        kind: RelationKind::Leads,
        label: "commands".to_owned(),
        status: Status::Asserted,
        disputed: false,
        date: None,
        score: 0.9,
        evidence: vec![
            says(texts[0], "commands", 0.9),
            says(texts[1], "heads", 0.6),
        ],
    })
}

#[test]
fn a_label_has_the_words_of_a_sentence_that_is_there() {
    let texts = [
        document(0, "Ada commands Acme."),
        document(1, "Ada heads Acme."),
    ];
    let texts: Vec<_> = texts.iter().collect();
    let found = || {
        let mut found = batch(
            &texts,
            vec![
                entity(0, PERSON, &["Ada"], &texts),
                entity(1, PLACE, &["Acme"], &texts),
            ],
        );
        found.relations = vec![line(&texts)];
        found
    };
    let labels = |project: &Project| {
        let labels = project.relations().map(|r| (r.source.0, r.label.clone()));
        let mut labels: Vec<_> = labels.collect();
        labels.sort();
        labels
    };
    let mut project = Project::default();
    run(&mut project, &Edit::AddDocuments(found()));
    let mut removed = project.clone();
    let documents = vec![DocumentId(0)];
    run(&mut removed, &Edit::RemoveDocuments { documents });
    assert_eq!(labels(&removed), [(0, "heads".to_owned())]);
    split(&mut project, 0, &[(0, 0)], Some("Other"));
    let both = [(0, "heads".to_owned()), (2, "commands".to_owned())];
    assert_eq!(labels(&project), both);
}

#[test]
fn many_merged_into_one_much_mentioned_are_carried_out_in_linear_time() {
    let others: Vec<String> = (0..500).map(|at| format!("Agent{at:03}")).collect();
    let text = format!("{}{}.", "Kim. ".repeat(5_000), others.join(". "));
    let text = document(0, &text);
    let kim = entity(0, PERSON, &["Kim"], &[&text]);
    let all = others.iter().zip(1..);
    let all = all.map(|(name, id)| entity(id, PERSON, &[name], &[&text]));
    let mut project = added(&[&text], std::iter::once(kim).chain(all).collect());
    let merge = Edit::Merge {
        into: EntityId(0),
        others: (1..=500).map(EntityId).collect(),
    };
    let started = std::time::Instant::now();
    run(&mut project, &merge);
    run(&mut project, &rename(0, "Kim Jong Un"));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    let merged = project.entity(EntityId(0)).unwrap();
    assert_eq!((merged.mentions.len(), merged.aliases.len()), (5_500, 501));
}

#[test]
fn a_name_marked_in_thousands_of_later_places_is_given_once() {
    let old = document(0, "So Qwez left. Ada slept.");
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Ada"], &[&old])]);
    let mark = Edit::MarkEntity {
        document: DocumentId(0),
        start: 3,
        end: 7,
        kind: PERSON,
    };
    run(&mut project, &mark);
    let new = document(1, &"Qwez left. ".repeat(20_000));
    let started = std::time::Instant::now();
    add(&mut project, &[&new], Vec::new());
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert_eq!(project.entity(EntityId(1)).unwrap().mentions.len(), 20_001);
}

#[test]
fn what_was_split_off_stays_apart_from_what_its_other_part_becomes() {
    let text = document(0, "Kim left. Kim slept. Kim Jong Un ate.");
    let mut kim = entity(0, PERSON, &["Kim"], &[&text]);
    kim.mentions.truncate(2);
    let un = entity(1, PERSON, &["Kim Jong Un"], &[&text]);
    let mut project = added(&[&text], vec![kim, un]);
    split(&mut project, 0, &[(0, 10)], None);
    assert!(project.are_different(EntityId(0), EntityId(2)));
    run(&mut project, &merge(1, 0));
    assert!(project.are_different(EntityId(1), EntityId(2)));
    // Merged with it again they are no pair.
    run(&mut project, &merge(1, 2));
    assert!(project.kept_apart().is_empty());
}

#[test]
fn what_a_narrow_correction_leaves_is_no_duplicate_of_it() {
    let (old, new) = (document(0, "Kim left."), document(1, "Kim slept."));
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Kim"], &[&old])]);
    run(&mut project, &rename(0, "Kim Jong Un"));
    narrow(&mut project, 0);
    add(
        &mut project,
        &[&new],
        vec![entity(0, PERSON, &["Kim"], &[&old, &new])],
    );
    assert_eq!(names(&project), [(0, "Kim Jong Un", 1), (1, "Kim", 1)]);
    assert!(
        redstring::extract::duplicates::duplicates(&project)
            .pairs
            .is_empty()
    );
    // The document is removed and added again: its mention still is the one that was corrected.
    let documents = vec![DocumentId(0)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    let again = Arc::new(redstring::model::Document {
        id: DocumentId(2),
        ..(*old).clone()
    });
    add(
        &mut project,
        &[&again],
        vec![entity(0, PERSON, &["Kim"], &[&new, &again])],
    );
    let of = |id: u32| {
        let entity = project.entity(EntityId(id)).unwrap();
        let documents = entity.mentions.iter().map(|m| m.document.0);
        (entity.name.clone(), documents.collect::<Vec<_>>())
    };
    assert_eq!(of(0), ("Kim Jong Un".to_owned(), vec![2]));
    assert_eq!(of(1), ("Kim".to_owned(), vec![1]));
    assert!(
        redstring::extract::duplicates::duplicates(&project)
            .pairs
            .is_empty()
    );
}

#[test]
fn a_split_for_its_own_mentions_is_no_duplicate_once_its_document_came_back() {
    let old = document(0, "Kim left. Kim slept.");
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Kim"], &[&old])]);
    split(&mut project, 0, &[(0, 10)], None);
    narrow(&mut project, 0);
    let documents = vec![DocumentId(0)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    let again = Arc::new(redstring::model::Document {
        id: DocumentId(1),
        ..(*old).clone()
    });
    add(
        &mut project,
        &[&again],
        vec![entity(7, PERSON, &["Kim"], &[&again])],
    );
    assert_eq!(names(&project), [(1, "Kim", 1), (7, "Kim", 1)]);
    assert!(project.are_different(EntityId(1), EntityId(7)));
    assert!(
        redstring::extract::duplicates::duplicates(&project)
            .pairs
            .is_empty()
    );
}

#[test]
fn lines_of_many_that_were_merged_into_one_are_joined_in_linear_time() {
    const MANY: u32 = 2_000;
    let names: Vec<String> = (0..MANY).map(|at| format!("Agent{at:04}")).collect();
    let said = "Ada commands Acme and heads it.";
    let text = document(0, &format!("{said} Zed. {}.", names.join(". ")));
    let agents = names.iter().zip(1..);
    let agents = agents.map(|(name, id)| entity(id, PERSON, &[name], &[&text]));
    let zed = entity(0, PERSON, &["Zed"], &[&text]);
    let mut found = batch(&[&text], std::iter::once(zed).chain(agents).collect());
    let line = line(&[&text, &text]);
    let lines = (1..=MANY).map(|id| {
        let mut line = (*line).clone();
        (line.id, line.source, line.target) = (RelationId(id), EntityId(id), EntityId(0));
        line.evidence.truncate(1);
        line.evidence[0].end = Some(40 + id as usize);
        line.evidence[0].text = Some(text.text[..40 + id as usize].to_owned());
        Arc::new(line)
    });
    found.relations = lines.collect();
    let mut project = Project::default();
    run(&mut project, &Edit::AddDocuments(found));
    let merge = Edit::Merge {
        into: EntityId(1),
        others: (2..=MANY).map(EntityId).collect(),
    };
    let started = std::time::Instant::now();
    run(&mut project, &merge);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    let relations: Vec<_> = project.relations().collect();
    assert_eq!(
        (relations.len(), relations[0].evidence.len()),
        (1, MANY as usize)
    );
}

#[test]
fn many_marks_go_through_later_texts_once() {
    let names: Vec<String> = (0..150).map(|at| format!("Qwez{at:03}")).collect();
    let old = document(0, &format!("Ada slept. {}.", names.join(" left. ")));
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Ada"], &[&old])]);
    for name in &names {
        let start = old.text.find(name.as_str()).unwrap();
        let mark = Edit::MarkMention {
            document: DocumentId(0),
            start,
            end: start + name.len(),
            entity: EntityId(0),
        };
        let (_, patch) = mark.plan(&project, "2025-02-08T12:00:00Z").unwrap();
        project.apply(patch);
    }
    let words = "Nobody knows what came of it all in the end. ".repeat(40_000);
    let new = document(
        1,
        &format!("{words} Qwez007 left. Qwez149 and Qwez1490 slept."),
    );
    let started = std::time::Instant::now();
    add(&mut project, &[&new], Vec::new());
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert_eq!(project.entity(EntityId(0)).unwrap().mentions.len(), 153);
}

#[test]
fn corrections_of_earlier_versions_are_taken_back_by_what_is_known_of_them() {
    let text = document(0, "Ada left.");
    let mut project = added(&[&text], vec![entity(0, PERSON, &["Ada"], &[&text])]);
    run(&mut project, &rename(0, "Ada Byron"));
    let mut patch = project.to_patch();
    for correction in patch.corrections.iter_mut().filter_map(|(_, c)| c.as_mut()) {
        let correction = Arc::make_mut(correction);
        correction.title.clear();
        correction.carried_out = true;
    }
    patch.found_entities.clone_from(&patch.entities);
    let mut project = Project::from_parts(patch, project.next_ids(), project.view.clone());
    narrow(&mut project, 0);
    let title = &project.corrections().next().unwrap().title;
    assert_eq!(title, "Corrected ada");
    let corrections = vec![CorrectionId(0)];
    let (said, _) = Edit::TakeBack { corrections }.plan(&project, "").unwrap();
    let later = "it shows once all documents are read again";
    assert!(
        said.starts_with("Took back: Corrected ada") && said.ends_with(later),
        "{said}"
    );
}
