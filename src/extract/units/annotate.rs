//! Gives the fields to the units among a document's mentions, whoever found them.

use super::find::{FoundUnit, details_of, find};
use crate::extract::RawMention;
use crate::extract::recognize::WHOLE as STATED;
use crate::extract::text::tokens;
use crate::model::{EntityKind, UnitDetails};

/// Fills `unit` of every mention that is a unit, from its name and from its sentence. `mentions` are
/// sorted by start, `sentences` too. Linear in the text of the sentences that name a unit.
pub fn annotate(text: &str, sentences: &[[usize; 2]], mentions: &mut [RawMention]) {
    let mut sentence = 0;
    let mut read: Option<(usize, Vec<FoundUnit>)> = None;
    for mention in mentions {
        if mention.kind != EntityKind::Unit {
            continue;
        }
        while sentence < sentences.len() && sentences[sentence][1] <= mention.start {
            sentence += 1;
        }
        let Some(&[start, end]) = sentences.get(sentence) else {
            break;
        };
        if read.as_ref().is_none_or(|(of, _)| *of != sentence) {
            read = Some((sentence, find(text, &tokens(text, start, end))));
        }
        let found = read.iter().flat_map(|(_, units)| units);
        let same = found
            .filter(|unit| unit.start < mention.end && mention.start < unit.end)
            .max_by_key(|unit| unit.end.min(mention.end) - unit.start.max(mention.start));
        let details = match same {
            Some(unit) => {
                if unit.start == mention.start && unit.end == mention.end {
                    let own = mention.canonical.take();
                    // What the document says "70th MRD" stands for is more than the letters tell.
                    let said = own.filter(|_| mention.rule == STATED);
                    mention.canonical = unit.full_name.clone().or(said);
                }
                Some(unit.details.clone())
            }
            None => text.get(mention.start..mention.end).map(named),
        };
        mention.unit = details.filter(|details| !details.is_empty()).map(Box::new);
    }
}

/// What the name alone tells; where the grammar cannot read it, all of it is designation.
fn named(name: &str) -> UnitDetails {
    details_of(name).unwrap_or_else(|| UnitDetails {
        designation: Some(name.to_owned()),
        ..UnitDetails::default()
    })
}
