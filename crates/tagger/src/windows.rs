//! What the tagger looks at together: consecutive sentences, as many as fit.

use crate::words::Words;

/// The most pieces of a window, the opening and the closing one included.
pub const MOST_PIECES: usize = 160;

/// Windows over `words` as ranges of words, in order. `is_read` says of each sentence whether it is
/// looked at; no window reaches over one that is not. A sentence too long for a window is cut between words.
pub fn windows(words: &Words, is_read: impl Fn(usize) -> bool) -> Vec<[usize; 2]> {
    let most = MOST_PIECES - 2;
    let mut out: Vec<[usize; 2]> = Vec::new();
    let mut room = 0;
    for (index, &sentence) in words.sentences.iter().enumerate() {
        if sentence[0] == sentence[1] || !is_read(index) {
            continue;
        }
        for part in parts(words, sentence, most) {
            let pieces = words.piece_count(part);
            match out.last_mut() {
                // A window is one range: it cannot leave out words in its middle.
                Some(last) if pieces <= room && last[1] == part[0] => {
                    last[1] = part[1];
                    room -= pieces;
                }
                _ => {
                    out.push(part);
                    room = most - pieces;
                }
            }
        }
    }
    out
}

/// The sentence whole, or in parts of at most `most` pieces.
fn parts(words: &Words, [first, end]: [usize; 2], most: usize) -> Vec<[usize; 2]> {
    if words.piece_count([first, end]) <= most {
        return vec![[first, end]];
    }
    let mut out = Vec::new();
    let (mut start, mut pieces) = (first, 0);
    for word in first..end {
        let count = usize::from(words.words[word].pieces);
        if pieces + count > most {
            out.push([start, word]);
            (start, pieces) = (word, 0);
        }
        pieces += count;
    }
    out.push([start, end]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    fn read(sentences: &[usize]) -> Words {
        let mut text = String::new();
        let mut ranges = Vec::new();
        for &length in sentences {
            let start = text.len();
            text.push_str(&"a ".repeat(length));
            ranges.push([start, text.len()]);
        }
        Words::read(&text, &ranges, &Vocabulary::parse("[UNK]\na"))
    }

    #[test]
    fn sentences_are_taken_together_while_they_fit() {
        let words = read(&[100, 50, 9, 0, 149, 1]);
        assert_eq!(
            windows(&words, |_| true),
            [[0, 150], [150, 308], [308, 309]]
        );
    }

    #[test]
    fn what_is_left_out_is_in_no_window() {
        let words = read(&[10, 20, 30]);
        assert_eq!(
            windows(&words, |sentence| sentence != 1),
            [[0, 10], [30, 60]]
        );
    }

    #[test]
    fn long_sentences_are_cut() {
        let words = read(&[10, 400, 5]);
        assert_eq!(
            windows(&words, |_| true),
            [[0, 10], [10, 168], [168, 326], [326, 415]]
        );
    }
}
