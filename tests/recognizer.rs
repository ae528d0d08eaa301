//! The trained recognizer: it computes what training computed, it finds what it should in a text of
//! our own, and no text, thread or processor brings it out of step.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::Engine;
use redstring::extract::recognize::RuleRecognizer;
use redstring::extract::text::sentences;
use redstring::import::read_bytes;
use redstring::model::{Document, DocumentId};
use redstring::session::{ReadOptions, ReadSource, read_all};
use redstring_tagger::{Features, Tagger, windows};
use redstring_tagger::{Vocabulary, Words};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static MODEL: &[u8] = include_bytes!("../assets/models/recognizer.bin");
static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// A sentence as the Python reference reads and scores it.
#[derive(Deserialize)]
struct Reference {
    text: String,
    words: Vec<[usize; 2]>,
    pieces: Vec<Vec<u32>>,
    features: Vec<Vec<u16>>,
    scores: Vec<Vec<f32>>,
}

fn references() -> Vec<Reference> {
    include_str!("fixtures/recognizer.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of the fixture"))
        .collect()
}

fn words<'a>(reference: &Reference, vocabulary: &Vocabulary<'a>) -> Words {
    Words::read(&reference.text, &[[0, reference.text.len()]], vocabulary)
}

/// The number of the largest.
fn best(scores: &[f32]) -> usize {
    (0..scores.len())
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
        .unwrap_or(0)
}

#[test]
fn words_and_pieces_are_those_of_the_reference() {
    let tagger = Tagger::open(MODEL).unwrap();
    let references = references();
    assert!(references.len() >= 200);
    for reference in references {
        let found = words(&reference, tagger.vocabulary());
        let ranges: Vec<_> = found.words.iter().map(|w| [w.start, w.end]).collect();
        assert_eq!(ranges, reference.words, "{}", reference.text);
        for (word, pieces) in reference.pieces.iter().enumerate() {
            assert_eq!(found.pieces_of(word), pieces, "{}", reference.text);
        }
    }
}

/// The reference computes in floats, the program in bytes: scores differ a little, labels hardly.
#[test]
fn scores_are_near_those_of_the_reference() {
    let tagger = Tagger::open(MODEL).unwrap();
    let (mut count, mut distance, mut other_label) = (0.0, 0.0, 0.0);
    let mut farthest = 0.0_f32;
    for reference in references() {
        let words = words(&reference, tagger.vocabulary());
        let mut features = Features::default();
        for row in &reference.features {
            features.push(row);
        }
        let windows = windows(&words, |_| true);
        let scores = tagger.scores(&words, &features, &windows).concat();
        let labels = tagger.labels().len();
        assert_eq!(scores.len(), reference.scores.len() * labels);
        for (found, expected) in scores.chunks_exact(labels).zip(&reference.scores) {
            count += 1.0;
            let sum: f32 = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).sum();
            distance += sum / expected.len() as f32;
            let differences = found.iter().zip(expected).map(|(a, b)| (a - b).abs());
            farthest = differences.fold(farthest, f32::max);
            other_label += f32::from(u8::from(best(found) != best(expected)));
        }
    }
    assert!(
        distance / count < 0.06,
        "mean distance {}",
        distance / count
    );
    assert!(
        other_label / count < 0.005,
        "{other_label} labels of {count} differ"
    );
    println!("the largest distance of a score is {farthest}");
    assert!(farthest < 1.5, "one score is {farthest} away");
}

/// The reference was told what the program said of the words when it was trained; what it says of them
/// now may differ in a few, and hardly changes a label.
#[test]
fn what_the_program_tells_the_network_gives_the_labels_of_the_reference() {
    let tagger = Tagger::open(MODEL).unwrap();
    let rules = RuleRecognizer::new();
    let labels = tagger.labels().len();
    let (mut words, mut other_features, mut other_label) = (0, 0, 0);
    for reference in references() {
        let document = Document::of_text(DocumentId(0), &reference.text);
        let sentences = sentences(&document.text);
        let input = rules.tagger_input(&document, &sentences, tagger.vocabulary());
        let scores = tagger.scores(&input.words, &input.features, &input.windows);
        for (&[first, end], scores) in input.windows.iter().zip(scores) {
            for (word, scores) in (first..end).zip(scores.chunks_exact(labels)) {
                let place = input.words.words[word];
                let range = [place.start, place.end];
                let index = reference.words.iter().position(|&r| r == range).unwrap();
                words += 1;
                other_features += usize::from(input.features.of(word) != reference.features[index]);
                other_label += usize::from(best(scores) != best(&reference.scores[index]));
            }
        }
    }
    println!(
        "of {words} words {other_features} are told of otherwise, {other_label} get another label"
    );
    assert!(words > 2_500);
    assert!(other_features * 20 < words, "{other_features} of {words}");
    assert!(other_label * 50 < words, "{other_label} of {words}");
}

/// The bits of all scores, window by window.
fn bits(scores: &[Vec<f32>]) -> Vec<Vec<u32>> {
    let each = |window: &Vec<f32>| window.iter().map(|score| score.to_bits()).collect();
    scores.iter().map(each).collect()
}

#[test]
fn a_window_gives_the_same_bits_whatever_it_is_computed_with() {
    let tagger = Tagger::open(MODEL).unwrap();
    let text: String = references()
        .iter()
        .map(|r| format!("{}\n\n", r.text))
        .collect();
    let document = Document::of_text(DocumentId(0), &text);
    let sentences = sentences(&document.text);
    let rules = RuleRecognizer::new();
    let input = rules.tagger_input(&document, &sentences, tagger.vocabulary());
    assert!(input.windows.len() > 20);
    let run = |windows: &[[usize; 2]]| bits(&tagger.scores(&input.words, &input.features, windows));
    let together = run(&input.windows);
    for size in [1, 3] {
        let apart: Vec<_> = input.windows.chunks(size).flat_map(run).collect();
        assert!(apart == together, "cut into {size}");
    }
    let backwards: Vec<[usize; 2]> = input.windows.iter().rev().copied().collect();
    let reversed: Vec<_> = run(&backwards).into_iter().rev().collect();
    assert!(reversed == together);
}

/// What the files of a folder give: document, place and score of each mention.
fn mentions_in(paths: &[PathBuf]) -> BTreeSet<(String, usize, usize, u32)> {
    let sources = paths.iter().cloned().map(ReadSource::Path).collect();
    let (project, _) = read_all(sources, &ReadOptions::default(), &mut |_| {}).unwrap();
    let mut found = BTreeSet::new();
    for entity in project.entities() {
        for mention in &entity.mentions {
            let text = project.document(mention.document).unwrap().text.to_string();
            found.insert((text, mention.start, mention.end, mention.score.to_bits()));
        }
    }
    found
}

#[test]
fn a_document_gives_the_same_mentions_alone_and_in_a_folder() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(seeds)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    paths.sort();
    paths.truncate(3);
    let together = mentions_in(&paths);
    let alone: BTreeSet<_> = paths
        .iter()
        .flat_map(|path| mentions_in(std::slice::from_ref(path)))
        .collect();
    assert!(together.len() > 100);
    assert!(together == alone);
}

const TEXT: &str = "General Ingrid Solheim told Reuters in Bergen on Tuesday that Norway's Ministry of Defence \
    would send the 12th Engineer Battalion to Latvia. Solheim, who studied at the University of Oslo, \
    spoke after talks with Latvian officials near Riga. The European Union praised the plan; \
    Marek Zielony of the Baltic Transport Company did not.";

fn document(text: &str) -> Document {
    let documents = read_bytes("a.txt", text.as_bytes()).expect("a text");
    documents.into_iter().next().expect("one document")
}

/// "kind name" of each mention.
fn found(text: &str) -> Vec<String> {
    let document = document(text);
    let mentions = ENGINE.recognize(&document).mentions;
    mentions
        .iter()
        .map(|m| format!("{} {}", m.kind.key(), &document.text[m.start..m.end]))
        .collect()
}

#[test]
fn a_small_text_gives_these_mentions() {
    assert_eq!(
        found(TEXT),
        [
            "person Ingrid Solheim",
            "organization Reuters",
            "place Bergen",
            "date Tuesday",
            "place Norway",
            "organization Ministry of Defence",
            "unit 12th Engineer Battalion",
            "place Latvia",
            "person Solheim",
            "organization University of Oslo",
            "group Latvian",
            "place Riga",
            "organization European Union",
            "person Marek Zielony",
            "organization Baltic Transport Company",
        ]
    );
}

#[test]
fn threads_change_nothing() {
    let text = TEXT.repeat(12);
    let page = document(&text);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| ENGINE.recognize(&page).mentions)
    };
    let one = with(1);
    assert!(one.len() > 100);
    assert_eq!(one, with(2));
    assert_eq!(one, with(5));
}

/// Far above what they take, far below what a square would.
#[test]
fn hostile_texts_get_an_answer() {
    let texts = [
        "a".repeat(5_000_000),
        "\u{1}\u{7f}\u{0} \u{200b}".repeat(20_000),
        "😀🏳️‍🌈".repeat(2_000),
        "Kyivкиївkyiv平壤서울 ".repeat(300),
        TEXT.to_uppercase().repeat(8),
        TEXT.replace(['.', ',', ';', '\''], "").repeat(8),
        "a\u{301}".repeat(4_000),
        "((((".repeat(100_000),
        "12,5 % ".repeat(20_000),
        "\u{202e}\u{feff}\u{ad}Kim\u{0}".repeat(1_000),
        "“'\"".repeat(1_000),
        "Mr. ".repeat(1_000),
        "A-B-".repeat(1_000),
    ];
    for text in texts {
        let start = Instant::now();
        let mut last = 0;
        for page in read_bytes("a.txt", text.as_bytes()).unwrap_or_default() {
            for mention in ENGINE.recognize(&page).mentions {
                assert!(
                    mention.start >= last && page.text.get(mention.start..mention.end).is_some()
                );
                assert!((0.0..=1.0).contains(&mention.score));
                last = mention.end;
            }
            last = 0;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{:?}",
            text.chars().next()
        );
    }
}
