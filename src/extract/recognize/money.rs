//! Sums of money hold no names: "US" of "US$2,000".

use crate::extract::RawMention;

/// Leaves out the mentions that only tell whose money a sum is in; gives how many.
pub fn leave_out(text: &str, mentions: &mut Vec<RawMention>) -> usize {
    let before = mentions.len();
    mentions.retain(|mention| {
        let after = text.get(mention.end..).unwrap_or_default();
        let is_short = mention.end - mention.start <= 4;
        !(is_short && after.starts_with(['$', '€', '£', '¥']))
    });
    before - mentions.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::marked;

    #[test]
    fn a_currency_is_no_country() {
        let (document, recognition) = marked(
            0,
            "The [place US] paid [place US]$2,000 and [place HK]$5 to [place Hong Kong].",
        );
        let mut mentions = recognition.mentions;
        leave_out(&document.text, &mut mentions);
        let names: Vec<&str> = mentions
            .iter()
            .map(|m| &document.text[m.start..m.end])
            .collect();
        assert_eq!(names, ["US", "Hong Kong"]);
    }
}
