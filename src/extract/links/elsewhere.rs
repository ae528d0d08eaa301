//! Words that tell of another's place than the network took them for: "Acme in Perth and a branch in
//! Rome", "outside the embassy in Perth", "a congress held in Perth".

use super::classes::Class;
use super::containment::{Containment, containment};
use super::lists::Lists;
use super::matcher::Fit;
use super::rules::RULES;
use super::sentence::Sentence;
use super::unmeant::{between, told};
use crate::model::EntityKind;

/// The source is not at the target, whatever else is.
pub(super) fn is_elsewhere(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    has_its_own_place(sentence, fit)
        || is_inside_out(sentence, fit)
        || is_where_it_was_held(sentence, lists, fit)
        || is_where_another_is(sentence, lists, fit)
        || is_told_of_another(sentence, fit)
        || is_only_likened(sentence, fit)
        || !is_known(sentence, fit) && (are_moved(sentence, fit) || is_in_short(sentence, fit))
}

/// "Acme in Perth and a branch in Rome", "Norden in Ostia and in Westia": a place of its own stands
/// nearer, and "and" with a preposition begins what is elsewhere.
fn has_its_own_place(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const PREPOSITIONS: [&str; 6] = ["in", "at", "of", "from", "near", "outside"];
    let (source, target) = (fit.source.head, fit.target.head);
    if source > target || sentence.kind(source) == Some(EntityKind::Person) {
        return false;
    }
    let Some(and) = between(fit).rev().find(|&at| sentence.word(at) == "and") else {
        return false;
    };
    let has_own_place = (source + 1..and).any(|at| {
        sentence.kind(at) == Some(EntityKind::Place)
            && (1..5).any(|back| {
                at.checked_sub(back)
                    .is_some_and(|before| sentence.is_one_of(before, &PREPOSITIONS))
            })
    }) || has_possessor(sentence, source);
    let begins_anew = (and + 1..target).any(|at| sentence.is_one_of(at, &PREPOSITIONS));
    let is_open =
        (and + 1..target).all(|at| sentence.kind(at).is_none() && sentence.word(at) != ",");
    // "Founded in Perth and based in Rome" goes on about the same.
    const ITSELF: [&str; 7] = [
        "is",
        "was",
        "based",
        "headquartered",
        "located",
        "now",
        "later",
    ];
    let is_itself = (and + 1..target).any(|at| sentence.is_one_of(at, &ITSELF));
    let is_second = sentence.kind(source) == Some(EntityKind::Place)
        && sentence.is_one_of(and + 1, &PREPOSITIONS);
    (has_own_place || is_second) && begins_anew && is_open && !is_itself
}

/// "Sylvania's Norden, Ostia and Westia districts": a list behind a possessive has its place.
fn has_possessor(sentence: &Sentence<'_>, source: usize) -> bool {
    (source.saturating_sub(8)..source).rev().any(|at| {
        sentence.word(at) == "'s"
            && at > 0
            && sentence.kind(at - 1) == Some(EntityKind::Place)
            && (at + 1..source)
                .all(|i| sentence.kind(i) == Some(EntityKind::Place) || sentence.word(i) == ",")
    })
}

/// "Perth in Perth General Hospital": a town lies in no building.
fn is_inside_out(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let text = |head: usize| {
        let item = sentence.items.get(head)?;
        sentence.text.get(item.start..item.end)
    };
    let is_building =
        |head: usize| text(head).is_some_and(|text| RULES.has_word_of(Class::FACILITY, text));
    let (source, target) = (fit.source.head, fit.target.head);
    sentence.kind(source) == Some(EntityKind::Place) && is_building(target) && !is_building(source)
}

/// "At a congress held in Perth, Ada Byron won", "from their house in Perth", "the member from Perth
/// constituency": others are there, or nobody.
fn is_where_it_was_held(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    let (source, target) = (fit.source.head, fit.target.head);
    if sentence.kind(source) != Some(EntityKind::Person) {
        return false;
    }
    let is_held = target < source
        && (2..4).any(|back| {
            target
                .checked_sub(back)
                .is_some_and(|at| sentence.is_one_of(at, &["held", "hosted", "organized"]))
        })
        && !sentence.is_in(source + 1, Class::SAYS)
        && sentence.word(source + 1) != "spoke";
    // What one takes part in is no place, whatever it is marked as.
    let takes_part = told(sentence, fit).any(|word| word.starts_with("participat"));
    let is_seat = sentence.is_one_of(target + 1, &["constituency", "seat", "ticket"]);
    let is_theirs = lists.of(source).is_none()
        && fit.trigger.iter().any(|&[first, end]| {
            (first.saturating_sub(1)..end).any(|at| {
                sentence.word(at) == "their" && sentence.is_one_of(at + 1, &["house", "home"])
            })
        });
    is_held || is_seat || is_theirs || takes_part
}

/// "Acme hailed the Perth-based Globe Hospital", "they met outside the embassy in Perth": the words that
/// say where are about what stands beside them.
fn is_where_another_is(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    const PREPOSITIONS: [&str; 3] = ["in", "at", "near"];
    let (source, target) = (fit.source.head, fit.target.head);
    let is_name = |at: usize| {
        sentence
            .kind(at)
            .is_some_and(|kind| !matches!(kind, EntityKind::Date | EntityKind::Group))
    };
    let Some(&[first, end]) = fit.trigger.last() else {
        return false;
    };
    let is_based = end > 0 && sentence.is_one_of(end - 1, &["based", "headquartered"]);
    if is_based && sentence.word(target + 1) == "-" && source < target {
        return (end..end + 3).find(|&at| is_name(at)).is_some_and(|next| {
            let is_of = sentence.is_one_of(next - 1, &["of", "for", "at", "with", "by"]);
            !lists.join(source, next) && !is_of
        });
    }
    if end != first + 1 || !sentence.is_one_of(first, &PREPOSITIONS) {
        return false;
    }
    let is_branch = first > 1
        && sentence.word(source + 1) == "'s"
        && sentence.is_one_of(first - 1, &["branch", "chapter", "affiliate", "subsidiary"]);
    let is_headline = first > 0 && sentence.word(first - 1) == "headlines";
    let is_outside = sentence.kind(source) == Some(EntityKind::Organization)
        && first > 2
        && sentence.word(first - 2) == "the"
        && sentence.is_one_of(first - 3, &["outside", "at", "inside", "near"])
        && sentence.kind(first - 1).is_none();
    is_branch || is_headline || is_outside
}

/// "They met the envoy accredited in Perth": the envoy is there.
fn is_told_of_another(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const POSTED: [&str; 6] = [
        "accredited",
        "stationed",
        "posted",
        "resident",
        "residing",
        "based",
    ];
    const GOVERNING: [&str; 6] = ["with", "by", "to", "of", "from", "for"];
    let [[first, end]] = fit.trigger.as_slice() else {
        return false;
    };
    if end - first != 1 || !sentence.is_one_of(*first, &["in", "at", "near"]) {
        return false;
    }
    let posted = first
        .checked_sub(1)
        .filter(|&at| sentence.is_one_of(at, &POSTED) && at > fit.source.end + 2);
    // Back over the noun and what is said of it to what governs it.
    posted.is_some_and(|posted| {
        let mut at = posted - 1;
        while at > fit.source.end
            && posted - at < 5
            && (sentence.is_modifier(at) || sentence.kind(at).is_some() || at + 1 == posted)
        {
            at -= 1;
        }
        sentence.is_one_of(at, &GOVERNING)
    })
}

/// "Residents of Norden were taken to shelters in Ostia": they were, and Norden is where it is.
fn are_moved(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const MOVED: [&str; 10] = [
        "transferred",
        "moved",
        "evacuated",
        "taken",
        "relocated",
        "displaced",
        "deported",
        "resettled",
        "flown",
        "bused",
    ];
    const PEOPLE: [&str; 8] = [
        "residents",
        "people",
        "inhabitants",
        "villagers",
        "families",
        "refugees",
        "prisoners",
        "patients",
    ];
    let source = fit.source.head;
    let are_theirs = (source.saturating_sub(8)..source).any(|at| sentence.is_one_of(at, &PEOPLE));
    source < fit.target.head
        && are_theirs
        && sentence.kind(source) == Some(EntityKind::Place)
        && between(fit).any(|at| sentence.is_one_of(at, &MOVED))
}

/// The gazetteer says that the one lies in the other.
fn is_known(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let text = |head: usize| {
        let item = sentence.items.get(head)?;
        sentence.text.get(item.start..item.end)
    };
    match (text(fit.source.head), text(fit.target.head)) {
        (Some(inner), Some(outer)) => containment(inner, outer) == Containment::Known,
        _ => false,
    }
}

/// "A South Norden army-type force": like one there.
fn is_only_likened(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let target = fit.target.head;
    (target + 1..target + 3).any(|at| {
        let word = sentence.word(at);
        ["-type", "-style"]
            .iter()
            .any(|ending| word.ends_with(ending))
    })
}

/// "The Trade Zone at Perth (Tradep)": in brackets stands the whole in short.
fn is_in_short(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let (source, target) = (fit.source.head, fit.target.head);
    let is_in_brackets = target == source + 2
        && sentence.word(source + 1) == "("
        && sentence.word(target + 1) == ")";
    let is_part = source > 1 && sentence.is_one_of(source - 1, &["at", "in", "of", "for"]);
    let is_capital = |at: usize| {
        let begin = sentence.items.get(at).map(|item| item.start);
        let first = begin.and_then(|begin| sentence.text[begin..].chars().next());
        first.is_some_and(char::is_uppercase)
    };
    let is_person = source > 1 && sentence.kind(source - 2) == Some(EntityKind::Person);
    is_in_brackets && is_part && is_capital(source - 2) && !is_person
}

#[cfg(test)]
mod tests {
    use super::super::unmeant::tests::{none, stands};
    use crate::model::RelationKind::LocatedIn;

    #[test]
    fn what_has_its_own_place_is_not_elsewhere() {
        let two = "They built [organization Acme] in [place Perth] and mills in [place Rome].";
        none(two, [0, 2], LocatedIn, "in");
        stands(two, [0, 1], LocatedIn, "in");
        let list = "It was felt in [place Sylvania]'s [place Norden] and [place Ostia] districts and in [place Westia].";
        none(list, [1, 3], LocatedIn, "in");
        let both = "[organization Acme] in [place Perth] and [place Rome] grew.";
        stands(both, [0, 2], LocatedIn, "in");
    }

    #[test]
    fn who_is_told_of_later_was_not_at_the_place() {
        let held = "At a congress held in [place Perth] chiefs voted against [person Ada Byron].";
        none(held, [1, 0], LocatedIn, "in");
        let theirs = "[person Ada Byron] is the child of two who were taken from their house in [place Perth].";
        none(theirs, [0, 1], LocatedIn, "house in");
        let seat = "They named [person Ada Byron] from [place Perth] constituency.";
        none(seat, [0, 1], LocatedIn, "from");
        none(
            "Then [person Ada Byron] fled [place Perth].",
            [0, 1],
            LocatedIn,
            "fled",
        );
        stands(
            "Then [person Ada Byron] hid in [place Perth].",
            [0, 1],
            LocatedIn,
            "hid in",
        );
    }

    #[test]
    fn where_is_told_of_the_name_beside() {
        let based = "[organization Acme] hailed the [place Perth]-based [organization Globe] then.";
        none(based, [0, 1], LocatedIn, "based");
        stands(based, [2, 1], LocatedIn, "based");
        let branch = "They praised [organization Acme]'s branch in [place Perth] again.";
        none(branch, [0, 1], LocatedIn, "in ");
        let crowd = "[organization Acme] fell when a crowd stood outside the embassy in [place Perth] again.";
        none(crowd, [0, 1], LocatedIn, "in");
        let news = "[organization Acme] made headlines in [place Perth] again.";
        none(news, [0, 1], LocatedIn, "in ");
    }

    #[test]
    fn a_town_lies_in_no_building() {
        let ward = "She died in the city of [place Perth] at [place Ely Hospital] then.";
        none(ward, [0, 1], LocatedIn, "at");
        stands(ward, [1, 0], LocatedIn, "of");
    }

    #[test]
    fn who_meets_an_envoy_is_not_where_that_one_is() {
        let envoy = "[person Ada Byron], met with the [group=Ostia Ostian] envoy accredited in [place Perth].";
        none(envoy, [0, 2], LocatedIn, "in");
        let own = "[person Ada Byron], an envoy accredited in [place Perth], spoke.";
        stands(own, [0, 1], LocatedIn, "in");
    }

    #[test]
    fn who_is_moved_leaves_the_village_where_it_is() {
        let moved = "Residents of [place Norden] were transferred to shelters in [place Perth].";
        none(moved, [0, 1], LocatedIn, "in");
        let works = "The [place Norden] works, which were moved to a site in [place Perth], grew.";
        stands(works, [0, 1], LocatedIn, "in");
    }

    #[test]
    fn likeness_and_short_forms_are_no_places() {
        let like = "[organization Acme] serves as a [place South Norden] army-type force.";
        none(like, [0, 1], LocatedIn, "army-");
        let short = "The Trade Zone at [place Perth] ([place Tradep]) grew.";
        none(short, [0, 1], LocatedIn, "at");
        let statue = "They set it for [person Ada Byron] in [place Perth] ([place Sylvania]) then.";
        stands(statue, [1, 2], LocatedIn, "in");
        let named = "The [place Trade Zone] at [place Perth] ([place Tradep]) grew.";
        none(named, [1, 2], LocatedIn, "at");
        let school = "The University of [place Enschede] ([place Netherlands]) grew.";
        stands(school, [0, 1], LocatedIn, "of");
        let town = "They met in [place Perth] ([place Sylvania]) then.";
        stands(town, [0, 1], LocatedIn, "in");
    }
}
