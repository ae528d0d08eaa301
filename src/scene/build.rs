//! Project and positions to a scene: what is drawn, with its style, in world units.

use super::font::text_width;
use super::shape::{Form, Pattern, Weight};
use super::style;
use super::theme::{Measures, Theme};
use crate::geometry::{Point, Rect};
use crate::model::{Entity, EntityId, EntityKind, Project, RelationId, Visible};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Everything that a scene depends on.
#[derive(Clone, Copy)]
pub struct SceneInput<'a> {
    /// The project.
    pub project: &'a Project,
    /// What of it is shown.
    pub visible: &'a Visible,
    /// Positions of a layout that runs; they stand in for the placements.
    pub live: Option<&'a HashMap<EntityId, Point>>,
    /// The look.
    pub theme: &'static Theme,
}

/// An entity as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Which entity.
    pub id: EntityId,
    /// Its kind.
    pub kind: EntityKind,
    /// Outline.
    pub form: Form,
    /// Its middle, in world units.
    pub center: Point,
    /// Radius in world units.
    pub radius: f32,
    /// The user put it there.
    pub pinned: bool,
    /// How often it is mentioned.
    pub mentions: usize,
    /// The label, a line each, with widths at [`Node::label_size`].
    pub label: Vec<(Arc<str>, f32)>,
    /// Size of the label's font in screen points.
    pub label_size: f32,
}

/// A relation as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Which relation.
    pub id: RelationId,
    /// Index of the source's node.
    pub source: u32,
    /// Index of the target's node.
    pub target: u32,
    /// How far its middle lies off the chord, in world units, to the right of the way from the
    /// node with the smaller index to the other.
    pub bend: f32,
    /// Width in screen points.
    pub width: f32,
    /// How the line is broken up.
    pub pattern: Pattern,
    /// It has an arrow head at its target.
    pub directed: bool,
    /// It is stated, not a mere co-mention.
    pub stated: bool,
    /// The words along the line; empty for co-mentions.
    pub label: Arc<str>,
    /// Width of the words at the size for line labels.
    pub label_width: f32,
}

/// What is drawn, independent of the camera.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Nodes in ascending order of entity id.
    pub nodes: Vec<Node>,
    /// Co-mentions first, then stated relations; each by id.
    pub links: Vec<Link>,
    /// The look.
    pub theme: &'static Theme,
    /// Indices of nodes, the largest first: the order of drawing, so that small ones stay visible.
    pub draw_order: Vec<u32>,
    /// Indices of nodes, the most important first: the order in which labels get their place.
    pub label_order: Vec<u32>,
}

/// Works out what is drawn. Pure; time grows with what is visible, times its logarithm.
pub fn build(input: &SceneInput) -> Scene {
    let nodes: Vec<Node> = input
        .visible
        .entities
        .iter()
        .filter_map(|&id| input.project.entity(id))
        .enumerate()
        .map(|(index, entity)| node(input, entity, index))
        .collect();
    let mut scene = Scene {
        nodes,
        links: Vec::new(),
        theme: input.theme,
        draw_order: Vec::new(),
        label_order: Vec::new(),
    };
    scene.links = links(input, &scene);
    fan_out(&mut scene.links);
    scene.links.sort_by_key(|link| (link.stated, link.id));
    let degrees = degrees(&scene);
    scene.draw_order = (0..scene.nodes.len() as u32).collect();
    scene.label_order = scene.draw_order.clone();
    scene.draw_order.sort_by(|&a, &b| {
        let radius = |i: u32| scene.nodes[i as usize].radius;
        radius(b).total_cmp(&radius(a)).then(a.cmp(&b))
    });
    scene.label_order.sort_by_key(|&i| {
        let index = i as usize;
        std::cmp::Reverse((scene.nodes[index].mentions, degrees[index], u32::MAX - i))
    });
    scene
}

fn node(input: &SceneInput, entity: &Entity, index: usize) -> Node {
    let placement = input.project.placement(entity.id);
    let mentions = entity.mentions.len();
    let radius = style::radius_of_mentions(mentions);
    let fonts = &Measures::get().fonts;
    let node = &Measures::get().node;
    let label_size = match radius {
        r if r >= node.radius_max * 0.7 => fonts.label_hub,
        r if r >= node.radius_max * 0.45 => fonts.label_large,
        _ => fonts.label,
    };
    let center = input
        .live
        .and_then(|live| live.get(&entity.id).copied())
        .or(placement.position)
        .filter(|point| point.is_finite())
        .unwrap_or_else(|| waiting_place(index));
    Node {
        id: entity.id,
        kind: entity.kind,
        form: Form::of(entity.kind),
        center,
        radius,
        pinned: placement.pinned,
        mentions,
        label: style::label_lines(&entity.name, entity.kind)
            .into_iter()
            .map(|line| {
                let width = text_width(&line, label_size, Weight::Regular, false);
                (Arc::from(line), width)
            })
            .collect(),
        label_size,
    }
}

/// Where a node waits that no layout has placed yet: on a sunflower's spiral, each on its own spot.
fn waiting_place(index: usize) -> Point {
    const GOLDEN_ANGLE: f32 = 2.399_963_2;
    let spacing = 2.0 * Measures::get().node.radius_max;
    let radius = spacing * (index as f32 + 0.5).sqrt();
    let angle = index as f32 * GOLDEN_ANGLE;
    Point::new(radius * angle.cos(), radius * angle.sin())
}

fn links(input: &SceneInput, scene: &Scene) -> Vec<Link> {
    let fonts = &Measures::get().fonts;
    let longest = Measures::get().label.longest_characters;
    input
        .visible
        .relations
        .iter()
        .filter_map(|&id| input.project.relation(id))
        .filter_map(|relation| {
            let source = scene.index_of(relation.source)? as u32;
            let target = scene.index_of(relation.target)? as u32;
            let stated = relation.is_stated();
            let words = match relation.label.trim() {
                _ if !stated => "",
                "" => relation.kind.phrase(),
                label => label,
            };
            let label = style::shortened(words, longest);
            (source != target).then(|| Link {
                id: relation.id,
                source,
                target,
                bend: 0.0,
                width: style::line_width(relation),
                pattern: style::pattern(relation.status),
                directed: stated && !relation.kind.is_mutual(),
                stated,
                label_width: text_width(&label, fonts.line_label, Weight::Regular, true),
                label: Arc::from(label),
            })
        })
        .collect()
}

/// Bends the lines between the same two nodes apart.
fn fan_out(links: &mut [Link]) {
    let line = &Measures::get().line;
    let mut pairs: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        let pair = (link.source.min(link.target), link.source.max(link.target));
        pairs.entry(pair).or_default().push(index);
    }
    for members in pairs.values().filter(|members| members.len() > 1) {
        let last = (members.len() - 1) as f32;
        let step = line.fan_in_world.min(2.0 * line.fan_limit_in_world / last);
        for (rank, &index) in members.iter().enumerate() {
            links[index].bend = (rank as f32 - last * 0.5) * step;
        }
    }
}

fn degrees(scene: &Scene) -> Vec<usize> {
    let mut degrees = vec![0; scene.nodes.len()];
    for link in &scene.links {
        degrees[link.source as usize] += 1;
        degrees[link.target as usize] += 1;
    }
    degrees
}

impl Scene {
    /// The index of an entity's node, if it is drawn.
    pub fn index_of(&self, entity: EntityId) -> Option<usize> {
        self.nodes
            .binary_search_by_key(&entity, |node| node.id)
            .ok()
    }

    /// The index of a relation's line, if it is drawn.
    pub fn link_index_of(&self, relation: RelationId) -> Option<usize> {
        let stated_from = self.links.partition_point(|link| !link.stated);
        let search = |links: &[Link]| links.binary_search_by_key(&relation, |link| link.id).ok();
        search(&self.links[..stated_from])
            .or_else(|| search(&self.links[stated_from..]).map(|index| index + stated_from))
    }

    /// The rectangle around all marks, in world units; empty if nothing is drawn.
    pub fn bounds_in_world(&self) -> Rect {
        self.bounds_of(0..self.nodes.len())
    }

    /// The rectangle around some marks, given by index.
    pub fn bounds_of(&self, indices: impl IntoIterator<Item = usize>) -> Rect {
        let mut bounds = Rect::EMPTY;
        for node in indices.into_iter().filter_map(|i| self.nodes.get(i)) {
            let around = Rect::from_corners(node.center, node.center).expanded(node.radius);
            bounds.include(around.min);
            bounds.include(around.max);
        }
        bounds
    }

    /// Moves nodes without working out anything else anew: for layouts that run and for drags.
    /// Points that are not finite are left out.
    pub fn move_nodes(&mut self, moves: impl IntoIterator<Item = (EntityId, Point)>) {
        for (id, point) in moves {
            if let (Some(index), true) = (self.index_of(id), point.is_finite()) {
                self.nodes[index].center = point;
            }
        }
    }
}
