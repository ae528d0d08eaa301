//! Promises of whole pictures: the page takes the shape of what is drawn, nothing is cut, and the names that
//! matter most have room.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

mod support;

use redstring::geometry::{Point, Rect, Vector};
use redstring::model::{EntityKind, LayoutChoice, Patch, Project, SavedView};
use redstring::scene::{Shape, page_of_all, picture};
use redstring::session::{ReadOptions, arrange, arrange_for};
use support::drawn::{label_rect, marks, node_labels, scene_of};
use support::graphs;

const AREA: f32 = 1600.0 * 1200.0;

fn at_places(places: impl IntoIterator<Item = (f32, f32)>) -> Project {
    let mut patch = Patch::default();
    let points: Vec<Point> = places.into_iter().map(|(x, y)| Point::new(x, y)).collect();
    for index in 0..points.len() {
        let name = format!("Name {index}");
        patch
            .entities
            .push(graphs::entity(index, EntityKind::Person, name, 3));
    }
    graphs::place(&mut patch, points);
    Project::from_parts(patch, [0; 4], SavedView::default())
}

/// What of a page without a legend is between the outermost marks and names.
fn filled(project: &Project) -> (Vector, Rect) {
    let scene = scene_of(project);
    let size = page_of_all(&scene, AREA, false);
    let shapes = picture(&scene, None, size, None, false);
    let mut drawn = Rect::EMPTY;
    for mark in marks(&shapes) {
        drawn.include(mark.center);
    }
    for label in node_labels(&shapes) {
        drawn.include(label_rect(&label).min);
        drawn.include(label_rect(&label).max);
    }
    let page = Rect::from_corners(Point::default(), Point::default() + size);
    assert!(page.contains(drawn.min) && page.contains(drawn.max));
    (size, drawn)
}

#[test]
fn pages_take_the_shape_of_what_is_drawn() {
    let row = (0..60).map(|at| (150.0 * (at % 20) as f32, 60.0 * (at / 20) as f32));
    let column = (0..60).map(|at| (150.0 * (at % 3) as f32, 60.0 * (at / 3) as f32));
    let square = (0..100).map(|at| (130.0 * (at % 10) as f32, 130.0 * (at / 10) as f32));
    for (project, shapes) in [
        (at_places(row), 1.9..2.5),
        (at_places(column), 0.45..0.6),
        (at_places(square), 0.9..1.4),
    ] {
        let (size, drawn) = filled(&project);
        assert!(shapes.contains(&(size.x / size.y)), "{size:?}");
        assert!(size.x * size.y <= 1.01 * AREA);
        let widest = (drawn.width() / size.x).max(drawn.height() / size.y);
        assert!(widest > 0.9, "{drawn:?} on {size:?}");
    }
}

#[test]
fn a_few_nodes_need_no_large_page() {
    let (size, _) = filled(&at_places([(0.0, 0.0), (90.0, 40.0)]));
    assert!(size.x * size.y < 0.3 * AREA, "{size:?}");
    assert!(size.x > 300.0 && size.y > 200.0, "{size:?}");
    let nothing = page_of_all(&scene_of(&Project::default()), AREA, true);
    assert!(nothing.x.is_finite() && nothing.x >= 1.0 && nothing.y >= 1.0);
}

/// Seen as a whole, the picture by force has room for the names of those that matter most.
#[test]
fn names_that_matter_most_have_room_in_a_picture_by_force() {
    let mut project = graphs::generated(400, 4);
    let (options, size) = (ReadOptions::default(), Vector::new(1600.0, 1200.0));
    arrange_for(&mut project, (LayoutChoice::Force, 1), size, &options).unwrap();
    let scene = scene_of(&project);
    let names: Vec<String> = node_labels(&picture(&scene, None, size, None, true))
        .iter()
        .map(|label| label.text.to_string())
        .collect();
    let matter = scene.label_order.iter().take(25);
    let shown = matter.filter(|&&index| {
        let first = &scene.nodes[index as usize].label[0].0;
        names.iter().any(|name| **name == **first)
    });
    let shown = shown.count();
    assert!(shown >= 22, "{shown} of 25");
}

/// Rings are whole on the page.
#[test]
fn circles_are_not_cut() {
    let mut project = graphs::generated(120, 6);
    arrange(
        &mut project,
        LayoutChoice::Radial,
        1,
        &ReadOptions::default(),
    )
    .unwrap();
    let scene = scene_of(&project);
    let size = page_of_all(&scene, AREA, true);
    let page = Rect::from_corners(Point::default(), Point::default() + size);
    let mut circles = 0;
    for shape in picture(&scene, None, size, None, true) {
        if let Shape::Outline(outline) = shape {
            circles += 1;
            assert!(outline.points.iter().all(|point| page.contains(*point)));
        }
    }
    assert!(circles > 1);
}
