//! The entities while corrections are carried out, one after the other.

use super::anchors::{Place, Places};
use super::bearers::Bearers;
use super::owners::Owners;
use super::relations::RelationChange;
use crate::model::{
    Anchor, Correction, DocumentId, Entity, EntityId, EntityKind, Mention, Project, Role,
    UnitDetails, normalized_name,
};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// An entity that became part of another, as it was, and what it brought that the other did not have.
pub(super) struct Merged {
    pub(super) was: Arc<Entity>,
    pub(super) into: EntityId,
    pub(super) aliases: BTreeSet<String>,
    pub(super) roles: BTreeSet<Role>,
    /// The fields that the other one had before.
    pub(super) unit: Option<Box<UnitDetails>>,
}

/// What corrections have made of the findings so far.
pub(super) struct State<'a> {
    pub(super) project: &'a Project,
    pub(super) places: Places<'a>,
    pub(super) owners: Owners,
    pub(super) entities: BTreeMap<EntityId, Arc<Entity>>,
    /// Entities that lost or gained mentions.
    pub(super) touched: BTreeSet<EntityId>,
    /// What entities that are gone have become.
    pub(super) heirs: BTreeMap<EntityId, EntityId>,
    pub(super) merged: BTreeMap<EntityId, Merged>,
    /// Entities whose names are still to be put in the order of their mentions.
    pub(super) joined: BTreeSet<EntityId>,
    /// What the user said of relations, in order.
    pub(super) relation_changes: Vec<RelationChange>,
    pub(super) bearers: Bearers,
    /// Pairs that are different by what the user did, by the numbers that they had then.
    pub(super) apart: Vec<(EntityId, EntityId)>,
    /// Places that the user marked.
    pub(super) marked: BTreeSet<Place>,
    /// Where the words of marks stand, made when first asked for.
    pub(super) wide_marks: OnceCell<HashMap<String, Vec<Place>>>,
}

/// Kinds that recognizers take for each other count as one.
pub(super) fn may_be_one(a: EntityKind, b: EntityKind) -> bool {
    let is_body = |kind| matches!(kind, EntityKind::Unit | EntityKind::Organization);
    a == b || (is_body(a) && is_body(b))
}

impl<'a> State<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self {
            project,
            places: Places::new(project),
            owners: Owners::new(project.found_entities.values()),
            entities: project.found_entities.clone(),
            touched: BTreeSet::new(),
            heirs: BTreeMap::new(),
            merged: BTreeMap::new(),
            joined: BTreeSet::new(),
            relation_changes: Vec::new(),
            bearers: Bearers::new(project),
            apart: Vec::new(),
            marked: BTreeSet::new(),
            wide_marks: OnceCell::new(),
        }
    }

    pub(super) fn entity_mut(&mut self, id: EntityId) -> Option<&mut Entity> {
        self.entities.get_mut(&id).map(Arc::make_mut)
    }

    /// What an entity has become: itself, or what it was merged into.
    pub(super) fn heir(&self, mut id: EntityId) -> Option<EntityId> {
        // No chain is longer than the number of entities that are gone.
        for _ in 0..=self.heirs.len() {
            if self.entities.contains_key(&id) {
                return Some(id);
            }
            id = *self.heirs.get(&id)?;
        }
        None
    }

    /// The anchored places that are mentions now, each with its entity. Documents that came after the
    /// anchors were made have numbers from `since` on.
    pub(super) fn anchored(&self, anchors: &[Anchor], since: DocumentId) -> Vec<(Place, EntityId)> {
        let places = self.places.find(anchors, since);
        let mut found: Vec<(Place, EntityId)> = places
            .into_iter()
            .flatten()
            .filter_map(|place| Some((place, self.owners.of(place)?)))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The entity that a correction was made on: the one of that number, or else the one found since
    /// that has its mentions.
    pub(super) fn subject(&self, correction: &Correction) -> Option<EntityId> {
        let (name, anchors) = (&correction.name, &correction.anchors);
        self.known(correction.entity, name, anchors, correction.new_from)
    }

    /// The entity of that number; or else one numbered from `since` on, as a new reading makes them, that
    /// has exactly the anchored mentions, or most of them and not many others under the same name.
    pub(super) fn known(
        &self,
        id: EntityId,
        name: &str,
        anchors: &[Anchor],
        since: (DocumentId, EntityId),
    ) -> Option<EntityId> {
        if self.entities.contains_key(&id) {
            return Some(id);
        }
        // One that was there beside it is another one, whatever it has now.
        let (owner, count) = self.owner_of_most(anchors, since.0)?;
        let is_new = owner >= since.1;
        let all = self.entities.get(&owner)?.mentions.len();
        let is_whole = count == all && count == anchors.len();
        let is_most = count * 2 > anchors.len() && count * 2 >= all;
        (is_new && (is_whole || (is_most && self.is_called(owner, name)))).then_some(owner)
    }

    /// The entity that has most of the anchored mentions, and how many.
    pub(super) fn owner_of_most(
        &self,
        anchors: &[Anchor],
        since: DocumentId,
    ) -> Option<(EntityId, usize)> {
        let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
        for (_, owner) in self.anchored(anchors, since) {
            *counts.entry(owner).or_default() += 1;
        }
        let most = |&(id, count): &(EntityId, usize)| (count, std::cmp::Reverse(id));
        counts.into_iter().max_by_key(most)
    }

    /// The normalized name is one of the entity's names.
    pub(super) fn is_called(&self, id: EntityId, name: &str) -> bool {
        let entity = self.entities.get(&id);
        entity.is_some_and(|e| {
            let mut names = e.aliases.iter().chain([&e.name]);
            names.any(|known| normalized_name(known) == name)
        })
    }

    /// Puts an entity in that the user made, if there is none of that number.
    pub(super) fn make(&mut self, id: EntityId, kind: EntityKind, name: &str) {
        if self.entities.contains_key(&id) {
            return;
        }
        let entity = Entity {
            id,
            kind,
            name: name.to_owned(),
            aliases: Vec::new(),
            roles: Vec::new(),
            mentions: Vec::new(),
            by_user: true,
            told: None,
            unit: None,
            date: None,
            location: None,
        };
        self.entities.insert(id, Arc::new(entity));
        self.touched.insert(id);
    }

    /// The mention at a place, as extraction found it, or as sure as the user is.
    pub(super) fn mention_at(&self, place: Place) -> Option<Mention> {
        let (document, start, end) = place;
        let text = self.project.document(document)?.text.get(start..end)?;
        Some(Mention {
            document,
            start,
            end,
            text: text.to_owned(),
            score: 1.0,
        })
    }
}
