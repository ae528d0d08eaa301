//! A correction is anchored to the words it was made on: it finds them again in a page of several
//! articles and in a file that was changed, and touches no others.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/findings.rs"]
mod findings;

use findings::*;
use redstring::model::{Document, DocumentId, Edit, EntityId, Project};
use std::sync::Arc;

/// An article of a page: all of them have one path, one content and no range.
fn article(id: u32, text: &str) -> Arc<Document> {
    Arc::new(Document {
        path: "reports/page.html".to_owned(),
        file_hash: "5".repeat(64),
        ..(*document(id, text)).clone()
    })
}

/// The document as its file has it now.
fn changed(document: &Arc<Document>, text: &str) -> Arc<Document> {
    Arc::new(Document {
        file_hash: "c".repeat(64),
        text: text.to_owned(),
        ..(**document).clone()
    })
}

fn split(project: &mut Project, entity: u32, mentions: &[(u32, usize)], name: &str) {
    let mentions = mentions.iter().map(|&(d, start)| (DocumentId(d), start));
    let edit = Edit::Split {
        entity: EntityId(entity),
        mentions: mentions.collect(),
        name: Some(name.to_owned()),
    };
    run(project, &edit);
}

/// Document and first byte of each mention of an entity.
fn mentions(project: &Project, entity: u32) -> Vec<(u32, usize)> {
    let entity = project.entity(EntityId(entity));
    let mentions = entity.map(|e| e.mentions.clone()).unwrap_or_default();
    mentions.iter().map(|m| (m.document.0, m.start)).collect()
}

#[test]
fn a_correction_in_one_article_leaves_the_others_of_its_page() {
    let articles = [article(0, "Kim left."), article(1, "Kim slept.")];
    let [one, two] = &articles;
    let mut project = added(&[one, two], vec![entity(0, PERSON, &["Kim"], &[one, two])]);
    split(&mut project, 0, &[(1, 0)], "Kim Il Sung");
    assert_eq!(mentions(&project, 0), [(0, 0)]);
    assert_eq!(mentions(&project, 1), [(1, 0)]);
    let mark = Edit::MarkMention {
        document: DocumentId(1),
        start: 4,
        end: 9,
        entity: EntityId(1),
    };
    run(&mut project, &mark);
    assert_eq!(mentions(&project, 1), [(1, 0), (1, 4)]);
    // The article goes: what was said of it waits.
    let documents = vec![DocumentId(1)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    assert_eq!(mentions(&project, 0), [(0, 0)]);
    assert_eq!(project.idle_corrections().len(), 2);
}

#[test]
fn a_page_that_is_added_anew_has_its_corrections_where_they_are_plain() {
    let articles = [article(0, "Kim left."), article(1, "So Kim slept.")];
    let [one, two] = &articles;
    let mut project = added(&[one, two], vec![entity(0, PERSON, &["Kim"], &[one, two])]);
    split(&mut project, 0, &[(1, 3)], "Kim Il Sung");
    let documents = vec![DocumentId(0), DocumentId(1)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    let articles = [article(2, "Kim left."), article(3, "So Kim slept.")];
    let [one, two] = &articles;
    let found = vec![entity(2, PERSON, &["Kim"], &[one, two])];
    run(&mut project, &Edit::AddDocuments(batch(&[one, two], found)));
    assert_eq!(mentions(&project, 1), [(3, 3)]);
    assert_eq!(mentions(&project, 2), [(2, 0)]);
}

#[test]
fn corrections_follow_the_sentences_of_a_file_that_was_changed() {
    let old = document(0, "Kim left. Kim slept. Kim ate. Kim sang.");
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Kim"], &[&old])]);
    split(&mut project, 0, &[(0, 10), (0, 30)], "Kim Il Sung");
    let new = changed(&old, "Kim came. Kim left. Kim slept. Nobody ate. Kim sang.");
    let found = || vec![entity(0, PERSON, &["Kim"], &[&new])];
    run(&mut project, &Edit::ReadAgain(batch(&[&new], found())));
    assert_eq!(mentions(&project, 1), [(0, 20), (0, 43)]);
    // Its anchors are renewed: a second change starts from there.
    let last = changed(
        &new,
        "So. Kim came. Kim left. Kim slept. Nobody ate. Kim sang.",
    );
    let found = vec![entity(0, PERSON, &["Kim"], &[&last])];
    run(&mut project, &Edit::ReadAgain(batch(&[&last], found)));
    assert_eq!(mentions(&project, 1), [(0, 24), (0, 47)]);
}

#[test]
fn where_a_sentence_is_gone_the_next_of_its_words_is_not_taken() {
    let old = document(0, "Kim left. Kim slept. Kim ate.");
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Kim"], &[&old])]);
    split(&mut project, 0, &[(0, 10)], "Kim Il Sung");
    let new = changed(&old, "Kim left. They rested. Kim ate. Kim dreamt.");
    let found = vec![entity(0, PERSON, &["Kim"], &[&new])];
    run(&mut project, &Edit::ReadAgain(batch(&[&new], found)));
    assert_eq!(mentions(&project, 0).len(), 3);
    assert_eq!(project.idle_corrections().len(), 1);
}

#[test]
fn a_changed_file_that_is_added_anew_has_moved_as_one() {
    let old = document(0, "Kim left. Il slept. Kim ate.");
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Kim", "Il"], &[&old])]);
    split(&mut project, 0, &[(0, 10), (0, 20)], "Il");
    let documents = vec![DocumentId(0)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    let text = "Kim too. Kim left. Il slept. Kim ate.";
    let new = Arc::new(Document {
        path: old.path.clone(),
        ..(*document(1, text)).clone()
    });
    let found = vec![entity(5, PERSON, &["Kim", "Il"], &[&new])];
    run(&mut project, &Edit::AddDocuments(batch(&[&new], found)));
    assert_eq!(mentions(&project, 1), [(1, 19), (1, 29)]);
    assert_eq!(mentions(&project, 5), [(1, 0), (1, 9)]);
}

#[test]
fn in_a_file_that_was_changed_a_mark_waits_once_its_sentence_is_gone() {
    // The only "Kim" that is left is another one, within reach; the same by number and by path.
    let text = "They met. Kim slept there. Nobody left.";
    let gone = "They met. So it was told. Nobody left. Later on came Kim to see them.";
    let old = document(0, text);
    let kim = entity(0, PERSON, &["Kim"], &[&old]);
    let they = entity(1, PERSON, &["They"], &[&old]);
    let mut project = added(&[&old], vec![kim, they]);
    let mark = Edit::MarkMention {
        document: DocumentId(0),
        start: 10,
        end: 13,
        entity: EntityId(1),
    };
    run(&mut project, &mark);
    let new = changed(&old, gone);
    let fresh = || {
        vec![
            entity(5, PERSON, &["Kim"], &[&new]),
            entity(1, PERSON, &["They"], &[&new]),
        ]
    };
    run(&mut project, &Edit::ReadAgain(batch(&[&new], fresh())));
    run(&mut project, &Edit::ReadAgain(batch(&[&new], fresh())));
    assert_eq!(mentions(&project, 5), [(0, 53)]);
    assert_eq!(mentions(&project, 1), [(0, 0)]);
    let documents = vec![DocumentId(0)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    let anew = Arc::new(Document {
        path: old.path.clone(),
        ..(*document(1, gone)).clone()
    });
    let found = vec![entity(9, PERSON, &["Kim"], &[&anew])];
    run(&mut project, &Edit::AddDocuments(batch(&[&anew], found)));
    assert_eq!(mentions(&project, 9), [(1, 53)]);
}

#[test]
fn in_a_file_that_is_added_anew_sentences_are_found_wherever_they_went() {
    let old = document(0, "So Kim left. They rested. Then Kim slept.");
    let mut project = added(&[&old], vec![entity(0, PERSON, &["Kim"], &[&old])]);
    split(&mut project, 0, &[(0, 31)], "Kim Il Sung");
    let documents = vec![DocumentId(0)];
    run(&mut project, &Edit::RemoveDocuments { documents });
    // Another sentence came between, and another Kim in front.
    let text = "Kim ate. So Kim left. They rested in the shade. It rained. Then Kim slept.";
    let new = Arc::new(Document {
        path: old.path.clone(),
        ..(*document(1, text)).clone()
    });
    let found = vec![entity(5, PERSON, &["Kim"], &[&new])];
    run(&mut project, &Edit::AddDocuments(batch(&[&new], found)));
    assert_eq!(mentions(&project, 1), [(1, 64)]);
}
