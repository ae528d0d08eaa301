//! How fast labels are moved apart (5,000 nodes, names of 5 to 25 letters), and how fast the force
//! layout is: nodes per second from nothing to the settled picture, for graphs
//! as reports give them (topics with popular members, a few names known everywhere).

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use redstring::geometry::{Point, Rect};
use redstring::layout::{LayoutGraph, force, separate};
use std::hint::black_box;

/// A number from 0 to `end` - 1, the same on every run.
fn below(state: &mut u64, end: u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % end.max(1)
}

/// Topics of 60 entities; each report names a few of one topic, popular ones more often.
fn reports(nodes: u32) -> LayoutGraph {
    const TOPIC: u64 = 60;
    let mut state = 7;
    let topics = u64::from(nodes) / TOPIC;
    let mut edges = Vec::new();
    for _ in 0..nodes {
        let topic = below(&mut state, topics) * TOPIC;
        // The smaller of two numbers: low ranks are popular.
        let member = |state: &mut u64| topic + below(state, TOPIC).min(below(state, TOPIC));
        let first = member(&mut state);
        for _ in 0..3 {
            edges.push((first as u32, member(&mut state) as u32, 1.0));
        }
        if below(&mut state, 10) == 0 {
            let elsewhere = below(&mut state, topics) * TOPIC;
            edges.push((first as u32, elsewhere as u32, 1.0));
        }
    }
    LayoutGraph {
        radii: vec![8.0; nodes as usize],
        edges,
        ..LayoutGraph::default()
    }
}

fn layout(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("force");
    group.sample_size(10);
    for nodes in [1000, 5000, 20_000] {
        let graph = reports(nodes);
        group.throughput(Throughput::Elements(u64::from(nodes)));
        group.bench_function(BenchmarkId::from_parameter(nodes), |bencher| {
            bencher.iter(|| force(black_box(graph.clone()), 1));
        });
    }
    group.finish();
}

fn overlaps(criterion: &mut Criterion) {
    let mut graph = reports(5000);
    let mut state = 3;
    graph.boxes = (0..5000)
        .map(|_| {
            let half = 3.0 * (5 + below(&mut state, 21)) as f32;
            Rect::from_corners(Point::new(-half, -8.0), Point::new(half, 25.0))
        })
        .collect();
    let points = force(graph.clone(), 1);
    let mut group = criterion.benchmark_group("overlaps");
    group.sample_size(10);
    group.bench_function("5000", |bencher| {
        bencher.iter(|| separate(black_box(&graph), black_box(&points)));
    });
    group.finish();
}

criterion_group!(benches, layout, overlaps);
criterion_main!(benches);
