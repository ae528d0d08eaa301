//! From scores of labels to spans: the best sequence of labels in which every inside follows its
//! begin (Viterbi 1967).

use crate::kernels::{exp, ln};

/// Scores of one label following another.
#[derive(Clone, Debug)]
pub struct Transitions {
    /// Of each label at a window's start.
    pub start: Vec<f32>,
    /// Row by row: from one label to each.
    pub between: Vec<f32>,
}

/// Words that follow each other and are one mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First word.
    pub first: usize,
    /// Word after the last.
    pub end: usize,
    /// Number of its kind.
    pub kind: usize,
}

/// The label that begins a mention of a kind.
pub fn begin(kind: usize) -> usize {
    1 + 2 * kind
}

/// The label that goes on with one.
pub fn inside(kind: usize) -> usize {
    2 + 2 * kind
}

/// Turns the scores of each word into logarithms of probabilities.
pub fn log_softmax(scores: &mut [f32], labels: usize) {
    for row in scores.chunks_exact_mut(labels) {
        let most = row.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = row.iter().map(|&x| exp(x - most)).sum();
        let shift = most + ln(total);
        for x in row {
            *x -= shift;
        }
    }
}

/// How likely a mention is right, from its score: log odds scaled and moved (Platt 1999). The two
/// numbers were fitted on the development part of Worldwide Newswire (`tools/score_calibration.py`).
pub fn calibrated(score: f32) -> f32 {
    const SCALE: f32 = 0.47;
    const SHIFT: f32 = 0.6;
    let score = score.clamp(1e-4, 1.0 - 1e-4);
    let odds = SCALE * ln(score / (1.0 - score)) + SHIFT;
    let small = exp(-odds.abs());
    let share = 1.0 / (1.0 + small);
    if odds < 0.0 { small * share } else { share }
}

impl Transitions {
    /// The best label for each word of a window, `scores` being word by word. Of equally good ones
    /// the first.
    fn best(&self, scores: &[f32]) -> Vec<usize> {
        let labels = self.start.len();
        let mut rows = scores.chunks_exact(labels);
        let Some(first) = rows.next() else {
            return Vec::new();
        };
        let mut total: Vec<f32> = first.iter().zip(&self.start).map(|(x, y)| x + y).collect();
        let mut next = vec![0.0; labels];
        let mut from: Vec<usize> = Vec::with_capacity(scores.len());
        for row in rows {
            for (label, next) in next.iter_mut().enumerate() {
                let way = |before: usize| total[before] + self.between[before * labels + label];
                let mut best = (way(0), 0);
                for before in 1..labels {
                    if way(before) > best.0 {
                        best = (way(before), before);
                    }
                }
                *next = best.0 + row[label];
                from.push(best.1);
            }
            std::mem::swap(&mut total, &mut next);
        }
        let last = (1..labels).fold(0, |best, next| {
            if total[next] > total[best] {
                next
            } else {
                best
            }
        });
        let mut path = vec![last];
        for from in from.rchunks_exact(labels) {
            path.push(from[path[path.len() - 1]]);
        }
        path.reverse();
        path
    }

    /// The spans of a window whose first word is number `first`.
    pub fn spans(&self, scores: &[f32], first: usize, out: &mut Vec<Span>) {
        let mut open: Option<Span> = None;
        for (index, label) in self.best(scores).into_iter().enumerate() {
            let word = first + index;
            match open.as_mut() {
                Some(span) if label == inside(span.kind) => span.end = word + 1,
                _ => {
                    out.extend(open.take());
                    // An inside that follows nothing begins one too: no weights can lose a word.
                    open = (label > 0).then(|| Span {
                        first: word,
                        end: word + 1,
                        kind: (label - 1) / 2,
                    });
                }
            }
        }
        out.extend(open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transitions() -> Transitions {
        let mut between = vec![0.0; 25];
        for kind in 0..2 {
            for from in 0..5 {
                if from != begin(kind) && from != inside(kind) {
                    between[from * 5 + inside(kind)] = -1e4;
                }
            }
        }
        Transitions {
            start: vec![0.0, 0.0, -1e4, 0.0, -1e4],
            between,
        }
    }

    #[test]
    fn an_inside_follows_its_begin() {
        // Word by word the best would be: inside of 0, inside of 1, none, begin of 1, begin of 1.
        let scores = [
            [0.0, 2.0, 3.0, 0.0, 0.0],
            [0.0, 0.0, 2.5, 0.0, 3.0],
            [9.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 4.0, 0.0],
            [0.0, 0.0, 0.0, 4.0, 0.0],
        ]
        .concat();
        let mut spans = Vec::new();
        transitions().spans(&scores, 10, &mut spans);
        let span = |first, end, kind| Span { first, end, kind };
        assert_eq!(spans, [span(10, 12, 0), span(13, 14, 1), span(14, 15, 1)]);
        assert!(transitions().best(&[]).is_empty());
    }

    #[test]
    fn calibration_keeps_the_order_and_tempers_the_sure() {
        let scores = [-1.0, 0.0, 0.1, 0.33, 0.5, 0.8, 0.93, 0.999, 1.0, 2.0];
        let found = scores.map(calibrated);
        assert!(found.is_sorted() && found.iter().all(|p| (0.0..1.0).contains(p)));
        assert!((calibrated(0.33) - 0.565).abs() < 0.02);
        assert!((calibrated(0.996) - 0.96).abs() < 0.01);
    }

    #[test]
    fn probabilities_sum_to_one() {
        let mut scores = [1.0, -2.0, 30.0, 0.0, 5.0, 5.0];
        log_softmax(&mut scores, 3);
        for row in scores.chunks_exact(3) {
            let sum: f32 = row.iter().map(|x| x.exp()).sum();
            assert!((sum - 1.0).abs() < 1e-5);
        }
    }
}
