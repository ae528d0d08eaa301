//! The features of words: for each a few numbers.

/// Numbers of features, word by word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    numbers: Vec<u16>,
    /// For each word the end of its numbers.
    ends: Vec<u32>,
}

impl Features {
    /// Adds the numbers of the next word.
    pub fn push(&mut self, row: &[u16]) {
        self.numbers.extend_from_slice(row);
        self.ends
            .push(u32::try_from(self.numbers.len()).unwrap_or(u32::MAX));
    }

    /// The numbers of one word, ascending; none for a word that there is not.
    pub fn of(&self, word: usize) -> &[u16] {
        let end = self.ends.get(word).copied().unwrap_or(0) as usize;
        let start = word
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |&start| start as usize);
        self.numbers.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_own_numbers() {
        let mut features = Features::default();
        for row in [&[1, 5][..], &[], &[2]] {
            features.push(row);
        }
        assert_eq!(features.of(0), [1, 5]);
        assert!(features.of(1).is_empty() && features.of(3).is_empty());
        assert_eq!(features.of(2), [2]);
    }
}
