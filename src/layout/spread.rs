//! Numbers along a line that keep their distances and stay as near as can be to where they want to
//! be: isotonic regression by pooling adjacent violators (Ayer et al. 1955), exact in linear time.

/// Items of one weight that have run into each other and move together.
struct Pool {
    sum: f64,
    weight: f64,
    count: usize,
}

/// Positions in the order given, each at least its gap after the one before, with the least sum of
/// weighted squared distances from the targets. `gaps[i]` is the distance between item `i` and the
/// next; weights are positive.
pub(super) fn spread(targets: &[f64], weights: &[f64], gaps: &[f64]) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(targets.len());
    let mut offset = 0.0;
    for item in 0..targets.len() {
        offsets.push(offset);
        offset += gaps.get(item).copied().unwrap_or(0.0);
    }
    let mut pools: Vec<Pool> = Vec::new();
    for (item, &target) in targets.iter().enumerate() {
        let weight = weights.get(item).copied().unwrap_or(1.0).max(1e-9);
        let mut pool = Pool {
            sum: (target - offsets[item]) * weight,
            weight,
            count: 1,
        };
        while let Some(before) = pools.pop() {
            if before.sum / before.weight < pool.sum / pool.weight {
                pools.push(before);
                break;
            }
            pool.sum += before.sum;
            pool.weight += before.weight;
            pool.count += before.count;
        }
        pools.push(pool);
    }
    let mut positions = Vec::with_capacity(targets.len());
    for pool in pools {
        for _ in 0..pool.count {
            positions.push(pool.sum / pool.weight + offsets[positions.len()]);
        }
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_collides_shares_the_way() {
        let positions = spread(&[0.0, 0.0, 9.0], &[1.0; 3], &[2.0, 2.0]);
        assert_eq!(positions, [-1.0, 1.0, 9.0]);
        let heavy = spread(&[0.0, 0.0], &[1e9, 1.0], &[2.0]);
        assert!(heavy[0].abs() < 1e-6 && (heavy[1] - 2.0).abs() < 1e-6);
        assert!(spread(&[], &[], &[]).is_empty());
    }

    proptest! {
        #[test]
        fn gaps_are_kept(items in prop::collection::vec((-1e4f64..1e4, 0.1f64..5.0, 0.0f64..50.0), 0..60)) {
            let (targets, weights): (Vec<f64>, Vec<f64>) =
                items.iter().map(|item| (item.0, item.1)).unzip();
            let gaps: Vec<f64> = items.iter().map(|item| item.2).collect();
            let positions = spread(&targets, &weights, &gaps);
            prop_assert_eq!(positions.len(), items.len());
            for (pair, gap) in positions.windows(2).zip(&gaps) {
                prop_assert!(pair[1] - pair[0] >= gap - 1e-6);
            }
        }
    }
}
