//! Many values of a map exchanged at once.

use std::collections::BTreeMap;

/// Puts new values into a map, or takes what has none out of it; gives what was there, in the opposite
/// order.
pub(super) fn swap<K: Ord + Copy, V>(
    map: &mut BTreeMap<K, V>,
    mut changes: Vec<(K, Option<V>)>,
) -> Vec<(K, Option<V>)> {
    /// From so many on, and from such a share of the map, all of it is gone through once.
    const MANY: usize = 64;
    const SHARE: usize = 4;
    let ascends = changes.is_sorted_by(|a, b| a.0 < b.0);
    let descends = changes.is_sorted_by(|a, b| a.0 > b.0);
    if changes.len() >= MANY && changes.len() * SHARE >= map.len() && (ascends || descends) {
        // A layout moves every node: to look each up takes a dozen times as long.
        let mut entries = map.iter_mut();
        let mut done = 0;
        for (id, value) in &mut changes {
            let found = if ascends {
                entries.find(|(key, _)| *key >= &*id)
            } else {
                entries.rfind(|(key, _)| *key <= &*id)
            };
            match (found, value) {
                (Some((key, held)), Some(value)) if *key == *id => std::mem::swap(held, value),
                _ => break,
            }
            done += 1;
        }
        let rest = changes.split_off(done);
        let mut before = swap_each(map, rest);
        changes.reverse();
        before.append(&mut changes);
        return before;
    }
    swap_each(map, changes)
}

/// [`swap`], one after the other.
fn swap_each<K: Ord + Copy, V>(
    map: &mut BTreeMap<K, V>,
    changes: Vec<(K, Option<V>)>,
) -> Vec<(K, Option<V>)> {
    let mut before: Vec<(K, Option<V>)> = changes
        .into_iter()
        .map(|(id, value)| match value {
            Some(value) => (id, map.insert(id, value)),
            None => (id, map.remove(&id)),
        })
        .collect();
    before.reverse();
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_at_once_are_swapped_as_one_after_the_other(
            held in prop::collection::btree_map(0_u32..200, 0_u8..9, 0..150),
            changes in prop::collection::btree_map(0_u32..200, prop::option::weighted(0.97, 0_u8..9), 0..150),
            descends in any::<bool>(),
        ) {
            let mut changes: Vec<(u32, Option<u8>)> = changes.into_iter().collect();
            if descends {
                changes.reverse();
            }
            let (mut one, mut other) = (held.clone(), held.clone());
            let before = swap(&mut one, changes.clone());
            prop_assert_eq!(&before, &swap_each(&mut other, changes));
            prop_assert_eq!(&one, &other);
            swap(&mut one, before);
            prop_assert_eq!(one, held);
        }
    }
}
