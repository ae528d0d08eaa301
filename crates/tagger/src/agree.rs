//! One document agrees with itself: a word's occurrences learn from each other, and spans of the same
//! words get one kind.

use crate::decode::{Span, begin, inside};
use crate::kernels::{exp, ln};
use crate::words::Words;
use std::collections::HashMap;

/// How far the scores of a word move to the mean of its occurrences.
const SHARE: f32 = 0.4;
/// The logarithm of the least probability that counts.
const LEAST: f32 = -13.815_51;

/// Logarithms of probabilities for each word of a document that was looked at.
pub struct Scored {
    /// Words by number, in order.
    pub words: Vec<usize>,
    /// One row of labels for each.
    pub scores: Vec<f32>,
    /// How many labels there are: none, then begin and inside of each kind.
    pub labels: usize,
}

impl Scored {
    /// The scores of the word at `index` of [`Self::words`].
    pub fn row(&self, index: usize) -> &[f32] {
        &self.scores[index * self.labels..(index + 1) * self.labels]
    }

    fn kinds(&self) -> usize {
        self.labels / 2
    }

    /// Logarithms of the probabilities of no kind and of each kind, begin and inside together.
    fn push_classes(&self, index: usize, out: &mut Vec<f32>) {
        let row = self.row(index);
        let known = |p: f32| if p > 1e-6 { ln(p) } else { LEAST };
        out.push(known(exp(row[0])));
        out.extend(
            (0..self.kinds()).map(|kind| known(exp(row[begin(kind)]) + exp(row[inside(kind)]))),
        );
    }

    /// Moves the scores of each word that begins with a capital to the mean over the same word's
    /// occurrences in the document.
    pub fn smooth(&mut self, text: &str, words: &Words) {
        let mut occurrences: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, &word) in self.words.iter().enumerate() {
            let written = &text[words.words[word].start..words.words[word].end];
            let mut letters = written.chars();
            if letters.next().is_some_and(char::is_uppercase) && letters.next().is_some() {
                occurrences.entry(written).or_default().push(index);
            }
        }
        let classes = self.kinds() + 1;
        let mut own = Vec::new();
        for indices in occurrences
            .into_values()
            .filter(|indices| indices.len() > 1)
        {
            own.clear();
            for &index in &indices {
                self.push_classes(index, &mut own);
            }
            let mut mean = vec![0.0; classes];
            for row in own.chunks_exact(classes) {
                for (sum, &x) in mean.iter_mut().zip(row) {
                    *sum += x;
                }
            }
            #[allow(clippy::cast_precision_loss)] // A document has few million words.
            let count = indices.len() as f32;
            for (&index, own) in indices.iter().zip(own.chunks_exact(classes)) {
                let row = &mut self.scores[index * self.labels..(index + 1) * self.labels];
                for (label, score) in row.iter_mut().enumerate() {
                    let class = label.div_ceil(2);
                    *score += SHARE * (mean[class] / count - own[class]);
                }
            }
        }
    }

    /// The probability of a kind, the mean over the words `first..end` of [`Self::words`].
    pub fn probability(&self, first: usize, end: usize, kind: usize) -> f32 {
        let sum: f32 = (first..end)
            .map(|index| exp(self.row(index)[begin(kind)]) + exp(self.row(index)[inside(kind)]))
            .sum();
        #[allow(clippy::cast_precision_loss)] // A span has few words.
        let count = (end - first).max(1) as f32;
        sum / count
    }

    /// Gives spans of the same words the kind that has the largest sum of probabilities over them.
    pub fn vote(&self, text: &str, words: &Words, spans: &mut [Span]) {
        let written = |span: &Span| {
            let [first, last] = [span.first, span.end - 1].map(|at| words.words[self.words[at]]);
            &text[first.start..last.end]
        };
        let mut votes: HashMap<&str, Vec<f32>> = HashMap::new();
        for span in spans.iter() {
            let sums = votes
                .entry(written(span))
                .or_insert_with(|| vec![0.0; self.kinds()]);
            for (kind, sum) in sums.iter_mut().enumerate() {
                *sum += self.probability(span.first, span.end, kind);
            }
        }
        for span in spans {
            let sums = &votes[written(span)];
            span.kind = (0..sums.len()).fold(
                0,
                |best, next| if sums[next] > sums[best] { next } else { best },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    /// Three labels: none, and one kind's begin and inside; or five with two kinds.
    fn scored(probabilities: &[&[f32]]) -> Scored {
        Scored {
            words: (0..probabilities.len()).collect(),
            scores: probabilities
                .concat()
                .iter()
                .map(|p: &f32| p.ln())
                .collect(),
            labels: probabilities[0].len(),
        }
    }

    fn words(text: &str) -> Words {
        Words::read(text, &[[0, text.len()]], &Vocabulary::parse("[UNK]"))
    }

    #[test]
    fn occurrences_learn_from_each_other() {
        let text = "Kursk the Kursk";
        let mut scored = scored(&[&[0.1, 0.8, 0.1], &[0.6, 0.2, 0.2], &[0.6, 0.3, 0.1]]);
        let before = scored.scores.clone();
        scored.smooth(text, &words(text));
        assert!(scored.row(2)[1] > before[7] && scored.row(0)[1] < before[1]);
        assert_eq!(scored.row(1), &before[3..6]);
    }

    #[test]
    fn the_same_words_get_one_kind() {
        let text = "Orlov Orlov Orlov";
        let kinds = |person: f32| [0.02, person, 0.0, 0.98 - person, 0.0];
        let scored = scored(&[&kinds(0.9), &kinds(0.9), &kinds(0.3)]);
        let span = |first, kind| Span {
            first,
            end: first + 1,
            kind,
        };
        let mut spans = [span(0, 0), span(1, 0), span(2, 1)];
        scored.vote(text, &words(text), &mut spans);
        assert!(spans.iter().all(|span| span.kind == 0));
    }
}
