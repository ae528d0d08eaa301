//! Entities and relations, each with the rows of the tables that hang on it.

use super::read::{Cause, Records, count, id, optional_count, optional_word, rows, span, word};
use crate::model::{
    DocumentId, Entity, EntityId, Evidence, Location, Mention, Origin, Relation, RelationId, Role,
    Told, UnitDetails,
};
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entities with aliases, roles, mentions and fields, by id. Files before version 2 tell no fields.
pub(super) fn entities(
    database: &Connection,
    version: u32,
) -> Result<Records<EntityId, Entity>, Cause> {
    let mut entities: BTreeMap<u32, Entity> = BTreeMap::new();
    for entity in rows(database, "SELECT * FROM entities", |row| {
        entity(row, version)
    })? {
        entities.insert(entity.id.0, entity);
    }
    let aliases = "SELECT * FROM aliases ORDER BY entity, position";
    for (owner, alias) in rows(database, aliases, |row| {
        Ok((id(row, "entity")?, row.get::<_, String>("text")?))
    })? {
        owned(&mut entities, owner)?.aliases.push(alias);
    }
    let roles = "SELECT * FROM roles ORDER BY entity, position";
    for (owner, role) in rows(database, roles, role)? {
        owned(&mut entities, owner)?.roles.push(role);
    }
    let mentions = "SELECT * FROM mentions ORDER BY entity, position";
    for (owner, mention) in rows(database, mentions, mention)? {
        owned(&mut entities, owner)?.mentions.push(mention);
    }
    if version >= 2 {
        for (owner, details) in rows(database, "SELECT * FROM units", unit)? {
            owned(&mut entities, owner)?.unit = Some(Box::new(details));
        }
        for (owner, place) in rows(database, "SELECT * FROM locations", location)? {
            owned(&mut entities, owner)?.location = Some(Box::new(place));
        }
    }
    Ok(entities
        .into_values()
        .map(|entity| (entity.id, Some(Arc::new(entity))))
        .collect())
}

fn owned(entities: &mut BTreeMap<u32, Entity>, id: u32) -> Result<&mut Entity, Cause> {
    entities
        .get_mut(&id)
        .ok_or_else(|| format!("entity {id} is missing").into())
}

fn entity(row: &Row<'_>, version: u32) -> Result<Entity, Cause> {
    Ok(Entity {
        id: EntityId(id(row, "id")?),
        kind: word(row, "kind")?,
        name: row.get("name")?,
        aliases: Vec::new(),
        roles: Vec::new(),
        mentions: Vec::new(),
        by_user: row.get("by_user")?,
        told: told(row)?,
        unit: None,
        date: if version < 2 {
            None
        } else {
            optional_word(row, "date")?
        },
        location: None,
    })
}

/// What single documents tell; files of early versions do not have that.
fn told(row: &Row<'_>) -> Result<Option<Box<Told>>, Cause> {
    let Ok(column) = row.as_ref().column_index("told") else {
        return Ok(None);
    };
    let Some(text) = row.get::<_, Option<String>>(column)? else {
        return Ok(None);
    };
    let told: Told = serde_json::from_str(&text)?;
    if told.is_sound() {
        Ok(Some(Box::new(told)))
    } else {
        Err("what a document tells of an entity makes no sense".into())
    }
}

fn location(row: &Row<'_>) -> Result<(u32, Location), Cause> {
    let location = Location {
        name: row.get("name")?,
        kind: word(row, "kind")?,
        country: row.get("country")?,
        country_code: row.get("country_code")?,
        region: row.get("region")?,
        latitude: degrees(row, "latitude", 90.0)?,
        longitude: degrees(row, "longitude", 180.0)?,
        score: row.get("score")?,
    };
    Ok((id(row, "entity")?, location))
}

fn degrees(row: &Row<'_>, column: &str, most: f32) -> Result<f32, Cause> {
    let value: f32 = row.get(column)?;
    if value.abs() <= most {
        Ok(value)
    } else {
        Err("a place is nowhere on the map".into())
    }
}

fn unit(row: &Row<'_>) -> Result<(u32, UnitDetails), Cause> {
    let details = UnitDetails {
        number: row.get("number")?,
        designation: row.get("designation")?,
        unit_type: row.get("type")?,
        echelon: row.get("echelon")?,
        nationality: row.get("nationality")?,
        parent: row.get("parent")?,
    };
    Ok((id(row, "entity")?, details))
}

fn role(row: &Row<'_>) -> Result<(u32, Role), Cause> {
    let role = Role {
        text: row.get("text")?,
        document: DocumentId(id(row, "document")?),
        start: count(row, "start")?,
    };
    Ok((id(row, "entity")?, role))
}

fn mention(row: &Row<'_>) -> Result<(u32, Mention), Cause> {
    let mention = Mention {
        document: DocumentId(id(row, "document")?),
        start: count(row, "start")?,
        end: count(row, "end")?,
        text: row.get("text")?,
        score: row.get::<_, f64>("score")? as f32,
    };
    Ok((id(row, "entity")?, mention))
}

/// Relations with their evidence, by id.
pub(super) fn relations(database: &Connection) -> Result<Records<RelationId, Relation>, Cause> {
    let mut relations: BTreeMap<u32, Relation> = BTreeMap::new();
    for relation in rows(database, "SELECT * FROM relations", relation)? {
        relations.insert(relation.id.0, relation);
    }
    let all = "SELECT * FROM evidence ORDER BY relation, position";
    for (owner, evidence) in rows(database, all, evidence)? {
        relations
            .get_mut(&owner)
            .ok_or("evidence of a relation that is missing")?
            .evidence
            .push(evidence);
    }
    // A line that nothing says is no line; the rest of the file is worth keeping.
    relations.retain(|_, relation| !relation.evidence.is_empty());
    Ok(relations
        .into_values()
        .map(|relation| (relation.id, Some(Arc::new(relation))))
        .collect())
}

fn relation(row: &Row<'_>) -> Result<Relation, Cause> {
    Ok(Relation {
        id: RelationId(id(row, "id")?),
        source: EntityId(id(row, "source")?),
        target: EntityId(id(row, "target")?),
        kind: word(row, "kind")?,
        label: row.get("label")?,
        status: word(row, "status")?,
        disputed: row.get("disputed")?,
        date: optional_word(row, "date")?,
        score: row.get::<_, f64>("score")? as f32,
        evidence: Vec::new(),
    })
}

fn evidence(row: &Row<'_>) -> Result<(u32, Evidence), Cause> {
    let text = |column: &str| -> Result<String, Cause> {
        Ok(row.get::<_, Option<String>>(column)?.unwrap_or_default())
    };
    let origin: String = row.get("origin")?;
    let origin = match origin.as_str() {
        "text" => Origin::Text,
        "user" => Origin::User {
            note: text("note")?,
            when: text("noted_at")?,
        },
        "gazetteer" => Origin::Gazetteer {
            record: text("record")?,
        },
        "import" => Origin::Import {
            file: text("file")?,
        },
        other => return Err(format!("evidence of the unknown origin {other}").into()),
    };
    let document: Option<u32> = row.get("document")?;
    let evidence = Evidence {
        origin,
        document: document.map(DocumentId),
        start: optional_count(row, "start")?,
        end: optional_count(row, "end")?,
        text: row.get("text")?,
        source_span: span(row, "source_start", "source_end")?,
        target_span: span(row, "target_start", "target_end")?,
        trigger: serde_json::from_str(&text("trigger_spans")?)?,
        status: word(row, "status")?,
        attributed_to: row.get("attributed_to")?,
        date: optional_word(row, "date")?,
        score: row.get::<_, f64>("score")? as f32,
        method: row.get("method")?,
    };
    Ok((id(row, "relation")?, evidence))
}
