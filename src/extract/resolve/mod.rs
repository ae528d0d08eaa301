//! Mentions of all documents become entities.

use super::{Extraction, Recognition};
use crate::model::{Document, Entity, EntityId, EntityKind, Mention, Role, normalized_name};
use std::collections::BTreeMap;

/// One entity for each normalized name and kind, by first mention. `items` in reading order.
pub fn resolve(items: &[(&Document, &Recognition)]) -> Extraction {
    let mut by_name: BTreeMap<(String, EntityKind), usize> = BTreeMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    for (document, recognition) in items {
        let mut entity_of = Vec::with_capacity(recognition.mentions.len());
        for raw in &recognition.mentions {
            let text = &document.text[raw.start..raw.end];
            let name = match (&raw.canonical, raw.kind) {
                (Some(canonical), kind) if kind != EntityKind::Group => canonical.as_str(),
                _ => text,
            };
            let next = entities.len();
            let index = *by_name
                .entry((normalized_name(name), raw.kind))
                .or_insert(next);
            if index == next {
                entities.push(Entity {
                    id: EntityId(u32::try_from(next).unwrap_or(u32::MAX)),
                    kind: raw.kind,
                    name: name.to_owned(),
                    aliases: Vec::new(),
                    roles: Vec::new(),
                    mentions: Vec::new(),
                    by_user: false,
                });
            }
            entity_of.push(index);
            entities[index].mentions.push(Mention {
                document: document.id,
                start: raw.start,
                end: raw.end,
                text: text.to_owned(),
                score: raw.score,
            });
        }
        for role in &recognition.roles {
            if let Some(&index) = entity_of.get(role.mention) {
                entities[index].roles.push(Role {
                    text: document.text[role.start..role.end].to_owned(),
                    document: document.id,
                    start: role.start,
                });
            }
        }
    }
    for entity in &mut entities {
        entity.sort_mentions();
        entity.refresh_aliases(&[]);
    }
    Extraction {
        entities,
        relations: Vec::new(),
    }
}
