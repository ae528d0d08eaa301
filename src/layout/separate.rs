//! Room for every node: discs are pushed apart until they do not overlap, and no two nodes are left
//! on one spot.

use super::random::{direction, hash};
use crate::geometry::Point;
use std::collections::HashSet;

/// At most so many nodes near a node are looked at in one round, so that a crowd on one spot costs
/// linear time; the next round sees those that are still there.
const MOST_LOOKED_AT: usize = 160;

/// Nodes by square of a grid: the node indices sorted by square.
struct Buckets {
    squares: Vec<(i32, i32, u32)>,
    side: (f32, f32),
}

impl Buckets {
    /// `side` holds width and height of a square.
    fn new(points: &[Point], side: (f32, f32)) -> Self {
        let mut squares: Vec<(i32, i32, u32)> = points
            .iter()
            .enumerate()
            .map(|(node, point)| {
                let (column, row) = square_of(*point, side);
                (row, column, node as u32)
            })
            .collect();
        squares.sort_unstable();
        Self { squares, side }
    }

    /// Nodes in the nine squares around a point, in a fixed order.
    fn around(&self, point: Point) -> impl Iterator<Item = usize> + '_ {
        let (column, row) = square_of(point, self.side);
        (-1..=1).flat_map(move |down| {
            let row = row.saturating_add(down);
            let left = (row, column.saturating_sub(1), 0);
            let right = (row, column.saturating_add(1), u32::MAX);
            let from = self.squares.partition_point(|entry| *entry < left);
            self.squares[from..]
                .iter()
                .take_while(move |entry| **entry <= right)
                .map(|entry| entry.2 as usize)
        })
    }
}

fn square_of(point: Point, side: (f32, f32)) -> (i32, i32) {
    (
        (point.x / side.0).floor() as i32,
        (point.y / side.1).floor() as i32,
    )
}

/// One round: each node moves half of its overlap away from the nodes that it overlaps, all of it
/// from a `fixed` one. `reach` holds for each node the distance from its center that it needs.
/// Across the picture it needs `stretch` (at least 1) times as much. Gives the largest overlap that
/// was found, in world units down the picture.
pub(super) fn push_apart(
    points: &mut [Point],
    reach: &[f32],
    stretch: f32,
    fixed: &[bool],
    groups: Option<&[u32]>,
) -> f32 {
    let side = 2.0 * reach.iter().fold(0.0_f32, |most, &value| most.max(value));
    if side <= 0.0 {
        return 0.0;
    }
    let buckets = Buckets::new(points, (side * stretch, side));
    let mut worst = 0.0_f32;
    let mut moves = vec![(0.0_f32, 0.0_f32); points.len()];
    for (node, step) in moves.iter_mut().enumerate() {
        let (mut x, mut y, mut contacts) = (0.0, 0.0, 0.0);
        for other in buckets.around(points[node]).take(MOST_LOOKED_AT) {
            let needed = reach[node] + reach[other];
            let mut away = points[node] - points[other];
            away.x /= stretch;
            let distance = away.length();
            let apart = groups.is_some_and(|groups| groups[node] != groups[other]);
            if other == node || apart || distance >= needed {
                continue;
            }
            worst = worst.max(needed - distance);
            let (turn_x, turn_y) = if distance > 1e-3 {
                (away.x / distance, away.y / distance)
            } else {
                direction(hash(node as u64, other as u64))
            };
            let share = if fixed[other] { 1.0 } else { 0.5 };
            x += turn_x * (needed - distance) * share;
            y += turn_y * (needed - distance) * share;
            contacts += 1.0;
        }
        if !fixed[node] && contacts > 0.0 {
            // Between the mean and the sum of the pushes: crowds dissolve, and nothing oscillates.
            let damping = 1.0 / f32::sqrt(contacts);
            *step = (x * damping * stretch, y * damping);
        }
    }
    for (point, (x, y)) in points.iter_mut().zip(moves) {
        point.x += x;
        point.y += y;
    }
    worst
}

/// Moves nodes that lie exactly on the spot of another a little aside; fixed ones stay.
pub(super) fn make_distinct(points: &mut [Point], fixed: &[bool]) {
    let key = |point: Point| ((point.x + 0.0).to_bits(), (point.y + 0.0).to_bits());
    let mut taken: HashSet<(u32, u32)> = HashSet::with_capacity(points.len());
    for (point, _) in points.iter().zip(fixed).filter(|(_, fixed)| **fixed) {
        taken.insert(key(*point));
    }
    for node in 0..points.len() {
        if fixed[node] {
            continue;
        }
        let first = points[node];
        // Small against any node, and large enough to be a different number this far out.
        let little = 0.05_f32.max(1e-5 * first.x.abs().max(first.y.abs()));
        let mut attempt = 0;
        while !taken.insert(key(points[node])) {
            attempt += 1;
            let (x, y) = direction(hash(node as u64, attempt));
            let distance = little * (1.0 + 0.25 * attempt as f32);
            points[node] = Point::new(first.x + x * distance, first.y + y * distance);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_discs_come_apart_and_fixed_ones_stay() {
        let mut points: Vec<Point> = (0..60)
            .map(|node| Point::new((node % 8) as f32 * 3.0, (node / 8) as f32 * 3.0))
            .collect();
        let (first, fixed) = (points[0], (0..60).map(|node| node == 0).collect::<Vec<_>>());
        let reach = vec![10.0; 60];
        let rounds = (0..400)
            .take_while(|_| push_apart(&mut points, &reach, 1.5, &fixed, None) > 0.5)
            .count();
        assert!(rounds < 400);
        assert_eq!(points[0], first);
    }

    #[test]
    fn equal_spots_become_distinct() {
        for far in [0.0, 1e6] {
            let mut points = vec![Point::new(far, -far); 3000];
            make_distinct(&mut points, &vec![false; 3000]);
            let distinct: HashSet<_> = points
                .iter()
                .map(|point| (point.x.to_bits(), point.y.to_bits()))
                .collect();
            assert_eq!(distinct.len(), 3000);
        }
    }
}
