//! Marking a stretch of text as an entity, or as a mention of one.

use super::draft::{Draft, checked_name, refused};
use crate::error::Result;
use crate::model::{
    CorrectionKind, Document, DocumentId, Entity, EntityId, EntityKind, Evidence, Mention,
    Relation, normalized_name,
};
use std::collections::BTreeSet;
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
        let id = match self.bearer(&name, kind) {
            Some(id) => id,
            None => {
                let entity = self.new_entity(kind, name.clone());
                let id = entity.id;
                self.put_entity(entity);
                id
            }
        };
        self.give_mention(id, mention)?;
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
        let name = self.entity(entity)?.name.clone();
        self.give_mention(entity, mention)?;
        Ok(format!("Marked {text} as a mention of {name}"))
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

    fn give_mention(&mut self, to: EntityId, mention: Mention) -> Result<()> {
        let before = self.entity(to)?.clone();
        if before
            .mentions
            .iter()
            .any(|m| same_bytes(m, &mention) && m.text == mention.text)
        {
            return Err(refused(format!(
                "that text is already a mention of {}",
                before.name
            )));
        }
        let anchors = self.project.anchor(&mention).into_iter().collect();
        self.correct(
            &before,
            anchors,
            CorrectionKind::MarkMention { kind: before.kind },
        );
        let losers = self.take_bytes(&mention)?;
        let entity = self.entity_mut(to)?;
        entity.mentions.push(mention.clone());
        entity.sort_mentions();
        let kept = std::mem::take(&mut entity.aliases);
        entity.refresh_aliases(&kept);
        entity.by_user = true;
        self.move_evidence(&losers, to, &mention);
        self.remove_unmentioned(&losers, to)?;
        self.drop_outdone_co_mentions(to);
        Ok(())
    }

    /// Takes the bytes of `mention` from whichever entities had them.
    fn take_bytes(&mut self, mention: &Mention) -> Result<BTreeSet<EntityId>> {
        let holds = |entity: &Entity| entity.mentions.iter().any(|m| overlaps(m, mention));
        let losers: BTreeSet<EntityId> = self
            .entities()
            .iter()
            .filter(|entity| holds(entity))
            .map(|entity| entity.id)
            .collect();
        for &id in &losers {
            let entity = self.entity_mut(id)?;
            let lost: Vec<String> = entity
                .mentions
                .iter()
                .filter(|m| overlaps(m, mention))
                .map(|m| m.text.clone())
                .collect();
            entity.mentions.retain(|m| !overlaps(m, mention));
            let mut kept = std::mem::take(&mut entity.aliases);
            kept.retain(|alias| !lost.contains(alias));
            entity.refresh_aliases(&kept);
        }
        Ok(losers)
    }

    /// Evidence whose words for an end are the marked bytes now speaks of `to`.
    fn move_evidence(&mut self, losers: &BTreeSet<EntityId>, to: EntityId, mention: &Mention) {
        let losers: BTreeSet<EntityId> = losers.iter().copied().filter(|&id| id != to).collect();
        let mut index = self.relation_index();
        for relation in self.relations_touching(&losers) {
            let ends = |evidence: &Evidence| {
                let moved = |end: EntityId, span: Option<[usize; 2]>| {
                    let named = evidence.document == Some(mention.document)
                        && span.is_some_and(|[a, b]| a < mention.end && mention.start < b);
                    if named && losers.contains(&end) {
                        to
                    } else {
                        end
                    }
                };
                (
                    moved(relation.source, evidence.source_span),
                    moved(relation.target, evidence.target_span),
                )
            };
            let here = (relation.source, relation.target);
            if relation.evidence.iter().all(|e| ends(e) == here) {
                continue;
            }
            self.take_relation(&mut index, &relation);
            let mut groups: Vec<((EntityId, EntityId), Vec<Evidence>)> = Vec::new();
            for evidence in &relation.evidence {
                let key = ends(evidence);
                match groups.iter_mut().find(|(ends, _)| *ends == key) {
                    Some((_, list)) => list.push(evidence.clone()),
                    None => groups.push((key, vec![evidence.clone()])),
                }
            }
            for ((source, target), evidence) in groups {
                let stays = (source, target) == here;
                let id = if stays {
                    relation.id
                } else {
                    self.new_relation_id()
                };
                self.join_relation(
                    &mut index,
                    Relation {
                        id,
                        source,
                        target,
                        evidence,
                        ..(*relation).clone()
                    },
                );
            }
        }
    }

    /// An entity that lost its last mention, and that the user did not make, is gone.
    fn remove_unmentioned(&mut self, losers: &BTreeSet<EntityId>, to: EntityId) -> Result<()> {
        let mut gone = BTreeSet::new();
        for &id in losers {
            let entity = self.entity(id)?;
            if id != to && entity.mentions.is_empty() && !entity.by_user {
                gone.insert(id);
            }
        }
        if !gone.is_empty() {
            self.remove_entities(&gone);
        }
        Ok(())
    }
}

fn overlaps(a: &Mention, b: &Mention) -> bool {
    a.document == b.document && a.start < b.end && b.start < a.end
}

fn same_bytes(a: &Mention, b: &Mention) -> bool {
    (a.document, a.start, a.end) == (b.document, b.start, b.end)
}
