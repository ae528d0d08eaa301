//! Room for the names that matter most in a picture by force: whoever stands where one is to be read
//! moves aside, as little as can be.

use crate::geometry::{Point, Vector};
use crate::layout::{LayoutGraph, Loosening, loosened};
use crate::model::{EntityId, Project, Visible};
use crate::scene::{LivePositions, SceneInput, Theme, build};
use std::sync::Arc;

/// In larger pictures marks are dots on which names lie.
const MOST_NODES: usize = 6_000;
/// Whoever moves aside may make the picture larger, so that names need more room in it.
const ROUNDS: usize = 4;
/// Nobody whose name is to be read, and nobody else, moves farther than these shares of the lesser side of
/// the view.
const FARTHEST: [f32; 2] = [0.1, 0.035];

/// Places near `points` at which a view of `size` screen points that shows all has room for the marks of
/// `entities`, the ascending nodes of `graph`, and for the names of the most important. Pinned ones stay.
pub(super) fn with_room_for_names(
    project: &Project,
    entities: &Arc<Vec<EntityId>>,
    graph: &LayoutGraph,
    points: Vec<Point>,
    size: Vector,
) -> Vec<Point> {
    if points.len() > MOST_NODES || points.len() < 2 {
        return points;
    }
    let visible = Visible {
        entities: entities.to_vec(),
        relations: project.relations().map(|relation| relation.id).collect(),
    };
    let live = LivePositions::new(entities.clone(), points.clone());
    let mut scene = build(&SceneInput {
        project,
        visible: &visible,
        live: Some(&live),
        theme: Theme::light(),
    });
    if scene.centers.len() != points.len() {
        return points;
    }
    let mut linked = vec![false; points.len()];
    for &(a, b, _) in &graph.edges {
        for end in [a, b] {
            linked[end as usize] = true;
        }
    }
    // Rows of those that stand alone stay rows.
    let held: Vec<bool> = linked.into_iter().map(|linked| !linked).collect();
    let mut zoom = scene.zoom_of_all(size);
    for _ in 0..ROUNDS {
        let rooms = scene.rooms_at(zoom, size);
        let what = Loosening {
            named: &rooms.named,
            marks: &rooms.marks,
            held: &held,
            farthest: FARTHEST.map(|share| share * size.x.min(size.y) / zoom),
        };
        scene.centers = loosened(graph, &points, what);
        let after = scene.zoom_of_all(size);
        if after >= zoom || graph.stop.is_asked() {
            break;
        }
        zoom = after;
    }
    scene.centers
}
