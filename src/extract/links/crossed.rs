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
                || are_its_forces(sentence, fit)
        }
        RelationKind::LocatedIn => {
            is_governed_by_another(sentence, lists, fit) || is_kept_away(sentence, fit)
        }
        RelationKind::PartOf => {
            is_governed_by_another(sentence, lists, fit) || is_owned_behind(sentence, fit)
        }
        RelationKind::FamilyOf | RelationKind::AssociateOf => are_only_listed(sentence, lists, fit),
        _ => false,
    }
}

/// "Ada Byron … Acme President Bo Carr": a title right before a person is that person's.
fn is_title_of_another(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    /// What one is to somebody else who is spoken of.
    const BESIDE_ANOTHER: [&str; 3] = ["counterpart", "predecessor", "successor"];
    let [.., [first, end]] = fit.trigger.as_slice() else {
        return false;
    };
    if (*first..*end).any(|at| sentence.is_one_of(at, &BESIDE_ANOTHER)) {
        let next = *end + usize::from(sentence.word(*end) == ",");
        return !lists.join(fit.source.head, next);
    }
    let is_title = (*first..*end).any(|at| {
        [Class::LEADER, Class::TITLE]
            .into_iter()
            .any(|class| sentence.is_in(at, class))
    });
    is_title
        && sentence.kind(*end) == Some(EntityKind::Person)
        && sentence.kind(fit.source.head) == Some(EntityKind::Person)
        && !lists.join(fit.source.head, *end)
}

/// "Ada Byron … Acme in Paris": a preposition right behind a name tells of that name, and of the name
/// that it stands before; in "Acme in Paris and Globe in Rome", Acme is not in Rome.
fn is_governed_by_another(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    const PREPOSITIONS: [&str; 6] = ["in", "at", "of", "from", "near", "outside"];
    let [[first, end]] = fit.trigger.as_slice() else {
        return false;
    };
    if end - first != 1 || !sentence.is_one_of(*first, &PREPOSITIONS) {
        return false;
    }
    let is_name = |at: usize| {
        sentence
            .kind(at)
            .is_some_and(|kind| kind != EntityKind::Date)
    };
    let is_another = |at: usize| {
        // "Ada Byron met Bo Carr in Perth": both are.
        let are_persons = [at, fit.source.head]
            .iter()
            .all(|&at| sentence.kind(at) == Some(EntityKind::Person));
        is_name(at) && !are_persons && at != fit.target.head && !lists.join(fit.source.head, at)
    };
    let has_and = |mut places: std::ops::Range<usize>| places.any(|at| sentence.word(at) == "and");
    let is_behind_another = first.checked_sub(1).is_some_and(is_another)
        && (fit.source.head < *first || has_and(fit.target.end..fit.source.head));
    let is_before_another = own_preposition(sentence, fit.target.head, &PREPOSITIONS)
        .filter(|&own| own > *first + 2 && has_and(*end..own))
        .is_some_and(|own| is_another(own - 1));
    is_behind_another || is_before_another
}

/// "The 5th Brigade fought Norden's 3rd": what a possessive owns stands behind it.
fn is_owned_behind(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    fit.source.head < fit.target.head
        && !fit.trigger.is_empty()
        && fit
            .trigger
            .iter()
            .all(|&[first, end]| end == first + 1 && sentence.word(first) == "'s")
}

/// The preposition before a name, articles and adjectives between.
fn own_preposition(sentence: &Sentence<'_>, head: usize, prepositions: &[&str]) -> Option<usize> {
    let mut at = head.checked_sub(1)?;
    while at > 0 && head - at < 3 && sentence.is_modifier(at) {
        at -= 1;
    }
    sentence.is_one_of(at, prepositions).then_some(at)
}

/// "Commander of North Korean forces": of these, not of the country.
fn are_its_forces(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let is_country = matches!(
        sentence.kind(fit.target.head),
        Some(EntityKind::Group | EntityKind::Place)
    );
    let follows = fit
        .trigger
        .last()
        .is_some_and(|trigger| trigger[1] <= fit.target.head);
    is_country && follows && sentence.is_in(fit.target.end, Class::FORCES)
}

/// "Banned from the country": there is where one is not.
fn is_kept_away(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const AWAY: [&str; 14] = [
        "banned",
        "barred",
        "expelled",
        "excluded",
        "deported",
        "exiled",
        "fled",
        "escaped",
        "withdrew",
        "withdrawn",
        "evacuated",
        "removed",
        "banished",
        "ousted",
    ];
    /// These take the place itself: "fled the country".
    const LEAVING: [&str; 6] = ["fled", "flees", "fleeing", "left", "leaves", "escaped"];
    let leaves = |at: usize| {
        let own = at + 1 + usize::from(sentence.is_modifier(at + 1));
        sentence.is_one_of(at, &LEAVING) && own == fit.target.head
    };
    fit.trigger.iter().any(|&[first, end]| {
        (first.saturating_sub(1)..end).any(|at| {
            leaves(at)
                || sentence.is_one_of(at, &AWAY) && sentence.is_one_of(at + 1, &["from", "of"])
        })
    })
}

/// Both are members of one list, and no word says that these are something to each other.
fn are_only_listed(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    let first = fit.source.head.min(fit.target.head);
    // "Ada Byron and Bo Carr, her lawyer": what stands behind is of the last one.
    let is_before =
        !fit.trigger.is_empty() && fit.trigger.iter().all(|trigger| trigger[1] <= first);
    is_before
        && lists.join(fit.source.head, fit.target.head)
        && !(0..sentence.items.len()).any(|at| sentence.is_one_of(at, &OF_EACH_OTHER))
}

/// "Director of operations of Acme", "who presided over the family section of the court": of the whole
/// they are members.
pub(super) fn is_of_a_part(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    /// Bodies of a whole that head it.
    const HEADING: [&str; 17] = [
        "board",
        "directors",
        "trustees",
        "governors",
        "executive",
        "council",
        "committee",
        "management",
        "staff",
        "forces",
        "troops",
        "army",
        "men",
        "headquarters",
        "administration",
        "government",
        "leadership",
    ];
    const JOINING: [&str; 6] = ["of", "the", "for", "at", "over", "its"];
    let is_body = matches!(
        sentence.kind(fit.target.head),
        Some(EntityKind::Organization | EntityKind::Unit)
    );
    let Some(&[_, end]) = fit.trigger.last() else {
        return false;
    };
    // "… of Globe Trade (GT)": what is said of the long form is said of the short one.
    let target = fit.target.head;
    let is_short_form = target > 1
        && sentence.word(target - 1) == "("
        && sentence.word(target + 1) == ")"
        && sentence.kind(target - 2) == sentence.kind(target);
    let between = end..target - if is_short_form { 2 } else { 0 };
    if !is_body || between.len() < 3 || between.len() > 8 {
        return false;
    }
    let is_plain = |at: usize| {
        sentence.kind(at).is_none() && sentence.word(at).starts_with(char::is_alphabetic)
    };
    let mut parts = between
        .clone()
        .filter(|&at| !JOINING.contains(&sentence.word(at)));
    let begins = sentence.is_one_of(end, &["of", "for", "over"]);
    let ends = between.clone().skip(1).any(|at| sentence.word(at) == "of");
    begins
        && ends
        && between.clone().all(is_plain)
        && parts.clone().next().is_some()
        && !parts.any(|at| HEADING.contains(&sentence.word(at)))
}

/// Drops what shares its words and its target with a surer link of another source, where the two
/// sources are not named together: one is president, not both. Of a word in the plural, several are.
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
        link.kind == RelationKind::Leads
            && !link.label.ends_with("s of")
            && !link.trigger.is_empty()
    };
    let place = |mention: usize| {
        sentence
            .items
            .iter()
            .position(|item| item.mention == Some(mention))
    };
    let together = |a: usize, b: usize| match (place(a), place(b)) {
        (Some(a), Some(b)) => lists.join(a, b),
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
pub(super) mod tests {
    use super::super::super::fixture::marked;
    use super::super::{Said, add};
    use super::*;
    use crate::model::Status;

    /// What stands of relations that a network would read, each by its ends, kind, words and score.
    pub(in super::super) fn kept(
        notation: &str,
        said: &[([usize; 2], RelationKind, &str, f32)],
    ) -> Vec<[usize; 2]> {
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
    fn what_is_owned_stands_behind_its_owner() {
        let two = "The [unit 5th Brigade] fought [place Norden]'s [unit 3rd Brigade] there.";
        let said = [([0, 1], RelationKind::PartOf, "'s", 0.9)];
        assert!(kept(two, &said).is_empty());
        let said = [([2, 1], RelationKind::PartOf, "'s", 0.9)];
        assert_eq!(kept(two, &said).len(), 1);
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
    fn a_preposition_is_that_of_the_name_behind_it_too() {
        let text =
            "[organization Acme] in [place Perth] and [organization Globe] in [place Rome] left.";
        let said = [
            ([0, 1], RelationKind::LocatedIn, "in", 0.9),
            ([0, 3], RelationKind::LocatedIn, "in", 0.8),
            ([2, 1], RelationKind::LocatedIn, "in", 0.7),
        ];
        assert_eq!(kept(text, &said), [[0, 1]]);
        let nested = "[organization Acme] in [place Perth], [place Sylvania], left.";
        let said = [([0, 2], RelationKind::LocatedIn, "in", 0.9)];
        assert_eq!(kept(nested, &said), [[0, 2]]);
    }

    #[test]
    fn a_counterpart_leads_what_is_another_s() {
        let text =
            "[person Ada Byron] met her [place Sylvania] counterpart [person Bo Carr] there.";
        let said = [
            ([0, 1], RelationKind::Leads, "counterpart", 0.9),
            ([2, 1], RelationKind::Leads, "counterpart", 0.8),
        ];
        assert_eq!(kept(text, &said), [[2, 1]]);
    }

    #[test]
    fn the_head_of_a_part_is_a_member() {
        let of = |text: &str| {
            let (document, recognition) = marked(0, text);
            let start = document.text.find("director").unwrap();
            let said = [Said {
                sentence: 0,
                ends: [0, 1],
                kind: RelationKind::Leads,
                score: 0.9,
                status: Status::Asserted,
                trigger: Some([start, start + 8]),
            }];
            add(&document, &recognition, Vec::new(), &said)[0].kind
        };
        let part = "[person Ada Byron] works as a director of operations of [organization Acme].";
        assert_eq!(of(part), RelationKind::MemberOf);
        let whole = "[person Ada Byron] works as a director of [organization Acme].";
        assert_eq!(of(whole), RelationKind::Leads);
        let board = "[person Ada Byron] works as a director of the board of [organization Acme].";
        assert_eq!(of(board), RelationKind::Leads);
    }

    #[test]
    fn where_a_place_lies_is_said_plainly() {
        let text = "They study the likely impact on [place Norden] in [place Sylvania].";
        let (document, recognition) = marked(0, text);
        let start = document.text.find(" in ").unwrap() + 1;
        let said = [Said {
            sentence: 0,
            ends: [0, 1],
            kind: RelationKind::LocatedIn,
            score: 0.9,
            status: Status::Alleged,
            trigger: Some([start, start + 2]),
        }];
        let links = add(&document, &recognition, Vec::new(), &said);
        assert_eq!(links[0].status, Status::Asserted);
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
