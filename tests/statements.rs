//! What a sentence takes back, leaves open or has from somebody else is not stated as if it were so.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::{Engine, Extraction};
use redstring::import::read_bytes;
use redstring::model::{Document, DocumentId, Origin, Relation, RelationKind, Status};

const STATEMENTS: &str = include_str!("fixtures/statements.txt");

fn read(engine: &Engine, sentence: &str) -> Extraction {
    let document = read_bytes("test.txt", sentence.as_bytes())
        .unwrap()
        .remove(0);
    let document = Document {
        id: DocumentId(0),
        date: "2025-02-08".parse().ok(),
        ..document
    };
    let recognition = engine.recognize(&document);
    engine.resolve(&[(&document, &recognition)])
}

fn of_texts(relation: &Relation) -> bool {
    relation.evidence.iter().any(|e| e.origin == Origin::Text)
}

/// What is wrong with the lines of one sentence, if anything.
fn fault(found: &Extraction, expected: &str) -> Option<String> {
    let words: Vec<&str> = expected.split(' ').collect();
    let kind = RelationKind::from_key(words[1]).expect("a kind");
    let lines: Vec<&Relation> = found
        .relations
        .iter()
        .filter(|relation| relation.kind == kind && of_texts(relation))
        .collect();
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            let period = line.date.map(|date| date.to_string()).unwrap_or_default();
            format!("{} {period}", line.status.key())
        })
        .collect();
    let is_right = match words[0] {
        "-" => lines.iter().all(|line| line.status != Status::Asserted),
        "+" => lines.iter().any(|line| line.status.key() == words[2]),
        _ => lines
            .iter()
            .any(|line| line.date.is_some_and(|date| date.to_string() == words[2])),
    };
    (!is_right).then(|| format!("{expected}: {told:?}"))
}

#[test]
fn sentences_say_what_they_say_and_no_more() {
    let engine = Engine::new();
    let mut faults = Vec::new();
    let mut all = 0;
    for line in STATEMENTS.lines().filter(|line| !line.starts_with('#')) {
        let (expected, sentence) = line.split_once(" | ").expect("a sentence");
        all += 1;
        if let Some(fault) = fault(&read(&engine, sentence), expected) {
            faults.push(format!("{fault} in {sentence}"));
        }
    }
    assert!(all >= 25, "{all} sentences");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_nationality_stands_for_itself_where_its_country_is_not_named() {
    let engine = Engine::new();
    let found = read(&engine, "Russian President Viktor Samarin left on Friday.");
    let leads: Vec<&Relation> = found
        .relations
        .iter()
        .filter(|relation| relation.kind == RelationKind::Leads)
        .collect();
    assert_eq!(leads.len(), 1);
    assert_eq!(found.entities[leads[0].target.index()].name, "Russian");
}
