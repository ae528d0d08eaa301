//! Sentences with mentions among their words come in; for each ordered pair of mentions, how probable
//! each kind of relation is goes out.

use crate::broken::Result;
use crate::dispatch::{Processor, Work};
use crate::hidden::Hidden;
use crate::kernels::Tile;
use crate::layer::{Scratch, pass};
use crate::pair_head::{Room, read_sentence};
use crate::pair_network::{CLASSES, PairNetwork};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::cell::RefCell;
use std::ops::Range;

/// Words of a sentence that are read.
pub const LONGEST_SENTENCE: usize = 200;
/// Up to so many mentions, all pairs are looked at.
const ALL_PAIRS: usize = 24;
/// With more, those of mentions that stand so near to each other in their order.
const NEAR: usize = 12;
/// Sentences are worked on together until they have so many words.
const WORDS_TOGETHER: usize = 320;

thread_local! {
    static SCRATCH: RefCell<(Scratch, Room)> = RefCell::default();
}

/// A mention among the words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkedSpan {
    /// Its first word, counted from the sentence's first.
    pub first: usize,
    /// Its last.
    pub last: usize,
    /// Person, organization, place, group, something else: 0 to 4.
    pub class: usize,
}

/// A sentence whose relations are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedSentence {
    /// Its words, as numbers of the document's; at most [`LONGEST_SENTENCE`] are read.
    pub words: Range<usize>,
    /// Its mentions in order, without overlaps.
    pub mentions: Vec<MarkedSpan>,
}

/// What is said of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct PairScores {
    /// The mention that a relation goes out from, as an index into the sentence's.
    pub head: usize,
    /// The one that it goes to.
    pub tail: usize,
    /// How probable each label is, `none` first; they sum to 1.
    pub labels: Vec<f32>,
    /// How probable each status is.
    pub statuses: Vec<f32>,
    /// The words that were looked at most, outside both mentions; counted from the sentence's first.
    pub trigger: Option<[usize; 2]>,
}

/// What a sentence says of its pairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentencePairs {
    /// The pairs that were looked at, by head and tail.
    pub pairs: Vec<PairScores>,
    /// How many, taking both orders as one, were not: the sentence is too long or has too many.
    pub unexamined: usize,
}

/// A network that reads relations. Share it between threads.
pub struct PairReader {
    network: PairNetwork,
    processor: Processor,
}

impl MarkedSentence {
    /// The mentions and words that are read.
    fn within_bounds(&self) -> (usize, usize) {
        let words = self.words.len().min(LONGEST_SENTENCE);
        let fits = |span: &&MarkedSpan| span.first <= span.last && span.last < words;
        (self.mentions.iter().take_while(fits).count(), words)
    }
}

/// The pairs of so many mentions, both orders, by head and tail.
pub(super) fn pairs_of(mentions: usize) -> impl Iterator<Item = (usize, usize)> {
    let reach = if mentions > ALL_PAIRS { NEAR } else { mentions };
    (0..mentions).flat_map(move |head| {
        let tails = head.saturating_sub(reach)..(head + reach + 1).min(mentions);
        tails
            .filter(move |&tail| tail != head)
            .map(move |tail| (head, tail))
    })
}

impl PairReader {
    /// Reads the file that training wrote.
    ///
    /// # Errors
    /// If the file is not whole.
    pub fn open(bytes: &'static [u8]) -> Result<Self> {
        Ok(Self {
            network: PairNetwork::open(bytes)?,
            processor: Processor::detect(),
        })
    }

    /// After so many of the recognizer's layers the rows of words are to be taken.
    pub fn tap(&self) -> usize {
        self.network.tap
    }

    /// Names of the labels, `none` first.
    pub fn labels(&self) -> &[String] {
        &self.network.labels
    }

    /// For each label the probability from which it is said.
    pub fn thresholds(&self) -> &[f32] {
        &self.network.thresholds
    }

    /// Names of the statuses.
    pub fn statuses(&self) -> &[String] {
        &self.network.statuses
    }

    /// What each sentence says. Uses the rayon pool that it is called in; the result depends neither on
    /// it nor on the processor. Time and memory are linear in the words.
    pub fn read(&self, hidden: &Hidden, sentences: &[MarkedSentence]) -> Vec<SentencePairs> {
        let batches: Vec<&[MarkedSentence]> = batches(sentences);
        let read: Vec<Vec<SentencePairs>> = batches
            .par_iter()
            .map(|sentences| {
                // Nothing inside waits for other threads, so that the room is never taken twice.
                SCRATCH.with_borrow_mut(|(scratch, room)| {
                    let batch = Batch {
                        network: &self.network,
                        hidden,
                        sentences,
                    };
                    batch.read(self.processor, scratch, room)
                })
            })
            .collect();
        read.into_iter().flatten().collect()
    }
}

/// Cuts the sentences into batches.
fn batches(sentences: &[MarkedSentence]) -> Vec<&[MarkedSentence]> {
    let mut out = Vec::new();
    let (mut first, mut words) = (0, 0);
    for (index, sentence) in sentences.iter().enumerate() {
        let own = sentence.words.len().min(LONGEST_SENTENCE);
        if index > first && words + own > WORDS_TOGETHER {
            out.push(&sentences[first..index]);
            (first, words) = (index, 0);
        }
        words += own;
    }
    if first < sentences.len() {
        out.push(&sentences[first..]);
    }
    out
}

/// Sentences to be read together.
struct Batch<'a> {
    network: &'a PairNetwork,
    hidden: &'a Hidden,
    sentences: &'a [MarkedSentence],
}

impl Batch<'_> {
    fn read(
        &self,
        processor: Processor,
        scratch: &mut Scratch,
        room: &mut Room,
    ) -> Vec<SentencePairs> {
        let bounds: Vec<(usize, usize)> = self
            .sentences
            .iter()
            .map(|sentence| self.bounds(sentence))
            .collect();
        let mut starts = vec![0];
        let mut next = 0;
        // Sentences without pairs take no rows: attention needs at least one.
        for &(mentions, words) in bounds.iter().filter(|&&(mentions, _)| mentions > 1) {
            debug_assert!(mentions <= words);
            next += words;
            starts.push(next);
        }
        let (batch, bounds) = (self, &bounds[..]);
        processor.run(Mark {
            batch,
            bounds,
            count: next,
            scratch,
        });
        for layer in &self.network.layers {
            pass(processor, layer, &starts, None, scratch);
        }
        processor.run(Read {
            batch,
            bounds,
            rows: scratch.rows(),
            room,
        })
    }

    /// Mentions and words that are read: none of a sentence that was not encoded.
    fn bounds(&self, sentence: &MarkedSentence) -> (usize, usize) {
        let (mentions, words) = sentence.within_bounds();
        let mut numbers = sentence.words.clone().take(words);
        let is_encoded = numbers.all(|word| self.hidden.row(word).is_some());
        if is_encoded {
            (mentions, words)
        } else {
            (0, 0)
        }
    }
}

/// Words to the rows that the first layer reads. `bounds` are mentions and words of each sentence.
struct Mark<'a> {
    batch: &'a Batch<'a>,
    bounds: &'a [(usize, usize)],
    count: usize,
    scratch: &'a mut Scratch,
}

impl Work for Mark<'_> {
    type Out = ();

    #[inline(always)]
    fn run<T: Tile>(self, _: T) {
        let Batch {
            network,
            hidden,
            sentences,
        } = *self.batch;
        self.scratch.reset(self.count, network.hidden);
        let mut at = 0;
        for (sentence, &(mentions, words)) in sentences.iter().zip(self.bounds) {
            if mentions > 1 {
                let rows = at..at + words;
                mark(network, hidden, sentence, mentions, self.scratch, rows);
                at += words;
            }
        }
    }
}

/// Rows after the last layer to what is said of the pairs.
struct Read<'a> {
    batch: &'a Batch<'a>,
    bounds: &'a [(usize, usize)],
    rows: &'a [f32],
    room: &'a mut Room,
}

impl Work for Read<'_> {
    type Out = Vec<SentencePairs>;

    #[inline(always)]
    fn run<T: Tile>(self, _: T) -> Vec<SentencePairs> {
        let network = self.batch.network;
        let mut at = 0;
        let mut out = Vec::with_capacity(self.bounds.len());
        for (sentence, &(mentions, words)) in self.batch.sentences.iter().zip(self.bounds) {
            let mut found = SentencePairs::default();
            if mentions > 1 {
                let rows = &self.rows[at * network.hidden..(at + words) * network.hidden];
                let spans = &sentence.mentions[..mentions];
                found.pairs = read_sentence(network, rows, spans, self.room);
                at += words;
            }
            let all = sentence.mentions.len() * sentence.mentions.len().saturating_sub(1) / 2;
            found.unexamined = all.saturating_sub(found.pairs.len() / 2);
            out.push(found);
        }
        out
    }
}

/// Sets the rows of a sentence: what stands for its words, mentions marked, normalized.
#[inline(always)]
fn mark(
    network: &PairNetwork,
    hidden: &Hidden,
    sentence: &MarkedSentence,
    mentions: usize,
    scratch: &mut Scratch,
    rows: Range<usize>,
) {
    let mut spans = sentence.mentions[..mentions].iter().peekable();
    for (word, row) in rows.enumerate() {
        while spans.next_if(|span| span.last < word).is_some() {}
        let mark = match spans.peek() {
            Some(span) if span.first <= word => {
                1 + 2 * span.class.min(CLASSES - 1) + usize::from(word > span.first)
            }
            _ => 0,
        };
        let mark = &network.marks[mark * network.hidden..(mark + 1) * network.hidden];
        let own = hidden.row(sentence.words.start + word).unwrap_or_default();
        scratch.set_row(row, &network.marked, |target| {
            for ((x, &own), &mark) in target.iter_mut().zip(own).zip(mark) {
                *x = own + mark;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_grow_with_the_mentions_and_not_with_their_square() {
        assert_eq!(
            pairs_of(3).collect::<Vec<_>>(),
            [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]
        );
        assert_eq!(pairs_of(ALL_PAIRS).count(), ALL_PAIRS * (ALL_PAIRS - 1));
        for mentions in [25, 100, 3000] {
            assert!(pairs_of(mentions).count() <= 2 * NEAR * mentions);
            let far = pairs_of(mentions)
                .map(|(head, tail)| head.abs_diff(tail))
                .max();
            assert_eq!(far, Some(NEAR));
        }
        assert_eq!(pairs_of(1).count() + pairs_of(0).count(), 0);
    }

    #[test]
    fn what_lies_beyond_the_bounds_is_not_read() {
        let span = |first| MarkedSpan {
            first,
            last: first + 1,
            class: 0,
        };
        let sentence = MarkedSentence {
            words: 0..5_000,
            mentions: [0, 10, 198, 199, 400].map(span).to_vec(),
        };
        assert_eq!(sentence.within_bounds(), (3, LONGEST_SENTENCE));
    }
}
