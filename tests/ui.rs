//! Promises of the window, kept without a display: what a user clicks, types, drags and drops.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use redstring::geometry::Point;
use redstring::model::{EntityId, EntityKind, LayoutChoice};
use redstring::session::{Command, Session};
use redstring::ui::App;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::window::window;

/// The window with a folder of its own for settings.
struct Window {
    harness: Harness<'static, Option<App>>,
    _settings: tempfile::TempDir,
}

impl Window {
    fn new() -> Self {
        Self::of_size(vec2(1280.0, 800.0))
    }

    fn of_size(size: Vec2) -> Self {
        let (mut harness, settings) = window(size);
        harness.run_ok();
        Self {
            harness,
            _settings: settings,
        }
    }

    /// With the sample read and arranged.
    fn with_sample() -> Self {
        let mut window = Self::new();
        window.harness.get_by_label("Open the sample").click();
        window.settle();
        window
    }

    /// With three people, of which the first two are far apart.
    fn with_people() -> Self {
        let mut window = Self::new();
        for (name, x) in [
            ("Ada Berg", -150.0),
            ("Charles Novak", 150.0),
            ("Mary Osei", 0.0),
        ] {
            let place = Some(Point::new(x, x.abs() * 0.5));
            window.run(Command::AddEntity(EntityKind::Person, name.into(), place));
        }
        window.run(Command::FitAll);
        window.settle();
        window
    }

    fn app(&mut self) -> &mut App {
        self.harness.state_mut().as_mut().unwrap()
    }

    fn session(&self) -> &Session {
        self.harness.state().as_ref().unwrap().session()
    }

    fn run(&mut self, command: Command) {
        self.app().session_mut().run(command);
    }

    /// Waits for jobs and draws until nothing moves any more.
    fn settle(&mut self) {
        for _ in 0..3 {
            self.harness.run_ok();
            self.app().session_mut().wait();
        }
        self.harness.run_ok();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run_ok();
    }

    fn id_of(&self, name: &str) -> EntityId {
        let found = self.session().project().entities().find(|e| e.name == name);
        found.unwrap_or_else(|| panic!("no entity named {name}")).id
    }

    fn place_of(&self, name: &str) -> Pos2 {
        let app = self.harness.state().as_ref().unwrap();
        app.canvas()
            .position_of(self.id_of(name))
            .expect("the node is drawn")
    }

    fn most_mentioned(&self) -> (EntityId, String) {
        let entity = self
            .session()
            .project()
            .entities()
            .filter(|e| EntityKind::SHOWN_AT_FIRST.contains(&e.kind))
            .max_by_key(|e| e.mentions.len())
            .unwrap();
        (entity.id, entity.name.clone())
    }

    fn click_at(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.harness.step();
        self.harness.drag_at(at);
        self.harness.step();
        self.release(at);
    }

    fn release(&mut self, at: Pos2) {
        self.harness.event(Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::NONE,
        });
        self.harness.run_ok();
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.step();
        self.harness.drag_at(from);
        self.harness.step();
        for share in [0.3, 0.6, 1.0] {
            self.harness.hover_at(from + (to - from) * share);
            self.harness.step();
        }
        self.release(to);
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn the_first_button_opens_the_sample_and_the_counts_add_up() {
    let window = Window::with_sample();
    let project = window.session().project();
    assert_eq!(project.files().len(), 5);
    assert!(project.entities().len() > 20);
    let stated = project.relations().filter(|r| r.is_stated()).count();
    let text = format!("{} stated relation", redstring::ui::number(stated));
    window.harness.get_by_label_contains(&text);
}

#[test]
fn a_dropped_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    std::fs::write(
        &path,
        "Published on: 2024-03-01\n\nA convoy reached Oslo, Norway, on Friday.\n",
    )
    .unwrap();
    let mut window = Window::new();
    window
        .harness
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(path)));
    window.settle();
    assert_eq!(window.session().project().documents().len(), 1);
    assert!(
        window
            .session()
            .project()
            .entities()
            .any(|e| e.name == "Oslo")
    );
}

#[test]
fn pasted_text_becomes_a_document_after_a_question() {
    let mut window = Window::new();
    window.harness.event(Event::Paste(
        "Snow fell on Oslo, the capital of Norway.".into(),
    ));
    window.harness.run_ok();
    assert_eq!(window.session().project().documents().len(), 0);
    window.harness.get_by_label("Add document").click();
    window.settle();
    assert_eq!(window.session().project().documents().len(), 1);
}

#[test]
fn search_flies_to_what_was_typed() {
    let mut window = Window::with_people();
    window.press(Modifiers::COMMAND, Key::F);
    window.type_text("novak");
    window.press(Modifiers::NONE, Key::Enter);
    window.settle();
    let novak = window.id_of("Charles Novak");
    assert!(
        window
            .session()
            .project()
            .view
            .selection
            .iter()
            .eq([&novak])
    );
}

#[test]
fn typing_in_a_field_triggers_no_shortcut() {
    let mut window = Window::with_people();
    window.run(Command::SelectAll);
    window.press(Modifiers::COMMAND, Key::F);
    window.press(Modifiers::NONE, Key::H);
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(window.session().visible().entities.len(), 3);
}

#[test]
fn a_dragged_node_stays_pinned_until_undo() {
    let mut window = Window::with_people();
    let ada = window.id_of("Ada Berg");
    let before = window.session().project().placement(ada);
    let at = window.place_of("Ada Berg");
    window.drag(at, at + vec2(60.0, 90.0));
    window.settle();
    let after = window.session().project().placement(ada);
    assert!(after.pinned && after.position != before.position);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.session().project().placement(ada), before);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(window.session().project().placement(ada), after);
}

#[test]
fn a_clicked_node_is_shown_in_the_inspector_and_renamed_there() {
    let mut window = Window::with_people();
    let at = window.place_of("Charles Novak");
    window.click_at(at);
    window.settle();
    window.harness.get_by_label("Rename").click();
    window.harness.run_ok();
    window.press(Modifiers::COMMAND, Key::A);
    window.type_text("Karel Novák");
    window.press(Modifiers::NONE, Key::Enter);
    window.settle();
    assert_eq!(
        window.session().project().entity(EntityId(1)).unwrap().name,
        "Karel Novák"
    );
}

#[test]
fn a_mention_opens_its_document_with_the_words_in_view() {
    let mut window = Window::with_sample();
    let (id, _) = window.most_mentioned();
    window.run(Command::FlyTo(id));
    window.settle();
    let mention = window.session().project().entity(id).unwrap().mentions[0].clone();
    let find = |window: &Window, scroll: bool| {
        let sentence = window
            .harness
            .get_all_by_role(Role::Button)
            .find(|node| {
                let label = node.accesskit_node().label().unwrap_or_default();
                node.rect().left() > 930.0 && label.contains(&mention.text) && label.len() > 40
            })
            .expect("a sentence that holds the mention");
        if scroll {
            sentence.scroll_to_me();
        } else {
            sentence.click();
        }
    };
    find(&window, true);
    window.settle();
    find(&window, false);
    window.settle();
    let reader = window.session().reader().expect("the reader is open");
    assert_eq!(reader.focus, Some([mention.start, mention.end]));
    let mut paragraphs = window.harness.get_all_by_role(Role::Paragraph);
    assert!(paragraphs.any(|node| {
        node.accesskit_node()
            .label()
            .is_some_and(|l| l.contains(&mention.text))
    }));
}

#[test]
fn a_word_selected_in_the_reader_becomes_a_mention() {
    let mut window = Window::new();
    window.run(Command::PasteText(
        "Then xuvarod spoke for an hour to everyone who had come.".into(),
    ));
    window.settle();
    let document = window.session().project().documents().next().unwrap().id;
    window.run(Command::OpenDocument(document, None));
    window.settle();
    let block = window
        .harness
        .get_all_by_role(Role::Paragraph)
        .find(|node| {
            node.accesskit_node()
                .label()
                .is_some_and(|l| l.contains("xuvarod"))
        })
        .expect("the line is drawn")
        .rect();
    let at = block.left_top() + vec2(58.0, 10.0);
    window.click_at(at);
    window.click_at(at);
    window.harness.get_by_label("Mark as person").click();
    window.settle();
    let entity = window
        .session()
        .project()
        .entities()
        .find(|e| e.name == "xuvarod");
    assert_eq!(entity.map(|e| e.kind), Some(EntityKind::Person));
}

#[test]
fn a_place_taken_for_the_wrong_one_is_put_right_in_the_inspector() {
    let mut window = Window::new();
    window.run(Command::PasteText(
        "Miners struck in Newcastle, and in Sydney, Canberra and Wollongong, all in Australia."
            .into(),
    ));
    window.settle();
    let place = window.id_of("Newcastle");
    let within = |window: &Window| {
        let project = window.session().project();
        project
            .entity(place)
            .unwrap()
            .location
            .as_ref()
            .unwrap()
            .within()
    };
    assert_eq!(within(&window), "New South Wales, Australia");
    window.run(Command::FlyTo(place));
    window.settle();
    window
        .harness
        .get_by_label("Another place of this name")
        .click();
    window.harness.run_ok();
    window
        .harness
        .get_by_label("Newcastle upon Tyne, England, United Kingdom (city or town)")
        .click();
    window.settle();
    assert_eq!(within(&window), "England, United Kingdom");
    window.run(Command::Undo);
    assert_eq!(within(&window), "New South Wales, Australia");
}

#[test]
fn the_table_sorts_by_its_headers() {
    let mut window = Window::with_people();
    window.press(Modifiers::COMMAND, Key::Num3);
    window.settle();
    let rows = |window: &Window| -> Vec<String> {
        let mut rows: Vec<(f32, String)> = ["Ada Berg", "Charles Novak", "Mary Osei"]
            .into_iter()
            .map(|name| {
                let row = window
                    .harness
                    .get_all_by_label(name)
                    .max_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
                (row.unwrap().rect().top(), name.to_owned())
            })
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect()
    };
    window.harness.get_by_label("Name").click();
    window.settle();
    assert_eq!(rows(&window), ["Ada Berg", "Charles Novak", "Mary Osei"]);
    window.harness.get_by_label("Name").click();
    window.settle();
    assert_eq!(rows(&window), ["Mary Osei", "Charles Novak", "Ada Berg"]);
}

#[test]
fn a_kind_that_is_switched_off_is_no_longer_shown() {
    let mut window = Window::with_sample();
    window.harness.get_by_label("Filters").click();
    window.harness.run_ok();
    let people = |window: &Window| {
        let project = window.session().project();
        let visible = window.session().visible();
        visible
            .entities
            .iter()
            .filter(|&&id| project.entity(id).unwrap().kind == EntityKind::Person)
            .count()
    };
    assert!(people(&window) > 0);
    let checkbox = window
        .harness
        .get_all_by_role(Role::CheckBox)
        .find(|node| node.accesskit_node().label().as_deref() == Some("People"));
    checkbox.expect("a checkbox for people").click();
    window.settle();
    assert_eq!(people(&window), 0);
}

#[test]
fn the_palette_runs_a_command_by_its_name() {
    let mut window = Window::with_people();
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.type_text("circular");
    window.press(Modifiers::NONE, Key::Enter);
    window.settle();
    assert_eq!(window.session().project().layout(), LayoutChoice::Circular);
}

#[test]
fn every_dialog_opens_and_closes_by_keyboard() {
    use redstring::ui::{Request, ask};
    let mut window = Window::with_people();
    let (ada, charles) = (window.id_of("Ada Berg"), window.id_of("Charles Novak"));
    for request in [
        Request::Open,
        Request::SaveAs,
        Request::Export,
        Request::AddEntity(None),
        Request::AddRelation(Some(ada), None),
        Request::Rename(ada),
        Request::Merge(vec![ada, charles]),
        Request::Paste("Some text".into()),
        Request::Lists,
        Request::Added,
        Request::Corrections,
        Request::Duplicates(0),
        Request::Palette,
        Request::Shortcuts,
        Request::About,
    ] {
        ask(&window.harness.ctx, request.clone());
        window.harness.run_ok();
        assert!(window.app().has_dialog(), "{request:?} is open");
        window.harness.check_accessibility();
        for _ in 0..2 {
            window.press(Modifiers::NONE, Key::Escape);
        }
        assert!(!window.app().has_dialog(), "{request:?} is closed");
    }
}

#[test]
fn likely_duplicates_are_decided_by_keyboard_and_corrections_taken_back() {
    use redstring::ui::{Request, ask};
    let mut window = Window::with_people();
    for name in ["Max Stern", "Maximilian Stern"] {
        window.run(Command::AddEntity(EntityKind::Person, name.into(), None));
    }
    window.settle();
    let entities = window.session().project().entities().len();
    assert_eq!(window.session().duplicates().pairs.len(), 1);
    window.press(Modifiers::COMMAND, Key::D);
    window.press(Modifiers::NONE, Key::R);
    assert!(window.session().duplicates().pairs.is_empty());
    // The dialog stays open, and undo works in it.
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.session().duplicates().pairs.len(), 1);
    window.press(Modifiers::COMMAND, Key::Y);
    assert!(window.session().duplicates().pairs.is_empty());
    // A key that is held since before a pair was there decides nothing of it.
    let key = |pressed| Event::Key {
        key: Key::A,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    window.harness.event(key(true));
    window.harness.run_ok();
    window.press(Modifiers::COMMAND, Key::Z);
    window.harness.event(key(true));
    window.harness.run_ok();
    assert_eq!(window.session().project().entities().len(), entities);
    window.harness.event(key(false));
    window.harness.run_ok();
    window.press(Modifiers::NONE, Key::A);
    assert_eq!(window.session().project().entities().len(), entities - 1);
    for _ in 0..2 {
        window.press(Modifiers::NONE, Key::Escape);
    }
    ask(&window.harness.ctx, Request::Corrections);
    window.settle();
    let label = "Take back: Merged Max Stern into Maximilian Stern";
    window.harness.get_by_label(label).click();
    window.settle();
    let told = window.session().notices().last().map(|n| n.text.clone());
    let left = window.session().project().entities().len();
    assert_eq!(left, entities, "{told:?}");
}

#[test]
fn all_is_there_in_the_smallest_window() {
    let mut window = Window::of_size(vec2(1024.0, 640.0));
    window.run(Command::OpenSample);
    window.settle();
    let document = window.session().project().documents().next().unwrap().id;
    window.run(Command::OpenDocument(document, None));
    window.settle();
    for name in [
        "Search names",
        "Export",
        "Layout menu",
        "Undo",
        "Close document",
        "Fit all",
    ] {
        let mut found = window.harness.get_all_by_label(name);
        let inside = egui::Rect::from_min_size(Pos2::ZERO, vec2(1024.0, 640.0));
        assert!(
            found.any(|node| inside.contains_rect(node.rect())),
            "{name}"
        );
    }
}
