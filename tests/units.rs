//! How well units are read: name and all six fields, on lists written without sight of the rules.
//! The conventions of the lists are in `tests/fixtures/units.md`.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::extract::{Engine, Recognition};
use redstring::model::{Document, DocumentId, EntityKind, UnitDetails};

/// One line of a list.
struct Case<'a> {
    text: &'a str,
    name: &'a str,
    kind: &'a str,
    details: UnitDetails,
}

fn cases(list: &str) -> Vec<Case<'_>> {
    let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    list.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Case {
                text: cells[0],
                name: cells[1],
                kind: cells[2],
                details: UnitDetails {
                    number: some(cells[3]),
                    designation: some(cells[4]),
                    unit_type: some(cells[5]),
                    echelon: some(cells[6]),
                    nationality: some(cells[7]),
                    parent: some(cells[8]),
                },
            }
        })
        .collect()
}

fn document(text: &str) -> Document {
    Document::of_text(DocumentId(0), text)
}

/// What was found instead of the expected, or none.
fn fault(case: &Case<'_>, recognition: &Recognition) -> Option<String> {
    let start = case.text.find(case.name).expect("the name is in the text");
    let end = start + case.name.len();
    let mentions = &recognition.mentions;
    let units = || mentions.iter().filter(|m| m.kind == EntityKind::Unit);
    let is_right = match case.kind {
        "unit" => units()
            .any(|m| m.start == start && m.end == end && m.unit.as_deref() == Some(&case.details)),
        "equipment" => {
            units().count() == 0
                && mentions
                    .iter()
                    .any(|m| m.kind == EntityKind::Equipment && m.start == start && m.end == end)
        }
        _ => units().count() == 0,
    };
    let shown = |m: &redstring::extract::RawMention| {
        let fields = m.unit.as_ref().map_or(String::new(), |unit| {
            format!("{:?}", unit.rows().collect::<Vec<_>>())
        });
        format!("{} [{}] {fields}", m.kind.key(), &case.text[m.start..m.end])
    };
    (!is_right).then(|| mentions.iter().map(shown).collect::<Vec<_>>().join("; "))
}

/// Prints the figure and what was wrong; gives how many of a hundred are right.
fn share_right(name: &str, list: &str) -> f64 {
    let engine = Engine::new();
    let cases = cases(list);
    let (mut right, mut units) = (0, [0, 0]);
    for case in &cases {
        let is_unit = usize::from(case.kind == "unit");
        units[1] += is_unit;
        match fault(case, &engine.recognize(&document(case.text))) {
            None => {
                right += 1;
                units[0] += is_unit;
            }
            Some(found) => println!(
                "wrong: {}\n  wanted {} [{}] {:?}\n  found {found}",
                case.text,
                case.kind,
                case.name,
                case.details.rows().collect::<Vec<_>>()
            ),
        }
    }
    println!(
        "{name}: {right} of {} lines with name and all fields right, {} of the {} units among them",
        cases.len(),
        units[0],
        units[1]
    );
    100.0 * f64::from(right) / cases.len() as f64
}

#[test]
fn the_open_half_is_read() {
    let share = share_right("open half", include_str!("fixtures/units_dev.tsv"));
    assert!(share >= 95.0, "{share:.1} of 100");
}

#[test]
fn the_kept_half_is_read() {
    let share = share_right("kept half", include_str!("fixtures/units_kept.tsv"));
    assert!(share >= 90.0, "{share:.1} of 100");
}

/// Written later by someone who had not seen the rules, and measured once.
#[test]
fn the_fresh_list_is_read() {
    let share = share_right("fresh list", include_str!("fixtures/units_fresh.tsv"));
    assert!(share >= 90.0, "{share:.1} of 100");
}

/// Likewise by a third person, with more oddities.
#[test]
fn the_second_fresh_list_is_read() {
    let share = share_right("second list", include_str!("fixtures/units_second.tsv"));
    assert!(share >= 90.0, "{share:.1} of 100");
}

#[test]
fn a_designation_gives_all_fields() {
    let case = Case {
        text: "Russia's 5th Donetsk Motorized Rifle Brigade of the Eighth Army was seen near Luhansk.",
        name: "5th Donetsk Motorized Rifle Brigade",
        kind: "unit",
        details: UnitDetails {
            number: Some("5".into()),
            designation: Some("Donetsk".into()),
            unit_type: Some("motorized rifle".into()),
            echelon: Some("brigade".into()),
            nationality: Some("Russia".into()),
            parent: Some("Eighth Army".into()),
        },
    };
    let recognition = Engine::new().recognize(&document(case.text));
    assert_eq!(fault(&case, &recognition), None);
}
