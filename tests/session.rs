//! What a running session promises: reading, undoing, saving, recovering, all without a window.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use redstring::geometry::Point;
use redstring::model::{EntityId, EntityKind, LayoutChoice};
use redstring::session::{Command, ExportOptions, FileState, Session, Severity};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn session_in(folder: &Path) -> Session {
    Session::new(Some(folder.to_owned()), Arc::new(|| {}))
}

fn with_sample(folder: &Path) -> Session {
    let mut session = session_in(folder);
    session.run(Command::OpenSample);
    session.wait();
    session
}

/// All notices in words, for messages of failed assertions and for looking for one.
fn told(session: &Session) -> String {
    let texts: Vec<&str> = session.notices().iter().map(|n| n.text.as_str()).collect();
    texts.join("\n")
}

#[test]
fn the_sample_is_read_laid_out_and_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    assert_eq!(session.file_states().len(), 5, "{}", told(&session));
    assert!(
        session
            .file_states()
            .iter()
            .all(|(_, state)| matches!(state, FileState::Read(n) if *n > 0))
    );
    let project = session.project().clone();
    assert!(project.documents().len() >= 5);
    project.check().unwrap();
    for entity in project.entities() {
        assert!(project.placement(entity.id).position.is_some());
    }
    assert_eq!(session.history().done().len(), 1);
    assert!(session.jobs().is_empty());

    session.run(Command::Undo);
    assert!(session.project().is_empty());
    session.run(Command::Redo);
    assert_eq!(
        session.project().placements().count(),
        project.placements().count()
    );
    assert_eq!(session.project().entities().len(), project.entities().len());
    session.close_without_saving();
}

#[test]
fn the_same_documents_are_not_read_twice() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).unwrap();
    std::fs::write(
        reports.join("a.txt"),
        "John Smith met Mary Jones in Paris.\n",
    )
    .unwrap();
    std::fs::write(reports.join("b.bin"), [0, 1, 2, 0, 255, 0]).unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::OpenPaths(vec![reports.clone()]));
    session.wait();
    assert_eq!(session.project().documents().len(), 1, "{}", told(&session));
    let revision = session.project().entities().len();
    session.run(Command::OpenPaths(vec![reports.join("a.txt")]));
    session.wait();
    assert_eq!(session.project().documents().len(), 1);
    assert_eq!(session.project().entities().len(), revision);
    assert!(told(&session).contains("already"), "{}", told(&session));
    session.close_without_saving();
}

#[test]
fn counts_of_files_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).unwrap();
    std::fs::write(
        reports.join("a.txt"),
        "General Ivan Petrov spoke in Kyiv.\n",
    )
    .unwrap();
    std::fs::write(reports.join("b.txt"), [0, 159, 146, 150, 0, 0, 255]).unwrap();
    std::fs::write(reports.join(".hidden.txt"), "hidden").unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::OpenPaths(vec![
        reports,
        PathBuf::from("/no/such/place.txt"),
    ]));
    session.wait();
    let records = session.project().files().len();
    assert_eq!(records, session.file_states().len());
    let account = session.project().account();
    assert_eq!(account.files_found, records);
    assert_eq!(
        account.files_read + account.files_skipped + account.files_failed,
        records
    );
    assert_eq!((account.files_read, account.files_failed), (1, 1));
    let sorts = [
        account.relations_stated,
        account.relations_mentioned,
        account.relations_of_gazetteer,
    ];
    assert_eq!(sorts.iter().sum::<usize>(), account.relations);
    assert!(account.entities > 0 && account.mentions_kept >= account.entities);
    assert!(
        session
            .file_states()
            .iter()
            .any(|(_, s)| matches!(s, FileState::Read(1)))
    );
    assert!(
        session
            .file_states()
            .iter()
            .any(|(_, s)| matches!(s, FileState::Failed(_)))
    );
    assert!(
        told(&session).contains(&format!("of {records} files could not be read")),
        "{}",
        told(&session)
    );
    session.close_without_saving();
}

#[test]
fn pinned_nodes_stay_where_they_are_through_layouts() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let Some(first) = session.visible().entities.first().copied() else {
        panic!("the sample shows entities");
    };
    let place = Point::new(1234.5, -77.25);
    session.run(Command::Move(vec![(first, place)]));
    let mut steps = session.history().done().len();
    let others = LayoutChoice::ALL
        .into_iter()
        .rev()
        .map(Command::StartLayout);
    for command in others.chain([Command::RemoveOverlaps]) {
        let before = session.project().clone();
        session.run(command.clone());
        session.wait();
        let placement = session.project().placement(first);
        assert_eq!(placement.position, Some(place), "{command:?}");
        assert!(placement.pinned);
        steps += 1;
        assert_eq!(session.history().done().len(), steps, "{command:?}");
        // One step back, positions and layout as before.
        session.run(Command::Undo);
        assert_eq!(session.project().layout(), before.layout());
        assert!(session.project().placements().eq(before.placements()));
        session.run(Command::Redo);
    }
    for _ in 0..steps {
        session.run(Command::Undo);
    }
    assert!(session.project().is_empty());
    session.close_without_saving();
}

#[test]
fn the_layout_of_a_selection_moves_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let part: Vec<EntityId> = session
        .visible()
        .entities
        .iter()
        .copied()
        .step_by(4)
        .collect();
    for layout in LayoutChoice::ALL {
        let before = session.project().clone();
        session.run(Command::StartLayoutOf(part.clone(), layout));
        session.wait();
        let mut moved = 0;
        for (id, placement) in session.project().placements() {
            if placement != before.placement(id) {
                assert!(part.contains(&id), "{layout:?}");
                moved += 1;
            }
        }
        assert!(moved > 3, "{layout:?}");
        assert_eq!(session.project().layout(), before.layout());
        assert_eq!(session.history().done().len(), 2);
        session.run(Command::Undo);
        assert!(session.project().placements().eq(before.placements()));
    }
    session.close_without_saving();
}

#[test]
fn a_project_is_saved_opened_and_its_steps_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case");
    let mut session = with_sample(folder.path());
    session.run(Command::AddEntity(
        EntityKind::Person,
        "Ada Lovelace".into(),
        None,
    ));
    let before = session.project().clone();
    assert!(session.is_dirty());
    session.run(Command::Save);
    assert!(told(&session).contains("Save as"));
    session.run(Command::SaveAs(file.clone()));
    session.wait();
    assert!(!session.is_dirty(), "{}", told(&session));
    let saved = file.with_extension("redstring");
    assert_eq!(session.path(), Some(saved.as_path()));
    assert_eq!(session.settings().recent.len(), 1);
    session.close();

    let mut second = session_in(folder.path());
    assert_eq!(second.recovery(), None);
    second.run(Command::OpenPaths(vec![saved.clone()]));
    second.wait();
    assert_eq!(**second.project(), *before, "{}", told(&second));
    assert_eq!(second.history().done().len(), 2);
    second.run(Command::Undo);
    second.run(Command::Undo);
    assert!(second.project().is_empty());
    second.close_without_saving();
}

#[test]
fn a_file_that_others_changed_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    let mut session = with_sample(folder.path());
    session.run(Command::SaveAs(file.clone()));
    session.wait();
    std::fs::write(&file, b"somebody else's work").unwrap();
    session.run(Command::AddEntity(EntityKind::Person, "Ada".into(), None));
    session.run(Command::Save);
    session.wait();
    assert_eq!(std::fs::read(&file).unwrap(), b"somebody else's work");
    assert!(session.is_dirty());
    assert!(told(&session).contains("changed by another program"));
    session.run(Command::SaveAs(file.clone()));
    session.wait();
    assert!(!session.is_dirty(), "{}", told(&session));
    session.close();
}

#[test]
fn work_is_put_aside_and_offered_after_a_crash_with_its_steps() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    for name in ["Ada", "Charles"] {
        session.run(Command::AddEntity(EntityKind::Person, name.into(), None));
    }
    let before = session.project().clone();
    wait_for_autosave(&mut session, folder.path());

    // While the first window lives, a second one is not offered its work.
    let other = session_in(folder.path());
    assert_eq!(other.recovery(), None);
    drop(other);

    // The first one goes without a word.
    drop(session);
    let mut next = session_in(folder.path());
    let offer = next.recovery().expect("work was left behind").to_owned();
    assert!(offer.starts_with("Untitled, 2 entities, "), "{offer}");
    assert!(!next.recovery_was_closed());
    next.run(Command::Recover);
    next.wait();
    assert_eq!(next.project().to_patch(), before.to_patch());
    assert!(next.is_dirty());
    assert_eq!(next.recovery(), None);
    next.run(Command::Undo);
    assert_eq!(next.project().entities().len(), 1);
    next.run(Command::SaveAs(folder.path().join("kept.redstring")));
    next.wait();
    next.close();
    let last = session_in(folder.path());
    assert_eq!(last.recovery(), None);
}

/// Polls as a window does until the work has been put aside.
fn wait_for_autosave(session: &mut Session, folder: &Path) {
    let started = std::time::Instant::now();
    let is_there = || {
        std::fs::read_dir(folder.join("autosave")).is_ok_and(|entries| {
            entries
                .flatten()
                .any(|e| e.path().extension().is_some_and(|x| x == "redstring"))
        })
    };
    while !is_there() {
        session.poll();
        assert!(started.elapsed().as_secs() < 20, "nothing was put aside");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    session.wait();
}

#[test]
fn unsaved_work_survives_a_new_project_and_a_closed_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::AddEntity(EntityKind::Place, "Paris".into(), None));
    session.run(Command::NewProject);
    assert!(session.project().is_empty());
    assert!(session.recovery().is_some(), "{}", told(&session));
    session.run(Command::Recover);
    session.wait();
    assert_eq!(session.project().entities().len(), 1);
    session.close();

    let mut next = session_in(folder.path());
    assert!(next.recovery().is_some());
    next.run(Command::DeclineRecovery);
    assert_eq!(next.recovery(), None);
    next.close();
    let declined = std::fs::read_dir(folder.path().join("autosave/declined")).unwrap();
    assert_eq!(declined.count(), 1);
}

#[test]
fn what_cannot_be_opened_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let before = session.project().clone();
    let file = folder.path().join("broken.redstring");
    std::fs::write(&file, b"SQLite format 3\0 and then nothing").unwrap();
    session.run(Command::OpenPaths(vec![file]));
    session.wait();
    let notice = session.notices().last().unwrap();
    assert_eq!(notice.severity, Severity::Error);
    assert_eq!(**session.project(), *before);
    session.close_without_saving();
}

#[test]
fn settings_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    session.settings_mut().left_open = false;
    session.poll();
    assert!(!session_in(folder.path()).settings().left_open);
    session.close();
}

#[test]
fn edits_wait_until_documents_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::OpenSample);
    assert!(session.is_reading());
    let edit = Command::AddEntity(EntityKind::Person, "Ada".into(), None);
    assert!(!session.can_run(&edit));
    session.run(edit.clone());
    session.wait();
    assert!(session.can_run(&edit));
    assert!(
        session
            .project()
            .entities()
            .all(|entity| entity.name != "Ada")
    );
    let gone = EntityId(u32::MAX);
    assert!(!session.can_run(&Command::Delete(vec![gone])));
    session.close_without_saving();
}

#[test]
fn what_is_dropped_while_reading_is_read_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    let text = "Colonel Maria Lopez commands the 5th Border Brigade in Quito.";
    session.run(Command::OpenSample);
    session.run(Command::PasteText(text.into()));
    session.run(Command::PasteText("  ".into()));
    session.wait();
    let documents: Vec<String> = session
        .project()
        .documents()
        .map(|d| d.path.clone())
        .collect();
    assert_eq!(documents.last().map(String::as_str), Some("pasted text 1"));
    assert_eq!(session.history().done().len(), 2, "{}", told(&session));
    session.project().check().unwrap();
    for &id in &session.visible().entities {
        assert!(session.project().placement(id).position.is_some());
    }
    session.close_without_saving();
}

#[test]
fn new_documents_leave_the_arrangement_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let before = session.project().clone();
    let text = "Colonel Maria Lopez commands the 5th Border Brigade in Quito.";
    session.run(Command::PasteText(text.into()));
    session.wait();
    let after = session.project();
    assert!(after.entities().len() > before.entities().len());
    for entity in before.entities() {
        assert_eq!(before.placement(entity.id), after.placement(entity.id));
    }
    session.close_without_saving();
}

#[test]
fn a_reading_that_gave_nothing_is_no_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::OpenPaths(vec![folder.path().join("missing.txt")]));
    session.wait();
    assert!(session.history().done().is_empty());
    assert!(!session.is_dirty());
    assert_eq!(session.notices().last().unwrap().severity, Severity::Error);
    assert!(told(&session).contains("missing.txt"));
}

#[test]
fn an_entity_added_by_hand_has_a_place_and_is_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let steps = session.history().done().len();
    session.run(Command::AddEntity(EntityKind::Person, "Ada".into(), None));
    let ada = session.project().entities().last().unwrap().id;
    assert!(session.project().placement(ada).position.is_some());
    assert_eq!(session.history().done().len(), steps + 1);
    session.run(Command::Undo);
    assert!(session.project().entity(ada).is_none());
    session.project().check().unwrap();
    session.close_without_saving();
}

#[test]
fn pictures_and_data_are_written_and_failures_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    for name in ["chart.svg", "chart.png", "chart.json", "chart.gexf"] {
        let file = folder.path().join(name);
        session.run(Command::Export(file.clone(), ExportOptions::default()));
        session.wait();
        assert!(
            file.metadata().is_ok_and(|f| f.len() > 1000),
            "{}",
            told(&session)
        );
        assert!(told(&session).contains(&format!("Saved {name}")));
    }
    for bad in ["chart.xyz", "no folder/chart.svg"] {
        let file = folder.path().join(bad);
        session.run(Command::Export(file, ExportOptions::default()));
        session.wait();
        assert_eq!(session.notices().last().unwrap().severity, Severity::Error);
    }
    session.run(Command::CopyPicture);
    session.wait();
    let (width, height, pixels) = session.take_clipboard_image().unwrap();
    assert_eq!(pixels.len(), width * height * 4);
    session.close_without_saving();
}

#[test]
fn recovering_over_unsaved_work_loses_neither() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::AddEntity(EntityKind::Place, "Paris".into(), None));
    session.run(Command::NewProject);
    session.run(Command::AddEntity(EntityKind::Place, "Rome".into(), None));
    session.run(Command::Recover);
    session.wait();
    let name = |session: &Session| session.project().entities().next().unwrap().name.clone();
    assert_eq!(name(&session), "Paris");
    assert!(session.recovery().is_some());
    session.run(Command::Recover);
    session.wait();
    assert_eq!(name(&session), "Rome");
    session.close_without_saving();
}

#[test]
fn recovered_work_does_not_overwrite_a_file_that_went_on_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.redstring");
    let mut session = session_in(folder.path());
    session.run(Command::AddEntity(EntityKind::Place, "Paris".into(), None));
    session.run(Command::SaveAs(file.clone()));
    session.wait();
    session.run(Command::AddEntity(EntityKind::Place, "Rome".into(), None));
    session.close();

    // Somebody opens the file without taking the work back, and saves it.
    std::thread::sleep(std::time::Duration::from_millis(50));
    let mut other = session_in(&folder.path().join("elsewhere"));
    other.run(Command::OpenPaths(vec![file.clone()]));
    other.wait();
    other.run(Command::AddEntity(EntityKind::Place, "Oslo".into(), None));
    other.run(Command::Save);
    other.wait();
    assert!(!other.is_dirty(), "{}", told(&other));
    let kept = std::fs::read(&file).unwrap();
    other.close();

    let mut next = session_in(folder.path());
    next.run(Command::Recover);
    next.wait();
    assert_eq!(next.path(), Some(file.as_path()));
    next.run(Command::Save);
    next.wait();
    assert_eq!(std::fs::read(&file).unwrap(), kept);
    assert!(next.is_dirty());
    next.close_without_saving();
}

#[test]
fn a_save_that_ends_late_does_not_give_its_file_to_the_next_project() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("first.redstring");
    let mut session = with_sample(folder.path());
    session.run(Command::SaveAs(file.clone()));
    session.run(Command::AddEntity(EntityKind::Place, "Paris".into(), None));
    session.run(Command::SaveAs(file));
    session.run(Command::NewProject);
    session.run(Command::AddEntity(EntityKind::Place, "Rome".into(), None));
    session.wait();
    assert_eq!(session.path(), None);
    assert!(session.is_dirty());
    session.close_without_saving();
}

#[test]
fn work_that_cannot_be_put_aside_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    // Where the folder for such work should be, there is a file.
    std::fs::write(folder.path().join("autosave"), b"in the way").unwrap();
    session.run(Command::AddEntity(EntityKind::Place, "Paris".into(), None));
    for command in [Command::NewProject, Command::OpenSample] {
        session.run(command);
        session.wait();
        assert_eq!(session.project().entities().len(), 1);
        assert!(told(&session).contains("stays open"), "{}", told(&session));
    }
    session.close();
}

#[test]
fn an_ending_that_is_added_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::AddEntity(EntityKind::Place, "Paris".into(), None));
    std::fs::write(folder.path().join("case.redstring"), b"other work").unwrap();
    session.run(Command::SaveAs(folder.path().join("case")));
    session.wait();
    assert_eq!(
        std::fs::read(folder.path().join("case.redstring")).unwrap(),
        b"other work"
    );
    assert!(session.is_dirty());
    session.close_without_saving();
}

#[test]
fn work_left_by_closing_is_not_taken_for_a_crash_until_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::AddEntity(EntityKind::Place, "Paris".into(), None));
    session.close();
    drop(session);
    let mut next = session_in(folder.path());
    assert!(next.recovery().is_some() && next.recovery_was_closed());
    next.run(Command::Recover);
    next.wait();
    drop(next);
    let last = session_in(folder.path());
    assert!(last.recovery().is_some() && !last.recovery_was_closed());
}
