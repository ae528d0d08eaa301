//! Resolution at scale: 100,000 mentions of 10,000 names in 5,000 documents, and one document more for
//! such a project, without and with corrections in its ledger.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

use criterion::{Criterion, criterion_group, criterion_main};
use redstring::extract::duplicates::duplicates;
use redstring::extract::resolve::resolve;
use redstring::extract::{RawMention, Recognition, join_documents, keep};
use redstring::import::read_bytes;
use redstring::model::DocumentId;
use redstring::model::{Document, DocumentBatch, Edit, EntityId, EntityKind, Project};
use std::hint::black_box;
use std::sync::Arc;

const NAMES: usize = 10_000;
const DOCUMENTS: usize = 5_000;
const MENTIONS_OF_EACH: usize = 20;

const SYLLABLES: [&str; 20] = [
    "ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu",
    "dra", "kel", "mon", "ster", "vik",
];

fn word(mut number: usize, length: usize) -> String {
    let mut out = String::new();
    for _ in 0..length {
        out.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    let mut letters = out.chars();
    let first = letters.next().expect("a syllable");
    first.to_uppercase().chain(letters).collect()
}

/// Most are persons with first and family names, of which several share each.
fn name(number: usize) -> (EntityKind, String) {
    match number % 4 {
        0 | 1 => {
            let (first, last) = (word(number * 7 % 400, 2), word(number / 3, 3));
            (EntityKind::Person, format!("{first} {last}"))
        }
        2 => (
            EntityKind::Organization,
            format!("{} Institute", word(number, 4)),
        ),
        _ => (EntityKind::Place, word(number * 31, 4)),
    }
}

fn read(id: usize) -> (Document, Recognition) {
    let mut text = String::new();
    let (mut mentions, mut sentences) = (Vec::new(), Vec::new());
    for at in 0..MENTIONS_OF_EACH {
        let (kind, name) = name((id * 131 + at * 977) % NAMES);
        let begin = text.len();
        text.push_str("Then ");
        let start = text.len();
        text.push_str(&name);
        mentions.push(RawMention {
            start,
            end: text.len(),
            kind,
            score: 0.9,
            rule: "bench",
            canonical: None,
            country: None,
            unit: None,
            date: None,
        });
        text.push_str(" was seen there. ");
        sentences.push([begin, text.len()]);
    }
    let mut document = read_bytes("bench.txt", text.as_bytes())
        .expect("text")
        .remove(0);
    document.id = DocumentId(u32::try_from(id).expect("few"));
    document.text = text;
    document.path = format!("bench/{id}.txt");
    let recognition = Recognition {
        sentences,
        mentions,
        ..Recognition::default()
    };
    document.recognized = keep(&recognition);
    (document, recognition)
}

fn batch(project: &Project, read: &[(Document, Recognition)]) -> DocumentBatch {
    let items: Vec<_> = read.iter().map(|(d, r)| (d, r)).collect();
    let joined = join_documents(project, &items);
    DocumentBatch {
        documents: read.iter().map(|(d, _)| Arc::new(d.clone())).collect(),
        entities: joined.entities.into_iter().map(Arc::new).collect(),
        relations: joined.relations.into_iter().map(Arc::new).collect(),
        gone_entities: joined.gone_entities,
        gone_relations: joined.gone_relations,
        ..DocumentBatch::default()
    }
}

fn perform(project: &mut Project, edit: &Edit) {
    let (_, patch) = edit
        .plan(project, "2025-01-01T00:00:00Z")
        .expect("it can be done");
    project.apply(patch);
}

fn bench(criterion: &mut Criterion) {
    let all: Vec<_> = (0..DOCUMENTS).map(read).collect();
    let items: Vec<_> = all.iter().map(|(d, r)| (d, r)).collect();
    let mut group = criterion.benchmark_group("resolve");
    group.sample_size(10);
    group.bench_function("100,000 mentions of 10,000 names", |bencher| {
        bencher.iter(|| black_box(resolve(&items, true)));
    });
    let mut project = Project::default();
    let first = batch(&project, &all);
    perform(&mut project, &Edit::AddDocuments(Box::new(first)));
    let more = [read(DOCUMENTS)];
    let add = |project: &Project| {
        let mut project = project.clone();
        let batch = batch(&project, &more);
        perform(&mut project, &Edit::AddDocuments(Box::new(batch)));
        project
    };
    group.bench_function("one document more for 5,000", |bencher| {
        bencher.iter(|| black_box(add(&project)));
    });
    group.bench_function("possible duplicates of 10,000 names", |bencher| {
        bencher.iter(|| black_box(duplicates(&project)));
    });
    let ids: Vec<EntityId> = project.entities().map(|e| e.id).collect();
    for pair in ids.chunks(2).take(100) {
        let merge = Edit::Merge {
            into: pair[0],
            others: vec![pair[1]],
        };
        perform(&mut project, &merge);
    }
    group.bench_function("the same after 100 corrections", |bencher| {
        bencher.iter(|| black_box(add(&project)));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
