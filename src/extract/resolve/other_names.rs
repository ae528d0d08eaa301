//! Other names that a text gives to somebody, where more than a few words stand between the two.

use super::nodes::Nodes;
use crate::model::EntityKind;

/// No longer gap is read, in bytes.
const LONGEST: usize = 120;

/// Joins, in each document, the names of one person of whom the text says that they are: "Ada Byron (in
/// Greek letters), born Augusta Gordon", "Known as “Lady Lace,” Byron wrote". Linear in the mentions.
pub(super) fn join(nodes: &mut Nodes<'_>) {
    for document in 0..nodes.items.len() {
        let (text, recognition) = nodes.items[document];
        for pair in 1..recognition.mentions.len() {
            let (a, b) = (&recognition.mentions[pair - 1], &recognition.mentions[pair]);
            let are_persons = a.kind == EntityKind::Person && b.kind == EntityKind::Person;
            let gap = text.text.get(a.end..b.start).unwrap_or_default();
            let before = &text.text[..a.start];
            let mine = &nodes.of_mention[document];
            if are_persons && is_known_before(before, gap) {
                nodes.clusters.union(mine[pair - 1], mine[pair]);
            }
            let end = (b.kind == EntityKind::Person).then(|| before_birth(&text.text, b.start));
            // Languages and letters in the brackets are mentions too.
            let first = end
                .flatten()
                .map(|end| recognition.mentions.partition_point(|m| m.end < end));
            if let Some(first) = first
                && let Some(bearer) = recognition.mentions.get(first)
                && bearer.kind == EntityKind::Person
                && Some(bearer.end) == end.flatten()
            {
                nodes.clusters.union(mine[first], mine[pair]);
            }
        }
    }
}

/// Where the name ends behind which brackets and "born" stand right before byte `start`.
fn before_birth(text: &str, start: usize) -> Option<usize> {
    let before = text.get(..start)?;
    let bracket = [", born ", " born ", ", né ", ", née "]
        .iter()
        .find_map(|birth| before.strip_suffix(birth)?.strip_suffix(')'))?;
    let open = bracket.rfind('(')?;
    let name = bracket[..open].trim_end_matches(' ').len();
    (start - name <= LONGEST).then_some(name)
}

/// "Known widely as “Lucho,” Arce served": the sentence begins with the other name.
fn is_known_before(before: &str, gap: &str) -> bool {
    const OPENS: [&str; 6] = [
        "Known as",
        "Known widely as",
        "Widely known as",
        "Better known as",
        "Also known as",
        "Popularly known as",
    ];
    let before = before.trim_end_matches(['"', '“', '‘', '\'']).trim_end();
    let is_end = gap.contains(',')
        && gap
            .chars()
            .all(|c| matches!(c, ',' | '"' | '”' | '’' | ' '));
    is_end && OPENS.iter().any(|open| before.ends_with(open))
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::resolved;

    #[test]
    fn names_at_birth_and_names_by_which_one_is_known() {
        for text in [
            "[person Abu Zor] (in letters: X), born [person Badran Lind], was there.",
            "Known widely as “[person Lucho],” [person Luis Arce] served.",
        ] {
            assert_eq!(resolved(&[text]).len(), 1, "{text}");
        }
        let with_language = "[person Abu Zor] ([group Arabic]: X), born [person Badran Lind].";
        assert_eq!(resolved(&[with_language]).len(), 2);
        for text in [
            "[person Abu Zor] (left), and [person Badran Lind] was there.",
            "She is known as “[person Lucho]” and [person Luis Arce] served.",
            "He liked “[person Lucho],” [person Luis Arce] said.",
        ] {
            assert_eq!(resolved(&[text]).len(), 2, "{text}");
        }
    }
}
