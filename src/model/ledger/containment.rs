//! What the gazetteer knows of the project's places is kept in step with them.

use super::relations::first_free;
use super::state::State;
use crate::model::containment::{containments, gazetteer_evidence, gazetteer_relation};
use crate::model::{
    CorrectionKind, DateValue, Entity, EntityId, Evidence, Project, Relation, RelationId,
    RelationKind, normalized_name,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Adds what the gazetteer knows of `entities` and is not among `relations`, takes out what no longer
/// holds. What the user called wrong stays away.
pub(super) fn contain(
    project: &Project,
    entities: &BTreeMap<EntityId, Arc<Entity>>,
    relations: &mut BTreeMap<RelationId, Arc<Relation>>,
    wrong: &WrongPlaces,
) {
    let mut known = containments(entities.values().map(AsRef::as_ref));
    let is_of_place = |r: &&Arc<Relation>| r.kind == RelationKind::LocatedIn && r.date.is_none();
    let located: Vec<Arc<Relation>> = relations.values().filter(is_of_place).cloned().collect();
    for relation in located {
        let has = !relation.evidence.iter().all(Evidence::is_told);
        match (known.remove(&(relation.source, relation.target)), has) {
            (Some(record), false) => {
                let mut relation = (*relation).clone();
                relation.evidence.push(gazetteer_evidence(record));
                relation.refresh();
                relations.insert(relation.id, Arc::new(relation));
            }
            (None, true) => without_gazetteer(relations, (*relation).clone()),
            (Some(_), true) | (None, false) => {}
        }
    }
    if known.is_empty() {
        return;
    }
    let before = numbers_before(project);
    let after = relations.last_key_value();
    let after = after.map_or(0, |(id, _)| id.0.saturating_add(1));
    let mut next = first_free(project).max(after);
    for ((inner, outer), record) in known {
        let name = entities
            .get(&outer)
            .map(|outer| normalized_name(&outer.name));
        let is_called_wrong = name.is_some_and(|name| wrong.named.contains(&(inner, name)));
        if is_called_wrong || wrong.known.contains(&(inner, outer)) {
            continue;
        }
        let known_id = before.get(&(inner, outer)).copied();
        let known_id = known_id.filter(|id| !relations.contains_key(id));
        let id = known_id.unwrap_or_else(|| {
            next += 1;
            RelationId(next - 1)
        });
        let relation = gazetteer_relation(id, (inner, outer), record);
        relations.insert(id, Arc::new(relation));
    }
}

fn without_gazetteer(relations: &mut BTreeMap<RelationId, Arc<Relation>>, mut relation: Relation) {
    relation.evidence.retain(Evidence::is_told);
    if relation.evidence.is_empty() {
        relations.remove(&relation.id);
    } else {
        relation.refresh();
        relations.insert(relation.id, Arc::new(relation));
    }
}

/// The numbers that relations of this sort had before the replay.
fn numbers_before(project: &Project) -> BTreeMap<(EntityId, EntityId), RelationId> {
    let no_period: Option<DateValue> = None;
    project
        .relations()
        .filter(|r| r.kind == RelationKind::LocatedIn && r.date == no_period)
        .map(|r| ((r.source, r.target), r.id))
        .collect()
}

/// What the user said does not lie where.
#[derive(Default)]
pub(super) struct WrongPlaces {
    /// The place and the wider one.
    known: BTreeSet<(EntityId, EntityId)>,
    /// The place and the normalized name of the wider one, where its number leads nowhere.
    named: BTreeSet<(EntityId, String)>,
}

impl State<'_> {
    /// What the user said does not lie where, by what has become of both since.
    pub(super) fn wrong_places(&self) -> WrongPlaces {
        let mut wrong = WrongPlaces::default();
        for correction in self.project.corrections() {
            let CorrectionKind::Relation {
                kind: RelationKind::LocatedIn,
                removed: true,
                other,
                other_entity,
                ..
            } = &correction.kind
            else {
                continue;
            };
            let Some(inner) = self.heir(correction.entity) else {
                continue;
            };
            match other_entity.and_then(|id| self.heir(id)) {
                Some(outer) => _ = wrong.known.insert((inner, outer)),
                None => _ = wrong.named.insert((inner, other.clone())),
            }
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{
        DocumentBatch, Edit, Entity, EntityId, EntityKind, Location, PlaceKind, Project, Relation,
        RelationKind,
    };
    use std::sync::Arc;

    fn place(id: u32, name: &str, kind: PlaceKind, region: Option<&str>) -> Arc<Entity> {
        Arc::new(Entity {
            id: EntityId(id),
            kind: EntityKind::Place,
            name: name.into(),
            aliases: vec![name.into()],
            roles: Vec::new(),
            mentions: Vec::new(),
            by_user: true,
            told: None,
            unit: None,
            date: None,
            location: Some(Box::new(Location {
                name: name.into(),
                kind,
                country: Some("Sylvania".into()),
                country_code: Some("SY".into()),
                region: region.map(str::to_owned),
                latitude: 1.0,
                longitude: 2.0,
                score: 0.9,
            })),
        })
    }

    fn run(project: &mut Project, edit: &Edit) {
        let (_, patch) = edit.plan(project, "2025-02-08T12:00:00Z").unwrap();
        project.apply(patch);
        project.check().unwrap();
    }

    fn add(project: &mut Project, entities: Vec<Arc<Entity>>) {
        let batch = DocumentBatch {
            entities,
            ..DocumentBatch::default()
        };
        run(project, &Edit::AddDocuments(Box::new(batch)));
    }

    fn lies_in(project: &Project) -> Vec<(u32, u32)> {
        let ends = |r: &Arc<Relation>| (r.source.0, r.target.0);
        assert!(
            project
                .relations()
                .all(|r| !r.is_stated() && r.kind == RelationKind::LocatedIn)
        );
        project.relations().map(ends).collect()
    }

    #[test]
    fn the_next_wider_place_holds_and_moves_with_what_is_known() {
        let mut project = Project::default();
        let town = place(0, "Klopstok", PlaceKind::City, Some("Grand Oblast"));
        add(
            &mut project,
            vec![town, place(1, "Sylvania", PlaceKind::Country, None)],
        );
        assert_eq!(lies_in(&project), [(0, 1)]);
        let oblast = place(2, "Grand Oblast", PlaceKind::Region, None);
        add(&mut project, vec![oblast]);
        let mut found = lies_in(&project);
        found.sort_unstable();
        assert_eq!(found, [(0, 2), (2, 1)]);
        let elsewhere = Edit::Locate {
            entity: EntityId(0),
            location: None,
        };
        run(&mut project, &elsewhere);
        assert_eq!(lies_in(&project), [(2, 1)]);
    }

    #[test]
    fn what_the_user_calls_wrong_stays_away() {
        let mut project = Project::default();
        let oblast = place(0, "Grand Oblast", PlaceKind::Region, None);
        add(
            &mut project,
            vec![oblast, place(1, "Sylvania", PlaceKind::Country, None)],
        );
        let relation = project.relations().next().unwrap().id;
        run(&mut project, &Edit::RemoveRelation { relation });
        add(&mut project, Vec::new());
        assert_eq!(lies_in(&project), []);
    }

    #[test]
    fn what_the_user_calls_wrong_stays_away_under_another_name_and_number() {
        let mut project = Project::default();
        let town = place(0, "Klopstok", PlaceKind::City, Some("Grand Oblast"));
        let oblast = place(1, "Grand Oblast", PlaceKind::Region, None);
        add(&mut project, vec![town, oblast]);
        assert_eq!(lies_in(&project), [(0, 1)]);
        let relation = project.relations().next().unwrap().id;
        run(&mut project, &Edit::RemoveRelation { relation });
        let rename = Edit::Rename {
            entity: EntityId(1),
            name: "Grand Region".into(),
        };
        run(&mut project, &rename);
        assert_eq!(lies_in(&project), []);
        let again = place(2, "Klopstok City", PlaceKind::City, Some("Grand Oblast"));
        add(&mut project, vec![again]);
        assert_eq!(lies_in(&project), [(2, 1)]);
        let merge = Edit::Merge {
            into: EntityId(2),
            others: vec![EntityId(0)],
        };
        run(&mut project, &merge);
        assert_eq!(lies_in(&project), []);
    }

    #[test]
    fn what_the_gazetteer_adds_takes_no_place_of_what_the_texts_say() {
        let mut project = Project::default();
        let told = |id: u32, ends: (u32, u32)| {
            let ends = (EntityId(ends.0), EntityId(ends.1));
            let mut relation = crate::model::containment::gazetteer_relation(
                crate::model::RelationId(id),
                ends,
                "a record".into(),
            );
            relation.kind = RelationKind::Fights;
            relation.evidence[0].origin = crate::model::Origin::User {
                note: "seen".into(),
                when: "2025-02-08T12:00:00Z".into(),
            };
            Arc::new(relation)
        };
        let batch = DocumentBatch {
            entities: vec![
                place(0, "Toretsk", PlaceKind::City, Some("Donetsk Oblast")),
                place(1, "Donetsk Oblast", PlaceKind::Region, None),
                place(2, "Sylvania", PlaceKind::Country, None),
            ],
            relations: vec![told(0, (0, 2)), told(1, (1, 2))],
            ..DocumentBatch::default()
        };
        run(&mut project, &Edit::AddDocuments(Box::new(batch)));
        let kinds = |kind| project.relations().filter(|r| r.kind == kind).count();
        assert_eq!(kinds(RelationKind::Fights), 2);
        assert_eq!(kinds(RelationKind::LocatedIn), 2);
    }
}
