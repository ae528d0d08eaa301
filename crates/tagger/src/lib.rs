//! Trained networks. Words with their features come in, a label for each word goes out; and words with
//! mentions among them, of which the relations between these go out. They know nothing of lexicons,
//! rules or documents; what features and labels mean is known to training alone.

mod agree;
mod attention;
mod broken;
mod characters;
mod container;
mod decode;
mod dense;
mod dispatch;
mod encoder;
mod features;
mod hidden;
mod kernels;
mod layer;
mod model;
mod network;
mod pair_head;
mod pair_network;
mod pairs;
mod vocabulary;
mod windows;
mod words;

pub use broken::{Broken, Result};
pub use decode::calibrated;
pub use features::Features;
pub use hidden::{EncodedWords, Hidden};
pub use model::{Tagged, Tagger};
pub use pairs::{
    LONGEST_SENTENCE, MarkedSentence, MarkedSpan, PairReader, PairScores, SentencePairs,
};
pub use vocabulary::Vocabulary;
pub use windows::{MOST_PIECES, windows};
pub use words::{Word, Words};
