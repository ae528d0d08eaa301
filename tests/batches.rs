//! A project is the same however its documents came into it: all at once, one after the other, in any
//! order, and with some removed and added again in between. Numbers may differ.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::{Engine, Recognition, join_documents, keep};
use redstring::import::read_bytes;
use redstring::model::{Document, DocumentBatch, DocumentId, Edit, Project};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// A document with what is recognized in it.
type Read = (Document, Recognition);

fn read(path: &str, bytes: &[u8]) -> Vec<Read> {
    let articles = read_bytes(path, bytes).unwrap_or_default();
    let read = articles.into_iter().map(|mut document| {
        let recognition = ENGINE.recognize(&document);
        document.recognized = keep(&recognition);
        (document, recognition)
    });
    read.collect()
}

fn run(project: &mut Project, edit: &Edit) {
    let (_, patch) = edit.plan(project, "2025-02-08T12:00:00Z").expect("a plan");
    project.apply(patch);
}

/// Adds documents under the next numbers.
fn add(project: &mut Project, new: &[&Read]) {
    let first = project.next_ids()[0];
    let new: Vec<Read> = (first..)
        .zip(new)
        .map(|(id, (document, recognition))| {
            let mut document = document.clone();
            document.id = DocumentId(id);
            (document, recognition.clone())
        })
        .collect();
    let items: Vec<_> = new.iter().map(|(d, r)| (d, r)).collect();
    let joined = join_documents(project, &items);
    let batch = DocumentBatch {
        documents: new.iter().map(|(d, _)| Arc::new(d.clone())).collect(),
        entities: joined.entities.into_iter().map(Arc::new).collect(),
        relations: joined.relations.into_iter().map(Arc::new).collect(),
        gone_entities: joined.gone_entities,
        gone_relations: joined.gone_relations,
        ..DocumentBatch::default()
    };
    run(project, &Edit::AddDocuments(Box::new(batch)));
}

/// What a project says, without numbers: kind, name, aliases and mentions of each entity, and ends, kind,
/// period and evidence of each relation.
fn said(project: &Project) -> BTreeSet<String> {
    let text = |id: DocumentId| {
        let document = project.document(id).expect("a document");
        format!("{} {:?}", document.path, document.range)
    };
    let mentions = |id| {
        let entity = project.entity(id).expect("an entity");
        let mut all: Vec<String> = entity
            .mentions
            .iter()
            .map(|m| format!("{} {}", text(m.document), m.start))
            .collect();
        all.sort();
        all
    };
    let entities = project.entities().map(|entity| {
        let aliases: BTreeSet<&String> = entity.aliases.iter().collect();
        let (kind, name) = (entity.kind.key(), &entity.name);
        format!("{kind} {name} {aliases:?} {:?}", mentions(entity.id))
    });
    let relations = project.relations().map(|relation| {
        let name = |id| project.entity(id).expect("an entity").name.clone();
        let mut ends = [name(relation.source), name(relation.target)];
        if relation.kind.is_mutual() {
            ends.sort();
        }
        let evidence: BTreeSet<String> = relation
            .evidence
            .iter()
            .map(|e| format!("{:?} {:?}", e.document.map(text), e.start))
            .collect();
        let (kind, status) = (relation.kind.key(), relation.status.key());
        format!(
            "{ends:?} {kind} {status} {:?} {} {evidence:?}",
            relation.date, relation.label
        )
    });
    entities.chain(relations).collect()
}

#[track_caller]
fn assert_same(one: &BTreeSet<String>, other: &BTreeSet<String>, what: &str) {
    let differences: Vec<&String> = one.symmetric_difference(other).collect();
    assert!(differences.is_empty(), "{what}: {differences:#?}");
}

/// Texts of which one tells what names in another mean: a surname, a second bearer of it, an acronym and
/// another meaning of it, the country of a ministry, a place and its namesake, a unit by less of its name.
const NOTES: [&str; 9] = [
    "Solheim opened the harbor. Later Solheim left, and the UCC paid for it.",
    "Mayor Ingrid Solheim of Bergen met the Upland Conservation Council (UCC) on Monday.",
    "The boxer Knut Solheim lost in Oslo. The Union of Coastal Companies (UCC) was there.",
    "The Defense Ministry spoke of losses near Newcastle. The 46th Brigade held the ridge.",
    "Ukraine's Defense Ministry said that the 46th Separate Air Mobile Brigade left Kharkiv.",
    "In Newcastle, Australia, a mill of the Acme Company closed; Acme had owned it for years.",
    "Russia's Ministry of Defence denied it. Officials in Newcastle upon Tyne, England, laughed.",
    "Volodymr Petrenko and Volodymyr Petrenko are one man. V. Petrenko sings. He lives in Donetsk.",
    "Donetsk, a Russian town near Rostov, is small. The Russian Defense Ministry has a camp in Donetsk.",
];

fn everything() -> Vec<Read> {
    let mut files: Vec<_> = std::fs::read_dir("seeds")
        .expect("the sample")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    let mut all: Vec<Read> = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).expect("a report");
        all.extend(read(&file.display().to_string(), &bytes));
    }
    for (number, text) in NOTES.iter().enumerate() {
        all.extend(read(&format!("notes/{number}.txt"), text.as_bytes()));
    }
    all
}

/// The documents in an order that the seed tells.
fn shuffled(all: &[Read], seed: u64) -> Vec<&Read> {
    let mut keyed: Vec<(u64, &Read)> = (1..)
        .zip(all)
        .map(|(at, read): (u64, _)| {
            let mixed = (at ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
                .wrapping_mul(0xBF58_476D_1CE4_E5B9)
                .rotate_left(29)
                .wrapping_mul(0x94D0_49BB_1331_11EB);
            (mixed, read)
        })
        .collect();
    keyed.sort_by_key(|&(key, _)| key);
    keyed.into_iter().map(|(_, read)| read).collect()
}

#[test]
fn a_project_is_the_same_however_its_documents_came_into_it() {
    let all = everything();
    let mut once = Project::default();
    add(&mut once, &all.iter().collect::<Vec<_>>());
    let once = said(&once);
    assert!(once.len() > 300);
    for seed in 1..5 {
        let mut project = Project::default();
        for part in shuffled(&all, seed).chunks(seed as usize * 2 - 1) {
            add(&mut project, part);
        }
        assert_same(&once, &said(&project), &format!("order {seed} in parts"));
        for round in 0..3 {
            let documents: Vec<Arc<Document>> = project.documents().cloned().collect();
            let gone = &documents[round * 3..round * 3 + 1 + round];
            let ids = gone.iter().map(|document| document.id).collect();
            run(&mut project, &Edit::RemoveDocuments { documents: ids });
            let is_gone = |document: &Document| gone.iter().any(|g| g.text == document.text);
            let back: Vec<&Read> = all.iter().filter(|(d, _)| is_gone(d)).collect();
            add(&mut project, &back);
            let what = format!("order {seed}, removed and added again {round}");
            assert_same(&once, &said(&project), &what);
        }
    }
}

#[test]
fn numbers_stay_and_corrections_are_kept_when_a_name_is_explained() {
    let [bare, full, other] = [0, 1, 2].map(|at| read("note.txt", NOTES[at].as_bytes()).remove(0));
    let id_of = |project: &Project, name: &str| {
        let found = project.entities().find(|entity| entity.name == name);
        found.map(|entity| (entity.id, entity.mentions.len()))
    };
    let mut project = Project::default();
    add(&mut project, &[&bare]);
    let (solheim, mentions) = id_of(&project, "Solheim").expect("a bare surname");
    assert_eq!(mentions, 2);
    add(&mut project, &[&full]);
    assert_eq!(id_of(&project, "Ingrid Solheim"), Some((solheim, 3)));
    let name = "The mayor".to_owned();
    let rename = Edit::Rename {
        entity: solheim,
        name: name.clone(),
    };
    run(&mut project, &rename);
    // With two bearers of the surname nobody knows whose the bare one is.
    add(&mut project, &[&other]);
    assert_eq!(id_of(&project, &name), Some((solheim, 1)));
    assert_eq!(id_of(&project, "Solheim").map(|(_, count)| count), Some(2));
    assert_eq!(said(&project), said(&project.replayed()));
}
