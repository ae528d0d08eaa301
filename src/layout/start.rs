//! A first arrangement from distances in the graph: pivot MDS (Brandes and Pich 2007).
//!
//! Hop distances from a few far-apart pivots to all nodes are doubly centered, and their two
//! strongest directions become the coordinates. Large-scale shape comes out right (a grid is not
//! folded), which forces alone reach only by luck.

use super::adjacency::Adjacency;
use super::distances::hops_from;
use super::forces::Places;
use super::random::{direction, hash};

/// How many pivots, at most.
const PIVOTS: usize = 50;
/// Rounds of power iteration; the directions need not be exact.
const ROUNDS: usize = 60;

/// Coordinates of all nodes in units of hops, no two nodes quite on one spot. Linear in the edges.
pub(super) fn pivot_mds(adjacency: &Adjacency, seed: u64) -> Places {
    let count = adjacency.node_count();
    let columns = pivot_distances(adjacency);
    let centered = center(&columns, count);
    let (first, second) = two_directions(&centered);
    let mut places = Places {
        x: project(&centered, &first, count),
        y: project(&centered, &second, count),
    };
    for node in 0..count {
        let (x, y) = direction(hash(seed, node as u64));
        places.x[node] += 0.1 * x;
        places.y[node] += 0.1 * y;
    }
    places
}

/// Hop distances from each pivot; each next pivot is the node farthest from those before.
fn pivot_distances(adjacency: &Adjacency) -> Vec<Vec<f32>> {
    let count = adjacency.node_count();
    let mut nearest = vec![f32::INFINITY; count];
    let mut columns: Vec<Vec<f32>> = Vec::new();
    let mut pivot = 0;
    while columns.len() < PIVOTS.min(count) {
        let column: Vec<f32> = hops_from(adjacency, pivot)
            .into_iter()
            .map(f32::from)
            .collect();
        let mut farthest = (0.0, pivot);
        for node in 0..count {
            nearest[node] = nearest[node].min(column[node]);
            if nearest[node] > farthest.0 {
                farthest = (nearest[node], node);
            }
        }
        columns.push(column);
        if farthest.0 <= 0.0 {
            break;
        }
        pivot = farthest.1;
    }
    columns
}

/// -½ of the squared distances, with the mean of each row and column taken out.
fn center(columns: &[Vec<f32>], count: usize) -> Vec<Vec<f32>> {
    let mut centered: Vec<Vec<f32>> = columns
        .iter()
        .map(|column| {
            let mean = column.iter().map(|d| d * d).sum::<f32>() / count.max(1) as f32;
            column.iter().map(|d| -0.5 * (d * d - mean)).collect()
        })
        .collect();
    for node in 0..count {
        let mean = centered.iter().map(|column| column[node]).sum::<f32>() / columns.len() as f32;
        for column in &mut centered {
            column[node] -= mean;
        }
    }
    centered
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn normalize(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    let share = if length > 1e-20 { 1.0 / length } else { 0.0 };
    vector.iter_mut().for_each(|value| *value *= share);
}

/// The two strongest eigenvectors of the small matrix of products, by power iteration.
fn two_directions(centered: &[Vec<f32>]) -> (Vec<f32>, Vec<f32>) {
    let size = centered.len();
    let products: Vec<Vec<f32>> = centered
        .iter()
        .map(|a| centered.iter().map(|b| dot(a, b)).collect())
        .collect();
    let start = |salt: u64| -> Vec<f32> {
        (0..size as u64)
            .map(|at| direction(hash(salt, at)).0)
            .collect()
    };
    let apply =
        |vector: &[f32]| -> Vec<f32> { products.iter().map(|row| dot(row, vector)).collect() };
    let mut first = start(1);
    for _ in 0..ROUNDS {
        first = apply(&first);
        normalize(&mut first);
    }
    let mut second = start(2);
    for _ in 0..ROUNDS {
        second = apply(&second);
        let along = dot(&first, &second);
        for (value, axis) in second.iter_mut().zip(&first) {
            *value -= along * axis;
        }
        normalize(&mut second);
    }
    (first, second)
}

/// Coordinates along one direction, scaled so that they are in hops.
fn project(centered: &[Vec<f32>], axis: &[f32], count: usize) -> Vec<f32> {
    let mut values = vec![0.0; count];
    for (column, &share) in centered.iter().zip(axis) {
        for (value, entry) in values.iter_mut().zip(column) {
            *value += share * entry;
        }
    }
    // The product matrix has the squared eigenvalues; coordinates are √eigenvalue × eigenvector.
    let length = dot(&values, &values).sqrt();
    let scale = if length > 1e-20 {
        (length * (count as f32 / centered.len() as f32).sqrt()).sqrt() / length
    } else {
        0.0
    };
    values.iter_mut().for_each(|value| *value *= scale);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_out_stretched_in_order() {
        let edges: Vec<_> = (0..40).map(|at| (at, at + 1, 1.0)).collect();
        let places = pivot_mds(&Adjacency::from_edges(41, &edges), 5);
        let rising = places.x.windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert!(rising == 40 || rising == 0, "{:?}", places.x);
        let length = (places.x[40] - places.x[0]).abs();
        assert!((20.0..80.0).contains(&length), "{length}");
    }

    #[test]
    fn one_node_has_a_place() {
        let places = pivot_mds(&Adjacency::from_edges(1, &[]), 5);
        assert!(places.x[0].is_finite() && places.y[0].is_finite());
    }
}
