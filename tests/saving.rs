//! What a session writes: projects, work put aside, pictures. Nothing is lost, and nothing of others
//! overwritten.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/sessions.rs"]
mod sessions;

use redstring::model::EntityKind;
use redstring::session::{Command, ExportOptions, Session, Severity};
use sessions::*;
use std::path::Path;

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
