//! From the rows of a sentence's words to what its pairs say: each pair asks the words of the sentence
//! (attention with the two mentions and their distance as the query), and what it sees decides with
//! the mentions on kind and status.

use crate::dense::Dense;
use crate::kernels::{LANES, exp, gelu, sum};
use crate::pair_network::PairNetwork;
use crate::pairs::{MarkedSpan, PairScores, pairs_of};
use std::ops::Range;

/// Words that are looked at so much less than the first one do not belong to what says so.
const SHARE: f32 = 0.5;

/// Room to work in, kept from sentence to sentence.
#[derive(Default)]
pub struct Room {
    keys: Vec<f32>,
    values: Vec<f32>,
    ends: Vec<f32>,
    heads: Vec<f32>,
    tails: Vec<f32>,
    inner_heads: Vec<f32>,
    inner_tails: Vec<f32>,
    looks: Vec<f32>,
    question: Vec<f32>,
    asked: Vec<f32>,
    seen: Vec<f32>,
    inner: Vec<f32>,
}

/// Applies a layer to each row of `input`.
#[inline(always)]
fn apply_all(layer: &Dense, input: &[f32], width: usize, out: &mut Vec<f32>) {
    let outputs = layer.outputs();
    out.resize(input.len() / width * outputs, 0.0);
    for (x, out) in input.chunks_exact(width).zip(out.chunks_exact_mut(outputs)) {
        layer.apply(x, out);
    }
}

/// What a sentence says of the pairs of its mentions; `rows` are those of its words.
#[inline(always)]
pub fn read_sentence(
    network: &PairNetwork,
    rows: &[f32],
    spans: &[MarkedSpan],
    room: &mut Room,
) -> Vec<PairScores> {
    let (hidden, width) = (network.hidden, network.width);
    apply_all(&network.key, rows, hidden, &mut room.keys);
    apply_all(&network.value, rows, hidden, &mut room.values);
    room.ends.clear();
    for span in spans {
        for word in [span.first, span.last] {
            room.ends
                .extend_from_slice(&rows[word * hidden..(word + 1) * hidden]);
        }
    }
    apply_all(&network.head, &room.ends, 2 * hidden, &mut room.heads);
    apply_all(&network.tail, &room.ends, 2 * hidden, &mut room.tails);
    let [by_head, by_tail, _] = &network.inner;
    apply_all(by_head, &room.heads, width, &mut room.inner_heads);
    apply_all(by_tail, &room.tails, width, &mut room.inner_tails);
    pairs_of(spans.len())
        .map(|pair| read_pair(network, spans, pair, room))
        .collect()
}

#[inline(always)]
fn read_pair(
    network: &PairNetwork,
    spans: &[MarkedSpan],
    (head, tail): (usize, usize),
    room: &mut Room,
) -> PairScores {
    let width = network.width;
    let far = distance(network, spans, head, tail);
    let row = |rows: &[f32], index: usize, width: usize| -> Range<usize> {
        debug_assert!((index + 1) * width <= rows.len());
        index * width..(index + 1) * width
    };
    room.question.resize(width, 0.0);
    room.asked.resize(width, 0.0);
    room.seen.resize(width, 0.0);
    room.inner.resize(2 * width, 0.0);
    let heads = &room.heads[row(&room.heads, head, width)];
    let tails = &room.tails[row(&room.tails, tail, width)];
    let apart = &network.distance[row(&network.distance, far, width)];
    let parts = heads.iter().zip(tails).zip(apart);
    for (x, ((&head, &tail), &apart)) in room.question.iter_mut().zip(parts) {
        *x = hyperbolic_tangent(head + tail + apart);
    }
    network.ask.apply(&room.question, &mut room.asked);
    look(&room.asked, &room.keys, &mut room.looks);
    room.seen.fill(0.0);
    for (&look, value) in room.looks.iter().zip(room.values.chunks_exact(width)) {
        for (x, &value) in room.seen.iter_mut().zip(value) {
            *x += look * value;
        }
    }
    network.inner[2].apply(&room.seen, &mut room.inner);
    let heads = &room.inner_heads[row(&room.inner_heads, head, 2 * width)];
    let tails = &room.inner_tails[row(&room.inner_tails, tail, 2 * width)];
    let apart = &network.inner_distance[row(&network.inner_distance, far, 2 * width)];
    let parts = heads.iter().zip(tails).zip(apart);
    for (x, ((&head, &tail), &apart)) in room.inner.iter_mut().zip(parts) {
        *x += head + tail + apart;
    }
    for part in room.inner.as_chunks_mut::<LANES>().0 {
        *part = gelu(part);
    }
    PairScores {
        head,
        tail,
        labels: probabilities(&network.label, &room.inner, network.temperature),
        statuses: probabilities(&network.status, &room.inner, 1.0),
        trigger: trigger(&room.looks, [spans[head], spans[tail]]),
    }
}

/// The number of the distance between two mentions: their order, the words between them, and the
/// mentions between them.
fn distance(network: &PairNetwork, spans: &[MarkedSpan], head: usize, tail: usize) -> usize {
    let [earlier, later] = [head.min(tail), head.max(tail)].map(|index| spans[index]);
    let gap = later.first.saturating_sub(earlier.last + 1);
    let buckets = &network.distances;
    let bucket = buckets.partition_point(|&least| least <= gap).max(1) - 1;
    let between = network.between.min(head.abs_diff(tail) - 1);
    (usize::from(head > tail) * buckets.len() + bucket) * (network.between + 1) + between
}

/// How much each word is looked at: softmax of its key's product with what is asked for.
#[inline(always)]
fn look(asked: &[f32], keys: &[f32], looks: &mut Vec<f32>) {
    #[allow(clippy::cast_precision_loss)] // Hundreds.
    let scale = 1.0 / (asked.len() as f32).sqrt();
    looks.clear();
    for key in keys.chunks_exact(asked.len()) {
        let mut lanes = [0.0; LANES];
        let parts = asked.as_chunks::<LANES>().0.iter();
        for (asked, key) in parts.zip(key.as_chunks::<LANES>().0) {
            for ((lane, &x), &y) in lanes.iter_mut().zip(asked).zip(key) {
                *lane += x * y;
            }
        }
        looks.push(sum(&lanes) * scale);
    }
    softmax(looks);
}

#[inline(always)]
fn softmax(row: &mut [f32]) {
    let most = row.iter().copied().fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for x in row.iter_mut() {
        *x = exp(*x - most);
        total += *x;
    }
    for x in row {
        *x /= total;
    }
}

#[inline(always)]
fn probabilities(layer: &Dense, inner: &[f32], temperature: f32) -> Vec<f32> {
    let mut row = vec![0.0; layer.outputs()];
    layer.apply(inner, &mut row);
    for x in &mut row {
        *x /= temperature;
    }
    softmax(&mut row);
    row
}

/// (1 - e^-2x) / (1 + e^-2x), the same bits everywhere.
#[inline(always)]
fn hyperbolic_tangent(x: f32) -> f32 {
    let small = exp(-2.0 * x.abs());
    ((1.0 - small) / (1.0 + small)).copysign(x)
}

/// The word outside both mentions that is looked at most, with its neighbors that are looked at half
/// as much.
fn trigger(looks: &[f32], spans: [MarkedSpan; 2]) -> Option<[usize; 2]> {
    let is_outside = |word: usize| spans.iter().all(|s| word < s.first || word > s.last);
    let first = (0..looks.len())
        .filter(|&word| is_outside(word))
        .reduce(|best, next| {
            if looks[next] > looks[best] {
                next
            } else {
                best
            }
        })?;
    let belongs = |word: usize| is_outside(word) && looks[word] >= SHARE * looks[first];
    let (mut start, mut end) = (first, first + 1);
    while start > 0 && belongs(start - 1) {
        start -= 1;
    }
    while end < looks.len() && belongs(end) {
        end += 1;
    }
    Some([start, end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tangent_is_near_to_the_exact_one() {
        for x in [-30.0_f32, -2.0, -0.3, -1e-4, 0.0, 0.01, 1.0, 9.0] {
            assert!((hyperbolic_tangent(x) - x.tanh()).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn looks_sum_to_one_and_prefer_what_is_asked_for() {
        let asked = [1.0; LANES];
        let keys = [[0.0; LANES], [1.0; LANES], [-1.0; LANES]].concat();
        let mut looks = Vec::new();
        look(&asked, &keys, &mut looks);
        assert!((looks.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(looks[1] > looks[0] && looks[0] > looks[2]);
    }

    #[test]
    fn a_trigger_lies_outside_the_mentions() {
        let spans = [(0, 1), (5, 5)].map(|(first, last)| MarkedSpan {
            first,
            last,
            class: 0,
        });
        let found = trigger(&[0.5, 0.1, 0.02, 0.1, 0.06, 0.2, 0.02], spans);
        assert_eq!(found, Some([3, 5]));
        assert_eq!(trigger(&[0.5, 0.5], [spans[0], spans[0]]), None);
    }
}
