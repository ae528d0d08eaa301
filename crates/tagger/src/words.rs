//! A text's words for the tagger: what lies between blanks, punctuation and ideographs apart, each
//! with the vocabulary's pieces that make it up.

use crate::characters::{Role, role};
use crate::vocabulary::Vocabulary;

/// One word, by place and pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Its first piece, as an index into [`Words::pieces`].
    pub first_piece: u32,
    /// How many pieces it has; at least one.
    pub pieces: u8,
}

/// The words of a document, sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// In order of the text.
    pub words: Vec<Word>,
    /// Pieces of all words, as numbers of the vocabulary's lines.
    pub pieces: Vec<u32>,
    /// For each sentence its first word and the one after its last; empty sentences are kept.
    pub sentences: Vec<[usize; 2]>,
}

impl Words {
    /// Reads the sentences of `text`, given as byte ranges in order. Linear in their length.
    pub fn read(text: &str, sentences: &[[usize; 2]], vocabulary: &Vocabulary) -> Self {
        let mut all = Self::default();
        let mut folded = String::new();
        for &[from, to] in sentences {
            let first = all.words.len();
            all.read_sentence(text, from, to, vocabulary, &mut folded);
            all.sentences.push([first, all.words.len()]);
        }
        all
    }

    /// The pieces of one word.
    pub fn pieces_of(&self, word: usize) -> &[u32] {
        let word = &self.words[word];
        let first = word.first_piece as usize;
        &self.pieces[first..first + usize::from(word.pieces)]
    }

    /// How many pieces the words `first..end` have.
    pub fn piece_count(&self, [first, end]: [usize; 2]) -> usize {
        let at = |word: usize| {
            self.words
                .get(word)
                .map_or(self.pieces.len(), |word| word.first_piece as usize)
        };
        at(end) - at(first)
    }

    fn read_sentence(
        &mut self,
        text: &str,
        from: usize,
        to: usize,
        vocabulary: &Vocabulary,
        folded: &mut String,
    ) {
        let mut open: Option<usize> = None;
        for (offset, c) in text[from..to].char_indices() {
            let at = from + offset;
            let role = role(c);
            if role == Role::Inside {
                open.get_or_insert(at);
                continue;
            }
            if let Some(start) = open.take() {
                self.push(text, start, at, vocabulary, folded);
            }
            if role == Role::Alone {
                self.push(text, at, at + c.len_utf8(), vocabulary, folded);
            }
        }
        if let Some(start) = open {
            self.push(text, start, to, vocabulary, folded);
        }
    }

    fn push(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        vocabulary: &Vocabulary,
        folded: &mut String,
    ) {
        let first = self.pieces.len();
        vocabulary.push_pieces(&text[start..end], folded, &mut self.pieces);
        self.words.push(Word {
            start,
            end,
            first_piece: u32::try_from(first).unwrap_or(u32::MAX),
            pieces: u8::try_from(self.pieces.len() - first).unwrap_or(u8::MAX),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let all = Words::read(text, &[[0, text.len()]], &Vocabulary::parse("[UNK]\na"));
        all.words.iter().map(|w| &text[w.start..w.end]).collect()
    }

    #[test]
    fn punctuation_and_ideographs_stand_apart() {
        assert_eq!(
            words("O’Brien’s €5, U.S.\u{200b}平壤 (the)"),
            [
                "O", "’", "Brien", "’", "s", "€5", ",", "U", ".", "S", ".", "平", "壤", "(", "the",
                ")"
            ]
        );
    }

    #[test]
    fn sentences_keep_their_words() {
        let text = "One two. \u{200b} Three.";
        let all = Words::read(
            text,
            &[[0, 8], [9, 12], [13, 19]],
            &Vocabulary::parse("[UNK]"),
        );
        assert_eq!(all.sentences, [[0, 3], [3, 3], [3, 5]]);
        assert_eq!(all.piece_count([0, 3]), 3);
        assert_eq!(all.piece_count([3, 5]), 2);
    }

    proptest! {
        #[test]
        fn words_are_sorted_disjoint_and_have_pieces(text in "\\PC{0,80}|[A-Z.' s\u{301}]{0,60}") {
            let all = Words::read(&text, &[[0, text.len()]], &Vocabulary::parse("[UNK]\na\n##b"));
            let mut last = 0;
            for (index, word) in all.words.iter().enumerate() {
                prop_assert!(word.start >= last && word.end > word.start);
                prop_assert!(text.get(word.start..word.end).is_some());
                prop_assert!(!all.pieces_of(index).is_empty());
                last = word.end;
            }
        }
    }
}
