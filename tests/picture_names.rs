//! Promises of names in a picture: none over another or over a mark that is not its own, none cut, none
//! that comes and goes while one pans.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use proptest::prelude::*;
use redstring::geometry::{Camera, Point, Rect, Vector};
use redstring::scene::{Corners, Label, Mark, Scene, Shape, View, fitting_camera, labels, picture};
use std::collections::HashMap;
use support::drawn::{
    SIZE, any_camera, any_project, displayed, label_rect, marks, node_labels, scene_of,
};
use support::graphs;

/// No label of the projects here is wider.
const LABEL_REACH: f32 = 150.0;

/// Whether a point of a line of text lies on a mark.
fn covers(label: &Label, mark: &Mark) -> bool {
    let along = Vector::new(label.angle.cos(), label.angle.sin());
    let down = along.perpendicular();
    let (across, high) = (label.width.ceil() as i32, label.size.ceil() as i32);
    if label.center.distance(mark.center) > label.width + label.size + 2.0 * mark.radius {
        return false;
    }
    let step = |at: i32, of: i32, length: f32| (at as f32 / of as f32 - 0.5) * length;
    (0..=across).any(|x| {
        (0..=high).any(|y| {
            let at = along * step(x, across, label.width) + down * step(y, high, label.size);
            mark.form
                .covers(label.center + at - mark.center, mark.radius, 0.0)
        })
    })
}

/// Names that lie over marks which are not theirs. `shapes` are those of a picture without a legend.
fn over_marks(scene: &Scene, shapes: &[Shape]) -> Vec<(String, Mark)> {
    let marks = marks(shapes);
    let mut lines: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, node) in scene.nodes.iter().enumerate() {
        for (line, _) in &node.label {
            lines.entry(line).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for label in node_labels(shapes) {
        // The mark of a node with that name that is nearest is its own.
        let own = |mark: &&Mark| {
            let kinds = lines[&*label.text].iter().map(|&at| scene.nodes[at].form);
            kinds.clone().any(|form| form == mark.form)
        };
        let away = |mark: &Mark| mark.center.distance(label.center);
        let nearest = marks
            .iter()
            .filter(own)
            .min_by(|a, b| away(a).total_cmp(&away(b)));
        let others = marks.iter().filter(|mark| Some(*mark) != nearest);
        found.extend(
            others
                .filter(|mark| covers(&label, mark))
                .map(|mark| (label.text.to_string(), *mark)),
        );
    }
    found
}

proptest! {
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
    fn no_name_lies_over_the_mark_of_another(project in any_project(), camera in any_camera()) {
        let scene = scene_of(&project);
        let found = over_marks(&scene, &displayed(&scene, camera));
        prop_assert!(found.is_empty(), "{found:?}");
        let found = over_marks(&scene, &picture(&scene, None, SIZE, None, false));
        prop_assert!(found.is_empty(), "in a picture for a file: {found:?}");
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
    assert!(far > 0.001, "{far}");
}

#[test]
fn the_most_mentioned_have_their_label_at_any_zoom() {
    let scene = scene_of(&graphs::generated(150, 2));
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

/// Graphs with groups and hubs, from afar and from near, in the window and in files.
#[test]
fn names_keep_clear_of_marks_in_crowds() {
    for (nodes, seed) in [(60, 1), (300, 2), (900, 3)] {
        let scene = scene_of(&graphs::generated(nodes, seed));
        let fitted = fitting_camera(&scene, SIZE, Corners::default());
        for factor in [0.6, 1.0, 1.3, 2.1, 4.0] {
            let camera = redstring::geometry::Camera {
                zoom: fitted.zoom * factor,
                ..fitted
            };
            let shapes = displayed(&scene, camera);
            let found = over_marks(&scene, &shapes);
            assert!(found.is_empty(), "{nodes} nodes, {factor} times: {found:?}");
            assert!(!node_labels(&shapes).is_empty());
        }
        let found = over_marks(&scene, &picture(&scene, None, SIZE, None, false));
        assert!(found.is_empty(), "{nodes} nodes in a file: {found:?}");
    }
}
