//! Fewer crossings between the layers of a hierarchy: sweeps that sort each layer by the middles of
//! what it is linked to in the layer before (Sugiyama, Tagawa and Toda 1981), crossings counted with
//! a tree of sums (Barth, Mutzel and Jünger 2004). The best order that was seen is kept.

use super::layered::Layers;
use super::stop::Stop;

/// Sweeps, down and up counted apart, at most.
const SWEEPS: usize = 24;
/// Sweeps without a better order before it ends.
const PATIENCE: usize = 6;
/// Large graphs have fewer sweeps: about so many links are looked at in all.
const MOST_LOOKS: usize = 6_000_000;

/// Sorts the layers so that links cross each other less; fewer sweeps if asked to stop.
pub(super) fn reduce_crossings(layers: &mut Layers, stop: &Stop) {
    let link_count: usize = layers.down.iter().map(Vec::len).sum();
    let sweeps = SWEEPS.min(MOST_LOOKS / link_count.max(1)).max(2);
    let mut places = places_of(layers);
    let mut best = (crossings(layers, &places), layers.order.clone());
    let mut since = 0;
    for sweep in 0..sweeps {
        if best.0 == 0 || since >= PATIENCE || stop.is_asked() {
            break;
        }
        let goes_down = sweep % 2 == 0;
        let last = layers.order.len();
        for step in 1..last {
            let layer = if goes_down { step } else { last - 1 - step };
            sort_layer(layers, layer, goes_down, &mut places);
        }
        let found = crossings(layers, &places);
        since += 1;
        if found < best.0 {
            best = (found, layers.order.clone());
            since = 0;
        }
    }
    layers.order = best.1;
}

/// For each item its place in its layer.
fn places_of(layers: &Layers) -> Vec<u32> {
    let mut places = vec![0; layers.up.len()];
    for &(item, place) in &layers
        .order
        .iter()
        .flat_map(|layer| {
            layer
                .iter()
                .enumerate()
                .map(|(place, &item)| (item, place as u32))
        })
        .collect::<Vec<_>>()
    {
        places[item as usize] = place;
    }
    places
}

/// Sorts a layer by the mean place of what its items are linked to above, or below; those that are
/// linked to nothing there keep their place.
fn sort_layer(layers: &mut Layers, layer: usize, by_up: bool, places: &mut [u32]) {
    let linked = if by_up { &layers.up } else { &layers.down };
    let mean = |item: u32| {
        let own = &linked[item as usize];
        let others = match layers.beside.get(item as usize) {
            Some(beside) if by_up && own.is_empty() => beside,
            _ => own,
        };
        let sum: f64 = others
            .iter()
            .map(|&other| f64::from(places[other as usize]))
            .sum();
        (!others.is_empty()).then(|| sum / others.len() as f64)
    };
    let order = &mut layers.order[layer];
    let mut sorted: Vec<(f64, u32)> = Vec::with_capacity(order.len());
    let mut slots: Vec<usize> = Vec::with_capacity(order.len());
    for (slot, &item) in order.iter().enumerate() {
        if let Some(mean) = mean(item) {
            sorted.push((mean, item));
            slots.push(slot);
        }
    }
    // Stable: what ties stays in order.
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (slot, (_, item)) in slots.into_iter().zip(sorted) {
        order[slot] = item;
    }
    for (place, &item) in order.iter().enumerate() {
        places[item as usize] = place as u32;
    }
}

/// How many pairs of links cross, over all layers.
fn crossings(layers: &Layers, places: &[u32]) -> u64 {
    let pairs = layers.order.windows(2);
    pairs
        .map(|pair| {
            let mut ends: Vec<(u32, u32)> = Vec::new();
            for &item in &pair[0] {
                let below = layers.down[item as usize].iter();
                ends.extend(below.map(|&other| (places[item as usize], places[other as usize])));
            }
            ends.sort_unstable();
            inversions(ends.iter().map(|end| end.1), pair[1].len())
        })
        .sum()
}

/// How many earlier numbers are larger, summed over all; numbers are below `bound`.
fn inversions(numbers: impl Iterator<Item = u32>, bound: usize) -> u64 {
    // Fenwick's tree of sums.
    let mut tree = vec![0_u32; bound + 1];
    let (mut seen, mut found) = (0_u64, 0_u64);
    for number in numbers {
        let mut not_larger = 0_u64;
        let mut at = number as usize + 1;
        while at > 0 {
            not_larger += u64::from(tree[at]);
            at &= at - 1;
        }
        found += seen - not_larger;
        seen += 1;
        let mut at = number as usize + 1;
        while at <= bound {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inversions_are_counted() {
        assert_eq!(inversions([0, 1, 2].into_iter(), 3), 0);
        assert_eq!(inversions([2, 1, 0].into_iter(), 3), 3);
        assert_eq!(inversions([1, 1, 0, 2, 0].into_iter(), 3), 5);
    }

    #[test]
    fn crossed_pairs_are_uncrossed() {
        let mut layers = Layers {
            order: vec![vec![0, 1, 2], vec![3, 4, 5]],
            up: vec![vec![], vec![], vec![], vec![2], vec![1], vec![0]],
            down: vec![vec![5], vec![4], vec![3], vec![], vec![], vec![]],
            beside: Vec::new(),
        };
        assert_eq!(crossings(&layers, &places_of(&layers)), 3);
        reduce_crossings(&mut layers, &Stop::default());
        assert_eq!(crossings(&layers, &places_of(&layers)), 0);
    }
}
