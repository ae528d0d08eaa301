//! Ends that cannot be what the network joins: names that are cut off, who is only named as the source,
//! what stands in the brackets of another name.
//!
//! As in `crossed`, what is dropped is what the row of words shows; whatever it leaves open stands.

use super::classes::Class;
use super::lists::Lists;
use super::matcher::Fit;
use super::sentence::Sentence;
use crate::model::{EntityKind, RelationKind};

/// One of the ends is no whole name, or the words that say so are not about it.
pub(super) fn is_unfit(
    sentence: &Sentence<'_>,
    lists: &Lists,
    fit: &Fit,
    kind: RelationKind,
) -> bool {
    let ends = [fit.source.head, fit.target.head];
    ends.iter().any(|&head| is_no_name(sentence, head))
        || is_excepted(sentence, fit)
        || is_in_the_brackets_of_another(sentence, lists, fit, kind)
        || kind != RelationKind::Accuses
            && (is_only_the_source(sentence, ends, fit) || is_the_speaker(sentence, fit))
}

/// What is marked as a name there is none, or is no party to what the sentence tells.
pub(super) fn is_no_name(sentence: &Sentence<'_>, head: usize) -> bool {
    is_cut(sentence, head)
        || is_indefinite(sentence, head)
        || is_dateline(sentence, head)
        || is_masthead(sentence, head)
        || is_thing(sentence, head)
        || is_product(sentence, head)
}

/// "All of them except Acme": of that one the contrary is told.
fn is_excepted(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    [fit.source.head, fit.target.head].into_iter().any(|head| {
        let is_told_before = fit.trigger.iter().all(|&[_, end]| end <= head);
        is_told_before && head > 0 && sentence.is_one_of(head - 1, &["except", "excluding"])
    })
}

/// "GLOBE TODAY (Acme) Ada Byron closed her shop": who printed it, and from whom.
fn is_masthead(sentence: &Sentence<'_>, head: usize) -> bool {
    let is_body = |at: usize| sentence.kind(at) == Some(EntityKind::Organization);
    (head == 0 || head == 2)
        && is_body(0)
        && is_body(2)
        && sentence.word(1) == "("
        && sentence.word(3) == ")"
        && sentence.kind(4) == Some(EntityKind::Person)
}

/// "Ada, Acme's own streaming app, fell": no person.
fn is_product(sentence: &Sentence<'_>, head: usize) -> bool {
    const PRODUCTS: [&str; 14] = [
        "app",
        "apps",
        "platform",
        "website",
        "brand",
        "newspaper",
        "magazine",
        "film",
        "movie",
        "song",
        "album",
        "software",
        "vaccine",
        "yacht",
    ];
    /// Words of an apposition of this sort.
    const LONGEST: usize = 9;
    if sentence.kind(head) != Some(EntityKind::Person) || sentence.word(head + 1) != "," {
        return false;
    }
    let inside = head + 2..(head + 2 + LONGEST).min(sentence.items.len());
    let Some(close) = inside.clone().find(|&at| sentence.word(at) == ",") else {
        return false;
    };
    // An article, or whose it is; a clause ("recording his album") begins otherwise.
    let begins = sentence.is_one_of(inside.start, &["a", "an", "the"])
        || sentence.word(inside.start + 1) == "'s" && sentence.kind(inside.start).is_some();
    let is_simple = begins
        && (inside.start..close).all(|at| {
            !sentence.is_in(at, Class::TITLE)
                && !sentence.is_in(at, Class::LEADER)
                && !sentence.is_one_of(
                    at,
                    &[
                        "of", "for", "at", "in", "from", "behind", "on", "who", "and", "with", "to",
                    ],
                )
        });
    is_simple && sentence.is_one_of(close - 1, &PRODUCTS)
}

/// "Tropical storm Ada" and "the yacht Ada Byron" are no persons.
fn is_thing(sentence: &Sentence<'_>, head: usize) -> bool {
    const THINGS: [&str; 16] = [
        "storm",
        "hurricane",
        "typhoon",
        "cyclone",
        "ship",
        "vessel",
        "boat",
        "yacht",
        "ferry",
        "tanker",
        "frigate",
        "submarine",
        "dog",
        "horse",
        "racehorse",
        "asteroid",
    ];
    head > 0
        && sentence.kind(head) == Some(EntityKind::Person)
        && sentence.is_one_of(head - 1, &THINGS)
}

/// The name is a part of a longer one: "Cheng Nick-sum" with "Cheng Nick" alone marked, "Spa & Nature
/// Park", "St Paul's, a school".
fn is_cut(sentence: &Sentence<'_>, head: usize) -> bool {
    let touches = |at: usize| match (sentence.items.get(at), sentence.items.get(at + 1)) {
        (Some(left), Some(right)) => left.end == right.start,
        _ => false,
    };
    let is_name = |at: usize| sentence.kind(at).is_some();
    let word = sentence.word(head + 2);
    let is_participle = [
        "ed", "ing", "led", "run", "born", "era", "style", "like", "held",
    ]
    .iter()
    .any(|ending| word.ends_with(ending));
    let goes_on = sentence.word(head + 1) == "-"
        && touches(head)
        && touches(head + 1)
        && !is_name(head + 2)
        && !is_participle;
    // "Spa & Nature Park" is one name, in whatever parts it was found; "Acme & Globe" may be two.
    let is_last_of_two = head > 1
        && sentence.word(head - 1) == "&"
        && (!is_name(head - 2) || sentence.kind(head) == Some(EntityKind::Place));
    let is_ellipsis = sentence.word(head + 1) == "'s"
        && matches!(
            sentence.word(head + 2),
            "" | "," | "." | ";" | ":" | ")" | "and" | "or"
        )
        && !is_name(head + 2);
    // "Chief Pol Lt-Gen Ada Byron": a title takes no name before it.
    let is_single = sentence
        .items
        .get(head)
        .is_some_and(|item| !sentence.text[item.start..item.end].contains(' '));
    let is_title = is_single
        && sentence.is_in(head + 1, Class::RANK)
        && (is_name(head + 2) || is_name(head + 3));
    // "Norden -Ostia": half of a name that was broken.
    let written = sentence.items.get(head);
    let is_broken = written.is_some_and(|item| {
        let name = &sentence.text[item.start..item.end];
        name.contains(" -")
    });
    match sentence.kind(head) {
        Some(EntityKind::Person) => goes_on || is_title || is_broken,
        Some(EntityKind::Organization | EntityKind::Place) => {
            is_last_of_two || is_ellipsis || is_broken
        }
        _ => false,
    }
}

/// "A Research Institute in Perth" names none.
fn is_indefinite(sentence: &Sentence<'_>, head: usize) -> bool {
    const AFTER: [&str; 17] = [
        "of", "in", "at", "on", "for", "with", "from", "that", "which", "who", "where", "and",
        "or", ",", ".", ";", ")",
    ];
    let is_body = matches!(
        sentence.kind(head),
        Some(EntityKind::Organization | EntityKind::Place)
    );
    is_body
        && head > 0
        && sentence.is_one_of(head - 1, &["a", "an"])
        && sentence.is_one_of(head + 1, &AFTER)
}

/// "PERTH - President Ada Byron left": where it was written.
fn is_dateline(sentence: &Sentence<'_>, head: usize) -> bool {
    const DASHES: [&str; 3] = ["-", "\u{2013}", "\u{2014}"];
    const FARTHEST: usize = 4;
    /// Words that follow; fewer make a heading.
    const SHORTEST: usize = 6;
    let is_place = sentence.kind(head) == Some(EntityKind::Place);
    let is_first = head <= FARTHEST
        && (0..head).all(|at| sentence.kind(at).is_some() || sentence.word(at) == ",");
    if !is_place || !is_first {
        return false;
    }
    let mut dashes = (head + 1..sentence.items.len()).filter(|&at| sentence.is_one_of(at, &DASHES));
    let Some(dash) = dashes.next() else {
        return false;
    };
    // A second dash would close an apposition.
    let is_only_one = dashes.next().is_none();
    let opens = sentence.items.get(dash + 1).is_some_and(|item| {
        let begins = sentence.text[item.start..].chars().next();
        begins.is_some_and(char::is_uppercase)
    });
    let goes_on = sentence.items.len() > dash + SHORTEST;
    // "Norden-Ostia talks" are two names.
    let is_apart = sentence.kind(dash + 1).is_none()
        || sentence.items[dash - 1].end < sentence.items[dash].start;
    let is_near = (head + 1..dash)
        .all(|at| sentence.kind(at).is_some() || sentence.is_one_of(at, &[",", "(", ")"]));
    is_only_one && is_apart && opens && goes_on && is_near
}

/// "Globe (Acme)", "Ada Byron (founder, Acme)": what stands in brackets is about the name before them.
fn is_in_the_brackets_of_another(
    sentence: &Sentence<'_>,
    lists: &Lists,
    fit: &Fit,
    kind: RelationKind,
) -> bool {
    let ends = [fit.source.head, fit.target.head];
    let places = [(ends[0], ends[1], false), (ends[1], ends[0], true)];
    let is_misread = places.into_iter().any(|(inner, other, is_target)| {
        let is_alone =
            inner > 0 && sentence.word(inner - 1) == "(" && sentence.word(inner + 1) == ")";
        let before = inner.wrapping_sub(2);
        let owner = before.wrapping_sub(usize::from(sentence.word(before) == "'s"));
        if !is_alone {
            return false;
        }
        if sentence.kind(owner).is_none() {
            // "News (Acme)" begins what comes after; "the alliance (GT)" is a name of its own.
            return other > inner && inner < 3;
        }
        if is_other_name(sentence, owner, inner) {
            return owner == other;
        }
        if owner == other {
            // A place or a party; anything else is the same by another name.
            let tells = matches!(
                kind,
                RelationKind::LocatedIn
                    | RelationKind::MemberOf
                    | RelationKind::Leads
                    | RelationKind::PartOf
            );
            return !(tells && is_target) && kind != RelationKind::BornIn;
        }
        true
    });
    is_misread || is_told_in_brackets(sentence, lists, fit)
}

/// The words that say so are in brackets, and an end is neither in them nor right before them.
fn is_told_in_brackets(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    let Some(&[first, end]) = fit.trigger.first() else {
        return false;
    };
    if end == first + 1 && sentence.word(first) == "'s" {
        return false;
    }
    let open = (0..first)
        .rev()
        .find(|&at| sentence.is_one_of(at, &["(", ")"]))
        .filter(|&at| sentence.word(at) == "(");
    let Some(open) = open else {
        return false;
    };
    let close = (first..sentence.items.len())
        .find(|&at| sentence.word(at) == ")")
        .unwrap_or(sentence.items.len());
    let owner = (0..open).rev().find(|&at| {
        let kind = sentence.kind(at);
        kind.is_some() && !matches!(kind, Some(EntityKind::Date | EntityKind::Group))
    });
    [fit.source.head, fit.target.head].into_iter().any(|head| {
        let is_inside = (open..close).contains(&head);
        let is_owner = owner.is_some_and(|owner| lists.join(owner, head));
        !is_inside && !is_owner
    })
}

/// The name in brackets is that before them in short or in another language: "Globe Trade (GTO)".
fn is_other_name(sentence: &Sentence<'_>, owner: usize, inner: usize) -> bool {
    [owner, inner].iter().all(|&at| {
        matches!(
            sentence.kind(at),
            Some(EntityKind::Organization | EntityKind::Unit)
        )
    })
}

/// "Ada Byron said: "Bo Carr lives in Perth"": what she says is not about her unless she says "I".
fn is_the_speaker(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const QUOTES: [&str; 4] = ["\"", "\u{201c}", "\u{2018}", "'"];
    const OWN: [&str; 8] = ["i", "we", "my", "our", "me", "us", "i'm", "i've"];
    let (source, target) = (fit.source.head, fit.target.head);
    let Some(&[first, end]) = fit.trigger.first() else {
        return false;
    };
    if !sentence.is_in(source + 1, Class::SAYS) {
        return false;
    }
    let quote = (source + 2..source + 5).find(|&at| sentence.is_one_of(at, &QUOTES));
    quote.is_some_and(|quote| {
        let told = quote..target.max(end);
        quote < first && quote < target && !told.into_iter().any(|at| sentence.is_one_of(at, &OWN))
    })
}

/// "Bo Carr was shot, according to Ada Byron and Acme": they only say so.
fn is_only_the_source(sentence: &Sentence<'_>, ends: [usize; 2], fit: &Fit) -> bool {
    let begin = ends[0].max(ends[1]);
    let passes = |at: usize| {
        sentence.kind(at).is_some()
            || sentence.is_modifier(at)
            || sentence.is_one_of(at, &[",", "and", "or", "'s", "both"])
            || sentence.is_in(at, Class::TITLE)
    };
    const FARTHEST: usize = 14;
    let told = (begin.saturating_sub(FARTHEST)..begin)
        .rev()
        .take_while(|&at| passes(at) || sentence.is_one_of(at, &["to", "according"]))
        .find(|&at| sentence.word(at) == "according" && sentence.word(at + 1) == "to");
    let Some(told) = told else {
        return false;
    };
    let is_before = |at: usize| at < told;
    is_before(ends[0].min(ends[1])) || fit.trigger.first().is_some_and(|t| is_before(t[0]))
}

#[cfg(test)]
mod tests {
    use super::super::unmeant::tests::{none, stands};
    use super::*;
    use RelationKind::{FamilyOf, Leads, LocatedIn, MemberOf, PartOf, Supplies};

    #[test]
    fn a_cut_name_is_no_end() {
        let names = "[person Cheng Nick]-sum of [organization Acme] won.";
        none(names, [0, 1], MemberOf, "of");
        stands(
            "[person Cheng Nick] of [organization Acme] won.",
            [0, 1],
            MemberOf,
            "of",
        );
        let backed = "[person Ada Byron]-led [organization Acme] won.";
        stands(backed, [0, 1], Leads, "led");
        let two = "The Spa & [place Nature Park] of [organization Acme] won.";
        none(two, [0, 1], PartOf, "of");
        let parts = "The [place Globe Spa] & [place Nature Park] of [organization Acme] won.";
        none(parts, [1, 2], PartOf, "of");
        let broken = "[person Ada Byron] at [place Norden -Ostia] won.";
        none(broken, [0, 1], LocatedIn, "at");
        let school = "[person Ada Byron] from [place St Paul]'s, spoke.";
        none(school, [0, 1], LocatedIn, "from");
        let own = "[person Ada Byron] from [place Perth]'s north spoke.";
        stands(own, [0, 1], LocatedIn, "from");
    }

    #[test]
    fn an_indefinite_article_names_nothing() {
        let some = "It is a [organization Research Institute] in [place Perth].";
        none(some, [0, 1], LocatedIn, "in");
        let one = "It is the [organization Research Institute] in [place Perth].";
        stands(one, [0, 1], LocatedIn, "in");
    }

    #[test]
    fn storms_and_ships_with_names_are_no_persons() {
        let storm = "Tropical storm [person Ada] made landfall in [place Perth].";
        none(storm, [0, 1], LocatedIn, "landfall in");
    }

    #[test]
    fn products_mastheads_and_exceptions_are_no_ends() {
        let app = "[person Ada], [organization Acme]'s own streaming app, fell behind.";
        none(app, [0, 1], MemberOf, "behind");
        let founder = "[person Ada Byron], founder of the [organization Acme] app, fell behind.";
        stands(founder, [0, 1], MemberOf, "founder");
        let album = "[person Ada Byron], recording her third album, works at [organization Acme].";
        stands(album, [0, 1], MemberOf, "works at");
        let printed =
            "[organization GLOBE TODAY] ([organization Acme]) [person Ada Byron] closed his shop.";
        none(printed, [2, 1], MemberOf, "his shop");
        none(printed, [2, 0], MemberOf, "his shop");
        let all = "All were seized by [organization Acme], except [organization Globe], then.";
        none(all, [1, 0], PartOf, "seized by");
        let aside = "All fell except [organization Globe], a unit of [organization Acme].";
        stands(aside, [0, 1], PartOf, "a unit of");
        let firms = "[organization Globe] & [organization Umbrella] of [place Perth] cut jobs.";
        stands(firms, [1, 2], LocatedIn, "of");
    }

    #[test]
    fn a_dateline_is_where_it_was_written() {
        let line = "[place Perth] - President [person Ada Byron] left for the north again today.";
        none(line, [1, 0], Leads, "President");
        let aside =
            "[place Perth] - President [person Ada Byron] says - is lovely and small in June.";
        stands(aside, [1, 0], Leads, "President");
    }

    #[test]
    fn brackets_are_about_the_name_before_them() {
        stands(
            "[person Ada Byron] ([organization Acme]) won.",
            [0, 1],
            MemberOf,
            "won",
        );
        none(
            "[person Ada Byron] ([person Bo Carr]) won.",
            [0, 1],
            FamilyOf,
            "won",
        );
        none(
            "News ([organization Acme]) [person Ada Byron] won.",
            [1, 0],
            MemberOf,
            "won",
        );
        let chain = "The zone at [place Norden] ([place Ostia]) and [place Westia] grew.";
        none(chain, [2, 1], LocatedIn, "at");
        let roles = "[person Bo Carr] (founder, [organization Acme]) was backed by [person Ada Byron] there.";
        none(roles, [2, 1], MemberOf, "founder");
        stands(roles, [0, 1], MemberOf, "founder");
        let same = "[organization Globe Trade] ([organization GT]) won.";
        none(same, [1, 0], PartOf, "won");
        let short = "[person Ada Byron] of [organization Globe Trade] ([organization GT]) won.";
        stands(short, [0, 2], MemberOf, "of");
    }

    #[test]
    fn who_says_so_is_no_party() {
        let told = "[place Norden] sent troops to [place Ostia], according to [place Westia] and [organization Acme].";
        none(told, [2, 1], Supplies, "sent");
        stands(told, [0, 1], Supplies, "sent");
        let leader = "It fell, according to [organization Acme] chief [person Ada Byron].";
        stands(leader, [1, 0], Leads, "chief");
    }

    #[test]
    fn what_is_quoted_is_not_about_the_speaker() {
        let told = "[person Ada Byron] said: “Bo was on a visit to [place Perth] then.”";
        none(told, [0, 1], LocatedIn, "visit to");
        let own = "[person Ada Byron] said: “I was on a visit to [place Perth] then.”";
        stands(own, [0, 1], LocatedIn, "visit to");
    }
}
