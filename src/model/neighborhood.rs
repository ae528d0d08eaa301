//! Parts of the picture: what lies around some entities, and entities drawn as one.

use super::{EntityId, Project, RelationId, Visible};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Some entities and what lies within a number of steps of them (their ego network).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighborhood {
    /// In the middle.
    pub centers: BTreeSet<EntityId>,
    /// How many lines away something may be: 1 for the direct neighbors.
    pub steps: u8,
}

impl Neighborhood {
    /// Leaves of `visible` what is no farther away. If none of the centers is shown, all stays.
    pub(super) fn narrow(&self, visible: &mut Visible, project: &Project) {
        let mut inside: BTreeSet<EntityId> = self
            .centers
            .iter()
            .copied()
            .filter(|&id| visible.has_entity(id))
            .collect();
        if inside.is_empty() {
            return;
        }
        // What is drawn as one node is near or far as one.
        let hosts = project.view.groups.hosts(visible);
        let node = |id: EntityId| hosts.get(&id).copied().unwrap_or(id);
        inside = inside.into_iter().map(node).collect();
        let ends = |&id: &RelationId| {
            let relation = project.relation(id)?;
            Some((node(relation.source), node(relation.target)))
        };
        let lines: Vec<(EntityId, EntityId)> = visible.relations.iter().filter_map(ends).collect();
        for _ in 0..self.steps {
            let mut reached = Vec::new();
            for &(a, b) in &lines {
                match (inside.contains(&a), inside.contains(&b)) {
                    (true, false) => reached.push(b),
                    (false, true) => reached.push(a),
                    _ => {}
                }
            }
            if reached.is_empty() {
                break;
            }
            inside.extend(reached);
        }
        visible.entities.retain(|&id| inside.contains(&node(id)));
        visible
            .relations
            .retain(|id| ends(id).is_some_and(|(a, b)| inside.contains(&a) && inside.contains(&b)));
    }
}

/// Entities that are drawn as one node: that of the key, in which the others lie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Groups(BTreeMap<EntityId, BTreeSet<EntityId>>);

impl Groups {
    /// Draws all of `members` inside the node of `into`. What was a group among them goes along.
    pub fn join(&mut self, into: EntityId, members: &[EntityId]) {
        let mut inside = self.0.remove(&into).unwrap_or_default();
        for &member in members {
            inside.extend(self.0.remove(&member).unwrap_or_default());
            inside.insert(member);
        }
        inside.remove(&into);
        for others in self.0.values_mut() {
            others.retain(|id| *id != into && !inside.contains(id));
        }
        if !inside.is_empty() {
            self.0.insert(into, inside);
        }
        self.0.retain(|_, members| !members.is_empty());
    }

    /// Draws the members of these nodes by themselves again; gives all that were inside.
    pub fn dissolve(&mut self, nodes: &[EntityId]) -> Vec<EntityId> {
        let inside = nodes.iter().filter_map(|node| self.0.remove(node));
        inside.flatten().collect()
    }

    /// The nodes in which entities lie that have none of their own, by entity. A node that is not
    /// shown holds nothing.
    pub fn hosts(&self, visible: &Visible) -> BTreeMap<EntityId, EntityId> {
        let shown = self.iter().filter(|(host, _)| visible.has_entity(*host));
        shown
            .flat_map(|(host, members)| members.iter().map(move |&member| (member, host)))
            .filter(|(member, _)| visible.has_entity(*member))
            .collect()
    }

    /// The entities that are shown and have a node of their own, ascending.
    pub fn drawn(&self, visible: &Visible) -> Vec<EntityId> {
        let hosts = self.hosts(visible);
        let shown = visible.entities.iter().copied();
        shown.filter(|id| !hosts.contains_key(id)).collect()
    }

    /// `nodes` with all that lies inside them: each once, in the order of coming.
    pub fn with_inside(&self, nodes: &[EntityId]) -> Vec<EntityId> {
        let mut seen = BTreeSet::new();
        let all = nodes
            .iter()
            .flat_map(|&node| std::iter::once(node).chain(self.inside(node)));
        all.filter(|&id| seen.insert(id)).collect()
    }

    /// What lies inside a node, ascending.
    pub fn inside(&self, node: EntityId) -> impl Iterator<Item = EntityId> + '_ {
        self.0.get(&node).into_iter().flatten().copied()
    }

    /// The groups: the node that is drawn, and what lies inside it.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &BTreeSet<EntityId>)> {
        self.0.iter().map(|(&node, members)| (node, members))
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Leaves out what no longer exists.
    pub fn retain(&mut self, exists: impl Fn(EntityId) -> bool) {
        let groups = std::mem::take(&mut self.0);
        for (node, members) in groups {
            let mut left = std::iter::once(node)
                .chain(members)
                .filter(|&id| exists(id));
            if let Some(node) = left.next() {
                let members: BTreeSet<EntityId> = left.collect();
                if !members.is_empty() {
                    self.0.insert(node, members);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_join_and_come_apart() {
        let ids: Vec<EntityId> = (0..6).map(EntityId).collect();
        let mut groups = Groups::default();
        groups.join(ids[0], &ids[0..3]);
        groups.join(ids[4], &ids[3..5]);
        assert_eq!(groups.inside(ids[0]).count(), 2);
        groups.join(ids[0], &ids[4..6]);
        assert_eq!(groups.inside(ids[0]).count(), 5);
        assert_eq!(groups.inside(ids[4]).count(), 0);
        assert_eq!(groups.with_inside(&ids[0..2]), ids);
        let mut visible = Visible {
            entities: ids[0..4].to_vec(),
            ..Visible::default()
        };
        assert_eq!(groups.drawn(&visible), ids[0..1]);
        visible.entities.remove(0);
        assert_eq!(groups.drawn(&visible), ids[1..4], "their node is hidden");
        groups.retain(|id| id != ids[0]);
        assert_eq!(groups.inside(ids[1]).collect::<Vec<_>>(), ids[2..6]);
        assert_eq!(groups.dissolve(&ids).len(), 4);
        assert!(groups.is_empty());
    }
}
