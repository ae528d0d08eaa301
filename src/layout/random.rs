//! Numbers that look random and are the same on every run: SplitMix64 (Steele, Lea and Flood,
//! "Fast splittable pseudorandom number generators", 2014).

/// A generator; the seed alone decides what it gives.
#[derive(Clone, Debug)]
pub(super) struct Random {
    state: u64,
}

/// One number for each (`seed`, `index`), without a state to carry: what a node gets does not
/// depend on the order in which nodes are asked.
pub(super) fn hash(seed: u64, index: u64) -> u64 {
    let mut mixed = seed
        .wrapping_add(index.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A vector of length 1 whose direction `hash` decides.
pub(super) fn direction(hash: u64) -> (f32, f32) {
    let turn = (hash >> 40) as f32 / (1_u32 << 24) as f32;
    let (sin, cos) = (turn * std::f32::consts::TAU).sin_cos();
    (cos, sin)
}

impl Random {
    /// The generator of that seed.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            state: hash(seed, 0),
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(1);
        hash(0x5EED, self.state)
    }

    /// A number from 0 to `end` - 1; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// The numbers `0..count` in random order (Fisher and Yates).
    pub(super) fn permutation(&mut self, count: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..count as u32).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permutation_has_each_number_once() {
        let mut order = Random::new(7).permutation(100);
        assert_ne!(order, (0..100).collect::<Vec<u32>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<u32>>());
    }

    #[test]
    fn directions_have_length_one() {
        for index in 0..50 {
            let (x, y) = direction(hash(3, index));
            assert!((x.hypot(y) - 1.0).abs() < 1e-5);
        }
    }
}
