//! The tables of a project file into a project. The file is not trusted: what does not fit is an
//! error, never a panic.

use super::earlier;
use super::numbers::{check_details, check_patch, checked};
use super::read_graph::{entities, relations};
use super::schema::{FINDINGS_SINCE, tables_of};
use super::{Stored, Summary};
use crate::geometry::Point;
use crate::model::{
    Correction, CorrectionId, Document, DocumentId, EntityId, FileOutcome, FileRecord, FilterRule,
    History, LayoutChoice, LeftOut, MapFrame, Patch, Placement, Project, RelationId, SavedView,
    Step,
};
use rusqlite::{Connection, OpenFlags, Row};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What was found wrong with a file.
pub(super) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Opens the database at `path` so that nothing in it can run or be changed.
fn open(path: &Path) -> Result<Connection, Cause> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags)?;
    // What the file brings along is data: none of it may run.
    database.pragma_update(None, "trusted_schema", false)?;
    database.pragma_update(None, "query_only", true)?;
    database.pragma_update(None, "cell_size_check", true)?;
    check_tables(&database)?;
    Ok(database)
}

/// The records of a table as a patch holds them.
pub(super) type Records<Id, T> = Vec<(Id, Option<Arc<T>>)>;

/// Reads a little of the database at `path`.
pub(super) fn summary(path: &Path) -> Result<Summary, Cause> {
    let database = open(path)?;
    let entities: i64 =
        database.query_row("SELECT count(*) FROM entities", [], |row| row.get(0))?;
    Ok(Summary {
        title: meta(&database, "title")?.unwrap_or_default(),
        entities: usize::try_from(entities)?,
        saved_at: meta(&database, "saved_at")?.unwrap_or_default(),
        origin: meta(&database, "origin")?.map(Into::into),
    })
}

/// Reads the whole database at `path`.
pub(super) fn read(path: &Path) -> Result<Stored, Cause> {
    let database = open(path)?;
    let health: String = database.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if health != "ok" {
        return Err(health.into());
    }
    let stored = Stored {
        project: project(&database)?,
        history: History::from_parts(steps(&database, "done")?, steps(&database, "undone")?),
        origin: meta(&database, "origin")?.map(Into::into),
        saved_at: meta(&database, "saved_at")?.unwrap_or_default(),
    };
    stored.project.check_references()?;
    Ok(stored)
}

/// Our tables are there, as plain tables, and nothing that could act by itself.
fn check_tables(database: &Connection) -> Result<(), Cause> {
    let version = version(database)?;
    let mut schema = database.prepare("SELECT type, name, sql FROM sqlite_schema")?;
    let mut rows = schema.query([])?;
    let mut tables: Vec<String> = Vec::new();
    while let Some(row) = rows.next()? {
        let (sort, name): (String, String) = (row.get(0)?, row.get(1)?);
        let sql: Option<String> = row.get(2)?;
        let is_virtual = sql.is_some_and(|sql| sql.to_uppercase().starts_with("CREATE VIRTUAL"));
        match sort.as_str() {
            "table" if !is_virtual => tables.push(name),
            "index" => {}
            other => return Err(format!("it holds a {other} that does not belong there").into()),
        }
    }
    match tables_of(version)
        .iter()
        .find(|table| !tables.iter().any(|name| name == *table))
    {
        Some(missing) => Err(format!("the table {missing} is missing").into()),
        None => Ok(()),
    }
}

/// The version of the tables.
fn version(database: &Connection) -> Result<u32, Cause> {
    Ok(database.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn meta(database: &Connection, key: &str) -> Result<Option<String>, Cause> {
    let mut query = database.prepare("SELECT value FROM meta WHERE key = ?1")?;
    let mut rows = query.query([key])?;
    Ok(match rows.next()? {
        Some(row) => Some(row.get(0)?),
        None => None,
    })
}

fn project(database: &Connection) -> Result<Project, Cause> {
    let next_ids = next_ids(database)?;
    let layout = meta(database, "layout")?.unwrap_or_default();
    let layout: LayoutChoice =
        serde_json::from_value(serde_json::Value::String(layout)).unwrap_or_default();
    // A map that cannot be read is none that was drawn on.
    let map = meta(database, "map")?
        .and_then(|map| serde_json::from_str::<MapFrame>(&map).ok())
        .filter(MapFrame::is_sound);
    // A view that cannot be read is no loss worth refusing a project for.
    let view: SavedView = meta(database, "view")?
        .and_then(|view| serde_json::from_str(&view).ok())
        .unwrap_or_default();
    let lists = match meta(database, "lists")? {
        Some(lists) => serde_json::from_str(&lists)?,
        None => Vec::new(),
    };
    // The order of a list is no loss worth refusing a project for.
    let later = meta(database, "later")?.and_then(|later| serde_json::from_str(&later).ok());
    let version = version(database)?;
    let (entities, relations) = (entities(database, version)?, relations(database)?);
    let mut corrections = corrections(database, version, next_ids)?;
    let mut found_relations = found(database, version, "relation", RelationId, &relations)?;
    if version < FINDINGS_SINCE {
        earlier::relations_of_corrections(&mut corrections, &mut found_relations);
    }
    let patch = Patch {
        documents: documents(database)?,
        found_entities: found(database, version, "entity", EntityId, &entities)?,
        found_relations,
        entities,
        relations,
        placements: placements(database)?,
        corrections,
        files: Some(files(database)?),
        title: meta(database, "title")?,
        layout: Some(layout),
        map,
        lists: Some(lists),
        later,
        apart: None,
        groups: None,
    };
    Ok(Project::from_parts(patch, next_ids, view))
}

/// All rows of a query, each made into a value.
pub(super) fn rows<T>(
    database: &Connection,
    sql: &str,
    mut make: impl FnMut(&Row<'_>) -> Result<T, Cause>,
) -> Result<Vec<T>, Cause> {
    let mut query = database.prepare(sql)?;
    let mut found = query.query([])?;
    let mut values = Vec::new();
    while let Some(row) = found.next()? {
        values.push(make(row)?);
    }
    Ok(values)
}

/// An id: so large a one is never given that there is no next one.
pub(super) fn id(row: &Row<'_>, column: &str) -> Result<u32, Cause> {
    checked(row.get(column)?)
}

pub(super) fn count(row: &Row<'_>, column: &str) -> Result<usize, Cause> {
    let value: i64 = row.get(column)?;
    Ok(usize::try_from(value)?)
}

pub(super) fn optional_count(row: &Row<'_>, column: &str) -> Result<Option<usize>, Cause> {
    let value: Option<i64> = row.get(column)?;
    Ok(value.map(usize::try_from).transpose()?)
}

/// A pair of columns that are both there or both missing.
pub(super) fn span(row: &Row<'_>, start: &str, end: &str) -> Result<Option<[usize; 2]>, Cause> {
    match (optional_count(row, start)?, optional_count(row, end)?) {
        (Some(start), Some(end)) if start <= end => Ok(Some([start, end])),
        (None, None) => Ok(None),
        _ => Err(format!("{start} and {end} make no range").into()),
    }
}

/// A column with one word of a closed list.
pub(super) fn word<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
) -> Result<T, Cause> {
    let text: String = row.get(column)?;
    Ok(serde_json::from_value(serde_json::Value::String(text))?)
}

/// A column with one word or date, or nothing.
pub(super) fn optional_word<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
) -> Result<Option<T>, Cause> {
    let text: Option<String> = row.get(column)?;
    Ok(text
        .map(|text| serde_json::from_value(serde_json::Value::String(text)))
        .transpose()?)
}

fn documents(database: &Connection) -> Result<Records<DocumentId, Document>, Cause> {
    rows(database, "SELECT * FROM documents ORDER BY id", |row| {
        let boilerplate: String = row.get("boilerplate")?;
        let document = Document {
            id: DocumentId(id(row, "id")?),
            path: row.get("path")?,
            file_hash: row.get("file_hash")?,
            range: span(row, "range_start", "range_end")?,
            title: row.get("title")?,
            date: optional_word(row, "date")?,
            source: row.get("source")?,
            // Files of earlier versions do not tell.
            author: row.get("author").unwrap_or_default(),
            language: row.get("language").unwrap_or_default(),
            text: row.get("text")?,
            boilerplate: serde_json::from_str(&boilerplate)?,
            sentences: count(row, "sentences")?,
            left_out: left_out(row)?,
            notice: row.get("notice").unwrap_or_default(),
            recognized: row
                .get::<_, Option<String>>("recognized")
                .unwrap_or_default()
                .map(Arc::from),
            signature: Default::default(),
        };
        Ok((document.id, Some(Arc::new(document))))
    })
}

/// Files of earlier versions tell how many candidates were left out, and not by which rule.
fn left_out(row: &Row<'_>) -> Result<LeftOut, Cause> {
    let told: Option<String> = row.get("left_out").unwrap_or_default();
    if let Some(told) = told {
        return Ok(serde_json::from_str(&told)?);
    }
    let mut left_out = LeftOut::default();
    left_out.add(FilterRule::Unknown, count(row, "mentions_filtered")?);
    Ok(left_out)
}

fn placements(database: &Connection) -> Result<Vec<(EntityId, Option<Placement>)>, Cause> {
    rows(
        database,
        "SELECT * FROM placements ORDER BY entity",
        |row| {
            let (x, y): (Option<f64>, Option<f64>) = (row.get("x")?, row.get("y")?);
            let position = match (x, y) {
                (Some(x), Some(y)) => Some(Point::new(x as f32, y as f32)),
                _ => None,
            };
            let placement = Placement {
                position,
                pinned: row.get("pinned")?,
                hidden: row.get("hidden")?,
            };
            Ok((EntityId(id(row, "entity")?), Some(placement)))
        },
    )
}

/// What was found: as the tables have it, but for the records that corrections changed. Of files of
/// earlier versions what the tables have is what was found.
fn found<Id: Copy + Ord, T: serde::de::DeserializeOwned>(
    database: &Connection,
    version: u32,
    record: &str,
    make: impl Fn(u32) -> Id,
    present: &Records<Id, T>,
) -> Result<Records<Id, T>, Cause> {
    let mut all: BTreeMap<Id, Option<Arc<T>>> = present.iter().cloned().collect();
    if version >= FINDINGS_SINCE {
        let sql = format!("SELECT id, content FROM findings WHERE record = '{record}'");
        let changed = rows(database, &sql, |row| {
            let content: Option<String> = row.get("content")?;
            let content = content
                .map(|text| serde_json::from_str(&text))
                .transpose()?;
            Ok((make(id(row, "id")?), content))
        })?;
        for (id, content) in changed {
            match content {
                Some(content) => all.insert(id, Some(Arc::new(content))),
                None => all.remove(&id),
            };
        }
    }
    Ok(all.into_iter().collect())
}

fn corrections(
    database: &Connection,
    version: u32,
    next_ids: [u32; 4],
) -> Result<Records<CorrectionId, Correction>, Cause> {
    rows(database, "SELECT * FROM corrections ORDER BY id", |row| {
        let (details, anchors): (String, String) = (row.get("details")?, row.get("anchors")?);
        let details: serde_json::Value = serde_json::from_str(&details)?;
        check_details(&details)?;
        let is_told = version >= FINDINGS_SINCE;
        let new_from = if is_told {
            (id(row, "new_document")?, id(row, "new_entity")?)
        } else {
            (next_ids[0], next_ids[1])
        };
        let correction = Correction {
            id: CorrectionId(id(row, "id")?),
            when: row.get("corrected_at")?,
            entity: EntityId(id(row, "entity")?),
            name: row.get("name")?,
            entity_kind: word(row, "entity_kind")?,
            anchors: serde_json::from_str(&anchors)?,
            title: if is_told {
                row.get("title")?
            } else {
                String::new()
            },
            only_here: is_told && row.get("only_here")?,
            new_from: (DocumentId(new_from.0), EntityId(new_from.1)),
            // What files of earlier versions have was corrected before it was stored.
            carried_out: !is_told || details["carried_out"] == true,
            rest: number(&details["rest"]).map(EntityId),
            placement: placement(&details["placement"]),
            kind: serde_json::from_value(details)?,
        };
        Ok((correction.id, Some(Arc::new(correction))))
    })
}

fn number(value: &serde_json::Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}

fn placement(value: &serde_json::Value) -> Option<Placement> {
    let placement: Placement = serde_json::from_value(value.clone()).ok()?;
    let is_somewhere = placement.position.is_none_or(|point| point.is_finite());
    is_somewhere.then_some(placement)
}

fn files(database: &Connection) -> Result<Vec<FileRecord>, Cause> {
    rows(database, "SELECT * FROM files ORDER BY position", |row| {
        let outcome: String = row.get("outcome")?;
        let reason = row.get::<_, Option<String>>("reason")?.unwrap_or_default();
        let outcome = match outcome.as_str() {
            "read" => FileOutcome::Read {
                documents: optional_count(row, "documents")?.unwrap_or(0),
            },
            "skipped" => FileOutcome::Skipped { reason },
            "failed" => FileOutcome::Failed { reason },
            other => return Err(format!("a file has the unknown outcome {other}").into()),
        };
        Ok(FileRecord {
            path: row.get("path")?,
            outcome,
        })
    })
}

fn steps(database: &Connection, stack: &'static str) -> Result<Vec<Step>, Cause> {
    let sql = format!("SELECT * FROM steps WHERE stack = '{stack}' ORDER BY position");
    let steps = rows(database, &sql, |row| {
        let patch: String = row.get("patch")?;
        let patch = serde_json::from_str(&patch)?;
        check_patch(&patch)?;
        Ok(Step {
            title: row.get("title")?,
            when: row.get("done_at")?,
            patch,
        })
    })?;
    if version(database)? >= FINDINGS_SINCE {
        return Ok(steps);
    }
    let [documents, entities, ..] = next_ids(database)?;
    Ok(earlier::steps(
        steps,
        (DocumentId(documents), EntityId(entities)),
    ))
}

/// First unused ids.
fn next_ids(database: &Connection) -> Result<[u32; 4], Cause> {
    let told = meta(database, "next_ids")?.ok_or("it does not say which ids are free")?;
    let next: [u32; 4] = serde_json::from_str(&told)?;
    for number in next {
        checked(number)?;
    }
    Ok(next)
}
