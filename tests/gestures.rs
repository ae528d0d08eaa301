//! Promises of the canvas's other gestures: lasso, map, panning with any hand, nodes that glide, names
//! in any script.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::Queryable;
use redstring::export::{Export, Format, PictureOptions, RelationChoice};
use redstring::geometry::Point;
use redstring::model::{
    EntityId, EntityKind, Patch, Placement, Project, RelationKind, SavedView, Status,
};
use redstring::scene::Theme;
use redstring::session::{Command, SelectMode, Session, save_project};
use std::sync::Arc;
use support::desk::{Desk, drag, harness, position, taken};
use support::graphs;

type Harness = egui_kittest::Harness<'static, Desk>;

fn named(names: &[&str]) -> Project {
    let mut patch = Patch::default();
    for (index, name) in names.iter().enumerate() {
        let kind = EntityKind::SHOWN_AT_FIRST[index % 4];
        let entity = graphs::entity(index, kind, (*name).to_owned(), 12);
        patch.entities.push(entity);
    }
    let columns = 4;
    let places = (0..names.len()).map(|index| {
        let (column, row) = (index % columns, index / columns);
        Point::new(220.0 * column as f32, 130.0 * row as f32)
    });
    graphs::place(&mut patch, places.collect::<Vec<_>>());
    for index in 1..names.len() {
        let kind = RelationKind::MetWith;
        let status = Status::Asserted;
        let ends = (index, index - 1);
        patch
            .relations
            .push(graphs::relation(index - 1, ends.0, ends.1, kind, status, 1));
    }
    Project::from_parts(patch, [0; 4], SavedView::default())
}

fn sixteen() -> Project {
    named(&["Ada"; 16])
}

fn drag_along(harness: &mut Harness, way: &[Pos2], button: PointerButton, modifiers: Modifiers) {
    harness.hover_at(way[0]);
    harness.step();
    let event = |pos: Pos2, pressed: bool| Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers,
    };
    harness.event_modifiers(event(way[0], true), modifiers);
    harness.step();
    for pair in way.windows(2) {
        for share in [0.25, 0.5, 0.75, 1.0] {
            let at = pair[0].lerp(pair[1], share);
            harness.event_modifiers(Event::PointerMoved(at), modifiers);
            harness.step();
        }
    }
    harness.event_modifiers(event(way[way.len() - 1], false), modifiers);
    harness.run_steps(3);
}

#[test]
fn a_lasso_selects_what_it_goes_around() {
    let (mut harness, _) = harness(sixteen(), Theme::light(), [1280.0, 800.0]);
    harness.run_steps(3);
    // Around the first column and the second node of the first row, but no other.
    let corner = |id: u32, x: f32, y: f32| position(&harness, id) + egui::vec2(x, y);
    let way = [
        corner(0, -25.0, -25.0),
        corner(1, 40.0, -25.0),
        corner(1, 40.0, 40.0),
        corner(0, 50.0, 40.0),
        corner(12, 50.0, 25.0),
        corner(12, -25.0, 25.0),
    ];
    drag_along(&mut harness, &way, PointerButton::Primary, Modifiers::ALT);
    let selected = taken(&mut harness, |command| match command {
        Command::Select(ids, SelectMode::Add) => Some(ids.clone()),
        _ => None,
    });
    assert_eq!(selected, [[0, 1, 4, 8, 12].map(EntityId).to_vec()]);
}

#[test]
fn the_middle_button_and_the_space_bar_pan_even_over_a_node() {
    let (mut harness, _) = harness(sixteen(), Theme::light(), [1280.0, 800.0]);
    harness.run_steps(3);
    let way = [
        position(&harness, 5),
        position(&harness, 5) + egui::vec2(60.0, 30.0),
    ];
    drag_along(&mut harness, &way, PointerButton::Middle, Modifiers::NONE);
    assert!(position(&harness, 5).distance(way[1]) < 2.0);
    harness.key_down(Key::Space);
    harness.step();
    drag_along(
        &mut harness,
        &[way[1], way[0]],
        PointerButton::Primary,
        Modifiers::NONE,
    );
    harness.key_up(Key::Space);
    assert!(position(&harness, 5).distance(way[0]) < 2.0);
    let moves = taken(&mut harness, |command| {
        matches!(command, Command::Move(_)).then_some(())
    });
    assert!(moves.is_empty(), "no node was moved");
}

#[test]
fn the_map_takes_the_camera_where_one_points() {
    let (mut harness, _) = harness(sixteen(), Theme::light(), [1280.0, 800.0]);
    harness.run_steps(3);
    let map = harness.get_by_label("Map").rect();
    let before = harness.state().canvas.camera().expect("drawn");
    let (from, to) = (map.center(), map.left_top() + egui::vec2(10.0, 10.0));
    drag(&mut harness, from, to, Modifiers::NONE);
    let after = harness.state().canvas.camera().expect("drawn");
    assert_eq!(after.zoom, before.zoom);
    assert!(after.center_in_world.x < before.center_in_world.x - 100.0);
    assert!(after.center_in_world.y < before.center_in_world.y - 60.0);
    assert!(harness.state().project.view.selection.is_empty());
}

fn put(harness: &mut Harness, id: u32, position: Point) {
    let desk = harness.state_mut();
    let placement = Placement {
        position: Some(position),
        ..desk.project.placement(EntityId(id))
    };
    desk.project.apply(Patch {
        placements: vec![(EntityId(id), Some(placement))],
        ..Patch::default()
    });
    desk.revision += 1;
}

#[test]
fn nodes_glide_to_new_places_unless_nothing_is_to_move() {
    for still in [false, true] {
        let (mut harness, _) = harness(sixteen(), Theme::light(), [1280.0, 800.0]);
        harness.state_mut().transition_s = Some(if still { 0.0 } else { 0.12 });
        harness.run_steps(3);
        let camera = harness.state().canvas.camera();
        harness.state_mut().project.view.camera = camera;
        harness.run_steps(3);
        let from = position(&harness, 0);
        put(&mut harness, 0, Point::new(60.0, 40.0));
        harness.step();
        harness.step();
        let midway = position(&harness, 0);
        harness.run_steps(10);
        let to = position(&harness, 0);
        assert!(to.distance(from) > 40.0);
        if still {
            assert_eq!(midway, to);
        } else {
            assert!(
                midway.distance(from) > 5.0 && midway.distance(to) > 0.5,
                "{midway}"
            );
        }
    }
}

#[test]
fn a_group_is_one_node_with_the_lines_of_all() {
    let mut project = sixteen();
    let members = [5, 6, 10].map(EntityId);
    project.view.groups.join(EntityId(5), &members);
    let (mut harness, _) = harness(project, Theme::light(), [1280.0, 800.0]);
    harness.run_steps(3);
    let at = position(&harness, 5);
    assert_eq!(position(&harness, 6), at);
    assert_eq!(position(&harness, 10), at);
    assert!(position(&harness, 7).distance(at) > 20.0);
}

/// Names as they are found in reports, in scripts that the bundled fonts have or lack.
const NAMES: [&str; 12] = [
    "Володимир Зеленський",
    "김정은",
    "Армія Республіки",
    "習近平",
    "حزب الله",
    "Hezbollah حزب الله (LB)",
    "नरेन्द्र मोदी",
    "Αθήνα",
    "צבא ההגנה לישראל",
    "زياد (أبو علي) 47",
    "中华人民共和国国防部",
    "조선인민군 총참모부",
];

/// Writes pictures of names in many scripts into `target/tmp/pictures`, and a project to open in a
/// window, to be looked at. Needs fonts of the system for what Inter lacks.
#[test]
#[ignore = "writes pictures for people to look at"]
fn scripts_to_look_at() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("target is writable");
    let project = named(&NAMES);
    let visible = project.view.filters.visible(&project);
    let picture = PictureOptions::of_pixels(1100, 560, Theme::print()).expect("a size that can be");
    let export = Export {
        project: &project,
        visible: &visible,
        warnings: &Default::default(),
        relations: RelationChoice::All,
        picture: &picture,
        made_on: "2025-02-08",
    };
    for (name, format) in [
        ("scripts.png", Format::Png),
        ("scripts.svg", Format::Svg),
        ("scripts.pdf", Format::Pdf),
    ] {
        export
            .write_file(&folder.join(name), format)
            .expect("can be written");
    }
    // A project file holds no mentions without their document, so this one is made by hand.
    let settings = tempfile::tempdir().expect("a temporary folder");
    let mut session = Session::new(Some(settings.path().to_owned()), Arc::new(|| {}));
    for entity in project.entities() {
        let at = project.placement(entity.id).position;
        session.run(Command::AddEntity(entity.kind, entity.name.clone(), at));
    }
    let path = folder.join("scripts.redstring");
    save_project(&path, session.project()).expect("can be written");
}
