//! Words of a sentence that tell of another name than the network took them for: "Ada Byron's visit to
//! Acme President Bo Carr" says nothing of what Ada Byron leads.
//!
//! What is dropped here is what the row of words shows to be another's; whatever it leaves open stands.

use super::super::RawLink;
use super::classes::Class;
use super::lists::Lists;
use super::matcher::Fit;
use super::sentence::Sentence;
use crate::model::{EntityKind, RelationKind};

/// Words that say of names of one list that they are kin or partners to each other.
const OF_EACH_OTHER: [&str; 22] = [
    "brothers",
    "sisters",
    "siblings",
    "twins",
    "couple",
    "husband",
    "wife",
    "spouses",
    "married",
    "cousins",
    "partners",
    "friends",
    "allies",
    "colleagues",
    "family",
    "parents",
    "duo",
    "pair",
    "brother",
    "sister",
    "both",
    "co-founders",
];

/// The words that say so stand at another name.
pub(super) fn is_another_s(
    sentence: &Sentence<'_>,
    lists: &Lists,
    fit: &Fit,
    kind: RelationKind,
) -> bool {
    match kind {
        RelationKind::Leads | RelationKind::MemberOf => {
            is_title_of_another(sentence, lists, fit)
                || is_governed_by_another(sentence, lists, fit)
        }
        RelationKind::LocatedIn | RelationKind::PartOf => {
            is_governed_by_another(sentence, lists, fit)
        }
        RelationKind::FamilyOf | RelationKind::AssociateOf => are_only_listed(sentence, lists, fit),
        _ => false,
    }
}

/// Two names are one, or members of one list.
fn go_together(lists: &Lists, one: usize, other: usize) -> bool {
    one == other || lists.of(one).is_some_and(|list| list.contains(&other))
}

/// "Ada Byron … Acme President Bo Carr": a title right before a person is that person's.
fn is_title_of_another(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    let [.., [first, end]] = fit.trigger.as_slice() else {
        return false;
    };
    let is_title = (*first..*end).any(|at| {
        [Class::LEADER, Class::TITLE]
            .into_iter()
            .any(|class| sentence.is_in(at, class))
    });
    is_title
        && sentence.kind(*end) == Some(EntityKind::Person)
        && sentence.kind(fit.source.head) == Some(EntityKind::Person)
        && !go_together(lists, fit.source.head, *end)
}

/// "Ada Byron … Acme in Paris": a preposition right behind a name tells of that name.
fn is_governed_by_another(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    const PREPOSITIONS: [&str; 6] = ["in", "at", "of", "from", "near", "outside"];
    let [[first, end]] = fit.trigger.as_slice() else {
        return false;
    };
    let is_preposition = end - first == 1 && sentence.is_one_of(*first, &PREPOSITIONS);
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    let is_between = fit.source.head < before && *first < fit.target.head;
    is_preposition
        && is_between
        && sentence
            .kind(before)
            .is_some_and(|kind| kind != EntityKind::Date)
        && !go_together(lists, fit.source.head, before)
}

/// Both are members of one list, and no word says that these are something to each other.
fn are_only_listed(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    go_together(lists, fit.source.head, fit.target.head)
        && !(0..sentence.items.len()).any(|at| sentence.is_one_of(at, &OF_EACH_OTHER))
}

/// Drops what shares its words and its target with a surer link of another source, where the two
/// sources are not named together: one is president, not both.
pub(super) fn drop_taken<'l>(
    sentence: &Sentence<'_>,
    lists: &Lists,
    old: impl Iterator<Item = &'l RawLink>,
    new: &mut Vec<RawLink>,
) {
    /// More are a register, for which this would take long.
    const MOST: usize = 200;
    if new.len() > MOST {
        return;
    }
    let is_told_once = |link: &RawLink| {
        matches!(
            link.kind,
            RelationKind::Leads | RelationKind::MemberOf | RelationKind::AssociateOf
        ) && !link.trigger.is_empty()
    };
    let place = |mention: usize| {
        sentence
            .items
            .iter()
            .position(|item| item.mention == Some(mention))
    };
    let together = |a: usize, b: usize| match (place(a), place(b)) {
        (Some(a), Some(b)) => go_together(lists, a, b),
        _ => true,
    };
    let shares = |a: &RawLink, b: &RawLink| {
        let words = |link: &RawLink| link.trigger.first().copied().unwrap_or_default();
        let ([a_start, a_end], [b_start, b_end]) = (words(a), words(b));
        a.kind == b.kind && a.target == b.target && a_start < b_end && b_start < a_end
    };
    let mut known: Vec<RawLink> = old
        .filter(|link| is_told_once(link))
        .take(MOST)
        .cloned()
        .collect();
    new.sort_by(|a, b| b.score.total_cmp(&a.score));
    new.retain(|link| {
        if !is_told_once(link) {
            return true;
        }
        let is_taken = known.iter().any(|other| {
            other.source != link.source
                && shares(other, link)
                && !together(other.source, link.source)
        });
        if !is_taken {
            known.push(link.clone());
        }
        !is_taken
    });
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::super::{Said, add};
    use super::*;
    use crate::model::Status;

    /// What stands of relations that a network would read, each by its ends, kind, words and score.
    fn kept(notation: &str, said: &[([usize; 2], RelationKind, &str, f32)]) -> Vec<[usize; 2]> {
        let (document, recognition) = marked(0, notation);
        let said: Vec<Said> = said
            .iter()
            .map(|&(ends, kind, words, score)| {
                let start = document.text.find(words).unwrap();
                Said {
                    sentence: 0,
                    ends,
                    kind,
                    score,
                    status: Status::Asserted,
                    trigger: Some([start, start + words.len()]),
                }
            })
            .collect();
        let links = add(&document, &recognition, Vec::new(), &said);
        links
            .iter()
            .map(|link| [link.source, link.target])
            .collect()
    }

    #[test]
    fn a_title_is_that_of_the_person_behind_it() {
        let text =
            "[person Ada Byron] welcomed [organization Acme] President [person Bo Carr] there.";
        let said = [
            ([0, 1], RelationKind::Leads, "President", 0.9),
            ([2, 1], RelationKind::Leads, "President", 0.8),
        ];
        assert_eq!(kept(text, &said), [[2, 1]]);
    }

    #[test]
    fn a_preposition_is_that_of_the_name_before_it() {
        let text = "[person Ada Byron] met us of [organization Acme] in [place Perth].";
        let said = [
            ([0, 2], RelationKind::LocatedIn, "in", 0.9),
            ([1, 2], RelationKind::LocatedIn, "in", 0.8),
        ];
        assert_eq!(kept(text, &said), [[1, 2]]);
        let listed = "[person Ada Byron] and [person Bo Carr] in [place Perth] waved.";
        assert_eq!(kept(listed, &said).len(), 2);
    }

    #[test]
    fn names_of_a_list_are_no_kin() {
        let text = "The sons of [person Ada Byron], [person Bo Carr] and [person Cy Dunn] left.";
        let said = [([0, 1], RelationKind::FamilyOf, "sons", 0.9)];
        assert!(kept(text, &said).is_empty());
        let kin = "The brothers [person Ada Byron], [person Bo Carr] and [person Cy Dunn] left.";
        let said = [([0, 1], RelationKind::FamilyOf, "brothers", 0.9)];
        assert_eq!(kept(kin, &said), [[0, 1]]);
    }

    #[test]
    fn one_word_makes_one_head_unless_they_are_named_together() {
        let text = "[person Ada Byron] met the mayor of [place Perth], [person Bo Carr].";
        let said = [
            ([0, 1], RelationKind::Leads, "mayor of", 0.7),
            ([2, 1], RelationKind::Leads, "mayor of", 0.9),
        ];
        assert_eq!(kept(text, &said), [[2, 1]]);
        let both = "[person Ada Byron] and [person Bo Carr], heads of [organization Acme], met.";
        let said = [
            ([0, 2], RelationKind::Leads, "heads of", 0.7),
            ([1, 2], RelationKind::Leads, "heads of", 0.9),
        ];
        assert_eq!(kept(both, &said).len(), 2);
    }
}
