//! Promises of names in a picture: none over another, those of the most important alone over marks that are
//! not their own, and then over lesser ones; none cut, none that comes and goes while one pans.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use proptest::prelude::*;
use redstring::geometry::{Camera, Point, Rect, Vector};
use redstring::scene::{
    Corners, Label, Mark, Measures, Scene, Shape, View, fitting_camera, labels, picture,
};
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

/// A name that lies over a mark which is not its own.
#[derive(Debug)]
struct Over {
    #[allow(dead_code)] // Told when a test fails.
    name: String,
    /// So many are named before its node.
    rank: usize,
    /// The rank and the index of the node whose mark lies under it.
    other: (usize, u32),
}

impl Over {
    /// Its node is not among the most important, or the other is more important.
    fn is_wrong(&self) -> bool {
        self.rank >= Measures::get().label.free_ranks || self.other.0 < self.rank
    }
}

/// Names that lie over marks which are not theirs, in a picture without a legend.
fn over_marks(scene: &Scene, shapes: &[Shape], to_screen: impl Fn(Point) -> Point) -> Vec<Over> {
    let mut places: Vec<(Mark, u32)> = Vec::new();
    let at: Vec<Point> = scene
        .centers
        .iter()
        .map(|&center| to_screen(center))
        .collect();
    let mut free: Vec<bool> = vec![true; at.len()];
    for mark in marks(shapes) {
        let away = |index: &usize| at[*index].distance(mark.center);
        let fits = |index: &usize| free[*index] && scene.nodes[*index].form == mark.form;
        let nearest = (0..at.len())
            .filter(fits)
            .min_by(|a, b| away(a).total_cmp(&away(b)));
        let index = nearest.expect("a mark is of a node");
        free[index] = false;
        places.push((mark, index as u32));
    }
    let mut ranks = vec![0; at.len()];
    for (rank, &index) in scene.label_order.iter().enumerate() {
        ranks[index as usize] = rank;
    }
    let mut found = Vec::new();
    for label in node_labels(shapes) {
        let named = |place: &&(Mark, u32)| {
            let lines = &scene.nodes[place.1 as usize].label;
            lines.iter().any(|(line, _)| *line == label.text)
        };
        let away = |place: &(Mark, u32)| {
            let half = Vector::new(0.5 * label.width, 0.5 * label.size);
            let rect = Rect::from_corners(label.center - half, label.center + half);
            let near = |value: f32, low: f32, high: f32| value.clamp(low, high);
            let it = place.0.center;
            let inside = Point::new(
                near(it.x, rect.min.x, rect.max.x),
                near(it.y, rect.min.y, rect.max.y),
            );
            inside.distance(it) - place.0.radius
        };
        let covered: Vec<u32> = (places.iter().filter(|place| covers(&label, &place.0)))
            .map(|place| place.1)
            .collect();
        let over = |own: u32| -> Vec<Over> {
            let others = covered.iter().filter(|&&other| other != own);
            let over = |&other: &u32| Over {
                name: label.text.to_string(),
                rank: ranks[own as usize],
                other: (ranks[other as usize], other),
            };
            others.map(over).collect()
        };
        // Lines of names that several have may be of any of them.
        let wrong = |over: &[Over]| over.iter().filter(|over| over.is_wrong()).count();
        let of_each = places
            .iter()
            .filter(named)
            .map(|place| (away(place), over(place.1)));
        let best = of_each.min_by(|a, b| wrong(&a.1).cmp(&wrong(&b.1)).then(a.0.total_cmp(&b.0)));
        found.extend(best.into_iter().flat_map(|(_, over)| over));
    }
    found
}

/// Names that lie over a mark though they are not among the most important, or over one that is more
/// important than theirs.
fn wrongly_over(scene: &Scene, shapes: &[Shape], to_screen: impl Fn(Point) -> Point) -> Vec<Over> {
    let most = Measures::get().label.free_ranks;
    let found = over_marks(scene, shapes, to_screen).into_iter();
    found
        .filter(|over| over.rank >= most || over.other.0 < over.rank)
        .collect()
}

/// [`wrongly_over`] in a picture for a file, whose marks tell where each point of the world went.
fn wrongly_over_in_file(scene: &Scene) -> Vec<Over> {
    let shapes = picture(scene, None, SIZE, None, false);
    let bounds = |points: Vec<Point>| {
        let mut bounds = Rect::EMPTY;
        points.into_iter().for_each(|point| bounds.include(point));
        bounds
    };
    let drawn = bounds(marks(&shapes).iter().map(|mark| mark.center).collect());
    let world = bounds(scene.centers.to_vec());
    let longest = world.width().max(world.height());
    let zoom = if longest > 0.0 {
        drawn.width().max(drawn.height()) / longest
    } else {
        1.0
    };
    wrongly_over(scene, &shapes, |point| {
        drawn.center() + (point - world.center()) * zoom
    })
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
    fn names_lie_over_lesser_marks_at_most(project in any_project(), camera in any_camera()) {
        let scene = scene_of(&project);
        let to_screen = |point| camera.screen_from_world(point, SIZE);
        let found = wrongly_over(&scene, &displayed(&scene, camera), to_screen);
        prop_assert!(found.is_empty(), "{found:?}");
        let found = wrongly_over_in_file(&scene);
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
fn in_crowds_the_most_important_names_show_and_the_others_keep_clear_of_marks() {
    for (nodes, seed) in [(60, 1), (300, 2), (900, 3)] {
        let scene = scene_of(&graphs::generated(nodes, seed));
        let fitted = fitting_camera(&scene, SIZE, Corners::default());
        for factor in [0.6, 1.0, 1.3, 2.1, 4.0] {
            let zoom = fitted.zoom * factor;
            let camera = Camera { zoom, ..fitted };
            let shapes = displayed(&scene, camera);
            let to_screen = |point| camera.screen_from_world(point, SIZE);
            let found = wrongly_over(&scene, &shapes, to_screen);
            assert!(found.is_empty(), "{nodes} nodes, {factor} times: {found:?}");
            let placed = labels::place(&scene, &camera, SIZE);
            let named = |index: u32| {
                let it = labels::Labeled::Node(index);
                placed.labels.iter().any(|label| label.labeled == it)
            };
            let shown = scene.label_order[..40]
                .iter()
                .filter(|&&index| named(index));
            let shown = shown.count();
            let least = if factor < 1.0 { 16 } else { 24 };
            assert!(
                shown >= least,
                "{nodes} nodes, {factor} times: {shown} of the first forty"
            );
        }
        let found = wrongly_over_in_file(&scene);
        assert!(found.is_empty(), "{nodes} nodes in a file: {found:?}");
    }
}

/// Whose mark lies under the name of another is not named: the name would seem to be of something else.
#[test]
fn nobody_is_named_whose_mark_lies_under_a_name() {
    let scene = scene_of(&graphs::generated(900, 3));
    let fitted = fitting_camera(&scene, SIZE, Corners::default());
    let placed = labels::place(&scene, &fitted, SIZE);
    let shapes = displayed(&scene, fitted);
    let over = over_marks(&scene, &shapes, |point| {
        fitted.screen_from_world(point, SIZE)
    });
    assert!(!over.is_empty(), "nothing is crowded here");
    for over in over {
        let named =
            |label: &labels::PlacedLabel| label.labeled == labels::Labeled::Node(over.other.1);
        assert!(!placed.labels.iter().any(named), "{over:?}");
    }
}
