//! Promises of the scene: what was painted is found, lines are fanned out, what is followed lies in front,
//! and no graph is too odd to be drawn. What names promise is in `picture_names.rs`.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use proptest::prelude::*;
use redstring::geometry::{Camera, Point, Rect};
use redstring::model::{EntityId, EntityKind, Patch, Project, RelationKind, SavedView, Status};
use redstring::scene::{
    Corners, Hit, Mark, Overlay, Scene, Shape, View, fitting_camera, labels, legend, picture,
};
use std::collections::BTreeSet;
use support::drawn::{
    SIZE, any_camera, any_project, displayed, lines, marks, node_labels, scene_of,
};
use support::graphs;

fn picked(scene: &Scene, camera: &Camera, at: Point, tolerance: f32) -> Option<Hit> {
    let detail = scene.detail(camera, SIZE);
    scene.pick(&detail, at, tolerance, (camera, SIZE), None)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn picking_a_mark_finds_the_topmost_one_there(project in any_project(), camera in any_camera()) {
        let scene = scene_of(&project);
        let shapes = displayed(&scene, camera);
        let marks = marks(&shapes);
        let picture = Rect::from_corners(Point::default(), Point::default() + SIZE);
        // Where nobody can point, what lies on top may be left out of the picture.
        for mark in marks.iter().filter(|mark| picture.contains(mark.center)) {
            let topmost = marks
                .iter()
                .rfind(|other| other.form.covers(mark.center - other.center, other.radius, 0.0))
                .expect("it covers its own middle");
            let Some(Hit::Entity(id)) = picked(&scene, &camera, mark.center, 4.0) else {
                return Err(TestCaseError::fail("a mark was painted, none was found"));
            };
            let center = scene.centers[scene.index_of(id).expect("drawn")];
            let found = camera.screen_from_world(center, SIZE);
            prop_assert!(found.distance(topmost.center) < 0.01);
        }
    }

    #[test]
    fn picking_a_line_finds_a_line_that_passes_there(
        project in any_project(),
        camera in any_camera(),
        share in 0.05..0.95_f32,
    ) {
        let scene = scene_of(&project);
        let shapes = displayed(&scene, camera);
        let (lines, marks) = (lines(&shapes), marks(&shapes));
        for line in &lines {
            let at = line.at(share);
            let covered = marks
                .iter()
                .any(|mark| mark.form.covers(at - mark.center, mark.radius, 5.0));
            if covered || !Rect::from_corners(Point::default(), Point::default() + SIZE).contains(at) {
                continue;
            }
            let hit = picked(&scene, &camera, at, 4.0);
            prop_assert!(matches!(hit, Some(Hit::Relation(_))), "nothing on a line: {:?}", hit);
        }
    }

    /// At any point of any view, with something followed or not: what is found was painted there, and
    /// where something was painted it is found, a node before a line and a stated line before another.
    #[test]
    fn pick_finds_what_was_painted_and_nothing_else(
        project in any_project(),
        camera in any_camera(),
        followed in prop::option::of(0..30_u32),
        at in (0.0..900.0_f32, 0.0..600.0_f32),
    ) {
        const TOLERANCE: f32 = 4.0;
        let scene = scene_of(&project);
        let followed: BTreeSet<EntityId> = followed.map(EntityId).into_iter().collect();
        let overlay = Overlay::following(&scene, &followed, None);
        let detail = scene.detail(&camera, SIZE);
        let none = labels::place_overlay(&scene, &overlay, &camera, SIZE);
        let list = scene.display(&View {
            camera,
            size: SIZE,
            detail: &detail,
            labels: &none,
            overlay: Some((&overlay, &none)),
            stepped_back: 1.0,
            reserved: &[],
        });
        let shapes: Vec<Shape> = list.shapes().collect();
        let at = Point::new(at.0, at.1);
        let near = |reach: f32| {
            let (marks, lines) = (marks(&shapes), lines(&shapes));
            let mark = marks
                .iter()
                .any(|mark| mark.form.covers(at - mark.center, mark.radius, reach));
            let line = lines.iter().any(|line| {
                let steps = 256;
                (0..=steps).any(|step| {
                    let way = line.at(step as f32 / steps as f32);
                    way.distance(at) <= reach + 0.5 * line.width
                })
            });
            (mark, line)
        };
        // What lies at the very edge of the tolerance may count or not, and arrow heads are thicker
        // than their lines.
        let (surely, perhaps) = (near(TOLERANCE - 1.5), near(TOLERANCE + 6.0));
        match scene.pick(&detail, at, TOLERANCE, (&camera, SIZE), Some(&overlay)) {
            Some(Hit::Entity(_)) => prop_assert!(perhaps.0, "no mark was painted at {at:?}"),
            Some(Hit::Relation(_)) => {
                prop_assert!(perhaps.1, "no line was painted at {at:?}");
                prop_assert!(!surely.0, "a line was found where there is a mark");
            }
            None => prop_assert!(!surely.0 && !surely.1, "something was painted at {at:?}"),
        }
    }
}

/// Far more lines than a view has room for: the stated ones are all there, what was left out is
/// counted, and each mark that was painted is found.
#[test]
fn a_crowd_is_thinned_and_what_is_painted_is_found() {
    let scene = scene_of(&graphs::scattered(30_000, 3));
    let fitted = fitting_camera(&scene, SIZE, Corners::default());
    for factor in [1.0, 4.0, 40.0] {
        let camera = Camera {
            zoom: fitted.zoom * factor,
            ..fitted
        };
        let detail = scene.detail(&camera, SIZE);
        let shapes = displayed(&scene, camera);
        let frame = Rect::from_corners(Point::default(), Point::default() + SIZE);
        if factor == 1.0 {
            assert_eq!(
                lines(&shapes).len() + detail.lines_left_out(),
                scene.links.len()
            );
            assert!(marks(&shapes).len() < 30_000 && marks(&shapes).len() > 8_000);
        }
        let painted = marks(&shapes);
        for mark in painted
            .iter()
            .filter(|m| frame.contains(m.center))
            .step_by(97)
        {
            let hit = scene.pick(&detail, mark.center, 4.0, (&camera, SIZE), None);
            assert!(
                matches!(hit, Some(Hit::Entity(_))),
                "{hit:?} at zoom {}",
                camera.zoom
            );
        }
        for line in lines(&shapes).iter().step_by(211) {
            let at = line.at(0.4);
            if frame.contains(at) {
                let hit = scene.pick(&detail, at, 4.0, (&camera, SIZE), None);
                assert!(hit.is_some(), "nothing at {at:?}, zoom {}", camera.zoom);
            }
        }
    }
}

#[test]
fn parallel_lines_are_fanned_out_and_all_can_be_picked() {
    let mut patch = Patch::default();
    for index in 0..2 {
        patch.entities.push(graphs::entity(
            index,
            EntityKind::Person,
            format!("N{index}"),
            3,
        ));
    }
    graphs::place(
        &mut patch,
        [Point::new(-150.0, 0.0), Point::new(150.0, 0.0)],
    );
    let kinds = [
        RelationKind::Leads,
        RelationKind::MetWith,
        RelationKind::Accuses,
    ];
    for (id, kind) in kinds.into_iter().enumerate() {
        patch.relations.push(graphs::relation(
            id,
            id % 2,
            1 - id % 2,
            kind,
            Status::Asserted,
            1,
        ));
    }
    let scene = scene_of(&Project::from_parts(patch, [0; 4], SavedView::default()));
    let camera = Camera::default();
    let mut found: Vec<u32> = lines(&displayed(&scene, camera))
        .iter()
        .filter_map(|line| match picked(&scene, &camera, line.at(0.5), 3.0) {
            Some(Hit::Relation(id)) => Some(id.0),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    assert_eq!(found, [0, 1, 2]);
}

#[test]
fn what_is_followed_is_red_and_in_front() {
    let scene = scene_of(&graphs::scattered(50, 9));
    let followed = scene.nodes[0].id;
    let overlay = Overlay::following(&scene, &[followed].into(), None);
    assert!(!overlay.red_links.is_empty());
    let shapes = picture(&scene, None, SIZE, Some(&overlay), false);
    let highlight = scene.theme.highlight;
    let red = lines(&shapes)
        .iter()
        .filter(|line| line.color == highlight)
        .count();
    assert_eq!(red, overlay.red_links.len());
    let ringed: Vec<Mark> = marks(&shapes)
        .into_iter()
        .filter(|m| m.ring.is_some())
        .collect();
    assert_eq!(ringed.len(), 1);
    let back = lines(&shapes)
        .iter()
        .filter(|line| line.color != highlight)
        .all(|line| line.color != scene.theme.line);
    assert!(back, "other lines step back");
}

#[test]
fn the_legend_tells_what_is_there_and_nothing_else() {
    let scene = scene_of(&graphs::scattered(80, 4));
    let (shapes, frame) = legend(&scene, SIZE);
    let texts: Vec<String> = node_labels(&shapes)
        .iter()
        .map(|l| l.text.to_string())
        .collect();
    assert!(
        texts.contains(&"People".to_owned()) && texts.contains(&"Mentioned together".to_owned())
    );
    assert!(!texts.contains(&"Denied".to_owned()));
    assert!(frame.min.x >= 0.0 && frame.max.y <= SIZE.y);
    let empty = scene_of(&Project::default());
    assert!(legend(&empty, SIZE).0.is_empty());
    assert!(picture(&empty, None, SIZE, None, true).is_empty());
}

#[test]
fn odd_graphs_are_drawn_all_the_same() {
    let mut patch = Patch::default();
    for index in 0..3 {
        let name = ["", "\u{202e}x\u{0}\n", &"長".repeat(300)][index].to_owned();
        patch
            .entities
            .push(graphs::entity(index, EntityKind::Unit, name, 1_000 * index));
    }
    let places = [
        Point::new(f32::NAN, 0.0),
        Point::new(1e30, -1e30),
        Point::new(0.0, 0.0),
    ];
    graphs::place(&mut patch, places);
    for id in 0..10_000 {
        let ends = (id % 3, (id + id / 3) % 3);
        patch.relations.push(graphs::relation(
            id,
            ends.0,
            ends.1,
            RelationKind::Fights,
            Status::Denied,
            1,
        ));
    }
    let scene = scene_of(&Project::from_parts(patch, [0; 4], SavedView::default()));
    for zoom in [Camera::MIN_ZOOM, 1.0, Camera::MAX_ZOOM] {
        let camera = Camera {
            center_in_world: Point::default(),
            zoom,
        };
        for shape in displayed(&scene, camera) {
            if let Shape::Mark(mark) = shape {
                assert!(mark.center.is_finite() && mark.radius.is_finite());
            }
        }
        let _ = picked(&scene, &camera, Point::new(9.0, 7.0), 4.0);
    }
    assert!(fitting_camera(&scene, SIZE, Corners::default()).zoom > 0.0);
}
