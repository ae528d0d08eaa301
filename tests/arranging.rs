//! Promises of arranging: what is stopped moves nothing, an edit breaks nothing off for good, and a
//! group is one node for all that is done to it.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::geometry::Point;
use redstring::model::{EntityId, EntityKind, LayoutChoice, Project, RelationKind};
use redstring::session::{Command, SelectMode, Session, command_entry};
use std::sync::Arc;

/// People in a row so close together that their names overlap, each related to the next.
fn row(count: usize) -> (Session, Vec<EntityId>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::new(Some(folder.path().to_owned()), Arc::new(|| {}));
    for index in 0..count {
        let at = Point::new(8.0 * index as f32, 0.0);
        let name = format!("Person {index}");
        session.run(Command::AddEntity(EntityKind::Person, name, Some(at)));
    }
    let ids: Vec<EntityId> = session.project().entities().map(|e| e.id).collect();
    for pair in ids.windows(2) {
        let note = "for the test".to_owned();
        session.run(Command::AddRelation(
            pair[0],
            pair[1],
            RelationKind::MetWith,
            note,
        ));
    }
    // What the user adds at a place is held there; here all is free to move.
    session.run(Command::Unpin(ids.clone()));
    (session, ids, folder)
}

fn places(project: &Project, ids: &[EntityId]) -> Vec<Option<Point>> {
    ids.iter()
        .map(|&id| project.placement(id).position)
        .collect()
}

fn choose(session: &mut Session, id: &str) {
    let entry = command_entry(id).unwrap();
    assert!(session.can_choose(entry), "{id} cannot be chosen");
    let command = session.command_of(id).unwrap();
    session.run(command);
}

fn select(session: &mut Session, ids: &[EntityId]) {
    session.run(Command::Select(ids.to_vec(), SelectMode::Replace));
}

#[test]
fn a_stopped_layout_that_shows_no_steps_moves_nothing() {
    let (mut session, ids, _folder) = row(40);
    let (before, steps) = (
        places(session.project(), &ids),
        session.history().done().len(),
    );
    let whole = LayoutChoice::ALL
        .into_iter()
        .filter(|&choice| !matches!(choice, LayoutChoice::Force | LayoutChoice::Geographic))
        .map(Command::StartLayout);
    let part = Command::StartLayoutOf(ids[3..20].to_vec(), LayoutChoice::Force);
    for command in whole.chain([part, Command::RemoveOverlaps]) {
        session.run(command.clone());
        assert!(session.is_arranging(), "{command:?}");
        session.run(Command::StopLayout);
        assert!(!session.is_arranging(), "{command:?}");
        session.wait();
        assert_eq!(places(session.project(), &ids), before, "{command:?}");
        assert_eq!(session.history().done().len(), steps, "{command:?}");
        // Left alone, it does something.
        session.run(command.clone());
        session.wait();
        assert_ne!(places(session.project(), &ids), before, "{command:?}");
        session.run(Command::Undo);
        assert_eq!(places(session.project(), &ids), before, "{command:?}");
    }
}

#[test]
fn an_edit_breaks_no_layout_off_for_good() {
    for command in [
        Command::RemoveOverlaps,
        Command::StartLayoutOf((3..20).map(EntityId).collect(), LayoutChoice::Circular),
        Command::StartLayout(LayoutChoice::Grid),
    ] {
        let (mut session, ids, _folder) = row(40);
        let before = places(session.project(), &ids);
        session.run(command.clone());
        session.run(Command::Rename(ids[0], "Somebody else".into()));
        session.wait();
        assert_eq!(
            session.project().entity(ids[0]).unwrap().name,
            "Somebody else"
        );
        let after = places(session.project(), &ids);
        let moved = before.iter().zip(&after).filter(|(a, b)| a != b).count();
        assert!(moved > 5, "{command:?} moved {moved}");
    }
}

#[test]
fn a_nudge_while_a_layout_runs_starts_from_where_the_node_is() {
    let (mut session, ids, _folder) = row(400);
    select(&mut session, &ids[..1]);
    session.run(Command::StartLayout(LayoutChoice::Force));
    let mut live = None;
    for _ in 0..2_000 {
        session.poll();
        live = session
            .live_positions()
            .and_then(|(live, _)| live.of(ids[0]));
        if live.is_some() || !session.is_arranging() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let Some(live) = live else {
        panic!("a layout of 400 nodes shows at least one step");
    };
    choose(&mut session, "nudge_right");
    let after = session.project().placement(ids[0]).position.unwrap();
    assert!((after - live).length() < 10.0, "{live:?} {after:?}");
    session.run(Command::StopLayout);
    session.wait();
}

/// A row of seven of which the third to the fifth are one node.
fn grouped() -> (Session, Vec<EntityId>, EntityId, tempfile::TempDir) {
    let (mut session, ids, folder) = row(7);
    select(&mut session, &ids[2..5]);
    choose(&mut session, "group");
    let node = *session.project().view.selection.first().unwrap();
    (session, ids, node, folder)
}

fn shown(session: &Session, ids: &[EntityId]) -> Vec<usize> {
    let all = ids.iter().enumerate();
    all.filter(|(_, id)| session.visible().has_entity(**id))
        .map(|(index, _)| index)
        .collect()
}

fn selected(session: &Session) -> Vec<EntityId> {
    session.project().view.selection.iter().copied().collect()
}

#[test]
fn a_group_is_hidden_and_deleted_as_one() {
    for id in ["hide", "delete", "not_an_entity"] {
        let (mut session, ids, _, _folder) = grouped();
        choose(&mut session, id);
        assert_eq!(shown(&session, &ids), [0, 1, 5, 6], "{id}");
        choose(&mut session, "undo");
        assert_eq!(shown(&session, &ids), [0, 1, 2, 3, 4, 5, 6], "{id}");
    }
    let (mut session, ids, _, _folder) = grouped();
    choose(&mut session, "hide_others");
    assert_eq!(shown(&session, &ids), [2, 3, 4]);
}

#[test]
fn a_group_is_pinned_as_one() {
    let (mut session, ids, _, _folder) = grouped();
    let pinned = |session: &Session| -> Vec<usize> {
        let all = ids.iter().enumerate();
        all.filter(|(_, id)| session.project().placement(**id).pinned)
            .map(|(index, _)| index)
            .collect()
    };
    choose(&mut session, "pin");
    assert_eq!(pinned(&session), [2, 3, 4]);
    choose(&mut session, "unpin");
    assert!(pinned(&session).is_empty());
}

#[test]
fn a_group_has_the_neighbors_of_all_that_it_holds() {
    let (mut session, ids, node, _folder) = grouped();
    choose(&mut session, "grow_selection");
    assert_eq!(selected(&session), [ids[1], node, ids[5]]);
    // From a neighbor the group is one step away, however long the way through it.
    select(&mut session, &ids[1..2]);
    choose(&mut session, "grow_selection");
    assert_eq!(selected(&session), [ids[0], ids[1], node]);
    choose(&mut session, "select_all");
    assert_eq!(selected(&session), [ids[0], ids[1], node, ids[5], ids[6]]);
    select(&mut session, &ids[..1]);
    choose(&mut session, "invert_selection");
    assert_eq!(selected(&session), [ids[1], node, ids[5], ids[6]]);
}

#[test]
fn a_focus_takes_a_group_as_one_step() {
    let (mut session, ids, node, _folder) = grouped();
    select(&mut session, &[node]);
    choose(&mut session, "focus_1");
    assert_eq!(shown(&session, &ids), [1, 2, 3, 4, 5]);
    choose(&mut session, "leave_focus");
    select(&mut session, &ids[1..2]);
    choose(&mut session, "focus_1");
    assert_eq!(shown(&session, &ids), [0, 1, 2, 3, 4]);
    choose(&mut session, "leave_focus");
    select(&mut session, &ids[1..2]);
    choose(&mut session, "focus_2");
    assert_eq!(shown(&session, &ids), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn a_group_is_folded_away_and_brought_back_as_one() {
    let (mut session, ids, node, _folder) = grouped();
    // What follows the group hangs on it alone.
    session.run(Command::Hide(vec![ids[6]]));
    select(&mut session, &[node]);
    choose(&mut session, "collapse");
    assert_eq!(shown(&session, &ids), [0, 1, 2, 3, 4]);
    choose(&mut session, "undo");
    // The group itself hangs on what is before it.
    session.run(Command::Hide(ids[5..7].to_vec()));
    select(&mut session, &ids[1..2]);
    choose(&mut session, "collapse");
    assert_eq!(shown(&session, &ids), [1]);
    choose(&mut session, "expand");
    assert_eq!(shown(&session, &ids), [0, 1, 2, 3, 4]);
}

#[test]
fn layouts_put_a_group_in_one_place() {
    for layout in [
        LayoutChoice::Grid,
        LayoutChoice::Circular,
        LayoutChoice::Force,
    ] {
        let (mut session, ids, node, _folder) = grouped();
        let from: Vec<Point> = ids
            .iter()
            .map(|&id| session.position(id).unwrap())
            .collect();
        session.run(Command::StartLayout(layout));
        session.wait();
        let to: Vec<Point> = ids
            .iter()
            .map(|&id| session.position(id).unwrap())
            .collect();
        let index = ids.iter().position(|&id| id == node).unwrap();
        let way = to[index] - from[index];
        for member in 2..5 {
            let moved = to[member] - from[member];
            assert!((moved + way * -1.0).length() < 0.1, "{layout:?} {member}");
        }
        assert!(
            to[0].distance(from[0]) > 0.1 || to[6].distance(from[6]) > 0.1,
            "{layout:?}"
        );
    }
}
