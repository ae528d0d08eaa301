//! Scenes of made-up projects, and what of them is drawn.

use super::graphs;
use proptest::prelude::*;
use redstring::geometry::{Camera, Point, Rect, Vector};
use redstring::model::{EntityKind, Filters, Patch, Project, RelationKind, SavedView, Status};
use redstring::scene::{Label, Line, Mark, Scene, SceneInput, Shape, Theme, View, build, labels};

pub const SIZE: Vector = Vector::new(900.0, 600.0);

pub fn scene_of(project: &Project) -> Scene {
    let visible = Filters::default().visible(project);
    build(&SceneInput {
        project,
        visible: &visible,
        live: None,
        theme: Theme::light(),
    })
}

pub fn displayed(scene: &Scene, camera: Camera) -> Vec<Shape> {
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

pub fn marks(shapes: &[Shape]) -> Vec<Mark> {
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

pub fn lines(shapes: &[Shape]) -> Vec<Line> {
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

pub fn node_labels(shapes: &[Shape]) -> Vec<Label> {
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

pub fn label_rect(label: &Label) -> Rect {
    Rect::from_center(label.center, Vector::new(label.width, label.size))
}

/// Up to 30 entities anywhere in a square, and up to 40 lines between them.
pub fn any_project() -> impl Strategy<Value = Project> {
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

pub fn any_camera() -> impl Strategy<Value = Camera> {
    (-200.0..200.0_f32, -200.0..200.0_f32, -3.0..2.0_f32).prop_map(|(x, y, power)| Camera {
        center_in_world: Point::new(x, y),
        zoom: power.exp2(),
    })
}
