//! Words per second of extraction, on the sample reports repeated to about 50,000 words: recognition
//! (mentions, roles and links) with the trained recognizer and by the rules alone, and resolution.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use redstring::extract::recognize::RuleRecognizer;
use redstring::extract::{Engine, Recognition};
use redstring::import::read_bytes;
use redstring::model::{Document, DocumentId};
use std::hint::black_box;

const SEEDS: [(&str, &[u8]); 5] = [
    ("000", include_bytes!("../seeds/000_6ff1fd1cf2aaba7c.txt")),
    ("001", include_bytes!("../seeds/001_f4d67d99a2b34ff0.txt")),
    ("002", include_bytes!("../seeds/002_d10898a278a58171.txt")),
    ("003", include_bytes!("../seeds/003_74dbb452feec4bbe.txt")),
    ("004", include_bytes!("../seeds/004_8b4234a4033eca48.txt")),
];
const WORDS: usize = 50_000;

fn words(documents: &[Document]) -> usize {
    documents
        .iter()
        .map(|document| document.text.split_whitespace().count())
        .sum()
}

fn documents() -> Vec<Document> {
    let sample: Vec<Document> = SEEDS
        .iter()
        .flat_map(|(name, bytes)| read_bytes(name, bytes).unwrap_or_default())
        .collect();
    let copies = WORDS.div_ceil(words(&sample).max(1));
    let mut documents: Vec<Document> = std::iter::repeat_n(sample, copies).flatten().collect();
    for (id, document) in documents.iter_mut().enumerate() {
        document.id = DocumentId(u32::try_from(id).unwrap_or(u32::MAX));
    }
    documents
}

fn extract(criterion: &mut Criterion) {
    let engine = Engine::new();
    let documents = documents();
    let mut group = criterion.benchmark_group("extract");
    group.sample_size(10);
    group.throughput(Throughput::Elements(words(&documents) as u64));
    group.bench_function("recognize, one thread, words", |bencher| {
        bencher.iter(|| -> Vec<Recognition> {
            documents
                .iter()
                .map(|document| engine.recognize(black_box(document)))
                .collect()
        });
    });
    let recognitions: Vec<Recognition> = documents.iter().map(|d| engine.recognize(d)).collect();
    let items: Vec<_> = documents.iter().zip(&recognitions).collect();
    group.bench_function("recognize, all threads, words", |bencher| {
        bencher.iter(|| -> Vec<Recognition> {
            documents
                .par_iter()
                .map(|document| engine.recognize(black_box(document)))
                .collect()
        });
    });
    let rules = Engine::with_recognizer(Box::new(RuleRecognizer::new()));
    group.bench_function("recognize by rules alone, one thread, words", |bencher| {
        bencher.iter(|| -> Vec<Recognition> {
            documents
                .iter()
                .map(|document| rules.recognize(black_box(document)))
                .collect()
        });
    });
    group.bench_function("resolve, words", |bencher| {
        bencher.iter(|| engine.resolve(black_box(&items)));
    });
    group.finish();
}

criterion_group!(benches, extract);
criterion_main!(benches);
