//! Project and positions to a scene: what is drawn, with its style, in world units.

use super::adjacency::Adjacency;
use super::font::text_width;
use super::live::LivePositions;
use super::rings::Rings;
use super::shape::{Form, Pattern, Weight};
use super::strand::Strand;
use super::style;
use super::theme::{Measures, Theme};
use crate::geometry::{Point, Rect, Vector};
use crate::model::{
    Entity, EntityId, EntityKind, LayoutChoice, MapFrame, Project, Relation, RelationId, Visible,
};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Everything that a scene depends on.
#[derive(Clone, Copy)]
pub struct SceneInput<'a> {
    /// The project.
    pub project: &'a Project,
    /// What of it is shown.
    pub visible: &'a Visible,
    /// Positions of a layout that runs; they stand in for the placements.
    pub live: Option<&'a LivePositions>,
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
    /// node with the smaller index to the other. A line from a node to itself is a loop; its bend
    /// is 0 for the first and grows with each further one.
    pub bend: f32,
    /// Width in screen points.
    pub width: f32,
    /// How the line is broken up.
    pub pattern: Pattern,
    /// It has an arrow head at its target; co-mentions have none, lines of the gazetteer do.
    pub directed: bool,
    /// It is stated, not a mere co-mention, nor only known to the gazetteer.
    pub stated: bool,
    /// The words along the line; empty for co-mentions.
    pub label: Arc<str>,
    /// Width of the words at the size for line labels.
    pub label_width: f32,
}

/// What is drawn, independent of the camera. A copy costs no more than the places of its nodes: the
/// rest is shared, so that a picture of nodes that move can be made aside.
#[derive(Clone, Debug)]
pub struct Scene {
    parts: Arc<SceneParts>,
    /// The middle of each node, in world units; kept apart, since every frame goes through them.
    pub centers: Vec<Point>,
}

impl std::ops::Deref for Scene {
    type Target = SceneParts;

    fn deref(&self) -> &SceneParts {
        &self.parts
    }
}

/// What of a scene stays while its nodes move.
#[derive(Clone, Debug)]
pub struct SceneParts {
    /// Nodes in ascending order of entity id.
    pub nodes: Vec<Node>,
    /// Co-mentions first, then stated relations; each by id.
    pub links: Vec<Link>,
    /// The look.
    pub theme: &'static Theme,
    /// The layout that the nodes were last arranged by.
    pub layout: LayoutChoice,
    /// The map that the nodes lie on, if they do.
    pub map: Option<MapFrame>,
    /// The circles that they stand on, if the layout has some.
    pub rings: Rings,
    /// Entities that are drawn inside another's node, ascending, with its index.
    pub inside: Vec<(EntityId, u32)>,
    /// Indices of nodes, the largest first: the order of drawing, so that small ones stay visible.
    pub draw_order: Vec<u32>,
    /// Indices of nodes, the most important first: the order in which labels get their place.
    pub label_order: Vec<u32>,
    /// Indices of links, the most important first: where there is no room for all, the last are
    /// left out.
    pub link_order: Vec<u32>,
    /// The links of [`SceneParts::link_order`] without their words; kept apart, since all are gone
    /// through whenever a choice among them is made.
    pub(super) strands: Vec<Strand>,
    /// Which links each node has.
    pub(super) adjacency: Adjacency,
    /// How far the mark of each node reaches from its middle, in world units.
    pub(super) reaches: Vec<f32>,
}

impl Node {
    /// Semi-bold letters are at most a tenth wider than regular ones.
    pub(super) const HEAVY_STRETCH: f32 = 1.1;

    /// Width and height of its label in screen points.
    pub(super) fn label_box(&self, heavy: bool) -> Vector {
        let stretch = if heavy { Self::HEAVY_STRETCH } else { 1.0 };
        let widest = self
            .label
            .iter()
            .map(|(_, width)| *width)
            .fold(0.0, f32::max);
        let line_height = self.label_size * Measures::get().label.line_height;
        Vector::new(widest * stretch, line_height * self.label.len() as f32)
    }

    pub(super) fn has_no_name(&self) -> bool {
        self.label.iter().all(|(text, _)| text.is_empty())
    }
}

impl Scene {
    /// Nothing at all.
    pub fn empty(theme: &'static Theme) -> Self {
        Self {
            parts: Arc::new(SceneParts::empty(theme)),
            centers: Vec::new(),
        }
    }

    /// It shows the same things as `other`, perhaps at other places.
    pub fn shares_parts_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.parts, &other.parts)
    }
}

impl SceneParts {
    fn empty(theme: &'static Theme) -> Self {
        Self {
            nodes: Vec::new(),
            links: Vec::new(),
            theme,
            layout: LayoutChoice::default(),
            map: None,
            rings: Rings::default(),
            inside: Vec::new(),
            draw_order: Vec::new(),
            label_order: Vec::new(),
            link_order: Vec::new(),
            strands: Vec::new(),
            adjacency: Adjacency::default(),
            reaches: Vec::new(),
        }
    }
}

/// Works out what is drawn. Pure; time grows with what is visible, times its logarithm.
pub fn build(input: &SceneInput) -> Scene {
    let mut scene = SceneParts::empty(input.theme);
    let mut centers = Vec::new();
    scene.layout = input.project.layout();
    let is_map = scene.layout == LayoutChoice::Geographic;
    scene.map = is_map.then(|| input.project.map());
    let hosts = input.project.view.groups.hosts(input.visible);
    let shown = input
        .visible
        .entities
        .iter()
        .filter(|id| !hosts.contains_key(id));
    for entity in shown.filter_map(|&id| input.project.entity(id)) {
        centers.push(center(input, entity, scene.nodes.len()));
        scene.nodes.push(node(input, entity));
    }
    let place = |(&id, host): (&EntityId, &EntityId)| Some((id, scene.index_of(*host)? as u32));
    scene.inside = hosts.iter().filter_map(place).collect();
    scene.links = links(input, &scene);
    one_line_to_a_group(&mut scene);
    fan_out(&mut scene.links);
    scene.links.sort_by_key(|link| (link.stated, link.id));
    scene.adjacency = Adjacency::of(scene.nodes.len(), &scene.links);
    scene.draw_order = (0..scene.nodes.len() as u32).collect();
    scene.label_order = scene.draw_order.clone();
    scene.draw_order.sort_by(|&a, &b| {
        let radius = |i: u32| scene.nodes[i as usize].radius;
        radius(b).total_cmp(&radius(a)).then(a.cmp(&b))
    });
    scene.label_order.sort_by_key(|&i| {
        let index = i as usize;
        std::cmp::Reverse((
            scene.nodes[index].mentions,
            scene.adjacency.links_of(i).len(),
            u32::MAX - i,
        ))
    });
    scene.link_order = link_order(&scene);
    scene.rings = Rings::of(scene.layout, &scene.nodes, &centers, &scene.links);
    let strand = |&index: &u32| Strand::of(&scene.links[index as usize]);
    scene.strands = scene.link_order.iter().map(strand).collect();
    let reach = |node: &Node| node.radius * node.form.extent();
    scene.reaches = scene.nodes.iter().map(reach).collect();
    Scene {
        parts: Arc::new(scene),
        centers,
    }
}

/// Of the lines between a node that holds others and some other node only one is drawn, the first of
/// the strongest; those within the group are not.
fn one_line_to_a_group(scene: &mut SceneParts) {
    if scene.inside.is_empty() {
        return;
    }
    let holds: BTreeSet<u32> = scene.inside.iter().map(|&(_, host)| host).collect();
    let pair = |link: &Link| (link.source.min(link.target), link.source.max(link.target));
    let grouped = |link: &Link| holds.contains(&link.source) || holds.contains(&link.target);
    let mut links = std::mem::take(&mut scene.links);
    links.retain(|link| !(grouped(link) && link.source == link.target));
    links.sort_by_key(|link| {
        let thinness = u32::MAX - (link.width * 16.0) as u32;
        (!link.stated, thinness, link.id)
    });
    let mut taken = BTreeSet::new();
    links.retain(|link| !grouped(link) || taken.insert(pair(link)));
    scene.links = links;
}

/// Stated lines before co-mentions, then wide ones, then those whose lesser end matters most.
fn link_order(scene: &SceneParts) -> Vec<u32> {
    let mut rank = vec![0_u32; scene.nodes.len()];
    for (place, &index) in scene.label_order.iter().enumerate() {
        rank[index as usize] = place as u32;
    }
    let mut order: Vec<u32> = (0..scene.links.len() as u32).collect();
    order.sort_by_cached_key(|&index| {
        let link = &scene.links[index as usize];
        let lesser = rank[link.source as usize].max(rank[link.target as usize]);
        let thinness = u32::MAX - (link.width * 16.0) as u32;
        (!link.stated, thinness, lesser, index)
    });
    order
}

fn center(input: &SceneInput, entity: &Entity, index: usize) -> Point {
    input
        .live
        .and_then(|live| live.of(entity.id))
        .or_else(|| input.project.placement(entity.id).position)
        .filter(|point| point.is_finite())
        .unwrap_or_else(|| waiting_place(index))
}

fn node(input: &SceneInput, entity: &Entity) -> Node {
    let placement = input.project.placement(entity.id);
    let inside: Vec<&Entity> = input
        .project
        .view
        .groups
        .inside(entity.id)
        .filter_map(|id| Some(&**input.project.entity(id)?))
        .collect();
    let further: usize = inside.iter().map(|other| other.mentions.len()).sum();
    let mentions = entity.mentions.len() + further;
    let radius = style::radius_of_mentions(mentions);
    let fonts = &Measures::get().fonts;
    let node = &Measures::get().node;
    let label_size = match radius {
        r if r >= node.radius_max * 0.7 => fonts.label_hub,
        r if r >= node.radius_max * 0.45 => fonts.label_large,
        _ => fonts.label,
    };
    Node {
        id: entity.id,
        kind: entity.kind,
        form: Form::of(entity.kind),
        radius,
        pinned: placement.pinned,
        mentions,
        label: label(entity, inside.len())
            .into_iter()
            .map(|line| {
                let width = text_width(&line, label_size, Weight::Regular, false);
                (Arc::from(line), width)
            })
            .collect(),
        label_size,
    }
}

/// The lines of a node's label; one that holds others says how many.
fn label(entity: &Entity, inside: usize) -> Vec<String> {
    let mut lines = style::label_lines(&entity.name, entity.kind);
    if let (Some(last), true) = (lines.last_mut(), inside > 0) {
        last.push_str(&format!(" +{inside}"));
    }
    lines
}

/// Where a node waits that no layout has placed yet: on a sunflower's spiral, each on its own spot.
fn waiting_place(index: usize) -> Point {
    const GOLDEN_ANGLE: f32 = 2.399_963_2;
    let spacing = 2.0 * Measures::get().node.radius_max;
    let radius = spacing * (index as f32 + 0.5).sqrt();
    let angle = index as f32 * GOLDEN_ANGLE;
    Point::new(radius * angle.cos(), radius * angle.sin())
}

fn links(input: &SceneInput, scene: &SceneParts) -> Vec<Link> {
    let mut words = Words::default();
    input
        .visible
        .relations
        .iter()
        .filter_map(|&id| input.project.relation(id))
        .filter_map(|relation| {
            let source = scene.index_of(relation.source)? as u32;
            let target = scene.index_of(relation.target)? as u32;
            let stated = relation.is_stated();
            let (label, label_width) = words.of(relation);
            Some(Link {
                id: relation.id,
                source,
                target,
                bend: 0.0,
                width: style::line_width(relation, input.project.sources_of(relation)),
                pattern: style::pattern(relation.status),
                directed: !relation.kind.is_mutual(),
                stated,
                label,
                label_width,
            })
        })
        .collect()
}

/// The words of lines and their widths, each kept once however many lines have them.
#[derive(Default)]
struct Words<'a>(HashMap<&'a str, (Arc<str>, f32)>);

impl<'a> Words<'a> {
    fn of(&mut self, relation: &'a Relation) -> (Arc<str>, f32) {
        let words = match relation.label.trim() {
            _ if !relation.is_stated() => "",
            "" => relation.kind.phrase(),
            label => label,
        };
        let known = self.0.entry(words).or_insert_with(|| {
            let label = style::shortened(words, Measures::get().label.longest_characters);
            let size = Measures::get().fonts.line_label;
            let width = text_width(&label, size, Weight::Regular, true);
            (Arc::from(label), width)
        });
        known.clone()
    }
}

/// Bends the lines between the same two nodes apart.
fn fan_out(links: &mut [Link]) {
    let line = &Measures::get().line;
    let mut order: Vec<u32> = (0..links.len() as u32).collect();
    let pair = |link: &Link| (link.source.min(link.target), link.source.max(link.target));
    order.sort_by_cached_key(|&index| (pair(&links[index as usize]), index));
    let mut rest = &order[..];
    while let [first, ..] = rest {
        let (low, high) = pair(&links[*first as usize]);
        let same = |index: &u32| pair(&links[*index as usize]) == (low, high);
        let (members, others) = rest.split_at(rest.iter().take_while(|i| same(i)).count());
        rest = others;
        if members.len() == 1 {
            continue;
        }
        let last = (members.len() - 1) as f32;
        let step = line.fan_in_world.min(2.0 * line.fan_limit_in_world / last);
        let middle = if low == high { 0.0 } else { last * 0.5 };
        for (rank, &index) in members.iter().enumerate() {
            links[index as usize].bend = (rank as f32 - middle) * step;
        }
    }
}

impl SceneParts {
    /// The index of an entity's node, if it is drawn: perhaps that of another in which it lies.
    pub fn index_of(&self, entity: EntityId) -> Option<usize> {
        let own = self.nodes.binary_search_by_key(&entity, |node| node.id);
        own.ok().or_else(|| {
            let inside = self.inside.binary_search_by_key(&entity, |&(id, _)| id);
            inside.ok().map(|at| self.inside[at].1 as usize)
        })
    }

    /// Indices of the links of the node at `index`, ascending; those from a node to itself come twice.
    pub fn links_of(&self, index: usize) -> &[u32] {
        self.adjacency.links_of(index as u32)
    }

    /// The index of a relation's line, if it is drawn.
    pub fn link_index_of(&self, relation: RelationId) -> Option<usize> {
        let stated_from = self.links.partition_point(|link| !link.stated);
        let search = |links: &[Link]| links.binary_search_by_key(&relation, |link| link.id).ok();
        search(&self.links[..stated_from])
            .or_else(|| search(&self.links[stated_from..]).map(|index| index + stated_from))
    }
}

impl Scene {
    /// The rectangle around all marks, in world units; empty if nothing is drawn.
    pub fn bounds_in_world(&self) -> Rect {
        let mut bounds = Rect::EMPTY;
        for (&center, &reach) in self.centers.iter().zip(&self.reaches) {
            let around = Rect::from_corners(center, center).expanded(reach);
            bounds.include(around.min);
            bounds.include(around.max);
        }
        bounds
    }

    /// The rectangle around some marks, given by index.
    pub fn bounds_of(&self, indices: impl IntoIterator<Item = usize>) -> Rect {
        let mut bounds = Rect::EMPTY;
        for index in indices {
            if let (Some(&center), Some(node)) = (self.centers.get(index), self.nodes.get(index)) {
                let reach = node.radius * node.form.extent();
                let around = Rect::from_corners(center, center).expanded(reach);
                bounds.include(around.min);
                bounds.include(around.max);
            }
        }
        bounds
    }

    /// Moves nodes without working out anything else anew: for layouts that run and for drags.
    /// Points that are not finite are left out.
    pub fn move_nodes(&mut self, moves: impl IntoIterator<Item = (EntityId, Point)>) {
        for (id, point) in moves {
            let index = self.nodes.binary_search_by_key(&id, |node| node.id);
            if let (Ok(index), true) = (index, point.is_finite()) {
                self.centers[index] = point;
            }
        }
    }

    /// Takes the places that `project` gives its nodes, and whether they are held there, when nothing
    /// else of it has changed. Gives whether anything is otherwise than before. Time grows with the
    /// number of nodes alone.
    pub fn take_places(&mut self, project: &Project) -> bool {
        let mut placements = project.placements().peekable();
        let mut is_changed = false;
        let mut pins = Vec::new();
        for (index, node) in self.parts.nodes.iter().enumerate() {
            while placements.next_if(|(id, _)| *id < node.id).is_some() {}
            let placement = placements.next_if(|(id, _)| *id == node.id);
            let placement = placement
                .map(|(_, placement)| placement)
                .unwrap_or_default();
            let at = placement.position.filter(|point| point.is_finite());
            let at = at.unwrap_or_else(|| waiting_place(index));
            is_changed |= self.centers[index] != at;
            self.centers[index] = at;
            if node.pinned != placement.pinned {
                pins.push((index, placement.pinned));
            }
        }
        let has_rings = matches!(
            self.parts.layout,
            LayoutChoice::Circular | LayoutChoice::Radial
        );
        if is_changed && has_rings {
            let parts = Arc::make_mut(&mut self.parts);
            parts.rings = Rings::of(parts.layout, &parts.nodes, &self.centers, &parts.links);
        }
        if !pins.is_empty() {
            let parts = Arc::make_mut(&mut self.parts);
            for &(index, pinned) in &pins {
                parts.nodes[index].pinned = pinned;
            }
        }
        is_changed || !pins.is_empty()
    }

    /// The lines, to give them other words.
    pub fn links_mut(&mut self) -> &mut [Link] {
        &mut Arc::make_mut(&mut self.parts).links
    }

    /// Takes the positions of a layout that runs. Time grows with their number alone.
    pub fn follow_layout(&mut self, live: &LivePositions) {
        let mut at = 0;
        for (id, point) in live.iter() {
            while self.nodes.get(at).is_some_and(|node| node.id < id) {
                at += 1;
            }
            if self.nodes.get(at).is_some_and(|node| node.id == id) && point.is_finite() {
                self.centers[at] = point;
            }
        }
    }
}
