//! Where nodes lie, pinned or not, hidden or not, which are drawn as one; the layout; the title.

use super::draft::{Draft, name_or_count, refused};
use crate::error::Result;
use crate::geometry::Point;
use crate::model::{EntityId, LayoutChoice, MapFrame, Placement, Rearranging};
use std::collections::BTreeSet;

impl Draft<'_> {
    pub(super) fn move_to(&mut self, positions: &[(EntityId, Point)]) -> Result<String> {
        let ids: Vec<EntityId> = positions.iter().map(|&(id, _)| id).collect();
        let ids = self.existing(&ids)?;
        for &(id, position) in positions {
            if !position.is_finite() {
                return Err(refused("that place is not in the picture"));
            }
            let placement = Placement {
                position: Some(position),
                pinned: true,
                ..self.placement(id)
            };
            self.put_placement(id, placement);
        }
        Ok(format!("Moved {}", self.called(&ids)))
    }

    pub(super) fn pin(&mut self, entities: &[(EntityId, Option<Point>)]) -> Result<String> {
        let ids: Vec<EntityId> = entities.iter().map(|&(id, _)| id).collect();
        let ids = self.existing(&ids)?;
        for &(id, position) in entities {
            let before = self.placement(id);
            let position = position.filter(|p| p.is_finite()).or(before.position);
            // A node without a place has nothing to be held at.
            if position.is_some() {
                self.put_placement(
                    id,
                    Placement {
                        position,
                        pinned: true,
                        ..before
                    },
                );
            }
        }
        Ok(format!("Pinned {}", self.called(&ids)))
    }

    pub(super) fn unpin(&mut self, ids: &[EntityId]) -> Result<String> {
        let ids = self.existing(ids)?;
        for &id in &ids {
            let placement = Placement {
                pinned: false,
                ..self.placement(id)
            };
            self.put_placement(id, placement);
        }
        Ok(format!("Unpinned {}", self.called(&ids)))
    }

    pub(super) fn hide(&mut self, ids: &[EntityId]) -> Result<String> {
        let ids = self.existing(ids)?;
        for &id in &ids {
            self.set_hidden(id, true);
        }
        Ok(format!("Hid {}", self.called(&ids)))
    }

    pub(super) fn hide_others(&mut self, ids: &[EntityId]) -> Result<String> {
        let ids = self.existing(ids)?;
        let others: Vec<EntityId> = self
            .project
            .entities()
            .map(|entity| entity.id)
            .filter(|id| !ids.contains(id))
            .collect();
        for id in others {
            self.set_hidden(id, true);
        }
        Ok(format!("Hid all but {}", self.called(&ids)))
    }

    pub(super) fn show(&mut self, ids: &[EntityId]) -> Result<String> {
        let ids = self.existing(ids)?;
        for &id in &ids {
            self.set_hidden(id, false);
        }
        Ok(format!("Showed {}", self.called(&ids)))
    }

    pub(super) fn show_all(&mut self) -> Result<String> {
        let hidden: Vec<EntityId> = self
            .project
            .placements()
            .filter(|(_, placement)| placement.hidden)
            .map(|(id, _)| id)
            .collect();
        for &id in &hidden {
            self.set_hidden(id, false);
        }
        let many = if hidden.len() == 1 { "node" } else { "nodes" };
        Ok(format!("Showed {} hidden {many}", hidden.len()))
    }

    pub(super) fn group(&mut self, into: EntityId, ids: &[EntityId]) -> Result<String> {
        let mut ids = self.existing(ids)?;
        self.entity(into)?;
        ids.remove(&into);
        if ids.is_empty() {
            return Err(refused("a group needs two nodes"));
        }
        let members: Vec<EntityId> = ids.iter().copied().collect();
        let mut groups = self.project.view.groups.clone();
        groups.join(into, &members);
        self.groups = Some(groups);
        ids.insert(into);
        Ok(format!("Drew {} as one node", self.called(&ids)))
    }

    pub(super) fn ungroup(&mut self, ids: &[EntityId]) -> Result<String> {
        let ids = self.existing(ids)?;
        let nodes: Vec<EntityId> = ids.iter().copied().collect();
        let mut groups = self.project.view.groups.clone();
        if groups.dissolve(&nodes).is_empty() {
            return Err(refused("that node holds no others"));
        }
        self.groups = Some(groups);
        Ok(format!("Drew one by one what {} held", self.called(&ids)))
    }

    /// Takes the positions of a finished layout. Entities that are gone by now are passed over,
    /// pinned ones stay, and so does a node whose new place is not finite.
    pub(super) fn settle_layout(
        &mut self,
        layout: LayoutChoice,
        positions: &[(EntityId, Point)],
    ) -> Result<String> {
        let count = self.put_all(positions);
        self.layout = Some(layout);
        let many = if count == 1 { "node" } else { "nodes" };
        Ok(format!("Arranged {count} {many} {}", layout.manner()))
    }

    /// Takes positions as [`Self::settle_layout`] does, and the map that they lie on.
    pub(super) fn settle_map(
        &mut self,
        map: MapFrame,
        positions: &[(EntityId, Point)],
    ) -> Result<String> {
        if !map.is_sound() {
            return Err(refused("that map has no sensible middle or scale"));
        }
        self.map = Some(map);
        self.settle_layout(LayoutChoice::Geographic, positions)
    }

    /// Takes positions as [`Self::settle_layout`] does; the layout stays.
    pub(super) fn rearrange(
        &mut self,
        how: Rearranging,
        positions: &[(EntityId, Point)],
    ) -> String {
        let count = self.put_all(positions);
        let many = if count == 1 { "node" } else { "nodes" };
        match how {
            Rearranging::Part(layout) => format!("Arranged {count} {many} {}", layout.manner()),
            Rearranging::Separated => format!("Moved {count} {many} apart"),
        }
    }

    /// Puts nodes that are there and not pinned; gives how many.
    fn put_all(&mut self, positions: &[(EntityId, Point)]) -> usize {
        let mut count = 0;
        for &(id, position) in positions {
            let before = self.placement(id);
            if before.pinned || !position.is_finite() || self.entity(id).is_err() {
                continue;
            }
            count += 1;
            self.put_placement(
                id,
                Placement {
                    position: Some(position),
                    ..before
                },
            );
        }
        count
    }

    pub(super) fn set_title(&mut self, title: &str) -> Result<String> {
        let title = super::draft::checked_name(title)?;
        self.title = Some(title.clone());
        Ok(format!("Named the project {title}"))
    }

    fn set_hidden(&mut self, id: EntityId, hidden: bool) {
        let placement = Placement {
            hidden,
            ..self.placement(id)
        };
        self.put_placement(id, placement);
    }

    fn called(&self, ids: &BTreeSet<EntityId>) -> String {
        let names: Vec<String> = ids
            .iter()
            .filter_map(|&id| self.entity(id).ok())
            .map(|entity| entity.name.clone())
            .collect();
        name_or_count(&names, "nodes")
    }
}
