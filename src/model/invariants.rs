//! What must hold of a project whatever was done to it, and whatever file it came from.

use super::{Document, EntityId, Project, Relation};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Project {
    /// All ids lead somewhere, all offsets lie within their texts, and something says each relation, so
    /// that nothing that reads the project can go astray.
    ///
    /// # Errors
    /// A few words about the first thing that is wrong.
    pub fn check_references(&self) -> Result<(), String> {
        for document in self.documents() {
            for &[start, end] in &document.boilerplate {
                check_span(document, start, end)?;
            }
        }
        for entity in self.entities().chain(self.found_entities()) {
            for mention in &entity.mentions {
                let document = self.document(mention.document).ok_or_else(|| {
                    format!("a mention of entity {} has no document", entity.id.0)
                })?;
                check_span(document, mention.start, mention.end)?;
            }
            for role in &entity.roles {
                let document = self
                    .document(role.document)
                    .ok_or_else(|| format!("a role of entity {} has no document", entity.id.0))?;
                check_span(document, role.start, role.start)?;
            }
        }
        for (id, placement) in self.placements() {
            if placement.position.is_some_and(|p| !p.is_finite()) {
                return Err(format!("entity {} lies nowhere", id.0));
            }
        }
        if let Some((id, _)) = self.found_entities.iter().find(|(id, e)| **id != e.id) {
            return Err(format!("what was found as entity {} is another one", id.0));
        }
        if let Some((id, _)) = self.found_relations.iter().find(|(id, r)| **id != r.id) {
            return Err(format!(
                "what was found as relation {} is another one",
                id.0
            ));
        }
        let is_found = |id| self.found_entities.contains_key(&id);
        self.check_relations(self.relations.values(), |id| self.entity(id).is_some())?;
        self.check_relations(self.found_relations.values(), is_found)
    }

    fn check_relations<'a>(
        &self,
        relations: impl Iterator<Item = &'a Arc<Relation>>,
        is_there: impl Fn(EntityId) -> bool,
    ) -> Result<(), String> {
        for relation in relations {
            if relation.evidence.is_empty() {
                return Err(format!("relation {} has no evidence", relation.id.0));
            }
            for end in [relation.source, relation.target] {
                if !is_there(end) {
                    return Err(format!("relation {} has a loose end", relation.id.0));
                }
            }
            for evidence in &relation.evidence {
                let Some(document) = evidence.document else {
                    continue;
                };
                let document = self.document(document).ok_or_else(|| {
                    format!("evidence of relation {} has no document", relation.id.0)
                })?;
                let spans = [evidence.source_span, evidence.target_span];
                let sentence = evidence.start.zip(evidence.end).map(|(a, b)| [a, b]);
                let all = spans.into_iter().chain([sentence]).flatten();
                for [start, end] in all.chain(evidence.trigger.iter().copied()) {
                    check_span(document, start, end)?;
                }
            }
        }
        Ok(())
    }

    /// Everything that edits keep: references and evidence as in [`Project::check_references`];
    /// relations with two ends, and one for each source, target, kind and period; mentions sorted, with the
    /// text of their bytes, none overlapping another; names that are names; placements of entities.
    ///
    /// # Errors
    /// A few words about the first thing that is wrong.
    pub fn check(&self) -> Result<(), String> {
        self.check_references()?;
        let mut keys = BTreeSet::new();
        for relation in self.relations() {
            let id = relation.id.0;
            if relation.source == relation.target {
                return Err(format!("relation {id} leads to its own source"));
            }
            if relation.kind.is_mutual() && relation.target < relation.source {
                return Err(format!("relation {id} has its ends in the wrong order"));
            }
            let key = (
                relation.source,
                relation.target,
                relation.kind,
                relation.date,
            );
            if !keys.insert(key) {
                return Err(format!("relation {id} is there twice"));
            }
        }
        if let Some((id, _)) = self.placements().find(|(id, _)| self.entity(*id).is_none()) {
            return Err(format!("entity {} is placed and not there", id.0));
        }
        self.check_names_and_mentions()
    }

    fn check_names_and_mentions(&self) -> Result<(), String> {
        let mut spans: Vec<(u32, usize, usize, EntityId)> = Vec::new();
        for entity in self.entities() {
            if entity.name.trim().is_empty() {
                return Err(format!("entity {} has no name", entity.id.0));
            }
            if !entity
                .mentions
                .is_sorted_by_key(|m| (m.document, m.start, m.end))
            {
                return Err(format!(
                    "mentions of entity {} are in disorder",
                    entity.id.0
                ));
            }
            for mention in &entity.mentions {
                let text = self
                    .document(mention.document)
                    .and_then(|d| d.text.get(mention.start..mention.end));
                if text != Some(&mention.text) || mention.text.is_empty() {
                    return Err(format!(
                        "a mention of entity {} has other words",
                        entity.id.0
                    ));
                }
                if !entity.aliases.contains(&mention.text) {
                    return Err(format!("entity {} lacks an alias", entity.id.0));
                }
                spans.push((mention.document.0, mention.start, mention.end, entity.id));
            }
        }
        spans.sort_unstable();
        let overlap = spans
            .windows(2)
            .find(|pair| pair[0].0 == pair[1].0 && pair[1].1 < pair[0].2);
        match overlap {
            Some(pair) => Err(format!(
                "mentions of entities {} and {} overlap",
                pair[0].3.0, pair[1].3.0
            )),
            None => Ok(()),
        }
    }
}

fn check_span(document: &Document, start: usize, end: usize) -> Result<(), String> {
    if document.text.get(start..end).is_none() {
        return Err(format!(
            "the bytes {start} to {end} are not in document {}",
            document.id.0
        ));
    }
    Ok(())
}
