//! What the encoder makes of the words of a document, kept for those who read on.

use crate::words::Words;

/// The words of a document with what the encoder makes of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EncodedWords {
    /// The words; sentences are those that they were read with.
    pub words: Words,
    /// Their rows.
    pub hidden: Hidden,
}

/// Rows of words: what stands for each in its surroundings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hidden {
    /// Ranges of words, in order.
    ranges: Vec<[usize; 2]>,
    /// For each range its first row.
    first_rows: Vec<usize>,
    rows: Vec<f32>,
    width: usize,
}

impl Hidden {
    /// Nothing, of rows so wide.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    /// Adds the words of `ranges`, which follow all others; `rows` are theirs.
    pub fn push_all(&mut self, ranges: &[[usize; 2]], rows: &[f32]) {
        let mut next = self.rows.len() / self.width.max(1);
        for &[first, end] in ranges {
            self.ranges.push([first, end]);
            self.first_rows.push(next);
            next += end - first;
        }
        self.rows.extend_from_slice(rows);
    }

    /// The row of a word; `None` if it was not encoded, or not kept.
    pub fn row(&self, word: usize) -> Option<&[f32]> {
        let at = self.ranges.partition_point(|range| range[1] <= word);
        let row = word.checked_sub(self.ranges.get(at)?[0])? + self.first_rows[at];
        self.rows.get(row * self.width..(row + 1) * self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_the_ranges_have_no_row() {
        let mut hidden = Hidden::new(2);
        hidden.push_all(&[[1, 3], [4, 5]], &[1.0, 1.0, 2.0, 2.0, 4.0, 4.0]);
        let found: Vec<Option<f32>> = (0..6).map(|word| Some(hidden.row(word)?[1])).collect();
        assert_eq!(found, [None, Some(1.0), Some(2.0), None, Some(4.0), None]);
    }
}
