//! Small projects of given findings, and edits of them.

#![allow(dead_code)] // Not every test needs all of it.

use redstring::model::{
    CorrectionId, Document, DocumentBatch, DocumentId, Edit, Entity, EntityId, EntityKind,
    Location, Mention, PlaceKind, Project, RelationKind,
};
use std::sync::Arc;

/// Carries out an edit and holds the project to its promises.
pub fn run(project: &mut Project, edit: &Edit) {
    let (_, patch) = edit.plan(project, "2025-02-08T12:00:00Z").unwrap();
    project.apply(patch);
    project.check().unwrap();
    let again = project.replayed();
    assert!(again == *project, "a project is its own replay");
}

/// A document of one sentence.
pub fn document(id: u32, text: &str) -> Arc<Document> {
    Arc::new(Document {
        path: format!("reports/{id}.txt"),
        file_hash: format!("{id:064x}"),
        range: None,
        sentences: 1,
        ..Document::of_text(DocumentId(id), text)
    })
}

/// An entity with a mention wherever the documents have one of the texts.
pub fn entity(id: u32, kind: EntityKind, texts: &[&str], documents: &[&Arc<Document>]) -> Entity {
    let mut entity = Entity {
        id: EntityId(id),
        kind,
        name: texts[0].to_owned(),
        aliases: Vec::new(),
        roles: Vec::new(),
        mentions: Vec::new(),
        by_user: false,
        told: None,
        unit: None,
        date: None,
        location: None,
    };
    for document in documents {
        for text in texts {
            for (start, _) in document.text.match_indices(text) {
                entity.mentions.push(Mention {
                    document: document.id,
                    start,
                    end: start + text.len(),
                    text: (*text).to_owned(),
                    score: 0.9,
                });
            }
        }
    }
    entity.sort_mentions();
    entity.refresh_aliases(&[]);
    entity
}

/// The entity as a town of that latitude.
pub fn located(mut entity: Entity, latitude: f32) -> Entity {
    entity.location = Some(Box::new(place("Newcastle", latitude)));
    entity
}

/// A place of the gazetteer.
pub fn place(name: &str, latitude: f32) -> Location {
    Location {
        name: name.to_owned(),
        kind: PlaceKind::City,
        country: None,
        country_code: None,
        region: None,
        latitude,
        longitude: 1.0,
        score: 0.9,
    }
}

/// What a reading of these documents found.
pub fn batch(documents: &[&Arc<Document>], entities: Vec<Entity>) -> Box<DocumentBatch> {
    Box::new(DocumentBatch {
        documents: documents.iter().map(|d| (*d).clone()).collect(),
        entities: entities.into_iter().map(Arc::new).collect(),
        ..DocumentBatch::default()
    })
}

/// A project of these documents and findings.
pub fn added(documents: &[&Arc<Document>], entities: Vec<Entity>) -> Project {
    let mut project = Project::default();
    run(
        &mut project,
        &Edit::AddDocuments(batch(documents, entities)),
    );
    project
}

/// Gives an entity another name.
pub fn rename(entity: u32, name: &str) -> Edit {
    Edit::Rename {
        entity: EntityId(entity),
        name: name.to_owned(),
    }
}

/// Makes two entities one.
pub fn merge(into: u32, other: u32) -> Edit {
    Edit::Merge {
        into: EntityId(into),
        others: vec![EntityId(other)],
    }
}

/// Adds a relation.
pub fn relate(source: u32, target: u32, kind: RelationKind, note: &str) -> Edit {
    Edit::AddRelation {
        source: EntityId(source),
        target: EntityId(target),
        kind,
        note: note.to_owned(),
    }
}

/// Takes a correction back.
pub fn take_back(project: &mut Project, id: u32) {
    let corrections = vec![CorrectionId(id)];
    run(project, &Edit::TakeBack { corrections });
}

/// Number, name and count of mentions of each entity.
pub fn names(project: &Project) -> Vec<(u32, &str, usize)> {
    let entity = |e: &'_ Arc<Entity>| (e.id.0, e.mentions.len());
    project
        .entities()
        .map(|e| (entity(e).0, e.name.as_str(), entity(e).1))
        .collect()
}

/// Both ends and the count of evidence of each relation.
pub fn lines(project: &Project) -> Vec<(u32, u32, usize)> {
    let line = |r: &Arc<redstring::model::Relation>| (r.source.0, r.target.0, r.evidence.len());
    let mut lines: Vec<_> = project.relations().map(line).collect();
    lines.sort_unstable();
    lines
}

/// Shorter to read.
pub const PERSON: EntityKind = EntityKind::Person;
/// Shorter to read.
pub const PLACE: EntityKind = EntityKind::Place;
