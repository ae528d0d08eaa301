//! A fresh extraction joins what a project holds.
//!
//! In come a project and the extraction of documents that are new to it; out go the findings to
//! change. What the user has corrected is carried out over them by the model.

use super::Extraction;
use super::known::{Fate, Known};
use crate::model::{Entity, EntityId, Evidence, Project, Relation, RelationId, RelationKind};
use std::collections::{BTreeMap, BTreeSet};

/// How a fresh extraction joins what a project holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Integration {
    /// New and changed entities with their final ids.
    pub entities: Vec<Entity>,
    /// New and changed relations with their final ids.
    pub relations: Vec<Relation>,
    /// Entities that are found no more: they are part of others now.
    pub gone_entities: Vec<EntityId>,
    /// Relations that are found no more.
    pub gone_relations: Vec<RelationId>,
}

/// Joins the extraction of newly added documents (whose ids are final) to the findings of a project:
/// an entity that is the same thing as one found there adds its mentions to it, the rest get new ids.
/// Takes time linear in the project's names and the extraction.
pub fn integrate(project: &Project, extraction: Extraction) -> Integration {
    let known = Known::new(project);
    let mut next_entity = project.next_ids()[1];
    let mut changed: BTreeMap<EntityId, Entity> = BTreeMap::new();
    let mut final_id: Vec<EntityId> = Vec::with_capacity(extraction.entities.len());
    for mut entity in extraction.entities {
        match known.fate(&entity) {
            Fate::Join(id) => {
                let existing = changed.entry(id).or_insert_with(|| {
                    let found = project.found_entity(id);
                    found.map_or(entity.clone(), |e| (**e).clone())
                });
                absorb(existing, entity);
                final_id.push(id);
            }
            Fate::New => {
                entity.id = EntityId(next_entity);
                next_entity += 1;
                final_id.push(entity.id);
                changed.insert(entity.id, entity);
            }
        }
    }
    let relations = relations(project, extraction.relations, &final_id);
    Integration {
        entities: changed.into_values().collect(),
        relations,
        ..Integration::default()
    }
}

/// Adds the mentions, roles and aliases of `new` to an entity; its name and kind stay.
fn absorb(entity: &mut Entity, mut new: Entity) {
    entity.absorb_told(&mut new);
    let kept: Vec<String> = entity.aliases.iter().chain(&new.aliases).cloned().collect();
    entity.mentions.extend(new.mentions);
    entity.sort_mentions();
    entity
        .mentions
        .dedup_by_key(|mention| (mention.document, mention.start, mention.end));
    entity.roles.extend(new.roles);
    if let Some(theirs) = &new.unit {
        entity.unit.get_or_insert_default().fill_from(theirs);
    }
    entity.date = entity.date.or(new.date);
    entity
        .roles
        .sort_by(|a, b| (a.document, a.start, &a.text).cmp(&(b.document, b.start, &b.text)));
    entity.roles.dedup();
    entity.location = entity.location.take().or(new.location);
    let mut seen = BTreeSet::new();
    entity.aliases = kept
        .into_iter()
        .filter(|alias| seen.insert(alias.clone()))
        .collect();
}

type RelationKey = (
    EntityId,
    EntityId,
    RelationKind,
    Option<crate::model::DateValue>,
);

/// New evidence joins the relation of the same ends, kind and period.
fn relations(project: &Project, fresh: Vec<Relation>, final_id: &[EntityId]) -> Vec<Relation> {
    let mut existing: BTreeMap<RelationKey, RelationId> = BTreeMap::new();
    for relation in project.found_relations() {
        let key = (
            relation.source,
            relation.target,
            relation.kind,
            relation.date,
        );
        existing.entry(key).or_insert(relation.id);
    }
    let mut changed: BTreeMap<RelationId, Relation> = BTreeMap::new();
    let mut next = project.next_ids()[2];
    let ends: Vec<Relation> = fresh
        .into_iter()
        .filter_map(|mut relation| {
            relation.source = *final_id.get(relation.source.index())?;
            relation.target = *final_id.get(relation.target.index())?;
            (relation.source != relation.target).then_some(relation)
        })
        .collect();
    for mut relation in ends {
        relation.normalize_direction();
        let key = (
            relation.source,
            relation.target,
            relation.kind,
            relation.date,
        );
        let id = *existing.entry(key).or_insert_with(|| {
            let id = RelationId(next);
            next += 1;
            id
        });
        let kept = changed.remove(&id).or_else(|| {
            project
                .found_relation(id)
                .map(|relation| (**relation).clone())
        });
        changed.insert(id, joined(kept, relation, id));
    }
    changed.into_values().collect()
}

fn joined(kept: Option<Relation>, mut relation: Relation, id: RelationId) -> Relation {
    let Some(mut kept) = kept else {
        relation.id = id;
        return relation;
    };
    let place = |e: &Evidence| (e.document, e.start, e.source_span, e.target_span, e.status);
    let known: BTreeSet<_> = kept.evidence.iter().map(place).collect();
    kept.evidence.extend(
        relation
            .evidence
            .into_iter()
            .filter(|evidence| !known.contains(&place(evidence))),
    );
    kept.refresh();
    kept
}

#[cfg(test)]
mod tests {
    use super::super::fixture::marked;
    use super::super::resolve::resolve;
    use super::*;
    use crate::model::{
        Correction, CorrectionId, CorrectionKind, Document, DocumentId, EntityKind, Patch,
        SavedView,
    };
    use std::sync::Arc;

    fn extracted(id: u32, notation: &str) -> (Document, Extraction) {
        let (document, recognition) = marked(id, notation);
        let extraction = resolve(&[(&document, &recognition)], true);
        (document, extraction)
    }

    /// A project of one document, changed by `change`, with corrections.
    fn project(
        notation: &str,
        change: impl Fn(&mut Vec<Entity>),
        corrections: Vec<Correction>,
    ) -> Project {
        let (document, mut extraction) = extracted(0, notation);
        change(&mut extraction.entities);
        let found = extraction.clone();
        let patch = Patch {
            found_entities: found
                .entities
                .into_iter()
                .map(|e| (e.id, Some(Arc::new(e))))
                .collect(),
            found_relations: found
                .relations
                .into_iter()
                .map(|r| (r.id, Some(Arc::new(r))))
                .collect(),
            documents: vec![(document.id, Some(Arc::new(document)))],
            entities: extraction
                .entities
                .into_iter()
                .map(|e| (e.id, Some(Arc::new(e))))
                .collect(),
            relations: extraction
                .relations
                .into_iter()
                .map(|r| (r.id, Some(Arc::new(r))))
                .collect(),
            corrections: corrections
                .into_iter()
                .map(|c| (c.id, Some(Arc::new(c))))
                .collect(),
            ..Patch::default()
        };
        Project::from_parts(patch, [1, 10, 10, 10], SavedView::default())
    }

    fn correction(entity: u32, name: &str, kind: CorrectionKind) -> Correction {
        Correction {
            id: CorrectionId(entity),
            when: "2025-01-01T00:00:00Z".to_owned(),
            entity: EntityId(entity),
            name: name.to_owned(),
            entity_kind: EntityKind::Person,
            anchors: Vec::new(),
            title: String::new(),
            only_here: false,
            carried_out: false,
            rest: None,
            placement: None,
            new_from: (DocumentId(1), EntityId(10)),
            kind,
        }
    }

    /// Id, name and number of mentions of each changed entity.
    fn joined(project: &Project, notation: &str) -> Vec<(u32, String, usize)> {
        let (_, extraction) = extracted(1, notation);
        integrate(project, extraction)
            .entities
            .iter()
            .map(|e| (e.id.0, e.name.clone(), e.mentions.len()))
            .collect()
    }

    #[test]
    fn the_same_thing_keeps_its_id_and_new_things_get_new_ones() {
        let project = project(
            "[person Ada Byron] met [person Bo Carr] in [place Paris].",
            |_| {},
            Vec::new(),
        );
        assert_eq!(
            joined(
                &project,
                "[person Ada Byron] met [person Cy Dunn]. [person Byron] left."
            ),
            [
                (0, "Ada Byron".to_owned(), 3),
                (10, "Cy Dunn".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn places_of_one_name_in_two_countries_stay_two() {
        let project = project(
            "[place Newcastle], [place Australia], slept.",
            |_| {},
            Vec::new(),
        );
        let names = |notation| joined(&project, notation).remove(0).1;
        let ids = |notation| joined(&project, notation).remove(0).0;
        assert_eq!(ids("[place Newcastle], [place Australia], woke."), 0);
        assert_eq!(ids("[place Newcastle], [place England], woke."), 10);
        assert_eq!(
            names("[place Newcastle], [place England], woke."),
            "Newcastle"
        );
    }

    #[test]
    fn a_place_that_the_user_chose_holds_for_bare_names_only() {
        let located = CorrectionKind::Locate { location: None };
        let project = project(
            "[place Newcastle] slept.",
            |entities| entities[0].location = None,
            vec![correction(0, "newcastle", located)],
        );
        let id = |notation| joined(&project, notation).remove(0).0;
        assert_eq!(id("[place Newcastle] woke."), 0);
        let england = "[place Newcastle], [place England], woke.";
        let (_, extraction) = extracted(1, england);
        assert!(extraction.entities[0].location.as_ref().unwrap().score > 0.95);
    }

    #[test]
    fn a_place_that_the_user_moved_takes_nothing_that_lies_where_it_was() {
        let england = "[place Newcastle], [place England], woke.";
        let (_, extraction) = extracted(1, england);
        let there = extraction.entities[0].location.clone();
        let elsewhere = there.clone().map(|mut location| {
            location.latitude = -location.latitude;
            location
        });
        assert!(there.is_some());
        let moved = CorrectionKind::Locate {
            location: elsewhere,
        };
        let ids = |corrections| {
            let found_there = |entities: &mut Vec<Entity>| {
                entities[0].location.clone_from(&there);
            };
            let project = project("[place Newcastle] slept.", found_there, corrections);
            joined(&project, england).remove(0).0
        };
        assert_eq!(ids(Vec::new()), 0, "it is found again where it lies");
        assert_ne!(ids(vec![correction(0, "newcastle", moved)]), 0);
    }

    #[test]
    fn a_bare_surname_of_two_bearers_joins_neither() {
        let project = project(
            "[person Kim Jong Un] met [person Kim Il Sung]. And so. [person Kim] left.",
            |entities| {
                for entity in entities.iter_mut() {
                    entity.aliases.push("Kim".to_owned());
                }
            },
            Vec::new(),
        );
        let found = joined(&project, "[person Kim Yong Bok] left.");
        assert_eq!(found, [(10, "Kim Yong Bok".to_owned(), 1)]);
    }

    #[test]
    fn a_bare_surname_goes_to_the_only_bearer_found_before() {
        let one = || project("[person Jane Smith] spoke.", |_| {}, Vec::new());
        let id = |project: &Project, notation| joined(project, notation).remove(0).0;
        assert_eq!(id(&one(), "[person Smith] left."), 0);
        assert_eq!(id(&one(), "[role Ms] [person Smith] left."), 0);
        assert_eq!(id(&one(), "[role Mr] [person Smith] left."), 10);
        assert_eq!(
            id(&one(), "[person Jane] left."),
            10,
            "a first name alone tells nobody"
        );
        let two = project(
            "[person Jane Smith] met [person John Smith]. [person Smith] left. [person Jane Smith] wept. [person Smith] slept.",
            |_| {},
            Vec::new(),
        );
        assert_eq!(id(&two, "[person Smith] left."), 10);
        let bare = project("[person Smith] left.", |_| {}, Vec::new());
        assert_eq!(id(&bare, "[person Jane Smith] and [person Smith] left."), 0);
    }

    #[test]
    fn evidence_joins_the_relation_that_is_there() {
        let project = project(
            "[person Ada Byron] saw [person Bo Carr].",
            |_| {},
            Vec::new(),
        );
        let (_, extraction) = extracted(
            1,
            "[person Bo Carr] saw [person Ada Byron]. [person Cy Dunn] saw [person Bo Carr].",
        );
        let found = integrate(&project, extraction).relations;
        let summary: Vec<_> = found
            .iter()
            .map(|r| (r.id.0, r.source.0, r.target.0, r.evidence.len()))
            .collect();
        assert_eq!(summary, [(0, 0, 1, 2), (10, 1, 10, 1)]);
    }
}
