//! Promises of the keyboard: keys that are pressed in the window do what hands expect of them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use egui::os::OperatingSystem;
use egui::{Event, Key, Modifiers, PointerButton, Popup, Pos2, vec2};
use egui_kittest::Harness;
use redstring::geometry::{Point, Vector};
use redstring::model::{EntityId, EntityKind, RelationKind};
use redstring::session::{Command, SelectMode, Session};
use redstring::ui::App;
use support::window::window;

struct Window {
    harness: Harness<'static, Option<App>>,
    people: Vec<EntityId>,
    _settings: tempfile::TempDir,
}

impl Window {
    /// Four people in a square: the first knows the second, the second the third, the fourth nobody.
    fn new() -> Self {
        let (harness, settings) = window(vec2(1280.0, 800.0));
        let mut window = Self {
            harness,
            people: Vec::new(),
            _settings: settings,
        };
        for (name, x, y) in [
            ("Ada Berg", -150.0, -90.0),
            ("Charles Novak", 150.0, -90.0),
            ("Mary Osei", 150.0, 90.0),
            ("Otto Lind", -150.0, 90.0),
        ] {
            let place = Some(Point::new(x, y));
            window.run(Command::AddEntity(EntityKind::Person, name.into(), place));
        }
        window.people = window
            .session()
            .project()
            .entities()
            .map(|e| e.id)
            .collect();
        window.run(Command::Unpin(window.people.clone()));
        for (a, b) in [(0, 1), (1, 2)] {
            let (a, b) = (window.people[a], window.people[b]);
            let note = "for the test".to_owned();
            window.run(Command::AddRelation(a, b, RelationKind::MetWith, note));
        }
        window.run(Command::FitAll);
        window.settle();
        window
    }

    fn session(&self) -> &Session {
        self.harness.state().as_ref().unwrap().session()
    }

    fn run(&mut self, command: Command) {
        let app = self.harness.state_mut().as_mut().unwrap();
        app.session_mut().run(command);
    }

    fn settle(&mut self) {
        for _ in 0..3 {
            self.harness.run_ok();
            let app = self.harness.state_mut().as_mut().unwrap();
            app.session_mut().wait();
        }
        self.harness.run_ok();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn select(&mut self, indices: &[usize]) {
        let ids = indices.iter().map(|&index| self.people[index]).collect();
        self.run(Command::Select(ids, SelectMode::Replace));
        self.harness.run_ok();
    }

    /// Which of the people are selected.
    fn selected(&self) -> Vec<usize> {
        let selection = &self.session().project().view.selection;
        let all = self.people.iter().enumerate();
        all.filter(|(_, id)| selection.contains(id))
            .map(|(index, _)| index)
            .collect()
    }

    fn shown(&self) -> Vec<usize> {
        let all = self.people.iter().enumerate();
        all.filter(|(_, id)| self.session().visible().has_entity(**id))
            .map(|(index, _)| index)
            .collect()
    }

    fn place(&self, index: usize) -> Point {
        self.session().position(self.people[index]).unwrap()
    }

    fn on_screen(&self, index: usize) -> Pos2 {
        let app = self.harness.state().as_ref().unwrap();
        app.canvas()
            .position_of(self.people[index])
            .expect("the node is drawn")
    }

    fn button(&mut self, at: Pos2, pressed: bool, modifiers: Modifiers) {
        let event = Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        };
        if modifiers.is_none() {
            self.harness.event(event);
        } else {
            self.harness.event_modifiers(event, modifiers);
        }
        self.harness.step();
    }

    /// Presses at `from` and moves to `to`, without letting go.
    fn begin_drag(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        self.harness.hover_at(from);
        self.harness.step();
        self.button(from, true, modifiers);
        for share in [0.3, 0.7, 1.0] {
            let at = from.lerp(to, share);
            self.harness
                .event_modifiers(Event::PointerMoved(at), modifiers);
            self.harness.step();
        }
    }
}

#[test]
fn arrows_nudge_the_selection_near_and_far() {
    let mut window = Window::new();
    window.select(&[0]);
    for (key, way) in [
        (Key::ArrowLeft, Vector::new(-1.0, 0.0)),
        (Key::ArrowRight, Vector::new(1.0, 0.0)),
        (Key::ArrowUp, Vector::new(0.0, -1.0)),
        (Key::ArrowDown, Vector::new(0.0, 1.0)),
    ] {
        for (modifiers, reach) in [
            (Modifiers::NONE, 1.0..10.0),
            (Modifiers::SHIFT, 10.0..100.0),
        ] {
            let (before, other) = (window.place(0), window.place(1));
            window.press(modifiers, key);
            let moved = window.place(0) - before;
            assert!(
                reach.contains(&moved.dot(way)),
                "{key:?} {modifiers:?} {moved:?}"
            );
            assert!(moved.dot(way.perpendicular()).abs() < 1e-3);
            assert_eq!(window.place(1), other);
        }
    }
    window.press(Modifiers::COMMAND, Key::Z);
    window.press(Modifiers::COMMAND, Key::Y);
    assert_eq!(window.selected(), [0]);
}

#[test]
fn keys_change_the_selection() {
    let mut window = Window::new();
    window.select(&[0]);
    window.press(Modifiers::COMMAND, Key::ArrowRight);
    assert_eq!(window.selected(), [0, 1]);
    window.press(Modifiers::COMMAND, Key::I);
    assert_eq!(window.selected(), [2, 3]);
    window.press(Modifiers::COMMAND, Key::A);
    assert_eq!(window.selected(), [0, 1, 2, 3]);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.selected().is_empty());
}

#[test]
fn keys_hide_and_delete_and_are_taken_back() {
    let mut window = Window::new();
    window.select(&[0]);
    window.press(Modifiers::NONE, Key::H);
    assert_eq!(window.shown(), [1, 2, 3]);
    window.press(Modifiers::COMMAND, Key::Z);
    window.select(&[1, 2]);
    window.press(Modifiers::SHIFT, Key::H);
    assert_eq!(window.shown(), [1, 2]);
    window.press(Modifiers::COMMAND, Key::Z);
    window.select(&[3]);
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(window.session().project().entities().len(), 3);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.shown(), [0, 1, 2, 3]);
}

#[test]
fn the_key_that_macs_have_deletes_there_and_nowhere_else() {
    for (system, left) in [(OperatingSystem::Nix, 4), (OperatingSystem::Mac, 3)] {
        let mut window = Window::new();
        window.harness.ctx.set_os(system);
        window.select(&[0]);
        window.press(Modifiers::NONE, Key::Backspace);
        assert_eq!(
            window.session().project().entities().len(),
            left,
            "{system:?}"
        );
    }
}

#[test]
fn keys_move_the_camera() {
    let mut window = Window::new();
    let zoom = |window: &Window| window.session().camera().zoom;
    let whole = zoom(&window);
    window.select(&[0]);
    window.press(Modifiers::NONE, Key::F);
    window.settle();
    let center = window.session().camera().center_in_world;
    assert!(center.distance(window.place(0)) < 1.0, "{center:?}");
    window.press(Modifiers::COMMAND, Key::Num0);
    window.settle();
    assert_eq!(window.session().project().view.camera, None);
    for key in [Key::Equals, Key::Plus] {
        let before = zoom(&window);
        window.press(Modifiers::COMMAND, key);
        window.settle();
        assert!(zoom(&window) > 1.2 * before, "{key:?}");
    }
    for _ in 0..2 {
        window.press(Modifiers::COMMAND, Key::Minus);
        window.settle();
    }
    assert!((zoom(&window) / whole - 1.0).abs() < 0.01);
}

#[test]
fn a_key_runs_the_layout_and_stops_it() {
    let mut window = Window::new();
    let before: Vec<Point> = (0..4).map(|index| window.place(index)).collect();
    let steps = window.session().history().done().len();
    window.harness.key_press_modifiers(Modifiers::NONE, Key::L);
    window.harness.step();
    window.harness.step();
    window.settle();
    assert!(!window.session().is_arranging());
    assert_eq!(window.session().history().done().len(), steps + 1);
    assert!((0..4).any(|index| window.place(index) != before[index]));
    // While one runs, the same key stops it.
    window.run(Command::StartLayout(
        redstring::model::LayoutChoice::Circular,
    ));
    if window.session().is_arranging() {
        let entry = redstring::session::command_entry("toggle_layout").unwrap();
        assert_eq!(
            window.session().command_of(entry.id),
            Some(Command::StopLayout)
        );
    }
}

#[test]
fn the_picture_is_copied_by_its_keys() {
    for pressed in [true, false] {
        let mut window = Window::new();
        if pressed {
            window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
        } else {
            // What the window system makes of the same keys.
            let shift = Modifiers::COMMAND | Modifiers::SHIFT;
            window.harness.event_modifiers(Event::Copy, shift);
            window.harness.run_ok();
        }
        window.settle();
        let told = window
            .session()
            .notices()
            .iter()
            .any(|n| n.text == "Copied the picture");
        assert!(told, "{pressed}");
    }
}

#[test]
fn the_menu_key_opens_the_menu_of_the_selection() {
    for (modifiers, key) in [(Modifiers::NONE, Key::Menu), (Modifiers::SHIFT, Key::F10)] {
        let mut window = Window::new();
        window.select(&[2]);
        assert!(!Popup::is_any_open(&window.harness.ctx));
        window.press(modifiers, key);
        assert!(Popup::is_any_open(&window.harness.ctx), "{key:?}");
    }
}

#[test]
fn escape_breaks_off_what_is_dragged_and_keeps_the_selection() {
    let mut window = Window::new();
    window.select(&[1]);
    let background = window.on_screen(0).lerp(window.on_screen(2), 0.5);
    let (ada, before) = (window.on_screen(0), window.place(0));
    for (from, modifiers) in [
        (ada, Modifiers::NONE),
        (background, Modifiers::SHIFT),
        (background, Modifiers::ALT),
    ] {
        let to = from + vec2(-60.0, -40.0);
        window.begin_drag(from, to, modifiers);
        window.press(Modifiers::NONE, Key::Escape);
        window.button(to, false, modifiers);
        window.harness.run_ok();
        assert_eq!(window.selected(), [1], "{modifiers:?}");
        assert_eq!(window.place(0), before);
        assert!(window.on_screen(0).distance(ada) < 0.5);
    }
    // With nothing dragged it clears the selection.
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.selected().is_empty());
}

/// The whole window, with something selected and the pointer over the picture.
#[test]
fn a_window_at_rest_asks_for_no_frame() {
    let mut window = Window::new();
    window.select(&[0]);
    let at = window.on_screen(1);
    window.harness.hover_at(at);
    // What is told for a while is gone, and a caret would blink only in a field.
    let app = window.harness.state_mut().as_mut().unwrap();
    let told: Vec<u64> = app
        .session()
        .notices()
        .iter()
        .map(|notice| notice.id)
        .collect();
    for notice in told {
        app.session_mut().run(Command::DismissNotice(notice));
    }
    window.settle();
    window.harness.run_steps(60);
    let output = window.harness.output();
    let delay = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > std::time::Duration::from_secs(1), "{delay:?}");
}

#[test]
fn a_double_click_opens_the_inspector() {
    let mut window = Window::new();
    window.press(Modifiers::COMMAND, Key::Num2);
    assert!(!window.session().settings().right_open);
    let at = window.on_screen(1);
    window.harness.hover_at(at);
    window.harness.step();
    for _ in 0..2 {
        window.button(at, true, Modifiers::NONE);
        window.button(at, false, Modifiers::NONE);
    }
    window.harness.run_ok();
    assert_eq!(window.selected(), [1]);
    assert!(window.session().settings().right_open);
}

#[test]
fn a_tap_within_one_frame_selects() {
    let mut window = Window::new();
    let at = window.on_screen(1);
    window.harness.hover_at(at);
    window.harness.step();
    for pressed in [true, false] {
        let tap = Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.harness.input_mut().events.push(tap);
    }
    window.harness.step();
    window.harness.run_ok();
    assert_eq!(window.selected(), [1]);
}
