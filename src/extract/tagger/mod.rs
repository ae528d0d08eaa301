//! The trained recognizer: words with their features come in, a label for each word goes out. It
//! knows nothing of lexicons, rules or documents; what its features mean is known to training alone.

mod characters;
mod features;
mod vocabulary;
mod windows;
mod words;

pub use features::Features;
pub use vocabulary::Vocabulary;
pub use windows::{MOST_PIECES, windows};
pub use words::{Word, Words};
