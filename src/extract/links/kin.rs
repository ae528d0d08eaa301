//! Kin, partners and births: whose the words are that the network took for those of two names.
//!
//! As in `crossed`, what is dropped is what the row of words shows; whatever it leaves open stands.

use super::lists::Lists;
use super::matcher::Fit;
use super::sentence::Sentence;
use super::unmeant::{between, told};
use crate::model::EntityKind;

/// What one is to somebody else.
const KIN: [&str; 16] = [
    "mother", "father", "son", "daughter", "wife", "husband", "widow", "widower", "brother",
    "sister", "partner", "friend", "aide", "lawyer", "ally", "adviser",
];

/// The words that tell of kin are about others than the two.
pub(super) fn is_another_s_kin(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    are_both_possessive(sentence, fit)
        || are_kin_of_a_third(sentence, lists, fit)
        || are_kin_of_their_own(sentence, fit)
        || has_another_between(sentence, fit)
}

/// "Ada's partner Bo and his manager Cy": Cy is not Ada's partner; "Ada and Bo, who served their clients".
pub(super) fn is_partner_of_another(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    let later = fit.source.head.max(fit.target.head);
    let is_after = fit.trigger.iter().all(|&[first, _]| first > later);
    let is_theirs = fit
        .trigger
        .first()
        .is_some_and(|&[first, _]| first > 0 && sentence.word(first - 1) == "their");
    let are_served = is_after && is_theirs && lists.join(fit.source.head, fit.target.head);
    are_served || has_another_between(sentence, fit)
}

/// "Ada's partner Bo and his manager Cy": what stands before Bo is Bo's, and Cy has a word of his own.
fn has_another_between(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const OWN: [&str; 3] = ["his", "her", "their"];
    let later = fit.source.head.max(fit.target.head);
    let Some(&[_, end]) = fit.trigger.last() else {
        return false;
    };
    let own = (1..4).filter_map(|back| later.checked_sub(back));
    let has_own = own
        .take_while(|&at| at >= end && sentence.kind(at).is_none())
        .any(|at| sentence.is_one_of(at, &OWN));
    has_own && between(fit).any(|at| at >= end && sentence.kind(at) == Some(EntityKind::Person))
}

/// "The sons of Ada, Bo and others", "mother of Ada; and Bo, cousin of Cy", "Ada, a son of Bo, and Cy, 21, a
/// son of Di": each has kin of their own.
fn are_kin_of_their_own(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let gap = between(fit);
    let later = fit.source.head.max(fit.target.head);
    let first = fit.source.head.min(fit.target.head);
    let is_of = first > 0 && sentence.word(first - 1) == "of";
    let is_before = fit.trigger.iter().all(|&[_, end]| end <= first);
    // "I lost my son, Ada; two nephews, Bo and Cy": these words are about the one who speaks.
    let is_behind = fit.trigger.iter().all(|&[first, _]| first > later);
    let is_parted =
        (is_behind || is_before && is_of) && gap.clone().any(|at| sentence.word(at) == ";");
    let is_listed = gap
        .clone()
        .all(|at| sentence.word(at) == "," || sentence.kind(at) == Some(EntityKind::Person));
    let are_several =
        is_before && is_of && is_listed && told(sentence, fit).any(|word| word.ends_with('s'));
    is_parted || are_several || has_kin_behind(sentence, first, later, fit)
}

/// "…, and Cy, 21, a son of Di": what Cy is stands behind, and the words that say so do not.
fn has_kin_behind(sentence: &Sentence<'_>, first: usize, later: usize, fit: &Fit) -> bool {
    // The words lead to somebody else than the later one.
    let is_told_of_another = fit
        .trigger
        .last()
        .is_some_and(|&[_, end]| end < later && sentence.kind(end) == Some(EntityKind::Person));
    let kin = (later + 1..later + 6)
        .take_while(|&at| sentence.kind(at) != Some(EntityKind::Person))
        .find(|&at| sentence.is_one_of(at, &KIN) && sentence.word(at + 1) == "of");
    let whose = kin.and_then(|kin| (kin + 2..kin + 5).find(|&at| sentence.kind(at).is_some()));
    is_told_of_another
        && sentence.word(later + 1) == ","
        && whose
            .is_some_and(|whose| whose != first && sentence.kind(whose) == Some(EntityKind::Person))
}

/// "My brother, Bo; two nephews, Cy and Di", "a son of Bo, and Di, a son of Cy": kin of somebody else, each.
fn are_kin_of_a_third(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    const THEIRS: [&str; 14] = [
        "brothers",
        "sisters",
        "nephew",
        "nephews",
        "niece",
        "nieces",
        "cousin",
        "cousins",
        "uncle",
        "aunt",
        "son-in-law",
        "daughter-in-law",
        "sons",
        "daughters",
    ];
    if lists.join(fit.source.head, fit.target.head) {
        // "Two brothers, Ada and Bo": to each other.
        return false;
    }
    [fit.source.head, fit.target.head].iter().all(|&head| {
        let first = lists.of(head).and_then(|list| list.first()).copied();
        let head = first.unwrap_or(head);
        head > 1
            && sentence.is_one_of(head - 1, &[",", "of"])
            && (sentence.is_one_of(head - 2, &KIN) || sentence.is_one_of(head - 2, &THEIRS))
    })
}

/// "Ada's grandson and Bo's cousin": each is kin of somebody else.
fn are_both_possessive(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    // "Ada Byron's husband Bo Carr's firm" tells what stands before the later name.
    let later = fit.source.head.max(fit.target.head);
    let is_before = fit.trigger.last().is_some_and(|&[_, end]| end == later);
    let are_both = [fit.source.head, fit.target.head]
        .iter()
        .all(|head| sentence.word(head + 1) == "'s");
    are_both && !is_before
}

/// "The Norden-born, Ostia-based poet": born where the word before "born" says.
pub(super) fn is_born_elsewhere(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    fit.trigger.iter().any(|&[first, end]| {
        (first.max(1)..end).any(|at| {
            let is_hyphen = sentence.word(at) == "-" && sentence.word(at + 1) == "born";
            is_hyphen && at - 1 != fit.target.head
        })
    })
}

/// "Mother of Ada Byron and president of Acme": she is not the president.
pub(super) fn is_kin_of_who_leads(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let source = fit.source.head;
    let Some(&[first, _]) = fit.trigger.first() else {
        return false;
    };
    source >= 2
        && sentence.word(source - 1) == "of"
        && sentence.kind(source - 2).is_none()
        && sentence.is_one_of(source - 2, &KIN)
        && sentence.word(source + 1) == "and"
        && (source + 2..source + 5).contains(&first)
}

#[cfg(test)]
mod tests {
    use super::super::unmeant::tests::{none, stands};
    use crate::model::RelationKind::{AssociateOf, BornIn, FamilyOf};

    #[test]
    fn kin_and_births_are_those_of_the_name_beside() {
        let kin = "It was [person Ada]'s grandson, and [person Bo]'s cousin.";
        none(kin, [0, 1], FamilyOf, "cousin");
        let third =
            "I lost my brother, [person Ada Byron]; two nephews, [person Bo Carr] and another.";
        none(third, [0, 1], FamilyOf, "nephews");
        let sons = "Xi, a son of [person Ada Byron], and Yo, a son of [person Bo Carr], left.";
        none(sons, [0, 1], FamilyOf, "son of");
        let born = "[person Ada Byron], a [place Norden]-born [place Ostia]-based poet, won.";
        none(born, [0, 2], BornIn, "-born");
        stands(born, [0, 1], BornIn, "-born");
    }

    #[test]
    fn a_word_of_one_s_own_parts_the_second_from_the_first() {
        let manager = "It was [person Ada Byron]'s partner [person Bo Carr] and his manager [person Cy Dunn].";
        none(manager, [0, 2], AssociateOf, "partner");
        stands(manager, [0, 1], AssociateOf, "partner");
        let clients =
            "[person Ada Byron] and [person Bo Carr], who served their clients well, left.";
        none(clients, [0, 1], AssociateOf, "clients");
        let partners = "[person Ada Byron] and her business partner [person Bo Carr] left.";
        stands(partners, [0, 1], AssociateOf, "partner");
    }

    #[test]
    fn sons_of_several_make_these_no_kin() {
        let sons = "The sons of [person Ada Byron], [person Bo Carr], and others left.";
        none(sons, [0, 1], FamilyOf, "sons");
        let parted = "[person Ada Byron], mother of Xi; and [person Bo Carr], a cousin of Yo.";
        none(parted, [0, 1], FamilyOf, "cousin");
        let both = "[person Ada Byron], a son of [person Bo Carr], and [person Cy Dunn], 21, son of [person Di Ely], left.";
        none(both, [1, 2], FamilyOf, "son of");
        none(both, [0, 2], FamilyOf, "son of");
        stands(both, [0, 1], FamilyOf, "son of");
        let wed = "[person Ada Byron] is engaged to [person Bo Carr], son of [person Cy Dunn].";
        stands(wed, [0, 1], FamilyOf, "engaged to");
        let own = "[person Ada Byron]’s daughter; her brother, [person Bo Carr]; and others died.";
        stands(own, [0, 1], FamilyOf, "brother");
    }
}
