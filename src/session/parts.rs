//! Parts of the picture: focus on a neighborhood, expand and collapse, groups, lines of nodes.

use super::align::{Alignment, aligned};
use super::{Command, Session};
use crate::geometry::Point;
use crate::model::{Edit, EntityId, Neighborhood, Project};
use std::collections::{BTreeMap, BTreeSet};

/// No neighborhood is wider.
const MOST_STEPS: u8 = 3;

impl Session {
    /// Shows only what lies within so many steps of `entities`.
    pub(super) fn focus_on(&mut self, entities: &[EntityId], steps: u8) {
        if entities.is_empty() {
            return;
        }
        let around = Neighborhood {
            centers: entities.iter().copied().collect(),
            steps: steps.clamp(1, MOST_STEPS),
        };
        self.change_view(|view| {
            view.filters.around = Some(around);
            // All of it is to be seen.
            view.camera = None;
        });
    }

    pub(super) fn leave_focus(&mut self) {
        self.change_view(|view| view.filters.around = None);
    }

    /// Shows the hidden neighbors of `entities`, and what a focus leaves out around them.
    pub(super) fn expand(&mut self, entities: &[EntityId]) {
        if self.project().view.filters.around.is_some() {
            self.change_view(|view| {
                if let Some(around) = &mut view.filters.around {
                    around.centers.extend(entities);
                }
            });
        }
        let hidden = self.hidden_neighbors(entities);
        if !hidden.is_empty() {
            self.run(Command::Show(hidden));
        }
    }

    /// Neighbors of `entities` that the user has hidden, ascending.
    pub(super) fn hidden_neighbors(&self, entities: &[EntityId]) -> Vec<EntityId> {
        let project = self.project();
        let chosen: BTreeSet<EntityId> = self.with_members(entities.to_vec()).into_iter().collect();
        let mut found = BTreeSet::new();
        for relation in project.relations() {
            for (near, far) in [
                (relation.source, relation.target),
                (relation.target, relation.source),
            ] {
                if chosen.contains(&near) && project.placement(far).hidden {
                    found.insert(far);
                }
            }
        }
        found.into_iter().collect()
    }

    /// The neighbors of `entities` that have lines to nothing else that is shown, ascending.
    pub(super) fn hanging_on(&self, entities: &[EntityId]) -> Vec<EntityId> {
        let nodes = DrawnNodes::new(self);
        let chosen: BTreeSet<EntityId> = entities.iter().map(|&id| nodes.node_of(id)).collect();
        let near = chosen.iter().flat_map(|&node| nodes.neighbors_of(node));
        let near: BTreeSet<EntityId> = near.filter(|id| !chosen.contains(id)).collect();
        let hangs = |node: &EntityId| nodes.neighbors_of(*node).is_subset(&chosen);
        near.into_iter().filter(hangs).collect()
    }

    /// The neighbors of `entities`, as nodes that are drawn.
    pub(super) fn neighbors_of(&self, entities: &[EntityId]) -> Vec<EntityId> {
        let nodes = DrawnNodes::new(self);
        let near = entities
            .iter()
            .flat_map(|&id| nodes.neighbors_of(nodes.node_of(id)));
        near.collect::<BTreeSet<EntityId>>().into_iter().collect()
    }

    /// `entities` with all that is drawn inside their nodes: what is done to a node is done to all
    /// of it.
    pub(super) fn with_members(&self, entities: Vec<EntityId>) -> Vec<EntityId> {
        let groups = &self.project().view.groups;
        if groups.is_empty() {
            return entities;
        }
        groups.with_inside(&entities)
    }

    /// The node in which an entity is drawn: its own, unless it lies inside another.
    pub(super) fn node_of(&self, entity: EntityId) -> EntityId {
        let groups = &self.project().view.groups;
        let mut holding = groups
            .iter()
            .filter(|(_, members)| members.contains(&entity));
        let host = holding.next().map(|(host, _)| host);
        host.filter(|&host| self.visible().has_entity(host))
            .unwrap_or(entity)
    }

    /// Draws `entities` as one node: the one that is mentioned most.
    pub(super) fn group(&mut self, entities: &[EntityId]) {
        let project = self.project();
        let mentions = |id: EntityId| project.entity(id).map(|entity| entity.mentions.len());
        let known: Vec<EntityId> = entities
            .iter()
            .copied()
            .filter(|&id| mentions(id).is_some())
            .collect();
        let first = known
            .iter()
            .copied()
            .max_by_key(|&id| (mentions(id), std::cmp::Reverse(id)));
        let Some(into) = first.filter(|_| known.len() > 1) else {
            return;
        };
        let before = self.revision;
        self.run_edit(&Edit::Group {
            into,
            entities: known,
        });
        if self.revision != before {
            self.change_view(|view| view.selection = [into].into());
        }
    }

    /// Draws what lies inside `entities` by itself again, and selects it.
    pub(super) fn ungroup(&mut self, entities: &[EntityId]) {
        let groups = &self.project().view.groups;
        let holds = |id: &EntityId| groups.inside(*id).next().is_some();
        let nodes: Vec<EntityId> = entities.iter().copied().filter(holds).collect();
        let inside: Vec<EntityId> = nodes.iter().flat_map(|&id| groups.inside(id)).collect();
        if nodes.is_empty() {
            return;
        }
        let before = self.revision;
        self.run_edit(&Edit::Ungroup { entities: nodes });
        if self.revision != before {
            self.change_view(|view| view.selection.extend(inside));
        }
    }

    /// What lies inside a node that is moved keeps its place relative to it.
    pub(super) fn with_what_lies_inside(
        &self,
        positions: Vec<(EntityId, Point)>,
    ) -> Vec<(EntityId, Point)> {
        along_with_groups(self.project(), &|id| self.position(id), positions)
    }

    /// Where `entities` go when they are brought into line.
    pub(super) fn aligned(
        &self,
        entities: &[EntityId],
        alignment: Alignment,
    ) -> Vec<(EntityId, Point)> {
        let place = |&id: &EntityId| Some((id, self.position(id)?));
        let nodes: Vec<(EntityId, Point)> = entities.iter().filter_map(place).collect();
        aligned(&nodes, alignment)
    }
}

/// New positions of nodes, and with them those of what lies inside these: as far away as before.
/// `position` tells where something was.
pub(super) fn along_with_groups(
    project: &Project,
    position: &dyn Fn(EntityId) -> Option<Point>,
    mut positions: Vec<(EntityId, Point)>,
) -> Vec<(EntityId, Point)> {
    let groups = &project.view.groups;
    if groups.is_empty() {
        return positions;
    }
    let moved: BTreeSet<EntityId> = positions.iter().map(|&(id, _)| id).collect();
    for index in 0..positions.len() {
        let (node, to) = positions[index];
        let Some(from) = position(node) else {
            continue;
        };
        let inside = groups.inside(node).filter(|id| !moved.contains(id));
        let along = inside.filter_map(|id| Some((id, position(id)? + (to - from))));
        positions.extend(along);
    }
    positions
}

/// The shown graph as it is drawn: what lies inside a group is part of its node.
struct DrawnNodes<'a> {
    session: &'a Session,
    hosts: BTreeMap<EntityId, EntityId>,
}

impl<'a> DrawnNodes<'a> {
    fn new(session: &'a Session) -> Self {
        let groups = &session.project().view.groups;
        Self {
            session,
            hosts: groups.hosts(session.visible()),
        }
    }

    fn node_of(&self, entity: EntityId) -> EntityId {
        self.hosts.get(&entity).copied().unwrap_or(entity)
    }

    fn neighbors_of(&self, node: EntityId) -> BTreeSet<EntityId> {
        let members = self.session.with_members(vec![node]);
        let near = members
            .into_iter()
            .flat_map(|id| self.session.graph().neighbours(id));
        near.map(|id| self.node_of(id))
            .filter(|&id| id != node)
            .collect()
    }
}
