//! `redstring --licenses` names everything that is compiled into the program.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The packages of this repository.
const OWN: &[&str] = &[env!("CARGO_PKG_NAME"), "redstring-tagger"];

/// "name version" of each crate that the program needs on any system, development tools left out.
fn linked_crates() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--target",
            "all",
            "--edges",
            "normal,build",
        ])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let (name, version) = (words.next()?, words.next()?);
            (!OWN.contains(&name)).then(|| format!("{name} {}", version.trim_start_matches('v')))
        })
        .collect()
}

#[test]
fn the_list_names_every_crate_that_is_linked() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/licenses.txt");
    let list = std::fs::read_to_string(path).expect("the list is there");
    let named: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(label, _)| label)
        .collect();
    let crates = linked_crates();
    assert!(crates.len() > 50, "{crates:?}");
    let missing: Vec<&String> = crates
        .iter()
        .filter(|label| !named.contains(label.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "run tools/licenses.py; missing: {missing:?}"
    );
}

#[test]
fn fonts_and_data_are_named() {
    let list = include_str!("../assets/licenses.txt");
    for name in [
        "Inter",
        "GeoNames",
        "SQLite",
        "Faker",
        "SIL OPEN FONT LICENSE",
    ] {
        assert!(list.contains(name), "{name}");
    }
}
