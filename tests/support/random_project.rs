//! Projects and edits at random, for properties: documents with mentions and relations, and
//! sequences of edits that name what is there, what was there, and what never was.

use proptest::prelude::*;
use redstring::geometry::Point;
use redstring::model::{
    CorrectionId, Document, DocumentBatch, DocumentId, Edit, Entity, EntityId, EntityKind,
    Evidence, FileOutcome, FileRecord, FilterRule, History, LayoutChoice, LeftOut, Location,
    Mention, Origin, PlaceKind, Project, Relation, RelationId, RelationKind, Role, Status,
    UnitDetails,
};
use std::sync::Arc;

/// Words of several scripts: offsets in bytes are no offsets in characters.
const WORDS: [&str; 8] = [
    "Ada",
    "Žižka",
    "Київ",
    "金正恩",
    "of",
    "met",
    "Acme",
    "Ümit",
];

/// Five documents of forty words, six entities with mentions, and relations between neighbours.
pub fn base_project() -> (Project, History) {
    let mut project = Project::default();
    let mut history = History::default();
    let documents: Vec<Arc<Document>> = (0..5).map(document).map(Arc::new).collect();
    let entities: Vec<Entity> = (0..6).map(|id| entity(id, &documents)).collect();
    let relations = (0..5).map(|id| relation(id, &documents, &entities));
    let batch = DocumentBatch {
        relations: relations.map(Arc::new).collect(),
        entities: entities.into_iter().map(Arc::new).collect(),
        documents,
        files: vec![FileRecord {
            path: "reports/0.txt".into(),
            outcome: FileOutcome::Read { documents: 5 },
        }],
        ..DocumentBatch::default()
    };
    perform(
        &Edit::AddDocuments(Box::new(batch)),
        &mut project,
        &mut history,
    );
    (project, history)
}

/// Carries out an edit as a step, if it can be; gives whether it made one.
pub fn perform(edit: &Edit, project: &mut Project, history: &mut History) -> bool {
    const WHEN: &str = "2025-02-08T12:00:00Z";
    let before = history.done().len();
    if let Ok((title, patch)) = edit.plan(project, WHEN) {
        history.perform(project, title, WHEN.into(), patch);
    }
    history.done().len() > before
}

fn left_out() -> LeftOut {
    let mut left_out = LeftOut::default();
    left_out.add(FilterRule::Overlap, 4);
    left_out.add(FilterRule::Language, 3);
    left_out
}

fn document(id: u32) -> Document {
    let words: Vec<&str> = (0..40)
        .map(|at| WORDS[(at * 3 + id as usize) % WORDS.len()])
        .collect();
    let text = words.join(" ");
    Document {
        path: format!("reports/{id}.txt"),
        file_hash: format!("{id:064x}"),
        range: id.is_multiple_of(2).then_some([3, 3 + text.len()]),
        title: (id % 2 == 1).then(|| format!("Report \"{id}\"")),
        date: "2024-10".parse().ok(),
        author: id.is_multiple_of(3).then(|| "Ada Byron".to_owned()),
        language: id.is_multiple_of(2).then(|| "German".to_owned()),
        boilerplate: vec![[0, words[0].len()]],
        sentences: 2,
        left_out: left_out(),
        notice: (id == 3).then(|| "1 of 2 pages has no text".to_owned()),
        recognized: id.is_multiple_of(2).then(|| "[[],[],[],[]]".into()),
        ..Document::of_text(DocumentId(id), text.as_str())
    }
}

/// Every sixth word belongs to the same entity.
fn entity(id: u32, documents: &[Arc<Document>]) -> Entity {
    let mut mentions = Vec::new();
    for document in documents {
        let mut start = 0;
        for (at, word) in document.text.split(' ').enumerate() {
            if at % 6 == id as usize {
                mentions.push(Mention {
                    document: document.id,
                    start,
                    end: start + word.len(),
                    text: word.to_owned(),
                    score: 0.1 + at as f32 / 50.0,
                });
            }
            start += word.len() + 1;
        }
    }
    let mut entity = Entity {
        id: EntityId(id),
        kind: EntityKind::ALL[id as usize % 8],
        name: format!("Entity {id}"),
        aliases: Vec::new(),
        roles: vec![Role {
            text: "chief".into(),
            document: DocumentId(0),
            start: 0,
        }],
        mentions,
        by_user: false,
        told: None,
        unit: (id == 1).then(|| {
            Box::new(UnitDetails {
                number: Some("5".into()),
                unit_type: Some("tank".into()),
                ..UnitDetails::default()
            })
        }),
        date: (id == 4).then(|| "2024-10".parse().unwrap()),
        location: (id == 3).then(|| {
            Box::new(Location {
                name: "Newcastle".into(),
                kind: PlaceKind::City,
                country: Some("Australia".into()),
                country_code: Some("AU".into()),
                region: None,
                latitude: -32.94,
                longitude: 151.78,
                score: 0.75,
            })
        }),
    };
    entity.refresh_aliases(&[]);
    entity
}

fn relation(id: u32, documents: &[Arc<Document>], entities: &[Entity]) -> Relation {
    let (source, target) = (&entities[id as usize], &entities[id as usize + 1]);
    let span = |entity: &Entity| {
        let mention = &entity.mentions[0];
        Some([mention.start, mention.end])
    };
    Relation {
        id: RelationId(id),
        source: source.id,
        target: target.id,
        kind: RelationKind::ALL[id as usize * 4 % RelationKind::ALL.len()],
        label: "met".into(),
        status: Status::Reported,
        disputed: false,
        date: (id == 2).then(|| "2010/..".parse().ok()).flatten(),
        score: 0.5,
        evidence: vec![Evidence {
            origin: Origin::Text,
            document: Some(documents[0].id),
            start: Some(0),
            end: Some(documents[0].text.len()),
            text: Some(documents[0].text.clone()),
            source_span: span(source),
            target_span: span(target),
            trigger: vec![[0, 3]],
            status: Status::Reported,
            attributed_to: Some("Kyodo".into()),
            date: "2024-10-23".parse().ok(),
            score: 0.5,
            method: "rule:test".into(),
        }],
    }
}

/// An edit; many of them name something that is not there.
pub fn any_edit() -> impl Strategy<Value = Edit> {
    let ids = || prop::collection::vec(any_entity(), 0..4);
    let point = || (-1e6f32..1e6, -1e6f32..1e6).prop_map(|(x, y)| Point::new(x, y));
    let places = move || prop::collection::vec((any_entity(), point()), 0..4);
    prop_oneof![
        (any_entity(), "[ a-cŽ]{0,6}").prop_map(|(entity, name)| Edit::Rename { entity, name }),
        (ids(), any_kind()).prop_map(|(entities, kind)| Edit::Retype { entities, kind }),
        ids().prop_map(|entities| Edit::Delete { entities }),
        ids().prop_map(|entities| Edit::NotAnEntity { entities }),
        (any_entity(), ids()).prop_map(|(into, others)| Edit::Merge { into, others }),
        places().prop_map(|positions| Edit::Move { positions }),
        ids().prop_map(|ids| Edit::Pin {
            entities: ids.into_iter().map(|id| (id, None)).collect()
        }),
        ids().prop_map(|entities| Edit::Unpin { entities }),
        ids().prop_map(|entities| Edit::Hide { entities }),
        ids().prop_map(|entities| Edit::HideOthers { entities }),
        Just(Edit::ShowAll),
        (any_entity(), ids()).prop_map(|(into, entities)| Edit::Group { into, entities }),
        ids().prop_map(|entities| Edit::Ungroup { entities }),
        (any_kind(), "[ a-c]{0,4}", prop::option::of(point())).prop_map(
            |(kind, name, position)| Edit::AddEntity {
                kind,
                name,
                position
            }
        ),
        mark().prop_map(|(document, start, end, kind, _)| Edit::MarkEntity {
            document,
            start,
            end,
            kind
        }),
        mark().prop_map(|(document, start, end, _, entity)| Edit::MarkMention {
            document,
            start,
            end,
            entity
        }),
        (
            any_entity(),
            any_entity(),
            0..RelationKind::ALL.len(),
            ".{0,8}"
        )
            .prop_map(|(source, target, kind, note)| Edit::AddRelation {
                source,
                target,
                kind: RelationKind::ALL[kind],
                note
            }),
        (0u32..9).prop_map(|id| Edit::RemoveRelation {
            relation: RelationId(id)
        }),
        (
            any_entity(),
            prop::collection::vec((0u32..5, 0usize..60), 1..6)
        )
            .prop_map(|(entity, mentions)| Edit::Split {
                entity,
                mentions: mentions
                    .into_iter()
                    .map(|(d, s)| (DocumentId(d), s))
                    .collect(),
                name: None,
            }),
        (any_entity(), any_entity()).prop_map(|(entity, other)| Edit::Different { entity, other }),
        (any_entity(), any_entity()).prop_map(|(entity, other)| Edit::Later { entity, other }),
        (0u32..9).prop_map(|id| Edit::TakeBack {
            corrections: vec![CorrectionId(id)]
        }),
        (0u32..9, any::<bool>()).prop_map(|(id, only_here)| Edit::SetOnlyHere {
            correction: CorrectionId(id),
            only_here
        }),
        (0u32..5).prop_map(|id| Edit::RemoveDocuments {
            documents: vec![DocumentId(id)]
        }),
        places().prop_map(|positions| Edit::SettleLayout {
            layout: LayoutChoice::Circular,
            positions
        }),
        ".{0,5}".prop_map(|title| Edit::SetTitle { title }),
    ]
}

fn any_entity() -> impl Strategy<Value = EntityId> {
    (0u32..9).prop_map(EntityId)
}

fn any_kind() -> impl Strategy<Value = EntityKind> {
    (0usize..8).prop_map(|at| EntityKind::ALL[at])
}

fn mark() -> impl Strategy<Value = (DocumentId, usize, usize, EntityKind, EntityId)> {
    (0u32..6, 0usize..200, 0usize..24, any_kind(), any_entity()).prop_map(
        |(document, start, length, kind, entity)| {
            (DocumentId(document), start, start + length, kind, entity)
        },
    )
}
