//! How a layout that is no longer wanted is told to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks a layout to end early, from another thread. What it gives then has a place for each node and is
/// of no further use. A copy asks the same layout; the default never asks.
#[derive(Clone, Debug, Default)]
pub struct Stop(Option<Arc<AtomicBool>>);

impl Stop {
    /// Asks once `flag` is set.
    pub fn by(flag: Arc<AtomicBool>) -> Self {
        Self(Some(flag))
    }

    /// The layout is to end.
    pub fn is_asked(&self) -> bool {
        let flag = self.0.as_ref();
        flag.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Anchor, LayoutGraph, circular, geographic, grid, hierarchical, radial, separate, settle_new,
    };
    use super::*;
    use crate::geometry::{Point, Rect};
    use std::time::{Duration, Instant};

    /// A ring with chords, each node with a name; all on one heap.
    fn heap(count: u32, stop: Stop) -> LayoutGraph {
        let room = Rect::from_corners(Point::new(-40.0, -8.0), Point::new(40.0, 25.0));
        let around = (0..count).map(|at| (at, (at + 1) % count, 1.0));
        let across = (0..count).map(|at| (at, at.wrapping_mul(7919) % count, 1.0));
        LayoutGraph {
            radii: vec![8.0; count as usize],
            edges: around.chain(across).collect(),
            boxes: vec![room; count as usize],
            stop,
            ..LayoutGraph::default()
        }
    }

    #[test]
    fn a_layout_that_is_asked_to_stop_has_a_place_for_each_node_at_once() {
        const COUNT: u32 = 12_000;
        const SOON: Duration = Duration::from_secs(4);
        let stop = Stop::by(Arc::new(AtomicBool::new(true)));
        let graph = heap(COUNT, stop);
        let spot = vec![Point::default(); COUNT as usize];
        let anchor = Anchor {
            point: Point::default(),
            is_firm: false,
            rank: 0,
        };
        let anchors = vec![Some(anchor); COUNT as usize];
        let arcs: Vec<(u32, u32, f32)> = graph.edges.clone();
        let mut started = graph.clone();
        started.start = vec![None; COUNT as usize];
        started.start[0] = Some(Point::default());
        let layouts: [(&str, &dyn Fn() -> Vec<Point>); 7] = [
            ("circular", &|| circular(&graph)),
            ("radial", &|| radial(&graph, None)),
            ("hierarchical", &|| hierarchical(&graph, &arcs)),
            ("grid", &|| grid(&graph, &[])),
            ("geographic", &|| geographic(&graph, &anchors, 1)),
            ("overlaps", &|| separate(&graph, &spot)),
            ("newcomers", &|| settle_new(&started, 1)),
        ];
        for (name, layout) in layouts {
            let start = Instant::now();
            assert_eq!(layout().len(), COUNT as usize, "{name}");
            let took = start.elapsed();
            assert!(took < SOON, "{name} took {took:?}");
        }
    }

    #[test]
    fn what_is_not_asked_to_stop_goes_on() {
        let flag = Arc::new(AtomicBool::new(false));
        let (free, asked) = (
            heap(300, Stop::default()),
            heap(300, Stop::by(flag.clone())),
        );
        assert_eq!(circular(&free), circular(&asked));
        flag.store(true, Ordering::Relaxed);
        assert!(asked.stop.is_asked() && !free.stop.is_asked());
        assert_ne!(circular(&free), circular(&asked));
    }
}
