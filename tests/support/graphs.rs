//! Made-up projects: people, units, organizations and places with made-up names.

use redstring::geometry::Point;
use redstring::layout::{LayoutGraph, force};
use redstring::model::{
    DocumentId, Entity, EntityId, EntityKind, Evidence, Mention, Origin, Patch, Placement, Project,
    Relation, RelationId, RelationKind, SavedView, Status,
};
use std::sync::Arc;

/// Numbers that look random and are the same every time (Marsaglia's xorshift).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound.max(1)
    }
}

const GIVEN: [&str; 12] = [
    "Ada", "Bruno", "Chiara", "Deniz", "Emeka", "Farida", "Goran", "Hana", "Ilya", "Jun", "Kwame",
    "Lena",
];
const FAMILY: [&str; 12] = [
    "Adeyemi",
    "Brandt",
    "Castellanos",
    "Dvořák",
    "Eriksen",
    "Farouk",
    "Grünwald",
    "Horvat",
    "Ivanenko",
    "Jansen",
    "Kovač",
    "Lindqvist",
];
const TOWN: [&str; 12] = [
    "Arden",
    "Birkholm",
    "Carrow",
    "Dunmere",
    "Eastvale",
    "Fennholt",
    "Garmouth",
    "Holmside",
    "Inverley",
    "Kirkwall Bay",
    "Lower Marsh",
    "Northmoor",
];

fn name(kind: EntityKind, index: usize) -> String {
    let (a, b) = (index % 12, (index / 12 + index) % 12);
    match kind {
        EntityKind::Person => format!("{} {}", GIVEN[a], FAMILY[b]),
        EntityKind::Unit => format!(
            "{}th {} Guards Motorized Rifle Brigade",
            3 + index % 97,
            TOWN[b]
        ),
        EntityKind::Organization => format!("{} Ministry of Transport and Works", TOWN[a]),
        _ => TOWN[(index + b) % 12].to_owned(),
    }
}

/// A project of `nodes` entities and about three lines for each, placed by the force layout.
pub fn generated(nodes: usize, seed: u64) -> Project {
    let (mut patch, edges) = parts(nodes, seed);
    let radii: Vec<f32> = patch
        .entities
        .iter()
        .filter_map(|(_, entity)| entity.as_deref())
        .map(redstring::scene::node_radius)
        .collect();
    let positions = force(
        LayoutGraph {
            start: vec![None; nodes],
            pinned: vec![false; nodes],
            radii,
            edges,
            ..LayoutGraph::default()
        },
        seed,
    );
    place(&mut patch, positions);
    Project::from_parts(patch, [0; 4], SavedView::default())
}

/// The same project, its entities scattered over a disc: for sizes that are not worth a layout.
pub fn scattered(nodes: usize, seed: u64) -> Project {
    let (mut patch, _) = parts(nodes, seed);
    let mut dice = Dice::new(seed + 1);
    let radius = 50.0 * (nodes as f32).sqrt();
    let positions: Vec<Point> = (0..nodes)
        .map(|_| {
            let angle = dice.below(100_000) as f32 / 100_000.0 * std::f32::consts::TAU;
            let away = radius * (dice.below(100_000) as f32 / 100_000.0).sqrt();
            Point::new(away * angle.cos(), away * angle.sin())
        })
        .collect();
    place(&mut patch, positions);
    Project::from_parts(patch, [0; 4], SavedView::default())
}

fn parts(nodes: usize, seed: u64) -> (Patch, Vec<(u32, u32, f32)>) {
    let mut dice = Dice::new(seed);
    let kinds = [
        EntityKind::Person,
        EntityKind::Person,
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Place,
        EntityKind::Place,
        EntityKind::Unit,
    ];
    let mut patch = Patch::default();
    for index in 0..nodes {
        let kind = kinds[dice.below(kinds.len())];
        // A few are mentioned often, most once or twice.
        let mentions = 1 + 120 / (1 + index) + dice.below(3) + dice.below(60) / 50 * dice.below(20);
        patch
            .entities
            .push(entity(index, kind, name(kind, index), mentions));
    }
    let mut edges = Vec::new();
    for index in 1..nodes {
        for _ in 0..3 {
            // Nearer and more mentioned ones are likelier: groups with hubs.
            let window = if dice.below(4) == 0 {
                index
            } else {
                index.min(40)
            };
            let other = index - 1 - dice.below(window).min(dice.below(window));
            let stated = dice.below(5) < 2;
            let kind = match (stated, dice.below(4)) {
                (false, _) => RelationKind::MentionedWith,
                (true, 0) => RelationKind::Leads,
                (true, 1) => RelationKind::MemberOf,
                (true, 2) => RelationKind::MetWith,
                (true, _) => RelationKind::LocatedIn,
            };
            let status = match dice.below(10) {
                0 | 1 => Status::Reported,
                2 => Status::Alleged,
                _ => Status::Asserted,
            };
            let documents = 1 + dice.below(3) * dice.below(3);
            let id = patch.relations.len();
            patch
                .relations
                .push(relation(id, index, other, kind, status, documents));
            edges.push((index as u32, other as u32, 1.0));
        }
    }
    (patch, edges)
}

/// Gives the entities of a patch their places.
pub fn place(patch: &mut Patch, positions: impl IntoIterator<Item = Point>) {
    for (index, point) in positions.into_iter().enumerate() {
        let placement = Placement {
            position: Some(point),
            ..Placement::default()
        };
        patch
            .placements
            .push((EntityId(index as u32), Some(placement)));
    }
}

pub fn entity(
    index: usize,
    kind: EntityKind,
    name: String,
    mentions: usize,
) -> (EntityId, Option<Arc<Entity>>) {
    let id = EntityId(index as u32);
    let mentions = (0..mentions)
        .map(|i| Mention {
            document: DocumentId(0),
            start: i,
            end: i + 1,
            text: name.clone(),
            score: 1.0,
        })
        .collect();
    let entity = Entity {
        id,
        kind,
        aliases: vec![name.clone()],
        name,
        roles: Vec::new(),
        mentions,
        by_user: false,
        told: None,
        unit: None,
        date: None,
        location: None,
    };
    (id, Some(Arc::new(entity)))
}

pub fn relation(
    id: usize,
    source: usize,
    target: usize,
    kind: RelationKind,
    status: Status,
    documents: usize,
) -> (RelationId, Option<Arc<Relation>>) {
    let id = RelationId(id as u32);
    let evidence = (0..documents.max(1))
        .map(|document| Evidence {
            origin: Origin::Text,
            document: Some(DocumentId(document as u32)),
            start: Some(0),
            end: Some(1),
            text: None,
            source_span: None,
            target_span: None,
            trigger: Vec::new(),
            status,
            attributed_to: None,
            date: None,
            score: 1.0,
            method: "test".to_owned(),
        })
        .collect();
    let relation = Relation {
        id,
        source: EntityId(source as u32),
        target: EntityId(target as u32),
        kind,
        label: kind.phrase().to_owned(),
        status,
        disputed: false,
        date: None,
        score: 1.0,
        evidence,
    };
    (id, Some(Arc::new(relation)))
}
