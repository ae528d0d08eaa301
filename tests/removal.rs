//! Removing a document removes what came only from it: what is left is what would have been found
//! without it, whether the documents were read together or one after the other.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::{Engine, integrate};
use redstring::import::read_bytes;
use redstring::model::{Document, DocumentBatch, DocumentId, Edit, Project};
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);
const WHEN: &str = "2025-02-08T12:00:00Z";

fn document(id: u32, text: &str) -> Document {
    let name = format!("{id}.txt");
    let mut document = read_bytes(&name, text.as_bytes())
        .expect("a text")
        .remove(0);
    document.id = DocumentId(id);
    document
}

fn run(project: &mut Project, edit: &Edit) {
    let (_, patch) = edit.plan(project, WHEN).expect("a plan");
    project.apply(patch);
}

/// Reads the texts, numbered from `first` on, into the project.
fn read(project: &mut Project, first: u32, texts: &[&str]) {
    let documents: Vec<Document> = (first..)
        .zip(texts)
        .map(|(id, text)| document(id, text))
        .collect();
    let recognitions: Vec<_> = documents.iter().map(|d| ENGINE.recognize(d)).collect();
    let items: Vec<_> = documents.iter().zip(&recognitions).collect();
    let joined = integrate(project, ENGINE.resolve(&items));
    let batch = DocumentBatch {
        documents: documents.into_iter().map(Arc::new).collect(),
        entities: joined.entities.into_iter().map(Arc::new).collect(),
        relations: joined.relations.into_iter().map(Arc::new).collect(),
        ..DocumentBatch::default()
    };
    run(project, &Edit::AddDocuments(Box::new(batch)));
}

/// All that entities and relations say, without numbers.
fn said(project: &Project) -> Vec<String> {
    let mut lines: Vec<String> = project
        .entities()
        .map(|e| {
            let unit = e.unit.as_ref().map(|unit| unit.summary());
            let place = e.location.as_ref().map(|l| (l.within(), l.degrees()));
            let roles: Vec<&str> = e.roles.iter().map(|role| role.text.as_str()).collect();
            format!(
                "{} {} {:?} {roles:?} {unit:?} {place:?}",
                e.kind.key(),
                e.name,
                e.aliases
            )
        })
        .collect();
    lines.extend(project.relations().map(|r| {
        let name = |id| project.entity(id).map(|e| e.name.clone());
        let (source, target) = (name(r.source), name(r.target));
        format!(
            "{source:?} {} {target:?} {} {:?} {}",
            r.kind.key(),
            r.label,
            r.date,
            r.evidence.len()
        )
    }));
    lines.sort();
    lines
}

#[track_caller]
fn assert_forgotten(kept: &str, removed: &str) {
    let mut alone = Project::default();
    read(&mut alone, 0, &[kept]);
    let mut together = Project::default();
    read(&mut together, 0, &[kept, removed]);
    let mut one_by_one = Project::default();
    read(&mut one_by_one, 0, &[kept]);
    read(&mut one_by_one, 1, &[removed]);
    for mut project in [together, one_by_one] {
        assert_ne!(said(&project), said(&alone), "the document tells nothing");
        let remove = Edit::RemoveDocuments {
            documents: vec![DocumentId(1)],
        };
        run(&mut project, &remove);
        assert_eq!(said(&project), said(&alone));
    }
}

#[test]
fn the_fields_of_a_unit_that_only_it_told() {
    assert_forgotten(
        "Shells fell on the ridge. The 46th Brigade left its trenches on Monday.",
        "Ukraine's 46th Separate Air Mobile Brigade of the 8th Air Assault Corps held the town.",
    );
}

#[test]
fn the_full_name_the_role_and_the_period_that_only_it_told() {
    assert_forgotten(
        "Mayor Solheim opened the harbor in Bergen. Solheim then left.",
        "Ingrid Solheim, mayor of Bergen since 2021, met the Norwegian minister Oda Lunde in Oslo.",
    );
}

#[test]
fn the_coordinates_of_a_place_that_only_it_told() {
    assert_forgotten(
        "The Acme Company closed a mill. Its workers went home.",
        "In Newcastle, Australia, a mill of the Acme Company closed.",
    );
    let mut project = Project::default();
    read(
        &mut project,
        0,
        &[
            "The ship left Newcastle on Monday and sank off the coast of Australia.",
            "Newcastle, New South Wales, Australia: the ship left Newcastle in Australia.",
        ],
    );
    let told = |project: &Project| {
        let entity = project.entities().find(|e| e.name == "Newcastle").unwrap();
        entity.told.as_ref().unwrap().locations[0].by.len()
    };
    assert_eq!(told(&project), 2);
    let edit = Edit::RemoveDocuments {
        documents: vec![DocumentId(1)],
    };
    run(&mut project, &edit);
    assert_eq!(told(&project), 1);
}

#[test]
fn the_name_of_a_country_s_ministry_that_only_it_told() {
    assert_forgotten(
        "The Defense Ministry spoke of losses. Later the Defense Ministry fell silent.",
        "Russia's Ministry of Defense, which the Kremlin runs, said so. The Defense Ministry in Moscow is large.",
    );
}

#[test]
fn the_line_that_it_stated_of_two_who_are_mentioned_together() {
    let kept = "Ingrid Solheim and Oda Lunde came to Bergen. The rain fell on Ingrid Solheim and Oda Lunde.";
    let removed = "Ingrid Solheim married Oda Lunde in Bergen. Ingrid Solheim smiled at Oda Lunde.";
    assert_forgotten(kept, removed);
    let lines = |texts: &[&str]| {
        let mut project = Project::default();
        for (number, text) in (0..).zip(texts) {
            read(&mut project, number, &[text]);
        }
        let weak = project.relations().filter(|r| !r.is_stated());
        let pair = |id| project.entity(id).unwrap().name.clone();
        let mut pairs: Vec<_> = weak.map(|r| (pair(r.source), pair(r.target))).collect();
        pairs.retain(|(_, target)| target != "Bergen");
        (pairs.len(), project)
    };
    assert_eq!(lines(&[kept]).0, 1);
    let (weak, mut project) = lines(&[kept, removed]);
    assert_eq!(
        weak, 0,
        "a stated line says more, whichever document came first"
    );
    let before = project.clone();
    let remove = Edit::RemoveDocuments {
        documents: vec![DocumentId(1)],
    };
    let (_, patch) = remove.plan(&project, WHEN).unwrap();
    let undo = project.apply(patch);
    project.apply(undo);
    assert_eq!(said(&project), said(&before));
    assert_eq!(said(&project.replayed()), said(&before));
}
