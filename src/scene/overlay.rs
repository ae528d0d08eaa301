//! What is followed: a selection, the node under the pointer, a line. The red string.

use super::build::Scene;
use crate::model::{EntityId, RelationId};
use std::collections::BTreeSet;

/// Indices into a scene: what stays while everything else steps back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// Nodes that are followed: ring, heavy label.
    pub followed: Vec<u32>,
    /// Nodes at the other ends of their lines: as always, but in front.
    pub neighbors: Vec<u32>,
    /// Lines drawn in red.
    pub red_links: Vec<u32>,
    /// Lines that stay as they are.
    pub kept_links: Vec<u32>,
}

impl Overlay {
    /// Nothing is followed.
    pub fn is_empty(&self) -> bool {
        self.followed.is_empty() && self.red_links.is_empty()
    }

    /// Follows `entities`, and `relation` with its two ends. One entity: its lines are red. Several:
    /// the lines between them are red, those to their neighbors stay.
    pub fn following(
        scene: &Scene,
        entities: &BTreeSet<EntityId>,
        relation: Option<RelationId>,
    ) -> Self {
        let mut followed: BTreeSet<u32> = entities
            .iter()
            .filter_map(|&id| scene.index_of(id))
            .map(|index| index as u32)
            .collect();
        let mut overlay = Self::default();
        let mut neighbors = BTreeSet::new();
        let alone = followed.len() == 1;
        let links = followed
            .iter()
            .flat_map(|&node| scene.links_of(node as usize));
        for &index in links {
            let link = &scene.links[index as usize];
            let inside = [link.source, link.target]
                .iter()
                .all(|end| followed.contains(end));
            if inside || alone {
                overlay.red_links.push(index);
            } else {
                overlay.kept_links.push(index);
            }
            neighbors.extend([link.source, link.target]);
        }
        overlay.kept_links.sort_unstable();
        if let Some(index) = relation.and_then(|id| scene.link_index_of(id)) {
            let link = &scene.links[index];
            followed.extend([link.source, link.target]);
            overlay.red_links.push(index as u32);
            overlay.kept_links.retain(|&kept| kept != index as u32);
        }
        overlay.neighbors = neighbors.difference(&followed).copied().collect();
        overlay.followed = followed.into_iter().collect();
        overlay.red_links.sort_unstable();
        overlay.red_links.dedup();
        overlay
    }

    /// Lays `other` over it: what either keeps is kept, what is red in `self` stays red, and lines
    /// that `other` alone would redden stay as they are, unless it follows a single line.
    pub fn joined(mut self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        let single_line = other.red_links.len() == 1;
        let (red, kept) = if single_line {
            (&other.red_links[..], &[][..])
        } else {
            (&[][..], &other.red_links[..])
        };
        let sorted = |first: &[u32], second: &[u32], third: &[u32], but: &[u32]| {
            let all: BTreeSet<u32> = [first, second, third].concat().into_iter().collect();
            all.into_iter()
                .filter(|index| !but.contains(index))
                .collect::<Vec<u32>>()
        };
        self.red_links = sorted(&self.red_links, red, &[], &[]);
        self.kept_links = sorted(&self.kept_links, &other.kept_links, kept, &self.red_links);
        self.followed = sorted(&self.followed, &other.followed, &[], &[]);
        self.neighbors = sorted(&self.neighbors, &other.neighbors, &[], &self.followed);
        self
    }

    /// The node at `index` stays in front.
    pub fn has_node(&self, index: u32) -> bool {
        self.followed.binary_search(&index).is_ok() || self.neighbors.binary_search(&index).is_ok()
    }
}
