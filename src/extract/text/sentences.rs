//! Sentence boundaries: Unicode's (UAX #29), mended for news text.

use unicode_segmentation::UnicodeSegmentation;

/// Byte ranges of the sentences of `text`, in order, trimmed of blanks; they do not overlap and
/// leave out nothing but blanks.
pub fn sentences(text: &str) -> Vec<[usize; 2]> {
    text.split_sentence_bound_indices()
        .filter_map(|(start, piece)| {
            let trimmed = piece.trim();
            let offset = piece.len() - piece.trim_start().len();
            (!trimmed.is_empty()).then_some([start + offset, start + offset + trimmed.len()])
        })
        .collect()
}
