//! The network that reads relations: it computes what training computed, and what it states on a text
//! of our own is what the text says.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::Recognizer;
use redstring::extract::recognize::TrainedRecognizer;
use redstring::import::read_bytes;
use redstring_tagger::{MarkedSentence, MarkedSpan, PairReader};
use serde::Deserialize;

static MODEL: &[u8] = include_bytes!("../assets/models/recognizer.bin");
static PAIRS: &[u8] = include_bytes!("../assets/models/relations.bin");
const CLASSES: [&str; 5] = ["person", "organization", "place", "group", "other"];

/// A sentence as the Python reference reads it.
#[derive(Deserialize)]
struct Reference {
    text: String,
    words: Vec<[usize; 2]>,
    /// First word, word after the last, class.
    mentions: Vec<(usize, usize, String)>,
    pairs: Vec<ReferencePair>,
}

#[derive(Deserialize)]
struct ReferencePair {
    head: usize,
    tail: usize,
    labels: Vec<f32>,
    statuses: Vec<f32>,
}

/// The number of the largest.
fn best(scores: &[f32]) -> usize {
    (0..scores.len())
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
        .unwrap_or(0)
}

fn distance(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    let sum: f32 = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).sum();
    sum / 2.0
}

/// The reference computes in floats, the program in bytes, from the text on: probabilities differ a
/// little, the likeliest label hardly ever.
#[test]
fn probabilities_are_near_those_of_the_reference() {
    let recognizer = TrainedRecognizer::open(MODEL).unwrap();
    let reader = PairReader::open(PAIRS).unwrap();
    let (mut count, mut moved, mut other_label, mut related) = (0.0, 0.0, 0.0, 0);
    for line in include_str!("fixtures/relations.jsonl").lines() {
        let reference: Reference = serde_json::from_str(line).expect("a line of the fixture");
        let documents = read_bytes("a.txt", reference.text.as_bytes()).unwrap();
        let document = &documents[0];
        assert_eq!(document.text, reference.text);
        let whole = [[0, reference.text.len()]];
        let (_, _, words) = recognizer.mentions_and_words(document, &whole, reader.tap());
        let words = words.expect("English is encoded");
        let found: Vec<_> = words.words.words.iter().map(|w| [w.start, w.end]).collect();
        assert_eq!(found, reference.words, "{}", reference.text);
        let mentions = reference
            .mentions
            .iter()
            .map(|(first, end, class)| MarkedSpan {
                first: *first,
                last: end - 1,
                class: CLASSES.iter().position(|known| known == class).unwrap(),
            });
        let sentence = MarkedSentence {
            words: 0..reference.words.len(),
            mentions: mentions.collect(),
        };
        let pairs = reader.read(&words.hidden, &[sentence]).remove(0).pairs;
        assert_eq!(pairs.len(), reference.pairs.len(), "{}", reference.text);
        for (pair, expected) in pairs.iter().zip(&reference.pairs) {
            assert_eq!((pair.head, pair.tail), (expected.head, expected.tail));
            count += 1.0;
            moved += distance(&pair.labels, &expected.labels);
            moved += distance(&pair.statuses, &expected.statuses);
            let label = best(&expected.labels);
            related += u32::from(label > 0);
            other_label += f32::from(u8::from(best(&pair.labels) != label));
        }
    }
    assert!(
        count > 400.0 && related > 60,
        "{count} pairs, {related} related"
    );
    println!(
        "mean distance {}, other label {}",
        moved / count,
        other_label / count
    );
    assert!(moved / count < 0.06, "{}", moved / count);
    assert!(other_label / count < 0.03, "{}", other_label / count);
}
