//! Items of one axis moved as little as can be until each keeps its distance from those before it:
//! the first part of the solver of Dwyer, Marriott and Stuckey ("Fast node overlap removal", 2006).

use super::stop::Stop;
use std::collections::BinaryHeap;

/// `after` lies at least `gap` behind `before`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constraint {
    pub before: u32,
    pub after: u32,
    pub gap: f64,
}

/// What a constraint asks of the place of its block, the most first.
#[derive(Clone, Copy, PartialEq)]
struct Demand {
    place: f64,
    constraint: u32,
}

impl Eq for Demand {}

impl Ord for Demand {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_place = self.place.total_cmp(&other.place);
        by_place.then(self.constraint.cmp(&other.constraint))
    }
}

impl PartialOrd for Demand {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Items that touch and move together.
#[derive(Default)]
struct Block {
    sum: f64,
    weight: f64,
    members: Vec<u32>,
    demands: BinaryHeap<Demand>,
}

struct Solver<'a> {
    constraints: &'a [Constraint],
    blocks: Vec<Block>,
    block_of: Vec<u32>,
    offset: Vec<f64>,
}

/// Places near the `wanted` ones that keep all constraints; heavier items move less. `order` holds all
/// items so that each constraint leads from an earlier to a later one. If asked to stop, constraints may
/// be broken.
pub(super) fn project(
    wanted: &[f64],
    weights: &[f64],
    constraints: &[Constraint],
    order: &[u32],
    stop: &Stop,
) -> Vec<f64> {
    let mut incoming: Vec<Vec<u32>> = vec![Vec::new(); wanted.len()];
    for (index, constraint) in constraints.iter().enumerate() {
        incoming[constraint.after as usize].push(index as u32);
    }
    let mut solver = Solver {
        constraints,
        blocks: wanted
            .iter()
            .zip(weights)
            .enumerate()
            .map(|(item, (&wanted, &weight))| Block {
                sum: wanted * weight,
                weight,
                members: vec![item as u32],
                demands: BinaryHeap::new(),
            })
            .collect(),
        block_of: (0..wanted.len() as u32).collect(),
        offset: vec![0.0; wanted.len()],
    };
    for &item in order {
        if stop.is_asked() {
            break;
        }
        for &constraint in &incoming[item as usize] {
            let place = solver.asked(constraint);
            let demands = &mut solver.blocks[item as usize].demands;
            demands.push(Demand { place, constraint });
        }
        solver.settle(item as usize);
    }
    (0..wanted.len()).map(|item| solver.place(item)).collect()
}

impl Solver<'_> {
    fn block_place(&self, block: usize) -> f64 {
        self.blocks[block].sum / self.blocks[block].weight
    }

    fn place(&self, item: usize) -> f64 {
        self.block_place(self.block_of[item] as usize) + self.offset[item]
    }

    /// Where the block of the later item has to be at least.
    fn asked(&self, constraint: u32) -> f64 {
        let Constraint { before, after, gap } = self.constraints[constraint as usize];
        self.place(before as usize) + gap - self.offset[after as usize]
    }

    /// Joins a block with those before it until it touches none that it is not part of.
    fn settle(&mut self, mut block: usize) {
        while let Some(demand) = self.blocks[block].demands.pop() {
            let constraint = self.constraints[demand.constraint as usize];
            if self.block_of[constraint.before as usize] as usize == block {
                continue;
            }
            // What lies before may have given way since.
            let place = self.asked(demand.constraint);
            let current = Demand { place, ..demand };
            if place < demand.place - 1e-9 {
                self.blocks[block].demands.push(current);
            } else if place <= self.block_place(block) + 1e-9 {
                self.blocks[block].demands.push(current);
                return;
            } else {
                block = self.join(block, constraint);
            }
        }
    }

    /// Joins the blocks of both ends of a constraint, which touch from then on; gives the new block.
    fn join(&mut self, later: usize, constraint: Constraint) -> usize {
        let earlier = self.block_of[constraint.before as usize] as usize;
        let apart = self.offset[constraint.before as usize] + constraint.gap
            - self.offset[constraint.after as usize];
        let later_is_small = self.blocks[later].members.len() <= self.blocks[earlier].members.len();
        let (small, large, shift) = if later_is_small {
            (later, earlier, apart)
        } else {
            (earlier, later, -apart)
        };
        let joined = std::mem::take(&mut self.blocks[small]);
        for &member in &joined.members {
            self.offset[member as usize] += shift;
            self.block_of[member as usize] = large as u32;
        }
        let block = &mut self.blocks[large];
        block.sum += joined.sum - joined.weight * shift;
        block.weight += joined.weight;
        block.members.extend(joined.members);
        block
            .demands
            .extend(joined.demands.into_iter().map(|demand| Demand {
                place: demand.place - shift,
                ..demand
            }));
        large
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(before: u32, after: u32, gap: f64) -> Constraint {
        Constraint { before, after, gap }
    }

    #[test]
    fn what_touches_shares_the_way() {
        let constraints = [after(0, 1, 2.0), after(1, 2, 2.0)];
        let places = project(
            &[0.0, 0.0, 9.0],
            &[1.0; 3],
            &constraints,
            &[0, 1, 2],
            &Stop::default(),
        );
        assert_eq!(places, [-1.0, 1.0, 9.0]);
        let heavy = project(
            &[0.0, 0.0],
            &[1e9, 1.0],
            &constraints[..1],
            &[0, 1],
            &Stop::default(),
        );
        assert!(heavy[0].abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn constraints_are_kept(
            wanted in prop::collection::vec(-100f64..100.0, 1..40),
            pairs in prop::collection::vec((0u32..40, 0u32..40, 0f64..30.0), 0..120),
        ) {
            let count = wanted.len() as u32;
            let constraints: Vec<Constraint> = pairs
                .iter()
                .filter(|p| p.0 < p.1 && p.1 < count)
                .map(|p| after(p.0, p.1, p.2))
                .collect();
            let order: Vec<u32> = (0..count).collect();
            let places = project(&wanted, &vec![1.0; wanted.len()], &constraints, &order, &Stop::default());
            for c in &constraints {
                prop_assert!(places[c.after as usize] - places[c.before as usize] >= c.gap - 1e-6);
            }
        }
    }
}
