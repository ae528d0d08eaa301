//! The bridge from a project to a layout graph and back.

use super::geography::{anchors, frame_for};
use crate::geometry::Point;
use crate::layout::{self, LayoutGraph};
use crate::model::{EntityId, EntityKind, LayoutChoice, MapFrame, Project, RelationKind, Visible};
use crate::scene::{radius_of_mentions, rooms};
use std::collections::HashMap;

/// The same project and the same seed are laid out the same way every time.
pub(super) const SEED: u64 = 1;

/// Lines between two entities that are merely mentioned together pull this much less than a
/// stated one: otherwise a long list of names in one sentence would lump the picture together.
const CO_MENTION_PULL: f32 = 0.15;

/// The layout graph of `entities` (nodes in that order) with the relations among them.
/// `start` gives where an entity lies before; without one it is new.
pub(super) fn layout_graph(
    project: &Project,
    entities: &[EntityId],
    start: &dyn Fn(EntityId) -> Option<Point>,
) -> LayoutGraph {
    let node = nodes(project, entities);
    let mut graph = LayoutGraph::default();
    for &id in entities {
        let placement = project.placement(id);
        let pinned = placement.pinned && placement.position.is_some();
        graph.radii.push(radius(project, id));
        graph.pinned.push(pinned);
        graph.start.push(if pinned {
            placement.position
        } else {
            start(id)
        });
    }
    // One edge for each pair, its weight what all relations of the pair say together.
    let mut edges: Vec<(u32, u32, f32)> = Vec::new();
    for relation in project.relations() {
        let (Some(&a), Some(&b)) = (node.get(&relation.source), node.get(&relation.target)) else {
            continue;
        };
        if a == b {
            continue;
        }
        let pull = if relation.is_stated() {
            1.0
        } else {
            CO_MENTION_PULL
        };
        let weight = pull * (1.0 + (relation.evidence.len() as f32).ln());
        edges.push((a.min(b), a.max(b), weight));
    }
    // Stable, so that sums do not depend on anything but the order of the relations.
    edges.sort_by_key(|&(a, b, _)| (a, b));
    edges.dedup_by(|next, sum| {
        let is_same = (next.0, next.1) == (sum.0, sum.1);
        if is_same {
            sum.2 += next.2;
        }
        is_same
    });
    graph.edges = edges;
    graph
}

/// The index of the node that each entity has in a graph of `entities`; what lies inside a group
/// that is one of them, and is not one itself, has that of the group.
fn nodes(project: &Project, entities: &[EntityId]) -> HashMap<EntityId, u32> {
    let places = entities.iter().enumerate();
    let mut node: HashMap<EntityId, u32> = places.map(|(at, &id)| (id, at as u32)).collect();
    for (host, members) in project.view.groups.iter() {
        if let Some(&index) = node.get(&host) {
            for &member in members {
                node.entry(member).or_insert(index);
            }
        }
    }
    node
}

/// The radius of an entity's node, with what lies inside it.
fn radius(project: &Project, entity: EntityId) -> f32 {
    let of = |id: EntityId| project.entity(id).map_or(0, |entity| entity.mentions.len());
    let inside: usize = project.view.groups.inside(entity).map(of).sum();
    radius_of_mentions(of(entity) + inside)
}

/// Gives the nodes of a layout graph the room that their labels need.
pub(super) fn with_rooms(
    mut graph: LayoutGraph,
    project: &Project,
    entities: &[EntityId],
) -> LayoutGraph {
    let visible = Visible {
        entities: entities.to_vec(),
        ..Visible::default()
    };
    let rooms: HashMap<EntityId, _> = rooms(project, &visible).into_iter().collect();
    let empty = crate::geometry::Rect::EMPTY;
    graph.boxes = entities
        .iter()
        .map(|id| rooms.get(id).copied().unwrap_or(empty))
        .collect();
    graph
}

/// The map on which a layout of `entities` puts them, if it uses one.
pub(super) fn map_for(
    project: &Project,
    entities: &[EntityId],
    choice: LayoutChoice,
) -> Option<MapFrame> {
    (choice == LayoutChoice::Geographic).then(|| frame_for(project, entities))
}

/// Where a layout puts `entities`, the nodes of `graph`; by force without showing steps. `map` is as
/// [`map_for`] gives it, or the map that the other nodes lie on.
pub(super) fn placed(
    project: &Project,
    entities: &[EntityId],
    graph: LayoutGraph,
    (choice, map): (LayoutChoice, Option<MapFrame>),
    seed: u64,
) -> Vec<Point> {
    match choice {
        LayoutChoice::Geographic => {
            let graph = with_rooms(graph, project, entities);
            let anchors = anchors(project, entities, &map.unwrap_or_default());
            layout::geographic(&graph, &anchors, seed)
        }
        LayoutChoice::Force => layout::force(graph, seed),
        LayoutChoice::Circular => layout::circular(&with_rooms(graph, project, entities)),
        LayoutChoice::Radial => {
            let graph = with_rooms(graph, project, entities);
            layout::radial(&graph, chosen_center(project, entities))
        }
        LayoutChoice::Hierarchical => {
            let graph = with_rooms(graph, project, entities);
            layout::hierarchical(&graph, &ranks(project, entities))
        }
        LayoutChoice::Grid => {
            let graph = with_rooms(graph, project, entities);
            layout::grid(&graph, &classes(project, entities))
        }
    }
}

/// The most mentioned node of the selection, if one of `entities` is selected.
fn chosen_center(project: &Project, entities: &[EntityId]) -> Option<u32> {
    let mentions = |id: EntityId| project.entity(id).map_or(0, |entity| entity.mentions.len());
    let selection = &project.view.selection;
    let places = entities.iter().enumerate();
    places
        .filter(|(_, id)| selection.contains(id))
        .max_by_key(|&(at, &id)| (mentions(id), std::cmp::Reverse(at)))
        .map(|(at, _)| at as u32)
}

/// The kinds of entities as numbers, in the order of menus.
fn classes(project: &Project, entities: &[EntityId]) -> Vec<u32> {
    let kind = |id: &EntityId| project.entity(*id).map(|entity| entity.kind);
    entities
        .iter()
        .map(|id| {
            let at = |kind| EntityKind::ALL.iter().position(|&other| other == kind);
            kind(id).and_then(at).unwrap_or(EntityKind::ALL.len()) as u32
        })
        .collect()
}

/// Who stands above whom among `entities`, as (above, below, weight): leaders above what they lead,
/// the whole above its parts and members. Who leads something stands above it even if other words
/// make them a member of it.
fn ranks(project: &Project, entities: &[EntityId]) -> Vec<(u32, u32, f32)> {
    let node = nodes(project, entities);
    let mut arcs = Vec::new();
    for relation in project.relations().filter(|relation| relation.is_stated()) {
        let (Some(&source), Some(&target)) =
            (node.get(&relation.source), node.get(&relation.target))
        else {
            continue;
        };
        if source == target {
            continue;
        }
        let evidence = 1.0 + (relation.evidence.len() as f32).ln();
        match relation.kind {
            RelationKind::Leads => arcs.push((source, target, 100.0 * evidence)),
            RelationKind::PartOf => arcs.push((target, source, 10.0 * evidence)),
            RelationKind::MemberOf => arcs.push((target, source, evidence)),
            _ => {}
        }
    }
    arcs
}
