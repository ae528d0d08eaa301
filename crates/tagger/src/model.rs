//! The tagger as the rest of the program sees it.

use crate::agree::Scored;
use crate::broken::Result;
use crate::decode::log_softmax;
use crate::dispatch::Processor;
use crate::encoder::{Batch, Encoded, encode};
use crate::features::Features;
use crate::hidden::Hidden;
use crate::layer::Scratch;
use crate::network::Network;
use crate::vocabulary::Vocabulary;
use crate::words::Words;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::cell::RefCell;

/// Windows are worked on together until they have so many pieces: enough to use each matrix well,
/// few enough that one long document keeps all cores busy.
const PIECES_TOGETHER: usize = 320;
/// Words of one document whose rows are kept: 150 MB.
const MOST_ROWS: usize = 100_000;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// A mention that the tagger found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tagged {
    /// Its first word and its last.
    pub words: [usize; 2],
    /// The number of its kind: label `2 * kind + 1` begins it.
    pub kind: usize,
    /// How probable the kind is, 0 to 1.
    pub score: f32,
}

/// A trained tagger. Share it between threads.
pub struct Tagger {
    network: Network,
    processor: Processor,
}

impl Tagger {
    /// Reads the file that training wrote.
    ///
    /// # Errors
    /// If the file is not whole.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        Ok(Self {
            network: Network::open(bytes)?,
            processor: Processor::detect(),
        })
    }

    /// The pieces that words are to be read with.
    pub fn vocabulary(&self) -> &Vocabulary<'static> {
        &self.network.vocabulary
    }

    /// Names of the labels: `O`, then `B-` and `I-` with each kind's name.
    pub fn labels(&self) -> &[String] {
        &self.network.labels
    }

    /// Names of the features, by number.
    pub fn feature_names(&self) -> &[String] {
        &self.network.feature_names
    }

    /// The mentions among the words of the windows, in order, each of one kind throughout the
    /// document; and if there is a `tap`, what stands for each word after so many layers, for the first
    /// 100,000. Uses the rayon pool that it is called in; the result depends neither on it nor on the processor.
    pub fn tag(
        &self,
        text: &str,
        words: &Words,
        features: &Features,
        windows: &[[usize; 2]],
        tap: Option<usize>,
    ) -> (Vec<Tagged>, Hidden) {
        let (scores, hidden) = self.encode(words, features, windows, tap);
        let mut scored = Scored {
            words: windows
                .iter()
                .flat_map(|&[first, end]| first..end)
                .collect(),
            scores,
            labels: self.network.labels.len(),
        };
        log_softmax(&mut scored.scores, scored.labels);
        scored.smooth(text, words);
        let mut spans = Vec::new();
        let mut at = 0;
        for &[first, end] in windows {
            let next = at + end - first;
            let own = &scored.scores[at * scored.labels..next * scored.labels];
            self.network.transitions.spans(own, at, &mut spans);
            at = next;
        }
        scored.vote(text, words, &mut spans);
        let tagged = spans.iter().map(|span| Tagged {
            words: [span.first, span.end - 1].map(|index| scored.words[index]),
            kind: span.kind,
            score: scored
                .probability(span.first, span.end, span.kind)
                .clamp(0.0, 1.0),
        });
        (tagged.collect(), hidden)
    }

    /// For each window the scores of all labels, word by word.
    pub fn scores(
        &self,
        words: &Words,
        features: &Features,
        windows: &[[usize; 2]],
    ) -> Vec<Vec<f32>> {
        let (scores, _) = self.encode(words, features, windows, None);
        let mut rest = &scores[..];
        let mut out = Vec::with_capacity(windows.len());
        for &[first, end] in windows {
            let (own, others) = rest.split_at((end - first) * self.network.labels.len());
            out.push(own.to_vec());
            rest = others;
        }
        out
    }

    /// Scores of all labels, word by word, and rows.
    fn encode(
        &self,
        words: &Words,
        features: &Features,
        windows: &[[usize; 2]],
        tap: Option<usize>,
    ) -> (Vec<f32>, Hidden) {
        let batches = batches(words, windows);
        let mut seen = 0;
        let taps: Vec<Option<usize>> = batches
            .iter()
            .map(|windows| {
                seen += words_in(windows);
                tap.filter(|_| seen <= MOST_ROWS)
            })
            .collect();
        let encoded: Vec<Encoded> = batches
            .par_iter()
            .zip(&taps)
            .map(|(windows, &tap)| {
                let batch = Batch {
                    words,
                    features,
                    windows,
                };
                // Nothing inside waits for other threads, so that the room is never taken twice.
                SCRATCH.with_borrow_mut(|scratch| {
                    encode(self.processor, &self.network, &batch, scratch, tap)
                })
            })
            .collect();
        let mut hidden = Hidden::new(self.network.hidden);
        let mut scores = Vec::with_capacity(words_in(windows) * self.network.labels.len());
        for (windows, encoded) in batches.iter().zip(encoded) {
            scores.extend_from_slice(&encoded.scores);
            if !encoded.rows.is_empty() {
                hidden.push_all(windows, &encoded.rows);
            }
        }
        (scores, hidden)
    }
}

/// How many words the windows have.
fn words_in(windows: &[[usize; 2]]) -> usize {
    windows.iter().map(|&[first, end]| end - first).sum()
}

/// Cuts the windows into batches.
fn batches<'a>(words: &Words, windows: &'a [[usize; 2]]) -> Vec<&'a [[usize; 2]]> {
    let mut out = Vec::new();
    let (mut first, mut pieces) = (0, 0);
    for (index, &window) in windows.iter().enumerate() {
        let own = words.piece_count(window) + 2;
        if index > first && pieces + own > PIECES_TOGETHER {
            out.push(&windows[first..index]);
            (first, pieces) = (index, 0);
        }
        pieces += own;
    }
    if first < windows.len() {
        out.push(&windows[first..]);
    }
    out
}
