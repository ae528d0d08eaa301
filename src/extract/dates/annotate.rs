//! Makes mentions of a document's dates, and gives all of them their values.

use super::expressions::{FoundDate, find};
use crate::extract::RawMention;
use crate::model::{Document, EntityKind};

/// Adds the dates of the document where no other mention stands, and fills `date` of those that
/// recognizers found. `mentions` stay sorted and disjoint. Linear in the length of the text.
pub fn annotate(document: &Document, sentences: &[[usize; 2]], mentions: &mut Vec<RawMention>) {
    let (known, others): (Vec<RawMention>, Vec<RawMention>) = std::mem::take(mentions)
        .into_iter()
        .partition(|mention| mention.kind == EntityKind::Date);
    let mut taken = others
        .iter()
        .map(|mention| [mention.start, mention.end])
        .chain(document.boilerplate.iter().copied())
        .collect::<Vec<_>>();
    taken.sort_unstable();
    let mut next_taken = taken.iter().peekable();
    let mut found: Vec<FoundDate> = Vec::new();
    for &sentence in sentences {
        for date in find(&document.text, sentence, document.date) {
            while next_taken.next_if(|range| range[1] <= date.start).is_some() {}
            if next_taken.peek().is_none_or(|range| range[0] >= date.end) {
                found.push(date);
            }
        }
    }
    let mut all = others;
    let mut at = 0;
    for mention in known {
        while at < found.len() && found[at].end <= mention.start {
            at += 1;
        }
        // What the reader of dates has, it has with the right ends.
        if found.get(at).is_none_or(|date| date.start >= mention.end) {
            all.push(mention);
        }
    }
    all.extend(found.into_iter().map(|date| RawMention {
        start: date.start,
        end: date.end,
        kind: EntityKind::Date,
        score: 0.9,
        rule: "date",
        canonical: None,
        country: None,
        unit: None,
        date: date.value,
    }));
    all.sort_by_key(|mention| (mention.start, mention.end));
    *mentions = all;
}
