//! The JSON that other programs rely on: version 1, one object, or one object a line.

use super::write::saving_error;
use crate::error::{Result, Warnings};
use crate::model::{
    DateValue, Document, DocumentId, Entity, EntityId, EntityKind, Evidence, Location, Mention,
    Origin, PlaceKind, Project, Relation, RelationKind, Role, Status, UnitDetails,
};
use serde::Serialize;
use std::io::{self, Write};

/// Which relations are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RelationChoice {
    /// None.
    None,
    /// All but `mentioned_with` and those that only the gazetteer knows.
    #[default]
    Stated,
    /// All.
    All,
}

/// Whether `choice` takes the relation in.
pub fn is_written(relation: &Relation, choice: RelationChoice) -> bool {
    let told = |evidence: &Evidence| !matches!(evidence.origin, Origin::Gazetteer { .. });
    match choice {
        RelationChoice::None => false,
        RelationChoice::Stated => relation.is_stated() && relation.evidence.iter().any(told),
        RelationChoice::All => true,
    }
}

const VERSION: u32 = 1;

#[derive(Serialize)]
struct DocumentRecord<'a> {
    id: DocumentId,
    path: &'a str,
    range: Option<[usize; 2]>,
    title: Option<&'a str>,
    date: Option<DateValue>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct EntityRecord<'a> {
    id: EntityId,
    kind: EntityKind,
    name: &'a str,
    aliases: &'a [String],
    roles: &'a [Role],
    mentions: &'a [Mention],
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a UnitDetails>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<DateValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationRecord<'a>>,
    independent_sources: usize,
}

/// A place; seas, continents and states of the past have no point.
#[derive(Serialize)]
struct LocationRecord<'a> {
    name: &'a str,
    kind: PlaceKind,
    country: Option<&'a str>,
    country_code: Option<&'a str>,
    region: Option<&'a str>,
    latitude: Option<f32>,
    longitude: Option<f32>,
    score: f32,
}

impl<'a> From<&'a Location> for LocationRecord<'a> {
    fn from(location: &'a Location) -> Self {
        let has_point = location.latitude != 0.0 || location.longitude != 0.0;
        Self {
            name: &location.name,
            kind: location.kind,
            country: location.country.as_deref(),
            country_code: location.country_code.as_deref(),
            region: location.region.as_deref(),
            latitude: has_point.then_some(location.latitude),
            longitude: has_point.then_some(location.longitude),
            score: location.score,
        }
    }
}

#[derive(Serialize)]
struct RelationRecord<'a> {
    source: EntityId,
    target: EntityId,
    kind: RelationKind,
    label: &'a str,
    status: Status,
    disputed: bool,
    date: Option<DateValue>,
    score: f32,
    independent_sources: usize,
    evidence: &'a [Evidence],
}

impl<'a> From<&'a Document> for DocumentRecord<'a> {
    fn from(document: &'a Document) -> Self {
        Self {
            id: document.id,
            path: &document.path,
            range: document.range,
            title: document.title.as_deref(),
            date: document.date,
            source: document.source.as_deref(),
            author: document.author.as_deref(),
            language: document.language.as_deref(),
            text: &document.text,
        }
    }
}

impl<'a> EntityRecord<'a> {
    fn new(project: &Project, entity: &'a Entity) -> Self {
        Self {
            id: entity.id,
            kind: entity.kind,
            name: &entity.name,
            aliases: &entity.aliases,
            roles: &entity.roles,
            mentions: &entity.mentions,
            unit: entity
                .unit
                .as_deref()
                .filter(|_| entity.kind == EntityKind::Unit),
            date: entity.date.filter(|_| entity.kind == EntityKind::Date),
            location: entity
                .location
                .as_deref()
                .filter(|_| entity.kind == EntityKind::Place)
                .map(LocationRecord::from),
            independent_sources: project
                .independent_sources(entity.mentions.iter().map(|m| m.document)),
        }
    }
}

impl<'a> RelationRecord<'a> {
    fn new(project: &Project, relation: &'a Relation) -> Self {
        Self {
            source: relation.source,
            target: relation.target,
            kind: relation.kind,
            label: &relation.label,
            status: relation.status,
            disputed: relation.disputed,
            date: relation.date,
            score: relation.score,
            independent_sources: project.sources_of(relation),
            evidence: &relation.evidence,
        }
    }
}

/// Writes everything as one object; each document, entity, relation and warning has a line of its
/// own, so that two files can be compared line by line. The same project gives the same bytes.
///
/// # Errors
/// When `out` fails.
pub fn json(
    out: &mut dyn Write,
    project: &Project,
    warnings: &Warnings,
    choice: RelationChoice,
) -> Result<()> {
    object(out, project, warnings, choice, "\n")
        .and_then(|()| out.write_all(b"\n"))
        .map_err(saving_error)
}

/// Writes everything as one object on one line: a line of JSON lines.
///
/// # Errors
/// When `out` fails.
pub fn json_line(
    out: &mut dyn Write,
    project: &Project,
    warnings: &Warnings,
    choice: RelationChoice,
) -> Result<()> {
    object(out, project, warnings, choice, "")
        .and_then(|()| out.write_all(b"\n"))
        .map_err(saving_error)
}

fn object(
    out: &mut dyn Write,
    project: &Project,
    warnings: &Warnings,
    choice: RelationChoice,
    line: &str,
) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},{line}")?;
    let documents = project.documents().map(|d| DocumentRecord::from(&**d));
    list(out, "documents", documents, line)?;
    write!(out, ",{line}")?;
    let entities = by_first_mention(project);
    let entities = entities
        .into_iter()
        .map(|entity| EntityRecord::new(project, entity));
    list(out, "entities", entities, line)?;
    write!(out, ",{line}")?;
    let relations = by_ends(project, choice);
    let relations = relations
        .into_iter()
        .map(|relation| RelationRecord::new(project, relation));
    list(out, "relations", relations, line)?;
    write!(out, ",{line}")?;
    list(out, "warnings", warnings.0.iter(), line)?;
    out.write_all(b"}")
}

/// Writes `"name":[item,item]` with `line` before each item and at the end.
fn list<T: Serialize>(
    out: &mut dyn Write,
    name: &str,
    items: impl Iterator<Item = T>,
    line: &str,
) -> io::Result<()> {
    write!(out, "\"{name}\":[")?;
    for (index, item) in items.enumerate() {
        write!(out, "{}{line}", if index == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut *out, &item)?;
    }
    write!(out, "{line}]")
}

/// Entities by their first mention; those without one last, by id.
fn by_first_mention(project: &Project) -> Vec<&Entity> {
    let mut entities: Vec<&Entity> = project.entities().map(|entity| &**entity).collect();
    entities.sort_by_key(|entity| {
        let first = entity.mentions.first();
        (
            first.is_none(),
            first.map(|m| (m.document, m.start)),
            entity.id,
        )
    });
    entities
}

fn by_ends(project: &Project, choice: RelationChoice) -> Vec<&Relation> {
    let mut relations: Vec<&Relation> = project
        .relations()
        .map(|relation| &**relation)
        .filter(|relation| is_written(relation, choice))
        .collect();
    relations.sort_by_key(|r| (r.source, r.target, r.kind.key(), r.date, r.id));
    relations
}
