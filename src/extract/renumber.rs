//! What was found anew gets the numbers of what was found before, so that corrections, places in the
//! picture and the user's own notes go on to mean the same things.

use super::Extraction;
use crate::model::{
    DateValue, DocumentId, Entity, EntityId, Mention, Project, Relation, RelationId, RelationKind,
    normalized_name,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

type Key = (EntityId, EntityId, RelationKind, Option<DateValue>);

fn key(relation: &Relation) -> Key {
    let (source, target) = (relation.source, relation.target);
    (source, target, relation.kind, relation.date)
}

/// The numbers that freshly found entities had before: of the one with which each shares most mentions,
/// words and all, if that is the same thing by its name or by more than half of both; or else of the
/// only one of its kind and name. Corrections go by number: in doubt it is a new one.
fn numbers_before(project: &Project, fresh: &Extraction) -> Vec<Option<EntityId>> {
    let mut owners: HashMap<(DocumentId, usize, &str), EntityId> = HashMap::new();
    for entity in project.found_entities() {
        for mention in &entity.mentions {
            let words = mention.text.as_str();
            owners.insert((mention.document, mention.start, words), entity.id);
        }
    }
    let mut votes: BTreeMap<(EntityId, usize), usize> = BTreeMap::new();
    for (index, entity) in fresh.entities.iter().enumerate() {
        for mention in &entity.mentions {
            let place = (mention.document, mention.start, mention.text.as_str());
            if let Some(&old) = owners.get(&place) {
                *votes.entry((old, index)).or_default() += 1;
            }
        }
    }
    let has_its_name = |old: EntityId, new: &Entity| {
        let old = project.found_entity(old);
        old.is_some_and(|old| normalized_name(&old.name) == normalized_name(&new.name))
    };
    let is_half = |old: EntityId, new: &Entity, count: usize| {
        project.found_entity(old).is_some_and(|old| {
            // What new documents say of it is nothing that it could have had before.
            let is_old = |m: &&Mention| project.document(m.document).is_some();
            let there = new.mentions.iter().filter(is_old).count();
            count * 2 >= old.mentions.len() && count * 2 >= there
        })
    };
    let votes = votes.into_iter().filter_map(|((old, index), count)| {
        let new = &fresh.entities[index];
        let has_name = has_its_name(old, new);
        (has_name || is_half(old, new, count)).then_some((has_name, count, old, index))
    });
    let mut votes: Vec<(bool, usize, EntityId, usize)> = votes.collect();
    // Who kept the name is the same, however much went to somebody else.
    votes.sort_by_key(|&(has_name, count, old, index)| {
        (std::cmp::Reverse((has_name, count)), old, index)
    });
    let mut taken = BTreeSet::new();
    let mut ids: Vec<Option<EntityId>> = vec![None; fresh.entities.len()];
    for (_, _, old, index) in votes {
        if ids[index].is_none() && taken.insert(old) {
            ids[index] = Some(old);
        }
    }
    by_name_alone(project, fresh, &taken, &mut ids);
    ids
}

/// Where a text has moved in its file no mention lies where it lay: there the name tells, if nothing
/// else of that kind bore it before or bears it now.
fn by_name_alone(
    project: &Project,
    fresh: &Extraction,
    taken: &BTreeSet<EntityId>,
    ids: &mut [Option<EntityId>],
) {
    let name = |entity: &Entity| (entity.kind, normalized_name(&entity.name));
    let mut before: BTreeMap<_, Vec<EntityId>> = BTreeMap::new();
    for entity in project.found_entities() {
        before.entry(name(entity)).or_default().push(entity.id);
    }
    let mut now: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, entity) in fresh.entities.iter().enumerate() {
        now.entry(name(entity)).or_default().push(index);
    }
    for (name, indices) in now {
        if let (&[index], Some(&[old])) = (&indices[..], before.get(&name).map(|all| &all[..]))
            && ids[index].is_none()
            && !taken.contains(&old)
        {
            ids[index] = Some(old);
        }
    }
}

/// Gives what was found the numbers of what was found before: a relation that of the same ends, kind and
/// period.
pub fn renumbered(project: &Project, mut fresh: Extraction) -> Extraction {
    let ids = numbers_before(project, &fresh);
    let mut next = project.next_ids()[1];
    let mut id_of = Vec::with_capacity(ids.len());
    for (entity, id) in fresh.entities.iter_mut().zip(ids) {
        entity.id = id.unwrap_or_else(|| {
            next += 1;
            EntityId(next - 1)
        });
        id_of.push(entity.id);
    }
    let before: HashMap<Key, RelationId> =
        project.found_relations().map(|r| (key(r), r.id)).collect();
    let mut next = project.next_ids()[2];
    for relation in &mut fresh.relations {
        relation.source = id_of[relation.source.index()];
        relation.target = id_of[relation.target.index()];
        relation.normalize_direction();
        relation.id = before.get(&key(relation)).copied().unwrap_or_else(|| {
            next += 1;
            RelationId(next - 1)
        });
    }
    fresh
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, DocumentBatch, Edit, EntityKind};
    use std::sync::Arc;

    /// An entity with mentions in the first document: of which words, from which bytes.
    fn entity(id: u32, name: &str, starts: &[usize]) -> Entity {
        let mention = |&start: &usize| Mention {
            document: DocumentId(0),
            start,
            end: start + name.len(),
            text: name.to_owned(),
            score: 0.9,
        };
        let mut entity = Entity {
            id: EntityId(id),
            kind: EntityKind::Person,
            name: name.to_owned(),
            aliases: Vec::new(),
            roles: Vec::new(),
            mentions: starts.iter().map(mention).collect(),
            by_user: false,
            told: None,
            unit: None,
            date: None,
            location: None,
        };
        entity.refresh_aliases(&[]);
        entity
    }

    /// The numbers that fresh entities get in a project of the text and entities before.
    fn numbers(text: &str, before: Vec<Entity>, fresh: Vec<Entity>) -> Vec<u32> {
        let batch = DocumentBatch {
            documents: vec![Arc::new(Document::of_text(DocumentId(0), text))],
            entities: before.into_iter().map(Arc::new).collect(),
            ..DocumentBatch::default()
        };
        let mut project = Project::default();
        let edit = Edit::AddDocuments(Box::new(batch));
        let (_, patch) = edit.plan(&project, "2025-02-08T12:00:00Z").unwrap();
        project.apply(patch);
        let fresh = Extraction {
            entities: fresh,
            ..Extraction::default()
        };
        let fresh = renumbered(&project, fresh);
        fresh.entities.iter().map(|entity| entity.id.0).collect()
    }

    #[test]
    fn a_number_goes_to_the_same_thing_and_to_no_other() {
        let text = "Page Top said. Biden left, and Biden slept.";
        let before = || vec![entity(0, "Page Top", &[0]), entity(1, "Biden", &[15, 31])];
        let fresh = |name, starts: &[usize]| vec![entity(0, name, starts)];
        assert_eq!(numbers(text, before(), fresh("Page Top", &[0])), [0]);
        // Something else stands there now.
        assert_eq!(numbers(text, before(), fresh("Joe Smith", &[0])), [2]);
        // All of it has moved.
        assert_eq!(numbers(text, before(), fresh("Biden", &[40, 50])), [1]);
        // Something larger has swallowed it.
        let mut large = entity(0, "Biden Hall", &[100, 120, 140]);
        large.mentions.extend(entity(0, "Page Top", &[0]).mentions);
        assert_eq!(numbers(text, before(), vec![large]), [2]);
    }

    #[test]
    fn a_name_that_two_bear_tells_no_number() {
        let before = vec![entity(0, "Kim", &[0]), entity(1, "Kim", &[10])];
        let text = "Kim left. Kim slept.";
        let fresh = vec![entity(0, "Kim", &[30])];
        assert_eq!(numbers(text, before, fresh), [2]);
    }
}
