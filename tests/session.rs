//! What a running session promises: reading, undoing, saving, recovering, all without a window.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/sessions.rs"]
mod sessions;

use redstring::geometry::Point;
use redstring::model::{EntityId, EntityKind, LayoutChoice};
use redstring::session::{Command, FileState, Severity};
use sessions::*;
use std::path::PathBuf;

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
fn an_article_that_was_removed_comes_back_with_its_file_when_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).unwrap();
    std::fs::copy(
        concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/seeds/001_f4d67d99a2b34ff0.txt"
        ),
        reports.join("a.txt"),
    )
    .unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::OpenPaths(vec![reports.clone()]));
    session.wait();
    let figures = |session: &redstring::session::Session| {
        let project = session.project();
        let mentions: usize = project.entities().map(|e| e.mentions.len()).sum();
        (
            project.documents().len(),
            mentions,
            project.files().to_vec(),
        )
    };
    let before = figures(&session);
    assert!(before.0 > 2);
    let second = session.project().documents().nth(1).unwrap().clone();
    session.run(Command::RemoveDocuments(vec![second.id]));
    session.run(Command::OpenPaths(vec![reports.clone()]));
    session.wait();
    assert_eq!(
        figures(&session).0,
        before.0 - 1,
        "a folder brings new files"
    );
    session.run(Command::OpenPaths(vec![reports.join("a.txt")]));
    session.wait();
    assert_eq!(figures(&session), before);
    let texts = session
        .project()
        .documents()
        .filter(|d| d.text == second.text);
    assert_eq!(texts.count(), 1);
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
fn a_filter_of_documents_that_are_gone_leaves_the_picture_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let document = session.project().documents().next().unwrap().id;
    let mut filters = session.project().view.filters.clone();
    filters.documents = Some([document].into());
    session.run(Command::SetFilters(filters));
    session.run(Command::RemoveDocuments(vec![document]));
    session.wait();
    let shown = |session: &redstring::session::Session| {
        let project = session.project();
        project.view.filters.shown_documents(project)
    };
    assert_eq!(shown(&session), None);
    assert!(!session.visible().entities.is_empty());
    session.run(Command::Undo);
    assert_eq!(shown(&session), Some([document].into()));
}

#[test]
fn undoing_a_merge_brings_back_what_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let kind = redstring::model::EntityKind::Person;
    let persons = session.project().entities().filter(|e| e.kind == kind);
    let ids: Vec<_> = persons.map(|e| e.id).take(4).collect();
    session.run(Command::ToggleKind(redstring::model::EntityKind::Unit));
    session.run(Command::FocusOn(vec![ids[0]], 1));
    session.run(Command::Group(vec![ids[0], ids[1], ids[2]]));
    session.wait();
    let view = |session: &redstring::session::Session| {
        let view = &session.project().view;
        (
            view.filters.clone(),
            view.groups.clone(),
            session.visible().clone(),
        )
    };
    let before = view(&session);
    assert!(!before.1.is_empty());
    session.run(Command::Merge(ids[3], vec![ids[0], ids[1]]));
    session.wait();
    assert!(view(&session).1.is_empty());
    session.run(Command::Undo);
    assert!(view(&session) == before);
}

#[test]
fn what_a_reading_added_is_told_while_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = with_sample(folder.path());
    let added = session.last_added().unwrap().documents.len();
    assert_eq!(added, session.project().documents().len());
    session.run(Command::Undo);
    assert!(session.last_added().is_none());
    session.run(Command::Redo);
    assert!(session.last_added().is_some());
}

#[test]
fn a_file_that_grew_is_read_again_with_its_corrections() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    let told = "Ada Berg met Charles Novak in Lisbon. Ada Berg left on Monday. \
                Ada Berg was seen in Madrid.\n";
    std::fs::write(&file, told).unwrap();
    let mut session = session_in(folder.path());
    session.run(Command::OpenPaths(vec![file.clone()]));
    session.wait();
    let named = |session: &redstring::session::Session, name: &str| {
        let all = session.project().entities();
        all.filter(|e| e.name == name).cloned().collect::<Vec<_>>()
    };
    let ada = named(&session, "Ada Berg").remove(0);
    assert_eq!(ada.mentions.len(), 3);
    let last = (ada.mentions[2].document, ada.mentions[2].start);
    let name = Some("Another Berg".to_owned());
    session.run(Command::Split(ada.id, vec![last], name));
    std::fs::write(
        &file,
        format!("Ada Berg spoke first. Nobody heard it.\n{told}"),
    )
    .unwrap();
    session.run(Command::ReadAgain);
    session.wait();
    let other = named(&session, "Another Berg").remove(0);
    let document = session.project().documents().next().unwrap();
    let rest = &document.text[other.mentions[0].start..];
    assert!(rest.starts_with("Ada Berg was seen"), "{rest}");
    assert_eq!(other.mentions.len(), 1);
    assert_eq!(named(&session, "Ada Berg")[0].mentions.len(), 3);
    assert_eq!(named(&session, "Ada Berg")[0].id, ada.id);
}

#[test]
fn reading_again_can_be_stopped_and_changes_nothing_then() {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..40 {
        let told = format!("Ada Berg met Charles Novak in Lisbon on day {at}. ");
        std::fs::write(folder.path().join(format!("{at}.txt")), told.repeat(50)).unwrap();
    }
    let mut session = session_in(folder.path());
    session.run(Command::OpenPaths(vec![folder.path().to_path_buf()]));
    session.wait();
    let before = session.project().clone();
    let steps = session.history().done().len();
    session.run(Command::ReadAgain);
    let job = session.jobs().last().unwrap().id;
    session.run(Command::CancelJob(job));
    session.wait();
    assert!(!session.is_reading());
    assert!(**session.project() == *before);
    assert_eq!(session.history().done().len(), steps);
}
