//! A small notation for tests: a text with its mentions and roles marked.
//!
//! `[person Pavel Klimenko]` is a mention, `[group=Russia Russian]` one with a canonical name,
//! `[role commander]` a role of the nearest mention that is a person.

use super::text::sentences;
use super::{RawMention, RawRole, Recognition};
use crate::model::{Document, DocumentId, EntityKind};

/// The document and what a recognizer would have found in it.
pub(crate) fn marked(id: u32, notation: &str) -> (Document, Recognition) {
    let mut text = String::new();
    let mut mentions: Vec<RawMention> = Vec::new();
    let mut roles: Vec<(usize, usize)> = Vec::new();
    let mut rest = notation;
    while let Some(open) = rest.find('[') {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find(']').expect("a closing bracket");
        let (tag, words) = rest[open + 1..close].split_once(' ').expect("a tag");
        let start = text.len();
        text.push_str(words);
        let (kind, canonical) = match tag.split_once('=') {
            Some((kind, canonical)) => (kind, Some(canonical.replace('_', " "))),
            None => (tag, None),
        };
        if kind == "role" {
            roles.push((start, text.len()));
        } else {
            mentions.push(RawMention {
                start,
                end: text.len(),
                kind: EntityKind::from_key(kind).expect("a kind"),
                score: 0.9,
                // A place with a canonical name is a country.
                rule: if kind == "place" && canonical.is_some() {
                    "country"
                } else {
                    "test"
                },
                canonical,
                country: None,
                unit: None,
                date: None,
            });
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    let roles = roles
        .into_iter()
        .filter_map(|(start, end)| {
            let mention = mentions
                .iter()
                .enumerate()
                .filter(|(_, m)| m.kind == EntityKind::Person)
                .min_by_key(|(_, m)| m.start.abs_diff(end).min(start.abs_diff(m.end)))?
                .0;
            Some(RawRole {
                mention,
                start,
                end,
            })
        })
        .collect();
    let recognition = Recognition {
        sentences: sentences(&text),
        mentions,
        roles,
        ..Recognition::default()
    };
    (document(id, text), recognition)
}

/// A document of nothing but its text.
pub(crate) fn document(id: u32, text: String) -> Document {
    Document {
        file_hash: format!("hash{id}"),
        ..Document::of_text(DocumentId(id), text)
    }
}

/// Names of the entities of marked texts, each with the distinct words of its mentions.
pub(crate) fn resolved(texts: &[&str]) -> Vec<String> {
    let all = texts.iter().enumerate();
    let items: Vec<_> = all.map(|(id, text)| marked(id as u32, text)).collect();
    let items: Vec<_> = items.iter().map(|(d, r)| (d, r)).collect();
    let found = super::resolve::resolve(&items, true).entities;
    let shown =
        |entity: &crate::model::Entity| format!("{}: {}", entity.name, entity.aliases.join(", "));
    found.iter().map(shown).collect()
}
