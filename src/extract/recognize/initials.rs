//! What a recognizer leaves off the ends of a name: initials before a family name ("R. I. Safin"), what
//! follows "of".

use crate::extract::RawMention;
use crate::model::EntityKind;

/// Names have no more initials, and no initial is longer, in bytes.
const MOST_INITIALS: usize = 4;
const LONGEST: usize = 4;

/// "Joint Chiefs of" goes on to the name behind "of", or ends before it. `mentions` are sorted by start
/// and stay so.
pub fn finish(text: &str, mentions: &mut [RawMention]) {
    for index in 0..mentions.len() {
        let limit = mentions
            .get(index + 1)
            .map_or(text.len(), |next| next.start);
        let mention = &mut mentions[index];
        let words = text.get(mention.start..mention.end).unwrap_or_default();
        let Some(before) = words.strip_suffix(" of") else {
            continue;
        };
        let rest = text.get(mention.end..limit).unwrap_or_default();
        let next = rest
            .strip_prefix(' ')
            .filter(|next| next.starts_with(char::is_uppercase));
        let length = next.map(|next| {
            next.find(|c: char| !c.is_alphanumeric())
                .unwrap_or(next.len())
        });
        mention.end = match length {
            Some(length) => mention.end + 1 + length,
            None => mention.start + before.trim_end().len(),
        };
    }
}

/// Gives initials to the persons that they stand before, and drops mentions that are nothing but initials.
/// `mentions` are sorted by start and stay so.
pub fn join(text: &str, mentions: &mut Vec<RawMention>) {
    for index in 0..mentions.len() {
        let floor = mentions[..index]
            .iter()
            .rev()
            .find(|before| !is_initials(text, before))
            .map_or(0, |before| before.end);
        let mention = &mut mentions[index];
        if mention.kind != EntityKind::Person || is_initials(text, mention) {
            continue;
        }
        let starts = initials_before(text, floor, mention.start);
        // One letter may be a grade or a class: "Vitamin C. Smith said".
        if let [.., _, start] = starts[..] {
            mention.start = start;
        }
    }
    let mut end = 0;
    mentions.retain(|mention| {
        let kept = !is_initials(text, mention) && mention.start >= end;
        end = if kept { mention.end } else { end };
        kept
    });
    mentions.sort_by_key(|mention| mention.start);
}

fn is_initials(text: &str, mention: &RawMention) -> bool {
    if mention.kind != EntityKind::Person {
        return false;
    }
    let words = text.get(mention.start..mention.end).unwrap_or_default();
    let mut parts = words.split(['.', ' ']).filter(|part| !part.is_empty());
    parts.all(|part| part.len() <= LONGEST && part.chars().count() == 1 && is_capital(part))
}

fn is_capital(part: &str) -> bool {
    part.starts_with(char::is_uppercase)
}

/// Where the initials right before byte `end` begin, the nearest first; none before `floor`.
fn initials_before(text: &str, floor: usize, end: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = end;
    while starts.len() < MOST_INITIALS {
        let Some(before) = text.get(floor..at) else {
            break;
        };
        let bare = before.trim_end_matches(' ');
        let Some(rest) = bare
            .strip_suffix('.')
            .filter(|_| before.len() - bare.len() < 2)
        else {
            break;
        };
        let Some((start, letter)) = rest.char_indices().next_back() else {
            break;
        };
        let is_apart = !rest[..start].ends_with(char::is_alphanumeric);
        if !letter.is_uppercase() || !is_apart {
            break;
        }
        at = floor + start;
        starts.push(at);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::marked;

    fn joined(notation: &str) -> Vec<String> {
        let (document, recognition) = marked(0, notation);
        let mut mentions = recognition.mentions;
        join(&document.text, &mut mentions);
        let text = |m: &RawMention| document.text[m.start..m.end].to_owned();
        mentions.iter().map(text).collect()
    }

    #[test]
    fn no_name_ends_in_of() {
        let text =
            "The [organization Joint Chiefs of] Staff and the [organization Bank of] last resort.";
        let (document, recognition) = marked(0, text);
        let mut mentions = recognition.mentions;
        finish(&document.text, &mut mentions);
        let found = mentions.iter().map(|m| &document.text[m.start..m.end]);
        assert_eq!(found.collect::<Vec<_>>(), ["Joint Chiefs of Staff", "Bank"]);
    }

    #[test]
    fn initials_go_to_the_name_behind_them() {
        let text = "He said that [person R]. I. [person Safin] left. N.A. [person Grek] came.";
        assert_eq!(joined(text), ["R. I. Safin", "N.A. Grek"]);
        assert_eq!(joined("[person J. K. Rowling] wrote."), ["J. K. Rowling"]);
        assert_eq!(
            joined(
                "Vitamin C. [person Smith] left the [place=United_States U.S.] [person Lee] came."
            ),
            ["Smith", "U.S.", "Lee"]
        );
        assert_eq!(joined("[person R] left."), [""; 0]);
    }
}
