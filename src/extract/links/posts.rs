//! Posts that the network gives to the wrong one of two names: "stood up to Ada Byron as Norden's
//! minister", "Norden's premier and her Ostian counterpart, Bo Carr".
//!
//! As in `crossed`, what is dropped is what the row of words shows; whatever it leaves open stands.

use super::lists::Lists;
use super::matcher::Fit;
use super::sentence::Sentence;
use crate::model::EntityKind;

/// The words that name a post do not give it to the source at the target.
pub(super) fn is_another_s_post(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    is_in_the_post_of_another(sentence, fit)
        || is_of_what_follows(sentence, lists, fit)
        || is_title_of_elsewhere(sentence, fit)
        || has_nearer_holder(sentence, fit)
        || is_of_another_body(sentence, fit)
        || is_only_on_behalf(sentence, fit)
        || is_across_a_comma(sentence, fit)
}

/// "He stood up to Ada Byron as Norden's minister": he was the minister.
fn is_in_the_post_of_another(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    /// "Stood up to", "dealt with": what one does with somebody else.
    const DEALING: [&str; 9] = [
        "up",
        "dealt",
        "deals",
        "met",
        "meets",
        "negotiated",
        "spoke",
        "speaks",
        "talked",
    ];
    let head = fit.source.head;
    head > 0
        && sentence.kind(head) == Some(EntityKind::Person)
        && sentence.word(head + 1) == "as"
        && fit.trigger.iter().all(|&[first, _]| first > head)
        && sentence.is_one_of(head - 1, &["to", "with"])
        && head > 1
        && sentence.is_one_of(head - 2, &DEALING)
}

/// "Ada Byron resigned, and Bo Carr was elected president": it is he.
fn has_nearer_holder(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const BEING: [&str; 7] = ["was", "is", "became", "becomes", "has", "had", "will"];
    let source = fit.source.head;
    let Some(&[first, _]) = fit.trigger.first() else {
        return false;
    };
    (source + 1..first).any(|at| {
        sentence.kind(at) == Some(EntityKind::Person)
            && sentence.is_one_of(at - 1, &["and", "but"])
            && sentence.is_one_of(at - 2, &[",", ";"])
            && sentence.is_one_of(at + 1, &BEING)
    })
}

/// "Dealing with Ada Byron on behalf of Norden": she speaks for it.
fn is_only_on_behalf(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let source = fit.source.head;
    source > 0
        && sentence.is_one_of(source - 1, &["with", "to"])
        && fit
            .trigger
            .iter()
            .any(|&[first, end]| (first..end).any(|at| sentence.word(at) == "behalf"))
}

/// "The Nordian general Ada Byron, commander of the 5th Brigade": of the brigade, not of Norden.
fn is_of_what_follows(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    let Some(&[_, end]) = fit.trigger.last() else {
        return false;
    };
    if fit.target.head >= end || end == 0 || sentence.word(end - 1) != "of" {
        return false;
    }
    let next = end + usize::from(sentence.is_one_of(end, &["the", "a", "an", "its", "their"]));
    sentence.kind(next).is_some_and(|kind| {
        matches!(
            kind,
            EntityKind::Organization | EntityKind::Unit | EntityKind::Place | EntityKind::Group
        )
    }) && !lists.join(next, fit.target.head)
}

/// "President-elect Ada Byron, whose plans could help Norden": a title before the name is of what stands
/// before it, or of what "of" ties to the name.
fn is_title_of_elsewhere(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    /// Words between the name and what it heads: "Chief Ada Byron of the Acme works".
    const FARTHEST: usize = 3;
    let (source, target) = (fit.source.head, fit.target.head);
    let Some(&[_, end]) = fit.trigger.last() else {
        return false;
    };
    end == source && target > source + FARTHEST && sentence.word(source + 1) != "of"
}

/// "Norden's premier and her Ostian counterpart, Bo Carr": of Ostia.
fn is_of_another_body(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let counterpart = fit
        .trigger
        .iter()
        .flat_map(|&[first, end]| first..end)
        .find(|&at| sentence.is_one_of(at, &["counterpart", "counterparts"]));
    // "His predecessor Ada Byron, who named three of Acme": of what he leads.
    let is_of_predecessor = fit.source.head < fit.target.head
        && fit.trigger.iter().any(|&[first, end]| {
            end <= fit.source.head
                && (first..end).any(|at| sentence.is_one_of(at, &["predecessor", "successor"]))
        });
    let Some(counterpart) = counterpart else {
        return is_of_predecessor;
    };
    let nearest = (0..counterpart).rev().find(|&at| {
        let kind = sentence.kind(at);
        kind.is_some_and(|kind| kind != EntityKind::Date)
    });
    fit.target.head < counterpart && nearest != Some(fit.target.head)
}

/// "Turning to Acme, activist Ada Byron said": what one may be of no body's is not that body's.
fn is_across_a_comma(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    /// What one can be all alone. Presidents and secretaries are of what was named before.
    const FREE: [&str; 11] = [
        "activist",
        "candidate",
        "analyst",
        "scholar",
        "economist",
        "lawyer",
        "writer",
        "journalist",
        "historian",
        "expert",
        "artist",
    ];
    let (source, target) = (fit.source.head, fit.target.head);
    let [[first, end]] = fit.trigger.as_slice() else {
        return false;
    };
    let is_before_name = *end <= source && source - end < 2 && target < *first;
    let has_comma = (target + 1..*first).any(|at| sentence.word(at) == ",");
    // "At Acme, economist Ada Byron said" is at Acme.
    let is_there = (1..4).any(|back| {
        target
            .checked_sub(back)
            .is_some_and(|at| sentence.is_one_of(at, &["at", "in", "from", "for", "of"]))
    });
    is_before_name && has_comma && !is_there && sentence.is_one_of(end - 1, &FREE)
}

#[cfg(test)]
mod tests {
    use super::super::unmeant::tests::{none, stands};
    use crate::model::RelationKind::{Leads, MemberOf};

    #[test]
    fn who_is_dealt_with_does_not_hold_the_post() {
        let other = "He stood up to [person Ada Byron] as [place Norden]'s minister.";
        none(other, [0, 1], Leads, "minister");
        let chosen = "The post went to [person Ada Byron] as [place Norden]'s minister.";
        stands(chosen, [0, 1], Leads, "minister");
        let named = "They referred to [person Ada Byron] as [place Norden]'s minister.";
        stands(named, [0, 1], Leads, "minister");
    }

    #[test]
    fn the_nearer_one_holds_the_post() {
        let elected = "[person Ada Byron] resigned, and [person Bo Carr] was elected President of [place Norden].";
        none(elected, [0, 2], Leads, "President of");
        stands(elected, [1, 2], Leads, "President of");
        let before = "His predecessor [person Ada Byron] named three of [organization Acme].";
        none(before, [0, 1], Leads, "predecessor");
        let own = "[person Ada Byron], speaking on behalf of [organization Acme], left.";
        stands(own, [0, 1], MemberOf, "behalf of");
        let meanwhile = "[person Ada Byron], while [person Bo Carr] was ill, became leader of [organization Acme].";
        stands(meanwhile, [0, 2], Leads, "leader of");
        let behalf = "They dealt with [person Ada Byron] on behalf of [place Norden].";
        none(behalf, [0, 1], Leads, "behalf of");
    }

    #[test]
    fn a_post_is_of_the_name_that_its_words_lead_to() {
        let general = "The [group=Norden Nordian] general [person Ada Byron], commander of the [unit 5th Brigade], died.";
        none(general, [1, 0], Leads, "commander of");
        stands(general, [1, 2], Leads, "commander of");
        let plans =
            "They wait for President [person Ada Byron], whose plans could help [place Norden].";
        none(plans, [0, 1], Leads, "President");
        let own = "They wait for President [person Ada Byron] of [place Norden].";
        stands(own, [0, 1], Leads, "President");
    }

    #[test]
    fn a_counterpart_is_of_the_body_beside() {
        let two = "[place Norden] premier [person Ada Byron] and her [group=Ostia Ostian] counterpart, [person Bo Carr], met.";
        none(two, [3, 0], Leads, "counterpart");
        stands(two, [3, 2], Leads, "counterpart");
    }

    #[test]
    fn a_comma_parts_a_post_from_a_body() {
        let account = "Turning to his [organization Acme] page, activist [person Ada Byron] spoke.";
        none(account, [1, 0], MemberOf, "activist");
        let there = "At [organization Acme], economist [person Ada Byron] spoke.";
        stands(there, [1, 0], MemberOf, "economist");
        let president = "In a bad week for [organization Acme], president [person Ada Byron] left.";
        stands(president, [1, 0], Leads, "president");
    }
}
