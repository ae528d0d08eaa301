//! Promises of the command table: what hands already know is there, and the commands on parts of the
//! picture do what they say and are taken back.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::geometry::Point;
use redstring::model::{EntityId, EntityKind, RelationKind};
use redstring::session::{COMMANDS, Command, SelectMode, Session, command_entry};
use std::sync::Arc;

/// Six people in a row, each related to the next, and a seventh who knows only the first.
fn chain() -> (Session, Vec<EntityId>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::new(Some(folder.path().to_owned()), Arc::new(|| {}));
    for index in 0..7_usize {
        let at = Point::new(100.0 * index as f32, 10.0 * (index * index) as f32);
        let name = format!("Person {index}");
        session.run(Command::AddEntity(EntityKind::Person, name, Some(at)));
    }
    let ids: Vec<EntityId> = session.project().entities().map(|e| e.id).collect();
    let relate = |session: &mut Session, a: usize, b: usize| {
        let note = "for the test".to_owned();
        session.run(Command::AddRelation(
            ids[a],
            ids[b],
            RelationKind::MetWith,
            note,
        ));
    };
    for index in 0..5 {
        relate(&mut session, index, index + 1);
    }
    relate(&mut session, 0, 6);
    (session, ids, folder)
}

fn select(session: &mut Session, ids: &[EntityId]) {
    session.run(Command::Select(ids.to_vec(), SelectMode::Replace));
}

fn choose(session: &mut Session, id: &str) {
    let entry = command_entry(id).unwrap();
    assert!(session.can_choose(entry), "{id} cannot be chosen");
    let command = session.command_of(id).unwrap();
    session.run(command);
}

#[test]
fn hands_find_the_keys_that_they_know() {
    let known = [
        ("fit_all", "Ctrl+0"),
        ("fit_selection", "F"),
        ("zoom_in", "Ctrl+Plus"),
        ("zoom_out", "Ctrl+Minus"),
        ("delete", "Delete"),
        ("hide", "H"),
        ("hide_others", "Shift+H"),
        ("undo", "Ctrl+Z"),
        ("redo", "Ctrl+Shift+Z"),
        ("redo", "Ctrl+Y"),
        ("find", "Ctrl+F"),
        ("find", "/"),
        ("select_all", "Ctrl+A"),
        ("select_none", "Escape"),
        ("invert_selection", "Ctrl+I"),
        ("grow_selection", "Ctrl+ArrowRight"),
        ("nudge_left", "ArrowLeft"),
        ("nudge_right", "ArrowRight"),
        ("nudge_up", "ArrowUp"),
        ("nudge_down", "ArrowDown"),
        ("nudge_left_far", "Shift+ArrowLeft"),
        ("nudge_right_far", "Shift+ArrowRight"),
        ("nudge_up_far", "Shift+ArrowUp"),
        ("nudge_down_far", "Shift+ArrowDown"),
        ("toggle_layout", "L"),
        ("palette", "Ctrl+Shift+P"),
        ("shortcuts", "F1"),
        ("copy_picture", "Ctrl+Shift+C"),
    ];
    for (id, keys) in known {
        let entry = COMMANDS.iter().find(|entry| entry.id == id);
        let entry = entry.unwrap_or_else(|| panic!("{id} is missing"));
        assert!(entry.shortcuts.contains(&keys), "{id} is not on {keys}");
    }
}

#[test]
fn a_focus_shows_what_lies_around_and_is_left_again() {
    let (mut session, ids, _folder) = chain();
    for (id, shown) in [
        ("focus_1", vec![0, 1, 2]),
        ("focus_2", vec![0, 1, 2, 3, 6]),
        ("focus_3", vec![0, 1, 2, 3, 4, 6]),
    ] {
        select(&mut session, &ids[1..2]);
        choose(&mut session, id);
        let shown: Vec<EntityId> = shown.into_iter().map(|i: usize| ids[i]).collect();
        assert_eq!(session.visible().entities, shown, "{id}");
    }
    choose(&mut session, "focus_1");
    select(&mut session, &ids[2..3]);
    choose(&mut session, "expand");
    assert!(session.visible().has_entity(ids[3]));
    choose(&mut session, "leave_focus");
    assert_eq!(session.visible().entities, ids);
    assert!(!session.can_choose(command_entry("leave_focus").unwrap()));
}

#[test]
fn neighbors_are_folded_away_and_brought_back() {
    let (mut session, ids, _folder) = chain();
    select(&mut session, &ids[0..1]);
    choose(&mut session, "collapse");
    // The second has a neighbor of its own and stays.
    assert!(!session.visible().has_entity(ids[6]) && session.visible().has_entity(ids[1]));
    choose(&mut session, "expand");
    assert!(session.visible().has_entity(ids[6]));
    choose(&mut session, "undo");
    assert!(!session.visible().has_entity(ids[6]));
}

#[test]
fn nodes_come_into_line_in_one_step() {
    let (mut session, ids, _folder) = chain();
    let before: Vec<_> = ids.iter().map(|&id| session.position(id)).collect();
    select(&mut session, &ids);
    choose(&mut session, "align_top");
    let top = |session: &Session| ids.iter().all(|&id| session.position(id).unwrap().y == 0.0);
    assert!(top(&session));
    choose(&mut session, "undo");
    let after: Vec<_> = ids.iter().map(|&id| session.position(id)).collect();
    assert_eq!(before, after);
}

#[test]
fn a_group_moves_as_one_and_comes_apart_as_it_was() {
    let (mut session, ids, _folder) = chain();
    select(&mut session, &ids[2..5]);
    choose(&mut session, "group");
    let node = *session.project().view.selection.first().unwrap();
    assert!(ids[2..5].contains(&node));
    assert_eq!(session.project().view.groups.inside(node).count(), 2);
    let before: Vec<Point> = ids
        .iter()
        .map(|&id| session.position(id).unwrap())
        .collect();
    choose(&mut session, "nudge_right_far");
    choose(&mut session, "ungroup");
    assert_eq!(session.project().view.selection.len(), 3);
    // Each is a step of its own.
    choose(&mut session, "undo");
    assert_eq!(session.project().view.groups.inside(node).count(), 2);
    choose(&mut session, "undo");
    choose(&mut session, "undo");
    assert!(session.project().view.groups.is_empty());
    for _ in 0..3 {
        choose(&mut session, "redo");
    }
    assert!(session.project().view.groups.is_empty());
    for (index, &id) in ids.iter().enumerate() {
        let way = session.position(id).unwrap().x - before[index].x;
        assert_eq!(way > 1.0, (2..5).contains(&index), "{index} moved by {way}");
    }
}

#[test]
fn motion_is_reduced_as_the_user_says_or_else_the_system() {
    let (mut session, _, _folder) = chain();
    assert!(!session.reduces_motion());
    session.run(Command::SystemReducesMotion(true));
    assert!(session.reduces_motion());
    choose(&mut session, "allow_motion");
    assert!(!session.reduces_motion());
    choose(&mut session, "system_motion");
    assert!(session.reduces_motion());
    session.run(Command::SystemReducesMotion(false));
    choose(&mut session, "reduce_motion");
    assert!(session.reduces_motion());
}
