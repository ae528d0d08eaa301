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
        let joined = Arc::make_mut(slot);
        let had: BTreeSet<&String> = joined.aliases.iter().collect();
        let theirs = gone.aliases.iter().chain([&gone.name]);
        let aliases: Vec<String> = theirs.filter(|a| !had.contains(a)).cloned().collect();
        let had: BTreeSet<&Role> = joined.roles.iter().collect();
        let roles = gone.roles.iter().filter(|role| !had.contains(role));
        let roles: BTreeSet<Role> = roles.cloned().collect();
        let unit = joined.unit.clone();
        joined.aliases.extend(aliases.iter().cloned());
        joined.mentions.extend(gone.mentions.iter().cloned());
        joined.roles.extend(roles.iter().cloned());
        if let Some(theirs) = &gone.unit {
            joined.unit.get_or_insert_default().fill_from(theirs);
        }
        joined.sort_mentions();
        joined
            .mentions
            .dedup_by_key(|m| (m.document, m.start, m.end));
        sort_roles(joined);
        joined.by_user = true;
        // Many may be merged into one: its names are put in order once.
        self.joined.insert(into);
        self.heirs.insert(other, into);
        self.touched.extend([other, into]);
        let merged = Merged {
            was: gone,
            into,
            aliases: aliases.into_iter().collect(),
            roles,
            unit,
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
        let (Some(merged), Some(entity)) = (self.merged.remove(&other), self.entities.get(&into))
        else {
            return false;
        };
        let mut aliases = entity.aliases.clone();
        aliases.retain(|alias| !merged.aliases.contains(alias));
        let mut roles = entity.roles.clone();
        roles.retain(|role| !merged.roles.contains(role));
        self.take(places);
        let Merged { was, unit, .. } = merged;
        if let Some(entity) = self.entity_mut(into) {
            // What it had before it has still, although its mentions went.
            entity.roles = roles;
            sort_roles(entity);
            entity.refresh_aliases(&aliases);
            let mut both = unit.clone();
            if let Some(theirs) = &was.unit {
                both.get_or_insert_default().fill_from(theirs);
            }
            if entity.unit == both {
                entity.unit = unit;
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

impl State<'_> {
    /// Puts the names of what others were merged into in the order of their mentions.
    pub(super) fn order_names(&mut self) {
        for id in std::mem::take(&mut self.joined) {
            if let Some(entity) = self.entity_mut(id) {
                let kept = std::mem::take(&mut entity.aliases);
                entity.refresh_aliases(&kept);
            }
        }
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
