//! What a picture costs before anything is painted: the scene from a project, the places of labels, the
//! display list, and what lies under the pointer. N nodes and 3N lines.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A bench that cannot go on has failed.

#[allow(dead_code)]
#[path = "../tests/support/graphs.rs"]
mod graphs;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use redstring::geometry::{Point, Vector};
use redstring::model::Filters;
use redstring::scene::{Corners, SceneInput, Theme, View, build, fitting_camera, labels};
use std::hint::black_box;

const SIZE: Vector = Vector::new(1280.0, 800.0);

fn scene(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scene");
    group.sample_size(20);
    for nodes in [1_000, 5_000, 20_000, 100_000] {
        let project = graphs::scattered(nodes, 1);
        let visible = Filters::default().visible(&project);
        let input = SceneInput {
            project: &project,
            visible: &visible,
            live: None,
            theme: Theme::light(),
        };
        let scene = build(&input);
        let camera = fitting_camera(&scene, SIZE, Corners::default());
        let placed = labels::place(&scene, &camera, SIZE);
        let detail = scene.detail(&camera, SIZE);
        let view = View {
            camera,
            size: SIZE,
            detail: &detail,
            labels: &placed,
            overlay: None,
            stepped_back: 0.0,
            reserved: &[],
        };
        group.bench_function(BenchmarkId::new("build", nodes), |bencher| {
            bencher.iter(|| build(black_box(&input)));
        });
        group.bench_function(BenchmarkId::new("labels", nodes), |bencher| {
            bencher.iter(|| labels::place(black_box(&scene), &camera, SIZE));
        });
        group.bench_function(BenchmarkId::new("display", nodes), |bencher| {
            bencher.iter(|| black_box(&scene).display(&view));
        });
        group.bench_function(BenchmarkId::new("detail", nodes), |bencher| {
            bencher.iter(|| black_box(&scene).detail(&camera, SIZE));
        });
        group.bench_function(BenchmarkId::new("pick", nodes), |bencher| {
            // The pointer wanders over the whole picture.
            let mut step = 0_u32;
            bencher.iter(|| {
                step = step.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = Point::new((step >> 21) as f32 * 0.6, (step >> 9 & 2047) as f32 * 0.4);
                scene.pick(&detail, black_box(at), 5.0, (&camera, SIZE), None)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, scene);
criterion_main!(benches);
