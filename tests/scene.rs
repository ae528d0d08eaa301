//! Promises of the scene: what was painted is found, labels keep apart and stay where they are, and no
//! graph is too odd to be drawn.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use proptest::prelude::*;
use redstring::geometry::{Camera, Point, Rect, Vector};
use redstring::model::{
    EntityId, EntityKind, Filters, Patch, Project, RelationKind, SavedView, Status,
};
use redstring::scene::{
    Corners, Hit, Label, Line, Mark, Overlay, Scene, SceneInput, Shape, Theme, View, build,
    fitting_camera, labels, legend, picture,
};
use std::collections::BTreeSet;
use support::graphs;

const SIZE: Vector = Vector::new(900.0, 600.0);

fn scene_of(project: &Project) -> Scene {
    let visible = Filters::default().visible(project);
    build(&SceneInput {
        project,
        visible: &visible,
        live: None,
        theme: Theme::light(),
    })
}

fn displayed(scene: &Scene, camera: Camera) -> Vec<Shape> {
    let view = View {
        camera,
        size: SIZE,
        detail: &scene.detail(&camera, SIZE),
        labels: &labels::place(scene, &camera, SIZE),
        overlay: None,
        stepped_back: 0.0,
        reserved: &[],
    };
    scene.display(&view).shapes().collect()
}

fn picked(scene: &Scene, camera: &Camera, at: Point, tolerance: f32) -> Option<Hit> {
    let detail = scene.detail(camera, SIZE);
    scene.pick(&detail, at, tolerance, (camera, SIZE), None)
}

fn marks(shapes: &[Shape]) -> Vec<Mark> {
    shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Mark(mark) => Some(*mark),
            Shape::Line(_)
            | Shape::Arrow(_)
            | Shape::Label(_)
            | Shape::Box(_)
            | Shape::Outline(_) => None,
        })
        .collect()
}

fn lines(shapes: &[Shape]) -> Vec<Line> {
    shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line(line) => Some(*line),
            Shape::Mark(_)
            | Shape::Arrow(_)
            | Shape::Label(_)
            | Shape::Box(_)
            | Shape::Outline(_) => None,
        })
        .collect()
}

fn node_labels(shapes: &[Shape]) -> Vec<Label> {
    shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Label(label) if !label.italic => Some(label.clone()),
            Shape::Label(_)
            | Shape::Line(_)
            | Shape::Arrow(_)
            | Shape::Mark(_)
            | Shape::Box(_)
            | Shape::Outline(_) => None,
        })
        .collect()
}

fn label_rect(label: &Label) -> Rect {
    Rect::from_center(label.center, Vector::new(label.width, label.size))
}

/// Up to 30 entities anywhere in a square, and up to 40 lines between them.
fn any_project() -> impl Strategy<Value = Project> {
    let node = (
        0..8_usize,
        1..80_usize,
        -400.0..400.0_f32,
        -300.0..300.0_f32,
    );
    let line = (
        0..30_usize,
        0..30_usize,
        0..RelationKind::ALL.len(),
        0..4_usize,
        1..5_usize,
    );
    (
        prop::collection::vec(node, 1..30),
        prop::collection::vec(line, 0..40),
    )
        .prop_map(|(nodes, lines)| {
            let mut patch = Patch::default();
            for (index, (kind, mentions, _, _)) in nodes.iter().enumerate() {
                let kind = EntityKind::ALL[*kind];
                let name = format!("Name {index} of something");
                patch
                    .entities
                    .push(graphs::entity(index, kind, name, *mentions));
            }
            graphs::place(
                &mut patch,
                nodes.iter().map(|&(_, _, x, y)| Point::new(x, y)),
            );
            for (a, b, kind, status, documents) in lines {
                let (a, b) = (a % nodes.len(), b % nodes.len());
                let id = patch.relations.len();
                let (kind, status) = (RelationKind::ALL[kind], Status::ALL[status]);
                patch
                    .relations
                    .push(graphs::relation(id, a, b, kind, status, documents));
            }
            Project::from_parts(patch, [0; 4], SavedView::default())
        })
}

fn any_camera() -> impl Strategy<Value = Camera> {
    (-200.0..200.0_f32, -200.0..200.0_f32, -3.0..2.0_f32).prop_map(|(x, y, power)| Camera {
        center_in_world: Point::new(x, y),
        zoom: power.exp2(),
    })
}

/// No label of the projects here is wider.
const LABEL_REACH: f32 = 150.0;

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

    #[test]
    fn no_label_is_cut_or_lies_under_what_is_over_the_picture(
        project in any_project(),
        camera in any_camera(),
    ) {
        let scene = scene_of(&project);
        let legend = Rect::from_corners(Point::new(0.0, 400.0), Point::new(240.0, 600.0));
        let list = scene.display(&View {
            camera,
            size: SIZE,
            detail: &scene.detail(&camera, SIZE),
            labels: &labels::place(&scene, &camera, SIZE),
            overlay: None,
            stepped_back: 0.0,
            reserved: &[legend],
        });
        let frame = Rect::from_corners(Point::default(), Point::default() + SIZE);
        for label in list.labels.iter().filter(|label| !label.italic) {
            let rect = label_rect(label);
            prop_assert!(frame.contains(rect.min) && frame.contains(rect.max), "{}", label.text);
            prop_assert!(!legend.intersects(&rect), "{}", label.text);
        }
    }

    #[test]
    fn node_labels_never_overlap(project in any_project(), camera in any_camera()) {
        let shapes = displayed(&scene_of(&project), camera);
        let rects: Vec<Rect> = node_labels(&shapes).iter().map(label_rect).collect();
        for (index, a) in rects.iter().enumerate() {
            for b in &rects[index + 1..] {
                prop_assert!(!a.expanded(-0.01).intersects(&b.expanded(-0.01)), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn panning_a_little_toggles_no_label_that_stays_inside(
        project in any_project(),
        camera in any_camera(),
        shift in (-6.0..6.0_f32, -6.0..6.0_f32),
    ) {
        let scene = scene_of(&project);
        let shift = Vector::new(shift.0, shift.1);
        let mut panned = camera;
        panned.center_in_world = camera.center_in_world + shift * (-1.0 / camera.zoom);
        // Nearer to the edge than a mark with its ring, a label may change when its mark crosses it.
        let frame = Rect::from_corners(Point::default(), Point::default() + SIZE).expanded(-40.0);
        // As the canvas does it: a new choice begins with the labels of the one before.
        let first = labels::place(&scene, &camera, SIZE);
        let mut placing = labels::Placing::start(&scene, &panned, SIZE, Some(&first));
        placing.advance(&scene, usize::MAX);
        let second = placing.finish();
        let shown = |camera: Camera, placed: &labels::PlacedLabels, size: Vector| {
            let list = scene.display(&View {
                camera,
                size,
                detail: &scene.detail(&camera, SIZE),
                labels: placed,
                overlay: None,
                stepped_back: 0.0,
                reserved: &[],
            });
            list.labels.into_iter().filter(|label| !label.italic).collect::<Vec<Label>>()
        };
        let (before, after) = (shown(camera, &first, SIZE), shown(panned, &second, SIZE));
        // Where it was placed, and not moved in from the edge: there it is in a wider view as well.
        let wide = shown(camera, &first, SIZE * 3.0);
        let settled = |label: &Label| {
            let rect = label_rect(label);
            let in_wide = label.center + SIZE;
            frame.contains(rect.min)
                && frame.contains(rect.max)
                && wide.iter().any(|other| other.text == label.text && other.center.distance(in_wide) < 0.1)
        };
        for label in before.iter().filter(|label| settled(label)) {
            let wanted = label.center + shift;
            let stays = after.iter().any(|other| other.text == label.text && other.center.distance(wanted) < 0.1);
            prop_assert!(stays, "{} at {:?} is gone", label.text, label.center);
        }
    }

    #[test]
    fn panning_moves_labels_and_changes_none(project in any_project(), camera in any_camera()) {
        let scene = scene_of(&project);
        let before = node_labels(&displayed(&scene, camera));
        let shift = Vector::new(37.0, -21.0);
        let mut panned = camera;
        panned.center_in_world = camera.center_in_world + shift * (-1.0 / camera.zoom);
        let after = node_labels(&displayed(&scene, panned));
        // A label that the edge cuts may leave its place to a neighbor, and whoever lies in its way
        // may give way to it: so far from the edge nobody is moved.
        let frame = Rect::from_corners(Point::default(), Point::default() + SIZE);
        let inside = frame.expanded(-(37.0 + LABEL_REACH));
        for label in before.iter().filter(|label| inside.contains(label.center)) {
            let wanted = label.center + shift;
            let stays = after
                .iter()
                .any(|other| other.text == label.text && other.center.distance(wanted) < 0.1);
            prop_assert!(stays, "{} at {:?} is gone", label.text, label.center);
        }
    }

    #[test]
    fn pictures_hold_every_mark_and_cut_no_label(project in any_project()) {
        let scene = scene_of(&project);
        let shapes = picture(&scene, None, SIZE, None, true);
        let frame = Rect::from_corners(Point::default(), Point::default() + SIZE);
        // The legend has marks of its own.
        prop_assert!(marks(&shapes).len() >= scene.nodes.len());
        for mark in marks(&shapes) {
            prop_assert!(frame.contains(mark.center));
        }
        for label in node_labels(&shapes) {
            let rect = label_rect(&label);
            prop_assert!(frame.contains(rect.min) && frame.contains(rect.max), "{}", label.text);
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
fn more_labels_show_as_one_zooms_in() {
    let scene = scene_of(&graphs::scattered(2_000, 5));
    let camera = fitting_camera(&scene, SIZE, Corners::default());
    let share_labeled = |factor: f32| {
        let zoom = camera.zoom * factor;
        let shapes = displayed(&scene, Camera { zoom, ..camera });
        let shown = marks(&shapes).len();
        node_labels(&shapes).len() as f32 / shown as f32
    };
    let (far, near, nearest) = (share_labeled(1.0), share_labeled(3.0), share_labeled(12.0));
    assert!(far < near && near < nearest, "{far} {near} {nearest}");
    assert!(far > 0.005, "{far}");
}

#[test]
fn the_most_mentioned_have_their_label_at_any_zoom() {
    let scene = scene_of(&graphs::scattered(500, 2));
    let camera = fitting_camera(&scene, SIZE, Corners::default());
    let most = &scene.nodes[scene.label_order[0] as usize];
    for factor in [0.5, 1.0, 2.0] {
        let zoomed = Camera {
            zoom: camera.zoom * factor,
            center_in_world: scene.centers[scene.label_order[0] as usize],
        };
        let texts: Vec<String> = node_labels(&displayed(&scene, zoomed))
            .iter()
            .map(|label| label.text.to_string())
            .collect();
        assert!(
            texts.iter().any(|text| **text == *most.label[0].0),
            "at {factor}: {texts:?}"
        );
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
