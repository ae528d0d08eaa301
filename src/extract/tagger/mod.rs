//! The trained recognizer: words with their features come in, a label for each word goes out. It
//! knows nothing of lexicons, rules or documents; what its features mean is known to training alone.

mod agree;
mod characters;
mod decode;
mod dispatch;
mod encoder;
mod features;
mod kernels;
mod model;
mod network;
mod vocabulary;
mod windows;
mod words;

pub use features::Features;
pub use model::{Tagged, Tagger};
pub use vocabulary::Vocabulary;
pub use windows::{MOST_PIECES, windows};
pub use words::{Word, Words};
