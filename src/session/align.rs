//! Bringing nodes into line.

use crate::geometry::Point;
use crate::model::EntityId;
use serde::{Deserialize, Serialize};

/// How nodes are brought into line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alignment {
    /// One below the other, where the leftmost is.
    Left,
    /// One below the other, in the middle.
    Center,
    /// One below the other, where the rightmost is.
    Right,
    /// Side by side, where the uppermost is.
    Top,
    /// Side by side, in the middle.
    Middle,
    /// Side by side, where the lowest is.
    Bottom,
    /// At even distances from left to right.
    Across,
    /// At even distances from top to bottom.
    Down,
}

/// Where the nodes go; those that stay are left out.
pub(super) fn aligned(nodes: &[(EntityId, Point)], alignment: Alignment) -> Vec<(EntityId, Point)> {
    match alignment {
        Alignment::Left | Alignment::Center | Alignment::Right => {}
        Alignment::Across => return spread(nodes),
        Alignment::Top | Alignment::Middle | Alignment::Bottom | Alignment::Down => {
            return flipped(nodes, alignment);
        }
    }
    let places = nodes.iter().map(|(_, at)| at.x);
    let low = places.clone().fold(f32::INFINITY, f32::min);
    let high = places.fold(f32::NEG_INFINITY, f32::max);
    let x = match alignment {
        Alignment::Left => low,
        Alignment::Right => high,
        _ => low + (high - low) * 0.5,
    };
    let moved = nodes.iter().filter(|(_, at)| at.x != x);
    moved.map(|&(id, at)| (id, Point::new(x, at.y))).collect()
}

/// The same with the axes exchanged.
fn flipped(nodes: &[(EntityId, Point)], alignment: Alignment) -> Vec<(EntityId, Point)> {
    let turned = match alignment {
        Alignment::Top => Alignment::Left,
        Alignment::Middle => Alignment::Center,
        Alignment::Bottom => Alignment::Right,
        _ => Alignment::Across,
    };
    let flip = |&(id, at): &(EntityId, Point)| (id, Point::new(at.y, at.x));
    let nodes: Vec<_> = nodes.iter().map(flip).collect();
    aligned(&nodes, turned).iter().map(flip).collect()
}

/// The outermost stay, the others come to lie at even distances between them, in the same order.
fn spread(nodes: &[(EntityId, Point)]) -> Vec<(EntityId, Point)> {
    let mut order = nodes.to_vec();
    order.sort_by(|a, b| a.1.x.total_cmp(&b.1.x).then(a.0.cmp(&b.0)));
    let [(_, first), .., (_, last)] = order[..] else {
        return Vec::new();
    };
    let step = (last.x - first.x) / (order.len() - 1) as f32;
    let places = order.iter().enumerate();
    places
        .map(|(rank, &(id, at))| (id, Point::new(first.x + step * rank as f32, at.y)))
        .filter(|(id, at)| nodes.iter().all(|(other, was)| other != id || was != at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(places: &[(f32, f32)]) -> Vec<(EntityId, Point)> {
        let places = places.iter().enumerate();
        places
            .map(|(id, &(x, y))| (EntityId(id as u32), Point::new(x, y)))
            .collect()
    }

    #[test]
    fn nodes_come_into_line() {
        let before = nodes(&[(0.0, 5.0), (10.0, 1.0), (4.0, 9.0)]);
        let right = aligned(&before, Alignment::Right);
        assert_eq!(right.len(), 2);
        assert!(right.iter().all(|(_, at)| at.x == 10.0));
        let middle = aligned(&before, Alignment::Middle);
        assert!(middle.iter().all(|(_, at)| at.y == 5.0));
        assert_eq!(middle[0].1.x, 10.0);
        assert!(aligned(&[], Alignment::Top).is_empty());
    }

    #[test]
    fn distances_become_even_and_the_order_stays() {
        let before = nodes(&[(0.0, 0.0), (9.0, 1.0), (1.0, 2.0), (30.0, 3.0)]);
        let across = aligned(&before, Alignment::Across);
        assert_eq!(
            across,
            [
                (EntityId(2), Point::new(10.0, 2.0)),
                (EntityId(1), Point::new(20.0, 1.0))
            ]
        );
        assert!(aligned(&before, Alignment::Down).is_empty());
    }
}
