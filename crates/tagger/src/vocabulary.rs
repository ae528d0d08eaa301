//! WordPiece: a word becomes the longest pieces of the vocabulary that follow each other
//! (Schuster and Nakajima 2012; as BERT's uncased models use it).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer word, in characters, is unknown as a whole.
const LONGEST_WORD: usize = 100;
/// No more pieces of one word are kept.
const MOST_PIECES: usize = 16;
/// What a piece that goes on with a word begins with.
const CONTINUATION: &str = "##";

/// FNV-1a; the keys are our own lists, so that no text can make them collide.
struct PieceHasher(u64);

impl Default for PieceHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for PieceHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type Pieces<'a> = HashMap<&'a str, u32, BuildHasherDefault<PieceHasher>>;

/// The pieces that words are made of, numbered by their lines.
pub struct Vocabulary<'a> {
    first: Pieces<'a>,
    later: Pieces<'a>,
    longest: usize,
    unknown: u32,
    opening: u32,
    closing: u32,
}

impl<'a> Vocabulary<'a> {
    /// Reads a list with one piece a line, `##` before those that go on with a word. `[UNK]`,
    /// `[CLS]` and `[SEP]` should be among them; number 0 stands in for one that is missing.
    pub fn parse(list: &'a str) -> Self {
        let lines = list.lines().count();
        let mut vocabulary = Self {
            first: Pieces::with_capacity_and_hasher(lines, BuildHasherDefault::default()),
            later: Pieces::with_capacity_and_hasher(lines / 4, BuildHasherDefault::default()),
            longest: 1,
            unknown: 0,
            opening: 0,
            closing: 0,
        };
        for (piece, number) in list.lines().zip(0..) {
            match piece {
                "[UNK]" => vocabulary.unknown = number,
                "[CLS]" => vocabulary.opening = number,
                "[SEP]" => vocabulary.closing = number,
                _ => {}
            }
            let (pieces, piece) = match piece.strip_prefix(CONTINUATION) {
                Some(rest) if !rest.is_empty() => (&mut vocabulary.later, rest),
                _ => (&mut vocabulary.first, piece),
            };
            vocabulary.longest = vocabulary.longest.max(piece.len());
            pieces.insert(piece, number);
        }
        vocabulary
    }

    /// The piece that opens each window.
    pub fn opening(&self) -> u32 {
        self.opening
    }

    /// The piece that closes each window.
    pub fn closing(&self) -> u32 {
        self.closing
    }

    /// Appends the pieces of `word`, at least one. `folded` is room to work in.
    pub fn push_pieces(&self, word: &str, folded: &mut String, out: &mut Vec<u32>) {
        if fold_into(word, folded) {
            if let Some(&whole) = self.first.get(folded.as_str()) {
                out.push(whole);
                return;
            }
            let before = out.len();
            if self.split(folded, out) && out.len() > before {
                out.truncate(before + MOST_PIECES);
                return;
            }
            out.truncate(before);
        }
        out.push(self.unknown);
    }

    /// Appends the longest pieces one after the other; `false` if some part has none.
    fn split(&self, folded: &str, out: &mut Vec<u32>) -> bool {
        let mut start = 0;
        while start < folded.len() {
            let pieces = if start == 0 { &self.first } else { &self.later };
            let mut end = folded.floor_char_boundary((start + self.longest).min(folded.len()));
            let found = loop {
                if end <= start {
                    return false;
                }
                if let Some(&piece) = pieces.get(&folded[start..end]) {
                    break piece;
                }
                end = folded.floor_char_boundary(end - 1);
            };
            out.push(found);
            start = end;
        }
        true
    }
}

/// The word in lower case and without accents; `false` for one too long to look up.
fn fold_into(word: &str, folded: &mut String) -> bool {
    folded.clear();
    if word.is_ascii() {
        folded.extend(
            word.chars()
                .take(LONGEST_WORD)
                .map(|c| c.to_ascii_lowercase()),
        );
        return word.len() <= LONGEST_WORD;
    }
    if word.chars().nth(LONGEST_WORD).is_some() {
        return false;
    }
    folded.extend(word.to_lowercase().nfd().filter(|&c| !is_combining_mark(c)));
    !folded.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nkur\n##sk\n##s\nkyiv\ncafe\n#\n##";

    fn pieces(word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        Vocabulary::parse(LIST).push_pieces(word, &mut String::new(), &mut out);
        out
    }

    #[test]
    fn the_longest_piece_first() {
        assert_eq!(pieces("Kursk"), [4, 5]);
        assert_eq!(pieces("kurss"), [4, 6, 6]);
        assert_eq!(pieces("KYIV"), [7]);
        assert_eq!(pieces("Café"), [8]);
    }

    #[test]
    fn what_has_no_pieces_is_unknown() {
        assert_eq!(pieces("Kurt"), [1]);
        assert_eq!(pieces("\u{301}"), [1]);
        assert_eq!(pieces(&"s".repeat(101)), [1]);
        assert_eq!(pieces(&format!("kur{}", "s".repeat(90))).len(), MOST_PIECES);
    }

    #[test]
    fn special_pieces_are_found() {
        let vocabulary = Vocabulary::parse(LIST);
        assert_eq!([vocabulary.opening(), vocabulary.closing()], [2, 3]);
    }
}
