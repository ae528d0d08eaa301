//! Mentions going from one entity to another.

use super::anchors::Place;
use super::state::{Merged, State};
use crate::model::{Entity, EntityId, Mention, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl State<'_> {
    /// `other` becomes part of `into`, with its mentions, names, roles and fields.
    pub(super) fn merge(&mut self, other: EntityId, into: EntityId) {
        if other == into || !self.entities.contains_key(&into) {
            return;
        }
        let Some(gone) = self.entities.remove(&other) else {
            return;
        };
        for mention in &gone.mentions {
            self.owners.set(place_of(mention), into);
        }
        let Some(slot) = self.entities.get_mut(&into) else {
            return;
        };
        let before = slot.clone();
        let joined = Arc::make_mut(slot);
        let mut kept = std::mem::take(&mut joined.aliases);
        kept.extend(gone.aliases.iter().cloned());
        kept.push(gone.name.clone());
        joined.mentions.extend(gone.mentions.iter().cloned());
        joined.roles.extend(gone.roles.iter().cloned());
        if let Some(theirs) = &gone.unit {
            joined.unit.get_or_insert_default().fill_from(theirs);
        }
        joined.sort_mentions();
        joined
            .mentions
            .dedup_by_key(|m| (m.document, m.start, m.end));
        sort_roles(joined);
        joined.refresh_aliases(&kept);
        joined.by_user = true;
        self.heirs.insert(other, into);
        self.touched.extend([other, into]);
        let merged = Merged {
            was: gone,
            into_was: before,
            into,
        };
        self.merged.insert(other, merged);
    }

    /// Takes an entity out, with its mentions.
    pub(super) fn drop_entity(&mut self, id: EntityId) {
        if let Some(gone) = self.entities.remove(&id) {
            for mention in &gone.mentions {
                self.owners.remove(place_of(mention));
            }
            self.touched.insert(id);
        }
    }

    /// Takes mentions from the entities that have them, with the roles that stand nearest to them;
    /// gives the mentions and roles. Aliases that no mention is left of go too.
    pub(super) fn take(&mut self, places: &[(Place, EntityId)]) -> (Vec<Mention>, Vec<Role>) {
        let mut of_owner: BTreeMap<EntityId, BTreeSet<Place>> = BTreeMap::new();
        for &(place, owner) in places {
            of_owner.entry(owner).or_default().insert(place);
            self.owners.remove(place);
        }
        let (mut mentions, mut roles) = (Vec::new(), Vec::new());
        for (owner, taken) in of_owner {
            self.touched.insert(owner);
            let Some(entity) = self.entity_mut(owner) else {
                continue;
            };
            let goes = |m: &Mention| taken.contains(&place_of(m));
            let role_goes = |role: &Role| nearest(&entity.mentions, role).is_some_and(goes);
            let (going, staying): (Vec<Role>, Vec<Role>) =
                entity.roles.iter().cloned().partition(role_goes);
            let (gone, kept): (Vec<Mention>, Vec<Mention>) = std::mem::take(&mut entity.mentions)
                .into_iter()
                .partition(goes);
            entity.roles = staying;
            entity.mentions = kept;
            let lost: BTreeSet<&str> = gone.iter().map(|m| m.text.as_str()).collect();
            let mut names = std::mem::take(&mut entity.aliases);
            names.retain(|alias| !lost.contains(alias.as_str()));
            entity.refresh_aliases(&names);
            mentions.extend(gone);
            roles.extend(going);
        }
        (mentions, roles)
    }

    /// Gives mentions and roles to an entity.
    pub(super) fn give(&mut self, to: EntityId, mentions: Vec<Mention>, roles: Vec<Role>) {
        self.touched.insert(to);
        for mention in &mentions {
            self.owners.set(place_of(mention), to);
        }
        if let Some(entity) = self.entity_mut(to) {
            entity.mentions.extend(mentions);
            entity.sort_mentions();
            entity
                .mentions
                .dedup_by_key(|m| (m.document, m.start, m.end));
            entity.roles.extend(roles);
            sort_roles(entity);
            let kept = std::mem::take(&mut entity.aliases);
            entity.refresh_aliases(&kept);
            entity.by_user = true;
        }
    }

    /// Moves the anchored mentions, whoever has them, to an entity.
    pub(super) fn move_to(&mut self, places: &[(Place, EntityId)], to: EntityId) {
        let moved: Vec<(Place, EntityId)> = places
            .iter()
            .copied()
            .filter(|&(_, owner)| owner != to)
            .collect();
        if !moved.is_empty() {
            let (mentions, roles) = self.take(&moved);
            self.give(to, mentions, roles);
        }
    }

    /// Takes the merge of `other` back if these are exactly its mentions; gives whether they were.
    pub(super) fn unmerge(&mut self, other: EntityId, places: &[(Place, EntityId)]) -> bool {
        let Some(merged) = self.merged.get(&other) else {
            return false;
        };
        let were: BTreeSet<Place> = merged.was.mentions.iter().map(place_of).collect();
        let are: BTreeSet<Place> = places.iter().map(|(place, _)| *place).collect();
        let into = merged.into;
        if were != are || places.iter().any(|&(_, owner)| owner != into) {
            return false;
        }
        let Some(Merged { was, into_was, .. }) = self.merged.remove(&other) else {
            return false;
        };
        self.take(places);
        if let Some(entity) = self.entity_mut(into) {
            let theirs: BTreeSet<&Role> = was.roles.iter().collect();
            let own: BTreeSet<&Role> = into_was.roles.iter().collect();
            entity
                .roles
                .retain(|role| own.contains(role) || !theirs.contains(role));
            let mut roles: Vec<Role> = into_was.roles.clone();
            roles.extend(std::mem::take(&mut entity.roles));
            entity.roles = roles;
            sort_roles(entity);
            let had: BTreeSet<&String> = into_was.aliases.iter().collect();
            let mut kept = std::mem::take(&mut entity.aliases);
            kept.retain(|a| had.contains(a) || !(was.aliases.contains(a) || *a == was.name));
            kept.extend(into_was.aliases.iter().cloned());
            entity.refresh_aliases(&kept);
            let mut both = into_was.unit.clone();
            if let Some(theirs) = &was.unit {
                both.get_or_insert_default().fill_from(theirs);
            }
            if entity.unit == both {
                entity.unit.clone_from(&into_was.unit);
            }
        }
        for mention in &was.mentions {
            self.owners.set(place_of(mention), other);
        }
        self.heirs.remove(&other);
        self.entities.insert(other, was);
        self.touched.extend([other, into]);
        true
    }
}

pub(super) fn place_of(mention: &Mention) -> Place {
    (mention.document, mention.start, mention.end)
}

fn sort_roles(entity: &mut Entity) {
    entity
        .roles
        .sort_by(|a, b| (a.document, a.start, &a.text).cmp(&(b.document, b.start, &b.text)));
    entity.roles.dedup();
}

/// The mention that a role most likely goes with: the nearest one of its document.
fn nearest<'a>(mentions: &'a [Mention], role: &Role) -> Option<&'a Mention> {
    let at = mentions.partition_point(|m| (m.document, m.start) < (role.document, role.start));
    let after = mentions.get(at).filter(|m| m.document == role.document);
    let before = at.checked_sub(1).and_then(|at| mentions.get(at));
    let before = before.filter(|m| m.document == role.document);
    [after, before]
        .into_iter()
        .flatten()
        .min_by_key(|m| m.start.abs_diff(role.start))
}
