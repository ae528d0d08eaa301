//! Promises of the canvas: what the hand does comes out as commands, and what was painted is found.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use egui::{Event, Modifiers, pos2, vec2};
use egui_kittest::Harness;
use redstring::geometry::{Camera, Point, Vector};
use redstring::model::{EntityId, EntityKind, Patch, Project, RelationKind, SavedView, Status};
use redstring::scene::{Hit, LivePositions, Theme};
use redstring::session::{Command, SelectMode};
use std::sync::Arc;
use support::desk::{Desk, click, drag, harness, picture_of, position, taken};
use support::graphs;

/// Four entities of the four kinds around the middle.
fn small() -> Project {
    let mut patch = Patch::default();
    let kinds = EntityKind::SHOWN_AT_FIRST;
    let names = [
        "Ada Brandt",
        "12th Carrow Guards Brigade",
        "Dunmere Ministry of Works",
        "Eastvale",
    ];
    for (index, (kind, name)) in kinds.into_iter().zip(names).enumerate() {
        patch
            .entities
            .push(graphs::entity(index, kind, name.to_owned(), 1 + 8 * index));
    }
    let relations = [
        (0, 1, RelationKind::Leads, Status::Asserted),
        (1, 2, RelationKind::PartOf, Status::Reported),
        (0, 3, RelationKind::BornIn, Status::Alleged),
        (2, 3, RelationKind::MentionedWith, Status::Asserted),
    ];
    for (id, (source, target, kind, status)) in relations.into_iter().enumerate() {
        patch
            .relations
            .push(graphs::relation(id, source, target, kind, status, 1 + id));
    }
    let corners = [
        (-120.0, -90.0),
        (130.0, -80.0),
        (120.0, 100.0),
        (-140.0, 90.0),
    ];
    graphs::place(&mut patch, corners.map(|(x, y)| Point::new(x, y)));
    Project::from_parts(patch, [0; 4], SavedView::default())
}

#[test]
fn a_dragged_node_stays_under_the_pointer_and_gives_one_move() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let from = position(&harness, 0);
    let to = from + vec2(90.0, 140.0);
    // All that is shown is fitted until the user moves the camera; a fixed one is easier to follow.
    let camera = harness.state().canvas.camera();
    harness.state_mut().project.view.camera = camera;
    drag(&mut harness, from, to, Modifiers::NONE);
    assert!(position(&harness, 0).distance(to) < 0.5);
    let moves = taken(&mut harness, |command| match command {
        Command::Move(moves) => Some(moves.clone()),
        _ => None,
    });
    assert_eq!(moves.len(), 1);
    assert_eq!(moves[0].len(), 1);
    assert_eq!(moves[0][0].0, EntityId(0));
}

#[test]
fn a_selected_node_takes_the_others_along() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.state_mut().project.view.selection = [EntityId(0), EntityId(3)].into();
    harness.run_steps(3);
    let camera = harness.state().canvas.camera();
    harness.state_mut().project.view.camera = camera;
    let (a, b) = (position(&harness, 0), position(&harness, 3));
    drag(&mut harness, a, a + vec2(50.0, 20.0), Modifiers::NONE);
    assert!(position(&harness, 3).distance(b + vec2(50.0, 20.0)) < 0.5);
    let moved = taken(&mut harness, |command| match command {
        Command::Move(moves) => Some(moves.iter().map(|(id, _)| id.0).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(moved, [vec![0, 3]]);
}

#[test]
fn dragging_the_background_pans() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let before = position(&harness, 2);
    drag(
        &mut harness,
        pos2(400.0, 40.0),
        pos2(460.0, 10.0),
        Modifiers::NONE,
    );
    let after = position(&harness, 2);
    // The first few points only tell a drag from a click.
    let moved = after - before;
    assert!(
        (moved.x - 60.0).abs() < 13.0 && (moved.y + 30.0).abs() < 7.0,
        "{moved:?}"
    );
    let moves = taken(&mut harness, |command| {
        matches!(command, Command::Move(_)).then_some(())
    });
    assert!(moves.is_empty());
}

#[test]
fn the_wheel_zooms_at_the_cursor() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let at = position(&harness, 1);
    let zoom = harness.state().canvas.camera().expect("drawn").zoom;
    harness.hover_at(at);
    harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, 60.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(10);
    assert!(harness.state().canvas.camera().expect("drawn").zoom > zoom * 1.1);
    assert!(position(&harness, 1).distance(at) < 0.5);
}

#[test]
fn clicks_select_add_toggle_and_clear() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let selects = |harness: &mut Harness<'_, Desk>| {
        taken(harness, |command| match command {
            Command::Select(ids, mode) => Some((ids.clone(), *mode)),
            _ => None,
        })
    };
    let at = position(&harness, 1);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(
        selects(&mut harness),
        [(vec![EntityId(1)], SelectMode::Replace)]
    );
    let at = position(&harness, 2);
    click(&mut harness, at, Modifiers::SHIFT);
    assert_eq!(
        selects(&mut harness),
        [(vec![EntityId(2)], SelectMode::Add)]
    );
    click(&mut harness, at, Modifiers::COMMAND);
    assert_eq!(
        selects(&mut harness),
        [(vec![EntityId(2)], SelectMode::Toggle)]
    );
    click(&mut harness, pos2(400.0, 20.0), Modifiers::NONE);
    let cleared = taken(&mut harness, |c| {
        matches!(c, Command::SelectNone).then_some(())
    });
    assert_eq!(cleared.len(), 1);
}

#[test]
fn a_click_on_a_line_selects_it() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let middle = position(&harness, 0).lerp(position(&harness, 1), 0.3);
    click(&mut harness, middle, Modifiers::NONE);
    let lines = taken(&mut harness, |command| match command {
        Command::SelectRelation(id) => *id,
        _ => None,
    });
    assert_eq!(lines.iter().map(|id| id.0).collect::<Vec<_>>(), [0]);
}

#[test]
fn shift_and_drag_select_what_the_rectangle_holds() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let (a, b) = (position(&harness, 0), position(&harness, 1));
    let from = a.min(b) - vec2(40.0, 40.0);
    let to = a.max(b) + vec2(40.0, 40.0);
    drag(&mut harness, from, to, Modifiers::SHIFT);
    let selected = taken(&mut harness, |command| match command {
        Command::Select(ids, SelectMode::Add) => Some(ids.clone()),
        _ => None,
    });
    assert_eq!(selected, [vec![EntityId(0), EntityId(1)]]);
}

#[test]
fn a_canvas_at_rest_asks_for_no_frame() {
    let (mut harness, _) = harness(graphs::generated(60, 1), Theme::dark(), [800.0, 600.0]);
    harness.run_steps(4);
    let at = position(&harness, 3);
    harness.hover_at(at);
    harness.run_steps(30);
    let delay = harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > std::time::Duration::from_secs(1), "{delay:?}");
}

/// Steps until the node is where it is wanted, for two seconds at most.
fn wait_for(harness: &mut Harness<'_, Desk>, id: u32, wanted: Point) {
    for _ in 0..400 {
        harness.step();
        let camera = harness.state().canvas.camera().expect("drawn");
        let at = camera.screen_from_world(wanted, Vector::new(800.0, 600.0));
        if position(harness, id).distance(pos2(at.x, at.y)) < 0.5 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("node {id} never came to {wanted:?}");
}

#[test]
fn a_running_layout_is_drawn_aside_as_it_would_be_in_frames() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = Arc::new(pool.expect("a thread"));
    let (mut aside, textures) = harness(small(), Theme::light(), [800.0, 600.0]);
    let (mut plain, other_textures) = harness(small(), Theme::light(), [800.0, 600.0]);
    aside.state_mut().pool = Some(pool);
    for harness in [&mut aside, &mut plain] {
        harness.state_mut().transition_s = Some(0.12);
    }
    let entities: Arc<Vec<EntityId>> = Arc::new((0..4).map(EntityId).collect());
    for tick in 1..=3 {
        let turned = |angle: f32| Point::new(150.0 * angle.cos(), 110.0 * angle.sin());
        let points: Vec<Point> = (0..4)
            .map(|node| turned(tick as f32 * 0.4 + node as f32 * 1.5))
            .collect();
        let live = LivePositions::new(entities.clone(), points.clone());
        for harness in [&mut aside, &mut plain] {
            harness.state_mut().live = Some((live.clone(), tick));
            harness.step();
        }
        wait_for(&mut aside, 2, points[2]);
        plain.run_steps(3);
        aside.run_steps(3);
        for node in 0..4 {
            assert!(position(&aside, node).distance(position(&plain, node)) < 0.01);
        }
        let hit = aside.state().canvas.pick(position(&aside, 1));
        assert_eq!(hit, Some(Hit::Entity(EntityId(1))));
    }
    let (a, b) = (
        picture_of(&aside, &textures),
        picture_of(&plain, &other_textures),
    );
    assert_eq!(a.summary(40, 30), b.summary(40, 30));

    // It has come to rest where the project has its nodes: frames make their pictures again.
    for harness in [&mut aside, &mut plain] {
        harness.state_mut().live = None;
        harness.state_mut().revision += 1;
        harness.state_mut().transition_s = Some(0.0);
        harness.run_steps(6);
    }
    let (a, b) = (
        picture_of(&aside, &textures),
        picture_of(&plain, &other_textures),
    );
    assert_eq!(a.summary(40, 30), b.summary(40, 30));
    let delay = aside.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > std::time::Duration::from_secs(1), "{delay:?}");
}

/// Where nothing is to move by itself, a running layout shows nothing but its end.
#[test]
fn a_running_layout_moves_nothing_where_nothing_is_to_move() {
    for still in [true, false] {
        let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
        harness.state_mut().transition_s = Some(if still { 0.0 } else { 0.12 });
        harness.run_steps(3);
        let before = position(&harness, 2);
        let entities: Arc<Vec<EntityId>> = Arc::new((0..4).map(EntityId).collect());
        let points = (0..4).map(|node| Point::new(60.0 * node as f32, 10.0 * node as f32));
        let live = LivePositions::new(entities, points.collect());
        harness.state_mut().live = Some((live, 1));
        harness.run_steps(3);
        let moved = position(&harness, 2).distance(before);
        assert_eq!(moved < 0.01, still, "{moved}");
    }
}

#[test]
fn the_camera_moves_the_last_picture_while_the_next_is_made() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = Arc::new(pool.expect("a thread"));
    let (mut harness, textures) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let camera = harness.state().canvas.camera();
    let project = &harness.state().project;
    let entities: Vec<EntityId> = project.entities().map(|entity| entity.id).collect();
    let place = |&id: &EntityId| project.placement(id).position.expect("placed");
    let points: Vec<Point> = entities.iter().map(place).collect();
    let live = LivePositions::new(Arc::new(entities), points);
    // The only thread is busy, so that nothing new can be made.
    let (let_go, held) = std::sync::mpsc::channel::<()>();
    pool.spawn(move || {
        let _ = held.recv();
    });
    harness.state_mut().pool = Some(pool);
    harness.state_mut().transition_s = Some(0.12);
    harness.state_mut().live = Some((live, 1));
    harness.state_mut().project.view.camera = camera;
    harness.run_steps(2);
    let before = position(&harness, 1);
    drag(
        &mut harness,
        pos2(400.0, 40.0),
        pos2(480.0, 40.0),
        Modifiers::NONE,
    );
    let shift = position(&harness, 1) - before;
    assert!(shift.x > 60.0, "{shift:?}");
    let picture = picture_of(&harness, &textures);
    let unit = Theme::light().kind(EntityKind::Unit);
    let near = (-12..=12).any(|dx: i32| {
        let x = (position(&harness, 1).x as i32 + dx) as usize;
        picture.pixel(x, position(&harness, 1).y as usize) == [unit.r, unit.g, unit.b]
    });
    assert!(near, "the mark was not moved along");
    drop(let_go);
}

/// A star of 50,000 leaves around one node, and 20,000 nodes without any line.
#[test]
fn a_huge_star_and_a_crowd_without_lines_are_drawn_and_found() {
    for (nodes, is_star) in [(50_001, true), (20_000, false)] {
        let mut patch = Patch::default();
        for index in 0..nodes {
            let kind = EntityKind::SHOWN_AT_FIRST[index % 4];
            let mentions = if index == 0 { 90 } else { 1 };
            let entity = graphs::entity(index, kind, format!("Node {index}"), mentions);
            patch.entities.push(entity);
            if is_star && index > 0 {
                let kind = RelationKind::MemberOf;
                let line = graphs::relation(index, index, 0, kind, Status::Asserted, 1);
                patch.relations.push(line);
            }
        }
        let spiral = (0..nodes).map(|index| {
            let (angle, away) = (index as f32 * 2.4, 30.0 * (index as f32).sqrt());
            Point::new(away * angle.cos(), away * angle.sin())
        });
        graphs::place(&mut patch, spiral.collect::<Vec<_>>());
        let project = Project::from_parts(patch, [0; 4], SavedView::default());
        let (mut harness, _) = harness(project, Theme::light(), [900.0, 700.0]);
        harness.run_steps(30);
        let at = position(&harness, 0);
        let found = harness.state().canvas.pick(at);
        assert!(matches!(found, Some(Hit::Entity(_))), "{found:?}");
        // Close by, one of the last is there too, and dragging the first moves it alone.
        let last = EntityId(nodes as u32 - 1);
        let center = harness
            .state()
            .project
            .placement(last)
            .position
            .expect("placed");
        harness.state_mut().project.view.camera = Some(Camera {
            center_in_world: center,
            zoom: 1.0,
        });
        harness.run_steps(30);
        let at = position(&harness, last.0);
        assert_eq!(harness.state().canvas.pick(at), Some(Hit::Entity(last)));
        drag(&mut harness, at, at + vec2(60.0, 30.0), Modifiers::NONE);
        let moves = taken(&mut harness, |command| match command {
            Command::Move(moves) => Some(moves.len()),
            _ => None,
        });
        assert_eq!(moves, [1]);
        assert!(position(&harness, last.0).distance(at + vec2(60.0, 30.0)) < 0.5);
    }
}

#[test]
fn every_mark_is_found_where_it_was_painted() {
    let (mut harness, textures) = harness(graphs::generated(40, 3), Theme::light(), [900.0, 700.0]);
    harness.run_steps(3);
    let picture = picture_of(&harness, &textures);
    let theme = Theme::light();
    let mut found = 0;
    for entity in harness.state().project.entities() {
        let at = position(&harness, entity.id.0);
        let Some(Hit::Entity(hit)) = harness.state().canvas.pick(at) else {
            panic!("nothing at {at:?}");
        };
        let kind = harness.state().project.entity(hit).expect("drawn").kind;
        let color = theme.kind(kind);
        // Icons cover the middle of large marks: look for the mark's own color around it.
        let near = (-9..=9).any(|dx: i32| {
            (-9..=9).any(|dy: i32| {
                let x = (at.x as i32 + dx).clamp(0, 899) as usize;
                let y = (at.y as i32 + dy).clamp(0, 699) as usize;
                picture.pixel(x, y) == [color.r, color.g, color.b]
            })
        });
        found += usize::from(near);
    }
    assert!(found >= 38, "{found} of 40");
}

#[test]
fn the_small_graph_looks_as_it_did() {
    for (name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
        let (mut harness, textures) = harness(small(), theme, [640.0, 480.0]);
        harness.run_steps(3);
        let picture = picture_of(&harness, &textures);
        insta::assert_snapshot!(format!("small_{name}"), picture.summary(40, 30));
    }
}

/// Writes pictures of generated graphs into `target/tmp/pictures`, to be looked at.
#[test]
#[ignore = "writes pictures for people to look at"]
fn pictures_to_look_at() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("target is writable");
    for (name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
        for (size, nodes) in [("small", 0), ("60", 60), ("300", 300), ("2000", 2000)] {
            let project = if nodes == 0 {
                small()
            } else {
                graphs::generated(nodes, 7)
            };
            let (mut harness, textures) = harness(project, theme, [1280.0, 800.0]);
            harness.run_steps(3);
            picture_of(&harness, &textures).save(&folder.join(format!("{size}-{name}.png")));
            if nodes == 300 {
                let camera = harness.state().canvas.camera().expect("drawn");
                harness.state_mut().project.view.camera = Some(Camera {
                    zoom: camera.zoom * 3.0,
                    ..camera
                });
                harness.run_steps(20);
                picture_of(&harness, &textures)
                    .save(&folder.join(format!("{size}-near-{name}.png")));
                harness.state_mut().project.view.camera = Some(camera);
                harness.state_mut().project.view.selection = [EntityId(2)].into();
                harness.run_steps(20);
                picture_of(&harness, &textures)
                    .save(&folder.join(format!("{size}-selected-{name}.png")));
            }
        }
    }
}

#[test]
fn only_a_pointer_that_moved_hovers() {
    let (mut harness, _) = harness(small(), Theme::light(), [800.0, 600.0]);
    harness.run_steps(3);
    let empty = pos2(400.0, 40.0);
    harness.hover_at(empty);
    harness.run_steps(10);
    assert_eq!(harness.state().canvas.hovered(), None);

    // A flight brings a node under the pointer, which lies still.
    let camera = harness.state().canvas.camera().expect("drawn");
    let way = position(&harness, 0) - empty;
    let center_in_world = Point::new(
        camera.center_in_world.x + way.x / camera.zoom,
        camera.center_in_world.y + way.y / camera.zoom,
    );
    harness.state_mut().project.view.camera = Some(Camera {
        center_in_world,
        ..camera
    });
    harness.run_steps(20);
    assert!(position(&harness, 0).distance(empty) < 1.0);
    assert_eq!(harness.state().canvas.hovered(), None);

    harness.hover_at(empty + vec2(1.0, 0.0));
    harness.run_steps(10);
    let hovered = Some(Hit::Entity(EntityId(0)));
    assert_eq!(harness.state().canvas.hovered(), hovered);
}
