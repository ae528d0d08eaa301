//! How well equipment, events, groups and dates are found: each sentence of the list is a document of
//! 15 May 2024, and its cell names all that it holds of these kinds. Ends and kinds must agree; of
//! dates the value too. `|` stands between spellings that are both right. The half called "kept" was
//! written before the rules and left alone while they were made.
//!
//! `cargo test --test minor_kinds -- --nocapture` prints the figures and what was wrong.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::Engine;
use redstring::import::read_bytes;
use redstring::model::{DateValue, EntityKind, PartialDate};
use std::collections::BTreeMap;

const LIST: &str = include_str!("fixtures/minor_kinds.tsv");
const MINOR: [EntityKind; 4] = [
    EntityKind::Equipment,
    EntityKind::Event,
    EntityKind::Group,
    EntityKind::Date,
];

/// Right, found and wanted.
#[derive(Clone, Copy, Default)]
struct Counts([usize; 3]);

impl Counts {
    fn add(&mut self, other: Counts) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }

    /// Of a hundred.
    fn precision(self) -> f64 {
        100.0 * self.0[0] as f64 / self.0[1].max(1) as f64
    }

    /// Of a hundred.
    fn recall(self) -> f64 {
        100.0 * self.0[0] as f64 / self.0[2].max(1) as f64
    }
}

/// "kind=text" or "date=text@value" of each mention of a minor kind.
fn found(engine: &Engine, sentence: &str) -> Vec<String> {
    let mut documents = read_bytes("line.txt", sentence.as_bytes()).expect("a text");
    let mut document = documents.remove(0);
    document.date = PartialDate::day(2024, 5, 15).map(DateValue::At);
    let mentions = engine.recognize(&document).mentions;
    mentions
        .iter()
        .filter(|mention| MINOR.contains(&mention.kind))
        .map(|mention| {
            let text = &document.text[mention.start..mention.end];
            let value = mention.date.map(|date| format!("@{date}"));
            format!("{}={text}{}", mention.kind.key(), value.unwrap_or_default())
        })
        .collect()
}

/// The cell's "date=1987@1987" or "event=a|b" allows what was found.
fn is_right(wanted: &str, found: &str) -> bool {
    let Some((kind, texts)) = wanted.split_once('=') else {
        return false;
    };
    let Some((found_kind, found_text)) = found.split_once('=') else {
        return false;
    };
    kind == found_kind && texts.split('|').any(|text| text == found_text)
}

/// Figures of one half by kind; the wrong ones of the open half are printed.
fn figures(half: &str) -> BTreeMap<String, Counts> {
    let engine = Engine::new();
    let mut figures: BTreeMap<String, Counts> = BTreeMap::new();
    let lines = LIST
        .lines()
        .skip(1)
        .filter(|line| line.split('\t').next() == Some(half));
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, sentence, wanted] = cells[..] else {
            panic!("three cells: {line}");
        };
        let wanted: Vec<&str> = wanted.split(';').filter(|cell| !cell.is_empty()).collect();
        let found = found(&engine, sentence);
        let kind = |mention: &str| mention.split('=').next().unwrap_or_default().to_owned();
        for one in &found {
            let right = wanted.iter().any(|wanted| is_right(wanted, one));
            let counts = Counts([usize::from(right), 1, 0]);
            figures.entry(kind(one)).or_default().add(counts);
        }
        for one in &wanted {
            let counts = Counts([0, 0, 1]);
            figures.entry(kind(one)).or_default().add(counts);
        }
        let all_right = found.len() == wanted.len()
            && found
                .iter()
                .all(|one| wanted.iter().any(|w| is_right(w, one)));
        if !all_right && (half == "open" || std::env::var_os("SHOW_KEPT").is_some()) {
            println!("wrong: {sentence}\n  wanted {wanted:?}\n  found {found:?}");
        }
    }
    figures
}

/// Recall and precision of all kinds together.
fn reported(half: &str) -> [f64; 2] {
    let mut all = Counts::default();
    for (kind, counts) in figures(half) {
        println!(
            "{half} {kind}: recall {:.1}, precision {:.1} of {} wanted",
            counts.recall(),
            counts.precision(),
            counts.0[2]
        );
        all.add(counts);
    }
    println!(
        "{half}: recall {:.1}, precision {:.1} of {} wanted",
        all.recall(),
        all.precision(),
        all.0[2]
    );
    [all.recall(), all.precision()]
}

#[test]
fn the_open_half_is_found() {
    let [recall, precision] = reported("open");
    assert!(recall >= 95.0 && precision >= 95.0);
}

#[test]
fn the_kept_half_is_found() {
    let [recall, precision] = reported("kept");
    assert!(recall >= 85.0 && precision >= 85.0);
}

/// The name of a ship may hold small words, as that of the person does after whom she is called.
#[test]
fn a_ship_called_after_a_person_is_no_person() {
    let engine = Engine::new();
    let sentence =
        "The admiral led the group from the aircraft carrier FS Renaud de Vaubert in the gulf.";
    assert_eq!(found(&engine, sentence), ["equipment=FS Renaud de Vaubert"]);
}
