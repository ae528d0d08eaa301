//! A project into the tables of a fresh database.

use super::schema::{APPLICATION_ID, FORMAT_VERSION, SCHEMA};
use crate::model::{
    Correction, Entity, Evidence, FileOutcome, History, Origin, Project, Relation, Step,
};
use rusqlite::{Connection, Statement, Transaction, params};
use std::path::Path;

/// Why a project could not be written: the database's reason, or that of a value.
pub(super) type WriteResult = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Everything that goes into a file.
pub(super) struct Content<'a> {
    pub(super) project: &'a Project,
    pub(super) history: &'a History,
    pub(super) origin: Option<&'a Path>,
    pub(super) saved_at: &'a str,
}

/// Writes all of `content` into the empty database at `path`, in one transaction.
///
/// The file is a temporary one until it is whole, so the database keeps no journal for it.
pub(super) fn write(path: &Path, content: &Content<'_>) -> WriteResult {
    let mut database = Connection::open(path)?;
    database.pragma_update(None, "journal_mode", "OFF")?;
    database.pragma_update(None, "synchronous", "OFF")?;
    database.pragma_update(None, "application_id", APPLICATION_ID)?;
    database.pragma_update(None, "user_version", FORMAT_VERSION)?;
    let transaction = database.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    meta(&transaction, content)?;
    documents(&transaction, content.project)?;
    entities(&transaction, content.project)?;
    relations(&transaction, content.project)?;
    placements(&transaction, content.project)?;
    corrections(&transaction, content.project)?;
    findings(&transaction, content.project)?;
    files(&transaction, content.project)?;
    steps(&transaction, content.history)?;
    transaction.commit()?;
    database.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn meta(transaction: &Transaction<'_>, content: &Content<'_>) -> WriteResult {
    let mut insert = transaction.prepare("INSERT INTO meta VALUES (?1, ?2)")?;
    let project = content.project;
    let mut put = |key: &str, value: &str| insert.execute([key, value]);
    put("program", concat!("Redstring ", env!("CARGO_PKG_VERSION")))?;
    put("saved_at", content.saved_at)?;
    put("title", project.title())?;
    put("layout", &key_of(&project.layout())?)?;
    put("map", &serde_json::to_string(&project.map())?)?;
    put("next_ids", &serde_json::to_string(&project.next_ids())?)?;
    put("view", &serde_json::to_string(&project.view)?)?;
    if !project.lists().is_empty() {
        put("lists", &serde_json::to_string(project.lists())?)?;
    }
    if !project.later().is_empty() {
        put("later", &serde_json::to_string(project.later())?)?;
    }
    if let Some(origin) = content.origin {
        // A path that is no Unicode is left out: the work then counts as never saved.
        if let Some(origin) = origin.to_str() {
            put("origin", origin)?;
        }
    }
    Ok(())
}

/// The bare word that serde writes for a unit variant.
fn key_of(value: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    let text = serde_json::to_string(value)?;
    Ok(text.trim_matches('"').to_owned())
}

fn documents(transaction: &Transaction<'_>, project: &Project) -> WriteResult {
    let mut insert = transaction.prepare(
        "INSERT INTO documents VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
    )?;
    for document in project.documents() {
        insert.execute(params![
            document.id.0,
            document.path,
            document.file_hash,
            document.range.map(|range| number(range[0])),
            document.range.map(|range| number(range[1])),
            document.title,
            document.date.map(|date| date.to_string()),
            document.source,
            document.text,
            serde_json::to_string(&document.boilerplate)?,
            number(document.sentences),
            number(document.left_out.mentions()),
            document.author,
            document.language,
            serde_json::to_string(&document.left_out)?,
            document.recognized.as_deref(),
            document.notice,
        ])?;
    }
    Ok(())
}

/// SQLite counts with a sign; no text in memory is longer than that.
fn number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn entities(transaction: &Transaction<'_>, project: &Project) -> WriteResult {
    let mut insert = transaction.prepare("INSERT INTO entities VALUES (?1,?2,?3,?4,?5,?6)")?;
    let mut unit = transaction.prepare("INSERT INTO units VALUES (?1,?2,?3,?4,?5,?6,?7)")?;
    let mut location =
        transaction.prepare("INSERT INTO locations VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)")?;
    let mut alias = transaction.prepare("INSERT INTO aliases VALUES (?1,?2,?3)")?;
    let mut role = transaction.prepare("INSERT INTO roles VALUES (?1,?2,?3,?4,?5)")?;
    let mut mention = transaction.prepare("INSERT INTO mentions VALUES (?1,?2,?3,?4,?5,?6,?7)")?;
    for entity in project.entities() {
        let id = entity.id.0;
        insert.execute(params![
            id,
            entity.kind.key(),
            entity.name,
            entity.by_user,
            entity.date.map(|date| date.to_string()),
            entity
                .told
                .as_ref()
                .map(serde_json::to_string)
                .transpose()?
        ])?;
        if let Some(details) = &entity.unit {
            unit.execute(params![
                id,
                details.number,
                details.designation,
                details.unit_type,
                details.echelon,
                details.nationality,
                details.parent
            ])?;
        }
        if let Some(place) = &entity.location {
            location.execute(params![
                id,
                place.name,
                key_of(&place.kind)?,
                place.country,
                place.country_code,
                place.region,
                f64::from(place.latitude),
                f64::from(place.longitude),
                f64::from(place.score)
            ])?;
        }
        for (position, text) in entity.aliases.iter().enumerate() {
            alias.execute(params![id, number(position), text])?;
        }
        roles(&mut role, entity)?;
        for (position, m) in entity.mentions.iter().enumerate() {
            mention.execute(params![
                id,
                number(position),
                m.document.0,
                number(m.start),
                number(m.end),
                m.text,
                f64::from(m.score)
            ])?;
        }
    }
    Ok(())
}

fn roles(insert: &mut Statement<'_>, entity: &Entity) -> WriteResult {
    for (position, role) in entity.roles.iter().enumerate() {
        insert.execute(params![
            entity.id.0,
            number(position),
            role.text,
            role.document.0,
            number(role.start)
        ])?;
    }
    Ok(())
}

fn relations(transaction: &Transaction<'_>, project: &Project) -> WriteResult {
    let mut insert =
        transaction.prepare("INSERT INTO relations VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)")?;
    let mut evidence = transaction.prepare(
        "INSERT INTO evidence VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)",
    )?;
    for relation in project.relations() {
        insert.execute(params![
            relation.id.0,
            relation.source.0,
            relation.target.0,
            relation.kind.key(),
            relation.label,
            relation.status.key(),
            relation.disputed,
            relation.date.map(|date| date.to_string()),
            f64::from(relation.score),
        ])?;
        for (position, item) in relation.evidence.iter().enumerate() {
            evidence_row(&mut evidence, relation, position, item)?;
        }
    }
    Ok(())
}

fn evidence_row(
    insert: &mut Statement<'_>,
    relation: &Relation,
    position: usize,
    evidence: &Evidence,
) -> WriteResult {
    let (origin, note, when, record, file) = match &evidence.origin {
        Origin::Text => ("text", None, None, None, None),
        Origin::User { note, when } => ("user", Some(note), Some(when), None, None),
        Origin::Gazetteer { record } => ("gazetteer", None, None, Some(record), None),
        Origin::Import { file } => ("import", None, None, None, Some(file)),
    };
    insert.execute(params![
        relation.id.0,
        number(position),
        origin,
        note,
        when,
        record,
        file,
        evidence.document.map(|id| id.0),
        evidence.start.map(number),
        evidence.end.map(number),
        evidence.text,
        evidence.source_span.map(|span| number(span[0])),
        evidence.source_span.map(|span| number(span[1])),
        evidence.target_span.map(|span| number(span[0])),
        evidence.target_span.map(|span| number(span[1])),
        serde_json::to_string(&evidence.trigger)?,
        evidence.status.key(),
        evidence.attributed_to,
        evidence.date.map(|date| date.to_string()),
        f64::from(evidence.score),
        evidence.method,
    ])?;
    Ok(())
}

fn placements(transaction: &Transaction<'_>, project: &Project) -> WriteResult {
    let mut insert = transaction.prepare("INSERT INTO placements VALUES (?1,?2,?3,?4,?5)")?;
    for (entity, placement) in project.placements() {
        insert.execute(params![
            entity.0,
            placement.position.map(|point| f64::from(point.x)),
            placement.position.map(|point| f64::from(point.y)),
            placement.pinned,
            placement.hidden,
        ])?;
    }
    Ok(())
}

fn corrections(transaction: &Transaction<'_>, project: &Project) -> WriteResult {
    let mut insert = transaction
        .prepare("INSERT INTO corrections VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)")?;
    for correction in project.corrections() {
        let mut details = serde_json::to_value(&correction.kind)?;
        if correction.carried_out {
            details["carried_out"] = true.into();
        }
        if let Some(rest) = correction.rest {
            details["rest"] = rest.0.into();
        }
        if let Some(placement) = correction.placement {
            details["placement"] = serde_json::to_value(placement)?;
        }
        let what = details["correction"].as_str().unwrap_or_default();
        let Correction { id, when, .. } = &**correction;
        insert.execute(params![
            id.0,
            when,
            correction.entity.0,
            correction.name,
            correction.entity_kind.key(),
            what,
            details.to_string(),
            serde_json::to_string(&correction.anchors)?,
            correction.title,
            correction.only_here,
            correction.new_from.0.0,
            correction.new_from.1.0,
        ])?;
    }
    Ok(())
}

/// What corrections have made another record of: most of what was found is as in the other tables.
fn findings(transaction: &Transaction<'_>, project: &Project) -> WriteResult {
    let mut insert = transaction.prepare("INSERT INTO findings VALUES (?1,?2,?3)")?;
    let mut put = |record: &str, id: u32, content: Option<String>| {
        insert.execute(params![record, id, content])
    };
    for found in project.found_entities() {
        if project.entity(found.id) != Some(found) {
            put("entity", found.id.0, Some(serde_json::to_string(found)?))?;
        }
    }
    for entity in project.entities() {
        if project.found_entity(entity.id).is_none() {
            put("entity", entity.id.0, None)?;
        }
    }
    for found in project.found_relations() {
        if project.relation(found.id) != Some(found) {
            put("relation", found.id.0, Some(serde_json::to_string(found)?))?;
        }
    }
    for relation in project.relations() {
        if project.found_relation(relation.id).is_none() {
            put("relation", relation.id.0, None)?;
        }
    }
    Ok(())
}

fn files(transaction: &Transaction<'_>, project: &Project) -> WriteResult {
    let mut insert = transaction.prepare("INSERT INTO files VALUES (?1,?2,?3,?4,?5)")?;
    for (position, file) in project.files().iter().enumerate() {
        let (outcome, documents, reason) = match &file.outcome {
            FileOutcome::Read { documents } => ("read", Some(number(*documents)), None),
            FileOutcome::Skipped { reason } => ("skipped", None, Some(reason)),
            FileOutcome::Failed { reason } => ("failed", None, Some(reason)),
        };
        insert.execute(params![
            number(position),
            file.path,
            outcome,
            documents,
            reason
        ])?;
    }
    Ok(())
}

fn steps(transaction: &Transaction<'_>, history: &History) -> WriteResult {
    let mut insert = transaction.prepare("INSERT INTO steps VALUES (?1,?2,?3,?4,?5)")?;
    let mut put = |stack: &str, steps: &[Step]| -> WriteResult {
        for (position, step) in steps.iter().enumerate() {
            insert.execute(params![
                stack,
                number(position),
                step.title,
                step.when,
                serde_json::to_string(&step.patch)?
            ])?;
        }
        Ok(())
    };
    put("done", history.done())?;
    put("undone", history.undone())
}
