//! What the window shows of what was recognized: minor kinds wait until asked for, a unit's fields are
//! there to be read, and a document in another language says what to expect.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on has failed.

mod support;

use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use redstring::model::{EntityId, EntityKind};
use redstring::session::{Command, SelectMode, Session};
use redstring::ui::App;
use support::window::window;

/// The window with a text read, and a folder of its own for settings.
struct Window {
    harness: Harness<'static, Option<App>>,
    _settings: tempfile::TempDir,
}

impl Window {
    fn on(text: &str) -> Self {
        let (harness, settings) = window(vec2(1280.0, 800.0));
        let mut window = Self {
            harness,
            _settings: settings,
        };
        window.harness.run_ok();
        window.run(Command::PasteText(text.into()));
        window
    }

    fn session(&self) -> &Session {
        self.harness.state().as_ref().unwrap().session()
    }

    fn run(&mut self, command: Command) {
        let app = self.harness.state_mut().as_mut().unwrap();
        app.session_mut().run(command);
        for _ in 0..3 {
            self.harness.run_ok();
            let app = self.harness.state_mut().as_mut().unwrap();
            app.session_mut().wait();
        }
        self.harness.run_ok();
    }

    /// The first entity of a kind.
    fn of_kind(&self, kind: EntityKind) -> EntityId {
        let found = self.session().project().entities().find(|e| e.kind == kind);
        found.unwrap_or_else(|| panic!("no {kind:?}")).id
    }

    fn is_drawn(&self, entity: EntityId) -> bool {
        let app = self.harness.state().as_ref().unwrap();
        app.canvas().position_of(entity).is_some()
    }
}

#[test]
fn minor_kinds_are_recorded_and_wait_until_asked_for() {
    let mut window = Window::on(
        "Published on: 2024-05-15\n\nRussian troops fired Grad rockets at Kharkiv on Tuesday, said Ivan Melnyk. \
         The Battle of Kursk was remembered there in 2023.\n",
    );
    let minor = [
        EntityKind::Equipment,
        EntityKind::Event,
        EntityKind::Group,
        EntityKind::Date,
    ];
    assert!(window.is_drawn(window.of_kind(EntityKind::Place)));
    for kind in minor {
        let entity = window.of_kind(kind);
        assert!(!window.is_drawn(entity), "{kind:?}");
        window.run(Command::ToggleKind(kind));
        assert!(window.is_drawn(entity), "{kind:?}");
    }
}

#[test]
fn the_fields_of_a_unit_stand_in_the_inspector() {
    let mut window = Window::on(
        "Russia's 5th Donetsk Motorized Rifle Brigade of the Eighth Army was seen near Luhansk.",
    );
    let unit = window
        .session()
        .project()
        .entities()
        .find(|entity| entity.name.starts_with("5th"))
        .unwrap()
        .id;
    window.run(Command::Select(vec![unit], SelectMode::Replace));
    let fields = [
        ["Number", "5"],
        ["Designation", "Donetsk"],
        ["Type", "Motorized rifle"],
        ["Echelon", "Brigade"],
        ["Nationality", "Russia"],
        ["Part of", "Eighth Army"],
    ];
    let places = |label| -> Vec<egui::Rect> {
        let found = window.harness.get_all_by_label(label);
        found.map(|node| node.rect()).collect()
    };
    for [name, value] in fields {
        let (names, values) = (places(name), places(value));
        let is_row = |name: &egui::Rect, value: &egui::Rect| {
            value.left() > name.right() && (value.center().y - name.center().y).abs() < 8.0
        };
        let mut rows = names
            .iter()
            .flat_map(|a| values.iter().map(move |b| (a, b)));
        assert!(
            rows.any(|(name, value)| is_row(name, value)),
            "{name}: {value}"
        );
    }
}

#[test]
fn a_document_says_what_to_expect_of_its_language() {
    let text = include_str!("fixtures/languages/german.txt");
    let mut window = Window::on(text);
    let document = window.session().project().documents().next().unwrap().id;
    window.run(Command::OpenDocument(document, None));
    window
        .harness
        .get_by_label_contains("German: names are found less well");
}

#[test]
fn what_is_chosen_to_be_split_off_is_what_is_still_there() {
    let mut window = Window::on(
        "Kim Jong Un spoke on Monday. Kim Jong Un left for Moscow. Kim Jong Un slept on the train.",
    );
    let kim = window.of_kind(EntityKind::Person);
    window.run(Command::Select(vec![kim], SelectMode::Replace));
    let click = |window: &mut Window, label: &str| {
        let found = window.harness.get_all_by_label(label).next().unwrap();
        found.click();
        window.harness.run_ok();
        window.harness.run_ok();
    };
    click(&mut window, "Split mentions off…");
    click(&mut window, "Split off Kim Jong Un");
    let has = |window: &Window, label| window.harness.query_by_label(label).is_some();
    assert!(has(&window, "Split off 1 mention"));
    let entity = window.session().project().entity(kim).unwrap();
    let first = (entity.mentions[0].document, entity.mentions[0].start);
    window.run(Command::Split(kim, vec![first], Some("Kim Il Sung".into())));
    window.run(Command::Select(vec![kim], SelectMode::Replace));
    // The mention is somebody else's now: nothing unseen stays chosen.
    assert!(!has(&window, "Split off 1 mention"));
}

#[test]
fn a_pair_that_is_only_named_together_is_not_called_asserted() {
    let mut window = Window::on("Jane Smith and Karl Berg were in the room.");
    let pair = window.session().project().relations().next().unwrap();
    assert!(!pair.kind.is_stated());
    let pair = pair.id;
    window.run(Command::SelectRelation(Some(pair)));
    let says = |label: &str| window.harness.query_all_by_label_contains(label).count();
    assert_eq!(says("Asserted"), 0);
    assert!(says("Mentioned together") > 0);
}
