//! Marking a stretch of text as an entity, or as a mention of one.

use super::draft::{Draft, checked_name, refused};
use crate::error::Result;
use crate::model::{
    CorrectionKind, Document, DocumentId, Entity, EntityId, EntityKind, Mention, normalized_name,
};
use std::sync::Arc;

impl Draft<'_> {
    /// The bytes name the one entity of that kind and name, or else a new one.
    pub(super) fn mark_entity(
        &mut self,
        document: DocumentId,
        start: usize,
        end: usize,
        kind: EntityKind,
    ) -> Result<String> {
        let mention = self.mention_at(document, start, end)?;
        let name = checked_name(&mention.text)?;
        let entity = match self.bearer(&name, kind) {
            Some(id) => (**self.entity(id)?).clone(),
            None => self.new_entity(kind, name.clone()),
        };
        self.give_mention(&entity, mention)?;
        Ok(format!("Marked {name} as {}", kind.key()))
    }

    pub(super) fn mark_mention(
        &mut self,
        document: DocumentId,
        start: usize,
        end: usize,
        entity: EntityId,
    ) -> Result<String> {
        let mention = self.mention_at(document, start, end)?;
        let text = checked_name(&mention.text)?;
        let entity = self.entity(entity)?.clone();
        self.give_mention(&entity, mention)?;
        Ok(format!("Marked {text} as a mention of {}", entity.name))
    }

    /// The only entity of that kind that bears the name, by its own or another of its names.
    fn bearer(&self, name: &str, kind: EntityKind) -> Option<EntityId> {
        let wanted = normalized_name(name);
        if wanted.is_empty() {
            return None;
        }
        let of_kind = || self.project.entities().filter(move |e| e.kind == kind);
        let only = |found: Vec<EntityId>| match found[..] {
            [one] => Some(one),
            _ => None,
        };
        let by_name: Vec<EntityId> = of_kind()
            .filter(|e| normalized_name(&e.name) == wanted)
            .map(|e| e.id)
            .collect();
        if !by_name.is_empty() {
            return only(by_name);
        }
        let by_alias = of_kind()
            .filter(|e| {
                e.aliases
                    .iter()
                    .any(|alias| normalized_name(alias) == wanted)
            })
            .map(|e| e.id)
            .collect();
        only(by_alias)
    }

    /// The mention that the bytes make, blanks at both ends left out.
    fn mention_at(&self, document: DocumentId, start: usize, end: usize) -> Result<Mention> {
        let document: &Arc<Document> = self
            .project
            .document(document)
            .ok_or_else(|| refused("that document is no longer in the project"))?;
        let marked = document
            .text
            .get(start..end)
            .ok_or_else(|| refused("that text is not in the document"))?;
        let from = start + (marked.len() - marked.trim_start().len());
        let text = marked.trim();
        checked_name(text)?;
        Ok(Mention {
            document: document.id,
            start: from,
            end: from + text.len(),
            text: text.to_owned(),
            score: 1.0,
        })
    }

    fn give_mention(&mut self, to: &Entity, mention: Mention) -> Result<()> {
        let place = |m: &Mention| (m.document, m.start, m.end);
        if to.mentions.iter().any(|m| place(m) == place(&mention)) {
            return Err(refused(format!(
                "that text is already a mention of {}",
                to.name
            )));
        }
        let anchors = self.project.anchor(&mention).into_iter().collect();
        let kind = CorrectionKind::MarkMention {
            kind: to.kind,
            entity_name: to.name.clone(),
        };
        self.correct(to, anchors, kind);
        Ok(())
    }
}
