//! What a sentence takes for known, whatever else it claims, doubts or plans.

use super::classes::Class;
use super::matcher::Fit;
use super::sentence::Sentence;
use crate::model::{EntityKind, RelationKind, Status};

/// The war is what the sentence takes for known, whatever it tells of it.
pub(super) fn is_war(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const WARS: [&str; 4] = ["war", "invasion", "conflict", "aggression"];
    fit.trigger
        .iter()
        .any(|&[first, end]| (first.saturating_sub(1)..end).any(|at| sentence.is_one_of(at, &WARS)))
}

/// "Allegations around its leader Ada Byron": what a title or a kinship before a name tells is taken for
/// known, whatever the sentence doubts, unless the doubt stands right before it.
pub(super) fn is_taken_for_known(sentence: &Sentence<'_>, fit: &Fit, kind: RelationKind) -> bool {
    let later = fit.source.head.max(fit.target.head);
    let doubts = [
        Class::DOUBT,
        Class::CLAIMS,
        Class::HYPOTHETICAL,
        Class::DENIES,
    ];
    let is_state = matches!(
        kind,
        RelationKind::Leads | RelationKind::FamilyOf | RelationKind::AssociateOf
    );
    let [[first, end]] = fit.trigger.as_slice() else {
        return false;
    };
    let is_before_name = *end == later && sentence.kind(later) == Some(EntityKind::Person);
    let is_doubted = (first.saturating_sub(2)..*end).any(|at| {
        doubts.iter().any(|&class| sentence.is_in(at, class))
            || sentence.is_one_of(
                at,
                &["self-proclaimed", "so-called", "self-styled", "not", "no"],
            )
    });
    is_state && is_before_name && !is_doubted
}

/// The status of what is taken for known: doubts elsewhere in the sentence are about something else.
pub(super) fn known(status: Status) -> Status {
    match status {
        Status::Alleged => Status::Asserted,
        other => other,
    }
}

/// "Convicted of the assassination of Ada Byron at Perth": that she died there is taken for known.
pub(super) fn is_known_death(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const DEATHS: [&str; 6] = [
        "assassination",
        "murder",
        "killing",
        "death",
        "execution",
        "lynching",
    ];
    // Titles stand before the name.
    let of = (fit.source.head.saturating_sub(6)..fit.source.head)
        .rev()
        .find(|&at| sentence.word(at) == "of");
    of.is_some_and(|of| {
        // "The attempted assassination of", "plotted the murder of".
        let is_planned =
            (of.saturating_sub(6)..of).any(|at| sentence.is_in(at, Class::HYPOTHETICAL));
        of > 0 && sentence.is_one_of(of - 1, &DEATHS) && !is_planned
    })
}
