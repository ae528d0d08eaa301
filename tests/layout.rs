//! What layouts promise for any graph: finite, the same on every run and any number of threads,
//! pins exact, no two nodes on one spot.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use proptest::prelude::*;
use redstring::geometry::{Point, Rect};
use redstring::layout::{
    Anchor, ForceLayout, LayoutGraph, circular, force, geographic, grid, hierarchical, radial,
    separate, settle_new,
};
use std::collections::HashSet;

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a pool can be built")
        .install(work)
}

fn plain(count: usize, edges: Vec<(u32, u32, f32)>) -> LayoutGraph {
    LayoutGraph {
        radii: vec![6.0; count],
        edges,
        ..LayoutGraph::default()
    }
}

fn bits(points: &[Point]) -> Vec<(u32, u32)> {
    points
        .iter()
        .map(|point| ((point.x + 0.0).to_bits(), (point.y + 0.0).to_bits()))
        .collect()
}

fn assert_sound(points: &[Point], count: usize) {
    assert_eq!(points.len(), count);
    assert!(points.iter().all(|point| point.is_finite()));
    assert_eq!(
        bits(points).into_iter().collect::<HashSet<_>>().len(),
        count
    );
}

/// Every layout but that by force, with what it needs beside the graph made up from it.
fn still_layouts(graph: &LayoutGraph, seed: u64) -> Vec<(&'static str, Vec<Point>)> {
    let anchors: Vec<Option<Anchor>> = (0..graph.radii.len() as u32)
        .map(|node| {
            (node % 3 == 0).then(|| Anchor {
                point: Point::new((node * 37 % 400) as f32, (node * 53 % 300) as f32),
                is_firm: node % 2 == 0,
                rank: node,
            })
        })
        .collect();
    let classes: Vec<u32> = (0..graph.radii.len() as u32).map(|node| node % 4).collect();
    vec![
        ("circular", circular(graph)),
        ("radial", radial(graph, None)),
        // A center that is no node counts as none.
        (
            "radial around one",
            radial(graph, Some(seed as u32 % (graph.radii.len() as u32 + 2))),
        ),
        ("hierarchical", hierarchical(graph, &graph.edges)),
        ("grid", grid(graph, &classes)),
        ("geographic", geographic(graph, &anchors, seed)),
    ]
}

/// Any graph that a caller could hand over, absurd ones included. Pins are on distinct spots.
fn any_graph() -> impl Strategy<Value = LayoutGraph> {
    let weight = prop_oneof![
        8 => 0.1f32..5.0,
        1 => prop::num::f32::ANY,
    ];
    (0usize..40).prop_flat_map(move |count| {
        let end = 0..(count as u32 + 2);
        let place = prop::option::weighted(0.4, (-800.0f32..800.0, -800.0f32..800.0));
        (
            prop::collection::vec(0.0f32..30.0, count),
            prop::collection::vec((end.clone(), end, weight.clone()), 0..90),
            prop::collection::vec(place, count),
            prop::collection::vec(any::<bool>(), count),
        )
            .prop_map(|(radii, edges, start, pinned)| LayoutGraph {
                radii,
                edges,
                start: start
                    .into_iter()
                    .map(|place| place.map(|(x, y)| Point::new(x, y)))
                    .collect(),
                pinned,
                ..LayoutGraph::default()
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_graph_is_laid_out_soundly(graph in any_graph(), seed: u64) {
        let once = with_threads(1, || force(graph.clone(), seed));
        let again = with_threads(2, || force(graph.clone(), seed));
        prop_assert_eq!(bits(&once), bits(&again));
        let settled = settle_new(&graph, seed);
        let mut all: Vec<Vec<Point>> = still_layouts(&graph, seed).into_iter().map(|(_, points)| points).collect();
        all.extend([once, settled.clone()]);
        for points in &all {
            assert_sound(points, graph.radii.len());
            for (node, point) in points.iter().enumerate() {
                if graph.pinned[node] && let Some(pin) = graph.start[node] {
                    prop_assert_eq!(*point, pin);
                }
            }
        }
        if graph.start.iter().any(Option::is_some) {
            for (node, start) in graph.start.iter().enumerate() {
                if let Some(start) = start {
                    prop_assert_eq!(settled[node], *start);
                }
            }
        }
    }
}

#[test]
fn each_step_shows_all_nodes_and_it_ends() {
    let edges = (0..300).map(|at| (at, (at * 7 + 1) % 300, 1.0)).collect();
    let mut layout = ForceLayout::new(plain(310, edges), 3);
    let mut steps = 0;
    while layout.step() {
        steps += 1;
        let points = layout.positions();
        assert_eq!(points.len(), 310);
        assert!(points.iter().all(|point| point.is_finite()));
        assert!(steps < 3000);
    }
    assert!(!layout.step());
    assert_sound(&layout.positions(), 310);
}

#[test]
fn a_large_graph_has_the_same_bits_on_any_number_of_threads() {
    let edges: Vec<_> = (1..6000_u32).map(|at| (at, at * 3 / 4, 1.0)).collect();
    let graph = plain(6000, edges);
    let one = with_threads(1, || force(graph.clone(), 9));
    let three = with_threads(3, || force(graph.clone(), 9));
    assert_eq!(bits(&one), bits(&three));
    let other_seed = with_threads(2, || force(graph, 10));
    assert_ne!(bits(&one), bits(&other_seed));
}

#[test]
fn absurd_graphs_are_fine() {
    let star = (1..50_000).map(|leaf| (0, leaf, 1.0)).collect();
    assert_sound(&force(plain(50_000, star), 1), 50_000);
    assert_sound(&force(plain(20_000, Vec::new()), 1), 20_000);
    assert_sound(&force(plain(1, Vec::new()), 1), 1);
    assert_sound(&force(plain(0, Vec::new()), 1), 0);
    assert_sound(&force(plain(2, vec![(0, 1, 1.0); 10_000]), 1), 2);
    assert_sound(&force(plain(2, vec![(0, 0, 1.0), (1, 1, f32::NAN)]), 1), 2);
    let weights = vec![
        (0, 1, f32::MAX),
        (1, 2, f32::MIN_POSITIVE),
        (2, 0, f32::NAN),
    ];
    assert_sound(&force(plain(3, weights), 1), 3);
    let pairs = (0..5000)
        .map(|pair| (2 * pair, 2 * pair + 1, 1.0))
        .collect();
    assert_sound(&force(plain(10_000, pairs), 1), 10_000);
}

#[test]
fn absurd_graphs_are_fine_in_every_layout() {
    let star = |leaves: u32| {
        plain(
            leaves as usize + 1,
            (1..=leaves).map(|leaf| (0, leaf, 1.0)).collect(),
        )
    };
    let weights = vec![
        (0, 1, f32::MAX),
        (1, 2, f32::NAN),
        (2, 0, -1.0),
        (1, 1, 1.0),
    ];
    let dense = (0..300_u32)
        .flat_map(|a| (0..a).map(move |b| (a, b, 1.0)))
        .collect();
    let chain = (1..20_000_u32).map(|node| (node - 1, node, 1.0)).collect();
    let tangle = (0..60_000_u32)
        .map(|at| (at % 20_000, at.wrapping_mul(7919) % 20_000, 1.0))
        .collect();
    let graphs = [
        ("nothing", plain(0, Vec::new())),
        ("one node", plain(1, vec![(0, 0, 1.0)])),
        ("weights", plain(3, weights)),
        ("parallel lines", plain(2, vec![(0, 1, 1.0); 10_000])),
        ("isolated nodes", plain(20_000, Vec::new())),
        ("a star", star(50_000)),
        ("all with all", plain(300, dense)),
        ("a chain", plain(20_000, chain)),
        ("a tangle", plain(20_000, tangle)),
    ];
    for (name, graph) in graphs {
        for (layout, points) in still_layouts(&graph, 1) {
            assert_eq!(points.len(), graph.radii.len(), "{layout} of {name}");
            assert_sound(&points, graph.radii.len());
        }
    }
}

#[test]
fn thousands_of_labels_come_apart() {
    let edges: Vec<_> = (1..5000_u32).map(|at| (at, at * 3 / 4, 1.0)).collect();
    let mut graph = plain(5000, edges);
    graph.boxes = (0..5000)
        .map(|node| {
            let half = 20.0 + (node * 31 % 50) as f32;
            Rect::from_corners(Point::new(-half, -8.0), Point::new(half, 24.0))
        })
        .collect();
    let points = force(graph.clone(), 1);
    let apart = separate(&graph, &points);
    assert_sound(&apart, 5000);
    let rect = |node: usize| {
        let (room, at) = (graph.box_of(node), apart[node] - Point::default());
        Rect {
            min: room.min + at,
            max: room.max + at,
        }
    };
    for a in 0..5000 {
        let first = rect(a);
        assert!(
            (0..a).all(|b| {
                let second = rect(b);
                first.max.x <= second.min.x
                    || second.max.x <= first.min.x
                    || first.max.y <= second.min.y
                    || second.max.y <= first.min.y
            }),
            "{a}"
        );
    }
}

#[test]
fn absurd_graphs_come_apart_and_settle() {
    let star = plain(50_000, (1..50_000).map(|leaf| (0, leaf, 1.0)).collect());
    let isolated = plain(20_000, Vec::new());
    for graph in [star, isolated] {
        let count = graph.radii.len();
        let crowded: Vec<Point> = (0..count)
            .map(|node| Point::new((node % 300) as f32 * 12.5, (node / 300) as f32 * 11.5))
            .collect();
        assert_sound(&separate(&graph, &crowded), count);
        let mut halfway = graph.clone();
        halfway.start = (0..count)
            .map(|node| (node < 100).then(|| crowded[node]))
            .collect();
        let settled = settle_new(&halfway, 1);
        assert_sound(&settled, count);
        assert_eq!(settled[..100], crowded[..100]);
    }
    // Nothing is known of any place.
    let nowhere = vec![Point::new(f32::NAN, f32::INFINITY); 300];
    assert_sound(&separate(&plain(300, Vec::new()), &nowhere), 300);
    let mut unknown = plain(300, (1..300).map(|leaf| (0, leaf, f32::NAN)).collect());
    unknown.start = nowhere.into_iter().map(Some).collect();
    unknown.pinned = vec![true; 300];
    unknown.boxes =
        vec![Rect::from_corners(Point::new(f32::NAN, 0.0), Point::new(9.0, f32::NAN)); 300];
    assert_sound(&settle_new(&unknown, 1), 300);
    for (layout, points) in still_layouts(&unknown, 1) {
        assert_eq!(points.len(), 300, "{layout}");
        assert_sound(&points, 300);
    }
}

#[test]
fn anchors_that_are_nowhere_are_passed_over() {
    let graph = plain(60, (1..60).map(|node| (node / 2, node, 1.0)).collect());
    let anchors: Vec<Option<Anchor>> = (0..60_u32)
        .map(|node| {
            let x = [f32::NAN, f32::INFINITY, f32::MAX, 40.0][node as usize % 4];
            Some(Anchor {
                point: Point::new(x, -x),
                is_firm: node % 2 == 0,
                rank: node % 7,
            })
        })
        .collect();
    assert_sound(&geographic(&graph, &anchors, 1), 60);
    assert_sound(&geographic(&graph, &anchors[..20], 1), 60);
}

/// Ten small graphs, the corner cases among them.
fn small_graphs() -> Vec<(&'static str, LayoutGraph)> {
    let of = |count: usize, pairs: &[(u32, u32)]| {
        let mut graph = plain(count, pairs.iter().map(|&(a, b)| (a, b, 1.0)).collect());
        graph.boxes = (0..count)
            .map(|node| {
                let half = 18.0 + 7.0 * (node % 5) as f32;
                Rect::from_corners(Point::new(-half, -8.0), Point::new(half, 22.0))
            })
            .collect();
        graph
    };
    let mut pinned = of(6, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
    pinned.start = vec![None, None, Some(Point::new(100.0, 40.0)), None, None, None];
    pinned.pinned = vec![false, false, true, false, false, false];
    vec![
        ("one node", of(1, &[])),
        ("isolated nodes", of(5, &[])),
        ("a pair", of(2, &[(0, 1)])),
        ("a path", of(6, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])),
        (
            "a ring",
            of(6, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0)]),
        ),
        (
            "a star",
            of(
                10,
                &[
                    (0, 1),
                    (0, 2),
                    (0, 3),
                    (0, 4),
                    (0, 5),
                    (0, 6),
                    (0, 7),
                    (0, 8),
                    (0, 9),
                ],
            ),
        ),
        (
            "a tree",
            of(
                10,
                &[
                    (0, 1),
                    (0, 2),
                    (1, 3),
                    (1, 4),
                    (2, 5),
                    (2, 6),
                    (3, 7),
                    (4, 8),
                    (6, 9),
                ],
            ),
        ),
        (
            "all with all",
            of(
                5,
                &[
                    (0, 1),
                    (0, 2),
                    (0, 3),
                    (0, 4),
                    (1, 2),
                    (1, 3),
                    (1, 4),
                    (2, 3),
                    (2, 4),
                    (3, 4),
                ],
            ),
        ),
        (
            "two parts",
            of(7, &[(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 6)]),
        ),
        ("a path with a pin", pinned),
    ]
}

#[test]
fn ten_small_graphs_in_each_layout_are_as_they_were() {
    let mut text = String::new();
    for (name, graph) in small_graphs() {
        let mut layouts = still_layouts(&graph, 1);
        layouts.insert(0, ("force", force(graph.clone(), 1)));
        let forced = layouts[0].1.clone();
        layouts.push(("force, overlaps removed", separate(&graph, &forced)));
        for (layout, points) in layouts {
            // Adding zero turns -0 into 0.
            let places: Vec<String> = points
                .iter()
                .map(|point| format!("{:.0} {:.0}", point.x.round() + 0.0, point.y.round() + 0.0))
                .collect();
            text.push_str(&format!("{name}, {layout}: {}\n", places.join(", ")));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn discs_hardly_overlap_and_neighbours_are_at_reading_distance() {
    // Twelve groups of people who know each other, in a ring.
    let edges: Vec<_> = (0..240_u32)
        .flat_map(|node| {
            let group = node / 20 * 20;
            [
                (node, group + (node * 7 + 3) % 20, 1.0),
                (node, group + (node * 3 + 1) % 20, 1.0),
                (group, (group + 20) % 240, 1.0),
            ]
        })
        .collect();
    let graph = LayoutGraph {
        radii: (0..240).map(|node| 5.0 + (node % 20) as f32).collect(),
        edges: edges.clone(),
        ..LayoutGraph::default()
    };
    let points = force(graph.clone(), 1);
    let overlaps = (0..240)
        .flat_map(|a| (0..a).map(move |b| (a, b)))
        .filter(|&(a, b)| points[a].distance(points[b]) < graph.radii[a] + graph.radii[b])
        .count();
    assert!(overlaps <= 2, "{overlaps} overlaps");
    let mut nearest: Vec<f32> = (0..240)
        .map(|node| {
            edges
                .iter()
                .filter(|(a, b, _)| a != b && (*a == node || *b == node))
                .map(|(a, b, _)| points[*a as usize].distance(points[*b as usize]))
                .fold(f32::INFINITY, f32::min)
        })
        .collect();
    nearest.sort_by(f32::total_cmp);
    assert!((40.0..150.0).contains(&nearest[120]), "{}", nearest[120]);
}

#[test]
fn an_arrangement_that_exists_is_not_turned_around() {
    let edges: Vec<_> = (0..60_u32).map(|at| (at, at + 1, 1.0)).collect();
    let first = force(plain(61, edges.clone()), 1);
    let mut graph = plain(61, edges);
    graph.start = first
        .iter()
        .map(|point| Some(Point::new(point.y + 40.0, point.x)))
        .collect();
    let second = force(graph.clone(), 2);
    let before = graph.start[60].unwrap() - graph.start[0].unwrap();
    let after = second[60] - second[0];
    assert!(before.normalized().dot(after.normalized()) > 0.7);
}

#[test]
fn a_small_graph_fills_a_wide_page() {
    // A core, six chains that hang on it, pairs and single nodes beside them.
    let mut edges: Vec<_> = (0..60_u32)
        .flat_map(|node| [(node, (node * 7 + 1) % 60, 1.0), (node, node % 5, 1.0)])
        .collect();
    edges
        .extend((60..96_u32).map(|node| (node, if node < 66 { node - 50 } else { node - 6 }, 1.0)));
    edges.extend((0..8_u32).map(|pair| (96 + 2 * pair, 97 + 2 * pair, 1.0)));
    let points = force(plain(130, edges), 4);
    let extent = |points: &[Point], of: fn(&Point) -> f32| {
        let least = points.iter().map(of).fold(f32::INFINITY, f32::min);
        let most = points.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
        (least, most)
    };
    let (left, right) = extent(&points, |point| point.x);
    let (top, bottom) = extent(&points, |point| point.y);
    let aspect = (right - left) / (bottom - top);
    assert!((0.9..2.0).contains(&aspect), "{aspect}");
    // The component of chains lies about evenly in an ellipse: in one, half of the nodes lie beyond
    // 0.7 of the way from the middle to the rim.
    let main = &points[..96];
    let (left, right) = extent(main, |point| point.x);
    let (top, bottom) = extent(main, |point| point.y);
    let mut shares: Vec<f32> = main
        .iter()
        .map(|point| {
            let x = (2.0 * point.x - left - right) / (right - left);
            let y = (2.0 * point.y - top - bottom) / (bottom - top);
            x.hypot(y)
        })
        .collect();
    shares.sort_by(f32::total_cmp);
    assert!(shares[48] > 0.5, "{}", shares[48]);
    assert!((1.0..1.8).contains(&((right - left) / (bottom - top))));
}
