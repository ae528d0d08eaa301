//! Positions of a layout that still runs: they stand in for those of the project.

use crate::geometry::Point;
use crate::model::EntityId;
use std::sync::Arc;

/// Where a running layout has its nodes at the moment. A copy shares them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LivePositions {
    /// Ascending.
    entities: Arc<Vec<EntityId>>,
    points: Arc<Vec<Point>>,
}

impl LivePositions {
    /// The positions `points` of `entities`, which ascend.
    pub fn new(entities: Arc<Vec<EntityId>>, points: Vec<Point>) -> Self {
        debug_assert!(entities.is_sorted());
        Self {
            entities,
            points: Arc::new(points),
        }
    }

    /// Where an entity is, if the layout moves it.
    pub fn of(&self, entity: EntityId) -> Option<Point> {
        let index = self.entities.binary_search(&entity).ok()?;
        self.points.get(index).copied()
    }

    /// All of them, by entity, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, Point)> + '_ {
        self.entities
            .iter()
            .copied()
            .zip(self.points.iter().copied())
    }
}
