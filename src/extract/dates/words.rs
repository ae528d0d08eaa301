//! The words that dates are made of, with what stands between them.

/// Words longer than this, in bytes, are no part of a date.
const LONGEST_WORD: usize = 16;

/// A word of letters and digits.
pub(super) struct Word<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) lower: String,
    pub(super) is_capital: bool,
    /// What stands between the word before and this one.
    pub(super) gap: &'t str,
}

/// The words of `text[from..to]`.
pub(super) fn words(text: &str, from: usize, to: usize) -> Vec<Word<'_>> {
    let Some(part) = text.get(from..to) else {
        return Vec::new();
    };
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let mut last = from;
    for (offset, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let at = from + offset;
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                let written = &text[first..at];
                words.push(Word {
                    start: first,
                    end: at,
                    lower: if written.len() <= LONGEST_WORD {
                        written.to_lowercase()
                    } else {
                        String::new()
                    },
                    is_capital: written.starts_with(char::is_uppercase),
                    gap: &text[last..first],
                });
                last = at;
                start = None;
            }
            _ => {}
        }
    }
    words
}
