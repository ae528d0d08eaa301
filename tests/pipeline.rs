//! From files to entities and relations: the sample end to end, the same for any number of threads,
//! and what the extractor promises of every mention and relation, on any text.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use rayon::prelude::*;
use redstring::extract::{Engine, Extraction, Recognition};
use redstring::import::{read_bytes, read_file};
use redstring::model::{Document, DocumentId, Entity, EntityKind, Origin, Relation, RelationKind};
use std::collections::BTreeSet;
use std::path::Path;

fn sample() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    numbered(files.iter().flat_map(|file| read_file(file).unwrap()))
}

fn numbered(documents: impl Iterator<Item = Document>) -> Vec<Document> {
    documents
        .enumerate()
        .map(|(id, document)| Document {
            id: DocumentId(id as u32),
            ..document
        })
        .collect()
}

fn text(bytes: &[u8]) -> Vec<Document> {
    numbered(read_bytes("test.txt", bytes).unwrap().into_iter())
}

fn extract(engine: &Engine, documents: &[Document], threads: usize) -> Extraction {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let recognitions: Vec<Recognition> = pool.install(|| {
        documents
            .par_iter()
            .map(|document| engine.recognize(document))
            .collect()
    });
    let items: Vec<_> = documents.iter().zip(&recognitions).collect();
    pool.install(|| engine.resolve(&items))
}

/// What the contract says of every extraction.
#[track_caller]
fn keeps_its_promises(documents: &[Document], extraction: &Extraction) {
    let text_of = |id: DocumentId| documents[id.index()].text.as_str();
    let mut last_first = None;
    for (index, entity) in extraction.entities.iter().enumerate() {
        assert_eq!(entity.id.index(), index);
        assert!(!entity.mentions.is_empty() && !entity.name.is_empty());
        let first = (entity.mentions[0].document, entity.mentions[0].start);
        assert!(Some(first) > last_first, "{} is out of order", entity.name);
        last_first = Some(first);
        for mention in &entity.mentions {
            let text = text_of(mention.document);
            assert_eq!(text.get(mention.start..mention.end), Some(&*mention.text));
            assert!((0.0..=1.0).contains(&mention.score));
            assert!(entity.aliases.contains(&mention.text));
        }
        assert!(entity.mentions.is_sorted_by_key(|m| (m.document, m.start)));
        for role in &entity.roles {
            assert!(text_of(role.document)[role.start..].starts_with(&role.text));
        }
    }
    let mut last_key = None;
    for (index, relation) in extraction.relations.iter().enumerate() {
        assert_eq!(relation.id.index(), index);
        let key = (
            relation.source,
            relation.target,
            relation.kind,
            relation.date,
        );
        assert!(last_key < Some(key), "relations are out of order");
        last_key = Some(key);
        assert!(relation.source.index() < extraction.entities.len());
        assert!(relation.target.index() < extraction.entities.len());
        assert_ne!(relation.source, relation.target);
        assert!(!relation.kind.is_mutual() || relation.source < relation.target);
        assert!(!relation.evidence.is_empty() && !relation.label.is_empty());
        keeps_evidence(documents, relation);
    }
}

#[track_caller]
fn keeps_evidence(documents: &[Document], relation: &Relation) {
    for evidence in &relation.evidence {
        assert_eq!(evidence.origin, Origin::Text);
        let text = documents[evidence.document.unwrap().index()].text.as_str();
        let (start, end) = (evidence.start.unwrap(), evidence.end.unwrap());
        assert_eq!(text.get(start..end), evidence.text.as_deref());
        let spans = [evidence.source_span.unwrap(), evidence.target_span.unwrap()];
        for [from, to] in spans.into_iter().chain(evidence.trigger.iter().copied()) {
            assert!(start <= from && from < to && to <= end);
            assert!(text.get(from..to).is_some());
        }
        assert!(evidence.status <= relation.status);
        assert!(evidence.score <= relation.score && evidence.score > 0.0);
        let finders = ["rule:", "model:"];
        assert!(finders.iter().any(|by| evidence.method.starts_with(by)));
    }
}

fn named<'a>(extraction: &'a Extraction, name: &str) -> Vec<&'a Entity> {
    extraction
        .entities
        .iter()
        .filter(|entity| entity.name == name)
        .collect()
}

#[test]
fn the_sample_gives_its_people_units_and_places() {
    let documents = sample();
    let extraction = extract(&Engine::new(), &documents, 2);
    keeps_its_promises(&documents, &extraction);
    for (name, kind) in [
        ("Kim Yong Bok", EntityKind::Person),
        ("Kursk", EntityKind::Place),
        ("8th Special Operations Regiment", EntityKind::Unit),
    ] {
        let found = named(&extraction, name);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].kind, kind, "{name}");
        for mention in &found[0].mentions {
            let text = &documents[mention.document.index()].text;
            assert!(text[mention.start..mention.end].contains(&mention.text));
        }
    }
    let kims: BTreeSet<_> = ["Kim Jong Un", "Kim Jong Il", "Kim Il Sung", "Kim Yong Bok"]
        .iter()
        .flat_map(|name| named(&extraction, name))
        .map(|entity| entity.id)
        .collect();
    assert_eq!(kims.len(), 4, "four men, four entities");
    let stated = extraction
        .relations
        .iter()
        .filter(|r| r.is_stated())
        .count();
    assert!(stated >= 40, "only {stated} stated relations");
}

#[test]
fn threads_and_repetition_change_nothing() {
    let documents = sample();
    let engine = Engine::new();
    let once = extract(&engine, &documents, 1);
    assert_eq!(once, extract(&engine, &documents, 2));
    assert_eq!(once, extract(&Engine::new(), &documents, 2));
}

#[test]
fn mentioned_with_is_only_for_pairs_without_a_stated_relation() {
    let documents = text(b"Ann Baker, president of France, met Carl Drummond in Paris on Friday.");
    let extraction = extract(&Engine::new(), &documents, 1);
    keeps_its_promises(&documents, &extraction);
    let pair = |r: &Relation| (r.source.min(r.target), r.source.max(r.target));
    let of_kind = |stated: bool| -> BTreeSet<_> {
        extraction
            .relations
            .iter()
            .filter(|r| (r.kind != RelationKind::MentionedWith) == stated)
            .map(pair)
            .collect()
    };
    assert!(!of_kind(true).is_empty());
    assert!(of_kind(true).is_disjoint(&of_kind(false)));
}

#[test]
fn any_text_is_survived() {
    let engine = Engine::new();
    for hostile in [
        String::new(),
        "\u{feff}\u{7}\u{1f600}\u{202e}Kim\u{301} \u{2019}s \u{201c}".to_owned(),
        "Kim ".repeat(20_000),
        "President Kim met Kim. ".repeat(5_000),
        "a".repeat(300_000),
        "(((((((((\u{201c}\u{201c}\u{201c},,,,,;;;;;".repeat(2_000),
        "PRESIDENT PUTIN MET KIM JONG UN IN MOSCOW ".repeat(500),
        "Ann Baker, commander of the 5th Brigade, and ".repeat(3_000),
        format!("President {} met Kim.", "Xa".repeat(10_000)),
        "\u{d2b8}\u{b7fc}\u{d504} met \u{41f}\u{443}\u{442}\u{438}\u{43d} in \u{5317}\u{4eac}"
            .to_owned(),
    ] {
        let documents = text(hostile.as_bytes());
        let extraction = extract(&engine, &documents, 2);
        keeps_its_promises(&documents, &extraction);
    }
}

#[test]
fn nothing_read_gives_nothing() {
    assert_eq!(Engine::new().resolve(&[]), Extraction::default());
}
