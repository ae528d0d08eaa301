//! What the user's own lists of names promise, on the command line and in a running session.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::model::{Entity, EntityKind, Project};
use redstring::session::{Command, Session};
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

const REPORT: &str = "The Quartz Column entered Perth on Monday, officials said.\n\n\
    Ada Byron met Bo Carr in Perth. The Column left; QC stayed and qc was a misprint. \
    Monday Times reported that Ada Byron commands the Quartz Column.\n";

const LIST: &str =
    "name;kind;aliases\nQuartz Column;unit;\"QC;Column\"\nMonday Times;never;\nBo Carr;group;\n";

fn extract(files: &[(&str, &str)], arguments: &[&str]) -> (i32, Value, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_redstring"))
        .args(arguments)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let json = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), json, told)
}

fn named<'a>(json: &'a Value, name: &str) -> Option<&'a Value> {
    let entities = json["entities"].as_array().unwrap();
    entities.iter().find(|entity| entity["name"] == name)
}

#[test]
fn a_list_takes_precedence_on_the_command_line() {
    let files = [("a.txt", REPORT), ("list.csv", LIST)];
    let (code, json, told) = extract(&files, &["extract", "a.txt", "--lexicon", "list.csv"]);
    assert_eq!(code, 0, "{told}");
    let column = named(&json, "Quartz Column").expect("the listed unit");
    assert_eq!(column["kind"], "unit");
    let aliases = column["aliases"].as_array().unwrap();
    assert_eq!(aliases, &["Quartz Column", "Column", "QC"]);
    assert_eq!(named(&json, "Bo Carr").unwrap()["kind"], "group");
    let entities = json["entities"].as_array().unwrap();
    assert!(
        entities
            .iter()
            .all(|e| !e["name"].as_str().unwrap().contains("Monday Times"))
    );
    let ada = named(&json, "Ada Byron").expect("what no list names is recognized");
    let leads =
        json["relations"].as_array().unwrap().iter().any(|r| {
            r["kind"] == "leads" && r["source"] == ada["id"] && r["target"] == column["id"]
        });
    assert!(leads, "{}", json["relations"]);
    let (_, without, _) = extract(&files, &["extract", "a.txt"]);
    assert!(
        named(&without, "Quartz Column").is_none_or(|e| e["aliases"].as_array().unwrap().len() < 3)
    );
}

#[test]
fn what_is_wrong_with_a_list_is_said_with_its_line() {
    let list = "name,kind\nPerth,place\nPerth,person\nX,place\n";
    let files = [("a.txt", REPORT), ("list.csv", list), ("empty.csv", "")];
    let (code, json, told) = extract(&files, &["extract", "a.txt", "--lexicon", "list.csv"]);
    assert_eq!(code, 0);
    assert!(
        told.contains("line 3: \"Perth\" is person here and place in line 2"),
        "{told}"
    );
    let warnings = json["warnings"].as_array().unwrap();
    assert!(
        warnings
            .iter()
            .any(|w| w["message"].as_str().unwrap().contains("line 4"))
    );
    for (name, sentence) in [
        ("empty.csv", "the list is empty"),
        ("none.csv", "no file or folder"),
    ] {
        let (code, _, told) = extract(&files, &["extract", "a.txt", "--lexicon", name, "--quiet"]);
        assert_eq!(code, 1);
        assert!(told.contains(sentence) && told.contains(name), "{told}");
    }
}

#[test]
fn a_list_stays_with_an_exported_project_and_applies_to_stored_ones() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_redstring"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    };
    std::fs::write(folder.path().join("a.txt"), REPORT).unwrap();
    std::fs::write(folder.path().join("list.csv"), LIST).unwrap();
    run(&[
        "export",
        "a.txt",
        "-o",
        "with.redstring",
        "--lexicon",
        "list.csv",
    ]);
    let stored = redstring::store::load(&folder.path().join("with.redstring")).unwrap();
    assert_eq!(stored.project.lists()[0].entries.len(), 3);
    run(&["export", "a.txt", "-o", "without.redstring"]);
    let json = run(&["extract", "without.redstring", "--lexicon", "list.csv"]);
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(named(&json, "Quartz Column").unwrap()["kind"], "unit");
    assert!(named(&json, "Monday Times").is_none());
}

fn session(folder: &Path) -> Session {
    Session::new(Some(folder.to_owned()), Arc::new(|| {}))
}

fn entity<'a>(project: &'a Project, name: &str) -> Option<&'a Entity> {
    project.entities().find(|e| e.name == name).map(|e| &**e)
}

#[test]
fn lists_apply_to_documents_read_before_and_after_and_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    session.run(Command::PasteText(REPORT.to_owned()));
    session.wait();
    let before = session.project().clone();
    session.run(Command::AddPastedList(LIST.to_owned()));
    session.wait();
    let project = session.project();
    project.check().unwrap();
    assert_eq!(project.lists().len(), 1);
    let column = entity(project, "Quartz Column").expect("found in what was read before");
    assert_eq!(column.kind, EntityKind::Unit);
    assert_eq!(column.mentions.len(), 4);
    assert!(
        project.relations_of(column.id).any(|r| r.is_stated()),
        "its relations are found"
    );
    assert_eq!(entity(project, "Bo Carr").unwrap().kind, EntityKind::Group);
    assert!(entity(project, "Monday Times").is_none());
    assert!(
        session
            .history()
            .done()
            .last()
            .unwrap()
            .title
            .contains("Pasted list 1")
    );

    session.run(Command::PasteText(
        "The QC returned to Perth. Monday Times slept.".to_owned(),
    ));
    session.wait();
    let column = entity(session.project(), "Quartz Column").unwrap();
    assert_eq!(
        column.mentions.len(),
        5,
        "a document added later honors the list"
    );
    assert!(entity(session.project(), "Monday Times").is_none());

    let bo = entity(session.project(), "Bo Carr").unwrap().id;
    session.run(Command::NeverAnEntity(vec![bo]));
    session.wait();
    assert!(entity(session.project(), "Bo Carr").is_none());
    assert_eq!(session.project().lists()[0].title, "Never an entity");

    session.run(Command::RemoveList(0));
    assert_eq!(session.project().lists().len(), 1);
    for _ in 0..4 {
        session.run(Command::Undo);
    }
    assert!(session.project().lists().is_empty());
    assert!(session.project().entities().eq(before.entities()));
    assert!(session.project().relations().eq(before.relations()));
    session.close_without_saving();
}

#[test]
fn a_bad_pasted_list_is_a_notice_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    session.run(Command::PasteText(REPORT.to_owned()));
    session.wait();
    session.run(Command::AddPastedList("name,aliases\nAda,A.\n".to_owned()));
    session.wait();
    let notices = session.notices();
    assert!(
        notices
            .iter()
            .any(|n| n.text.contains("no column is called kind"))
    );
    assert!(session.project().lists().is_empty());
    assert!(!session.is_reading());
    session.close_without_saving();
}
