//! Text in other languages does not flood the graph: of the nodes shown for a page each of German,
//! Ukrainian and Korean, at least 8 of 10 are names, and the document says what to expect.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::model::EntityKind;
use redstring::session::{ReadOptions, ReadSource, read_all};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Shares are printed with `cargo test --test languages -- --nocapture`.
#[track_caller]
fn names_of(language: &str, file: &str, fewest: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/languages");
    let path: PathBuf = folder.join(format!("{file}.txt"));
    let gold = std::fs::read_to_string(folder.join(format!("{file}.names"))).unwrap();
    let gold: BTreeSet<&str> = gold.lines().collect();
    let (project, warnings) = read_all(
        vec![ReadSource::Path(path)],
        &ReadOptions::default(),
        &mut |_| {},
    )
    .unwrap();
    let document = project.documents().next().unwrap();
    assert_eq!(document.language.as_deref(), Some(language));
    assert!(warnings.0[0].message.starts_with(language), "{warnings:?}");
    // What the picture leaves out until asked for.
    let shown = project.entities().filter(|entity| {
        matches!(
            entity.kind,
            EntityKind::Person | EntityKind::Unit | EntityKind::Organization | EntityKind::Place
        )
    });
    let (names, others): (Vec<&str>, Vec<&str>) = shown
        .map(|entity| entity.name.as_str())
        .partition(|name| gold.contains(name));
    println!(
        "{language}: {} of {} are names; others: {others:?}",
        names.len(),
        names.len() + others.len()
    );
    assert!(
        names.len() * 10 >= (names.len() + others.len()) * 8,
        "{others:?}"
    );
    assert!(names.len() >= fewest, "{names:?}");
}

#[test]
fn german_nouns_are_no_names() {
    names_of("German", "german", 20);
}

#[test]
fn ukrainian_names_are_names() {
    names_of("Ukrainian", "ukrainian", 8);
}

#[test]
fn korean_names_are_names() {
    names_of("Korean", "korean", 20);
}
