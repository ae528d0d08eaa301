//! Promises of names and lines: no label lies over another, zooming makes none flicker, arrow heads
//! touch what they point at, loops are drawn whole.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use proptest::prelude::*;
use redstring::geometry::{Camera, Point, Rect, Vector};
use redstring::model::{
    EntityId, EntityKind, Filters, Patch, Project, RelationKind, SavedView, Status,
};
use redstring::scene::labels::{self, Labeled, PlacedLabels, Placing};
use redstring::scene::{
    Arrow, Corners, DisplayList, Hit, Label, Mark, Overlay, Scene, SceneInput, Shape, Theme, View,
    build, fitting_camera,
};
use std::collections::BTreeSet;
use support::graphs;

const SIZE: Vector = Vector::new(900.0, 600.0);

fn scene_of(project: &Project) -> Scene {
    let mut filters = Filters::default();
    filters.kinds.extend(EntityKind::ALL);
    build(&SceneInput {
        project,
        visible: &filters.visible(project),
        live: None,
        theme: Theme::light(),
    })
}

fn shown(scene: &Scene, camera: Camera, overlay: Option<&Overlay>) -> DisplayList {
    let placed = overlay.map(|overlay| labels::place_overlay(scene, overlay, &camera, SIZE));
    scene.display(&View {
        camera,
        size: SIZE,
        detail: &scene.detail(&camera, SIZE),
        labels: &labels::place(scene, &camera, SIZE),
        overlay: overlay.zip(placed.as_ref()),
        stepped_back: 0.0,
        reserved: &[],
    })
}

/// Entities at these places, one of each kind in turn, with lines between them.
fn project(places: &[(f32, f32)], lines: &[(usize, usize)]) -> Project {
    let mut patch = Patch::default();
    for index in 0..places.len() {
        let kind = EntityKind::ALL[index % EntityKind::ALL.len()];
        let name = format!("Name {index} of something");
        patch
            .entities
            .push(graphs::entity(index, kind, name, 5 + 7 * (index % 5)));
    }
    graphs::place(&mut patch, places.iter().map(|&(x, y)| Point::new(x, y)));
    let kinds = [
        RelationKind::Leads,
        RelationKind::PartOf,
        RelationKind::Accuses,
    ];
    for (id, &(a, b)) in lines.iter().enumerate() {
        let kind = kinds[id % kinds.len()];
        let status = [Status::Asserted, Status::Reported][id % 2];
        patch
            .relations
            .push(graphs::relation(id, a, b, kind, status, 1 + id % 3));
    }
    Project::from_parts(patch, [0; 4], SavedView::default())
}

fn any_project() -> impl Strategy<Value = Project> {
    let node = (-400.0..400.0_f32, -300.0..300.0_f32);
    let line = (0..24_usize, 0..24_usize);
    (
        prop::collection::vec(node, 1..24),
        prop::collection::vec(line, 0..40),
    )
        .prop_map(|(nodes, lines)| {
            let count = nodes.len();
            let lines: Vec<_> = lines
                .into_iter()
                .map(|(a, b)| (a % count, b % count))
                .collect();
            project(&nodes, &lines)
        })
}

fn any_camera() -> impl Strategy<Value = Camera> {
    (-200.0..200.0_f32, -200.0..200.0_f32, -2.0..2.0_f32).prop_map(|(x, y, power)| Camera {
        center_in_world: Point::new(x, y),
        zoom: power.exp2(),
    })
}

/// The corners of a line of text, a hair within its edges.
fn corners(label: &Label) -> [Point; 4] {
    let along = Vector::new(label.angle.cos(), label.angle.sin());
    let (half, high) = (along * (label.width * 0.5 - 0.01), along.perpendicular());
    let high = high * (label.size * 0.5 - 0.01);
    let corner = |x: f32, y: f32| label.center + half * x + high * y;
    [
        corner(-1.0, -1.0),
        corner(1.0, -1.0),
        corner(1.0, 1.0),
        corner(-1.0, 1.0),
    ]
}

/// Two lines of text have a point in common: no side of either parts them (separating axes).
fn overlap(a: &Label, b: &Label) -> bool {
    let (a_corners, b_corners) = (corners(a), corners(b));
    [a.angle, b.angle].into_iter().all(|angle| {
        let along = Vector::new(angle.cos(), angle.sin());
        [along, along.perpendicular()].into_iter().all(|axis| {
            let span = |corners: &[Point; 4]| {
                let shares = corners.map(|corner| (corner - Point::default()).dot(axis));
                shares
                    .iter()
                    .fold((f32::MAX, f32::MIN), |(low, high), &share| {
                        (low.min(share), high.max(share))
                    })
            };
            let (a, b) = (span(&a_corners), span(&b_corners));
            a.0 < b.1 && b.0 < a.1
        })
    })
}

fn nodes_of(placed: &PlacedLabels) -> Vec<(u32, labels::Side)> {
    let of_node = placed
        .labels
        .iter()
        .filter_map(|label| match label.labeled {
            Labeled::Node(index) => Some((index, label.side)),
            Labeled::Link(_) => None,
        });
    of_node.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Names and words of lines, of what is followed and of what is not.
    #[test]
    fn no_label_lies_over_another(
        project in any_project(),
        camera in any_camera(),
        followed in prop::option::of(0..24_u32),
    ) {
        let scene = scene_of(&project);
        let followed: Option<BTreeSet<EntityId>> = followed.map(|id| [EntityId(id)].into());
        let overlay = followed.map(|ids| Overlay::following(&scene, &ids, None));
        let list = shown(&scene, camera, overlay.as_ref().filter(|overlay| !overlay.is_empty()));
        let all: Vec<&Label> = list.labels.iter().chain(&list.followed_labels).collect();
        for (index, a) in all.iter().enumerate() {
            for b in &all[index + 1..] {
                prop_assert!(!overlap(a, b), "{} at {:?} and {} at {:?}", a.text, a.center, b.text, b.center);
            }
        }
    }

    /// The tip of each arrow lies on the edge of the mark that it points at.
    #[test]
    fn arrow_heads_touch_what_they_point_at(project in any_project(), camera in any_camera()) {
        let scene = scene_of(&project);
        let list = shown(&scene, camera, None);
        // Beyond the edge of the view an arrow may be there without its mark.
        let frame = Rect::from_corners(Point::default(), Point::default() + SIZE);
        for arrow in arrows(&list).iter().filter(|arrow| frame.contains(arrow.tip)) {
            let touched = painted(&list).iter().any(|mark| touches(arrow, mark));
            prop_assert!(touched, "{:?}", arrow.tip);
        }
    }

    /// The bounds hold every mark whole, and each of their sides touches one.
    #[test]
    fn the_bounds_are_those_of_the_marks(project in any_project()) {
        let scene = scene_of(&project);
        let bounds = scene.bounds_in_world();
        let mut around = Rect::EMPTY;
        for (node, &center) in scene.nodes.iter().zip(&scene.centers) {
            for corner in node.form.outline(64) {
                let corner = center + (corner - Point::default()) * node.radius;
                prop_assert!(bounds.expanded(0.01).contains(corner), "{corner:?} {bounds:?}");
                around.include(corner);
            }
        }
        let largest = scene.nodes.iter().map(|node| node.radius).fold(0.0, f32::max);
        prop_assert!(around.expanded(largest).contains(bounds.min));
        prop_assert!(around.expanded(largest).contains(bounds.max));
        // And the camera that shows all shows all of them.
        let camera = fitting_camera(&scene, SIZE, Corners::default());
        let frame = Rect::from_corners(Point::default(), Point::default() + SIZE);
        for &center in &scene.centers {
            prop_assert!(frame.contains(camera.screen_from_world(center, SIZE)));
        }
    }
}

fn arrows(list: &DisplayList) -> Vec<Arrow> {
    let arrows = list.arrows.iter().filter_map(|shape| match shape {
        Shape::Arrow(arrow) => Some(*arrow),
        Shape::Line(_) | Shape::Mark(_) | Shape::Label(_) | Shape::Box(_) | Shape::Outline(_) => {
            None
        }
    });
    arrows.collect()
}

fn painted(list: &DisplayList) -> Vec<Mark> {
    let marks = list.marks.iter().filter_map(|shape| match shape {
        Shape::Mark(mark) => Some(*mark),
        Shape::Line(_) | Shape::Arrow(_) | Shape::Label(_) | Shape::Box(_) | Shape::Outline(_) => {
            None
        }
    });
    marks.chain(list.dots.iter().map(Mark::from)).collect()
}

fn touches(arrow: &Arrow, mark: &Mark) -> bool {
    let offset = arrow.tip - mark.center;
    let distance = (offset.length() - mark.form.reach(offset.normalized()) * mark.radius).abs();
    distance < 0.1 && arrow.direction.dot(offset) < 0.0
}

/// Two loops at one node and one at another: each a line of two curves that leaves the mark and comes
/// back to it with an arrow head, and can be pointed at; words are beside the first of each.
#[test]
fn loops_are_drawn_named_and_found() {
    let lines = [(0, 0), (0, 0), (0, 1), (1, 1)];
    let scene = scene_of(&project(&[(0.0, 0.0), (-320.0, 40.0)], &lines));
    let camera = Camera::default();
    let list = shown(&scene, camera, None);
    let mark = painted(&list)
        .into_iter()
        .find(|mark| mark.center.distance(Point::default() + SIZE * 0.5) < 1.0);
    let mark = mark.expect("the first node is painted");
    let mut outermost = Vec::new();
    for shape in &list.lines {
        if let Shape::Line(line) = shape
            && line.control.is_some()
        {
            let farthest = (0..=32).map(|step| line.at(step as f32 / 32.0).distance(mark.center));
            outermost.push(farthest.fold(0.0, f32::max));
            let hit = scene.pick(
                &scene.detail(&camera, SIZE),
                line.at(0.6),
                3.0,
                (&camera, SIZE),
                None,
            );
            assert!(matches!(hit, Some(Hit::Relation(_))), "{hit:?}");
        }
    }
    assert_eq!(outermost.len(), 6, "two curves to a loop");
    assert!(outermost.iter().all(|&far| far > 2.0 * mark.radius));
    let at_mark = arrows(&list)
        .iter()
        .filter(|arrow| touches(arrow, &mark))
        .count();
    assert_eq!(at_mark, 2, "a head to each loop");
    let named = list
        .labels
        .iter()
        .filter(|label| label.italic && label.angle == 0.0);
    assert_eq!(named.count(), 2, "words beside one loop of each");
}

/// As the canvas does it: a new choice begins with the labels of the one before.
fn after(scene: &Scene, camera: &Camera, previous: &PlacedLabels) -> PlacedLabels {
    let mut placing = Placing::start(scene, camera, SIZE, Some(previous));
    placing.advance(scene, usize::MAX);
    placing.finish()
}

#[test]
fn labels_stay_when_a_step_of_zoom_is_crossed() {
    for seed in 0..6 {
        let scene = scene_of(&graphs::scattered(400, seed));
        let fitted = fitting_camera(&scene, SIZE, Corners::default());
        let closer = |camera: Camera, factor: f32| Camera {
            zoom: camera.zoom * factor,
            ..camera
        };
        let (step, start) = (2.0_f32.powf(0.25), closer(fitted, 2.0));
        let first = labels::place(&scene, &start, SIZE);
        let second = after(&scene, &closer(start, step), &first);
        assert!(!second.holds_for(&start, SIZE), "another step");
        let (before, now) = (nodes_of(&first), nodes_of(&second));
        let region = |index: u32| {
            // What the new region still holds.
            let at = closer(start, step).screen_from_world(scene.centers[index as usize], SIZE);
            Rect::from_corners(Point::default(), Point::default() + SIZE).contains(at)
        };
        let inside: Vec<_> = before.iter().filter(|(index, _)| region(*index)).collect();
        let count = inside.len();
        let shown = inside
            .iter()
            .filter(|(index, _)| now.iter().any(|(i, _)| i == index));
        let shown = shown.count();
        let stay = inside.iter().filter(|label| now.contains(label)).count();
        assert!(count > 20);
        assert!(
            shown * 100 >= count * 95,
            "{shown} of {count} are still shown"
        );
        assert!(stay * 100 >= count * 80, "{stay} of {count} stay");
        // Out again there is room for fewer, but those that are left lie where they lay.
        let third = after(&scene, &start, &second);
        let left = nodes_of(&third);
        let both: Vec<_> = left
            .iter()
            .filter(|(index, _)| now.iter().any(|(i, _)| i == index))
            .collect();
        let same = both.iter().filter(|label| now.contains(label)).count();
        assert!(
            same * 100 >= both.len() * 90,
            "{same} of {} keep their side",
            both.len()
        );
        assert!(
            both.len() * 100 >= before.len() * 70,
            "{} of {}",
            both.len(),
            before.len()
        );
    }
}
