//! A stored project as JSON lines need it: each document by itself.

use crate::error::Result;
use crate::model::{
    Document, DocumentBatch, DocumentId, Edit, Entity, EntityId, Evidence, Project, Relation,
    RelationId,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A project of `document` alone, under the id 0, with the entities that it names and the relations
/// that it tells, as the user has corrected them. Entities by first mention.
///
/// # Errors
/// When the project refuses the parts, which those of a sound project never do.
pub(super) fn alone(project: &Project, document: &Document) -> Result<Project> {
    let mut entities: Vec<Entity> = project
        .entities()
        .filter_map(|entity| entity_in(entity, document.id))
        .collect();
    entities.sort_by_key(|entity| (entity.mentions.first().map(|m| m.start), entity.id));
    let mut numbers: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    for (entity, number) in entities.iter_mut().zip(0..) {
        numbers.insert(entity.id, EntityId(number));
        entity.id = EntityId(number);
    }
    let relations = project
        .relations()
        .filter_map(|relation| relation_in(relation, document.id, &numbers))
        .zip(0..)
        .map(|(mut relation, number)| {
            relation.id = RelationId(number);
            Arc::new(relation)
        })
        .collect();
    let batch = DocumentBatch {
        documents: vec![Arc::new(Document {
            id: DocumentId(0),
            ..document.clone()
        })],
        entities: entities.into_iter().map(Arc::new).collect(),
        relations,
        ..DocumentBatch::default()
    };
    let mut single = Project::default();
    let (_, patch) = Edit::AddDocuments(Box::new(batch)).plan(&single, "")?;
    single.apply(patch);
    Ok(single)
}

fn entity_in(entity: &Entity, document: DocumentId) -> Option<Entity> {
    if !entity.mentions.iter().any(|m| m.document == document) {
        return None;
    }
    let mut entity = entity.clone();
    entity.mentions.retain(|m| m.document == document);
    entity.roles.retain(|role| role.document == document);
    for mention in &mut entity.mentions {
        mention.document = DocumentId(0);
    }
    for role in &mut entity.roles {
        role.document = DocumentId(0);
    }
    entity.refresh_aliases(&[]);
    Some(entity)
}

fn relation_in(
    relation: &Relation,
    document: DocumentId,
    numbers: &BTreeMap<EntityId, EntityId>,
) -> Option<Relation> {
    let here = |evidence: &&Evidence| evidence.document == Some(document);
    let evidence: Vec<Evidence> = relation
        .evidence
        .iter()
        .filter(here)
        .map(|evidence| Evidence {
            document: Some(DocumentId(0)),
            ..evidence.clone()
        })
        .collect();
    if evidence.is_empty() {
        return None;
    }
    let mut relation = Relation {
        source: *numbers.get(&relation.source)?,
        target: *numbers.get(&relation.target)?,
        evidence,
        ..relation.clone()
    };
    relation.normalize_direction();
    relation.refresh();
    Some(relation)
}
