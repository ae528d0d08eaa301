//! What a project file promises: what is saved is loaded, a crash leaves the old or the new state,
//! and a file that is broken or foreign is one clear sentence.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/random_project.rs"]
mod random_project;

use proptest::prelude::*;
use random_project::{any_edit, base_project, perform};
use redstring::error::ErrorKind;
use redstring::model::{
    CorrectionId, Edit, Entity, EntityId, EntityKind, History, Project, Relation, RelationKind,
};
use redstring::store;
use std::path::Path;
use std::sync::Arc;

/// Set for the copy of this test program that saves until it is killed: the file to save.
const SAVE_UNTIL_KILLED: &str = "REDSTRING_TEST_SAVE_UNTIL_KILLED";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_saved_is_loaded_history_included(
        edits in prop::collection::vec(any_edit(), 0..20),
        undone in 0usize..6,
    ) {
        let (mut project, mut history) = base_project();
        for edit in &edits {
            perform(edit, &mut project, &mut history);
        }
        for _ in 0..undone {
            history.undo(&mut project);
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("case.redstring");
        store::save(&file, &project, &history, None).unwrap();
        let stored = store::load(&file).unwrap();
        prop_assert_eq!(stored.project, project);
        prop_assert_eq!(stored.history, history);
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        prop_assert_eq!(left, 1, "nothing but the project stays in the folder");
    }

    #[test]
    fn no_bytes_make_loading_panic(cut in 0usize..4000, flips in prop::collection::vec((0usize..200_000, any::<u8>()), 0..12)) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("case.redstring");
        let (project, history) = base_project();
        store::save(&file, &project, &history, None).unwrap();
        let mut bytes = std::fs::read(&file).unwrap();
        bytes.truncate(bytes.len().saturating_sub(cut.saturating_sub(2000) * 40));
        let length = bytes.len().max(1);
        for (at, value) in flips {
            if let Some(byte) = bytes.get_mut(at % length) {
                *byte = value;
            }
        }
        std::fs::write(&file, &bytes).unwrap();
        // Whatever comes out is a project that nothing stumbles over, or an error.
        if let Ok(stored) = store::load(&file) {
            prop_assert_eq!(stored.project.check_references(), Ok(()));
        }
    }
}

#[test]
fn a_file_cut_in_half_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    let (project, history) = base_project();
    store::save(&file, &project, &history, None).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    for length in [bytes.len() / 2, 99, 30, 16] {
        std::fs::write(&file, &bytes[..length]).unwrap();
        let error = store::load(&file).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Format);
        assert!(error.to_string().contains("cut off"), "{error}");
    }
}

#[test]
fn newer_and_foreign_files_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    let (project, history) = base_project();
    store::save(&file, &project, &history, None).unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[60..64].copy_from_slice(&(store::FORMAT_VERSION + 1).to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    let error = store::load(&file).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Newer);
    assert!(
        error.to_string().contains("newer version of Redstring"),
        "{error}"
    );

    bytes[68..72].fill(0);
    std::fs::write(&file, &bytes).unwrap();
    let error = store::load(&file).unwrap_err();
    assert!(
        error.to_string().contains("not a Redstring project"),
        "{error}"
    );

    std::fs::write(&file, "Plain text.").unwrap();
    assert!(!store::is_project(&file));
    assert_eq!(store::load(&file).unwrap_err().kind, ErrorKind::Format);
    let missing = store::load(&folder.path().join("no such file")).unwrap_err();
    assert_eq!(missing.kind, ErrorKind::Missing);
}

#[test]
fn what_cannot_be_written_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let (project, history) = base_project();
    let nowhere = folder.path().join("no folder/case.redstring");
    assert!(store::save(&nowhere, &project, &history, None).is_err());

    let file = folder.path().join("case.redstring");
    store::save(&file, &project, &history, None).unwrap();
    let old = std::fs::read(&file).unwrap();
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let error = store::save(&file, &Project::default(), &history, None).unwrap_err();
    assert!(error.to_string().contains("read-only"), "{error}");
    assert_eq!(std::fs::read(&file).unwrap(), old);
}

/// A project that tells by its title how often it was saved, with an entity for each time.
fn grow(project: &mut Project, history: &mut History, round: usize) {
    let title = format!("{round}");
    perform(&Edit::SetTitle { title }, project, history);
    let edit = Edit::AddEntity {
        kind: EntityKind::Person,
        name: format!("Person {round}"),
        position: None,
    };
    perform(&edit, project, history);
}

/// Not a test of its own: what the killed copy of this program does.
#[test]
fn save_until_killed() {
    let Some(file) = std::env::var_os(SAVE_UNTIL_KILLED) else {
        return;
    };
    let (mut project, mut history) = base_project();
    for round in 1.. {
        grow(&mut project, &mut history, round);
        store::save(Path::new(&file), &project, &history, None).unwrap();
        println!("{round}");
    }
}

#[test]
fn killed_while_saving_the_file_holds_the_old_or_the_new_state() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    let mut rounds_seen = 0;
    for kill_after_ms in [60, 83, 101, 127, 149, 171, 199, 223] {
        let _ = std::fs::remove_file(&file);
        let output = folder.path().join("output");
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "save_until_killed", "--nocapture"])
            .env(SAVE_UNTIL_KILLED, &file)
            .stdout(std::fs::File::create(&output).unwrap())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        while !file.exists() {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        std::thread::sleep(std::time::Duration::from_millis(kill_after_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = std::fs::read_to_string(&output).unwrap();
        let finished: usize = said
            .lines()
            .filter_map(|line| line.trim().rsplit(' ').next()?.parse().ok())
            .max()
            .unwrap_or(0);
        let stored = store::load(&file).unwrap();
        stored.project.check().unwrap();
        let round: usize = stored.project.title().parse().unwrap();
        // The last save that was announced, or the one that had replaced it before the end.
        assert!(
            round == finished || round == finished + 1,
            "{round} {finished}"
        );
        assert_eq!(stored.project.entities().len(), 6 + round);
        assert_eq!(stored.history.done().len(), 1 + 2 * round);
        rounds_seen += round;
    }
    assert!(
        rounds_seen > 8,
        "too few saves to say anything: {rounds_seen}"
    );
}

#[test]
fn files_of_the_first_version_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    let (project, history) = base_project();
    store::save(&file, &project, &history, None).unwrap();
    let database = rusqlite::Connection::open(&file).unwrap();
    database
        .execute_batch(
            "DROP TABLE units; ALTER TABLE entities DROP COLUMN date; PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(database);
    let stored = store::load(&file).unwrap();
    assert!(
        project.entities().any(|e| e.unit.is_some())
            && project.entities().any(|e| e.date.is_some())
    );
    assert_eq!(
        stored.project.entities().count(),
        project.entities().count()
    );
    for (old, new) in stored.project.entities().zip(project.entities()) {
        assert_eq!((old.unit.as_ref(), old.date), (None, None));
        assert_eq!((&old.name, &old.mentions), (&new.name, &new.mentions));
    }
    store::save(&file, &stored.project, &history, None).unwrap();
    assert_eq!(store::load(&file).unwrap().project, stored.project);
}

/// Makes a file what version 2 wrote of the same project: it knew nothing of findings, and corrections
/// told less.
fn as_of_version_2(file: &Path) {
    const NEW: [&str; 9] = [
        "into_entity",
        "other_entity",
        "made",
        "period",
        "note",
        "entity_name",
        "other_anchors",
        "title",
        "only_here",
    ];
    let without = |value: &mut serde_json::Value| {
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|name, _| !NEW.contains(&name.as_str()) && name != "new_from");
        }
    };
    let database = rusqlite::Connection::open(file).unwrap();
    let rows = |sql: &str| -> Vec<(i64, String)> {
        let mut query = database.prepare(sql).unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    for (row, text) in rows("SELECT rowid, details FROM corrections") {
        let mut details: serde_json::Value = serde_json::from_str(&text).unwrap();
        without(&mut details);
        database
            .execute(
                "UPDATE corrections SET details = ?1 WHERE rowid = ?2",
                (details.to_string(), row),
            )
            .unwrap();
    }
    for stack in ["done", "undone"] {
        let sql = format!("SELECT position, patch FROM steps WHERE stack = '{stack}'");
        for (position, text) in rows(&sql) {
            let mut patch: serde_json::Value = serde_json::from_str(&text).unwrap();
            let fields = patch.as_object_mut().unwrap();
            fields.retain(|name, _| !name.starts_with("found_"));
            for correction in fields["corrections"].as_array_mut().unwrap() {
                without(&mut correction[1]);
                if let Some(change) = correction[1].get_mut("change") {
                    without(change);
                }
            }
            database
                .execute(
                    "UPDATE steps SET patch = ?1 WHERE stack = ?2 AND position = ?3",
                    (patch.to_string(), stack, position),
                )
                .unwrap();
        }
    }
    database
        .execute_batch(
            "DROP TABLE findings; ALTER TABLE documents DROP COLUMN left_out;
             ALTER TABLE corrections DROP COLUMN title;
             ALTER TABLE corrections DROP COLUMN only_here;
             ALTER TABLE corrections DROP COLUMN new_document;
             ALTER TABLE corrections DROP COLUMN new_entity; PRAGMA user_version = 2;",
        )
        .unwrap();
}

fn graph(project: &Project) -> (Vec<Arc<Entity>>, Vec<Arc<Relation>>) {
    let (entities, relations) = (project.entities(), project.relations());
    (entities.cloned().collect(), relations.cloned().collect())
}

#[test]
fn numbers_that_leave_no_next_one_are_refused() {
    let (mut project, mut history) = base_project();
    let add = Edit::AddRelation {
        source: EntityId(0),
        target: EntityId(4),
        kind: RelationKind::MetWith,
        note: String::new(),
    };
    assert!(perform(&add, &mut project, &mut history));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    for hostile in [
        "UPDATE corrections SET details = json_set(details, '$.made', 4294967295)",
        "UPDATE corrections SET details = json_set(details, '$.other_entity', 4294967294)",
        "UPDATE meta SET value = '[9,9,4294967295,9]' WHERE key = 'next_ids'",
    ] {
        store::save(&file, &project, &history, None).unwrap();
        let database = rusqlite::Connection::open(&file).unwrap();
        assert!(database.execute(hostile, []).unwrap() > 0, "{hostile}");
        drop(database);
        assert!(store::load(&file).is_err(), "{hostile}");
    }
}

#[test]
fn corrections_of_the_second_version_are_not_carried_out_twice() {
    let (mut project, mut history) = base_project();
    let rename = |entity, name: &str| Edit::Rename {
        entity: EntityId(entity),
        name: name.into(),
    };
    let merge = |into, other| Edit::Merge {
        into: EntityId(into),
        others: vec![EntityId(other)],
    };
    let edits = [
        // One is renamed, and then part of another.
        rename(1, "Zelenskyy"),
        merge(0, 1),
        // One is added, then part of one of which the name or the node is another since.
        Edit::AddEntity {
            kind: EntityKind::Person,
            name: "Added".into(),
            position: None,
        },
        merge(2, 6),
        rename(2, "Other"),
    ];
    for edit in &edits {
        assert!(perform(edit, &mut project, &mut history), "{edit:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    store::save(&file, &project, &history, None).unwrap();
    as_of_version_2(&file);
    let stored = store::load(&file).unwrap();
    assert!(graph(&stored.project) == graph(&project));
    let (mut project, mut history) = (stored.project, stored.history);
    assert!(perform(&rename(3, "Third"), &mut project, &mut history));
    let names: Vec<&str> = project.entities().map(|e| e.name.as_str()).collect();
    assert_eq!(
        names,
        ["Entity 0", "Other", "Third", "Entity 4", "Entity 5"]
    );
    // That they are carried out is kept with the project.
    store::save(&file, &project, &history, None).unwrap();
    assert_eq!(store::load(&file).unwrap().project, project);
}

#[test]
fn files_of_the_second_version_lose_nothing() {
    let (mut project, mut history) = base_project();
    let edits = [
        Edit::Rename {
            entity: EntityId(2),
            name: "Newcastle upon Hunter".into(),
        },
        Edit::AddRelation {
            source: EntityId(2),
            target: EntityId(4),
            kind: RelationKind::MetWith,
            note: "seen there".into(),
        },
        Edit::Merge {
            into: EntityId(0),
            others: vec![EntityId(1)],
        },
        Edit::NotAnEntity {
            entities: vec![EntityId(5)],
        },
        Edit::Retype {
            entities: vec![EntityId(3)],
            kind: EntityKind::Event,
        },
    ];
    let mut states = vec![graph(&project)];
    for edit in &edits {
        assert!(perform(edit, &mut project, &mut history), "{edit:?}");
        states.push(graph(&project));
    }
    history.undo(&mut project).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    store::save(&file, &project, &history, None).unwrap();
    as_of_version_2(&file);
    let stored = store::load(&file).unwrap();
    let (mut project, mut history) = (stored.project, stored.history);
    assert!(graph(&project) == states[4], "as it was saved");
    assert!(
        graph(&project.replayed()) == states[4],
        "corrections change nothing anew"
    );
    history.redo(&mut project).unwrap();
    assert!(
        graph(&project) == states[5],
        "what was undone can be done again"
    );
    for state in states[..5].iter().rev() {
        history.undo(&mut project).unwrap();
        assert!(graph(&project) == *state, "each step can be taken back");
        assert!(
            graph(&project.replayed()) == *state,
            "and stays so with the next edit"
        );
    }
    for state in &states[1..] {
        history.redo(&mut project).unwrap();
        assert!(graph(&project) == *state);
    }
    // A relation that the user added can be taken back out of the ledger.
    let met = |project: &Project| {
        let is_it = |r: &&Arc<Relation>| r.kind == RelationKind::MetWith && r.is_of_user();
        project.relations().filter(is_it).count()
    };
    let stored = store::load(&file).unwrap();
    let (mut project, mut history) = (stored.project, stored.history);
    assert_eq!(met(&project), 1);
    let back = Edit::TakeBack {
        corrections: vec![CorrectionId(1)],
    };
    assert!(perform(&back, &mut project, &mut history));
    assert_eq!(met(&project), 0);
    store::save(&file, &project, &history, None).unwrap();
    assert_eq!(store::load(&file).unwrap().project, project);
}
